"""Titles of offices in a row of words: "Deputy Prime Minister", "Chief of the Naval Staff", "Director (Marketing)"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from armsgraph.entities.reading import Reading
from armsgraph.lexicon.offices import Head, OfficeLexicon
from armsgraph.model import EntityType, Mention, MentionForm

__all__ = ["Title", "find_titles"]

_ORGANISATIONS = frozenset(
    {
        EntityType.STATE,
        EntityType.FIRM,
        EntityType.GOVERNMENT_BODY,
        EntityType.ARMED_FORCE,
        EntityType.INTERNATIONAL_ORGANISATION,
    }
)
_OF = frozenset({"of", "for"})
_AT = frozenset({"at", "with", "in"})
_MOST_UNKNOWN_MODIFIERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title as it stands in the text.

    Attributes:
        first, last: The words of the title itself, `last` excluded.
        left, right: The same with the organisation and what belongs to it.
        before: Mention of the organisation in front ("HAL chairman", "India's ambassador"), if any.
        after: Mention of the organisation behind ("director of X"), if any.
        possessor: Index of a possessive before it that is no mention ("its", the noun of "the ministry's"), or None.
        follows: The title is joined to the one before it ("president of A and chairman of B").
    """

    head: Head
    first: int
    last: int
    left: int
    right: int
    before: Mention | None = None
    after: Mention | None = None
    possessor: int | None = None
    follows: bool = False

    @property
    def organisation(self) -> Mention | None:
        """The organisation that the words of the title name: the one behind goes before the one in front."""
        return self.after or self.before


def find_titles(reading: Reading, lexicon: OfficeLexicon) -> tuple[Title, ...]:
    """Return the titles of a document by position; joined ones ("President and CEO") are one unless each has its own
    organisation."""
    found: list[Title] = []
    i = 0
    while i < len(reading.words):
        rank = lexicon.tables["ranks"].match(reading.lowers, i)
        if rank > 1 and reading.lower(i + rank) != "of":
            i += rank  # "Air Chief Marshal", "Wing Commander": the head inside is no office
            continue
        title = _title_at(reading, lexicon, i)
        if title is None:
            i += 1
            continue
        found.append(title)
        i = max(title.right, i + 1)
        joined = _joined(reading, lexicon, title)
        while joined is not None:
            if title.after is None and joined.before is None and joined.possessor is None:
                title = replace(
                    joined,
                    first=title.first,
                    left=title.left,
                    before=title.before,
                    possessor=title.possessor,
                    follows=title.follows,
                    head=_higher(title.head, joined.head),
                )
                found[-1] = title
            else:
                title = replace(joined, follows=True)
                found.append(title)
            i = max(title.right, i)
            joined = _joined(reading, lexicon, title)
    return tuple(found)


def _higher(a: Head, b: Head) -> Head:
    """Keep the head that says more about the kind of office."""
    return a if a.group != "any" or b.group == "any" else b


def _joined(reading: Reading, lexicon: OfficeLexicon, title: Title) -> Title | None:
    k = title.right
    if reading.lower(k) not in {"and", "&", "cum", "/"}:
        return None
    k += 1
    if reading.lower(k) == "the":
        k += 1
    for start in range(k, min(k + 5, len(reading.words))):
        if reading.lower(start) in {",", ".", "\n", "and", ";"}:
            return None
        nxt = _title_at(reading, lexicon, start)
        if nxt is not None:
            return nxt if nxt.left <= k and nxt.left > title.right else None
    return None


def _title_at(reading: Reading, lexicon: OfficeLexicon, i: int) -> Title | None:
    length = lexicon.head_table.match(reading.lowers, i)
    if not length:
        return None
    head = lexicon.heads[" ".join(reading.lowers[i : i + length])]
    written = reading.text[reading.words[i].start : reading.words[i + length - 1].end]
    if head.is_short and not written.isupper():
        return None
    if head.phrase.isalpha() and len(head.phrase) <= 3 and not written.isupper():
        return None
    mention = reading.name_at(i)
    if mention is not None and not _is_generic(mention, lexicon):
        return None
    if head.group == "legislator" and head.phrase in lexicon.words["modifiers"]:
        follower = reading.name_at(i + length)
        if follower is None or follower.type is not EntityType.PERSON:
            return None  # "Deputy Jane Doe", but "deputy minister"
    title = _extend_left(reading, lexicon, Title(head=head, first=i, last=i + length, left=i, right=i + length))
    if reading.lower(title.right) == "'s":
        return replace(title, right=title.right)
    return _extend_right(reading, lexicon, title)


def _is_generic(mention: Mention, lexicon: OfficeLexicon) -> bool:
    text = mention.text.lower().replace("-", " ")
    return text in lexicon.generic_forces or text in lexicon.generic_bodies or text in lexicon.words["modifiers"]


def _extend_left(reading: Reading, lexicon: OfficeLexicon, title: Title) -> Title:
    first, unknown = title.first, 0
    capital = reading.words[title.first].is_capitalised
    j = first - 1
    while j >= 0:
        word = reading.words[j]
        mention = reading.name_at(j)
        if mention is not None and not _is_generic(mention, lexicon):
            if mention.type in _ORGANISATIONS or mention.form is MentionForm.ADJECTIVE:
                return replace(title, first=first, left=reading.start_of(mention), before=mention)
            break
        if word.lower == "'s":
            owner = reading.name_at(j - 1)
            if owner is not None and owner.type in _ORGANISATIONS and not _is_generic(owner, lexicon):
                return replace(title, first=first, left=reading.start_of(owner), before=owner)
            if owner is not None and owner.type is EntityType.PLACE:
                return replace(title, first=first, left=reading.start_of(owner))
            return replace(title, first=first, left=j, possessor=j - 1)
        if word.lower in lexicon.words["possessives"]:
            return replace(title, first=first, left=j, possessor=j)
        if word.lower in lexicon.words["modifiers"]:
            first = j
        elif word.lower in {"and", "&"} and capital and _is_department(reading, lexicon, j - 1) and first == j + 1:
            first = j - 1
            j -= 1
        elif (
            capital
            and word.is_capitalised
            and word.lower.isalpha()
            and unknown < _MOST_UNKNOWN_MODIFIERS
            and word.lower not in lexicon.words["not_modifiers"]
            and not lexicon.tables["ranks"].match(reading.lowers, j)
            and not lexicon.tables["honorifics"].match(reading.lowers, j)
            and not word.text.isupper()
            and reading.lower(j - 1) not in {"", "\n", ".", "“", '"', ":", "”", "•"}
            and mention is None
        ):
            first, unknown = j, unknown + 1
        else:
            break
        j -= 1
    return replace(title, first=first, left=first)


def _is_department(reading: Reading, lexicon: OfficeLexicon, j: int) -> bool:
    return (
        j >= 0
        and reading.words[j].is_capitalised
        and reading.lower(j) in lexicon.words["matters"]
        and reading.name_at(j) is None
    )


def _extend_right(reading: Reading, lexicon: OfficeLexicon, title: Title) -> Title:
    k = _bracket_end(reading, title.last)
    if k is not None:
        title = replace(title, last=k, right=k)
    k = title.right
    for _ in range(2):
        word = reading.lower(k)
        if word in _OF:
            extended = _complement(reading, lexicon, title, k)
        elif word in _AT and title.head.group != "diplomat":
            extended = _organisation(reading, title, k + 1)
        elif word in {"to", "in"} and title.head.group == "diplomat":
            extended = _posting(reading, title, k + 1)
        else:
            break
        if extended is None:
            break
        if extended.right == k:
            break
        title = extended
        k = title.right
        bracket = _acronym_end(reading, k)
        if bracket is not None:
            k = bracket
            title = replace(title, right=k)
    return title


def _complement(reading: Reading, lexicon: OfficeLexicon, title: Title, at: int) -> Title | None:
    k = at + 1
    if reading.lower(k) in {"the", "its", "their"}:
        k += 1
    mention = reading.name_at(k)
    if mention is not None and reading.start_of(mention) == k:
        end = reading.end_of(mention)
        # "Saab's business area Dynamics", "Malaysia's defence ministry": the name behind the possessive is nearer
        if reading.lower(end) == "'s":
            inner = reading.name_at(end + 1)
            if inner is not None and inner.type in _ORGANISATIONS:
                return replace(title, right=reading.end_of(inner), after=inner)
            stop = end + 1
            while stop < min(end + 5, len(reading.words)) and reading.words[stop].text.isalpha():
                if reading.lower(stop) in {"said", "says", "and", "who", "has", "was", "is"}:
                    break
                stop += 1
            return replace(title, last=stop, right=stop, after=mention)
        inner = reading.name_at(end)
        if mention.form is MentionForm.ADJECTIVE or mention.type is EntityType.STATE:
            # "the Serbian | Armed Forces": two mentions side by side
            if inner is not None and inner.type in _ORGANISATIONS and reading.start_of(inner) == end:
                return replace(title, right=reading.end_of(inner), after=inner)
            if mention.form is MentionForm.ADJECTIVE:
                return None
        if mention.type is EntityType.PERSON:
            return None
        if _is_generic(mention, lexicon) and title.head.group in {"force", "any", "minister"}:
            return replace(title, last=end, right=end, after=mention)
        if mention.type in _ORGANISATIONS and title.after is None:
            return replace(title, right=end, after=mention)
        if mention.type is EntityType.PLACE and title.head.group in {"legislator", "any"}:
            return replace(title, right=end)
        return None
    if k == at + 2 and reading.lower(k) in lexicon.descriptions and title.possessor is None:
        return replace(title, right=k + 1, possessor=k)  # "of the ministry"
    stop = _matter_end(reading, lexicon, title, k)
    if stop > k:
        return replace(title, last=stop, right=stop)
    return None


def _matter_end(reading: Reading, lexicon: OfficeLexicon, title: Title, k: int) -> int:
    """Return the end of "national defence", "public works and government services" behind "of" or "for"."""
    stop, capital = k, reading.words[title.last - 1].is_capitalised
    while k < len(reading.words):
        word = reading.words[k]
        mention = reading.name_at(k)
        if mention is not None and not _is_generic(mention, lexicon) and mention.type is not EntityType.PLACE:
            break
        if word.lower in lexicon.words["matters"] and (word.is_capitalised or not capital or k == stop):
            k += 1
            stop = k
        elif word.lower in {"and", "the", ","} and k == stop and _continues(reading, lexicon, k, capital):
            k += 1
            stop_candidate = k
            while reading.lower(stop_candidate) in {"the", "and"}:
                stop_candidate += 1
            k = stop = stop_candidate
        else:
            break
    return stop


def _continues(reading: Reading, lexicon: OfficeLexicon, k: int, capital: bool) -> bool:
    """Say whether behind "and", "the" or a comma comes another matter, and not a name or a title."""
    nxt = k + 1
    while reading.lower(nxt) in {"the", "and"}:
        nxt += 1
    if reading.lower(nxt) not in lexicon.words["matters"] or (capital and not reading.words[nxt].is_capitalised):
        return False
    # "Deputy Prime Minister and Defence Minister": the next matter belongs to a title of its own
    ahead = nxt + 1
    return not lexicon.head_table.match(reading.lowers, ahead) if ahead < len(reading.words) else True


def _organisation(reading: Reading, title: Title, k: int) -> Title | None:
    if reading.lower(k) in {"the", "its"}:
        k += 1
    mention = reading.name_at(k)
    if mention is None or reading.start_of(mention) != k or title.after is not None:
        return None
    inner = reading.name_at(reading.end_of(mention))
    if (
        (mention.form is MentionForm.ADJECTIVE or mention.type is EntityType.STATE)
        and inner is not None
        and inner.type in _ORGANISATIONS
    ):
        mention = inner
    if mention.type in _ORGANISATIONS - {EntityType.STATE} and mention.form is MentionForm.NAME:
        return replace(title, right=reading.end_of(mention), after=mention)
    return None


def _posting(reading: Reading, title: Title, k: int) -> Title | None:
    """Skip where a diplomat is posted: it is not whom he serves."""
    if reading.lower(k) == "the":
        k += 1
    mention = reading.name_at(k)
    if mention is None or mention.type is EntityType.PERSON:
        return None
    return replace(title, right=reading.end_of(mention))


def _bracket_end(reading: Reading, k: int) -> int | None:
    """Return the end of a bracket that is part of the title ("(Marketing)", "(AM & LS)")."""
    if reading.lower(k) != "(":
        return None
    for end in range(k + 1, min(k + 8, len(reading.words))):
        if reading.lower(end) == ")":
            inside = range(k + 1, end)
            good = all(reading.words[i].is_capitalised or reading.lower(i) in {"&", "and", "of", ","} for i in inside)
            named = any(reading.name_at(i) is not None for i in inside)
            text = reading.text[reading.words[k].end : reading.words[end].start]
            return end + 1 if good and inside and not named and not text.lower().startswith("ret") else None
    return None


def _acronym_end(reading: Reading, k: int) -> int | None:
    if reading.lower(k) == "(" and reading.lower(k + 2) == ")" and reading.words[k + 1].text.isupper():
        return k + 3
    return None
