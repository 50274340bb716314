"""Gold annotations and extractions in one form, so that they can be compared fact by fact.

A gold folder holds pairs `NAME.txt` and `NAME.json`; the format of the JSON stands in `bench/README.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armsgraph.errors import InputError
from armsgraph.model import Claim, Concept, EntityType, Extraction, Literal, Ref

__all__ = ["RELATIONS", "FactSheet", "GoldText", "Slot", "fold_name", "read_gold_folder", "sheet_of_extraction"]

_EPISODES = frozenset({"approval", "delivery order"})
# ordered, in production and signed are one answer to "is there a contract?"; completed and delivered another
_STATUS_GROUP = {"ordered": "signed", "in production": "signed", "completed": "delivered"}
_TYPES = {"International Organisation": EntityType.INTERNATIONAL_ORGANISATION}
RELATIONS = {
    "replaces": "replaces",
    "designed_by": "designedBy",
    "manufactured_by": "manufacturedBy",
    "joint_venture_of": "jointVentureOf",
    "subsidiary_of": "subsidiaryOf",
    "located_in": "locatedIn",
    "met_with": "metWith",
    "visited": "visited",
    "operates": "operates",
    "variant_of": "variantOf",
}
_ENTITY_SLOTS = {"buyers": "buyer", "suppliers": "supplier", "signatories": "signatory", "produced_at": "producedAt"}
_LITERAL_SLOTS = frozenset({"signedOn", "startsOn", "endsOn", "duration"})
_REF_SLOTS = frozenset({"buyer", "supplier", "signatory", "producedAt", "signedAt"})

Slot = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSheet:
    """What one side says of one text.

    Attributes:
        types: Type by entity id.
        names: Folded names by entity id.
        labels: A name for messages by entity id.
        deals: Per deal its slots (`("buyer", entity id)`, `("quantity", "70")` ...), sorted.
        episodes: Indexes of deals that are approvals or partial deliveries (gold only).
        relations: (subject id, predicate, object id).
        offices: (person id, folded title).
        sentences: For a slot of a deal or a relation, the words that say it.
    """

    types: Mapping[str, EntityType]
    names: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    deals: tuple[tuple[Slot, ...], ...]
    episodes: frozenset[int] = frozenset()
    relations: frozenset[tuple[str, str, str]] = frozenset()
    offices: frozenset[tuple[str, str]] = frozenset()
    sentences: Mapping[tuple[str, ...], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """One annotated text."""

    id: str
    text: str
    published: str | None
    sheet: FactSheet


def fold_name(text: str) -> str:
    """Fold case, articles, punctuation and spaces: names compare as readers compare them."""
    without_articles = re.sub(r"\b(the|an?)\b", " ", text.lower())
    return "".join(c for c in without_articles if c.isalnum())


def read_gold_folder(folder: Path) -> tuple[GoldText, ...]:
    """Read the annotated texts of a folder, by file name.

    Raises:
        InputError: No annotation there, a text is missing, or a file is not what it should be.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError("no annotation (*.json) in this folder", where=str(folder), hint="pairs NAME.txt, NAME.json")
    return tuple(_read_gold(path) for path in paths)


def _read_gold(path: Path) -> GoldText:
    try:
        raw = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
    except FileNotFoundError as error:
        raise InputError("the text of this annotation is missing", where=str(path), hint=str(error.filename)) from error
    except json.JSONDecodeError as error:
        raise InputError("not JSON", where=f"{path}:{error.lineno}", hint=error.msg) from error
    try:
        return GoldText(id=raw.get("id") or path.stem, text=text, published=raw["published"], sheet=_sheet(raw))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not an annotation: {error}", where=str(path), hint="see bench/README.md") from error


def _sheet(raw: dict[str, Any]) -> FactSheet:
    entities = raw["entities"]
    names = {
        e["id"]: frozenset(fold_name(n) for n in [e["name"], *e["aliases"], *e["mentions"]]) - {""} for e in entities
    }
    deals = [_gold_slots(d) for d in raw["deals"]]
    return FactSheet(
        types={e["id"]: _TYPES.get(e["type"]) or EntityType(e["type"]) for e in entities},
        names=names,
        labels={e["id"]: e["name"] for e in entities},
        deals=tuple(deals),
        episodes=frozenset(n for n, d in enumerate(raw["deals"]) if d["kind"] in _EPISODES),
        relations=frozenset((r["subject"], RELATIONS[r["predicate"]], r["object"]) for r in raw["relations"]),
        offices=frozenset((o["person"], fold_name(o["office"])) for o in raw["offices"]),
        sentences={(r["subject"], RELATIONS[r["predicate"]], r["object"]): r["evidence"] for r in raw["relations"]},
    )


def _gold_slots(deal: dict[str, Any]) -> tuple[Slot, ...]:
    slots: set[Slot] = {(slot, ref) for key, slot in _ENTITY_SLOTS.items() for ref in deal[key]}
    for item in deal["items"]:
        if item["weapon"]:
            slots.add(("weapon", item["weapon"]))
        if item["quantity"] is not None:
            slots.add(("quantity", str(int(item["quantity"]))))
    if deal["value"]:
        slots.add(("value", _money(deal["value"]["amount"], deal["value"]["currency"])))
    plain = {
        "signedOn": deal["signed_on"],
        "signedAt": deal["signed_at"],
        "duration": deal["duration"],
        "startsOn": (deal["period"] or {}).get("start"),
        "endsOn": (deal["period"] or {}).get("end"),
    }
    slots |= {(slot, str(value)) for slot, value in plain.items() if value}
    slots.add(("status", _STATUS_GROUP.get(deal["status"], deal["status"])))
    return tuple(sorted(slots))


def _money(amount: object, currency: str) -> str:
    return f"{float(str(amount)):.6g} {currency}"


# ------------------------------------------------------------------------------------------------ our own facts
def sheet_of_extraction(extraction: Extraction, claims: Iterable[Claim]) -> FactSheet:
    """Return the best-ranked facts of one extraction in the form of the gold."""
    document = extraction.document
    entities = extraction.entities
    mentioned: dict[str, set[str]] = {}
    for mention in entities.mentions:
        if mention.entity_id is not None:
            mentioned.setdefault(mention.entity_id, set()).add(fold_name(mention.text))
    names = {
        e.id: frozenset({fold_name(n) for n in (e.label, *e.names, *e.hidden_names)} | mentioned[e.id]) - {""}
        for e in entities.entities
        if e.id in mentioned
    }
    by_subject: dict[str, list[Claim]] = {}
    sentences: dict[tuple[str, ...], str] = {}
    for claim in claims:
        if claim.is_best:
            by_subject.setdefault(claim.assertion.subject, []).append(claim)
    deals = []
    for deal in extraction.deals:
        slots: dict[Slot, str] = {}
        for claim in by_subject.get(deal.id, ()):
            words = document.quote(claim.assertion.evidence.span)
            rule = claim.assertion.evidence.rule
            for slot in _claim_slots(claim, by_subject):
                slots.setdefault(slot, f"{words!r} ({rule})")
        deals.append(tuple(sorted(slots)))
        sentences |= {(str(len(deals) - 1), *slot): words for slot, words in slots.items()}
    for relation in extraction.relations:
        key = (relation.subject_id, relation.predicate, relation.object_id)
        sentences[key] = f"{document.quote(relation.evidence.span)!r} ({relation.evidence.rule})"
    return FactSheet(
        types={e.id: e.type for e in entities.entities if e.id in mentioned},
        names=names,
        labels={e.id: e.label for e in entities.entities},
        deals=tuple(deals),
        relations=frozenset((r.subject_id, r.predicate, r.object_id) for r in extraction.relations),
        offices=frozenset((t.person_id, fold_name(t.title)) for t in entities.tenures),
        sentences=sentences,
    )


def _claim_slots(claim: Claim, by_subject: Mapping[str, list[Claim]]) -> Iterable[Slot]:
    predicate, thing = claim.assertion.predicate, claim.assertion.object
    if predicate in _REF_SLOTS and isinstance(thing, Ref):
        yield predicate, thing.id
    elif predicate in _LITERAL_SLOTS and isinstance(thing, Literal):
        yield predicate, thing.value
    elif predicate == "status" and isinstance(thing, Concept):
        label = thing.iri.rsplit("/", 1)[-1].replace("-", " ")
        yield "status", _STATUS_GROUP.get(label, label)
    elif predicate == "item" and isinstance(thing, Ref):
        for below in by_subject.get(thing.id, ()):
            if below.assertion.predicate == "weapon" and isinstance(below.assertion.object, Ref):
                yield "weapon", below.assertion.object.id
            if below.assertion.predicate == "quantity" and isinstance(below.assertion.object, Literal):
                yield "quantity", below.assertion.object.value
    elif predicate == "value" and isinstance(thing, Ref):
        found = {c.assertion.predicate: c.assertion.object for c in by_subject.get(thing.id, ())}
        amount, currency = found.get("amount"), found.get("currency")
        if isinstance(amount, Literal) and isinstance(currency, Literal):
            yield "value", _money(amount.value, currency.value)
