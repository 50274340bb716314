"""What SHACL cannot see: whether the characters at a position are the quoted ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from armsgraph.gate.report import GateResult
from armsgraph.gate.shapes import Shape
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["check_spans"]

_SHAPES = "https://w3id.org/armsgraph/shapes#"
_OA = PREFIXES["oa"]
_QUOTE, _DERIVED = ARMS + "quote", PREFIXES["prov"] + "wasDerivedFrom"
_SOURCE, _SELECTOR = _OA + "hasSource", _OA + "hasSelector"
_START, _END, _EXACT, _PREFIX, _SUFFIX = (_OA + n for n in ("start", "end", "exact", "prefix", "suffix"))
_TEXT, _SHA256 = ARMS + "storedText", ARMS + "sha256"
_WANTED = (_QUOTE, _DERIVED, _SOURCE, _SELECTOR, _START, _END, _EXACT, _PREFIX, _SUFFIX, _TEXT, _SHA256)

_Subject = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """Values by property and subject; what the checks need and no more."""

    values: dict[str, dict[_Subject, list[object]]] = field(default_factory=lambda: {name: {} for name in _WANTED})

    def of(self, name: str, subject: object) -> list[object]:
        return self.values[name].get(subject, [])  # type: ignore[call-overload, no-any-return]

    def texts(self, name: str, subject: object) -> list[str]:
        return [value.value for value in self.of(name, subject) if isinstance(value, ox.Literal)]


def check_spans(graph: ox.Store | Iterable[ox.Quad | ox.Triple], shapes: Mapping[str, Shape]) -> list[GateResult]:
    """Compare every quote with the stored text of its document, and every stored text with its hash.

    Offsets count Unicode code points. Spans without a document are left to the shapes.

    Args:
        graph: A store, or quads or triples; walked once. Names of graphs do not matter.
        shapes: `Shapes.by_iri`: gives the messages and severities.

    Returns:
        Results of the shapes `Evidence-selectors` (not one position and one quote), `Evidence-slice` (a span's quote,
        prefix or suffix is not what stands there), `Evidence-quote` (a mention's), `Evidence-hash` and
        `Evidence-text` (the text is not stored, so its quotes were not compared); in the order of the graph.
    """
    facts = _gather(graph)
    results: list[GateResult] = []
    texts: dict[object, str | None] = {}
    documents = [d for found in facts.values[_SOURCE].values() for d in found]
    for document in dict.fromkeys([*documents, *facts.values[_TEXT]]):
        text = texts[document] = next(iter(facts.texts(_TEXT, document)), None)
        if text is None:
            results.append(_result(shapes, "Evidence-text", document))
        elif (named := facts.texts(_SHA256, document)) and _sha256(text) not in named:
            results.append(_result(shapes, "Evidence-hash", document, str(ox.Literal(named[0]))))
    slices: dict[object, str] = {}
    for place, sources in facts.values[_SOURCE].items():
        results.extend(_check_span(facts, place, texts[sources[0]], slices, shapes))
    for mention, quotes in facts.values[_QUOTE].items():
        for span in facts.of(_DERIVED, mention):
            if span in slices and any(str(getattr(q, "value", q)) != slices[span] for q in quotes):
                results.append(_result(shapes, "Evidence-quote", mention, str(quotes[0])))
    return results


def _check_span(
    facts: _Facts, span: object, text: str | None, slices: dict[object, str], shapes: Mapping[str, Shape]
) -> list[GateResult]:
    """Check one span and, if it is whole, enter what its document has there into `slices`."""
    selectors = facts.of(_SELECTOR, span)
    starts, ends, quotes = ([v for s in selectors for v in facts.texts(n, s)] for n in (_START, _END, _EXACT))
    if not len(starts) == len(ends) == len(quotes) == 1:
        return [_result(shapes, "Evidence-selectors", span)]
    if text is None:
        return []
    # int() would read full-width digits and blanks, which are no xsd:integer
    start, end = (int(v) if v.isascii() and v.isdigit() else -1 for v in (starts[0], ends[0]))
    inside = 0 <= start < end <= len(text)
    slices[span] = text[start:end] if inside else ""
    before = [v for s in selectors for v in facts.texts(_PREFIX, s)]
    after = [v for s in selectors for v in facts.texts(_SUFFIX, s)]
    fits = (
        slices[span] == quotes[0]
        and all(text.endswith(v, 0, start) for v in before)
        and all(text.startswith(v, end) for v in after)
    )
    return [] if inside and fits else [_result(shapes, "Evidence-slice", span, str(ox.Literal(quotes[0])))]


def _gather(graph: ox.Store | Iterable[ox.Quad | ox.Triple]) -> _Facts:
    facts = _Facts()
    by_node = {ox.NamedNode(name): facts.values[name] for name in _WANTED}
    if isinstance(graph, ox.Store):
        for predicate, values in by_node.items():
            for quad in graph.quads_for_pattern(None, predicate, None):
                _add(values, quad.subject, quad.object)
        return facts
    for statement in graph:
        found = by_node.get(statement.predicate)
        if found is not None:
            _add(found, statement.subject, statement.object)
    return facts


def _add(found: dict[_Subject, list[object]], subject: object, value: object) -> None:
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    values = found.setdefault(subject, [])
    if value not in values:
        values.append(value)


def _result(shapes: Mapping[str, Shape], name: str, focus: object, value: str | None = None) -> GateResult:
    shape = shapes[_SHAPES + name]
    return GateResult(
        focus=focus.value if isinstance(focus, ox.NamedNode) else str(focus),
        shape=shape.iri,
        component="Code",
        severity=shape.severity,
        message=shape.message,
        value=value,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
