"""What the gate found, as values, as text for people and as a SHACL report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import pyoxigraph as ox

from armsgraph.vocab import DEFAULT_BASE, PREFIXES

__all__ = ["SH", "GateReport", "GateResult", "Severity", "report_text", "report_turtle"]

SH = "http://www.w3.org/ns/shacl#"
_SHAPES = "https://w3id.org/armsgraph/shapes#"


class Severity(StrEnum):
    """How bad it is; only a violation stops the gate. The value is the local name in SHACL."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """One thing that is wrong with one node.

    Attributes:
        focus: IRI of the node; `_:label` for a blank node, N-Triples text for a literal.
        shape: IRI of the shape that says so.
        component: Local name of the constraint component without "ConstraintComponent" ("MinCount"); "Code" for a
            check in code.
        path: Property path of the shape in SPARQL syntax (`arms:buyer`, `^rdf:subject`), None for a node shape.
        value: The offending value as N-Triples text, None when one is missing or too many are there.
        message: What to mend.
    """

    focus: str
    shape: str
    component: str
    severity: Severity
    message: str
    path: str | None = None
    value: str | None = None

    @property
    def shape_name(self) -> str:
        """Local name of the shape (`Deal-buyer`)."""
        return self.shape.removeprefix(_SHAPES)

    @property
    def sort_key(self) -> tuple[int, str, str, str, str]:
        """Worst first, then by shape, node, component and value."""
        return (_ORDER[self.severity], self.shape, self.focus, self.component, self.value or "")


@dataclass(frozen=True, kw_only=True)
class GateReport:
    """What the gate found in one graph.

    Attributes:
        results: Without repetitions, the worst first, then by shape, node, component and value.
        engine: Which engine's results these are: `pyshacl` or `pyshifty`.
    """

    results: tuple[GateResult, ...]
    engine: str

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """Number of results of each severity, zeros included."""
        return {severity: sum(r.severity is severity for r in self.results) for severity in Severity}

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos do not stop a graph."""
        return self.counts[Severity.VIOLATION] == 0

    def count(self, severity: str) -> int:
        """Return the number of results of one severity (`Violation`, `Warning`, `Info`)."""
        return self.counts[Severity(severity)]

    def to_turtle(self) -> str:
        """Return a SHACL validation report. Its nodes have IRIs made from their content, so it is the same twice."""
        return report_turtle(self.results)

    def to_text(self, explain: Callable[[str], str | None] | None = None) -> str:
        """Return the report for people, as `report_text` does; `explain` may give the sentence for a node."""
        return report_text(self.results, sentence_of=explain)


def report_text(results: Iterable[GateResult], *, sentence_of: Callable[[str], str | None] | None = None) -> str:
    """Return one paragraph for each result: severity, what to mend, where, and the words of the text if known.

    Args:
        results: In the order to be shown.
        sentence_of: Gives the sentence for the IRI of a node, or None.

    Returns:
        Text that ends with a line feed, or "" without results.
    """
    blocks = []
    for result in results:
        lines = [f"{result.severity.value}: {result.message}", f"  node   {result.focus}"]
        if result.path:
            lines.append(f"  path   {result.path}")
        if result.value is not None and result.value != f"<{result.focus}>":
            lines.append(f"  value  {_shorten(result.value)}")
        lines.append(f"  shape  {result.shape_name} ({result.component})")
        words = _words(result, sentence_of) if sentence_of else None
        if words:
            lines.append(f"  text   {_shorten(words)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _words(result: GateResult, sentence_of: Callable[[str], str | None]) -> str | None:
    words = sentence_of(result.focus)
    if words is None and result.value is not None and result.value.startswith("<"):
        words = sentence_of(result.value[1:-1])
    return words


def report_turtle(results: Iterable[GateResult]) -> str:
    """Return a SHACL validation report without blank nodes; the same results in any order give the same bytes.

    `sh:resultPath` is left out for paths of more than one property, which only blank nodes could spell; the source
    shape holds them.
    """
    unique = sorted(set(results), key=lambda r: r.sort_key)
    names = [_digest(r.focus, r.shape, r.component, r.value or "", r.path or "") for r in unique]
    conforms = not any(r.severity is Severity.VIOLATION for r in unique)
    said = ["a sh:ValidationReport", f"sh:conforms {str(conforms).lower()}"]
    if names:
        said.append("sh:result " + " ,\n        ".join(f"<{DEFAULT_BASE}result/{name}>" for name in names))
    head = f"@prefix sh: <{SH}> .\n@prefix shapes: <{_SHAPES}> .\n@prefix xsd: <{PREFIXES['xsd']}> .\n"
    blocks = [head, _block(f"<{DEFAULT_BASE}report/{_digest(*names)}>", said)]
    blocks += [_block(f"<{DEFAULT_BASE}result/{n}>", _describe(r)) for n, r in zip(names, unique, strict=True)]
    return "\n".join(blocks)


def _block(subject: str, said: list[str]) -> str:
    return f"{subject}\n    " + " ;\n    ".join(said) + " .\n"


def _describe(result: GateResult) -> list[str]:
    focus = result.focus if result.focus.startswith(('"', "_:")) else f"<{result.focus}>"
    component = f"sh:{result.component}ConstraintComponent" if result.component != "Code" else "shapes:Code"
    said = [
        "a sh:ValidationResult",
        f"sh:focusNode {focus}",
        f"sh:resultSeverity sh:{result.severity.value}",
        f"sh:sourceShape {_named(result.shape)}",
        f"sh:sourceConstraintComponent {component}",
        f"sh:resultMessage {ox.Literal(result.message, language='en')}",
    ]
    prefix, _, local = (result.path or "").partition(":")
    if prefix in PREFIXES and local.isidentifier():
        said.append(f"sh:resultPath <{PREFIXES[prefix]}{local}>")
    if result.value is not None:
        said.append(f"sh:value {result.value}")
    return said


def _named(shape: str) -> str:
    if shape.startswith(_SHAPES):
        return f"shapes:{shape.removeprefix(_SHAPES)}"
    return shape if shape.startswith("_:") else f"<{shape}>"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _shorten(text: str, limit: int = 300) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 4]} ..."
