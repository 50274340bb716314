"""Links to Wikidata on annotated texts: every link for a person to judge, and a table by type.

    python -m bench.linking FOLDER [--links FILE] [--judged FILE]

FOLDER holds `NN.txt` and `NN.json` with gold entities. `--links` writes every link with the item, what the lists
say of it and the sentence, and an empty column `right` for yes, no or doubtful. `--judged` reads such a file again:
precision of the sure links by type, strict (what is doubtful counts as wrong) and lenient; links that are not in it,
or were judged as another kind of match, are counted as not judged.

Held are the gold entities of which a name stands in a list with a verified item: of the right type, and where the list
has several of that name, one of them. Linked are those that are surely linked to that item.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armsgraph.curation import describe_record, records_by_item
from armsgraph.documents import Record, make_document
from armsgraph.evaluation import read_gold_folders
from armsgraph.explain import sentence_around
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.records import PersonRecord
from armsgraph.model import EntityType, Extraction, LinkDecision
from armsgraph.pipeline import Tools, extract_many, load_tools

COLUMNS = ("text", "type", "name", "decision", "qid", "listed", "sentence", "reason", "right")
JUDGED_BY = ("text", "type", "name", "decision", "qid")
HEADS = ("head of state", "head of government")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A gold entity that the lists hold, under the name of its row in the table, with the items it may be."""

    group: str
    items: frozenset[str]
    names: frozenset[str]


def read_folder(folder: Path, tools: Tools) -> Iterator[tuple[list[dict[str, Any]], Extraction]]:
    """Yield the gold entities of each text with what was read out of it."""
    golds = read_gold_folders((folder,))
    documents = (
        make_document(Record(id=g.id, text=g.text, published=g.published, location=str(folder)), tools.furniture)
        for g in golds
    )
    for extraction in extract_many(documents, tools):
        stem = extraction.document.id.rpartition("-")[2]
        yield json.loads((folder / f"{stem}.json").read_text("utf-8"))["entities"], extraction


def link_rows(extraction: Extraction, gazetteer: Gazetteer) -> Iterator[dict[str, str]]:
    known = records_by_item(gazetteer)
    entities = {e.id: e for e in extraction.entities.entities}
    text = extraction.document.text
    for link in extraction.links:
        if link.decision not in (LinkDecision.SAME, LinkDecision.UNSURE):
            continue
        entity, span, record = entities[link.entity_id], link.evidence.span, known.get(link.qid)
        yield {
            "text": extraction.document.id,
            "type": entity.type.value,
            "name": text[span.start : span.end],
            "decision": "family" if link.is_broader else link.decision.value,
            "qid": link.qid,
            "listed": describe_record(record, gazetteer) if record is not None else "",
            "sentence": sentence_around(text, span.start, span.end).text,
            "reason": link.reason,
            "right": "",
        }


def held_entities(gold: list[dict[str, Any]], gazetteer: Gazetteer) -> Iterator[Held]:
    for entity in gold:
        type_ = EntityType(entity["type"].replace(" ", ""))
        names = [entity["name"], *entity["aliases"]]
        rows = [r for n in names for r in gazetteer.find(n, type_) if r.qid is not None]
        items = frozenset(r.qid for r in rows if r.qid is not None)
        if not items:
            continue
        group = type_.value
        if type_ is EntityType.PERSON:
            kinds = {t.kind for r in rows if isinstance(r, PersonRecord) for t in r.terms}
            group = "Person: heads" if kinds & set(HEADS) else "Person: ministers"
            if not kinds & set(HEADS) and not any("minister" in k for k in kinds):
                group = "Person: others"
        yield Held(group=group, items=items, names=frozenset(map(fold_name, names)))


def is_linked(held: Held, extraction: Extraction) -> bool:
    ids = {m.entity_id for m in extraction.entities.mentions if fold_name(m.text) in held.names}
    return any(
        k.entity_id in ids and k.qid in held.items and k.decision is LinkDecision.SAME and not k.is_broader
        for k in extraction.links
    )


def tell_precision(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        judged = {tuple(r[c] for c in JUDGED_BY): r["right"] for r in csv.DictReader(file, delimiter="\t")}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["decision"] != "unsure":
            verdict = judged.get(tuple(row[c] for c in JUDGED_BY), "") or "not judged"
            group = f"{row['type']} (family)" if row["decision"] == "family" else row["type"]
            counts[group][verdict] += 1
            counts["all"][verdict] += 1
    heads = ("right", "doubtful", "wrong", "not judged", "strict", "lenient")
    print(f"{'sure links':28}" + "".join(f"{h:>12}" for h in heads))
    for group in sorted(counts, key=lambda g: (g == "all", g)):
        found = counts[group]
        yes, no, doubtful = found["yes"], found["no"], found["doubtful"]
        judged_all = yes + no + doubtful
        shares = (f"{n / judged_all:.3f}" if judged_all else "-" for n in (yes, yes + doubtful))
        cells = (yes, doubtful, no, found["not judged"], *shares)
        print(f"{group:28}" + "".join(f"{c:>12}" for c in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--links", type=Path)
    parser.add_argument("--judged", type=Path)
    args = parser.parse_args()
    tools = load_tools()
    rows: list[dict[str, str]] = []
    held: dict[str, list[bool]] = defaultdict(list)
    decisions: dict[str, Counter[str]] = defaultdict(Counter)
    for gold, extraction in read_folder(args.folder, tools):
        rows += link_rows(extraction, tools.gazetteer)
        types = {e.id: e.type.value for e in extraction.entities.entities}
        for link in extraction.links:
            decisions[types[link.entity_id]]["family" if link.is_broader else link.decision.value] += 1
        for entity in held_entities(gold, tools.gazetteer):
            linked = is_linked(entity, extraction)
            held[entity.group].append(linked)
            if not linked:
                print(
                    f"not linked: {extraction.document.id} {entity.group} {sorted(entity.names)} {sorted(entity.items)}"
                )
    print(f"{'decisions':28}" + "".join(f"{d:>11}" for d in ("same", "family", "unsure", "different", "not asked")))
    for type_ in sorted(decisions):
        found = decisions[type_]
        cells = (found[d] for d in ("same", "family", "unsure", "different", "not asked"))
        print(f"{type_:28}" + "".join(f"{n:11}" for n in cells))
    print(f"{'gold entities':28}{'held':>8}{'linked':>8}{'share':>8}")
    for group in sorted(held):
        done = sum(held[group])
        print(f"{group:28}{len(held[group]):8}{done:8}{done / len(held[group]):8.3f}")
    if args.links is not None:
        with args.links.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    if args.judged is not None:
        tell_precision(args.judged, rows)


if __name__ == "__main__":
    main()
