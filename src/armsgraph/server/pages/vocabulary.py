"""The shipped ontology, statuses and kinds of weapon in memory, and how its terms are called for people."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from armsgraph import resources
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["ontology_nodes", "ontology_quads", "term_definition", "term_label"]

_FILES = ("armsgraph.ttl", "deal-statuses.ttl", "weapon-kinds.ttl")
# Terms of others that stand in our graphs, in the words of this site.
_LABELS = {
    PREFIXES["skos"] + "Concept": "concept",
    PREFIXES["skos"] + "ConceptScheme": "scheme of concepts",
    PREFIXES["oa"] + "SpecificResource": "place in a text",
    PREFIXES["oa"] + "TextPositionSelector": "position in a text",
    PREFIXES["oa"] + "TextQuoteSelector": "quotation from a text",
    PREFIXES["prov"] + "Activity": "run of the program",
    PREFIXES["prov"] + "SoftwareAgent": "program",
    PREFIXES["rdf"] + "type": "kind",
    PREFIXES["rdf"] + "subject": "about",
    PREFIXES["rdf"] + "predicate": "property",
    PREFIXES["rdf"] + "object": "value",
    PREFIXES["rdfs"] + "label": "name",
    PREFIXES["rdfs"] + "comment": "remark",
    PREFIXES["skos"] + "prefLabel": "name",
    PREFIXES["skos"] + "altLabel": "also called",
    PREFIXES["skos"] + "hiddenLabel": "spelled",
    PREFIXES["skos"] + "exactMatch": "the same as",
    PREFIXES["skos"] + "closeMatch": "perhaps the same as",
    PREFIXES["skos"] + "broadMatch": "one of the family",
    PREFIXES["skos"] + "broader": "a kind of",
    PREFIXES["skos"] + "narrower": "has the kind",
    PREFIXES["skos"] + "definition": "definition",
    PREFIXES["skos"] + "scopeNote": "note",
    PREFIXES["skos"] + "example": "example",
    PREFIXES["skos"] + "inScheme": "in the scheme",
    PREFIXES["wikibase"] + "rank": "rank",
    PREFIXES["prov"] + "wasDerivedFrom": "read at",
    PREFIXES["prov"] + "used": "read",
    PREFIXES["prov"] + "wasAssociatedWith": "run by",
    PREFIXES["oa"] + "hasSource": "in the document",
    PREFIXES["oa"] + "hasSelector": "found by",
    PREFIXES["oa"] + "start": "first character",
    PREFIXES["oa"] + "end": "character behind",
    PREFIXES["oa"] + "exact": "quotation",
    PREFIXES["oa"] + "prefix": "text before",
    PREFIXES["oa"] + "suffix": "text behind",
    PREFIXES["dcterms"] + "identifier": "id",
    PREFIXES["dcterms"] + "format": "format",
    PREFIXES["schema"] + "headline": "headline",
    PREFIXES["schema"] + "url": "published at",
    PREFIXES["schema"] + "publisher": "publisher",
    PREFIXES["schema"] + "datePublished": "published on",
    PREFIXES["schema"] + "inLanguage": "language",
}


@lru_cache(maxsize=1)
def _store() -> ox.Store:
    store = ox.Store()
    for name in _FILES:
        store.bulk_load(path=str(resources.ontology_file(name)), format=ox.RdfFormat.TURTLE)
    return store


@lru_cache(maxsize=1)
def ontology_nodes() -> NodeReader:
    """Return look-ups into the shipped ontology; a served graph may hold another one or none."""
    return NodeReader(_store())


def ontology_quads(iri: str | None = None) -> list[ox.Quad]:
    """Return what the shipped ontology says of a term, or all that stands in `armsgraph.ttl`."""
    if iri is not None:
        return list(_store().quads_for_pattern(ox.NamedNode(iri), None, None, None))
    parsed = ox.parse(path=str(resources.ontology_file(_FILES[0])), format=ox.RdfFormat.TURTLE)
    return list(parsed)


def term_label(iri: str) -> str:
    """Return what a class or property is called for people; the last part of its IRI where nobody says."""
    known = _LABELS.get(iri)
    if known is not None:
        return known
    if iri.startswith(ARMS):
        label = ontology_nodes().label(iri)
        if label is not None:
            return label
    return iri.rstrip("/#")[max(iri.rstrip("/#").rfind("/"), iri.rstrip("/#").rfind("#")) + 1 :] or iri


def term_definition(iri: str) -> str | None:
    """Return the one sentence that defines a term of the ontology."""
    return ontology_nodes().value(iri, PREFIXES["skos"] + "definition")
