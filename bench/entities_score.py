"""Precision, recall and F1 of the entities of texts with gold annotations, by type.

    python bench/entities_score.py DIR [--skip 5:2] [--verbose] [--no-model]

DIR holds `NN.txt` and `NN.json` (entities with `type`, `name`, `aliases`, `mentions`). `--skip 5:2` leaves out the
texts whose number leaves 2 when divided by 5. A predicted entity is right if one of its names, folded, is a name of a
gold entity of its type that no other has taken.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from armsgraph.documents.furniture import mark_furniture
from armsgraph.entities import resolve_entities
from armsgraph.lexicon.furniture import load_furniture_lexicon
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.values import load_value_lexicon
from armsgraph.mentions import find_mentions
from armsgraph.model import Document, Mention, Parse, Values
from armsgraph.parsing import DEFAULT_MODEL, load_parser
from armsgraph.values import find_values

Named = dict[str, tuple[str, frozenset[str]]]


def fold(text: str) -> str:
    """Fold case, punctuation, articles and spaces."""
    return re.sub(r"[^0-9a-z\u00c0-\uffff]", "", re.sub(r"\b(the|a|an)\b", " ", text.lower()))


def read_documents(folder: Path, skip: tuple[int, int] | None) -> Iterable[tuple[Document, list[dict[str, object]]]]:
    """Yield the texts of a folder with their gold entities, by name."""
    lexicon = load_furniture_lexicon()
    for path in sorted(folder.glob("*.txt")):
        gold = path.with_suffix(".json")
        if not gold.exists() or (skip and path.stem.isdigit() and int(path.stem) % skip[0] == skip[1]):
            continue
        text = path.read_text("utf-8")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        document = Document(
            id=path.stem, key=path.stem, text=text, sha256=sha256, furniture=mark_furniture(text, lexicon=lexicon)
        )
        yield document, json.loads(gold.read_text("utf-8"))["entities"]


def gather(
    document: Document, values: Values, parse: Parse, mentions: tuple[Mention, ...], gazetteer: Gazetteer
) -> Named:
    """Return the entities that the entities stage makes of the mentions, with all names the text gives them."""
    entities = resolve_entities(document, values, parse, mentions, gazetteer)
    quotes: dict[str, set[str]] = defaultdict(set)
    for mention in entities.mentions:
        if mention.entity_id is not None:
            quotes[mention.entity_id].add(mention.text)
    return {
        e.id: (e.type.value, frozenset(map(fold, [e.label, *e.names, *e.hidden_names, *quotes[e.id]])))
        for e in entities.entities
        if quotes[e.id]
    }


def align(gold: Named, said: Named) -> tuple[dict[str, str], set[str]]:
    """Return predicted id -> gold id for the right ones, and the gold ids that were found."""
    right: dict[str, str] = {}
    used: set[str] = set()
    for key, (kind, names) in said.items():
        options = [(kind == g[0], len(names & g[1]), i) for i, g in gold.items() if names & g[1]]
        if options:
            fits, _, best = max(options)
            if fits and best not in used:
                right[key] = best
                used.add(best)
    return right, used


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--skip", type=lambda s: tuple(map(int, s.split(":"))))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--no-model", action="store_true")
    args = parser.parse_args()
    gazetteer, lexicon = load_gazetteer(), load_value_lexicon()
    parses = load_parser(model=None if args.no_model else DEFAULT_MODEL)
    texts = list(read_documents(args.folder, args.skip))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    started = time.perf_counter()
    spent = 0.0
    found = [find_values(document, lexicon) for document, _ in texts]
    pairs = ((document, values) for (document, _), values in zip(texts, found, strict=True))
    for (document, raw), values, parse in zip(texts, found, parses.parse_many(pairs), strict=True):
        before = time.perf_counter()
        mentions = find_mentions(document, values, parse, gazetteer)
        spent += time.perf_counter() - before
        said = gather(document, values, parse, mentions, gazetteer)
        gold: Named = {}
        for entity in raw:
            written = [entity["name"], *entity["aliases"], *entity["mentions"]]  # type: ignore[misc]
            gold[str(entity["id"])] = (str(entity["type"]).replace(" ", ""), frozenset(map(fold, written)) - {""})
        right, used = align(gold, said)
        for key, (kind, names) in said.items():
            for name in (kind, "all"):
                counts[name][0] += key in right
                counts[name][1] += 1
            if args.verbose and key not in right:
                print(f"{document.id} wrong  {kind:14} {key}  {sorted(names)}")
        for key, (kind, names) in gold.items():
            counts[kind][2] += 1
            counts["all"][2] += 1
            if args.verbose and key not in used:
                print(f"{document.id} missed {kind:14} {sorted(names)}")
    print(f"{'':28}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'said':>7}{'gold':>7}")
    for name in sorted(counts, key=lambda n: (n == "all", n)):
        hit, total, wanted = counts[name]
        precision, recall = hit / max(total, 1), hit / max(wanted, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{name:28}{precision:7.3f}{recall:7.3f}{f1:7.3f}{hit:7}{total:7}{wanted:7}")
    print(f"{len(texts)} texts, {time.perf_counter() - started:.1f} s, of these {spent:.2f} s for mentions")


if __name__ == "__main__":
    main()
