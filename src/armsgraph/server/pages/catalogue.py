"""The names of what a graph holds, by kind, in memory: for the lists, the search and the reconciliation.

It is read once for a build (see `server.keeping`), or once in the life of a process: the store is read-only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from armsgraph.vocab import PREFIXES

__all__ = ["KINDS", "MOST_ENTRIES", "Catalogue", "Entry", "catalogue_of", "fold", "keep_catalogue", "make_catalogue"]

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
_DATED = {"deals": "arms:signedOn", "documents": "schema:datePublished"}
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A node with its name.

    Attributes:
        folded: The name as it is compared.
        date: Day, month or year of a deal or document, "" where there is none.
        status: Of a deal, in words.
    """

    iri: str
    label: str
    folded: str
    section: str
    date: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that has a name.

    Attributes:
        entries: By IRI.
        sections: Entries of each section by folded name.
        names: Every name (folded) with its entry, the preferred ones first within an entry; True for those.
        is_all: False if the graph holds more than `MOST_ENTRIES`; the rest is in no list then.
    """

    entries: dict[str, Entry]
    sections: dict[str, tuple[Entry, ...]]
    names: tuple[tuple[str, bool, Entry], ...]
    is_all: bool


def fold(name: str) -> str:
    """Return a name as it is compared: no case, no accents, hyphens as spaces, one space between words."""
    if name.isascii():
        return _SPACES.sub(" ", name.lower()).strip()
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _SPACES.sub(" ", plain).strip()


# What the nursery was given for the workers that it forks; a process of another kind makes its own.
_kept: list[Catalogue] = []


def keep_catalogue(catalogue: Catalogue | None) -> None:
    """Let `catalogue_of` give this one from now on: a worker serves one build alone. None forgets it."""
    _kept[:] = [] if catalogue is None else [catalogue]


def catalogue_of(store: ox.Store) -> Catalogue:
    """Return the catalogue of a store: the one that is kept, else one that is made at the first call."""
    return _kept[0] if _kept else _made(store)


@lru_cache(maxsize=1)
def _made(store: ox.Store) -> Catalogue:
    return make_catalogue(store)


def make_catalogue(store: ox.Store) -> Catalogue:
    """Read the names out of a store."""
    # Whole properties are read in a row: one look-up for each node would take ten times as long on disk.
    labels = _pairs(store, "rdfs:label")
    dates = {section: _pairs(store, name) for section, name in _DATED.items()}
    names_of_statuses = _pairs(store, "skos:prefLabel")
    statuses = {node: names_of_statuses.get(status, "") for node, status in _pairs(store, "arms:status").items()}
    entries: dict[str, Entry] = {}
    for section, classes in KINDS.items():
        for name in classes:
            for iri in _nodes(store, name):
                if iri in labels and len(entries) <= MOST_ENTRIES:
                    entries[iri] = Entry(
                        iri=iri,
                        label=labels[iri],
                        folded=fold(labels[iri][:_LONGEST]),
                        section=section,
                        date=dates[section].get(iri, "") if section in dates else "",
                        status=statuses.get(iri, "") if section == "deals" else "",
                    )
    is_all = len(entries) <= MOST_ENTRIES and len(labels) <= MOST_ENTRIES
    names = [(entry.folded, True, entry) for entry in entries.values()]
    names += _other_names(store, entries)
    sections: dict[str, list[Entry]] = {section: [] for section in KINDS}
    for entry in sorted(entries.values(), key=lambda e: (e.folded, e.iri)):
        sections[entry.section].append(entry)
    return Catalogue(
        entries=entries,
        sections={section: tuple(found) for section, found in sections.items()},
        names=tuple(names),
        is_all=is_all,
    )


def _pairs(store: ox.Store, predicate: str) -> dict[str, str]:
    """Return nodes with the value of a property; of several the first by code point, so that it is always the same."""
    found: dict[str, str] = {}
    for row in _ask(store, f"SELECT ?node ?value WHERE {{ ?node {predicate} ?value }} LIMIT {MOST_ENTRIES * 2}"):
        node, value = row["node"], row["value"]
        if not isinstance(node, ox.NamedNode) or isinstance(value, ox.Triple):
            continue
        known = found.get(node.value)
        if known is None or value.value < known:
            found[node.value] = value.value
    return found


def _nodes(store: ox.Store, name: str) -> Iterator[str]:
    for row in _ask(store, f"SELECT ?node WHERE {{ ?node a arms:{name} }} LIMIT {MOST_ENTRIES + 1}"):
        yield row["node"].value


def _other_names(store: ox.Store, entries: dict[str, Entry]) -> Iterator[tuple[str, bool, Entry]]:
    for predicate in ("skos:altLabel", "skos:hiddenLabel"):
        for row in _ask(store, f"SELECT ?node ?value WHERE {{ ?node {predicate} ?value }} LIMIT {MOST_ENTRIES}"):
            entry = entries.get(row["node"].value)
            if entry is not None:
                name = fold(row["value"].value[:_LONGEST])
                if name != entry.folded:
                    yield name, False, entry


def _ask(store: ox.Store, query: str) -> ox.QuerySolutions:
    found = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return found
