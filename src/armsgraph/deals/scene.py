"""One document as the decisions about its deals see it: what its frames say, and where its names stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from armsgraph.deals.dates import DATE_SLOTS, dates_in
from armsgraph.deals.further import as_further, told_further
from armsgraph.deals.rows import rows_of
from armsgraph.deals.said import Said, read_said
from armsgraph.deals.sentences import Telling, read_sentence
from armsgraph.deals.sides import PAPERS, is_between_makers, split_by_buyer, state_of
from armsgraph.lexicon.deals import BESIDE, DealLexicon, Trigger
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.records import WeaponRecord
from armsgraph.model import (
    DateValue,
    DealStatus,
    Document,
    Entity,
    EntitySet,
    EntityType,
    Frame,
    Mention,
    MentionForm,
    Money,
    Number,
    Parse,
    Role,
    Span,
    Values,
)
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["Cluster", "DealScene", "Named"]

_AT_SIGNING = frozenset({Role.SIGNATORY, Role.SIGNED_AT})

_SHIP_RULES = frozenset({"pattern.ship", "pattern.ship-name"})
_CLASS_RULE = "pattern.class"


@dataclass(frozen=True, slots=True)
class Named:
    """A mention and the sentence it stands in."""

    sentence: int
    mention: Mention

    @property
    def is_adjective(self) -> bool:
        """Whether it is no noun ("Kuwaiti")."""
        return self.mention.form is MentionForm.ADJECTIVE


class DealScene:
    """A document with its frames. Denied and imagined events are left out; they are no deals.

    Attributes:
        named: The mentions of each entity by position.
        rules: Trigger rules by id.
        ships: Ids of the ships that bear a name.
    """

    def __init__(
        self,
        document: Document,
        values: Values,
        parse: Parse,
        entities: EntitySet,
        frames: Iterable[Frame],
        lexicon: DealLexicon,
        gazetteer: Gazetteer,
    ) -> None:
        self.document = document
        self.values = values
        self.parse = parse
        self.entities: Mapping[str, Entity] = {e.id: e for e in entities.entities}
        self.tenures = entities.tenures
        self.lexicon = lexicon
        self._gazetteer = gazetteer
        self.tree = Tree(document, values, parse, entities)
        self.rules = lexicon.rules
        self.frames = tuple(
            part for frame in frames if not frame.is_negated for part in split_by_buyer(frame, self.entities)
        )
        self.said = tuple(read_said(f, self.entities) for f in self.frames)
        self.rows = tuple(rows_of(f, self.tree) for f in self.frames)
        self.further = told_further(self.tree, self.frames, lexicon)
        self._tellings: dict[int, Telling] = {}
        self.named: dict[str, list[Named]] = {}
        for mention in entities.mentions:
            if mention.entity_id is not None and mention in self.tree.heads:
                sentence = self.tree.tokens[self.tree.heads[mention]].sentence
                self.named.setdefault(mention.entity_id, []).append(Named(sentence, mention))

        self.nouns = {i: [n for n in named if not n.is_adjective] for i, named in self.named.items()}
        self.sentences_of = {i: frozenset(n.sentence for n in named) for i, named in self.named.items()}
        self.ships = frozenset(
            i
            for i, named in self.named.items()
            if (rules := {n.mention.rule for n in named}) & _SHIP_RULES and _CLASS_RULE not in rules
        )
        self._of_type: dict[tuple[EntityType, ...], list[str]] = {}

    def paragraph(self, sentence: int) -> int:
        """Return the index of the paragraph of a sentence."""
        return self.parse.sentences[sentence].paragraph

    def sentence_at(self, offset: int) -> int:
        """Return the sentence at a character, 0 for an offset behind the last token."""
        token = self.tree.token_at(offset)
        return token.sentence if token is not None else 0

    def telling(self, sentence: int) -> Telling:
        """Return what a sentence as a whole names."""
        found = self._tellings.get(sentence)
        if found is None:
            found = self._tellings[sentence] = read_sentence(self.tree, self.parse, self.lexicon, sentence)
        return found

    def of_type(self, *types: EntityType) -> list[str]:
        """Return the ids of the named entities of these types, in the order of the text."""
        if types not in self._of_type:
            self._of_type[types] = [i for i in self.named if i in self.entities and self.entities[i].type in types]
        return self._of_type[types]

    @cached_property
    def weapons(self) -> list[str]:
        """The named weapons, in the order of the text."""
        return self.of_type(EntityType.WEAPON)

    @cached_property
    def parties(self) -> list[str]:
        """Everyone named by a noun who can be a side of a deal."""
        return [i for i in self.of_type(*PARTY_TYPES) if not all(n.is_adjective for n in self.named[i])]

    @cached_property
    def sentences_of_several(self) -> frozenset[int]:
        """The sentences that speak of several papers at once ("three contracts"): what they say may hold for each."""
        return frozenset(
            token.sentence
            for token in self.tree.tokens
            if token.tag in {"NNS", "NNPS"}
            and any(rule.is_agreement for rule in self.lexicon.nouns.get(token.lemma.lower(), ()))
        )

    @cached_property
    def makers(self) -> Mapping[str, str]:
        """The firm of the text that makes a weapon, by weapon, as the lists have it, else as the text alone says."""
        firms = {self.entities[i].record: i for i in self.of_type(EntityType.FIRM) if self.entities[i].record}
        found = {}
        for weapon in self.weapons:
            record = self._gazetteer.record(self.entities[weapon].record)
            if isinstance(record, WeaponRecord) and record.maker is not None:
                for firm in self._gazetteer.find(record.maker, EntityType.FIRM):
                    if firm.id in firms:
                        found[weapon] = firms[firm.id]
        return self._makers_told() | found

    def _makers_told(self) -> dict[str, str]:
        told: dict[str, set[str]] = {}
        for frame in self.frames:
            makers = {a.entity_id for a in frame.arguments if a.role is Role.MAKER}
            for weapon in {i.weapon_id for i in frame.items if i.weapon_id is not None}:
                told.setdefault(weapon, set()).update(makers)
        is_firm = {i for i, e in self.entities.items() if e.type is EntityType.FIRM}
        return {w: min(m) for w, m in told.items() if len(m) == 1 and m <= is_firm}

    @cached_property
    def told_plainly(self) -> frozenset[int]:
        """The frames that by themselves tell of a deal."""
        return frozenset(i for i, frame in enumerate(self.frames) if _tells_a_deal(frame, self.said[i]))

    @cached_property
    def lone_sentences(self) -> Mapping[int, int]:
        """The sentence of each paragraph that has but one, by paragraph."""
        counted = Counter(s.paragraph for s in self.parse.sentences)
        return {s.paragraph: s.i for s in self.parse.sentences if counted[s.paragraph] == 1}

    @cached_property
    def dates_read(self) -> Mapping[str, frozenset[DateValue]]:
        """The dates that the rules read, by slot."""
        return {s: frozenset(d for f in self.frames for d in dates_in(f, s)) for s in DATE_SLOTS}

    @cached_property
    def sums_read(self) -> frozenset[Money]:
        """The sums that the rules read as prices."""
        return frozenset(m for f in self.frames for m in f.money)

    @cached_property
    def sentences_read(self) -> frozenset[int]:
        """The sentences in which the rules read anything."""
        return frozenset(f.sentence for f in self.frames)

    @cached_property
    def buyer_states(self) -> frozenset[str]:
        """The states that buy, as the rules read it."""
        return frozenset(s for said in self.said for s in said.buyer_states)

    def rarity(self, word: str) -> float:
        """Return how much a word tells that two sentences share: more the fewer sentences of the text have it."""
        return 1 / self._word_counts[word] if word in self._word_counts else 0.0

    @cached_property
    def _word_counts(self) -> Counter[str]:
        return Counter(w for s in range(len(self.parse.sentences)) for w in self.telling(s).words)

    @cached_property
    def times_bought(self) -> Counter[str]:
        """How many frames have an entity as buyer."""
        return Counter(i for said in self.said for i in said.buyers)

    @cached_property
    def times_supplied(self) -> Counter[str]:
        """How many frames have an entity as supplier."""
        return Counter(i for said in self.said for i in said.suppliers)

    @cached_property
    def most_bought(self) -> int:
        """How many buyers all frames have together."""
        return sum(self.times_bought.values())

    @cached_property
    def most_supplied(self) -> int:
        """How many suppliers all frames have together."""
        return sum(self.times_supplied.values())

    @cached_property
    def word_types(self) -> Mapping[str, str]:
        """The type of each word of the lexicon: that of its verb rule, `speech`, `start`, `end` or `delivery`."""
        found: dict[str, str] = {}
        for lemma, rules in self.lexicon.verbs.items():
            found.setdefault(lemma, rules[0].type)
        found |= dict.fromkeys(self.lexicon.words["speech_verbs"], "speech")
        for name in ("start", "end", "delivery"):
            for word in self.lexicon.words[f"{name}_words"]:
                found.setdefault(word, name)
        return found

    def rule_of(self, frame: Frame) -> Trigger:
        """Return the highest trigger rule of a frame."""
        return self.rules[frame.triggers[0]]


class Cluster:
    """Frames that are taken to speak of one deal.

    Attributes:
        members: Indexes into the frames of the scene, ascending.
        speaking: Its frames, and those behind them that add times and places which they do not have.
    """

    def __init__(self, scene: DealScene, members: Iterable[int]) -> None:
        self.members = tuple(sorted(members))
        self.frames = tuple(scene.frames[i] for i in self.members)
        behind = [scene.frames[j] for i in self.members for j in scene.further.get(i, ()) if j not in self.members]
        self.speaking = (*self.frames, *(as_further(f, self.frames) for f in behind))
        self.said = tuple(scene.said[i] for i in self.members)
        self._rows = tuple(scene.rows[i] for i in self.members)
        self.sentences = frozenset(f.sentence for f in self.frames)
        self._ordered = sorted(self.sentences)
        self._distances: dict[int, int] = {}
        self.paragraphs = frozenset(f.paragraph for f in self.frames)
        self.times_bought = Counter(i for s in self.said for i in s.buyers)
        self.times_supplied = Counter(i for s in self.said for i in s.suppliers)
        self.roles: dict[str, frozenset[Role]] = {}
        for frame in self.frames:
            for argument in frame.arguments:
                self.roles[argument.entity_id] = self.roles.get(argument.entity_id, frozenset()) | {argument.role}
        self.weapons = frozenset[str]().union(*(s.weapons for s in self.said))
        self.nouns = frozenset[str]().union(*(s.nouns for s in self.said))
        self.buyers = frozenset[str]().union(*(s.buyers for s in self.said))
        self.suppliers = frozenset[str]().union(*(s.suppliers for s in self.said))
        self.parties = frozenset[str]().union(*(s.parties for s in self.said))
        self.buyer_states = frozenset[str]().union(*(s.buyer_states for s in self.said))
        self.is_paper = any(f.kind in PAPERS for f in self.frames)
        # one share of several: sums, counts and signatures around it are as likely those of the others, or of all
        self.is_share = any(f.part is not None and "share" in f.marks for f in self.frames)
        self.is_only_lines = all(scene.rule_of(f).type == "none" for f in self.frames)
        told = [scene.telling(s) for s in self._ordered]
        self.named_parties = frozenset[str]().union(*(t.parties for t in told))
        self.named_states = frozenset[str]().union(*(t.states for t in told))
        self.named_weapons = frozenset[str]().union(*(t.weapons for t in told))
        self.weapon_states = frozenset(s for s in (state_of(w, scene.entities) for w in self.weapons) if s)

    @property
    def main(self) -> Frame:
        """The first frame that makes a deal by itself, else the first."""
        return next((f for f in self.frames if not f.is_support), self.frames[0])

    def row_of(self, entity_id: str) -> frozenset[str]:
        """Return who stands in one row with an entity ("Norway and Kenya ordered")."""
        return frozenset[str]().union(*(r.get(entity_id, frozenset()) for r in self._rows))

    def listed_with(self, weapon_id: str) -> frozenset[str]:
        """Return the weapons that are counted beside a weapon in one frame ("12 tanks and 4 bridges")."""
        lists = ({i.weapon_id for i in f.items if i.weapon_id and i.number} for f in self.frames)
        return frozenset[str]().union(*(held for held in lists if weapon_id in held)) - {weapon_id}

    def counted_with(self, number: Number) -> tuple[Number, ...]:
        """Return the counts of other things in the list that a count stands in."""
        lists = ([(i.number, i.weapon_id or i.noun) for i in f.items if i.number is not None] for f in self.frames)
        return tuple(
            other
            for counts in lists
            for what in {thing for n, thing in counts if n == number}
            for other, thing in counts
            if thing != what
        )

    def nearest(self, sentence: int, span: Span) -> Frame:
        """Return the frame nearest to a stretch of text: by sentences, then by characters."""
        return min(self.frames, key=lambda f: (abs(f.sentence - sentence), abs(f.span.start - span.start)))

    def distance(self, sentence: int) -> int:
        """Return how many sentences away the nearest frame is."""
        known = self._distances.get(sentence)
        if known is None:
            i = bisect_left(self._ordered, sentence)
            known = min(abs(sentence - s) for s in self._ordered[max(0, i - 1) : i + 1])
            self._distances[sentence] = known
        return known


def _tells_a_deal(frame: Frame, said: Said) -> bool:
    """Say whether a frame by itself tells who buys what, and how many, for how much or from whom.

    Of a paper: which two signed it, or when, where or by whom it was signed; of a licence: who makes the thing, and who
    lets them; of a loan or offset: who gives it, who gets it or how much it is, two of these.
    """
    if is_between_makers(frame):
        return True
    if BESIDE & frame.marks:
        return frame.status is DealStatus.SIGNED and len({*said.buyers, *said.suppliers}) + bool(said.sums) > 1
    if frame.is_support:
        return False
    if frame.kind in PAPERS:
        is_dated = bool(frame.signed_on) or any(a.role in _AT_SIGNING for a in frame.arguments)
        are_two = len(said.parties | said.buyers | said.suppliers) > 1
        is_founded = frame.status is DealStatus.COMPLETED
        return is_founded or (frame.status is DealStatus.SIGNED and (are_two or (is_dated and not frame.is_definite)))
    has_thing = bool(said.weapons or said.nouns)
    return bool(said.buyers) and has_thing and bool(said.counts or said.sums or said.suppliers)
