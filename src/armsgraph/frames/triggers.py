"""Which words of a sentence are triggers, and by which rule each is read."""

from __future__ import annotations

from armsgraph.frames.fates import is_fixed_phrase
from armsgraph.frames.nouns import class_noun
from armsgraph.lexicon.deals import DealLexicon, Trigger
from armsgraph.model import DealStatus, EntityType, Sentence
from armsgraph.syntax import CLAUSES, PARTY_TYPES, Tree

__all__ = ["find_triggers"]

# How many words of a phrase may stand before or behind the trigger word in it.
_WORDS = 3
# A bare number this high is a sum ("signed for 16 billions of pesos").
_MANY = 100_000
# Particles that as prepositions tell when ("in 1988", "on Monday").
_TIMES = frozenset({"in", "on"})
# Who gets what goes somewhere; what goes to a firm is an order or work.
_BODIES = PARTY_TYPES - {EntityType.FIRM}


def find_triggers(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> dict[int, Trigger]:
    """Return the trigger words of a sentence, with the rule that each is read by."""
    found: dict[int, Trigger] = {}
    for i in range(sentence.first, sentence.last):
        token = tree.tokens[i]
        if i in tree.mentions_at:
            continue
        lemma = token.lemma.lower()
        if token.pos in {"VERB", "AUX"} and lemma in lexicon.verbs:
            rule = _verb_rule(tree, i, lexicon)
            if rule is not None:
                found[i] = rule
        elif (
            token.pos in {"NOUN", "PROPN"}
            and not _is_fixed_phrase(tree, i, lexicon)
            and not _is_turnover(tree, i, lexicon)
        ):
            rule = _noun_rule(tree, i, lexicon)
            if rule is not None:
                found[i] = rule
    return found


def _noun_rule(tree: Tree, noun: int, lexicon: DealLexicon) -> Trigger | None:
    """Return the rule of a noun that needs no other beside it ("statement of intent") or has one of those it needs."""
    token = tree.tokens[noun]
    name = _noun_form(token.lemma.lower(), token.text.lower(), lexicon)
    for rule in lexicon.nouns[name] if name else ():
        if rule.objects and not rule.objects & _beside(tree, noun):
            continue
        if "same" not in rule.cases or _is_said_to_be(tree, noun, lexicon):
            return rule
    return None


def _beside(tree: Tree, noun: int) -> frozenset[str]:
    """Return the nouns right before a noun and behind its "of" ("credit line", "heads of agreement")."""
    below = [c for c in tree.children[noun] if tree.tokens[c].dep in {"amod", "compound", "nmod"}]
    below += [g for c in tree.children[noun] if tree.tokens[c].text.lower() == "of" for g in tree.children[c]]
    return frozenset(tree.tokens[i].lemma.lower() for i in below)


def _is_turnover(tree: Tree, noun: int, lexicon: DealLexicon) -> bool:
    """Say whether "sales" is what a firm turns over: neither of something, nor to someone, nor of a kind of arms."""
    if tree.tokens[noun].text.lower() != "sales":
        return False
    below = {tree.tokens[c].text.lower() for c in tree.children[noun]}
    return not below & (lexicon.words["sale_kinds"] | {"of", "to"})


def _is_said_to_be(tree: Tree, noun: int, lexicon: DealLexicon) -> bool:
    """Say whether a noun stands on one side of "is", or before "include"."""
    token = tree.tokens[noun]
    verb = tree.tokens[token.head].lemma
    return (token.dep in {"nsubj", "attr"} and verb == "be") or (
        token.dep == "nsubj" and verb in lexicon.words["listing_verbs"]
    )


def _noun_form(lemma: str, text: str, lexicon: DealLexicon) -> str:
    """Return the listed form of a noun, or ""; the model leaves the plural on what it takes for a name ("Sales")."""
    forms = (lemma, text, text.removesuffix("s"), f"{text.removesuffix('ies')}y")
    return next((form for form in forms if form in lexicon.nouns), "")


def _verb_rule(tree: Tree, i: int, lexicon: DealLexicon) -> Trigger | None:
    plain = None
    if _is_idiom(tree, i, lexicon) or _is_obligation(tree, i) or is_fixed_phrase(tree, i, lexicon):
        return None
    is_adjective = tree.tokens[i].dep == "amod"
    particles = [c for c in tree.children[i] if tree.tokens[c].dep == "prt"]
    if tree.tokens[i].text.lower() == "according":
        return None
    for rule in lexicon.verbs[tree.tokens[i].lemma.lower()]:
        if rule.needs_object and not any(_is_thing(tree, c, lexicon) for c in _objects(tree, i)):
            continue
        if rule.particle is not None:
            if not _has_particle(tree, i, rule.particle):
                continue
            if rule.objects and not _takes(tree, i, rule):
                continue
            if rule.particle == "over" and _turns_itself(tree, i):
                continue
            if rule.particle == "for" and not _is_for_things(tree, i, lexicon):
                continue
            below = tree.subtree(i, stop=CLAUSES)
            if rule.needs_agreement and not any(_is_paper(tree, c, lexicon, rule) for c in below):
                continue
            return rule
        if rule.objects:
            if _takes(tree, i, rule):
                return rule
            continue
        if rule.needs_agreement:
            if _has_agreement(tree, i, lexicon) or (rule.type == "cancel" and _ends_order(tree, i, lexicon, rule)):
                return rule
            continue
        if is_adjective and rule.strength == "weak":
            continue  # "the chosen sites"
        if rule.needs_receiver and not _has_receiver(tree, i, _BODIES if rule.type == "arrive" else PARTY_TYPES):
            continue
        if not particles:  # "take over", "pick out" are other verbs
            plain = plain or rule
    return plain


def _is_obligation(tree: Tree, verb: int) -> bool:
    """Say whether "have" is that of "has to be approved"."""
    below = {tree.tokens[c].dep for c in tree.children[verb]}
    return tree.tokens[verb].lemma == "have" and "xcomp" in below and "dobj" not in below


def _has_particle(tree: Tree, verb: int, particle: str) -> bool:
    """Say whether a particle goes with a verb; the parser takes many for prepositions, "in 1988" is one."""
    for child in tree.children[verb]:
        token = tree.tokens[child]
        if token.text.lower() == particle and (particle != "from" or child > verb):
            is_time = particle in _TIMES and (child < verb or (token.dep == "prep" and tree.children[child]))
            return not is_time
    return False


def _is_for_things(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether "for" behind a verb names things, and not a time or a price ("went for four of them")."""
    for child in tree.children[verb]:
        if tree.tokens[child].text.lower() != "for" or child < verb:
            continue
        for i in tree.children[child]:
            is_weapon = any(m.type is EntityType.WEAPON for m in tree.mentions_at.get(i, ()))
            is_count = i in tree.numbers_at and tree.numbers_at[i].value < _MANY
            is_class = i not in tree.mentions_at and tree.tokens[i].lemma.lower() in lexicon.class_nouns
            if is_weapon or is_count or is_class:
                return True
    return False


def _is_thing(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a noun, or the one behind its "of", is a weapon or a counted thing ("a fleet of 12 frigates")."""
    below = [g for c in tree.children[i] if tree.tokens[c].text.lower() == "of" for g in tree.children[c]]
    return any(
        any(m.type is EntityType.WEAPON for m in tree.mentions_at.get(n, ()))
        or (n in below and n in tree.numbers_at)
        or (class_noun(tree.tokens[n], lexicon) and any(tree.tokens[c].dep == "nummod" for c in tree.children[n]))
        for n in (i, *below)
    )


def _turns_itself(tree: Tree, verb: int) -> bool:
    """Say whether something turns, and nothing is turned ("the boat turned over")."""
    token = tree.tokens[verb]
    below = {tree.tokens[c].dep for c in tree.children[verb]}
    is_active = token.tag not in {"VBN", "VBG"} and "auxpass" not in below
    return token.lemma.lower() == "turn" and is_active and "nsubj" in below and not _objects(tree, verb)


def _has_receiver(tree: Tree, verb: int, types: frozenset[EntityType]) -> bool:
    """Say whether someone is named to whom something goes ("to Ukraine", "presented the navy with")."""

    def is_named(i: int) -> bool:
        return any(m.type in types for m in tree.mentions_at.get(i, ()))

    near = [verb, *(c for c in tree.children[verb] if tree.tokens[c].dep == "dobj")]
    below = [c for i in near for c in tree.children[i]]
    phrases = [c for c in below if tree.tokens[c].dep in {"dative", "prep"}]
    if any(
        is_named(c) or (tree.tokens[c].text.lower() == "to" and any(is_named(g) for g in tree.children[c]))
        for c in phrases
    ):
        return True
    return any(tree.tokens[c].text.lower() == "with" for c in phrases) and any(map(is_named, _objects(tree, verb)))


def _takes(tree: Tree, verb: int, rule: Trigger) -> bool:
    """Say whether a verb has one of the objects that its rule asks for."""
    following = {t.text.lower() for t in tree.tokens[verb + 1 : verb + 2]}
    return bool(rule.objects & ({tree.tokens[c].lemma.lower() for c in _objects(tree, verb, rule)} | following))


def _objects(tree: Tree, verb: int, rule: Trigger | None = None) -> list[int]:
    """Return the objects of a verb, the subjects where it is passive, and the noun that it modifies as participle.

    A verb that is said of the thing itself ("the contract went to") has its subject for object.
    """
    if rule is not None and rule.cases.get("subject") == "item":
        return [c for c in tree.children[verb] if tree.tokens[c].dep == "nsubj"]
    found = [c for c in tree.children[verb] if tree.tokens[c].dep in {"dobj", "nsubjpass", "oprd", "acomp", "advmod"}]
    token = tree.tokens[verb]
    has_object = any(tree.tokens[c].dep == "dobj" and tree.tokens[c].tag not in {"WDT", "WP"} for c in found)
    if (token.dep == "acl" and token.tag == "VBN") or (token.dep == "relcl" and not has_object):
        found.append(token.head)
    return found


def _is_idiom(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb and its object are a phrase that hands nothing over ("take place", "lend a hand")."""
    lemma = tree.tokens[verb].lemma.lower()
    following = tree.tokens[verb + 1 : verb + 2]
    words = [tree.tokens[c].lemma.lower() for c in _objects(tree, verb)] + [t.text.lower() for t in following]
    if any(f"{lemma} {word}" in lexicon.words["idioms"] for word in words):
        return True
    # "acquired the share of Alder Defence", "the yard which it bought"
    return lexicon.verbs[lemma][0].type == "buy" and any(word in lexicon.words["business_words"] for word in words)


def _has_agreement(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a noun for the paper is object, subject of the passive, or noun modified by the verb."""
    near = [c for c in tree.children[verb] if tree.tokens[c].dep in {"dobj", "nsubjpass", "oprd", "attr", "nsubj"}]
    # "the agreement holds a promise": what it holds is the object
    holders = [c for c in near if tree.tokens[c].dep == "nsubj" and any(tree.tokens[n].dep == "dobj" for n in near)]
    near = [c for c in near if c not in holders]
    near += [
        g
        for c in tree.children[verb]
        if tree.tokens[c].dep == "prep" and tree.tokens[c].lemma in {"into", "on", "in", "for"}
        for g in tree.children[c]
    ]
    if tree.tokens[verb].dep in {"acl", "relcl"}:
        near.append(tree.tokens[verb].head)
        # "a deal worth $2 billion that was scrapped": the parser may hang the clause on the sum
        for parent, label in tree.ancestors(tree.tokens[verb].head):
            if label not in {"amod", "npadvmod", "quantmod"}:
                break
            near.append(parent)
    near += [g for c in near for g in tree.children[c] if tree.tokens[g].dep in {"conj", "appos"}]
    # "placed with Rosoboronexport an order": the parser may hang the noun lower
    near += [g for c in near for g in tree.children[c] if tree.tokens[g].dep in {"pobj"}]
    if any(_is_paper(tree, c, lexicon) for c in near):
        return True
    held = [c for c in tree.subtree(verb, stop=CLAUSES | {"prep"}) if c not in holders]
    return any(_is_paper(tree, c, lexicon) for c in held)


def _ends_order(tree: Tree, verb: int, lexicon: DealLexicon, rule: Trigger) -> bool:
    """Say whether what is ended hangs on an order ("four of the ships on order were cancelled")."""
    ended = [c for c in tree.children[verb] if tree.tokens[c].dep in {"dobj", "nsubjpass"}]
    return any(_is_paper(tree, i, lexicon, rule) for c in ended for i in tree.subtree(c, stop=CLAUSES))


def _is_paper(tree: Tree, i: int, lexicon: DealLexicon, rule: Trigger | None = None) -> bool:
    """Say whether a token is a noun for the paper or the purchase; talks, too, can be broken off."""
    wanted = (
        {"ask", "buy", "sell", "sign"} if rule is not None and rule.status is DealStatus.CANCELLED else {"buy", "sell"}
    )
    lemma = tree.tokens[i].lemma.lower()
    rules = lexicon.nouns.get(lemma, ()) or lexicon.nouns.get(tree.tokens[i].text.lower(), ())
    if any(r.is_agreement or r.type in wanted for r in rules):
        return True
    return any(
        r.is_agreement
        for c in tree.children[i]
        if tree.tokens[c].dep in {"compound", "nmod"}
        for r in lexicon.nouns.get(tree.tokens[c].lemma.lower(), ())
    )


def _is_fixed_phrase(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a trigger noun stands in a phrase that is no deal ("in order to", "order book", "export credit")."""
    token = tree.tokens[i]
    lower = token.text.lower()
    following = tree.tokens[i + 1].text.lower() if i + 1 < len(tree.tokens) else ""
    before = tree.tokens[i - 1].text.lower() if i else ""
    if _is_in_phrase(tree, i, lexicon.words["no_deal_phrases"]):
        return True
    if lower == "order" and before == "in" and following == "to":
        return True
    if lower in {"order", "orders"} and following in {"book", "books", "intake", "backlog"}:
        return True
    if lower == "talk":
        return True  # "for secure talk with the navy": who deals holds talks
    if lower == "acceptance" and before == "of":
        return True  # "letter of acceptance": the paper is the letter
    if lower.removesuffix("s") in {"offer", "proposal"} and before in {"of", "for", "on"}:
        return True  # "letter of offer", "request for proposals", "on offer"
    if lower in {"transfer", "transfers"} and before in {"technology", "knowledge"}:
        return True
    if lower in {"licence", "license", "licences", "licenses"} and before in {"export", "re-export"}:
        return True
    following_of = [t.text.lower() for t in tree.tokens[i + 1 : i + 3]]
    if lower in {"transfer", "transfers"} and following_of in (["of", "technology"], ["of", "knowledge"]):
        return True
    return lower == "support" and token.pos == "PROPN"


def _is_in_phrase(tree: Tree, i: int, phrases: frozenset[str]) -> bool:
    """Say whether a token is part of one of these phrases."""
    words = [t.text.lower() for t in tree.tokens[max(0, i - _WORDS) : i + _WORDS + 1]]
    around = f" {' '.join(words)} ".replace(" - ", "-")
    word = tree.tokens[i].text.lower()
    return any(word in phrase.replace("-", " ").split() and f" {phrase} " in around for phrase in phrases)
