"""Deals as FollowTheMoney entities, for Aleph, OpenSanctions' tools and everything else that speaks that model.

Schema and property names are those of followthemoney 4; `docs/exports.md` tells what becomes what.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from armsgraph.dossiers import Claim, Deal, DealReader, Document, Entity, Fact, Item, Standing
from armsgraph.exporting.wording import (
    delivery_words,
    figure_words,
    names_of,
    rival_words,
    standing_words,
    web_address,
    whole_date,
)
from armsgraph.vocab import ARMS

__all__ = ["FtmEntity", "ftm_entities", "write_ftm"]

_SCHEMAS = {
    "State": "PublicBody",
    "ArmedForce": "PublicBody",
    "GovernmentBody": "PublicBody",
    "InternationalOrganisation": "Organization",
    "Organisation": "Organization",
    "Firm": "Company",
    "JointVenture": "Company",
    "Person": "Person",
    "Minister": "Person",
}
_CLASSIFIED = {
    "State": "state",
    "ArmedForce": "armed force",
    "GovernmentBody": "government body",
    "InternationalOrganisation": "international organisation",
    "JointVenture": "joint venture",
}
_OWNED = {"subsidiaryOf": "parent", "jointVentureOf": "joint venture partner"}
_LINKED = {"signatory": "signatory", "endUser": "end user", "party": "party", "approver": "approver"}
_ID = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?")
_STATE_CODE = re.compile(r"[A-Z]{2}")
# States that are no more have codes of their own in the model (ISO 3166-3 in small letters).
_FORMER_STATES = {"CS": "cshh", "SU": "suhh", "YU": "yucs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FtmEntity:
    """One entity: its values are texts, each once, in order."""

    id: str
    schema: str
    properties: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, *values: str | None) -> None:
        """Add what is there and not empty."""
        known = self.properties.setdefault(name, [])
        known.extend(v for v in dict.fromkeys(values) if v and v not in known)
        if not known:
            del self.properties[name]


def ftm_entities(reader: DealReader) -> tuple[FtmEntity, ...]:
    """Return the entities of a graph, by id.

    A deal is a Contract, whatever its status, which `status` tells. Only a deal that was agreed has ContractAwards,
    one for each item and supplier; who is named in a deal that is only planned is linked to it by an UnknownLink.
    """
    return _Maker(reader).make()


def write_ftm(entities: Iterable[FtmEntity], file: IO[bytes]) -> int:
    """Write entities as JSON Lines; return their number."""
    count = 0
    for entity in entities:
        record = {"id": entity.id, "schema": entity.schema, "properties": entity.properties}
        file.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


class _Maker:
    def __init__(self, reader: DealReader) -> None:
        self._reader = reader
        self._made: dict[str, FtmEntity] = {}

    def make(self) -> tuple[FtmEntity, ...]:
        for deal in self._reader.deals():
            self._deal(deal)
        self._claims()
        return tuple(self._made[key] for key in sorted(self._made))

    # -------------------------------------------------------------------------------------------- deals
    def _deal(self, deal: Deal) -> None:
        contract = self._entity_of(deal.iri, "Contract")
        proofs = [self._article(document) for document in deal.documents]
        contract.add("title", deal.label)
        contract.add("name", deal.label)
        contract.add("type", deal.kind)
        contract.add("noticeId", deal.iri)
        contract.add("status", standing_words(deal))
        if deal.standing is Standing.CANCELLED:
            contract.add("cancelled", "true")
        contract.add("contractDate", *_days([deal.signed_on.value if deal.signed_on else None]))
        contract.add("authority", *(i for f in deal.buyers if (i := self._party(f.value)) is not None))
        if deal.value is not None:
            contract.add("amount", format(deal.value.value.amount, "f"))
            contract.add("currency", deal.value.value.currency)
        contract.add("description", *_item_words(deal), *map(delivery_words, deal.deliveries))
        contract.add("summary", *(f.sentence for f in (deal.status, deal.value) if f))
        contract.add("notes", *_notes(deal))
        contract.add("proof", *proofs)
        contract.add("sourceUrl", *(web_address(d.url) for d in deal.documents))
        contract.add("keywords", *(f.value.name for i in deal.items for f in i.weapons))
        was_awarded = deal.is_order or (deal.standing is Standing.CANCELLED and deal.was_agreed)
        for fact in deal.suppliers:
            if was_awarded:
                self._awards(deal, contract, fact)
            else:
                self._link(fact, contract, f"named as supplier ({standing_words(deal)})")
        for name, role in _LINKED.items():
            for fact in deal.facts:
                if fact.predicate == name and fact.is_held and isinstance(fact.value, Entity):
                    self._link(fact, contract, role)

    def _awards(self, deal: Deal, contract: FtmEntity, supplier: Fact[Entity]) -> None:
        party = self._party(supplier.value)
        if party is None:
            return
        lots: tuple[Item | None, ...] = deal.items or (None,)
        for number, item in enumerate(lots, 1):
            award = self._entity_of(f"{contract.id}-award-{number}-{party}", "ContractAward", is_id=True)
            award.add("supplier", party)
            award.add("contract", contract.id)
            award.add("role", "supplier")
            award.add("status", standing_words(deal))
            award.add("date", *_days([deal.signed_on.value if deal.signed_on else None]))
            fact: Fact[Any] = supplier
            if item is not None:
                award.add("lotNumber", str(number))
                award.add("description", _lot(item))
                fact = item.quantity or next(iter(item.weapons), supplier)
            self._evidence(award, fact, supplier)

    def _link(self, fact: Fact[Entity], contract: FtmEntity, role: str) -> None:
        party = self._party(fact.value)
        if party is None:
            return
        link = self._entity_of(f"{contract.id}-{fact.predicate}-{party}", "UnknownLink", is_id=True)
        link.add("subject", party)
        link.add("object", contract.id)
        link.add("role", role)
        self._evidence(link, fact)

    # -------------------------------------------------------------------------------------------- persons, owners
    def _claims(self) -> None:
        tenures: dict[str, dict[str, Claim]] = {}
        encounters: dict[str, list[Claim]] = {}
        for claim in self._reader.claims():
            name = claim.predicate.removeprefix(ARMS)
            if not claim.is_held:
                continue
            if name in _OWNED:
                self._ownership(claim, _OWNED[name])
            elif name in {"holder", "office", "officeOf", "officeTitle"}:
                tenures.setdefault(claim.subject, {}).setdefault(name, claim)
            elif name in {"participant", "place", "onDate", "encounterKind"}:
                encounters.setdefault(claim.subject, []).append(claim)
        for iri, parts in tenures.items():
            self._occupancy(iri, parts)
        for iri, told in encounters.items():
            # stages have dates too
            if any(c.predicate == ARMS + "encounterKind" for c in told):
                self._event(iri, told)

    def _ownership(self, claim: Claim, role: str) -> None:
        owner, asset = self._reader.entity(claim.object), self._reader.entity(claim.subject)
        owner_id, asset_id = self._party(owner), self._party(asset)
        # only a company is an asset in this model
        if owner_id is None or asset_id is None or self._made[asset_id].schema != "Company":
            return
        link = self._entity_of(f"{asset_id}-owner-{owner_id}", "Ownership", is_id=True)
        link.add("owner", owner_id)
        link.add("asset", asset_id)
        link.add("role", role)
        self._cite(link, claim)

    def _occupancy(self, iri: str, parts: dict[str, Claim]) -> None:
        if "holder" not in parts:
            return
        holder = self._party(self._reader.entity(parts["holder"].object))
        title = parts["officeTitle"].object if "officeTitle" in parts else None
        if holder is None or self._made[holder].schema != "Person":
            return
        self._made[holder].add("position", title)
        if "office" not in parts:
            # without knowing whose office it is, the title says too little to be a post of its own
            return
        office = self._reader.entity(parts["office"].object)
        post = self._entity_of(office.iri, "Position")
        post.add("name", office.name)
        post.add("wikidataId", office.wikidata)
        if "officeOf" in parts:
            whose = self._reader.entity(parts["officeOf"].object)
            post.add("organization", self._party(whose))
            post.add("country", *_country(whose))
        occupancy = self._entity_of(iri, "Occupancy")
        occupancy.add("holder", holder)
        occupancy.add("post", post.id)
        occupancy.add("description", title)
        self._cite(occupancy, parts["holder"])

    def _event(self, iri: str, told: list[Claim]) -> None:
        event = self._entity_of(iri, "Event")
        event.add("name", self._reader.entity(iri).name)
        for claim in told:
            name = claim.predicate.removeprefix(ARMS)
            if name == "participant":
                event.add("involved", self._party(self._reader.entity(claim.object)))
            elif name == "place":
                event.add("location", self._reader.entity(claim.object).name)
            elif name == "onDate" and whole_date(claim.object):
                event.add("date", claim.object)
            elif name == "encounterKind":
                event.add("keywords", claim.object)
            self._cite(event, claim)

    # -------------------------------------------------------------------------------------------- entities
    def _party(self, entity: Entity) -> str | None:
        """Return the id of a party, made if need be; None for what is none (a place, a weapon)."""
        schema = _SCHEMAS.get(entity.kind)
        if schema is None:
            return None
        party = self._entity_of(entity.iri, schema)
        if not party.properties:
            party.add("name", entity.name)
            party.add("alias", *entity.names)
            party.add("wikidataId", entity.wikidata)
            party.add("country", *_country(entity))
            if schema != "Person":
                party.add("classification", _CLASSIFIED.get(entity.kind))
        return party.id

    def _article(self, document: Document) -> str:
        article = self._entity_of(document.iri, "Article")
        article.add("title", document.title or document.id)
        article.add("fileName", document.id)
        article.add("sourceUrl", web_address(document.url))
        article.add("publisher", document.publisher)
        article.add("publishedAt", *_days([document.published]))
        return article.id

    def _evidence(self, edge: FtmEntity, *facts: Fact[Any]) -> None:
        best = facts[0].best
        edge.add("recordId", *(f.best.claim for f in facts if f.best))
        edge.add("summary", facts[0].sentence)
        if best is not None:
            edge.add("proof", self._article(self._reader.document(best.document)))
            edge.add("sourceUrl", web_address(best.url))

    def _cite(self, edge: FtmEntity, claim: Claim) -> None:
        if "recordId" not in edge.properties:
            edge.add("proof", self._article(self._reader.document(claim.citation.document)))
            edge.add("sourceUrl", web_address(claim.citation.url))
            edge.add("summary", claim.citation.sentence.text)
        edge.add("recordId", claim.iri)

    def _entity_of(self, key: str, schema: str, *, is_id: bool = False) -> FtmEntity:
        identifier = key if is_id else _identifier(key)
        if is_id and len(identifier) > 120:
            identifier = f"{identifier[:80].rstrip('-.')}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        return self._made.setdefault(identifier, FtmEntity(id=identifier, schema=schema))


def _identifier(iri: str) -> str:
    """Return the end of an IRI (`deal/x-1`) as an id of the model (`armsgraph-deal-x-1`), or a hash if it cannot be."""
    local = f"armsgraph-{'-'.join(re.split('[/#]', iri)[-2:])}"
    return local if _ID.fullmatch(local) else f"armsgraph-{hashlib.sha256(iri.encode()).hexdigest()[:24]}"


def _lot(item: Item) -> str:
    thing = names_of(item.weapons) or item.description or "not named"
    number = item.quantity
    if number is None:
        return thing
    hedge = f"{item.qualifier} " if item.qualifier else ""
    return f"{hedge}{number.value} x {thing}"


def _item_words(deal: Deal) -> Iterator[str]:
    for item in deal.items:
        yield _lot(item)


def _notes(deal: Deal) -> Iterator[str]:
    """Yield what would be lost otherwise: hedges, rival values, ranges."""
    for item in deal.items:
        if words := figure_words(item):
            yield words
        for rival in item.quantities:
            if not rival.is_held:
                yield rival_words(rival, name="number")
    for value in deal.values:
        yield f"value {value.value}" if value.is_held else rival_words(value, name="value")
    for fact in deal.facts:
        if not fact.is_held and fact.predicate in {"signedOn", "startsOn", "endsOn", "duration"}:
            yield rival_words(fact, name=fact.predicate)
    if deal.starts_on or deal.ends_on:
        ends = [fact.value if fact else "" for fact in (deal.starts_on, deal.ends_on)]
        yield f"runs from {ends[0]} to {ends[1]}" if all(ends) else f"runs {'from' if ends[0] else 'to'} {max(ends)}"


def _days(dates: Iterable[str | None]) -> list[str]:
    return [text for text in dates if text and whole_date(text)]


def _country(entity: Entity) -> list[str]:
    code = entity.state_code or ""
    return [_FORMER_STATES.get(code, code.lower())] if _STATE_CODE.fullmatch(code) else []
