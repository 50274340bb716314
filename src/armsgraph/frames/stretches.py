"""The stretch of a sentence that one part of a whole is told in, and who is on a side of the part there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from armsgraph.frames.arguments import are_people, is_container
from armsgraph.frames.counts import Count
from armsgraph.frames.exceptions import is_owner_of_firm
from armsgraph.frames.roles import placed_argument
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import Argument, EntityType, Frame, Mention, MentionForm, Role, Span
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["Stretch", "find_stretches", "names_someone", "own_parties"]

_JOINTS = frozenset({",", ";", ":", "and", "but", "while", "whereas", "with", "–", "—"})
_ROW = frozenset({"and", ",", "&"})
_PHRASE = frozenset({"amod", "compound", "det", "nmod", "poss"})
_BEFORE = {"for": Role.BUYER, "to": Role.BUYER, "from": Role.SUPPLIER, "by": Role.SUPPLIER}
_MAKING_AT = frozenset({"at", "from", "in"})
_SIDES = {Role.BUYER: Role.BUYER, Role.SUPPLIER: Role.SUPPLIER, Role.MAKER: Role.SUPPLIER}
_SUBJECTS = {
    "arrive": None,
    "buy": Role.BUYER,
    "offer": Role.SUPPLIER,
    "produce": Role.SUPPLIER,
    "receive": Role.BUYER,
    "sell": Role.SUPPLIER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A count and the tokens around it, `first` up to but not `last`; before `floor` others are told of."""

    count: Count
    first: int
    last: int
    floor: int

    def span(self, tree: Tree) -> Span:
        """Return where it stands in the text."""
        return Span(tree.tokens[self.first].span.start, tree.tokens[self.last - 1].span.end)


def find_stretches(tree: Tree, whole: Count, run: Sequence[Count]) -> list[Stretch]:
    """Return the stretch of each part: from the last joint before its count to that before the next."""
    starts, floors = [], []
    for n, count in enumerate(run):
        sentence = tree.parse.sentences[count.sentence]
        before = sentence.first
        if n and run[n - 1].sentence == count.sentence:
            before = run[n - 1].i + 1
        elif whole.sentence == count.sentence and whole.i < count.i:
            before = whole.i + 1
        floors.append(before)
        joints = [i for i in range(before, count.i) if tree.tokens[i].text.lower() in _JOINTS]
        starts.append(joints[-1] + 1 if joints else before)
    ends = []
    for n, count in enumerate(run):
        follows = n + 1 < len(run) and run[n + 1].sentence == count.sentence
        ends.append(starts[n + 1] if follows else tree.parse.sentences[count.sentence].last)
    parts = zip(run, starts, ends, floors, strict=True)
    return [Stretch(count=c, first=a, last=b, floor=f) for c, a, b, f in parts]


def own_parties(
    tree: Tree, frames: Sequence[Frame], stretch: Stretch, lexicon: DealLexicon, *, like: Role | None = None
) -> tuple[Argument, ...]:
    """Return who gets or provides a part by the words around its count: as a rule reads them, else by where they stand.

    The subject of the verb that the count is the object of is one of them, wherever it stands.

    Args:
        like: What one is who stands right before the count, as the verb is left out ("and Tarn Shipyards 25").
    """
    read = {
        a.evidence.span: a
        for f in frames
        if f.sentence == stretch.count.sentence
        for a in f.arguments
        if a.role in _SIDES
    }
    found: list[Argument] = []
    row: tuple[Role, int] | None = None
    for mention in _named(tree, stretch):
        inside = tree.tokens_in(mention.span)
        argument = read.get(mention.span)
        first = _first_of_phrase(tree, mention)
        before = tree.tokens[first - 1].text.lower() if first else ""
        if argument is not None:
            argument = replace(argument, role=_SIDES[argument.role])
        elif row is not None and before in _ROW and first - row[1] <= 2:
            argument = placed_argument(row[0], mention, "thing.and")
        else:
            is_turn = inside[-1].i + 1 == stretch.count.i
            role = like if like is not None and is_turn else _role(tree, mention, first, before, lexicon)
            argument = placed_argument(role, mention, f"thing.{before}") if role is not None else None
        if argument is not None:
            row = (argument.role, inside[-1].i)
            if argument.entity_id not in {a.entity_id for a in found}:
                found.append(argument)
    return tuple(found)


def names_someone(tree: Tree, stretch: Stretch) -> bool:
    """Say whether "for", "to", "from" or "by" stands before a name, whether or not it is known who bears it."""
    for i in range(stretch.first, stretch.last - 1):
        if tree.tokens[i].text.lower() in _BEFORE:
            behind = i + 2 if tree.tokens[i + 1].pos == "DET" else i + 1
            if behind < stretch.last and tree.tokens[behind].text[0].isupper() and not _is_other(tree, behind):
                return True
    return False


def _is_other(tree: Tree, i: int) -> bool:
    """Say whether a token belongs to a day or to a name that can be no side of a deal."""
    token = tree.tokens[i]
    days = tree.dates_by_sentence.get(token.sentence, ())
    return any(d.span.overlaps(token.span) for d in days) or any(
        m.type not in PARTY_TYPES for m in tree.mentions_at.get(i, ())
    )


def _named(tree: Tree, stretch: Stretch) -> Iterator[Mention]:
    acting = _acting(tree, stretch)
    for mention in tree.mentions_by_sentence.get(stretch.count.sentence, ()):
        if mention.type not in PARTY_TYPES or mention.entity_id is None:
            continue
        if mention.form is MentionForm.ADJECTIVE and not are_people(tree, mention):
            continue
        head = tree.heads[mention]
        if not stretch.first <= head < stretch.last and head != acting:
            continue
        if not is_container(tree, mention) and not is_owner_of_firm(tree, mention):
            yield mention


def _acting(tree: Tree, stretch: Stretch) -> int | None:
    """Return the subject of the verb that takes the count as its object."""
    for parent, label in tree.ancestors(stretch.count.i):
        if label in {"dobj", "obj"}:
            subject = tree.subject_of(parent)
            is_own = subject is not None and subject[1] == "subject" and subject[0] >= stretch.floor
            return subject[0] if subject is not None and is_own else None
        if label not in {"nummod", "appos", "conj"}:
            return None
    return None


def _role(tree: Tree, mention: Mention, first: int, before: str, lexicon: DealLexicon) -> Role | None:
    is_firm = mention.type is EntityType.FIRM
    if is_firm and before == "with":
        return Role.SUPPLIER  # "a contract for one was signed with Norvik Arms"
    if before in _BEFORE:
        role = _BEFORE[before]
        return None if is_firm and role is Role.BUYER else role
    if is_firm and before in _MAKING_AT:
        return Role.SUPPLIER  # "six at Tarn Shipyards"
    if is_firm and before == "of" and _is_plant(tree, first, lexicon):
        return Role.SUPPLIER
    head = tree.heads[mention]
    token = tree.tokens[head]
    if token.dep != "nsubj":
        return None
    rules = lexicon.verbs.get(tree.tokens[token.head].lemma.lower(), ())
    roles = {_SUBJECTS[r.type] for r in rules if r.type in _SUBJECTS}
    return roles.pop() if len(roles) == 1 else None


def _is_plant(tree: Tree, first: int, lexicon: DealLexicon) -> bool:
    """Say whether a phrase stands behind "from the plant of", "at the yards of"."""
    return first > 1 and tree.tokens[first - 2].lemma.lower() in lexicon.words["making_words"]


def _first_of_phrase(tree: Tree, mention: Mention) -> int:
    """Return the first token of the noun phrase of a name ("the Royal Amiri" of "the Royal Amiri Navy")."""
    first = tree.tokens_in(mention.span)[0].i
    while (
        first and tree.tokens[first - 1].dep in _PHRASE and first <= tree.tokens[first - 1].head <= tree.heads[mention]
    ):
        first -= 1
    return first
