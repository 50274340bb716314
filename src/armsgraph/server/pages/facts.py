"""What is told of a node, prepared for a page: values with their links, facts with their evidence, conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from armsgraph.explain import Citation, ExplainedFact, Explanation, explain_node
from armsgraph.server.jobs import Site
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.titles import title_of
from armsgraph.server.pages.vocabulary import term_label
from armsgraph.server.pages.words import literal_words
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS, CLASSES, PREFIXES

__all__ = ["CITATIONS_SHOWN", "Cell", "Dispute", "FactView", "NodeView", "Value"]

CITATIONS_SHOWN = 5
_MOST_CLAIMS = 800
_MOST_FACTS = 300
_UNTOLD = {PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel"}
_NAMES = (PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "hiddenLabel")
_LINKS = tuple(PREFIXES["skos"] + name for name in ("exactMatch", "closeMatch", "broadMatch"))
_LONG = {ARMS + "storedText", ARMS + "sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A node or literal as it stands on a page.

    Attributes:
        text: For people.
        iri: Of a node, None for a literal.
        href: Where it leads, None where nowhere.
        is_external: Whether that is another site.
    """

    text: str
    iri: str | None = None
    href: str | None = None
    is_external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact on a page. `anchor` is where it stands there; `subject` None if it is what the page is about."""

    anchor: str
    subject: Value | None
    predicate: str
    label: str
    value: Value
    is_direct: bool
    is_disputed: bool
    citations: tuple[Citation, ...]
    citations_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value in a table, with the fact that supports it further down, if there is one."""

    value: Value
    anchor: str | None = None
    is_disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A property on which the texts disagree, its values side by side."""

    label: str
    subject: Value | None
    facts: tuple[FactView, ...]


class NodeView:
    """Reads one node for one page."""

    def __init__(self, store: ox.Store, site: Site, iri: str, *, with_incoming: bool = False) -> None:
        self.nodes = NodeReader(store)
        self.addresses = Addresses(site=site)
        self.iri = iri
        self.explanation: Explanation = explain_node(
            store,
            iri,
            with_incoming=with_incoming,
            most_claims=_MOST_CLAIMS,
            most_citations=CITATIONS_SHOWN,
        )
        told = self.explanation.facts
        disputed = {(c.subject, c.predicate) for c in self.explanation.conflicts}
        self._views = {
            _key(fact): self._view(fact, f"f{n}", (fact.subject, fact.predicate) in disputed)
            for n, fact in enumerate(told[:_MOST_FACTS], 1)
        }
        self.facts: tuple[FactView, ...] = tuple(self._views.values())
        self.is_cut = self.explanation.is_cut or len(told) > _MOST_FACTS

    # -------------------------------------------------------------------------------------------- values
    def node_value(self, iri: str, label: str | None = None) -> Value:
        """Return a node as a value; its name is looked up unless it is given."""
        text = label or title_of(self.nodes, self.addresses.site, iri)
        if iri.startswith(PREFIXES["wd"]):
            return Value(text=text, iri=iri, href=iri, is_external=True)
        if self.addresses.local(iri) is not None:
            return Value(text=text, iri=iri, href=self.addresses.about(iri))
        if iri.startswith(("http://", "https://")):
            return Value(text=text, iri=iri, href=iri, is_external=True)
        return Value(text=text, iri=iri)

    def value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Value:
        """Return a term as a value."""
        if isinstance(term, ox.NamedNode):
            return self.node_value(term.value)
        if isinstance(term, ox.Literal):
            return Value(text=literal_words(term))
        return Value(text=f"_:{term.value}")

    def cells(self, subject: str, name: str, *, most: int = 100) -> tuple[Cell, ...]:
        """Return the values that the graph states of a property of `arms:`, or of another by its IRI, as cells."""
        predicate = name if ":" in name else ARMS + name
        cells = []
        for term in self.nodes.terms(subject, predicate)[:most]:
            view = self._views.get((subject, predicate, term.value))
            is_disputed = view is not None and view.is_disputed
            cells.append(Cell(value=self.value(term), anchor=view.anchor if view else None, is_disputed=is_disputed))
        return tuple(cells)

    # -------------------------------------------------------------------------------------------- facts
    def disputes(self) -> tuple[Dispute, ...]:
        """Return what the texts disagree on."""
        found = []
        for conflict in self.explanation.conflicts:
            views = tuple(self._views[_key(f)] for f in conflict.facts if _key(f) in self._views)
            subject = None if conflict.subject == self.iri else self.node_value(conflict.subject)
            found.append(Dispute(label=term_label(conflict.predicate), subject=subject, facts=views))
        return tuple(found)

    def names(self) -> tuple[str, ...]:
        """Return the other names of the node."""
        return tuple(dict.fromkeys(name for p in _NAMES for name in self.nodes.values(self.iri, p)))

    def links(self) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
        """Return links out, each kind with its name."""
        found = ((term_label(p), self.cells(self.iri, p)) for p in _LINKS)
        return tuple((label, cells) for label, cells in found if cells)

    def kinds(self) -> tuple[Value, ...]:
        """Return the classes of the node, the most exact first."""
        types = sorted(self.nodes.types(self.iri), key=lambda t: (not t.startswith(ARMS), -_depth(t), t))
        if any(t.startswith(ARMS) for t in types):
            types = [t for t in types if t.startswith(ARMS)]
        return tuple(self.node_value(t, term_label(t)) for t in types)

    def unclaimed(self, *, without: Iterable[str] = ()) -> tuple[tuple[str, str, tuple[Value, ...]], ...]:
        """Return what the graph states of the node without a claim: predicate, its name, values.

        Args:
            without: Predicates that stand elsewhere on the page.
        """
        left_out = _UNTOLD | _LONG | set(_NAMES) | set(without)
        found: dict[str, list[Value]] = {}
        for predicate in self.nodes.predicates(self.iri):
            if predicate in left_out:
                continue
            for term in self.nodes.terms(self.iri, predicate)[:50]:
                if (self.iri, predicate, term.value) not in self._views:
                    found.setdefault(predicate, []).append(self.value(term))
        return tuple((p, term_label(p), tuple(values)) for p, values in sorted(found.items()))

    def _view(self, fact: ExplainedFact, anchor: str, is_disputed: bool) -> FactView:
        if fact.object_is_iri:
            value = self.node_value(fact.object, fact.object_label)
        else:
            value = self._literal(fact)
        subject = None if fact.subject == self.iri else self.node_value(fact.subject, fact.subject_label)
        return FactView(
            anchor=anchor,
            subject=subject,
            predicate=fact.predicate,
            label=term_label(fact.predicate),
            value=value,
            is_direct=fact.is_direct,
            is_disputed=is_disputed,
            citations=fact.citations,
            citations_left_out=fact.citations_left_out,
        )

    def _literal(self, fact: ExplainedFact) -> Value:
        """Return the object of a claim; the explanation has its spelling alone, the claim its datatype."""
        if fact.citations:
            term = self.nodes.term(fact.citations[0].claim, PREFIXES["rdf"] + "object")
            if isinstance(term, ox.Literal):
                return Value(text=literal_words(term))
        return Value(text=fact.object)


def _key(fact: ExplainedFact) -> tuple[str, str, str]:
    return fact.subject, fact.predicate, fact.object


def _depth(iri: str) -> int:
    """Return how many classes of the ontology stand above a class."""
    return len(CLASSES.get(iri.removeprefix(ARMS), ()))
