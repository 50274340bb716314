"""The user's rows: held against what the shipped lists know, and laid over them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from armsgraph.errors import DataError
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.tables import split_list

__all__ = ["check_row", "lay_over"]

_Listed = TypeVar("_Listed")
_ITEM = re.compile(r"Q[1-9]\d*")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CODES = ("country", "state")
_SHOWN = 12


def check_row(
    row: Mapping[str, str], where: str, *, codes: Collection[str], kinds: Collection[str], kind_column: str = "kind"
) -> None:
    """Hold a row of the user against what is known.

    Args:
        codes: Codes of states that the lists know.
        kinds: What the column of the kind may hold; empty: anything.

    Raises:
        DataError: An item that is none of Wikidata's, an unknown state or kind, or a date that is no ISO date.
    """
    items = [value for key, value in row.items() if key == "qid" or key.endswith("_qid")]
    for item in (*items, *split_list(row.get("other_qids", ""))):
        if item and not _ITEM.fullmatch(item):
            raise DataError(f"{item!r} is no Wikidata item", where=where, hint="write Q and digits, or leave it empty")
    for key in _CODES:
        code = row.get(key, "")
        if code and code not in codes:
            raise DataError(
                f"unknown state {code!r} in the column {key}", where=where, hint="two letters, as in states.tsv"
            )
    kind = row.get(kind_column, "")
    if kind and kinds and kind not in kinds:
        near = difflib.get_close_matches(kind, sorted(kinds), 3) or sorted(kinds)[:_SHOWN]
        raise DataError(f"unknown {kind_column} {kind!r}", where=where, hint=f"known are for example {', '.join(near)}")
    for key in ("start", "end"):
        if row.get(key) and not _DATE.fullmatch(row[key]):
            raise DataError(f"{key} {row[key]!r} is no date", where=where, hint="write 2024, 2024-03 or 2024-03-09")


def lay_over(found: dict[str, _Listed], made: _Listed) -> None:
    """Lay a record of the user over those found so far, in place.

    It adds to the record of the same id, or, if it names no Wikidata item, to the only one of the same name and state:
    its names are added, what it fills in takes the place of what was there, what it leaves empty stays. Otherwise it is
    a record of its own, and no shipped firm or weapon keeps its name as an alias.
    """
    new: Any = made
    earlier = _earlier(found, new)
    if earlier is not None:
        merged: dict[str, Any] = {"id": earlier.id}
        for field in fields(new):
            old, value = getattr(earlier, field.name), getattr(new, field.name)
            if isinstance(value, tuple):
                merged[field.name] = (*old, *(v for v in value if v not in old))
            elif field.name != "id":
                merged[field.name] = old if value in (None, "") else value
        if getattr(earlier, "name", None) not in (None, merged.get("name"), *merged.get("aliases", ())):
            merged["aliases"] = (*merged["aliases"], earlier.name)
        found[earlier.id] = replace(earlier, **merged)
        return
    if new.id.startswith(("firms:", "weapons:")):
        taken = {fold_name(n) for n in (new.name, *new.aliases)}
        for key, other in list(found.items()):
            aliases: tuple[str, ...] = other.aliases  # type: ignore[attr-defined]
            kept = tuple(a for a in aliases if fold_name(a) not in taken)
            if kept != aliases:
                found[key] = replace(other, aliases=kept)  # type: ignore[type-var]
    found[new.id] = made


def _earlier(found: Mapping[str, Any], new: Any) -> Any:
    if new.id in found or _ITEM.fullmatch(new.id.partition(":")[2]):
        return found.get(new.id)
    name, state = fold_name(_name(new)), getattr(new, "state", None)
    same = [
        other
        for other in found.values()
        if fold_name(_name(other)) == name and (state is None or getattr(other, "state", None) in (None, state))
    ]
    return same[0] if len(same) == 1 else None


def _name(record: Any) -> str:
    name: str = getattr(record, "name", None) or record.label
    return name
