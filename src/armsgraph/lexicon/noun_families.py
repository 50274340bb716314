"""Families of the nouns for things that change hands: a carrier is a vehicle, a frigate a ship."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from armsgraph.lexicon.tables import read_table

__all__ = ["shipped_noun_families"]


@cache
def shipped_noun_families() -> Mapping[str, str]:
    """Return the family of each noun of the shipped `class_nouns.tsv` that has one, singular and lower case.

    Raises:
        DataError: The list is wrong, with `file:line`.
    """
    rows = read_table("class_nouns.tsv", ("noun", "use", "family", "source"))
    return MappingProxyType({row["noun"]: row["family"] for row, _ in rows if row["family"]})
