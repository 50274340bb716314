"""The store on disk, graphs opened for reading, and what queries over them give."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import oxrdflib  # noqa: F401  registers the store of that name
import pyoxigraph as ox
import pytest
import rdflib

from armsgraph.claims import make_claims
from armsgraph.errors import InputError, StoreError
from armsgraph.graph import FORMATS, GraphBuilder, read_lines, write_file
from armsgraph.model import Extraction
from armsgraph.store import (
    ONTOLOGY_GRAPH,
    NodeReader,
    find_question,
    link_store,
    list_questions,
    open_graph,
    run_query,
    withdraw_document,
    write_answer,
    write_store,
)
from armsgraph.vocab import DEFAULT_BASE
from samples import seed_extraction, three_sales


def lines_of(*extractions: Extraction) -> list[str]:
    with GraphBuilder() as builder:
        for extraction in extractions:
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        return list(builder.lines())


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return lines_of(seed_extraction(), *three_sales())


@pytest.fixture(scope="module")
def store(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stores") / "graph"
    write_store(lines, path)
    return path


def canonical(lines: list[str]) -> list[str]:
    """Lines as Oxigraph spells the values in them (`P32M` is `P2Y8M`)."""
    memory = ox.Store()
    memory.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return sorted(read_lines(memory))


# ------------------------------------------------------------------------------------------------ writing
def test_store_holds_the_graph_and_the_ontology_apart(store: Path, lines: list[str]) -> None:
    graph = open_graph(store)
    assert graph.is_on_disk
    assert sorted(read_lines(graph.quads())) == canonical(lines)
    ontology = [q for q in graph.quads(with_ontology=True) if q.graph_name == ox.NamedNode(ONTOLOGY_GRAPH)]
    assert len(ontology) > 500


def test_only_values_that_oxigraph_respells_change(lines: list[str]) -> None:
    changed = set(lines) ^ set(canonical(lines))
    assert all("#duration>" in line for line in changed), changed


def test_writing_twice_gives_the_same_store(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "store"
    write_store(lines, path)
    first = sorted(read_lines(open_graph(path).quads()))
    write_store(lines + lines[::-1], path)
    assert sorted(read_lines(open_graph(path).quads())) == first
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_file_and_store_dumps_are_the_same_graph(tmp_path: Path, store: Path) -> None:
    dumped = sorted(read_lines(open_graph(store).quads()))
    for format in FORMATS:
        path = tmp_path / f"dump.{format}"
        write_file(dumped, path)
        back = sorted(read_lines(open_graph(path).quads()))
        if format in {"nq", "trig", "jsonld"}:
            assert back == dumped
        else:
            assert len(back) == len({line.split(f" <{DEFAULT_BASE}document/")[0] for line in back})


def test_a_linked_copy_stays_the_same_while_the_store_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "store"
    sale, other, _ = three_sales()
    write_store(lines_of(sale), path)
    link_store(path, tmp_path / "copy")
    reader = open_graph(tmp_path / "copy")
    write_store(lines_of(other), path)
    question = "SELECT ?i { ?d a arms:Document ; dcterms:identifier ?i }"
    assert list(run_query(reader, question).rows()) == [("sale 1",)]
    assert list(run_query(open_graph(path), question).rows()) == [("sale 2",)]
    with pytest.raises(StoreError, match="holds no store"):
        link_store(tmp_path, tmp_path / "copy 2")


def test_no_triple_stands_in_two_graphs(store: Path) -> None:
    """Else a pattern over all graphs would count it twice."""
    quads = list(open_graph(store).quads(with_ontology=True))
    assert len({(q.subject, q.predicate, q.object) for q in quads}) == len(quads)


def test_an_interrupted_write_leaves_the_old_store(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "store"
    write_store(lines, path)

    def failing() -> object:
        yield lines[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_store(failing(), path)  # type: ignore[arg-type]
    assert sorted(read_lines(open_graph(path).quads())) == canonical(lines)
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_a_killed_writer_leaves_the_old_store_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    path = tmp_path / "store"
    sale, other, _ = three_sales()
    write_store(lines_of(sale), path)
    script = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from armsgraph.store import write_store
        def lines():
            yield '<http://e/s> <http://e/p> "x" .'
            print("writing", flush=True)
            time.sleep(60)
        write_store(lines(), Path(sys.argv[1]))
    """)
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        writer.send_signal(signal.SIGKILL)
    assert len(list(tmp_path.iterdir())) == 2
    assert sorted(read_lines(open_graph(path).quads())) == canonical(lines_of(sale))
    write_store(lines_of(other), path)
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_a_crash_between_the_two_renames_is_put_right(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "store"
    write_store(lines, path)
    path.rename(tmp_path / ".store.previous")
    assert sorted(read_lines(open_graph(path).quads())) == canonical(lines)


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="is no store"):
        write_store([], tmp_path)
    with pytest.raises(StoreError, match="is no store"):
        write_store([], tmp_path / "notes.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_missing_parent_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="mkdir"):
        write_store([], tmp_path / "a" / "b")


def test_a_store_in_use_is_not_replaced(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "store"
    write_store(lines, path)
    writer = ox.Store(str(path))
    with pytest.raises(StoreError, match="another process writes"):
        write_store(lines, path)
    del writer


def test_an_empty_folder_may_become_a_store(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    write_store([], tmp_path / "store", with_ontology=False)
    assert list(open_graph(tmp_path / "store").quads(with_ontology=True)) == []


# ------------------------------------------------------------------------------------------------ opening
@pytest.mark.parametrize("format", sorted(FORMATS))
def test_files_of_every_format_answer_alike(format: str, tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / f"graph.{format}"
    write_file(lines, path)
    rows = list(run_query(open_graph(path), "SELECT ?q { ?i a arms:LineItem ; arms:quantity ?q } ORDER BY ?q").rows())
    assert rows == [("10",), ("12",), ("14",), ("72000",), ("72000",), ("601427",)]


BROKEN = [
    pytest.param("a.ttl", "@prefix : <http://e/> .\n:a :b .\n", ":2", id="turtle"),
    pytest.param("a.nq", '<http://e/s> <http://e/p> "x" .\nnonsense\n', ":2", id="nquads"),
    pytest.param("a.rdf", "<rdf>", "", id="xml"),
    pytest.param("a.jsonld", '{"@id": ', "", id="jsonld"),
]


@pytest.mark.parametrize(("name", "content", "line"), BROKEN)
def test_a_mistake_in_a_file_is_told_with_its_line(name: str, content: str, line: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError) as caught:
        open_graph(tmp_path / name)
    assert str(caught.value.where).startswith(f"{tmp_path / name}{line}")
    assert caught.value.hint


@pytest.mark.parametrize("name", ["none.ttl", "none"])
def test_a_missing_graph_is_an_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        open_graph(tmp_path / name)


def test_another_extension_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("")
    with pytest.raises(InputError, match="ttl, nt, nq"):
        open_graph(tmp_path / "a.csv")


def test_a_folder_without_store_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no store"):
        open_graph(tmp_path)


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError):
        open_graph(tmp_path / "a.ttl")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_oxrdflib_reads_the_store(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "store"
    write_store(lines, path)
    dataset = rdflib.Dataset(store="Oxigraph", default_union=True)
    dataset.open(str(path))
    query = """
        PREFIX arms: <https://w3id.org/armsgraph/ontology#>
        SELECT ?q { ?c a arms:Claim . ?i a arms:LineItem ; arms:quantity ?q . FILTER (?q > 100000) } LIMIT 1
    """
    assert [int(row.q) for row in dataset.query(query)] == [601427]
    dataset.close()


# ------------------------------------------------------------------------------------------------ queries
def answered(path: Path, query: str, format: str) -> str:
    file = io.BytesIO()
    write_answer(run_query(open_graph(path), query), file, format=format)
    return file.getvalue().decode()


ITEMS = "SELECT ?item ?quantity { ?item arms:quantity ?quantity FILTER (?quantity > 100000) }"


def test_answers_for_people_and_programs(store: Path) -> None:
    key = seed_extraction().document.key
    table = answered(store, ITEMS, "table").splitlines()
    assert table[0].split() == ["item", "quantity"]
    assert table[2].split() == [f"item:{key}-2-1", "601427"]
    iri = f"{DEFAULT_BASE}item/{key}-2-1"
    assert answered(store, ITEMS, "csv").splitlines() == ["item,quantity", f"{iri},601427"]
    (row,) = json.loads(answered(store, ITEMS, "json"))["results"]["bindings"]
    assert (row["item"]["value"], row["quantity"]["value"]) == (iri, "601427")


@pytest.mark.parametrize(("format", "expected"), [("table", "true\n"), ("csv", "true\n"), ("json", "true")])
def test_ask(store: Path, format: str, expected: str) -> None:
    text = answered(store, "ASK { ?d a arms:Deal }", format)
    assert text == expected if format != "json" else json.loads(text)["boolean"] is True


def test_construct_gives_triples(store: Path) -> None:
    text = answered(store, "CONSTRUCT { ?d a arms:Deal } WHERE { ?d a arms:Deal }", "table")
    assert len(text.splitlines()) == 7


def test_named_graph_can_be_picked(store: Path) -> None:
    key = seed_extraction().document.key
    rows = run_query(open_graph(store), "SELECT DISTINCT ?g { GRAPH ?g { ?d a arms:Document } }").rows()
    assert (f"{DEFAULT_BASE}document/{key}",) in set(rows)


def test_empty_table_has_its_head(store: Path) -> None:
    assert answered(store, "SELECT ?a { ?a a arms:Nothing }", "table") == "a\n-\n"


BAD_QUERIES = [
    pytest.param("SELECT ?s WHERE {\n ?s ?p }", "query:2:", "expected", id="syntax"),
    pytest.param("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "query", "another server", id="service"),
    pytest.param("SELECT * { sErViCe SILENT ?x { ?s ?p ?o } }", "query", "another server", id="service-silent"),
    pytest.param("SELECT * { " + "{" * 6000 + "}" * 6000 + " }", "query", "nested", id="braces"),
    pytest.param("SELECT (" + "STR(" * 3000 + "1" + ")" * 3000 + " AS ?x) {}", "query", "nested", id="functions"),
    pytest.param("INSERT DATA { <a:b> <a:b> <a:b> }", "query:1:", "expected", id="update"),
    pytest.param("", "query:1:", "expected", id="empty"),
]


@pytest.mark.parametrize(("query", "where", "message"), BAD_QUERIES)
def test_bad_queries_are_told_where(query: str, where: str, message: str, store: Path) -> None:
    with pytest.raises(InputError, match=message) as caught:
        run_query(open_graph(store), query)
    assert str(caught.value.where).startswith(where)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?service { ?service arms:rule "SERVICE" } # SERVICE',
        "SELECT * { ?s <http://e/SERVICE> ?o ; arms:service ?p }",
        'SELECT * { ?s ?p """ " ( ( ( SERVICE \\"""" }',
    ],
    ids=["names", "iris", "strings"],
)
def test_service_as_a_word_is_no_call(query: str, store: Path) -> None:
    assert list(run_query(open_graph(store), query).rows()) == []


def test_unknown_answer_format_is_an_error(store: Path) -> None:
    with pytest.raises(InputError, match="table, csv, tsv, json"):
        answered(store, ITEMS, "xlsx")


# ------------------------------------------------------------------------------------------------ shipped questions
def test_unknown_question_names_the_nearest() -> None:
    name = list_questions()[0].name
    assert find_question(name).text
    with pytest.raises(InputError, match=f"did you mean {name}"):
        find_question(name + "s")


# ------------------------------------------------------------------------------------------------ withdrawal
def test_withdrawing_a_document_is_as_if_it_had_not_been_there(tmp_path: Path) -> None:
    seed, sales = seed_extraction(), three_sales()
    path = tmp_path / "store"
    write_store(lines_of(seed, *sales), path)
    withdraw_document(path, f"{DEFAULT_BASE}document/{sales[2].document.key}")
    withdraw_document(path, f"{DEFAULT_BASE}document/{seed.document.key}")
    assert sorted(read_lines(open_graph(path).quads())) == canonical(lines_of(*sales[:2]))


def test_withdrawing_what_is_not_there_is_an_error(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no document"):
        withdraw_document(store, f"{DEFAULT_BASE}document/none")
    with pytest.raises(InputError, match="no IRI"):
        withdraw_document(store, "a b")
    write_file([], tmp_path / "a.ttl")
    with pytest.raises(StoreError, match="not a store"):
        withdraw_document(tmp_path / "a.ttl", f"{DEFAULT_BASE}document/none")


def test_our_process_id_is_taken_for_running() -> None:
    from armsgraph.store.places import _is_running

    assert _is_running(os.getpid())


def test_nodes_are_looked_up_over_all_graphs() -> None:
    store = ox.Store()
    store.bulk_load(
        b"""<http://x.example/a> <http://x.example/p> <http://x.example/b> <http://x.example/g> .
<http://x.example/a> <http://x.example/p> "z" .
<http://x.example/a> <http://www.w3.org/2000/01/rdf-schema#label> "A" <http://x.example/g> .
<http://x.example/c> <http://x.example/p> <http://x.example/b> .
""",
        format=ox.RdfFormat.N_QUADS,
    )
    nodes, a, p = NodeReader(store), "http://x.example/a", "http://x.example/p"
    assert nodes.values(a, p) == ["http://x.example/b", "z"]
    assert nodes.subjects(p, "http://x.example/b") == [a, "http://x.example/c"]
    assert len(nodes.subjects(p, "http://x.example/b", most=1)) == 1
    assert nodes.predicates(a) == ["http://www.w3.org/2000/01/rdf-schema#label", p]
    assert nodes.label(a) == "A"
    assert nodes.states(a, p, ox.Literal("z"))
    assert nodes.exists("http://x.example/b")
    assert not nodes.exists("http://x.example/d")


@pytest.mark.parametrize("iri", ["", "no iri", "a\nb", "<x>", "\x00"])
def test_of_what_can_be_no_iri_nothing_is_said(iri: str) -> None:
    nodes = NodeReader(ox.Store())
    assert not nodes.exists(iri)
    assert nodes.values(iri, "http://x.example/p") == []
    assert nodes.subjects("http://x.example/p", iri) == []
    assert nodes.predicates(iri) == []
    assert nodes.label(iri) is None
    assert not nodes.states(iri, iri, ox.Literal("x"))
