"""Check annotated texts: form, ids, vocabulary, and that every quoted string is verbatim in the text.

    python bench/corpus/check.py [FOLDER...]

Without folders: all that stand beside this file. Prints the problems and a count; exit code 1 if there is any problem.
Of held-out texts it prints where the problem is and never the words.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HELD_OUT = "held-out"

PARTIES = {"State", "Firm", "GovernmentBody", "ArmedForce", "International Organisation"}
TYPES = {*PARTIES, "Person", "Weapon", "Place"}
KINDS = {
    "procurement",
    "approval",
    "delivery order",
    "licence",
    "joint venture",
    "cooperation agreement",
    "memorandum",
    "other",
}
STATUSES = {
    "proposed",
    "approved",
    "negotiating",
    "signed",
    "ordered",
    "in production",
    "delivered",
    "delayed",
    "cancelled",
    "completed",
}
PREDICATES = {
    "replaces",
    "designed_by",
    "manufactured_by",
    "joint_venture_of",
    "subsidiary_of",
    "located_in",
    "met_with",
    "visited",
    "operates",
    "variant_of",
}
QUALIFIERS = {"exact", "about", "over", "under", "up to"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
DURATION = re.compile(r"P\d+[YMD]")
TOP = {"id", "url", "published", "entities", "offices", "deals", "relations", "conflicts"}
ENTITY = {"id", "type", "name", "aliases", "mentions"}
DEAL = {
    *("id", "kind", "status", "buyers", "suppliers", "items", "value", "signed_on", "signed_at", "signatories"),
    *("period", "duration", "produced_at", "evidence", "says"),
}
ITEM = {"weapon", "description", "quantity", "quantity_qualifier", "says"}


class Checker:
    """Gathers the problems of one annotation."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_held_out = path.parent.name == HELD_OUT
        self.text = path.with_suffix(".txt").read_text("utf-8")
        self.raw = json.loads(path.read_text("utf-8"))
        self.types: dict[str, str] = {}
        self.problems: list[str] = []

    def want(self, is_right: object, what: str, value: object = None) -> None:
        if not is_right:
            shown = "" if value is None or self.is_held_out else f": {value!r}"
            self.problems.append(f"{self.path.parent.name}/{self.path.name}: {what}{shown}")

    def keys(self, found: Mapping[str, Any], wanted: set[str], where: str) -> None:
        self.want(set(found) == wanted, f"{where}: keys {sorted(set(found) ^ wanted)}")

    def verbatim(self, words: str | None, what: str) -> None:
        self.want(words and words in self.text, f"{what} is not in the text", words)

    def reference(self, entity: str | None, what: str, allowed: set[str] | None = None) -> None:
        self.want(entity in self.types, f"{what}: no such entity", entity)
        self.want(allowed is None or self.types.get(str(entity)) in allowed, f"{what}: wrong type", entity)

    def check(self) -> list[str]:
        raw = self.raw
        self.keys(raw, TOP, "annotation")
        self.want(raw["id"] == self.path.stem or raw["id"].endswith(f"-{self.path.stem}"), "id", raw["id"])
        self.want(raw["url"] is None or raw["url"].startswith("http"), "url", raw["url"])
        self.want(raw["published"] is None or DATE.fullmatch(raw["published"]), "published", raw["published"])
        self._entities()
        for office in raw["offices"]:
            self.reference(office["person"], "office", {"Person"})
            self.verbatim(office["office"], "office")
            if office["of"]:
                self.reference(office["of"], "office of")
        for number, deal in enumerate(raw["deals"], 1):
            self._deal(number, deal)
        for relation in raw["relations"]:
            self.want(relation["predicate"] in PREDICATES, "predicate", relation["predicate"])
            self.reference(relation["subject"], "relation subject")
            self.reference(relation["object"], "relation object")
            self.verbatim(relation["evidence"], "relation evidence")
        for conflict in raw["conflicts"]:
            self.want(len(conflict["values"]) > 1, "conflict with one value")
            for words in conflict["values"]:
                self.verbatim(words, "conflict value")
        return self.problems

    def _entities(self) -> None:
        owners: set[tuple[str, str]] = set()
        for entity in self.raw["entities"]:
            name = entity["id"]
            self.keys(entity, ENTITY, name)
            self.want(name not in self.types, f"{name}: id twice")
            self.want(entity["type"] in TYPES, f"{name}: type", entity["type"])
            self.types[name] = entity["type"]
            self.want({entity["name"], *entity["aliases"]} <= set(entity["mentions"]), f"{name}: mentions lack a name")
            for words in entity["mentions"]:
                self.verbatim(words, f"{name} mention")
                self.want((entity["type"], words) not in owners, f"{name}: mention of two entities", words)
                owners.add((entity["type"], words))

    def _deal(self, number: int, deal: Mapping[str, Any]) -> None:
        name = deal["id"]
        self.keys(deal, DEAL, name)
        self.want(name == f"d{number}", f"{name}: not in order")
        self.want(deal["kind"] in KINDS, f"{name}: kind", deal["kind"])
        self.want(deal["status"] in STATUSES, f"{name}: status", deal["status"])
        for party in [*deal["buyers"], *deal["suppliers"]]:
            self.reference(party, f"{name} party", PARTIES)
        for person in deal["signatories"]:
            self.reference(person, f"{name} signatory", {"Person"})
        for place in [*deal["produced_at"], *([deal["signed_at"]] if deal["signed_at"] else [])]:
            self.reference(place, f"{name} place", {"Place"})
        for item in deal["items"]:
            self._item(name, item)
        value = deal["value"]
        if value:
            self.want(isinstance(value["amount"], int) and value["amount"] > 0, f"{name}: amount", value["amount"])
            self.want(re.fullmatch("[A-Z]{3}", value["currency"]), f"{name}: currency", value["currency"])
            self.want(value["qualifier"] in QUALIFIERS, f"{name}: value qualifier", value["qualifier"])
        period = deal["period"] or {}
        dates = {"signed_on": deal["signed_on"], "start": period.get("start"), "end": period.get("end")}
        for key, date in dates.items():
            self.want(not date or DATE.fullmatch(date), f"{name}: {key}", date)
        duration = deal["duration"]
        self.want(duration is None or DURATION.fullmatch(duration), f"{name}: duration", duration)
        self.want(deal["evidence"], f"{name}: no evidence")
        for words in deal["evidence"]:
            self.verbatim(words, f"{name} evidence")
        filled = {**dates, "value": value, "signed_at": deal["signed_at"], "duration": duration, "status": True}
        self.want(
            set(deal["says"]) == {k for k, v in filled.items() if v}, f"{name}: says has other slots than the deal"
        )
        for key, words in deal["says"].items():
            self.verbatim(words, f"{name} says {key}")

    def _item(self, deal: str, item: Mapping[str, Any]) -> None:
        self.keys(item, ITEM, f"{deal} item")
        if item["weapon"]:
            self.reference(item["weapon"], f"{deal} item", {"Weapon"})
        self.verbatim(item["description"], f"{deal} item description")
        quantity, qualifier = item["quantity"], item["quantity_qualifier"]
        self.want(quantity is None or (isinstance(quantity, int) and quantity > 0), f"{deal}: quantity", quantity)
        is_counted = quantity is not None
        self.want(qualifier in QUALIFIERS if is_counted else qualifier is None, f"{deal}: quantity qualifier")
        self.want(is_counted == (item["says"] is not None), f"{deal}: item says")
        if item["says"]:
            self.verbatim(item["says"], f"{deal} item says")


def check_folder(folder: Path) -> Iterator[str]:
    """Give the problems of one folder, by file name."""
    annotations, texts = sorted(folder.glob("*.json")), sorted(folder.glob("*.txt"))
    if not annotations:
        yield f"{folder.name}: no annotation"
    alone = {p.stem for p in annotations} ^ {p.stem for p in texts}
    yield from (f"{folder.name}/{stem}: text or annotation is missing" for stem in sorted(alone))
    for path in annotations:
        if path.stem not in alone:
            yield from Checker(path).check()


def default_folders() -> tuple[Path, ...]:
    """Return the folders beside this file that hold annotations, by name."""
    return tuple(sorted({path.parent for path in HERE.glob("*/*.json")}))


def count(folders: Iterable[Path], key: str) -> int:
    """Count entities, deals or relations."""
    paths = (path for folder in folders for path in folder.glob("*.json"))
    return sum(len(json.loads(path.read_text("utf-8"))[key]) for path in paths)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    folders = parser.parse_args().folders or default_folders()
    problems = [problem for folder in folders for problem in check_folder(folder)]
    print(*problems, sep="\n", end="\n" if problems else "")
    for folder in folders:
        counts = ", ".join(f"{count([folder], key)} {key}" for key in ("entities", "deals", "relations"))
        print(f"{folder.name}: {len(list(folder.glob('*.json')))} texts, {counts}")
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
