"""What the lists say, arranged for this stage: names of states, forces and bodies by kind and state, people by name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

from armsgraph.entities.keys import fold, name_words, without_brackets
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.records import BodyRecord, OfficeRecord, PersonRecord, Record, StateRecord
from armsgraph.model import EntityType

__all__ = ["Background", "background_of"]

_GOVERNMENT = ("government of ", "government of the ", "republic of ", "republic of the ")


class Background:
    """Indexes over a gazetteer. Built once for it, then only read."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._state_words: dict[str, str] = {}
        for state in gazetteer.states.values():
            for word in (state.name, *state.aliases, *state.demonyms) if state.code else ():
                self._state_words.setdefault(fold(word), state.code or "")
        self._capitals: dict[str, str] = {}
        for state in gazetteer.states.values():
            for word in (*state.metonyms, state.capital or "") if state.code else ():
                self._capitals.setdefault(fold(word), state.code or "")
        by_kind: dict[tuple[str, str], list[BodyRecord]] = defaultdict(list)
        for body in gazetteer.bodies.values():
            if body.state:
                by_kind[(body.kind, body.state)].append(body)
        self._by_kind = {key: found[0] for key, found in by_kind.items() if len(found) == 1}
        self._people: dict[tuple[str, ...], list[PersonRecord]] = defaultdict(list)
        self._people_by_last: dict[str, list[PersonRecord]] = defaultdict(list)
        for person in gazetteer.people.values():
            for words in dict.fromkeys(name_words(n) for n in (person.name, *person.aliases)):
                if words:
                    self._people[words].append(person)
                    self._people_by_last[words[-1]].append(person)
        self._state_offices: dict[tuple[str, str], list[OfficeRecord]] = defaultdict(list)
        for office in gazetteer.offices.values():
            if office.state:
                self._state_offices[(office.kind, office.state)].append(office)
        tables = (gazetteer.places, gazetteer.people, gazetteer.firms, gazetteer.weapons)
        names = Counter((r.type, fold(r.name)) for table in tables for r in table.values())
        self._shared = frozenset(key for key, n in names.items() if n > 1)

    def state_code(self, name: str) -> str:
        """Return the code of the state that a name, alias or adjective stands for, "" for none."""
        return self._state_words.get(fold(name), "")

    def acting_state(self, name: str) -> str:
        """Return the code of the state that a name stands for where it acts: "Moscow", "Government of India"."""
        folded = fold(name).removeprefix("the ")
        for form in (folded, *(folded.removeprefix(p) for p in _GOVERNMENT), folded.removesuffix(" government")):
            code = self._state_words.get(form) or self._capitals.get(form)
            if code:
                return code
        return ""

    def state(self, code: str) -> StateRecord | None:
        """Return the row of a state by its code."""
        return self.gazetteer.state(code)

    def listed(self, record: str | None) -> Record | None:
        """Return a row by its record id."""
        return self.gazetteer.record(record)

    def state_of_record(self, record: str | None) -> str:
        """Return the code of the state a listed thing is or belongs to, "" if unknown; people have none."""
        row = self.listed(record)
        if row is None or isinstance(row, PersonRecord):
            return ""
        return (row.code if isinstance(row, StateRecord) else row.state) or ""

    def body_of(self, kind: str, state: str) -> BodyRecord | None:
        """Return the only listed force or body of that kind in that state."""
        return self._by_kind.get((kind, state))

    def people(self, name: str) -> tuple[PersonRecord, ...]:
        """Return the listed persons with that name, word for word."""
        return tuple(self._people.get(name_words(name), ()))

    def people_by_last_name(self, name: str) -> tuple[PersonRecord, ...]:
        """Return the listed persons whose last name is the last word of `name`."""
        words = name_words(name)
        return tuple(self._people_by_last.get(words[-1], ())) if words else ()

    def people_by_spelling(self, name: str) -> tuple[PersonRecord, ...]:
        """Return the listed persons whose name is that name in another transliteration ("Sergey", "Sergei")."""
        spelled = [_transliterated(w) for w in name_words(name)]
        return tuple(
            p
            for p in self.people_by_last_name(name)
            if any([_transliterated(w) for w in name_words(n)] == spelled for n in (p.name, *p.aliases))
        )

    def office_of(self, kind: str, state: str) -> OfficeRecord | None:
        """Return the only listed office of that kind in that state."""
        found = self._state_offices.get((kind, state), [])
        return found[0] if len(found) == 1 else None

    def is_shared_name(self, type_: EntityType, name: str) -> bool:
        """Say whether several rows of one list bear that name."""
        return (type_, fold(name)) in self._shared

    def is_name_of(self, record: str | None, text: str) -> bool:
        """Say whether the lists know a row under just that name."""
        row = self.listed(record)
        return row is not None and any(
            fold(text) == fold(n) for n in (row.name, without_brackets(row.name), *row.aliases)
        )


def _transliterated(word: str) -> str:
    """Spell what Cyrillic and Arabic names are written with in several ways in one way."""
    same = word.replace("y", "i").replace("j", "i").replace("kh", "h").replace("ou", "u")
    return re.sub(r"(.)\1", r"\1", same)


@lru_cache(maxsize=2)
def background_of(gazetteer: Gazetteer) -> Background:
    """Return the indexes over a gazetteer, built at first use."""
    return Background(gazetteer)
