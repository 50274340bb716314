"""Items of Wikidata as we need them, read from the JSON of wbgetentities. What is odd is left out, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

__all__ = ["Hit", "Item", "Position", "is_item", "read_hits", "read_item"]

_ITEM = re.compile(r"Q[1-9]\d*")
_TIME = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
_INSTANCE, _POSITION, _START, _END, _MAKER, _PARENT = "P31", "P39", "P580", "P582", "P176", "P749"
# country, country of citizenship, country of origin
_COUNTRIES = ("P17", "P27", "P495")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result of a search: `match` is what the text met, `kind` whether that is a label or an alias."""

    qid: str
    label: str
    description: str
    match: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A position held: dates as ISO day, month or year, "" where the item gives none."""

    qid: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item.

    Attributes:
        qid: Its id; that of the item it was merged into, if it was.
        labels: Labels by language.
        aliases: Aliases of all languages that were asked for.
        classes: What it is an instance of, best-ranked values only. So with the others.
        countries: Country, citizenship, country of origin.
    """

    qid: str
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    description: str = ""
    classes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()

    @property
    def label(self) -> str:
        """The English label, else the first there is, else the id."""
        return self.labels.get("en") or next(iter(self.labels.values()), self.qid)


def is_item(text: object) -> bool:
    """Say whether a text is the id of an item."""
    return isinstance(text, str) and _ITEM.fullmatch(text) is not None


def read_hits(body: Mapping[str, Any]) -> tuple[Hit, ...]:
    """Return the results of wbsearchentities in their order."""
    found = []
    for row in body.get("search") or ():
        if not isinstance(row, dict) or not is_item(row.get("id")):
            continue
        met = _mapping(row.get("match"))
        found.append(
            Hit(
                qid=row["id"],
                label=_text(row.get("label")),
                description=_text(row.get("description")),
                match=_text(met.get("text")),
                kind=_text(met.get("type")),
            )
        )
    return tuple(found)


def read_item(record: Mapping[str, Any]) -> Item | None:
    """Return one entity of wbgetentities; None if it is missing or no item."""
    if "missing" in record or not is_item(record.get("id")):
        return None
    labels = record.get("labels")
    named = {str(k): _text(v.get("value")) for k, v in _mapping(labels).items() if isinstance(v, dict)}
    aliases = [
        _text(a.get("value"))
        for listed in _mapping(record.get("aliases")).values()
        for a in (listed if isinstance(listed, list) else ())
        if isinstance(a, dict)
    ]
    described = _mapping(record.get("descriptions")).get("en")
    claims = _mapping(record.get("claims"))
    return Item(
        qid=record["id"],
        labels=MappingProxyType({k: v for k, v in sorted(named.items()) if v}),
        aliases=tuple(dict.fromkeys(a for a in aliases if a)),
        description=_text(described.get("value")) if isinstance(described, dict) else "",
        classes=_items(claims, _INSTANCE),
        countries=tuple(dict.fromkeys(q for p in _COUNTRIES for q in _items(claims, p))),
        makers=_items(claims, _MAKER),
        parents=_items(claims, _PARENT),
        positions=tuple(_positions(claims)),
    )


def _best(claims: Mapping[str, Any], property_id: str) -> Iterator[Mapping[str, Any]]:
    """Yield the statements of the best rank: preferred ones if there are any, deprecated ones never."""
    listed = claims.get(property_id)
    found = [c for c in (listed if isinstance(listed, list) else ()) if isinstance(c, dict)]
    preferred = [c for c in found if c.get("rank") == "preferred"]
    yield from preferred or (c for c in found if c.get("rank", "normal") == "normal")


def _items(claims: Mapping[str, Any], property_id: str) -> tuple[str, ...]:
    values = [_value(c.get("mainsnak")) for c in _best(claims, property_id)]
    return tuple(dict.fromkeys(v["id"] for v in values if is_item(v.get("id"))))


def _positions(claims: Mapping[str, Any]) -> Iterator[Position]:
    # former positions are of normal rank beside a preferred present one: all but the deprecated count
    listed = claims.get(_POSITION)
    for claim in listed if isinstance(listed, list) else ():
        if not isinstance(claim, dict) or claim.get("rank") == "deprecated":
            continue
        held = _value(claim.get("mainsnak")).get("id")
        qualifiers = _mapping(claim.get("qualifiers"))
        if isinstance(held, str) and is_item(held):
            yield Position(qid=held, start=_day(qualifiers, _START), end=_day(qualifiers, _END))


def _day(qualifiers: Mapping[str, Any], property_id: str) -> str:
    listed = qualifiers.get(property_id)
    for snak in listed if isinstance(listed, list) else ():
        value = _value(snak)
        found = _TIME.match(_text(value.get("time")))
        if found:
            parts = {11: 3, 10: 2, 9: 1}.get(value.get("precision", 0), 0)
            return "-".join(found.groups()[:parts])
    return ""


def _value(snak: object) -> Mapping[str, Any]:
    if not isinstance(snak, dict) or snak.get("snaktype") != "value":
        return {}
    return _mapping(_mapping(snak.get("datavalue")).get("value"))


def _mapping(value: object) -> Mapping[str, Any]:
    # an empty mapping comes as an empty list
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
