"""Finds the node that a person means."""

from __future__ import annotations

import difflib
import re

import pyoxigraph as ox

from armsgraph.errors import InputError
from armsgraph.store import OpenGraph
from armsgraph.vocab import ID_KINDS, PREFIXES

__all__ = ["resolve_name", "shorten"]

_LABEL = f"<{PREFIXES['rdfs']}label>"
_NAMES = f"{_LABEL}|<{PREFIXES['skos']}prefLabel>|<{PREFIXES['skos']}altLabel>|<{PREFIXES['skos']}hiddenLabel>"
_SHOWN = 5


def resolve_name(graph: OpenGraph, name: str, *, base: str) -> str:
    """Return the IRI of a node of the graph.

    Args:
        name: The IRI, with or without angle brackets, a prefixed name as in the Turtle (`deal:...`), a local id
            (`deal/...`), or a name that only one node has.
        base: Base of the local ids.

    Raises:
        InputError: There is no such node, or several of that name; the hint gives the nearest.
    """
    wanted = name.strip()
    for iri in _readings(wanted, base):
        if _is_known(graph, iri):
            return iri
    named = _nodes_named(graph, wanted)
    if len(named) == 1:
        return named[0]
    if named:
        choices = ", ".join(shorten(iri, base) for iri in named[:_SHOWN])
        raise InputError(
            f"{len(named)} nodes are called {wanted!r}", where=str(graph.path), hint=f"name one: {choices}"
        )
    near = _nearest(graph, wanted, base)
    hint = f"did you mean {' or '.join(near)}?" if near else "list the deals with: SELECT ?d { ?d a arms:Deal }"
    raise InputError(f"nothing in the graph is called {wanted!r}", where=str(graph.path), hint=hint)


def shorten(iri: str, base: str) -> str:
    """Return the prefixed name of an IRI, or the IRI where no prefix fits."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    for prefix, namespace in PREFIXES.items():
        if iri[:cut] == namespace and iri[cut:]:
            return f"{prefix}:{iri[cut:]}"
    kind, _, local = iri.removeprefix(base).partition("/")
    return f"{ID_KINDS[kind]}:{local}" if iri.startswith(base) and local and kind in ID_KINDS else iri


def _readings(wanted: str, base: str) -> list[str]:
    bare = wanted.removeprefix("<").removesuffix(">")
    readings = [bare] if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", bare) else [base + bare]
    prefix, colon, local = bare.partition(":")
    if colon and not local.startswith("//"):
        kinds = {p: kind for kind, p in ID_KINDS.items()}
        if prefix in kinds:
            readings.append(f"{base}{kinds[prefix]}/{local}")
        if prefix in PREFIXES:
            readings.append(PREFIXES[prefix] + local)
    return readings


def _is_known(graph: OpenGraph, iri: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    patterns = ((node, None, None, None), (None, None, node, None))
    return any(next(iter(graph.store.quads_for_pattern(*p)), None) is not None for p in patterns)


def _nodes_named(graph: OpenGraph, name: str) -> list[str]:
    found = set()
    for predicate in _NAMES.split("|"):
        for value in (ox.Literal(name), ox.Literal(name, language="en")):
            for quad in graph.store.quads_for_pattern(None, ox.NamedNode(predicate[1:-1]), value, None):
                if isinstance(quad.subject, ox.NamedNode):
                    found.add(quad.subject.value)
    return sorted(found)


def _nearest(graph: OpenGraph, wanted: str, base: str) -> list[str]:
    choices: dict[str, str] = {}
    for quad in graph.store.quads_for_pattern(None, ox.NamedNode(_LABEL[1:-1]), None, None):
        if isinstance(quad.subject, ox.NamedNode):
            short = shorten(quad.subject.value, base)
            choices[short.lower()] = short
            choices.setdefault(str(getattr(quad.object, "value", "")).lower(), short)
    bare = wanted.removeprefix("<").removesuffix(">")
    key = shorten(bare, base) if ":" in bare else bare.replace("/", ":", 1)
    near: list[str] = []
    for query in (key.lower(), wanted.lower()):
        for match in difflib.get_close_matches(query, choices, n=_SHOWN, cutoff=0.6):
            if choices[match] not in near:
                near.append(choices[match])
    return near[:3]
