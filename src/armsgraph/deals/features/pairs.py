"""Do two frames speak of one deal?"""

from __future__ import annotations

from math import log1p

from armsgraph.deals.figures import is_same_count, is_same_sum
from armsgraph.deals.said import Said
from armsgraph.deals.scene import DealScene
from armsgraph.deals.sides import PAPERS
from armsgraph.deals.stages import RANK
from armsgraph.lexicon.weights import Features
from armsgraph.model import DealKind, DealStatus, Frame, Span

__all__ = ["pair_features"]

_FAR = 3


def pair_features(scene: DealScene, i: int, j: int) -> Features:
    """Return the features of frames `i` and `j`, `i` the earlier one."""
    one, other = scene.frames[i], scene.frames[j]
    mine, theirs = scene.said[i], scene.said[j]
    flags = {
        **_things(scene, one, other, mine, theirs),
        **_parties(mine, theirs),
        **_figures(other, mine, theirs),
        **_places(one, other),
        **_stages(one, other),
        **_between(scene, i, j),
        **_tellings(scene, one, other, mine, theirs),
        **_wording(scene, one, other),
        "the deal": other.is_definite,
        "from the headline": one.is_headline or one.sentence == 0,
        "another kind of paper": (one.kind in PAPERS) != (other.kind in PAPERS),
        "both papers": one.kind in PAPERS and other.kind in PAPERS,
        "earlier is support": one.is_support,
        "later is support": other.is_support,
    }
    found = {"always": 1.0, "distance": min(_FAR, log1p(other.sentence - one.sentence))}
    found["frames between"] = min(_FAR, log1p(j - i - 1))
    shared = scene.telling(one.sentence).words & scene.telling(other.sentence).words
    if one.sentence != other.sentence:
        found["shared words"] = min(_FAR, sum(scene.rarity(w) for w in shared))
    first, second = scene.rule_of(one).type, scene.rule_of(other).type
    found[f"{first} then {second}"] = found[f"earlier is {first}"] = found[f"later is {second}"] = 1.0
    if one.status is not None and other.status is not None:
        found[f"{one.status.value} then {other.status.value}"] = 1.0
    return found | {name: 1.0 for name, holds in flags.items() if holds}


def _things(scene: DealScene, one: Frame, other: Frame, mine: Said, theirs: Said) -> dict[str, bool]:
    same = bool(mine.weapons & theirs.weapons)
    related = mine.names_variant(theirs)
    differ = bool(mine.weapons and theirs.weapons) and not same
    nouns = bool(mine.nouns & theirs.nouns)
    other_noun = bool(mine.nouns and theirs.nouns) and not nouns
    between = {
        w
        for w in scene.weapons
        for n in scene.named[w]
        if one.span.end <= n.mention.span.start <= other.span.start and w not in mine.weapons | theirs.weapons
    }
    buyers_differ = bool(mine.buyer_states and theirs.buyer_states) and not mine.buyer_states & theirs.buyer_states
    return {
        "same weapon": same,
        "variant of the weapon": related and not same,
        "another weapon": differ,
        "another weapon in the sentence": differ and one.sentence == other.sentence,
        "same weapon, another buyer": same and buyers_differ,
        "later names a weapon": bool(theirs.weapons) and not mine.weapons,
        "earlier names a weapon": bool(mine.weapons) and not theirs.weapons,
        "same noun": nouns,
        "same noun, definite": nouns and theirs.is_definite,
        "another noun": other_noun,
        "same family": other_noun and bool(mine.families & theirs.families),
        "later names no thing": not theirs.nouns and not theirs.weapons,
        "earlier names no thing": not mine.nouns and not mine.weapons,
        "definite thing": theirs.is_definite and not theirs.weapons,
        "a part": theirs.is_partial,
        "generic thing": theirs.is_generic,
        "another one": theirs.is_new,
        "another one, no weapon": theirs.is_new and not theirs.weapons,
        "another weapon between": bool(between),
        "one weapon in the text": len(scene.weapons) <= 1,
    }


def _parties(mine: Said, theirs: Said) -> dict[str, bool]:
    same_state = bool(mine.buyer_states & theirs.buyer_states)
    same_supplier = bool(mine.suppliers & theirs.suppliers)
    same_origin = bool(mine.supplier_states & theirs.supplier_states)
    other_firm = bool(mine.supplier_firms and theirs.supplier_firms)
    apart = not mine.is_turned_round(theirs)
    return {
        "same buyer's state": same_state,
        "another buyer's state": apart and bool(mine.buyer_states and theirs.buyer_states) and not same_state,
        "buyer supplies there": not theirs.buyer_states and bool(mine.buyer_states & theirs.supplier_states),
        "another buyer of the state": same_state and not mine.buyers & theirs.buyers,
        "same supplier": same_supplier,
        "same supplier's state": same_origin and not same_supplier,
        "another firm supplies": other_firm and not same_supplier and not same_origin,
        "another supplier": apart
        and bool(mine.suppliers and theirs.suppliers)
        and not same_supplier
        and not same_origin
        and not other_firm,
        "same party": bool(mine.parties & theirs.parties),
    }


def _figures(other: Frame, mine: Said, theirs: Said) -> dict[str, bool]:
    sums = bool(mine.sums and theirs.sums)
    same_sum = any(is_same_sum(a, b) for a in mine.sums for b in theirs.sums)
    counts = bool(mine.counts and theirs.counts)
    same_count = any(is_same_count(a, b) for a in mine.counts for b in theirs.counts)
    partial = theirs.is_partial or other.status is DealStatus.DELIVERED
    years = bool(mine.years and theirs.years)
    return {
        "same sum": same_sum,
        "another sum": sums and not same_sum,
        "same count": same_count,
        "another count, of a part": counts and not same_count and partial,
        "another count": counts and not same_count and not partial,
        "same year": bool(mine.years & theirs.years),
        "another year": years and not mine.years & theirs.years,
    }


def _places(one: Frame, other: Frame) -> dict[str, bool]:
    apart = other.sentence - one.sentence
    return {
        "same sentence": apart == 0,
        "next sentence": apart == 1,
        "two or three on": 1 < apart <= _FAR,
        "far": apart > _FAR,
        "another paragraph": one.paragraph != other.paragraph,
    }


def _between(scene: DealScene, i: int, j: int) -> dict[str, bool]:
    """What the frames between two say: is the earlier the last that the later can go with?"""
    middle = range(i + 1, j)
    one, other = scene.said[i], scene.said[j]
    apart = [scene.said[k] for k in middle if not scene.frames[k].is_support]
    return {
        "none between": j == i + 1,
        "another buyer between": any(s.buyer_states and not s.buyer_states & one.buyer_states for s in apart)
        and bool(one.buyer_states),
        "another thing of a frame between": any(s.weapons and not s.weapons & one.weapons for s in apart)
        and bool(one.weapons),
        "the earlier weapon between": any(s.weapons & one.weapons for s in apart),
        "the later weapon between": any(s.weapons & other.weapons for s in apart),
        "another one between": any(s.is_new for s in apart),
        "one buyer in the text": len(scene.buyer_states) == 1,
        "no buyer in the text": not scene.buyer_states,
        "the first frame": i == 0,
    }


def _tellings(scene: DealScene, one: Frame, other: Frame, mine: Said, theirs: Said) -> dict[str, bool]:
    """What the two sentences name, whether or not the rules read it as part of a deal."""
    if one.sentence == other.sentence:
        return {}
    first, second = scene.telling(one.sentence), scene.telling(other.sentence)
    new_states = second.states - first.states
    return {
        "the later takes up": second.takes_up,
        "the later takes up, right behind": second.takes_up and other.sentence == one.sentence + 1,
        "the later turns": second.turns,
        "the later recalls": second.recalls,
        "the later is an item": second.is_item,
        "both are items": first.is_item and second.is_item,
        "both are lines": _is_line(one) and _is_line(other),
        "both are lines, right behind": _is_line(one) and _is_line(other) and other.sentence == one.sentence + 1,
        "a line with another weapon": _is_line(other) and bool(theirs.weapons - mine.weapons),
        "a line that names a party": _is_line(other) and bool(second.parties),
        "names a party of the earlier": bool(second.parties & first.parties),
        "names no party": not second.parties,
        "names new parties alone": bool(second.parties) and not second.parties & first.parties,
        "names a weapon of the earlier": bool(second.weapons & first.weapons),
        "names another weapon alone": bool(second.weapons - theirs.weapons) and not second.weapons & first.weapons,
        "names no weapon": not second.weapons,
        "names new states alone": bool(new_states) and not second.states & first.states,
        "shares a state": bool(second.states & first.states),
        "its buyer is named": bool(mine.buyers & second.parties),
        "its supplier is named": bool(mine.suppliers & second.parties),
        "shares a year": bool(first.years & second.years),
        "other years": bool(first.years and second.years) and not first.years & second.years,
    }


def _wording(scene: DealScene, one: Frame, other: Frame) -> dict[str, bool]:
    """How the later is worded beside the earlier: as something else (a gift, a licence), one of several, a share."""
    special = {one.kind, other.kind} - {DealKind.DEAL, DealKind.CONTRACT}
    flags = {
        "another kind of deal": one.kind is not other.kind and bool(special),
        "both of a special kind": one.kind is other.kind and bool(special),
        "several papers before": one.sentence in scene.sentences_of_several,
        "of several papers": other.sentence in scene.sentences_of_several,
        "as sure": one.evidence.modality is other.evidence.modality,
        "shares, one of them": "share" in one.marks | other.marks,
    }
    if one.sentence != other.sentence:
        return flags
    first, last = sorted((one.span, other.span), key=lambda s: s.start)
    apart = scene.tree.tokens_in(Span(first.end, last.start)) if first.end < last.start else []
    between = {t.text.lower() for t in apart}
    return flags | {
        "a semicolon between": ";" in between,
        "a clause joined between": bool(between & {"and", "while", "but"}),
        "set beside the other": bool(between & scene.lexicon.words["beside_words"]),
        "a relative between": bool(between & {"which", "that", "who", "whose"}),
    }


def _is_line(frame: Frame) -> bool:
    return frame.triggers == ("line",)


def _stages(one: Frame, other: Frame) -> dict[str, bool]:
    if one.status is None or other.status is None:
        return {}
    first, second = RANK[one.status], RANK[other.status]
    off = {one.status, other.status} & {DealStatus.CANCELLED, DealStatus.DELAYED}
    return {
        "same stage": first == second,
        "later stage": second > first,
        "earlier stage": second < first,
        "one is off": bool(off) and first != second,
    }
