"""The SHACL gate: what a graph must satisfy before it is stored, served or dumped. Shapes stand in `shapes/`."""

from armsgraph.gate.checking import Gate, load_gate
from armsgraph.gate.evidence import check_spans
from armsgraph.gate.report import GateReport, GateResult, Severity, report_text, report_turtle

__all__ = [
    "Gate",
    "GateReport",
    "GateResult",
    "Severity",
    "check_spans",
    "load_gate",
    "report_text",
    "report_turtle",
]
