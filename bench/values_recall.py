"""Measures how many gold figures and dates of an annotated corpus the values stage finds.

    python bench/values_recall.py CORPUS [--skip-residue 5:2] [--show]

For every gold quantity, sum, signing date, period end and duration: is there a value of ours equal to it? Where it
stands in the text does not matter. CORPUS holds `*.txt` with `*.json` beside them. Quantities that the text gives
without a number ("a frigate", names in a list) are counted apart, from the annotation's own words where it has them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from armsgraph.lexicon.values import load_value_lexicon
from armsgraph.model import Document, NumberKind, PartialDate, Values
from armsgraph.values import find_values

_KINDS = ("quantity", "value", "signed_on", "period", "duration")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    kind: str
    value: str
    says: str
    is_found: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--skip-residue", default="", help="M:R leaves out texts whose number n has n %% M == R")
    parser.add_argument("--show", action="store_true", help="list what was missed")
    arguments = parser.parse_args()
    lexicon = load_value_lexicon()
    counts = {kind: [0, 0] for kind in _KINDS}
    for path in sorted(arguments.corpus.glob("*.json")):
        if _is_left_out(path, arguments.skip_residue):
            continue
        gold = json.loads(path.read_text("utf-8"))
        document = read_document(path.with_suffix(".txt"), gold)
        for wanted in _compare(gold, find_values(document, lexicon)):
            counts[wanted.kind][0] += 1
            counts[wanted.kind][1] += wanted.is_found
            if arguments.show and not wanted.is_found:
                print(f"{path.stem}\t{wanted.kind}\t{wanted.value}\t{wanted.says}\tpublished {gold['published']}")
    for kind, (total, found) in counts.items():
        print(f"{kind:10} {found:4} of {total:4}  {found / total if total else 0:.3f}")


def read_document(path: Path, gold: dict[str, Any]) -> Document:
    text = path.read_text("utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = PartialDate(value=gold["published"]) if gold.get("published") else None
    return Document(
        id=path.stem,
        key=f"{path.stem}-{digest[:8]}",
        text=text,
        sha256=digest,
        url=gold.get("url"),
        published=published,
    )


def _is_left_out(path: Path, rule: str) -> bool:
    if not rule or not path.stem.isdigit():
        return False
    modulus, residue = (int(part) for part in rule.split(":"))
    return int(path.stem) % modulus == residue


def _compare(gold: dict[str, Any], values: Values) -> Iterator[Wanted]:
    numbers = {n.value for n in values.numbers if n.kind in (NumberKind.COUNT, NumberKind.ORDINAL)}
    numbers |= {n.upper for n in values.numbers if n.upper is not None}
    money = {(m.currency, m.amount) for m in values.money} | {
        (m.currency, m.upper) for m in values.money if m.upper is not None
    }
    dates = {d.value for v in values.dates for d in (v.start, v.end) if d}
    durations = {d.iso for d in values.durations}
    for deal in gold["deals"]:
        says = deal.get("says", {})
        for item in deal["items"]:
            quantity = item["quantity"]
            words = str(item.get("says") or "")
            if quantity is None or (quantity == 1 and not words.lower().startswith(("one", "1", "first"))):
                # "a frigate" holds no number.
                continue
            yield Wanted(kind="quantity", value=str(quantity), says=words, is_found=Decimal(quantity) in numbers)
        if deal["value"]:
            amount, currency = Decimal(str(deal["value"]["amount"])), deal["value"]["currency"]
            is_found = (currency, amount) in money
            yield Wanted(kind="value", value=f"{amount} {currency}", says=str(says.get("value")), is_found=is_found)
        if date := deal["signed_on"]:
            yield Wanted(kind="signed_on", value=date, says=str(says.get("signed_on")), is_found=date in dates)
        for end in ("start", "end"):
            if date := (deal["period"] or {}).get(end):
                yield Wanted(kind="period", value=date, says=str(says.get(end)), is_found=date in dates)
        if duration := deal["duration"]:
            is_found = duration in durations
            yield Wanted(kind="duration", value=duration, says=str(says.get("duration")), is_found=is_found)


if __name__ == "__main__":
    main()
