"""Names of persons that only their title gives away: "Defence Minister Jon Varga", "Jon Varga, director of X"."""

from __future__ import annotations

from dataclasses import replace

from armsgraph.entities.attach import skip_ranks
from armsgraph.entities.background import Background
from armsgraph.entities.keys import name_words
from armsgraph.entities.reading import Reading, Word
from armsgraph.entities.titles import Title, find_titles
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.model import EntityType, Mention, MentionForm, Span

__all__ = ["add_titled_persons"]

_MOST_WORDS = 5
_OWNED = frozenset({EntityType.GOVERNMENT_BODY, EntityType.ARMED_FORCE})
_ORGANISATIONS = frozenset({EntityType.FIRM, EntityType.GOVERNMENT_BODY})
_SENTENCE_STARTS = frozenset({"", "\n", ".", "?", "!", ":", "“", "”", '"', "•"})
_BEFORE_NAMES = _SENTENCE_STARTS | frozenset({"and", "with", "said", "says", ",", ";", "by", "for", "to", "from"})


def add_titled_persons(reading: Reading, background: Background, lexicon: OfficeLexicon) -> tuple[Title, ...]:
    """Put mentions on names of two or more words beside a title, where none stands or only one on their last words.

    A name right before a title needs a comma between and nothing but capitalised words; one behind it may follow a
    rank. Words of firms, months and titles never belong to it. Mentions that took a title for a part of a name are
    mended on the way.

    Returns:
        The titles of the document by position.
    """
    _clean(reading, lexicon)
    _take_titles_off(reading, lexicon)
    _take_owners_off(reading, background)
    for mention in [m for m in reading.mentions if m.type is EntityType.PERSON and m.form is MentionForm.NAME]:
        _widen(reading, mention, lexicon)
    before = set(reading.mentions)
    titles = find_titles(reading, lexicon)
    for title in titles:
        if _is_title_cased(reading, title.first):
            continue
        _behind(reading, title, lexicon)
        if title.head.phrase not in lexicon.words["after_name"]:
            _in_front(reading, title, lexicon)
    return titles if set(reading.mentions) == before else find_titles(reading, lexicon)


def _clean(reading: Reading, lexicon: OfficeLexicon) -> None:
    """Drop persons that are nothing but a title or rank, and take a title behind a name off it ("Jane Doe MP")."""
    no_name = lexicon.words["modifiers"] | lexicon.words["ranks"] | lexicon.words["honorifics"]
    for mention in [m for m in reading.mentions if m.type is EntityType.PERSON and m.form is MentionForm.NAME]:
        places = reading.range_of(mention.span)
        first, last = places.start, places.stop
        if " ".join(reading.lowers[first:last]) in lexicon.heads or all(
            w in no_name for w in reading.lowers[first:last]
        ):
            reading.remove(mention)
        elif reading.words[last - 1].text.isupper() and reading.lower(last - 1) in lexicon.words["after_name"]:
            reading.remove(mention)
            span = reading.span_of(first, last - 1)
            reading.add(replace(mention, span=span, text=reading.document.quote(span)))


def _take_titles_off(reading: Reading, lexicon: OfficeLexicon) -> None:
    """Take a title off an unlisted organisation: "CEO of Orbel Works" names Orbel Works."""
    for mention in [m for m in reading.mentions if m.type in _ORGANISATIONS and m.record is None]:
        places = reading.range_of(mention.span)
        k = _title_end(reading, places.start, places.stop, lexicon)
        if k is None:
            continue
        reading.remove(mention)
        k += 2 if reading.lower(k + 1) == "the" else 1
        if k < places.stop and reading.words[k].is_capitalised:
            span = Span(reading.words[k].start, mention.span.end)
            reading.add(replace(mention, span=span, text=reading.document.quote(span)))


def _take_owners_off(reading: Reading, background: Background) -> None:
    """Part "Peru's Ministry of Defence" into the state and its ministry."""
    for mention in [m for m in reading.mentions if m.type in _OWNED and m.record is None]:
        places = reading.range_of(mention.span)
        at = next((i for i in places[1:] if reading.lower(i) == "'s"), None)
        if at is None or at + 1 >= places.stop:
            continue
        owner = reading.span_of(places.start, at)
        code = background.state_code(reading.document.quote(owner))
        state = background.state(code)
        if state is None:
            continue
        reading.remove(mention)
        owned = Span(reading.words[at + 1].start, mention.span.end)
        reading.add(replace(mention, span=owned, text=reading.document.quote(owned)))
        reading.add(
            replace(mention, span=owner, text=reading.document.quote(owner), type=EntityType.STATE, record=state.id)
        )


def _title_end(reading: Reading, first: int, last: int, lexicon: OfficeLexicon) -> int | None:
    """Return the place of the "of" behind the titles that a stretch begins with, None if it begins with none."""
    k = first + 1 if reading.lower(first) in {"and", "&"} else first
    while k < last:
        while k < last and reading.lower(k) in lexicon.words["modifiers"]:
            k += 1
        length = lexicon.head_table.match(reading.lowers, k) if k < last else 0
        if not length:
            return None
        k += length
        if reading.lower(k) in {"of", "for", "at"} and k < last:
            return k
        if reading.lower(k) not in {"and", "&"}:
            return None
        k += 1
    return None


def _widen(reading: Reading, mention: Mention, lexicon: OfficeLexicon) -> None:
    """Add the first names in front of a lone last name."""
    words = name_words(mention.text)
    first = reading.start_of(mention)
    dot = 1 if reading.lower(first - 1) == "." else 0
    initial = reading.words[first - 1 - dot].text if first > dot else ""
    if len(words) > 1 and len(initial.replace(".", "")) == 1 and initial.isupper() and initial not in {"A", "I"}:
        if reading.name_at(first - 1 - dot) is None:
            _put(reading, first - 1 - dot, reading.end_of(mention))  # "R | Hari Kumar"
        return
    if (len(words) != 1 and words[0] not in lexicon.words["name_particles"]) or mention.text.isupper():
        return
    if _is_title_cased(reading, reading.start_of(mention)):
        return
    last = reading.end_of(mention)
    first = reading.start_of(mention)
    while first > 0 and last - first < _MOST_WORDS and _is_name_word(reading, first - 1, lexicon):
        if reading.lower(first - 2) in _SENTENCE_STARTS:
            break  # "Later Petrov": the capital may be that of the sentence
        if reading.text[reading.words[first - 1].end : reading.words[first].start] not in {" ", "", "-"}:
            break
        first -= 1
    first = _trim(reading, first, last, lexicon)
    if first < reading.start_of(mention):
        _put(reading, first, last)


def _behind(reading: Reading, title: Title, lexicon: OfficeLexicon) -> None:
    k = title.right
    has_comma = reading.lower(k) == ","
    start = skip_ranks(reading, k + 1 if has_comma else k, lexicon)
    if has_comma and start == k + 1 and title.left == title.first and title.organisation is None:
        return
    end = start
    while end - start < _MOST_WORDS and _is_name_word(reading, end, lexicon):
        end += 1
    while end > start and reading.words[end - 1].lower in lexicon.words["name_particles"]:
        end -= 1
    if reading.lower(end - 1) in lexicon.words["body_tails"]:
        return
    if end - start >= 2 and (not has_comma or reading.lower(end) in {",", ".", "and", ";"}):
        _put(reading, start, end)


def _in_front(reading: Reading, title: Title, lexicon: OfficeLexicon) -> None:
    k = title.left
    while k > 0 and reading.lower(k - 1) in lexicon.words["determiners"]:
        k -= 1
    if reading.lower(k - 1) != "," or title.head.is_plural:
        return
    last = k - 1
    if reading.lower(last - 1) == ")":
        return
    first = last
    while first > 0 and last - first < _MOST_WORDS and _is_name_word(reading, first - 1, lexicon):
        first -= 1
    first = _trim(reading, first, last, lexicon)
    # a list of offices or places reads alike: what stands in front must end a clause, say who speaks, or when
    previous = reading.lower(first - 1)
    if last - first >= 2 and (previous in _BEFORE_NAMES or previous in lexicon.words["between_subject_and_verb"]):
        _put(reading, first, last)


def _is_name_word(reading: Reading, i: int, lexicon: OfficeLexicon) -> bool:
    if not 0 <= i < len(reading.words):
        return False
    word: Word = reading.words[i]
    mention = reading.name_at(i)
    if mention is not None and mention.type is not EntityType.PERSON:
        return False
    if word.lower in lexicon.words["name_particles"] or (word.is_glued and word.text.isalpha()):
        return True
    if word.lower == ".":
        return i > 0 and len(reading.words[i - 1].text.replace(".", "")) <= 2 and reading.words[i - 1].is_capitalised
    words = lexicon.words
    return (
        word.is_capitalised
        and word.text.replace("'", "").replace("’", "").replace(".", "").isalpha()
        and not (word.text.isupper() and len(word.text.replace(".", "")) > 2)
        and word.lower not in words["not_modifiers"]
        and word.lower not in words["modifiers"]
        and word.lower not in words["matters"]
        and word.lower not in words["legal_forms"]
        and word.lower not in words["firm_fillers"]
        and word.lower not in words["between_subject_and_verb"]
        and not lexicon.head_table.match(reading.lowers, i)
        and not lexicon.tables["ranks"].match(reading.lowers, i)
        and not lexicon.tables["honorifics"].match(reading.lowers, i)
    )


def _is_title_cased(reading: Reading, i: int) -> bool:
    """Say whether a word stands in a headline that writes every word with a capital: there capitals tell nothing."""
    first = last = i
    while first > 0 and reading.lower(first - 1) != "\n":
        first -= 1
    while last < len(reading.words) and reading.lower(last) != "\n":
        last += 1
    words = [w for w in reading.words[first:last] if w.text.isalpha() and len(w.text) > 3]
    return len(words) > 3 and reading.lower(last - 1) != "." and all(w.is_capitalised for w in words)


def _trim(reading: Reading, first: int, last: int, lexicon: OfficeLexicon) -> int:
    while first < last and (
        reading.words[first].lower in lexicon.words["name_particles"] or reading.words[first].lower == "."
    ):
        first += 1
    return first


def _put(reading: Reading, first: int, last: int) -> None:
    covered = {m for i in range(first, last) if (m := reading.name_at(i)) is not None}
    span = reading.span_of(first, last)
    if any(m.type is not EntityType.PERSON or not span.contains(m.span) or m.span == span for m in covered):
        return
    reading.exchange(
        covered,
        Mention(
            span=span,
            type=EntityType.PERSON,
            text=reading.document.quote(span),
            rule="entities.titled",
            confidence=0.8,
        ),
    )
