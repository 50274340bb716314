"""What could fill the slots of a deal: rules and the text around propose, the weights decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from armsgraph.deals.dates import DATE_SLOTS, date_for
from armsgraph.deals.features import (
    count_features,
    date_features,
    duration_features,
    party_features,
    person_features,
    place_features,
    standing_features,
    status_features,
    sum_features,
    weapon_features,
    wording_features,
)
from armsgraph.deals.features.people import LISTED
from armsgraph.deals.features.statuses import STATUSES
from armsgraph.deals.scene import Cluster, DealScene, Named
from armsgraph.deals.sides import PAPERS, is_between_makers, state_of
from armsgraph.lexicon.deals import BESIDE
from armsgraph.lexicon.weights import Features
from armsgraph.model import (
    DateValue,
    DealStatus,
    Duration,
    EntityType,
    Frame,
    FrameItem,
    Money,
    Number,
    Role,
    Span,
)

__all__ = ["Candidate", "Filler", "Proposals", "propose"]

Filler = str | Money | DateValue | Duration | Number | DealStatus

# How many sentences off a proposal may stand. Names far away are weighed only where they are named often.
_PARTY_REACH = 15
_SUM_REACH = 3
_DATE_REACH = 2
_REACH = 1
_OFTEN = 3
_OF_THE_WHOLE = frozenset({"quantity", "signatory", "signedAt", "value"})
_PLACED = {"signatory": Role.SIGNATORY, "signedAt": Role.SIGNED_AT, "producedAt": Role.PRODUCED_AT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A value that could fill a slot of a deal.

    Attributes:
        slot: Local name of the property (`buyer`, `quantity`), `weapon` for the one of an item.
        filler: An entity id, or the value.
        key: What tells one value from another: entity id, amount and currency, date ...
        span: Where the text says it, nearest to the deal; None for a status.
        state: Code of the state that an entity belongs to, if known.
        is_told_so: Whether the rule that reads it leaves no doubt: who makes a thing under licence has the licence.
        row: Keys of what stands in one row with it ("Norway and Kenya", "12 tanks and 4 bridges") and is no rival.
    """

    slot: str
    filler: Filler
    key: str
    span: Span | None
    sentence: int
    features: Features
    state: str | None = None
    row: frozenset[str] = frozenset()
    is_told_so: bool = False

    @property
    def is_read(self) -> bool:
        """Whether a rule reads it in this slot of this deal."""
        return "rule says so" in self.features or f"rule: {self.slot}" in self.features

    @property
    def is_certain(self) -> bool:
        """Whether it is right by the form of the text, whatever the weights say."""
        return self.is_told_so or (self.slot == "producedAt" and LISTED in self.features)


class Proposals:
    """All that could fill the slots of the clusters of a scene, worked out once a cluster."""

    def __init__(self, scene: DealScene) -> None:
        self.scene = scene
        self._known: dict[tuple[int, ...], tuple[Candidate, ...]] = {}

    def of(self, cluster: Cluster) -> tuple[Candidate, ...]:
        """Return what could fill the slots of a cluster."""
        found = self._known.get(cluster.members)
        if found is None:
            of_others = _of_other_parts(self.scene, cluster)
            proposed = propose(self.scene, cluster)
            found = tuple(
                c for c in proposed if _may_be_of(cluster, c) and (c.is_read or (c.slot, c.key) not in of_others)
            )
            self._known[cluster.members] = found
        return found


def _of_other_parts(scene: DealScene, cluster: Cluster) -> frozenset[tuple[str, str]]:
    """Return the slots and keys of weapons, days and places that rules read in other parts of the same whole."""
    mine = {f.part for f in cluster.frames if f.part is not None}
    blocks = {number for number, _ in mine}
    found: set[tuple[str, str]] = set()
    for frame, said in zip(scene.frames, scene.said, strict=True):
        if frame.part is not None and frame.part[0] in blocks and frame.part not in mine:
            found |= {("weapon", weapon) for weapon in said.weapons}
            days = (date_for("signedOn", value) for value in frame.signed_on if "share" in frame.marks)
            found |= {("signedOn", day.value) for day in days if day is not None}
            found |= {("producedAt", a.entity_id) for a in frame.arguments if a.role is Role.PRODUCED_AT}
    return frozenset(found)


def _may_be_of(cluster: Cluster, candidate: Candidate) -> bool:
    """Say whether a value can be of this deal and not of the whole or another share, which stand around a share."""
    if candidate.is_read:
        return True
    if f"rule elsewhere: {candidate.slot}" in candidate.features and candidate.slot in {"signatory", "signedAt"}:
        return False
    return not cluster.is_share or candidate.slot not in _OF_THE_WHOLE


def propose(scene: DealScene, cluster: Cluster) -> Iterator[Candidate]:
    """Yield all that could fill a slot of a deal, slot by slot in a fixed order."""
    yield from _parties(scene, cluster)
    yield from _weapons(scene, cluster)
    yield from _counts(scene, cluster)
    yield from _sums(scene, cluster)
    yield from _dates(scene, cluster)
    yield from _people_and_places(scene, cluster)
    wording = wording_features(scene, cluster)
    for status in STATUSES:
        yield Candidate(
            slot="status",
            filler=status,
            key=status.value,
            span=None,
            sentence=cluster.frames[0].sentence,
            features=status_features(scene, cluster, status, wording),
        )


def _nearest(scene: DealScene, cluster: Cluster, entity_id: str, *, reach: int) -> Named | None:
    """Return the noun that names an entity nearest to the deal, the earlier of two as near."""
    named = scene.nouns[entity_id]
    best = min(named, key=lambda n: (cluster.distance(n.sentence), n.mention.span), default=None)
    if best is None or (cluster.distance(best.sentence) > reach and len(named) < _OFTEN):
        return None
    return best


def _parties(scene: DealScene, cluster: Cluster) -> Iterator[Candidate]:
    licences = [s for f, s in zip(cluster.frames, cluster.said, strict=True) if is_between_makers(f)]
    for entity_id in scene.parties:
        named = _nearest(scene, cluster, entity_id, reach=_PARTY_REACH)
        if named is None or _only_approves(scene, cluster, entity_id):
            continue
        standing = standing_features(scene, cluster, entity_id)
        for slot in ("buyer", "supplier"):
            if licences and not any(entity_id in (s.buyers if slot == "buyer" else s.suppliers) for s in licences):
                continue  # who gives a licence to whom is told with it
            features = party_features(scene, cluster, entity_id, standing, buys=slot == "buyer")
            found = _entity(scene, slot, entity_id, named, features, cluster.row_of(entity_id))
            yield replace(found, is_told_so=True) if licences else found


def _only_approves(scene: DealScene, cluster: Cluster, entity_id: str) -> bool:
    """Say whether a body is read as the one who approves and as nothing else: it is on neither side."""
    is_body = scene.entities[entity_id].type is EntityType.GOVERNMENT_BODY
    return is_body and cluster.roles.get(entity_id) == frozenset({Role.APPROVER})


def _entity(
    scene: DealScene,
    slot: str,
    entity_id: str,
    named: Named,
    features: Features,
    row: frozenset[str] = frozenset(),
) -> Candidate:
    return Candidate(
        slot=slot,
        filler=entity_id,
        key=entity_id,
        span=named.mention.span,
        sentence=named.sentence,
        features=features,
        state=state_of(entity_id, scene.entities),
        row=row,
    )


def _weapons(scene: DealScene, cluster: Cluster) -> Iterator[Candidate]:
    is_paper = cluster.is_paper and all(f.kind in PAPERS for f in cluster.frames if not f.is_support)
    is_beside = is_paper or all(BESIDE & f.marks for f in cluster.frames)
    for entity_id in scene.weapons:
        named = min(scene.named[entity_id], key=lambda n: (cluster.distance(n.sentence), n.mention.span))
        is_read = any(entity_id in s.weapons for s in cluster.said)
        if is_beside and not (is_read or named.sentence in cluster.sentences):
            continue  # what is agreed upon or paid for is told with the paper or the loan
        is_near = cluster.distance(named.sentence) <= _PARTY_REACH
        if is_read or (is_near and _suits(scene, cluster, entity_id)):
            features = weapon_features(scene, cluster, entity_id)
            yield _entity(scene, "weapon", entity_id, named, features, cluster.listed_with(entity_id))


def _suits(scene: DealScene, cluster: Cluster, entity_id: str) -> bool:
    """Say whether a weapon can be what the nouns of a deal stand for; no tank is "300 rifles"."""
    kind = scene.entities[entity_id].kind
    nouns = {i.noun for f in cluster.frames for i in f.items if i.noun and not i.is_generic}
    if kind is None or not nouns:
        return True
    families = scene.lexicon.families
    words = set(kind.split())
    return bool(nouns & words) or bool({families.get(n) for n in nouns} & ({families.get(w) for w in words} - {None}))


def _counts(scene: DealScene, cluster: Cluster) -> Iterator[Candidate]:
    seen: set[int] = set()
    # a list may go on over many sentences: "54 tanks; 4 bridges; 10 engines"
    held = {item.number for f in cluster.frames for item in f.items}
    for i, number in sorted(scene.tree.numbers_at.items()):
        sentence = scene.tree.tokens[i].sentence
        if number.span.start in seen or (cluster.distance(sentence) > _REACH and number not in held):
            continue
        seen.add(number.span.start)
        if _is_of_another(scene, cluster, number) or _is_delivery(cluster, number):
            continue
        if number not in held and _counts_no_thing(scene, i):
            continue
        yield Candidate(
            slot="quantity",
            filler=number,
            key=_key_of(number),
            span=number.span,
            sentence=sentence,
            features=count_features(scene, cluster, number, sentence),
            row=frozenset(_key_of(n) for n in cluster.counted_with(number)),
        )


def _counts_no_thing(scene: DealScene, i: int) -> bool:
    """Say whether the numeral at token `i` counts what nobody delivers: "two contracts", "six frigates operated by"."""
    tree, lexicon = scene.tree, scene.lexicon
    head = tree.tokens[tree.tokens[i].head]
    if tree.tokens[i].dep != "nummod" or head.i < i or head.pos != "NOUN" or not head.text.islower():
        return False
    told = [tree.tokens[c] for c in tree.children[head.i] if tree.tokens[c].dep == "acl"]
    if any(t.lemma.lower() in lexicon.words["holding_verbs"] for t in told):
        return True
    return head.lemma.lower() not in lexicon.class_nouns and head.lemma.lower() not in lexicon.words["lot_nouns"]


def _key_of(number: Number) -> str:
    return str(int(number.upper if number.upper is not None else number.value))


def _is_of_another(scene: DealScene, cluster: Cluster, number: Number) -> bool:
    """Say whether a rule reads a number in another deal and not in this one."""
    holders = [i for i, f in enumerate(scene.frames) for item in f.items if item.number == number]
    return bool(holders) and not set(holders) & set(cluster.members)


def _is_delivery(cluster: Cluster, number: Number) -> bool:
    """Say whether a number is what was handed over of a larger number that was ordered, or the first or last of it."""
    held = [(f, i) for f in cluster.frames for i in f.items if i.number is not None and i.number.value == number.value]
    is_read = any(i.number == number for _, i in held)
    if not is_read or not any(_is_of_more(f, i) for f, i in held):
        return False
    if any(f.status is not None and not _is_of_more(f, i) for f, i in held):
        return False
    things = {i.weapon_id or i.noun for f, i in held} - {""}
    return any(
        i.number is not None and i.number.value > number.value and not _is_of_more(f, i)
        for f in cluster.frames
        for i in f.items
        if not things or (i.weapon_id or i.noun) in {*things, ""}
    )


def _is_of_more(frame: Frame, item: FrameItem) -> bool:
    return frame.status is DealStatus.DELIVERED or item.is_partial


def _sums(scene: DealScene, cluster: Cluster) -> Iterator[Candidate]:
    # where rules have read a sentence and left a sum out, it is a fine, a budget, a unit price
    for money in scene.values.money:
        sentence = scene.sentence_at(money.span.start)
        is_refused = sentence in scene.sentences_read and money not in scene.sums_read
        if cluster.distance(sentence) <= _SUM_REACH and not is_refused:
            yield Candidate(
                slot="value",
                filler=money,
                key=f"{money.amount.normalize():f} {money.currency}",
                span=money.span,
                sentence=sentence,
                features=sum_features(scene, cluster, money, sentence),
            )


def _dates(scene: DealScene, cluster: Cluster) -> Iterator[Candidate]:
    for value in scene.values.dates:
        sentence = scene.sentence_at(value.span.start)
        is_near = cluster.distance(sentence) <= _DATE_REACH
        for slot in DATE_SLOTS:
            date = date_for(slot, value)
            if date is not None and (is_near or (slot == "signedOn" and value in scene.dates_read[slot])):
                yield Candidate(
                    slot=slot,
                    filler=value,
                    key=date.value,
                    span=value.span,
                    sentence=sentence,
                    features=date_features(scene, cluster, value, date, sentence, slot),
                )
    for duration in scene.values.durations:
        sentence = scene.sentence_at(duration.span.start)
        if cluster.distance(sentence) <= _REACH:
            yield Candidate(
                slot="duration",
                filler=duration,
                key=duration.iso,
                span=duration.span,
                sentence=sentence,
                features=duration_features(scene, cluster, duration, sentence),
            )


def _as_read(scene: DealScene, cluster: Cluster, entity_id: str, role: Role) -> Named | None:
    """Return the mention that a rule reads in a role of this deal: not the same name in a dateline or an address."""
    spans = {
        a.evidence.span for f in cluster.speaking for a in f.arguments if a.entity_id == entity_id and a.role is role
    }
    return next((n for n in scene.named[entity_id] if n.mention.span in spans), None)


def _people_and_places(scene: DealScene, cluster: Cluster) -> Iterator[Candidate]:
    for slot, kind in (
        ("signatory", EntityType.PERSON),
        ("signedAt", EntityType.PLACE),
        ("producedAt", EntityType.PLACE),
    ):
        for entity_id in scene.of_type(kind):
            read = _as_read(scene, cluster, entity_id, _PLACED[slot])
            named = read or _nearest(scene, cluster, entity_id, reach=_PARTY_REACH)
            if named is None or (cluster.distance(named.sentence) > _REACH and read is None):
                continue
            make = person_features if kind is EntityType.PERSON else place_features
            yield _entity(scene, slot, entity_id, named, make(scene, cluster, entity_id, named))
