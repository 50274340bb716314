"""Deals as a release package of the Open Contracting Data Standard 1.1."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO, Any

from armsgraph.dossiers import Deal, Delivery, Document, Entity, Fact, Item, Standing, Sum
from armsgraph.errors import InputError
from armsgraph.exporting.wording import delivery_words, figure_words, names_of, rival_words, standing_words, web_address
from armsgraph.version import __version__
from armsgraph.vocab import WEAPON_KIND_SCHEME, concept_slug

__all__ = ["DEFAULT_OCID_PREFIX", "make_release_package", "write_ocds"]

# A publisher registers a prefix of its own (ocds-xxxxxx); this one says that none is registered.
DEFAULT_OCID_PREFIX = "armsgraph"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")

_Json = dict[str, Any]


def make_release_package(
    deals: Iterable[Deal], *, published: str | None = None, ocid_prefix: str = DEFAULT_OCID_PREFIX
) -> _Json:
    """Return a release package with one release a deal, in their order.

    Only a deal that was agreed has an award and a contract. One that is planned has a planning section and a tender
    of status `planned`; one that is cancelled has its contract terminated, or its tender cancelled.

    Args:
        published: Day of the package (YYYY-MM-DD). Also the date of releases whose articles have none. By default the
            latest day on which one of the articles was published, so that the same graph gives the same package.
        ocid_prefix: In front of the ids of contracting processes.

    Raises:
        InputError: No day is given, and no article has one.
    """
    listed = tuple(deals)
    days = sorted(d.published for deal in listed for d in deal.documents if d.published and _is_day(d.published))
    day = published or (days[-1] if days else None)
    if day is None or not _is_day(day):
        raise InputError(
            "no article says on which day it was published, and OCDS asks for a date of each release"
            if day is None
            else f"{day!r} is not a day",
            where="--date",
            hint="give the day of your export: --date 2021-12-06",
        )
    releases = [_Release(deal, day, ocid_prefix).make() for deal in listed]
    content = json.dumps(releases, default=_number, sort_keys=True)
    return {
        # named by what it holds: the package lies wherever its user puts it
        "uri": f"urn:sha256:{hashlib.sha256(content.encode()).hexdigest()}",
        "version": "1.1",
        "publishedDate": _midnight(day),
        "publisher": {"name": f"armsgraph {__version__}"},
        "releases": releases,
    }


def write_ocds(package: _Json, file: IO[bytes]) -> None:
    """Write a package as JSON."""
    text = json.dumps(package, ensure_ascii=False, indent=2, default=_number)
    file.write(text.encode("utf-8", "replace") + b"\n")


class _Release:
    def __init__(self, deal: Deal, day: str, ocid_prefix: str) -> None:
        self._deal = deal
        self._day = day
        self._id = _local(deal.iri)
        self._prefix = ocid_prefix

    def make(self) -> _Json:
        deal = self._deal
        days = [d.published for d in deal.documents if d.published and _is_day(d.published)]
        release: _Json = {
            "ocid": f"{self._prefix}-{self._id}",
            "id": f"{self._id}-release",
            "date": _midnight(min(days) if days else self._day),
            "tag": [self._tag()],
            "initiationType": "tender",
            "language": "en",
            "parties": self._parties(),
        }
        if deal.buyers:
            release["buyer"] = _reference(_first_state(deal.buyers))
        if self._is_contract():
            release["awards"] = [self._award()]
            release["contracts"] = [self._contract()]
        else:
            release["planning"] = _filled({"rationale": self._description(), "documents": self._documents()})
            release["tender"] = self._tender()
        return release

    # -------------------------------------------------------------------------------------------- sections
    def _is_contract(self) -> bool:
        deal = self._deal
        return deal.is_order or (deal.standing is Standing.CANCELLED and deal.was_agreed)

    def _tag(self) -> str:
        if self._deal.standing is Standing.CANCELLED:
            return "contractTermination" if self._is_contract() else "tenderCancellation"
        return "contract" if self._is_contract() else "planning"

    def _parties(self) -> list[_Json]:
        roles: dict[str, list[str]] = {}
        entities: dict[str, Entity] = {}
        supplier = "supplier" if self._is_contract() else "tenderer"
        sides = ((self._deal.buyers, "buyer"), (self._deal.suppliers, supplier), (self._deal.end_users, "user"))
        for facts, role in (*sides, (self._deal.parties, "party")):
            for fact in facts:
                entities[fact.value.iri] = fact.value
                if role not in roles.setdefault(fact.value.iri, []):
                    roles[fact.value.iri].append(role)
        return [_party(entities[iri], roles[iri]) for iri in sorted(entities)]

    def _tender(self) -> _Json:
        is_cancelled = self._deal.standing is Standing.CANCELLED
        return _filled(
            {
                "id": f"{self._id}-tender",
                "title": self._deal.label,
                "description": self._description(),
                "status": "cancelled" if is_cancelled else "planned",
                "value": _value(self._deal.value),
                "items": self._items(),
            }
        )

    def _award(self) -> _Json:
        return _filled(
            {
                "id": f"{self._id}-award",
                "title": self._deal.label,
                "status": "cancelled" if self._deal.standing is Standing.CANCELLED else "active",
                "value": _value(self._deal.value),
                "suppliers": [_reference(f.value) for f in self._deal.suppliers],
                "items": self._items(),
            }
        )

    def _contract(self) -> _Json:
        deal = self._deal
        is_over = deal.standing is Standing.CANCELLED or (deal.status is not None and deal.status.value == "completed")
        milestones = [self._milestone(number, d) for number, d in enumerate(deal.deliveries, 1)]
        return _filled(
            {
                "id": f"{self._id}-contract",
                "awardID": f"{self._id}-award",
                "title": deal.label,
                "description": self._description(),
                "status": "terminated" if is_over else "active",
                "period": self._period(),
                "value": _value(deal.value),
                "items": self._items(),
                "dateSigned": _moment(deal.signed_on),
                "documents": self._documents(),
                "implementation": {"milestones": milestones} if milestones else None,
            }
        )

    def _items(self) -> list[_Json]:
        return [_item(f"{self._id}-item-{number}", item) for number, item in enumerate(self._deal.items, 1)]

    def _period(self) -> _Json | None:
        deal = self._deal
        period = {
            "startDate": _moment(deal.starts_on),
            "endDate": _moment(deal.ends_on),
            "durationInDays": _days(deal.duration.value) if deal.duration else None,
        }
        return _filled(period) or None

    def _milestone(self, number: int, delivery: Delivery) -> _Json:
        moment = _moment(delivery.due_on)
        return _filled(
            {
                "id": f"{self._id}-delivery-{number}",
                "title": delivery_words(delivery),
                "type": "delivery",
                "description": delivery.told.sentence or None,
                "status": "met" if delivery.is_asserted else "scheduled",
                "dateMet" if delivery.is_asserted else "dueDate": moment,
            }
        )

    def _documents(self) -> list[_Json]:
        """Return the articles, each with the sentence that tells of the deal there, and its claim."""
        return [self._document(number, document) for number, document in enumerate(self._deal.documents, 1)]

    def _document(self, number: int, document: Document) -> _Json:
        cited = [c for f in self._evidence() for c in f.citations if c.document == document.iri]
        said = list(dict.fromkeys(f"{c.sentence.text} [{c.claim}]" for c in cited[:3]))
        published = document.published
        return _filled(
            {
                "id": f"{self._id}-article-{number}",
                "documentType": "article",
                "title": document.title or document.id,
                "description": "\n".join(said) or None,
                "url": web_address(document.url),
                "datePublished": _midnight(published) if published and _is_day(published) else None,
                "language": document.language,
            }
        )

    def _evidence(self) -> list[Fact[Any]]:
        deal = self._deal
        facts: list[Fact[Any] | None] = [i.quantity for i in deal.items]
        facts += [deal.value, deal.status, *deal.suppliers, *deal.buyers]
        return [fact for fact in facts if fact is not None]

    def _description(self) -> str:
        """Return what the fields cannot say: status, hedges, rival values, dates that are no days."""
        deal = self._deal
        words = [f"{deal.kind}: {standing_words(deal)}"]
        for item in deal.items:
            if hedge := figure_words(item):
                words.append(hedge)
            words += [rival_words(f, name="number") for f in item.quantities if not f.is_held]
        words += [f"value {v.value}" if v.is_held else rival_words(v, name="value") for v in deal.values]
        for name in ("signed_on", "starts_on", "ends_on"):
            fact = getattr(deal, name)
            if fact is not None and not _is_day(fact.value):
                words.append(f"{name.replace('_', ' ')} {fact.value}")
        words += [
            rival_words(f, name=f.predicate)
            for f in deal.facts
            if not f.is_held and f.predicate in {"signedOn", "startsOn", "endsOn", "duration"}
        ]
        words += [f"between {names_of(deal.parties)}"] if deal.parties else []
        return "; ".join(dict.fromkeys(words)) + f"; {deal.iri}"


# ------------------------------------------------------------------------------------------------ building blocks
def _party(entity: Entity, roles: list[str]) -> _Json:
    identifier = None
    if entity.wikidata:
        uri = f"http://www.wikidata.org/entity/{entity.wikidata}"
        identifier = {"scheme": "XI-WIKIDATA", "id": entity.wikidata, "legalName": entity.name, "uri": uri}
    address = {"countryName": entity.name} if entity.kind == "State" else None
    return _filled(
        {
            "id": _local(entity.iri),
            "name": entity.name,
            "identifier": identifier,
            "address": address,
            "roles": roles,
        }
    )


def _reference(entity: Entity) -> _Json:
    return {"id": _local(entity.iri), "name": entity.name}


def _first_state(facts: tuple[Fact[Entity], ...]) -> Entity:
    return next((f.value for f in facts if f.value.kind == "State"), facts[0].value)


def _item(identifier: str, item: Item) -> _Json:
    names = names_of(item.weapons)
    number = item.quantity
    hedge = f"{item.qualifier} {number.value} x " if number and item.qualifier else ""
    words = [f"{hedge}{names or item.description or 'not named'}"]
    if names and item.description:
        words.append(f"called “{item.description}”")
    if item.calibre:
        words.append(f"calibre {item.calibre}")
    kinds = [k for f in item.weapons for k in f.value.weapon_kinds]
    classes = [
        {"scheme": "armsgraph-weapon-kind", "id": concept_slug(k), "description": k,
         "uri": WEAPON_KIND_SCHEME + concept_slug(k)}
        for k in dict.fromkeys(kinds)
    ]  # fmt: skip
    return _filled(
        {
            "id": identifier,
            "description": "; ".join(words),
            "classification": classes[0] if classes else None,
            "additionalClassifications": classes[1:] or None,
            "quantity": number.value if number else None,
        }
    )


def _value(fact: Fact[Sum] | None) -> _Json | None:
    return None if fact is None else {"amount": fact.value.amount, "currency": fact.value.currency}


def _filled(fields: _Json) -> _Json:
    """Leave out what is not known: OCDS has no empty lists."""
    return {key: value for key, value in fields.items() if value is not None and value != []}


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _midnight(day: str) -> str:
    return f"{day}T00:00:00Z"


def _moment(fact: Fact[str] | None) -> str | None:
    """Return a day as the standard wants it; a month or a year is no day, and the description has it."""
    return _midnight(fact.value) if fact is not None and _is_day(fact.value) else None


def _days(duration: str) -> int | None:
    """Return the days of a duration in weeks and days; a month or a year has no fixed number."""
    found = _DURATION.fullmatch(duration)
    if found is None or found[1] or found[2] or not (found[3] or found[4]):
        return None
    return int(found[3] or 0) * 7 + int(found[4] or 0)


def _local(iri: str) -> str:
    return "-".join(re.split("[/#]", iri)[-2:])


def _number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(type(value).__name__)
    return int(value) if value == value.to_integral_value() else float(value)
