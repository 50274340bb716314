"""The guard before the parser: what is counted, what is refused and with which words, and that it takes linear time."""

from __future__ import annotations

import time

import pytest

from armsgraph import resources
from armsgraph.server.guarding import guard
from armsgraph.server.jobs import Limits
from armsgraph.server.scanning import Target, scan
from armsgraph.server.shapes import LongShapes, shape_of
from armsgraph.server.wire import QueryTask

LIMITS = Limits()

# Each of these takes a process down or keeps it for seconds when the engine gets it.
KILLERS = {
    "braces": "ASK " + "{" * 5000 + "}" * 5000,
    "brackets": "SELECT * { ?s ?p " + "[ <urn:p> " * 5000 + "1" + "]" * 5000 + " }",
    "parentheses": "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "functions": "ASK { FILTER(" + "STR(" * 1000 + "1" + ")" * 1000 + ") }",
    "optionals": "ASK " + "{ ?s ?p ?o OPTIONAL " * 3000 + "{}" + "}" * 3000,
    "subselects": "SELECT * " + "{ { SELECT * " * 2000 + "{}" + "} }" * 2000,
    "unions": "ASK { " + " UNION ".join(["{}"] * 10_000) + " }",
    "pluses": "SELECT (" + "+".join(["1"] * 10_000) + " AS ?x) {}",
    "ors": "ASK { FILTER(" + "||".join(["true"] * 10_000) + ") }",
    "nots": "ASK { FILTER(" + "!" * 10_000 + "true) }",
    "minuses": "SELECT (" + "- " * 10_000 + "1 AS ?x) {}",
    "star": "SELECT * { " + " ".join(f"?s <urn:p{i}> ?o{i} ." for i in range(150)) + " }",
    "star with semicolons": "SELECT * { ?s " + " ; ".join(f"<urn:p{i}> ?o{i}" for i in range(150)) + " }",
    "star with commas": "SELECT * { ?s <urn:p> " + " , ".join(f"?o{i}" for i in range(150)) + " }",
    "star in groups": "SELECT * { " + " ".join(f"{{ ?s <urn:p{i}> ?o{i} }}" for i in range(150)) + " }",
    "path": "SELECT * { ?a " + "/".join(["<urn:p>"] * 1000) + " ?b }",
    "path of inverses": "SELECT * { ?a " + "/".join(["^<urn:p>"] * 100) + " ?b }",
    "list": "SELECT * { ?s ?p " + "(" * 300 + "1" + ")" * 300 + " }",
    "flat list": "SELECT * { ?s ?p (" + "1 " * 300 + ") }",
    "hidden in what looks like an IRI": "ASK { FILTER(?a<" + "(" * 3000 + "1" + ")" * 3000 + ">2) }",
    "hidden behind a quote in an IRI": "ASK { FILTER(?a<'x>' || " + "(" * 3000 + "'" + ")" * 3000 + " }",
    "hidden behind a quote that never ends": "ASK { FILTER(?a<'x>" + "(" * 3000 + "1" + ")" * 3000 + " }",
}


@pytest.mark.parametrize("name", KILLERS)
def test_what_would_kill_the_engine_is_refused_with_the_limit(name: str) -> None:
    problem = guard(KILLERS[name], scan(KILLERS[name]), LIMITS)
    assert problem is not None
    assert problem.status == 400
    assert "at most" in problem.title


@pytest.mark.parametrize("path", resources.query_files(), ids=lambda p: p.stem)
def test_shipped_questions_pass(path: object) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    assert guard(text, scan(text), LIMITS) is None


@pytest.mark.parametrize(
    "text",
    [
        "ASK {}",
        "ASK { ?s ?p '{{{{((((' }",
        'ASK { ?s ?p """' + "{" * 200 + '""" }',
        "ASK { # " + "{" * 200 + "\n }",
        "ASK { ?s <http://e.example/" + "()" * 20 + "> ?o }",
        "SELECT * { VALUES ?x { " + "1 " * 50_000 + "} }",
        "SELECT * { VALUES (?x ?y) { " + "(1 2) " * 20_000 + "} }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (" + ", ".join(map(str, range(20_000))) + ")) }",
        "SELECT * { " + " UNION ".join(f"{{ ?s <urn:p{i}> ?o{i} }}" for i in range(100)) + " }",
        "PREFIX service: <urn:s#> SELECT * { ?s service:x service:y . GRAPH service:g { ?a ?b ?c } }",
        "PREFIX load: <urn:l#> SELECT * { ?s load:x ?service ; a load:from }",
        "SELECT ?service { ?service ?p 'SERVICE <http://x/> {}' } # SERVICE <http://x/> {}",
        "ASK { ?s <http://e.example/o'brien> ?o }",
        "ASK { ?s <p\\:x> ?o }",
        "SELECT * { ?s ?p ?o",
    ],
    ids=range(15),
)
def test_ordinary_queries_pass(text: str) -> None:
    assert guard(text, scan(text), LIMITS) is None


def test_counts_of_a_query() -> None:
    found = scan("SELECT * { ?a ?b (1 2) ; ?c [ ?d ?e ] . ?f ^?g/?h ?i OPTIONAL { ?j ?k ?l } FILTER(1 + 2 > 3 && ?x) }")
    assert (found.depth, found.parentheses, found.groups) == (2, 1, 2)
    assert found.operators == 4
    assert 7 <= found.patterns <= 13


def test_query_may_not_be_longer_than_said() -> None:
    text = "ASK { ?s ?p '" + "é" * 10 + "' }"
    limits = Limits(query_bytes=len(text.encode()) - 1)
    problem = guard(text, scan(text), limits)
    assert problem is not None
    assert problem.status == 413
    assert str(limits.query_bytes) in problem.title


SERVICES = [
    ("ASK { SERVICE <http://a.example/q> {} }", "http://a.example/q"),
    ("ASK {service silent<http://a.example/q>{}}", "http://a.example/q"),
    ("PREFIX e: <http://a.example/> ASK { SERVICE e:q {} }", "http://a.example/q"),
    ("BASE <http://a.example/> ASK { SERVICE <q> {} }", "http://a.example/q"),
    ("ASK { SERVICE ?x {} }", None),
    ("ASK { SERVICE e:q {} }", None),
    ("ASK { SERVICEe:q {} }", None),
    ("ASK { ?s ?p true.SERVICEe:q {} }", None),
    ("ASK { ?s ?p 1SERVICE<http://a.example/q>{} }", "http://a.example/q"),
    ("ASK { SERVICESILENT<http://a.example/q> {} }", None),
    ("ASK { FILTER(?a<'x>' || 'y') SERVICE <http://a.example/q> {} }", "http://a.example/q"),
    ("ASK { SERVICE # comment\n <http://a.example/q> {} }", "http://a.example/q"),
    ("ASK { SERVICE <http://a.example\\u002Fq> {} }", None),
]


@pytest.mark.parametrize(("text", "iri"), SERVICES)
def test_service_is_found(text: str, iri: str | None) -> None:
    assert [target.iri for target in scan(text).services] == [iri]
    problem = guard(text, scan(text), LIMITS)
    assert problem is not None
    assert (problem.status, "SERVICE" in problem.title.upper()) == (400, True)


@pytest.mark.parametrize(
    ("iri", "is_allowed"),
    [
        ("http://a.example/q", True),
        ("https://A.EXAMPLE/other", True),
        ("http://a.example:8080/q", False),
        ("http://b.example:8080/q", True),
        ("http://b.example/q", False),
        ("http://a.example@evil.example/q", False),
        ("http://evil.example/a.example", False),
        ("http://a.example.evil.example/", False),
        ("file:///etc/passwd", False),
        ("ftp://a.example/", False),
        ("http:///q", False),
        ("http://a.example:x/", False),
        ("urn:a.example", False),
    ],
)
def test_only_hosts_that_are_named_are_asked(iri: str, is_allowed: bool) -> None:
    text = f"ASK {{ SERVICE <{iri}> {{}} }}"
    problem = guard(text, scan(text), LIMITS, allowed=("a.example", "b.example:8080"))
    assert (problem is None) is is_allowed


def test_every_service_of_a_query_has_to_be_allowed() -> None:
    text = "ASK { SERVICE <http://a.example/> {} SERVICE <http://127.0.0.1/> {} }"
    assert guard(text, scan(text), LIMITS, allowed=("a.example",)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://a.example/x.ttl>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> } ; load silent <file:///etc/passwd> INTO GRAPH <urn:g>",
        "PREFIX e: <http://a.example/> LOAD e:x",
        "LOADe:x",
    ],
)
def test_load_is_refused(text: str) -> None:
    problem = guard(text, scan(text), LIMITS, is_update=True)
    assert problem is not None
    assert "LOAD" in problem.title


def test_data_of_an_update_may_be_long() -> None:
    text = "INSERT DATA { " + " ".join(f"<urn:s{i}> <urn:p> {i} ." for i in range(5000)) + " }"
    assert guard(text, scan(text), LIMITS, is_update=True) is None


def test_graphs_of_a_query_are_found() -> None:
    found = scan("PREFIX e: <urn:e:> SELECT * FROM <urn:a> FROM NAMED e:b FROMe:c { ?s ?p <urn:from> }")
    assert [target.iri for target in found.sources] == ["urn:a", "urn:e:b", None]
    assert scan("SELECT ?from { ?from ?p 'FROM <urn:x>' }").sources == ()


@pytest.mark.parametrize(("text", "expected"), [("SELECT (now() AS ?x) {}", True), ("ASK { ?now ?p 'RAND()' }", False)])
def test_functions_that_vary_are_found(text: str, expected: bool) -> None:
    assert scan(text).is_volatile is expected


def test_target_of_nothing() -> None:
    assert scan("ASK { SERVICE").services == (Target(iri=None, text=""),)


# Texts that make a careless reader look at the rest again and again.
SLOW = {
    "open quotes": '"' * 50_000,
    "escaped quotes": '"""' + '\\"""' * 12_500,
    "single quotes": "'\\'" * 20_000,
    "open IRIs": "<a" * 25_000,
    "dots": "a." * 25_000,
    "words": "a" * 50_000,
    "colons": "a:" * 25_000,
    "escapes": "a:" + "\\." * 25_000,
    "comments": "#" * 50_000,
    "braces": "{" * 50_000,
    "values": "VALUES (?x) {" * 5_000,
    "brackets and braces": "){" * 25_000,
    "IRIs with quotes": "<'>" * 15_000,
    "services": "SERVICE " * 7_500,
    "from": "FROM " * 10_000,
    "prefixes": "PREFIX a: <urn:a> " * 3_000,
    "blank nodes": "_:a." * 12_500,
    "numbers": "1.1e" * 12_500,
}


@pytest.mark.parametrize("name", SLOW)
def test_looking_takes_linear_time(name: str) -> None:
    text = SLOW[name]
    began = time.process_time()
    scan(text)
    whole = time.process_time() - began
    began = time.process_time()
    scan(text[: len(text) // 8])
    part = time.process_time() - began
    assert whole < max(0.2, 24 * part), (whole, part)
    assert whole < 2


# ---- shapes of queries that took long


def test_queries_that_differ_in_names_and_values_have_one_shape() -> None:
    one = QueryTask(text="SELECT * { ?a <urn:p> 'x' . ?b ?c 12 } # once")
    two = QueryTask(text='SELECT *  {\n ?x <urn:q> "yy" . ?y ?z 7 }')
    other = QueryTask(text="SELECT * { ?a <urn:p> 'x' . ?a ?c 12 }")
    assert shape_of(one) == shape_of(two) != shape_of(other)


def test_long_shapes_are_remembered_and_bounded() -> None:
    shapes = LongShapes()
    tasks = [QueryTask(text=f"ASK {{ FILTER(f{n}(?x)) }}") for n in range(2100)]
    assert not shapes.is_long(tasks[0])
    for task in tasks:
        shapes.add(task)
    assert shapes.is_long(tasks[-1])
    assert not shapes.is_long(tasks[0])
    shapes.discard(tasks[-1])
    assert not shapes.is_long(tasks[-1])
    assert shapes.is_long(tasks[-2])
