"""Annotated texts, read as far as their entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from armsgraph.documents import Record, make_document
from armsgraph.entities import resolve_entities
from armsgraph.evaluation import GoldText, read_gold_folders
from armsgraph.mentions import find_mentions
from armsgraph.model import Document, EntitySet, Parse, Values
from armsgraph.pipeline import Tools, parse_documents

__all__ = ["Prepared", "prepare_texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An annotated text with everything that comes before its frames."""

    gold: GoldText
    document: Document
    values: Values
    parse: Parse
    entities: EntitySet


def prepare_texts(folder: Path, tools: Tools) -> Iterator[Prepared]:
    """Yield the annotated texts of a folder, by name."""
    golds = read_gold_folders((folder,))
    documents = (
        make_document(Record(id=g.id, text=g.text, published=g.published, location=str(folder)), tools.furniture)
        for g in golds
    )
    parsed = parse_documents(documents, tools)
    for gold, (document, values, parse) in zip(golds, parsed, strict=True):
        mentions = find_mentions(document, values, parse, tools.gazetteer)
        entities = resolve_entities(document, values, parse, mentions, tools.gazetteer, lexicon=tools.offices)
        yield Prepared(gold=gold, document=document, values=values, parse=parse, entities=entities)
