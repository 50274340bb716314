"""From the rows of the lists to records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from armsgraph.lexicon.mention_words import MentionWords
from armsgraph.lexicon.records import (
    BodyRecord,
    FirmRecord,
    KindRecord,
    OfficeRecord,
    PersonRecord,
    PlaceRecord,
    StateRecord,
    TermRecord,
    WeaponRecord,
)
from armsgraph.lexicon.tables import split_list
from armsgraph.model import EntityType
from armsgraph.vocab import slug

__all__ = [
    "Row",
    "gather_people",
    "make_body",
    "make_firm",
    "make_kind",
    "make_office",
    "make_place",
    "make_state",
    "make_weapon",
]

Row = Mapping[str, str]
_INTERNATIONAL = "international organisation"


def _qid(row: Row) -> str | None:
    return row["qid"] if row["verified"] == "yes" and row["qid"] else None


def _id(table: str, row: Row, name: str, *more: str) -> str:
    return f"{table}:{row['qid'] or '-'.join(slug(part) for part in (name, *more) if part)}"


def make_state(row: Row) -> StateRecord:
    """Read a row of states.tsv."""
    return StateRecord(
        id=f"states:{row['iso2'] or slug(row['name'])}",
        qid=_qid(row),
        code=row["iso2"] or None,
        code3=row["iso3"] or None,
        name=row["name"],
        aliases=split_list(row["aliases"]),
        demonyms=split_list(row["demonyms"]),
        metonyms=split_list(row["metonyms"]),
        capital=row["capital"] or None,
        kind=row["kind"],
        other_qids=split_list(row["other_qids"]),
    )


def make_firm(row: Row) -> FirmRecord:
    """Read a row of firms.tsv."""
    return FirmRecord(
        id=_id("firms", row, row["name"]),
        qid=_qid(row),
        name=row["name"],
        aliases=split_list(row["aliases"]),
        state=row["country"] or None,
    )


def make_body(row: Row, words: MentionWords) -> BodyRecord:
    """Read a row of forces_bodies.tsv; its kind decides between force, body and international organisation."""
    kind = row["kind"]
    if kind == _INTERNATIONAL:
        body_type = EntityType.INTERNATIONAL_ORGANISATION
    else:
        body_type = EntityType.ARMED_FORCE if kind in words["force_kind"] else EntityType.GOVERNMENT_BODY
    return BodyRecord(
        id=_id("forces_bodies", row, row["name"]),
        qid=_qid(row),
        name=row["name"],
        aliases=split_list(row["aliases"]),
        kind=kind,
        state=row["state"] or None,
        type=body_type,
    )


def make_weapon(row: Row) -> WeaponRecord:
    """Read a row of weapons.tsv."""
    return WeaponRecord(
        id=_id("weapons", row, row["name"]),
        qid=_qid(row),
        name=row["name"],
        aliases=split_list(row["aliases"]),
        nicknames=split_list(row["nicknames"]),
        kind=row["kind"] or None,
        state=row["country"] or None,
        maker=row["manufacturer"] or None,
    )


def make_kind(row: Row) -> KindRecord:
    """Read a row of weapon_kinds.tsv."""
    return KindRecord(
        id=f"weapon_kinds:{row['id']}",
        qid=_qid(row),
        label=row["label"],
        broader=f"weapon_kinds:{row['broader']}" if row["broader"] else None,
        plural=row["plural"],
        synonyms=split_list(row["synonyms"]),
    )


def make_place(row: Row) -> PlaceRecord:
    """Read a row of places.tsv.

    Raises:
        ValueError: `lat` or `lon` is no number.
    """
    try:
        lat, lon = (float(row[key]) if row[key] else None for key in ("lat", "lon"))
    except ValueError as error:
        raise ValueError("lat or lon is no number") from error
    return PlaceRecord(
        id=_id("places", row, row["name"], row["state"], row["admin1"]),
        qid=_qid(row),
        name=row["name"],
        aliases=split_list(row["aliases"]),
        state=row["state"] or None,
        admin1=row["admin1"] or None,
        lat=lat,
        lon=lon,
        kind=row["kind"],
    )


def make_office(row: Row) -> OfficeRecord:
    """Read a row of offices.tsv."""
    return OfficeRecord(
        id=_id("offices", row, row["state"], row["label"], "" if row["state"] else "generic"),
        qid=_qid(row),
        label=row["label"],
        synonyms=split_list(row["synonyms"]),
        kind=row["kind"],
        state=row["state"] or None,
    )


def gather_people(rows: Iterable[Row]) -> dict[str, PersonRecord]:
    """Gather the rows of people.tsv, one a term, by person."""
    heads: dict[str, tuple[str | None, str, tuple[str, ...]]] = {}
    terms: dict[str, list[TermRecord]] = {}
    for row in rows:
        person = _id("people", row, row["name"])
        if person not in heads:
            heads[person] = _qid(row), row["name"], split_list(row["aliases"])
        elif row["name"] != heads[person][1] or row["aliases"]:
            qid, name, aliases = heads[person]
            more = [n for n in (row["name"], *split_list(row["aliases"])) if n != name and n not in aliases]
            heads[person] = qid, name, (*aliases, *more)
        terms.setdefault(person, []).append(
            TermRecord(
                office=row["office"],
                office_qid=row["office_qid"] or None,
                kind=row["office_kind"],
                state=row["state"] or None,
                start=row["start"] or None,
                end=row["end"] or None,
                as_of=row["as_of"],
                is_dates_verified=row["dates_verified"] == "yes",
            )
        )
    return {
        person: PersonRecord(
            id=person,
            qid=qid,
            name=name,
            aliases=aliases,
            terms=tuple(sorted(terms[person], key=lambda t: (t.start or "", t.office))),
        )
        for person, (qid, name, aliases) in heads.items()
    }
