"""The things of a sentence: named weapons and class nouns, with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from armsgraph.frames.nouns import class_noun, last_named, named_before
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import EntityType, FrameItem, Mention, MentionForm, Number, NumberKind, Sentence, Span
from armsgraph.syntax import PARTY_TYPES, Tree

__all__ = ["Thing", "find_things", "is_share"]

# How many words a count may stand before its noun phrase.
_REACH = 7
_STOP = frozenset({"prep", "relcl", "acl", "conj", "cc", "punct", "advcl", "appos", "ccomp"})
# Kinds of verbs that take what is bought behind "for".
_FIGURE = 1_000_000
_TAKING_FOR = frozenset({"ask", "award", "sign"})
_PRONOUNS = frozenset({"them", "they"})
_PHRASES = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "appos", "conj"})
_DEFINITE = frozenset({"the", "these", "those", "this", "that", "its", "their", "both", "all", "such", "each"})


class Thing:
    """A noun phrase that can change hands, and the token it hangs by."""

    __slots__ = ("head", "is_soft", "item")

    def __init__(self, *, head: int, item: FrameItem, is_soft: bool) -> None:
        self.head = head
        self.item = item
        self.is_soft = is_soft


def find_things(tree: Tree, sentence: Sentence, lexicon: DealLexicon) -> tuple[Thing, ...]:
    """Return the things of a sentence by position.

    A weapon and a class noun in one noun phrase ("AK-203 assault rifles", "rifles, AK-203") are one thing. Two
    weapons joined by "and" are two.
    """
    weapons = [
        m
        for m in tree.mentions_by_sentence.get(sentence.i, ())
        if m.type is EntityType.WEAPON and m.form is not MentionForm.ADJECTIVE
    ]
    heads = {tree.heads[m]: m for m in weapons}
    nouns: dict[int, str] = {}
    for i in range(sentence.first, sentence.last):
        token = tree.tokens[i]
        # the model takes a rare plural for a verb ("the supply of 1,25,000 carbines")
        if token.pos not in {"NOUN", "PROPN"} and not (token.pos == "VERB" and token.dep == "pobj"):
            continue
        lemma = class_noun(token, lexicon)
        use = lexicon.class_nouns.get(lemma)
        if use and not any(m.type is not EntityType.WEAPON for m in tree.mentions_at.get(i, ())):
            nouns[i] = use
    taken: set[int] = set()
    things: list[Thing] = []
    for i, use in nouns.items():
        token = tree.tokens[i]
        if any(i in {t.i for t in tree.tokens_in(m.span)} and tree.heads[m] != i for m in weapons):
            continue
        if token.dep in {"compound", "nmod"} and token.head in nouns:
            continue  # "machine" of "machine gun", "jet" of "jet engine": the last noun is the thing
        phrase = frozenset(tree.subtree(i, stop=_STOP))
        inside = [m for h, m in heads.items() if h in phrase and h not in taken]
        # "HX-20 and NR-7 rifles": the name right before the noun, whatever the parser hangs it on
        inside += [
            m for m in weapons if m not in inside and tree.tokens_in(m.span)[-1].i == i - 1 and i - 1 not in taken
        ]
        if not inside:
            near = _appositive(tree, i, heads)
            inside = [near] if near is not None and tree.heads[near] not in taken else []
        if token.dep in {"compound", "nmod"} and not inside and token.head in heads:
            inside = [heads[token.head]]  # "submarine Kalvari"
        if not inside and use == "generic":
            inside = [heads[j] for j in _of(tree, i) if j in heads and j not in taken]  # "five units of the S-400"
        # "four radars: three FPS-3 and one TPS-14": the names count apart
        inside = [m for m in inside if not _counts_apart(tree, i, tree.heads[m])]
        weapon = inside[-1] if inside else None
        taken |= {tree.heads[m] for m in inside}
        things.append(_thing(tree, i, phrase, weapon, lexicon, use))
        for other in inside[:-1]:
            if other.entity_id != (weapon.entity_id if weapon else None):
                things.append(_thing(tree, tree.heads[other], frozenset({tree.heads[other]}), other, lexicon, use))
    counted = {id(thing.item.number) for thing in things if thing.item.number is not None}
    for i in range(sentence.first, sentence.last):
        number = tree.numbers_at.get(i)
        if number is None or id(number) in counted or not _stands_alone(tree, i, lexicon):
            continue
        counted.add(id(number))
        things.append(_bare_number(tree, i, number, lexicon))
    things += [t for i in range(sentence.first, sentence.last) if (t := _pronoun(tree, i, lexicon)) is not None]
    for h, mention in heads.items():
        if h not in taken:
            phrase = frozenset(tree.subtree(h, stop=_STOP))
            things.append(_thing(tree, h, phrase, mention, lexicon, "thing"))
    return tuple(sorted(things, key=lambda t: (t.head, t.item.span)))


def _stands_alone(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a number is a noun phrase of its own ("the first 70,000", "an order for 93 more", "six of them")."""
    token = tree.tokens[i]
    if token.pos != "NUM" or tree.numbers_at[i].span.end > token.span.end:
        return False
    if tree.numbers_at[i].value <= 1:
        return token.dep in {"conj", "appos"} and is_share(tree, i)
    if is_share(tree, i):
        return True
    if token.dep in _PHRASES or any(tree.tokens[c].lemma == "of" for c in tree.children[i]):
        return True
    if _is_taken_up(tree, i) or _is_one_lot(tree, i, lexicon):
        return True
    if token.dep == "nummod" and tree.tokens[token.head].text.lower() == "more":
        token = tree.tokens[token.head]
    if token.dep != "pobj" or tree.tokens[token.head].lemma not in {"of", "for"}:
        return False
    above = tree.tokens[tree.tokens[token.head].head]
    if above.pos == "VERB":
        # "signed with Norvik Arms for five"; not "bought for 30 according to others", which is a sum
        types = {r.type for r in lexicon.verbs.get(above.lemma.lower(), ())}
        is_figure = tree.numbers_at[i].value >= _FIGURE  # "signed for 1,800 million" leaves the currency out
        return tree.tokens[token.head].lemma == "for" and bool(types & _TAKING_FOR) and not is_figure
    return above.pos in {"NOUN", "PROPN", "ADJ"}


def _is_one_lot(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a number is "the first 212", "the remaining four"."""
    words = {tree.tokens[c].text.lower() for c in tree.children[i] if c < i}
    return "the" in words and bool(words & (lexicon.words["earlier_deal_markers"] | lexicon.words["rest_words"]))


def _is_taken_up(tree: Tree, i: int) -> bool:
    """Say whether a clause says what was done with a number of things ("they belong to the 32 that it ordered")."""
    return tree.tokens[i].dep in {"pobj", "attr"} and any(
        tree.tokens[c].dep == "relcl" and tree.tokens[c].pos == "VERB" for c in tree.children[i]
    )


def is_share(tree: Tree, i: int) -> bool:
    """Say whether a number goes to someone ("nine for the Kenya Navy", "eight apiece to Norway and Poland")."""
    following = tree.tokens[i + 1 : i + 4]
    if len(following) > 2 and following[0].lemma == "of" and following[1].pos in {"DET", "PRON"}:
        following = following[2:]  # "nine of them for the Kenya Navy"
    if following and following[0].text.lower() in {"each", "apiece", "more"}:
        following = following[1:]
    if (
        not following
        or following[0].text.lower() not in {"by", "for", "from", "to"}
        or following[0].sentence != tree.tokens[i].sentence
    ):
        return False
    start = following[0].i + 1
    near = range(start, min(start + 3, len(tree.tokens)))
    return any(m.type in PARTY_TYPES for j in near for m in tree.mentions_at.get(j, ()))


def _stands_behind(tree: Tree, words: Sequence[int], word: str, before: Span) -> bool:
    return any(tree.tokens[i].text.lower() == word and tree.tokens[i].span.start >= before.end for i in words)


def _bare_number(tree: Tree, i: int, number: Number, lexicon: DealLexicon) -> Thing:
    before = {tree.tokens[c].text.lower() for c in tree.children[i]}
    markers = _markers(tree, tree.children[i], lexicon)
    meant = last_named(tree, i, lexicon)
    return Thing(
        head=i,
        is_soft=False,
        item=FrameItem(
            span=number.span,
            weapon_id=meant.entity_id if meant is not None else None,
            weapon_span=number.span if meant is not None else None,
            number=number,
            is_definite=bool(before & _DEFINITE),
            is_partial=bool(before & lexicon.words["earlier_deal_markers"]),
            marker=min(markers) if markers else "",
        ),
    )


def _counts_apart(tree: Tree, noun: int, name: int) -> bool:
    """Say whether a class noun and a name beside it have a count each, and not the same one."""
    one, other = _own_count(tree, noun), _own_count(tree, name)
    return name != noun and one is not None and other is not None and one.value != other.value


def _own_count(tree: Tree, i: int) -> Number | None:
    """Return the count right at a noun: before it, in brackets or behind a colon after it ("rifles (72,000)")."""
    for child in tree.children[i]:
        token, number = tree.tokens[child], tree.numbers_at.get(child)
        if number is not None and (token.dep == "nummod" or (token.dep in {"appos", "npadvmod"} and child > i)):
            return number
    return None


def _pronoun(tree: Tree, i: int, lexicon: DealLexicon) -> Thing | None:
    """Return the weapon that a pronoun takes up ("Norway delivered them in 2019")."""
    token = tree.tokens[i]
    if token.text.lower() not in _PRONOUNS or token.dep not in {"dobj", "nsubjpass"}:
        return None
    meant = last_named(tree, i, lexicon, back=1)
    if meant is None:
        return None
    item = FrameItem(span=token.span, weapon_id=meant.entity_id, weapon_span=token.span, is_definite=True)
    return Thing(head=i, is_soft=False, item=item)


def _markers(tree: Tree, words: Sequence[int], lexicon: DealLexicon) -> frozenset[str]:
    """Return the words that make a thing another one, unlike "more than three" and "the new aircraft"."""
    texts = {tree.tokens[i].text.lower() for i in words}
    behind = {tree.tokens[min(i + 1, len(tree.tokens) - 1)].text.lower() for i in words}
    found = lexicon.words["new_deal_markers"] & texts
    found -= {"more"} if "than" in behind else set()
    return found - {"new"} if texts & _DEFINITE else found


def _of(tree: Tree, noun: int) -> list[int]:
    """Return the nouns behind "of"."""
    return [
        j
        for c in tree.children[noun]
        if tree.tokens[c].dep == "prep" and tree.tokens[c].lemma == "of"
        for j in tree.children[c]
    ]


def _appositive(tree: Tree, noun: int, heads: dict[int, Mention]) -> Mention | None:
    for child in tree.children[noun]:
        if tree.tokens[child].dep == "appos" and child in heads:
            return heads[child]
    token = tree.tokens[noun]
    if token.dep == "appos" and token.head in heads and not _is_next(tree, noun, token.head):
        return heads[token.head]
    # "assault rifles AK-203": the designation right behind its noun
    if noun + 1 in heads and heads[noun + 1].span.start - token.span.end <= 1:
        return heads[noun + 1]
    return None


def _is_next(tree: Tree, noun: int, name: int) -> bool:
    """Say whether what the parser takes for an apposition goes on a list: "TB2s, a corvette, six howitzers"."""
    if _own_count(tree, name) is not None:
        return False
    counted = _own_count(tree, noun) is not None
    goes_on = any(tree.tokens[c].dep == "conj" and _own_count(tree, c) is not None for c in tree.children[noun])
    is_single = _single(tree, noun, sorted(tree.subtree(noun, stop=_STOP))) is not None
    return goes_on and (counted or (is_single and tree.tokens[name].text.endswith("s")))


def _thing(
    tree: Tree, head: int, phrase: frozenset[int], weapon: Mention | None, lexicon: DealLexicon, use: str
) -> Thing:
    words = sorted(phrase)
    is_soft = use == "soft" and weapon is None
    number = None if is_soft else _number(tree, head, words, weapon)  # packages and squadrons are not what is counted
    if number is None and use in {"thing", "generic"}:
        number = _single(tree, head, words)
    lot, of_lot = _lot(tree, head, lexicon)
    lowered = {tree.tokens[i].text.lower() for i in words if i <= head} | lot
    left = [i for i in words if tree.tokens[i].dep != "punct"]
    number_tokens = {t.i for t in tree.tokens_in(number.span)} if number else set()
    if number is not None and number.hedge_span is not None:
        number_tokens |= {t.i for t in tree.tokens_in(number.hedge_span)}
    named = [i for i in left if i not in number_tokens and tree.tokens[i].dep not in {"det", "predet"}]
    start = tree.tokens[min(named or [head])].span.start
    end = tree.tokens[max(named or [head])].span.end
    if weapon is not None:
        start, end = min(start, weapon.span.start), max(end, weapon.span.end)
    markers = _markers(tree, [i for i in words if i <= head], lexicon) | (lexicon.words["new_deal_markers"] & lot)
    if number is not None and _stands_behind(tree, words, "new", number.span):
        markers -= {"new"}  # "17 new fighters" are fresh from the yard
    whole = phrase | set(tree.subtree(tree.heads[weapon], stop=_STOP)) if weapon is not None else phrase
    calibre = next(
        (c for c in tree.calibres_by_sentence.get(tree.tokens[head].sentence, ()) if _touches(tree, c.span, whole)),
        None,
    )
    first = tree.tokens[words[0]].text.lower() if words else ""
    noun = class_noun(tree.tokens[head], lexicon)
    weapon_id, weapon_span = (weapon.entity_id, weapon.span) if weapon else (None, None)
    if weapon is None and noun:
        meant = named_before(tree, head, noun, lexicon)
        weapon_id, weapon_span = (meant.entity_id, Span(start, end)) if meant is not None else (None, None)
    return Thing(
        head=head,
        is_soft=is_soft,
        item=FrameItem(
            span=Span(start, end),
            weapon_id=weapon_id,
            weapon_span=weapon_span,
            noun=noun,
            number=number,
            calibre=calibre,
            is_definite=first in _DEFINITE,
            is_partial=_is_partial(lowered, first, lexicon) or _is_partial(*_over(tree, head), lexicon) or of_lot,
            is_generic=use == "generic",
            family=lexicon.families.get(noun, ""),
            marker=min(markers) if markers else "",
        ),
    )


def _is_partial(words: set[str], first: str, lexicon: DealLexicon) -> bool:
    return bool(lexicon.words["earlier_deal_markers"] & words) and first in _DEFINITE


def _lot(tree: Tree, head: int, lexicon: DealLexicon) -> tuple[set[str], bool]:
    """Return the words before the lot that a noun is of ("a second batch of jets"), and whether it is the first."""
    above = tree.tokens[tree.tokens[head].head]
    if tree.tokens[head].dep != "pobj" or above.lemma != "of":
        return set(), False
    if tree.tokens[above.head].lemma.lower() not in lexicon.words["lot_words"]:
        return set(), False
    before = {tree.tokens[c].text.lower() for c in tree.children[above.head] if c < above.head}
    return before, bool(before & lexicon.words["earlier_deal_markers"])


def _over(tree: Tree, head: int) -> tuple[set[str], str]:
    """Return the words before a count over a noun and the first of them ("the first six of its jets")."""
    above = tree.tokens[tree.tokens[head].head]
    if tree.tokens[head].dep != "pobj" or above.lemma != "of" or above.head not in tree.numbers_at:
        return set(), ""
    before = [tree.tokens[c].text.lower() for c in tree.children[above.head] if c < above.head]
    return set(before), before[0] if before else ""


def _single(tree: Tree, head: int, words: list[int]) -> Number | None:
    """Read "a frigate" and "the fourth frigate" as one: a class noun in the singular with an article or an ordinal."""
    if tree.tokens[head].tag not in {"NN", "NNP"} or not words or tree.tokens[head].text.endswith("s"):
        return None
    first = tree.tokens[words[0]]
    # not "AN/SLQ-25", "A-Darter"
    is_article = first.text in {"a", "an", "A", "An"} and tree.document.text[first.span.end] == " "
    if is_article and first.head == head:
        return Number(span=first.span, value=Decimal(1), as_written=first.text)
    for i in words:
        number = tree.other_numbers_at.get(i)
        if number is not None and number.kind is NumberKind.ORDINAL and tree.tokens[i].head == head:
            return Number(span=number.span, value=Decimal(1), as_written=number.as_written)
    return None


def _number(tree: Tree, head: int, words: list[int], weapon: Mention | None) -> Number | None:
    """Return the count of a noun phrase: in front of it, inside its own words, or over it ("a batch of 30 rifles")."""
    inside_weapon = {t.i for t in tree.tokens_in(weapon.span)} if weapon else set()
    above = tree.tokens[tree.tokens[head].head]
    if tree.tokens[head].dep == "pobj" and above.lemma == "of" and above.head in tree.numbers_at:
        return tree.numbers_at[above.head]  # "over six lakh of these small arms", "two of the six frigates"
    for i in (head, *((tree.heads[weapon],) if weapon else ())):
        if (number := _own_count(tree, i)) is not None:
            return number
    for i in words:
        number = tree.numbers_at.get(i)
        if number is not None and i not in inside_weapon and i < head + 1:
            return number
    # the parser may hang the number on the word before: go left over adjectives, nouns and "(54)"
    i = (words[0] if words else head) - 1
    in_brackets = False
    for _ in range(_REACH):
        if i < 0 or tree.tokens[i].sentence != tree.tokens[head].sentence:
            break
        token = tree.tokens[i]
        number = tree.numbers_at.get(i)
        if token.text == ")":
            in_brackets = True
        elif token.text == "(":
            in_brackets = False
        elif number is not None:
            if not in_brackets:
                return number if i not in inside_weapon else None
        elif token.tag in {"VBN", "VBD"} and i - 1 in tree.numbers_at:
            pass  # "12 used frigates"
        elif token.pos not in {"ADJ", "NOUN", "PROPN", "NUM"} and not in_brackets and token.text != "-":
            break
        i -= 1
    return None


def _touches(tree: Tree, span: Span, phrase: frozenset[int]) -> bool:
    return any(t.i in phrase for t in tree.tokens_in(span))
