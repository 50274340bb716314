"""Writes Turtle and TriG that people can read, as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from armsgraph.graph.layout import SECTIONS, Layout
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import RDF_TYPE, XSD, split_line
from armsgraph.vocab import ID_KINDS, PREFIXES

__all__ = ["trig_lines", "turtle_lines"]

# Sorts below every character of a term and never stands in one: terms escape control characters.
_GAP = "\x1f"
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+")
_ESCAPE = re.compile(r"\\(.)")
_RUN = re.compile(r'"(?="|$)')
_LINE_CHARS = 100


def turtle_lines(
    lines: Iterable[str], *, base: str, sorter: LineSorter, prefixes: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield a Turtle document line by line (line ends not included) from N-Quads lines; named graphs are dissolved.

    Args:
        lines: N-Quads lines in any order.
        base: Base of the instances; each kind of instance gets a prefix.
        sorter: An empty sorter, in which the lines are put in reading order.
        prefixes: More prefixes, with their namespaces.
    """
    writer = _Writer(base, prefixes)
    yield from writer.prefixes()
    yield from writer.body(lines, sorter, with_graphs=False)


def trig_lines(lines: Iterable[str], *, base: str, sorter: LineSorter) -> Iterator[str]:
    """Yield a TriG document like `turtle_lines`: the default graph first, then each named graph in braces."""
    writer = _Writer(base)
    yield from writer.prefixes()
    yield from writer.body(lines, sorter, with_graphs=True)


class _Writer:
    def __init__(self, base: str, more: Mapping[str, str] | None = None) -> None:
        self._layout = Layout(base)
        self._prefixes = dict(PREFIXES) | {prefix: f"{base}{kind}/" for kind, prefix in ID_KINDS.items()}
        self._prefixes |= more or {}
        self._by_namespace = {namespace: prefix for prefix, namespace in self._prefixes.items()}

    def prefixes(self) -> Iterator[str]:
        for prefix, namespace in sorted(self._prefixes.items()):
            yield f"@prefix {prefix}: <{namespace}> ."

    def body(self, lines: Iterable[str], sorter: LineSorter, *, with_graphs: bool) -> Iterator[str]:
        sorter.add(self._keyed(lines, with_graphs))
        entries = (entry.split(_GAP) for entry in sorter)
        for graph, members in groupby(entries, key=lambda e: e[0]):
            indent = "    " if graph else ""
            if graph:
                yield ""
                yield f"{self._term(graph)} {{"
            section = -1
            for (subject_key, subject), rows in groupby(members, key=lambda e: (e[1], e[2])):
                if self._layout.section_of(subject_key) != section:
                    section = self._layout.section_of(subject_key)
                    yield ""
                    yield f"{indent}# -------- {SECTIONS[section][0]}"
                if not self._layout.is_part(subject):
                    yield ""
                for line in self._subject(subject, rows):
                    yield indent + line if not line.startswith("\0") else line[1:]
            if graph:
                yield "}"

    def _keyed(self, lines: Iterable[str], with_graphs: bool) -> Iterator[str]:
        last_subject, subject_key = "", ""
        for line in lines:
            subject, predicate, value, graph = split_line(line)
            if subject != last_subject:
                last_subject, subject_key = subject, self._layout.subject_key(subject)
            keys = (graph if with_graphs else "", subject_key, subject, self._layout.predicate_key(predicate))
            yield _GAP.join((*keys, predicate, value))

    def _subject(self, subject: str, rows: Iterable[list[str]]) -> Iterator[str]:
        """Yield the lines of one subject; those inside a long string start with NUL: they must not be indented."""
        parts: list[str] = []
        for predicate, found in groupby(rows, key=lambda e: e[4]):
            values = [self._term(row[5]) for row in found]
            verb = "a" if predicate == RDF_TYPE else self._term(predicate)
            joined = ", ".join(values)
            if verb == "a" or len(values) == 1 or len(joined) <= _LINE_CHARS:
                parts.append(f"{verb} {joined}")
            else:
                parts.append(f"{verb}\n        " + ",\n        ".join(values))
        text = f"{self._term(subject)} " + " ;\n    ".join(parts) + " ."
        yield from text.split("\n")

    def _term(self, term: str) -> str:
        if term.startswith("<<("):
            return f"<<( {' '.join(map(self._term, split_line(f'{term[4:-4]} .')[:3]))} )>>"
        if term[0] == "<":
            return self._iri(term)
        if term[0] == '"':
            return self._literal(term)
        return term

    def _iri(self, term: str) -> str:
        value = term[1:-1]
        cut = max(value.rfind("/"), value.rfind("#")) + 1
        prefix = self._by_namespace.get(value[:cut])
        if prefix is not None and _LOCAL.fullmatch(value, cut):
            return f"{prefix}:{value[cut:]}"
        return term

    def _literal(self, term: str) -> str:
        end = term.rindex('"') + 1
        text, tail = term[1 : end - 1], term[end:]
        if tail.startswith("^^"):
            kind = tail[3:-1].removeprefix(XSD)
            if (
                (kind == "integer" and _INTEGER.fullmatch(text))
                or (kind == "decimal" and _DECIMAL.fullmatch(text))
                or (kind == "double" and _DOUBLE.fullmatch(text))
                or (kind == "boolean" and text in {"true", "false"})
            ):
                return text
            tail = "^^" + self._iri(tail[2:])
        is_long = "\\n" in text and len(text) > _LINE_CHARS
        return (_long(text) if is_long else f'"{text}"') + tail


def _long(text: str) -> str:
    """Return an escaped text in three quotes, with real line ends and quotation marks where they do no harm."""
    opened = _ESCAPE.sub(lambda m: {"n": "\n\0", '"': '"'}.get(m.group(1), m.group()), text)
    return '"""' + _RUN.sub('\\"', opened) + '"""'
