from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import armsgraph.gate as package
from armsgraph.errors import InputError
from armsgraph.gate import Gate, GateReport, GateResult, Severity, check_spans, load_gate, report_text, report_turtle
from armsgraph.gate.engines import PyshaclEngine, has_pyshifty
from armsgraph.gate.shapes import load_shapes
from armsgraph.vocab import ARMS, DEFAULT_BASE, PREFIXES

needs_pyshifty = pytest.mark.skipif(not has_pyshifty(), reason="pyshifty is not installed")
TEXT = "Norland’s army 🙂 buys “R-1” rifles.\nNorland pays."
XSD = PREFIXES["xsd"]


def term(name: str) -> ox.NamedNode:
    prefix, _, local = name.rpartition(":")
    return ox.NamedNode({"": ARMS, "x": DEFAULT_BASE}.get(prefix, PREFIXES.get(prefix, "")) + local)


def say(subject: str, predicate: str, value: str | int | ox.NamedNode) -> ox.Triple:
    if isinstance(value, int):
        return ox.Triple(term(subject), term(predicate), ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer")))
    return ox.Triple(term(subject), term(predicate), ox.Literal(value) if isinstance(value, str) else value)


def document(text: str | None = TEXT, *, name: str = "x:doc", sha256: str | None = None) -> list[ox.Triple]:
    found = [
        say(name, "rdf:type", term("Document")),
        say(name, "rdf:type", term("schema:NewsArticle")),
        say(name, "sha256", sha256 or hashlib.sha256((text or TEXT).encode()).hexdigest()),
    ]
    return found if text is None else [*found, say(name, "storedText", text)]


def span(start: int | str, end: int, quote: str, *, name: str = "x:span", doc: str = "x:doc") -> list[ox.Triple]:
    return [
        say(name, "rdf:type", term("oa:SpecificResource")),
        say(name, "oa:hasSource", term(doc)),
        say(name, "oa:hasSelector", term(f"{name}p")),
        say(name, "oa:hasSelector", term(f"{name}q")),
        say(f"{name}p", "rdf:type", term("oa:TextPositionSelector")),
        say(f"{name}p", "oa:start", start),
        say(f"{name}p", "oa:end", end),
        say(f"{name}q", "rdf:type", term("oa:TextQuoteSelector")),
        say(f"{name}q", "oa:exact", quote),
    ]


def lines(triples: Iterable[ox.Triple], graph: str = "") -> list[str]:
    return [f"{triple} {graph}." for triple in triples]


GOOD = [*document(), *span(0, 7, "Norland")]
BAD = [*GOOD, say("x:deal", "rdf:type", term("Deal"))]
WARNED = [*GOOD, say("x:a", "skos:exactMatch", term("wd:Q1")), say("x:b", "skos:exactMatch", term("wd:Q1"))]


@pytest.fixture(scope="module", params=["pyshacl", pytest.param("pyshifty", marks=needs_pyshifty)])
def gate(request: pytest.FixtureRequest) -> Gate:
    return load_gate(engine=request.param)


def names(report: GateReport) -> list[str]:
    return [r.shape_name for r in report.results]


# ---- the gate


def test_good_graph_conforms(gate: Gate) -> None:
    report = gate.check_quads(GOOD)
    assert report.conforms
    assert report.results == ()
    assert report.engine == gate.engine


def test_violation_stops_and_pyshacl_has_the_last_word(gate: Gate) -> None:
    report = gate.check_quads(BAD)
    assert not report.conforms
    assert report.engine == "pyshacl"
    assert names(report) == ["Deal-evidence", "Deal-status", "Deal-substance", "Deal-label", "Deal-party"]
    assert (report.count("Violation"), report.count("Warning"), report.count("Info")) == (3, 2, 0)


def test_warning_does_not_stop(gate: Gate) -> None:
    report = gate.check_quads(WARNED)
    assert report.conforms
    assert report.engine == gate.engine
    assert [(r.severity, r.shape_name) for r in report.results] == [(Severity.WARNING, "Link-shared")]


def test_input_may_be_lines_bytes_quads_or_a_store(gate: Gate) -> None:
    wanted = gate.check_quads(BAD)
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in BAD)
    assert gate.check_lines(lines(BAD)) == wanted
    assert gate.check_lines(line + "\n" for line in lines(BAD)) == wanted
    assert gate.check("\n".join(lines(BAD, "<x:graph> ")).encode()) == wanted
    assert gate.check_quads(store) == wanted


@pytest.mark.parametrize("extension", ["nt", "nq", "ttl", "trig", "rdf", "jsonld"])
def test_file_format_is_told_by_its_extension(gate: Gate, tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"graph.{extension}"
    file_format = ox.RdfFormat.from_extension(extension)
    assert file_format is not None
    ox.serialize(BAD, str(file), format=file_format)
    assert gate.check(file) == gate.check_quads(BAD)


def test_repeated_and_reordered_statements_change_nothing(gate: Gate) -> None:
    assert gate.check_quads([*reversed(BAD), *BAD]) == gate.check_quads(BAD)


def test_one_graph_does_not_colour_the_next(gate: Gate) -> None:
    assert not gate.check_quads(BAD).conforms
    assert gate.check_quads(GOOD).conforms


def test_graph_of_many_documents_is_checked_as_one(gate: Gate) -> None:
    triples = [say("x:norland", "rdf:type", term("State"))]
    for n in range(300):
        triples += document(name=f"x:doc{n}")
        triples += span(0, 7, "Norland", name=f"x:span{n}", doc=f"x:doc{n}")
        triples += [say(f"x:m{n}", "rdf:type", term("Mention")), say(f"x:m{n}", "refersTo", term("x:norland"))]
        triples += [say(f"x:m{n}", "quote", "Norland"), say(f"x:m{n}", "prov:wasDerivedFrom", term(f"x:span{n}"))]
    assert names(gate.check_quads(triples)) == ["Entity-label"]


def test_empty_graph_conforms(gate: Gate) -> None:
    assert gate.check(b"").conforms


def test_blank_nodes_of_a_foreign_graph_are_reported(gate: Gate) -> None:
    report = gate.check(f"_:deal <{PREFIXES['rdf']}type> <{ARMS}Deal> .".encode())
    assert {r.focus for r in report.results} == {"_:deal"}
    assert "sh:focusNode _:deal" in report.to_turtle()


def test_ill_typed_literal_is_a_result_and_no_noise(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    report = gate.check(f'<x:item> <{ARMS}quantity> "many"^^<{XSD}integer> .'.encode())
    assert ("LineItem-quantity", "Datatype") in {(r.shape_name, r.component) for r in report.results}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("graph.ttl", "<x:a> <x:b>"), ("graph.nq", "nonsense"), ("graph.docx", ""), ("graph", "")],
    ids=["cut off", "no quads", "unknown extension", "no extension"],
)
def test_file_that_is_no_graph_is_an_input_error(gate: Gate, tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=name):
        gate.check(file)


def test_missing_file_is_an_input_error(gate: Gate, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.ttl"):
        gate.check(tmp_path / "absent.ttl")


def test_triple_terms_of_rdf_1_2_are_refused_where_a_shape_reads(gate: Gate) -> None:
    term_text = "<<( <x:s> <x:p> <x:o> )>>"
    with pytest.raises(InputError):
        gate.check(f"<x:a> <{ARMS}buyer> {term_text} .".encode())
    assert gate.check(f"<x:a> <{PREFIXES['rdf']}reifies> {term_text} .".encode()).conforms


@pytest.mark.parametrize(
    "name", ["buyer", "stageStatus", "rdf:type", "oa:hasSelector", "skos:exactMatch", "wikibase:rank"]
)
def test_statements_that_shapes_read_reach_the_engines(name: str) -> None:
    assert term(name) in load_shapes().predicates


def test_properties_that_only_queries_name_reach_the_engines() -> None:
    assert {term("startsOn"), term("rdf:object")} <= load_shapes().predicates


def test_unknown_engine_is_an_input_error() -> None:
    with pytest.raises(InputError, match="pyshacl"):
        load_gate(engine="topbraid")


def test_default_engine_is_the_fast_one_where_installed() -> None:
    assert load_gate().engine == ("pyshifty" if has_pyshifty() else "pyshacl")


def test_settings_of_rdflib_are_left_alone(gate: Gate) -> None:
    gate.check_quads(BAD)
    assert rdflib.NORMALIZE_LITERALS
    assert rdflib.Literal("01", datatype=rdflib.XSD.integer) == rdflib.Literal(1)


def test_strings_with_and_without_a_written_datatype_are_the_same() -> None:
    written = f'"exact"^^<{XSD}string>'
    engine = PyshaclEngine(load_shapes())
    text = f"<x:i> <{ARMS}quantityQualifier> {written} . <x:i> <{ARMS}quantity> {ox.Literal(5)} .".replace(
        " . ", " .\n"
    )
    assert engine.validate([q.triple for q in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]) == ()


# ---- quotes and the stored text


def spans(graph: Iterable[ox.Triple] | ox.Store) -> list[tuple[str, str]]:
    found = check_spans(graph, load_shapes().by_iri)
    return [(r.shape_name, r.focus.removeprefix(DEFAULT_BASE)) for r in found]


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [(0, 9, "Norland’s"), (15, 16, "🙂"), (22, 27, "“R-1”"), (28, 44, "rifles.\nNorland ")],
    ids=["curly apostrophe", "emoji", "curly quotes", "line break"],
)
def test_offsets_count_code_points(start: int, end: int, quote: str) -> None:
    assert TEXT[start:end] == quote
    assert spans([*document(), *span(start, end, quote)]) == []


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (1, 8, "Norland"),
        (0, 7, "norland"),
        (0, 8, "Norland"),
        (16, 17, "🙂"),
        (40, 400, TEXT[40:]),
        (7, 0, ""),
        ("x", 7, "Norland"),
    ],
    ids=["shifted", "case", "longer", "counted in UTF-16", "past the end", "turned round", "no number"],
)
def test_quote_that_does_not_stand_there_is_a_violation(start: int | str, end: int, quote: str) -> None:
    assert spans([*document(), *span(start, end, quote)]) == [("Evidence-slice", "span")]


@pytest.mark.parametrize(
    ("part", "words", "is_right"),
    [("prefix", "’s army ", True), ("prefix", "’s navy ", False), ("suffix", " buys", True), ("suffix", "buys", False)],
)
def test_words_around_a_quote_are_compared(part: str, words: str, is_right: bool) -> None:
    triples = [*document(), *span(15, 16, "🙂"), say("x:spanq", f"oa:{part}", words)]
    assert spans(triples) == ([] if is_right else [("Evidence-slice", "span")])


def test_quote_of_a_mention_is_compared() -> None:
    mention = [say("x:m", "quote", "Norway"), say("x:m", "prov:wasDerivedFrom", term("x:span"))]
    assert spans([*GOOD, *mention]) == [("Evidence-quote", "m")]


def test_span_needs_one_position_and_one_quote() -> None:
    assert spans([*GOOD, say("x:spanp", "oa:end", 9)]) == [("Evidence-selectors", "span")]


def test_text_that_was_changed_is_found_by_its_hash() -> None:
    assert spans([*document(sha256="0" * 64), *span(0, 7, "Norland")]) == [("Evidence-hash", "doc")]


def test_document_without_text_is_an_info_and_its_spans_are_left_out() -> None:
    triples = [*document(None), *span(500, 507, "Norland"), *span(1, 2, "x", name="x:span2")]
    assert spans(triples) == [("Evidence-text", "doc")]


def test_store_is_checked_like_its_triples() -> None:
    store = ox.Store()
    triples = [*document(), *span(1, 8, "Norland")]
    store.extend(ox.Quad(*triple, graph_name=ox.NamedNode("x:g")) for triple in triples)
    assert spans(store) == spans(triples) == [("Evidence-slice", "span")]


def test_gate_joins_shapes_and_quotes(gate: Gate) -> None:
    report = gate.check_quads([*document(), *span(1, 8, "Norland")])
    assert not report.conforms
    assert [(r.shape_name, r.component, r.value) for r in report.results] == [("Evidence-slice", "Code", '"Norland"')]


# ---- reports


RESULT = GateResult(
    focus=f"{DEFAULT_BASE}deal/a",
    shape="https://w3id.org/armsgraph/shapes#Deal-buyer",
    component="Or",
    severity=Severity.VIOLATION,
    message="A buyer is a state or an organisation: check who buys.",
    path="arms:buyer",
    value=f"<{DEFAULT_BASE}person/b>",
)


def test_text_names_node_path_value_shape_and_words() -> None:
    assert report_text([RESULT], sentence_of={RESULT.focus: "Ann\nbuys rifles."}.get) == (
        "Violation: A buyer is a state or an organisation: check who buys.\n"
        f"  node   {DEFAULT_BASE}deal/a\n"
        "  path   arms:buyer\n"
        f"  value  <{DEFAULT_BASE}person/b>\n"
        "  shape  Deal-buyer (Or)\n"
        "  text   Ann buys rifles.\n"
    )


def test_text_takes_the_words_of_the_value_when_the_node_has_none() -> None:
    words = {f"{DEFAULT_BASE}person/b": "Ann buys rifles."}
    assert "text   Ann buys rifles." in GateReport(results=(RESULT,), engine="pyshacl").to_text(words.get)


def test_text_without_results_is_empty() -> None:
    assert GateReport(results=(), engine="pyshacl").to_text() == ""


def test_turtle_is_a_shacl_report_without_blank_nodes(gate: Gate) -> None:
    report = gate.check_quads([*BAD, *span(1, 8, "Norland", name="x:s2"), say("x:d", "signatory", 'a "quoted"\n🙂')])
    graph = rdflib.Graph().parse(data=report.to_turtle(), format="turtle")
    sh = rdflib.SH
    (node,) = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(node, sh.conforms) == rdflib.Literal(False)
    assert len(list(graph.objects(node, sh.result))) == len(report.results)
    for result in graph.objects(node, sh.result):
        for predicate in (
            sh.focusNode,
            sh.sourceShape,
            sh.sourceConstraintComponent,
            sh.resultSeverity,
            sh.resultMessage,
        ):
            assert len(list(graph.objects(result, predicate))) == 1
    assert not any(isinstance(t, rdflib.BNode) for triple in graph for t in triple)
    assert rdflib.Literal('a "quoted"\n🙂') in set(graph.objects(None, sh.value))
    paths = {f"{ARMS}status", f"{ARMS}signatory", f"{PREFIXES['rdfs']}label"}
    assert {str(path) for path in graph.objects(None, sh.resultPath)} == paths


def test_turtle_is_the_same_for_any_order() -> None:
    other = GateResult(focus="x:a", shape=RESULT.shape, component="Or", severity=Severity.INFO, message="m")
    assert report_turtle([RESULT, other, RESULT]) == report_turtle([other, RESULT])


def test_turtle_of_a_conforming_graph() -> None:
    graph = rdflib.Graph().parse(data=report_turtle([]), format="turtle")
    assert rdflib.Literal(True) in set(graph.objects(None, rdflib.SH.conforms))
    assert len(graph) == 2


def test_exported_names_are_sorted_and_there() -> None:
    assert package.__all__ == sorted(package.__all__)
    assert all(hasattr(package, name) for name in package.__all__)
