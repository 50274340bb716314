"""Sentences that introduce several deals ("signed two contracts"): what they say holds for each deal under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from armsgraph.frames.fragments import BULLET
from armsgraph.frames.roles import LISTED, is_public, lent_argument
from armsgraph.frames.sections import party_alone
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import (
    OPEN_ROLES,
    WHOLE,
    Argument,
    DateValue,
    DealStatus,
    EntityType,
    Frame,
    Role,
    Sentence,
)
from armsgraph.syntax import Tree

__all__ = ["hand_down"]

_SIGNING = frozenset({Role.SIGNATORY, Role.SIGNED_AT})
# How many sentences that introduce nothing may stand between, and how many words before what "the first" is.
_IDLE = 3
_BEHIND_ORDINAL = frozenset({"one", ",", "(", "with", "for", "worth", "from", "on"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SETTLED = frozenset({DealStatus.APPROVED, DealStatus.SIGNED, DealStatus.ORDERED})
# How those are read who provide under one of several papers, for all of them together: as one row.


@dataclass(slots=True, kw_only=True)
class _Block:
    """An introducing sentence, more of them, and the sentences of each deal told under it."""

    heads: list[int]
    parts: list[list[int]] = field(default_factory=list)


def hand_down(tree: Tree, frames: Sequence[Frame], lexicon: DealLexicon) -> tuple[Frame, ...]:
    """Return the frames, those of deals that a sentence introduces with what it says of them all.

    Handed down are the buyer, a firm that stands alone, the day and place of signing, who signed, and how far it has
    come; never sums or counts, which are those of all together. The evidence stays where it is: in that sentence.
    """
    by_sentence: dict[int, list[int]] = {}
    for n, frame in enumerate(frames):
        by_sentence.setdefault(frame.sentence, []).append(n)
    result = list(frames)
    for number, block in enumerate(_blocks(tree, frames, by_sentence, lexicon)):
        above = [n for i in block.heads for n in by_sentence.get(i, ()) if not frames[n].is_negated]
        heads = [frames[n] for n in above]
        is_total = any(f.money for f in heads)
        if is_total:
            for n in above:
                result[n] = replace(result[n], part=(number, WHOLE))
        for part, sentences in enumerate(block.parts):
            inside = [n for i in sentences for n in by_sentence.get(i, ())]
            for n in inside:
                result[n] = replace(result[n], part=(number, part))
            told = next((n for n in inside if frames[n].items or frames[n].money), None)
            if told is not None:
                result[told] = _as_deal(_with_heads(tree, result[told], [frames[n] for n in inside], heads))
        if is_total:
            total = next(n for n in above if frames[n].money)
            of_all = [result[n] for part in block.parts for i in part for n in by_sentence.get(i, ())]
            result[total] = _with_all_suppliers(tree, result[total], heads, of_all)
    return tuple(result)


# ------------------------------------------------------------------------------------------------ finding them
def _blocks(
    tree: Tree, frames: Sequence[Frame], by_sentence: dict[int, list[int]], lexicon: DealLexicon
) -> Iterator[_Block]:
    """Yield each introducing sentence that has two deals or more under it."""
    sentences = tree.parse.sentences
    done = -1
    for start in sentences:
        if start.i <= done or start.paragraph == 0 or not _introduces(tree, start, frames, by_sentence, lexicon):
            continue
        block = _read_block(tree, start, frames, by_sentence, lexicon)
        if block.parts:
            done = max(i for part in (block.heads, *block.parts) for i in part)
            yield block


def _introduces(
    tree: Tree, sentence: Sentence, frames: Sequence[Frame], by_sentence: dict[int, list[int]], lexicon: DealLexicon
) -> bool:
    """Say whether a sentence tells of several papers at once, or ends before a list of what was signed or approved."""
    told = [frames[n] for n in by_sentence.get(sentence.i, ()) if not frames[n].is_negated]
    if _names_papers(tree, sentence, lexicon):
        return any(f.arguments or f.signed_on for f in told)
    return _text(tree, sentence).endswith(":") and any(
        f.status in _SETTLED and "hands-over" not in f.marks and _is_main(tree, f) for f in told
    )


def _is_main(tree: Tree, frame: Frame) -> bool:
    """Say whether the trigger of a frame is the verb of its sentence, and not one of a clause in it."""
    return tree.tokens[tree.head_of(tree.tokens_in(frame.evidence.span))].dep == "ROOT"


def _names_papers(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> bool:
    return any(
        t.tag in _PLURAL and _is_paper(t.lemma.lower(), lexicon) for t in tree.tokens[sentence.first : sentence.last]
    )


def _read_block(
    tree: Tree, start: Sentence, frames: Sequence[Frame], by_sentence: dict[int, list[int]], lexicon: DealLexicon
) -> _Block:
    block = _Block(heads=[start.i])
    idle = 0
    before, last = start, start
    for sentence in tree.parse.sentences[start.i + 1 :]:
        is_new = sentence.paragraph != before.paragraph
        listed = is_new and _is_listed(tree, before, sentence, block)
        if listed or _names_one(tree, sentence, lexicon) or (is_new and _is_heading(tree, sentence)):
            block.parts.append([sentence.i])
        elif _speaks_of_all(tree, sentence, block, lexicon):
            block.heads.append(sentence.i)
        elif _goes_on(tree, block, before, last, is_new):
            block.parts[-1].append(sentence.i)
        else:
            idle += 1
            before = sentence
            if idle > _IDLE or (block.parts and is_new):
                break
            continue
        before = last = sentence
    return block


def _goes_on(tree: Tree, block: _Block, before: Sentence, last: Sentence, is_new: bool) -> bool:
    """Say whether the sentence behind `before` goes on with the last deal: in its paragraph, or under its heading."""
    follows = bool(block.parts) and last.i == before.i == block.parts[-1][-1]
    return follows and (not is_new or _is_heading(tree, before))


def _is_heading(tree: Tree, sentence: Sentence) -> bool:
    neighbours = tree.parse.sentences[max(0, sentence.i - 1) : sentence.i + 2]
    alone = sum(s.paragraph == sentence.paragraph for s in neighbours) == 1
    return alone and party_alone(tree, [sentence]) is not None


def _is_listed(tree: Tree, before: Sentence, sentence: Sentence, block: _Block) -> bool:
    """Say whether a paragraph is a line of the list: behind a colon, the introducing sentence or another line."""
    if not BULLET.match(_text(tree, sentence)):
        return False
    follows = before.i == block.heads[-1] or (bool(block.parts) and before.i == block.parts[-1][-1])
    return follows or _text(tree, before).endswith(":")


def _names_one(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> bool:
    """Say whether a sentence opens with one of the papers ("The first, with ...", "Under the second contract ...")."""
    words = lexicon.words
    inside = tree.tokens[sentence.first : sentence.last]
    low = [t.text.lower() for t in inside[:8]]
    i = 1 if low and low[0] in {"under", "with", "in", "by"} else 0
    i += low[i : i + 1] == ["the"]
    if len(low) < i + 3 or low[i] not in words["paper_ordinals"]:
        return False
    then, later = low[i + 1], low[i + 2 : i + 5]
    lemma = inside[i + 1].lemma.lower()
    if _is_paper(lemma, lexicon) or then in _BEHIND_ORDINAL:
        return True
    if then == "of":
        return bool({"them", "these", "two", "three"} & set(later)) or any(
            _is_paper(t.lemma.lower(), lexicon) for t in inside[i + 2 : i + 6]
        )
    if lemma == "be":
        return later[0] in {"for", "with", "worth", "about", "between", "a", "an", "from"}
    return lemma in words["paper_verbs"]


def _is_paper(lemma: str, lexicon: DealLexicon) -> bool:
    return any(r.is_agreement for r in lexicon.nouns.get(lemma, ()))


def _is_signing(lemma: str, lexicon: DealLexicon) -> bool:
    return any(r.id.startswith("sign") for r in lexicon.verbs.get(lemma, ()))


def _speaks_of_all(tree: Tree, sentence: Sentence, block: _Block, lexicon: DealLexicon) -> bool:
    """Say whether a sentence goes on about all the papers ("Both were signed in ...", "The contracts were ...")."""
    inside = tree.tokens[sentence.first : sentence.last]
    verb = next((t for t in inside if _is_signing(t.lemma.lower(), lexicon)), None)
    if verb is None:
        return False
    subject = tree.subject_of(verb.i)
    if subject is None or (subject[1] != "passive_subject" and verb.tag != "VBN"):
        return False
    token = tree.tokens[subject[0]]
    words = {tree.tokens[c].text.lower() for c in tree.children[subject[0]]}
    if token.text.lower() in {"both", "all"} or (token.text.lower() == "they" and len(block.heads) > 1):
        return True
    points = bool(words & {"the", "these", "both", "all"})
    return points and token.tag in _PLURAL and (_is_paper(token.lemma.lower(), lexicon) or token.lemma == "document")


def _text(tree: Tree, sentence: Sentence) -> str:
    return tree.document.text[sentence.span.start : sentence.span.end].rstrip()


# ------------------------------------------------------------------------------------------------ handing down
def _with_heads(tree: Tree, frame: Frame, inside: Iterable[Frame], heads: Sequence[Frame]) -> Frame:
    """Return a frame with what the introducing sentences say, where its own part says nothing else."""
    own = [a for f in inside for a in f.arguments]
    dates = [d for f in inside for d in f.signed_on]
    firms = {a.entity_id for a in own if tree.types.get(a.entity_id) is EntityType.FIRM} | _firms_at(
        tree, frame.sentence
    )
    more: list[Argument] = list(_buyers(tree, frame, own, heads))
    if not firms:
        more += _lone_supplier(tree, heads)
    roles = {a.role for a in own}
    more += [lent_argument(a) for f in heads for a in f.arguments if a.role in _SIGNING and a.role not in roles]
    known = {(a.role, a.entity_id) for a in frame.arguments}
    kept = [a for a in more if (a.role, a.entity_id) not in known]
    days = () if dates else _first_day(heads)
    told = next((f for f in heads if f.status is not None), None)
    status = frame.status or (told.status if told is not None else None)
    return replace(
        frame,
        arguments=(*frame.arguments, *kept),
        signed_on=(*frame.signed_on, *days),
        status=status,
        status_from=told.evidence if frame.status is None and told is not None else None,
    )


def _with_all_suppliers(tree: Tree, total: Frame, heads: Sequence[Frame], inside: Sequence[Frame]) -> Frame:
    """Return the frame that tells the sum of all with the firms that provide under any of them, if it names none."""
    if any(_firms_at(tree, f.sentence) for f in heads):
        return total
    firms = [a for f in inside for a in f.arguments if a.role is Role.SUPPLIER and not is_public(tree, a)]
    first = {a.entity_id: a for a in reversed(firms)}
    more = [lent_argument(a, rule=LISTED) for a in first.values()]
    return replace(total, arguments=(*total.arguments, *more))


def _as_deal(frame: Frame) -> Frame:
    """Return a frame that is introduced as a deal: with a thing and a side it makes one, whatever its own words are."""
    sides = {a.role for a in frame.arguments} & {Role.BUYER, Role.SUPPLIER}
    if not frame.items or not sides or frame.status not in _SETTLED:
        return frame
    return replace(frame, is_support=False, marks=frame.marks - {"adds-only"})


def _first_day(heads: Sequence[Frame]) -> tuple[DateValue, ...]:
    return next((f.signed_on for f in heads if f.signed_on), ())


def _buyers(tree: Tree, frame: Frame, own: Sequence[Argument], heads: Sequence[Frame]) -> Iterator[Argument]:
    """Yield who buys by the introducing sentences, if it is one state and the deal itself names no other."""
    found = [a for f in heads for a in f.arguments if a.role is Role.BUYER]
    if not found:
        sells = any("sells" in f.marks for f in heads)
        found = [] if sells else [a for f in heads for a in f.arguments if a.role in OPEN_ROLES and is_public(tree, a)]
    states = {tree.state_of(a.entity_id) or a.entity_id for a in found}
    mine = {tree.state_of(a.entity_id) or a.entity_id for a in own if a.role is Role.BUYER}
    if len(states) == 1 and (not mine or mine <= states):
        yield from (lent_argument(a, role=Role.BUYER) for a in found)


def _lone_supplier(tree: Tree, heads: Sequence[Frame]) -> list[Argument]:
    said = [a for f in heads for a in f.arguments if a.role in {Role.SUPPLIER, *OPEN_ROLES}]
    firms = [a for a in said if tree.types.get(a.entity_id) is EntityType.FIRM]
    named = set().union(*(_firms_at(tree, f.sentence) for f in heads))
    return [lent_argument(a, role=Role.SUPPLIER) for a in firms] if len(named) == 1 else []


def _firms_at(tree: Tree, sentence: int) -> set[str]:
    mentions = tree.mentions_by_sentence.get(sentence, ())
    return {m.entity_id for m in mentions if m.entity_id and m.type is EntityType.FIRM}
