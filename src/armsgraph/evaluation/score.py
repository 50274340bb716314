"""One extraction beside one gold annotation: every fact is right, wrong or missed.

An entity is right if its type is right and one of its names equals one of the gold names. Deals are paired one to one,
best agreement first; every slot of every deal then counts as one fact. Gold deals that are approvals or partial
deliveries may stand in the graph as stages of the deal they belong to: they are not missed then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from armsgraph.evaluation.sheets import ENTITY_SLOTS, DealSheet, FactSheet, Slot, Source, Triple

__all__ = ["ErrorKind", "Judgement", "Verdict", "compare"]

_UNKNOWN = "?"
_Facts = dict[Slot, Source]


class Verdict(StrEnum):
    """What became of a fact: said and in the gold, said only, in the gold only."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


class ErrorKind(StrEnum):
    """How a fact is wrong or why it is missed."""

    WRONG_TYPE = "wrong type"
    SPLIT_ENTITY = "one entity as two"
    UNKNOWN_ENTITY = "no such entity in the gold"
    ENTITY_MISSED = "entity missed"
    EXTRA_DEAL = "extra deal"
    SPLIT_DEAL = "one deal as two"
    DEAL_MISSED = "deal missed"
    WRONG_SLOT = "right thing in the wrong slot"
    OTHER_DEAL = "belongs to another deal"
    WRONG_ENTITY = "wrong entity"
    WRONG_FIGURE = "wrong figure or date"
    WRONG_STATUS = "wrong status"
    NOT_IN_GOLD = "nothing of it in the gold"
    SLOT_MISSING = "slot missing in a found deal"
    OTHER_SAID = "another value said"
    WRONG_END = "relation with a wrong end"
    WRONG_PREDICATE = "wrong relation"
    NOT_READ = "not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one fact.

    Attributes:
        heading: What it counts under: `slot buyer`, `entity Firm`, `relation operates`, `deal`, `office`.
        value: The value for messages.
        source: Of our fact if we said it, else of the gold.
        kind: None if the fact is right.
    """

    text_id: str
    heading: str
    verdict: Verdict
    value: str
    source: Source
    kind: ErrorKind | None = None


def compare(text_id: str, gold: FactSheet, ours: FactSheet) -> tuple[Judgement, ...]:
    """Judge one text: entities, deals with their slots, relations, offices."""
    return tuple(_Comparison(text_id=text_id, gold=gold, ours=ours).judge())


@dataclass(slots=True, kw_only=True)
class _Comparison:
    """One text; `same` maps our entities to those of the gold that share a name with them."""

    text_id: str
    gold: FactSheet
    ours: FactSheet
    same: dict[str, str] = field(default_factory=dict)

    def judge(self) -> Iterator[Judgement]:
        yield from self._entities()  # first: it fills `same`
        yield from self._deals()
        yield from self._relations()
        yield from self._offices()

    def _say(
        self, heading: str, verdict: Verdict, value: str, source: Source, kind: ErrorKind | None = None
    ) -> Judgement:
        return Judgement(text_id=self.text_id, heading=heading, verdict=verdict, value=value, source=source, kind=kind)

    def _entities(self) -> Iterator[Judgement]:
        gold = self.gold.entities
        taken: set[str] = set()
        for mine, thing in sorted(self.ours.entities.items()):
            heading = f"entity {thing.type.value}"
            candidates = [
                (other.type is thing.type, len(thing.names & other.names), theirs)
                for theirs, other in gold.items()
                if thing.names & other.names
            ]
            if not candidates:
                yield self._say(heading, Verdict.WRONG, thing.label, thing.source, ErrorKind.UNKNOWN_ENTITY)
                continue
            is_right, _, theirs = max(candidates)
            self.same[mine] = theirs
            if is_right and theirs not in taken:
                taken.add(theirs)
                yield self._say(heading, Verdict.RIGHT, thing.label, thing.source)
            else:
                kind = ErrorKind.SPLIT_ENTITY if is_right else ErrorKind.WRONG_TYPE
                yield self._say(heading, Verdict.WRONG, thing.label, thing.source, kind)
        known = set(self.same.values())
        for theirs, other in gold.items():
            if theirs not in taken:
                kind = ErrorKind.WRONG_TYPE if theirs in known else ErrorKind.ENTITY_MISSED
                yield self._say(f"entity {other.type.value}", Verdict.MISSED, other.label, other.source, kind)

    # -------------------------------------------------------------------------------------------- deals
    def _deals(self) -> Iterator[Judgement]:
        mine = [self._resolved(deal) for deal in self.ours.deals]
        theirs = [dict(deal.facts) for deal in self.gold.deals]
        pairs = _pair(mine, theirs)
        partner = {j: i for i, j in pairs.items()}
        folded = {j for j, deal in enumerate(self.gold.deals) if deal.is_episode and j not in partner}
        self._take_statuses_of_stages(mine, theirs, pairs, folded)
        for i, facts in enumerate(mine):
            deal = self.ours.deals[i]
            kind = None if i in pairs else _extra(facts, theirs)
            verdict = Verdict.WRONG if kind else Verdict.RIGHT
            yield self._say("deal", verdict, deal.source.written, deal.source, kind)
            for fact, source in facts.items():
                fact_kind = kind or _wrong(fact, facts, theirs, pairs[i])
                verdict = Verdict.WRONG if fact_kind else Verdict.RIGHT
                yield self._say(f"slot {fact[0]}", verdict, self._value(fact, source), source, fact_kind)
        for j, facts in enumerate(theirs):
            if j in folded:
                continue
            if j not in partner:
                source = self.gold.deals[j].source
                yield self._say("deal", Verdict.MISSED, source.written, source, ErrorKind.DEAL_MISSED)
            found = mine[partner[j]] if j in partner else {}
            for fact, source in facts.items():
                if fact not in found:
                    why = self._missed(fact, facts, found) if j in partner else ErrorKind.DEAL_MISSED
                    yield self._say(f"slot {fact[0]}", Verdict.MISSED, self._value(fact, source), source, why)

    def _resolved(self, deal: DealSheet) -> _Facts:
        """Return the facts of one of our deals with the entities of the gold in place of ours."""
        found: _Facts = {}
        for (slot, value), source in deal.facts.items():
            found.setdefault((slot, self._gold_id(value) if slot in ENTITY_SLOTS else value), source)
        return found

    def _take_statuses_of_stages(
        self, mine: Sequence[_Facts], theirs: list[_Facts], pairs: Mapping[int, int], folded: set[int]
    ) -> None:
        """Let a deal carry the status of an approval or delivery that the graph tells as its stage."""
        for i, j in pairs.items():
            if self.gold.deals[j].is_episode:
                continue
            said = [fact for fact in mine[i] if fact[0] == "status"]
            for k in folded:
                is_same_thing = any(fact[0] in {"weapon", "buyer"} and fact in theirs[k] for fact in theirs[j])
                if is_same_thing and said and said[0] in theirs[k]:
                    rest = {fact: source for fact, source in theirs[j].items() if fact[0] != "status"}
                    theirs[j] = {**rest, said[0]: theirs[k][said[0]]}

    def _missed(self, fact: Slot, gold_facts: _Facts, found: _Facts) -> ErrorKind:
        slot, value = fact
        if any(other[0] == slot and other not in gold_facts for other in found):
            return ErrorKind.OTHER_SAID
        if slot in ENTITY_SLOTS and value not in self.same.values():
            return ErrorKind.ENTITY_MISSED
        return ErrorKind.SLOT_MISSING

    # -------------------------------------------------------------------------------------------- relations, offices
    def _relations(self) -> Iterator[Judgement]:
        gold = self.gold.relations
        seen: set[Triple] = set()
        for (s, p, o), source in sorted(self.ours.relations.items(), key=lambda item: item[0]):
            fact = (self._gold_id(s), p, self._gold_id(o))
            if fact in seen or (p == "metWith" and fact[::-1] in seen):
                continue
            seen.add(fact)
            is_right = fact in gold or (p == "metWith" and fact[::-1] in gold)
            verdict = Verdict.RIGHT if is_right else Verdict.WRONG
            kind = None if is_right else _wrong_relation(fact, gold)
            yield self._say(f"relation {p}", verdict, self._arrow(fact), source, kind)
        for fact, source in gold.items():
            s, p, o = fact
            if fact in seen or (p == "metWith" and fact[::-1] in seen):
                continue
            is_known = {s, o} <= set(self.same.values())
            kind = ErrorKind.NOT_READ if is_known else ErrorKind.ENTITY_MISSED
            yield self._say(f"relation {p}", Verdict.MISSED, self._arrow(fact), source, kind)

    def _offices(self) -> Iterator[Judgement]:
        mine = _by_person({(self._gold_id(p), t): source for (p, t), source in self.ours.offices.items()})
        theirs = _by_person(self.gold.offices)
        right = {
            person
            for person in mine.keys() & theirs.keys()
            if any(a in b or b in a for a in mine[person] for b in theirs[person])
        }
        for person, titles in sorted(mine.items()):
            source = next(iter(titles.values()))
            value = f"{self._label(person)}, {source.written}"
            wrong = ErrorKind.WRONG_ENTITY if person in theirs else ErrorKind.NOT_IN_GOLD
            kind = None if person in right else wrong
            yield self._say("office", Verdict.WRONG if kind else Verdict.RIGHT, value, source, kind)
        for person, titles in sorted(theirs.items()):
            if person not in right:
                source = next(iter(titles.values()))
                value = f"{self._label(person)}, {source.written}"
                kind = ErrorKind.NOT_READ if person in self.same.values() else ErrorKind.ENTITY_MISSED
                yield self._say("office", Verdict.MISSED, value, source, kind)

    # -------------------------------------------------------------------------------------------- names
    def _gold_id(self, mine: str) -> str:
        return self.same.get(mine, _UNKNOWN + mine)

    def _label(self, entity: str) -> str:
        bare = entity.removeprefix(_UNKNOWN)
        thing = self.gold.entities.get(bare) or self.ours.entities.get(bare)
        return thing.label if thing else bare

    def _value(self, fact: Slot, source: Source) -> str:
        return self._label(fact[1]) if fact[0] in ENTITY_SLOTS else source.written or fact[1]

    def _arrow(self, fact: Triple) -> str:
        return f"{self._label(fact[0])} -> {self._label(fact[2])}"


def _pair(mine: Sequence[_Facts], theirs: Sequence[_Facts]) -> dict[int, int]:
    scored = sorted(
        (-len(a.keys() & b.keys()), abs(len(a) - len(b)), i, j)
        for i, a in enumerate(mine)
        for j, b in enumerate(theirs)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for shared, _, i, j in scored:
        if shared and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _extra(facts: _Facts, theirs: Sequence[_Facts]) -> ErrorKind:
    """Say what a deal of ours is that has no partner: one that another of ours is already, or none at all."""
    telling = {fact for fact in facts if fact[0] != "status"}
    return ErrorKind.SPLIT_DEAL if any(telling & other.keys() for other in theirs) else ErrorKind.EXTRA_DEAL


def _wrong(fact: Slot, facts: _Facts, theirs: Sequence[_Facts], partner: int) -> ErrorKind | None:
    slot, value = fact
    gold = theirs[partner]
    if fact in gold:
        return None
    if slot == "status":
        return ErrorKind.WRONG_STATUS
    if any(other[1] == value and other not in facts for other in gold):
        return ErrorKind.WRONG_SLOT
    if any(fact in other for other in theirs):
        return ErrorKind.OTHER_DEAL
    if any(other[0] == slot and other not in facts for other in gold):
        return ErrorKind.WRONG_ENTITY if slot in ENTITY_SLOTS else ErrorKind.WRONG_FIGURE
    return ErrorKind.NOT_IN_GOLD


def _wrong_relation(fact: Triple, gold: Mapping[Triple, Source]) -> ErrorKind:
    s, p, o = fact
    if s.startswith(_UNKNOWN) or o.startswith(_UNKNOWN):
        return ErrorKind.UNKNOWN_ENTITY
    if any({s, o} == {a, b} for a, _, b in gold):
        return ErrorKind.WRONG_PREDICATE
    if any(p == q and (s == a or o == b) for a, q, b in gold):
        return ErrorKind.WRONG_END
    return ErrorKind.NOT_IN_GOLD


def _by_person(offices: Mapping[tuple[str, str], Source]) -> dict[str, dict[str, Source]]:
    found: dict[str, dict[str, Source]] = {}
    for (person, title), source in offices.items():
        found.setdefault(person, {})[title] = source
    return found
