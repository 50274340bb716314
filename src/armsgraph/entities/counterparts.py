"""Counterparts and elimination: "his Russian counterpart X" holds the same office for another state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from armsgraph.entities.attach import person_before
from armsgraph.entities.background import Background
from armsgraph.entities.clusters import Cluster
from armsgraph.entities.generics import HomeStates, state_of
from armsgraph.entities.reading import Reading
from armsgraph.entities.scene import Pair, Scene
from armsgraph.entities.successions import owner_by_name
from armsgraph.entities.tenures import Held, terms_at
from armsgraph.lexicon.records import PersonRecord
from armsgraph.model import EntityType, Mention, MentionForm, Span

__all__ = ["Link", "add_counterparts", "fill_states", "pairs_of_states"]

Link = tuple[Cluster, Cluster, Span]
"""Two persons of whom one is called the counterpart of the other, and where."""
_STATE_GROUPS = frozenset({"minister", "head_of_state", "diplomat"})


def pairs_of_states(reading: Reading, background: Background) -> tuple[Pair, ...]:
    """Return pairs of states named side by side ("India and Russia", "between India and Russia"), by position."""
    states = sorted((m for m in reading.mentions if m.type is EntityType.STATE), key=lambda m: m.span)
    found: list[Pair] = []
    for a, b in pairwise(states):
        x, y = state_of(a, background), state_of(b, background)
        between = reading.text[a.span.end : b.span.start].strip().lower()
        is_joined = between in {"and", "and the", "&"} and MentionForm.NAME in (a.form, b.form)
        if x and y and x != y and (is_joined or between in {"-", "–"}):
            found.append(((x, y), Span(a.span.start, b.span.end)))
    return tuple(found)


def add_counterparts(scene: Scene, held: Sequence[Held]) -> tuple[list[Held], tuple[Link, ...]]:
    """Return the offices with those of counterparts and successors added, by position, and who is whose counterpart."""
    reading, lexicon, clusters = scene.reading, scene.lexicon, scene.clusters
    result = list(held)
    links: list[Link] = []
    i = 0
    while i < len(reading.words):
        length = lexicon.tables["counterparts"].match(reading.lowers, i)
        same_state = False
        if not length:
            length = lexicon.tables["successors"].match(reading.lowers, i)
            same_state = bool(length)
        if not length:
            i += 1
            continue
        targets = _targets(scene, i, i + length)
        bases = _base_by_name(scene, i, result) or _bases(reading, i, [c for c, _, _ in targets], result, clusters)
        for n, (person, state, span) in enumerate(targets):
            base = bases[n] if len(bases) == len(targets) else (bases[-1] if len(bases) == 1 else None)
            if base is None:
                continue
            if not same_state:
                links.append((base.person, person, span))
            if any(h.person is person and (h.kind, h.group) == (base.kind, base.group) for h in result):
                continue  # the text says it with a title of its own elsewhere
            of = base.of if same_state else (scene.states.get(state) if state else None)
            result.append(
                Held(
                    person=person,
                    title=base.title,
                    group=base.group,
                    kind=base.kind,
                    span=span,
                    title_span=base.title_span,
                    rule="office.successor" if same_state else "office.counterpart",
                    confidence=0.75 if same_state else 0.85,
                    of=of,
                    of_span=base.of_span if same_state else (span if of is not None else None),
                    of_rule="office.successor" if same_state else "office.counterpart",
                    of_confidence=0.85,
                )
            )
        i += length
    return sorted(result, key=lambda h: (h.span, h.title)), tuple(links)


def _targets(scene: Scene, first: int, last: int) -> list[tuple[Cluster, str, Span]]:
    """Return the persons called counterparts, the code of their state ("" if unsaid) and the stretch that says so."""
    reading, clusters, background = scene.reading, scene.clusters, scene.background
    left = first - 1
    state, start = "", reading.words[first].start
    mention = reading.name_at(left)
    if mention is not None and mention.type is EntityType.STATE:
        state = state_of(mention, background)
        start = mention.span.start
        left = reading.start_of(mention) - 1
    if reading.lower(left) in {"his", "her", "their", "its", "the", "'s"}:
        start = min(start, reading.words[left].start)
    found: list[tuple[Cluster, str, Span]] = []
    k = last
    while k < len(reading.words):
        here = state
        if reading.lower(k) in {"of", "from"}:
            owner = reading.name_at(k + 2) if reading.lower(k + 1) == "the" else reading.name_at(k + 1)
            if owner is None or owner.type is not EntityType.STATE:
                break
            here = state_of(owner, background)
            k = reading.end_of(owner)
        if reading.lower(k) in {",", "("}:
            k += 1
        k = _skip_ranks(reading, k)
        person = reading.name_at(k)
        if person is None or person.type is not EntityType.PERSON or person.form is not MentionForm.NAME:
            break
        cluster = clusters.get(person)
        if cluster is None:
            break
        found.append((cluster, here, Span(start, person.span.end)))
        k = reading.end_of(person)
        if reading.lower(k) == "," and reading.lower(k + 1) in {"and", "of", "from"}:
            k += 2 if reading.lower(k + 1) == "and" else 1
        elif reading.lower(k) == "and":
            k += 1
        else:
            break
        if not reading.lowers[first].endswith("s"):
            break
    if found:
        return found
    # "Abdelatif Loudyi, his Moroccan counterpart", "Jorge Taiana, Petri's predecessor"
    owner = owner_by_name(scene, left)
    left = reading.start_of(owner) - 1 if owner is not None else left
    person = person_before(reading, left) if reading.lower(left) == "," else None
    if person is None and reading.lower(left) in {"his", "her", "their"} and reading.lower(left - 1) == ",":
        person = person_before(reading, left - 1)
    cluster = clusters.get(person) if person is not None else None
    if cluster is not None and person is not None:
        return [(cluster, state, Span(person.span.start, reading.words[last - 1].end))]
    return []


def _base_by_name(scene: Scene, at: int, held: Sequence[Held]) -> list[Held]:
    """Return the office of the person in "Petri's counterpart", at most one."""
    owner = owner_by_name(scene, at - 1)
    cluster = scene.clusters.get(owner) if owner is not None else None
    return [h for h in held if h.person is cluster][:1] if cluster is not None else []


def _skip_ranks(reading: Reading, k: int) -> int:
    """Return the place behind up to five capitalised words or dots before a person's name."""
    for j in range(k, min(k + 6, len(reading.words))):
        mention = reading.name_at(j)
        if mention is not None and mention.type is EntityType.PERSON:
            return j
        if not (reading.words[j].is_capitalised or reading.lower(j) == "."):
            break
    return k


def _bases(
    reading: Reading, at: int, targets: list[Cluster], held: Sequence[Held], clusters: Mapping[Mention, Cluster]
) -> list[Held]:
    """Return the offices that "his", "their" point back to: those of the persons last named before."""
    offset = reading.words[at].start
    sentence = reading.sentence_of(offset)
    wanted = len(targets)
    by_person: dict[int, Held] = {}
    for h in held:
        by_person.setdefault(id(h.person), h)
    for back in (0, 1, 2):
        persons: list[Cluster] = []
        for m in reading.mentions:
            cluster = clusters.get(m)
            if (
                cluster is not None
                and m.type is EntityType.PERSON
                and m.span.start < offset
                and reading.sentence_of(m.span.start) == sentence - back
                and cluster not in targets
                and id(cluster) in by_person
            ):
                if cluster in persons:
                    persons.remove(cluster)
                persons.append(cluster)
        if persons:
            found = [by_person[id(c)] for c in persons]
            if wanted > 1:
                return found[-wanted:] if len(found) >= wanted else found[-1:]
            return found[-1:]
    return []


def fill_states(scene: Scene, held: Sequence[Held], links: tuple[Link, ...]) -> list[Held]:
    """Find the state or firm of offices that do not say it themselves.

    In this order: the other one of two states when the counterpart holds the first (`office.elimination`), the list
    of people by the day of publication (`office.list`), the only state or firm of the text (`office.only`).
    """
    reading, states, background = scene.reading, scene.states, scene.background
    result = list(held)
    for n, h in enumerate(result):
        if h.of is not None or h.group not in _STATE_GROUPS | {"any", "force"}:
            continue
        other = _other_side(scene, n, result, links)
        if other is not None and other[0] in states:
            result[n] = replace(
                h, of=states[other[0]], of_span=other[1], of_rule="office.elimination", of_confidence=0.8
            )
    for n, h in enumerate(result):
        if h.of is None:
            result[n] = _from_lists(reading, h, states, background)
    # what the lists have told can settle the other side
    for n, h in enumerate(result):
        if h.of is None and h.group in _STATE_GROUPS:
            other = _other_side(scene, n, result, links)
            if other is not None and other[0] in states:
                result[n] = replace(
                    h, of=states[other[0]], of_span=other[1], of_rule="office.elimination", of_confidence=0.7
                )
    return [_only_one(scene, h) if h.of is None and h.is_open else h for h in result]


def _other_side(scene: Scene, n: int, held: Sequence[Held], links: tuple[Link, ...]) -> tuple[str, Span] | None:
    """Return the state that is left for an office when the holder's counterpart holds it for the other of two."""
    h = held[n]
    for base, target, span in links:
        if h.person not in (base, target):
            continue
        other = target if h.person is base else base
        partner = next((p for p in held if p.person is other and _is_same_office(p, h) and p.of is not None), None)
        if partner is None or partner.of is None or partner.of.type is not EntityType.STATE or not partner.of.state:
            continue
        pair = _pair_at(scene.reading, span.end, scene.pairs) or _only_two(partner, scene.homes)
        if pair is not None and partner.of.state in pair[0]:
            rest = [s for s in pair[0] if s != partner.of.state]
            return rest[0], pair[1]
    return None


def _is_same_office(a: Held, b: Held) -> bool:
    return a.kind == b.kind if a.kind or b.kind else a.title.lower() == b.title.lower()


def _only_two(partner: Held, homes: HomeStates) -> Pair | None:
    """Return the two states of a text that speaks of no third, with the place that names the one not known yet."""
    if len(homes.by_code) != 2 or partner.of is None or not partner.of.state:
        return None
    codes = sorted(homes.by_code)
    rest = [c for c in codes if c != partner.of.state]
    return ((codes[0], codes[1]), homes.by_code[rest[0]]) if len(rest) == 1 else None


def _pair_at(reading: Reading, offset: int, pairs: tuple[Pair, ...]) -> Pair | None:
    """Return the pair last named before a place, or the first behind it in the same sentence."""
    end = reading.sentence_span(max(0, offset - 1)).end
    before = [p for p in pairs if p[1].start < end]
    return before[-1] if before else None


def _from_lists(reading: Reading, h: Held, states: Mapping[str, Cluster], background: Background) -> Held:
    """Take the state of a listed person whose listed office fits the title and the day."""
    row = background.listed(h.person.record)
    if not isinstance(row, PersonRecord) or not h.kind:
        return h
    terms = [t for t in terms_at(row, reading.document) if t.state and _is_kind(t.kind, h.kind)]
    codes = {t.state for t in terms if t.state}
    if len(codes) != 1:
        return h
    code = codes.pop()
    if code not in states:
        return h
    return replace(h, of=states[code], of_span=h.person.mentions[0].span, of_rule="office.list", of_confidence=0.6)


def _is_kind(listed: str, kind: str) -> bool:
    return listed == kind or (kind == "minister" and listed.endswith(" minister"))


def _only_one(scene: Scene, h: Held) -> Held:
    reading, clusters, states, homes = scene.reading, scene.clusters, scene.states, scene.homes
    allowed = scene.lexicon.may_belong_to[h.group]
    if h.group in _STATE_GROUPS and h.rule != "office.counterpart":
        if len(homes.ranked) == 1 and homes.ranked[0][0] in states:
            state = states[homes.ranked[0][0]]
            span = min(m.span for m in state.mentions) if state.mentions else h.title_span
            return replace(h, of=state, of_span=span, of_rule="office.only", of_confidence=0.6)
        return h
    if h.group == "firm":
        sentence, paragraph = reading.sentence_of(h.span.start), reading.paragraph_of(h.span.start)
        firms_at = [(c, m) for m, c in clusters.items() if c.type is EntityType.FIRM and c.type in allowed]
        near = {id(c): (c, m) for c, m in firms_at if reading.sentence_of(m.span.start) == sentence}
        near = near or {id(c): (c, m) for c, m in firms_at if reading.paragraph_of(m.span.start) == paragraph}
        if len(near) == 1:
            cluster, mention = next(iter(near.values()))
            return replace(h, of=cluster, of_span=mention.span, of_rule="office.sentence", of_confidence=0.6)
        firms = {id(c): c for c in clusters.values() if c.type is EntityType.FIRM}
        if len(firms) == 1:
            cluster = next(iter(firms.values()))
            return replace(h, of=cluster, of_span=cluster.mentions[0].span, of_rule="office.only", of_confidence=0.55)
    return h
