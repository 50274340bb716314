"""Groups names of firms, weapons, places and organisations: short forms, acronyms in brackets, spelling variants."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from armsgraph.entities.background import Background
from armsgraph.entities.clusters import Cluster, Unions, gather
from armsgraph.entities.keys import firm_words, fold, initials, weapon_key
from armsgraph.entities.reading import Reading
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.model import EntityType, Mention, MentionForm, Span

__all__ = ["add_acronyms", "group_named"]

_GROUPED = (
    EntityType.FIRM,
    EntityType.WEAPON,
    EntityType.PLACE,
    EntityType.INTERNATIONAL_ORGANISATION,
    EntityType.GOVERNMENT_BODY,
    EntityType.ARMED_FORCE,
)
_OWNER_REACH = 5
_WITH_ACRONYMS = frozenset(_GROUPED) - {EntityType.PLACE}


def add_acronyms(reading: Reading, lexicon: OfficeLexicon) -> dict[Mention, Mention]:
    """Bind acronyms in brackets to the name before them.

    "Bharat Dynamics Ltd (BDL)": the acronym takes the type of the name, and every further "BDL" that no mention
    covers becomes one. The other order, "BDL (Bharat Dynamics Ltd)", is bound as well.

    Returns:
        Short form -> long form, for the mentions that stand in brackets; new mentions are put on `reading`.
    """
    pairs: dict[Mention, Mention] = {}
    legal = lexicon.words["legal_forms"]
    for mention in list(reading.mentions):
        if mention.type not in _WITH_ACRONYMS or mention.form is not MentionForm.NAME:
            continue
        k = reading.end_of(mention)
        if reading.lower(k) == "'s":
            k += 1
        if reading.lower(k) != "(":
            # "the Defence Acquisition Council or DAC"
            continue
        close = _closing(reading, k)
        if close is None:
            continue
        inside = list(reading.names_between(reading.words[k].end, reading.words[close].start))
        written = reading.text[reading.words[k].end : reading.words[close].start].strip(" ,“”\"'‘’")
        short = inside[0] if len(inside) == 1 and inside[0].text.strip() == written else None
        if short is None and not inside and written and _is_acronym(written, mention.text, legal):
            start = reading.text.index(written, reading.words[k].end)
            short = Mention(
                span=Span(start, start + len(written)),
                type=mention.type,
                text=written,
                rule="entities.acronym",
                confidence=0.9,
            )
            reading.add(short)
        if short is None or short.form is not MentionForm.NAME:
            continue
        if _is_acronym(short.text, mention.text, legal) or (short.type is mention.type and _are_one(short, mention)):
            pairs[short] = mention
    _spread(reading, pairs)
    return pairs


def _closing(reading: Reading, k: int) -> int | None:
    for i in range(k + 1, min(k + 12, len(reading.words))):
        if reading.lower(i) in {")", ",", ";", "\n"}:
            return i if i > k + 1 and reading.lower(i) in {")", ",", ";"} else None
    return None


def _is_acronym(short: str, long: str, legal: frozenset[str]) -> bool:
    letters = "".join(c for c in short.lower() if c.isalnum())
    if len(letters) < 2 or not short[0].isupper() or sum(c.isupper() for c in short) < 2:
        return False
    wanted = {initials(long, legal), initials(long, legal, with_legal=True)}
    if letters in wanted or letters.rstrip("s") in wanted:
        return True
    # letters of the name in its order, the first one the first ("Rosoboronexport (ROE)", "AWACS")
    rest = iter(fold(long))
    return len(letters) >= 3 and fold(long)[:1] == letters[:1] and all(c in rest for c in letters)


def _are_one(short: Mention, long: Mention) -> bool:
    """Say whether a name alone in brackets equates: two listed things of different rows stay two."""
    return not (short.record and long.record and short.record != long.record) and short.type is not EntityType.PLACE


def _spread(reading: Reading, pairs: dict[Mention, Mention]) -> None:
    shorts = {
        m.text: long.type for m, long in pairs.items() if m.text.isupper() or any(c.isupper() for c in m.text[1:])
    }
    if not shorts:
        return
    for i, word in enumerate(reading.words):
        type_ = shorts.get(word.text)
        if type_ is not None and reading.name_at(i) is None:
            reading.add(
                Mention(
                    span=Span(word.start, word.end),
                    type=type_,
                    text=word.text,
                    rule="entities.acronym",
                    confidence=0.85,
                )
            )


def group_named(
    reading: Reading, background: Background, lexicon: OfficeLexicon, pairs: dict[Mention, Mention], skip: set[Mention]
) -> list[Cluster]:
    """Group the names of all types but states and persons; `skip` holds mentions that another rule groups."""
    retyped = {short: long.type for short, long in pairs.items()}
    by_text = {(short.text, short.type): long.type for short, long in pairs.items()}
    clusters: list[Cluster] = []
    for type_ in _GROUPED:
        mentions = [
            m
            for m in sorted(reading.mentions, key=lambda m: m.span)
            if m.form is MentionForm.NAME
            and m not in skip
            and retyped.get(m, by_text.get((m.text, m.type), m.type)) is type_
        ]
        unions = Unions(mentions)
        unions.join_by(lambda m: m.record)
        present = set(mentions)
        for short, long in pairs.items():
            if short in present and long in present:
                unions.join(long, short)
        if type_ is EntityType.WEAPON:
            keys = _weapon_keys(mentions, background)
            unions.join_by(lambda m, keys=keys: keys[m])  # type: ignore[misc]
            _join_short_weapons(unions, _distinct(mentions), keys)
        elif type_ is EntityType.FIRM:
            mentions = _recognise_firms(mentions, background, lexicon)
            unions = Unions(mentions)
            unions.join_by(lambda m: m.record)
            for short, long in pairs.items():
                ends = [next((m for m in mentions if m.span == p.span), None) for p in (long, short)]
                if ends[0] is not None and ends[1] is not None:
                    unions.join(ends[0], ends[1])
            unions.join_by(lambda m: firm_words(m.text, lexicon.words["legal_forms"]))
            _join_short_firms(unions, _distinct(mentions), reading, background, lexicon)
        else:
            unions.join_by(lambda m: fold(m.text).removeprefix("the "))
        if type_ is EntityType.INTERNATIONAL_ORGANISATION:
            # "the Alliance" is the only organisation that the text names
            plain = [m for m in mentions if fold(m.text).removeprefix("the ") not in lexicon.descriptions]
            if len({m.record or fold(m.text) for m in plain}) == 1:
                for m in mentions:
                    unions.join(plain[0], m)
        if type_ in _WITH_ACRONYMS:
            _join_initials(unions, mentions, lexicon)
        for cluster in gather(unions, type_):
            cluster.mentions = [m if m.type is type_ else replace(m, type=type_) for m in cluster.mentions]
            clusters.append(cluster)
    return clusters


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """Return one mention of each text and record: those of one text are joined already, and a long text has many."""
    return list({(m.text, m.record): m for m in mentions}.values())


def _weapon_keys(mentions: list[Mention], background: Background) -> dict[Mention, str]:
    """Key of each weapon, a plural "s" taken off: always in lower case, as capital only beside the singular."""
    plain = {m: _compact(m.text) for m in mentions}
    listed: dict[Mention, bool] = {}
    for m in mentions:
        row = background.listed(m.record)
        listed[m] = row is not None and any(plain[m] == _compact(n) for n in (row.name, *row.aliases))
    keys: dict[Mention, str] = {}
    known = Counter(plain.values())
    for m in mentions:
        key, text = plain[m], m.text.rstrip()
        if len(key) > 3 and key.endswith("s") and not listed[m]:
            stem, before = key[:-1], text[-2:-1]
            is_plural = text.endswith("s") and (before.isdigit() or before.isupper() or text[-2:-1] in "'’")
            if is_plural or known[stem]:
                key = stem
        keys[m] = key
    return keys


def _recognise_firms(mentions: list[Mention], background: Background, lexicon: OfficeLexicon) -> list[Mention]:
    """Give "Northrop Grumman Corp." the record of the listed firm of that name, legal forms aside."""
    return [m if m.record else replace(m, record=_listed_firm(m.text, background, lexicon) or None) for m in mentions]


def _listed_firm(text: str, background: Background, lexicon: OfficeLexicon) -> str:
    """Return the record of a listed firm: the only one of that name, else the one whose main name it is; "" if none."""
    bare = " ".join(firm_words(text, lexicon.words["legal_forms"]))
    rows = background.gazetteer.find(text, EntityType.FIRM) or background.gazetteer.find(bare, EntityType.FIRM)
    main = [r for r in rows if fold(r.name) in (fold(text), bare)]
    if len(rows) == 1:
        return rows[0].id
    return main[0].id if len(main) == 1 else ""


def _compact(text: str) -> str:
    return weapon_key(text).replace(" ", "")


def _join_short_weapons(unions: Unions, mentions: list[Mention], keys: dict[Mention, str]) -> None:
    """Bind "Typhoon" to "Eurofighter Typhoon", "T-84" to "T-84 Oplot"; a variant ("Spike NLOS") stays apart."""
    words = {m: tuple(fold(m.text).split()) for m in mentions}
    for short in mentions:
        s = words[short]
        stem = keys[short]
        longer: dict[str, Mention] = {}
        for m in mentions:
            w = words[m]
            if len(w) <= len(s) or (m.record and short.record and m.record != short.record):
                continue
            n = len(s)
            tail = "".join(w[-n:])
            if (
                tail in (stem, "".join(s), "".join(s).removesuffix("s"))
                or (w[:n] == s and any(c.isdigit() for c in stem) and _is_nickname(m.text, w[n:]))
                or _is_taken_up(short, m, w[n:], is_start=w[:n] == s)
            ):
                longer[keys[m]] = m
        if len(longer) == 1:
            unions.join(next(iter(longer.values())), short)


def _is_taken_up(short: Mention, long: Mention, rest: tuple[str, ...], *, is_start: bool) -> bool:
    """Say whether a family's name takes up its one variant: "19 Piranha 3H ... the Piranhas"."""
    is_variant = len(rest) == 1 and any(c.isdigit() for c in rest[0]) and short.text.isalpha()
    return is_start and is_variant and long.span.start < short.span.start and not long.record


def _is_nickname(text: str, rest: tuple[str, ...]) -> bool:
    """Say whether the words behind a designation are a name ("Oplot") and no suffix ("MKI", "Block 70", "class")."""
    written = text.split()[-len(rest) :]
    return all(w.isalpha() and not w.isupper() and w[0].isupper() for w in written)


def _join_short_firms(
    unions: Unions, mentions: list[Mention], reading: Reading, background: Background, lexicon: OfficeLexicon
) -> None:
    legal, fillers = lexicon.words["legal_forms"], lexicon.words["firm_fillers"]
    words = {m: firm_words(m.text, legal) for m in mentions}
    for short in mentions:
        s = words[short]
        longer = [
            m
            for m in mentions
            if len(words[m]) > len(s)
            and words[m][: len(s)] == s
            and not (m.record and short.record and m.record != short.record)
            and (set(words[m][len(s) :]) <= fillers | legal or not (short.record and not m.record))
        ]
        if longer and len({words[m] for m in longer}) == 1:
            unions.join(longer[0], short)
        elif longer:
            # several firms begin like this: only the one that adds nothing but fillers is meant
            plain = [m for m in longer if set(words[m][len(s) :]) <= fillers | legal]
            if plain and len({words[m] for m in plain}) == 1:
                unions.join(plain[0], short)
        elif short.record and not _is_called_owner(unions, short, reading, lexicon):
            _join_taken_up(unions, short, words, background)


def _is_called_owner(unions: Unions, short: Mention, reading: Reading, lexicon: OfficeLexicon) -> bool:
    """Say whether the text calls a group the owner of another firm ("a subsidiary of the concern Rheinmetall")."""
    starts = [reading.start_of(m) for m in unions.mentions if m.record == short.record]
    return any(set(reading.lowers[max(i - _OWNER_REACH, 0) : i]) & lexicon.words["branch_words"] for i in starts)


def _join_taken_up(
    unions: Unions, short: Mention, words: dict[Mention, tuple[str, ...]], background: Background
) -> None:
    """Bind "Hanwha" to the one "Hanwha Aerospace" named before it, though the lists know both.

    A group that is named first, in full or beside its branch in another state stands for itself.
    """
    s = words[short]
    longer = {m for m in words if len(words[m]) > len(s) and words[m][: len(s)] == s}
    if len({words[m] for m in longer}) != 1 or not all(m.record for m in longer):
        return
    long = min(longer, key=lambda m: m.span)
    firsts = [min(m.span.start for m in unions.mentions if m.record == r) for r in (long.record, short.record)]
    is_branch = any(background.state_code(w) for w in words[long][len(s) :])
    if firsts[0] < firsts[1] and not is_branch and len(fold(short.text).split()) == len(s):
        unions.join(long, short)


def _join_initials(unions: Unions, mentions: list[Mention], lexicon: OfficeLexicon) -> None:
    """Bind an acronym without a bracket to the only long name of its type with those initials."""
    legal = lexicon.words["legal_forms"]
    longs: dict[str, list[Mention]] = {}
    for m in mentions:
        if len(m.text.split()) >= 2:
            for letters in {initials(m.text, legal), initials(m.text, legal, with_legal=True)}:
                longs.setdefault(letters, []).append(m)
    for m in mentions:
        if m.text.isalpha() and m.text.isupper() and len(m.text) >= 3:
            found = longs.get(fold(m.text), [])
            if len({fold(f.text) for f in found}) == 1 and (
                not m.record or not found[0].record or m.record == found[0].record
            ):
                unions.join(found[0], m)
