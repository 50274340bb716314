"""Descriptions for machines: redirects from things, negotiation, what a description holds, how it is cut."""

import re
from html import unescape
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armsgraph.server.pages.catalogue import KINDS
from armsgraph.server.pages.describing import CLAIMS_A_PART, describe_node
from armsgraph.server.pages.queries import MOST_ROWS, render_query_problem, render_results
from armsgraph.server.problems import Problem
from armsgraph.server.registry import page_jobs
from armsgraph.store import list_questions
from armsgraph.vocab import ARMS, PREFIXES
from pages_graph import BASE, HTML, Outline, Visit, Visitor, make_store

FORMATS = {
    "ttl": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "trig": ("application/trig", ox.RdfFormat.TRIG),
    "nq": ("application/n-quads", ox.RdfFormat.N_QUADS),
}


@pytest.fixture(scope="module")
def visitor() -> Visitor:
    return Visitor(make_store())


def read(visit: Visit, extension: str) -> set[tuple[str, str, str]]:
    quads = ox.parse(visit.body, format=FORMATS[extension][1])
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


# ------------------------------------------------------------------------------------------------ from the thing


@pytest.mark.parametrize(
    ("thing", "description"),
    [
        ("/id/deal/d-1", "/about/deal/d-1"),
        ("/id/document/d", "/about/document/d"),
        ("/deal-status/signed", "/about/deal-status/signed"),
        ("/deal-status/", "/about/deal-status"),
        ("/weapon-kind/assault-rifle", "/about/weapon-kind/assault-rifle"),
    ],
)
@pytest.mark.parametrize("accept", [HTML, "text/turtle", "image/png"])
def test_a_thing_leads_to_its_description(visitor: Visitor, thing: str, description: str, accept: str) -> None:
    visit = visitor.get(thing, accept=accept)
    assert visit.status == 303
    assert visit.header("Location") == description
    assert f'<{description}>; rel="describedby"' in visit.header("Link")
    assert visitor.get(description).status == 200


def test_with_a_base_path_the_redirect_stays_below_it() -> None:
    visitor = Visitor(make_store(), base_path="/graph")
    assert visitor.get("/id/deal/d-1").header("Location") == "/graph/about/deal/d-1"


def test_a_graph_with_another_base_is_served_under_the_same_addresses() -> None:
    base = "https://data.example.org/x#"
    store = ox.Store()
    turtle = (
        f'@prefix arms: <{ARMS}> . @prefix rdfs: <{PREFIXES["rdfs"]}> .\n<{base}deal/1> a arms:Deal ; rdfs:label "D" .'
    )
    store.bulk_load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    visitor = Visitor(store, base=base)
    assert visitor.get("/id/deal/1").header("Location") == "/about/deal/1"
    assert f"<{base}deal/1>" in visitor.get("/about/deal/1.nt").text


@pytest.mark.parametrize(
    "local", ["person/bjørn", "person/bj%C3%B8rn", "person/a'b(c)", "person/x.ttl", "weapon/a&b=c;d"]
)
def test_odd_iris_can_be_reached_and_their_links_lead_to_them(local: str) -> None:
    visitor = Visitor(make_store(f'<{local}> a arms:Person ; rdfs:label "Odd One" .'))
    visit = visitor.get("/search?q=odd")
    (href,) = re.findall(r'href="(/about/[^"]+)"', visit.text)
    shown = visitor.get(unescape(href))
    assert shown.status == 200
    assert "Odd One" in shown.text
    turtle = visitor.get(unescape(href) + ".nt", accept="*/*")
    assert f"<{BASE}{local}>" in turtle.text


@pytest.mark.parametrize(
    "iri", [BASE + "a//b", BASE + "a/../b", BASE + "a?b", "urn:isbn:1", "https://x.example.org/y#z"]
)
def test_an_iri_without_a_path_of_its_own_is_described_by_parameter(iri: str) -> None:
    visitor = Visitor(make_store(f'<{iri}> a arms:Person ; rdfs:label "Far Off" .'))
    (href,) = re.findall(r'href="(/about[^"]+)"', visitor.get("/search?q=far").text)
    assert href == "/about?iri=" + quote(iri, safe="")
    assert "Far Off" in visitor.get(href).text
    visit = visitor.get(href, accept="text/turtle")
    assert visit.header("Content-Location") == f"{href}&format=ttl"
    assert "Far Off" in visitor.get(f"{href}&format=ttl").text


# ------------------------------------------------------------------------------------------------ negotiation


@pytest.mark.parametrize("extension", FORMATS)
def test_every_form_is_given_by_header_and_by_extension(visitor: Visitor, extension: str) -> None:
    media_type, _ = FORMATS[extension]
    asked = visitor.get("/about/deal/d-1", accept=media_type.partition(";")[0])
    named = visitor.get(f"/about/deal/d-1.{extension}", accept=HTML)
    for visit in (asked, named):
        assert visit.status == 200
        assert visit.header("Content-Type") == media_type
        assert visit.header("Content-Location") == f"/about/deal/d-1.{extension}"
        triples = read(visit, extension)
        assert (f"<{BASE}deal/d-1>", f"<{ARMS}buyer>", f"<{BASE}state/freedonia>") in triples


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/html"), ("", "text/html"), (HTML, "text/html"),
        ("text/turtle;q=0.9, text/html;q=0.8", "text/turtle"),
        ("text/html;q=0.1, application/ld+json", "application/ld+json"), ("TEXT/TURTLE", "text/turtle"),
        ("application/rdf+xml, text/html;q=0", "application/rdf+xml"), ("text/plain", "application/n-triples"),
    ],
)  # fmt: skip
def test_the_accept_header_decides(visitor: Visitor, accept: str, media_type: str) -> None:
    assert visitor.get("/about/state/freedonia", accept=accept).header("Content-Type").partition(";")[0] == media_type


def test_what_nobody_can_give_is_406_with_the_choices(visitor: Visitor) -> None:
    visit = visitor.get("/about/state/freedonia", accept="image/png, text/html;q=0")
    assert visit.status == 406
    assert "/about/state/freedonia.ttl" in visit.text
    assert '</about/state/freedonia.ttl>; rel="alternate"; type="text/turtle"' in visit.header("Link")


def test_a_description_names_its_thing_and_its_other_forms(visitor: Visitor) -> None:
    visit = visitor.get("/about/state/freedonia")
    assert f'<{BASE}state/freedonia>; rel="describes"' in visit.header("Link")
    assert '</about/state/freedonia.jsonld>; rel="alternate"; type="application/ld+json"' in visit.header("Link")
    assert '<link rel="alternate" type="text/turtle" href="/about/state/freedonia.ttl">' in visit.text
    main = (
        "<http://graph.example.org/about/state/freedonia>",
        f"<{PREFIXES['schema']}mainEntity>",
        f"<{BASE}state/freedonia>",
    )
    assert main in read(visitor.get("/about/state/freedonia.ttl"), "ttl")


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "text/plain"])
def test_a_program_is_told_in_plain_text_what_is_not_there(visitor: Visitor, accept: str) -> None:
    visit = visitor.get("/id/state/fredonia", accept=accept)
    assert visit.status == 404
    assert visit.header("Content-Type") == "text/plain; charset=utf-8"
    assert f"Of a similar name: <{BASE}state/freedonia> Freedonia" in visit.text


def test_a_person_is_helped_on_where_nothing_is(visitor: Visitor) -> None:
    visit = visitor.get("/id/state/fredonia")
    assert visit.status == 404
    assert "/about/state/freedonia" in Outline(visit.text).links


# ------------------------------------------------------------------------------------------------ what it holds


def test_a_deal_comes_with_its_parts_and_its_claims_with_their_evidence(visitor: Visitor) -> None:
    triples = read(visitor.get("/about/deal/d-1.ttl"), "ttl")
    for subject, predicate in (
        ("deal/d-1", ARMS + "buyer"),
        ("item/d-1-1", ARMS + "quantity"),
        ("stage/d-1-1", ARMS + "stageStatus"),
        ("amount/d-1-1", ARMS + "amount"),
        ("milestone/d-1-1", ARMS + "recipient"),
        ("claim/c3", ARMS + "rankReason"),
        ("claim/c4", PREFIXES["prov"] + "wasDerivedFrom"),
        ("span/d-0-9", PREFIXES["oa"] + "hasSource"),
        ("span/d-0-9-position", PREFIXES["oa"] + "start"),
        ("span/d-0-9-quote", PREFIXES["oa"] + "exact"),
        ("state/freedonia", PREFIXES["rdfs"] + "label"),
    ):
        assert any(t[:2] == (f"<{BASE}{subject}>", f"<{predicate}>") for t in triples), (subject, predicate)


def test_an_entity_comes_with_what_points_to_it(visitor: Visitor) -> None:
    triples = read(visitor.get("/about/state/freedonia.ttl"), "ttl")
    assert (f"<{BASE}deal/d-1>", f"<{ARMS}buyer>", f"<{BASE}state/freedonia>") in triples
    assert (f"<{BASE}tenure/t-1>", f"<{ARMS}officeOf>", f"<{BASE}state/freedonia>") in triples


def test_a_document_comes_with_all_that_was_read_in_it(visitor: Visitor) -> None:
    subjects = {s for s, _, _ in read(visitor.get("/about/document/d.ttl"), "ttl")}
    assert {f"<{BASE}claim/c{n}>" for n in (1, 2, 3, 4)} <= subjects
    assert f"<{BASE}mention/d-0-9>" in subjects


def test_the_ontology_comes_whole_and_a_term_alone(visitor: Visitor) -> None:
    whole = visitor.get("/ontology", accept="text/turtle")
    assert whole.header("Content-Location") == "/ontology.ttl"
    assert (f"<{ARMS}Deal>", f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['owl']}Class>") in read(whole, "ttl")
    term = read(visitor.get("/about/ontology/Deal.nt"), "nt")
    assert {s for s, p, _ in term if p == f"<{PREFIXES['skos']}definition>"} == {f"<{ARMS}Deal>"}


def test_the_same_graph_gives_the_same_bytes() -> None:
    one, two = Visitor(make_store()), Visitor(make_store())
    for address in ("/about/deal/d-1.ttl", "/about/document/d.jsonld", "/about/deal/d-1", "/"):
        assert one.get(address).body == two.get(address).body


# ------------------------------------------------------------------------------------------------ bounds


def many_claims(number: int) -> str:
    return "".join(
        f"<claim/m{n}> a arms:Claim ; rdf:subject <state/sylvania> ; rdf:predicate arms:operates ; "
        f'rdf:object <weapon/rifle> ; arms:rule "r" ; arms:confidence 0.5 .\n'
        for n in range(number)
    )


def test_claims_beyond_a_part_follow_in_the_next_and_the_description_says_so() -> None:
    number = CLAIMS_A_PART * 2 + 5
    visitor = Visitor(make_store(many_claims(number)))
    seen: set[str] = set()
    address = "/about/state/sylvania.nt"
    for part in (1, 2, 3):
        visit = visitor.get(address)
        triples = read(visit, "nt")
        found = {s for s, _, _ in triples if "/claim/m" in s}
        assert found
        assert not found & seen
        seen |= found
        assert any(f'"part {part} of 3: the claims are told in parts"@en' in o for _, _, o in triples)
        following = re.search(r'<([^>]+)>; rel="next"', visit.header("Link"))
        assert (following is not None) == (part < 3)
        if following:
            address = following.group(1)
    assert len(seen) == number
    assert describe_node(visitor.store, BASE + "state/sylvania", part=4).quads == ()


def test_a_page_shows_some_citations_and_counts_the_others() -> None:
    visitor = Visitor(make_store(many_claims(500)))
    visit = visitor.get("/about/state/sylvania")
    assert "and 495 more claims of the same" in Outline(visit.text).said


# ------------------------------------------------------------------------------------------------ queries


def answer(visitor: Visitor, query: str) -> str:
    found = visitor.store.query(query, prefixes=PREFIXES)
    return b"".join(render_results(found, visitor.site, query)).decode()


def test_an_answer_is_a_table_with_links(visitor: Visitor) -> None:
    html = answer(visitor, "SELECT ?d ?n ?x { ?d arms:quantity ?n . OPTIONAL { ?d arms:nothing ?x } } ORDER BY ?n")
    outline = Outline(html)
    assert [a for t, a in outline.tags if t == "th"] == [{"scope": "col"}] * 3
    assert "/about/item/d-1-1" in outline.links
    assert "1,200" in outline.said
    assert "2 rows, all of them." in outline.said


def test_a_long_answer_is_cut_and_says_so(visitor: Visitor) -> None:
    query = "SELECT ?a ?b ?c { ?a ?b ?c . ?d ?e ?f }"
    said = Outline(answer(visitor, query)).said
    assert f"The first {MOST_ROWS:,} rows. There are more: the downloads below have all." in said


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("ASK { ?s a arms:Deal }", "Yes."),
        ("ASK { ?s a arms:Nothing }", "No."),
        ("CONSTRUCT { ?s a arms:Deal } WHERE { ?s a arms:Deal }", "deal:d-1 rdf:type arms:Deal"),
        ("SELECT ?s { ?s a arms:Nothing }", "0 rows, all of them."),
    ],
)
def test_other_kinds_of_answers_are_shown(visitor: Visitor, query: str, told: str) -> None:
    assert told in Outline(answer(visitor, query)).said


def test_the_query_comes_back_in_the_form_whatever_it_holds(visitor: Visitor) -> None:
    query = "\n\nSELECT (\"</textarea><script>alert('1')</script>\" AS ?x) {}"
    html = answer(visitor, query)
    outline = Outline(html)
    assert not [tag for tag, _ in outline.tags if tag == "script"]
    # a browser drops one line end behind the tag
    assert query in "".join(outline.words)


def test_what_is_wrong_with_a_query_stands_above_the_form(visitor: Visitor) -> None:
    problem = Problem(status=400, title='expected <b>"x"</b>', hint="mend it", line=2, column=7)
    outline = Outline(render_query_problem(problem, visitor.site, "SELECT\n</textarea>"))
    assert 'Line 2, column 7: expected <b>"x"</b> mend it' in outline.said
    assert {"class": "problem", "role": "alert"} in [a for t, a in outline.tags if t == "div"]
    assert "SELECT\n</textarea>" in "".join(outline.words)


@pytest.mark.parametrize("question", list_questions(), ids=lambda q: q.name)
def test_every_shipped_question_can_be_taken_into_the_form(visitor: Visitor, question: object) -> None:
    visit = visitor.run("query-form", {"?example": question.name})  # type: ignore[attr-defined]
    assert question.text.strip() in "".join(Outline(visit.text).words)  # type: ignore[attr-defined]


@pytest.mark.parametrize("example", ["", "nonsense", "../../etc/passwd"])
def test_without_a_question_the_form_starts_with_a_query_that_runs(visitor: Visitor, example: str) -> None:
    visit = visitor.run("query-form", {"?example": example})
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", visit.text, re.DOTALL)
    assert found
    text = found.group(1).replace("&lt;", "<").replace("&gt;", ">")
    assert len(list(visitor.store.query(text))) == 1


# ------------------------------------------------------------------------------------------------ anything at all

ODD = st.text(st.characters(codec="utf-8"), max_size=40)
PLAIN = st.text("abc/.-_%?#&=+ 0129", max_size=20)
KNOWN = st.sampled_from(
    (
        "deal/d-1", "document/d", "claim/c2", "state/freedonia", "ontology/Deal", "weapon-kind", BASE + "deal/d-1",
        "0-9", "2", "ttl",
    )
)  # fmt: skip
NAMES = (
    "local", "ending", "?iri", "?format", "?page", "?at", "?q", "?in", "?by", "?sort", "?example", "?id", "?prefix",
    "?cursor", "?type", "?limit", "?queries", "?query", "?extend", "@accept",
)  # fmt: skip
FIELDS = st.dictionaries(st.sampled_from(NAMES), KNOWN | PLAIN | ODD, max_size=6)


@pytest.mark.parametrize("job", sorted(page_jobs()))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=FIELDS, section=st.sampled_from(sorted(KINDS)), what=st.sampled_from(["entity", "property", "type"]) | PLAIN
)
def test_no_request_makes_a_job_fail(
    visitor: Visitor, job: str, fields: dict[str, str], section: str, what: str
) -> None:
    request = {"space": "id", "section": section, "what": what, "@accept": HTML, "@method": "GET", "@path": "/"}
    visit = visitor.run(job, request | {"@url": "http://graph.example.org/"} | fields)
    assert visit.status in (200, 303, 400, 404, 406)
    if visit.header("Content-Type").startswith("text/html"):
        Outline(visit.text)
