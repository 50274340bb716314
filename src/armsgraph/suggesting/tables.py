"""Suggestions as tab-separated text: one table to read, and lists that `--data` takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from armsgraph.model import EntityType
from armsgraph.suggesting.gathering import Suggestion

__all__ = ["suggestion_lists", "suggestion_rows"]

_READ = ("type", "name", "aliases", "country", "kind", "count", "documents", "why", "sentence")
_LISTS = MappingProxyType(
    {
        EntityType.FIRM: ("firms.tsv", ("name", "aliases", "country", "source")),
        EntityType.WEAPON: ("weapons.tsv", ("name", "aliases", "kind", "country", "source")),
    }
)


def suggestion_rows(suggestions: Iterable[Suggestion]) -> Iterator[str]:
    """Yield the lines of a table to read, the header first."""
    yield "\t".join(_READ)
    for suggestion in suggestions:
        fields = _fields(suggestion)
        yield "\t".join(fields[column] for column in _READ)


def suggestion_lists(suggestions: Sequence[Suggestion]) -> dict[str, str]:
    """Return the content of each list by its file name: rows for `--data`, with why and where in the column `source`.

    A list without a row is left out.
    """
    made: dict[str, str] = {}
    for kind, (name, columns) in _LISTS.items():
        rows = [_fields(s) for s in suggestions if s.type is kind]
        if rows:
            lines = ["\t".join(columns), *("\t".join(row[column] for column in columns) for row in rows)]
            made[name] = "\n".join(lines) + "\n"
    return made


def _fields(suggestion: Suggestion) -> dict[str, str]:
    why = ", ".join(suggestion.rules)
    fields = {
        "type": suggestion.type.value,
        "name": suggestion.name,
        "aliases": "|".join(suggestion.aliases),
        "country": suggestion.state or "",
        "kind": suggestion.kind or "",
        "count": str(suggestion.count),
        "documents": str(suggestion.documents),
        "why": why,
        "sentence": suggestion.sentence,
        "source": f"suggested by {why}; {suggestion.count}x in {suggestion.documents}: {suggestion.sentence}",
    }
    return {column: _plain(value) for column, value in fields.items()}


def _plain(value: str) -> str:
    """Return a value without what would break a row."""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())
