"""The trigger lexicon: words that speak of deals and the parts played beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armsgraph.errors import DataError
from armsgraph.lexicon.tables import place_of, read_table, read_yaml
from armsgraph.model import DealKind, DealStatus

__all__ = ["BESIDE", "DealLexicon", "Trigger", "load_deal_lexicon"]

_TRIGGERS = "triggers.yaml"
_NOUNS = "class_nouns.tsv"
_MAPPINGS = ("types", "triggers", "governors")
_KEYS = frozenset(
    {
        "id",
        "lemmas",
        "pos",
        "type",
        "status",
        "kind",
        "particle",
        "needs",
        "agreement",
        "strength",
        "past",
        "marks",
        "objects",
    }
)
_GOVERNED = ("approved", "cancelled", "denied", "expected", "negotiating", "proposed")
_ROLES = ("approver", "buyer", "counterpart", "item", "maker", "party", "supplier")
_STRENGTHS = ("strong", "weak", "support")
_NEEDS = ("agreement", "object", "receiver", "thing")
# Marks of what is a deal beside the one in things: the money lent for it, what the buyer gets in return.
BESIDE = frozenset({"finance", "offset"})
_MARKS = (
    *("adds-only", "finance", "from-places", "hands-over", "lists-places", "offset", "own-purchase", "schedules"),
    "sells",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One trigger rule.

    Attributes:
        cases: Role by grammatical case ("subject", "object", "passive_subject", "by", "from" ...).
        needs_agreement: A verb that counts only with a noun for the paper ("win a contract").
        needs_object: A verb that counts only with a thing of its own, counted or named ("plans a fleet of 12 ships").
        needs_receiver: A verb that counts only with someone who gets it ("went to Ukraine").
        needs_thing: A word that counts only where something that can change hands hangs on it.
        objects: A verb that counts only with one of these nouns as its object ("put their signatures"), a noun that
            counts only with one of these before it or behind its "of" ("statement of intent").
        is_agreement: A noun for the paper.
        past: Status if the verb stands in the past tense and it differs.
        strength: `strong`, `weak` or `support`.
        marks: What later stages ask of a rule: `adds-only`, `finance`, `from-places`, `hands-over`, `lists-places`,
            `offset`, `own-purchase`, `schedules`, `sells`.
    """

    id: str
    lemmas: tuple[str, ...]
    is_verb: bool
    type: str
    cases: Mapping[str, str]
    status: DealStatus | None
    past: DealStatus | None
    kind: DealKind | None
    particle: str | None
    needs_agreement: bool
    needs_object: bool
    needs_receiver: bool
    needs_thing: bool
    objects: frozenset[str]
    is_agreement: bool
    strength: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealLexicon:
    """Everything the frames and deals stages know of words."""

    rules: Mapping[str, Trigger]
    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    governors: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    class_nouns: Mapping[str, str]
    families: Mapping[str, str]


def load_deal_lexicon(*, overlays: Sequence[Path] = ()) -> DealLexicon:
    """Read `triggers.yaml` and `class_nouns.tsv`, the user's overlays last.

    Raises:
        DataError: An unknown type, status, kind or key, with file and line.
    """
    types: dict[str, dict[str, str]] = {}
    rules: dict[str, Trigger] = {}
    governors: dict[str, str] = {}
    words: dict[str, frozenset[str]] = {}
    for content, path in read_yaml(_TRIGGERS, overlays=overlays):
        if not isinstance(content, dict):
            raise DataError("not a mapping", where=path, hint="see the shipped file for its keys")
        types |= _roles(content.get("types", {}), path)
        for rule in content.get("triggers") or ():
            if not isinstance(rule, dict):
                where = place_of(content, path, "triggers")
                raise DataError(f"a trigger is not a mapping: {rule!r}", where=where, hint="see the shipped rules")
            trigger = _trigger(rule, types, path)
            rules[trigger.id] = trigger
        for status, lemmas in content.get("governors", {}).items():
            if status not in _GOVERNED:
                where = place_of(content["governors"], path, status)
                raise DataError(f"unknown kind of governor {status!r}", where=where, hint=f"known are {_GOVERNED}")
            governors |= dict.fromkeys(lemmas, status)
        for key, listed in content.items():
            if key in _MAPPINGS:
                continue
            if not isinstance(listed, list):
                where = place_of(content, path, key)
                raise DataError(f"{key!r} is not a list of words", where=where, hint="write it as [a, b, c]")
            words[key] = words.get(key, frozenset()) | frozenset(str(w).lower() for w in listed)
    rows = [row for row, _ in read_table(_NOUNS, ("noun", "use", "family", "source"), overlays=overlays)]
    return DealLexicon(
        rules=rules,
        verbs=_by_lemma(t for t in rules.values() if t.is_verb),
        nouns=_by_lemma(t for t in rules.values() if not t.is_verb),
        governors=governors,
        words=words,
        class_nouns={row["noun"]: row["use"] for row in rows},
        families={row["noun"]: row["family"] for row in rows if row["family"]},
    )


def _roles(types: dict[str, dict[str, str]], path: str) -> dict[str, dict[str, str]]:
    for name, cases in types.items():
        for case, role in cases.items():
            if not isinstance(case, str):
                where = place_of(types, path, name)
                raise DataError(f"a case of type {name!r} is read as {case!r}", where=where, hint='quote it: "on": ...')
            if role not in _ROLES:
                where = place_of(cases, path, case)
                raise DataError(f"unknown role {role!r} in type {name!r}", where=where, hint=f"known are {_ROLES}")
    return types


def _by_lemma(triggers: Any) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, tuple[Trigger, ...]] = {}
    for trigger in triggers:
        for lemma in trigger.lemmas:
            found[lemma] = (*found.get(lemma, ()), trigger)
    return found


def _trigger(rule: dict[str, Any], types: dict[str, dict[str, str]], path: str) -> Trigger:
    where = f"{place_of(rule, path)} rule {rule.get('id')!r}"
    if unknown := set(rule) - _KEYS:
        raise DataError(f"unknown keys {sorted(unknown)}", where=where, hint=f"known are {', '.join(sorted(_KEYS))}")
    if rule.get("type") not in types:
        raise DataError(f"unknown type {rule.get('type')!r}", where=where, hint=f"known are {', '.join(sorted(types))}")
    if rule.get("strength", "strong") not in _STRENGTHS:
        raise DataError("unknown strength", where=where, hint=f"known are {', '.join(_STRENGTHS)}")
    if not isinstance(rule.get("lemmas"), list):
        raise DataError("lemmas is not a list", where=where, hint="write it as [buy, procure]")
    if rule.get("needs", "thing") not in _NEEDS:
        raise DataError(f"unknown need {rule['needs']!r}", where=where, hint=f"known are {', '.join(_NEEDS)}")
    if not isinstance(rule.get("objects", []), list):
        raise DataError("objects is not a list", where=where, hint="write it as [signature, pen]")
    if not isinstance(rule.get("marks", []), list) or set(rule.get("marks", [])) - set(_MARKS):
        raise DataError("unknown marks", where=where, hint=f"a list out of {', '.join(_MARKS)}")
    if rule.get("pos") not in {"verb", "noun"}:
        raise DataError(f"unknown part of speech {rule.get('pos')!r}", where=where, hint="verb or noun")
    try:
        return Trigger(
            id=str(rule["id"]),
            lemmas=tuple(str(lemma).lower() for lemma in rule["lemmas"]),
            is_verb=rule["pos"] == "verb",
            type=rule["type"],
            cases=types[rule["type"]],
            status=DealStatus(rule["status"]) if "status" in rule else None,
            past=DealStatus(rule["past"]) if "past" in rule else None,
            kind=DealKind(rule["kind"]) if "kind" in rule else None,
            particle=rule.get("particle"),
            needs_agreement=rule.get("needs") == "agreement",
            needs_object=rule.get("needs") == "object",
            needs_receiver=rule.get("needs") == "receiver",
            needs_thing=rule.get("needs") in {"object", "receiver", "thing"},
            objects=frozenset(str(noun).lower() for noun in rule.get("objects", ())),
            is_agreement=bool(rule.get("agreement", False)),
            strength=rule.get("strength", "strong"),
            marks=frozenset(rule.get("marks", ())),
        )
    except (KeyError, ValueError) as error:
        raise DataError(f"cannot read the rule: {error}", where=where, hint="see the shipped rules") from error
