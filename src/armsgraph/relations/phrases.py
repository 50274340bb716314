"""Surface patterns: phrases between two mentions, with or without a parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armsgraph.lexicon.relation_rules import SurfaceRule
from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import EntityType, Mention, Modality
from armsgraph.relations.candidates import Candidate, Hedges
from armsgraph.relations.focus import Focus
from armsgraph.relations.masking import Masked

__all__ = ["match_phrases"]

_CLAUSE_EDGE = re.compile(r"[.;:,\n!?]")
# Behind a word, not an abbreviation ("Lt. Gen."), and not in front of a small letter.
_PIECE_END = re.compile(r"(?<=[\w)'\"%][\w)'\"%][\w)'\"%][.!?])[ ]+(?![a-z])|\n+")
_WINDOW = 60
_LIST_WINDOW = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    start: int
    end: int
    types: frozenset[EntityType]


def match_phrases(masked: Masked, focus: Focus, lexicon: RelationLexicon, hedges: Hedges) -> Iterator[Candidate]:
    """Yield what the surface patterns find, by rule and then by position."""
    lowered = masked.text.lower()
    present = frozenset(m.type for m in masked.mentions.values())
    pieces = _pieces(masked)
    for rule in lexicon.surface:
        if not (present & rule.object and present & rule.subject):
            continue
        if rule.needs and not any(word in lowered for word in rule.needs):
            continue
        for match in _matches(rule, masked, pieces):
            yield from _candidates(rule, match, masked, focus, lexicon, hedges)


def _pieces(masked: Masked) -> list[_Piece]:
    """Part the text where no phrase goes on: at the ends of sentences and lines that hold a mention."""
    found: list[_Piece] = []
    start = 0
    for end in (*(m.end() for m in _PIECE_END.finditer(masked.text)), len(masked.text)):
        types = frozenset(m.type for at, m in masked.mentions.items() if start <= at < end)
        if types:
            found.append(_Piece(start=start, end=end, types=types))
        start = end
    return found


def _matches(rule: SurfaceRule, masked: Masked, pieces: Sequence[_Piece]) -> Iterator[re.Match[str]]:
    """Yield the matches; a pattern that starts with an entity is tried only where one stands."""
    if rule.anchor:
        types = rule.subject if rule.anchor == "subject" else rule.object
        for at, mention in masked.mentions.items():
            if mention.type in types and (match := rule.pattern.match(masked.text, at)):
                yield match
        return
    for piece in pieces:
        has_both = ("subject" in rule.referring or piece.types & rule.subject) and (
            "object" in rule.referring or piece.types & rule.object
        )
        at = piece.start
        while has_both and (match := rule.pattern.search(masked.text, at, piece.end)):
            yield match
            at = min(match.start("subject"), match.start("object")) + 1


def _candidates(
    rule: SurfaceRule, match: re.Match[str], masked: Masked, focus: Focus, lexicon: RelationLexicon, hedges: Hedges
) -> Iterator[Candidate]:
    subjects = _named(rule, "subject", match, masked, lexicon)
    objects = _named(rule, "object", match, masked, lexicon)
    if rule.called:
        subjects = [m for m in subjects if rule.called.search(m.text)]
    is_reference = not (subjects and objects)
    is_traded = rule.is_traded or bool(rule.predicate and lexicon.predicates[rule.predicate].is_traded)
    subjects = subjects or _referred(rule, "subject", match, masked, focus, is_traded=is_traded)
    objects = objects or _referred(rule, "object", match, masked, focus)
    modality = _modality(rule, match, masked, hedges)
    span = masked.span(*_stretch(match, masked))
    sentence = focus.sentence_at(span.start)
    for subject in subjects:
        for object_ in objects:
            if subject.entity_id == object_.entity_id:
                continue
            yield Candidate(
                predicate=rule.predicate,
                encounter=rule.encounter,
                rule=rule.id,
                subject=subject,
                object=object_,
                span=span,
                sentence=sentence,
                modality=modality,
                confidence=rule.confidence,
                is_resolved_reference=is_reference,
                is_abroad=rule.is_abroad,
            )


def _stretch(match: re.Match[str], masked: Masked) -> tuple[int, int]:
    """Return the match without white space at its ends."""
    start, end = match.span()
    while masked.text[start].isspace():
        start += 1
    while masked.text[end - 1].isspace():
        end -= 1
    return start, end


def _named(
    rule: SurfaceRule, group: str, match: re.Match[str], masked: Masked, lexicon: RelationLexicon
) -> list[Mention]:
    """Return the mention in a group with the members of its list; nothing where no name stands there."""
    start = match.start(group)
    mention = masked.mentions.get(start)
    if mention is None:
        return []
    types = rule.subject if group == "subject" else rule.object
    found = [mention]
    if rule.expand in ("both", group):
        found = _before(masked, start, mention.type, lexicon) + found
        found += _after(masked, start + 1, mention.type, lexicon)
        found = [m for m in found if m.type in types]
    return found


def _referred(
    rule: SurfaceRule, group: str, match: re.Match[str], masked: Masked, focus: Focus, *, is_traded: bool = False
) -> list[Mention]:
    """Return what a pronoun, a definite noun or a word that implies it stands for."""
    start = match.start(group)
    if start in masked.mentions:
        return []
    types = rule.subject if group == "subject" else rule.object
    other = masked.mentions.get(match.start("object" if group == "subject" else "subject"))
    others = (other,) if other else ()
    if rule.implied == group:
        return list(
            focus.imply(
                types,
                masked.source(start),
                rule.noun,
                without=others,
                is_home=rule.is_home,
                is_traded=rule.is_traded,
            )
        )
    at = masked.source(start)
    return list(focus.resolve(match[group], types, at, without=others, is_traded=is_traded))


def _after(masked: Masked, at: int, kind: EntityType, lexicon: RelationLexicon) -> list[Mention]:
    """Return the further members of a list ("A, B and C") behind a mention."""
    found: list[Mention] = []
    while match := lexicon.list_tails[kind].match(masked.text, at):
        mention = masked.mentions[match.start("next")]
        found.append(mention)
        at = match.end()
        if match["last"]:
            return [] if lexicon.new_clause.match(masked.text, at) else found
    return []


def _before(masked: Masked, at: int, kind: EntityType, lexicon: RelationLexicon) -> list[Mention]:
    """Return the members of a list before its last one."""
    found: list[Mention] = []
    base = max(0, at - _LIST_WINDOW)
    while match := lexicon.list_heads[kind].search(masked.text[base:at]):
        mention = masked.mentions[base + match.start("next")]
        if bool(match["last"]) == bool(found):
            break
        found.insert(0, mention)
        at = base + match.start("next")
    return found


def _modality(rule: SurfaceRule, match: re.Match[str], masked: Masked, hedges: Hedges) -> Modality:
    if not rule.is_hedged:
        return Modality.ASSERTED
    before = masked.text[max(0, match.start() - _WINDOW) : match.start()]
    clause = _CLAUSE_EDGE.split(before)[-1]
    return hedges.read(clause + match[0])
