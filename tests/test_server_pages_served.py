"""The pages and the reconciliation behind the real server: headers, forms, what is kept for a build."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from armsgraph.graph import read_lines
from armsgraph.server.jobs import Site
from armsgraph.server.keeping import KEPT_FILE, Warming, keep
from armsgraph.server.pages.catalogue import catalogue_of, keep_catalogue
from armsgraph.server.reconciling.index import index_of, keep_index
from armsgraph.server.settings import Settings
from armsgraph.server.working import WorkerPlan
from armsgraph.store import write_store
from pages_graph import BASE, HTML, Outline, make_store
from serving import RunningServer, http, running

PAGES = ("/", "/deals", "/about/deal/d-1", "/about/document/d", "/about/state/freedonia", "/search?q=free", "/ontology")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("pages")
    write_store(sorted(read_lines(make_store())), folder / "store")
    settings = Settings(
        graph=str(folder / "store"), port=0, workers=2, base_path="/graph", allow_violations=True, access_log=""
    )
    with running(settings, folder) as found:
        yield found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_with_a_strict_policy_and_can_be_asked_for_again(server: RunningServer, path: str) -> None:
    response = http.get(server.url + path, headers={"accept": HTML})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    again = http.get(server.url + path, headers={"accept": HTML, "if-none-match": response.headers["etag"]})
    assert again.status_code == 304
    head = http.head(server.url + path, headers={"accept": HTML})
    assert head.status_code == 200
    assert head.content == b""


def test_links_and_style_lead_somewhere_below_the_base_path(server: RunningServer) -> None:
    response = http.get(f"{server.url}/about/deal/d-1", headers={"accept": HTML})
    outline = Outline(response.text)
    root = server.url.removesuffix("/graph")
    style = next(str(a["href"]) for t, a in outline.tags if t == "link" and a["rel"] == "stylesheet")
    found = http.get(root + style)
    assert found.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in found.headers["cache-control"]
    for link in {link.partition("#")[0] for link in outline.links if link.startswith("/")}:
        assert http.get(root + link, headers={"accept": HTML}).status_code == 200, link


def test_a_thing_leads_a_browser_and_a_program_to_what_each_can_read(server: RunningServer) -> None:
    for accept, media_type in ((HTML, "text/html"), ("text/turtle", "text/turtle")):
        first = http.get(f"{server.url}/id/deal/d-1", headers={"accept": accept})
        assert first.status_code == 303
        location = first.headers["location"]
        assert urlsplit(location).path == "/graph/about/deal/d-1"
        second = http.get(server.url.removesuffix("/graph") + location, headers={"accept": accept})
        assert second.headers["content-type"].startswith(media_type)


def test_a_browser_gets_a_form_and_answers_as_tables(server: RunningServer) -> None:
    form = http.get(f"{server.url}/sparql?example=conflicts", headers={"accept": HTML})
    assert "On what does a text disagree with itself" in Outline(form.text).said
    query = "SELECT ?d WHERE { ?d a arms:Deal }"
    answer = http.get(f"{server.url}/sparql", params={"query": query}, headers={"accept": HTML})
    assert "/graph/about/deal/d-1" in Outline(answer.text).links
    download = http.get(f"{server.url}/sparql", params={"query": query, "format": "csv"}, headers={"accept": HTML})
    assert download.text == f"d\r\n{BASE}deal/d-1\r\n"
    described = http.get(f"{server.url}/sparql?format=ttl", headers={"accept": HTML})
    assert described.headers["content-type"].startswith("text/turtle")


def test_a_browser_is_told_in_the_form_what_is_wrong(server: RunningServer) -> None:
    for query, told in (("SELEC", "this is no SPARQL"), ("SELECT * { SERVICE <http://x.example/> {} }", "SERVICE")):
        shown = http.get(f"{server.url}/sparql", params={"query": query}, headers={"accept": HTML})
        assert shown.status_code in (400, 403)
        assert shown.headers["content-type"] == "text/html; charset=utf-8"
        outline = Outline(shown.text)
        assert told in outline.said
        assert query in "".join(outline.words)
        plain = http.get(f"{server.url}/sparql", params={"query": query})
        assert plain.status_code == shown.status_code
        assert plain.headers["content-type"] == "text/plain; charset=utf-8"
    download = http.get(f"{server.url}/sparql", params={"query": "SELEC", "format": "csv"}, headers={"accept": HTML})
    assert download.headers["content-type"] == "text/plain; charset=utf-8"


def test_openrefine_posts_a_form_from_another_origin(server: RunningServer) -> None:
    address = f"{server.url}/reconcile"
    preflight = http.options(
        address, headers={"origin": "http://127.0.0.1:3333", "access-control-request-method": "POST"}
    )
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    queries = json.dumps({"q0": {"query": "Freedonia", "type": "State", "type_strict": "should", "limit": 3}})
    response = http.post(address, data={"queries": queries}, headers={"origin": "http://127.0.0.1:3333"})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.json()["q0"]["result"][0]["id"] == "state/freedonia"
    manifest = http.get(address).json()
    assert manifest["view"]["url"].startswith(address)
    wrong = http.post(address, content=b"{}", headers={"content-type": "application/json"})
    assert wrong.status_code == 415
    assert wrong.headers["access-control-allow-origin"] == "*"


def test_a_form_too_large_is_refused(server: RunningServer) -> None:
    response = http.post(f"{server.url}/reconcile", data={"queries": "x" * (2 * 1024 * 1024 + 1)})
    assert response.status_code == 413


def test_other_pages_take_no_form(server: RunningServer) -> None:
    assert http.post(f"{server.url}/deals", data={"a": "b"}).status_code == 405


# ------------------------------------------------------------------------------------------------ kept for a build


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    keep(tmp_path, make_store())
    yield tmp_path
    keep_catalogue(None)
    keep_index(None)


def plan_of(place: Path, store: str = "store") -> WorkerPlan:
    return WorkerPlan(folder=str(place / store), site=Site())


def test_what_was_worked_out_of_a_build_is_taken_in(place: Path) -> None:
    empty = make_store('<weapon/late> a arms:Weapon ; rdfs:label "Late" .')
    warming = Warming()
    assert warming.is_done
    warming.begin(plan_of(place))
    assert not warming.is_done
    # the build has no "Late": what is given is what was kept, not what the store says
    assert [e.label for e in catalogue_of(empty).sections["weapons"]] == ["AR-1"]
    warming.finish()
    assert warming.is_done
    index = index_of(empty, BASE)
    assert "state/freedonia" in index.things
    assert "weapon/late" not in index.things


def test_one_build_is_taken_in_once_and_another_takes_its_place(place: Path) -> None:
    warming = Warming()
    warming.begin(plan_of(place))
    warming.finish()
    kept = catalogue_of(make_store())
    warming.begin(plan_of(place))
    assert warming.is_done
    assert catalogue_of(make_store()) is kept
    other = place / "other"
    other.mkdir()
    keep(other, make_store('<weapon/late> a arms:Weapon ; rdfs:label "Late" .'))
    warming.begin(plan_of(other))
    assert [e.label for e in catalogue_of(make_store()).sections["weapons"]] == ["AR-1", "Late"]


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"\x80\x04."])
def test_without_what_was_kept_it_is_worked_out(
    place: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    file = place / KEPT_FILE
    if content is None:
        os.remove(file)
    else:
        file.write_bytes(content)
    warming = Warming()
    warming.begin(plan_of(place))
    warming.finish()
    assert "kept for the pages" in caplog.text
    late = make_store('<weapon/late> a arms:Weapon ; rdfs:label "Late" .')
    assert [e.label for e in catalogue_of(late).sections["weapons"]] == ["AR-1", "Late"]
    assert "weapon/late" in index_of(late, BASE).things
