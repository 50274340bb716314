"""From a parsed document with its entities to frames: one a trigger group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from armsgraph.frames.arguments import assign_arguments
from armsgraph.frames.captions import signing_frame
from armsgraph.frames.contractors import with_contractors
from armsgraph.frames.fragments import find_fragment, schedule_frame, state_frame
from armsgraph.frames.funds import with_paying_force
from armsgraph.frames.groups import Group, find_groups
from armsgraph.frames.inventories import with_inventories
from armsgraph.frames.items import find_things
from armsgraph.frames.losers import without_losers
from armsgraph.frames.partners import with_partners_told_apart
from armsgraph.frames.parts import with_parts
from armsgraph.frames.schedules import find_schedule
from armsgraph.frames.sections import under_headings
from armsgraph.frames.shares import named_behind, split_by_share
from armsgraph.frames.states import find_states, is_held
from armsgraph.frames.status import Reading, read_status
from armsgraph.frames.things import assign_things
from armsgraph.frames.times import Times, find_money, find_times
from armsgraph.frames.turns import split_by_turn
from armsgraph.frames.umbrellas import hand_down
from armsgraph.lexicon.deals import BESIDE, DealLexicon
from armsgraph.model import (
    Argument,
    DealKind,
    DealStatus,
    Document,
    EntitySet,
    Evidence,
    Frame,
    FrameItem,
    Money,
    Parse,
    Role,
    Sentence,
    Span,
    Values,
)
from armsgraph.syntax import Tree

__all__ = ["find_frames"]

_NO_EXCHANGE = frozenset({"extend", "is-buyer", "is-supplier", "price", "produce"})
_PLAIN = frozenset({DealKind.CONTRACT, DealKind.DEAL})
_POINTERS = frozenset({"the", "this", "that", "these", "both", "its"})


def find_frames(
    document: Document, values: Values, parse: Parse, entities: EntitySet, lexicon: DealLexicon
) -> tuple[Frame, ...]:
    """Return what the sentences say of deals, one frame a trigger group, by position.

    Without a statistical model the parse has no tree and nothing is found: a deal needs to be read, not guessed.
    """
    if parse.model is None:
        return ()
    tree = Tree(document, values, parse, entities)
    frames: list[Frame] = []
    for sentence in parse.sentences:
        groups = find_groups(tree, sentence, lexicon)
        if not groups:
            frames.extend(_frames_without_trigger(tree, sentence, lexicon))
            continue
        states = find_states(tree, sentence, groups, lexicon)
        frames.extend(state_frame(tree, sentence, subject, status, lexicon) for subject, status in states)
        readings = [read_status(tree, g, lexicon) for g in groups]
        things = assign_things(tree, sentence, groups, find_things(tree, sentence, lexicon))
        things = [
            held if _holds(g, readings, things, n) else []
            for n, (g, held) in enumerate(zip(groups, things, strict=True))
        ]
        parties = assign_arguments(tree, sentence, groups, lexicon)
        money = find_money(tree, sentence, groups, lexicon)
        times = find_times(tree, sentence, groups, readings, lexicon)
        for n, group in enumerate(groups):
            is_told = things[n] or _has_both_sides(parties[n])
            if not is_told and not readings[n].adds_only and all(r.needs_thing for r in group.rules.values()):
                continue
            known = {a.entity_id for a in parties[n]}
            behind = named_behind(tree, sentence.i, things[n], lexicon, by=_acts_by(group))
            told = [*parties[n], *(a for a in behind if a.entity_id not in known and _is_exchange(group))]
            frame = _frame(tree, sentence, group, readings[n], things[n], told, money.get(n, []), times[n], lexicon)
            turns = split_by_turn(tree, frame, lexicon)
            frames.extend(turns if len(turns) > 1 else split_by_share(tree, frame, behind))
    listed = with_inventories(tree, with_partners_told_apart(tree, frames, lexicon), lexicon)
    under = under_headings(tree, without_losers(tree, listed, lexicon), lexicon)
    paid = with_paying_force(tree, parse, under, lexicon)
    told_apart = with_parts(tree, hand_down(tree, paid, lexicon), lexicon)
    return with_contractors(tree, told_apart, lexicon)


def _frames_without_trigger(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> Iterator[Frame]:
    """Yield what a sentence without a trigger says: of a thing, of its state, of when the first and the last come."""
    if (signing := signing_frame(tree, sentence, lexicon)) is not None:
        yield signing
        return
    states = tuple(find_states(tree, sentence, (), lexicon))
    times = find_schedule(tree, sentence, lexicon)
    fragment = find_fragment(tree, sentence, lexicon)
    if fragment is not None:
        status = states[0][1] if states else _status_of_held(tree, sentence, fragment, lexicon)
        told = replace(
            fragment,
            status=status,
            starts_on=tuple(times.starts_on),
            ends_on=tuple(times.ends_on),
            durations=tuple(times.durations),
        )
        yield from split_by_share(tree, told, told.arguments)
        return
    if (schedule := schedule_frame(sentence, times, lexicon)) is not None:
        yield schedule
    for subject, status in states:
        yield state_frame(tree, sentence, subject, status, lexicon)


def _status_of_held(tree: Tree, sentence: Sentence, frame: Frame, lexicon: DealLexicon) -> DealStatus | None:
    """Return the status of things that someone has from someone else ("has 36 Rafales from France"), or None."""
    if not any(a.role is Role.SUPPLIER for a in frame.arguments):
        return None
    held = any(is_held(tree, i, lexicon) for i in range(sentence.first, sentence.last))
    return DealStatus.DELIVERED if held else None


# ------------------------------------------------------------------------------------------------ the frame
def _frame(
    tree: Tree,
    sentence: Sentence,
    group: Group,
    reading: Reading,
    items: list[FrameItem],
    arguments: list[Argument],
    money: list[Money],
    times: Times,
    lexicon: DealLexicon,
) -> Frame:
    ordered = sorted(group.rules, key=lambda i: (i != group.top, i))
    span = Span(tree.tokens[min(group.rules)].span.start, tree.tokens[max(group.rules)].span.end)
    top = tree.tokens[group.top].span
    papers = [i for i, r in group.rules.items() if not r.is_verb]
    definite, marker = _pointing(tree, papers, lexicon)
    kinds = [r.kind for r in group.rules.values() if r.kind is not None]
    kind = kinds[0] if kinds else DealKind.CONTRACT if _is_procurement(group) else DealKind.DEAL
    paper_words = {
        tree.tokens[c].text.lower() for i in papers for c in tree.subtree(i, stop=frozenset({"relcl", "conj", "acl"}))
    }
    if paper_words & lexicon.words["cooperation_words"] or (
        not items and not money and kind in _PLAIN and any(_is_on_a_matter(tree, i, lexicon) for i in papers)
    ):
        kind = DealKind.COOPERATION_AGREEMENT
    support = all(r.strength == "support" for r in group.rules.values())
    if items and _has_both_sides(arguments):
        support = False  # who makes what for whom is a deal, even if no word says so
    weak = all(r.strength != "strong" for r in group.rules.values())
    if (weak and not items) or reading.adds_only:
        support = True
    evidence = Evidence(
        span=top,
        rule="trigger." + "+".join(group.rules[i].id for i in ordered),
        confidence=0.5 if weak else 0.8,
        modality=reading.modality,
        speaker=_speaker(tree, reading),
    )
    return Frame(
        span=span,
        sentence=sentence.i,
        paragraph=sentence.paragraph,
        triggers=tuple(group.rules[i].id for i in ordered),
        kind=kind,
        status=reading.status,
        evidence=evidence,
        arguments=tuple(arguments),
        items=tuple(items),
        money=tuple(money),
        signed_on=tuple(times.signed_on),
        starts_on=tuple(times.starts_on),
        ends_on=tuple(times.ends_on),
        durations=tuple(times.durations),
        offset=times.offset,
        offset_from=times.offset_from,
        is_definite=definite,
        marker=marker,
        is_support=support,
        is_negated=reading.is_negated,
        is_headline=sentence.paragraph == 0,
        marks=frozenset().union(*(r.marks for r in group.rules.values())),
    )


def _holds(group: Group, readings: list[Reading], things: list[list[FrameItem]], n: int) -> bool:
    """Say whether a group speaks of its things itself.

    One that speaks of the money for them or of offsets does not, unless that is signed for, nor does one that holds a
    wish for them ("the deal holds a plan to buy"): nothing is said of its own stage, and the things are those wished
    for.
    """
    if any(BESIDE & r.marks for r in group.rules.values()):
        return any(r.is_verb and r.type == "sign" for r in group.rules.values())
    wished = [m for m, r in enumerate(readings) if m != n and r.status is DealStatus.PROPOSED]
    return readings[n].status is not None or not any(things[m] == things[n] for m in wished)


def _is_exchange(group: Group) -> bool:
    """Say whether a group speaks of something that goes from one to another, and not of making or of its price."""
    return any(r.type not in _NO_EXCHANGE for r in group.rules.values())


def _acts_by(group: Group) -> Role:
    """Return what the agent of a group is, told by "by"."""
    return Role.BUYER if any(r.cases.get("by") == Role.BUYER for r in group.rules.values()) else Role.SUPPLIER


def _has_both_sides(arguments: list[Argument]) -> bool:
    return {Role.BUYER, Role.SUPPLIER} <= {a.role for a in arguments}


def _is_procurement(group: Group) -> bool:
    return any(r.type in {"buy", "award", "win", "receive"} or r.id == "contract-n" for r in group.rules.values())


def _is_on_a_matter(tree: Tree, paper: int, lexicon: DealLexicon) -> bool:
    """Say whether an agreement is on something that nobody buys ("on defence trade", "on the exchange of data")."""
    if tree.tokens[paper].lemma.lower() not in lexicon.words["agreement_words"]:
        return False
    matters = [
        g
        for c in tree.children[paper]
        if tree.tokens[c].text.lower() in lexicon.words["matter_prepositions"]
        for g in tree.children[c]
        if tree.tokens[g].dep in {"pobj", "pcomp"} and tree.tokens[g].pos in {"NOUN", "VERB"}
    ]
    return any(not _noun_of_exchange(tree, g, lexicon) for g in matters)


def _noun_of_exchange(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    lemma = tree.tokens[i].lemma.lower()
    return any(r.type not in _NO_EXCHANGE for r in (*lexicon.nouns.get(lemma, ()), *lexicon.verbs.get(lemma, ())))


def _pointing(tree: Tree, papers: list[int], lexicon: DealLexicon) -> tuple[bool, str]:
    """Say whether the paper points back ("the deal"), and the word that makes it a new one ("another"), or ""."""
    definite, marker = False, ""
    for i in papers:
        for child in tree.children[i]:
            low, dep = tree.tokens[child].text.lower(), tree.tokens[child].dep
            if low in _POINTERS and tree.tokens[i].lemma.lower() in lexicon.words["definite_nouns"]:
                # "the order which it had placed in 2016" names another order, it does not point back
                definite = not any(tree.tokens[c].dep in {"relcl", "acl"} for c in tree.children[i])
            if low in lexicon.words["new_deal_markers"] and dep in {"det", "amod", "advmod", "nummod"}:
                marker = low
            if low == "of" and any(tree.tokens[g].text.lower() == "own" for g in tree.children[child]):
                marker = "own"  # "looks forward to a contract of its own"
    return definite, marker


def _speaker(tree: Tree, reading: Reading) -> str | None:
    """Return the words that name who says it."""
    if reading.speech_verb is None:
        return None
    subject = tree.subject_of(reading.speech_verb)
    if subject is None:
        return None
    inside = [tree.tokens[i] for i in tree.subtree(subject[0], stop=frozenset({"relcl", "acl", "appos"}))]
    return tree.document.text[inside[0].span.start : inside[-1].span.end]
