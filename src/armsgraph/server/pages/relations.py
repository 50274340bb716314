"""What points to a node: the deals it has a part in, and the other facts seen from its side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.catalogue import Catalogue
from armsgraph.server.pages.titles import title_of
from armsgraph.server.pages.words import shortened
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS, PREFIXES

__all__ = [
    "LOOKED_AT",
    "PAGE_SIZE",
    "DealPart",
    "DealRow",
    "Pointer",
    "Pointing",
    "deal_row",
    "deals_of",
    "pointing_to",
]

PAGE_SIZE = 50
# Of each property no more are looked at. A page that stops there says so.
LOOKED_AT = 2_000

_ROLES = ("buyer", "supplier", "party", "endUser", "approver", "signatory", "signedAt", "producedAt")
_ROLE_WORDS = {
    "buyer": "buyer",
    "supplier": "supplier",
    "party": "party",
    "endUser": "end user",
    "approver": "approved it",
    "signatory": "signed it",
    "signedAt": "signed there",
    "producedAt": "made there",
    "weapon": "item",
    "stageActor": "took a step",
    "recipient": "gets a delivery",
    "status": "status",
}
# Property of a part -> property by which the deal has the part.
_THROUGH = {"weapon": "item", "stageActor": "stage", "recipient": "deliveryMilestone"}
_SEEN_FROM_HERE = {
    "holder": "Offices held",
    "office": "Held by",
    "officeOf": "Offices here",
    "manufacturedBy": "Makes",
    "designedBy": "Designed",
    "operates": "Operated by",
    "replaces": "Replaced by",
    "variantOf": "Variants",
    "jointVentureOf": "Joint ventures",
    "subsidiaryOf": "Subsidiaries",
    "locatedIn": "Located here",
    "metWith": "Met by",
    "visited": "Visited by",
    "participant": "Took part in",
    "place": "Meetings here",
    "weaponKind": "Weapons of this kind",
    "partOf": "Parts of this deal",
    "item": "Item of",
    "value": "Sum of",
    "stage": "Step of",
    "deliveryMilestone": "Delivery of",
    "attributedToEntity": "Claims it is quoted for",
    "prov:wasDerivedFrom": "Read here",
    "prov:used": "Read by",
    "skos:broader": "Kinds below",
    "skos:inScheme": "In this scheme",
    "skos:exactMatch": "The same as",
    "skos:closeMatch": "Perhaps the same as",
    "conflictsWith": "Contradicted by",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DealRow:
    """A deal in a table, with its status and day as far as the graph says."""

    label: str
    iri: str
    href: str
    roles: tuple[str, ...]
    status: str
    signed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealPart:
    """A deal and what the page's own node has to do with it."""

    iri: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A node that points here."""

    label: str
    iri: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointing:
    """Nodes that point here by one property, by name; `is_all` says whether every one was looked at."""

    name: str
    words: str
    pointers: tuple[Pointer, ...]
    is_all: bool


def deals_of(nodes: NodeReader, catalogue: Catalogue, iri: str) -> tuple[tuple[DealPart, ...], bool]:
    """Return the deals that a node has a part in, the latest first, and whether that is all of them."""
    roles: dict[str, dict[str, None]] = {}
    is_all = True

    def note(deals: Iterable[str], role: str) -> None:
        for deal in deals:
            roles.setdefault(deal, {})[_ROLE_WORDS[role]] = None

    for role in (*_ROLES, "status"):
        found = nodes.subjects(ARMS + role, iri, most=LOOKED_AT)
        is_all &= len(found) < LOOKED_AT
        note(found, role)
    for role, through in _THROUGH.items():
        parts = nodes.subjects(ARMS + role, iri, most=LOOKED_AT)
        is_all &= len(parts) < LOOKED_AT
        for part in parts:
            note(nodes.subjects(ARMS + through, part, most=LOOKED_AT), role)

    def name_of(deal: str) -> tuple[str, str]:
        entry = catalogue.entries.get(deal)
        return (entry.label if entry else "", deal)

    def date_of(deal: str) -> str:
        entry = catalogue.entries.get(deal)
        return entry.date if entry else ""

    order = sorted(sorted(roles, key=name_of), key=date_of, reverse=True)
    return tuple(DealPart(iri=deal, roles=tuple(roles[deal])) for deal in order), is_all


def deal_row(
    nodes: NodeReader, addresses: Addresses, catalogue: Catalogue, deal: str, *, roles: tuple[str, ...] = ()
) -> DealRow:
    """Return a deal as it stands in tables."""
    entry = catalogue.entries.get(deal)
    status = nodes.value(deal, ARMS + "status") if entry is None else None
    return DealRow(
        label=shortened(entry.label if entry else title_of(nodes, addresses.site, deal)),
        iri=deal,
        href=addresses.about(deal),
        roles=roles,
        status=entry.status if entry else (nodes.label(status) or "") if status else "",
        signed=entry.date if entry else nodes.value(deal, ARMS + "signedOn") or "",
    )


def pointing_to(nodes: NodeReader, addresses: Addresses, iri: str, *, only: str | None = None) -> tuple[Pointing, ...]:
    """Return what points to a node, by property, without the deals.

    Args:
        only: One of the properties, by its name in `arms:`, or with the prefix of another vocabulary.
    """
    found = []
    for name, words in _SEEN_FROM_HERE.items():
        if only not in (None, name):
            continue
        prefix, colon, local = name.partition(":")
        predicate = PREFIXES[prefix] + local if colon else ARMS + name
        subjects = nodes.subjects(predicate, iri, most=LOOKED_AT)
        if subjects:
            pointers = [_pointer(nodes, addresses, subject) for subject in subjects]
            pointers.sort(key=lambda p: (p.label.lower(), p.iri))
            is_all = len(subjects) < LOOKED_AT
            found.append(Pointing(name=name, words=words, pointers=tuple(pointers), is_all=is_all))
    return tuple(found)


def _pointer(nodes: NodeReader, addresses: Addresses, iri: str) -> Pointer:
    return Pointer(label=shortened(title_of(nodes, addresses.site, iri)), iri=iri, href=addresses.about(iri))
