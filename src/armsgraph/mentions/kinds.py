"""Weapons that no list has, by the class noun behind their names ("Kaplan tanks", "the Vulcano 155 guided munition")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.cues import WeaponCues, is_count
from armsgraph.mentions.designations import weapon_candidate
from armsgraph.mentions.scene import any_of
from armsgraph.model import EntityType, Token

__all__ = ["find_named_kinds"]

_FAIR, _WEAK, _GUESS = 0.8, 0.7, 0.65
_WORD = r"(?:[A-ZÀ-ÞİŞĞŁŚŻŽČŠĐ][\w’'+/-]*[\w+]|[A-Z]|\d{1,3}[A-Za-z]*(?:-[A-Z]\w*)?|\d+[x×]\d+)"
_NAME_BEFORE = re.compile(rf"(?<![\w.,'’$€£/-])({_WORD}(?: {_WORD}){{0,4}})[ -]?[\"”'’»]? ?$")
_JOINED = re.compile(rf"(?<![\w.,'’$€£/-])({_WORD}(?: {_WORD}){{0,2}})(?:,? and|,| or|/) $")
_RUN = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}(?![\w-])")
_QUOTED = re.compile(r"[\"“‘'«]([A-Z][\w-]+(?: [A-Z0-9][\w-]*){0,2})[\"”’'»]")
_POSSESSIVE = re.compile(r".*['’]s? ?")
_FAR = 120
_FEWEST_LETTERS = 4
_SYSTEMS = ("system", "systems")
_FIGURE = re.compile(r"[\d.,x×/]+(?:mm)?")
_COUNT = re.compile(r"\d+(?:st|nd|rd|th)? ")
_DRIVE = re.compile(r"\d+[x×]\d+")


def find_named_kinds(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield proper names with a class noun right behind them, bare or in quotes."""
    yield from _quoted(cues)
    found = [*_before_nouns(cues), *_apposed(cues), *_behind_words(cues)]
    yield from found
    yield from _again(cues, found)


def _before_nouns(cues: WeaponCues) -> Iterator[Candidate]:
    scene = cues.scene
    for at, token in enumerate(scene.parse.tokens):
        if not token.text.islower() or not _closes_name(cues, at):
            continue
        end = _phrase_start(cues, at)
        if end is None:
            continue
        is_plural = token.text.endswith("s")
        named = _read(cues, end, token)
        if named is None:
            continue
        yield named
        # "Fatah and Shaheen missiles": the noun is said once for all of them
        while is_plural and (match := _JOINED.search(scene.text, max(named.start - _FAR, 0), named.start)):
            another = _candidate(cues, match.start(1), match.end(1), token)
            if another is None:
                break
            named = another
            yield named


def _apposed(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield "the Milkor 380, a drone": what an apposition calls a weapon, if the article shows that it is no person."""
    scene = cues.scene
    for match in re.finditer(rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|new) ({_WORD}(?: {_WORD}){{0,3}}), (?=an? )", scene.text):
        if cues.apposed_kind(match.end()) and not cues.is_other(match.group(1).split()[-1]):
            token = scene.token_at(match.start(1))
            found = None if token is None else _candidate(cues, *match.span(1), token)
            if found is not None:
                yield found


def _behind_words(cues: WeaponCues) -> Iterator[Candidate]:
    """Yield "a development of the Al-Faris": names behind words that only weapons follow, in sentences about arms."""
    scene = cues.scene
    for match in re.finditer(
        rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|old|older|last|ageing|aging|existing|remaining) (?={_WORD})", scene.text
    ):
        if not cues.has_front(match.end()) or not cues.is_among_arms(match.start()):
            continue
        run = _RUN.match(scene.text, match.end())
        token = scene.token_at(match.end())
        if run is None or token is None or cues.is_other(run.group().split()[0]):
            continue
        found = _candidate(cues, *run.span(), token)
        if found is not None:
            yield found


def _again(cues: WeaponCues, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the further places of names that a class noun has made weapons once ("the Arlan")."""
    scene = cues.scene
    texts = {scene.text[c.start : c.end] for c in found if c.record is None}
    for text in sorted(t for t in texts if len(t) >= _FEWEST_LETTERS and not t.isdigit()):
        for match in re.finditer(rf"(?<![\w-]){re.escape(text)}s?(?![\w-])(?! [A-ZÀ-Þ][a-z])", scene.text):
            if scene.is_news(*match.span()):
                yield weapon_candidate(cues, *match.span(), "pattern.named-kind-again", _GUESS, tier=Tier.LOOSE)


def _quoted(cues: WeaponCues) -> Iterator[Candidate]:
    scene = cues.scene
    for match in _QUOTED.finditer(scene.text):
        if match.group(1).split()[0] in cues.words.cased["before_number"]:
            continue
        after = scene.after(match.end(), 2)
        before = scene.before(match.start(), 2)
        # "'We've fixed boats": an opening quotation is no name
        if scene.text[match.end() : match.end() + 1].isalnum():
            continue
        if any(scene.is_class_noun(t) for t in (*after[:2], *before[-1:])) and scene.is_news(*match.span()):
            yield weapon_candidate(cues, *match.span(1), "pattern.quoted", _FAIR)


def _closes_name(cues: WeaponCues, at: int) -> bool:
    """Say whether a token is a noun that makes the name before it a weapon's."""
    scene = cues.scene
    token = scene.parse.tokens[at]
    word = token.text.lower()
    if word in cues.words["loose_class_noun"] or word.rstrip("s") in cues.words["loose_class_noun"]:
        return False
    # "the Heet 4x4" has no other noun behind it
    if scene.is_class_noun(token) or _DRIVE.fullmatch(word):
        return True
    if at and word in cues.words["soft_noun"]:
        before = scene.parse.tokens[at - 1].text
        # "Terrahawk Paladin systems"
        if before[:1].isupper() and word in _SYSTEMS:
            two = scene.parse.tokens[at - 2].text if at > 1 else ""
            return any(c.isdigit() for c in before) or two[:1].isupper()
        return before.islower() and before in cues.words["noun_filler"] and before != "and"
    return False


def _phrase_start(cues: WeaponCues, at: int) -> int | None:
    """Return the offset of the first of the small words between a name and its class noun; None over a line break."""
    scene = cues.scene
    tokens = scene.parse.tokens
    first = at
    while first:
        previous = tokens[first - 1]
        if previous.sentence != tokens[at].sentence:
            break
        word = previous.text
        is_filler = word.islower() and (word in cues.words["noun_filler"] or scene.is_class_noun(previous))
        if word in ("and", "or") and not tokens[first].text.islower():
            break
        is_measure = word == "mm" or (
            _FIGURE.fullmatch(word) is not None and tokens[first].text in ("mm", "-", "-inch", "inch")
        )
        if not (is_filler or is_measure or (word in ("-", "‑") and tokens[first].text.islower())):
            break
        first -= 1
    if tokens[first].text in ("and", "or", "-", "to"):
        return None
    start = tokens[first].span.start
    return None if "\n" in scene.text[start : tokens[at].span.end] else start


def _read(cues: WeaponCues, end: int, noun: Token) -> Candidate | None:
    match = _NAME_BEFORE.search(cues.scene.text, max(end - _FAR, 0), end)
    return None if match is None else _candidate(cues, match.start(1), match.end(1), noun)


def _candidate(cues: WeaponCues, start: int, end: int, noun: Token) -> Candidate | None:
    """Return the weapon of a run of capitalised words, nothing where they are something else."""
    scene = cues.scene
    start = _trim(cues, start, end)
    text = scene.text[start:end]
    if start >= end or not scene.is_news(start, end) or scene.is_in_capitals(start, end):
        return None
    words = text.split()
    if not _is_name(cues, words) or cues.is_numbered(start) or cues.is_other(text):
        return None
    is_marked = len(words) > 1 or any(c.isdigit() for c in text) or sum(map(str.isupper, text)) > 1
    token = scene.token_at(start)
    if not is_marked:
        if len(text) < _FEWEST_LETTERS or token is None or token.pos not in ("PROPN", ""):
            return None
    if scene.is_sentence_start(start) and not _stands_elsewhere(cues, text):
        return None
    confidence = _WEAK if is_marked else _GUESS
    # "Patriot GEM-T missiles": more than the listed name inside
    is_longer = any(start <= h.start < h.end <= end and h.end - h.start < end - start for h in cues.hits)
    tier = Tier.NAMED if is_longer and len(words) > 1 else Tier.LOOSE
    return weapon_candidate(cues, start, end, "pattern.name-and-kind", confidence, tier=tier)


def _trim(cues: WeaponCues, start: int, end: int) -> int:
    """Leave owners, makers, states, forces, sentence openers and plain words in front out of the name."""
    scene, words = cues.scene, cues.words
    if owner := _POSSESSIVE.match(scene.text[start:end]):
        start += owner.end()
    plain = scene.once("kinds.plain", lambda: _plain_words(cues))
    while start < end:
        if (count := _COUNT.match(scene.text, start, end)) or is_count(scene.text[start:end].split(" ")[0]):
            start = count.end() if count else scene.text.index(" ", start) + 1 if " " in scene.text[start:end] else end
            continue
        ends = [e for e, s in cues.firm_ends.items() if s == start and start < e < end and scene.text[e] in " -"]
        if ends:
            start = max(ends) + 1
            continue
        match = re.match(r"\S+\s", scene.text[start:end])
        if match is None:
            break
        word = match.group().strip()
        following = scene.text[start + match.end() : end].split()
        pair = f"{word} {following[0]}" if following else word
        is_state = any(r.type is EntityType.STATE for name in (word, pair) for r in scene.gazetteer.find(name))
        is_place = any(r.type is EntityType.PLACE for r in scene.gazetteer.find(word)) and len(following) > 1
        is_owner = scene.gazetteer.state_of_adjective(word) or scene.gazetteer.state_of_adjective(pair)
        if word in plain or word.lower() in words["title"] or is_owner or is_state or is_place:
            start += match.end()
        else:
            break
    return start


def _plain_words(cues: WeaponCues) -> frozenset[str]:
    cased = cues.words.cased
    return frozenset((*cased["firm_opener"], *cased["generic_word"]))


def _is_name(cues: WeaponCues, words: list[str]) -> bool:
    """Say whether at least one word is a proper one and none belongs to a force, a body, an office or a date."""
    cased = cues.words.cased
    force = cues.scene.once(
        "kinds.force",
        lambda: frozenset(w for f in cased["force_word"] for w in f.split()) - {"Special", "Air"},
    )
    if any(w in force or w in cased["strong_body_head"] or w in cased["calendar"] for w in words):
        return False
    if words[0] in cased["before_number"] or words[0][0].isdigit() or words[0] in ("Block", "Batch", "Mk", "Mark"):
        return False
    if any(cues.scene.gazetteer.state_of_adjective(w) for w in words) or words[-1].lower() in cues.words["title"]:
        return False
    proper = [w for w in words if w not in cased["generic_word"] and w not in cased["firm_opener"]]
    return any(len(w) > 1 and not w.isdigit() and w not in cased["not_person"] for w in proper)


def _stands_elsewhere(cues: WeaponCues, text: str) -> bool:
    """Say whether a name that opens a sentence also stands inside one: only then is its capital a name's."""
    if any(c.isdigit() for c in text) or sum(map(str.isupper, text)) > 2:
        return True
    scene = cues.scene
    pattern = rf"(?<![\w-]){any_of([text])}(?!\w)"
    return any(not scene.is_sentence_start(m.start()) for m in re.finditer(pattern, scene.text))
