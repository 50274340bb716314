"""Organisations of the model that no list or pattern has: firms or bodies by what the sentence does with them."""

from __future__ import annotations

from collections.abc import Iterator

from armsgraph.lexicon.names import fold_name
from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType

__all__ = ["find_organisations"]

_FAIR, _WEAK = 0.7, 0.6
_MOST_WORDS = 6


def find_organisations(scene: Scene) -> Iterator[Candidate]:
    """Yield organisations with a cue, typed by it; those without any are left out."""
    words = scene.words
    seen: dict[str, EntityType] = {}
    spans: list[tuple[int, int, str]] = []
    for name in scene.parse.names:
        if name.label not in ("ORG", "PRODUCT", "PERSON", "GPE", "NORP"):
            continue
        start, end = name.span.start, name.span.end
        text = scene.text[start:end]
        if text.lower().startswith("the "):
            start, text = start + 4, text[4:]
        if text.endswith(("'s", "’s")):
            end, text = end - 2, text[:-2]
        if len(text) < 3 or not text[:1].isupper() or "\n" in text or len(text.split()) > _MOST_WORDS:
            continue
        if not scene.is_news(start, end) or _is_known(scene, text) or scene.is_in_capitals(start, end):
            continue
        spans.append((start, end, text))
        kind = _kind(scene, start, end, text, is_organisation=name.label == "ORG")
        if kind is not None:
            seen.setdefault(fold_name(text), kind)
    for start, end, text in spans:
        kind = seen.get(fold_name(text))
        if kind is not None and not any(map(str.isdigit, text)) and text.split()[0] not in words.cased["firm_opener"]:
            yield Candidate(
                start=start, end=end, type=kind, rule="model.organisation", confidence=_WEAK, tier=Tier.MODEL
            )


def _kind(scene: Scene, start: int, end: int, text: str, *, is_organisation: bool) -> EntityType | None:
    words = scene.words
    parts = text.split()
    if len(parts) > 1 and any(p in words.cased["body_head"] for p in parts):
        return EntityType.GOVERNMENT_BODY if is_organisation else None
    before = [t.text.lower() for t in scene.before(start, 3)]
    after = [t.text.lower() for t in scene.after(end, 4)]
    cues = words["firm_cue"]
    if before and before[-1] in cues and is_organisation:
        return EntityType.FIRM
    if after[:1] == [","] and len(after) > 2 and after[1] in ("a", "an", "the") and cues & set(after[2:]):
        return EntityType.FIRM
    if not is_organisation or not scene.is_deal_sentence(start):
        return None
    token = scene.token_at(end - 1)
    if token is None or token.head == token.i:
        return None
    head = scene.parse.tokens[token.head]
    if token.dep in ("nsubj", "nsubjpass") and head.text.lower() in (words["firm_verb"] | words["firm_passive"]):
        return EntityType.FIRM
    if token.dep == "pobj" and head.text.lower() in ("with", "by") and parts[0][0].isupper():
        verb = scene.parse.tokens[head.head].text.lower()
        if verb in words["deal_word"] or verb in words["firm_verb"] or verb == "signed":
            return EntityType.FIRM
    if token.dep == "pobj" and head.text.lower() == "to" and scene.parse.tokens[head.head].text.lower() == "awarded":
        return EntityType.FIRM
    return None


def _is_known(scene: Scene, text: str) -> bool:
    words = scene.words
    parts = text.split()
    if scene.gazetteer.find(text) or any(scene.gazetteer.state_of_adjective(p) for p in parts[:1]):
        return True
    if all(p in words.cased["generic_word"] or p in words.cased["not_person"] for p in parts):
        return True
    return scene.is_class_noun(parts[-1]) or parts[-1].lower() in words["soft_noun"]
