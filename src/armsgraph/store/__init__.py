"""The Oxigraph store on disk, graphs opened for reading, and queries over them."""

from armsgraph.store.answers import Answer, run_query, write_answer
from armsgraph.store.nodes import NodeReader, node_of
from armsgraph.store.opening import GRAPH_FORMATS, ONTOLOGY_GRAPH, OpenGraph, open_graph, telling_mistakes
from armsgraph.store.places import link_store
from armsgraph.store.questions import Question, find_question, list_questions
from armsgraph.store.withdrawing import withdraw_document, withdrawal_update
from armsgraph.store.writing import write_store

__all__ = [
    "GRAPH_FORMATS",
    "ONTOLOGY_GRAPH",
    "Answer",
    "NodeReader",
    "OpenGraph",
    "Question",
    "find_question",
    "link_store",
    "list_questions",
    "node_of",
    "open_graph",
    "run_query",
    "telling_mistakes",
    "withdraw_document",
    "withdrawal_update",
    "write_answer",
    "write_store",
]
