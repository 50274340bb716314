"""Reads what a client of the reconciliation service asks, strictly: what is wrong is said and not guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from armsgraph.errors import InputError
from armsgraph.vocab import ARMS

__all__ = ["MOST_IDS", "MOST_QUESTIONS", "Extension", "Question", "read_extension", "read_question", "read_questions"]

MOST_QUESTIONS = 200
MOST_IDS = 500
_MOST_PROPERTIES = 30
_MOST_VALUES = 50
_LONGEST = 500
_DEFAULT_LIMIT, _MOST_LIMIT = 10, 50
_STRICT = ("any", "all", "should")
_FIELDS = frozenset(("query", "type", "types", "limit", "properties", "type_strict"))
_HINT = "see the Reconciliation Service API 0.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A row to reconcile.

    Attributes:
        query: Name; "" if only properties are given.
        types: Ids of classes, any of which, all of which or which preferably, by `type_strict`.
        limit: Most candidates that are wanted.
        properties: Ids of properties with the values given, as texts; of an entity its id.
    """

    query: str
    types: tuple[str, ...] = ()
    type_strict: str = "any"
    limit: int = _DEFAULT_LIMIT
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """Values that are wanted: ids of things, ids of properties with the number of values, 0 for all."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]


def read_questions(text: str) -> dict[str, Question]:
    """Read a batch: a JSON object of questions by key.

    Raises:
        InputError: It is no such thing; `where` names the question.
    """
    said = _parse(text)
    if not isinstance(said, dict):
        raise InputError("a batch is a JSON object of queries", where="queries", hint=_HINT)
    if len(said) > MOST_QUESTIONS:
        raise InputError(
            f"{len(said)} queries in one batch", where="queries", hint=f"at most {MOST_QUESTIONS} are taken"
        )
    return {key: _question(value, f"queries.{key[:40]}") for key, value in said.items()}


def read_question(text: str) -> Question:
    """Read a single question: a JSON object, or a name as plain text.

    Raises:
        InputError: It is an object that is no question.
    """
    if not text.lstrip().startswith("{"):
        return Question(query=_text(text, "query"))
    return _question(_parse(text), "query")


def read_extension(text: str) -> Extension:
    """Read a request for values.

    Raises:
        InputError: It is no such thing.
    """
    said = _parse(text)
    if not isinstance(said, dict):
        raise InputError("an extension is a JSON object", where="extend", hint=_HINT)
    ids, properties = said.get("ids"), said.get("properties")
    if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids) or len(ids) > MOST_IDS:
        raise InputError(f"ids has to be a list of at most {MOST_IDS} ids", where="extend.ids", hint=_HINT)
    if not isinstance(properties, list) or len(properties) > _MOST_PROPERTIES:
        raise InputError("properties has to be a list of objects", where="extend.properties", hint=_HINT)
    wanted = []
    for given in properties:
        if not isinstance(given, dict) or not isinstance(given.get("id"), str):
            raise InputError("a property has to have an id", where="extend.properties", hint=_HINT)
        settings = given.get("settings")
        limit = settings.get("limit", 0) if isinstance(settings, dict) else 0
        # OpenRefine sends the numbers of its dialog as texts
        wanted.append((given["id"], _number(limit, "extend.properties")))
    return Extension(ids=tuple(ids), properties=tuple(wanted))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is no JSON: {error}", hint=_HINT) from error


def _question(said: Any, where: str) -> Question:
    if not isinstance(said, dict):
        raise InputError("a query is a JSON object", where=where, hint=_HINT)
    strangers = sorted(set(said) - _FIELDS)
    if strangers:
        raise InputError(f"a query has no field {strangers[0]!r}", where=where, hint=_HINT)
    query = said.get("query", "")
    if not isinstance(query, str):
        raise InputError("query has to be a text", where=where, hint=_HINT)
    properties = _properties(said.get("properties"), where)
    if not query.strip() and not properties:
        raise InputError("a query needs a name or a property", where=where, hint=_HINT)
    strict = said.get("type_strict", "any")
    if strict not in _STRICT:
        raise InputError("type_strict has to be any, all or should", where=where, hint=_HINT)
    limit = _number(said.get("limit", _DEFAULT_LIMIT), where) or _DEFAULT_LIMIT
    return Question(
        query=_text(query, where),
        types=_types(said.get("type", said.get("types")), where),
        type_strict=strict,
        limit=min(limit, _MOST_LIMIT),
        properties=properties,
    )


def _types(said: Any, where: str) -> tuple[str, ...]:
    if said is None or said == "":
        return ()
    given = said if isinstance(said, list) else [said]
    if not all(isinstance(t, str) for t in given) or len(given) > _MOST_PROPERTIES:
        raise InputError("type has to be an id or a list of ids", where=where, hint=_HINT)
    return tuple(dict.fromkeys(t.removeprefix(ARMS).removeprefix("arms:") for t in given if t))


def _properties(said: Any, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if said is None:
        return ()
    if not isinstance(said, list) or len(said) > _MOST_PROPERTIES:
        raise InputError("properties has to be a list of objects with pid and v", where=where, hint=_HINT)
    found = []
    for given in said:
        if not isinstance(given, Mapping) or not isinstance(given.get("pid"), str) or "v" not in given:
            raise InputError("a property has to have pid and v", where=where, hint=_HINT)
        values = given["v"] if isinstance(given["v"], list) else [given["v"]]
        texts = tuple(_text(_value(v, where), where) for v in values[:_MOST_VALUES])
        found.append((given["pid"], texts))
    return tuple(found)


def _value(said: Any, where: str) -> str:
    if isinstance(said, dict):
        chosen = said.get("id") or said.get("name")
        if isinstance(chosen, str):
            return chosen
    elif isinstance(said, bool):
        return str(said).lower()
    elif isinstance(said, (str, int, float)):
        return str(said)
    elif said is None:
        return ""
    raise InputError("a value has to be a text, a number, a boolean or an object with an id", where=where, hint=_HINT)


def _number(said: Any, where: str) -> int:
    if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 7:
        return int(said)
    if said in ("", None):
        return 0
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not 0 <= said <= 1_000_000:
        raise InputError("a limit has to be a whole number", where=where, hint=_HINT)
    return int(said)


def _text(said: str, where: str) -> str:
    if len(said) > _LONGEST:
        raise InputError(f"a text of {len(said)} characters", where=where, hint=f"at most {_LONGEST} are taken")
    return said
