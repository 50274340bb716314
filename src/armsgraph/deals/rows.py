"""Who stands in one row with another ("Norway and Kenya ordered"): such share their part, they are no rivals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from armsgraph.model import Argument, Frame, Role
from armsgraph.syntax import Tree

__all__ = ["rows_of"]

_LISTED = "list."
_BETWEEN = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,|,?\s*and|&|/)\s*(?:the\s+)?")


def rows_of(frame: Frame, tree: Tree) -> Mapping[str, frozenset[str]]:
    """Return by entity who else a rule reads in its part and in its row; who stands alone is left out.

    Two that sign stand on one side only where somebody else is named that they sign with.
    """
    is_faced = any(a.role is Role.COUNTERPART for a in frame.arguments)
    rows: list[list[Argument]] = []
    for argument in sorted(frame.arguments, key=lambda a: (a.role, a.evidence.rule, a.evidence.span)):
        if argument.role is Role.PARTY and not is_faced:
            continue
        if rows and _in_one_row(rows[-1], argument, tree):
            rows[-1].append(argument)
        else:
            rows.append([argument])
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        together = frozenset(a.entity_id for a in row)
        for entity_id in together if len(together) > 1 else ():
            found[entity_id] = found.get(entity_id, frozenset()) | (together - {entity_id})
    return found


def _in_one_row(row: list[Argument], argument: Argument, tree: Tree) -> bool:
    last, told = row[-1].evidence, argument.evidence
    if row[-1].role is not argument.role or last.rule != told.rule:
        return False
    if told.rule.startswith(_LISTED):
        return True
    between = tree.document.text[last.span.end : told.span.start]
    return _BETWEEN.fullmatch(between) is not None or _first_of_row(row[0], tree) == _first_of_row(argument, tree)


def _first_of_row(argument: Argument, tree: Tree) -> int:
    head = tree.head_of(tree.tokens_in(argument.evidence.span))
    while tree.tokens[head].dep == "conj":
        head = tree.tokens[head].head
    return head
