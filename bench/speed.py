"""Tokens per second of the whole pipeline beside bare spaCy on the same texts, alternating in one process on one core.

python bench/speed.py [--articles N] [--rounds N] [--texts FOLDER]
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
from pathlib import Path
from time import process_time

import spacy
from bench.articles import make_articles

from armsgraph.claims import make_claims
from armsgraph.documents import Record, make_document
from armsgraph.gate import load_gate
from armsgraph.graph import GraphBuilder, document_lines
from armsgraph.model import Document
from armsgraph.parsing import DEFAULT_MODEL
from armsgraph.pipeline import Tools, extract_many, load_tools
from armsgraph.vocab import DEFAULT_BASE


def read_texts(folder: Path | None, count: int, tools: Tools) -> list[Document]:
    if folder is None:
        made = list(make_articles(count))
    else:
        made = [(p.stem, "2024-01-01", p.read_text("utf-8")) for p in sorted(folder.glob("*.txt"))]
    return [make_document(Record(id=i, text=t, published=d, location=i), tools.furniture) for i, d, t in made]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=Path)
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    tools, gate = load_tools(), load_gate()
    documents = read_texts(args.texts, args.articles, tools)
    plain = spacy.load(DEFAULT_MODEL)
    gc.freeze()  # as `build` does
    tokens = sum(len(doc) for doc in plain.pipe(d.text for d in documents))
    without, with_gate, gate_share = [], [], []
    for _ in range(args.rounds):
        started = process_time()
        for _doc in plain.pipe(d.text for d in documents):
            pass
        bare = process_time() - started
        started = process_time()
        gated = 0.0
        with GraphBuilder() as builder:
            for extraction in extract_many(documents, tools):
                nodes, claims = make_claims(extraction)
                mentions = extraction.entities.mentions
                lines = list(document_lines(extraction.document, nodes, claims, mentions, base=DEFAULT_BASE))
                builder.add_lines(lines)
                before = process_time()
                gate.check_lines(lines)
                gated += process_time() - before
            for _line in builder.lines():
                pass
        whole = process_time() - started
        without.append(bare / (whole - gated))
        with_gate.append(bare / whole)
        gate_share.append(gated / whole)
        print(
            f"spaCy {tokens / bare:7.0f} tokens/s   pipeline {tokens / whole:7.0f} tokens/s, gate {gated / whole:.2f}"
        )
    print(f"{len(documents)} texts, {tokens} tokens, gate by {gate.engine}; medians of {args.rounds} rounds:")
    print(f"  pipeline with the gate / spaCy     {statistics.median(with_gate):.2f}")
    print(f"  pipeline without the gate / spaCy  {statistics.median(without):.2f}")
    print(f"  share of the gate                  {statistics.median(gate_share):.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
