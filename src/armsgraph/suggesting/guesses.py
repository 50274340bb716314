"""Names that the extractor leaves alone for want of a sign, but that a person may know: guesses, one rule each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armsgraph.lexicon.matcher import NameHit
from armsgraph.mentions.cues import WeaponCues
from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType, Mention, MentionForm, Token

__all__ = ["Guess", "find_guesses"]

_TYPES = (EntityType.FIRM, EntityType.WEAPON)
_FEWEST_DIGITS = 1
_FEWEST_LETTERS = 4
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A stretch that may be the name of a firm or weapon, and the rule that says so."""

    start: int
    end: int
    type: EntityType
    rule: str


def find_guesses(scene: Scene, hits: Sequence[NameHit], mentions: Sequence[Mention]) -> Iterator[Guess]:
    """Yield guesses that touch no mention, in no order."""
    taken = [(m.span.start, m.span.end) for m in mentions]
    cues = WeaponCues(scene, hits)
    for guess in (*_designations(cues), *_before_class_nouns(cues), *_beside_known(cues, mentions)):
        if scene.is_news(guess.start, guess.end) and not any(s < guess.end and guess.start < e for s, e in taken):
            yield guess


def _designations(cues: WeaponCues) -> Iterator[Guess]:
    """What is built like a designation, in a sentence that speaks of deals or names a kind of weapon."""
    scene = cues.scene
    for pattern in cues.words.patterns["designation_pattern"]:
        for match in pattern.finditer(scene.text):
            start, text = match.start(), match.group()
            if cues.is_stopped(start, text) or not cues.is_among_arms(start):
                continue
            if sum(map(str.isdigit, text)) >= _FEWEST_DIGITS:
                yield Guess(start=start, end=match.end(), type=EntityType.WEAPON, rule="guess.designation")


def _before_class_nouns(cues: WeaponCues) -> Iterator[Guess]:
    """A proper name right in front of a class noun in lower case ("Skarn missiles")."""
    scene = cues.scene
    for token in scene.parse.tokens:
        if not _is_name(cues, token) or scene.is_sentence_start(token.span.start):
            continue
        before = scene.before(token.span.start, 1)
        noun = scene.after(token.span.end, 1)
        if not noun or noun[0].text[:1].isupper() or not scene.is_class_noun(noun[0]):
            continue
        if before and _is_name(cues, before[0]) and scene.text[before[0].span.end : token.span.start] == " ":
            continue
        yield Guess(start=token.span.start, end=token.span.end, type=EntityType.WEAPON, rule="guess.class-noun")


def _beside_known(cues: WeaponCues, mentions: Sequence[Mention]) -> Iterator[Guess]:
    """A name that is joined by "and" or a comma to a firm or weapon ("Boeing, Saab and Nordvik")."""
    scene = cues.scene
    tokens = scene.parse.tokens
    known = {
        token.i: mention.type
        for mention in mentions
        if mention.type in _TYPES and mention.form is MentionForm.NAME
        for token in scene.tokens_of(mention.span.start, mention.span.end)
    }
    for token in tokens:
        if token.i in known or not _is_name(cues, token):
            continue
        if token.dep == "conj" and token.head in known:
            found = known[token.head]
        else:
            joined = {
                known[t.i]
                for t in tokens[token.i : token.i + 8]
                if t.dep == "conj" and t.head == token.i and t.i in known
            }
            if len(joined) != 1:
                continue
            (found,) = joined
        start = _name_start(cues, token)
        if found is EntityType.FIRM and scene.is_sentence_start(start):
            continue
        if re.search(r"\w", scene.text[start : token.span.end]):
            yield Guess(start=start, end=token.span.end, type=found, rule="guess.list")


def _name_start(cues: WeaponCues, token: Token) -> int:
    """Return where the capitalised words begin that a name closes."""
    scene = cues.scene
    start = token.span.start
    for before in reversed(scene.before(start, _MOST_WORDS - 1)):
        if not _is_name(cues, before) or scene.text[before.span.end : start] != " ":
            break
        start = before.span.start
    return start


def _is_name(cues: WeaponCues, token: Token) -> bool:
    """Say whether a word is a proper name that is listed as nothing else."""
    word = token.text
    if token.pos not in ("PROPN", "") or len(word) < _FEWEST_LETTERS or not word[0].isupper() or not word[1].islower():
        return False
    scene = cues.scene
    if cues.is_other(word) or scene.gazetteer.find(word) or scene.is_class_noun(word):
        return False
    lower = word.lower()
    others = ("title", "rank", "office_word", "calendar", "soft_noun", "firm_opener", "legal_form", "firm_head")
    return not any(lower in scene.words[name] for name in others)
