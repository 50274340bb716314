"""Links that were looked up, as claims of the graph: like those of a build, with their reason and their place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from armsgraph.curation.online import ONLINE_RULE, OnlineLink
from armsgraph.graph import mint
from armsgraph.graph.terms import RDF_TYPE, iri, literal, name_iri, typed
from armsgraph.model import LinkDecision, Rank
from armsgraph.vocab import DEFAULT_BASE, PREFIXES, REASON_SEPARATOR

__all__ = ["claim_lines"]

_MATCHES = {LinkDecision.SAME: "skos:exactMatch", LinkDecision.UNSURE: "skos:closeMatch"}


def claim_lines(links: Iterable[OnlineLink], *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """Yield N-Quads lines, unsorted: each link, and its claim in the graph of the document that names the entity."""
    for link in links:
        predicate = name_iri(_MATCHES[link.decision])
        subject, item = iri(link.entity.iri), iri(PREFIXES["wd"] + link.item.qid)
        key = "\x1f".join((link.place.document, link.entity.iri, predicate, link.item.qid, ONLINE_RULE))
        claim = iri(mint(f"claim/{hashlib.sha256(key.encode()).hexdigest()[:16]}", base))
        end = f" {iri(link.place.graph)} ." if link.place.graph else " ."
        yield f"{subject} {predicate} {item} ."
        for kind in ("Claim", "prov:Entity", "rdf:Statement"):
            yield f"{claim} {RDF_TYPE} {name_iri(kind)}{end}"
        reasons = REASON_SEPARATOR.join(f"{s.name} {s.weight:+.1f}" for s in link.signs if s.weight)
        facts = (
            ("rdf:subject", subject),
            ("rdf:predicate", predicate),
            ("rdf:object", item),
            ("wikibase:rank", name_iri(f"wikibase:{Rank.NORMAL.value}")),
            ("modality", literal("asserted")),
            ("rule", literal(ONLINE_RULE)),
            ("ruleReason", literal(reasons)),
            ("confidence", typed(f"{link.confidence:.4f}".rstrip("0"), "decimal")),
            ("rdfs:comment", literal(link.reason)),
            ("prov:wasDerivedFrom", iri(link.place.span)),
        )
        for name, value in facts:
            yield f"{claim} {name_iri(name)} {value}{end}"
