"""Groups names of persons: full names, surnames, spelling variants."""

from __future__ import annotations

from collections.abc import Mapping

from armsgraph.entities.background import Background
from armsgraph.entities.clusters import Cluster, Unions, gather
from armsgraph.entities.keys import differ_by_one, name_words
from armsgraph.entities.reading import Reading
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.model import EntityType, Mention, MentionForm, Span

__all__ = ["add_surnames", "group_persons", "person_words"]

_SMALL = frozenset(
    {"al", "el", "bin", "ibn", "de", "van", "von", "der", "da", "di", "do", "dos", "la", "le", "abu", "of"}
)


def person_words(text: str, lexicon: OfficeLexicon) -> tuple[str, ...]:
    """Return the folded words of a person's name without ranks and honorifics in front of or behind it."""
    words = list(name_words(text))
    while len(words) > 1:
        n = max(lexicon.tables["ranks"].match(words, 0), lexicon.tables["honorifics"].match(words, 0))
        if not n or n >= len(words):
            break
        del words[:n]
    while len(words) > 1 and words[-1] in {"retd", "ret", "jr", "sr"}:
        words.pop()
    return tuple(words)


def group_persons(
    reading: Reading, background: Background, lexicon: OfficeLexicon, titles: Mapping[Mention, frozenset[str]]
) -> list[Cluster]:
    """Group the names of persons.

    Args:
        reading: The document.
        background: The lists; a person known by two spellings there is one.
        lexicon: Ranks and honorifics.
        titles: Heads of the titles that stand with a mention ("minister"): they tell two Singhs apart.

    Returns:
        Clusters by first mention. A surname that could be two people is in none.
    """
    mentions = [
        m
        for m in sorted(reading.mentions, key=lambda m: m.span)
        if m.type is EntityType.PERSON and m.form is MentionForm.NAME
    ]
    words = {m: person_words(m.text, lexicon) for m in mentions}
    full = [m for m in mentions if len(words[m]) > 1]
    single = [m for m in mentions if len(words[m]) == 1]
    unions = Unions(full)
    unions.join_by(lambda m: words[m])
    unions.join_by(lambda m: m.record)
    for i, a in enumerate(full):
        for b in full[i + 1 :]:
            if _same_name(words[a], words[b]) and not (a.record and b.record and a.record != b.record):
                unions.join(a, b)
    clusters = gather(unions, EntityType.PERSON)
    loose: dict[tuple[str, ...], Cluster] = {}
    for m in single:
        fitting = [c for c in clusters if any(_is_part(words[m][0], words[f]) for f in c.mentions if f in words)]
        last = [c for c in fitting if any(words[f][-1] == words[m][0] for f in c.mentions if len(words.get(f, ())) > 1)]
        chosen = _choose(m, last or fitting, titles)
        if chosen is not None:
            chosen.mentions.append(m)
        elif not fitting:
            cluster = loose.get(words[m])
            if cluster is None:
                cluster = loose[words[m]] = Cluster(type=EntityType.PERSON)
                clusters.append(cluster)
            cluster.mentions.append(m)
            cluster.needs_scope = True
    for cluster in clusters:
        cluster.mentions.sort(key=lambda m: m.span)
        cluster.choose_record()
    return sorted(clusters, key=lambda c: c.first)


def _same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if sorted(a) == sorted(b):
        return True
    short, long = sorted((a, b), key=len)
    if short[-1] != long[-1]:
        # spelling variants: one letter of the last name, the rest alike
        return (
            len(a) == len(b) and a[:-1] == b[:-1] and min(len(a[-1]), len(b[-1])) >= 5 and differ_by_one(a[-1], b[-1])
        )
    if len(short) == len(long) == 3 and short[0] == long[0] and short[1][0] == long[1][0]:
        return True  # "Hasan Mahmood Khan" and "Hasan Mahmud Khan"
    if len(short) == len(long):
        # initials and one-letter variants of the first name: "Sergei" and "Sergey", "S" and "Subrahmanyam"
        pairs = [(x, y) for x, y in zip(short[:-1], long[:-1], strict=True) if x != y]
        return all(
            (min(len(x), len(y)) == 1 and x[0] == y[0]) or (min(len(x), len(y)) >= 5 and differ_by_one(x, y))
            for x, y in pairs
        )
    rest = iter(long[:-1])
    return all(any(w == r or (min(len(w), len(r)) == 1 and w[0] == r[0]) for r in rest) for w in short[:-1])


def _is_part(word: str, full: tuple[str, ...]) -> bool:
    """Say whether a single word is a usable part of a full name; initials and particles are not."""
    if word in full and len(word) > 2 and word not in _SMALL:
        return True
    return word == full[-1] or any(word == f"{p}{full[-1]}" for p in ("al", "el"))


def _choose(mention: Mention, fitting: list[Cluster], titles: Mapping[Mention, frozenset[str]]) -> Cluster | None:
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    mine = titles.get(mention, frozenset())
    if mine:
        by_title = [c for c in fitting if any(titles.get(m, frozenset()) & mine for m in c.mentions)]
        return by_title[0] if len(by_title) == 1 else None
    before = [
        (max(m.span.end for m in c.mentions if m.span.end <= mention.span.start), i)
        for i, c in enumerate(fitting)
        if any(m.span.end <= mention.span.start for m in c.mentions)
    ]
    return fitting[max(before)[1]] if before else None


def add_surnames(reading: Reading, lexicon: OfficeLexicon) -> None:
    """Put mentions on bare surnames of persons named in full, where no other mention stands.

    Only the last name (or, before a last name with a hyphen, the first: "Kang Gu-young") and only where it is not
    part of a longer run of capitalised words.
    """
    wanted: dict[str, str] = {}
    taken: set[str] = set()
    for m in list(reading.mentions):
        for word in name_words(m.text):
            if m.type is not EntityType.PERSON:
                taken.add(word)
        if m.type is EntityType.PERSON and m.form is MentionForm.NAME:
            words = person_words(m.text, lexicon)
            if len(words) > 1 and len(words[-1]) > 2:
                wanted[words[-1]] = m.text
                if m.text.split()[-1].count("-") == 1 and len(m.text.split()) == 2 and "-" not in m.text.split()[0]:
                    wanted[words[0]] = m.text
    for i, place in enumerate(reading.words):
        key = "".join(name_words(place.text))
        if key not in wanted or key in taken or not place.is_capitalised or reading.name_at(i) is not None:
            continue
        if place.is_glued or reading.lower(i - 1) == "-" or _goes_on(reading, i):
            continue
        reading.add(
            Mention(
                span=Span(place.start, place.end),
                type=EntityType.PERSON,
                text=place.text,
                rule="entities.surname",
                confidence=0.85,
            )
        )


def _goes_on(reading: Reading, i: int) -> bool:
    """Say whether a capitalised word that no mention covers goes on with the name ("Singh Road")."""
    if i + 1 >= len(reading.words):
        return False
    word, following = reading.words[i], reading.words[i + 1]
    if following.is_glued:
        return True
    gap = reading.text[word.end : following.start]
    return (
        gap == " "
        and following.is_capitalised
        and following.lower.isalpha()
        and reading.name_at(i + 1) is None
        and not word.text.isupper()
    )
