"""Dates, durations and sums that belong to a trigger group."""

from __future__ import annotations

import re

from armsgraph.frames.date_rows import part_of_row, turn_of_date
from armsgraph.frames.datelines import is_dateline
from armsgraph.frames.groups import Group
from armsgraph.frames.paper_dates import names_its_date
from armsgraph.frames.signing import is_of_signing
from armsgraph.frames.status import Reading
from armsgraph.frames.when import is_not_before, lasts, side_of_publication, words_before, words_of_subject
from armsgraph.lexicon.deals import BESIDE, DealLexicon
from armsgraph.model import DateValue, DealStatus, Duration, MentionForm, Money, Sentence, Span
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["Times", "find_money", "find_times", "is_price", "nearest_group"]

_AFTER = re.compile(r"\s+after\s+([^.,;()]*[^.,;()\s])")
_NO_SIGNING = frozenset({"approve", "cancel"})
_OTHER_ACTS = frozenset({"arrive", "extend", "price", "produce", "receive", "sell"})
_SIGNING_VERBS = frozenset({"sign", "ink", "initial"})
_PRESENT = frozenset({"is", "are", "has", "have"})
_ARTICLE = re.compile(r"\s(?:an?|the)\s*$")
_FOR_SO_LONG = ("over", "within", "in", "for", "next", "has", "have", "of", "period", "through", "about", "up to", "to")
_DATING = frozenset({"from", "in", "of", "on"})
_ENDING = frozenset({"before", "by", "through", "till", "to", "until"})
_WINDOW = 7
_TURNS = {"first": "start", "last": "end"}
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
    for steps, (parent, label) in enumerate(tree.ancestors(head)):
        if parent in owner:
            return None if sibling else owner[parent]
        # "the purchase of X and extension of Y from 2021": the date belongs to the extension
        joined = label == "conj" and steps > 0 and any(tree.tokens[c].dep == "cc" for c in tree.children[parent])
        sibling = sibling or label == "cc" or (joined and tree.tokens[parent].pos == "NOUN")
    if len(groups) == 1:
        return 0
    return min(range(len(groups)), key=lambda n: min(abs(i - head) for i in groups[n].rules))


def find_money(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], lexicon: DealLexicon
) -> dict[int, list[Money]]:
    """Assign the prices of a sentence to its groups; what is no price of a deal is left out."""
    found: dict[int, list[Money]] = {}
    for money in tree.money_by_sentence.get(sentence.i, ()):
        n = nearest_group(tree, money.span, groups)
        is_beside = n is not None and any(BESIDE & r.marks for r in groups[n].rules.values())
        if money.restates or not (is_beside or is_price(tree, sentence, money, lexicon)):
            continue
        if n is not None:
            found.setdefault(n, []).append(money)
    return found


def is_price(tree: Tree, sentence: Sentence, money: Money, lexicon: DealLexicon) -> bool:
    """Say whether a sum can be the price of a deal: no unit price, fine, budget, loan or turnover."""
    text = tree.document.text
    after = text[money.span.end : min(sentence.span.end, money.span.end + 14)].lower().strip(" -,")
    if any(after.startswith(word) for word in lexicon.words["unit_price_after"]):
        return False
    above = [p for p, _ in tree.ancestors(tree.head_of(tree.tokens_in(money.span)))][:2]
    if any(
        tree.tokens[c].lemma.lower() == "unit" and tree.tokens[c].dep == "compound"
        for p in above
        for c in tree.children[p]
    ):
        return False  # "at a unit price of"
    start = max(sentence.span.start, money.span.start - 45)
    before = text[start : money.span.start].lower()
    behind = text[money.span.end : min(sentence.span.end, money.span.end + 30)].lower().lstrip(" -")
    for word in lexicon.words["not_a_price_before"]:
        if behind.startswith(word) and not _is_paper_for_money(tree, money):
            return False
        found = f" {before}".rfind(f" {word}")
        if found >= 0 and not _is_cut_off(tree, Span(start + found, money.span.start), lexicon):
            return False
    return True


def _is_cut_off(tree: Tree, gap: Span, lexicon: DealLexicon) -> bool:
    """Say whether a party and its own verb stand between a word and a sum ("fines; Kenya agreed to pay $9 million")."""
    inside = tree.tokens_in(gap)[1:]
    parties = [
        t.i
        for t in inside
        if any(m.type in PARTY_TYPES and m.form is not MentionForm.ADJECTIVE for m in tree.mentions_at.get(t.i, ()))
    ]
    return bool(parties) and any(
        t.i > parties[0] and t.pos == "VERB" and t.lemma.lower() in lexicon.verbs for t in inside
    )


def _is_paper_for_money(tree: Tree, money: Money) -> bool:
    """Say whether the sum stands before what is signed itself ("signed for a $1 billion credit")."""
    noun = tree.tokens[tree.head_of(tree.tokens_in(money.span))].head
    for parent, label in tree.ancestors(noun):
        if label == "dobj" or (label == "prep" and tree.tokens[parent].pos == "VERB"):
            return tree.tokens[parent].lemma.lower() in _SIGNING_VERBS
        if label != "pobj":
            break
    return False


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
        if _under_speech(tree, date.span, groups[n], lexicon):
            continue
        role = _role_of_date(tree, sentence, date, groups[n], readings[n], lexicon)
        if role in {"start", "period"} and date.start is not None:
            result[n].starts_on.append(date)
        if role in {"end", "period"}:
            result[n].ends_on.append(date)
        if role == "signed":
            result[n].signed_on.append(date)
    for n, group in enumerate(groups):
        if not result[n].signed_on and (day := _day_of_heading(tree, sentence, group, lexicon)) is not None:
            result[n].signed_on.append(day)
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
        if _in_other_clause(tree, duration.span, groups[n]) or _is_since(tree, duration.span, before):
            continue
        # "over a 20-year period", "a ten-year lease"
        is_joined = "-" in duration.as_written
        lead = (_ARTICLE.sub("", before) if is_joined else before).rstrip()
        is_length = lead.endswith(_FOR_SO_LONG) or lasts(tree, duration.span)
        if is_length or (is_joined and _measures_paper(tree, duration.span, groups[n], lexicon)):
            result[n].durations.append(duration)
    return result


def _role_of_date(
    tree: Tree, sentence: Sentence, date: DateValue, group: Group, reading: Reading, lexicon: DealLexicon
) -> str:
    """Say what a date is to a group: "signed", "start", "end", "period" or ""."""
    words = lexicon.words
    near = words_before(tree, sentence, date.span) | words_of_subject(tree, date.span)
    delivery = bool(words["delivery_words"] & near) or _is_delivery(group)
    cue = date.cue.split()[-1] if date.cue.startswith("due") else date.cue
    side = side_of_publication(tree, date)
    ahead = side > 0 or reading.is_future
    undated = delivery and tree.document.published is None
    # a past handover is no period
    is_window = side >= 0 or reading.is_future or date.cue.startswith("due")
    is_window = is_window and not _verb_between(tree, date.span, group, lexicon)
    if names_its_date(tree, sentence, date, group):
        return "signed"
    if date.kind == "period":
        return "period" if is_window else ""
    turn = turn_of_date(tree, date, lexicon)
    if turn in _TURNS and is_window and not _is_signing(group):
        return _TURNS[turn]
    if side <= 0 and cue not in _ENDING and _is_day_of_deal(tree, date, group):
        return "signed"
    if is_not_before(tree, date, lexicon):
        return "start" if is_window else ""
    if cue in _ENDING or (delivery and words["end_words"] & near and cue != "from"):
        return "end" if is_window else ""
    if cue in {"from", "starting", "beginning", "since"} or (words["start_words"] & near and (ahead or undated)):
        return "start" if is_window and (delivery or ahead or cue == "from") else ""
    if not ahead and _dates_signing(tree, date, group, lexicon):
        return "signed"
    if not (delivery and ahead and is_window):
        return ""
    part = part_of_row(tree, date)
    return "" if part == "between" else part or "end"


def _is_day_of_deal(tree: Tree, date: DateValue, group: Group) -> bool:
    """Say whether a date hangs right on what it dates ("the contract of May", "the 2019 order", "ordered in 2021")."""
    if date.kind == "fiscal year" or not _is_signing(group) or is_dateline(tree, date):
        return False
    head = tree.head_of(tree.tokens_in(date.span))
    above = tree.tokens[head].head
    if tree.tokens[above].dep == "prep" and tree.tokens[above].lemma.lower() in _DATING:
        above = tree.tokens[above].head
        if tree.tokens[above].dep == "pobj" and above not in group.rules:
            above = tree.tokens[tree.tokens[above].head].head  # "ordered by Norway in 2021", "from Norway in 2021"
    rule = group.rules.get(above)
    if rule is None:
        return False
    if rule.is_verb:
        token = tree.tokens[above]
        is_clause = token.dep in {"acl", "relcl"} and token.tag in {"VBN", "VBD"}
        return is_clause and rule.status in _FIRM and rule.type not in _OTHER_ACTS
    return rule.is_agreement


def _day_of_heading(tree: Tree, sentence: Sentence, group: Group, lexicon: DealLexicon) -> DateValue | None:
    """Return the day of the heading ("Contracts for April 28, 2020") under which a firm "is awarded" something."""
    if not any(
        r.type == "award" and r.is_verb and {tree.tokens[c].text.lower() for c in tree.children[i]} & _PRESENT
        for i, r in group.rules.items()
    ):
        return None
    for heading in reversed(tree.parse.sentences[: sentence.i]):
        days = [d for d in tree.dates_by_sentence.get(heading.i, ()) if d.start and d.start.precision == "day"]
        inside = tree.tokens[heading.first : heading.last]
        papers = [r for t in inside for r in lexicon.nouns.get(t.lemma.lower(), ()) if r.is_agreement]
        if days and papers and not any(t.pos in {"VERB", "AUX"} for t in inside):
            return days[-1]
    return None


def _dates_signing(tree: Tree, date: DateValue, group: Group, lexicon: DealLexicon) -> bool:
    """Say whether a date says when a deal was signed or ordered, and hangs on the word that says so."""
    if date.kind == "fiscal year" or not _is_signing(group) or is_dateline(tree, date):
        return False
    above = _verb_or_trigger_above(tree, date.span, group)
    if above is None:
        return False
    rule = group.rules.get(above)
    if rule is not None:
        # the day something was sold, made or priced is not the day of the deal; "in 2015 came an order" is
        came = rule.type == "arrive" and any(r.is_agreement and not r.is_verb for r in group.rules.values())
        return came or rule.type not in _OTHER_ACTS
    # "the contract on radars which the firm concluded in 2005": the parser hangs the clause on the nearer noun
    if is_of_signing(tree, above, group):
        return True
    signs = any(
        r.needs_agreement and r.status in _FIRM for r in lexicon.verbs.get(tree.tokens[above].lemma.lower(), ())
    )
    clause = signs and tree.tokens[above].dep in {"relcl", "acl"}
    return clause and any(parent in group.rules for parent, _ in tree.ancestors(above))


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


def _measures_paper(tree: Tree, span: Span, group: Group, lexicon: DealLexicon) -> bool:
    """Say whether a length stands before the noun of a deal ("a ten-year lease"), and not "a three-day visit"."""
    noun = tree.tokens[tree.head_of(tree.tokens_in(span))].head
    return noun in group.rules or tree.tokens[noun].lemma.lower() in lexicon.words["definite_nouns"]


def _verb_between(tree: Tree, span: Span, group: Group, lexicon: DealLexicon) -> bool:
    """Say whether a date hangs on a verb that is no trigger and speaks of no delivery ("aid promised since May")."""
    above = _verb_or_trigger_above(tree, span, group)
    if above is None or above in group.rules or tree.tokens[above].dep not in {"acl", "relcl", "advcl"}:
        return False
    words = lexicon.words
    return tree.tokens[above].lemma.lower() not in words["delivery_words"] | words["start_words"] | words["end_words"]


def _is_signing(group: Group) -> bool:
    """Say whether a group speaks of a paper or of signing or ordering, and not of its end or of a clearance."""
    if any(r.type in _NO_SIGNING for r in group.rules.values()):
        return False
    return any(
        (r.is_agreement and (not r.is_verb or r.status in _FIRM))
        or (r.status in _FIRM and (r.type == "sign" or (r.is_verb and r.strength != "support")))
        for r in group.rules.values()
    )


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


def _is_since(tree: Tree, span: Span, before: str) -> bool:
    """Say whether a length looks back behind a superlative ("the biggest order in ten years", "the first in ten")."""
    first = tree.tokens_in(span)[0].i
    behind = tree.tokens[max(0, first - _WINDOW) : first]
    return before.rstrip().endswith(("in", "in the")) and any(
        t.tag in {"JJS", "RBS"} or t.text.lower() in {"first", "only"}
        for t in behind
        if t.sentence == behind[-1].sentence
    )


def _is_delivery(group: Group) -> bool:
    return any(r.status is DealStatus.DELIVERED for r in group.rules.values())


def _under_speech(tree: Tree, span: Span, group: Group, lexicon: DealLexicon) -> bool:
    """Say whether a date hangs on "said": then it is the day of speech."""
    above = _verb_or_trigger_above(tree, span, group)
    if above is None or above in group.rules:
        return False
    return tree.tokens[above].lemma.lower() in lexicon.words["speech_verbs"]
