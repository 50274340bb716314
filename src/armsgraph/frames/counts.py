"""The counts of a text that may count things of a deal, whether or not a frame holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from armsgraph.frames.nouns import class_noun
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, Frame, FrameItem, Number
from armsgraph.syntax import Tree

__all__ = ["Count", "find_counts", "is_same"]

_NOUNS = frozenset({"NOUN", "PROPN"})
_LINKS = frozenset({"nummod", "compound", "quantmod", "amod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count, the token it starts with, and what it counts; nothing where it stands alone ("the other four")."""

    number: Number
    i: int
    sentence: int
    noun: str = ""
    weapon_id: str | None = None
    is_rest: bool = False

    @property
    def item(self) -> FrameItem:
        """It as the thing of a frame."""
        span = self.number.span
        return FrameItem(
            span=span,
            weapon_id=self.weapon_id,
            weapon_span=span if self.weapon_id is not None else None,
            noun=self.noun,
            number=self.number,
        )

    @property
    def value(self) -> int:
        """How many."""
        return int(self.number.value)

    @property
    def is_named(self) -> bool:
        """Whether it says what it counts."""
        return bool(self.noun) or self.weapon_id is not None

    def suits(self, whole: Count, lexicon: DealLexicon) -> bool:
        """Say whether it can count some of what another counts."""
        if not self.is_named:
            return True  # a bare number, the rest
        if self.weapon_id is not None and whole.weapon_id is not None:
            return self.weapon_id == whole.weapon_id
        if not self.noun or not whole.noun:
            return True
        if "generic" in {lexicon.class_nouns.get(self.noun), lexicon.class_nouns.get(whole.noun)}:
            return True
        return self.noun == whole.noun or _family(self.noun, lexicon) == _family(whole.noun, lexicon) != ""


def find_counts(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> list[Count]:
    """Return the counts of a text in its order, without those of what is no thing ("eight instructors")."""
    items = {i.number: i for f in frames for i in f.items if i.number is not None}
    found: list[Count] = []
    seen: set[int] = set()
    for token in tree.tokens:
        i, number = token.i, tree.numbers_at.get(token.i)
        if _is_rest(tree, i, lexicon):
            number = Number(span=token.span, value=Decimal(0), as_written=token.text)
            found.append(Count(number=number, i=i, sentence=token.sentence, is_rest=True))
            continue
        if number is None or number.span.start in seen or number.upper is not None or number.value != int(number.value):
            continue
        seen.add(number.span.start)
        count = _count(tree, i, number, items.get(number), lexicon)
        if count is not None:
            found.append(count)
    return found


def _is_rest(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a token is "the rest", "the others", without a count, and is of no other thing."""
    if tree.tokens[i].text.lower() not in lexicon.words["rest_nouns"] or not i:
        return False
    behind = [t.text.lower() for t in tree.tokens[i + 1 : i + 3]]
    is_counted = any(j in tree.numbers_at for j in range(i + 1, min(i + 3, len(tree.tokens))))
    return tree.tokens[i - 1].text.lower() == "the" and not is_counted and (behind[:1] != ["of"] or behind[1] == "them")


def is_same(item: FrameItem, count: Count, lexicon: DealLexicon) -> bool:
    """Say whether an item counts as many of the same as a count does, at whatever place."""
    if item.number is None or item.number.value != count.number.value:
        return False
    other = Count(number=item.number, i=-1, sentence=-1, noun=item.noun, weapon_id=item.weapon_id)
    return other.suits(count, lexicon)


def _count(tree: Tree, i: int, number: Number, item: FrameItem | None, lexicon: DealLexicon) -> Count | None:
    sentence = tree.tokens[i].sentence
    if item is not None:
        return Count(number=number, i=i, sentence=sentence, noun=item.noun, weapon_id=item.weapon_id)
    token = tree.tokens[i]
    above = tree.tokens[token.head]
    if token.dep not in _LINKS or above.i <= i or above.pos not in _NOUNS:
        return Count(number=number, i=i, sentence=sentence)
    weapon = next((m for m in tree.mentions_at.get(above.i, ()) if m.type is EntityType.WEAPON), None)
    noun = class_noun(above, lexicon)
    if weapon is None and not noun:
        return None
    return Count(
        number=number, i=i, sentence=sentence, noun=noun, weapon_id=weapon.entity_id if weapon is not None else None
    )


def _family(noun: str, lexicon: DealLexicon) -> str:
    return lexicon.families.get(noun, "")
