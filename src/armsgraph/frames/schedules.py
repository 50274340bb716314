"""Sentences without a trigger that say when something told before starts, ends, or how long it takes."""

from __future__ import annotations

from armsgraph.frames.date_rows import part_of_row, turn_of_date
from armsgraph.frames.items import find_things
from armsgraph.frames.times import Times
from armsgraph.frames.when import is_not_before, lasts, side_of_publication, words_before
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DateValue, Duration, Sentence, Span
from armsgraph.syntax import Tree

__all__ = ["find_schedule"]

_BY = frozenset({"before", "by", "through", "till", "until"})
_FROM = frozenset({"from", "beginning", "starting"})
_SO_LONG = frozenset({"in", "over", "within"})
_OFF = frozenset({"after", "ago", "before", "earlier", "late", "later", "old"})
_REACH = 12
_OWED = frozenset({"to"})


def find_schedule(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> Times:
    """Return when the first and the last of several things come, when work on them ends, or how long it takes."""
    found = Times()
    for date in tree.dates_by_sentence.get(sentence.i, ()):
        role = _role_of_date(tree, sentence, date, lexicon)
        if role in {"start", "period"} and date.start is not None:
            found.starts_on.append(date)
        if role in {"end", "period"}:
            found.ends_on.append(date)
    for duration in tree.durations_by_sentence.get(sentence.i, ()):
        if _is_length(tree, sentence, duration, lexicon):
            found.durations.append(duration)
    return found


def _role_of_date(tree: Tree, sentence: Sentence, date: DateValue, lexicon: DealLexicon) -> str:
    """Say what a date is to the deal told before: "start", "end", "period" or ""."""
    verb, subject = _clause(tree, date.span)
    ahead = side_of_publication(tree, date) >= 0 or _is_owed(tree, verb, lexicon)
    if not ahead:
        return ""
    turn = turn_of_date(tree, date, lexicon)
    if turn in {"first", "last"}:
        return "start" if turn == "first" else "end"
    if not _is_course(tree, sentence, subject, lexicon):
        return ""
    if date.kind == "period" and date.start is not None:
        return "period"
    words = lexicon.words
    near = words_before(tree, sentence, date.span)
    if is_not_before(tree, date, lexicon) or date.cue in _FROM or near & (words["start_words"] - _FROM):
        return "start"
    if lasts(tree, date.span) and date.cue in _BY | {"to"}:
        return "end"
    does = set() if verb is None else {tree.tokens[verb].lemma.lower()}
    told = does & words["course_verbs"] or (near | does) & (words["delivery_words"] | (words["end_words"] - _BY))
    if date.cue.split(" ")[-1] in _BY and (told or tree.tokens[subject or 0].pos != "PRON"):
        return "end"
    if not told:
        return ""
    part = part_of_row(tree, date)
    return "" if part == "between" else part or "end"


def _is_length(tree: Tree, sentence: Sentence, duration: Duration, lexicon: DealLexicon) -> bool:
    """Say whether a deal or its work takes so long ("the term is eight years", "it runs for ten years")."""
    verb, subject = _clause(tree, duration.span)
    if verb is None or not _is_course(tree, sentence, subject, lexicon):
        return False
    behind = tree.document.text[duration.span.end : duration.span.end + _REACH].lower().split()
    if behind and behind[0].strip(",.") in _OFF:
        return False
    words = lexicon.words
    if lasts(tree, duration.span) or _lemmas(tree, subject) & words["length_words"]:
        return True
    first = tree.tokens_in(duration.span)[0].i
    near = words_before(tree, sentence, duration.span) & (words["delivery_words"] | words["end_words"])
    return bool(near) and first > 0 and tree.tokens[first - 1].text.lower() in _SO_LONG


def _clause(tree: Tree, span: Span) -> tuple[int | None, int | None]:
    """Return the verb a value hangs on, and its subject; without a verb the noun it hangs on as subject."""
    head = tree.head_of(tree.tokens_in(span))
    noun = None
    for parent, label in ((head, ""), *tree.ancestors(head)):
        token = tree.tokens[parent]
        if token.pos in {"AUX", "VERB"}:
            subject = tree.subject_of(parent)
            return parent, subject[0] if subject is not None else noun
        if token.pos == "NOUN" and label != "":
            noun = parent
    return None, noun


def _is_owed(tree: Tree, verb: int | None, lexicon: DealLexicon) -> bool:
    """Say whether a past verb speaks of what was to come ("was to be over by May")."""
    if verb is None:
        return False
    below = {tree.tokens[c].text.lower() for c in tree.children[verb] if tree.tokens[c].dep == "aux"}
    return bool(below & (_OWED | lexicon.words["future_auxiliaries"]))


def _is_course(tree: Tree, sentence: Sentence, subject: int | None, lexicon: DealLexicon) -> bool:
    """Say whether a subject is the deal told before, its work, its things or all of them, by no name of their own."""
    if subject is None:
        return False
    words = lexicon.words
    if _lemmas(tree, subject) & words["course_words"]:
        return True
    return any(t.head == subject and t.item.weapon_id is None for t in find_things(tree, sentence, lexicon))


def _lemmas(tree: Tree, subject: int | None) -> set[str]:
    return set() if subject is None else {tree.tokens[subject].lemma.lower(), tree.tokens[subject].text.lower()}
