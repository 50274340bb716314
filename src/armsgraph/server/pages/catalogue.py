"""The names of what a graph holds, by kind, in memory: for the lists, the search and the reconciliation.

It is read once in the life of a worker: the store is read-only, and a new graph gets new workers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["KINDS", "MOST_ENTRIES", "Catalogue", "Entry", "catalogue_of", "fold"]

# Sections of the site -> classes that stand in them.
KINDS: dict[str, tuple[str, ...]] = {
    "deals": ("Deal",),
    "states": ("State",),
    "firms": ("Firm",),
    "organisations": ("GovernmentBody", "ArmedForce", "InternationalOrganisation"),
    "weapons": ("Weapon",),
    "persons": ("Person",),
    "places": ("Place",),
    "offices": ("Office",),
    "documents": ("Document",),
}
MOST_ENTRIES = 200_000
_SPACES = re.compile(r"[\s\-‐-―_/]+")
_DATED = {"deals": ARMS + "signedOn", "documents": PREFIXES["schema"] + "datePublished"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A node with its name.

    Attributes:
        folded: The name as it is compared.
        date: Day, month or year of a deal or document, "" where there is none.
    """

    iri: str
    label: str
    folded: str
    section: str
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that has a name.

    Attributes:
        sections: Entries of each section by folded name.
        names: Every name (folded) with its entry, the preferred ones first within an entry; True for those.
        is_all: False if the graph holds more than `MOST_ENTRIES`; the rest is in no list then.
    """

    sections: dict[str, tuple[Entry, ...]]
    names: tuple[tuple[str, bool, Entry], ...]
    is_all: bool


def fold(name: str) -> str:
    """Return a name as it is compared: no case, no accents, hyphens as spaces, one space between words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _SPACES.sub(" ", plain).strip()


@lru_cache(maxsize=1)
def catalogue_of(store: ox.Store) -> Catalogue:
    """Return the catalogue of a store, made at the first call."""
    entries: dict[str, Entry] = {}
    is_all = True
    for section, classes in KINDS.items():
        for name in classes:
            for entry in _entries(store, section, name):
                if len(entries) >= MOST_ENTRIES:
                    is_all = False
                    break
                # a node of two labels has one entry, the first by code point
                known = entries.get(entry.iri)
                if known is None or (entry.label, entry.date) < (known.label, known.date):
                    entries[entry.iri] = entry
    names = [(entry.folded, True, entry) for entry in entries.values()]
    names += [(name, False, entry) for name, entry in _other_names(store, entries)]
    return Catalogue(
        sections={
            section: tuple(
                sorted((e for e in entries.values() if e.section == section), key=lambda e: (e.folded, e.iri))
            )
            for section in KINDS
        },
        names=tuple(names),
        is_all=is_all,
    )


def _entries(store: ox.Store, section: str, name: str) -> Iterator[Entry]:
    dated = _DATED.get(section)
    date = f"OPTIONAL {{ ?node <{dated}> ?date }}" if dated else ""
    for row in _ask(store, f"SELECT ?node ?label ?date WHERE {{ ?node a arms:{name} ; rdfs:label ?label . {date} }}"):
        label, day = row["label"].value, row["date"]
        yield Entry(
            iri=row["node"].value,
            label=label,
            folded=fold(label[:500]),
            section=section,
            date=day.value if day is not None else "",
        )


def _other_names(store: ox.Store, entries: dict[str, Entry]) -> Iterator[tuple[str, Entry]]:
    query = "SELECT ?node ?label WHERE { ?node skos:altLabel|skos:hiddenLabel ?label }"
    for n, row in enumerate(_ask(store, query)):
        if n == MOST_ENTRIES:
            return
        entry = entries.get(row["node"].value)
        if entry is not None:
            name = fold(row["label"].value[:500])
            if name != entry.folded:
                yield name, entry


def _ask(store: ox.Store, query: str) -> ox.QuerySolutions:
    found = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return found
