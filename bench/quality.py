"""Precision, recall and F1 on the annotated texts of `bench/corpus`, by folder, kind of text and region.

python -m bench.quality [--held-out] [--json FILE]

`--held-out` adds the texts that nobody reads: sums only. What is printed is dated; `bench/README.md` keeps the last.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from armsgraph.evaluation import (
    Figures,
    Judgement,
    TextResult,
    Verdict,
    calibrate,
    calibration_lines,
    judge_texts,
    read_gold_folders,
    sum_up,
)
from armsgraph.pipeline import Tools, load_tools
from armsgraph.version import __version__

CORPUS = Path(__file__).resolve().parent / "corpus"
FOLDERS = ("train", "own")
HELD_OUT = "held-out"
SHOWN = ("ENTITIES", "OFFICES", "deals", "DEAL FACTS", "RELATIONS")
REGIONS = {
    "Indian makers and exports": range(1, 23),
    "South Asia buys": range(23, 45),
    "United States, Canada": range(45, 67),
    "Europe": range(67, 89),
    "Asia-Pacific, Middle East, Africa, Latin America": range(89, 111),
}

Row = tuple[str, str, Figures]


def facts_of(results: Iterable[TextResult]) -> tuple[Judgement, ...]:
    return tuple(judgement for result in results for judgement in result.judgements)


def has_deals(result: TextResult) -> bool:
    return bool(result.text.sheet.deals)


def rows_of(name: str, results: Sequence[TextResult]) -> Iterator[Row]:
    """Give one row a heading for a group of texts."""
    figures = sum_up(facts_of(results))
    yield from ((f"{name}, {number_of(len(results), 'text')}", heading, figures[heading]) for heading in SHOWN)


def region_rows(results: Sequence[TextResult]) -> Iterator[Row]:
    """Give deal facts by region; the number of a text of `train` tells it."""
    for region, numbers in REGIONS.items():
        here = [r for r in results if int(r.text.id.rpartition("-")[2]) in numbers]
        yield f"{region}, {number_of(len(here), 'text')}", "DEAL FACTS", sum_up(facts_of(here))["DEAL FACTS"]


def false_deals(results: Iterable[TextResult]) -> tuple[int, int, int]:
    """Return how many texts report no deal, in how many of them we say one, and how many we say there."""
    said = [
        sum(j.heading == "deal" and j.verdict is Verdict.WRONG for j in result.judgements)
        for result in results
        if not has_deals(result)
    ]
    return len(said), sum(n > 0 for n in said), sum(said)


def number_of(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Give a table in Markdown, fit for `bench/README.md`."""
    yield "| texts | what | precision | recall | F1 | right | said | gold |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    before = ""
    for name, heading, f in rows:
        shown = "" if name == before else name
        before = name
        numbers = f"{f.precision:.3f} | {f.recall:.3f} | {f.f1:.3f} | {f.right} | {f.said} | {f.gold}"
        yield f"| {shown} | {heading.lower()} | {numbers} |"


def measure(folder: str, tools: Tools) -> tuple[TextResult, ...]:
    return tuple(judge_texts(read_gold_folders([CORPUS / folder]), tools))


def plain(results: Sequence[TextResult]) -> dict[str, Any]:
    figures: Mapping[str, Figures] = sum_up(facts_of(results))
    rows = {h: {"right": f.right, "said": f.said, "gold": f.gold, "f1": round(f.f1, 4)} for h, f in figures.items()}
    without, with_false, false = false_deals(results)
    return {
        "texts": len(results),
        "figures": rows,
        "no_deal": {"texts": without, "texts_with_a_false_deal": with_false, "false_deals": false},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="also the texts that nobody reads; sums only")
    parser.add_argument("--json", type=Path, help="write the sums for machines")
    args = parser.parse_args()
    folders = (*FOLDERS, HELD_OUT) if args.held_out else FOLDERS
    tools = load_tools()
    measured = {folder: measure(folder, tools) for folder in folders}
    date = datetime.now(UTC).date().isoformat()
    print(f"armsgraph {__version__}, {date}, model {tools.parser.model or 'none'}\n")
    print(*table(row for folder, results in measured.items() for row in rows_of(folder, results)), sep="\n")
    print("\ndeal facts of train by region:\n")
    print(*table(region_rows(measured["train"])), sep="\n")
    print()
    for folder, results in measured.items():
        without, with_false, false = false_deals(results)
        there = f"{number_of(without, 'text')} without a deal"
        print(f"{folder}: {there}, {with_false} of them with a false one, {number_of(false, 'false deal')}")
    together = [judgement for folder in FOLDERS for judgement in facts_of(measured[folder])]
    print("\nconfidence, train and own together:\n")
    print(*calibration_lines(calibrate(together)), sep="\n")
    if args.json:
        report = {"version": __version__, "date": date, **{f: plain(results) for f, results in measured.items()}}
        args.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
