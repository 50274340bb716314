"""Finds nodes by name."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from armsgraph.server.pages.catalogue import Catalogue, Entry, fold

__all__ = ["MOST_HITS", "Hit", "search_names"]

MOST_HITS = 100
_NEAR = 82
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A node that a search found, and how: `exact`, `starts`, `word`, `inside` or `near`."""

    entry: Entry
    how: str


def search_names(
    catalogue: Catalogue, asked: str, *, sections: tuple[str, ...] = (), most: int = MOST_HITS
) -> tuple[tuple[Hit, ...], int]:
    """Find nodes by name: equal names first, then those that start so, have such a word, or hold it within.

    Only if there is none of these, names that are spelled nearly so are given.

    Args:
        sections: Only nodes of these sections; all if there are none.
        most: Give no more than so many.

    Returns:
        The hits, the best first, and how many there are in all.
    """
    wanted = fold(asked[:_LONGEST])
    if not wanted:
        return (), 0
    best: dict[str, tuple[int, Entry]] = {}
    for name, is_label, entry in catalogue.names:
        if wanted not in name or (sections and entry.section not in sections):
            continue
        rank = _rank(name, wanted) * 2 + (not is_label)
        known = best.get(entry.iri)
        if known is None or rank < known[0]:
            best[entry.iri] = (rank, entry)
    order = sorted(best.values(), key=lambda found: (found[0], len(found[1].folded), found[1].folded, found[1].iri))
    if order:
        hits = tuple(Hit(entry=e, how=("exact", "starts", "word", "inside")[rank // 2]) for rank, e in order[:most])
        return hits, len(order)
    return _near(catalogue, wanted, sections, most)


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3


def _near(catalogue: Catalogue, wanted: str, sections: tuple[str, ...], most: int) -> tuple[tuple[Hit, ...], int]:
    pool = [(name, entry) for name, _, entry in catalogue.names if not sections or entry.section in sections]
    names = [name for name, _ in pool]
    found = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=most)
    hits: dict[str, Hit] = {}
    for _, _, n in sorted(found, key=lambda f: (-f[1], f[0], pool[f[2]][1].iri)):
        entry = pool[n][1]
        hits.setdefault(entry.iri, Hit(entry=entry, how="near"))
    return tuple(hits.values()), len(hits)
