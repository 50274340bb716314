"""The order in which a person reads a graph: sections, deals with their parts, types and names first."""

from __future__ import annotations

import re

from armsgraph.graph.terms import RDF_TYPE, name_iri
from armsgraph.vocab import DEAL_STATUS_SCHEME, ID_KINDS, WEAPON_KIND_SCHEME

__all__ = ["PREDICATE_ORDER", "SECTIONS", "Layout"]

# Heading and kinds of id. Parts of a deal follow it; what is no instance comes last.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Deals, each with its items, sums, stages and deliveries", ("deal", "item", "amount", "stage", "milestone")),
    ("States", ("state",)),
    ("Persons", ("person",)),
    ("Offices and who holds them", ("office", "tenure")),
    ("Firms", ("firm",)),
    ("Government bodies, armed forces, international organisations",
     ("government-body", "armed-force", "international-organisation")),
    ("Weapons", ("weapon",)),
    ("Places", ("place",)),
    ("Meetings, visits, dialogues", ("encounter",)),
    ("Terms", ()),
    ("Documents", ("document", "extraction")),
    ("Claims: what a document says, with its rank and evidence", ("claim",)),
    ("Mentions", ("mention",)),
    ("Places in the text", ("span",)),
    ("Everything else", ()),
)  # fmt: skip

PREDICATE_ORDER: tuple[str, ...] = tuple(
    name_iri(name)
    for name in (
        *("rdf:type", "skos:prefLabel", "rdfs:label", "skos:altLabel", "skos:hiddenLabel"),
        *("rdf:subject", "rdf:predicate", "rdf:object", "asWritten", "wikibase:rank", "rankReason", "conflictsWith"),
        *("modality", "attributedTo", "attributedToEntity", "rule", "confidence", "ruleReason", "prov:wasDerivedFrom"),
        *("buyer", "supplier", "party", "endUser", "item", "value", "status", "signedOn"),
        *("signedAt", "signatory", "startsOn", "endsOn", "duration", "stage", "stageStatus", "deliveryMilestone"),
        *("weapon", "quantity", "quantityQualifier", "amount", "currency", "holder", "officeTitle", "office"),
        *("oa:hasSource", "oa:hasSelector", "oa:start", "oa:end", "oa:exact", "oa:prefix", "oa:suffix"),
        *("schema:headline", "schema:url", "schema:publisher", "schema:datePublished"),
    )
)

_LAST = ("storedText",)
_PART = re.compile(r"(.+?-[0-9a-f]{8})((?:-\d+)+)(-[a-z]+)?")
_TERMS = next(i for i, (title, _) in enumerate(SECTIONS) if title == "Terms")
_REST = len(SECTIONS) - 1


class Layout:
    """Sort keys for subjects and predicates of one base."""

    def __init__(self, base: str) -> None:
        self._base = "<" + base
        self._place = {kind: (n, i) for n, (_, kinds) in enumerate(SECTIONS) for i, kind in enumerate(kinds)}
        self._predicates = {p: f"{i:03d}" for i, p in enumerate(PREDICATE_ORDER)}
        self._predicates |= {name_iri(name): f"999{name}" for name in _LAST}
        assert set(self._place) >= set(ID_KINDS)

    def subject_key(self, subject: str) -> str:
        """Return a key whose first two digits are the number of the section."""
        if not subject.startswith(self._base):
            is_term = subject.startswith((f"<{DEAL_STATUS_SCHEME}", f"<{WEAPON_KIND_SCHEME}"))
            return f"{_TERMS if is_term else _REST:02d}{subject}"
        kind, _, local = subject[len(self._base) : -1].partition("/")
        section, place = self._place.get(kind, (_REST, 0))
        part = _PART.fullmatch(local)
        if part is None:
            return f"{section:02d}{place}{local}"
        key, numbers, tail = part.groups()
        padded = [f"{int(n):09d}" for n in numbers[1:].split("-")]
        if section == 0:
            # the parts of a deal stand behind it: document, deal, kind of part, number of the part
            return f"{section:02d}{key}-{padded[0]}-{place}-{'-'.join(padded[1:])}"
        return f"{section:02d}{key}-{'-'.join(padded)}{tail or ''}"

    def predicate_key(self, predicate: str) -> str:
        """Return a key that puts types, names and the gist of a node first."""
        return self._predicates.get(predicate, "500") + predicate

    @staticmethod
    def section_of(subject_key: str) -> int:
        """Return the number of the section of a subject key."""
        return int(subject_key[:2])

    def is_part(self, subject: str) -> bool:
        """Say whether a subject belongs to the one before it, so that no blank line goes between."""
        return subject.endswith(("-position>", "-quote>"))


assert PREDICATE_ORDER[0] == RDF_TYPE
