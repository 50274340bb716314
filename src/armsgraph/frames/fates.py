"""What a verb says has become of things or of a paper: ended ("was called off"), late ("has slipped"), here."""

from __future__ import annotations

from collections.abc import Iterator

from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DealStatus, EntityType
from armsgraph.syntax import Tree

__all__ = ["fate_of", "fate_of_plan", "fates_told_by", "is_fixed_phrase"]

_AUXILIARIES = frozenset({"aux", "auxpass"})
_BESIDE = frozenset({"acomp", "advmod", "oprd", "prep", "prt"})
_PAST = frozenset({"VBD", "VBN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVES = frozenset({"WDT", "WP"})
# Lists of phrases said of the subject, and of what is done to the object or the subject of the passive.
_OF_SUBJECT = {
    "ending_itself": DealStatus.CANCELLED,
    "lagging": DealStatus.DELAYED,
    "coming_here": DealStatus.DELIVERED,
    "being_here": DealStatus.DELIVERED,
}
_OF_OBJECT = {
    "ending_paper": DealStatus.CANCELLED,
    "ending_things": DealStatus.CANCELLED,
    "holding_up": DealStatus.DELAYED,
    "bringing_here": DealStatus.DELIVERED,
}
_OF_PAPERS = frozenset({"ending_itself", "ending_paper", "ending_things", "lagging", "holding_up"})
_OF_THINGS = frozenset({"ending_things", "coming_here", "being_here", "bringing_here"})
_PASSIVE_ONLY = frozenset({"bringing_here"})
_ALMOST = frozenset({"almost", "nearly"})
_STANDING = frozenset({"base"})
_LONG = 2
_BACK = frozenset({"after", "before", "until"})
_STILL = frozenset({"still"})
_PRESENT = frozenset({"being_here", "lagging"})


def fates_told_by(tree: Tree, verb: int, lexicon: DealLexicon) -> Iterator[tuple[int, DealStatus]]:
    """Yield the noun or pronoun of which a verb says that it is ended, late or here, with the status that gives.

    Papers can end and lag; things can come, too. What is denied, imagined or to come says nothing.
    """
    token = tree.tokens[verb]
    if token.pos not in {"VERB", "AUX"} or not _is_plain(tree, verb, lexicon):
        return
    subject = _subject(tree, verb)
    missed = _missed(tree, verb, lexicon)
    if missed is not None:
        yield missed, DealStatus.DELAYED
        return
    for name, status in (*_OF_SUBJECT.items(), *_OF_OBJECT.items()):
        is_told = name in _PRESENT or token.tag in _PAST
        if not is_told or not any(_reads(tree, verb, phrase) for phrase in lexicon.words[name]):
            continue
        if name in _OF_OBJECT and subject is None and _opens(tree, verb):
            yield verb, status
            return
        if name in _OF_SUBJECT:
            noun = subject[0] if subject is not None and subject[1] == "subject" else None
        else:
            noun = _object(tree, verb, subject, name)
        if noun is not None and _suits(tree, noun, name, lexicon):
            yield noun, status
            return


def is_fixed_phrase(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb is that of a phrase of several words that brings nothing ("came to grief")."""
    listed = lexicon.words["ending_itself"] | lexicon.words["lagging"]
    return any(_reads(tree, verb, phrase) for phrase in listed if len(phrase.split()) > _LONG)


def fate_of(tree: Tree, noun: int, lexicon: DealLexicon) -> DealStatus | None:
    """Return what the verbs above a noun say has become of it, or None; the last of several holds."""
    above = tree.tokens[noun].head
    verbs = [above, *(c for c in tree.children[above] if tree.tokens[c].dep == "conj")]
    told = [status for v in verbs for of, status in fates_told_by(tree, v, lexicon) if of == noun]
    return told[-1] if told else None


def fate_of_plan(tree: Tree, verb: int, lexicon: DealLexicon) -> DealStatus | None:
    """Return what has become of the plan that a clause says ("a plan to buy 12 jets fell through"), or None."""
    return fate_of(tree, tree.tokens[verb].head, lexicon) if tree.tokens[verb].dep == "acl" else None


def _subject(tree: Tree, verb: int) -> tuple[int, str] | None:
    """Return the subject of a verb; the case is that of the verb itself ("was announced and has lapsed")."""
    found = tree.subject_of(verb)
    if found is None:
        return None
    own = [c for c in tree.children[verb] if tree.tokens[c].dep in _SUBJECTS]
    is_passive = any(tree.tokens[c].dep == "auxpass" for c in tree.children[verb])
    return (
        found if own or tree.tokens[verb].dep == "acl" else (found[0], "passive_subject" if is_passive else "subject")
    )


def _opens(tree: Tree, verb: int) -> bool:
    """Say whether a participle opens a sentence that leaves out of what it speaks ("Called off a year later.")."""
    token = tree.tokens[verb]
    first = tree.parse.sentences[token.sentence].first
    return token.dep == "ROOT" and token.tag in _PAST and verb == first


def _missed(tree: Tree, verb: int, lexicon: DealLexicon) -> int | None:
    """Return the things that someone is still waiting for or still owes, or None."""
    if tree.tokens[verb].lemma.lower() not in lexicon.words["missing_verbs"]:
        return None
    below = {tree.tokens[c].text.lower() for c in tree.children[verb]}
    if not below & _STILL and "been" not in below:
        return None
    objects = [c for c in tree.children[verb] if tree.tokens[c].dep == "dobj"]
    for child in tree.children[verb]:
        if tree.tokens[child].text.lower() == "for":
            objects += [g for g in tree.children[child] if tree.tokens[g].dep == "pobj"]
    return next((c for c in objects if _suits(tree, c, "coming_here", lexicon)), None)


def _object(tree: Tree, verb: int, subject: tuple[int, str] | None, name: str) -> int | None:
    if subject is not None and subject[1] == "passive_subject":
        return subject[0]
    if name in _PASSIVE_ONLY:
        return None
    objects = [c for c in tree.children[verb] if tree.tokens[c].dep == "dobj"]
    relative = [c for c in objects if tree.tokens[c].tag in _RELATIVES]
    if tree.tokens[verb].dep == "relcl" and (relative or not objects):
        return tree.tokens[verb].head
    return objects[0] if objects else None


def _reads(tree: Tree, verb: int, phrase: str) -> bool:
    """Say whether a verb is that of a phrase, with its particle or preposition and the noun behind this."""
    head, *rest = phrase.split()
    if tree.tokens[verb].lemma.lower() != head:
        return False
    if not rest:
        beside = {tree.tokens[c].text.lower() for c in tree.children[verb] if tree.tokens[c].dep == "prep"}
        is_model = head in _STANDING and "on" in beside  # "based on the chassis of the Leopard"
        return not is_model and not any(tree.tokens[c].dep == "prt" for c in tree.children[verb])
    for child in tree.children[verb]:
        token = tree.tokens[child]
        if token.dep in _BESIDE and token.text.lower() == rest[0] and child > verb:
            below = {tree.tokens[g].lemma.lower() for g in tree.children[child]}
            if rest[1:]:
                if rest[1] in below:
                    return True
            elif (
                rest[0] != "in"
                or head == "serve"
                or not any(tree.tokens[g].dep == "pobj" for g in tree.children[child])
            ):
                return True  # "flew in from Turin", unlike "flew in Brazil"
    return False


def _suits(tree: Tree, noun: int, name: str, lexicon: DealLexicon) -> bool:
    """Say whether a noun is a paper, a thing or a pronoun for one, whichever a list is said of."""
    token = tree.tokens[noun]
    lemma, low = token.lemma.lower(), token.text.lower()
    if name in _OF_PAPERS and lemma in lexicon.words["fated_nouns"]:
        return True
    is_pronoun = low in lexicon.words["taking_up_pronouns"] or low in {"one", "first", "last", "none", "rest", "lot"}
    is_thing = (
        lemma in lexicon.class_nouns
        or noun in tree.numbers_at
        or any(m.type is EntityType.WEAPON for m in tree.nouns_at(noun))
    )
    if name in _OF_THINGS:
        return is_pronoun or is_thing
    return is_pronoun and name != "ending_paper"


def _is_plain(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb tells what is so: neither denied nor to come nor under a condition."""
    for child in tree.children[verb]:
        token = tree.tokens[child]
        low = token.text.lower()
        if token.dep == "neg" or (token.dep == "advmod" and low in lexicon.words["negations"] | _ALMOST):
            return False
        if token.dep in _AUXILIARIES and (low == "to" or low in lexicon.words["future_auxiliaries"]):
            return False
        if token.dep == "mark" and (low in lexicon.words["hypothetical_markers"] or low in _BACK):
            return False
    return True
