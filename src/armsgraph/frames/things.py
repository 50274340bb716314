"""Which thing of a sentence belongs to which trigger group."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.frames.items import Thing
from armsgraph.frames.tree import Tree
from armsgraph.model import FrameItem, Sentence

__all__ = ["assign_things"]


def assign_things(
    tree: Tree, sentence: Sentence, groups: tuple[Group, ...], things: tuple[Thing, ...]
) -> list[list[FrameItem]]:
    """Assign the things of a sentence to its groups, one list of items a group, by position."""
    owner = {i: n for n, g in enumerate(groups) for i in g.rules}
    spine = frozenset(owner)
    result: list[list[FrameItem]] = [[] for _ in groups]
    left: list[Thing] = []
    for thing in things:
        reached = tree.case_of(thing.head, spine) if thing.head not in spine else None
        if reached is None:
            left.append(thing)
            continue
        trigger, case, clause = reached
        rule = groups[owner[trigger]].rules[trigger]
        fits = rule.cases.get(case) in {"item", "counterpart"} or case in {"modifier", "object", "passive_subject"}
        if rule.type in {"sell", "receive", "buy", "win"} and case == "with":
            fits = False  # "with spares": comes along, has no count of its own deal
        if rule.type == "award" and case in {"object", "dative", "passive_subject"}:
            fits = thing.item.weapon_id is None and not clause and not thing.is_soft
        if thing.is_soft and case not in {"for", "of", "object", "passive_subject"}:
            fits = False
        if fits and not (clause and thing.item.number is None and thing.item.weapon_id is None):
            known = result[owner[trigger]]
            if thing.item.weapon_id is None or all(i.weapon_id != thing.item.weapon_id for i in known):
                known.append(thing.item)
        elif not clause:
            left.append(thing)
    for n, group in enumerate(groups):
        strong = any(r.strength != "support" for r in group.rules.values())
        alone = not any(result[m] for m in range(len(groups)))
        if strong and alone:
            near = [t for t in left if t.item.weapon_id is not None or (t.item.number is not None and not t.is_soft)]
            if len({t.item.weapon_id or t.item.noun for t in near}) == 1:
                result[n].append(near[0].item)
    return result
