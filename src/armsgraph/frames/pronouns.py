"""Whom a pronoun in the part of a party stands for ("the firm said it had sold ...")."""

from __future__ import annotations

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import Mention, Sentence
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["antecedents"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def antecedents(tree: Tree, pronoun: int, lexicon: DealLexicon) -> list[Mention]:
    """Return the party that a pronoun stands for: the subject of the clause above, else of the sentence before.

    Only what agrees in number is taken: one party for "it" and "its". Nothing is returned when it is not clear.
    """
    if tree.tokens[pronoun].text.lower() not in lexicon.words["party_pronouns"]:
        return []
    seen = pronoun
    for parent, _ in tree.ancestors(pronoun):
        if tree.tokens[parent].pos in {"VERB", "AUX"} and not (pronoun < parent and tree.is_cut(pronoun, parent)):
            found = _subject(tree, parent, lexicon, but=seen)
            if found is not None:
                return found
    sentence = tree.tokens[pronoun].sentence
    if sentence == 0 or tree.parse.sentences[sentence - 1].paragraph != tree.parse.sentences[sentence].paragraph:
        return []
    before = tree.parse.sentences[sentence - 1]
    return _subject_of_sentence(tree, before, lexicon, but=pronoun)


def _subject_of_sentence(tree: Tree, sentence: Sentence, lexicon: DealLexicon, *, but: int) -> list[Mention]:
    """Return the one party that is subject of a main clause of a sentence."""
    main = [i for i in range(sentence.first, sentence.last) if tree.tokens[i].dep == "ROOT"]
    for verb in main:
        main += [c for c in tree.children[verb] if _is_main_clause(tree, c, verb)]
    found = {m.entity_id: m for verb in main for m in _subject(tree, verb, lexicon, but=but) or []}
    return list(found.values()) if len(found) == 1 else []


def _is_main_clause(tree: Tree, verb: int, above: int) -> bool:
    token = tree.tokens[verb]
    if token.dep == "conj":
        return token.pos in {"VERB", "AUX"}
    # "it ordered three radars; two of them have come"
    return token.dep == "ccomp" and verb < above and tree.is_cut(verb, above)


def _subject(tree: Tree, verb: int, lexicon: DealLexicon, *, but: int) -> list[Mention] | None:
    """Return the party that is subject of a verb; [] when the subject is another thing; None when it has none."""
    subjects = [c for c in tree.children[verb] if tree.tokens[c].dep in _SUBJECTS and c != but]
    if not subjects:
        return None
    head = subjects[0]
    if tree.tokens[head].text.lower() in lexicon.words["party_pronouns"]:
        return antecedents(tree, head, lexicon)  # "it ordered three; a year later it signed for six"
    if tree.tokens[head].pos == "PRON" or any(tree.tokens[c].dep == "conj" for c in tree.children[head]):
        return []
    return [m for m in tree.nouns_at(head) if tree.types.get(m.entity_id or "") in PARTY_TYPES]
