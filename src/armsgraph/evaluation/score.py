"""Precision, recall and F1 of extractions against gold: entities, offices, deal facts, relations.

An entity is right if its type is right and one of its names equals one of the gold names. Deals are paired one to one,
best agreement first; every slot of every deal then counts as one fact. Gold deals that are approvals or partial
deliveries may stand in the graph as stages of the deal they belong to: they are not missed then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from armsgraph.evaluation.gold import FactSheet

__all__ = ["Figures", "Tally", "compare"]

_UNKNOWN = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Precision, recall, F1 (0 to 1) and the counts behind them."""

    right: int
    said: int
    gold: int

    @property
    def precision(self) -> float:
        """Right among said."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Right among gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over many texts, and the facts that were wrong or missed, one line each."""

    right: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, key: str, *, right: int = 0, said: int = 0, gold: int = 0) -> None:
        """Count under one heading."""
        self.right[key] += right
        self.said[key] += said
        self.gold[key] += gold

    def figures(self) -> Mapping[str, Figures]:
        """Return the figures by heading, the sums (upper case) last."""
        keys = sorted({*self.said, *self.gold}, key=lambda k: (k.isupper(), k))
        return {k: Figures(right=self.right[k], said=self.said[k], gold=self.gold[k]) for k in keys}


def compare(text_id: str, gold: FactSheet, ours: FactSheet, tally: Tally) -> None:
    """Count one text into the tally."""
    loose = _compare_entities(text_id, gold, ours, tally)
    _compare_deals(text_id, gold, ours, loose, tally)
    _compare_relations(text_id, gold, ours, loose, tally)
    _compare_offices(text_id, gold, ours, loose, tally)


def _compare_entities(text_id: str, gold: FactSheet, ours: FactSheet, tally: Tally) -> dict[str, str]:
    loose: dict[str, str] = {}
    taken: set[str] = set()
    for mine, names in sorted(ours.names.items()):
        candidates = [
            (gold.types[theirs] is ours.types[mine], len(names & other), theirs)
            for theirs, other in sorted(gold.names.items())
            if names & other
        ]
        right, theirs = False, None
        if candidates:
            right, _, theirs = max(candidates)
            loose[mine] = theirs
        kind = f"entity {ours.types[mine].value}"
        hit = bool(right and theirs not in taken)
        if hit and theirs is not None:
            taken.add(theirs)
        else:
            tally.errors.append(f"{text_id}\twrong\t{kind}\t{ours.labels[mine]}")
        tally.add(kind, right=int(hit), said=1)
        tally.add("ENTITIES", right=int(hit), said=1)
    for theirs in gold.names:
        tally.add(f"entity {gold.types[theirs].value}", gold=1)
        tally.add("ENTITIES", gold=1)
        if theirs not in taken:
            tally.errors.append(f"{text_id}\tmissed\tentity {gold.types[theirs].value}\t{gold.labels[theirs]}")
    return loose


def _compare_deals(text_id: str, gold: FactSheet, ours: FactSheet, loose: dict[str, str], tally: Tally) -> None:
    mine = [sorted({(s, _resolve(s, v, loose)) for s, v in deal}) for deal in ours.deals]
    theirs = [list(deal) for deal in gold.deals]
    pairs = _pair(mine, theirs)
    paired = set(pairs.values())
    folded = gold.episodes - paired
    tally.add("deals", right=len(pairs), said=len(mine), gold=len(theirs) - len(folded))
    for i, j in pairs.items():
        if j in gold.episodes:
            continue
        status = [f for f in mine[i] if f[0] == "status"]
        for k in folded:
            common = {f for f in theirs[j] if f[0] in {"weapon", "buyer"}} & set(theirs[k])
            if common and status and status[0] in theirs[k]:
                theirs[j] = [f for f in theirs[j] if f[0] != "status"] + status
    for i, deal in enumerate(mine):
        rest = set(theirs[pairs[i]]) if i in pairs else set()
        for fact in deal:
            hit = fact in rest
            tally.add(f"slot {fact[0]}", right=int(hit), said=1)
            tally.add("DEAL FACTS", right=int(hit), said=1)
            if not hit:
                words = _words(ours, i, fact, loose)
                tally.errors.append(f"{text_id}\twrong\t{fact[0]}\t{_name(fact[1], gold, ours)}\t{words}")
    for j, deal in enumerate(theirs):
        if j in folded:
            continue
        found = {f for i, k in pairs.items() if k == j for f in mine[i]}
        for fact in deal:
            tally.add(f"slot {fact[0]}", gold=1)
            tally.add("DEAL FACTS", gold=1)
            if fact not in found:
                tally.errors.append(f"{text_id}\tmissed\t{fact[0]}\t{_name(fact[1], gold, ours)}")


def _words(ours: FactSheet, deal: int, fact: tuple[str, str], loose: dict[str, str]) -> str:
    for key, words in (ours.sentences or {}).items():
        if key[:2] == (str(deal), fact[0]) and _resolve(fact[0], key[2], loose) == fact[1]:
            return words
    return ""


def _name(value: str, gold: FactSheet, ours: FactSheet) -> str:
    bare = value.removeprefix(_UNKNOWN)
    return gold.labels.get(bare) or ours.labels.get(bare) or value


def _resolve(slot: str, value: str, loose: dict[str, str]) -> str:
    if slot in {"buyer", "supplier", "signatory", "producedAt", "signedAt", "weapon"}:
        return loose.get(value, _UNKNOWN + value)
    return value


def _pair(mine: list[list[tuple[str, str]]], theirs: list[list[tuple[str, str]]]) -> dict[int, int]:
    scored = sorted(
        (-len(set(a) & set(b)), abs(len(a) - len(b)), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)
    )
    pairs: dict[int, int] = {}
    for shared, _, i, j in scored:
        if shared and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _compare_relations(text_id: str, gold: FactSheet, ours: FactSheet, loose: dict[str, str], tally: Tally) -> None:
    both = {(o, p, s) for s, p, o in gold.relations if p == "metWith"} | set(gold.relations)
    seen: set[tuple[str, str, str]] = set()
    for s, p, o in sorted(ours.relations):
        fact = (loose.get(s, _UNKNOWN + s), p, loose.get(o, _UNKNOWN + o))
        if fact in seen or (p == "metWith" and (fact[2], p, fact[0]) in seen):
            continue
        seen.add(fact)
        hit = fact in both
        tally.add(f"relation {p}", right=int(hit), said=1)
        tally.add("RELATIONS", right=int(hit), said=1)
        if not hit:
            words = (ours.sentences or {}).get((s, p, o), "")
            tally.errors.append(f"{text_id}\twrong\t{p}\t{ours.labels.get(s, s)} -> {ours.labels.get(o, o)}\t{words}")
    for s, p, o in sorted(gold.relations):
        tally.add(f"relation {p}", gold=1)
        tally.add("RELATIONS", gold=1)
        if (s, p, o) not in seen and not (p == "metWith" and (o, p, s) in seen):
            words = (gold.sentences or {}).get((s, p, o), "")
            tally.errors.append(f"{text_id}\tmissed\t{p}\t{gold.labels[s]} -> {gold.labels[o]}\t{words!r}")


def _compare_offices(text_id: str, gold: FactSheet, ours: FactSheet, loose: dict[str, str], tally: Tally) -> None:
    mine = {(loose.get(p, _UNKNOWN + p), title) for p, title in ours.offices}
    holders, gold_holders = {p for p, _ in mine}, {p for p, _ in gold.offices}
    right = {
        p
        for p in holders & gold_holders
        if any(a in b or b in a for q, a in mine if q == p for r, b in gold.offices if r == p)
    }
    tally.add("OFFICES", right=len(right), said=len(holders), gold=len(gold_holders))
    for p in sorted(holders - right):
        tally.errors.append(f"{text_id}\twrong\toffice\t{_name(p, gold, ours)}")
    for p in sorted(gold_holders - right):
        tally.errors.append(f"{text_id}\tmissed\toffice\t{_name(p, gold, ours)}")
