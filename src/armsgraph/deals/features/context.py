"""How a value or a name stands beside the frames of a deal: grammar, distance, neighbouring words."""

from __future__ import annotations

from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.model import DealStatus, Mention, Span

__all__ = ["case_of", "common", "nearness", "setting"]

_CASES = frozenset(
    {"at", "between", "by", "for", "from", "in", "of", "on", "through", "to", "with"}
    | {"dative", "object", "passive subject", "possessive", "root", "subject"}
)
_PREPOSITIONS = _CASES | {"about", "after", "before", "during", "near", "over", "since", "until", "within", "worth"}
_NAMES = {"modifier": "root", "passive_subject": "passive subject"}
_UNSETTLED = frozenset({None, DealStatus.PROPOSED, DealStatus.NEGOTIATING})
_NEAR = 3
_WORDS_BEFORE = 3
_WORDS_BEHIND = 2


def case_of(scene: DealScene, mention: Mention) -> str:
    """Return how a mention hangs on the word next above it: a grammatical case, a preposition, or `other`."""
    case = scene.tree.case_above(scene.tree.heads[mention])
    case = _NAMES.get(case, case)
    return case if case in _CASES else "other"


def common(cluster: Cluster) -> dict[str, float]:
    """Return what holds for every proposal about a deal."""
    flags = {
        "paper": cluster.is_paper,
        "approved": any(f.status is DealStatus.APPROVED for f in cluster.frames),
        "nothing settled": all(f.status in _UNSETTLED for f in cluster.frames),
        "only lines": cluster.is_only_lines,
    }
    return {"always": 1.0} | {name: 1.0 for name, holds in flags.items() if holds}


def nearness(scene: DealScene, cluster: Cluster, sentence: int) -> dict[str, float]:
    """Return how far a sentence lies from the frames of a deal."""
    apart = cluster.distance(sentence)
    far = "same sentence" if apart == 0 else "next sentence" if apart == 1 else "near" if apart <= _NEAR else "far"
    found = {far: 1.0}
    if apart == 1 and sentence - 1 in cluster.sentences:
        found["right behind"] = 1.0
    if scene.paragraph(sentence) in cluster.paragraphs:
        found["same paragraph"] = 1.0
    if apart > 0 and sentence in scene.sentences_of_several and sentence < min(cluster.sentences):
        found["said of several deals"] = 1.0
    return found


def setting(scene: DealScene, cluster: Cluster, sentence: int, span: Span) -> dict[str, float]:
    """Return the verb and the preposition above a stretch of text, the frames of its sentence, and the words around."""
    tree = scene.tree
    inside = tree.tokens_in(span)
    if not inside:
        return {}
    found: dict[str, float] = {}
    preposition, verb, tense = _above(scene, tree.head_of(inside))
    found[f"preposition:{preposition}"] = 1.0
    found[f"verb:{verb}"] = found[f"tense:{tense}"] = found[f"verb:{verb} {tense}"] = 1.0
    here = [(abs(f.span.start - span.start), i) for i, f in enumerate(scene.frames) if f.sentence == sentence]
    ours = [pair for pair in here if pair[1] in cluster.members]
    if ours:
        frame = scene.frames[min(ours)[1]]
        found[f"beside:{scene.rule_of(frame).type}"] = 1.0
        found[f"beside status:{frame.status.value if frame.status else 'none'}"] = 1.0
        found["nearest frame is ours" if min(here) == min(ours) else "nearest frame is of another deal"] = 1.0
        found["behind the trigger" if span.start > frame.span.start else "before the trigger"] = 1.0
    words = scene.word_types
    for token in tree.tokens[max(0, inside[0].i - _WORDS_BEFORE) : inside[0].i]:
        if token.sentence == sentence and token.lemma.lower() in words:
            found[f"word before:{words[token.lemma.lower()]}"] = 1.0
    for token in tree.tokens[inside[-1].i + 1 : inside[-1].i + 1 + _WORDS_BEHIND]:
        if token.sentence == sentence and token.lemma.lower() in words:
            found[f"word behind:{words[token.lemma.lower()]}"] = 1.0
    return found


def _above(scene: DealScene, start: int) -> tuple[str, str, str]:
    """Return the preposition a token hangs on, the type of the first verb above, and that verb's tense."""
    tree, words = scene.tree, scene.lexicon.words
    preposition = "none"
    for parent, _label in tree.ancestors(start):
        token = tree.tokens[parent]
        if preposition == "none" and token.pos == "ADP":
            lemma = token.lemma.lower()
            preposition = lemma if lemma in _PREPOSITIONS else "other"
        if token.pos in {"VERB", "AUX"}:
            auxiliaries = {
                tree.tokens[c].text.lower() for c in tree.children[parent] if tree.tokens[c].dep in {"aux", "auxpass"}
            }
            future = bool(auxiliaries & (words["future_auxiliaries"] | {"to"}))
            tense = "future" if future else "past" if token.tag in {"VBD", "VBN"} else "present"
            return preposition, scene.word_types.get(token.lemma.lower(), "other"), tense
    return preposition, "none", "none"
