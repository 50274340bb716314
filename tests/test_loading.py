"""Loading into a store on the network: what is sent, what is told, and what happens when the store misbehaves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from armsgraph.errors import ArmsgraphError, InputError, OnlineError
from armsgraph.graph import read_lines, write_file
from armsgraph.loading import (
    FACTS,
    Bundle,
    Client,
    Credentials,
    Endpoints,
    Journal,
    LoadSummary,
    Method,
    add_to_store,
    choose_facts_graph,
    find_endpoints,
    journal_path,
    load_bundle,
    plan_load,
    probe_writing,
    read_credentials,
    read_quads,
    withdraw_documents,
)
from armsgraph.loading.client import Response, check_url
from armsgraph.loading.credentials import Digest
from armsgraph.loading.endpoints import FACTS_GRAPH
from armsgraph.store import ONTOLOGY_GRAPH, open_graph
from armsgraph.vocab import DEFAULT_BASE
from question_texts import articles, golden_lines, lines_of
from stores.standin import Seen, Serve, StandIn, stand_in

ARMSGRAPH = Path(sys.executable).parent / "armsgraph"
KENYAN = next(e for e in articles() if e.document.id == "kenya")
DOCUMENT = f"{DEFAULT_BASE}document/{KENYAN.document.key}"


def quads(lines: Sequence[str]) -> Iterator[ox.Quad]:
    return iter(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


@pytest.fixture
def bundle() -> Iterator[Bundle]:
    with Bundle(base=DEFAULT_BASE) as made:
        made.fill(quads(golden_lines()))
        yield made


def client(**settings: object) -> Client:
    settings.setdefault("sleep", lambda _seconds: None)
    return Client(**settings)  # type: ignore[arg-type]


def load(
    store: StandIn,
    bundle: Bundle,
    journal: Path,
    *,
    method: Method = Method.AUTO,
    chunk_bytes: int = 1 << 22,
    facts: str | None = None,
    with_client: Client | None = None,
) -> LoadSummary:
    sender = with_client or client()
    found = probe_writing(sender, find_endpoints(sender, store.url), method)
    plan = plan_load(sender, found, bundle, facts_graph=choose_facts_graph(sender, found, facts))
    with Journal(journal, target=store.url, facts_graph=plan.facts_graph) as log:
        summary = load_bundle(sender, found, bundle, plan, log, chunk_bytes=chunk_bytes)
        if not summary.differences:
            log.remove()
    sender.close()
    return summary


def expected(lines: Sequence[str]) -> list[str]:
    """What a store holds of a build, the ontology left out, in the spelling of Oxigraph."""
    store = ox.Store()
    store.extend(quads(lines))
    return sorted(str(q) for q in store)


def held(store: StandIn, lines: Sequence[str] | None = None) -> list[str]:
    """What the store holds but for the ontology and the concepts that none of the lines names."""
    used = set(expected(golden_lines() if lines is None else lines))
    kept = [q for q in store.store if q.graph_name != ox.NamedNode(ONTOLOGY_GRAPH)]
    return sorted(line for line in map(str, kept) if DEFAULT_BASE in line or line in used or "software" in line)


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


# ------------------------------------------------------------------------------------------------ tries and sizes
def test_a_busy_store_is_asked_again_after_longer_and_longer_pauses(bundle: Bundle, tmp_path: Path) -> None:
    waits: list[float] = []

    def busy(seen: Seen) -> tuple[int, dict[str, str], bytes]:
        if seen.method == "PUT" and "probe" not in seen.graph and len(waits) < 3:
            return 503, {"Retry-After": "7"} if len(waits) == 2 else {}, b"busy"
        raise Serve

    with stand_in(meddle=busy) as store:
        load(store, bundle, tmp_path / "j", with_client=client(sleep=waits.append))
        assert held(store) == expected(golden_lines())
    assert waits == [0.5, 1.0, 7.0]


def test_a_connection_that_breaks_is_made_again(bundle: Bundle, tmp_path: Path) -> None:
    broken: list[str] = []

    def cut(seen: Seen) -> None:
        if seen.method == "PUT" and "probe" not in seen.graph and len(broken) < 2:
            broken.append(seen.graph)
            return
        raise Serve

    with stand_in(meddle=cut) as store:
        load(store, bundle, tmp_path / "j")
        assert held(store) == expected(golden_lines())
    assert len(broken) == 2


def test_a_store_that_stays_away_ends_the_load_with_what_to_do(bundle: Bundle, tmp_path: Path) -> None:
    def cut(seen: Seen) -> None:
        if seen.method == "PUT" and "probe" not in seen.graph:
            return
        raise Serve

    with stand_in(meddle=cut) as store, pytest.raises(OnlineError, match="the connection broke") as error:
        load(store, bundle, tmp_path / "j", with_client=client(tries=3))
    assert "run the same command again" in str(error.value)


@pytest.mark.parametrize("method", [Method.GSP, Method.UPDATE])
def test_requests_that_are_too_large_are_sent_in_pieces(method: Method, bundle: Bundle, tmp_path: Path) -> None:
    with stand_in(most_bytes=9000) as store:
        load(store, bundle, tmp_path / "j", method=method)
        assert held(store) == expected(golden_lines())
        assert sum(len(s.body) > 9000 for s in store.writes()) < 8, "it learns the size"


def test_a_limit_below_one_triple_is_told(bundle: Bundle, tmp_path: Path) -> None:
    with stand_in(most_bytes=200) as store, pytest.raises(OnlineError, match=r"refused \(413\)") as error:
        load(store, bundle, tmp_path / "j")
    assert "smaller" in str(error.value)


# ------------------------------------------------------------------------------------------------ what goes wrong
def answering(status: int, body: bytes = b"", **headers: str) -> Callable[[Seen], tuple[int, dict[str, str], bytes]]:
    return lambda _seen: (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)


@pytest.mark.parametrize(
    ("meddle", "message", "hint"),
    [
        (answering(401), "who you are", "ARMSGRAPH_LOAD_USER"),
        (answering(403, b"read only"), "refused (403): read only", "--writable"),
        (answering(404), "refused (404)", "name of the dataset"),
        (answering(405), "refused (405)", "address of the dataset"),
        (answering(302, Location="https://elsewhere.example/"), "redirection", "https://elsewhere.example/"),
        (
            answering(200, b"<html>Welcome</html>", Content_Type="text/html"),
            "no SPARQL endpoint",
            "docs/triple-stores.md",
        ),
        (answering(200, b"[]"), "no SPARQL endpoint", "docs/triple-stores.md"),
    ],
    ids=["401", "403", "404", "405", "redirect", "html", "json"],
)
def test_what_is_wrong_with_the_address_is_told(meddle: object, message: str, hint: str) -> None:
    with stand_in(meddle=meddle) as store, pytest.raises(OnlineError) as error:
        find_endpoints(client(), store.url)
    assert message in error.value.message
    assert hint in (error.value.hint or "")


def test_nothing_listening_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(OnlineError, match="nothing listens there"):
        find_endpoints(client(), f"http://127.0.0.1:{port}/ds")


def test_a_host_that_is_none_is_told() -> None:
    with pytest.raises(OnlineError, match=r"no host of this name|broke"):
        find_endpoints(client(tries=1), "http://no-such-host.invalid/ds")


@pytest.mark.parametrize(
    ("scheme", "greeting", "message"),
    [("http", b"220 mail ready\r\n", "speaks no HTTP"), ("https", b"HTTP/1.1 400 Bad\r\n\r\n", "no TLS")],
)
def test_something_else_than_http_is_told(scheme: str, greeting: bytes, message: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            for _ in range(2):
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                with peer:
                    peer.sendall(greeting)
                    peer.recv(9999)

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        with pytest.raises(OnlineError) as error:
            find_endpoints(client(), f"{scheme}://127.0.0.1:{server.getsockname()[1]}/ds")
    assert message in error.value.message


@pytest.mark.parametrize(
    "url", ["", "ds", "ftp://h/ds", "http://", "http://h:99999/ds", "http://u:p@h/ds", "http://h/ds?x=1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(InputError) as error:
        check_url(url)
    assert error.value.where == "--to"
    assert "p@h" not in str(error.value), "a password is not repeated"


def test_a_read_only_store_is_told_before_anything_is_sent(bundle: Bundle, tmp_path: Path) -> None:
    with stand_in(has_update=False, has_data=False) as store:
        with pytest.raises(OnlineError, match="no writes") as error:
            load(store, bundle, tmp_path / "j")
        assert len(store.store) == 0
    assert "--update" in (error.value.hint or "")


@pytest.mark.parametrize(
    ("settings", "method"), [({"has_data": False}, Method.GSP), ({"has_update": False}, Method.UPDATE)]
)
def test_a_method_that_the_store_lacks_is_told(settings: dict[str, bool], method: Method) -> None:
    with stand_in(**settings) as store, pytest.raises(OnlineError):
        probe_writing(client(), find_endpoints(client(), store.url), method)


def test_the_methods_are_found_out() -> None:
    for settings in ({"has_data": False}, {"has_update": False}, {}):
        with stand_in(**settings) as store:
            found = probe_writing(client(), find_endpoints(client(), store.url), Method.AUTO)
            assert found.data == (f"{store.url}/data" if "has_data" not in settings else None)
            assert found.update == (f"{store.url}/update" if "has_update" not in settings else None)
            assert len(store.store) == 0


@pytest.mark.parametrize("end", ["", "/", "/query", "/update", "/data"])
def test_the_address_may_be_that_of_any_endpoint(end: str) -> None:
    with stand_in() as store:
        found = probe_writing(client(), find_endpoints(client(), store.url + end), Method.AUTO)
    assert (found.query, found.data) == (f"{store.url}/query", f"{store.url}/data")


# ------------------------------------------------------------------------------------------------ who we are
def test_credentials_come_from_the_environment_and_are_sent() -> None:
    basic = read_credentials({"ARMSGRAPH_LOAD_USER": "ann", "ARMSGRAPH_LOAD_PASSWORD": "s3cret"})
    bearer = read_credentials({"ARMSGRAPH_LOAD_TOKEN": "t0ken"})
    with stand_in() as store:
        for given, sent in ((basic, "Basic YW5uOnMzY3JldA=="), (bearer, "Bearer t0ken"), (Credentials(), None)):
            store.seen.clear()
            find_endpoints(client(credentials=given), store.url)
            assert {s.headers.get("authorization") for s in store.seen} == {sent}
    assert "s3cret" not in repr(basic) + str(basic)
    assert "t0ken" not in repr(bearer)


@pytest.mark.parametrize(
    "environment",
    [
        {"ARMSGRAPH_LOAD_PASSWORD": "x"},
        {"ARMSGRAPH_LOAD_USER": "x", "ARMSGRAPH_LOAD_TOKEN": "y"},
        {"ARMSGRAPH_LOAD_TOKEN": "a\r\nHost: b"},
    ],
)
def test_credentials_that_make_no_sense_are_refused(environment: dict[str, str]) -> None:
    with pytest.raises(InputError):
        read_credentials(environment)


def test_digest_of_the_example_of_rfc_7616() -> None:
    challenge = (
        'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, '
        'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
    )
    given = Credentials(user="Mufasa", password="Circle of Life")
    digest = Digest(challenge, given, nonce=lambda: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
    assert 'response="8ca523f5e9506fed4657c9700eebdbec"' in digest.header(
        "GET", "http://www.example.org/dir/index.html"
    )
    assert "nc=00000002" in digest.header("GET", "http://www.example.org/dir/index.html")
    assert Digest.can_answer(challenge, given)
    assert not Digest.can_answer('Digest realm="x", nonce="y", algorithm=SHA-999', given)
    assert not Digest.can_answer('Basic realm="x"', given)


def test_a_digest_is_given_to_a_store_that_says_so_only_without_another_proof() -> None:
    """As Virtuoso does: who sends a basic proof is refused without a word."""

    def ask_digest(seen: Seen) -> tuple[int, dict[str, str], bytes]:
        proof = seen.headers.get("authorization", "")
        if proof.startswith("Digest "):
            raise Serve
        return 401, {} if proof else {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth"'}, b""

    with stand_in(meddle=ask_digest) as store:
        sender = client(credentials=Credentials(user="dba", password="dba"))
        found = probe_writing(sender, find_endpoints(sender, store.url), Method.AUTO)
        assert found.data == f"{store.url}/data"


def test_a_reason_to_wait_that_is_a_date_is_understood() -> None:
    from armsgraph.loading.client import _asked_wait

    headers = {"retry-after": "Sat, 28 Nov 2026 12:00:30 GMT", "date": "Sat, 28 Nov 2026 12:00:00 GMT"}
    assert _asked_wait(Response(status=503, headers=headers, body=b"")) == 30
    assert _asked_wait(Response(status=503, headers={"retry-after": "soon"}, body=b"")) == 0


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
