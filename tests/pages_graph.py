"""A small graph and a visitor for the tests of pages and reconciliation: jobs are called as the server calls them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

import pyoxigraph as ox
from starlette.routing import compile_path

from armsgraph.server.jobs import Site
from armsgraph.server.registry import page_jobs, page_routes

BASE = "https://w3id.org/armsgraph/id/"
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TEXT = "Freedonia ordered 1,200 rifles from Acme Arms, officials said. An aide spoke of 12,000 rifles. <b>x</b>"
HOSTILE = "<script>alert('1')</script> \"quoted\" & \u202eRTL\u202c \U0001f680 " + "long" * 300

PREFIXES = """
@prefix arms: <https://w3id.org/armsgraph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix status: <https://w3id.org/armsgraph/deal-status/> .
@base <https://w3id.org/armsgraph/id/> .
"""

GRAPH = """
<deal/d-1> a arms:Contract, arms:Deal ; rdfs:label "rifles for Freedonia from Acme Arms" ;
  arms:buyer <state/freedonia> ; arms:supplier <firm/acme-arms> ; arms:status status:signed ;
  arms:signedOn "2024-05-03"^^xsd:date ; arms:item <item/d-1-1> ; arms:stage <stage/d-1-1> ; arms:value <amount/d-1-1> ;
  arms:deliveryMilestone <milestone/d-1-1> ; arms:duration "P2Y8M"^^xsd:duration .
<item/d-1-1> a arms:LineItem ; arms:weapon <weapon/rifle> ; arms:quantity 1200 .
<stage/d-1-1> a arms:Stage ; arms:stageStatus status:signed ; arms:onDate "2024-05"^^xsd:gYearMonth .
<amount/d-1-1> a arms:MonetaryAmount ; arms:amount 1500000.0 ; arms:currency "USD" ; arms:amountQualifier "about" .
<milestone/d-1-1> a arms:DeliveryMilestone ; arms:quantity 200 ; arms:recipient <state/freedonia> .
<state/freedonia> a arms:State ; rdfs:label "Freedonia" ; skos:altLabel "Republic of Freedonia" ;
  skos:exactMatch wd:Q42 ; arms:stateCode "FD" .
<state/sylvania> a arms:State ; rdfs:label "Sylvania" .
<firm/acme-arms> a arms:Firm, arms:Organisation ; rdfs:label "Acme Arms" ; skos:altLabel "Acme" ;
  arms:locatedIn <state/sylvania> .
<weapon/rifle> a arms:Weapon ; rdfs:label "AR-1" .
<person/ada-lane> a arms:Minister, arms:Person ; rdfs:label "Ada Lane" .
<tenure/t-1> a arms:Tenure ; rdfs:label "Ada Lane, Defence Minister" ; arms:holder <person/ada-lane> ;
  arms:officeTitle "Defence Minister" ; arms:officeOf <state/freedonia> .
status:signed a skos:Concept ; skos:prefLabel "signed"@en .
"""


def claim(n: str, about: str, start: int, end: int, *, more: str = "", rank: str = "Normal") -> str:
    """Return a claim of the document `d` with its evidence."""
    return f"""
<claim/{n}> a arms:Claim, prov:Entity, rdf:Statement ; {about} ; wikibase:rank wikibase:{rank}Rank ;
  arms:modality "asserted" ; arms:rule "trigger.order" ; arms:confidence 0.85 ; {more}
  prov:wasDerivedFrom <span/d-{start}-{end}> .
{span(start, end)}"""


def mention(entity: str, start: int, end: int) -> str:
    """Return a mention of the document `d`."""
    return f"""
<mention/d-{start}-{end}> a arms:Mention ; arms:refersTo <{entity}> ; arms:quote {quoted(TEXT[start:end])} ;
  arms:rule "list.states" ; arms:confidence 0.9 ; prov:wasDerivedFrom <span/d-{start}-{end}> .
{span(start, end)}"""


def span(start: int, end: int) -> str:
    return f"""
<span/d-{start}-{end}> a oa:SpecificResource ; oa:hasSource <document/d> ;
  oa:hasSelector <span/d-{start}-{end}-position>, <span/d-{start}-{end}-quote> .
<span/d-{start}-{end}-position> a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .
<span/d-{start}-{end}-quote> a oa:TextQuoteSelector ; oa:exact {quoted(TEXT[start:end])} ;
  oa:prefix {quoted(TEXT[max(0, start - 5) : start])} ; oa:suffix {quoted(TEXT[end : end + 5])} .
"""


def quoted(text: str) -> str:
    return str(ox.Literal(text))


def place(quote: str) -> tuple[int, int]:
    start = TEXT.index(quote)
    return start, start + len(quote)


DOCUMENT = f"""
<document/d> a arms:Document, schema:NewsArticle ; rdfs:label "d" ; dcterms:identifier "d" ;
  schema:publisher "The Daily Quote" ; schema:datePublished "2024-05-04"^^xsd:date ;
  schema:url <https://news.example.org/a?b=1&c=2> ; arms:sha256 "{"0" * 64}" ; arms:storedText {quoted(TEXT)} .
""" + "".join((
    claim("c1", "rdf:subject <deal/d-1> ; rdf:predicate arms:buyer ; rdf:object <state/freedonia>",
          *place("Freedonia")),
    claim(
        "c2", "rdf:subject <item/d-1-1> ; rdf:predicate arms:quantity ; rdf:object 1200", *place("1,200"),
        rank="Preferred", more='arms:asWritten "1,200" ; arms:attributedTo "officials" ; '
        'arms:rankReason "said by officials" ; arms:conflictsWith <claim/c3> ; arms:ruleReason "near +1.2; far -0.3" ;',
    ),
    claim(
        "c3", "rdf:subject <item/d-1-1> ; rdf:predicate arms:quantity ; rdf:object 12000", *place("12,000"),
        rank="Deprecated", more='arms:asWritten "12,000" ; arms:rankReason "looks like mis-grouped digits" ; '
        "arms:conflictsWith <claim/c2> ;",
    ),
    claim("c4", "rdf:subject <deal/d-1> ; rdf:predicate arms:supplier ; rdf:object <firm/acme-arms>",
          *place("ordered 1,200 rifles from Acme Arms")),
    mention("state/freedonia", *place("Freedonia")),
    mention("firm/acme-arms", *place("Acme Arms")),
))  # fmt: skip


def make_store(*more: str) -> ox.Store:
    """Return a store with the sample graph and more Turtle."""
    store = ox.Store()
    store.bulk_load("".join((PREFIXES, GRAPH, DOCUMENT, *more)).encode(), format=ox.RdfFormat.TURTLE)
    return store


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a job answered."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def header(self, name: str) -> str:
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())


class Visitor:
    """Calls jobs by address, as the server does."""

    def __init__(self, store: ox.Store, **site: object) -> None:
        self.store = store
        self.site = Site(build="b1", **site)  # type: ignore[arg-type]

    def get(self, address: str, *, accept: str = HTML) -> Visit:
        parts = urlsplit(address)
        path = unquote(parts.path)
        given = reversed(parse_qsl(parts.query, keep_blank_values=True))
        fields: dict[str, str] = {f"?{name}": value for name, value in given}
        fields |= {"@accept": accept, "@method": "GET", "@path": path, "@url": f"http://graph.example.org{address}"}
        for route in page_routes():
            found = compile_path(route.pattern)[0].match(path)
            if found:
                return self.run(route.job, fields | found.groupdict() | dict(route.fields))
        return Visit(status=404, headers=(), body=b"")

    def post(self, path: str, **form: str) -> Visit:
        fields = {f"?{name}": value for name, value in form.items()}
        fields |= {"@accept": "*/*", "@method": "POST", "@path": path, "@url": f"http://graph.example.org{path}"}
        (route,) = (r for r in page_routes() if compile_path(r.pattern)[0].match(path))
        assert route.takes_form
        return self.run(route.job, fields)

    def run(self, job: str, fields: Mapping[str, str]) -> Visit:
        reply = page_jobs()[job](self.store, self.site, fields)
        body = reply.body if isinstance(reply.body, bytes) else b"".join(reply.body)
        assert all("\n" not in value and "\r" not in value and value.isascii() for _, value in reply.headers)
        return Visit(status=reply.status, headers=reply.headers, body=body)


class Outline(HTMLParser):
    """Reads a page strictly: elements nest, ids are there once, links within the page lead somewhere."""

    APART = frozenset({"caption", "dd", "div", "dt", "li", "p", "td", "th", "tr"})
    VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.stack == [], f"not closed: {self.stack}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute twice: {attrs}"
        if tag == "a":
            assert "a" not in self.stack, "a link in a link"
        self.tags.append((tag, given))
        if tag in self.APART or re.fullmatch("h[1-6]", tag):
            self.words.append(" ")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack[-1] == tag, f"</{tag}> closes <{self.stack[-1]}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def said(self) -> str:
        """The words of the page on one line."""
        return re.sub(r"\s+", " ", "".join(self.words))


def page(visitor: Visitor, address: str) -> Outline:
    """Return the page at an address, which must be there."""
    visit = visitor.get(address)
    assert visit.status == 200, visit.text
    assert visit.header("Content-Type") == "text/html; charset=utf-8"
    return Outline(visit.text)
