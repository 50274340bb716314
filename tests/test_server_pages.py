"""Pages for people: what stands on them, that every value is escaped, and that they need no script and no own style."""

import re
from itertools import pairwise
from urllib.parse import quote, urlsplit

import pytest

from armsgraph.server.pages import PAGE_JOBS, PAGE_ROUTES
from armsgraph.server.pages.catalogue import KINDS
from armsgraph.server.pages.rendering import style_bytes
from pages_graph import BASE, HOSTILE, HTML, Visitor, make_store, page, quoted

ABOUT = "/about/"
# One address for each kind of page.
PAGES = (
    "/",
    *(f"/{section}" for section in KINDS),
    "/about/deal/d-1",
    "/about/item/d-1-1",
    "/about/stage/d-1-1",
    "/about/amount/d-1-1",
    "/about/state/freedonia",
    "/about/firm/acme-arms",
    "/about/weapon/rifle",
    "/about/person/ada-lane",
    "/about/tenure/t-1",
    "/about/document/d",
    "/about/claim/c2",
    "/about/mention/d-0-9",
    "/about/span/d-0-9",
    "/about/deal-status/signed",
    "/about/weapon-kind",
    "/about/ontology/Deal",
    "/about/ontology/buyer",
    "/ontology",
    "/search?q=free",
    "/search",
    "/pointing?by=officeOf&iri=" + quote(BASE + "state/freedonia", safe=""),
    "/pointing?by=deals&iri=" + quote(BASE + "state/freedonia", safe=""),
)


@pytest.fixture(scope="module")
def visitor() -> Visitor:
    return Visitor(make_store())


# ------------------------------------------------------------------------------------------------ every page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound_and_can_be_read_by_all(visitor: Visitor, address: str) -> None:
    outline = page(visitor, address)
    assert len(outline.ids) == len(set(outline.ids)), "an id twice"
    names = [tag for tag, _ in outline.tags]
    assert outline.tags[0] == ("html", {"lang": "en"})
    assert names.count("h1") == 1
    assert names.count("main") == 1
    levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert names.count("table") == names.count("thead")
    labels = {attrs.get("for") for tag, attrs in outline.tags if tag == "label"}
    for tag, attrs in outline.tags:
        if tag in ("input", "textarea", "select") and attrs.get("type") != "hidden":
            assert attrs["id"] in labels, f"{tag} {attrs} has no label"
        if tag == "th":
            assert attrs.get("scope") in ("row", "col")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_needs_no_script_and_no_style_of_its_own(visitor: Visitor, address: str) -> None:
    for tag, attrs in page(visitor, address).tags:
        assert tag not in ("script", "style", "iframe", "object", "embed", "img")
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
        if tag == "link" and attrs["rel"] == "stylesheet":
            assert str(attrs["href"]).startswith("/static/style.css?v=")
        if tag == "a" and attrs.get("href"):
            assert urlsplit(str(attrs["href"])).scheme in ("", "http", "https")


@pytest.mark.parametrize("address", PAGES)
def test_links_within_a_page_lead_somewhere(visitor: Visitor, address: str) -> None:
    outline = page(visitor, address)
    within = {link[1:] for link in outline.links if link.startswith("#")}
    assert within - set(outline.ids) == set()


def test_every_link_on_every_page_is_answered(visitor: Visitor) -> None:
    waiting, seen = list(PAGES), set(PAGES)
    while waiting:
        address = waiting.pop()
        for link in page(visitor, address).links:
            bare = link.partition("#")[0]
            if not bare.startswith("/") or bare in seen or bare.startswith(("/sparql", "/data")):
                continue
            seen.add(bare)
            visit = visitor.get(bare)
            assert visit.status == 200, f"{bare} on {address}"
            if visit.header("Content-Type").startswith("text/html"):
                waiting.append(bare)
    assert len(seen) > 150


def test_every_route_has_a_job_and_no_job_is_without_one() -> None:
    routed = {route.job for route in PAGE_ROUTES}
    assert routed <= set(PAGE_JOBS)
    assert set(PAGE_JOBS) - routed == {"query-form"}


def test_links_start_with_the_base_path() -> None:
    visitor = Visitor(make_store(), base_path="/graph")
    for address in PAGES:
        for link in page(visitor, address).links:
            assert link.startswith(("/graph/", "#", "http://", "https://")), f"{link} on {address}"


# ------------------------------------------------------------------------------------------------ hostile values


@pytest.fixture(scope="module")
def hostile() -> Visitor:
    value = quoted(HOSTILE)
    return Visitor(
        make_store(
            f"""
<deal/d-1> rdfs:label {value} ; arms:description {value} .
<state/freedonia> rdfs:label {value} ; skos:altLabel {value} ; skos:hiddenLabel {value} ;
  skos:exactMatch <javascript:alert(1)>, <http://evil.example.org/?a=%22%3E%3Cscript%3E> .
<claim/c1> arms:attributedTo {value} ; arms:rankReason {value} ; arms:ruleReason {value} ; arms:asWritten {value} ;
  rdfs:comment {value} .
<document/d> rdfs:label {value} ; schema:publisher {value} ; schema:headline {value} .
<weapon/x> a arms:Weapon ; rdfs:label {value} .
<deal/d-2> a arms:Deal, arms:Nonsense, <urn:x:y> ; arms:buyer {value}, 12, "x"@ar, _:b ; arms:signedOn "yesterday" ;
  arms:item "no node", <urn:nothing> ; arms:status "open" .
<claim/c9> a arms:Claim ; rdf:subject "text" ; rdf:predicate "text" ; rdf:object _:b ; arms:confidence "high" .
<claim/c8> a arms:Claim ; rdf:subject <deal/d-2> ; rdf:predicate arms:buyer ; rdf:object {value} ;
  arms:confidence "NaN" ; prov:wasDerivedFrom <span/x> .
<span/x> oa:hasSource <document/d> ; oa:hasSelector <span/x-p> . <span/x-p> oa:start -5 ; oa:end "many" .
"""
        )
    )


@pytest.mark.parametrize("address", [*PAGES, "/about/deal/d-2", "/about/claim/c8", "/about/claim/c9", "/about/span/x"])
def test_hostile_values_are_shown_and_never_run(hostile: Visitor, address: str) -> None:
    outline = page(hostile, address)
    for tag, attrs in outline.tags:
        assert tag != "script"
        assert not [name for name in attrs if name.startswith("on")]
        assert not str(attrs.get("href", "")).lower().startswith(("javascript:", "data:"))


def test_a_long_name_is_cut_and_a_script_is_text(hostile: Visitor) -> None:
    visit = hostile.get("/about/weapon/x")
    assert (
        "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &#34;quoted&#34; &amp; \u202eRTL\u202c \U0001f680"
        in visit.text
    )
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", visit.text, re.DOTALL)
    assert heading
    assert len(heading.group(1)) < 400
    assert heading.group(1).endswith("…</bdi>")


@pytest.mark.parametrize(
    "path",
    [
        'deal/"><script>alert(1)</script>', "deal/x\r\nSet-Cookie: a=b", "deal/\x00", "../../etc/passwd",
        "deal/" + "x" * 9000, "deal/a b", "deal/{}|^`\\", "\u202e\U0001f680", "", "deal/%00", "deal/d-1.ttl.html", "..",
        "deal//d-1", "ontology/Nope",
    ],
)  # fmt: skip
@pytest.mark.parametrize("space", ["/id/", "/about/", "/deal-status/"])
@pytest.mark.parametrize("accept", [HTML, "text/turtle", "*/*", "", "nonsense"])
def test_what_is_not_there_is_404_whatever_it_is_called(visitor: Visitor, space: str, path: str, accept: str) -> None:
    visit = visitor.get(space + quote(path), accept=accept)
    assert visit.status == 404 or (space, path) == ("/deal-status/", "")
    if not visit.header("Content-Type").startswith("text/plain"):
        assert b"<script" not in visit.body


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "x y", "", "<>", "urn:nothing", "http://[", BASE, "\udcff"])
def test_an_iri_that_is_none_is_404(visitor: Visitor, iri: str) -> None:
    assert visitor.get("/about?iri=" + quote(iri, errors="surrogatepass")).status == 404


# ------------------------------------------------------------------------------------------------ lists and search


def numbered(number: int) -> str:
    return "".join(
        f'<weapon/w-{n}> a arms:Weapon ; rdfs:label "Gun {n:04d}" .\n'
        f'<deal/n-{n}> a arms:Deal ; rdfs:label "deal {n:04d}" ; arms:buyer <state/sylvania> ; '
        f'arms:signedOn "20{n % 20 + 10}-01-01"^^xsd:date .\n'
        for n in range(number)
    )


def test_a_list_turns_pages_and_misses_nothing() -> None:
    visitor = Visitor(make_store(numbered(230)))
    found: list[str] = []
    for number in (1, 2, 3):
        visit = visitor.get(f"/weapons?page={number}")
        found += re.findall(r"<bdi>(Gun \d+)</bdi>", visit.text)
        assert ('rel="next"' in visit.text) == (number < 3)
    assert found == [f"Gun {n:04d}" for n in range(230)]


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999999999", "٣", "1.5", ""])
def test_a_page_number_that_is_none_is_not_minded(visitor: Visitor, number: str) -> None:
    assert visitor.get(f"/weapons?page={quote(number)}").status == 200


def test_deals_are_sorted_by_date_or_by_name() -> None:
    visitor = Visitor(make_store(numbered(30)))
    days = re.findall(r'<td class="date">(\d{4}-\d\d-\d\d)</td>', visitor.get("/deals").text)
    assert days == sorted(days, reverse=True)
    assert len(days) == 31
    names = re.findall(r"<bdi>(deal \d+)</bdi>", visitor.get("/deals?sort=name").text)
    assert names == sorted(names)


def test_a_state_with_many_deals_shows_some_and_leads_to_all() -> None:
    visitor = Visitor(make_store(numbered(230)))
    outline = page(visitor, "/about/state/sylvania")
    assert "Deals 230" in outline.said
    assert len([link for link in outline.links if link.startswith("/about/deal/")]) == 50
    (link,) = [link for link in outline.links if link.startswith("/pointing") and "deals" in link]
    assert "1–100 of 230" in page(visitor, link).said


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Freedonia", "Freedonia"), ("republic of", "Freedonia"), ("ACME", "Acme Arms"), ("arms", "Acme Arms"),
        ("ár-1", "AR-1"), ("Fredonia", "Freedonia"), ("ada", "Ada Lane"),
    ],
)  # fmt: skip
def test_search_finds_names(visitor: Visitor, asked: str, first: str) -> None:
    visit = visitor.get(f"/search?q={quote(asked)}")
    rows = re.findall(r'<th scope="row"><a href="[^"]+"><bdi>(.*?)</bdi>', visit.text)
    assert rows[0] == first


def test_search_says_what_it_did(visitor: Visitor) -> None:
    assert "Nothing in this graph is called so." in page(visitor, "/search?q=zzzzzzzz").said
    assert "these are spelled nearly so" in page(visitor, "/search?q=Fredonia").said
    assert "hit" not in page(visitor, "/search?q=").said
    assert "Acme Arms" not in page(visitor, "/search?q=a&in=states").said


def test_the_first_page_counts_and_leads_on(visitor: Visitor) -> None:
    outline = page(visitor, "/")
    for told in ("1 Deals", "2 States", "1 Firms", "1 Documents", "The Daily Quote 1", "2024-05-04"):
        assert told in outline.said
    assert "/sparql?example=conflicts" in outline.links


# ------------------------------------------------------------------------------------------------ the style sheet


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "ground"), ("soft", "ground"), ("soft", "panel"), ("link", "ground"), ("link", "panel"),
        ("mark-ink", "mark"),
        ("mark-ink", "mark-2"), ("mark-ink", "mark-3"), ("mark-ink", "name"), ("mark-ink", "focus"),
        ("warn", "warn-ground"),
        ("warn", "ground"), ("good", "good-ground"), ("accent", "panel"), ("accent", "ground"), ("ground", "accent"),
        ("link", "good-ground"),
    ],
)  # fmt: skip
def test_colours_can_be_told_apart(scheme: int, ink: str, ground: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", style_bytes().decode(), re.DOTALL)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    low, high = sorted((luminance(colours[ink]), luminance(colours[ground])))
    # level AA of the Web Content Accessibility Guidelines
    assert (high + 0.05) / (low + 0.05) >= 4.5
