"""Ministries, agencies, parliaments and other bodies by the way their names are built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import STATE_MARK, Scene, any_of
from armsgraph.model import EntityType, MentionForm

__all__ = ["find_bodies", "goes_on"]

_LIKELY, _FAIR, _WEAK = 0.92, 0.85, 0.65
_CAP = r"(?>[A-ZÀ-ÞİŞ][\w'’.&-]*)"
_STATE = rf"{STATE_MARK}+"
_LINKS = ("of", "and", "for", "on", "the", "&")
_NOT_CUT = re.compile(r"\b(?:U\.S|U\.K|St|Lt|Gen)$")
_OWNER = re.compile(r"['’]s$")


def find_bodies(scene: Scene) -> Iterator[Candidate]:
    """Yield government bodies, with or without their state in front."""
    yield from _ministries(scene)
    yield from _bare_ministries(scene)
    yield from _agencies(scene)
    yield from _offices(scene)
    yield from _bare_bodies(scene)
    yield from _committees(scene)


def _ministry_pattern(scene: Scene) -> str:
    words = scene.words
    subject, word = any_of(words.cased["ministry_subject"]), any_of(words.cased["ministry_word"])
    owner = rf"(?:(?:{_STATE}|Union|Federal) )?(?:Federal |Royal |Union )?"
    capitals = any_of(w.upper() for w in words.cased["ministry_subject"])
    heads = any_of(w.upper() for w in words.cased["ministry_word"])
    forms = (
        rf"{owner}(?:Ministry|Department|Secretariat) (?:of|for) (?:the )?(?:{subject})"
        rf"(?:(?:,| and| &) (?:{subject}))*(?: of (?:the )?(?:Republic of )?(?:{_STATE}))?",
        rf"{owner}(?:{word}) (?:Ministry|Department)",
        rf"{owner}(?:{word}|{word.lower()}) (?:ministry|department)",
        rf"ministry of (?:{any_of(words['ministry_subject'])})",
        rf"{owner}Mo[DdE]F?",
        "MOD",
        rf"MINISTRY OF (?:{capitals})",
        rf"(?:{heads}) MINISTRY",
    )
    return rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])"


def _ministries(scene: Scene) -> Iterator[Candidate]:
    pattern = scene.pattern("bodies.ministry", lambda: _ministry_pattern(scene))
    for match in pattern.finditer(scene.masked):
        if scene.is_news(*match.span()):
            yield _found(match.span(), "pattern.ministry", _LIKELY)


def _bare_ministries(scene: Scene) -> Iterator[Candidate]:
    for match in re.finditer(r"(?<![\w-])Ministry(?![\w-])(?! (?:of|for) )", scene.text):
        before = scene.word_before(match.start())
        if (before == "The" or not before[:1].isupper()) and scene.is_news(*match.span()):
            yield _found(match.span(), "pattern.bare-ministry", _FAIR)
    for match in re.finditer(r"\b(?:[Tt]he|its) (ministry|cabinet)(?![\w-])(?! (?:of|for) )", scene.text):
        if scene.is_news(*match.span(1)):
            yield Candidate(
                start=match.start(1),
                end=match.end(1),
                type=EntityType.GOVERNMENT_BODY,
                form=MentionForm.NOMINAL,
                rule="pattern.nominal-body",
                confidence=_WEAK,
            )


def _agency_pattern(scene: Scene) -> str:
    heads = any_of(scene.words.cased["strong_body_head"])
    tail = rf"(?: (?:of|for|on)(?: the)?(?: {_CAP}(?:(?: and| &|,)? {_CAP}){{0,6}}))?"
    return rf"(?<![\w-])((?:{_CAP}(?: (?:of|and|for|on|the|&) | )){{1,6}}?)({heads})({tail})(?![\w-])"


def _agencies(scene: Scene) -> Iterator[Candidate]:
    """Yield capitalised names in front of a word like Agency, Council, Committee."""
    pattern = scene.pattern("bodies.agency", lambda: _agency_pattern(scene))
    for match in pattern.finditer(scene.text):
        start = _trim_front(scene, match.start(), match.start(2))
        end = _cut_end(scene, match.end(2), match.end())
        front = scene.text[start : match.start(2)].strip()
        if not front or not scene.is_news(start, end) or scene.is_in_capitals(start, end):
            continue
        # "the Army's Materiel Command", not "Attorney General's Office"
        if _OWNER.search(front) and match.group(2) not in scene.words.cased["soft_body_head"]:
            continue
        if match.group(2) in scene.words.cased["soft_body_head"] and (
            front in scene.words.cased["not_person"] or front in scene.words.cased["generic_word"]
        ):
            continue
        yield _found((start, end), "pattern.agency", _FAIR)
    for match in re.finditer(rf"{_STATE} [Ee]mbassy(?![\w-])", scene.masked):
        if scene.is_news(*match.span()):
            yield _found(match.span(), "pattern.embassy", _FAIR)


def _offices(scene: Scene) -> Iterator[Candidate]:
    """Yield names behind "Directorate of", "Committee on" and the like."""
    pattern = scene.pattern(
        "bodies.office",
        lambda: (
            rf"(?<![\w-])({any_of(scene.words.cased['agency_front'])}) (?:of|for|on)(?: the)?"
            rf"(?: {_CAP}(?:(?: and| &|,| for| of)? {_CAP}){{0,5}})"
        ),
    )
    for match in pattern.finditer(scene.text):
        span = match.start(), _cut_end(scene, match.end(1), match.end())
        if span[1] > match.end(1) and scene.is_news(*span) and not scene.is_in_capitals(*span):
            yield _found(span, "pattern.agency", _FAIR, tier=Tier.DERIVED)


def _bare_bodies(scene: Scene) -> Iterator[Candidate]:
    pattern = scene.pattern(
        "bodies.bare",
        lambda: (
            rf"(?<![\w-])(?:(?:Cabinet|Parliament) of (?:the )?(?:{_STATE})|"
            rf"{any_of(scene.words.cased['bare_body'])})(?![\w-])"
        ),
    )
    for match in pattern.finditer(scene.masked):
        before = scene.word_before(match.start())
        is_inside = before[:1].isupper() and before not in scene.words.cased["firm_opener"]
        if not is_inside and not goes_on(scene, match.end()) and scene.is_news(*match.span()):
            yield _found(match.span(), "pattern.bare-body", _FAIR)


def _committees(scene: Scene) -> Iterator[Candidate]:
    """Yield committees of parliaments in lower case: "the budget committee", "the defence committee of the Senate"."""
    pattern = scene.pattern(
        "bodies.committee",
        lambda: (
            rf"(?:\b(?:[Tt]he|[Ii]ts) |['’]s? )(?:(?:former|powerful|parliamentary) )?"
            rf"((?:national )?(?:{any_of(scene.words['committee_topic'])}) committee"
            rf"(?: of the [A-Z][\w-]+(?! [A-Z]))?)(?![\w-])"
        ),
    )
    for match in pattern.finditer(scene.text):
        if scene.is_news(*match.span(1)):
            yield _found(match.span(1), "pattern.committee", _FAIR)


def goes_on(scene: Scene, end: int) -> bool:
    """Say whether a longer name goes on behind ("Army Chief", "Navy Day", "Air Force One")."""
    return re.match(r" [A-Z][\w-]*", scene.text[end : end + 20]) is not None and not scene.is_in_capitals(end - 1, end)


def _cut_end(scene: Scene, head: int, end: int) -> int:
    """Cut a name behind the subject of a ministry, and before a weekday, a month or a title that follows it."""
    subjects = scene.pattern(
        "bodies.subject",
        lambda: (
            rf"(?:{any_of(scene.words.cased['ministry_subject'])})\b(?! (?:and|&|of|[A-Z]+&?[A-Z]* )|,)(?! [A-Z]\w+ &)"
        ),
    )
    if stop := re.search(r"(?<=[a-z]{3})[.:;] ", scene.text[head:end]):
        end = head + stop.start()
    for word in re.finditer(r"[\w'’-]+", scene.text[head:end]):
        bare = word.group()
        # "Tawazun Council for Thunder P3 kits"
        if any(map(str.isdigit, bare)):
            return head
        if subject := subjects.match(scene.text, head + word.start()):
            following = scene.text[subject.end() : end]
            return end if re.match(r" (?:&|[A-Z]\w+ (?:&|and) )", following) else subject.end()
        if bare in scene.words.cased["calendar"] or bare.lower() in scene.words["title"]:
            return head + len(scene.text[head : head + word.start()].rstrip(" ,").removesuffix(" on").rstrip(" ,"))
    return end


def _trim_front(scene: Scene, start: int, head: int) -> int:
    """Leave articles, sentence openers, prepositions in title case and full stops in front out of the name."""
    text = scene.text
    inner = list(re.finditer(r"(?<=[\w)])(?:[.:;?!,]|['’]s?) (?=[A-Z])", text[start:head]))
    if inner and not _NOT_CUT.search(text[start : start + inner[-1].start()]):
        start += inner[-1].end()
    while start < head:
        match = re.match(r"(\S+)\s+", text[start:head])
        if not match:
            break
        word = match.group(1).strip(".,'’")
        # "Public Accounts Committee"
        if word == "Public" or (word not in scene.words.cased["firm_opener"] and word.lower() not in _LINKS):
            break
        start += match.end()
    return start


def _found(span: tuple[int, int], rule: str, confidence: float, *, tier: int = Tier.NAMED) -> Candidate:
    return Candidate(
        start=span[0], end=span[1], type=EntityType.GOVERNMENT_BODY, rule=rule, confidence=confidence, tier=tier
    )
