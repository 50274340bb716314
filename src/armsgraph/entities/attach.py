"""Which title belongs to which person: "Defence Minister X", "X, director of Y", "X, who became ambassador"."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.entities.reading import Reading
from armsgraph.entities.titles import Title
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.model import EntityType, Mention, MentionForm

__all__ = ["Attachment", "attach_titles", "person_after", "person_before", "skip_ranks"]

_MOST_MATTER = 8
_MOST_OWNER = 3
_NO_MATTER = frozenset(
    {"that", "which", "who", "and", "but", "has", "had", "have", "was", "were", "is", "are", "said", "will"}
)


# What may stand behind a name that ends its clause.
_AFTER_NAME = frozenset({"", ",", ".", ";", ")", "\n", "and", "who"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A title beside a person; `rule` says how: `title.before`, `title.comma`, `title.after`,
    `title.copula`, `title.line`.
    """

    title: Title
    person: Mention
    rule: str
    confidence: float


def attach_titles(reading: Reading, titles: tuple[Title, ...], lexicon: OfficeLexicon) -> tuple[Attachment, ...]:
    """Attach titles to the persons they stand with, by position of the title; a title with no person is left out."""
    chains: list[list[Title]] = []
    for title in titles:
        if title.follows and chains:
            chains[-1].append(title)
        else:
            chains.append([title])
    direct: dict[int, list[Mention]] = {}
    for n, chain in enumerate(chains):
        people = _named_directly(reading, chain[-1], lexicon)
        if people:
            direct[n] = people
    titled = {p for people in direct.values() for p in people}
    found: list[Attachment] = []
    for n, chain in enumerate(chains):
        people, rule, confidence = _people_of(reading, chain, direct.get(n), titled, lexicon)
        titled.update(people)
        found += [
            Attachment(title=title, person=person, rule=rule, confidence=confidence)
            for title in chain
            for person in people
        ]
    return tuple(found)


def _people_of(
    reading: Reading, chain: list[Title], direct: list[Mention] | None, titled: set[Mention], lexicon: OfficeLexicon
) -> tuple[list[Mention], str, float]:
    if direct:
        return direct, "title.before", 0.95
    before = _named_before(reading, chain[0], lexicon)
    after = person_after(reading, chain[-1].right, lexicon, comma=True) or _named_behind_matter(
        reading, chain[-1], lexicon
    )
    if before is not None and (before[0] not in titled or after is None):
        people = [before[0]]
        # "X took over as chief from Y": Y held it before
        former = person_after(reading, chain[-1].right + 1, lexicon, comma=False)
        if before[1] == "title.copula" and reading.lower(chain[-1].right) == "from" and former is not None:
            people.append(former)
        return people, before[1], 0.9
    if after is not None and reading.lower(chain[-1].right) != "'s":
        return [after], "title.comma", 0.85
    if before is not None:
        return [before[0]], before[1], 0.8
    listed = _named_behind_organisation(reading, chain[-1], lexicon)
    if listed is not None:
        return [listed], "title.listed", 0.8
    told = _named_in_brackets(reading, chain[-1], lexicon) or _named_as_complement(reading, chain[-1], lexicon)
    if told is not None:
        return [told], "title.copula", 0.8
    line = _named_on_line_before(reading, chain[0], chain[-1])
    return ([line], "title.line", 0.8) if line is not None else ([], "", 0.0)


def _named_directly(reading: Reading, title: Title, lexicon: OfficeLexicon) -> list[Mention]:
    person = person_after(reading, title.right, lexicon, comma=False)
    if person is None:
        return []
    people = [person]
    while title.head.is_plural:
        k = reading.end_of(people[-1])
        if reading.lower(k) == "and" or (reading.lower(k) == "," and reading.lower(k + 1) == "and"):
            k += 1 if reading.lower(k) == "and" else 2
        elif reading.lower(k) == ",":
            k += 1
        else:
            break
        nxt = person_after(reading, k, lexicon, comma=False)
        if nxt is None:
            break
        people.append(nxt)
    return people


def skip_ranks(reading: Reading, k: int, lexicon: OfficeLexicon) -> int:
    """Return the place behind ranks, honorifics and what hangs on them ("Maj. Gen. (Retd.)")."""
    while k < len(reading.words):
        word = reading.lower(k)
        mention = reading.name_at(k)
        if mention is not None and mention.type is EntityType.PERSON:
            return k
        length = max(
            lexicon.tables["ranks"].match(reading.lowers, k), lexicon.tables["honorifics"].match(reading.lowers, k)
        )
        if length:
            k += length
        elif word == "." and k and reading.lower(k - 1) != "\n" and reading.words[k].start == reading.words[k - 1].end:
            if len(reading.words[k - 1].text) > 5:
                return k
            k += 1
        elif (
            word == ","
            and k
            and lexicon.tables["ranks"].match_before(reading.lowers, k)
            and _is_rank(reading, k + 1, lexicon)
        ):
            k += 1
        elif word == "(" and reading.lower(k + 1) in {"retd", "ret", "retired", "r", "res"}:
            k = _close(reading, k)
        else:
            return k
    return k


def _is_rank(reading: Reading, k: int, lexicon: OfficeLexicon) -> bool:
    return k < len(reading.words) and lexicon.tables["ranks"].match(reading.lowers, k) > 0


def _close(reading: Reading, k: int) -> int:
    for i in range(k + 1, min(k + 10, len(reading.words))):
        if reading.lower(i) == ")":
            return i + 1
    return k + 1


def person_after(reading: Reading, k: int, lexicon: OfficeLexicon, *, comma: bool) -> Mention | None:
    """Return the person named at word `k`, ranks skipped; with `comma` one comma may (and must) come first."""
    if reading.lower(k) == "(" and comma:
        k = _close(reading, k)
    length = lexicon.tables["time_phrases"].match(reading.lowers, k) if k < len(reading.words) else 0
    k += length
    if comma:
        if reading.lower(k) not in {",", ":"} and not length:
            return None
        if reading.lower(k) in {",", ":"}:
            k += 1
    k = skip_ranks(reading, k, lexicon)
    mention = reading.name_at(k)
    if mention is None or mention.type is not EntityType.PERSON or mention.form is not MentionForm.NAME:
        return None
    return mention if reading.start_of(mention) == k or k > reading.start_of(mention) else None


def person_before(reading: Reading, k: int) -> Mention | None:
    """Return the person whose name ends right before word `k`; "(Retd)", "(left)" and an age are skipped."""
    j = k - 1
    for _ in range(3):
        if reading.lower(j) == ")":
            opening = next((i for i in range(j - 1, max(j - 8, -1), -1) if reading.lower(i) == "("), None)
            if opening is None:
                return None
            j = opening - 1
        elif reading.lower(j).isdigit() and reading.lower(j - 1) == ",":
            j -= 2
        else:
            break
    if reading.lower(j) == "." and reading.lower(j - 1) in {"jr", "sr"}:
        j -= 2
    mention = reading.name_at(j)
    if mention is not None and mention.type is EntityType.PERSON and mention.form is MentionForm.NAME:
        return mention
    return None


def _named_before(reading: Reading, title: Title, lexicon: OfficeLexicon) -> tuple[Mention, str] | None:
    k = _owner_start(reading, title)
    if title.head.phrase in lexicon.words["after_name"]:
        near = person_before(reading, k)
        if near is not None:
            return near, "title.after"
    while k > 0 and (
        reading.lower(k - 1) in lexicon.words["determiners"] or reading.lower(k - 1) in lexicon.words["honorifics"]
    ):
        k -= 1
    sign = reading.lower(k - 1)
    if sign in {",", "(", "–", "—", "-"}:
        person = person_before(reading, k - 1)
        return (person, "title.after") if person is not None else None
    length = lexicon.tables["linkers"].match_before(reading.lowers, k)
    if length:
        j = k - length
        if reading.lower(j - 1) == ",":
            j -= 1
        # "X on Friday took over as": what stands between subject and verb says when
        while reading.lower(j - 1) in lexicon.words["between_subject_and_verb"]:
            j -= 1
        person = person_before(reading, j) or (
            _before_its_office(reading, j) if reading.lower(k - length) == "of" else None
        )
        if person is not None:
            return person, "title.copula"
    return None


def _before_its_office(reading: Reading, k: int) -> Mention | None:
    """Return the person of "Jane Doe for the Investment Centre, (of which she is director)": `k` is behind the name."""
    mention = reading.name_at(k - 1)
    if mention is None:
        return None
    start = reading.start_of(mention)
    start -= 1 if reading.lower(start - 1) == "the" else 0
    return person_before(reading, start - 1) if reading.lower(start - 1) in {"for", "of", "from"} else None


def _owner_start(reading: Reading, title: Title) -> int:
    """Return where a title starts, with an owner that no name covers ("Jane Doe, the navy's commander")."""
    at = title.possessor
    if at is None or at >= title.first or reading.lower(at + 1) != "'s":
        return title.left
    mention = reading.name_at(at)
    k = reading.start_of(mention) if mention is not None else at
    for _ in range(_MOST_OWNER):
        if reading.lower(k - 1) in {"the", ","} or not reading.lower(k - 1).isalpha():
            break
        k -= 1
    return k if reading.lower(k - 1) in {"the", ","} else title.left


def _named_behind_matter(reading: Reading, title: Title, lexicon: OfficeLexicon) -> Mention | None:
    """Return the person of "the head of the audit, Jane Doe,": what the office is of may be any few words."""
    if reading.lower(title.right) not in {"of", "for"}:
        return None
    for k in range(title.right + 1, min(title.right + _MOST_MATTER, len(reading.words))):
        word = reading.lower(k)
        if word == ",":
            person = person_after(reading, k, lexicon, comma=True)
            is_set_off = person is not None and reading.lower(reading.end_of(person)) in {",", ".", ")"}
            return person if is_set_off and person is not None and " " in person.text else None
        mention = reading.name_at(k)
        if (mention is not None and mention.type is EntityType.PERSON) or word in _NO_MATTER or not word[:1].isalnum():
            return None
    return None


def _named_behind_organisation(reading: Reading, title: Title, lexicon: OfficeLexicon) -> Mention | None:
    """Return the person of "the Deputy Chairman, Arms Committee, Jane Doe": title, organisation, name."""
    if reading.lower(title.right) != ",":
        return None
    mention = reading.name_at(title.right + 1)
    if mention is None or mention.type not in lexicon.owners_of(title.head) or mention.form is not MentionForm.NAME:
        return None
    return person_after(reading, reading.end_of(mention), lexicon, comma=True)


def _named_in_brackets(reading: Reading, title: Title, lexicon: OfficeLexicon) -> Mention | None:
    """Return the person of "Minister for Defence (Jane Doe): ...": nothing but the name stands in the brackets."""
    if reading.lower(title.right) not in {"(", "["}:
        return None
    person = person_after(reading, title.right + 1, lexicon, comma=False)
    is_alone = person is not None and reading.lower(reading.end_of(person)) in {")", "]"}
    return person if is_alone else None


def _named_as_complement(reading: Reading, title: Title, lexicon: OfficeLexicon) -> Mention | None:
    """Return the person of "the minister in 2015 was Jane Doe"; "was Jane Doe's choice" names no holder."""
    k = title.right
    if reading.lower(k) in {"in", "since", "until"} and reading.lower(k + 1).isdigit():
        k += 2
    k += lexicon.tables["time_phrases"].match(reading.lowers, k) if k < len(reading.words) else 0
    if reading.lower(k) not in {"is", "was"}:
        return None
    person = person_after(reading, k + 1, lexicon, comma=False)
    is_set_off = person is not None and reading.lower(reading.end_of(person)) in _AFTER_NAME
    return person if is_set_off else None


def _named_on_line_before(reading: Reading, first: Title, last: Title) -> Mention | None:
    """Read the head of a release: the name on one line, each title on a line of its own below it."""
    if not reading.is_line(first.left, last.right):
        return None
    k = first.left - 1
    for _ in range(4):
        if reading.lower(k) != "\n" or "\n" in reading.text[reading.words[k].start + 1 : reading.words[k].end]:
            return None
        start = k - 1
        while start > 0 and reading.lower(start - 1) != "\n":
            start -= 1
        for i in range(start, k):
            mention = reading.name_at(i)
            if mention is not None and mention.type is EntityType.PERSON:
                return mention if k - start <= 8 else None
        if k - start > 12:
            return None
        k = start - 1
    return None
