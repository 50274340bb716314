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
from armsgraph.lexicon.overlays import check_row, lay_over
from armsgraph.lexicon.records import (
    BodyRecord,
    FirmRecord,
    KindRecord,
    OfficeRecord,
    PersonRecord,
    PlaceRecord,
    Record,
    StateRecord,
    WeaponRecord,
)
from armsgraph.lexicon.rows import (
    Row,
    gather_people,
    make_body,
    make_firm,
    make_kind,
    make_office,
    make_place,
    make_state,
    make_weapon,
)
from armsgraph.lexicon.tables import read_table, shipped_place
from armsgraph.model import EntityType

__all__ = ["Gazetteer", "load_gazetteer"]

_VERIFIED = ("", "no", "weak", "yes")
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

    def bodies_of(self, kind: str, state: str) -> tuple[BodyRecord, ...]:
        """Return the forces and bodies of a kind ("navy") in one state, in the order of the list."""
        return self._bodies.get((kind, state), ())

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
    def _bodies(self) -> dict[tuple[str, str], tuple[BodyRecord, ...]]:
        found: dict[tuple[str, str], tuple[BodyRecord, ...]] = {}
        for body in self.bodies.values():
            if body.state:
                found[body.kind, body.state] = (*found.get((body.kind, body.state), ()), body)
        return found

    @cached_property
    def _offices(self) -> dict[str, tuple[OfficeRecord, ...]]:
        return _index((r, (r.label, *r.synonyms)) for r in self.offices.values())


def load_gazetteer(*, overlays: Sequence[Path] = ()) -> Gazetteer:
    """Read all lists, the shipped ones first, then those of the same name in the user's folders.

    A row of a folder adds to the record of the same item or name (see `overlays.lay_over`), or is one of its own.

    Raises:
        DataError: A file or row is not as it should be, with `file:line`.
    """
    codes: set[str] = set()
    kinds: dict[str, KindRecord] = {}

    def rows(name: str, columns: str, needed: str = "name", kind: str = "kind") -> Iterator[tuple[Row, str, bool]]:
        """Yield the rows with their place and whether they ship; those of the user are checked."""
        known: set[str] = set()
        file = f"{name}.tsv"
        shipped = shipped_place(file)
        for row, where in read_table(file, columns.split(), needed=needed.split(), overlays=overlays):
            if row["verified"] not in _VERIFIED:
                raise DataError(f"verified is {row['verified']!r}", where=where, hint="write yes, weak or no")
            if not (row.get("name") or row.get("label")):
                raise DataError("a row without a name", where=where, hint="fill the column name or label")
            is_ours = not overlays or where.startswith(shipped)
            if is_ours and overlays:
                known.add(row.get(kind, ""))
                codes.update(row.get(key, "") for key in ("iso2", "country", "state"))
            elif not is_ours:
                options = [name for k in kinds.values() for name in (k.label, k.plural, *k.synonyms)]
                check_row(row, where, codes=codes, kinds=options if name == "weapons" else known, kind_column=kind)
                codes.add(row.get("iso2", ""))
            yield row, where, is_ours

    def read(name: str, columns: str, make: Callable[[Row], _Made], needed: str = "name") -> dict[str, _Made]:
        found: dict[str, _Made] = {}
        for row, where, is_ours in rows(name, columns, needed):
            try:
                made = make(row)
            except ValueError as error:
                raise DataError(str(error), where=where, hint="see the shipped list") from error
            if is_ours:
                found[made.id] = made  # type: ignore[attr-defined]
            else:
                lay_over(found, made)
        return found

    words = load_mention_words(overlays=overlays)
    states = read(
        "states",
        "qid iso2 iso3 name aliases demonyms metonyms capital capital_qid kind other_qids verified source",
        make_state,
    )
    kinds |= read("weapon_kinds", "id label broader qid plural synonyms verified source", make_kind, "id label")
    person = (
        "qid name aliases office office_qid office_kind state state_qid start end as_of verified dates_verified source"
    )
    return Gazetteer(
        states=states,
        firms=read("firms", "qid name aliases country verified source", make_firm),
        bodies=read(
            "forces_bodies",
            "qid name aliases kind state verified source",
            lambda row: make_body(row, words),
            "name kind",
        ),
        weapons=read("weapons", "qid name aliases nicknames kind country manufacturer verified source", make_weapon),
        kinds=kinds,
        places=read("places", "qid name aliases state admin1 lat lon kind verified source", make_place),
        people=gather_people(row for row, _, _ in rows("people", person, "name office", "office_kind")),
        offices=read("offices", "qid label synonyms kind state scope verified source", make_office, "label kind"),
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
