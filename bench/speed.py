"""Tokens per second of the whole pipeline beside bare spaCy on the same texts, alternating in one process on one core.

python -m bench.speed [--articles N] [--rounds N] [--texts FOLDER]
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import spacy
from bench.articles import make_articles
from spacy.language import Language

from armsgraph import pipeline
from armsgraph.claims import make_claims
from armsgraph.documents import Record, make_document
from armsgraph.gate import Gate, load_gate
from armsgraph.graph import GraphBuilder, document_lines
from armsgraph.model import Document
from armsgraph.parsing import DEFAULT_MODEL
from armsgraph.vocab import DEFAULT_BASE

STAGES = (
    "find_values",
    "find_mentions",
    "resolve_entities",
    "find_frames",
    "assemble_deals",
    "find_relations",
    "link_entities",
)
# what the parser of armsgraph runs without: it takes names from lists and patterns
NOT_USED = ("ner",)


def read_texts(folder: Path | None, count: int, tools: pipeline.Tools) -> list[Document]:
    if folder is None:
        made = list(make_articles(count))
    else:
        made = [(p.stem, "2024-01-01", p.read_text("utf-8")) for p in sorted(folder.glob("*.txt"))]
    return [make_document(Record(id=i, text=t, published=d, location=i), tools.furniture) for i, d, t in made]


def time_spacy(nlp: Language, documents: list[Document]) -> float:
    started = process_time()
    for _doc in nlp.pipe(d.text for d in documents):
        pass
    return process_time() - started


def time_pipeline(documents: list[Document], tools: pipeline.Tools, gate: Gate) -> dict[str, float]:
    """Seconds of processor time: `whole`, and those of its parts that are timed."""
    spent = dict.fromkeys(("claims", "graph", "gate"), 0.0)
    started = process_time()
    with GraphBuilder() as builder:
        for extraction in pipeline.extract_many(documents, tools):
            t0 = process_time()
            nodes, claims = make_claims(extraction)
            t1 = process_time()
            mentions = extraction.entities.mentions
            lines = list(document_lines(extraction.document, nodes, claims, mentions, base=DEFAULT_BASE))
            builder.add_lines(lines)
            t2 = process_time()
            gate.check_lines(lines)
            spent["claims"] += t1 - t0
            spent["graph"] += t2 - t1
            spent["gate"] += process_time() - t2
        before = process_time()
        for _line in builder.lines():
            pass
        spent["graph"] += process_time() - before
    spent["whole"] = process_time() - started
    return spent


def time_stages(documents: list[Document], tools: pipeline.Tools, gate: Gate) -> dict[str, float]:
    """Time one run with a watch on each stage; what no watch sees is the parser."""
    watched: dict[str, float] = dict.fromkeys(STAGES, 0.0)
    plain = {name: getattr(pipeline, name) for name in STAGES}

    def watch(name: str) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            started = process_time()
            try:
                return plain[name](*args, **named)
            finally:
                watched[name] += process_time() - started

        return run

    try:
        for name in STAGES:
            setattr(pipeline, name, watch(name))
        spent = time_pipeline(documents, tools, gate)
    finally:
        for name, function in plain.items():
            setattr(pipeline, name, function)
    rest = spent["whole"] - sum(watched.values()) - sum(v for k, v in spent.items() if k != "whole")
    return {"parse": rest, **watched, **spent}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=Path)
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    tools, gate = pipeline.load_tools(), load_gate()
    documents = read_texts(args.texts, args.articles, tools)
    if not documents:
        parser.error(f"no .txt files in {args.texts}")
    whole_model, same_parts = spacy.load(DEFAULT_MODEL), spacy.load(DEFAULT_MODEL, exclude=list(NOT_USED))
    gc.freeze()  # as `build` does
    # one unmeasured pass each, so that no round pays for empty caches
    tokens = sum(len(doc) for doc in whole_model.pipe(d.text for d in documents))
    time_spacy(same_parts, documents)
    time_pipeline(documents[:20], tools, gate)
    rounds = []
    for _ in range(args.rounds):
        full, same = time_spacy(whole_model, documents), time_spacy(same_parts, documents)
        spent = time_pipeline(documents, tools, gate)
        whole, gated = spent["whole"], spent["gate"]
        rounds.append((full / whole, full / (whole - gated), same / whole, same / (whole - gated), gated / whole))
        print(
            f"tokens/s: spaCy {tokens / full:6.0f}, without names {tokens / same:6.0f}; pipeline {tokens / whole:6.0f}"
        )
    labels = (
        "pipeline / spaCy, the whole model",
        "  the same, gate left out",
        "pipeline / spaCy, the parts that the pipeline uses",
        "  the same, gate left out",
        "share of the gate",
    )
    print(f"{len(documents)} texts, {tokens} tokens, gate by {gate.engine}; medians of {args.rounds} rounds:")
    for label, figures in zip(labels, zip(*rounds, strict=True), strict=True):
        print(f"  {label:52}{statistics.median(figures):6.2f}")
    stages = time_stages(documents, tools, gate)
    whole = stages.pop("whole")
    print("shares of the pipeline, stage by stage:")
    for name, seconds in stages.items():
        print(f"  {name:52}{seconds / whole:6.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
