"""Updates and graph store writes: token, gate, all or nothing; the W3C requirements on updates by section."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest

from armsgraph.server.problems import ProblemError
from armsgraph.server.settings import Settings
from armsgraph.server.updates import add_using
from armsgraph.store import open_graph, write_store
from serving import TOKEN, RunningServer, http, running

AUTH = {"authorization": f"Bearer {TOKEN}"}
UPDATE = {**AUTH, "content-type": "application/sparql-update"}
TURTLE = {**AUTH, "content-type": "text/turtle"}
DATA = """\
<urn:s> <urn:p> "default" .
<urn:s1> <urn:p> "one" <http://example.org/g1> .
<urn:s2> <urn:p> "two" <http://example.org/g2> .
"""
G1, G2, NEW = "http://example.org/g1", "http://example.org/g2", "http://example.org/new"


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("write-server")
    write_store(DATA.splitlines(), folder / "store", with_ontology=False)
    settings = Settings(graph=str(folder / "store"), port=0, workers=1, is_writable=True)
    with running(settings, folder, token=TOKEN) as server:
        yield server


@pytest.fixture
def server(shared_server: RunningServer) -> RunningServer:
    """The server with `DATA` in it again."""
    if dump(shared_server) != set(ox.parse(DATA, ox.RdfFormat.N_QUADS)):
        lines = [line.rstrip(" .") for line in DATA.splitlines()]
        graphs = [f"GRAPH {line.split()[-1]} {{ {line.rpartition(' ')[0]} }}" for line in lines[1:]]
        update(shared_server, f"CLEAR ALL ; DROP ALL ; INSERT DATA {{ {lines[0]} . {' '.join(graphs)} }}")
    return shared_server


def update(server: RunningServer, text: str, **parameters: str) -> httpx.Response:
    address = f"{server.url}/update" + (f"?{urlencode(parameters)}" if parameters else "")
    return http.post(address, headers=UPDATE, content=text)


def dump(server: RunningServer) -> set[ox.Quad]:
    response = http.get(f"{server.url}/data", headers={"accept": "application/n-quads"})
    return set(ox.parse(response.content, ox.RdfFormat.N_QUADS))


def graph(server: RunningServer, name: str) -> set[str]:
    """Return the values of <urn:p> in a graph, "" for the default graph."""
    node = ox.NamedNode(name) if name else ox.DefaultGraph()
    return {q.object.value for q in dump(server) if q.graph_name == node}  # type: ignore[union-attr]


def put(server: RunningServer, address: str, body: str, method: str = "PUT", **headers: str) -> httpx.Response:
    return http.request(method, f"{server.url}{address}", headers={**TURTLE, **headers}, content=body)


# ---- who may write

NO_TOKEN: list[dict[str, str]] = [
    {},
    {"authorization": "Bearer wrong-token-wrong-token"},
    {"authorization": "Bearer"},
    {"authorization": TOKEN},
    {"authorization": f"Basic {TOKEN}"},
    {"authorization": f"Bearer {TOKEN}x"},
    {"authorization": f"Bearer {TOKEN[:-1]}"},
    {"authorization": "Bearer \u00e9"},
]


@pytest.mark.parametrize("headers", NO_TOKEN, ids=range(len(NO_TOKEN)))
def test_nobody_writes_without_the_token(server: RunningServer, headers: dict[str, str]) -> None:
    raw = {k: v.encode("latin-1") for k, v in headers.items()}
    before = dump(server)
    answers = [
        http.post(
            f"{server.url}/update", headers={**raw, "content-type": b"application/sparql-update"}, content="CLEAR ALL"
        ),
        http.put(f"{server.url}/data?graph={NEW}", headers={**raw, "content-type": b"text/turtle"}, content=""),
        http.delete(f"{server.url}/data?graph={G1}", headers=raw),
        http.post(f"{server.url}/update?access_token={TOKEN}&token={TOKEN}", headers=raw, data={"update": "CLEAR ALL"}),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert all("Bearer" in answer.headers["www-authenticate"] for answer in answers)
    assert dump(server) == before


def test_token_is_in_no_log_and_on_no_command_line(server: RunningServer) -> None:
    update(server, "INSERT DATA { <urn:x> <urn:p> 'y' }")
    assert TOKEN not in server.log.read_text("utf-8")
    assert TOKEN.encode() not in Path(f"/proc/{server.process.pid}/cmdline").read_bytes()


@pytest.mark.parametrize("token", ["", "short", "with space in it here"])
def test_server_does_not_start_without_a_good_token(tmp_path: Path, token: str) -> None:
    write_store(DATA.splitlines(), tmp_path / "store", with_ontology=False)
    settings = Settings(graph=str(tmp_path / "store"), port=0, is_writable=True)
    with pytest.raises(AssertionError) as refused, running(settings, tmp_path, token=token):
        pass
    assert "token" in str(refused.value)


@pytest.mark.slow
def test_token_may_be_in_a_file(tmp_path: Path) -> None:
    write_store(DATA.splitlines(), tmp_path / "store", with_ontology=False)
    (tmp_path / "token").write_text(TOKEN + "\n", "utf-8")
    settings = Settings(
        graph=str(tmp_path / "store"), port=0, workers=1, is_writable=True, token_file=str(tmp_path / "token")
    )
    with running(settings, tmp_path) as server:
        assert update(server, "INSERT DATA { <urn:x> <urn:p> 'y' }").status_code == 204


# ---- updates


@pytest.mark.parametrize(
    "send",
    [
        pytest.param(lambda url, text: http.post(url, headers=UPDATE, content=text), id="2.2.2-direct"),
        pytest.param(lambda url, text: http.post(url, headers=AUTH, data={"update": text}), id="2.2.1-form"),
    ],
)
def test_update_is_done_and_seen_at_once_and_kept(
    server: RunningServer, send: Callable[[str, str], httpx.Response]
) -> None:
    build = http.get(f"{server.url}/ready").json()["build"]
    text = f"INSERT DATA {{ <urn:s> <urn:p> 'nouveau é' . GRAPH <{G1}> {{ <urn:n> <urn:p> 'n' }} }}"
    response = send(f"{server.url}/update", text)
    assert response.status_code == 204
    assert graph(server, "") == {"default", "nouveau é"}
    assert graph(server, G1) == {"one", "n"}
    assert http.get(f"{server.url}/ready").json()["build"] != build == build
    kept = open_graph(server.log.parent / "store").store
    assert set(kept) == dump(server)


def test_update_changes_the_etag(server: RunningServer) -> None:
    address = f"{server.url}/data?graph={G1}"
    etag = http.get(address).headers["etag"]
    update(server, f"INSERT DATA {{ GRAPH <{G1}> {{ <urn:n> <urn:p> 'n' }} }}")
    assert http.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("INSERT DATA { <urn:a> <urn:b> 'c' } ; nonsense", 400, id="syntax"),
        pytest.param("INSERT DATA { <urn:a> <urn:b> 'c' } ; LOAD <http://127.0.0.1:9/>", 400, id="load"),
        pytest.param("INSERT DATA { <urn:a> <urn:b> 'c' } ; CREATE GRAPH <http://example.org/g1>", 400, id="exists"),
        pytest.param("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, id="service"),
        pytest.param("INSERT { ?s ?p ?o } WHERE { SERVICE ?x { ?s ?p ?o } }", 400, id="service-of-a-variable"),
        pytest.param("INSERT DATA { " + "<urn:a> <urn:b> [ " * 200 + "] " * 200 + "}", 400, id="deep"),
        pytest.param("", 400, id="empty"),
    ],
)
def test_update_that_fails_changes_nothing(server: RunningServer, text: str, status: int) -> None:
    before = dump(server)
    assert update(server, text).status_code == status
    assert dump(server) == before
    assert set(open_graph(server.log.parent / "store").store) == before


def test_syntax_error_of_an_update_says_line_and_column(server: RunningServer) -> None:
    response = update(server, "INSERT DATA {\n  <urn:a> nonsense }")
    assert response.text.startswith("line 2, column ")


DEAL = "<https://w3id.org/armsgraph/id/deal/{}> a <https://w3id.org/armsgraph/ontology#Deal>"


def test_write_that_breaks_the_shapes_is_422_with_the_report_and_changes_nothing(server: RunningServer) -> None:
    before = dump(server)
    response = update(server, f"INSERT DATA {{ {DEAL.format('x')} }}")
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("text/turtle")
    report = ox.Store()
    report.load(response.content, format=ox.RdfFormat.TURTLE)
    asked = report.query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> ASK { ?r a sh:ValidationReport ; sh:conforms false ; "
        "sh:result [ sh:focusNode <https://w3id.org/armsgraph/id/deal/x> ; sh:resultSeverity sh:Violation ] }"
    )
    assert bool(asked)
    assert put(server, f"/data?graph={NEW}", f"{DEAL.format('y')} .").status_code == 422
    assert dump(server) == before
    assert update(server, "INSERT DATA { <urn:x> <urn:p> 'after' }").status_code == 204


@pytest.mark.parametrize(
    ("text", "parameters", "expected"),
    [
        pytest.param(
            "INSERT { <urn:n> <urn:p> ?o } WHERE { ?s <urn:p> ?o }",
            {"using-graph-uri": G1},
            {"default", "one"},
            id="2.2.3-using-graph",
        ),
        pytest.param(
            "INSERT { <urn:n> <urn:p> ?o } WHERE { GRAPH ?g { ?s <urn:p> ?o } }",
            {"using-named-graph-uri": G2},
            {"default", "two"},
            id="2.2.3-using-named-graph",
        ),
        pytest.param(
            "INSERT { <urn:n> <urn:p> ?o } WHERE { { ?s <urn:p> ?o } UNION { GRAPH ?g { ?s <urn:p> ?o } } }",
            {"using-graph-uri": G1, "using-named-graph-uri": G2},
            {"default", "one", "two"},
            id="2.2.3-both",
        ),
        pytest.param(
            f"INSERT {{ <urn:n> <urn:p> ?o }} USING <{G1}> WHERE {{ ?s <urn:p> ?o }}",
            {},
            {"default", "one"},
            id="using",
        ),
    ],
)  # fmt: skip
def test_where_looks_at_the_graphs_of_the_request(
    server: RunningServer, text: str, parameters: dict[str, str], expected: set[str]
) -> None:
    assert update(server, text, **parameters).status_code == 204
    assert graph(server, "") == expected


@pytest.mark.parametrize("clause", [f"WITH <{G1}> DELETE {{ ?s ?p ?o }}", f"DELETE {{ ?s ?p ?o }} USING <{G1}>"])
def test_graphs_in_the_request_and_in_the_update_are_400(server: RunningServer, clause: str) -> None:
    before = dump(server)
    response = update(server, f"{clause} WHERE {{ ?s ?p ?o }}", **{"using-graph-uri": G1})
    assert response.status_code == 400
    assert dump(server) == before


def test_using_is_put_into_every_operation_and_into_nothing_else() -> None:
    text = (
        "PREFIX w: <urn:WHERE> DELETE WHERE { ?s ?p 'WHERE' } ; # WHERE\n"
        "INSERT { ?s w:where ?o } WHERE { { SELECT * WHERE { ?s ?p ?o } } } ; INSERT DATA { <urn:a> <urn:b> 1 }"
    )
    assert add_using(text, default=("urn:g",), named=("urn:n",)) == (
        "PREFIX w: <urn:WHERE> DELETE { ?s ?p 'WHERE' }  USING <urn:g> USING NAMED <urn:n> WHERE { ?s ?p 'WHERE' } ; "
        "# WHERE\n"
        "INSERT { ?s w:where ?o }  USING <urn:g> USING NAMED <urn:n> WHERE { { SELECT * WHERE { ?s ?p ?o } } } ; "
        "INSERT DATA { <urn:a> <urn:b> 1 }"
    )
    with pytest.raises(ProblemError):
        add_using("CLEAR ALL", default=("urn:g> WHERE { } ; CLEAR ALL ; #",), named=())


# ---- graph store


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/turtle", "<urn:s> <urn:p> 'put' ."),
        ("application/n-triples", '<urn:s> <urn:p> "put" .'),
        ("application/ld+json", '[{"@id":"urn:s","urn:p":[{"@value":"put"}]}]'),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:s"><u:p>put</u:p></rdf:Description></rdf:RDF>',
        ),
    ],
    ids=["turtle", "n-triples", "json-ld", "rdf-xml"],
)
def test_5_3_put_makes_a_graph_of_any_format(server: RunningServer, media_type: str, body: str) -> None:
    assert put(server, f"/data?graph={NEW}", body, **{"content-type": media_type}).status_code == 201
    assert graph(server, NEW) == {"put"}


def test_5_3_put_replaces_a_graph(server: RunningServer) -> None:
    assert put(server, f"/data?graph={G1}", "<urn:s> <urn:p> 'new' .").status_code == 204
    assert graph(server, G1) == {"new"}
    assert graph(server, G2) == {"two"}
    assert put(server, "/data?default", "<urn:s> <urn:p> 'other' .").status_code == 204
    assert graph(server, "") == {"other"}


def test_5_3_put_of_nothing_makes_an_empty_graph(server: RunningServer) -> None:
    assert put(server, f"/data?graph={NEW}", "").status_code == 201
    assert http.get(f"{server.url}/data?graph={NEW}").status_code == 200


def test_5_3_put_resolves_relative_iris_against_the_graph(server: RunningServer) -> None:
    put(server, f"/data?graph={NEW}", "<#s> <urn:p> <> .")
    assert ox.NamedNode(f"{NEW}#s") in {q.subject for q in dump(server)}


def test_5_4_delete_removes_a_graph(server: RunningServer) -> None:
    address = f"{server.url}/data?graph={G1}"
    assert http.delete(address, headers=AUTH).status_code == 204
    assert http.get(address).status_code == 404
    assert http.delete(address, headers=AUTH).status_code == 404


def test_5_5_post_adds_to_a_graph(server: RunningServer) -> None:
    assert put(server, f"/data?graph={G1}", "<urn:s> <urn:p> 'more' .", method="POST").status_code == 204
    assert graph(server, G1) == {"one", "more"}
    assert put(server, f"/data?graph={NEW}", "<urn:s> <urn:p> 'first' .", method="POST").status_code == 201


def test_5_5_post_without_a_name_makes_a_graph_and_says_where(server: RunningServer) -> None:
    response = put(server, "/data", "<urn:s> <urn:p> 'somewhere' .", method="POST")
    assert response.status_code == 201
    assert "somewhere" in http.get(f"{server.url}{response.headers['location']}").text


def test_4_1_direct_name_is_the_address(server: RunningServer) -> None:
    address = "/data/people/42"
    assert put(server, address, "<urn:s> <urn:p> 'direct' .").status_code == 201
    assert graph(server, f"{server.url}{address}") == {"direct"}
    assert "direct" in http.get(f"{server.url}{address}").text


@pytest.mark.parametrize(
    ("address", "media_type", "body", "status"),
    [
        pytest.param(f"/data?graph={NEW}", "text/turtle", "<urn:s> nonsense", 400, id="syntax"),
        pytest.param(f"/data?graph={NEW}", "text/plain; charset=utf-16", "x", 415, id="charset"),
        pytest.param(f"/data?graph={NEW}", "application/trig", "<urn:g> { }", 415, id="trig"),
        pytest.param(f"/data?graph={NEW}", "image/png", "x", 415, id="no-graph"),
        pytest.param(f"/data?graph={NEW}", "", "x", 415, id="no-type"),
        pytest.param("/data?graph=relative", "text/turtle", "", 400, id="relative-name"),
        pytest.param("/data?graph=urn:a%20b", "text/turtle", "", 400, id="no-iri"),
        pytest.param("/data", "text/turtle", "", 400, id="put-without-a-name"),
    ],
)
def test_bad_put_changes_nothing(server: RunningServer, address: str, media_type: str, body: str, status: int) -> None:
    before = dump(server)
    assert put(server, address, body, **{"content-type": media_type}).status_code == status
    assert dump(server) == before


@pytest.mark.slow
def test_store_that_is_gone_is_said_and_not_made_anew(tmp_path: Path) -> None:
    write_store(DATA.splitlines(), tmp_path / "store", with_ontology=False)
    settings = Settings(graph=str(tmp_path / "store"), port=0, workers=1, is_writable=True)
    with running(settings, tmp_path, token=TOKEN) as server:
        shutil.rmtree(tmp_path / "store")
        assert update(server, "CLEAR ALL").status_code == 500
        assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True
