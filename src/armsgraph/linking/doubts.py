"""Doubts that what stands around the names of an entity casts on a link: another sense, a longer name.

A capital is a town or a government; a firm's name may begin that of its subsidiary, a town's that of an office; the
Germany of 1945 is another state than the one of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.offices import office_kind
from armsgraph.lexicon.records import FirmRecord, PlaceRecord, StateRecord
from armsgraph.linking.scene import Case, Scene
from armsgraph.linking.scoring import Sign, sign
from armsgraph.model import EntityType, Mention

__all__ = ["doubt_firm", "doubt_place", "doubt_state"]

_REGION = "federal state"
_NEAR = 60
_NEXT_WORD = 5
_ARTICLES = frozenset({"a", "an"})
# Prepositions that stand before towns and before governments and firms alike ("from Ankara", "director at Kongsberg",
# "every dollar points at Beijing").
_LOOSE = frozenset({"from", "of", "to"})
_OF_NO_TOWN = frozenset({"at"})
_STOP = re.compile(r"[.;!?\n]")
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.'’&-]*)[ \t]+\Z")
_WORD_BEHIND = re.compile(r"[ \t]+([^\W\d_][\w.'’&/-]*)")
_TITLE_BEHIND = re.compile(r"(?:[ \t]+[A-Z][\w'’-]*){2,4}")
_HYPHEN = re.compile(r"[-‑](?!based\b|led\b|built\b|made\b|owned\b|backed\b)[^\W\d_]{2}")
_BASED = re.compile(r"[-‑ ]based\b")
# "ANKARA, June 4 (Agency) -", "Rabat (agency) –", "OTTAWA —", "CASABLANCA. –"
_DATELINE = re.compile(
    r"(?:,[^\n,]{0,20})?\.?(?:,?[ ]\(?\w{3,9}\.?[ ]\d{1,2}[^\n]{0,12})?[ ]?(?:\([^)\n]{1,40}\))?[ ]?[-–—:|/]"
)
_DATE_BEHIND = re.compile(
    r",[ ](?:\d{1,2}(?:st|nd|rd|th)?[ ])?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s")
_REGION_BEHIND = re.compile(r"(?:[ ]?[,(][ ]?|[ ]in[ ])((?:[A-Z][\w'’.-]*)(?:[ ][A-Z][\w'’.-]*){0,2})")
_NAME_COMMA_BEFORE = re.compile(r"[^\W\d_][\w.'’-]*,[ ]\Z")
_LISTED_BEFORE = re.compile(r"([^\W\d_][\w.'’-]*)(?:,? and|,)[ ]\Z")
# As many words in capitals out of a line make it a headline, where a capital says nothing.
_HEADLINE = 0.6


def doubt_place(case: Case, row: PlaceRecord) -> Iterator[Sign]:
    """Yield the doubts that an entity is this place: its government, a firm, the region around, or a longer name."""
    scene = case.scene
    if row.kind != _REGION and all(_has_region_behind(scene, m) for m in case.mentions):
        yield sign("region around it", f"the text speaks of the region around {row.name}")
    if all(_is_cut(scene, m) for m in case.mentions):
        yield sign("cut out of a longer name", "it is written as a part of a longer name")
    is_capital = row.kind == "capital" or all(scene.gazetteer.state_of_metonym(n) is not None for n in case.names)
    if is_capital and not any(_is_told_as_town(scene, m) for m in case.mentions):
        yield sign("place or government", f"nothing shows whether {row.name} is the town or its government")
    elif _is_name_of_firm(case) and not any(_is_told_as_town(scene, m, beside_firms=True) for m in case.mentions):
        yield sign("place or firm", f"a firm is called {row.name} too")


def doubt_state(case: Case, row: StateRecord) -> Iterator[Sign]:
    """Yield the doubts that an entity is this state: one of the past, one of which the text names but the capital."""
    scene = case.scene
    if all(_is_of_the_past(scene, m) for m in case.mentions):
        yield sign("state of the past", f"the text speaks of the {row.name} of that time")
    if row.code is None or any(scene.gazetteer.state_of_metonym(n) is not row for n in case.names):
        return
    # an adjective ("Omani") names the state too
    if scene.state_mentions.get(row.code, 0) > len(case.mentions):
        return
    if all(fold_name(n) in _folded(scene, "shared_metonym") for n in case.names):
        yield sign("seat of several", f"{case.names[0]} stands for others than {row.name} too")
    elif any(_is_told_as_town(scene, m, is_loose=True) for m in case.mentions):
        yield sign("town or government", f"{case.names[0]} may be the town, and the text does not name {row.name}")
    if all(_is_cut(scene, m) for m in case.mentions):
        yield sign("cut out of a longer name", "it is written as a part of a longer name")


def doubt_firm(case: Case, row: FirmRecord) -> Iterator[Sign]:
    """Yield the doubts that an entity is this firm and not a part of it: "Saab" before "Kockums"."""
    if all(_goes_on(case.scene, m) for m in case.mentions):
        yield sign("cut out of a longer name", f"the names go on as those of a part of {row.name} may")


def _is_of_the_past(scene: Scene, mention: Mention) -> bool:
    """Say whether the name of a war or regime of before 1946 stands close to a name, with no stop between."""
    text, start, end = scene.document.text, mention.span.start, mention.span.end
    front = _STOP.split(text[max(0, start - _NEAR) : start])[-1]
    behind = _STOP.split(text[end : end + _NEAR])[0]
    return any(era in part for part in (front, behind) for era in scene.gazetteer.words.cased["past_era"])


def _is_told_as_town(scene: Scene, mention: Mention, *, beside_firms: bool = False, is_loose: bool = False) -> bool:
    """Say whether what stands around a name shows a town; `is_loose`: only what stands before it, and hints count."""
    text, start, end = scene.document.text, mention.span.start, mention.span.end
    words = scene.gazetteer.words
    before = _word_before(text, start)
    prepositions = words["place_preposition"] | (_LOOSE if not beside_firms else set())
    if before in prepositions - (_OF_NO_TOWN if not is_loose else set()):
        # "a trip to Rome", but "a letter to Rome"
        return is_loose or before != "to" or bool(_words_before(text, start) & words["travel_word"])
    if is_loose:
        return False
    if before in words["place_verb"] or before in words["compass"] or before in words["place_noun"]:
        return True
    if _BASED.match(text, end) or _is_dateline(text, start, end) or _lies_in_named_region(scene, mention):
        return True
    behind = _WORD_BEHIND.match(text, end)
    if (
        behind is not None
        and behind.group(1).rstrip(".").lower() in words["place_noun"] | words["facility"] | words["site_noun"]
    ):
        return True
    # "Washington, D.C." says itself where it lies
    if "," in mention.text:
        return True
    if _NAME_COMMA_BEFORE.search(text, max(0, start - _NEAR), start) and _is_listed_place(scene, text, start):
        return True
    return before in ("and", "or", "via", "through", "for") and _is_behind_town(scene, mention)


def _is_behind_town(scene: Scene, mention: Mention) -> bool:
    """Say whether another town stands before "and": "in Paris and London"; or a journey before "for"."""
    text, start = scene.document.text, mention.span.start
    before = _word_before(text, start)
    near = _words_before(text, start)
    if before in ("via", "through", "for"):
        return before != "for" or bool(near & scene.gazetteer.words["travel_word"])
    return bool(near & (scene.gazetteer.words["place_preposition"] - _OF_NO_TOWN | {"from"}))


def _words_before(text: str, start: int) -> set[str]:
    """Return the last words before a name, in its line."""
    return {w.lower() for w in re.findall(r"\w+", text[max(0, start - _NEAR) : start].rpartition("\n")[2])[-8:]}


def _is_listed_place(scene: Scene, text: str, start: int) -> bool:
    listed = _LISTED_BEFORE.search(text, max(0, start - _NEAR), start)
    return listed is not None and bool(scene.gazetteer.find(listed.group(1), EntityType.PLACE))


def _is_dateline(text: str, start: int, end: int) -> bool:
    if _DATE_BEHIND.match(text, end):
        return True
    front = text[text.rfind("\n", 0, start) + 1 : start]
    rest = text[end:].partition("\n")[0].strip()
    # a line of its own, or the end of a byline
    if not rest and (not front.strip() or front.endswith((", ", "/"))):
        return True
    if _NUMBER.sub("", front).strip(" \t*_#>|([\"'“-–—"):
        return False
    if front.endswith("(") and rest.startswith(")"):
        return True
    return (
        _DATELINE.match(text, end) is not None
        or rest.startswith(".")
        or (text[start:end].isupper() and rest[:1] == ",")
    )


def _lies_in_named_region(scene: Scene, mention: Mention) -> bool:
    """Say whether a state or region stands behind a comma or "in": "Tartus, Syria"."""
    behind = _REGION_BEHIND.match(scene.document.text, mention.span.end)
    words = behind.group(1).split() if behind is not None else []
    for length in range(len(words), 0, -1):
        for row in scene.gazetteer.find(" ".join(words[:length]).rstrip(".'"), None):
            if isinstance(row, StateRecord) or (isinstance(row, PlaceRecord) and row.kind == _REGION):
                return True
    return False


def _has_region_behind(scene: Scene, mention: Mention) -> bool:
    behind = _WORD_BEHIND.match(scene.document.text, mention.span.end)
    return behind is not None and behind.group(1).rstrip(".").lower() in scene.gazetteer.words["region_word"]


def _is_name_of_firm(case: Case) -> bool:
    return all(case.scene.gazetteer.find(n, EntityType.FIRM) for n in case.names)


def _is_cut(scene: Scene, mention: Mention) -> bool:
    """Say whether a name stands in a longer one: "Abu Dhabi Police", "TTS Port of Spain"."""
    text, start = scene.document.text, mention.span.start
    if _goes_on(scene, mention):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - _NEAR), start)
    if before is None or start in scene.ends_before or _is_headline(text, start):
        return False
    word, at = before.group(1), before.start(1)
    is_first = not text[:at].rstrip(" \t\"'“‘(") or text[:at].rstrip(" \t\"'“‘(")[-1] in ".!?:;\n–—-|"
    return word.isupper() and len(word) > 1 and not is_first and not _is_common(scene, word)


def _goes_on(scene: Scene, mention: Mention) -> bool:
    """Say whether a name goes on behind a mention with a capital or a hyphen that begins no other name or title."""
    text, end = scene.document.text, mention.span.end
    if _HYPHEN.match(text, end):
        return True
    behind = _WORD_BEHIND.match(text, end)
    if behind is None or behind.start(1) in scene.starts or _is_headline(text, end):
        return False
    word = behind.group(1)
    # "a Rheinmetall MLG", "a Dassault Falcon 6X": the name of a product
    if not word[0].isupper() or any(c.isdigit() for c in text[behind.start(1) : behind.end(1) + _NEXT_WORD]):
        return False
    if _word_before(text, mention.span.start) in _ARTICLES:
        return False
    return not _is_common(scene, word) and not _is_office_behind(scene, end)


def _is_office_behind(scene: Scene, end: int) -> bool:
    """Say whether the title of a person stands behind a name: "on Monday in Tokyo Foreign Minister Doe signed"."""
    behind = _TITLE_BEHIND.match(scene.document.text, end)
    words = behind.group().split() if behind is not None else []
    return any(office_kind(" ".join(words[:length]), scene.gazetteer) for length in range(2, len(words) + 1))


def _is_common(scene: Scene, word: str) -> bool:
    """Say whether a word in capitals is no part of the name beside it: a title, a rank, a month."""
    words, bare = scene.gazetteer.words, fold_name(word)
    lists = ("office_word", "title", "rank", "calendar", "place_noun", "compass", "legal_form", "place_preposition")
    if any(bare in words[name] or word.lower() in words[name] for name in lists):
        return True
    return bool(scene.gazetteer.state_of_adjective(word)) or bare in scene.lexicon.words["legal_forms"]


def _is_headline(text: str, at: int) -> bool:
    """Say whether a line is written with capitals throughout."""
    line_end = text.find("\n", at)
    line = text[text.rfind("\n", 0, at) + 1 : line_end if line_end >= 0 else len(text)]
    words = re.findall(r"[^\W\d_][\w'’-]*", line)
    long_ones = [w for w in words if len(w) > 3]
    if len(words) <= 3 or line.rstrip().endswith("."):
        return False
    return sum(1 for w in long_ones if w[:1].isupper()) > _HEADLINE * len(long_ones)


def _word_before(text: str, start: int) -> str:
    before = re.search(r"([^\W\d_]+)[ \n]+(?:the[ ])?[\"“'‘]?\Z", text[max(0, start - _NEAR) : start])
    return before.group(1).lower() if before is not None else ""


def _folded(scene: Scene, name: str) -> frozenset[str]:
    return frozenset(fold_name(w) for w in scene.gazetteer.words[name])
