"""Names of the ontology and of the vocabularies beside it, and how ids become IRIs.

Everything that writes or reads the graph takes its names from here; a test holds this list against
`ontology/armsgraph.ttl` in both directions.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "ARMS",
    "CLASSES",
    "CONTEXT_URL",
    "DEAL_STATUS_SCHEME",
    "DEFAULT_BASE",
    "ID_KINDS",
    "PREFIXES",
    "PROPERTIES",
    "REASON_SEPARATOR",
    "WEAPON_KIND_SCHEME",
    "concept_slug",
    "slug",
]

ARMS = "https://w3id.org/armsgraph/ontology#"
DEFAULT_BASE = "https://w3id.org/armsgraph/id/"
DEAL_STATUS_SCHEME = "https://w3id.org/armsgraph/deal-status/"
CONTEXT_URL = "https://w3id.org/armsgraph/ontology/context.jsonld"
WEAPON_KIND_SCHEME = "https://w3id.org/armsgraph/weapon-kind/"

# Between two features in arms:ruleReason.
REASON_SEPARATOR = "; "

PREFIXES = {
    "arms": ARMS,
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "status": DEAL_STATUS_SCHEME,
    "kind": WEAPON_KIND_SCHEME,
    "wd": "http://www.wikidata.org/entity/",
    "wikibase": "http://wikiba.se/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Classes of the ontology and the ones above each that instances carry explicitly.
CLASSES: dict[str, tuple[str, ...]] = {
    "ArmedForce": ("Organisation",),
    "Claim": (),
    "Contract": ("Deal",),
    "CooperationAgreement": ("Deal",),
    "Deal": (),
    "DeliveryMilestone": (),
    "Document": (),
    "Donation": ("Deal",),
    "Encounter": (),
    "Firm": ("Organisation",),
    "GovernmentBody": ("Organisation",),
    "InternationalOrganisation": ("Organisation",),
    "JointVenture": ("Firm", "Organisation"),
    "JointVentureAgreement": ("Deal",),
    "Licence": ("Deal",),
    "LineItem": (),
    "Memorandum": ("Deal",),
    "Mention": (),
    "Minister": ("Person",),
    "MonetaryAmount": (),
    "Office": (),
    "Organisation": (),
    "Person": (),
    "Place": (),
    "Stage": (),
    "State": (),
    "Tenure": (),
    "Weapon": (),
}

# Properties of the ontology: True for those that point to a node or concept, False for literals.
PROPERTIES: dict[str, bool] = {
    # deals
    "approver": True,
    "buyer": True,
    "deliveryMilestone": True,
    "duration": False,
    "endUser": True,
    "endsOn": False,
    "item": True,
    "partOf": True,
    "party": True,
    "producedAt": True,
    "signatory": True,
    "signedAt": True,
    "signedOn": False,
    "stage": True,
    "startsOn": False,
    "status": True,
    "supplier": True,
    "value": True,
    # line items, milestones
    "calibre": False,
    "description": False,
    "dueOn": False,
    "offset": False,
    "offsetFrom": False,
    "quantity": False,
    "quantityQualifier": False,
    "recipient": True,
    "weapon": True,
    # sums
    "amount": False,
    "amountQualifier": False,
    "currency": False,
    "upperAmount": False,
    # stages, encounters
    "encounterKind": False,
    "onDate": False,
    "participant": True,
    "place": True,
    "stageActor": True,
    "stageStatus": True,
    # offices
    "holder": True,
    "office": True,
    "officeOf": True,
    "officeTitle": False,
    # between entities
    "designedBy": True,
    "jointVentureOf": True,
    "locatedIn": True,
    "manufacturedBy": True,
    "metWith": True,
    "operates": True,
    "replaces": True,
    "subsidiaryOf": True,
    "variantOf": True,
    "visited": True,
    "weaponKind": True,
    "stateCode": False,
    # evidence
    "asWritten": False,
    "attributedTo": False,
    "attributedToEntity": True,
    "confidence": False,
    "conflictsWith": True,
    "modality": False,
    "quote": False,
    "rankReason": False,
    "refersTo": True,
    "rule": False,
    "ruleReason": False,
    # documents
    "sha256": False,
    "storedText": False,
    "sourceEncoding": False,
}

# First part of a local id -> prefix in Turtle. One prefix a kind, as a local name with a slash is not shortened.
ID_KINDS: dict[str, str] = {
    "amount": "amount",
    "armed-force": "force",
    "claim": "claim",
    "deal": "deal",
    "document": "doc",
    "encounter": "encounter",
    "extraction": "extraction",
    "firm": "firm",
    "government-body": "body",
    "international-organisation": "intorg",
    "item": "item",
    "mention": "mention",
    "milestone": "milestone",
    "office": "office",
    "person": "person",
    "place": "place",
    "span": "span",
    "stage": "stage",
    "state": "state",
    "tenure": "tenure",
    "weapon": "weapon",
}

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str, *, limit: int = 80) -> str:
    """Return an ASCII slug: lower case, letters and digits, single hyphens.

    Names in scripts without an ASCII form are spelled by code point, so that two of them never share a slug.
    """
    # "ı", "ł", "đ" and "ø" have no decomposition; without this table the letter would vanish.
    folded = text.translate(_LETTERS)
    ascii_text = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii").lower()
    result = _NOT_SLUG.sub("-", ascii_text).strip("-")
    letters = [c for c in text if c.isalpha()]
    if not result or sum(c.isascii() or c in _LETTERS_SEEN or _decomposes(c) for c in letters) * 2 < len(letters):
        result = "u" + "-".join(f"{ord(c):x}" for c in text[:20] if not c.isspace())
    return result[:limit].strip("-")


def concept_slug(label: str) -> str:
    """Return the last part of a SKOS concept's IRI for its label ("in production" -> "in-production")."""
    return slug(label)


_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe"}
    | {"ə": "a", "Ə": "A", "&": " and "}
)
_LETTERS_SEEN = frozenset("ıłŁđĐøØßæÆœəƏ")


def _decomposes(char: str) -> bool:
    return unicodedata.normalize("NFKD", char)[0].isascii()
