"""Forces, ministries, agencies and other bodies by the way their names are built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType, MentionForm

__all__ = ["find_bodies"]

_LIKELY, _FAIR, _WEAK = 0.92, 0.85, 0.65
_CAP = r"[A-ZÀ-ÞİŞ][\w'’.&-]*"


def find_bodies(scene: Scene) -> Iterator[Candidate]:
    """Yield forces and government bodies, with or without their state in front."""
    states = _state_words(scene)
    yield from _forces(scene, states)
    yield from _bare_forces(scene)
    yield from _units(scene)
    yield from _ministries(scene, states)
    yield from _agencies(scene, states)


def _state_words(scene: Scene) -> str:
    """Return a pattern for the names and demonyms of states that stand in the text."""
    words = set()
    for state in scene.gazetteer.states.values():
        for name in (state.name, *state.aliases, *state.demonyms):
            if len(name) > 1 and name in scene.text:
                words.add(name)
    words |= {w.upper() for w in words if w.upper() in scene.text}
    return _any(words) if words else r"(?!)"


def _any(words: Sequence[str] | set[str] | frozenset[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _forces(scene: Scene, states: str) -> Iterator[Candidate]:
    force = _any(scene.words.cased["force_word"])
    lower = _any(scene.words["force_word_lower"])
    upper = _any({w.upper() for w in scene.words.cased["force_word"]})
    owner = rf"(?:(?:{states})(?:['’]s)?)"
    patterns = (
        # "Royal Thai Navy", "Indian Army", "Royal Navy of Oman", "Sri Lanka navy"
        rf"(?<![\w-])(?:Royal )?{owner} (?:Royal |National |Federal |People['’]s )?(?:{force}|{upper}|{lower})(?![\w-])",
        rf"(?<![\w-])Royal (?:{force})(?! of)(?![\w-])",
        rf"(?<![\w-])(?:Royal )?(?:{force}) of (?:the )?(?:Republic of )?(?:{states})(?![\w-])",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, scene.text):
            text = match.group()
            if re.search(r"['’]s ", text.replace("People's ", "").replace("People’s ", "")):
                continue
            if scene.is_news(*match.span()):
                yield _found(match.span(), EntityType.ARMED_FORCE, "pattern.force", _LIKELY)


def _bare_forces(scene: Scene) -> Iterator[Candidate]:
    """Yield "the Navy" as a name, and "the navy" as a description that the entities stage may tie to a state."""
    for match in re.finditer(rf"(?<![\w-])(?:{_any(scene.words.cased['bare_force'])})(?![\w-])", scene.text):
        start, end = match.span()
        before, after = scene.word_before(start), scene.word_after(end)
        if _goes_on(scene, end) and after not in scene.words.cased["force_follower"]:
            continue
        if before[:1].isupper() and scene.text[start - 1 : start] == " " and not _may_precede(scene, start, before):
            continue
        if scene.is_news(start, end):
            yield _found((start, end), EntityType.ARMED_FORCE, "pattern.bare-force", _FAIR)
    capitals = _any({w.upper() for w in scene.words.cased["bare_force"]})
    for match in re.finditer(rf"^[ \t]*({capitals})[ \t]*:?$", scene.text, re.MULTILINE):
        if scene.is_news(*match.span(1)):
            yield _found(match.span(1), EntityType.ARMED_FORCE, "pattern.bare-force", _FAIR)
    lower = _any(scene.words["force_word_lower"] - {"armed forces", "special forces", "marines"})
    for match in re.finditer(rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|['’]s) ({lower})(?![\w-])", scene.text):
        start, end = match.span(1)
        if scene.is_class_noun(scene.word_after(end) or "-") or not scene.is_news(start, end):
            continue
        yield Candidate(
            start=start,
            end=end,
            type=EntityType.ARMED_FORCE,
            form=MentionForm.NOMINAL,
            rule="pattern.nominal-force",
            confidence=_WEAK,
        )


def _may_precede(scene: Scene, start: int, before: str) -> bool:
    """Say whether a capital word in front does not belong to the name ("The Navy", "Defence Navy" not)."""
    return before in scene.words.cased["firm_opener"] or before.endswith(".") or scene.is_in_capitals(start, start + 1)


def _goes_on(scene: Scene, end: int) -> bool:
    """Say whether a longer name goes on behind ("Army Chief", "Navy Day", "Air Force One")."""
    return re.match(r" [A-Z][\w-]*", scene.text[end : end + 20]) is not None and not scene.is_in_capitals(end - 1, end)


def _units(scene: Scene) -> Iterator[Candidate]:
    units = _any(scene.words.cased["unit_word"])
    pattern = rf"(?<![\w-])(?:\d{{1,3}}(?:st|nd|rd|th)|[IVX]{{1,4}}) (?:{_CAP} ){{0,3}}(?:{units})(?![\w-])"
    for match in re.finditer(pattern, scene.text):
        if scene.is_news(*match.span()):
            yield _found(match.span(), EntityType.ARMED_FORCE, "pattern.unit", _FAIR)


def _ministries(scene: Scene, states: str) -> Iterator[Candidate]:
    words = scene.words
    subject, word = _any(words.cased["ministry_subject"]), _any(words.cased["ministry_word"])
    owner = rf"(?:(?:{states}|Union|Federal) )?(?:Federal |Royal |Union )?"
    patterns = (
        rf"(?<![\w-]){owner}(?:Ministry|Department|Office|Directorate|Secretariat) (?:of|for) (?:the )?"
        rf"(?:{subject})(?:(?:,| and| &) (?:{subject}))*(?: of (?:the )?(?:Republic of )?(?:{states}))?(?![\w-])",
        rf"(?<![\w-]){owner}(?:{word}) (?:Ministry|Department)(?![\w-])",
        rf"(?<![\w-]){owner}(?:{word}|{word.lower()}) (?:ministry|department)(?![\w-])",
        rf"(?<![\w-])ministry of (?:{_any(words['ministry_subject'])})(?![\w-])",
        rf"(?<![\w-]){owner}Mo[DdE]F?(?![\w-])",
        r"(?<![\w-])MOD(?![\w-])",
    )
    for pattern in patterns:
        for match in re.finditer(pattern, scene.text):
            if scene.is_news(*match.span()):
                yield _found(match.span(), EntityType.GOVERNMENT_BODY, "pattern.ministry", _LIKELY)
    upper = _any({w.upper() for w in words["ministry_subject"]})
    for match in re.finditer(
        rf"(?<![\w-])(?:MINISTRY OF (?:{upper})|(?:{_any({w.upper() for w in words['ministry_word']})}) MINISTRY)(?!\w)",
        scene.text,
    ):
        if scene.is_news(*match.span()):
            yield _found(match.span(), EntityType.GOVERNMENT_BODY, "pattern.ministry", _LIKELY)
    for match in re.finditer(r"(?<![\w-])Ministry(?![\w-])(?! (?:of|for) )", scene.text):
        if not scene.word_before(match.start())[:1].isupper() or scene.word_before(match.start()) == "The":
            if scene.is_news(*match.span()):
                yield _found(match.span(), EntityType.GOVERNMENT_BODY, "pattern.bare-ministry", _FAIR)
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


def _agencies(scene: Scene, states: str) -> Iterator[Candidate]:
    """Yield capitalised names around a word like Agency, Council, Committee; and embassies."""
    heads = _any(scene.words.cased["strong_body_head"])
    link = r"(?: (?:of|and|for|on|the|&) | )"
    tail = rf"(?: (?:of|for|on)(?: the)?(?: {_CAP}(?:(?: and| &|,)? {_CAP})*))?"
    pattern = rf"(?<![\w-])((?:{_CAP}{link}){{1,6}}?)({heads})({tail})(?![\w-])"
    for match in re.finditer(pattern, scene.text):
        start = _trim_front(scene, match.start(), match.start(2))
        end = _cut_end(scene, match.end(2), match.end())
        if start >= match.start(2) or not scene.is_news(start, end):
            continue
        if scene.is_in_capitals(start, end):
            continue
        if (
            match.group(2) in ("Office", "Wing", "Board", "Organisation", "Organization")
            and scene.text[start : match.start(2)].strip() in scene.words.cased["not_person"]
        ):
            continue
        yield _found((start, end), EntityType.GOVERNMENT_BODY, "pattern.agency", _FAIR)
    for match in re.finditer(rf"(?<![\w-])(?:{states}) [Ee]mbassy(?![\w-])", scene.text):
        if scene.is_news(*match.span()):
            yield _found(match.span(), EntityType.GOVERNMENT_BODY, "pattern.embassy", _FAIR)
    bare = _any(scene.words.cased["bare_body"])
    for match in re.finditer(
        rf"(?<![\w-])(?:(?:Cabinet|Parliament) of (?:the )?(?:{states})|{bare})(?![\w-])", scene.text
    ):
        before = scene.word_before(match.start())
        if before[:1].isupper() and before not in scene.words.cased["firm_opener"] or _goes_on(scene, match.end()):
            continue
        if scene.is_news(*match.span()):
            yield _found(match.span(), EntityType.GOVERNMENT_BODY, "pattern.bare-body", _FAIR)
    front = rf"(?<![\w-])({_any(scene.words.cased['agency_front'])}) (?:of|for|on)(?: the)?(?: {_CAP}(?:(?: and| &|,| for| of)? {_CAP}){{0,5}})"
    for match in re.finditer(front, scene.text):
        span = match.start(), _cut_end(scene, match.end(1), match.end())
        if span[1] > match.end(1) and scene.is_news(*span) and not scene.is_in_capitals(*span):
            yield _found(span, EntityType.GOVERNMENT_BODY, "pattern.agency", _FAIR, tier=Tier.DERIVED)


def _cut_end(scene: Scene, head: int, end: int) -> int:
    """Cut a name before a weekday, a month or a title that follows it."""
    subjects = re.compile(rf"(?:{_any(scene.words.cased['ministry_subject'])})(?! (?:and|&|of)|,)\b")
    for word in re.finditer(r"[\w'’-]+", scene.text[head:end]):
        bare = word.group()
        subject = subjects.match(scene.text, head + word.start())
        if subject:
            return subject.end()
        if bare in scene.words.cased["calendar"] or bare.lower() in scene.words["title"]:
            return head + len(scene.text[head : head + word.start()].rstrip(" ,").removesuffix(" on").rstrip(" ,"))
    return end


def _trim_front(scene: Scene, start: int, head: int) -> int:
    """Leave articles, sentence openers, prepositions in title case and full stops in front out of the name."""
    text = scene.text
    inner = list(re.finditer(r"(?<=[\w)])(?:[.:;?!,]|['’]s?) (?=[A-Z])", text[start:head]))
    if inner and not re.search(r"\b(?:U\.S|U\.K|St|Lt|Gen)$", text[start : start + inner[-1].start()]):
        start += inner[-1].end()
    while start < head:
        match = re.match(r"(\S+)\s+", text[start:head])
        if not match:
            break
        word = match.group(1).strip(".,'’")
        if word in scene.words.cased["firm_opener"] or word.lower() in ("of", "and", "for", "on", "the", "&"):
            start += match.end()
            continue
        break
    return start


def _found(
    span: tuple[int, int], kind: EntityType, rule: str, confidence: float, *, tier: int = Tier.NAMED
) -> Candidate:
    return Candidate(start=span[0], end=span[1], type=kind, rule=rule, confidence=confidence, tier=tier)
