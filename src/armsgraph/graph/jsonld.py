"""Writes JSON-LD that people and programs without RDF can read: short names, deals with their parts inside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import IO, Any

from armsgraph import resources
from armsgraph.graph.layout import Layout
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import RDF_TYPE, XSD, split_line
from armsgraph.vocab import ARMS, CONTEXT_URL, PREFIXES

__all__ = ["context_terms", "write_jsonld"]

_GAP = "\x1f"
_SAFE_INTEGER = 2**53
_INTEGER = re.compile(r"-?(?:0|[1-9]\d*)")
_LOCAL_ID = re.compile(r"[a-z-]+/[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_PART = re.compile(r"00(.+?-\d{9})-")
# The objects of these stand inside the node that has them.
_NESTING = tuple(
    f"<{PREFIXES.get(prefix, ARMS)}{name}>"
    for prefix, name in (
        *(("arms", name) for name in ("item", "value", "stage", "deliveryMilestone")),
        ("prov", "wasDerivedFrom"),
        ("oa", "hasSelector"),
    )
)

# Subject -> predicate -> objects, all as N-Triples text.
_Nodes = dict[str, dict[str, list[str]]]


@lru_cache(maxsize=1)
def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads(_context_text())
    return context


def _context_text() -> str:
    """Return the published context as it is written there, a line a term."""
    text = resources.ontology_file("context.jsonld").read_text("utf-8")
    return text[text.index("{", text.index('"@context"')) : text.rindex("}")].rstrip()


def context_terms() -> dict[str, tuple[str, str | None, bool]]:
    """Return the properties of the published context: IRI -> name, type of values or None, whether always a list."""
    context = _context()
    found = {}
    for name, told in context.items():
        fields = told if isinstance(told, dict) else {"@id": told}
        iri = _expand(str(fields.get("@id", "")), context)
        if name.startswith("@") or iri.endswith(("#", "/")) or iri.startswith("@"):
            continue
        kind = fields.get("@type")
        found[iri] = (name, _expand(kind, context) if kind else None, fields.get("@container") == "@set")
    return found


def write_jsonld(lines: Iterable[str], file: IO[bytes], *, base: str, links_context: bool = False) -> None:
    """Write N-Quads lines as compact JSON-LD.

    A deal has its items, sums, stages and deliveries inside it; in the graph of a document, a claim or mention has its
    place in the text inside, at the first that is there. Nodes come in the reading order of our Turtle.

    Args:
        links_context: Name the published context by its address, not in full. Such a file is shorter, but a program
            must fetch the context, or have it, to read it; with the context in it, a file is read without a network.
    """
    named = json.dumps(CONTEXT_URL) if links_context else _context_text()
    writer = _Writer(base)
    file.write(f'{{\n"@context": [{named}, {json.dumps({"@base": base})}],\n"@graph": ['.encode())
    with LineSorter() as sorter:
        sorter.add(writer.keyed(lines))
        before = b"\n"
        for node in writer.nodes(sorter):
            file.write(before + _dump(node))
            before = b",\n"
    file.write(b"\n]\n}\n")


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def _expand(name: str, context: dict[str, Any]) -> str:
    prefix, colon, local = name.partition(":")
    namespace = context.get(prefix)
    return namespace + local if colon and isinstance(namespace, str) else name


class _Writer:
    def __init__(self, base: str) -> None:
        self._base = base
        self._layout = Layout(base)
        self._terms = context_terms()
        context = _context()
        prefixes = {v: k for k, v in context.items() if isinstance(v, str) and v.endswith(("#", "/")) and k[0] != "@"}
        self._prefixes = dict(sorted(prefixes.items(), key=lambda p: -len(p[0])))

    def keyed(self, lines: Iterable[str]) -> Iterator[str]:
        """Put the key of the reading order in front of each line."""
        last, key = "", ""
        for line in lines:
            subject, predicate, value, graph = split_line(line)
            if subject != last:
                last, key = subject, self._layout.subject_key(subject)
            yield _GAP.join((graph, key, subject, self._layout.predicate_key(predicate), predicate, value))

    def nodes(self, entries: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Yield the nodes of the default graph, then one object for each named graph."""
        rows = (entry.split(_GAP) for entry in entries)
        for graph, members in groupby(rows, key=lambda row: row[0]):
            if graph:
                # a document's graph is small enough to be held, so that claims can have their places inside
                yield {"id": self._id(graph), "@graph": list(self._nested(_gather(members)))}
                continue
            for _, block in groupby(members, key=_block_of):
                yield from self._nested(_gather(block))

    def _nested(self, nodes: _Nodes) -> Iterator[dict[str, Any]]:
        owners: dict[str, str] = {}
        for subject, facts in nodes.items():
            for predicate in _NESTING:
                for value in facts.get(predicate, ()):
                    if value in nodes and value != subject:
                        owners.setdefault(value, subject)
        done: set[str] = set()
        for subject in nodes:
            if subject not in owners:
                yield self._node(subject, nodes, owners, done)
        for subject in nodes:
            # nodes that lie inside each other in a circle have no outermost one
            if subject not in done:
                yield self._node(subject, nodes, owners, done)

    def _node(self, subject: str, nodes: _Nodes, owners: dict[str, str], done: set[str]) -> dict[str, Any]:
        done.add(subject)
        made: dict[str, Any] = {"id": self._id(subject)}
        for predicate, values in nodes[subject].items():
            if predicate == RDF_TYPE and not any(v[0] == '"' for v in values):
                types = sorted(values, key=lambda v: (not v.startswith(f"<{ARMS}"), v))
                made["type"] = [self._vocabulary(v[1:-1]) if v[0] == "<" else v for v in types]
                continue
            name, kind, is_list = self._terms.get(predicate[1:-1], (predicate[1:-1], None, False))
            told: list[Any] = []
            for value in values:
                if predicate in _NESTING and owners.get(value) == subject and value not in done:
                    told.append(self._node(value, nodes, owners, done))
                else:
                    told.append(self._value(value, kind))
            made[name] = told if is_list or len(told) > 1 else told[0]
        return made

    # -------------------------------------------------------------------------------------------- terms
    def _value(self, term: str, kind: str | None) -> Any:
        if term[0] != '"':
            if kind == "@vocab" and term[0] == "<":
                return self._vocabulary(term[1:-1])
            return self._id(term) if kind == "@id" else {"id": self._id(term)}
        end = term.rindex('"')
        text, tail = _unescape(term[1:end]), term[end + 1 :]
        if tail.startswith("@"):
            return {"@value": text, "@language": tail[1:]}
        datatype = tail[3:-1]
        if not datatype:
            return text if kind is None else {"@value": text}
        is_small = datatype == XSD + "integer" and _INTEGER.fullmatch(text) and abs(int(text)) < _SAFE_INTEGER
        if is_small and kind in {None, datatype} and text != "-0":
            return int(text)
        if kind == datatype:
            return text
        return {"@value": text, "@type": self._id(f"<{datatype}>")}

    def _id(self, term: str) -> str:
        """Return an IRI without angle brackets, or a blank node, as short as it is safe."""
        if term[0] != "<":
            return term
        iri = term[1:-1]
        local = iri.removeprefix(self._base)
        if iri.startswith(self._base) and _LOCAL_ID.fullmatch(local):
            return local
        return self._prefixed(iri)

    def _vocabulary(self, iri: str) -> str:
        if iri in self._terms:
            return self._terms[iri][0]
        local = iri.removeprefix(ARMS)
        if iri.startswith(ARMS) and _LOCAL_NAME.fullmatch(local) and local not in _context():
            return local
        return self._prefixed(iri)

    def _prefixed(self, iri: str) -> str:
        for namespace, prefix in self._prefixes.items():
            if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri[len(namespace) :]):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


def _block_of(row: list[str]) -> str:
    """Return what the nodes of one block share: a deal and its parts, or a place and its selectors, are one."""
    key, subject = row[1], row[2]
    part = _PART.match(key)
    if part:
        return f"deal {part[1]}"
    for tail in ("-position>", "-quote>"):
        if subject.endswith(tail):
            return subject.removesuffix(tail) + ">"
    return subject


def _gather(rows: Iterable[list[str]]) -> _Nodes:
    nodes: _Nodes = {}
    for _, _, subject, _, predicate, value in rows:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return nodes


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPED.get(m[3], m[3]), text)
