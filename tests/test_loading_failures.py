"""Loading into a store that misbehaves, or that is none: tries, sizes, refusals, credentials."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from armsgraph.errors import InputError, OnlineError
from armsgraph.loading import (
    Bundle,
    Credentials,
    Method,
    find_endpoints,
    probe_writing,
    read_credentials,
)
from armsgraph.loading.client import Response, check_url
from armsgraph.loading.credentials import Digest
from loads import answering, client, expected, golden_bundle, held, load
from question_texts import golden_lines
from stores.standin import Seen, Serve, stand_in


@pytest.fixture
def bundle() -> Iterator[Bundle]:
    with golden_bundle() as made:
        yield made


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
