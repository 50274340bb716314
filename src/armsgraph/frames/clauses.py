"""Names that the parser joins to the object before them, though a new clause begins with them."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.frames.roles import read_argument
from armsgraph.model import Argument, Mention, Role
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["opens_clause"]

_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_BETWEEN = frozenset({"advmod", "amod", "npadvmod"})
_OBJECTS = frozenset({"dobj", "pobj"})
_REACH = 4
_JOINTS = frozenset({"and", "but", "while"})
_VERBS = frozenset({"AUX", "VERB"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def opens_clause(tree: Tree, groups: tuple[Group, ...], mention: Mention) -> tuple[int, Argument] | None:
    """Return the group and part of a name that is the subject of the verb behind it.

    "Kenya has 28 jets on order and Norway yesterday signed a contract": Norway is no part of what Kenya has.
    """
    head = tree.heads[mention]
    above = head
    while tree.tokens[above].dep == "conj":
        above = tree.tokens[above].head
    is_joined = tree.tokens[above].dep in _OBJECTS or (tree.tokens[above].pos in _VERBS and above < head)
    first = tree.tokens_in(mention.span)[0].i
    is_second = above != head or (first > 0 and tree.tokens[first - 1].text.lower() in _JOINTS)
    if not is_second or not is_joined or mention.type not in PARTY_TYPES:
        return None
    verb = head + 1
    while tree.tokens[verb].dep in _BETWEEN and verb < head + _REACH:
        verb += 1
    if tree.tokens[verb].tag not in _FINITE or any(head < c < verb for c in _subjects(tree, verb)):
        return None
    for n, group in enumerate(groups):
        rule = group.rules.get(verb)
        if rule is not None and rule.cases.get("subject") in set(Role):
            return n, read_argument(Role(rule.cases["subject"]), mention, rule, "subject", 0.75)
    return None


def _subjects(tree: Tree, verb: int) -> list[int]:
    return [c for c in tree.children[verb] if tree.tokens[c].dep in _SUBJECTS]
