"""Dates, durations and sums that belong to a trigger group."""

from __future__ import annotations

import re

from armsgraph.frames.groups import Group
from armsgraph.frames.status import Reading
from armsgraph.frames.tree import Tree
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DateValue, DealStatus, Duration, Money, Sentence, Span

__all__ = ["Times", "find_money", "find_times", "is_price", "nearest_group"]

_AFTER = re.compile(r"\s+after\s+([^.,;()]*[^.,;()\s])")
_ENDING = frozenset({"cancel"})
_FOR_SO_LONG = ("over", "within", "in", "for", "next", "has", "have", "of", "period", "through", "about", "up to", "to")
_WINDOW = 6
_DATELINE = 60
_FIRM = frozenset({DealStatus.SIGNED, DealStatus.ORDERED})


class Times:
    """Dates of signing, start and end, and durations, for one group."""

    __slots__ = ("durations", "ends_on", "offset", "offset_from", "signed_on", "starts_on")

    def __init__(self) -> None:
        self.signed_on: list[DateValue] = []
        self.starts_on: list[DateValue] = []
        self.ends_on: list[DateValue] = []
        self.durations: list[Duration] = []
        self.offset: Duration | None = None
        self.offset_from: Span | None = None


def nearest_group(tree: Tree, span: Span, groups: tuple[Group, ...]) -> int | None:
    """Return the index of the group a value hangs on: by the tree, else the only one, else by distance."""
    inside = tree.tokens_in(span)
    if not inside or not groups:
        return None
    owner = {i: n for n, g in enumerate(groups) for i in g.rules}
    head = tree.head_of(inside)
    if head in owner:
        return owner[head]
    sibling = False
    for parent, label in tree.ancestors(head):
        if parent in owner:
            return None if sibling else owner[parent]
        # "the purchase of X and extension of Y from 2021": the date belongs to the extension
        sibling = sibling or (label == "cc" or (label == "conj" and tree.tokens[parent].pos == "NOUN"))
    if len(groups) == 1:
        return 0
    return min(range(len(groups)), key=lambda n: min(abs(i - head) for i in groups[n].rules))


def find_money(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], lexicon: DealLexicon
) -> dict[int, list[Money]]:
    """Assign the prices of a sentence to its groups; what is no price of a deal is left out."""
    found: dict[int, list[Money]] = {}
    for money in tree.money_by_sentence.get(sentence.i, ()):
        if money.restates or not is_price(tree, sentence, money, lexicon):
            continue
        n = nearest_group(tree, money.span, groups)
        if n is not None:
            found.setdefault(n, []).append(money)
    return found


def is_price(tree: Tree, sentence: Sentence, money: Money, lexicon: DealLexicon) -> bool:
    """Say whether a sum can be the price of a deal: no unit price, fine, budget, loan or turnover."""
    text = tree.document.text
    after = text[money.span.end : min(sentence.span.end, money.span.end + 14)].lower().strip(" -,")
    if any(after.startswith(word) for word in lexicon.words["unit_price_after"]):
        return False
    before = text[max(sentence.span.start, money.span.start - 45) : money.span.start].lower()
    behind = text[money.span.end : min(sentence.span.end, money.span.end + 30)].lower()
    for word in lexicon.words["not_a_price_before"]:
        if f" {word}" in f" {before}" or behind.lstrip(" -").startswith(word):
            return False
    return True


def find_times(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], readings: list[Reading], lexicon: DealLexicon
) -> list[Times]:
    """Assign the dates and durations of a sentence to its groups."""
    result = [Times() for _ in groups]
    for date in tree.dates_by_sentence.get(sentence.i, ()):
        n = nearest_group(tree, date.span, groups)
        if n is None:
            continue
        if date.kind == "period":
            n = _extended(tree, date.span, groups, n)
        near = _words_before(tree, sentence, date.span)
        group, reading = groups[n], readings[n]
        delivery = bool(lexicon.words["delivery_words"] & near) or _is_delivery(group)
        if _under_speech(tree, date.span, groups[n], lexicon):
            continue
        if date.kind == "period":
            result[n].starts_on.append(date)
            result[n].ends_on.append(date)
        elif date.cue in {"by", "until", "till", "through", "before", "to"} or (
            delivery and lexicon.words["end_words"] & near and date.cue != "from"
        ):
            result[n].ends_on.append(date)
        elif date.cue in {"from", "starting", "beginning", "since"} or (
            lexicon.words["start_words"] & near and (delivery or reading.is_future)
        ):
            if delivery or reading.is_future or date.cue == "from":
                result[n].starts_on.append(date)
        elif (
            _is_signing(group)
            and not reading.is_future
            and date.kind != "fiscal year"
            and _hangs_directly(tree, date.span, group)
            and not _is_dateline(tree, date)
        ):
            result[n].signed_on.append(date)
        elif delivery and reading.is_future:
            result[n].ends_on.append(date)
    for duration in tree.durations_by_sentence.get(sentence.i, ()):
        n = nearest_group(tree, duration.span, groups)
        if n is None:
            continue
        before = tree.document.text[max(sentence.span.start, duration.span.start - 24) : duration.span.start].lower()
        behind = tree.document.text[duration.span.end : duration.span.end + 14].lower()
        event = _event_after(tree, sentence, duration.span)
        if event is not None:
            result[n].offset, result[n].offset_from = duration, event
            continue
        if any(w in behind for w in (" after", " old", " ago", " before", " later", " earlier", " late")):
            continue
        if any(w in before for w in ("after ", "last ", "past ", "for the first", "ago")):
            continue
        if _in_other_clause(tree, duration.span, groups[n]):
            continue
        if "-" in duration.as_written or before.rstrip().endswith(_FOR_SO_LONG):
            result[n].durations.append(duration)
    return result


def _extended(tree: Tree, span: Span, groups: tuple[Group, ...], owner: int) -> int:
    """Give a period to the agreement it stands behind: "purchase of X and extension of Y from 2021-2031"."""
    inside = tree.tokens_in(span)
    between = [
        n
        for n, g in enumerate(groups)
        if all(r.type == "extend" for r in g.rules.values()) and max(groups[owner].rules) < max(g.rules) < inside[0].i
    ]
    return between[-1] if between else owner


def _event_after(tree: Tree, sentence: Sentence, span: Span) -> Span | None:
    """Return the event of "32 months after production begins": the words behind "after"."""
    text = tree.document.text
    found = _AFTER.match(text, span.end, sentence.span.end)
    if found is None:
        return None
    return Span(found.start(1), found.end(1))


def _words_before(tree: Tree, sentence: Sentence, span: Span) -> frozenset[str]:
    inside = tree.tokens_in(span)
    if not inside:
        return frozenset()
    low = max(sentence.first, inside[0].i - _WINDOW)
    return frozenset(
        w for i in range(low, inside[0].i) for w in (tree.tokens[i].lemma.lower(), tree.tokens[i].text.lower())
    )


def _is_signing(group: Group) -> bool:
    if any(r.type in _ENDING for r in group.rules.values()):
        return False
    return any(
        (r.status in _FIRM and (r.is_verb or r.is_agreement) and r.strength != "support")
        or (not r.is_verb and r.is_agreement)
        for r in group.rules.values()
    )


def _hangs_directly(tree: Tree, span: Span, group: Group) -> bool:
    """Say whether no other verb lies between a date and the trigger it dates."""
    above = _verb_or_trigger_above(tree, span, group)
    return above is not None and above in group.rules


def _verb_or_trigger_above(tree: Tree, span: Span, group: Group) -> int | None:
    """Return the first token above a value that is a trigger of the group or a verb."""
    for parent, _label in tree.ancestors(tree.head_of(tree.tokens_in(span))):
        if parent in group.rules or tree.tokens[parent].pos == "VERB":
            return parent
    return None


def _in_other_clause(tree: Tree, span: Span, group: Group) -> bool:
    """Say whether a duration belongs to a participle of its own ("an agreement aimed at closer ties over a decade")."""
    for parent, label in tree.ancestors(tree.head_of(tree.tokens_in(span))):
        if parent in group.rules:
            return label == "acl"
        if tree.tokens[parent].pos == "VERB" and tree.tokens[parent].dep == "acl":
            return True
    return False


def _is_dateline(tree: Tree, date: DateValue) -> bool:
    """Say whether a date stands before the dash of "KOLKATA, May 24 --": the day of the report."""
    text = tree.document.text
    start = text.rfind("\n", 0, date.span.start) + 1
    if date.span.start - start > _DATELINE:
        return False
    behind = text[date.span.end : date.span.end + 30].lstrip()
    return behind.startswith(("--", "—", "–", "-", "(", ":")) and date.kind != "relative"


def _is_delivery(group: Group) -> bool:
    return any(r.status is DealStatus.DELIVERED for r in group.rules.values())


def _under_speech(tree: Tree, span: Span, group: Group, lexicon: DealLexicon) -> bool:
    """Say whether a date hangs on "said": then it is the day of speech."""
    above = _verb_or_trigger_above(tree, span, group)
    if above is None or above in group.rules:
        return False
    return tree.tokens[above].lemma.lower() in lexicon.words["speech_verbs"]
