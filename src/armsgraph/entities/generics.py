"""Generic names of forces and bodies ("the army", "Defence Ministry") and the state they belong to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from armsgraph.entities.background import Background
from armsgraph.entities.clusters import Cluster
from armsgraph.entities.keys import fold
from armsgraph.entities.reading import Reading
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.lexicon.records import BodyRecord
from armsgraph.model import EntityType, Mention, MentionForm, Span, Values

__all__ = ["Generic", "HomeStates", "as_generic", "group_generics", "state_of"]

_STATE_WEIGHT, _BODY_WEIGHT, _PLACE_WEIGHT, _FIRM_WEIGHT, _MONEY_WEIGHT, _LEAD = 1.0, 1.2, 0.6, 0.3, 1.0, 1.4
_POSSESSIVE = re.compile(r"[’']s\b")
_MINISTRY = "ministry"
_ENOUGH = 1.0  # a single town does not tell whose army is meant
_EVERYWHERE = frozenset({"USD", "EUR"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Generic:
    """What a generic name says: `kind` as the lists word it, `state` a code or "" when it names none."""

    kind: str
    state: str


def as_generic(text: str, type_: EntityType, background: Background, lexicon: OfficeLexicon) -> Generic | None:
    """Read "Indian Defence Ministry", "Navy of Mozambique" or "army"; None for a name of its own ("Royal Navy")."""
    forms = lexicon.generic_forces if type_ is EntityType.ARMED_FORCE else lexicon.generic_bodies
    words = fold(_POSSESSIVE.sub("", text)).removeprefix("the ").split()
    folded = " ".join(words)
    if folded in forms:
        return Generic(kind=forms[folded], state="")
    if words[0] == "royal" and len(words) > 2:
        words = words[1:]
    for n in range(min(5, len(words) - 1), 0, -1):
        state = background.state_code(" ".join(words[:n]))
        rest = " ".join(words[n:])
        if state and rest in forms:
            return Generic(kind=forms[rest], state=state)
    if "of" in words:
        for at in (i for i, w in enumerate(words) if w == "of"):
            rest, owner = " ".join(words[:at]), " ".join(words[at + 1 :]).removeprefix("the ")
            state = background.state_code(owner)
            if state and rest in forms:
                return Generic(kind=forms[rest], state=state)
    return None


class HomeStates:
    """Which state a bare "army" means at a place in the text.

    Attributes:
        by_code: First place where each state is named, by noun or adjective.
        ranked: States and how much the text speaks of them, the most first.
    """

    def __init__(self, reading: Reading, values: Values, background: Background, lexicon: OfficeLexicon) -> None:
        self._reading = reading
        self._background = background
        self._lexicon = lexicon
        self._seen: list[tuple[Mention, str]] = []
        self.by_code: dict[str, Span] = {}
        weights: dict[str, float] = defaultdict(float)
        for m in sorted(reading.mentions, key=lambda m: m.span):
            if m.type is EntityType.STATE:
                code = state_of(m, background)
                if code:
                    self._seen.append((m, code))
                    self.by_code.setdefault(code, m.span)
                    weights[code] += _FIRM_WEIGHT if self._is_address(m) else _STATE_WEIGHT
            else:
                code, weight = self._background_of(m)
                if code:
                    weights[code] += weight
        # the first two letters of an ISO 4217 code are its state; dollars and euros are everywhere
        for currency in sorted({m.currency for m in values.money} - _EVERYWHERE):
            if background.state(currency[:2]) is not None:
                weights[currency[:2]] += _MONEY_WEIGHT
        ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        self.ranked: tuple[tuple[str, float], ...] = tuple(ordered)

    def _is_address(self, mention: Mention) -> bool:
        """Say whether a state only says where a firm or place is ("MBDA, France")."""
        i = self._reading.start_of(mention) - 1
        before = self._reading.name_at(i - 1) if self._reading.lower(i) == "," else None
        return before is not None and before.type in (EntityType.FIRM, EntityType.PLACE)

    def _background_of(self, mention: Mention) -> tuple[str, float]:
        """Return the state that a force, body, place or firm speaks for, and how loud."""
        if mention.type in (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY):
            generic = as_generic(mention.text, mention.type, self._background, self._lexicon)
            if generic is not None:
                return generic.state, _BODY_WEIGHT
            return self._background.state_of_record(mention.record), _BODY_WEIGHT
        if mention.type is EntityType.PLACE:
            return self._background.state_of_record(mention.record), _PLACE_WEIGHT
        if mention.type is EntityType.FIRM:
            return self._background.state_of_record(mention.record), _FIRM_WEIGHT
        return "", 0.0

    @property
    def main(self) -> str:
        """The state that the text is mostly about, "" when two are about even."""
        if not self.ranked or self.ranked[0][1] < _ENOUGH:
            return ""
        if len(self.ranked) == 1 or self.ranked[0][1] >= _LEAD * self.ranked[1][1]:
            return self.ranked[0][0]
        return ""

    def beside(self, mention: Mention) -> str:
        """Return the state written next to a name: "Indian | navy", "Chile's | army", "navy | of Chile"."""
        reading = self._reading
        i = reading.start_of(mention) - 1
        if reading.lower(i) == "'s":
            i -= 1
        near = reading.name_at(i)
        if near is not None and near.type is EntityType.STATE and near.span.end <= mention.span.start:
            return state_of(near, self._background)
        k = reading.end_of(mention)
        if reading.lower(k) in {"of", ","} or (reading.lower(k) == "(" and reading.lower(k + 2) == ")"):
            k += 2 if reading.lower(k + 1) == "the" else 1
            near = reading.name_at(k)
            is_of = reading.lower(k - 1) in {"of", "("} or reading.lower(k - 2) == "of"
            if is_of and near is not None and near.type is EntityType.STATE and near.form is MentionForm.NAME:
                return state_of(near, self._background)
        return ""

    def at(self, mention: Mention) -> str:
        """Return the state in play at a bare name: subject of its sentence, else the text's, else the paragraph's."""
        here = self._in_sentence(mention)
        main = self.main
        if here and (here == main or not main):
            return here
        if main:
            return here if here and self._is_far_from(mention, main) else main
        return self._in_paragraph(mention)

    def _in_sentence(self, mention: Mention) -> str:
        start = self._reading.sentence_span(mention.span.start).start
        found = {c for m, c in self._seen if start <= m.span.start < mention.span.start and self._is_subject(m)}
        return found.pop() if len(found) == 1 else ""

    def _is_far_from(self, mention: Mention, code: str) -> bool:
        """Say whether a state is not named in this paragraph before the mention."""
        paragraph = self._reading.paragraph_of(mention.span.start)
        return not any(
            c == code
            for m, c in self._seen
            if self._reading.paragraph_of(m.span.start) == paragraph and m.span.start < mention.span.start
        )

    def _in_paragraph(self, mention: Mention) -> str:
        paragraph = self._reading.paragraph_of(mention.span.start)
        before = [
            c
            for m, c in self._seen
            if m.span.start < mention.span.start
            and self._reading.paragraph_of(m.span.start) == paragraph
            and self._is_subject(m)
        ]
        if before and len(set(before)) == 1:
            return before[-1]
        return ""

    def _is_subject(self, mention: Mention) -> bool:
        """Say whether a state stands as an actor: by name, not behind a preposition that makes it the other side."""
        i = self._reading.start_of(mention)
        before = self._reading.lower(i - 1)
        if before == "the":
            before = self._reading.lower(i - 2)
        if before in self._lexicon.words["counterparty_words"] or before in {"in", "at", "by", "of", "for"}:
            return False
        if mention.form is MentionForm.NAME:
            return True
        nxt = self._reading.name_at(self._reading.end_of(mention))
        return nxt is not None and nxt.type in (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY)


def state_of(mention: Mention, background: Background) -> str:
    """Return the code of the state that a State mention names, "" if the lists do not know it."""
    return background.state_of_record(mention.record) or background.acting_state(mention.text)


def group_generics(
    reading: Reading, background: Background, lexicon: OfficeLexicon, homes: HomeStates
) -> tuple[list[Cluster], set[Mention]]:
    """Group generic names by kind and state.

    Returns:
        The clusters, with `state` set where it can be told and `needs_scope` where not, and the mentions they took.
    """
    groups: dict[tuple[EntityType, str, str], Cluster] = {}
    taken: set[Mention] = set()
    kinds = {*lexicon.generic_forces.values(), *lexicon.generic_bodies.values()}
    named_for = _states_of_kinds(reading, background, lexicon, homes)
    for mention in sorted(reading.mentions, key=lambda m: m.span):
        if mention.type not in (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY):
            continue
        if mention.form not in (MentionForm.NAME, MentionForm.NOMINAL):
            continue
        generic = as_generic(mention.text, mention.type, background, lexicon)
        row = background.listed(mention.record)
        if generic is None:
            # a listed name of its own ("Royal Thai Army"): grouped with the generic names of its kind and state
            if not isinstance(row, BodyRecord) or not row.state or background.body_of(row.kind, row.state) is not row:
                continue
            if row.kind not in kinds:
                continue
            generic = Generic(kind=row.kind, state=row.state)
        kind = generic.kind
        state = generic.state or homes.beside(mention)
        if not state:
            known, first = named_for.get((mention.type, kind), ("", mention.span))
            # a state named only later is not meant when the text is about another
            first = min(first, homes.by_code.get(known, first))
            is_later = first.start > mention.span.start and homes.main not in ("", known)
            state = (homes.at(mention) if is_later else "") or known or homes.at(mention)
        if mention.form is MentionForm.NOMINAL and not state and mention.type is EntityType.ARMED_FORCE:
            continue  # "the army" of nobody
        key = (mention.type, kind, state)
        cluster = groups.setdefault(key, Cluster(type=mention.type, kind=kind, state=state or None, is_generic=True))
        cluster.mentions.append(mention)
        taken.add(mention)
    _name_ministries(groups)
    for bare in [k for k in groups if k[1] == _MINISTRY and not _is_written_as_name(groups[k])]:
        taken -= set(groups.pop(bare).mentions)
    for (type_, kind, state), cluster in groups.items():
        listed = background.body_of(kind, state) if state else None
        if listed is not None and listed.type is type_:
            cluster.record = listed.id
        cluster.needs_scope = not state
    return list(groups.values()), taken


def _is_written_as_name(cluster: Cluster) -> bool:
    return any(m.form is MentionForm.NAME for m in cluster.mentions)


def _name_ministries(groups: dict[tuple[EntityType, str, str], Cluster]) -> None:
    """Put a bare "Ministry" to the only ministry that the text names in that state, or at all."""
    for key in [k for k in groups if k[1] == _MINISTRY]:
        others = [k for k in groups if _MINISTRY in k[1] and k[1] != _MINISTRY]
        same = [k for k in others if k[2] == key[2]] or others
        if len(same) == 1:
            groups[same[0]].mentions += groups.pop(key).mentions
            groups[same[0]].mentions.sort(key=lambda m: m.span)


def _states_of_kinds(
    reading: Reading, background: Background, lexicon: OfficeLexicon, homes: HomeStates
) -> dict[tuple[EntityType, str], tuple[str, Span]]:
    """Return the state whose force or body of a kind the text names alone, or at least twice as often as any other.

    With it comes the place where it is named first.
    """
    found: dict[tuple[EntityType, str], Counter[str]] = defaultdict(Counter)
    firsts: dict[tuple[EntityType, str, str], Span] = {}
    for mention in sorted(reading.mentions, key=lambda m: m.span):
        if mention.type not in (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY):
            continue
        generic = as_generic(mention.text, mention.type, background, lexicon)
        row = background.listed(mention.record)
        if generic is None and isinstance(row, BodyRecord) and row.state:
            generic = Generic(kind=row.kind, state=row.state)
        if generic is not None:
            state = generic.state or homes.beside(mention)
            if state:
                found[(mention.type, generic.kind)][state] += 1
                firsts.setdefault((mention.type, generic.kind, state), mention.span)
    chosen: dict[tuple[EntityType, str], tuple[str, Span]] = {}
    for key, states in found.items():
        ranked = sorted(states.items(), key=lambda item: (-item[1], item[0]))
        if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]:
            chosen[key] = ranked[0][0], firsts[(*key, ranked[0][0])]
    return chosen
