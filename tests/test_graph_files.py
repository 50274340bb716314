"""Files of every format: the same triples, the same bytes, whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import to_isomorphic

from armsgraph.claims import make_claims
from armsgraph.errors import InputError
from armsgraph.graph import FORMATS, GraphBuilder, format_of, read_lines, write_file, write_stream
from armsgraph.graph.terms import literal, split_line, typed
from samples import seed_extraction, three_sales

OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
RDFLIB = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld", "rdf": "xml"}
WITH_GRAPHS = {"nq", "trig", "jsonld"}


@pytest.fixture(scope="module")
def lines() -> list[str]:
    with GraphBuilder() as builder:
        for extraction in (seed_extraction(), *three_sales()):
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        return list(builder.lines())


def triples_of(lines: list[str]) -> list[str]:
    return sorted({" ".join(split_line(line)[:3]) + " ." for line in lines})


def written(lines: list[str], format: str, **options: str) -> bytes:
    file = io.BytesIO()
    write_stream(lines, file, format=format, **options)
    return file.getvalue()


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_written_then_read_by_oxigraph_is_the_same(lines: list[str], format: str) -> None:
    back = sorted(set(read_lines(ox.parse(written(lines, format), format=OXIGRAPH[format]))))
    assert back == (lines if format in WITH_GRAPHS else triples_of(lines))


# rdflib 7.6 warns of its own use of Dataset while it parses
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("format", ["ttl", "trig", "nq", "rdf", "jsonld"])
def test_rdflib_reads_the_same_triples(lines: list[str], format: str) -> None:
    expected = rdflib.Graph().parse(data="\n".join(triples_of(lines)), format="nt")
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=written(lines, format), format=RDFLIB[format])
    found = {(s, p, o) for s, p, o, _ in dataset.quads()}
    assert found == set(expected)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_same_lines_same_bytes(lines: list[str], format: str) -> None:
    assert written(lines, format) == written(lines, format)


@pytest.mark.parametrize("format", ["ttl", "trig"])
def test_order_of_lines_does_not_matter_to_turtle(lines: list[str], format: str) -> None:
    assert written(lines[::-1], format) == written(lines, format)


PIECES = [*list('ab"\\\n\t\r \x00\x1f\x7f.;,#<>{}é😀\u2028\ufffe'), '"""', "\\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_survives_turtle_and_trig(text: str) -> None:
    padded = text + "\n" + "x" * 120 + text
    made = [f"<http://e/s> <http://e/p> {literal(t)}{g} ." for t in (text, padded) for g in ("", " <http://e/g>")]
    made = sorted(set(made))
    for format in ("ttl", "trig"):
        back = sorted(set(read_lines(ox.parse(written(made, format), format=OXIGRAPH[format]))))
        assert back == (triples_of(made) if format == "ttl" else made)
    graph = rdflib.Graph().parse(data=written(made, "ttl"), format="turtle")
    assert {str(o) for o in graph.objects()} == {text, padded}


LITERALS = [
    ("1", "integer", "1"),
    ("-1", "integer", "-1"),
    ("007", "integer", "007"),
    ("one", "integer", '"one"^^xsd:integer'),
    ("1.5", "decimal", "1.5"),
    ("1", "decimal", '"1"^^xsd:decimal'),
    ("1e3", "double", "1e3"),
    ("true", "boolean", "true"),
    ("1", "boolean", '"1"^^xsd:boolean'),
    ("2024-03", "gYearMonth", '"2024-03"^^xsd:gYearMonth'),
    ("P32M", "duration", '"P32M"^^xsd:duration'),
]


@pytest.mark.parametrize(("value", "datatype", "expected"), LITERALS, ids=[f"{v}-{d}" for v, d, _ in LITERALS])
def test_numbers_are_bare_where_turtle_allows(value: str, datatype: str, expected: str) -> None:
    text = written([f"<http://e/s> <http://e/p> {typed(value, datatype)} ."], "ttl").decode()
    assert text.endswith(f"<http://e/s> <http://e/p> {expected} .\n")
    (quad,) = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
    assert quad.object.value == value


def test_turtle_reads_well(lines: list[str]) -> None:
    text = written(lines, "ttl").decode()
    headings = [line for line in text.splitlines() if line.startswith("# --------")]
    assert headings[0].startswith("# -------- Deals")
    assert len(headings) == len(set(headings))
    item = text.index("arms:LineItem")
    assert "arms:quantity 601427 ;" in text[item:]
    deal = text[text.index("\ndeal:seed-") :]
    assert deal.index("a arms:CooperationAgreement, arms:Deal ;") < deal.index("rdfs:label") < deal.index("arms:party")
    assert '"""India and Russia signed' in text
    assert "https://w3id.org/armsgraph/id/" not in text[text.index(headings[0]) :]


def test_parts_stand_behind_their_deal_in_the_order_of_their_numbers() -> None:
    key = "doc-0123abcd"
    ids = [
        f"deal/{key}-2",
        f"deal/{key}-10",
        f"item/{key}-2-1",
        f"item/{key}-2-10",
        f"item/{key}-2-9",
        f"amount/{key}-2-1",
    ]
    made = sorted(f'<https://w3id.org/armsgraph/id/{i}> <http://e/p> "x" .' for i in ids)
    body = written(made, "ttl").decode().splitlines()
    order = [line.split()[0] for line in body if line.endswith('"x" .')]
    assert order == [
        f"deal:{key}-2",
        f"item:{key}-2-1",
        f"item:{key}-2-9",
        f"item:{key}-2-10",
        f"amount:{key}-2-1",
        f"deal:{key}-10",
    ]


def test_foreign_graphs_are_written_too() -> None:
    source = b'@prefix : <http://e/> . :a :b [ :c "x"@en , 1.50 ] ; :d ( 1 2 ) . <http://e/x.> a :T .'
    quads = list(ox.parse(source, format=ox.RdfFormat.TURTLE))
    text = written(sorted(read_lines(quads)), "ttl")
    one = rdflib.Graph().parse(data=source, format="turtle")
    other = rdflib.Graph().parse(data=text, format="turtle")
    assert to_isomorphic(one) == to_isomorphic(other)


def test_control_characters_do_not_break_xml() -> None:
    made = [f"<http://e/s> <http://e/p> {literal(chr(0) + 'a' + chr(13) + 'b' + chr(92) + 'u0001' + chr(0xFFFE))} ."]
    graph = rdflib.Graph().parse(data=written(made, "rdf"), format="xml")
    assert [str(o) for o in graph.objects()] == ["\ufffda\nb\\u0001\ufffd"]


def test_long_texts_pass_the_library_writers() -> None:
    made = [f"<http://e/s> <http://e/p> {literal('word ' * 60_000)} ."]
    (quad,) = ox.parse(written(made, "jsonld"), format=ox.RdfFormat.JSON_LD)
    assert quad.object.value == "word " * 60_000


# ------------------------------------------------------------------------------------------------ files
def test_file_is_replaced_and_nothing_else_is_left(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old")
    write_file(lines, path)
    assert path.read_bytes() == written(lines, "ttl")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError], ids=["ctrl-c", "bug"])
def test_an_interrupted_write_leaves_what_was_there(error: type[BaseException], tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old")

    def failing() -> object:
        yield '<http://e/s> <http://e/p> "x" .'
        raise error

    with pytest.raises(error):
        write_file(failing(), path)  # type: ignore[arg-type]
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.nq"]


def test_empty_graph_is_a_valid_file(tmp_path: Path) -> None:
    for format in FORMATS:
        path = tmp_path / f"graph.{format}"
        write_file([], path)
        assert list(ox.parse(path=path, format=OXIGRAPH[format])) == []


@pytest.mark.parametrize("name", ["graph", "graph.xyz", "graph.gz", "graph.xyz.gz", "graph.ttl.bz2"])
def test_unknown_extension_is_an_error_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match="ttl, nt, nq, trig, jsonld, rdf"):
        format_of(Path(name))


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder exists"):
        write_file([], tmp_path / "none" / "graph.ttl")


def test_folder_in_the_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(InputError):
        write_file([], tmp_path / "graph.ttl")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_unknown_format_of_a_stream_is_an_error() -> None:
    with pytest.raises(InputError, match="n3"):
        write_stream([], io.BytesIO(), format="n3")
