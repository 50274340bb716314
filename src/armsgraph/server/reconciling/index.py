"""The things by name, in memory: made once for a build (see `server.keeping`), or once in the life of a process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.offices import shipped_office_lexicon
from armsgraph.server.reconciling.naming import GROUPS, NameKeys
from armsgraph.server.reconciling.things import LISTED, Thing, gather_entities, join_lists

__all__ = ["Index", "index_of", "keep_index", "make_index"]

_COMMON = 400
_NEAR = 72
_SHORTEST_NEAR = 4
_MOST_NEAR = 25
_MOST_SHARED = 400


class Index:
    """Finds things by name.

    Attributes:
        things: By id.
        keys: Folds names.
        gazetteer: The lists.
    """

    def __init__(self, things: Sequence[Thing], keys: NameKeys, gazetteer: Gazetteer) -> None:
        self.things = {thing.id: thing for thing in things}
        self.keys = keys
        self.gazetteer = gazetteer
        self._all = tuple(things)
        self._by_item: dict[str, list[int]] = {}
        self._equal: dict[tuple[str, str], list[int]] = {}
        self._words: dict[str, list[int]] = {}
        self._names: list[str] = []
        self._owners: list[int] = []
        for n, thing in enumerate(self._all):
            if thing.qid is not None:
                self._by_item.setdefault(thing.qid, []).append(n)
            for key in dict.fromkeys(keys.key(name, thing.group) for name in thing.names):
                if not key:
                    continue
                self._equal.setdefault((thing.group, key), []).append(n)
                self._names.append(key)
                self._owners.append(n)
                for word in set(key.split()):
                    owners = self._words.setdefault(word, [])
                    if not owners or owners[-1] != n:
                        owners.append(n)

    def by_id(self, id: str, *, base: str) -> Thing | None:
        """Return a thing by its id, its IRI, or its Wikidata item if only one has that."""
        thing = self.things.get(id) or self.things.get(id.removeprefix(base))
        if thing is not None:
            return thing
        item = id.rpartition("/")[2] if id.startswith(("http://www.wikidata.org/", "https://www.wikidata.org/")) else id
        found = self._by_item.get(item, ())
        return self._all[found[0]] if len(found) == 1 else None

    def equal(self, name: str) -> tuple[Thing, ...]:
        """Return the things that bear a name."""
        found = (n for group in GROUPS for n in self._equal.get((group, self.keys.key(name, group)), ()))
        return tuple(self._all[n] for n in dict.fromkeys(found))

    def near(self, name: str) -> tuple[Thing, ...]:
        """Return things whose name may be meant: those that share a rare word with it, and those spelled alike."""
        found: dict[int, None] = {}
        asked = list(dict.fromkeys(self.keys.key(name, group) for group in GROUPS))
        words = dict.fromkeys(word for key in asked for word in key.split())
        rare = sorted((len(self._words[w]), w) for w in words if w in self._words)
        for count, word in rare:
            if found and (count > _COMMON or len(found) > _MOST_SHARED):
                break
            found |= dict.fromkeys(self._words[word][:_MOST_SHARED])
        for key in asked:
            if len(key) >= _SHORTEST_NEAR:
                spelled = process.extract(key, self._names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_MOST_NEAR)
                found |= dict.fromkeys(self._owners[n] for _, _, n in spelled)
        return tuple(self._all[n] for n in found)

    def starting(self, prefix: str) -> Iterator[Thing]:
        """Yield things with a name that starts so or has a word that does; those of the graph first, each once."""
        asked = dict.fromkeys(self.keys.key(prefix, group) for group in ("other", "weapon"))
        ranked: dict[int, tuple[int, bool, int, str]] = {}
        for key in filter(None, asked):
            for name, n in zip(self._names, self._owners, strict=True):
                if name.startswith(key) or f" {key}" in name:
                    thing = self._all[n]
                    rank = 0 if name == key else 1 if name.startswith(key) else 2
                    value = (rank, thing.id.startswith(LISTED), len(name), thing.id)
                    ranked[n] = min(value, ranked.get(n, value))
        for n in sorted(ranked, key=lambda n: ranked[n]):
            yield self._all[n]

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._all)


# What the nursery has made for the workers that it forks; a process of another kind makes its own.
_kept: list[Index] = []


def keep_index(index: Index | None) -> None:
    """Let `index_of` give this one from now on: a worker serves one build alone. None forgets it."""
    _kept[:] = [] if index is None else [index]


def index_of(store: ox.Store, base: str) -> Index:
    """Return the index of a store and the shipped lists: the one that is kept, else one made at the first call."""
    return _kept[0] if _kept else _made(store, base)


@lru_cache(maxsize=1)
def _made(store: ox.Store, base: str) -> Index:
    return make_index(gather_entities(store), base=base)


def make_index(entities: Sequence[Thing], *, base: str) -> Index:
    """Make an index of the entities of a graph and the rows of the lists."""
    gazetteer = _gazetteer()
    things = join_lists(entities, gazetteer, base=base)
    return Index(things, NameKeys(shipped_office_lexicon()), gazetteer)


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    return load_gazetteer()
