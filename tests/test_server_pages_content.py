"""What stands on the pages: deals, conflicts, claims, terms, documents."""

import re
from urllib.parse import quote, unquote

import pytest

from armsgraph.vocab import ARMS
from pages_graph import TEXT, Outline, Visitor, make_store, page, place, quoted

ABOUT = "/about/"


@pytest.fixture(scope="module")
def visitor() -> Visitor:
    return Visitor(make_store())


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
