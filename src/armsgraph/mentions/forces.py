"""Armed forces by the way their names are built."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.bodies import goes_on
from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import STATE_MARK, Scene, any_of
from armsgraph.model import EntityType, MentionForm

__all__ = ["find_forces"]

_LIKELY, _FAIR, _WEAK = 0.92, 0.85, 0.65
_CAP = r"(?>[A-ZÀ-ÞİŞ][\w'’.&-]*)"
# "the Minister of the Armed Forces", "Chief of Defence Forces": a part of the office
_OFFICE_FRONT = re.compile(r"(?:\b(?:Minister|Ministry|Secretary) (?:of|for) (?:the )?|\bChief of )$")
_FRONT = 24
_STATE = rf"{STATE_MARK}+"


def find_forces(scene: Scene) -> Iterator[Candidate]:
    """Yield forces with their state ("Royal Thai Navy", "Navy of Oman"), bare ones ("the Navy") and units."""
    pattern = scene.pattern("forces.named", lambda: _named_pattern(scene))
    for match in pattern.finditer(scene.masked):
        if scene.is_news(*match.span()):
            yield _found(match.span(), "pattern.force", _LIKELY)
    yield from _bare_forces(scene)
    yield from _nominal_forces(scene)
    units = scene.pattern(
        "forces.unit",
        lambda: (
            rf"(?<![\w-])(?:(?:\d{{1,3}}(?:st|nd|rd|th)|[IVX]{{1,4}}) (?:{_CAP} ){{0,3}}"
            rf"(?:{any_of(scene.words.cased['unit_word'])})|(?:No\.? ?)?\d{{1,3}} (?:Squadron|Wing|Battalion|Brigade|Regiment)"
            rf"|(?:{_CAP} )?(?:Battalion|Brigade|Regiment|Wing|Squadron) \d{{1,3}})(?![\w-])"
        ),
    )
    for match in units.finditer(scene.text):
        if scene.is_news(*match.span()):
            yield _found(match.span(), "pattern.unit", _FAIR)
    openers = scene.words.cased["firm_opener"]
    for match in re.finditer(rf"(?<![\w-])({_CAP} )(?:Battalion|Brigade|Regiment)(?![\w-])", scene.text):
        if match.group(1).strip() not in openers and scene.is_news(*match.span()):
            yield _found(match.span(), "pattern.unit", _WEAK, tier=Tier.DERIVED)


def _named_pattern(scene: Scene) -> str:
    force = any_of(scene.words.cased["force_word"])
    lower = any_of(scene.words["force_word_lower"])
    upper = any_of(w.upper() for w in scene.words.cased["force_word"])
    return (
        rf"(?<![\w-])(?:(?:Royal )?{_STATE} (?:Royal |National |Federal |People['’]s )?(?:{force}|{upper}|{lower})"
        rf"|Royal (?:{force})(?! of)"
        # "French armed forces minister": the minister is France's
        rf"|(?:Royal )?(?:{force}) of (?:the )?(?:Republic of )?{_STATE})(?![\w-])(?! [Mm]inist)"
    )


def _bare_forces(scene: Scene) -> Iterator[Candidate]:
    words = scene.words.cased
    pattern = scene.pattern(
        "forces.bare", lambda: rf"(?<![\w-])(?:National )?(?:{any_of(words['bare_force'])})(?![\w-])"
    )
    for match in pattern.finditer(scene.text):
        start, end = match.span()
        before = scene.word_before(start)
        if goes_on(scene, end) and scene.word_after(end) not in words["force_follower"]:
            continue
        is_inside = before[:1].isupper() and scene.text[start - 1 : start] == " " and not before.endswith(".")
        if is_inside and before not in words["firm_opener"] and not scene.is_in_capitals(start, end):
            continue
        if _OFFICE_FRONT.search(scene.text[max(start - _FRONT, 0) : start]):
            continue
        if scene.is_news(start, end):
            yield _found((start, end), "pattern.bare-force", _FAIR)
    # headings of lists: "NAVY" on a line of its own
    capitals = scene.pattern(
        "forces.heading",
        lambda: rf"^[ \t]*({any_of(w.upper() for w in words['bare_force'])})[ \t]*:?$",
        re.MULTILINE,
    )
    for match in capitals.finditer(scene.text):
        if scene.is_news(*match.span(1)):
            yield _found(match.span(1), "pattern.bare-force", _FAIR)


def _nominal_forces(scene: Scene) -> Iterator[Candidate]:
    """Yield "the navy" as a description that the entities stage may tie to a state."""
    pattern = scene.pattern(
        "forces.nominal",
        lambda: rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|['’]s) ({any_of(scene.words['nominal_force'])})(?![\w-])",
    )
    again = scene.pattern(
        "forces.nominal-again", lambda: rf"(?:,|,? and|,? or) ({any_of(scene.words['nominal_force'])})(?![\w-])"
    )
    for start, end in _rows(scene, pattern, again):
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


def _rows(scene: Scene, first: re.Pattern[str], again: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield what stands behind one article: "the army, navy and air force"."""
    for match in first.finditer(scene.text):
        found: re.Match[str] | None = match
        while found is not None:
            yield found.span(1)
            found = again.match(scene.text, found.end())


def _found(span: tuple[int, int], rule: str, confidence: float, *, tier: int = Tier.NAMED) -> Candidate:
    return Candidate(
        start=span[0], end=span[1], type=EntityType.ARMED_FORCE, rule=rule, confidence=confidence, tier=tier
    )
