"""Looks over the text of a query or update before any parser does: tokens, nesting and sizes in one linear pass.

The engine's parser and optimiser recurse, so a short text can take them down; this pass does not recurse. It knows
tokens, not grammar, and where both readings are possible it takes the one that counts more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

__all__ = ["Scan", "Target", "positions", "scan"]

_TOKEN = re.compile(
    r"""(?P<skip>[\s]+|\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\u[0-9A-Fa-f]{4}[^<>"{}|^`\\\x00-\x20]*|\\U[0-9A-Fa-f]{8}[^<>"{}|^`\\\x00-\x20]*)*>)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<pname>(?:[^\W\d_](?:[\w.-]{0,100}[\w-])?)?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:%\\.-]))*)
    |(?P<blank>_:[\w-]+(?:\.+[\w-]+)*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<name>[^\W\d]\w*)
    |(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<broken>["'])
    |(?P<operator>&&|\|\||!=|<=|>=|\^\^|.)""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS = frozenset(("&&", "||", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "!", "?"))
_VOLATILE = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_NO_BRACKETS = re.compile(r"[^(){}\[\]]+")
_HOPELESS = 1000
_OPENING, _CLOSING = frozenset("({["), frozenset(")}]")
# Between the word SERVICE and its braces stand at most SILENT and a name.
_LOOK_AHEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What follows SERVICE, FROM, LOAD: an IRI, or None for a variable or what cannot be resolved."""

    iri: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a text holds.

    Attributes:
        depth: Deepest nesting of brackets of any kind.
        parentheses: Deepest nesting of round and square ones alone.
        patterns: About how many triple patterns it has, steps of paths and members of lists included.
        widest: The same for the largest single group, with the groups that are joined to it.
        groups: Number of braces.
        operators: Number of operators in expressions.
        services: What it asks SERVICE of.
        sources: Graphs after FROM and FROM NAMED.
        loads: What an update would LOAD.
        is_volatile: Whether it calls a function that gives something else each time.
        has_names: Whether it has prefixed names.
    """

    depth: int
    parentheses: int
    patterns: int
    widest: int
    groups: int
    operators: int
    services: tuple[Target, ...]
    sources: tuple[Target, ...]
    loads: tuple[Target, ...]
    is_volatile: bool
    has_names: bool


@dataclass(slots=True, kw_only=True)
class _Frame:
    """One open bracket. `kind` is group, values, list, expression or node."""

    kind: str
    joins: bool = False
    count: int = 0


@dataclass(slots=True, kw_only=True)
class _Counts:
    frames: list[_Frame] = field(default_factory=list)
    depth: int = 0
    parentheses: int = 0
    open_parentheses: int = 0
    patterns: int = 0
    widest: int = 0
    groups: int = 0
    operators: int = 0


def scan(text: str) -> Scan:
    """Return what a query or update holds; takes time proportional to its length and never raises."""
    brackets = _NO_BRACKETS.sub("", text)
    if len(brackets) > _HOPELESS and (depth := _raw_depth(brackets)) > _HOPELESS:
        # not worth a closer look, quoted or not
        return _hopeless(depth)
    tokens, is_whole = _tokens(text)
    counts = _count(tokens)
    # In `?a<'b>...` the engine may see a string where an IRI seems to be; then nothing may hide in what looks quoted.
    if not is_whole or any(kind == "iri" and "'" in token for kind, token in tokens):
        counts.depth = max(counts.depth, _raw_depth(text))
        tokens, _ = _tokens(re.sub("[\"'#]", " ", text))
    lower = text.casefold()
    return Scan(
        depth=counts.depth,
        parentheses=counts.parentheses,
        patterns=counts.patterns,
        widest=counts.widest,
        groups=counts.groups,
        operators=counts.operators,
        services=tuple(_services(tokens)) if "service" in lower else (),
        sources=tuple(_after(tokens, "FROM", "NAMED")) if "from" in lower else (),
        loads=tuple(_loads(tokens)) if "load" in lower else (),
        is_volatile=any(kind == "name" and token.upper() in _VOLATILE for kind, token in tokens),
        has_names=not is_whole or any(kind == "pname" for kind, _ in tokens),
    )


def _hopeless(depth: int) -> Scan:
    return Scan(
        depth=depth,
        parentheses=0,
        patterns=0,
        widest=0,
        groups=0,
        operators=0,
        services=(),
        sources=(),
        loads=(),
        is_volatile=False,
        has_names=False,
    )


def _tokens(text: str) -> tuple[list[tuple[str, str]], bool]:
    """Return kind and text of each token, and whether all is read: a quote that never ends is where it stops.

    Going on behind it would look for the end again at every further quote.
    """
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(text):
        kind = str(found.lastgroup)
        if kind == "broken":
            return tokens, False
        if kind != "skip":
            tokens.append((kind, found.group()))
    return tokens, True


def positions(text: str) -> list[tuple[str, int]]:
    """Return names, brackets and signs of a text with where they start; what is quoted or a comment is left out."""
    found = _TOKEN.finditer(text)
    return [(f.group(), f.start()) for f in found if f.lastgroup in ("name", "operator", "pname")]


def _count(tokens: list[tuple[str, str]]) -> _Counts:
    counts = _Counts()
    frames = counts.frames
    kind_before, before = "", ""
    # between the word VALUES and the brace of its rows
    in_values = False
    for index, (kind, token) in enumerate(tokens):
        top = frames[-1] if frames else None
        if kind == "name":
            in_values = token.upper() == "VALUES"
        elif kind != "variable" and token not in ("(", ")", "{"):
            in_values = False
        if kind == "operator":
            if token in _OPENING:
                frames.append(_open(token, kind_before, before, top, tokens, index, in_values=in_values))
                in_values = in_values and token != "{"
                counts.groups += token == "{"
                counts.open_parentheses += token != "{"
                counts.depth = max(counts.depth, len(frames))
                counts.parentheses = max(counts.parentheses, counts.open_parentheses)
                counts.patterns += token == "["
            elif token in _CLOSING:
                if top is not None:
                    frames.pop()
                    counts.open_parentheses -= token != "}"
                    counts.open_parentheses = max(0, counts.open_parentheses)
                    _close(counts, top, frames, tokens, index)
            elif token in ".;," and top is not None and top.kind in ("group", "node"):
                top.count += 1
                counts.patterns += 1
            elif token in "/|^" and (top is None or top.kind != "values"):
                if top is not None:
                    top.count += 1
                counts.patterns += 1
            elif token in _OPERATORS:
                counts.operators += 1
        elif kind == "iri" and ("(" in token or "[" in token):
            # `?a<((1))>2` looks like an IRI and may be read as brackets
            inside = token.count("(") + token.count("[")
            counts.depth = max(counts.depth, len(frames) + inside)
            counts.parentheses = max(counts.parentheses, counts.open_parentheses + inside)
        elif top is not None and top.kind == "list":
            top.count += 2
            counts.patterns += 2
        elif kind == "name" and token.upper() == "IN":
            counts.operators += 1
        kind_before, before = kind, token
    for frame in frames:
        counts.widest = max(counts.widest, frame.count)
    return counts


def _open(
    token: str,
    kind_before: str,
    before: str,
    top: _Frame | None,
    tokens: list[tuple[str, str]],
    index: int,
    *,
    in_values: bool,
) -> _Frame:
    """Say what kind of bracket opens, from what stands before it."""
    if top is not None and top.kind == "values":
        return _Frame(kind="values")
    word = before.upper() if kind_before == "name" else ""
    if token == "{":
        is_values = word == "DATA" or in_values
        joins = not (word or kind_before in ("iri", "pname", "variable"))
        return _Frame(kind="values" if is_values else "group", joins=joins, count=1)
    if token == "[":
        return _Frame(kind="node", joins=True, count=1)
    if word == "VALUES":
        return _Frame(kind="values")
    if top is None or top.kind == "expression" or word or before in _OPERATORS or before in (")", "|", "/", "^"):
        return _Frame(kind="expression")
    if kind_before in ("iri", "pname") and index > 1 and tokens[index - 2][1].upper() in ("FILTER", "HAVING", "BY"):
        return _Frame(kind="expression")
    return _Frame(kind="list", joins=True, count=1)


def _close(counts: _Counts, closed: _Frame, frames: list[_Frame], tokens: list[tuple[str, str]], index: int) -> None:
    if closed.kind == "group":
        counts.patterns += 1
    counts.widest = max(counts.widest, closed.count)
    following = tokens[index + 1][1].upper() if index + 1 < len(tokens) else ""
    if frames and closed.joins and following != "UNION":
        frames[-1].count += closed.count


def _raw_depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        if char in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif char in _CLOSING:
            depth -= 1
    return deepest


def _services(tokens: list[tuple[str, str]]) -> Iterator[Target]:
    """Yield what SERVICE is asked of. The engine takes `SERVICEex:a{` and `true.SERVICE<b>{` as well."""
    names = _prefixes(tokens)
    for index, (kind, token) in enumerate(tokens):
        if kind not in ("name", "pname") or "service" not in token.partition(":")[0].casefold():
            continue
        before = tokens[index - 1][1].upper() if index else ""
        ahead = tokens[index + 1 : index + 1 + _LOOK_AHEAD]
        opens = next((i for i, (_, t) in enumerate(ahead) if t == "{"), None)
        if token.upper() == "SERVICE":
            yield _resolve(ahead[1:] if ahead and ahead[0][1].upper() == "SILENT" else ahead, names)
        elif opens is not None and before not in ("GRAPH", "PREFIX"):
            yield Target(iri=None, text=token)


def _loads(tokens: list[tuple[str, str]]) -> Iterator[Target]:
    names = _prefixes(tokens)
    depth = 0
    for index, (kind, token) in enumerate(tokens):
        depth += (token in _OPENING and kind == "operator") - (token in _CLOSING and kind == "operator")
        if depth == 0 and kind in ("name", "pname") and token.partition(":")[0].casefold().startswith("load"):
            if index and tokens[index - 1][1].upper() == "PREFIX":
                continue
            ahead = tokens[index + 1 : index + 1 + _LOOK_AHEAD]
            yield _resolve(ahead[1:] if ahead and ahead[0][1].upper() == "SILENT" else ahead, names)


def _after(tokens: list[tuple[str, str]], word: str, optional: str) -> Iterator[Target]:
    """Yield the names after a word, before the first brace."""
    names = _prefixes(tokens)
    for index, (kind, token) in enumerate(tokens):
        if token == "{":
            return
        ahead = tokens[index + 1 : index + 1 + _LOOK_AHEAD]
        if kind == "name" and token.upper() == word:
            yield _resolve(ahead[1:] if ahead and ahead[0][1].upper() == optional else ahead, names)
        elif kind in ("name", "pname") and token.upper().startswith(word) and tokens[index - 1][1].upper() != "PREFIX":
            # the engine needs no space between the word and a prefixed name
            yield Target(iri=None, text=token)


def _prefixes(tokens: list[tuple[str, str]]) -> Mapping[str, str]:
    """Return the prefixes declared, with the base under the key ""(empty text has a colon in the others)."""
    names: dict[str, str] = {}
    for index, (kind, token) in enumerate(tokens[:-1]):
        word = token.upper() if kind == "name" else ""
        if word == "BASE" and tokens[index + 1][0] == "iri":
            names[""] = urljoin(names.get("", ""), tokens[index + 1][1][1:-1])
        elif word == "PREFIX" and tokens[index + 1][0] == "pname" and index + 2 < len(tokens):
            names[tokens[index + 1][1]] = urljoin(names.get("", ""), tokens[index + 2][1][1:-1])
    return names


def _resolve(ahead: list[tuple[str, str]], names: Mapping[str, str]) -> Target:
    kind, token = ahead[0] if ahead else ("", "")
    if "\\" in token:
        return Target(iri=None, text=token)
    if kind == "iri":
        return Target(iri=urljoin(names.get("", ""), token[1:-1]), text=token)
    prefix, colon, local = token.partition(":")
    if kind == "pname" and prefix + colon in names:
        return Target(iri=names[prefix + colon] + local, text=token)
    return Target(iri=None, text=token)
