"""Definite descriptions, pronouns and groups ("the company", "it", "the two countries"), where they are safe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from armsgraph.entities.clusters import Cluster
from armsgraph.entities.keys import fold
from armsgraph.entities.reading import Reading
from armsgraph.entities.scene import Scene
from armsgraph.entities.titles import Title
from armsgraph.lexicon.offices import Description, OfficeLexicon
from armsgraph.model import EntityType, Mention, MentionForm, Span

__all__ = ["Nominal", "find_nominals", "possessors"]

Nominal = tuple[Mention, Cluster]
_THINGS = frozenset(
    {
        EntityType.STATE,
        EntityType.FIRM,
        EntityType.GOVERNMENT_BODY,
        EntityType.ARMED_FORCE,
        EntityType.INTERNATIONAL_ORGANISATION,
    }
)
_PERSON = Description(types=frozenset({EntityType.PERSON}))
_ANYWHERE = 1_000_000
_OPENERS = frozenset({"the", "a", "an", "in", "on", "at", "for", "with", "it", "this", "that", "as", "by"})
_NO_KINDS: Mapping[int, str] = MappingProxyType({})
_MINISTRY, _DEPARTMENT = "ministry", "department"
_NOMINAL, _PRONOUN = MentionForm.NOMINAL, MentionForm.PRONOUN


class _Window:
    """Named mentions by sentence, for "which one was named last"."""

    def __init__(self, scene: Scene) -> None:
        reading, clusters = scene.reading, scene.clusters
        self.reading = reading
        self.named = sorted(
            ((m, c) for m, c in clusters.items() if m.form is MentionForm.NAME), key=lambda pair: pair[0].span
        )
        self.sentence = {m: reading.sentence_of(m.span.start) for m, _ in self.named}

    def only(
        self,
        offset: int,
        description: Description,
        back: int,
        *,
        kinds: Mapping[int, str] = _NO_KINDS,
        nation: str | None = None,
    ) -> Cluster | None:
        """Return the only cluster of these types named before `offset` within `back` sentences, else None.

        When nothing is near, the only one in the whole text before counts. `nation` is the code of the state it is of.
        """
        here = self.reading.sentence_of(offset)
        fitting = [
            (m, c)
            for m, c in self.named
            if m.span.start < offset
            and c.type in description.types
            and (not description.kinds or _fits(c, description.kinds, kinds))
            and nation in {None, c.state}
        ]
        near = {id(c): c for m, c in fitting if here - self.sentence[m] <= back}
        if len(near) == 1:
            return next(iter(near.values()))
        everywhere = {id(c): c for _, c in fitting}
        return next(iter(everywhere.values())) if not near and len(everywhere) == 1 else None


def _fits(cluster: Cluster, needs: Sequence[str], kinds: Mapping[int, str]) -> bool:
    text = " ".join((cluster.kind or "", kinds.get(id(cluster), ""), *cluster.names))
    if any(_DEPARTMENT in fold(name) for name in cluster.names):
        needs = [n for n in needs if n != _MINISTRY]  # "the ministry" is not the State Department
    return any(f" {need} " in f" {fold(text)} " for need in needs)


def possessors(scene: Scene, titles: Iterable[Title]) -> dict[int, Cluster]:
    """Resolve what a title belongs to by "its", "the company's" or "of the company", by word index."""
    reading, lexicon = scene.reading, scene.lexicon
    window = _Window(scene)
    found: dict[int, Cluster] = {}
    for title in titles:
        i = title.possessor
        if i is None:
            continue
        word = reading.words[i]
        if word.lower in lexicon.words["possessives"]:
            cluster = _antecedent(window, i, lexicon.owners_of(title.head), lexicon)
        else:
            description = lexicon.descriptions.get(word.lower)
            cluster = window.only(word.start, description, 2) if description is not None else None
        if cluster is not None:
            found[i] = cluster
    return found


def _antecedent(window: _Window, i: int, types: frozenset[EntityType], lexicon: OfficeLexicon) -> Cluster | None:
    """Return what "its" before a title means: the last fitting name before it in this sentence or the one before.

    A capitalised word between them that no mention covers may be the name that is meant: then nothing is.
    """
    reading, offset = window.reading, window.reading.words[i].start
    here = reading.sentence_of(offset)
    near = [
        (m, c) for m, c in window.named if m.span.end <= offset and c.type in types and here - window.sentence[m] <= 1
    ]
    if not near or (window.sentence[near[-1][0]] != here and len({id(c) for _, c in near}) > 1):
        return None
    mention, cluster = near[-1]
    for k in range(reading.end_of(mention), i):
        word = reading.words[k]
        is_known = reading.name_at(k) is not None or word.lower in lexicon.words["not_modifiers"]
        starts = reading.lower(k - 1) in {".", "\n", "?", "!", ":", "“", '"'}
        if word.is_capitalised and not is_known and not (starts and word.lower in _OPENERS):
            return None
    return cluster


def find_nominals(scene: Scene, titles: Mapping[int, str]) -> list[Nominal]:
    """Return the descriptions, groups and pronouns that have one safe reading, by position.

    A group gives one mention for each member, all with the same span. `titles` holds the titles of a person's cluster
    by its `id()`.
    """
    reading, lexicon = scene.reading, scene.lexicon
    window = _Window(scene)
    found: list[Nominal] = []
    i = 0
    while i < len(reading.words):
        group = lexicon.tables["group_words"].match(reading.lowers, i)
        if group:
            end, members = _group(scene, i, i + group, window, titles)
            if members:
                found += [
                    (_mention(reading, (i, end), c.type, _NOMINAL, rule="group", confidence=0.75), c) for c in members
                ]
                i = end
                continue
        word = reading.lower(i)
        if word in lexicon.words["description_articles"]:
            government = _government(scene, i)
            if government is not None:
                found.append(government)
                i = reading.end_of(government[0])
                continue
            nation, k = _modifiers(scene, i + 1)
            end, description = _description(reading, k, lexicon)
            if description is not None and (nation is None or EntityType.FIRM in description.types):
                offset = reading.words[i].start
                # "the country": any state named so far may be meant
                back = _ANYWHERE if EntityType.STATE in description.types else 2
                cluster = window.only(offset, description, back, kinds=titles, nation=nation)
                if cluster is not None:
                    mention = _mention(reading, (i, end), cluster.type, _NOMINAL, rule="description", confidence=0.75)
                    found.append((mention, cluster))
                i = end
                continue
        elif word in lexicon.person_pronouns and reading.name_at(i) is None:
            cluster = window.only(reading.words[i].start, _PERSON, 1)
            if cluster is not None:
                mention = _mention(reading, (i, i + 1), cluster.type, _PRONOUN, rule="pronoun", confidence=0.7)
                found.append((mention, cluster))
        elif word in lexicon.thing_pronouns and reading.name_at(i) is None:
            speaker = _speaker(scene, i)
            if speaker is not None:
                mention = _mention(reading, (i, i + 1), speaker.type, _PRONOUN, rule="pronoun", confidence=0.7)
                found.append((mention, speaker))
        i += 1
    return found


def _speaker(scene: Scene, i: int) -> Cluster | None:
    """Return who says that "it" did something ("the embassy said it"); any other "it" is not safe."""
    reading = scene.reading
    k = i - 2 if reading.lower(i - 1) == "that" else i - 1
    if reading.lower(k) not in scene.lexicon.words["saying_verbs"]:
        return None
    mention = reading.name_at(k - 1)
    cluster = scene.clusters.get(mention) if mention is not None else None
    return cluster if cluster is not None and cluster.type in _THINGS else None


def _government(scene: Scene, i: int) -> Nominal | None:
    """Return the state in play where "the government" stands alone, if the text names it."""
    reading, lexicon = scene.reading, scene.lexicon
    length = lexicon.tables["government_names"].match(reading.lowers, i + 1)
    end = i + 1 + (length or 0)
    following = reading.words[end] if end < len(reading.words) else None
    if not length or reading.lower(end) == "of":
        return None
    if following is not None and (following.is_glued or following.is_capitalised):
        return None  # "the Government Council", "the government-owned"
    mention = _mention(reading, (i, end), EntityType.STATE, _NOMINAL, rule="description", confidence=0.7)
    cluster = scene.states.get(scene.homes.at(mention))
    return (mention, cluster) if cluster is not None and cluster.is_named() else None


def _modifiers(scene: Scene, k: int) -> tuple[str | None, int]:
    """Return the state whose adjective stands before the noun of a description, and where that noun begins."""
    reading, nation = scene.reading, None
    while k < len(reading.words):
        mention = reading.name_at(k)
        if mention is not None and mention.form is MentionForm.ADJECTIVE and nation is None:
            owner = scene.clusters.get(mention)
            if owner is None or owner.state is None:
                break
            nation, k = owner.state, reading.end_of(mention)
        elif reading.lower(k) in scene.lexicon.words["description_modifiers"]:
            k += 1
        else:
            break
    return nation, k


def _description(reading: Reading, k: int, lexicon: OfficeLexicon) -> tuple[int, Description | None]:
    for length in (2, 1):
        words = reading.lowers[k : k + length]
        description = lexicon.descriptions.get(" ".join(words)) if len(words) == length else None
        if description is None:
            continue
        end = k + length
        # "the company name", "the ministry of X", "the service life": the noun must end its phrase
        following = reading.words[end] if end < len(reading.words) else None
        if any(reading.name_at(j) is not None for j in range(k, end)):
            return end, None
        if following is not None and (
            following.is_glued or reading.lower(end) == "of" or reading.name_at(end) is not None
        ):
            return end, None
        return end, description
    return k, None


def _group(scene: Scene, first: int, k: int, window: _Window, titles: Mapping[int, str]) -> tuple[int, list[Cluster]]:
    reading, lexicon = scene.reading, scene.lexicon
    for length in (2, 1):
        words = reading.lowers[k : k + length]
        type_ = lexicon.groups.get(" ".join(words)) if len(words) == length else None
        if type_ is None:
            continue
        end, offset = k + length, reading.words[first].start
        if type_ is EntityType.STATE:
            return end, _two_states(window, offset, scene)
        needs = [w.removesuffix("s") for w in (words[-1],)] if type_ is EntityType.PERSON else []
        here = reading.sentence_of(offset)
        for back in (1, 3):
            near = {
                id(c): c
                for m, c in window.named
                if m.span.start < offset
                and c.type is type_
                and here - window.sentence[m] <= back
                and (not needs or needs[0] in {"leader", "official"} or needs[0] in titles.get(id(c), ""))
            }
            if len(near) == 2:
                return end, list(near.values())
            if len(near) > 2:
                break
        return end, []
    return k, []


def _two_states(window: _Window, offset: int, scene: Scene) -> list[Cluster]:
    states, pairs = scene.states, scene.pairs
    here = window.reading.sentence_of(offset)
    recent = [p for p in pairs if p[1].end <= offset]
    if recent:
        members = [states[code] for code in recent[-1][0] if code in states and states[code].is_named()]
        newer = {
            id(c)
            for m, c in window.named
            if c.type is EntityType.STATE and recent[-1][1].end <= m.span.start < offset and c not in members
        }
        if len(members) == 2 and not newer:
            return members
    for back in (2, 1000):
        near = {
            id(c): c
            for m, c in window.named
            if m.span.start < offset and c.type is EntityType.STATE and here - window.sentence[m] <= back
        }
        if len(near) == 2:
            return list(near.values())
        if len(near) > 2:
            return []
    return []


def _mention(
    reading: Reading, at: tuple[int, int], type_: EntityType, form: MentionForm, *, rule: str, confidence: float
) -> Mention:
    span: Span = reading.span_of(*at)
    return Mention(
        span=span,
        type=type_,
        text=reading.document.quote(span),
        form=form,
        rule=f"entities.{rule}",
        confidence=confidence,
    )
