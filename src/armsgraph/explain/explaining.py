"""Reads out of a graph why it holds what it holds of one node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from armsgraph.explain.facts import Citation, Conflict, ExplainedFact, Explanation, Rival
from armsgraph.explain.names import resolve_name
from armsgraph.explain.sentences import Sentence, sentence_around
from armsgraph.store import OpenGraph
from armsgraph.vocab import ARMS, DEFAULT_BASE, PREFIXES, REASON_SEPARATOR

__all__ = ["explain"]

_PARTS = ("item", "value", "stage", "deliveryMilestone")
_RANKS = ("Preferred", "Normal", "Deprecated")
_SHOWN_CLASSES = (ARMS, PREFIXES["skos"])


def explain(graph: OpenGraph, name: str, *, base: str = DEFAULT_BASE) -> Explanation:
    """Explain a node: every fact about it and its parts, and every fact that points to it, with what says so.

    A claim is explained by its own fact, a document by all that it claims.

    Args:
        name: As `resolve_name` takes it.

    Raises:
        InputError: There is no such node.
    """
    return _Reader(graph).explain(resolve_name(graph, name, base=base))


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


class _Reader:
    """Reads one graph; documents and their texts are kept while one explanation is made."""

    def __init__(self, graph: OpenGraph) -> None:
        self._store = graph.store
        self._texts: dict[str, str | None] = {}

    def explain(self, iri: str) -> Explanation:
        types = {t for t in self._values(iri, PREFIXES["rdf"] + "type") if t.startswith(_SHOWN_CLASSES)}
        classes = {t.rpartition("#")[2] for t in types}
        if "Claim" in classes:
            about = [iri]
        elif "Document" in classes:
            about = list(self._claims_of_document(iri))
        else:
            nodes = [iri, *self._parts(iri)]
            about = [c for node in nodes for c in self._subjects(PREFIXES["rdf"] + "subject", node)]
            about += self._subjects(PREFIXES["rdf"] + "object", iri)
        quotes = Counter(
            quote for m in self._subjects(ARMS + "refersTo", iri) for quote in self._values(m, ARMS + "quote")
        )
        facts = tuple(self._facts(iri, about))
        return Explanation(
            iri=iri,
            label=self._label(iri),
            types=tuple(sorted(classes)),
            facts=facts,
            quotes=tuple(sorted(quotes.items(), key=lambda q: (-q[1], q[0]))),
            conflicts=_conflicts(facts),
        )

    # -------------------------------------------------------------------------------------------- facts
    def _facts(self, iri: str, claims: Iterable[str]) -> Iterator[ExplainedFact]:
        groups: dict[tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal], list[Citation]] = {}
        for claim in dict.fromkeys(claims):
            subject = self._value(claim, PREFIXES["rdf"] + "subject")
            predicate = self._value(claim, PREFIXES["rdf"] + "predicate")
            value = self._term(claim, PREFIXES["rdf"] + "object")
            if subject is None or predicate is None or value is None:
                continue
            groups.setdefault((subject, predicate, value), []).append(self._citation(claim))
        parts = [iri, *self._parts(iri)]
        rank = {node: i for i, node in enumerate(parts)}

        def order(key: tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal]) -> tuple[object, ...]:
            first = min((c.document_name, c.start, c.end) for c in groups[key])
            return (rank.get(key[0], len(rank)), *first, key[0], key[1], str(key[2]))

        for key in sorted(groups, key=order):
            subject, predicate, value = key
            is_iri = isinstance(value, ox.NamedNode)
            triple = (ox.NamedNode(subject), ox.NamedNode(predicate), value)
            yield ExplainedFact(
                subject=subject,
                subject_label=self._label(subject),
                predicate=predicate,
                object=value.value,
                object_is_iri=is_iri,
                # a class is known by its name; the ontology may or may not be loaded
                object_label=self._label(value.value) if is_iri and not value.value.startswith(ARMS) else None,
                is_direct=next(iter(self._store.quads_for_pattern(*triple, None)), None) is not None,
                citations=tuple(sorted(groups[key], key=lambda c: (c.document_name, c.start, c.end, c.claim))),
            )

    def _citation(self, claim: str) -> Citation:
        place = self._value(claim, PREFIXES["prov"] + "wasDerivedFrom") or ""
        document = self._value(place, PREFIXES["oa"] + "hasSource") or ""
        start, end, sentence = self._place(place, document)
        rivals = []
        for rival in sorted(self._values(claim, ARMS + "conflictsWith")):
            told = self._term(rival, PREFIXES["rdf"] + "object")
            if told is None:
                continue
            written = self._value(rival, ARMS + "asWritten")
            label = self._label(told.value) if isinstance(told, ox.NamedNode) else None
            rivals.append(Rival(claim=rival, object=told.value, object_label=label, as_written=written))
        return Citation(
            claim=claim,
            document=document,
            document_name=self._value(document, PREFIXES["dcterms"] + "identifier") or document,
            url=self._value(document, PREFIXES["schema"] + "url"),
            start=start,
            end=end,
            sentence=sentence,
            as_written=self._value(claim, ARMS + "asWritten"),
            rule=self._value(claim, ARMS + "rule") or "",
            confidence=float(self._value(claim, ARMS + "confidence") or 0),
            rule_reasons=tuple(filter(None, (self._value(claim, ARMS + "ruleReason") or "").split(REASON_SEPARATOR))),
            modality=self._value(claim, ARMS + "modality") or "",
            speaker=self._value(claim, ARMS + "attributedTo"),
            rank=(self._value(claim, PREFIXES["wikibase"] + "rank") or "").rpartition("#")[2].removesuffix("Rank"),
            reason=self._value(claim, ARMS + "rankReason"),
            rivals=tuple(rivals),
        )

    def _place(self, place: str, document: str) -> tuple[int, int, Sentence]:
        start = end = 0
        before = quote = after = ""
        for selector in self._values(place, PREFIXES["oa"] + "hasSelector"):
            start = int(self._value(selector, PREFIXES["oa"] + "start") or start)
            end = int(self._value(selector, PREFIXES["oa"] + "end") or end)
            before = self._value(selector, PREFIXES["oa"] + "prefix") or before
            quote = self._value(selector, PREFIXES["oa"] + "exact") or quote
            after = self._value(selector, PREFIXES["oa"] + "suffix") or after
        text = self._text(document)
        if text is not None and end > start:
            return start, end, sentence_around(text, start, end)
        return start, end, Sentence(before=before and f"… {before}", quote=quote, after=after and f"{after} …")

    def _text(self, document: str) -> str | None:
        if document not in self._texts:
            self._texts[document] = self._value(document, ARMS + "storedText")
        return self._texts[document]

    # -------------------------------------------------------------------------------------------- the graph
    def _parts(self, iri: str) -> list[str]:
        return [part for name in _PARTS for part in sorted(self._values(iri, ARMS + name))]

    def _claims_of_document(self, iri: str) -> Iterator[str]:
        for place in self._subjects(PREFIXES["oa"] + "hasSource", iri):
            for claim in self._subjects(PREFIXES["prov"] + "wasDerivedFrom", place):
                if self._value(claim, PREFIXES["rdf"] + "predicate") is not None:
                    yield claim

    def _label(self, iri: str) -> str | None:
        """Return the name of a node; that of a sum is what it amounts to."""
        amount, currency = self._value(iri, ARMS + "amount"), self._value(iri, ARMS + "currency")
        if amount and currency:
            return f"{currency} {Decimal(amount):,f}"
        return self._value(iri, PREFIXES["rdfs"] + "label") or self._value(iri, PREFIXES["skos"] + "prefLabel")

    def _term(self, subject: str, predicate: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        if not subject:
            return None
        found = self._store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        terms = sorted((q.object for q in found if not isinstance(q.object, ox.Triple)), key=str)
        return terms[0] if terms else None

    def _value(self, subject: str, predicate: str) -> str | None:
        term = self._term(subject, predicate)
        return None if term is None else term.value

    def _values(self, subject: str, predicate: str) -> list[str]:
        if not subject:
            return []
        found = self._store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return sorted({q.object.value for q in found if not isinstance(q.object, ox.Triple)})

    def _subjects(self, predicate: str, value: str) -> list[str]:
        found = self._store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), None)
        return sorted({q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)})
