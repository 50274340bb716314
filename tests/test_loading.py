"""Loading into a store on the network: what is sent, and how an interrupted load goes on."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from armsgraph.errors import InputError, OnlineError
from armsgraph.graph import write_file
from armsgraph.loading import (
    FACTS,
    Bundle,
    Journal,
    Method,
    find_endpoints,
    journal_path,
    probe_writing,
    read_quads,
    withdraw_documents,
)
from armsgraph.loading.endpoints import FACTS_GRAPH
from armsgraph.store import ONTOLOGY_GRAPH
from armsgraph.vocab import DEFAULT_BASE
from loads import ARMSGRAPH, DOCUMENT, KENYAN, client, expected, golden_bundle, held, load, quads
from question_texts import articles, golden_lines, lines_of
from stores.standin import Seen, Serve, stand_in


@pytest.fixture
def bundle() -> Iterator[Bundle]:
    with golden_bundle() as made:
        yield made


# ------------------------------------------------------------------------------------------------ parcels
def test_a_graph_is_parted_by_document_whatever_its_format(tmp_path: Path) -> None:
    found = {}
    for format in ("nq", "ttl", "nt", "trig", "jsonld", "rdf"):
        write_file(golden_lines(), tmp_path / f"g.{format}")
        with Bundle(base=DEFAULT_BASE) as bundle:
            bundle.fill(read_quads(tmp_path / f"g.{format}"))
            found[format] = [(p.graph, p.triples, p.sha256) for p in bundle.parcels]
    assert found["ttl"] == found["nq"] == found["nt"] == found["trig"] == found["rdf"]
    # JSON-LD is read by way of Oxigraph, which spells durations in its own way
    assert [p[:2] for p in found["jsonld"]] == [p[:2] for p in found["nq"]]
    assert len([g for g, _, _ in found["nq"] if "/document/" in g]) == len(articles())


def test_parcels_hold_each_triple_once(bundle: Bundle) -> None:
    lines = [line for p in bundle.parcels for line in bundle.lines(p)]
    assert len(lines) == len(set(lines)) == sum(p.triples for p in bundle.parcels)
    documents = {p.graph for p in bundle.documents}
    assert documents == {f"{DEFAULT_BASE}document/{e.document.key}" for e in articles()}
    assert {p.graph for p in bundle.parcels} == documents | {FACTS, ONTOLOGY_GRAPH}
    assert not any(p.has_blank_nodes for p in bundle.parcels)


@pytest.mark.parametrize("limit", [1, 100, 5000, 10**9])
def test_chunks_are_whole_lines_and_together_the_parcel(bundle: Bundle, limit: int) -> None:
    parcel = bundle.documents[0]
    chunks = list(bundle.chunks(parcel, limit))
    assert b"".join(chunks).decode().splitlines() == list(bundle.lines(parcel))
    assert all(c.endswith(b"\n") and (len(c) <= limit or c.count(b"\n") == 1) for c in chunks)


def test_memory_limit_of_sorting_does_not_change_the_parcels(bundle: Bundle) -> None:
    with Bundle(base=DEFAULT_BASE, sorter_chars=20_000) as small:
        small.fill(quads(golden_lines()[::-1]))
        assert small.parcels == bundle.parcels


def test_one_graph_takes_the_whole_file_and_nothing_else() -> None:
    with Bundle(base=DEFAULT_BASE) as bundle:
        bundle.fill(quads(golden_lines()), graph="https://example.org/g")
        assert [p.graph for p in bundle.parcels] == ["https://example.org/g"]
        bundle.fill(iter(()), graph="https://example.org/empty")
        assert [(p.graph, p.triples, list(bundle.chunks(p, 9))) for p in bundle.parcels] == [
            ("https://example.org/empty", 0, [b""])
        ]


def test_blank_nodes_of_a_file_go_in_one_request() -> None:
    text = b"_:a <urn:p> _:b .\n_:b <urn:p> <urn:c> .\n" + b"".join(
        b"<urn:s> <urn:p> <urn:%d> .\n" % n for n in range(99)
    )
    with Bundle(base=DEFAULT_BASE) as bundle:
        bundle.fill(iter(ox.parse(text, format=ox.RdfFormat.N_QUADS)), graph="urn:g")
        (parcel,) = bundle.parcels
        assert parcel.has_blank_nodes
        assert len(list(bundle.chunks(parcel, 50))) == 1


# ------------------------------------------------------------------------------------------------ what is in the store
@pytest.mark.parametrize("method", [Method.GSP, Method.UPDATE])
def test_the_store_holds_the_graph_and_nothing_of_the_probe(method: Method, bundle: Bundle, tmp_path: Path) -> None:
    with stand_in() as store:
        summary = load(store, bundle, tmp_path / "j", method=method)
        assert held(store) == expected(golden_lines())
        assert not any("graph/probe" in line for line in store.lines())
    assert (summary.replaced, summary.skipped, summary.differences) == (0, 0, [])
    assert not (tmp_path / "j").exists()


def test_one_request_for_each_document(bundle: Bundle, tmp_path: Path) -> None:
    with stand_in() as store:
        load(store, bundle, tmp_path / "j")
        puts = Counter(s.graph for s in store.writes() if s.method == "PUT")
    assert puts == Counter([p.graph for p in bundle.documents] + [ONTOLOGY_GRAPH])


@pytest.mark.parametrize("facts", [None, "default", "https://example.org/facts"])
@pytest.mark.parametrize("has_union", [False, True])
def test_plain_queries_see_the_facts(facts: str | None, has_union: bool, bundle: Bundle, tmp_path: Path) -> None:
    with stand_in(has_union=has_union) as store:
        load(store, bundle, tmp_path / "j", facts=facts)
        load(store, bundle, tmp_path / "j", facts=facts)
        graph = {None: FACTS_GRAPH if has_union else "", "default": ""}.get(facts, facts)
        there = [q for q in store.store if str(q.graph_name) == (f"<{graph}>" if graph else "DEFAULT")]
        assert bundle.facts is not None
        assert len(there) == bundle.facts.triples


@pytest.mark.parametrize("method", [Method.GSP, Method.UPDATE])
@pytest.mark.parametrize("has_union", [False, True])
def test_a_document_read_otherwise_is_replaced_and_the_others_stay(
    method: Method, has_union: bool, bundle: Bundle, tmp_path: Path
) -> None:
    changed = replace(KENYAN, deals=KENYAN.deals[:1], links=())
    rebuilt = [changed if e.document.id == "kenya" else e for e in articles()]
    with stand_in(has_union=has_union) as store, Bundle(base=DEFAULT_BASE) as part:
        load(store, bundle, tmp_path / "j", method=method, facts="default")
        part.fill(quads(lines_of([changed])))
        summary = load(store, part, tmp_path / "j", method=method, facts="default")
        assert held(store) == expected(lines_of(rebuilt))
    assert summary.replaced == 2  # and the ontology


def test_names_of_a_node_are_settled_among_all_documents(tmp_path: Path) -> None:
    """Documents loaded one by one call a node as they do when they are built together."""
    one, other = (e for e in articles() if e.document.id in {"missiles", "more-missiles"})
    firms = tuple(
        replace(e, label="BrahMos Aerospace Pvt Ltd") if e.id == "firm/brahmos-aerospace" else e
        for e in other.entities.entities
    )
    other = replace(other, entities=replace(other.entities, entities=firms))
    with stand_in() as store:
        for extraction in (other, one):
            with Bundle(base=DEFAULT_BASE) as part:
                part.fill(quads(lines_of([extraction])))
                load(store, part, tmp_path / "j")
        names = [
            line
            for line in store.lines()
            if "firm/brahmos-aerospace> <http" in line and ("#label" in line or "altLabel" in line)
        ]
    assert names == [line.removesuffix(" .") for line in lines_of([one, other]) if line.rstrip(" .") in names]
    assert sum("#label" in n for n in names) == 1


def test_withdrawing_is_as_if_the_document_had_not_been_loaded(bundle: Bundle, tmp_path: Path) -> None:
    left = [e for e in articles() if e.document.id != "kenya"]
    with stand_in() as store:
        load(store, bundle, tmp_path / "j")
        sender = client()
        found = probe_writing(sender, find_endpoints(sender, store.url), Method.AUTO)
        with pytest.raises(InputError, match="no document"):
            withdraw_documents(sender, found, [DOCUMENT + "x"], facts_graph=None, ontology=None)
        withdraw_documents(sender, found, [DOCUMENT], facts_graph=None, ontology=bundle)
        # the bundle has more than the ontology's concepts, which is all the command hands over
        assert not any(DOCUMENT in line for line in store.lines())
        assert set(expected(lines_of(left))) <= set(store.lines())
        sender.close()


def test_replacing_without_updates_is_refused(bundle: Bundle, tmp_path: Path) -> None:
    with stand_in(has_update=False) as store:
        load(store, bundle, tmp_path / "j")
        before = store.lines()
        with pytest.raises(InputError, match="SPARQL Update"):
            load(store, bundle, tmp_path / "j")
        assert store.lines() == before


def test_data_of_others_stays(bundle: Bundle, tmp_path: Path) -> None:
    mine = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("mine"))
    other = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("mine"), ox.NamedNode("urn:g"))
    with stand_in() as store:
        store.store.extend([mine, other])
        assert load(store, bundle, tmp_path / "j").differences == []
        assert load(store, bundle, tmp_path / "j").differences == []
        assert mine in store.store
        assert other in store.store


# ------------------------------------------------------------------------------------------------ counts
@pytest.mark.parametrize("has_union", [False, True])
def test_what_the_store_loses_is_named(has_union: bool, bundle: Bundle, tmp_path: Path) -> None:
    lost = bundle.documents[2]

    def lose(seen: Seen) -> tuple[int, dict[str, str], bytes]:
        if seen.method == "PUT" and seen.graph == lost.graph:
            kept = b"".join(seen.body.splitlines(keepends=True)[:-2])
            store.store.load(kept, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(seen.graph))
            return 204, {}, b""
        if seen.method != "POST" or seen.path != "/ds/data" or b"nordvik" not in seen.body:
            raise Serve
        kept = b"".join(
            line for line in seen.body.splitlines(keepends=True) if b"deal/kenya" not in line.split(b" ")[0]
        )
        store.store.load(kept, format=ox.RdfFormat.N_TRIPLES)
        return 204, {}, b""

    with stand_in(meddle=lose, has_union=has_union) as store:
        summary = load(store, bundle, tmp_path / "j", facts="default")
    assert (
        f"{lost.graph}: {lost.triples} triples sent, {lost.triples - 2} there; missing, for example"
        in summary.differences[0]
    )
    assert any("deal/kenya" in d and "facts sent, 0 there" in d for d in summary.differences[1:])
    assert (tmp_path / "j").exists(), "what differs is sent again by the next run"


# ------------------------------------------------------------------------------------------------ interruptions
@pytest.mark.parametrize("at", [1, 4, 9])
def test_an_interrupted_load_goes_on_and_sends_nothing_twice(at: int, bundle: Bundle, tmp_path: Path) -> None:
    def refuse(seen: Seen) -> tuple[int, dict[str, str], bytes]:
        if seen.method == "PUT" and len([s for s in store.writes() if s.method == "PUT"]) == at:
            return 507, {}, b"no room"
        raise Serve

    with stand_in(meddle=refuse) as store:
        with pytest.raises(OnlineError, match="507"):
            load(store, bundle, tmp_path / "j")
        store.meddle = None
        store.seen.clear()
        summary = load(store, bundle, tmp_path / "j")
        sent = [s.graph for s in store.writes() if s.method == "PUT"]
        assert held(store) == expected(golden_lines())
    assert summary.skipped == at - 1
    assert len(sent) == len(bundle.parcels) - 1 - (at - 1)


def test_what_the_store_has_lost_since_is_sent_again(bundle: Bundle, tmp_path: Path) -> None:
    with stand_in() as store:
        with Journal(tmp_path / "j", target=store.url, facts_graph=None) as log:
            for parcel in bundle.parcels:
                log.add(parcel.graph, parcel.sha256)
        assert load(store, bundle, tmp_path / "j").skipped == 0
        assert held(store) == expected(golden_lines())


def test_a_killed_load_goes_on_where_it_was(tmp_path: Path) -> None:
    """The store kills the client in the middle of a request, and the command is given again."""
    path = tmp_path / "graph.nq"
    write_file(golden_lines(), path)

    def kill(seen: Seen) -> None:
        if seen.method == "PUT" and len([s for s in store.writes() if s.method == "PUT"]) == 5:
            os.kill(process.pid, signal.SIGKILL)
            return
        raise Serve

    with stand_in(meddle=kill) as store:
        command = [str(ARMSGRAPH), "load", str(path), "--to", store.url]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        assert process.wait(120) == -signal.SIGKILL
        assert journal_path(path, store.url).exists()
        store.meddle = None
        store.seen.clear()
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        assert "an earlier load was interrupted" in done.stderr
        assert "4 were there from an earlier run" in done.stderr
        assert "counts of all graphs are as sent" in done.stderr
        assert held(store) == expected(golden_lines())
        assert not journal_path(path, store.url).exists()


def test_a_journal_cut_off_in_a_line_holds_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with Journal(path, target="t", facts_graph=None) as log:
        log.add("urn:a", "1")
        log.add("urn:b", "2")
    path.write_bytes(path.read_bytes()[:-9])
    with Journal(path, target="t", facts_graph=None) as log:
        assert log.is_resumed
        assert log.has("urn:a", "1")
        assert not log.has("urn:b", "2")
        log.add("urn:c", "3")
    with Journal(path, target="t", facts_graph=None) as log:
        assert log.has("urn:c", "3")


def test_a_journal_of_another_load_is_not_taken(tmp_path: Path) -> None:
    with Journal(tmp_path / "j", target="t", facts_graph=None) as log:
        log.add("urn:a", "1")
    with Journal(tmp_path / "j", target="t", facts_graph="urn:facts") as log:
        assert not log.is_resumed
    (tmp_path / "mine.txt").write_text("my notes\n", "utf-8")
    with pytest.raises(InputError, match="no journal"), Journal(tmp_path / "mine.txt", target="t", facts_graph=None):
        pass
    assert (tmp_path / "mine.txt").read_text("utf-8") == "my notes\n"
    with (
        pytest.raises(InputError, match="cannot be written"),
        Journal(tmp_path / "no" / "j", target="t", facts_graph=None),
    ):
        pass
