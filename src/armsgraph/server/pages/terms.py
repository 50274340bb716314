"""Pages of the ontology and of each of its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from armsgraph.server.jobs import Reply, Site
from armsgraph.server.pages.addresses import ONTOLOGY, Addresses
from armsgraph.server.pages.catalogue import KINDS
from armsgraph.server.pages.facts import Value
from armsgraph.server.pages.rendering import Form, html_reply
from armsgraph.server.pages.titles import title_of
from armsgraph.server.pages.vocabulary import ontology_nodes, term_definition, term_label
from armsgraph.server.pages.words import shortened
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["TermRow", "is_term", "ontology_page", "term_page"]

_RDFS, _SKOS, _OWL = PREFIXES["rdfs"], PREFIXES["skos"], PREFIXES["owl"]
_COUNTED = 10_000
_EXAMPLES = 20
_DETAILS = (
    (_SKOS + "scopeNote", "Notes"),
    (_SKOS + "example", "Examples"),
    (_RDFS + "subClassOf", "A kind of"),
    (_RDFS + "subPropertyOf", "Implies"),
    (_RDFS + "domain", "Of"),
    (PREFIXES["schema"] + "domainIncludes", "Of one of"),
    (_RDFS + "range", "Points to"),
    (PREFIXES["schema"] + "rangeIncludes", "Points to one of"),
    (_OWL + "inverseOf", "Inverse"),
    (_OWL + "disjointWith", "Never also"),
    (_SKOS + "exactMatch", "The same elsewhere"),
    (_SKOS + "closeMatch", "Nearly the same elsewhere"),
    (_SKOS + "broadMatch", "Wider elsewhere"),
    (_SKOS + "relatedMatch", "Related elsewhere"),
    (PREFIXES["dcterms"] + "source", "Source"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A term in the list of terms."""

    name: str
    label: str
    href: str
    definition: str


def is_term(iri: str) -> bool:
    """Say whether an IRI is one of a class or property of the ontology."""
    return iri.startswith(ARMS) and bool(_kinds(iri))


def ontology_page(site: Site, forms: tuple[Form, ...], headers: Sequence[tuple[str, str]]) -> Reply:
    """Return the page of the whole ontology."""
    nodes = ontology_nodes()
    classes = _rows(site, ("Class",))
    properties = _rows(site, ("ObjectProperty", "DatatypeProperty"))
    title = nodes.value(ONTOLOGY, PREFIXES["dcterms"] + "title") or "Ontology"
    return html_reply(
        "ontology.html",
        site,
        headers=headers,
        forms=forms,
        title=title,
        section="ontology",
        description=nodes.value(ONTOLOGY, PREFIXES["dcterms"] + "description"),
        version=nodes.value(ONTOLOGY, _OWL + "versionInfo"),
        iri=ONTOLOGY,
        classes=classes,
        properties=properties,
    )


def term_page(
    store: ox.Store, site: Site, iri: str, forms: tuple[Form, ...], headers: Sequence[tuple[str, str]]
) -> Reply:
    """Return the page of a class or property, with how often the graph uses it."""
    nodes = ontology_nodes()
    addresses = Addresses(site=site)
    details = [(words, tuple(_value(addresses, t) for t in nodes.terms(iri, p))) for p, words in _DETAILS]
    below = nodes.subjects(_RDFS + "subClassOf", iri) + nodes.subjects(_RDFS + "subPropertyOf", iri)
    details.append(("Kinds of it", tuple(_named(addresses, other) for other in below)))
    is_class = "Class" in _kinds(iri)
    number, examples = _uses(store, addresses, iri, is_class)
    name = iri.removeprefix(ARMS)
    section = next((section for section, classes in KINDS.items() if name in classes), None)
    return html_reply(
        "term.html",
        site,
        headers=headers,
        forms=forms,
        title=term_label(iri),
        section="ontology",
        iri=iri,
        name=name,
        is_class=is_class,
        definition=term_definition(iri),
        details=[(words, values) for words, values in details if values],
        number=number,
        is_all=number < _COUNTED,
        examples=examples,
        listed=section,
    )


def _kinds(iri: str) -> set[str]:
    types = {t.removeprefix(_OWL) for t in ontology_nodes().types(iri) if t.startswith(_OWL)}
    return types & {"Class", "ObjectProperty", "DatatypeProperty"}


def _rows(site: Site, kinds: tuple[str, ...]) -> tuple[TermRow, ...]:
    nodes = ontology_nodes()
    addresses = Addresses(site=site)
    found = {t for kind in kinds for t in nodes.subjects(PREFIXES["rdf"] + "type", _OWL + kind) if t.startswith(ARMS)}
    return tuple(
        TermRow(
            name=iri.removeprefix(ARMS),
            label=term_label(iri),
            href=addresses.about(iri),
            definition=term_definition(iri) or "",
        )
        for iri in sorted(found, key=str.lower)
    )


def _named(addresses: Addresses, iri: str) -> Value:
    return Value(text=term_label(iri), iri=iri, href=addresses.about(iri))


def _value(addresses: Addresses, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Value:
    if not isinstance(term, ox.NamedNode):
        return Value(text=term.value)
    if addresses.local(term.value) is not None:
        return _named(addresses, term.value)
    return Value(text=term.value, iri=term.value, href=term.value, is_external=True)


def _uses(store: ox.Store, addresses: Addresses, iri: str, is_class: bool) -> tuple[int, tuple[Value, ...]]:
    """Return how often the graph uses a term, up to a bound, and some nodes that do."""
    pattern = f"?node a {ox.NamedNode(iri)}" if is_class else f"?node {ox.NamedNode(iri)} ?value"
    # counted by the engine: ten thousand rows in Python take half a second
    counted = _ask(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT ?node WHERE {{ {pattern} }} LIMIT {_COUNTED} }}")
    number = int(next(iter(counted))["n"].value)
    rows = _ask(store, f"SELECT ?node WHERE {{ {pattern} }} LIMIT {_EXAMPLES}")
    first = dict.fromkeys(row["node"].value for row in rows if isinstance(row["node"], ox.NamedNode))
    nodes = NodeReader(store)
    examples = [
        Value(text=shortened(title_of(nodes, addresses.site, i)), iri=i, href=addresses.about(i)) for i in first
    ]
    return number, tuple(sorted(examples, key=lambda v: v.text.lower()))


def _ask(store: ox.Store, query: str) -> ox.QuerySolutions:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return found
