"""Jobs that answer for an IRI: from the thing to its description, and the description in every form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from armsgraph.explain import Sentence
from armsgraph.server.jobs import Reply, Site
from armsgraph.server.negotiating import GRAPH_OFFERS, HTML_OFFER, Offer, find_offer, negotiate
from armsgraph.server.pages.addresses import ONTOLOGY, Addresses
from armsgraph.server.pages.catalogue import catalogue_of
from armsgraph.server.pages.deals import read_deal
from armsgraph.server.pages.describing import describe_node
from armsgraph.server.pages.documents import DocumentView
from armsgraph.server.pages.facts import NodeView
from armsgraph.server.pages.missing import missing_reply
from armsgraph.server.pages.relations import PAGE_SIZE, deal_row, deals_of, pointing_to
from armsgraph.server.pages.rendering import Form, html_reply, text_reply
from armsgraph.server.pages.serialising import document_quads, serialise
from armsgraph.server.pages.terms import is_term, ontology_page, term_page
from armsgraph.server.pages.titles import title_of
from armsgraph.server.pages.vocabulary import ontology_nodes, ontology_quads
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["OFFERS", "about_job", "page_number", "thing_job"]

OFFERS = (HTML_OFFER, *GRAPH_OFFERS)
_WORDS = {"ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF/XML", "jsonld": "JSON-LD", "trig": "TriG", "nq": "N-Quads"}
_MOST_PAGES = 100_000
_MOST_RIVALS = 20
# Properties that stand above on the page of an entity.
_TOLD = (
    *(PREFIXES["skos"] + name for name in ("broader", "narrower", "definition", "hasTopConcept", "topConceptOf")),
    *(ARMS + name for name in ("quote", "refersTo")),
    *(PREFIXES["oa"] + name for name in ("hasSource", "hasSelector")),
)


def thing_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer for a thing with 303 to its description; `space` is the first part of its path, `local` the rest."""
    addresses = Addresses(site=site)
    space = fields["space"]
    local = fields.get("local", "") if space == "id" else f"{space}/{fields.get('local', '')}"
    iri = _find(store, addresses, local)
    if iri is None:
        return missing_reply(store, site, fields, local)
    href = addresses.about(iri)
    headers = (
        ("Location", href),
        ("Link", f'<{href}>; rel="describedby"'),
        ("Content-Type", "text/plain; charset=utf-8"),
    )
    return Reply(status=303, headers=headers, body=f"A description of this is at {href}\n".encode())


def about_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with the description of the node behind `local`, or of the IRI `?iri`."""
    addresses = Addresses(site=site)
    iri, extension = _wanted(store, addresses, fields)
    if iri is None:
        return missing_reply(store, site, fields, fields.get("local") or fields.get("?iri", ""))
    forms = tuple(
        Form(
            media_type=offer.media_type,
            href=addresses.about(iri, extension=offer.name),
            words=_WORDS.get(offer.name, "HTML"),
        )
        for offer in OFFERS
    )
    links = ", ".join(f'<{f.href}>; rel="alternate"; type="{f.media_type}"' for f in forms)
    offer = find_offer(extension, OFFERS) if extension else negotiate(fields.get("@accept"), OFFERS)
    if offer is None:
        told = "\n".join(f"{f.media_type}  {f.href}" for f in forms)
        text = f"None of the media types asked for can be had. There are:\n{told}\n"
        return text_reply(text, status=406, headers=(("Link", links),))
    href = addresses.about(iri, extension=offer.name)
    headers = [("Link", f'<{iri}>; rel="describes"' if iri.isascii() else ""), ("Link", links)]
    headers.append(("Content-Location", href))
    headers = [(name, value) for name, value in headers if value]
    if offer is HTML_OFFER:
        return _page(store, site, fields, iri, forms[1:5], headers)
    return _machine_form(store, site, fields, iri, offer, headers)


def page_number(fields: Mapping[str, str], name: str = "?page") -> int:
    """Return the number of the page asked for; 1 for what is no number."""
    text = fields.get(name, "")
    return min(max(int(text), 1), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 8 else 1


# ------------------------------------------------------------------------------------------------ which node
def _wanted(store: ox.Store, addresses: Addresses, fields: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the IRI and the extension asked for, "" where the form is to be negotiated."""
    extension = fields.get("?format", "")
    if find_offer(extension, OFFERS) is None:
        extension = ""
    if fields.get("ending"):
        return ONTOLOGY, fields["ending"] if find_offer(fields["ending"], OFFERS) else extension
    local = fields.get("local")
    if local is None:
        iri = fields.get("?iri", "").strip().removeprefix("<").removesuffix(">")
        return (iri if iri and _is_known(store, iri) else None), extension
    stem, dot, ending = local.rpartition(".")
    if dot and any(offer.name == ending for offer in OFFERS):
        found = _find(store, addresses, stem)
        if found is not None:
            return found, ending
    return _find(store, addresses, local), extension


def _find(store: ox.Store, addresses: Addresses, local: str) -> str | None:
    return next((iri for iri in addresses.readings(local) if _is_known(store, iri)), None)


def _is_known(store: ox.Store, iri: str) -> bool:
    return NodeReader(store).exists(iri) or ontology_nodes().exists(iri)


# ------------------------------------------------------------------------------------------------ for machines
def _machine_form(
    store: ox.Store, site: Site, fields: Mapping[str, str], iri: str, offer: Offer, headers: list[tuple[str, str]]
) -> Reply:
    addresses = Addresses(site=site)
    headers = [("Content-Type", offer.content_type), *headers]
    if iri == ONTOLOGY:
        return Reply(headers=tuple(headers), body=serialise(ontology_quads(), offer.name, base=site.base))
    part = page_number(fields)
    description = describe_node(store, iri, part=part)
    remarks = []
    following = None
    if description.parts > 1:
        remarks.append(f"part {part} of {description.parts}: the claims are told in parts")
        if part < description.parts:
            following = addresses.about(iri, extension=offer.name, page=part + 1)
            headers.append(("Link", f'<{following}>; rel="next"'))
    if description.left_out:
        remarks.append(f"left out: {description.left_out}")
    remark = "; ".join(remarks) or None
    about = addresses.about(iri)
    own = document_quads(fields.get("@url", ""), about, iri, remark=remark, following=following)
    body = serialise([*description.quads, *own], offer.name, base=site.base)
    return Reply(headers=tuple(headers), body=body)


# ------------------------------------------------------------------------------------------------ for people
def _page(
    store: ox.Store,
    site: Site,
    fields: Mapping[str, str],
    iri: str,
    forms: tuple[Form, ...],
    headers: list[tuple[str, str]],
) -> Reply:
    if iri == ONTOLOGY:
        return ontology_page(site, forms, headers)
    if is_term(iri):
        return term_page(store, site, iri, forms, headers)
    types = {t.removeprefix(ARMS) for t in NodeReader(store).types(iri)}
    given: dict[str, Any] = {"headers": headers, "forms": forms, "iri": iri}
    if "Document" in types:
        return _document(store, site, fields, given)
    if "Claim" in types:
        return _claim(store, site, given)
    view = NodeView(store, site, iri)
    given |= {"title": title_of(view.nodes, site, iri), "view": view, "section": _section(types)}
    pointing = pointing_to(view.nodes, view.addresses, iri)
    if "Deal" in types:
        return html_reply("deal.html", site, deal=read_deal(view), pointing=pointing, size=PAGE_SIZE, **given)
    catalogue = catalogue_of(store)
    parts, is_all = deals_of(view.nodes, catalogue, iri)
    deals = [deal_row(view.nodes, view.addresses, catalogue, p.iri, roles=p.roles) for p in parts[:PAGE_SIZE]]
    return html_reply(
        "entity.html",
        site,
        deals=deals,
        deal_count=len(parts),
        is_all_deals=is_all,
        pointing=pointing,
        size=PAGE_SIZE,
        place=_place(view),
        definition=ontology_nodes().value(iri, PREFIXES["skos"] + "definition"),
        broader=view.cells(iri, PREFIXES["skos"] + "broader"),
        told=_TOLD,
        **given,
    )


def _section(types: set[str]) -> str | None:
    for name, section in (
        ("Deal", "deals"),
        ("State", "states"),
        ("Firm", "firms"),
        ("Organisation", "organisations"),
        ("Weapon", "weapons"),
        ("Person", "persons"),
    ):
        if name in types:
            return section
    return None


def _place(view: NodeView) -> dict[str, Any] | None:
    """Return where a mention or a place in a text stands."""
    nodes = view.nodes
    place = nodes.value(view.iri, PREFIXES["prov"] + "wasDerivedFrom") or view.iri
    document = nodes.value(place, PREFIXES["oa"] + "hasSource")
    if document is None:
        return None
    start = end = quote = before = after = ""
    for selector in nodes.values(place, PREFIXES["oa"] + "hasSelector"):
        start = nodes.value(selector, PREFIXES["oa"] + "start") or start
        end = nodes.value(selector, PREFIXES["oa"] + "end") or end
        quote = nodes.value(selector, PREFIXES["oa"] + "exact") or quote
        before = nodes.value(selector, PREFIXES["oa"] + "prefix") or before
        after = nodes.value(selector, PREFIXES["oa"] + "suffix") or after
    at = f"{start}-{end}"
    refers = nodes.value(view.iri, ARMS + "refersTo")
    return {
        "sentence": Sentence(before=before, quote=quote, after=after),
        "document": view.node_value(document),
        "href": view.addresses.about(document, at=at) + f"#at-{at}",
        "at": at,
        "refers": view.node_value(refers) if refers else None,
    }


def _document(store: ox.Store, site: Site, fields: Mapping[str, str], given: dict[str, Any]) -> Reply:
    iri = given["iri"]
    document = DocumentView(store, site, iri, at=fields.get("?at", ""), page=page_number(fields))
    nodes = NodeReader(store)
    facts = {
        name: nodes.value(iri, PREFIXES[prefix] + local)
        for name, prefix, local in (
            ("publisher", "schema", "publisher"),
            ("published", "schema", "datePublished"),
            ("url", "schema", "url"),
            ("language", "schema", "inLanguage"),
            ("id", "dcterms", "identifier"),
            ("format", "dcterms", "format"),
            ("sha256", "arms", "sha256"),
        )
    }
    title = title_of(nodes, site, iri)
    return html_reply("document.html", site, document=document, facts=facts, title=title, section="documents", **given)


def _claim(store: ox.Store, site: Site, given: dict[str, Any]) -> Reply:
    view = NodeView(store, site, given["iri"])
    facts = view.facts
    told = [r.claim for c in (facts[0].citations if facts else ()) for r in c.rivals][:_MOST_RIVALS]
    rivals = [fact for claim in told for fact in NodeView(store, site, claim).facts]
    said_by = view.cells(given["iri"], "attributedToEntity")
    return html_reply(
        "claim.html",
        site,
        title=title_of(view.nodes, site, given["iri"]).capitalize(),
        view=view,
        fact=facts[0] if facts else None,
        said_by=said_by,
        rivals=rivals,
        comment=view.nodes.value(given["iri"], PREFIXES["rdfs"] + "comment"),
        **given,
    )
