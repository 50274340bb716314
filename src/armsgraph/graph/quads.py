"""One document as N-Quads lines.

The document itself, its mentions, claims and spans stand in the named graph of the document; the facts held true and
the nodes with their types and names in the default graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from armsgraph.errors import InternalError
from armsgraph.graph.terms import RDF_TYPE, iri, literal, mint, name_iri, typed, web_iri
from armsgraph.model import Claim, Concept, Document, Evidence, Literal, Mention, Node, Object, Ref, Span
from armsgraph.version import __version__
from armsgraph.vocab import REASON_SEPARATOR

__all__ = ["CONTEXT_CHARS", "SOFTWARE", "document_iri", "document_lines"]

CONTEXT_CHARS = 32
SOFTWARE = "https://w3id.org/armsgraph/software/armsgraph"


@lru_cache(maxsize=512)
def _name(name: str) -> str:
    return name_iri(name)


def document_iri(document: Document, base: str) -> str:
    """Return the IRI of a document, which is that of its named graph too."""
    return mint(f"document/{document.key}", base)


def document_lines(
    document: Document,
    nodes: Iterable[Node],
    claims: Sequence[Claim],
    mentions: Iterable[Mention],
    *,
    base: str,
    store_text: bool = True,
) -> Iterator[str]:
    """Yield the quads of one document as N-Quads lines without line end, unsorted, possibly twice.

    Args:
        base: Put in front of local ids.
        store_text: Whether the text itself goes into the graph, or its hash alone. Quotations stay either way.

    Raises:
        InternalError: A span lies outside the text, or an id cannot be part of an IRI.
    """
    writer = _DocumentWriter(document, base)
    yield from writer.describe(store_text)
    for node in nodes:
        yield from writer.node(node)
    spans: dict[Span, str] = {}
    for claim in claims:
        yield from writer.claim(claim, spans)
    for mention in mentions:
        if mention.entity_id is not None:
            yield from writer.mention(mention, spans)
    for span in spans:
        yield from writer.span(span)


class _DocumentWriter:
    """Writes the parts of one document. Lines end with the named graph or, for what is held true, without one."""

    def __init__(self, document: Document, base: str) -> None:
        self._document = document
        self._base = base
        self._iri = document_iri(document, base)
        self._end = f" <{self._iri}> ."
        self._length = len(document.text)

    def describe(self, store_text: bool) -> Iterator[str]:
        """Yield the document node and the run of the software that read it."""
        document = self._document
        facts: list[tuple[str, str | None]] = [
            ("rdf:type", _name("Document")),
            ("rdf:type", _name("prov:Entity")),
            ("rdf:type", _name("schema:NewsArticle")),
            ("dcterms:identifier", literal(document.id)),
            ("sha256", literal(document.sha256)),
            ("sourceEncoding", literal(document.encoding)),
            ("dcterms:format", literal(document.media_type)),
            ("schema:inLanguage", literal(document.language)),
        ]
        if document.title:
            facts.append(("schema:headline", literal(document.title)))
            facts.append(("rdfs:label", literal(document.title)))
        else:
            facts.append(("rdfs:label", literal(document.id)))
        if document.url:
            facts.append(("schema:url", web_iri(document.url) or literal(document.url)))
        if document.publisher:
            facts.append(("schema:publisher", literal(document.publisher)))
        if document.published:
            kind = {"year": "gYear", "month": "gYearMonth", "day": "date"}[document.published.precision]
            facts.append(("schema:datePublished", typed(document.published.value, kind)))
        if store_text:
            facts.append(("storedText", literal(document.text)))
        for predicate, value in facts:
            yield f"<{self._iri}> {_name(predicate)} {value}{self._end}"
        run = f"<{mint(f'extraction/{document.key}', self._base)}>"
        software = f"<{SOFTWARE}-{__version__}>"
        yield f"{run} {RDF_TYPE} {_name('prov:Activity')}{self._end}"
        yield f"{run} {_name('prov:used')} <{self._iri}>{self._end}"
        yield f"{run} {_name('prov:wasAssociatedWith')} {software}{self._end}"
        yield f"{software} {RDF_TYPE} {_name('prov:SoftwareAgent')} ."
        yield f"{software} {_name('rdfs:label')} {literal(f'armsgraph {__version__}')} ."

    def node(self, node: Node) -> Iterator[str]:
        subject = f"<{mint(node.id, self._base)}>"
        is_concept = "skos:Concept" in node.types
        for kind in node.types:
            yield f"{subject} {RDF_TYPE} {_name(kind)} ."
        if node.label and is_concept:
            # with the language tag of the ontology, so that the two are one triple when both are loaded
            yield f"{subject} {_name('skos:prefLabel')} {literal(node.label)}@en ."
        elif node.label:
            yield f"{subject} {_name('rdfs:label')} {literal(node.label)} ."
        for name in node.alt_labels:
            yield f"{subject} {_name('skos:altLabel')} {literal(name)} ."
        for name in node.hidden_labels:
            yield f"{subject} {_name('skos:hiddenLabel')} {literal(name)} ."

    def claim(self, claim: Claim, spans: dict[Span, str]) -> Iterator[str]:
        said = claim.assertion
        subject = f"<{mint(said.subject, self._base)}>"
        predicate = _name(said.predicate)
        value = self._object(said.object)
        if claim.is_best:
            yield f"{subject} {predicate} {value} ."
        start, end = f"<{mint(claim.id, self._base)}> ", self._end
        for kind in ("Claim", "prov:Entity", "rdf:Statement"):
            yield f"{start}{RDF_TYPE} {_name(kind)}{end}"
        yield f"{start}{_name('rdf:subject')} {subject}{end}"
        yield f"{start}{_name('rdf:predicate')} {predicate}{end}"
        yield f"{start}{_name('rdf:object')} {value}{end}"
        yield f"{start}{_name('wikibase:rank')} {_name(f'wikibase:{claim.rank.value}')}{end}"
        if claim.rank_reason:
            yield f"{start}{_name('rankReason')} {literal(claim.rank_reason)}{end}"
        if said.as_written:
            yield f"{start}{_name('asWritten')} {literal(said.as_written)}{end}"
        for rival in claim.conflicts_with:
            yield f"{start}{_name('conflictsWith')} <{mint(rival, self._base)}>{end}"
        for name, qualifier in said.qualifiers:
            yield f"{start}{_name(name)} {self._object(qualifier)}{end}"
        yield from self._evidence(start, said.evidence, spans)

    def mention(self, mention: Mention, spans: dict[Span, str]) -> Iterator[str]:
        assert mention.entity_id is not None
        self._check(mention.span)
        local = f"mention/{self._document.key}-{mention.span.start}-{mention.span.end}"
        start, end = f"<{mint(local, self._base)}> ", self._end
        yield f"{start}{RDF_TYPE} {_name('Mention')}{end}"
        yield f"{start}{RDF_TYPE} {_name('prov:Entity')}{end}"
        yield f"{start}{_name('refersTo')} <{mint(mention.entity_id, self._base)}>{end}"
        yield f"{start}{_name('quote')} {literal(self._document.quote(mention.span))}{end}"
        yield from self._read_by(start, mention.rule, mention.confidence, mention.span, spans)

    def span(self, span: Span) -> Iterator[str]:
        """Yield the place in the text, with both selectors of Web Annotation."""
        text, end = self._document.text, self._end
        place = self._place(span)
        bare = place[1:-1]
        position, quotation = f"<{bare}-position>", f"<{bare}-quote>"
        yield f"{place} {RDF_TYPE} {_name('oa:SpecificResource')}{end}"
        yield f"{place} {_name('oa:hasSource')} <{self._iri}>{end}"
        yield f"{place} {_name('oa:hasSelector')} {position}{end}"
        yield f"{place} {_name('oa:hasSelector')} {quotation}{end}"
        yield f"{position} {RDF_TYPE} {_name('oa:TextPositionSelector')}{end}"
        yield f"{position} {_name('oa:start')} {typed(str(span.start), 'integer')}{end}"
        yield f"{position} {_name('oa:end')} {typed(str(span.end), 'integer')}{end}"
        yield f"{quotation} {RDF_TYPE} {_name('oa:TextQuoteSelector')}{end}"
        yield f"{quotation} {_name('oa:exact')} {literal(text[span.start : span.end])}{end}"
        if before := text[max(0, span.start - CONTEXT_CHARS) : span.start]:
            yield f"{quotation} {_name('oa:prefix')} {literal(before)}{end}"
        if after := text[span.end : span.end + CONTEXT_CHARS]:
            yield f"{quotation} {_name('oa:suffix')} {literal(after)}{end}"

    def _evidence(self, start: str, evidence: Evidence, spans: dict[Span, str]) -> Iterator[str]:
        self._check(evidence.span)
        yield f"{start}{_name('modality')} {literal(evidence.modality.value)}{self._end}"
        if evidence.speaker:
            yield f"{start}{_name('attributedTo')} {literal(evidence.speaker)}{self._end}"
        if evidence.speaker_id:
            yield f"{start}{_name('attributedToEntity')} <{mint(evidence.speaker_id, self._base)}>{self._end}"
        if evidence.reasons:
            yield f"{start}{_name('ruleReason')} {literal(REASON_SEPARATOR.join(evidence.reasons))}{self._end}"
        yield from self._read_by(start, evidence.rule, evidence.confidence, evidence.span, spans)

    def _read_by(self, start: str, rule: str, confidence: float, span: Span, spans: dict[Span, str]) -> Iterator[str]:
        place = spans.get(span) or spans.setdefault(span, self._place(span))
        yield f"{start}{_name('rule')} {literal(rule)}{self._end}"
        yield f"{start}{_name('confidence')} {typed(_confidence_text(confidence), 'decimal')}{self._end}"
        yield f"{start}{_name('prov:wasDerivedFrom')} {place}{self._end}"

    def _place(self, span: Span) -> str:
        return f"<{mint(f'span/{self._document.key}-{span.start}-{span.end}', self._base)}>"

    def _object(self, value: Object) -> str:
        match value:
            case Ref():
                return f"<{mint(value.id, self._base)}>"
            case Concept():
                return iri(value.iri)
            case Literal():
                return typed(value.value, value.datatype.value)

    def _check(self, span: Span) -> None:
        if span.end > self._length:
            raise InternalError(
                "a span lies behind the end of the text",
                where=f"{self._document.location} {span.start}-{span.end}",
                hint="please report it",
            )


def _confidence_text(confidence: float) -> str:
    """Return a canonical xsd:decimal with at most four places: stores drop trailing zeros, so none are written."""
    text = f"{confidence:.4f}".rstrip("0").rstrip(".")
    return text or "0"
