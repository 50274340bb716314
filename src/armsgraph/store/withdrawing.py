"""Takes one document out of a store, with everything that only it says."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from armsgraph.errors import InputError, StoreError
from armsgraph.store.opening import ONTOLOGY_GRAPH, open_graph
from armsgraph.store.writing import add_ontology
from armsgraph.vocab import PREFIXES

__all__ = ["withdraw_document", "withdrawal_update"]

_HEAD = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("arms", "rdf", "rdfs", "skos", "wikibase"))

# One update is one transaction. First the facts that no other document holds true, then the evidence, then the nodes
# that nobody speaks of any more; what other documents call a thing stays, the names that only this one used go.
_UPDATE = (
    _HEAD
    + """
DELETE { %(open)s ?s ?p ?o %(close)s } WHERE {
  GRAPH <%(document)s> { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
  %(open)s ?s ?p ?o %(close)s
  FILTER NOT EXISTS {
    GRAPH ?g { ?d rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; wikibase:rank ?rank ; arms:modality ?modality }
    FILTER (?g != <%(document)s> && ?rank != wikibase:DeprecatedRank && ?modality != "denied")
  }
  FILTER (?p != rdf:type)
} ;
DELETE { %(open)s ?s ?named ?name %(close)s } WHERE {
  VALUES ?named { skos:altLabel skos:hiddenLabel }
  GRAPH <%(document)s> { ?m arms:refersTo ?s ; arms:quote ?name }
  %(open)s ?s ?named ?name %(close)s
  FILTER NOT EXISTS { GRAPH ?g { ?n arms:refersTo ?s ; arms:quote ?name } FILTER (?g != <%(document)s>) }
} ;
DELETE { %(open)s ?s ?p ?o %(close)s } WHERE {
  { SELECT DISTINCT ?s WHERE { GRAPH <%(document)s> {
    { ?c rdf:subject ?s } UNION { ?c rdf:object ?s FILTER isIRI(?s) } UNION { ?m arms:refersTo ?s }
  } } }
  %(open)s ?s ?p ?o %(close)s
  FILTER NOT EXISTS { GRAPH ?g {
    { ?d rdf:subject ?s } UNION { ?d rdf:object ?s } UNION { ?n arms:refersTo ?s }
  } FILTER (?g != <%(document)s>) }
} ;
DROP SILENT GRAPH <%(document)s>
"""
)


def withdrawal_update(document: str, *, facts_graph: str | None = None) -> str:
    """Return the SPARQL update that takes a document out.

    Args:
        document: IRI of the document, which is that of its named graph; checked by the caller.
        facts_graph: The graph that holds what is held true, None for the default graph.
    """
    opening, closing = ("", "") if facts_graph is None else (f"GRAPH <{facts_graph}> {{", "}")
    return _UPDATE % {"document": document, "open": opening, "close": closing}


def withdraw_document(path: Path, document: str) -> None:
    """Remove a document from a store on disk: its evidence, the facts only it holds true, the nodes only it names.

    A node that other documents name too keeps its rdfs:label, also if this document gave it.

    Args:
        path: Folder of the store; nobody else may be writing to it.
        document: IRI of the document, which is that of its named graph.

    Raises:
        InputError: The store has no such document.
        StoreError: No store, or another process writes to it.
    """
    known = open_graph(path)
    if not known.is_on_disk:
        raise StoreError("is a file, not a store", where=str(path), hint="build it again without the document")
    if not known.store.contains_named_graph(_node(document)):
        raise InputError(
            f"no document {document} in the store",
            where=str(path),
            hint="list them with: SELECT ?d { ?d a arms:Document }",
        )
    del known
    try:
        store = ox.Store(str(path))
        store.update(withdrawal_update(document))
        if store.contains_named_graph(_node(ONTOLOGY_GRAPH)):
            add_ontology(store)
        store.flush()
    except OSError as error:
        raise StoreError(
            f"the store cannot be written: {error}", where=str(path), hint="stop the process that writes to it"
        ) from error


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise InputError(f"no IRI: {iri!r}", hint="write the whole IRI of the document") from error
