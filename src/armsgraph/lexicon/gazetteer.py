"""The lists of states, firms, forces, bodies, weapons, places, people and offices, and look-up in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from armsgraph.errors import DataError
from armsgraph.lexicon.matcher import NameEntry, NameMatcher, NameUse
from armsgraph.lexicon.mention_words import MentionWords, load_mention_words
from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.lexicon.records import (
    BodyRecord,
    FirmRecord,
    KindRecord,
    OfficeRecord,
    PersonRecord,
    PlaceRecord,
    Record,
    StateRecord,
    TermRecord,
    WeaponRecord,
)
from armsgraph.lexicon.tables import read_table, split_list
from armsgraph.model import EntityType
from armsgraph.vocab import slug

__all__ = ["Gazetteer", "load_gazetteer"]

_VERIFIED = ("no", "weak", "yes")
_INTERNATIONAL = "international organisation"
_Row = Mapping[str, str]
_Made = TypeVar("_Made")


class Gazetteer:
    """All lists, read once. The mappings are by record id, in the order of the files.

    Attributes:
        words: The word lists that the mentions stage needs beside names.
    """

    def __init__(
        self,
        *,
        states: Mapping[str, StateRecord],
        firms: Mapping[str, FirmRecord],
        bodies: Mapping[str, BodyRecord],
        weapons: Mapping[str, WeaponRecord],
        kinds: Mapping[str, KindRecord],
        places: Mapping[str, PlaceRecord],
        people: Mapping[str, PersonRecord],
        offices: Mapping[str, OfficeRecord],
        words: MentionWords,
    ) -> None:
        self.states = MappingProxyType(states)
        self.firms = MappingProxyType(firms)
        self.bodies = MappingProxyType(bodies)
        self.weapons = MappingProxyType(weapons)
        self.kinds = MappingProxyType(kinds)
        self.places = MappingProxyType(places)
        self.people = MappingProxyType(people)
        self.offices = MappingProxyType(offices)
        self.words = words

    def record(self, record_id: str | None) -> Record | None:
        """Return the record of an entity by its id (`weapons:Q214688`), None if there is none."""
        if record_id is None:
            return None
        table = record_id.partition(":")[0]
        tables: dict[str, Mapping[str, Record]] = {
            "states": self.states,
            "firms": self.firms,
            "forces_bodies": self.bodies,
            "weapons": self.weapons,
            "places": self.places,
            "people": self.people,
        }
        found = tables.get(table)
        return None if found is None else found.get(record_id)

    def find(self, name: str, type: EntityType | None = None) -> tuple[Record, ...]:
        """Return the records with this name or alias, folded, in the order of the lists; weapons also by exact key.

        Demonyms, metonyms and nicknames are not names: see `state_of_adjective`, `state_of_metonym`.
        """
        found = list(self._names.get(fold_name(name), ()))
        if type in (None, EntityType.WEAPON):
            found += [r for r in self._weapon_keys.get(weapon_key(name), ()) if r not in found]
        return tuple(r for r in found if type is None or r.type is type)

    def state(self, code: str | None) -> StateRecord | None:
        """Return the state with this ISO 3166-1 alpha-2 (or withdrawn) code."""
        return None if code is None else self._codes.get(code)

    def state_of_adjective(self, word: str) -> StateRecord | None:
        """Return the state of "Kuwaiti" or "Swedes", None if the word is no demonym or names two states."""
        return _only(self._demonyms.get(fold_name(word), ()))

    def state_of_metonym(self, word: str) -> StateRecord | None:
        """Return the state for whose government a capital stands ("Moscow")."""
        return _only(self._metonyms.get(fold_name(word), ()))

    def kind(self, label: str | None) -> KindRecord | None:
        """Return a kind of weapon by its label, plural or synonym, folded."""
        return None if label is None else self._kinds.get(fold_name(label))

    def find_offices(self, title: str, *, state: str | None = None) -> tuple[OfficeRecord, ...]:
        """Return the offices with this label or synonym, those of `state` before generic ones; other states' never."""
        found = self._offices.get(fold_name(title), ())
        return tuple(r for r in found if r.state == state is not None) + tuple(r for r in found if r.state is None)

    def offices_of(self, kind: str, state: str) -> tuple[OfficeRecord, ...]:
        """Return the offices of a kind ("defence minister") in one state, in the order of the list."""
        return tuple(r for r in self.offices.values() if r.kind == kind and r.state == state)

    @cached_property
    def matcher(self) -> NameMatcher:
        """The automaton over all names; built at first use."""
        return NameMatcher(tuple(self._entries()))

    def _entries(self) -> Iterator[NameEntry]:
        for state in self.states.values():
            yield from _entry(state, (state.name, *state.aliases), NameUse.NAME)
            yield from _entry(state, state.demonyms, NameUse.DEMONYM)
            yield from _entry(state, state.metonyms, NameUse.METONYM)
        for weapon in self.weapons.values():
            yield from _entry(weapon, (weapon.name, *weapon.aliases), NameUse.NAME)
            yield from _entry(weapon, weapon.nicknames, NameUse.NICKNAME)
        for table in (self.firms, self.bodies, self.places, self.people):
            for record in table.values():
                yield from _entry(record, (record.name, *record.aliases), NameUse.NAME)

    @cached_property
    def _names(self) -> dict[str, tuple[Record, ...]]:
        tables = (self.states, self.bodies, self.firms, self.weapons, self.places, self.people)
        return _index((r, (r.name, *r.aliases)) for table in tables for r in table.values())

    @cached_property
    def _weapon_keys(self) -> dict[str, tuple[WeaponRecord, ...]]:
        return _index(((r, (r.name, *r.aliases)) for r in self.weapons.values()), fold=weapon_key)

    @cached_property
    def _demonyms(self) -> dict[str, tuple[StateRecord, ...]]:
        return _index((r, r.demonyms) for r in self.states.values())

    @cached_property
    def _metonyms(self) -> dict[str, tuple[StateRecord, ...]]:
        return _index((r, r.metonyms) for r in self.states.values())

    @cached_property
    def _codes(self) -> dict[str, StateRecord]:
        return {r.code: r for r in self.states.values() if r.code}

    @cached_property
    def _kinds(self) -> dict[str, KindRecord]:
        index = _index((r, (r.label, r.plural, *r.synonyms)) for r in self.kinds.values())
        return {name: records[0] for name, records in index.items()}

    @cached_property
    def _offices(self) -> dict[str, tuple[OfficeRecord, ...]]:
        return _index((r, (r.label, *r.synonyms)) for r in self.offices.values())


def load_gazetteer(*, overlays: Sequence[Path] = ()) -> Gazetteer:
    """Read all lists, the shipped ones first, then those of the same name in the user's folders.

    A row of a folder with the id of an earlier row takes its place; any other adds to the list.

    Raises:
        DataError: A file or row is not as it should be, with `file:line`.
    """

    def read(name: str, columns: str, make: Callable[[_Row, str], _Made]) -> dict[str, _Made]:
        found: dict[str, _Made] = {}
        for row, where in read_table(f"{name}.tsv", columns.split(), overlays=overlays):
            if row["verified"] not in _VERIFIED:
                raise DataError(f"verified is {row['verified']!r}", where=where, hint="write yes, weak or no")
            if not (row.get("name") or row.get("label")):
                raise DataError("a row without a name", where=where, hint="fill the column name or label")
            made = make(row, where)
            found[made.id] = made  # type: ignore[attr-defined]
        return found

    words = load_mention_words(overlays=overlays)
    return Gazetteer(
        states=read(
            "states",
            "qid iso2 iso3 name aliases demonyms metonyms capital capital_qid kind other_qids verified source",
            _state,
        ),
        firms=read("firms", "qid name aliases country verified source", _firm),
        bodies=read("forces_bodies", "qid name aliases kind state verified source", lambda r, _: _body(r, words)),
        weapons=read("weapons", "qid name aliases nicknames kind country manufacturer verified source", _weapon),
        kinds=read("weapon_kinds", "id label broader qid plural synonyms verified source", _kind),
        places=read("places", "qid name aliases state admin1 lat lon kind verified source", _place),
        people=_people(overlays),
        offices=read("offices", "qid label synonyms kind state scope verified source", _office),
        words=words,
    )


def _entry(record: Record, surfaces: Sequence[str], use: NameUse) -> Iterator[NameEntry]:
    for surface in surfaces:
        yield NameEntry(surface=surface, record=record.id, type=record.type, use=use)


def _only(records: Sequence[_Made]) -> _Made | None:
    return records[0] if len(records) == 1 else None


def _index(
    named: Iterator[tuple[_Made, Sequence[str]]], *, fold: Callable[[str], str] = fold_name
) -> dict[str, tuple[_Made, ...]]:
    index: dict[str, tuple[_Made, ...]] = {}
    for record, names in named:
        for name in names:
            key = fold(name)
            before = index.get(key, ())
            if record not in before:
                index[key] = (*before, record)
    return index


def _qid(row: _Row) -> str | None:
    return row["qid"] if row["verified"] == "yes" and row["qid"] else None


def _id(table: str, row: _Row, name: str, *more: str) -> str:
    return f"{table}:{row['qid'] or '-'.join(slug(part) for part in (name, *more) if part)}"


def _state(row: _Row, where: str) -> StateRecord:
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


def _firm(row: _Row, where: str) -> FirmRecord:
    return FirmRecord(
        id=_id("firms", row, row["name"]),
        qid=_qid(row),
        name=row["name"],
        aliases=split_list(row["aliases"]),
        state=row["country"] or None,
    )


def _body(row: _Row, words: MentionWords) -> BodyRecord:
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


def _weapon(row: _Row, where: str) -> WeaponRecord:
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


def _kind(row: _Row, where: str) -> KindRecord:
    return KindRecord(
        id=f"weapon_kinds:{row['id']}",
        qid=_qid(row),
        label=row["label"],
        broader=f"weapon_kinds:{row['broader']}" if row["broader"] else None,
        plural=row["plural"],
        synonyms=split_list(row["synonyms"]),
    )


def _place(row: _Row, where: str) -> PlaceRecord:
    try:
        lat, lon = (float(row[key]) if row[key] else None for key in ("lat", "lon"))
    except ValueError as error:
        raise DataError("lat or lon is no number", where=where, hint="decimal degrees, or empty") from error
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


def _office(row: _Row, where: str) -> OfficeRecord:
    return OfficeRecord(
        id=_id("offices", row, row["state"], row["label"], "" if row["state"] else "generic"),
        qid=_qid(row),
        label=row["label"],
        synonyms=split_list(row["synonyms"]),
        kind=row["kind"],
        state=row["state"] or None,
    )


def _people(overlays: Sequence[Path]) -> dict[str, PersonRecord]:
    """Gather the rows of people.tsv, one a term, by person."""
    columns = "qid name aliases office office_qid office_kind state state_qid start end as_of verified dates_verified"
    heads: dict[str, tuple[str | None, str, tuple[str, ...]]] = {}
    terms: dict[str, list[TermRecord]] = {}
    for row, where in read_table("people.tsv", [*columns.split(), "source"], overlays=overlays):
        if not row["name"]:
            raise DataError("a row without a name", where=where, hint="fill the column name")
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
