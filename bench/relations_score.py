"""Score relations against gold annotations, with the entities of the gold or of the project's own stages.

    python bench/relations_score.py DIR [--gold-entities] [--no-model] [--leave-out 2] [--list] [--time]

DIR holds NN.txt and NN.json. With `--gold-entities` every occurrence of a gold mention string is a mention (longest
first, on word borders), so that only the relations stage is measured. `--leave-out R` skips texts whose number leaves
the rest R when divided by five. A relation is right if subject, predicate and object are; metWith is symmetric.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from armsgraph.evaluation.gold import RELATIONS
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.lexicon.values import load_value_lexicon
from armsgraph.model import (
    Document,
    Entity,
    EntitySet,
    EntityType,
    Mention,
    MentionForm,
    Parse,
    PartialDate,
    Relation,
    Span,
    Values,
)
from armsgraph.parsing import DEFAULT_MODEL, load_parser
from armsgraph.relations import find_relations
from armsgraph.values import find_values

Triple = tuple[str, str, str]


def find_entities(document: Document, values: Values, parse: Parse, gazetteer: Gazetteer) -> EntitySet:
    from armsgraph.entities import resolve_entities
    from armsgraph.mentions import find_mentions

    return resolve_entities(document, values, parse, find_mentions(document, values, parse, gazetteer), gazetteer)


def named_as_gold(found: EntitySet, gold: EntitySet) -> EntitySet:
    """Give the entities the ids of the gold entities with which they share a name; others keep their own."""
    ids: dict[tuple[EntityType, str], str] = {}
    for mention in gold.mentions:
        ids.setdefault((mention.type, fold(mention.text)), str(mention.entity_id))
    for entity in gold.entities:
        ids[entity.type, fold(entity.label)] = entity.id
    names: dict[str, list[str]] = defaultdict(list)
    for mention in found.mentions:
        names[str(mention.entity_id)].append(mention.text)
    renamed: dict[str, str] = {}
    for entity in found.entities:
        keys = ((entity.type, fold(n)) for n in (entity.label, *entity.names, *names[entity.id]))
        renamed[entity.id] = next((ids[key] for key in keys if key in ids), entity.id)
    return EntitySet(
        entities=tuple(replace(e, id=renamed[e.id]) for e in found.entities),
        mentions=tuple(replace(m, entity_id=renamed.get(str(m.entity_id))) for m in found.mentions),
        tenures=tuple(
            replace(t, person_id=renamed.get(t.person_id, t.person_id), of_id=renamed.get(str(t.of_id)))
            for t in found.tenures
        ),
    )


def fold(name: str) -> str:
    return re.sub(r"[\W_]", "", re.sub(r"\b(the|a|an)\b", " ", name.lower()))


def make_document(path: Path, gold: dict[str, Any]) -> Document:
    text = path.with_suffix(".txt").read_text("utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = PartialDate(value=gold["published"]) if gold.get("published") else None
    return Document(id=path.stem, key=f"{path.stem}-{digest[:8]}", text=text, sha256=digest, published=published)


def make_entities(text: str, gold: dict[str, Any]) -> EntitySet:
    """Return the gold entities with every occurrence of their strings; ids are those of the gold."""
    owners: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for raw in gold["entities"]:
        for name in {raw["name"], *raw.get("aliases", []), *raw.get("mentions", [])}:
            owners[name].append(raw)
    taken = bytearray(len(text))
    found: list[Mention] = []
    for name in sorted(owners, key=lambda n: (-len(n), n)):
        for hit in re.finditer(rf"(?<![\w]){re.escape(name)}(?![\w])", text):
            if any(taken[hit.start() : hit.end()]):
                continue
            taken[hit.start() : hit.end()] = b"\1" * len(name)
            raw = choose_owner(owners[name], text[: hit.start()])
            is_noun = name == raw["name"] or name in raw.get("aliases", [])
            found.append(
                Mention(
                    span=Span(hit.start(), hit.end()),
                    type=entity_type(raw["type"]),
                    text=name,
                    form=MentionForm.NAME if is_noun else MentionForm.ADJECTIVE,
                    rule="gold",
                    confidence=1.0,
                    entity_id=raw["id"],
                )
            )
    entities = [Entity(id=e["id"], type=entity_type(e["type"]), label=e["name"]) for e in gold["entities"]]
    return EntitySet(
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        mentions=tuple(sorted(found, key=lambda m: m.span)),
    )


def choose_owner(owners: list[dict[str, Any]], before: str) -> dict[str, Any]:
    """Choose between entities that share a string: a capital behind a preposition of place is the place."""
    is_place = bool(re.search(r"\b(?:in|at|to|near|from|visited)\s+$", before))
    return next((o for o in owners if (o["type"] == "Place") == is_place), owners[0])


def entity_type(name: str) -> EntityType:
    return EntityType(name.replace(" ", ""))


def gold_triples(gold: dict[str, Any]) -> dict[Triple, str]:
    return {
        (r["subject"], RELATIONS[r["predicate"]], r["object"]): r.get("evidence", "")
        for r in gold.get("relations") or []
        if r["predicate"] in RELATIONS
    }


def sentence_at(parse: Parse, document: Document, start: int) -> str:
    for sentence in parse.sentences:
        if sentence.span.start <= start < sentence.span.end:
            return document.quote(sentence.span)
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold-entities", action="store_true")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--leave-out", type=int)
    parser.add_argument("--list", action="store_true", help="print what is wrong and missed")
    parser.add_argument("--encounters", action="store_true", help="print the encounters")
    parser.add_argument("--time", action="store_true")
    args = parser.parse_args()
    parser_of_text = load_parser(model=None if args.no_model else DEFAULT_MODEL)
    lexicon, value_lexicon, gazetteer = load_relation_lexicon(), load_value_lexicon(), load_gazetteer()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    by_rule: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    elapsed, words = 0.0, 0
    for path in sorted(args.folder.glob("*.json")):
        if args.leave_out is not None and int(path.stem) % 5 == args.leave_out:
            continue
        gold = json.loads(path.read_text("utf-8"))
        document = make_document(path, gold)
        values = find_values(document, value_lexicon)
        parse = parser_of_text.parse(document, values)
        entities = make_entities(document.text, gold)
        if not args.gold_entities:
            entities = named_as_gold(find_entities(document, values, parse, gazetteer), entities)
        started = time.perf_counter()
        relations, encounters = find_relations(document, values, parse, entities, lexicon)
        elapsed += time.perf_counter() - started
        words += len(document.text.split())
        score(path.stem, document, parse, entities, relations, gold, counts, by_rule, args.list)
        for encounter in encounters if args.encounters else ():
            print(path.stem, encounter.kind, [(f.predicate, f.object) for f in encounter.facts])
            print("     ", document.quote(encounter.evidence.span))
    report(counts, by_rule)
    if args.time:
        print(f"{elapsed * 1000:.0f} ms for {words} words, {elapsed / words * 500_000:.2f} ms for 500 words")


def score(
    name: str,
    document: Document,
    parse: Parse,
    entities: EntitySet,
    relations: tuple[Relation, ...],
    raw: dict[str, Any],
    counts: dict[str, list[int]],
    by_rule: dict[str, list[int]],
    verbose: bool,
) -> None:
    labels = {e.id: e.label for e in entities.entities}
    names = {e["id"]: e["name"] for e in raw["entities"]}
    gold = gold_triples(raw)
    right: set[Triple] = set()
    for relation in relations:
        triple = (relation.subject_id, relation.predicate, relation.object_id)
        if triple not in gold and relation.predicate == "metWith":
            triple = (relation.object_id, relation.predicate, relation.subject_id)
        is_right = triple in gold and triple not in right
        right |= {triple} if is_right else set()
        for key in (relation.predicate, "ALL"):
            counts[key][0] += is_right
            counts[key][1] += 1
        by_rule[relation.evidence.rule][0] += is_right
        by_rule[relation.evidence.rule][1] += 1
        if verbose and not is_right:
            print(
                f"{name} WRONG  {labels.get(relation.subject_id)} {relation.predicate} {labels.get(relation.object_id)}"
                f" [{relation.evidence.rule}, {relation.evidence.modality}]"
                f" | {document.quote(relation.evidence.span)}"
                f" || {sentence_at(parse, document, relation.evidence.span.start)}"
            )
    for triple, evidence in gold.items():
        for key in (triple[1], "ALL"):
            counts[key][2] += 1
        if verbose and triple not in right:
            print(f"{name} MISSED {names[triple[0]]} {triple[1]} {names[triple[2]]} | {evidence}")


def report(counts: dict[str, list[int]], by_rule: dict[str, list[int]]) -> None:
    print(f"{'':16}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'said':>6}{'gold':>6}")
    for key in sorted(counts, key=lambda k: (k == "ALL", k)):
        right, said, wanted = counts[key]
        precision, recall = right / max(said, 1), right / max(wanted, 1)
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        print(f"{key:16}{precision:7.3f}{recall:7.3f}{f1:7.3f}{right:7}{said:6}{wanted:6}")
    print("by rule:", ", ".join(f"{k} {r}/{n}" for k, (r, n) in sorted(by_rule.items())))


if __name__ == "__main__":
    main()
