"""Firms that no list has: by legal form, by kind of business, by what stands beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene, any_of
from armsgraph.model import EntityType

__all__ = ["branch_end", "find_firms"]

_LIKELY, _FAIR, _WEAK = 0.9, 0.8, 0.65
_SHORTEST = 3
# atomic: a word once read is never given back, or long runs of capitals would take exponential time
_NAME_WORD = r"(?>[A-ZÀ-ÞİŞÇĞ][\w&'’.+-]*|[a-z]?[A-Z]{2,}\w*|\d[A-Z]\w*)"
_LINK = r"(?: (?:of|and|de|do|da|del|und|et|for) | & | )"
_BRANCH = re.compile(r" (?:Maritime |Land |Aerospace |Defence |Defense )?([A-Z][a-z]{3,}|USA|UK)(?![\w-]|['’]| [A-Z])")
_LONGEST = 7


def find_firms(scene: Scene) -> Iterator[Candidate]:
    """Yield names with a legal form or a word of business, and names that a cue calls a firm."""
    yield from _by_legal_form(scene)
    yield from _by_head(scene)
    yield from _by_cue(scene)
    yield from _by_front(scene)
    yield from _by_place(scene)
    yield from _of_ventures(scene)


def branch_end(scene: Scene, end: int) -> int:
    """Return the end of a firm's name with the state of its branch ("Lockheed Martin Canada"), else the end given."""
    match = _BRANCH.match(scene.text, end)
    if match is None or match.group(1) in scene.words.cased["us_state_code"]:
        return end
    behind = scene.word_after(match.end()).lower()
    if behind in scene.words["deal_word"] or not scene.gazetteer.find(match.group(1), EntityType.STATE):
        return end
    return match.end()


def _by_legal_form(scene: Scene) -> Iterator[Candidate]:
    pattern = scene.pattern(
        "firms.legal-form",
        lambda: (
            rf"(?<![\w&-])({_NAME_WORD}(?:{_LINK}{_NAME_WORD}){{0,{_LONGEST}}}?),? "
            rf"(?:{any_of(scene.words.cased['legal_form'])})(?![\w-])"
        ),
    )
    for match in pattern.finditer(scene.text):
        start, end = _trim(scene, match.start(), match.end())
        words = scene.text[start:end].replace(",", "").split()
        if len(words) < 2 or not scene.is_news(start, end) or _is_generic(scene, words[:-1]):
            continue
        form = scene.text[start:end].split()[-1]
        # "SA", "AS", "SE" in a headline in capitals are words
        if scene.is_in_capitals(start, end) and len(form) == 2 and "." not in form:
            continue
        # "Spokesman Group Captain Jane Doe"
        if f"{form} {scene.word_after(end)}".lower() in scene.words["rank"]:
            continue
        # a sentence may end with the form: its full stop is the form's only if the sentence goes on
        yield _firm(start, end, "pattern.legal-form", _LIKELY)


def _by_head(scene: Scene) -> Iterator[Candidate]:
    heads = any_of(scene.words.cased["firm_head"])
    pattern = scene.pattern(
        "firms.head",
        lambda: (
            rf"(?<![\w&-])((?:{_NAME_WORD}(?:{_LINK})){{1,6}}?(?:{heads}))(?:(?:,| and| &| et)? (?:{heads}))*(?![\w-])"
        ),
    )
    for match in pattern.finditer(scene.text):
        start, end = _trim(scene, match.start(), match.end())
        words = scene.text[start:end].replace(",", "").split()
        if len(words) < 2 or len(words) > _LONGEST or not scene.is_news(start, end) or _is_generic(scene, words[:-1]):
            continue
        if scene.is_in_capitals(start, end) or scene.text[start:end].isupper():
            continue
        if any(map(str.isdigit, scene.text[start:end])) or words[0].lower() in scene.words["office_word"]:
            continue
        if any(scene.is_class_noun(w) for w in words) or scene.gazetteer.find(words[0], EntityType.WEAPON):
            continue
        # "Doha International Exhibition", "Tenth Naval Zone": the name goes on
        if words[-1] in scene.words.cased["weak_firm_head"] and re.match(r" [A-ZÀ-Þ]", scene.text[end : end + 2]):
            continue
        if words[-1] in ("Bank", "Exchange") and len(words) == 2 and words[0] in ("West", "World", "Central"):
            continue
        yield _firm(start, branch_end(scene, end), "pattern.business", _FAIR)
    # a yard or works in lower case behind a name
    for match in re.finditer(
        rf"(?<![\w&-])({_NAME_WORD}(?: {_NAME_WORD})?) (?:naval )?(?:shipyard|dockyard|arms factory|aircraft plant)(?!\w)",
        scene.text,
    ):
        start, end = _trim(scene, match.start(), match.end())
        if scene.text[start:end].split()[0][0].isupper() and scene.is_news(start, end):
            words = scene.text[start:end].split()
            first = words[0]
            # "Davie, the Lévis shipyard", "Kolkata shipyard": the yard of a town that is named otherwise
            if scene.text[:start].endswith(", the ") or scene.gazetteer.find(" ".join(words[:-1]), EntityType.PLACE):
                continue
            if first in scene.words.cased["generic_word"] or scene.gazetteer.state_of_adjective(first):
                continue
            yield _firm(start, end, "pattern.yard", _FAIR)


def _by_cue(scene: Scene) -> Iterator[Candidate]:
    """Yield the name behind "the Pune-based maker", "arms company", "M/s"; and one that an apposition calls so."""
    cues = any_of(scene.words["firm_cue"])
    name = rf"({_NAME_WORD}(?:(?: & | | and (?=[A-Z]\w+ (?:Industries|Systems))){_NAME_WORD}){{0,4}})"
    for match in re.finditer(rf"\bM/[sS]\.? {name}", scene.text):
        start, end = _trim(scene, *match.span(1))
        if scene.is_news(start, end):
            yield _firm(start, end, "pattern.messrs", _LIKELY)
    for match in re.finditer(rf"(?:\b(?:[a-z]+-)?(?:{cues})) {name}", scene.text):
        start, end = _trim(scene, match.start(1), match.end(1) - match.group(1).endswith("."))
        if end <= start or not scene.is_news(start, end) or _is_generic(scene, scene.text[start:end].split()):
            continue
        if any(c.isdigit() for c in scene.text[start:end]) or _is_listed(scene, scene.text[start:end]):
            continue
        yield _firm(start, end, "pattern.firm-cue", _WEAK, tier=Tier.DERIVED)
    for match in re.finditer(
        rf"(?<![\w&-]){name}, (?:an?|the|its|whose|one of)(?: [\w'’.-]+){{0,6}}? (?:{cues})\b", scene.text
    ):
        start, end = _trim(scene, *match.span(1))
        if end <= start or not scene.is_news(start, end) or _is_generic(scene, scene.text[start:end].split()):
            continue
        if scene.text[start:end] in scene.words.cased["us_state_code"]:
            continue
        if _is_listed(scene, scene.text[start:end]) or len(scene.text[start:end]) < 3:
            continue
        yield _firm(start, end, "pattern.firm-apposition", _WEAK, tier=Tier.LOOSE)


def _by_front(scene: Scene) -> Iterator[Candidate]:
    """Yield names behind a word that opens names of firms ("PT Pindad", "Zakłady Mechaniczne Tarnów")."""
    pattern = scene.pattern(
        "firms.front",
        lambda: (
            rf"(?<![\w-])(?:{any_of(scene.words.cased['firm_front'])}) [\"“«]?"
            rf"(?:(?:de|del|da|di|des|du|la) )*{_NAME_WORD}(?: {_NAME_WORD}){{0,2}}[\"”»]?"
        ),
    )
    for match in pattern.finditer(scene.text):
        start = match.start()
        end = start + len(match.group().rstrip("."))
        if scene.is_news(start, end) and not scene.is_in_capitals(start, end):
            yield _firm(start, end, "pattern.firm-front", _FAIR)


def _by_place(scene: Scene) -> Iterator[Candidate]:
    """Yield "Fairbanks Morse Defense, Beloit, Wisconsin, is awarded" and "Teldat of Bydgoszcz"."""
    name = rf"{_NAME_WORD}(?:{_LINK}{_NAME_WORD}){{0,5}}?"
    for match in re.finditer(
        rf"(?:^|(?<=[.;] ))({name}),\*? [A-Z][\w .'’-]{{2,30}}, [A-Z][\w .]{{1,24}},? (?:is|was|has been|is being|were|are) (?:being )?(?:\w+ )?awarded",
        scene.text,
        re.MULTILINE,
    ):
        if scene.is_news(*match.span(1)):
            yield _firm(*match.span(1), "pattern.awarded", _LIKELY)
    short = rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,2}}"
    for match in re.finditer(rf"(?<![\w&.’'-])({short}),? of ([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)", scene.text):
        start, end = _trim(scene, *match.span(1))
        if start >= end or not scene.is_news(start, end) or not _can_be_firm(scene, start, end):
            continue
        town = match.group(2)
        if any(scene.gazetteer.find(t, EntityType.PLACE) for t in (town, town.split()[0])):
            yield _firm(start, end, "pattern.firm-of-town", _WEAK, tier=Tier.LOOSE)


def _of_ventures(scene: Scene) -> Iterator[Candidate]:
    """Yield both partners of "a joint venture of Patria and Unitruck"."""
    name = rf"({_NAME_WORD}(?: {_NAME_WORD}){{0,3}})"
    for match in re.finditer(
        rf"(?:joint venture|consortium|\bJV) (?:\w+ )?(?:of|between|by) {name}(?: \([^)]*\))? (?:and|with) {name}",
        scene.text,
    ):
        for group in (1, 2):
            start = match.start(group)
            end = start + len(match.group(group).rstrip("."))
            if scene.is_news(start, end) and _can_be_firm(scene, start, end):
                yield _firm(start, end, "pattern.venture-partner", _WEAK, tier=Tier.LOOSE)


def _can_be_firm(scene: Scene, start: int, end: int) -> bool:
    """Say whether an unlisted name may be a firm's: no plain words, no office, no weapon, body or force."""
    text = scene.text[start:end]
    words, cased = text.split(), scene.words.cased
    if (
        _is_listed(scene, text)
        or _is_generic(scene, words)
        or len(text) < _SHORTEST
        or scene.is_in_capitals(start, end)
    ):
        return False
    if any(scene.gazetteer.find(w) and not scene.gazetteer.find(w, EntityType.FIRM) for w in words):
        return False
    if any(w in cased["not_person"] or w in cased["strong_body_head"] or w in cased["firm_opener"] for w in words):
        return False
    lower = {w.lower() for w in words}
    if lower & (scene.words["title"] | scene.words["office_word"] | scene.words["no_town"] | scene.words["rank"]):
        return False
    return not any(scene.is_class_noun(w) or any(map(str.isdigit, w)) for w in words)


def _trim(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """Leave articles, prepositions in title case and sentence openers in front out of the name."""
    text = scene.text
    cut = [m.end() for m in re.finditer(r"(?<=\w)['’]s? (?=[A-Z])", text[start:end])]
    if cut and not text[start:end].startswith(("Lloyd", "Colt", "McD")):
        start += cut[-1]
    # "Zurich and Acme Corp", "Acme Ltd and Bolt Ltd", "CEO of Acme": the last name of a list, a listed firm at the end
    for joint in re.finditer(r" (?:and|&|of|for) ", text[start:end]):
        left, right = text[start : start + joint.start()], text[start + joint.end() : end]
        is_listed = (
            bool(scene.gazetteer.find(left.replace("The ", "", 1), EntityType.FIRM)) and joint.group() == " and "
        )
        if is_listed or (" " in right and (_is_whole(scene, left) or scene.gazetteer.find(right, EntityType.FIRM))):
            start += joint.end()
            break
    words = [start + m.start() for m in re.finditer(r"\S+", text[start:end])]
    for first in words[1:-1]:
        if scene.gazetteer.find(text[first:end], EntityType.FIRM) and not scene.gazetteer.find(
            text[start:end], EntityType.FIRM
        ):
            start = first
            break
    while start < end:
        match = re.match(r"([^\s]+)\s+", text[start:end])
        if not match:
            break
        word = match.group(1)
        bare = word.strip(".,'’")
        if (
            bare in scene.words.cased["firm_opener"]
            or scene.words["title"] & {word.lower()}
            or (word.endswith((".", ":", ";", ",")) and len(word) > 4 and bare not in ("St",))
            or word in ("M/s", "M/S", "M/s.")
        ):
            start += match.end()
            continue
        break
    # a colon, semicolon or full stop inside: the name starts behind it
    inner = list(re.finditer(r"(?<=[a-z]{3}|[A-Z]{3})[.:;?!] (?=[A-Z])", text[start:end]))
    if inner:
        start += inner[-1].end()
    return start, end


def _is_whole(scene: Scene, left: str) -> bool:
    """Say whether the words before "and" are a name of their own."""
    words = left.split()
    if not words or words[-1] in scene.words.cased["legal_form"] or words[-1].lower() in scene.words["office_word"]:
        return True
    if words[-1].lower() in scene.words["force_word_lower"] or words[-1] in scene.words.cased["strong_body_head"]:
        return True
    return bool(scene.gazetteer.find(left) or scene.gazetteer.find(words[-1], EntityType.PLACE))


def _is_generic(scene: Scene, words: list[str]) -> bool:
    generic = scene.words.cased["generic_word"]
    return all(w in generic or w.lower() in ("and", "of", "&", "for", "the", "de") or w.isdigit() for w in words)


def _is_listed(scene: Scene, text: str) -> bool:
    if text in scene.words.cased["firm_opener"] or text in scene.words.cased["not_person"]:
        return True
    return bool(scene.gazetteer.find(text)) or scene.gazetteer.state_of_adjective(text) is not None


def _firm(start: int, end: int, rule: str, confidence: float, *, tier: int = Tier.NAMED) -> Candidate:
    return Candidate(start=start, end=end, type=EntityType.FIRM, rule=rule, confidence=confidence, tier=tier)
