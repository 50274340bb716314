"""Which representation of a resource a client wants: pure functions over the Accept headers of a request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

__all__ = [
    "BOOLEAN_OFFERS",
    "DATASET_OFFERS",
    "GRAPH_OFFERS",
    "HTML_OFFER",
    "RDF_FORMATS",
    "SOLUTION_OFFERS",
    "Offer",
    "accepts_gzip",
    "choose",
    "find_offer",
    "negotiate",
    "parse_accept",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A representation that can be had.

    Attributes:
        media_type: What goes into Content-Type, without parameters.
        name: Short name, also the extension (`ttl`, `json`).
        aliases: Other media types and short names that mean the same; answered as `media_type`.
        charset: Whether Content-Type says charset=utf-8.
    """

    media_type: str
    name: str
    aliases: tuple[str, ...] = ()
    charset: bool = False

    @property
    def content_type(self) -> str:
        """Value of the Content-Type header."""
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


HTML_OFFER = Offer(media_type="text/html", name="html", aliases=("application/xhtml+xml",), charset=True)

# In the server's order of preference: what "*/*" and a missing header get comes first.
SOLUTION_OFFERS = (
    Offer(media_type="application/sparql-results+json", name="json", aliases=("application/json", "srj")),
    Offer(media_type="application/sparql-results+xml", name="xml", aliases=("application/xml", "text/xml", "srx")),
    Offer(media_type="text/csv", name="csv", charset=True),
    Offer(media_type="text/tab-separated-values", name="tsv", aliases=("text/tsv",), charset=True),
)
BOOLEAN_OFFERS = SOLUTION_OFFERS

GRAPH_OFFERS = (
    Offer(media_type="text/turtle", name="ttl", aliases=("application/x-turtle", "turtle"), charset=True),
    Offer(media_type="application/n-triples", name="nt", aliases=("text/plain", "ntriples", "n3"), charset=False),
    Offer(
        media_type="application/rdf+xml",
        name="rdf",
        aliases=("application/xml", "text/xml", "rdfxml", "xml", "rdf+xml"),
    ),
    Offer(media_type="application/ld+json", name="jsonld", aliases=("application/json", "json-ld", "json")),
    Offer(media_type="application/trig", name="trig", aliases=("application/x-trig",)),
    Offer(media_type="application/n-quads", name="nq", aliases=("nquads",)),
)
# What can hold more than one graph.
DATASET_OFFERS = tuple(offer for name in ("trig", "nq", "jsonld") for offer in GRAPH_OFFERS if offer.name == name)

RDF_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*")
_PARAMETER = re.compile(rf';\s*({_TOKEN})\s*=\s*({_TOKEN}|"(?:[^"\\]|\\.)*")\s*')
_PART = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_QUALITY = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")
# A longer header is cut: nobody has that many wishes, and matching is work.
_LONGEST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    kind: str
    subtype: str
    quality: float
    parameters: int = 0

    def match(self, media_type: str) -> int:
        """Return how exactly the range names a media type: 0 not, 1 for */*, 2 for type/*, 3 up for itself."""
        kind, _, subtype = media_type.partition("/")
        if self.kind == "*":
            return 1 if self.subtype == "*" else 0
        if self.kind != kind:
            return 0
        if self.subtype == "*":
            return 2
        return 3 + self.parameters if self.subtype == subtype else 0


def parse_accept(header: str) -> tuple[_Range, ...]:
    """Read an Accept header; parts that are not in order are left out, as RFC 9110 lets a server do.

    Parameters other than q (profile, charset) make a range more specific, and do not keep it from matching.
    """
    ranges = []
    for part in _PART.findall(header[:_LONGEST].lower()):
        found = _RANGE.match(part)
        if not found:
            continue
        quality, parameters = 1.0, 0
        for parameter in _PARAMETER.finditer(part, found.end()):
            if parameter.group(1) == "q":
                text = parameter.group(2)
                quality = float(text) if _QUALITY.fullmatch(text) else 0.0
                break
            parameters += 1
        ranges.append(_Range(kind=found.group(1), subtype=found.group(2), quality=quality, parameters=parameters))
    return tuple(ranges)


@lru_cache(maxsize=256)
def negotiate(accept: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """Choose the offer that a client likes best.

    Case does not matter; the most exact range decides about a type; q=0 excludes it. Among equals the order of
    `offers` decides, except that a type named by itself comes before one reached by a wildcard or an alias.

    Args:
        accept: The Accept header (several joined by commas); None or blank is "anything".
        offers: What can be had, the server's favourite first.

    Returns:
        The offer, or None where the client takes none of them (406).
    """
    if accept is None or not accept.strip():
        return offers[0] if offers else None
    ranges = parse_accept(accept)
    best: Offer | None = None
    best_rank = (0.0, 0)
    for offer in offers:
        rank = _rank(offer, ranges)
        if rank > best_rank:
            best, best_rank = offer, rank
    return best


def _rank(offer: Offer, ranges: Iterable[_Range]) -> tuple[float, int]:
    """Return quality and exactness of the range that decides about an offer; (0, 0) where it is not wanted."""
    own = _deciding(offer.media_type, ranges)
    if own is not None and own[1] >= 3:
        return (own[0], 2) if own[0] > 0 else (0.0, 0)
    best = (own[0], 0) if own is not None and own[0] > 0 else (0.0, 0)
    for alias in offer.aliases:
        if "/" in alias:
            found = _deciding(alias, ranges)
            # a wildcard says nothing about an alias that it does not say about the type
            if found is not None and found[1] >= 3 and found[0] > 0:
                best = max(best, (found[0], 1))
    return best


def _deciding(media_type: str, ranges: Iterable[_Range]) -> tuple[float, int] | None:
    decided: tuple[float, int] | None = None
    for candidate in ranges:
        exactness = candidate.match(media_type)
        if exactness and (decided is None or exactness > decided[1]):
            decided = (candidate.quality, exactness)
    return decided


def find_offer(wanted: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that a `format=` parameter or an extension names: a media type, a short name or an alias."""
    name = wanted.strip().lower().partition(";")[0].strip()
    for offer in offers:
        if name in (offer.name, offer.media_type):
            return offer
    for offer in offers:
        if name in offer.aliases:
            return offer
    return None


def choose(offers: tuple[Offer, ...], *, accept: str | None, format: str | None) -> Offer | None:
    """Choose by a `format=` parameter where there is one, else by the Accept header.

    Clients send a format along that fits another kind of query (a Turtle wish with a SELECT); then the header decides,
    if it names a type and not just anything.
    """
    if format is None:
        return negotiate(accept, offers)
    wanted = find_offer(format, offers)
    if wanted is not None:
        return wanted
    named = ",".join(part for part in _PART.findall((accept or "")[:_LONGEST]) if "*/*" not in part)
    return negotiate(named, offers) if named.strip() else None


def accepts_gzip(header: str | None) -> bool:
    """Say whether an Accept-Encoding header asks for gzip; "*" does, q=0 does not, no header does not."""
    if not header:
        return False
    wildcard = False
    for part in header[:_LONGEST].lower().split(","):
        coding, _, rest = part.partition(";")
        name = coding.strip()
        if name not in ("gzip", "x-gzip", "*"):
            continue
        key, _, value = rest.replace(" ", "").partition("=")
        wanted = key != "q" or (_QUALITY.fullmatch(value) is not None and float(value) > 0)
        if name != "*":
            return wanted
        wildcard = wanted
    return wildcard
