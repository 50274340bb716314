"""The relation lexicon: phrases and verbs that tie two entities together, read from `relations.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from armsgraph.errors import DataError
from armsgraph.lexicon.relation_patterns import expand_pattern, make_list_patterns, make_macros
from armsgraph.lexicon.relation_rules import NounRule, PredicateRule, SurfaceRule, VerbRule
from armsgraph.lexicon.tables import place_of, read_table, read_yaml
from armsgraph.model import EncounterKind, EntityType
from armsgraph.vocab import PROPERTIES

__all__ = ["RelationLexicon", "load_relation_lexicon"]

_FILE = "relations.yaml"
_ANCHOR = re.compile(r"(?:\(\?<![^()]*\))*\{(subject|object)\}")
_SURFACE_KEYS = {
    "id", "predicate", "encounter", "pattern", "subject", "object", "confidence", "expand", "hedged", "needs",
    "implied", "noun", "abroad", "home", "traded", "called",
}  # fmt: skip
_VERB_KEYS = {
    "id", "predicate", "encounter", "verbs", "subject_case", "object_case", "subject", "object", "confidence",
    "particle", "noun", "counted", "loose",
}  # fmt: skip
_NOUN_KEYS = {
    "id", "predicate", "nouns", "subject", "object", "confidence", "of", "owner", "front", "is", "least", "nested",
}  # fmt: skip
_LISTS = ("both", "subject", "object", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationLexicon:
    """Everything the relations stage knows of words.

    Attributes:
        families: Broad kind of each class noun of weapons ("frigate": ship), empty where it has none ("system").
    """

    predicates: Mapping[str, PredicateRule]
    surface: tuple[SurfaceRule, ...]
    verbs: Mapping[str, tuple[VerbRule, ...]]
    nouns: Mapping[str, tuple[NounRule, ...]]
    words: Mapping[str, frozenset[str]]
    families: Mapping[str, str]
    anaphors: Mapping[EntityType, frozenset[str]]
    list_tails: Mapping[EntityType, re.Pattern[str]]
    list_heads: Mapping[EntityType, re.Pattern[str]]
    new_clause: re.Pattern[str]
    says: re.Pattern[str]
    speech: tuple[re.Pattern[str], ...]


_R = TypeVar("_R", VerbRule, NounRule)


def load_relation_lexicon(*, overlays: Sequence[Path] = ()) -> RelationLexicon:
    """Read `relations.yaml`, the user's overlays last; a rule of the same id replaces the shipped one.

    Raises:
        DataError: An unknown key, type, predicate, case or macro, or a pattern that is no regular expression, with
            file and line.
    """
    words: dict[str, list[str]] = {}
    predicates: dict[str, PredicateRule] = {}
    raw_surface: dict[str, tuple[dict[str, Any], str]] = {}
    raw_verbs: dict[str, tuple[dict[str, Any], str]] = {}
    raw_nouns: dict[str, tuple[dict[str, Any], str]] = {}
    anaphors: dict[EntityType, frozenset[str]] = {}
    speech: list[str] = []
    for content, path in read_yaml(_FILE, overlays=overlays):
        if not isinstance(content, dict):
            raise DataError("not a mapping", where=path, hint="see the shipped file for its keys")
        known = {"words", "predicates", "surface", "verbs", "nouns", "anaphors", "speech"}
        if unknown := sorted(set(content) - known):
            where = place_of(content, path, unknown[0])
            raise DataError(f"unknown keys {unknown}", where=where, hint=f"known are {', '.join(sorted(known))}")
        for key, listed in content.get("words", {}).items():
            if bad := [word for word in listed if not isinstance(word, str)]:
                where = place_of(content["words"], path, key)
                raise DataError(f"words {key!r}: {bad[0]!r} is no text", where=where, hint="put it in quotes")
            words.setdefault(key, []).extend(listed)
        for name, raw in content.get("predicates", {}).items():
            predicates[name] = _predicate(name, raw, place_of(content["predicates"], path, name))
        for raw in content.get("surface", ()):
            name, where = _name(raw, path)
            raw_surface[name] = (raw, where)
        for raw in content.get("verbs", ()):
            name, where = _name(raw, path)
            raw_verbs[name] = (raw, where)
        for raw in content.get("nouns", ()):
            name, where = _name(raw, path)
            raw_nouns[name] = (raw, where)
        for name, listed in content.get("anaphors", {}).items():
            (kind,) = _types([name], place_of(content["anaphors"], path, name))
            anaphors[kind] = anaphors.get(kind, frozenset()) | frozenset(str(word) for word in listed)
        speech.extend(content.get("speech", ()))
    columns = ("noun", "use", "family", "source")
    rows = [row for row, _ in read_table("class_nouns.tsv", columns, overlays=overlays)]
    # "The weapon" may be a missile too.
    families = {row["noun"]: row["family"] if row["use"] == "thing" else "" for row in rows}
    nouns = frozenset(families)
    macros = make_macros(words, nouns)
    tails, heads = make_list_patterns(macros)
    verbs: list[VerbRule] = [_verb_rule(raw, predicates, where) for raw, where in raw_verbs.values()]
    nouned: list[NounRule] = [_noun_rule(raw, predicates, where) for raw, where in raw_nouns.values()]
    return RelationLexicon(
        predicates=predicates,
        surface=tuple(_surface_rule(raw, predicates, macros, anaphors, where) for raw, where in raw_surface.values()),
        verbs=_by_lemma(verbs),
        nouns=_by_lemma(nouned),
        words={key: frozenset(listed) for key, listed in words.items()},
        families=families,
        anaphors=anaphors,
        list_tails=tails,
        list_heads=heads,
        new_clause=re.compile(rf" (?:{macros['clause_verb']})\\b", re.IGNORECASE),
        says=re.compile(rf"(?:{macros['say']}|according to)\b", re.IGNORECASE),
        speech=tuple(re.compile(expand_pattern(text, macros, _FILE), re.IGNORECASE) for text in speech),
    )


def _by_lemma(rules: Sequence[_R]) -> dict[str, tuple[_R, ...]]:
    lemmas = dict.fromkeys(lemma for rule in rules for lemma in rule.lemmas)
    return {lemma: tuple(rule for rule in rules if lemma in rule.lemmas) for lemma in lemmas}


def _name(raw: Any, path: str) -> tuple[str, str]:
    """Return the id of a rule, and its place for messages."""
    where = place_of(raw, path)
    if not isinstance(raw, dict) or "id" not in raw:
        raise DataError("a rule without an id", where=where, hint="each rule is a mapping with id")
    return str(raw["id"]), f"{where} rule {raw['id']!r}"


def _types(names: Any, where: str) -> frozenset[EntityType]:
    try:
        return frozenset(EntityType(str(name)) for name in names)
    except ValueError as error:
        known = ", ".join(t.value for t in EntityType)
        raise DataError(f"unknown type of entity: {error}", where=where, hint=f"known are {known}") from error


def _predicate(name: str, raw: Mapping[str, Any], where: str) -> PredicateRule:
    if name not in PROPERTIES:
        raise DataError(f"{name!r} is no property of the ontology", where=where, hint="see vocab.py for its names")
    return PredicateRule(
        subject=_types(raw.get("subject", ()), where),
        object=_types(raw.get("object", ()), where),
        keeps_plans=bool(raw.get("plans", True)),
        is_symmetric=bool(raw.get("symmetric", False)),
        outranks=frozenset(raw.get("outranks", ())),
        is_traded=bool(raw.get("traded", False)),
    )


def _head(
    raw: Mapping[str, Any], keys: set[str], predicates: Mapping[str, PredicateRule], where: str
) -> tuple[str | None, EncounterKind | None, frozenset[EntityType], frozenset[EntityType]]:
    """Check the keys that both kinds of rule have; types not given are those of the predicate."""
    if unknown := sorted(set(raw) - keys):
        raise DataError(f"unknown keys {unknown}", where=where, hint=f"known are {', '.join(sorted(keys))}")
    predicate = raw.get("predicate")
    if predicate is not None and predicate not in predicates:
        raise DataError(f"unknown predicate {predicate!r}", where=where, hint=f"known are {', '.join(predicates)}")
    if predicate is None and "encounter" not in raw:
        raise DataError("neither predicate nor encounter", where=where, hint="a rule yields one of them")
    try:
        encounter = EncounterKind(raw["encounter"]) if "encounter" in raw else None
    except ValueError as error:
        raise DataError(f"{error}", where=where, hint="known are meeting, visit, dialogue") from error
    rule = predicates.get(str(predicate))
    subject = _types(raw["subject"], where) if "subject" in raw else rule.subject if rule else frozenset()
    object_ = _types(raw["object"], where) if "object" in raw else rule.object if rule else frozenset()
    return predicate, encounter, subject, object_


def _confidence(raw: Mapping[str, Any], where: str) -> float:
    value = raw.get("confidence", 0.8)
    if not isinstance(value, int | float) or not 0 < value <= 1:
        raise DataError(f"confidence {value!r}", where=where, hint="a number above 0, at most 1")
    return float(value)


def _surface_rule(
    raw: Mapping[str, Any],
    predicates: Mapping[str, PredicateRule],
    macros: Mapping[str, str],
    anaphors: Mapping[EntityType, frozenset[str]],
    where: str,
) -> SurfaceRule:
    predicate, encounter, subject, object_ = _head(raw, _SURFACE_KEYS, predicates, where)
    if raw.get("expand", "both") not in _LISTS:
        raise DataError(f"expand {raw['expand']!r}", where=where, hint=f"known are {', '.join(_LISTS)}")
    if raw.get("implied") not in (None, "subject", "object"):
        raise DataError(f"implied {raw['implied']!r}", where=where, hint="known are subject, object")
    groups = {"subject": subject, "object": object_}
    text = expand_pattern(str(raw.get("pattern", "")), macros, where, groups=groups, anaphors=anaphors)
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise DataError(f"no regular expression: {error}", where=where, hint="see the shipped patterns") from error
    if set(pattern.groupindex) != {"subject", "object"}:
        raise DataError("the pattern lacks an entity", where=where, hint="write {subject} and {object} once each")
    return SurfaceRule(
        id=str(raw["id"]),
        predicate=predicate,
        encounter=encounter,
        pattern=pattern,
        subject=subject,
        object=object_,
        anchor=start[1] if (start := _ANCHOR.match(str(raw["pattern"]))) else None,
        needs=tuple(str(word) for word in raw.get("needs", ())),
        confidence=_confidence(raw, where),
        expand=raw.get("expand", "both"),
        is_hedged=bool(raw.get("hedged", True)),
        implied=raw.get("implied"),
        referring=frozenset(
            group for group in groups if raw.get("implied") == group or f"{{{group}~}}" in str(raw["pattern"])
        ),
        noun=raw.get("noun"),
        is_abroad=bool(raw.get("abroad", False)),
        is_home=bool(raw.get("home", False)),
        is_traded=bool(raw.get("traded", False)),
        called=_called(raw.get("called", ())),
    )


def _called(words: Sequence[object]) -> re.Pattern[str] | None:
    return re.compile(r"\b(?:" + "|".join(re.escape(str(w)) for w in words) + r")\b", re.IGNORECASE) if words else None


def _verb_rule(raw: Mapping[str, Any], predicates: Mapping[str, PredicateRule], where: str) -> VerbRule:
    predicate, encounter, subject, object_ = _head(raw, _VERB_KEYS, predicates, where)
    if predicate is None or not raw.get("verbs"):
        raise DataError("a verb rule needs a predicate and verbs", where=where, hint="see the shipped rules")
    if raw.get("loose") not in (None, "subject", "object"):
        raise DataError(f"loose {raw['loose']!r}", where=where, hint="known are subject, object")
    return VerbRule(
        id=str(raw["id"]),
        predicate=predicate,
        encounter=encounter,
        lemmas=tuple(str(lemma).lower() for lemma in raw["verbs"]),
        subject_case=str(raw.get("subject_case", "agent")),
        object_case=str(raw.get("object_case", "patient")),
        subject=subject,
        object=object_,
        particle=raw.get("particle"),
        noun=frozenset(raw.get("noun", ())),
        is_counted=bool(raw.get("counted", False)),
        loose=raw.get("loose"),
        confidence=_confidence(raw, where),
    )


def _noun_rule(raw: Mapping[str, Any], predicates: Mapping[str, PredicateRule], where: str) -> NounRule:
    predicate, _, subject, object_ = _head(raw, _NOUN_KEYS, predicates, where)
    if predicate is None or not raw.get("nouns"):
        raise DataError("a noun rule needs a predicate and nouns", where=where, hint="see the shipped rules")
    if raw.get("is", "subject") not in ("subject", "object"):
        raise DataError(f"is {raw['is']!r}", where=where, hint="known are subject, object")
    return NounRule(
        id=str(raw["id"]),
        predicate=predicate,
        lemmas=tuple(str(lemma).lower() for lemma in raw["nouns"]),
        is_object=raw.get("is") == "object",
        prepositions=tuple(str(word) for word in raw.get("of", ())),
        takes_owner=bool(raw.get("owner", False)),
        takes_front=bool(raw.get("front", False)),
        least=int(raw.get("least", 1)),
        is_nested=bool(raw.get("nested", False)),
        subject=subject,
        object=object_,
        confidence=_confidence(raw, where),
    )
