"""Who acts at the head of a sentence, several in a row ("India, US sign deal"): the parser seldom hangs them right."""

from __future__ import annotations

from armsgraph.frames.groups import Group
from armsgraph.frames.roles import read_argument
from armsgraph.model import Argument, EntityType, Mention, MentionForm, Role, Sentence
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["acting_in_a_row"]

_JOINTS = frozenset({",", "and", "&"})
_SIGNING = frozenset({"sign", "signs", "ink", "inks", "seal", "clinch", "conclude"})


def acting_in_a_row(tree: Tree, sentence: Sentence, groups: tuple[Group, ...]) -> list[tuple[int, Argument]]:
    """Return the names that open a sentence, joined by commas or "and", as what the verb right behind makes of them."""
    row, i = _opening_row(tree, sentence)
    if len(row) < 2:
        return []
    if i < sentence.last and tree.tokens[i].text.lower() == "to":
        i += 1
    for n, group in enumerate(groups):
        rule = group.rules.get(i)
        if rule is not None and rule.is_verb and rule.cases.get("subject") in set(Role):
            role = Role(rule.cases["subject"])
            return [(n, read_argument(role, m, rule, "subject.row", 0.7)) for m in row]
    if i >= sentence.last or tree.tokens[i].text.lower() not in _SIGNING:
        return []
    papers = [(j, n) for n, g in enumerate(groups) for j, r in g.rules.items() if r.is_agreement and j > i]
    if not papers:
        return []
    paper, n = min(papers)
    return [(n, read_argument(Role.PARTY, m, groups[n].rules[paper], "subject.row", 0.7)) for m in row]


def _opening_row(tree: Tree, sentence: Sentence) -> tuple[list[Mention], int]:
    """Return the parties that open a sentence, joined to each other, and the token behind the last of them."""
    named = {
        tree.tokens_in(m.span)[0].i: m
        for m in tree.mentions_by_sentence.get(sentence.i, ())
        if m.type in PARTY_TYPES and m.form is not MentionForm.ADJECTIVE
    }
    row: list[Mention] = []
    i = sentence.first
    while i < sentence.last:
        start = i + 1 if tree.tokens[i].text.lower() == "the" else i
        mention = named.get(start)
        # "Norvik Arms, Norway": the state says where the firm is
        if mention is None or (row and row[-1].type is EntityType.FIRM and mention.type is EntityType.STATE):
            return [], i
        row.append(mention)
        i = tree.tokens_in(mention.span)[-1].i + 1
        if i >= sentence.last or tree.tokens[i].text.lower() not in _JOINTS:
            break
        i += 1
    return row, i
