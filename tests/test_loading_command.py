"""The command `load`, and stores on disk."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from armsgraph.errors import ArmsgraphError, InputError
from armsgraph.graph import read_lines, write_file
from armsgraph.loading import (
    Endpoints,
    add_to_store,
    read_quads,
)
from armsgraph.store import ONTOLOGY_GRAPH, open_graph
from armsgraph.vocab import DEFAULT_BASE
from loads import ARMSGRAPH, DOCUMENT, answering, expected, held, quads
from question_texts import articles, golden_lines, lines_of
from stores.standin import stand_in


# ------------------------------------------------------------------------------------------------ the command
def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ARMSGRAPH), "load", *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(tmp_path: Path) -> None:
    write_file(golden_lines(), tmp_path / "g.nq")
    with stand_in() as store:
        done = run(tmp_path / "g.nq", "--to", store.url, "--dry-run", "--withdraw", DOCUMENT)
        assert done.returncode == 0, done.stderr
        assert [s.body for s in store.seen if not s.body.startswith(b"query=")] == []
        assert len(store.store) == 0
    assert "9 documents, 9 of them new to the store" in done.stderr
    assert f"would withdraw {DOCUMENT}" in done.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "g.nq"]


def test_withdrawing_by_command(tmp_path: Path) -> None:
    write_file(golden_lines(), tmp_path / "g.nq")
    with stand_in() as store:
        assert run(tmp_path / "g.nq", "--to", store.url).returncode == 0
        assert run("--to", store.url, "--withdraw", DOCUMENT).returncode == 0
        left = lines_of([e for e in articles() if e.document.id != "kenya"])
        assert held(store, left) == expected(left)
        again = run("--to", store.url, "--withdraw", DOCUMENT)
        assert again.returncode == 2
        assert "no document" in again.stderr


def test_passwords_are_in_no_message(tmp_path: Path) -> None:
    write_file(golden_lines(), tmp_path / "g.nq")
    with stand_in(meddle=answering(401)) as store:
        done = run(tmp_path / "g.nq", "--to", store.url, ARMSGRAPH_LOAD_USER="ann", ARMSGRAPH_LOAD_PASSWORD="hunter2")
    assert done.returncode == 2
    assert "hunter2" not in done.stdout + done.stderr


def test_wrong_usage_exits_2(tmp_path: Path) -> None:
    write_file(golden_lines(), tmp_path / "g.nq")
    for arguments in (
        ("x.nq",),
        ("--to", "http://127.0.0.1:1/ds"),
        ("x.nq", "--to", "http://127.0.0.1:1/ds", "--store", tmp_path / "s"),
        (tmp_path / "g.nq", "--to", "http://127.0.0.1:1/ds", "--graph", "no iri"),
        (tmp_path / "g.nq", "--to", "http://u:hunter2@127.0.0.1:1/ds"),
    ):
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert "hunter2" not in done.stderr


# ------------------------------------------------------------------------------------------------ stores on disk
def test_a_store_on_disk_is_made_and_takes_further_graphs(tmp_path: Path) -> None:
    write_file(golden_lines(), tmp_path / "g.ttl")
    (tmp_path / "rates.ttl").write_text("<urn:a> <urn:b> 1 , 2 .", "utf-8")
    add_to_store(tmp_path / "g.ttl", tmp_path / "store", base=DEFAULT_BASE)
    assert sorted(read_lines(open_graph(tmp_path / "store").quads())) == sorted(
        read_lines(quads_of_store(golden_lines()))
    )
    assert add_to_store(tmp_path / "rates.ttl", tmp_path / "store", graph="urn:rates", base=DEFAULT_BASE) == 2
    assert add_to_store(tmp_path / "rates.ttl", tmp_path / "store", graph="urn:rates", base=DEFAULT_BASE) == 2
    opened = open_graph(tmp_path / "store")
    assert len(list(opened.store.quads_for_pattern(None, None, None, ox.NamedNode("urn:rates")))) == 2
    assert opened.store.contains_named_graph(ox.NamedNode(ONTOLOGY_GRAPH))


def quads_of_store(lines: tuple[str, ...]) -> ox.Store:
    store = ox.Store()
    store.extend(quads(lines))
    return store


def test_a_graph_cannot_be_added_to_what_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "rates.ttl").write_text("<urn:a> <urn:b> 1 .", "utf-8")
    for place in ("rates.ttl", "none"):
        with pytest.raises(ArmsgraphError):
            add_to_store(tmp_path / "rates.ttl", tmp_path / place, graph="urn:rates", base=DEFAULT_BASE)


def test_mistakes_in_a_file_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "bad.nt").write_text("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", "utf-8")
    with pytest.raises(InputError) as error:
        list(read_quads(tmp_path / "bad.nt"))
    assert error.value.where == f"{tmp_path / 'bad.nt'}:2"
    with pytest.raises(InputError, match="no such file"):
        list(read_quads(tmp_path / "none.nt"))


def test_endpoints_know_our_own_server() -> None:
    assert Endpoints(base="b", query="q", product="armsgraph/0.1").is_armsgraph
    assert not Endpoints(base="b", query="q", product="Oxigraph/0.5").is_armsgraph
