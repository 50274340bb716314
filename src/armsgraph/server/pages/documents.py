"""The page of a document: its text with every place of evidence marked, and what was read at each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from armsgraph.server.jobs import Site
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.facts import Value
from armsgraph.server.pages.marking import Piece, cut_text
from armsgraph.server.pages.titles import title_of
from armsgraph.server.pages.vocabulary import term_label
from armsgraph.server.pages.words import literal_words, shortened
from armsgraph.store import NodeReader, node_of
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["CHARS_A_PAGE", "DocumentView", "Mark", "PlaceView", "Reading"]

CHARS_A_PAGE = 30_000
_MOST_READINGS = 50_000
_AT = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_PLACE = """
  ?place oa:hasSource ?document ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
"""
_CLAIMS = f"""
SELECT ?document ?start ?end ?node ?subject ?predicate ?object ?rank WHERE {{ {_PLACE}
  ?node prov:wasDerivedFrom ?place ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL {{ ?node wikibase:rank ?rank }}
}} LIMIT {_MOST_READINGS + 1}"""
_MENTIONS = f"""
SELECT ?document ?start ?end ?node ?entity WHERE {{ {_PLACE}
  ?node prov:wasDerivedFrom ?place ; arms:refersTo ?entity .
}} LIMIT {_MOST_READINGS + 1}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read at a place: a claim in three parts, or the node that a mention refers to.

    Attributes:
        href: Page of the claim or mention.
        rank: `Preferred`, `Normal` or `Deprecated`; "" for mentions.
    """

    href: str
    subject: Value
    label: str = ""
    value: Value | None = None
    rank: str = ""

    @property
    def is_claim(self) -> bool:
        """Whether it is a claim and not a mention."""
        return self.value is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A place in the text with what was read there; `key` names it in addresses."""

    start: int
    end: int
    quote: str
    readings: tuple[Reading, ...]

    @property
    def key(self) -> str:
        """Start and end, as they stand in anchors."""
        return f"{self.start}-{self.end}"

    @property
    def has_claim(self) -> bool:
        """Whether a claim rests on it."""
        return any(r.is_claim for r in self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A piece of the text as it is shown.

    Attributes:
        target: Anchor of what was read there, None where nothing was.
        kind: Names of its style: `c1` to `c3` by the number of places with claims, `m` for names alone, `focus`.
    """

    piece: Piece
    target: str | None
    kind: str


class DocumentView:
    """Reads one document for its page.

    Args:
        at: A place as `start-end`, to be shown and set off; anything else is not minded.
        page: Part of a long text, from 1, if there is no `at`.
    """

    def __init__(self, store: ox.Store, site: Site, iri: str, *, at: str = "", page: int = 1) -> None:
        self._store = store
        self._nodes = NodeReader(store)
        self._addresses = Addresses(site=site)
        self._titles: dict[str, str] = {}
        self.iri = iri
        self.text = self._nodes.value(iri, ARMS + "storedText") or ""
        self.is_cut = False
        self.focus = self._focus(at)
        starts = _page_starts(self.text)
        self.pages = len(starts)
        if self.focus is not None:
            page = max(n for n, start in enumerate(starts, 1) if start <= self.focus[0])
        self.page = min(max(page, 1), self.pages)
        self.start = starts[self.page - 1]
        self.end = starts[self.page] if self.page < self.pages else len(self.text)
        spots = self._read()
        self.places = tuple(spots)
        self.marks = tuple(self._marks())

    def _marks(self) -> Iterator[Mark]:
        claimed = {(p.start, p.end) for p in self.places if p.has_claim}
        known = {(p.start, p.end) for p in self.places}
        spots = known | ({self.focus} if self.focus else set())
        for piece in cut_text(self.text, spots, start=self.start, end=self.end):
            # of the places that cover a piece the shortest is what was meant, and a claim tells more than a name
            claims = [s for s in piece.spans if s in claimed]
            target = next((s for s in (*claims, *piece.spans) if s in known), None)
            kind = f"c{min(len(claims), 3)}" if claims else "m" if target else ""
            yield Mark(
                piece=piece,
                target=f"e-{target[0]}-{target[1]}" if target else None,
                kind=f"{kind} focus".strip() if self.focus in piece.spans else kind,
            )

    def _focus(self, at: str) -> tuple[int, int] | None:
        found = _AT.fullmatch(at)
        if not found:
            return None
        start, end = int(found.group(1)), int(found.group(2))
        return (start, end) if start < end <= len(self.text) else None

    def _read(self) -> Iterator[PlaceView]:
        spots: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
        for query in (_CLAIMS, _MENTIONS):
            for row in self._ask(query):
                spot = _spot(row)
                if spot is None:
                    continue
                is_here = spot[0] < self.end and spot[1] > self.start if self.text else True
                if is_here and (not self.text or spot[1] <= len(self.text)):
                    spots.setdefault(spot, []).append(tuple(row))
        for spot in sorted(spots, key=lambda s: (s[0], -s[1])):
            readings = sorted(
                (self._reading(row) for row in spots[spot]), key=lambda r: (not r.is_claim, r.label, r.href)
            )
            quote = self.text[spot[0] : spot[1]] or self._quote(spots[spot][0][3])
            yield PlaceView(start=spot[0], end=spot[1], quote=quote, readings=tuple(readings))

    def _ask(self, query: str) -> Iterator[ox.QuerySolution]:
        node = node_of(self.iri)
        if node is None:
            return
        given: dict[ox.Variable, Any] = {ox.Variable("document"): node}
        found = self._store.query(query, use_default_graph_as_union=True, substitutions=given, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        for n, row in enumerate(found):
            if n == _MOST_READINGS:
                self.is_cut = True
                return
            yield row

    def _reading(self, row: tuple[Any, ...]) -> Reading:
        href = self._addresses.about(row[3].value)
        if len(row) == 5:
            return Reading(href=href, subject=self._node(row[4]))
        rank = row[7].value.rpartition("#")[2].removesuffix("Rank") if row[7] is not None else ""
        return Reading(
            href=href,
            subject=self._node(row[4]),
            label=term_label(row[5].value),
            value=self._node(row[6]),
            rank=rank,
        )

    def _node(self, term: Any) -> Value:
        if isinstance(term, ox.Literal):
            return Value(text=shortened(literal_words(term)))
        iri = str(term.value)
        if iri not in self._titles:
            self._titles[iri] = shortened(title_of(self._nodes, self._addresses.site, iri))
        is_external = iri.startswith(PREFIXES["wd"])
        href = iri if is_external else self._addresses.about(iri)
        return Value(text=self._titles[iri], iri=iri, href=href, is_external=is_external)

    def _quote(self, node: ox.NamedNode) -> str:
        """Return the words of a place in a document whose text is not stored."""
        place = self._nodes.value(node.value, PREFIXES["prov"] + "wasDerivedFrom") or ""
        for selector in self._nodes.values(place, PREFIXES["oa"] + "hasSelector"):
            exact = self._nodes.value(selector, PREFIXES["oa"] + "exact")
            if exact is not None:
                return exact
        return ""


def _spot(row: ox.QuerySolution) -> tuple[int, int] | None:
    found = _AT.fullmatch(f"{row['start'].value}-{row['end'].value}")
    if not found:
        return None
    start, end = int(found.group(1)), int(found.group(2))
    return (start, end) if start < end else None


def _page_starts(text: str) -> list[int]:
    """Return where the pages of a text start: at a line, if there is one in the last third of the page before."""
    starts = [0]
    while len(text) - starts[-1] > CHARS_A_PAGE * 4 // 3:
        high = starts[-1] + CHARS_A_PAGE
        line = text.rfind("\n", high - CHARS_A_PAGE // 3, high)
        starts.append(line + 1 if line > 0 else high)
    return starts
