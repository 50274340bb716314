"""Real triple stores on loopback: what is loaded is there exactly, and every question has the rows it has locally."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from armsgraph.cli import main
from armsgraph.graph import write_file
from armsgraph.model import Extraction
from armsgraph.store import ONTOLOGY_GRAPH, list_questions, write_store
from armsgraph.vocab import DEFAULT_BASE
from question_cast import KENYA
from question_stores import BEFORE, COMPARED, EXTRA_GRAPHS, QUERIES, before_lines
from question_texts import articles, golden_lines, lines_of
from rows import normal_row, read_expected
from sample_texts import Text
from stores.servers import STORES, RunningStore, ask, free_port, running, start_store

pytestmark = pytest.mark.slow

QUESTIONS = {q.name: q for q in list_questions()}
ARMSGRAPH = Path(sys.executable).parent / "armsgraph"
RIFLES = next(e for e in articles() if e.document.id == "rifles-signed")
KENYAN = next(e for e in articles() if e.document.id == "kenya")


@pytest.fixture(scope="module", params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with start_store(request.param, tmp_path_factory.mktemp("store")) as running:
        yield running


def load(store: RunningStore, *arguments: object) -> str:
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stderr(said):
        patch.setattr(sys, "argv", ["armsgraph", "load", *map(str, arguments), "--to", store.to])
        for name, value in store.environment.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as stop:
            main()
    assert not stop.value.code, said.getvalue()
    return said.getvalue()


def load_lines(store: RunningStore, lines: Iterable[str], folder: Path, *arguments: object) -> str:
    path = folder / "graph.nq"
    write_file(lines, path)
    return load(store, path, *arguments)


def rows_of(store: RunningStore, query: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    found = ask(store, query)
    names = tuple(found["head"]["vars"])  # type: ignore[index]
    bindings = found["results"]["bindings"]  # type: ignore[index]
    return names, [tuple(row[n]["value"] if n in row else "" for n in names) for row in bindings]


def contents(store: RunningStore) -> set[tuple[str, ...]]:
    """All triples about our instances, values as numbers where they are."""
    query = f'SELECT ?s ?p ?o WHERE {{ ?s ?p ?o FILTER (STRSTARTS(STR(?s), "{DEFAULT_BASE}")) }}'
    return {normal_row(row) for row in rows_of(store, query)[1]}


def expected_contents(lines: Iterable[str]) -> set[tuple[str, ...]]:
    quads = ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return {
        normal_row((q.subject.value, q.predicate.value, q.object.value))  # type: ignore[union-attr]
        for q in quads
        if str(q.subject).startswith(f"<{DEFAULT_BASE}")
    }


def test_all_questions_have_the_rows_they_have_locally(store: RunningStore, tmp_path: Path) -> None:
    load_lines(store, golden_lines(), tmp_path)
    for graph, text in EXTRA_GRAPHS.items():
        (tmp_path / "extra.ttl").write_text(text(), "utf-8")
        load(store, tmp_path / "extra.ttl", "--graph", graph)
    answers = {name: rows_of(store, QUESTIONS[name].text) for name in QUESTIONS if name not in COMPARED}
    load_lines(store, before_lines(), tmp_path, "--graph", BEFORE)
    answers |= {name: rows_of(store, QUESTIONS[name].text) for name in COMPARED}
    for graph in (BEFORE, *EXTRA_GRAPHS):
        load_lines(store, [], tmp_path, "--graph", graph)
    wrong = {}
    for name, (names, rows) in answers.items():
        expected_names, expected = read_expected(QUERIES / f"{name}.csv")
        assert set(names) <= set(expected_names), name
        # some stores leave out columns that have no value
        given = [dict(zip(names, row, strict=True)) for row in rows]
        aligned = [tuple(row.get(n, "") for n in expected_names) for row in given]
        if sorted(map(normal_row, aligned)) != sorted(map(normal_row, expected)):
            wrong[name] = (sorted(map(normal_row, aligned))[:3], sorted(map(normal_row, expected))[:3])
    assert wrong == {}


def test_all_triples_are_there_and_loading_again_changes_nothing(store: RunningStore, tmp_path: Path) -> None:
    load_lines(store, golden_lines(), tmp_path)
    assert contents(store) == expected_contents(golden_lines())
    load_lines(store, golden_lines(), tmp_path)
    assert contents(store) == expected_contents(golden_lines())
    number = rows_of(store, f"SELECT (COUNT(?p) AS ?n) WHERE {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }}")[1]
    assert int(number[0][0]) > 1000


def test_turtle_is_parted_into_the_same_graphs(store: RunningStore, tmp_path: Path) -> None:
    write_file(golden_lines(), tmp_path / "graph.ttl")
    load(store, tmp_path / "graph.ttl")
    graph = f"{DEFAULT_BASE}document/{KENYAN.document.key}"
    sent = sum(line.endswith(f" <{graph}> .") for line in golden_lines())
    number = rows_of(store, f"SELECT (COUNT(?p) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")[1]
    assert int(number[0][0]) == sent
    assert contents(store) == expected_contents(golden_lines())


def test_a_document_is_replaced_exactly(store: RunningStore, tmp_path: Path) -> None:
    """The text is the same and what is read out of it is not: a figure fewer, a buyer that was none."""
    load_lines(store, golden_lines(), tmp_path)
    (deal,) = RIFLES.deals
    other = replace(deal, facts=tuple(f for f in deal.facts if f.predicate != "signatory"), milestones=())
    load_lines(store, lines_of([replace(RIFLES, deals=(other,))]), tmp_path)
    rebuilt = [replace(RIFLES, deals=(other,)) if e.document.id == "rifles-signed" else e for e in articles()]
    assert contents(store) == expected_contents(lines_of(rebuilt))


def test_a_document_is_withdrawn_exactly(store: RunningStore, tmp_path: Path) -> None:
    load_lines(store, golden_lines(), tmp_path)
    load(store, "--withdraw", f"{DEFAULT_BASE}document/{KENYAN.document.key}")
    left = [e for e in articles() if e.document.id != "kenya"]
    assert contents(store) == expected_contents(lines_of(left))
    assert not any("kenya" in " ".join(row) for row in contents(store))
    load_lines(store, golden_lines(), tmp_path)
    assert contents(store) == expected_contents(golden_lines())


def odd_article() -> Extraction:
    text = 'Kenya\tsaid "yes" to a \\ and a \\u0041, to \\\\n, to 🙂 and\r\nto é and { } ; . # <x> of its deal.'
    t = Text(text, id="odd signs")
    return replace(
        KENYAN,
        document=t.document,
        entities=replace(KENYAN.entities, entities=(KENYA,), mentions=(t.mention("Kenya", KENYA),)),
        deals=(),
        links=(),
    )


def test_odd_signs_arrive_as_they_were(store: RunningStore, tmp_path: Path) -> None:
    odd = odd_article()
    for method in ("auto", "update"):
        load_lines(store, lines_of([odd]), tmp_path, "--method", method)
        query = (
            f"SELECT ?text WHERE {{ <{DEFAULT_BASE}document/{odd.document.key}> "
            f"<https://w3id.org/armsgraph/ontology#storedText> ?text }}"
        )
        assert rows_of(store, query)[1] == [(odd.document.text,)], method
    load(store, "--withdraw", f"{DEFAULT_BASE}document/{odd.document.key}")


def many_documents(number: int) -> list[str]:
    """The golden store so many times over, each document under a name of its own."""
    lines = list(golden_lines())
    for n in range(number):
        for extraction in articles():
            key = extraction.document.key
            lines += [
                line.replace(key, f"copy-{n}-{key}").replace("/claim/", f"/claim/{n}-")
                for line in golden_lines()
                if f"/document/{key}>" in line or key in line
            ]
    return sorted(set(lines))


def test_a_load_that_is_killed_goes_on_where_it_was(store: RunningStore, tmp_path: Path) -> None:
    path = tmp_path / "many.nq"
    lines = many_documents(12)
    write_file(lines, path)
    command = [str(ARMSGRAPH), "load", str(path), "--to", store.to]
    process = subprocess.Popen(command, env=os.environ | store.environment, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        journal = next(iter(tmp_path.glob(".many.nq.load-*")), None)
        if journal is not None and journal.read_bytes().count(b"\n") > 10:
            break
        time.sleep(0.005)
    assert process.poll() is None, "it was over before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    said = load(store, path)
    assert "an earlier load was interrupted" in said
    assert "were there from an earlier run" in said
    assert contents(store) == expected_contents(lines)
    assert list(tmp_path.glob(".many.nq.load-*")) == []
    documents = sorted(
        {line.rsplit("<", 1)[1].split(">")[0] for line in lines if f"<{DEFAULT_BASE}document/copy-" in line}
    )
    load(store, *(word for d in documents if "/copy-" in d for word in ("--withdraw", d)))
    load_lines(store, golden_lines(), tmp_path)
    assert contents(store) == expected_contents(golden_lines())


def test_our_own_server_takes_replaces_and_withdraws_documents(tmp_path: Path) -> None:
    """Its gate looks at every write: documents go in with their facts, in one update."""
    port, token = free_port(), "0123456789abcdef" * 2
    write_store(lines_of([KENYAN]), tmp_path / "store")
    command = [str(ARMSGRAPH), "serve", str(tmp_path / "store"), "--port", str(port), "--writable", "--workers", "1"]
    base = f"http://127.0.0.1:{port}"
    with running(command, tmp_path, f"{base}/ready", ARMSGRAPH_TOKEN=token) as process:
        store = RunningStore(
            name="armsgraph serve",
            to=base,
            query=f"{base}/sparql",
            environment={"ARMSGRAPH_LOAD_TOKEN": token},
            process=process,
            version="",
        )
        load_lines(store, golden_lines(), tmp_path)
        assert contents(store) == expected_contents(golden_lines())
        load(store, "--withdraw", f"{DEFAULT_BASE}document/{KENYAN.document.key}")
        left = [e for e in articles() if e.document.id != "kenya"]
        assert contents(store) == expected_contents(lines_of(left))
