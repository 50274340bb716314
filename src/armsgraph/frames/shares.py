"""Sentences that share things out ("five of them for Norway, nine for Kenya"): one frame a share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from armsgraph.frames.arguments import is_container
from armsgraph.frames.exceptions import is_owner_of_firm
from armsgraph.frames.roles import placed_argument
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import (
    Argument,
    EntityType,
    Frame,
    FrameItem,
    MentionForm,
    Money,
    Role,
    Span,
)
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["SHARE", "named_behind", "split_by_share"]

SHARE = "share"
# A sentence without a trigger only adds to a deal, unless it says who gets how many.
_ADDS = "adds-only"
# What says, right before a party, that the thing before it goes to it or comes from it.
_PREPOSITIONS = {"for": Role.BUYER, "to": Role.BUYER, "from": Role.SUPPLIER, "by": Role.SUPPLIER}
_EACH = frozenset({"each", "apiece"})
# How a rule reads a party behind a preposition; it has a share like those right behind their things.
_CASES = (".by", ".dative", ".for", ".from", ".to")
_PARTS = frozenset({"det", "poss", "amod", "compound", "nmod"})
# How many words may stand between a thing and the preposition behind it.
_REACH = 6


def named_behind(
    tree: Tree, sentence: int, items: Sequence[FrameItem], lexicon: DealLexicon, *, by: Role = Role.SUPPLIER
) -> list[Argument]:
    """Return the parties that stand right behind a thing and "for", "to", "from" or "by" ("12 HX-20 jets for Kenya").

    Whatever the parser hangs them on; of several behind one preposition, all. A firm right behind "of" provides, too
    ("six HX-20 jets of Norvik Arms"); "of the Kenya Air Force" only says whose they are.

    Args:
        by: What "by" makes of a party: the buyer where a verb of buying is above ("two each by Kenya and Norway").
    """
    found: list[Argument] = []
    ends = _ends(tree, items)
    # "a unit of", "part of Norvik Arms" are no arms
    arms = _ends(tree, [i for i in items if not i.noun or lexicon.class_nouns.get(i.noun) == "thing"])
    role, last = None, -1
    for mention in tree.mentions_by_sentence.get(sentence, ()):
        if mention.type not in PARTY_TYPES or mention.form is MentionForm.ADJECTIVE or mention.entity_id is None:
            continue
        if is_container(tree, mention) or is_owner_of_firm(tree, mention):
            continue
        inside = tree.tokens_in(mention.span)
        before = _before(tree, inside[0].i, lexicon)
        word = tree.tokens[before].text.lower() if before >= 0 else ""
        if word == "of":
            role = Role.SUPPLIER if mention.type is EntityType.FIRM and before - 1 in arms else None
        elif word in _PREPOSITIONS:
            behind = [e for e in ends if e < before and before - e <= _REACH and not _verb_in(tree, e + 1, before)]
            role = (by if word == "by" else _PREPOSITIONS[word]) if behind else None
        elif word not in {"and", ","} or last != before - 1:
            role = None
        if role is not None:
            found.append(placed_argument(role, mention, f"thing.{'and' if word in {'and', ','} else word}"))
            last = inside[-1].i
    return found


def _ends(tree: Tree, items: Sequence[FrameItem]) -> list[int]:
    return sorted({tokens[-1].i for tokens in (tree.tokens_in(_whole(i)) for i in items) if tokens})


def split_by_share(tree: Tree, frame: Frame, behind: Sequence[Argument]) -> tuple[Frame, ...]:
    """Return a frame for each share of a sentence that names two or more things, each with the party behind it.

    A thing before them all is the whole, told by a frame of its own; a sum goes with the share it stands behind, if
    each has one.

    Args:
        behind: The parties that stand behind things, as `named_behind` returns them.
    """
    for role in (Role.BUYER, Role.SUPPLIER):
        parties = [a for a in behind if a.role is role]
        shares = _shares(tree, frame, parties)
        if parties and len(shares) < 2:
            # "two came from Norvik Arms and six from Tarn Shipyards": between the first and its thing stands the verb
            known = {a.entity_id for a in parties}
            read = [a for a in _read_as(frame, role) if a.evidence.rule.endswith(_CASES)]
            shares = _shares(tree, frame, [*parties, *(a for a in read if a.entity_id not in known)])
        if len(shares) > 1:
            return _split(frame, role, shares)
    return (frame,)


def _read_as(frame: Frame, role: Role) -> list[Argument]:
    """Return the arguments of a role; who makes a thing may be who provides it."""
    roles = {role, Role.MAKER} if role is Role.SUPPLIER else {role}
    return [a for a in frame.arguments if a.role in roles]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    items: tuple[FrameItem, ...]
    parties: tuple[Argument, ...]

    @property
    def start(self) -> int:
        return min(_whole(i).start for i in self.items)


def _shares(tree: Tree, frame: Frame, parties: Sequence[Argument]) -> list[_Share]:
    """Return the pairs of things and the parties behind them, or [] where they do not stand in turns."""
    marked = sorted(
        [(_whole(i).start, 0, i) for i in frame.items] + [(a.evidence.span.start, 1, a) for a in parties],
        key=lambda entry: entry[:2],
    )
    runs: list[tuple[list[FrameItem], list[Argument]]] = []
    for _start, _kind, entry in marked:
        if isinstance(entry, FrameItem):
            if not runs or runs[-1][1]:
                runs.append(([], []))
            runs[-1][0].append(entry)
        elif runs:
            runs[-1][1].append(entry)
    full = [
        _Share(items=tuple(items[-1:]), parties=tuple(owners))
        for items, parties in runs
        if parties
        for owners in ([[p] for p in parties] if _is_for_each(tree, items[-1]) else [parties])
    ]
    owners = [frozenset(a.entity_id for a in s.parties) for s in full]
    if len(full) < 2 or any(one & other for one, other in pairwise(owners)):
        return []
    told_apart = [(i.weapon_id, i.noun, i.number, i.number and _is_for_each(tree, i)) for s in full for i in s.items]
    return full if len(set(told_apart)) == len(told_apart) or any(t[3] for t in told_apart) else []


def _is_for_each(tree: Tree, item: FrameItem) -> bool:
    """Say whether every party behind a count gets as many ("two each for Kenya and Norway")."""
    if item.number is None:
        return False
    last = tree.tokens_in(_whole(item))[-1].i
    return last + 1 < len(tree.tokens) and tree.tokens[last + 1].text.lower() in _EACH


def _split(frame: Frame, role: Role, shares: Sequence[_Share]) -> tuple[Frame, ...]:
    shared_out = {a.entity_id for s in shares for a in s.parties}
    used = {id(i) for s in shares for i in s.items}
    left = tuple(i for i in frame.items if id(i) not in used and _whole(i).start < shares[0].start)
    sharing = {id(a) for a in _read_as(frame, role) if a.entity_id in shared_out}
    common = tuple(a for a in frame.arguments if id(a) not in sharing)
    sums = _sums(frame, shares)
    parts = [
        replace(
            frame,
            items=tuple(_one_of(left, item) for item in share.items),
            arguments=(*common, *(_as_read(frame, role, a) for a in share.parties)),
            money=sums[n] if sums else (),
            marks=frame.marks - {_ADDS} | {SHARE},
        )
        for n, share in enumerate(shares)
    ]
    if left or (frame.money and not sums):
        return (replace(frame, items=left, arguments=common), *parts)
    return tuple(parts)


def _one_of(whole: Sequence[FrameItem], item: FrameItem) -> FrameItem:
    """Return a bare count as so many of the weapon that stands before all shares, if one alone does."""
    named = {i.weapon_id for i in whole if i.weapon_id is not None}
    if item.weapon_id is not None or item.noun or not named:
        return item
    return replace(item, weapon_id=whole[-1].weapon_id, weapon_span=item.span) if whole[-1].weapon_id else item


def _as_read(frame: Frame, role: Role, argument: Argument) -> Argument:
    """Return the argument as a rule of the trigger reads it at the same place, if one does."""
    same = (a for a in _read_as(frame, role) if a.evidence.span == argument.evidence.span)
    return next(same, argument)


def _sums(frame: Frame, shares: Sequence[_Share]) -> list[tuple[Money, ...]]:
    """Return the sum of each share, or [] where they do not have one each; behind the last alone stands the total."""
    found = []
    starts = [s.start for s in shares]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        found.append(tuple(m for m in frame.money if m.span.start > start and (end is None or m.span.start < end)))
    counts = [len(sums) for sums in found]
    is_clear = sum(counts) == len(frame.money) and max(counts) == 1
    return found if is_clear and (all(counts) or not counts[-1]) else []


def _whole(item: FrameItem) -> Span:
    number = item.number.span if item.number is not None else item.span
    return Span(min(item.span.start, number.start), max(item.span.end, number.end))


def _before(tree: Tree, i: int, lexicon: DealLexicon) -> int:
    """Return the token before a name, its article and "the government of"."""
    i = _before_article(tree, i)
    if i > 0 and tree.tokens[i].text.lower() == "of":
        named = tree.tokens[i - 1].lemma.lower()
        if named in lexicon.words["government_words"]:
            return _before_article(tree, i - 1)
    return i


def _before_article(tree: Tree, i: int) -> int:
    i -= 1
    while i >= 0 and tree.tokens[i].dep in _PARTS and tree.tokens[i].text.lower() in {"the", "its", "their"}:
        i -= 1
    return i


def _verb_in(tree: Tree, first: int, last: int) -> bool:
    return any(tree.tokens[i].pos == "VERB" and tree.tokens[i].lemma not in {"go", "mean"} for i in range(first, last))
