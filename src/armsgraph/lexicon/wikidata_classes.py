"""Classes of Wikidata below which items of each type of entity lie, each with the labels that its item must have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from armsgraph.errors import DataError
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.tables import read_table, split_list
from armsgraph.model import EntityType

__all__ = ["WikidataClass", "load_wikidata_classes"]

_FILE = "wikidata_classes.tsv"
_ITEM = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True, kw_only=True)
class WikidataClass:
    """A class: items below it are of that type. It counts only if its item bears one of the labels."""

    type: EntityType
    qid: str
    labels: tuple[str, ...]

    def is_called(self, names: Iterable[str]) -> bool:
        """Say whether one of the names of its item is one of its labels."""
        return bool({fold_name(n) for n in names} & {fold_name(label) for label in self.labels})


def load_wikidata_classes() -> tuple[WikidataClass, ...]:
    """Read the shipped list, in the order of the file.

    Raises:
        DataError: An unknown type, no item, or no label, with `file:line`.
    """
    found = []
    for row, where in read_table(_FILE, ("type", "qid", "labels", "source")):
        labels = split_list(row["labels"])
        if row["type"] not in [t.value for t in EntityType] or not _ITEM.fullmatch(row["qid"]) or not labels:
            raise DataError("no class of Wikidata", where=where, hint="a row has a type, an item and its label")
        found.append(WikidataClass(type=EntityType(row["type"]), qid=row["qid"], labels=labels))
    return tuple(found)
