"""Says why the graph holds what it holds: every fact with its sentence, its rule and what contradicts it."""

from armsgraph.explain.explaining import explain, explain_node
from armsgraph.explain.facts import Citation, Conflict, ExplainedFact, Explanation, Rival
from armsgraph.explain.names import resolve_name, shorten
from armsgraph.explain.rendering import render_explanation
from armsgraph.explain.sentences import Sentence, sentence_around

__all__ = [
    "Citation",
    "Conflict",
    "ExplainedFact",
    "Explanation",
    "Rival",
    "Sentence",
    "explain",
    "explain_node",
    "render_explanation",
    "resolve_name",
    "sentence_around",
    "shorten",
]
