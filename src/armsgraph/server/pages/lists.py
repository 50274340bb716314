"""Lists of what the graph holds, a page at a time, the search, and what points to a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from armsgraph.server.jobs import Reply, Site
from armsgraph.server.pages.about import page_number
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.catalogue import KINDS, MOST_ENTRIES, catalogue_of
from armsgraph.server.pages.missing import missing_reply
from armsgraph.server.pages.relations import deal_row, deals_of, pointing_to
from armsgraph.server.pages.rendering import html_reply
from armsgraph.server.pages.searching import MOST_HITS, search_names
from armsgraph.server.pages.titles import title_of
from armsgraph.server.pages.words import shortened
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS

__all__ = ["LIST_SIZE", "TITLES", "Pager", "list_job", "make_pager", "pointing_job", "search_job"]

LIST_SIZE = 100
_T = TypeVar("_T")
TITLES = {
    "deals": "Deals",
    "states": "States",
    "firms": "Firms",
    "organisations": "Government bodies, armed forces, international organisations",
    "weapons": "Weapons",
    "persons": "Persons",
    "places": "Places",
    "offices": "Offices",
    "documents": "Documents",
}
_KIND_WORDS = {
    "deals": "deal",
    "states": "state",
    "firms": "firm",
    "organisations": "organisation",
    "weapons": "weapon",
    "persons": "person",
    "places": "place",
    "offices": "office",
    "documents": "document",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where one is in a list: numbers of the first and last shown, from 1, and the neighbouring pages."""

    total: int
    first: int
    last: int
    page: int
    pages: int
    previous: str | None
    following: str | None


def make_pager(total: int, page: int, size: int, addresses: Addresses, path: str, **parameters: str) -> Pager:
    """Return the pager of a list; a page behind the last is the last."""
    pages = max(1, -(-total // size))
    page = min(page, pages)

    def to(number: int) -> str | None:
        return addresses.route(path, **parameters, page=number) if 1 <= number <= pages else None

    return Pager(
        total=total,
        first=min((page - 1) * size + 1, total),
        last=min(page * size, total),
        page=page,
        pages=pages,
        previous=to(page - 1),
        following=to(page + 1),
    )


def _cut(found: Sequence[_T], pager: Pager) -> Sequence[_T]:
    return found[max(pager.first - 1, 0) : pager.last]


def list_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with a page of the list of a `section`; `?sort` is `name` or `date`."""
    section = fields["section"]
    nodes, addresses = NodeReader(store), Addresses(site=site)
    catalogue = catalogue_of(store)
    entries = catalogue.sections[section]
    is_dated = section in ("deals", "documents")
    sort = fields.get("?sort", "") if is_dated else ""
    sort = sort if sort in ("name", "date") else ""
    if is_dated and sort != "name":
        entries = tuple(sorted(entries, key=lambda e: e.date, reverse=True))
    pager = make_pager(len(entries), page_number(fields), LIST_SIZE, addresses, f"/{section}", sort=sort)
    shown = _cut(entries, pager)
    rows = [(addresses.about(e.iri), shortened(e.label), e.date, _detail(nodes, section, e.iri)) for e in shown]
    deals = [deal_row(nodes, addresses, catalogue, e.iri) for e in shown] if section == "deals" else []
    return html_reply(
        "list.html",
        site,
        title=TITLES[section],
        section=section,
        deals=deals,
        rows=rows,
        pager=pager,
        is_dated=is_dated,
        sort=sort or "date",
        is_all=catalogue.is_all,
        most=MOST_ENTRIES,
    )


def _detail(nodes: NodeReader, section: str, iri: str) -> str:
    """Return a word or two that tells a node from its namesakes."""
    names = {
        "firms": ("locatedIn",),
        "organisations": ("locatedIn",),
        "weapons": ("weaponKind",),
        "places": ("locatedIn",),
        "states": ("stateCode",),
    }
    found = []
    for name in names.get(section, ()):
        for term in nodes.terms(iri, ARMS + name)[:3]:
            label = nodes.label(term.value) if isinstance(term, ox.NamedNode) else term.value
            found.append(label or "")
    return ", ".join(filter(None, found))


def search_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with the nodes whose name holds `?q`."""
    addresses = Addresses(site=site)
    asked = fields.get("?q", "")[:200]
    section = fields.get("?in", "")
    sections = (section,) if section in KINDS else ()
    hits, total = search_names(catalogue_of(store), asked, sections=sections)
    rows = [
        (addresses.about(h.entry.iri), shortened(h.entry.label), _KIND_WORDS[h.entry.section], h.entry.date, h.how)
        for h in hits
    ]
    return html_reply(
        "search.html",
        site,
        title=f"Search: {shortened(asked, 60)}" if asked.strip() else "Search",
        asked=asked,
        rows=rows,
        total=total,
        most=MOST_HITS,
        is_near=bool(hits) and hits[0].how == "near",
        is_all=catalogue_of(store).is_all,
        kinds=[(name, TITLES[name]) for name in KINDS],
        chosen=section if sections else "",
    )


def pointing_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with a page of what points to `?iri` by the property `?by`, or of the deals it has a part in."""
    nodes, addresses = NodeReader(store), Addresses(site=site)
    iri, by = fields.get("?iri", ""), fields.get("?by", "deals")
    if not nodes.exists(iri):
        return missing_reply(store, site, fields, iri)
    if by == "deals":
        parts, is_all = deals_of(nodes, catalogue_of(store), iri)
        total, words = len(parts), "Deals"
        pointers: Sequence[tuple[str, str]] = ()
    else:
        found = pointing_to(nodes, addresses, iri, only=by)
        if not found:
            return missing_reply(store, site, fields, f"{iri} {by}")
        parts, is_all, words = (), found[0].is_all, found[0].words
        pointers = [(p.href, p.label) for p in found[0].pointers]
        total = len(pointers)
    pager = make_pager(total, page_number(fields), LIST_SIZE, addresses, "/pointing", iri=iri, by=by)
    label = title_of(nodes, site, iri)
    return html_reply(
        "pointing.html",
        site,
        title=f"{words}: {shortened(label, 80)}",
        words=words,
        node=(addresses.about(iri), shortened(label)),
        deals=[deal_row(nodes, addresses, catalogue_of(store), p.iri, roles=p.roles) for p in _cut(parts, pager)],
        pointers=_cut(pointers, pager),
        pager=pager,
        is_all=is_all,
    )
