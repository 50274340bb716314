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
        is_shared = len({(c.confidence, c.rule_reasons) for c in fact.citations}) == 1
        if is_shared:
            yield from _taken(fact.citations[0])
        for citation in fact.citations:
            yield from _cited(citation, base)
            if not is_shared:
                yield from _taken(citation, indent="    ")
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


def _taken(citation: Citation, *, indent: str = "  ") -> Iterator[str]:
    """Yield the line that says how sure the fitted weights are and why; none where a rule alone made the claim."""
    if not citation.rule_reasons:
        return
    against = [reason for reason in citation.rule_reasons if reason.rpartition(" ")[2].startswith("-")]
    because = [reason for reason in citation.rule_reasons if reason not in against]
    yield (
        f"{indent}taken at {_hundredths(citation.confidence)}"
        + (f" because: {', '.join(because)}" if because else "")
        + (f"; against: {', '.join(against)}" if against else "")
    )


def _hundredths(confidence: float) -> str:
    """Return a confidence as `.91`; what is less than certain never reads as 1."""
    return f"{min(confidence, 0.99):.2f}".removeprefix("0") if confidence < 1 else "1"


def _cited(citation: Citation, base: str) -> Iterator[str]:
    yield f"    {_marked(citation)}"
    where = f"{citation.document_name} {citation.start}-{citation.end}"
    speaker = f"says {citation.speaker}" if citation.speaker else "says the writer"
    # where weights decided, the line that gives their reasons has it
    sure = "" if citation.rule_reasons else f", confidence {citation.confidence:g}"
    yield f"    {where}; {speaker}; {citation.modality}; rule {citation.rule}{sure}"
    if citation.reason or citation.rank != "Normal":
        yield f"    {citation.rank}" + (f": {citation.reason}" if citation.reason else "")
    for rival in citation.rivals:
        written = f", written “{rival.as_written}”" if rival.as_written else ""
        told = rival.object_label or shorten(rival.object, base)
        yield f"    in conflict with {told}{written} ({shorten(rival.claim, base)})"
    if citation.url:
        yield f"    {citation.url}"
