"""Names that mean several things: each text is linked to the right item, or to none with certainty.

The sentences of `homonyms.tsv` are made up. `item` is the row of the shipped lists that the name means (`list: name`),
empty if what the text means has no item there: then no link may be sure.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from armsgraph import resources
from armsgraph.documents import Record, make_document
from armsgraph.lexicon.gazetteer import load_gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.model import Extraction, LinkDecision
from armsgraph.pipeline import Tools, extract

FILE = Path(__file__).resolve().parent / "homonyms.tsv"
COLUMNS = ("id", "published", "text", "name", "item")


def read_cases() -> list[tuple[str, ...]]:
    header, *rows = (tuple(line.split("\t")) for line in FILE.read_text("utf-8").splitlines())
    assert header == COLUMNS
    return rows


CASES = read_cases()

LEAST_SURE = 0.75


def _items() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table in ("states", "firms", "forces_bodies", "weapons", "places", "people"):
        with resources.data(f"{table}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["verified"] == "yes" and row["qid"]:
                    for key in (f"{table}: {row['name']}", f"{table}: {row['name']}@{row.get('state', '')}"):
                        found.setdefault(key, set()).add(row["qid"])
    return found


ITEMS = _items()


def read(text: str, published: str, tools: Tools) -> Extraction:
    record = Record(id="case", text=text, published=published, location="case.txt")
    return extract(make_document(record, tools.furniture), tools)


def sure_items(extraction: Extraction, name: str) -> set[str]:
    """Items that the entities with a mention of that name are surely linked to."""
    folded = fold_name(name)
    ids = {m.entity_id for m in extraction.entities.mentions if fold_name(m.text) == folded}
    return {
        k.qid for k in extraction.links if k.entity_id in ids and k.decision is LinkDecision.SAME and not k.is_broader
    }


def test_there_are_sixty_cases_and_each_item_is_listed_once() -> None:
    assert len(CASES) >= 60
    assert len({case[0] for case in CASES}) == len(CASES)
    assert [c[4] for c in CASES if c[4] and len(ITEMS.get(c[4], ())) != 1] == []


@pytest.mark.parametrize(("published", "text", "name", "item"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_homonym_is_right_or_unsure(published: str, text: str, name: str, item: str, tools: Tools) -> None:
    assert sure_items(read(text, published, tools), name) <= ITEMS.get(item, set())


def test_most_of_what_has_an_item_is_linked_surely(tools: Tools) -> None:
    wanted = [c for c in CASES if c[4]]
    missed = [c[0] for c in wanted if not sure_items(read(c[2], c[1], tools), c[3])]
    assert len(missed) <= (1 - LEAST_SURE) * len(wanted), missed


OVERLAY = {
    "firms.tsv": "name\tqid\tverified\nBrahMos Aerospace\tQ900001\tyes\n",
    "weapons.tsv": "name\tkind\tcountry\tqid\tverified\nBrahMos\tcruise missile\tIN\tQ900002\tyes\n",
}


@pytest.mark.parametrize(
    ("text", "name", "qid"),
    [
        ("The Philippines bought BrahMos missiles from India.", "BrahMos", "Q900002"),
        ("India's BrahMos Aerospace signed a contract with the Philippines.", "BrahMos Aerospace", "Q900001"),
    ],
    ids=["missile", "firm"],
)
def test_firm_and_missile_of_one_name_have_items_of_their_own(
    text: str, name: str, qid: str, tmp_path: Path, tools: Tools
) -> None:
    for file, content in OVERLAY.items():
        (tmp_path / file).write_text(content, "utf-8")
    own = replace(tools, gazetteer=load_gazetteer(overlays=(tmp_path,)))
    assert sure_items(read(text, "2022-01-01", own), name) == {qid}
