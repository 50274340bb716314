"""Says why the graph holds what it holds: every fact with its sentence, its rule and what contradicts it."""

from armsgraph.explain.explaining import explain
from armsgraph.explain.facts import Citation, ExplainedFact, Explanation, Rival
from armsgraph.explain.names import resolve_name
from armsgraph.explain.rendering import render_explanation
from armsgraph.explain.sentences import Sentence, sentence_around

__all__ = [
    "Citation",
    "ExplainedFact",
    "Explanation",
    "Rival",
    "Sentence",
    "explain",
    "render_explanation",
    "resolve_name",
    "sentence_around",
]
