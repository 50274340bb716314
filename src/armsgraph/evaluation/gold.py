"""Gold annotations: pairs `NAME.txt` and `NAME.json`; the form of the JSON stands in `bench/corpus/README.md`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armsgraph.errors import InputError
from armsgraph.evaluation.sheets import (
    DealSheet,
    FactSheet,
    NamedThing,
    Slot,
    Source,
    cut_sentence,
    fold_name,
    group_status,
    money_key,
    money_text,
)
from armsgraph.model import EntityType

__all__ = ["RELATIONS", "GoldText", "read_gold_folders"]

_EPISODES = frozenset({"approval", "delivery order"})
_TYPES = {"International Organisation": EntityType.INTERNATIONAL_ORGANISATION}
RELATIONS = {
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
_PARTIES = {"buyers": "buyer", "suppliers": "supplier", "signatories": "signatory", "produced_at": "producedAt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """One annotated text, and the annotation's file."""

    id: str
    text: str
    url: str | None
    published: str | None
    location: str
    sheet: FactSheet


def read_gold_folders(folders: Iterable[Path]) -> tuple[GoldText, ...]:
    """Read the annotated texts of folders, in the order given and by file name.

    Raises:
        InputError: No annotation in a folder, a text is missing, or a file is not what it should be.
    """
    texts: list[GoldText] = []
    for folder in folders:
        paths = sorted(folder.glob("*.json"))
        if not paths:
            raise InputError(
                "no annotation (*.json) in this folder", where=str(folder), hint="pairs NAME.txt, NAME.json"
            )
        texts += map(_read_gold, paths)
    return tuple(texts)


def _read_gold(path: Path) -> GoldText:
    try:
        raw = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
    except FileNotFoundError as error:
        raise InputError("the text of this annotation is missing", where=str(path), hint=str(error.filename)) from error
    except json.JSONDecodeError as error:
        raise InputError("not JSON", where=f"{path}:{error.lineno}", hint=error.msg) from error
    try:
        return GoldText(
            id=raw.get("id") or path.stem,
            text=text,
            url=raw.get("url"),
            published=raw["published"],
            location=str(path),
            sheet=_sheet(raw, text),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"not an annotation: {error}", where=str(path), hint="see bench/corpus/README.md") from error


def _sheet(raw: dict[str, Any], text: str) -> FactSheet:
    return FactSheet(
        entities={
            e["id"]: NamedThing(
                type=_TYPES.get(e["type"]) or EntityType(e["type"]),
                names=frozenset(fold_name(n) for n in [e["name"], *e["aliases"], *e["mentions"]]) - {""},
                label=e["name"],
                source=_source(text, e["name"]),
            )
            for e in raw["entities"]
        },
        deals=tuple(
            DealSheet(
                facts=dict(_facts(deal, text)),
                source=_source(text, *deal["evidence"], written=deal["kind"]),
                is_episode=deal["kind"] in _EPISODES,
            )
            for deal in raw["deals"]
        ),
        relations={
            (r["subject"], RELATIONS[r["predicate"]], r["object"]): _source(text, r["evidence"])
            for r in raw["relations"]
        },
        offices={
            (o["person"], fold_name(o["office"])): _source(text, o["office"], written=o["office"])
            for o in raw["offices"]
        },
    )


def _facts(deal: dict[str, Any], text: str) -> Iterator[tuple[Slot, Source]]:
    evidence, says = deal["evidence"], deal.get("says") or {}
    period = deal["period"] or {}
    for key, slot in _PARTIES.items():
        for entity in deal[key]:
            yield (slot, entity), _source(text, *evidence)
    for item in deal["items"]:
        if item["weapon"]:
            yield ("weapon", item["weapon"]), _source(text, item["description"])
        if item["quantity"] is not None:
            words = (item.get("says"), item["description"])
            yield ("quantity", str(int(item["quantity"]))), _source(text, *words)
    value = deal["value"]
    if value:
        pair = (value["amount"], value["currency"])
        yield ("value", money_key(*pair)), _source(text, says.get("value"), *evidence, written=money_text(*pair))
    plain = {
        ("signedOn", "signed_on"): deal["signed_on"],
        ("signedAt", "signed_at"): deal["signed_at"],
        ("duration", "duration"): deal["duration"],
        ("startsOn", "start"): period.get("start"),
        ("endsOn", "end"): period.get("end"),
    }
    for (slot, key), found in plain.items():
        if found:
            yield (slot, str(found)), _source(text, says.get(key), *evidence)
    status = deal["status"]
    yield ("status", group_status(status)), _source(text, says.get("status"), *evidence, written=status)


def _source(text: str, *words: str | None, written: str = "") -> Source:
    """Return the place of the first of the words that stands in the text."""
    for quote in words:
        start = text.find(quote) if quote else -1
        if quote and start >= 0:
            return Source(written=written, sentence=cut_sentence(text, start, start + len(quote)))
    return Source(written=written)
