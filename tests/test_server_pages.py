"""Pages for people: what stands on them, that every value is escaped, and that they need no script and no own style."""

import re
from itertools import pairwise
from urllib.parse import quote, unquote, urlsplit

import pytest

from armsgraph.server.pages import PAGE_JOBS, PAGE_ROUTES
from armsgraph.server.pages.catalogue import KINDS
from armsgraph.server.pages.rendering import style_bytes
from armsgraph.vocab import ARMS
from pages_graph import BASE, HOSTILE, HTML, TEXT, Outline, Visitor, make_store, place, quoted

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


def page(visitor: Visitor, address: str) -> Outline:
    visit = visitor.get(address)
    assert visit.status == 200, visit.text
    assert visit.header("Content-Type") == "text/html; charset=utf-8"
    return Outline(visit.text)


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


# ------------------------------------------------------------------------------------------------ what stands where


def test_a_deal_reads_as_a_record(visitor: Visitor) -> None:
    said = page(visitor, "/about/deal/d-1").said
    for told in (
        "rifles for Freedonia from Acme Arms contract deal", "signed", "Signed on 3 May 2024", "Lasts 2 years 8 months",
        "1,200", "about 1,500,000", "USD", "May 2024", "200",
    ):  # fmt: skip
        assert told in said


def test_a_conflict_stands_side_by_side_with_ranks_and_sentences(visitor: Visitor) -> None:
    visit = visitor.get("/about/deal/d-1")
    found = re.search(r'<table class="dispute">.*?</table>', visit.text, re.DOTALL)
    assert found
    table = found.group()
    assert "Quantity of 1,200 AR-1: 2 values" in table
    assert table.index(">1,200<") < table.index(">12,000<")
    assert "said by officials" in table
    assert "looks like mis-grouped digits" in table
    assert "<td>yes</td><td>no</td>" in table


def test_a_fact_cites_its_sentence_and_leads_to_the_place_in_the_text(visitor: Visitor) -> None:
    visit = visitor.get("/about/deal/d-1")
    start, end = place("1,200")
    href = f"/about/document/d?at={start}-{end}#at-{start}-{end}"
    assert (
        f'Freedonia ordered <a href="{href}" title="in the document"><mark>1,200</mark></a> rifles from Acme Arms'
        in visit.text
    )
    assert "asserted by <bdi>officials</bdi>" in visit.text
    assert "Likely right (0.85), because: near +1.2; against it: far -0.3" in visit.text


def test_what_is_only_claimed_says_so(visitor: Visitor) -> None:
    outline = page(visitor, "/about/item/d-1-1")
    assert "quantity 12,000 claimed, not held true" in outline.said
    assert "quantity 1,200 claimed, not held true" not in outline.said


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("list.states", "known from the lists"),
        ("link.list", "known from the lists"),
        ("link.online", "looked up in Wikidata"),
        ("link.human", "decided by a person"),
    ],
)
def test_what_the_text_does_not_say_is_not_put_into_the_writers_mouth(rule: str, told: str) -> None:
    more = f"""<claim/l> a arms:Claim ; rdf:subject <state/freedonia> ; rdf:predicate arms:stateCode ; rdf:object "FD" ;
      arms:rule "{rule}" ; arms:modality "asserted" ; wikibase:rank wikibase:NormalRank ; arms:confidence 0.9 ;
      prov:wasDerivedFrom <span/d-0-9> ."""
    visitor = Visitor(make_store(more))
    for address in ("/about/state/freedonia", "/about/claim/l"):
        said = page(visitor, address).said
        assert f"{told}; the text names it here" in said
        assert "the writer" not in said


def test_a_state_shows_its_deals_its_offices_and_its_item_of_wikidata(visitor: Visitor) -> None:
    outline = page(visitor, "/about/state/freedonia")
    assert "rifles for Freedonia from Acme Arms buyer, gets a delivery signed 2024-05-03" in outline.said
    assert "Offices here 1" in outline.said
    assert "Other names Republic of Freedonia" in outline.said
    assert "http://www.wikidata.org/entity/Q42" in outline.links
    assert "state code FD" in outline.said


def test_a_claim_shows_what_contradicts_it(visitor: Visitor) -> None:
    said = page(visitor, "/about/claim/c3").said
    assert "The graph keeps this claim and does not hold it to be true." in said
    assert "Deprecated, held to be wrong: looks like mis-grouped digits" in said
    assert "In conflict with 1,200 AR-1 quantity 1,200" in said


def test_a_term_shows_its_definition_and_how_often_it_is_used(visitor: Visitor) -> None:
    said = page(visitor, "/about/ontology/Firm").said
    assert "A company, shipyard, bank or other undertaking" in said
    assert "In this graph 1 Acme Arms" in said


def test_the_page_of_the_ontology_has_an_anchor_for_every_term(visitor: Visitor) -> None:
    outline = page(visitor, "/ontology")
    assert {"Deal", "buyer", "amount"} <= set(outline.ids)
    assert unquote("/about/ontology/Deal") in outline.links


# ------------------------------------------------------------------------------------------------ documents


def test_the_text_of_a_document_stands_there_whole_and_marked(visitor: Visitor) -> None:
    visit = visitor.get("/about/document/d")
    stored = re.search(r'<div class="stored" dir="auto">(.*?)</div>', visit.text, re.DOTALL)
    assert stored
    assert "".join(Outline(stored.group(1)).words) == TEXT
    # the claim about the supplier covers the quantity, which is a claim of its own
    assert re.search(r'<a class="mark" href="#e-18-23"><mark class="c2">1,200</mark></a>', stored.group(1))
    assert re.search(r'<mark class="c1">ordered </mark>', stored.group(1))


def test_marks_and_readings_lead_to_each_other(visitor: Visitor) -> None:
    outline = page(visitor, "/about/document/d")
    for start, end in (place("Freedonia"), place("1,200"), place("ordered 1,200 rifles from Acme Arms")):
        assert {f"at-{start}-{end}", f"e-{start}-{end}"} <= set(outline.ids)
        assert f"#at-{start}-{end}" in outline.links
    assert "/about/claim/c2" in outline.links
    assert "/about/mention/d-0-9" in outline.links


def test_the_place_one_came_for_is_set_off_also_where_nothing_was_read(visitor: Visitor) -> None:
    start, end = place("1,200")
    assert '<mark class="c2 focus">1,200</mark>' in visitor.get(f"/about/document/d?at={start}-{end}").text
    start, end = place("An aide")
    assert '<mark class="focus">An aide</mark>' in visitor.get(f"/about/document/d?at={start}-{end}").text


@pytest.mark.parametrize("at", ["5-5", "9-3", "0-99999999", "-1-4", "x", "1-2-3", "٣-٤", "1" * 50 + "-2"])
def test_a_place_that_is_none_is_not_minded(visitor: Visitor, at: str) -> None:
    assert "focus" not in visitor.get(f"/about/document/d?at={quote(at)}").text


def test_a_document_without_its_text_shows_the_quotations() -> None:
    store = make_store()
    store.update(f"DELETE WHERE {{ ?d <{ARMS}storedText> ?t }}")
    said = page(Visitor(store), "/about/document/d").said
    assert "The text is not stored in this graph" in said
    assert "“1,200”" in said


def test_a_long_text_comes_in_parts_that_make_up_the_whole() -> None:
    text = "\n".join(f"Line {n} of a long report." for n in range(4_000))
    visitor = Visitor(make_store(f"<document/long> a arms:Document ; arms:storedText {quoted(text)} .\n"))
    parts = []
    for number in range(1, 20):
        visit = visitor.get(f"/about/document/long?page={number}")
        stored = re.search(r'<div class="stored" dir="auto">(.*?)</div>', visit.text, re.DOTALL)
        assert stored
        parts.append("".join(Outline(stored.group(1)).words))
        if 'rel="next"' not in visit.text:
            break
    assert len(parts) > 2
    assert "".join(parts) == text
    middle = len(text) // 2
    assert 'class="focus"' in visitor.get(f"/about/document/long?at={middle}-{middle + 5}").text


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
