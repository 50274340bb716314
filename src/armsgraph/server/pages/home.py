"""The first page: what the graph holds, where it comes from, and how to ask it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyoxigraph as ox

from armsgraph.server.jobs import Reply, Site
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.catalogue import KINDS, catalogue_of
from armsgraph.server.pages.rendering import html_reply, style_bytes
from armsgraph.server.pages.words import shortened
from armsgraph.store import NodeReader, list_questions
from armsgraph.vocab import PREFIXES

__all__ = ["home_job", "style_job"]

_SHOWN = 8
_PUBLISHERS = 12
_FACTS = (("ttl", "Turtle"), ("nt", "N-Triples"), ("rdf", "RDF/XML"), ("jsonld", "JSON-LD"))
_WHOLE = (("trig", "TriG"), ("nq", "N-Quads"), ("jsonld", "JSON-LD"))


def home_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with the first page."""
    addresses = Addresses(site=site)
    catalogue = catalogue_of(store)
    deals = sorted(catalogue.sections["deals"], key=lambda e: e.date, reverse=True)
    documents = catalogue.sections["documents"]
    dates = sorted(e.date for e in documents if e.date)
    counts = [(name, name.capitalize(), len(catalogue.sections[name])) for name in KINDS]
    return html_reply(
        "home.html",
        site,
        title="What the graph holds",
        counts=[(name, words, number) for name, words, number in counts if number],
        is_all=catalogue.is_all,
        newest=[(addresses.about(e.iri), shortened(e.label), e.date) for e in deals[:_SHOWN]],
        questions=[(addresses.route("/sparql", example=q.name), q.title) for q in list_questions()],
        publishers=_publishers(store, tuple(e.iri for e in documents)),
        period=(dates[0], dates[-1]) if dates else None,
        dumps=[(addresses.route("/data") + f"?default&format={extension}", words) for extension, words in _FACTS],
        whole=[(addresses.route("/data", format=extension), words) for extension, words in _WHOLE],
        service=addresses.route("/sparql", format="ttl"),
    )


def style_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with the style sheet; its address holds its hash, so it may be kept for ever."""
    headers = (("Content-Type", "text/css; charset=utf-8"), ("Cache-Control", "public, max-age=31536000, immutable"))
    return Reply(headers=headers, body=style_bytes())


def _publishers(store: ox.Store, documents: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return who published the documents, the most frequent first."""
    nodes = NodeReader(store)
    publisher = PREFIXES["schema"] + "publisher"
    counted = Counter(name for iri in documents[:5_000] if (name := nodes.value(iri, publisher)))
    return sorted(counted.items(), key=lambda p: (-p[1], p[0]))[:_PUBLISHERS]
