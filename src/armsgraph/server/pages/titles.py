"""What a node is called on a page, also where the graph gives it no name."""

from __future__ import annotations

import pyoxigraph as ox

from armsgraph.server.jobs import Site
from armsgraph.server.pages.vocabulary import ontology_nodes, term_label
from armsgraph.server.pages.words import literal_words, shortened
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["title_of"]

_SELECTORS = ("-position", "-quote")


def title_of(nodes: NodeReader, site: Site, iri: str) -> str:
    """Return the name of a node; of a part of a deal what it is of, else the last part of its IRI."""
    if iri.startswith(PREFIXES["wd"]):
        return "Wikidata " + iri.removeprefix(PREFIXES["wd"])
    label = nodes.label(iri)
    if label is not None:
        return label
    if iri.startswith(ARMS):
        return term_label(iri)
    kind, _, local = iri.removeprefix(site.base).partition("/")
    made = ""
    if iri.startswith(site.base):
        if kind == "item":
            made = _item(nodes, iri)
        elif kind == "stage":
            made = _joined(_name(nodes, iri, "stageStatus") or "step", _text(nodes, iri, "onDate"))
        elif kind == "milestone":
            made = _joined("delivery", _text(nodes, iri, "quantity"), _text(nodes, iri, "dueOn"))
        elif kind == "mention":
            quote = nodes.value(iri, ARMS + "quote")
            made = f"“{shortened(quote, 80)}”" if quote else ""
        elif kind == "claim":
            made = f"claim {local}"
        elif kind == "span":
            # key-start-end, and for its selectors a word behind it
            place, word = next(((local.removesuffix(s), s) for s in _SELECTORS if local.endswith(s)), (local, ""))
            made = "characters " + "–".join(place.split("-")[-2:]) + (f": {word[1:]}" if word else "")
        elif kind == "extraction":
            made = "reading of " + (nodes.label(f"{site.base}document/{local}") or local)
    scheme = PREFIXES["dcterms"] + "title"
    return made or ontology_nodes().label(iri) or ontology_nodes().value(iri, scheme) or iri.removeprefix(site.base)


def _item(nodes: NodeReader, iri: str) -> str:
    thing = _name(nodes, iri, "weapon") or nodes.value(iri, ARMS + "description") or "item"
    quantity = _text(nodes, iri, "quantity")
    return f"{quantity} {thing}" if quantity else thing


def _name(nodes: NodeReader, iri: str, predicate: str) -> str | None:
    node = nodes.value(iri, ARMS + predicate)
    return nodes.label(node) if node else None


def _text(nodes: NodeReader, iri: str, predicate: str) -> str:
    term = nodes.term(iri, ARMS + predicate)
    return literal_words(term) if isinstance(term, ox.Literal) else ""


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
