"""Senses of place names: a capital as the state, a capital as a town, a town as a word or a surname."""

from __future__ import annotations

import re

from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType, Token

__all__ = ["has_place_cue", "is_dateline", "is_place_here", "stands_for_state"]

_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,20})?"
    r"(?:,? ?\(?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? ?\d{0,2}(?:,? \d{4})?\)?)?"
    r" ?(?:\([A-Z][\w /.-]{1,30}\))? ?(?:[-–—:|/]{1,2}|—)\s?"
)
_DATE_BEHIND = re.compile(r", ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b", re.IGNORECASE)
_JOURNEY = 8
_LONGEST_PLACE = 7
_POSSESSIVE = re.compile(r"['’]s?\b")
_LEFT_OF_VERB = ("nsubj", "nsubjpass", "agent", "csubj")


def stands_for_state(scene: Scene, start: int, end: int) -> bool:
    """Say whether a capital stands for its government ("Moscow said", "a deal with Ankara").

    It does not after "in" or "at", in a dateline, beside its own country ("Ankara, Turkey"), as the end of a journey
    or in front of an airport; without any sign it is a place.
    """
    words = scene.words
    if is_dateline(scene, start, end) or _names_own_place(scene, end):
        return False
    before = scene.before(start, 4)
    previous = before[-1].text.lower() if before else ""
    if previous in words["place_preposition"]:
        return False
    after = scene.after(end, 3)
    following = after[0].text.lower() if after else ""
    if following in words["place_noun"] or (following == "-" and len(after) > 1 and after[1].text.lower() == "based"):
        return False
    if scene.text[end : end + 6].lower() in ("-based", "‑based"):
        return False
    nearby = {t.text.lower() for t in before}
    if previous in ("to", "from", "of", "for", "via", "through"):
        far = {t.text.lower() for t in scene.before(start, _JOURNEY)} if previous in ("to", "from") else nearby
        if far & words["travel_word"] or nearby & words["compass"]:
            return False
        # "Milkor, of Pretoria": who is from a capital is no part of its government
        if previous == "of" and _is_owner(scene, start):
            return False
        return previous != "via" and not (previous == "of" and nearby & words["place_noun"])
    if previous in words["place_verb"]:
        return False
    if _POSSESSIVE.match(scene.text, end):
        return not (len(after) > 1 and after[1].text.lower() in words["place_noun"])
    if previous in words["state_preposition"] - {"and", "among"}:
        return True
    token = scene.token_at(end - 1)
    if token is not None and token.dep in _LEFT_OF_VERB:
        return True
    if _opens_headline(scene, start, end):
        return True
    if token is not None and token.dep == "conj":
        return _conjunct_is_state(scene, token)
    is_inside = before and before[-1].text[:1].isupper() and before[-1].text not in words.cased["calendar"]
    if following in words["capital_verb"] and not is_inside:
        return True
    if previous in words["giving_verb"] and following not in (",", ".", ";"):
        return True
    if following == "and" or previous == "and":
        return following in words["capital_verb"] or _beside_state(scene, start, end)
    if token is not None and token.dep in ("dative", "dobj") and token.head != token.i:
        return scene.parse.tokens[token.head].lemma.lower() not in words["travel_word"]
    return False


def _opens_headline(scene: Scene, start: int, end: int) -> bool:
    """Say whether a capital is what a headline is about ("Doha back at table for more jets")."""
    if not scene.is_line_start(start) or scene.is_in_capitals(start, end):
        return False
    line_end = scene.text.find("\n", end)
    line = scene.text[end : line_end if line_end >= 0 else len(scene.text)].rstrip()
    words = scene.words
    following = re.match(r" ([a-z]+)", line)
    if following is None or following[1] in words["firm_cue"] | words["site_noun"] | words["place_noun"]:
        return False
    return not line.endswith((".", ":", ";", ","))


def is_place_here(scene: Scene, start: int, end: int, *, is_small: bool = False) -> bool:
    """Say whether the name of a town means the town, not a person, firm or word; a small one needs a sign."""
    text = scene.text[start:end]
    if scene.word_before(start).lower().rstrip(".") in {t.rstrip(".") for t in scene.words["title"]}:
        return False
    if scene.text[start - 1 : start] in ("'", "’") and scene.text[start - 2 : start - 1].isalpha():
        return False
    if text.lower() in scene.words["ambiguous_place"]:
        return has_place_cue(scene, start, end)
    return not is_small or " " in text or has_place_cue(scene, start, end)


def has_place_cue(scene: Scene, start: int, end: int) -> bool:
    """Say whether something around a name shows that it is a place."""
    words = scene.words
    before = scene.before(start, 3)
    previous = before[-1].text.lower() if before else ""
    after = scene.after(end, 2)
    following = after[0].text.lower() if after else ""
    if previous in words["place_preposition"] or is_dateline(scene, start, end) or _names_own_place(scene, end):
        return True
    if following in words["place_noun"] or scene.text[end : end + 6].lower() == "-based":
        return True
    nearby = {t.text.lower() for t in before}
    if previous in ("to", "from", "of", "for") and (nearby & words["travel_word"]):
        return True
    if previous == "," and len(before) > 1 and _ends_place(scene, before[-1].span.start):
        return True
    if previous == "of" and _is_owner(scene, start):
        return True
    return previous in words["place_verb"]


def is_dateline(scene: Scene, start: int, end: int) -> bool:
    """Say whether the name opens a line as a dateline ("ANKARA, June 4 (Agency) -")."""
    if _DATE_BEHIND.match(scene.text, end):
        return True
    if not scene.is_line_start(start):
        return False
    match = _DATELINE.match(scene.text, end)
    if match and match.group().strip():
        return True
    rest = scene.text[end : scene.text.find("\n", end) if "\n" in scene.text[end:] else len(scene.text)]
    return scene.text[start:end].isupper() and re.match(r"\s*[,(:—–-]", rest) is not None


def _names_own_place(scene: Scene, end: int) -> bool:
    """Say whether a state or region follows after a comma: "Tartus, Syria"."""
    match = re.match(r", ?((?:[A-Z][\w'’.-]*)(?: [A-Z][\w'’.-]*){0,2})", scene.text[end : end + 50])
    if not match:
        return False
    name = match.group(1)
    options = {name, name.rstrip("."), " ".join(name.split()[:2]), name.split()[0]}
    if options & set(scene.words.cased["us_state_abbreviation"]) or options & set(scene.words.cased["us_state_code"]):
        return True
    found = [r for o in options for r in scene.gazetteer.find(o)]
    return any(
        r.type is EntityType.STATE or (r.type is EntityType.PLACE and getattr(r, "kind", "") == "federal state")
        for r in found
    )


def _is_owner(scene: Scene, start: int) -> bool:
    """Say whether a firm stands before "of" or ", of"."""
    match = re.search(r"([\w&.-]+(?: [\w&.-]+){0,3}),? of $", scene.text[max(start - 60, 0) : start])
    if match is None:
        return False
    words = match.group(1).split()
    if words[-1] in scene.words["firm_cue"]:
        return True
    tails = (" ".join(words[i:]) for i in range(len(words)))
    forms, heads = scene.words.cased["legal_form"], scene.words.cased["firm_head"]
    if words[-1][:1].isupper() and (words[-1] in heads or words[-1] in forms):
        return True
    return any(r.type is EntityType.FIRM for tail in tails if tail[:1].isupper() for r in scene.gazetteer.find(tail))


def _ends_place(scene: Scene, end: int) -> bool:
    """Say whether a listed place of one or more words ends here ("Wright-Patterson Air Force Base")."""
    tails = [scene.text[t.span.start : end] for t in scene.before(end, _LONGEST_PLACE)]
    return any(r.type is EntityType.PLACE for tail in tails for r in scene.gazetteer.find(tail))


def _conjunct_is_state(scene: Scene, token: Token) -> bool:
    head = scene.parse.tokens[token.head]
    if head.dep in _LEFT_OF_VERB:
        return True
    if head.dep == "pobj":
        preposition = scene.parse.tokens[head.head].text.lower()
        return preposition in scene.words["state_preposition"] or preposition == "of"
    return False


def _beside_state(scene: Scene, start: int, end: int) -> bool:
    for token in (*scene.before(start, 2), *scene.after(end, 2)):
        if scene.gazetteer.state_of_metonym(token.text) or any(
            r.type is EntityType.STATE for r in scene.gazetteer.find(token.text)
        ):
            return True
    return False
