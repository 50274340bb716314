"""Surface patterns: phrases between two mentions, with or without a parse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.lexicon.relations import RelationLexicon, SurfaceRule
from armsgraph.model import EntityType, Mention, Modality
from armsgraph.relations.candidates import Candidate, Hedges
from armsgraph.relations.focus import Focus
from armsgraph.relations.masking import Masked

__all__ = ["match_phrases"]

_CLAUSE_EDGE = re.compile(r"[.;:,\n!?]")
_WINDOW = 60
_LIST_WINDOW = 160


def match_phrases(masked: Masked, focus: Focus, lexicon: RelationLexicon, hedges: Hedges) -> Iterator[Candidate]:
    """Yield what the surface patterns find, by rule and then by position."""
    lowered = masked.text.lower()
    present = frozenset(m.type for m in masked.mentions.values())
    for rule in lexicon.surface:
        if not (present & rule.object and present & rule.subject):
            continue
        if rule.needs and not any(word in lowered for word in rule.needs):
            continue
        for match in _matches(rule, masked):
            yield from _candidates(rule, match, masked, focus, lexicon, hedges)


def _matches(rule: SurfaceRule, masked: Masked) -> Iterator[re.Match[str]]:
    """Yield the matches; a pattern that starts with an entity is tried only where one stands."""
    if rule.anchor:
        types = rule.subject if rule.anchor == "subject" else rule.object
        for at, mention in masked.mentions.items():
            if mention.type in types and (match := rule.pattern.match(masked.text, at)):
                yield match
        return
    at = 0
    while match := rule.pattern.search(masked.text, at):
        yield match
        at = min(match.start("subject"), match.start("object")) + 1


def _candidates(
    rule: SurfaceRule, match: re.Match[str], masked: Masked, focus: Focus, lexicon: RelationLexicon, hedges: Hedges
) -> Iterator[Candidate]:
    subjects, is_reference = _fillers(rule, "subject", match, masked, focus, lexicon)
    objects, is_other = _fillers(rule, "object", match, masked, focus, lexicon)
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
                is_resolved_reference=is_reference or is_other,
            )


def _stretch(match: re.Match[str], masked: Masked) -> tuple[int, int]:
    """Return the match without white space at its ends."""
    start, end = match.span()
    while masked.text[start].isspace():
        start += 1
    while masked.text[end - 1].isspace():
        end -= 1
    return start, end


def _fillers(
    rule: SurfaceRule, group: str, match: re.Match[str], masked: Masked, focus: Focus, lexicon: RelationLexicon
) -> tuple[list[Mention], bool]:
    start = match.start(group)
    mention = masked.mentions.get(start)
    types = rule.subject if group == "subject" else rule.object
    if mention is None:
        return list(focus.resolve(match[group], types, masked.source(start))), True
    found = [mention]
    if rule.expand in ("both", group):
        found = _before(masked, start, mention.type, lexicon) + found
        found += _after(masked, start + 1, mention.type, lexicon)
        found = [m for m in found if m.type in types]
    return found, False


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
