"""Who stands for a state at a handover ("handed over to the Kenyan ambassador"), and where such a one only sits."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.frames.roles import read_argument
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import Argument, Mention, Role
from armsgraph.syntax import Tree

__all__ = ["is_host_of_envoy", "state_of_envoy"]

_MODIFIES = frozenset({"amod", "compound", "nmod"})


def state_of_envoy(
    tree: Tree, groups: tuple[Group, ...], mention: Mention, lexicon: DealLexicon
) -> list[tuple[int, Argument]]:
    """Return the state that gets what is handed to its ambassador, its minister or its soldiers, as the buyer."""
    head = tree.heads[mention]
    noun = tree.tokens[head].head
    if tree.tokens[head].dep not in _MODIFIES or tree.tokens[noun].lemma.lower() not in lexicon.words["envoy_words"]:
        return []
    preposition = tree.tokens[noun].head
    if tree.tokens[noun].dep != "pobj" or tree.tokens[preposition].text.lower() != "to":
        return []
    above = tree.tokens[preposition].head
    return [
        (n, read_argument(Role.BUYER, mention, g.rules[above], "to.envoy", 0.75))
        for n, g in enumerate(groups)
        if above in g.rules and g.rules[above].type == "sell"
    ]


def is_host_of_envoy(tree: Tree, head: int, trigger: int, lexicon: DealLexicon) -> bool:
    """Say whether a name stands behind a second "to" ("handed over to the ambassador to Kenya").

    The parser may hang either on the verb.
    """
    above = [parent for parent, _ in tree.ancestors(head)]
    path = above[: above.index(trigger)] if trigger in above else above
    steps = [i for i in path if tree.tokens[i].text.lower() == "to"]
    sits_there = bool(steps) and tree.tokens[steps[0] - 1].lemma.lower() in lexicon.words["envoy_words"]
    return sits_there or len(steps) > 1
