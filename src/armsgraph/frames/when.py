"""What stands around a date: the day of the report, the words before it, the subject of its verb, a "not" before it."""

from __future__ import annotations

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DateValue, Sentence, Span
from armsgraph.syntax import Tree

__all__ = [
    "is_not_before",
    "lasts",
    "side_of_publication",
    "verb_not_before",
    "words_before",
    "words_of_subject",
]

_WINDOW = 6
_LASTING = frozenset({"last", "run"})
_LIMITS = frozenset({"before", "till", "until"})


def verb_not_before(tree: Tree, date: DateValue, lexicon: DealLexicon) -> int | None:
    """Return the verb that does not happen before a date ("will not arrive until 2026"): from then on it may."""
    if date.cue not in _LIMITS:
        return None
    for parent, _ in tree.ancestors(tree.head_of(tree.tokens_in(date.span))):
        if tree.tokens[parent].pos in {"AUX", "VERB"}:
            below = [tree.tokens[c] for c in tree.children[parent]]
            if any(
                t.dep == "neg" or (t.dep == "advmod" and t.text.lower() in lexicon.words["negations"]) for t in below
            ):
                return parent
            if tree.tokens[parent].dep != "xcomp":
                return None
    return None


def is_not_before(tree: Tree, date: DateValue, lexicon: DealLexicon) -> bool:
    """Say whether something does not happen before a date."""
    return verb_not_before(tree, date, lexicon) is not None


def lasts(tree: Tree, span: Span) -> bool:
    """Say whether a value hangs on a verb of lasting ("the contract runs for ten years")."""
    for parent, _ in tree.ancestors(tree.head_of(tree.tokens_in(span))):
        if tree.tokens[parent].pos in {"AUX", "VERB"}:
            return tree.tokens[parent].lemma.lower() in _LASTING
    return False


def side_of_publication(tree: Tree, date: DateValue) -> int:
    """Return -1 for a date before the day of the report, 1 for one after it, 0 where that cannot be told."""
    published, last = tree.document.published, date.end or date.start
    if published is None or last is None:
        return 0
    length = min(len(published.value), len(last.value))
    one, other = last.value[:length], published.value[:length]
    return (one > other) - (one < other)


def words_before(tree: Tree, sentence: Sentence, span: Span) -> frozenset[str]:
    """Return the words right before a value in its sentence, as written and as lemmas, in lower case."""
    inside = tree.tokens_in(span)
    if not inside:
        return frozenset()
    low = max(sentence.first, inside[0].i - _WINDOW)
    return frozenset(
        w for i in range(low, inside[0].i) for w in (tree.tokens[i].lemma.lower(), tree.tokens[i].text.lower())
    )


def words_of_subject(tree: Tree, span: Span) -> frozenset[str]:
    """Return the words right at the subject of the verb that a date hangs on ("the first aircraft")."""
    for parent, _ in tree.ancestors(tree.head_of(tree.tokens_in(span))):
        if tree.tokens[parent].pos == "VERB":
            subject = tree.subject_of(parent)
            near = [] if subject is None else [i for i in (*tree.children[subject[0]], subject[0]) if i <= subject[0]]
            return frozenset(tree.tokens[i].text.lower() for i in near)
    return frozenset()
