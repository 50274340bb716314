"""Reads out of a graph why it holds what it holds of one node."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from armsgraph.explain.facts import Citation, Conflict, ExplainedFact, Explanation, Rival
from armsgraph.explain.names import resolve_name
from armsgraph.explain.sentences import Sentence, sentence_around
from armsgraph.store import NodeReader, OpenGraph, node_of
from armsgraph.vocab import ARMS, DEFAULT_BASE, PREFIXES, REASON_SEPARATOR

__all__ = ["explain", "explain_node"]

_PARTS = ("item", "value", "stage", "deliveryMilestone")
_RANKS = ("Preferred", "Normal", "Deprecated")
_SHOWN_CLASSES = (ARMS, PREFIXES["skos"])
_CLAIMS = """
SELECT ?claim ?subject ?predicate ?object WHERE {
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
}"""
_CLAIMS_OF_DOCUMENT = """
SELECT ?document ?claim ?subject ?predicate ?object WHERE {
  ?place oa:hasSource ?document .
  ?claim prov:wasDerivedFrom ?place ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object
}"""
_QUOTES = "SELECT ?node ?quote WHERE { ?mention arms:refersTo ?node ; arms:quote ?quote }"

_Triple = tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal]


def explain(graph: OpenGraph, name: str, *, base: str = DEFAULT_BASE) -> Explanation:
    """Explain a node: every fact about it and its parts, and every fact that points to it, with what says so.

    A claim is explained by its own fact, a document by all that it claims.

    Args:
        name: As `resolve_name` takes it.

    Raises:
        InputError: There is no such node.
    """
    return explain_node(graph.store, resolve_name(graph, name, base=base))


def explain_node(
    store: ox.Store,
    iri: str,
    *,
    with_incoming: bool = True,
    most_claims: int | None = None,
    most_citations: int | None = None,
) -> Explanation:
    """Explain the node of an IRI as `explain` does; nothing is told of an IRI that the store does not know.

    Args:
        with_incoming: Also tell the facts that point to the node.
        most_claims: Look at no more than so many claims; `is_cut` then says that there are more.
        most_citations: Cite no more than so many claims for one fact; `citations_left_out` counts the others.
    """
    reader = _Reader(store, most_claims=most_claims, most_citations=most_citations)
    return reader.explain(iri, with_incoming=with_incoming)


def _conflicts(facts: Iterable[ExplainedFact]) -> tuple[Conflict, ...]:
    groups: dict[tuple[str, str], list[ExplainedFact]] = {}
    for fact in facts:
        groups.setdefault((fact.subject, fact.predicate), []).append(fact)

    def order(fact: ExplainedFact) -> tuple[bool, int]:
        return (not fact.is_direct, min(_RANKS.index(c.rank) if c.rank in _RANKS else 1 for c in fact.citations))

    return tuple(
        Conflict(subject=subject, predicate=predicate, facts=tuple(sorted(told, key=order)))
        for (subject, predicate), told in groups.items()
        if any(c.rivals for f in told for c in f.citations)
    )


def _whole(text: str | None, otherwise: int) -> int:
    """Read a whole number; a graph that passed no gate may hold anything."""
    return int(text) if text and re.fullmatch(r"\d{1,12}", text, re.ASCII) else otherwise


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


class _Reader:
    """Reads one graph; documents and their texts are kept while one explanation is made."""

    def __init__(self, store: ox.Store, *, most_claims: int | None, most_citations: int | None) -> None:
        self._store = store
        self._nodes = NodeReader(store)
        self._most_claims = most_claims
        self._most_citations = most_citations
        self._texts: dict[str, str | None] = {}

    def explain(self, iri: str, *, with_incoming: bool) -> Explanation:
        types = {t for t in self._nodes.types(iri) if t.startswith(_SHOWN_CLASSES)}
        classes = {t.rpartition("#")[2] for t in types}
        if "Claim" in classes:
            found = self._claims(claim=iri)
        elif "Document" in classes:
            found = self._claims(document=iri)
        else:
            about = [self._claims(subject=node) for node in (iri, *self._parts(iri))]
            found = chain(*about, self._claims(object=iri) if with_incoming else ())
        told: dict[_Triple, dict[str, None]] = {}
        seen = 0
        for claim, triple in islice(found, self._most_claims):
            seen += 1
            told.setdefault(triple, {})[claim] = None
        facts = tuple(self._facts(iri, told))
        return Explanation(
            iri=iri,
            label=self._nodes.label(iri),
            types=tuple(sorted(classes)),
            facts=facts,
            quotes=tuple(self._quotes(iri)),
            conflicts=_conflicts(facts),
            is_cut=seen == self._most_claims and next(found, None) is not None,
        )

    def _claims(self, **given: str) -> Iterator[tuple[str, _Triple]]:
        """Yield claims with what they say; one of `claim`, `subject`, `object` or `document` is given."""
        nodes = {ox.Variable(name): node_of(iri) for name, iri in given.items()}
        if None in nodes.values():
            return
        query = _CLAIMS_OF_DOCUMENT if "document" in given else _CLAIMS
        for row in self._ask(query, nodes):
            subject, predicate, value = row["subject"], row["predicate"], row["object"]
            if isinstance(predicate, ox.NamedNode) and isinstance(subject, ox.NamedNode):
                yield row["claim"].value, (subject.value, predicate.value, value)

    def _quotes(self, iri: str) -> list[tuple[str, int]]:
        node = node_of(iri)
        if node is None:
            return []
        counts: Counter[str] = Counter()
        for row in islice(self._ask(_QUOTES, {ox.Variable("node"): node}), self._most_claims):
            counts[row["quote"].value] += 1
        return sorted(counts.items(), key=lambda q: (-q[1], q[0]))

    def _ask(self, query: str, given: dict[ox.Variable, Any]) -> Iterator[ox.QuerySolution]:
        found = self._store.query(query, use_default_graph_as_union=True, substitutions=given, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        return iter(found)

    # -------------------------------------------------------------------------------------------- facts
    def _facts(self, iri: str, told: Mapping[_Triple, Iterable[str]]) -> Iterator[ExplainedFact]:
        groups: dict[_Triple, list[Citation]] = {}
        left_out: dict[_Triple, int] = {}
        for triple, claims in told.items():
            ordered = sorted(claims)
            groups[triple] = [self._citation(claim) for claim in ordered[: self._most_citations]]
            left_out[triple] = len(ordered) - len(groups[triple])
        parts = [iri, *self._parts(iri)]
        rank = {node: i for i, node in enumerate(parts)}

        def order(key: _Triple) -> tuple[object, ...]:
            first = min((c.document_name, c.start, c.end) for c in groups[key])
            return (rank.get(key[0], len(rank)), *first, key[0], key[1], str(key[2]))

        for key in sorted(groups, key=order):
            subject, predicate, value = key
            is_iri = isinstance(value, ox.NamedNode)
            yield ExplainedFact(
                subject=subject,
                subject_label=self._nodes.label(subject),
                predicate=predicate,
                object=value.value,
                object_is_iri=is_iri,
                # a class is known by its name; the ontology may or may not be loaded
                object_label=self._nodes.label(value.value) if is_iri and not value.value.startswith(ARMS) else None,
                is_direct=self._nodes.states(subject, predicate, value),
                citations=tuple(sorted(groups[key], key=lambda c: (c.document_name, c.start, c.end, c.claim))),
                citations_left_out=left_out[key],
            )

    def _citation(self, claim: str) -> Citation:
        place = self._nodes.value(claim, PREFIXES["prov"] + "wasDerivedFrom") or ""
        document = self._nodes.value(place, PREFIXES["oa"] + "hasSource") or ""
        start, end, sentence = self._place(place, document)
        rivals = []
        for rival in sorted(self._nodes.values(claim, ARMS + "conflictsWith")):
            told = self._nodes.term(rival, PREFIXES["rdf"] + "object")
            if told is None:
                continue
            written = self._nodes.value(rival, ARMS + "asWritten")
            label = self._nodes.label(told.value) if isinstance(told, ox.NamedNode) else None
            rivals.append(Rival(claim=rival, object=told.value, object_label=label, as_written=written))
        return Citation(
            claim=claim,
            document=document,
            document_name=self._nodes.value(document, PREFIXES["dcterms"] + "identifier") or document,
            url=self._nodes.value(document, PREFIXES["schema"] + "url"),
            start=start,
            end=end,
            sentence=sentence,
            as_written=self._nodes.value(claim, ARMS + "asWritten"),
            rule=self._nodes.value(claim, ARMS + "rule") or "",
            confidence=_number(self._nodes.value(claim, ARMS + "confidence")),
            rule_reasons=tuple(
                filter(None, (self._nodes.value(claim, ARMS + "ruleReason") or "").split(REASON_SEPARATOR))
            ),
            modality=self._nodes.value(claim, ARMS + "modality") or "",
            speaker=self._nodes.value(claim, ARMS + "attributedTo"),
            rank=(self._nodes.value(claim, PREFIXES["wikibase"] + "rank") or "")
            .rpartition("#")[2]
            .removesuffix("Rank"),
            reason=self._nodes.value(claim, ARMS + "rankReason"),
            rivals=tuple(rivals),
        )

    def _place(self, place: str, document: str) -> tuple[int, int, Sentence]:
        start = end = 0
        before = quote = after = ""
        for selector in self._nodes.values(place, PREFIXES["oa"] + "hasSelector"):
            start = _whole(self._nodes.value(selector, PREFIXES["oa"] + "start"), start)
            end = _whole(self._nodes.value(selector, PREFIXES["oa"] + "end"), end)
            before = self._nodes.value(selector, PREFIXES["oa"] + "prefix") or before
            quote = self._nodes.value(selector, PREFIXES["oa"] + "exact") or quote
            after = self._nodes.value(selector, PREFIXES["oa"] + "suffix") or after
        text = self._text(document)
        if text is not None and 0 <= start < end <= len(text):
            return start, end, sentence_around(text, start, end)
        return start, end, Sentence(before=before and f"… {before}", quote=quote, after=after and f"{after} …")

    def _text(self, document: str) -> str | None:
        if document not in self._texts:
            self._texts[document] = self._nodes.value(document, ARMS + "storedText")
        return self._texts[document]

    # -------------------------------------------------------------------------------------------- the graph
    def _parts(self, iri: str) -> list[str]:
        return [part for name in _PARTS for part in sorted(self._nodes.values(iri, ARMS + name))]
