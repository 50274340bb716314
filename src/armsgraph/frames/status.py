"""How far a deal has come by one sentence: tense, negation, condition, and the verb above the trigger."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.frames.fates import fate_of, fate_of_plan
from armsgraph.frames.groups import Group
from armsgraph.frames.handovers import moves_no_thing, status_of_handover
from armsgraph.frames.signing import SIGNATURE
from armsgraph.frames.states import is_held, is_late, is_outstanding, state_of_things, words_said
from armsgraph.frames.when import verb_not_before
from armsgraph.lexicon.deals import DealLexicon
from armsgraph.model import DealStatus, Modality, Token
from armsgraph.syntax import Tree

__all__ = ["Reading", "read_status"]

_MAKING = frozenset({"extend", "price", "produce"})
_BEING = frozenset({"be", "become", "run", "look"})
_IS = frozenset({"is", "are", "was", "were", "'s", "'re"})
_GIVING = frozenset({"donate", "give"})
_AHEAD = frozenset({"ahead", "before", "for", "pending", "until"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_CLAUSES = frozenset({"advcl", "ccomp", "parataxis"})
_OWED = frozenset({"be", "have", "need", "ought"})
_WILL = frozenset({"will", "'ll", "shall"})
_EVENTS = frozenset({"approved", "cancelled", "negotiating"})
_MADE = frozenset({DealStatus.SIGNED, DealStatus.ORDERED})
_UP = frozenset(
    {
        "acl",
        "advcl",
        "agent",
        "attr",
        "ccomp",
        "compound",
        "dobj",
        "nsubj",
        "nsubjpass",
        "pcomp",
        "pobj",
        "prep",
        "xcomp",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Status, modality, and whether the sentence denies or only imagines the event.

    Attributes:
        adds_only: It says something of a deal and never makes one ("none has arrived").
    """

    status: DealStatus | None
    modality: Modality
    is_negated: bool
    is_future: bool
    speech_verb: int | None
    adds_only: bool = False


def read_status(tree: Tree, group: Group, lexicon: DealLexicon) -> Reading:
    """Read the status that a trigger group gives its deal."""
    words = lexicon.words
    order = sorted(group.rules, key=lambda i: (sum(1 for _ in tree.ancestors(i)), i))
    status = next((group.rules[i].status for i in order if group.rules[i].status is not None), None)
    top = group.rules[group.top]
    if status is DealStatus.PROPOSED and _goes_on_to_talk(tree, group):
        status = DealStatus.NEGOTIATING
    if top.past is not None and tree.tokens[group.top].tag in {"VBD", "VBN"} and not moves_no_thing(tree, group):
        status = top.past
    if status is DealStatus.DELIVERED:
        status = status_of_handover(tree, group)
    if status is None and top.type == "produce" and _is_under_way(tree, group.top):
        status = DealStatus.IN_PRODUCTION
    if status is DealStatus.DELAYED and _is_long_past(tree, group.top):
        status = None
    status = _predicate(tree, group, lexicon) or state_of_things(tree, group, lexicon) or status
    negated = hypothetical = future = perfect = expected = wished = False
    for i in order:
        token = tree.tokens[i]
        if token.dep == "relcl" and i != group.top:
            continue
        for child in tree.children[i]:
            low = tree.tokens[child].text.lower()
            dep = tree.tokens[child].dep
            if dep == "neg" or (low in words["negations"] and dep in {"det", "cc", "preconj", "advmod"}):
                negated = True
            if dep in {"aux", "auxpass"}:
                if low in words["future_auxiliaries"]:
                    future = True
                if low == "to" and (i == group.top or token.dep == "ROOT"):
                    # "is said to have taken": it has; "has begun to take": it does
                    future = not _is_reported(tree, i) and not _has_begun(tree, i, lexicon)
                if tree.tokens[child].lemma == "have":
                    perfect = True
            if dep == "mark" and low in words["hypothetical_markers"]:
                hypothetical = True
            if dep in {"nsubj", "nsubjpass", "dobj"} and (
                low in words["negations"] or any(_counts_none(tree, g, lexicon) for g in tree.children[child])
            ):
                negated = True
        if i == group.top and _is_infinite(tree, i, lexicon) and status is DealStatus.DELIVERED:
            future = True  # "the limit for receiving", "to make and supply": nothing has been handed over yet
        rule = group.rules[i]
        if i == group.top and (rule.type in {"arrive", "receive"} or rule.id in _GIVING) and _is_under_way(tree, i):
            future = True  # "are coming", "is getting them before the year is out", "is donating"
        if tree.tokens[token.head].text.lower() == "without" and token.dep in {"pobj", "pcomp"}:
            negated = True
    if future and perfect and not _will_be_done(tree, order):
        hypothetical = True  # "would have bought"
    speech: int | None = None
    for steps, (parent, label) in enumerate(tree.ancestors(group.top)):
        lemma = tree.tokens[parent].lemma.lower()
        if lemma in words["speech_verbs"] and speech is None and label in {"ccomp", "parataxis", "xcomp", "advcl"}:
            speech = parent
            break
        if label not in _UP or steps > 4 or (label in _CLAUSES and tree.is_cut(group.top, parent)):
            break
        if steps == 0 and label == "acl" and _is_in_passing(tree, group.top):
            break  # "if the missile, bought in 2018, cannot be fitted": bought it is
        governor = _governor(tree.tokens[parent], lexicon)
        if governor is not None and label != "nsubj" and not (governor in _EVENTS and label in _CLAUSES):
            if governor == "denied":
                negated = True
            elif governor in {"proposed", "expected"}:
                future = True
                expected = expected or governor == "expected"
                wished = wished or governor == "proposed"
            elif status not in {DealStatus.CANCELLED, DealStatus.DELAYED}:
                status = DealStatus(governor)
        for child in tree.children[parent]:
            low = tree.tokens[child].text.lower()
            dep = tree.tokens[child].dep
            if dep == "neg" and label not in {"nsubj", "nsubjpass", "attr"}:
                negated = True
            if dep == "aux" and low in words["future_auxiliaries"] and label in {"xcomp", "dobj", "acl", "nsubjpass"}:
                future = True
            if dep == "mark" and low in words["hypothetical_markers"]:
                hypothetical = True
    if negated and _only_comes_later(tree, group, lexicon):
        negated = False  # "will not arrive until 2026": then it will
    if hypothetical:
        negated = True
    if is_outstanding(tree, group, lexicon):
        return Reading(
            status=DealStatus.DELAYED,
            modality=Modality.ASSERTED,
            is_negated=False,
            is_future=False,
            speech_verb=speech,
            adds_only=True,
        )
    fate = fate_of_plan(tree, group.top, lexicon)
    if fate is not None:
        status, future = fate, False
    done = _already_done(tree, group, order) if future and not negated else None
    if done is not None:
        status = done  # "the jets ordered by India will be delivered": ordered they are
    elif future and _only_makes(group):
        pass  # "the work will be performed in Pune" says nothing of how far the deal has come
    elif future and not wished and _is_scheduled(tree, group, lexicon, speech):
        status = DealStatus.ORDERED  # "will be delivered by 2027": a date is set, so there is an order
    elif future and status is DealStatus.CANCELLED:
        status = None  # "may cancel the order": it stands
    elif (
        future
        and status not in {DealStatus.DELAYED, DealStatus.NEGOTIATING}
        and not (status is DealStatus.APPROVED and not wished and not _is_pending(tree, group.top, lexicon))
    ):
        status = DealStatus.PROPOSED
    planned = Modality.EXPECTED if expected else Modality.PLANNED
    modality = Modality.DENIED if negated else planned if future else Modality.ASSERTED
    return Reading(status=status, modality=modality, is_negated=negated, is_future=future, speech_verb=speech)


def _only_comes_later(tree: Tree, group: Group, lexicon: DealLexicon) -> bool:
    """Say whether a trigger is denied only for the time before a date."""
    dates = tree.dates_by_sentence.get(tree.tokens[group.top].sentence, ())
    return any(verb_not_before(tree, date, lexicon) in group.rules for date in dates)


def _counts_none(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a word below a noun denies it ("no deal"), unlike "a not-to-exceed sum" and "Korea, not India"."""
    before, behind = (tree.tokens[j].text if 0 <= j < len(tree.tokens) else "" for j in (i - 1, i + 1))
    is_aside = tree.tokens[i].dep == "neg" and (before == "," or behind == "-")
    return tree.tokens[i].text.lower() in lexicon.words["negations"] and not is_aside


def _is_in_passing(tree: Tree, verb: int) -> bool:
    """Say whether a verb is a bare participle, unlike that of "denied a report that it had bought"."""
    below = {tree.tokens[c].dep for c in tree.children[verb]}
    return tree.tokens[verb].tag == "VBN" and not below & {"aux", "mark", "nsubj", "nsubjpass"}


def _goes_on_to_talk(tree: Tree, group: Group) -> bool:
    """Say whether who chose or wanted something is at the table by now ("chose the Caracal and is negotiating")."""
    return any(
        rule.is_verb and rule.status is DealStatus.NEGOTIATING and tree.tokens[i].dep == "conj"
        for i, rule in group.rules.items()
    )


def _is_long_past(tree: Tree, verb: int) -> bool:
    """Say whether a verb tells what was over by then ("had been delayed by the pandemic")."""
    return any(tree.tokens[c].text.lower() == "had" for c in tree.children[verb] if tree.tokens[c].dep in _AUXILIARIES)


def _is_under_way(tree: Tree, verb: int) -> bool:
    """Say whether the making goes on ("is building", "are being built")."""
    token = tree.tokens[verb]
    below = {tree.tokens[c].text.lower() for c in tree.children[verb] if tree.tokens[c].dep in _AUXILIARIES}
    return (token.tag == "VBG" and bool(below & _IS)) or (token.tag == "VBN" and "being" in below)


def _governor(token: Token, lexicon: DealLexicon) -> str | None:
    """Look up a verb above the trigger; the model takes "hopes" for a form of "hop"."""
    text = token.text.lower()
    forms = (token.lemma.lower(), text.removesuffix("s"), text.removesuffix("d"))
    return next((lexicon.governors[form] for form in forms if form in lexicon.governors), None)


def _predicate(tree: Tree, group: Group, lexicon: DealLexicon) -> DealStatus | None:
    """Read what is said of the paper itself: "the deal is dead", "the order is late", "ready for signature"."""
    top = tree.tokens[group.top]
    if group.rules[group.top].is_verb:
        return None
    if top.dep == "pobj" and tree.tokens[top.head].text.lower() == "from":
        above = tree.tokens[top.head].head  # "has 72 Typhoons from two contracts"
        return DealStatus.DELIVERED if is_held(tree, above, lexicon) else None
    if top.dep == "pobj" and group.rules[group.top].id == SIGNATURE:
        return DealStatus.NEGOTIATING if tree.tokens[top.head].text.lower() in _AHEAD else None
    if (fate := fate_of(tree, group.top, lexicon)) is not None:
        return fate
    denied = any(tree.tokens[c].dep == "neg" for c in tree.children[top.head])
    if top.dep != "nsubj" or tree.tokens[top.head].lemma not in _BEING or denied:
        return None
    said = words_said(tree, top.head)
    if said & lexicon.words["cancelled_predicates"]:
        return DealStatus.CANCELLED
    return DealStatus.DELAYED if is_late(tree, top.head, lexicon) else None


def _only_makes(group: Group) -> bool:
    """Say whether all verbs of a group, or all its nouns where there is none, speak of making or of the price."""
    verbs = [r for r in group.rules.values() if r.is_verb]
    return all(r.type in _MAKING for r in verbs or group.rules.values())


def _is_pending(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether an approval is still to come ("has to be approved"), unlike "has determined to approve"."""
    token = tree.tokens[verb]
    auxiliaries = {tree.tokens[c].text.lower() for c in tree.children[verb] if tree.tokens[c].dep in _AUXILIARIES}
    if auxiliaries & lexicon.words["future_auxiliaries"]:
        return True
    return token.dep in {"xcomp", "ROOT"} and tree.tokens[token.head].lemma in {"be", "have", "need"}


def _is_scheduled(tree: Tree, group: Group, lexicon: DealLexicon, speech: int | None) -> bool:
    """Say whether a handover is said to come, without "may" or "could", and without words of giving freely."""
    verbs = [i for i, r in group.rules.items() if r.is_verb]
    if not verbs or not all("schedules" in r.marks for i, r in group.rules.items() if i in verbs):
        return False
    near = {tree.tokens[c].text.lower() for i in verbs for c in tree.children[i] if tree.tokens[c].dep in _AUXILIARIES}
    told = speech is not None or any(
        tree.tokens[c].lemma.lower() in lexicon.words["speech_verbs"]
        for i in verbs
        for c in tree.children[i]
        if tree.tokens[c].dep in _CLAUSES
    )
    doubtful = lexicon.words["doubtful_auxiliaries"] - ({"would"} if told else set())
    return not near & doubtful and not any(_is_conditional(tree, i, lexicon) for i in verbs)


def _is_conditional(tree: Tree, verb: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb stands under a condition ("will come from Saab, if the ministry has its way")."""
    return any(
        tree.tokens[m].dep == "mark" and tree.tokens[m].text.lower() in lexicon.words["hypothetical_markers"]
        for c in tree.children[verb]
        if tree.tokens[c].dep == "advcl"
        for m in tree.children[c]
    )


def _is_reported(tree: Tree, verb: int) -> bool:
    """Say whether a perfect infinitive hangs on a verb of saying or seeming ("is believed to have bought")."""
    token = tree.tokens[verb]
    perfect = any(tree.tokens[c].lemma == "have" for c in tree.children[verb] if tree.tokens[c].dep in _AUXILIARIES)
    return perfect and token.dep == "xcomp" and tree.tokens[token.head].lemma not in _OWED


def _will_be_done(tree: Tree, order: list[int]) -> bool:
    """Say whether "will" stands before "have": what will have been delivered is not imagined."""
    below = (tree.tokens[c] for i in order for c in tree.children[i])
    return any(t.dep in _AUXILIARIES and t.text.lower() in _WILL for t in below)


def _has_begun(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb stands below one of beginning or going on that is neither to come nor wished for."""
    token = tree.tokens[i]
    above = tree.tokens[token.head]
    if token.dep not in {"dobj", "xcomp"} or above.lemma.lower() not in lexicon.words["aspect_verbs"]:
        return False
    below = {tree.tokens[c].text.lower() for c in tree.children[above.i] if tree.tokens[c].dep in _AUXILIARIES}
    is_wished = above.dep in {"acl", "pcomp", "xcomp"} and above.tag != "VBN"
    return not is_wished and not below & (lexicon.words["future_auxiliaries"] | {"to"})


def _is_infinite(tree: Tree, i: int, lexicon: DealLexicon) -> bool:
    """Say whether a verb is a bare gerund or an infinitive, its own or that of the verb it is co-ordinated with."""
    token = tree.tokens[i]
    if token.pos not in {"VERB", "AUX"} or _has_begun(tree, i, lexicon):
        return False
    while token.dep == "conj" and tree.tokens[token.head].pos == "VERB":
        token = tree.tokens[token.head]
    auxiliaries = [tree.tokens[c] for c in tree.children[token.i] if tree.tokens[c].dep in {"aux", "auxpass"}]
    if token.tag == "VBG" and token.dep in {"pcomp", "xcomp"} and not auxiliaries:
        return True
    return any(a.text.lower() == "to" for a in auxiliaries)


def _already_done(tree: Tree, group: Group, order: list[int]) -> DealStatus | None:
    """Return the status of a past participle below a verb in the future, if it says that the deal was made."""
    for i in order[1:]:
        token, rule = tree.tokens[i], group.rules[i]
        if rule.is_verb and rule.status in _MADE and token.dep in {"acl", "relcl"} and token.tag in {"VBN", "VBD"}:
            return rule.status
    return None
