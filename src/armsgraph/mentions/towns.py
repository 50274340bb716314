"""Towns that no list has, by what stands around them: "in Karlskoga", "its Angang plant", "Alverca, Portugal"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene, any_of
from armsgraph.mentions.senses import is_dateline
from armsgraph.model import EntityType

__all__ = ["find_towns"]

_FAIR, _GUESS, _WEAK = 0.8, 0.6, 0.6
_SMALL = "a-zß-ÿāčďēěģīķļņňřšťūůžąćęłńóśźżğışőűțșđ"
_UPPER = "A-ZÀ-ÞİŞĞŁŚŠŽČŚĐŘŠȚȘÖÜ"
_CAP = rf"[{_UPPER}][{_SMALL}'’]*[{_SMALL}]"
_TOWN = rf"[{_UPPER}][{_SMALL}]{{3,}}(?:-(?:{_CAP}|[{_SMALL}]+))*"
_LINK = r"(?:nad|am|an der|upon|on|under|de|del|da|do|dos|di|la|sur|sous|bin|ibn|al|el|ad|es)"
_NAME = rf"{_CAP}(?:[ -](?:{_LINK}[ -])?{_CAP}){{1,2}}"
_ANY = rf"(?:{_NAME}|{_TOWN})"
_NOT_ALONE = r"(?![\w-])(?!['’]s)"
_STATE_BEHIND = re.compile(rf", (?:the )?({_CAP}(?: {_CAP}){{0,2}})(?=[,.;:)\n]| [-–—(]|$)")
_FEWEST_LETTERS = 4
_DATE = re.compile(
    r",? ?\(?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? \d|\d{1,2}\.? |[-–—]{1,2} [A-Z])"
)


def find_towns(scene: Scene) -> Iterator[Candidate]:
    """Yield unlisted towns and sites behind prepositions, before "plant" and "-based", in datelines, before a state."""
    yield from _behind_preposition(scene)
    yield from _longer_behind_preposition(scene)
    yield from _sites(scene)
    yield from _before_state(scene)
    yield from _datelines(scene)
    yield from _joined(scene)


def _behind_preposition(scene: Scene) -> Iterator[Candidate]:
    """Yield the one capitalised word behind "in", "at" or "near" that no list knows ("built in Karlskoga").

    Words that sentences write large without naming a place (months, "Parliament", fairs, firms on a list) stay out.
    """
    for match in re.finditer(
        rf"(?<![\w-])(?:in|at|near|outside|around) ({_TOWN}){_NOT_ALONE}(?! [{_UPPER}])", scene.text
    ):
        if _is_unknown(scene, match.group(1)) and not _acts_elsewhere(scene, match.group(1)):
            yield from _town(scene, *match.span(1), "pattern.in-town", _GUESS, tier=Tier.NAMED)


def _longer_behind_preposition(scene: Scene) -> Iterator[Candidate]:
    """Yield "Stara Zagora", "Náměšť nad Oslavou" behind a preposition."""
    for match in re.finditer(
        rf"(?<![\w-])(?:in|at|near|outside|around|off) ({_NAME}){_NOT_ALONE}(?! [{_UPPER}])", scene.text
    ):
        if _is_unknown(scene, match.group(1)) and not _acts_elsewhere(scene, match.group(1)):
            yield from _town(scene, *match.span(1), "pattern.in-town", _GUESS)


def _sites(scene: Scene) -> Iterator[Candidate]:
    """Yield the town of "its Angang plant", "the Sætre-based firm", "Paramount's Midrand works"."""
    nouns = scene.pattern("towns.site", lambda: any_of(scene.words["site_noun"])).pattern
    for match in re.finditer(
        rf"(?:\b(?:[Ii]ts|[Tt]he|[Tt]heir|[Aa]t)|['’]s) ((?:{_NAME})|(?:{_TOWN}))(?:-based| (?:naval |air |main |new )?(?:{nouns}))(?![\w-])",
        scene.text,
    ):
        if _is_unknown(scene, match.group(1)) and not _acts_elsewhere(scene, match.group(1)):
            yield from _town(scene, *match.span(1), "pattern.site-town", _GUESS)
    for match in re.finditer(rf"(?<![\w-])({_ANY})[-‑]based(?!\w)", scene.text):
        if _is_unknown(scene, match.group(1)):
            yield from _town(scene, *match.span(1), "pattern.site-town", _GUESS)


def _before_state(scene: Scene) -> Iterator[Candidate]:
    """Yield the town of "in Alverca, Portugal"."""
    for match in re.finditer(rf"(?:\b(?:in|at|near|from|of|to) |\(|^)({_ANY})(?=, )", scene.text, re.MULTILINE):
        state = _STATE_BEHIND.match(scene.text, match.end())
        if state is None or not scene.gazetteer.find(state.group(1), EntityType.STATE):
            continue
        if _is_unknown(scene, match.group(1)):
            yield from _town(scene, *match.span(1), "pattern.town", _FAIR)


def _datelines(scene: Scene) -> Iterator[Candidate]:
    """Yield an unlisted town that opens a line as a dateline ("UMROI (Meghalaya):", "Soltau, 3 May -")."""
    for match in re.finditer(rf"^({_ANY}|[{_UPPER}]{{4,}}(?: [{_UPPER}]{{3,}})?)(?![\w-])", scene.text, re.MULTILINE):
        name = match.group(1)
        if scene.is_in_capitals(*match.span(1)) or not _is_unknown(scene, name.title() if name.isupper() else name):
            continue
        behind = scene.text[match.end() : match.end() + 30]
        if " " in name and name.isupper():
            continue
        is_placed = re.match(rf"(?:, {_CAP}\.?| ?\({_CAP}\)),? ?(?:[-–—:]|\d)", behind) is not None
        if is_placed or (is_dateline(scene, *match.span(1)) and _DATE.match(behind)):
            yield from _town(scene, *match.span(1), "pattern.dateline", _GUESS)


def _joined(scene: Scene) -> Iterator[Candidate]:
    """Yield "Rostock-Warnemünde": a listed town and a part of it are one place, two capitals are none."""
    for match in re.finditer(rf"(?<![\w-])({_CAP})-({_CAP})(?![\w-])", scene.text):
        first = scene.gazetteer.find(match.group(1), EntityType.PLACE)
        is_state = any(scene.gazetteer.state_of_metonym(match.group(n)) for n in (1, 2))
        if first and not is_state and not scene.gazetteer.find(match.group()):
            yield from _town(scene, *match.span(), "pattern.joined-town", _FAIR, tier=Tier.NAMED)
    for match in re.finditer(rf"(?<![\w-])({_CAP}) (?:nad|am|an der|upon|bei|pod|na) {_CAP}(?![\w-])", scene.text):
        if scene.gazetteer.find(match.group(1), EntityType.PLACE) and not scene.gazetteer.find(match.group()):
            yield from _town(scene, *match.span(), "pattern.joined-town", _FAIR, tier=Tier.NAMED)


def _is_unknown(scene: Scene, name: str) -> bool:
    """Say whether a name is on no list and holds no word that places do not bear."""
    words, gazetteer = scene.words, scene.gazetteer
    if len(name) < _FEWEST_LETTERS or gazetteer.find(name) or gazetteer.state_of_metonym(name):
        return False
    barred = scene.once("towns.barred", lambda: _barred(scene))
    parts = re.split(r"[ -]", name)
    if any(p in barred or p.lower() in words["no_town"] or gazetteer.state_of_adjective(p) for p in parts):
        return False
    if " " not in name:
        return gazetteer.state_of_adjective(name) is None
    pairs = [" ".join(parts[i : i + 2]) for i in range(len(parts) - 1)]
    return not any(
        r.type not in (EntityType.PLACE, EntityType.WEAPON, EntityType.PERSON)
        for n in (*parts, *pairs)
        for r in gazetteer.find(n)
    )


def _barred(scene: Scene) -> frozenset[str]:
    cased = scene.words.cased
    lists = ("generic_word", "firm_head", "legal_form", "strong_body_head", "calendar", "unit_word", "agency_front")
    forces = {w for f in cased["force_word"] for w in f.split()}
    titles = {w.title() for w in (*cased["title"], *cased["office_word"], *cased["rank"])}
    return frozenset(forces | titles | {w for name in lists for w in cased[name]} | set(cased["not_person"]))


def _acts_elsewhere(scene: Scene, name: str) -> bool:
    """Say whether a name stands more often where no place would: then it is a firm's, a person's or a thing's."""
    nouns = scene.pattern("towns.site", lambda: any_of(scene.words["site_noun"])).pattern
    whole = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    placed = (
        rf"(?<![\w-])(?:in|at|near|outside|around|off|from|to|of|and|the|between) {re.escape(name)}(?![\w-])"
        rf"|{whole}(?:[-‑]based| (?:{nouns})\b|, [{_UPPER}])"
    )
    based = rf"(?<![\w-]){re.escape(name)}[-‑]based"
    total = len(re.findall(whole, scene.text)) + len(re.findall(based, scene.text))
    return total > len(re.findall(placed, scene.text)) + len(re.findall(based, scene.text))


def _town(
    scene: Scene, start: int, end: int, rule: str, confidence: float, *, tier: int = Tier.LOOSE
) -> Iterator[Candidate]:
    if scene.is_news(start, end) and not (scene.is_in_capitals(start, end) and rule != "pattern.dateline"):
        yield Candidate(start=start, end=end, type=EntityType.PLACE, rule=rule, confidence=confidence, tier=tier)
