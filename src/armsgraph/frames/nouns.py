"""Class nouns ("howitzer"), and which weapon named before a definite one means ("the howitzers")."""

from __future__ import annotations

import re

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, Mention, MentionForm, Token
from armsgraph.syntax import Tree

__all__ = ["class_noun", "last_named", "named_before"]

_POINTERS = frozenset({"the", "these", "those", "this", "that", "both", "all", "such", "same"})
_SUPERLATIVE = frozenset({"JJS", "RBS"})
# How many sentences back a number without a noun may point.
_BACK = 3
# How many sentences back a definite noun may point; beyond that, what "the howitzers" are is anyone's guess.
_FAR_BACK = 60
_BESIDE = frozenset({"compound", "nmod", "appos", "amod"})


def class_noun(token: Token, lexicon: DealLexicon) -> str:
    """Return the class noun that a token is a form of ("Vessels", "mini-submarines" -> vessel, submarine), or ""."""
    for form in (token.lemma.lower(), token.lemma.lower().rsplit("-", 1)[-1]):
        # the model leaves the plural on what it takes for a proper noun
        for stem in (form, form.removesuffix("s"), form.removesuffix("es")):
            if stem in lexicon.class_nouns:
                return stem
    return ""


def named_before(tree: Tree, head: int, noun: str, lexicon: DealLexicon) -> Mention | None:
    """Return the last mention of the one weapon that a definite class noun at token `head` can mean.

    A weapon is of the class when the noun stands in its kind or beside one of its mentions; where none is, when the
    families of the nouns agree ("the guns" for a howitzer). Two weapons of the class leave it open.
    """
    before = [tree.tokens[c] for c in tree.children[head] if c < head]
    if not any(t.text.lower() in _POINTERS for t in before) or any(t.tag in _SUPERLATIVE for t in before):
        return None
    words = {t.text.lower() for t in before if t.dep in {"compound", "nmod"} or class_noun(t, lexicon)}
    named: dict[str, list[Mention]] = {}
    here = tree.tokens[head].sentence
    for sentence in range(max(0, here - _FAR_BACK), here + 1):
        for mention in tree.mentions_by_sentence.get(sentence, ()):
            is_weapon = mention.type is EntityType.WEAPON and mention.form is not MentionForm.ADJECTIVE
            if is_weapon and mention.entity_id is not None and tree.heads[mention] < head:
                named.setdefault(mention.entity_id, []).append(mention)
    classes = {i: _classes(tree, i, mentions, lexicon) for i, mentions in named.items()}
    fitting = [i for i, nouns in classes.items() if noun in nouns]
    family = lexicon.families.get(noun)
    if not fitting and family is not None:
        fitting = [i for i, nouns in classes.items() if any(lexicon.families.get(n) == family for n in nouns)]
    if len(fitting) != 1:
        return None
    kind = frozenset(re.split(r"\W+", (tree.entities[fitting[0]].kind or "").lower()))
    if kind != {""} and not words <= kind | classes[fitting[0]]:
        return None  # "the anti-tank missiles" are not the anti-ship missile named before
    return named[fitting[0]][-1]


def last_named(tree: Tree, head: int, lexicon: DealLexicon, *, back: int = _BACK) -> Mention | None:
    """Return the weapon that a number or pronoun without a noun at token `head` means ("the remaining four").

    The one weapon named before it in its sentence, or in the nearest sentence before that names any, unless things of
    another class stand between.
    """
    here = tree.tokens[head].sentence
    for sentence in range(here, max(-1, here - back - 1), -1):
        named = [
            m
            for m in tree.mentions_by_sentence.get(sentence, ())
            if m.type is EntityType.WEAPON and m.form is not MentionForm.ADJECTIVE and tree.heads[m] < head
        ]
        if not named:
            continue
        meant = named[-1]
        if meant.entity_id is None or len({m.entity_id for m in named}) > 1:
            return None
        between = {class_noun(tree.tokens[i], lexicon) for i in range(tree.heads[meant] + 1, head)}
        things = {n for n in between if lexicon.class_nouns.get(n) == "thing"}
        if things and not any(_agree(n, _classes(tree, meant.entity_id, named, lexicon), lexicon) for n in things):
            return None
        return meant
    return None


def _agree(noun: str, classes: frozenset[str], lexicon: DealLexicon) -> bool:
    family = lexicon.families.get(noun)
    return noun in classes or (family is not None and any(lexicon.families.get(n) == family for n in classes))


def _classes(tree: Tree, entity_id: str, mentions: list[Mention], lexicon: DealLexicon) -> frozenset[str]:
    """Return the class nouns of a weapon: of its kind in the lists and beside its mentions."""
    kind = (tree.entities[entity_id].kind or "").split()
    found = {w for w in kind if w in lexicon.class_nouns}
    for mention in mentions:
        head = tree.heads[mention]
        near = [c for c in tree.children[head] if tree.tokens[c].dep in _BESIDE]
        if tree.tokens[head].dep in _BESIDE:
            near.append(tree.tokens[head].head)
        if head + 1 < len(tree.tokens):
            near.append(head + 1)
        found |= {class_noun(tree.tokens[i], lexicon) for i in near if tree.tokens[i].pos in {"NOUN", "PROPN"}}
    return frozenset(found - {""})
