"""Writes an explanation as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from armsgraph.explain.facts import Citation, Conflict, ExplainedFact, Explanation
from armsgraph.explain.names import shorten
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["render_explanation"]

_MOST_QUOTES = 8


def render_explanation(explanation: Explanation, *, base: str = DEFAULT_BASE) -> str:
    """Return the text: the node, what the texts disagree on, then each fact with its sentences, rule and rivals."""
    return "\n".join(_lines(explanation, base)) + "\n"


def _lines(explanation: Explanation, base: str) -> Iterator[str]:
    head = shorten(explanation.iri, base)
    label = f"  {explanation.label}" if explanation.label else ""
    types = f"  ({', '.join(explanation.types)})" if explanation.types else ""
    yield f"{head}{label}{types}"
    if explanation.quotes:
        shown = [f"“{quote}”" + (f" x{n}" if n > 1 else "") for quote, n in explanation.quotes[:_MOST_QUOTES]]
        more = len(explanation.quotes) - len(shown)
        yield "called " + ", ".join(shown) + (f" and {more} more" if more else "")
    for conflict in explanation.conflicts:
        yield ""
        yield from _contested(conflict, explanation.iri, base)
    for fact in explanation.facts:
        yield ""
        yield _headline(fact, explanation.iri, base)
        for citation in fact.citations:
            yield from _cited(citation, base)
    if not explanation.facts:
        yield ""
        yield "no claim is made about it"


def _contested(conflict: Conflict, iri: str, base: str) -> Iterator[str]:
    predicate = shorten(conflict.predicate, base).removeprefix("arms:")
    of = "" if conflict.subject == iri else f" of {shorten(conflict.subject, base)}"
    yield f"CONFLICT about {predicate}{of}: {len(conflict.facts)} values"
    for fact in conflict.facts:
        held = "held true" if fact.is_direct else "only claimed"
        yield f"  {_value(fact, base)}  ({held})"
        for citation in fact.citations:
            written = f"“{citation.as_written}”, " if citation.as_written else ""
            speaker = citation.speaker or "the writer"
            yield f"    {citation.rank}" + (f": {citation.reason}" if citation.reason else "")
            yield f"    {written}{citation.modality} by {speaker}: {_marked(citation)}"


def _value(fact: ExplainedFact, base: str) -> str:
    return _named(fact.object, fact.object_label, base) if fact.object_is_iri else fact.object


def _marked(citation: Citation) -> str:
    said = citation.sentence
    return " ".join(f"{said.before}[{said.quote}]{said.after}".split())


def _headline(fact: ExplainedFact, iri: str, base: str) -> str:
    subject = "" if fact.subject == iri else f"{_named(fact.subject, fact.subject_label, base)}  "
    predicate = shorten(fact.predicate, base).removeprefix("arms:")
    return f"{subject}{predicate}  {_value(fact, base)}" + ("" if fact.is_direct else "  [claimed, not held true]")


def _named(iri: str, label: str | None, base: str) -> str:
    short = shorten(iri, base)
    return f"{label} <{short}>" if label else short


def _cited(citation: Citation, base: str) -> Iterator[str]:
    yield f"    {_marked(citation)}"
    where = f"{citation.document_name} {citation.start}-{citation.end}"
    speaker = f"says {citation.speaker}" if citation.speaker else "says the writer"
    yield f"    {where}; {speaker}; {citation.modality}; rule {citation.rule}, confidence {citation.confidence:g}"
    if citation.reason or citation.rank != "Normal":
        yield f"    {citation.rank}" + (f": {citation.reason}" if citation.reason else "")
    for rival in citation.rivals:
        written = f", written “{rival.as_written}”" if rival.as_written else ""
        told = rival.object_label or shorten(rival.object, base)
        yield f"    in conflict with {told}{written} ({shorten(rival.claim, base)})"
    if citation.url:
        yield f"    {citation.url}"
