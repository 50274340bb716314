"""Annotated texts read by the extractor and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from armsgraph.claims import make_claims
from armsgraph.documents import Record, make_document
from armsgraph.evaluation.extracted import sheet_of_extraction
from armsgraph.evaluation.gold import GoldText
from armsgraph.evaluation.score import Judgement, compare
from armsgraph.pipeline import Tools, extract_many

__all__ = ["TextResult", "judge_texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextResult:
    """One annotated text and the verdict on every fact."""

    text: GoldText
    judgements: tuple[Judgement, ...]


def judge_texts(
    texts: Iterable[GoldText], tools: Tools, *, on_text: Callable[[], None] | None = None
) -> Iterator[TextResult]:
    """Read texts as `build` does and judge them, in order; `on_text` is called after each."""
    waiting = tuple(texts)
    documents = (
        make_document(
            Record(id=t.id, url=t.url, text=t.text, published=t.published, location=t.location), tools.furniture
        )
        for t in waiting
    )
    for text, extraction in zip(waiting, extract_many(documents, tools), strict=True):
        _nodes, claims = make_claims(extraction)
        yield TextResult(text=text, judgements=compare(text.id, text.sheet, sheet_of_extraction(extraction, claims)))
        if on_text is not None:
            on_text()
