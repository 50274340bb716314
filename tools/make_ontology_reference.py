"""Writes `docs/ontology.md` from `ontology/*.ttl`, with `tools/ontology_intro.md` in front.

Usage: `python tools/make_ontology_reference.py [--check]`; with `--check` nothing is written, and exit code 1 says that
the page is not current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from armsgraph.vocab import ARMS, DEAL_STATUS_SCHEME, WEAPON_KIND_SCHEME

__all__ = ["TARGET", "main", "render"]

_ROOT = Path(__file__).resolve().parent.parent
_INTRO = Path(__file__).resolve().parent / "ontology_intro.md"
TARGET = _ROOT / "docs" / "ontology.md"

_SCHEMA = Namespace("https://schema.org/")
_SECTIONS = (
    (OWL.Class, "Classes"),
    (OWL.ObjectProperty, "Object properties"),
    (OWL.DatatypeProperty, "Datatype properties"),
)
_ROWS = (
    ("Below", RDFS.subClassOf),
    ("Below", RDFS.subPropertyOf),
    ("Domain", RDFS.domain),
    ("Domains", _SCHEMA.domainIncludes),
    ("Range", RDFS.range),
    ("Values", _SCHEMA.rangeIncludes),
    ("Close to", SKOS.closeMatch),
    ("Related to", SKOS.relatedMatch),
    ("Source", DCTERMS.source),
)


def render(graph: Graph, intro: str) -> str:
    """Return the page as Markdown: the introduction, then terms by kind and name, then the two schemes.

    Args:
        graph: The ontology and its schemes in one graph, with the prefixes that the page is to use.
        intro: Markdown that stands in front.
    """
    lines = [intro.rstrip(), ""]
    for kind, title in _SECTIONS:
        terms = sorted(str(term) for term in graph.subjects(RDF.type, kind) if str(term).startswith(ARMS))
        lines += [f"## {title}", "", f"{len(terms)} terms.", ""]
        for term in terms:
            lines += _term(graph, URIRef(term))
    lines += _disjointness(graph)
    lines += _statuses(graph)
    lines += _weapon_kinds(graph)
    return "\n".join(lines).rstrip() + "\n"


def _term(graph: Graph, term: URIRef) -> Iterator[str]:
    name = str(term).removeprefix(ARMS)
    yield f"### arms:{name}"
    yield ""
    yield f"*{_one(graph, term, RDFS.label)}*. {_one(graph, term, SKOS.definition)}"
    yield ""
    notes = [str(note) for note in sorted(graph.objects(term, SKOS.scopeNote), key=str)]
    if notes:
        yield from (f"{note}\n" for note in notes)
    rows = [(title, _names(graph, graph.objects(term, predicate))) for title, predicate in _ROWS]
    traits = sorted(
        str(type_).removeprefix(str(OWL)).removesuffix("Property").lower()
        for type_ in graph.objects(term, RDF.type)
        if type_ not in {kind for kind, _ in _SECTIONS}
    )
    rows.insert(6, ("Is", ", ".join(traits)))
    yield from (f"- {title}: {text}" for title, text in rows if text)
    examples = sorted(str(example) for example in graph.objects(term, SKOS.example))
    yield from (f"- Example: {example}" for example in examples)
    yield ""


def _disjointness(graph: Graph) -> Iterator[str]:
    yield "## What cannot be two things at once"
    yield ""
    groups = []
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = graph.value(axiom, OWL.members)
        if members is not None:
            groups.append(_names(graph, Collection(graph, members)))
    yield from (f"- No two of {group}." for group in sorted(groups))
    yield ""


def _statuses(graph: Graph) -> Iterator[str]:
    yield "## Statuses of deals"
    yield ""
    yield f"Concepts of `{DEAL_STATUS_SCHEME}`, prefix `status:`; the words below are their `skos:prefLabel`."
    yield ""
    yield "| Status | Meaning | Note | Code of the Open Contracting Data Standard |"
    yield "| --- | --- | --- | --- |"
    order: list[Node] = []
    for collection in graph.subjects(RDF.type, SKOS.OrderedCollection):
        members = graph.value(collection, SKOS.memberList)
        if members is not None:
            order = list(Collection(graph, members))
    concepts = sorted(graph.subjects(SKOS.inScheme, URIRef(DEAL_STATUS_SCHEME)), key=str)
    for concept in [*order, *(concept for concept in concepts if concept not in order)]:
        codes = []
        for match, word in ((SKOS.closeMatch, ""), (SKOS.broadMatch, "part of "), (SKOS.relatedMatch, "akin to ")):
            codes += [
                f"{word}{_one(graph, code, SKOS.prefLabel)}" for code in sorted(graph.objects(concept, match), key=str)
            ]
        cells = [_one(graph, concept, predicate) for predicate in (SKOS.prefLabel, SKOS.definition, SKOS.scopeNote)]
        yield f"| {' | '.join([*cells, ', '.join(codes)])} |"
    yield ""
    yield "The order is the usual one (`status:progression`); delayed and cancelled may follow any step."
    yield ""


def _weapon_kinds(graph: Graph) -> Iterator[str]:
    scheme = URIRef(WEAPON_KIND_SCHEME)
    yield "## Kinds of weapons"
    yield ""
    yield f"Concepts of `{WEAPON_KIND_SCHEME}`, prefix `kind:`; in brackets checked Wikidata items."
    yield ""
    tops = [(0, top) for top in sorted(graph.objects(scheme, SKOS.hasTopConcept), key=str, reverse=True)]
    while tops:
        depth, concept = tops.pop()
        match = graph.value(concept, SKOS.exactMatch)
        item = f" ([{str(match).rsplit('/', 1)[1]}]({match}))" if match else ""
        yield f"{'  ' * depth}- {_one(graph, concept, SKOS.prefLabel)}{item}"
        tops += [(depth + 1, lower) for lower in sorted(graph.subjects(SKOS.broader, concept), key=str, reverse=True)]
    yield ""


def _one(graph: Graph, subject: Node, predicate: URIRef) -> str:
    value = graph.value(subject, predicate)
    return str(value) if isinstance(value, Literal) else ""


def _names(graph: Graph, nodes: Iterable[Node]) -> str:
    names = []
    for node in nodes:
        text = str(node)
        if text.startswith(ARMS):
            name = text.removeprefix(ARMS)
            names.append(f"[arms:{name}](#arms{name.lower()})")
        else:
            prefix, namespace, local = (
                graph.compute_qname(text, generate=False) if _has_prefix(graph, text) else ("",) * 3
            )
            names.append(f"[{prefix}:{local}]({text})" if namespace else f"<{text}>")
    return ", ".join(sorted(names))


def _has_prefix(graph: Graph, iri: str) -> bool:
    return any(iri.startswith(str(namespace)) and len(iri) > len(namespace) for _, namespace in graph.namespaces())


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it; return the exit code."""
    graph = Graph(bind_namespaces="none")
    for path in sorted((_ROOT / "ontology").glob("*.ttl")):
        graph.parse(path, format="turtle")
    text = render(graph, _INTRO.read_text("utf-8"))
    if "--check" in arguments:
        return 0 if TARGET.is_file() and TARGET.read_text("utf-8") == text else 1
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
