"""Runs a SPARQL query and writes its answer for people and programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import pyoxigraph as ox

from armsgraph.errors import InputError
from armsgraph.store.opening import OpenGraph
from armsgraph.vocab import DEFAULT_BASE, ID_KINDS, PREFIXES

__all__ = ["ANSWER_FORMATS", "Answer", "run_query", "write_answer"]

ANSWER_FORMATS = ("table", "csv", "tsv", "json")
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}
# Deeper ones overflow the stack of the engine and kill the process.
_DEEPEST = 200
_WIDEST_CELL = 60
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*',
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:-])", re.IGNORECASE)
_AT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gave, to be read once: `solutions` of SELECT, `truth` of ASK, `triples` of CONSTRUCT, DESCRIBE."""

    solutions: ox.QuerySolutions | None = None
    truth: bool | None = None
    triples: ox.QueryTriples | None = None

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the columns of a SELECT in its order, else none."""
        return () if self.solutions is None else tuple(v.value for v in self.solutions.variables)

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        """Yield the rows of a SELECT: IRIs and lexical forms as they are, None where a variable is unbound."""
        for solution in self.solutions or ():
            yield tuple(None if term is None else _plain(term) for term in solution)


def run_query(graph: OpenGraph, query: str, *, base: str = DEFAULT_BASE) -> Answer:
    """Run a SPARQL 1.1 query.

    A plain pattern sees the default graph and every named graph together, the ontology of a store included; `GRAPH`
    still picks one. The prefixes of the Turtle that armsgraph writes are known without being declared.

    Raises:
        InputError: The query is no SPARQL (with line and column), nests too deeply, or asks another server.
    """
    _guard(query)
    prefixes = dict(PREFIXES) | {prefix: f"{base}{kind}/" for kind, prefix in ID_KINDS.items()}
    try:
        found = graph.store.query(query, use_default_graph_as_union=True, prefixes=prefixes)
    except SyntaxError as error:
        at = _AT.match(str(error.msg))
        where = f"query:{at.group(1)}:{at.group(2)}" if at else "query"
        raise InputError(
            at.group(3) if at else str(error.msg), where=where, hint="line and column count from 1"
        ) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(f"the query failed: {error}", where="query", hint="see the message") from error
    if isinstance(found, ox.QueryBoolean):
        return Answer(truth=bool(found))
    if isinstance(found, ox.QueryTriples):
        return Answer(triples=found)
    return Answer(solutions=found)


def write_answer(answer: Answer, file: IO[bytes], *, format: str = "table", base: str = DEFAULT_BASE) -> int:
    """Write an answer: `table` (aligned, IRIs shortened), `csv`, `tsv` or `json` as W3C has them; triples as N-Triples.

    Returns:
        The number of rows of a table; -1 for the other formats, which are streamed uncounted.

    Raises:
        InputError: No such format, or the engine fails midway.
    """
    if format not in ANSWER_FORMATS:
        raise InputError(f"no answer format is called {format!r}", hint=f"use one of {', '.join(ANSWER_FORMATS)}")
    try:
        if answer.triples is not None:
            answer.triples.serialize(output=file, format=ox.RdfFormat.N_TRIPLES)
        elif answer.truth is not None:
            text = str(answer.truth).lower()
            file.write((f'{{"head":{{}},"boolean":{text}}}\n' if format == "json" else f"{text}\n").encode())
        elif answer.solutions is not None and format != "table":
            answer.solutions.serialize(output=file, format=_RESULTS[format])
            if format == "json":
                file.write(b"\n")
        elif answer.solutions is not None:
            return _write_table(answer, file, base)
    except BrokenPipeError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(f"the query failed: {error}", where="query", hint="see the message") from error
    return -1


def _write_table(answer: Answer, file: IO[bytes], base: str) -> int:
    short = _Shortener(base)
    names = answer.variables
    rows = [[short.cell(term) for term in solution] for solution in answer.solutions or ()]
    widths = [max(len(name), *(len(row[i]) for row in rows), 0) for i, name in enumerate(names)]
    lines = [names, tuple("-" * w for w in widths), *rows]
    for line in lines:
        text = "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        file.write(text.encode("utf-8") + b"\n")
    return len(rows)


class _Shortener:
    """Shortens IRIs to prefixed names and long texts to one line, for tables."""

    def __init__(self, base: str) -> None:
        self._prefixes = {f"{base}{kind}/": prefix for kind, prefix in ID_KINDS.items()}
        self._prefixes |= {namespace: prefix for prefix, namespace in PREFIXES.items()}

    def cell(self, term: object) -> str:
        if term is None:
            return ""
        text = " ".join(_plain(term).split())
        if isinstance(term, ox.NamedNode):
            cut = max(text.rfind("/"), text.rfind("#")) + 1
            prefix = self._prefixes.get(text[:cut])
            return f"{prefix}:{text[cut:]}" if prefix and text[cut:] else text
        return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"


def _plain(term: object) -> str:
    if isinstance(term, (ox.NamedNode, ox.Literal)):
        return term.value
    return str(term)


def _guard(query: str) -> None:
    bare = _QUOTED.sub(" ", query)
    depth = deepest = 0
    for char in bare:
        if char in "({[":
            depth += 1
            deepest = max(deepest, depth)
        elif char in ")}]":
            depth -= 1
    if deepest > _DEEPEST:
        raise InputError(
            f"brackets are nested {deepest} deep", where="query", hint=f"at most {_DEEPEST} levels are taken"
        )
    if _SERVICE.search(bare):
        raise InputError("SERVICE asks another server", where="query", hint="armsgraph answers from its own graph only")
