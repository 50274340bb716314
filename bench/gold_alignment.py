"""Which gold deal each frame speaks of, and which gold entity each entity is.

The annotation says of a deal with which words the text tells it, and what it holds; a frame belongs to the deal whose
words stand in its sentence and whose facts it says, if there is one with enough of both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.texts import Prepared

from armsgraph.deals.dates import DATE_SLOTS, date_for, dates_in
from armsgraph.deals.said import Said
from armsgraph.deals.scene import DealScene
from armsgraph.evaluation import FactSheet, sheet_of_extraction
from armsgraph.evaluation.sheets import group_status, money_key
from armsgraph.model import Extraction, Frame, Role

__all__ = ["align_frames", "fold_episodes", "match_entities"]

Slot = tuple[str, str]

# How much a fact that frame and deal share tells; a figure that differs tells against it.
_WEIGHT = {
    "weapon": 2.0,
    "quantity": 2.0,
    "value": 2.5,
    "signedOn": 1.5,
    "signatory": 1.5,
    "status": 0.5,
    "party": 0.7,
}
_OTHER_FIGURE = 1.0
_OTHER_BUYER = 0.5
_SAME_SENTENCE = 2.0
_ENOUGH = 2.0


def match_entities(text: Prepared) -> dict[str, str]:
    """Return the gold entity of each entity that shares a name with one; of two, the one of its type."""
    extraction = Extraction(document=text.document, values=text.values, entities=text.entities)
    found = {}
    for mine, thing in sorted(sheet_of_extraction(extraction, ()).entities.items()):
        options = [
            (other.type is thing.type, len(other.names & thing.names), theirs)
            for theirs, other in sorted(text.gold.sheet.entities.items())
            if other.names & thing.names
        ]
        if options:
            found[mine] = max(options)[2]
    return found


def fold_episodes(sheet: FactSheet) -> dict[int, int]:
    """Return the deal that an approval or a partial delivery belongs to, by index; those without one are left out."""
    found: dict[int, int] = {}
    for n, episode in enumerate(sheet.deals):
        if not episode.is_episode:
            continue
        shared = [
            (sum(2 if slot == "weapon" else 1 for slot, _ in _parts(episode.facts) & _parts(deal.facts)), -m)
            for m, deal in enumerate(sheet.deals)
            if not deal.is_episode
            and any(slot in {"weapon", "buyer"} for slot, _ in _parts(episode.facts) & _parts(deal.facts))
        ]
        if shared:
            found[n] = -max(shared)[1]
    return found


def _parts(facts: Mapping[Slot, object]) -> set[Slot]:
    return {fact for fact in facts if fact[0] in {"weapon", "buyer", "supplier"}}


def align_frames(text: Prepared, scene: DealScene, loose: Mapping[str, str]) -> list[int | None]:
    """Return the index of the gold deal that each frame of the scene speaks of, None where none fits."""
    sentences = list(_sentences(text, scene))
    deals = [set(d.facts) for d in text.gold.sheet.deals]
    aligned: list[int | None] = []
    for frame, said in zip(scene.frames, scene.said, strict=True):
        facts = set(_facts(frame, said, loose))
        best, score = None, 0.0
        for n, deal in enumerate(deals):
            fit = _SAME_SENTENCE * (frame.sentence in sentences[n]) + _fit(facts, deal)
            if fit > score + 1e-9:
                best, score = n, fit
        aligned.append(best if score >= _ENOUGH else None)
    return aligned


def _fit(facts: set[Slot], deal: set[Slot]) -> float:
    total = 0.0
    slots = {slot for slot, _ in deal}
    for slot, value in facts:
        if (slot, value) in deal:
            total += _WEIGHT.get(slot, 1.0)
        elif slot == "party":
            total += _WEIGHT[slot] * any(v == value for s, v in deal if s in {"buyer", "supplier"})
        elif slot in {"quantity", "value"} and slot in slots:
            total -= _OTHER_FIGURE
        elif slot == "buyer" and slot in slots:
            total -= _OTHER_BUYER
    return total


def _sentences(text: Prepared, scene: DealScene) -> Iterator[set[int]]:
    """Yield the sentences in which the words stand that tell of each gold deal."""
    deals: Sequence[Mapping[str, list[str]]] = json.loads(Path(text.gold.location).read_text("utf-8"))["deals"]
    for deal in deals:
        found: set[int] = set()
        for words in deal["evidence"]:
            start = text.document.text.find(words)
            if start >= 0:
                middle, last = start + len(words) // 2, start + len(words) - 1
                found |= {scene.sentence_at(offset) for offset in (start, middle, last)}
        yield found


def _facts(frame: Frame, said: Said, loose: Mapping[str, str]) -> Iterator[Slot]:
    sides = {"buyer": said.buyers, "supplier": said.suppliers, "weapon": said.weapons}
    for slot, ids in sides.items():
        yield from ((slot, loose.get(i, i)) for i in ids)
    yield from (("party", loose.get(i, i)) for i in said.parties - said.buyers - said.suppliers)
    for argument in frame.arguments:
        if argument.role in {Role.SIGNATORY, Role.SIGNED_AT, Role.PRODUCED_AT}:
            yield argument.role.value, loose.get(argument.entity_id, argument.entity_id)
    for number in said.counts:
        yield "quantity", str(int(number.upper if number.upper is not None else number.value))
    for money in said.sums:
        yield "value", money_key(money.amount, money.currency)
    for slot in DATE_SLOTS:
        for value in dates_in(frame, slot):
            date = date_for(slot, value)
            if date is not None:
                yield slot, date.value
    yield from (("duration", d.iso) for d in frame.durations)
    if frame.status is not None:
        yield "status", group_status(frame.status.value)
