"""Every claim of a graph, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from armsgraph.explain import Citation, explain_node
from armsgraph.store import NodeReader, OpenGraph
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["Claim", "read_claims"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement that a document makes: subject, predicate and object, and where and how it is said.

    Attributes:
        predicate: Full IRI.
        object: IRI or lexical form; `datatype` is the IRI of a literal's datatype, None for a node.
        is_held: Whether the graph states it, too.
        citation: The place, with rank, rule, confidence, speaker, modality and rivals.
    """

    iri: str
    subject: str
    subject_name: str | None
    predicate: str
    object: str
    object_name: str | None
    datatype: str | None
    is_held: bool
    citation: Citation


def read_claims(graph: OpenGraph) -> Iterator[Claim]:
    """Yield the claims of a graph by document (in the order of their IRIs), place in the text, and IRI.

    No more than the claims of one document are held at a time. A claim without a document is not among them: it has
    no evidence, and the gate refuses it.
    """
    nodes = NodeReader(graph.store)
    for document in nodes.subjects(PREFIXES["rdf"] + "type", ARMS + "Document"):
        found = []
        for fact in explain_node(graph.store, document).facts:
            for citation in fact.citations:
                term = nodes.term(citation.claim, PREFIXES["rdf"] + "object")
                found.append(
                    Claim(
                        iri=citation.claim,
                        subject=fact.subject,
                        subject_name=fact.subject_label,
                        predicate=fact.predicate,
                        object=fact.object,
                        object_name=fact.object_label,
                        datatype=term.datatype.value if isinstance(term, ox.Literal) else None,
                        is_held=fact.is_direct,
                        citation=citation,
                    )
                )
        yield from sorted(found, key=lambda c: (c.citation.start, c.citation.end, c.iri))
