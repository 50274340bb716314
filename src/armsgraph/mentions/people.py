"""Persons: behind a title, beside an office, and by a part of a name given in full elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene, any_of
from armsgraph.model import EntityType

__all__ = ["cut_person", "find_joined", "find_people", "find_surnames", "name_parts", "name_pattern"]

_LIKELY, _FAIR, _WEAK = 0.92, 0.85, 0.75
_NAME_WORD = r"(?:[A-ZÀ-ÞİŞŚŻŁĐČŠŽ][\w'’ʼ-]*[a-zà-ÿ\w]|(?:[A-Z]\.){1,3}|[A-Z](?= [A-Z])|[A-Z]{2}(?= [A-Z][a-z]))"
_NAME_CAPS = r"(?:[A-Z][A-Z'’-]+|[A-Z]\.)"
_FEWEST_LETTERS = 3
_LONGEST = 5
_FRONT = 60
_NO_NAME = ("VERB", "ADP", "AUX", "DET", "PRON", "SCONJ")
_NO_FIRST = ("SCONJ", "ADV", "ADP", "CCONJ", "DET", "PRON")
_BRACKET = r"(?: ?\((?:[Rr]etd\.?|[Rr]et\.|Res\.?|C|L|R)\))?"


def find_people(scene: Scene) -> Iterator[Candidate]:
    """Yield names behind titles, ranks and offices, and those that are said to speak or to hold an office."""
    yield from _titled(scene)
    yield from _reporting(scene)


def name_pattern(scene: Scene, fewest: int, most: int = _LONGEST) -> str:
    """Return a regular expression for a name of one word and `fewest` to `most` more, small particles between."""
    particles = "|".join(sorted(scene.words.cased["name_particle"]))
    return rf"({_NAME_WORD}(?: (?:(?:{particles})[- ])*{_NAME_WORD}){{{fewest},{most}}})"


def _titled(scene: Scene) -> Iterator[Candidate]:
    words = scene.words
    name = name_pattern(scene, 0)
    ranks = any_of(words.cased["rank"])
    titles = any_of(words.cased["title"])
    offices = any_of(words.cased["office_word"])
    honours = rf"(?:(?:{ranks}|{titles}){_BRACKET} )*"
    for lead, confidence in (
        (rf"(?<![\w-])(?:{ranks}|{titles}){_BRACKET} {honours}", _LIKELY),
        (rf"(?<![\w-])(?:{offices})s? {honours}", _LIKELY),
    ):
        for match in re.finditer(lead + name, scene.text):
            yield from cut_person(scene, *match.span(1), "pattern.title", confidence)
    capitals = any_of(w.upper() for w in (*words.cased["title"], "Senator", "Minister", "President"))
    for match in re.finditer(rf"(?<![\w-])(?:{capitals})\.? ({_NAME_CAPS}(?: {_NAME_CAPS}){{0,3}})", scene.text):
        if scene.is_in_capitals(*match.span(1)):
            yield from cut_person(scene, *match.span(1), "pattern.title", _FAIR)


def _reporting(scene: Scene) -> Iterator[Candidate]:
    """Yield "said Jane Doe" and "Jane Doe, the minister": what stands without a title but can only be a person."""
    name = name_pattern(scene, 1, 3)
    offices = any_of(scene.words.cased["office_word"])
    firms = any_of(scene.words["firm_cue"])
    for pattern in (
        rf"[”\",] (?:said|says|added|explained) {name}(?=[,.\n]| of )",
        rf"(?<![\w-])(?<!at )(?<!of ){name}, (?:who (?!(?:build|built|make|made|suppl))|\d\d[,.])",
        rf"(?<![\w-]){name} (?:told|asked|replied|answered|recalled|joked)\b",
        rf"(?<![\w-])(?:succeeded|succeeds|succeeding) {name}(?=[,;.)])",
        rf"(?<![\w-])(?:[Ss]igned|penned|inked)(?: [\w-]+){{0,6}} by {name} (?=for |on behalf )",
        rf"(?<![\w-]){name} (?:signed|put (?:pen|his|her)|inked)(?: [a-z]+){{0,4}} for ",
        # "said welder Jane Doe, 58"; no firm is a welder
        rf"[”\",] (?:said|says|added|joked|explained|complained) (?:[a-z]+ ){{0,2}}(?!(?:{firms})\b)[a-z]+ {name}(?=[,.\n]| of )",
        # "the Minister of National Defence, Jane Doe, answered", "his Qatari counterpart, John Roe,"
        rf"(?<![\w-])(?:{offices}|counterpart|colleague)(?: (?:of|for|to) (?:the )?(?:[\w&'’-]+ ){{0,4}}?[\w'’-]+)?"
        rf"(?: \([A-Z][\w&/-]{{1,9}}\))?, {name}(?=[,;.)])",
        # "Jane Doe has been president", "when Jane Doe took over as chief executive"
        rf"(?<![\w-]){name} (?:is|was|becomes?|became|(?:has|had) been|(?:took|takes|taken) over as|(?:was|is|has been) "
        rf"(?:named|appointed|made)|(?:serves|served) as) (?:(?:the|an?|its|their|then|acting) )?(?:[a-z][\w-]* ){{0,3}}?(?:{offices})\b",
        rf"(?<![\w-])(?:successor|predecessor|wife|husband|widow|son|daughter|brother|sister|guest|host), {name}(?=[,;.])",
        rf"(?<![\w-]){name}, (?:(?:the|an?|its|their|who|then|former|acting|[A-Z]\w+['’]s) )?"
        rf"(?:[\w'’&-]+ ){{0,5}}?(?:{offices})\b",
    ):
        for match in re.finditer(pattern, scene.text):
            yield from cut_person(scene, *match.span(1), "pattern.reporting", _WEAK, is_loose=True)


def find_joined(scene: Scene, people: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield those named together with a person by "and": "Trevor Manuel and Maria Ramos put their names to it"."""
    behind = scene.pattern("people.and-behind", lambda: rf" and {name_pattern(scene, 1, 3)}(?= [a-z]|[,.;:)\n])")
    before = scene.pattern("people.and-before", lambda: rf"(?:^|[(\w,;:.] ){name_pattern(scene, 1, 3)} and $")
    for person in people:
        if " " not in scene.text[person.start : person.end]:
            continue
        found = behind.match(scene.text, person.end)
        if found is None:
            found = before.search(scene.text, max(person.start - _FRONT, 0), person.start)
        if found is not None and not _holds_listed(scene, found[1]):
            yield from cut_person(scene, *found.span(1), "pattern.joined-person", _WEAK, is_loose=True)


def _holds_listed(scene: Scene, name: str) -> bool:
    """Say whether a word of a name is a firm's, a weapon's, a body's or one that no person bears."""
    words = name.split()
    cased = scene.words.cased
    if any(w in cased["firm_head"] or w in cased["legal_form"] or w in cased["generic_word"] for w in words):
        return True
    return any(r.type not in (EntityType.PERSON, EntityType.PLACE) for w in words for r in scene.gazetteer.find(w))


def cut_person(
    scene: Scene, start: int, end: int, rule: str, confidence: float, *, is_loose: bool = False
) -> Iterator[Candidate]:
    """Cut a stretch of capitalised words down to the name; yield nothing if none is left."""
    text = scene.text
    leads = _lower_titles(scene)
    while True:
        match = re.match(r"(\S+) +", text[start:end])
        if not match or not (
            match.group(1).rstrip(".,").lower() in leads or (is_loose and _is_no_first(scene, start, match.group(1)))
        ):
            break
        start += match.end()
    kept_end = start
    for word in re.finditer(r"\S+", text[start:end]):
        bare = word.group().strip(".,'’")
        if bare in scene.words.cased["not_person"] or (any(map(str.isdigit, bare))):
            break
        if bare.isupper() and len(bare) > 3 and not scene.is_in_capitals(start, end):
            break
        if scene.is_class_noun(bare) and bare[:1].islower():
            break
        kept_end = start + word.end()
    end = kept_end
    while end > start and text[end - 1] in ",;:'’\"”)":
        end -= 1
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    if text[start:end].endswith((" and", " of")) or end - start < _FEWEST_LETTERS:
        return
    name = text[start:end]
    if name.rstrip(".").lower() in leads:
        return
    if any(t.pos in _NO_NAME and t.text not in scene.words["name_particle"] for t in scene.tokens_of(start, end)):
        return
    if not scene.is_news(start, end) or _is_other(scene, name) or not re.search(r"[^\W\d_]{2}", name):
        return
    if scene.text[end : end + 6].lower() in ("-class", " class"):
        return
    if " " not in name and (name.isupper() and not scene.is_in_capitals(start, end)):
        return
    if name[-1] == "." and not re.search(r"(?:Jr|Sr)\.$", name):
        return
    yield _person(start, end, rule, confidence, tier=Tier.LOOSE if is_loose else Tier.NAMED)


def _is_no_first(scene: Scene, start: int, word: str) -> bool:
    """Say whether the capital of a word in front is that of a sentence or month ("When Jane Doe", "In May John Roe")."""
    if word.lower() in scene.words["calendar"]:
        return True
    token = scene.token_at(start)
    return token is not None and token.pos in _NO_FIRST and scene.is_sentence_start(start)


def _is_other(scene: Scene, name: str) -> bool:
    found = scene.gazetteer.find(name)
    if found and all(r.type is not EntityType.PERSON for r in found):
        return True
    first = name.split(maxsplit=1)[0]
    return scene.gazetteer.state_of_adjective(first) is not None or any(
        r.type in (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY) for r in scene.gazetteer.find(first)
    )


def name_parts(name: str, particles: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a full name that may stand for it alone: no initials, no particles, capitals only."""
    parts = []
    for word in name.split():
        bare = word.strip(".,")
        if len(bare) < _FEWEST_LETTERS or not bare[0].isupper() or bare.lower() in particles or word.endswith("."):
            continue
        parts.append(bare)
        if "-" in bare and bare.lower().startswith(("al-", "el-")):
            parts.append(bare[3:])
    return tuple(parts)


def find_surnames(scene: Scene, people: Iterable[Candidate], taken: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield single words that are a part of a full name in the text ("Singh" beside "Rajnath Singh")."""
    particles = frozenset(p.lower() for p in scene.words["name_particle"])
    parts: set[str] = set()
    for person in people:
        full = scene.text[person.start : person.end]
        words = full.split()
        if len(words) > 1:
            parts.update(name_parts(full, particles))
            if words[0].lower() in particles:
                continue
            last = words[-1]
            if "-" in last and last.lower().startswith(("al-", "el-")):
                parts.add(last[3:])
    parts -= set(scene.words.cased["not_person"])
    if not parts:
        return
    taken_spans = sorted((c.start, c.end) for c in taken)
    options = parts | {p.upper() for p in parts}
    either = any_of(options)
    pattern = rf"(?<![\w-])(?:al-|Al-|El-|el-)?({either})(?!\w|-[A-Z])"
    for match in re.finditer(pattern, scene.text):
        start, end = match.span(1)
        at = bisect_left(taken_spans, (end, 0))
        if (at and taken_spans[at - 1][1] > start) or not scene.is_news(start, end):
            continue
        if match.group(1).isupper() and not scene.is_in_capitals(start, end):
            continue
        following = re.match(r" ([A-Z][\w-]*)", scene.text[end:])
        before = scene.before(start, 1)
        if (
            following
            and following.group(1).lower() not in _lower_titles(scene)
            and not scene.is_in_capitals(start, end)
        ):
            continue
        if (
            before
            and before[0].text[:1].isupper()
            and scene.text[before[0].span.end : start] == " "
            and not scene.is_sentence_start(before[0].span.start)
            and before[0].text.lower().rstrip(".") not in _lower_titles(scene)
            and not scene.is_in_capitals(start, end)
        ):
            continue
        yield _person(start, end, "pattern.surname", _FAIR, tier=Tier.DERIVED)


def _lower_titles(scene: Scene) -> frozenset[str]:
    words = scene.words
    return scene.once(
        "people.titles",
        lambda: frozenset(
            part.rstrip(".") for name in ("title", "rank", "office_word") for w in words[name] for part in w.split()
        ),
    )


def _person(start: int, end: int, rule: str, confidence: float, *, tier: int = Tier.NAMED) -> Candidate:
    return Candidate(start=start, end=end, type=EntityType.PERSON, rule=rule, confidence=confidence, tier=tier)
