"""The graph: quads of documents, their order, their names."""

from __future__ import annotations

import dataclasses
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armsgraph.claims import make_claims
from armsgraph.errors import InputError, InternalError
from armsgraph.graph import GraphBuilder, check_base, document_lines, mint, write_file
from armsgraph.graph.naming import settle_names
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import literal, split_line, typed, web_iri
from armsgraph.model import Extraction, Fact, Node
from armsgraph.vocab import ARMS, CLASSES, DEFAULT_BASE, PREFIXES
from sample_texts import Text
from samples import seed_extraction, three_sales

RDF_TYPE = f"<{PREFIXES['rdf']}type>"
RDFS_LABEL = f"<{PREFIXES['rdfs']}label>"


def lines_of(*extractions: Extraction, **options: object) -> list[str]:
    with GraphBuilder(**options) as builder:  # type: ignore[arg-type]
        for extraction in extractions:
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        return list(builder.lines())


def parsed(lines: list[str]) -> list[ox.Quad]:
    return list(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


def store_of(lines: list[str]) -> ox.Store:
    store = ox.Store()
    store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return store


def ask(store: ox.Store, pattern: str) -> list[tuple[str, ...]]:
    head = "".join(f"PREFIX {p}: <{n}> " for p, n in PREFIXES.items())
    found = store.query(f"{head} SELECT DISTINCT * WHERE {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple("" if v is None else v.value for v in row) for row in found)


# ------------------------------------------------------------------------------------------------ order
def test_order_of_documents_does_not_matter_and_twice_is_once() -> None:
    documents = [seed_extraction(), *three_sales()]
    expected = lines_of(*documents)
    for seed in range(4):
        shuffled = documents + documents[:2]
        random.Random(seed).shuffle(shuffled)
        assert lines_of(*shuffled) == expected
    assert expected == sorted(set(expected))


def test_spilled_to_disk_is_the_same(tmp_path: object) -> None:
    documents = [seed_extraction(), *three_sales()]
    sorter = LineSorter(chunk_chars=20_000, most_files=3)
    assert lines_of(*documents, sorter=sorter) == lines_of(*documents)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=20), max_size=60))
@settings(max_examples=40, deadline=None)
def test_sorter_sorts_and_drops_repeats(lines: list[str]) -> None:
    with LineSorter(chunk_chars=200, most_files=2) as sorter:
        sorter.add(lines)
        assert list(sorter) == sorted(set(lines))
        assert list(sorter) == sorted(set(lines))


def test_memory_does_not_grow_with_the_number_of_lines() -> None:
    def peak(count: int) -> int:
        def made() -> Iterator[str]:
            for i in range(count):
                yield f"{i * 7919 % count:08d} some words that make the line as long as a quad is, more or less"

        tracemalloc.start()
        with LineSorter(chunk_chars=100_000, most_files=8) as sorter:
            sorter.add(made())
            assert sum(1 for _ in sorter) == count
        _, result = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return result

    assert peak(40_000) < 2 * peak(8_000)


# ------------------------------------------------------------------------------------------------ what is in it
def test_facts_stand_in_the_default_graph_and_evidence_in_that_of_the_document() -> None:
    extraction = seed_extraction()
    document = f"<{DEFAULT_BASE}document/{extraction.document.key}>"
    for line in lines_of(extraction):
        subject, _, _, graph = split_line(line)
        kind = subject.removeprefix(f"<{DEFAULT_BASE}").partition("/")[0]
        is_evidence = kind in {"document", "extraction", "claim", "mention", "span"}
        assert graph == (document if is_evidence else ""), line


def test_every_quad_parses_and_no_blank_node_is_made() -> None:
    lines = lines_of(seed_extraction(), *three_sales())
    quads = parsed(lines)
    assert len(quads) == len(lines)
    assert not any(isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode) for q in quads)


def test_direct_facts_are_the_best_claims() -> None:
    store = store_of(lines_of(seed_extraction()))
    assert [q for _, q in ask(store, "?i a arms:LineItem ; arms:quantity ?q")] == ["601427", "72000", "72000"]
    pattern = "?c rdf:subject/a arms:LineItem ; rdf:predicate arms:quantity ; rdf:object ?q ; wikibase:rank ?rank"
    found = {(q, r.rpartition("#")[2]) for _, q, r in ask(store, pattern)}
    assert ("601427", "PreferredRank") in found
    assert ("6014427", "DeprecatedRank") in found


def test_conflicts_go_both_ways() -> None:
    store = store_of(lines_of(seed_extraction()))
    pairs = ask(store, "?a arms:conflictsWith ?b")
    assert pairs
    assert {(b, a) for a, b in pairs} == set(pairs)


def test_nodes_have_the_types_above_theirs() -> None:
    store = store_of(lines_of(seed_extraction()))
    for kind, above in CLASSES.items():
        instances = {s for (s,) in ask(store, f"?s a arms:{kind}")}
        for general in above:
            assert instances <= {s for (s,) in ask(store, f"?s a arms:{general}")}
    assert ask(store, "?m a arms:Minister")


def test_each_span_is_in_its_text() -> None:
    documents = [seed_extraction(), *three_sales()]
    store = store_of(lines_of(*documents))
    found = store.query(
        "".join(f"PREFIX {p}: <{n}> " for p, n in PREFIXES.items())
        + "SELECT ?text ?a ?b ?quote ?before ?after WHERE { ?s oa:hasSource/arms:storedText ?text ;"
        " oa:hasSelector [ oa:start ?a ; oa:end ?b ] , ?q . ?q oa:exact ?quote"
        " OPTIONAL { ?q oa:prefix ?before } OPTIONAL { ?q oa:suffix ?after } }",
        use_default_graph_as_union=True,
    )
    assert isinstance(found, ox.QuerySolutions)
    rows = list(found)
    assert len(rows) > 60
    for row in rows:
        text, start, end, quote, before, after = ("" if v is None else v.value for v in row)
        assert text[int(start) : int(end)] == quote
        assert text[: int(start)].endswith(before)
        assert text[int(end) :].startswith(after)
        assert max(len(before), len(after)) <= 32


def test_every_claim_and_mention_has_one_span_and_one_rule() -> None:
    store = store_of(lines_of(seed_extraction()))
    for kind in ("Claim", "Mention"):
        nodes = [c for (c,) in ask(store, f"?c a arms:{kind}")]
        assert len(nodes) == len(ask(store, f"?c a arms:{kind} ; prov:wasDerivedFrom ?s ; arms:rule ?r"))


def weighed(extraction: Extraction, reasons: dict[str, tuple[str, ...]]) -> Extraction:
    """The extraction with reasons for the facts of its deals, by predicate."""

    def with_reasons(fact: Fact) -> Fact:
        told = reasons.get(fact.predicate, ())
        return dataclasses.replace(fact, evidence=dataclasses.replace(fact.evidence, reasons=told))

    deals = tuple(dataclasses.replace(d, facts=tuple(map(with_reasons, d.facts))) for d in extraction.deals)
    return dataclasses.replace(extraction, deals=deals)


REASONS = {"buyer": ("rule says so +1.4", 'a "quoted" thing, far -0.6'), "supplier": ("same paragraph +1.2",)}


def test_a_claim_says_why_the_weights_took_it_and_only_then() -> None:
    store = store_of(lines_of(weighed(seed_extraction(), REASONS)))
    pattern = "?c rdf:predicate ?p ; arms:ruleReason ?why"
    told = {(p.removeprefix(ARMS), why) for _, p, why in ask(store, pattern)}
    assert told == {("buyer", 'rule says so +1.4; a "quoted" thing, far -0.6'), ("supplier", "same paragraph +1.2")}
    for name in REASONS:
        claims = {c for (c,) in ask(store, f"?c rdf:predicate arms:{name}")}
        assert {c for c, _ in ask(store, f"?c rdf:predicate arms:{name} ; arms:ruleReason ?why")} == claims


def test_without_reasons_the_graph_has_none() -> None:
    assert not any("ruleReason" in line for line in lines_of(seed_extraction()))


def test_reasons_stand_behind_the_confidence_in_turtle(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_file(lines_of(weighed(three_sales()[0], REASONS)), path)
    blocks = [b for b in path.read_text("utf-8").split(" .\n") if "arms:ruleReason" in b]
    assert blocks
    for block in blocks:
        predicates = [line.split()[0] for line in block.splitlines() if line.startswith("    ")]
        at = predicates.index("arms:ruleReason")
        assert predicates[at - 2 : at + 2] == ["arms:rule", "arms:confidence", "arms:ruleReason", "prov:wasDerivedFrom"]


def test_text_can_be_left_out() -> None:
    lines = lines_of(three_sales()[0], store_text=False)
    assert not any(f"<{ARMS}storedText>" in line for line in lines)
    assert sum(f"<{ARMS}sha256>" in line for line in lines) == 1


def test_document_node() -> None:
    t = Text("A deal.", id="An id", title="T", url="https://x.example/a b|c", publisher="P")
    store = store_of(list(document_lines(t.document, (), (), (), base=DEFAULT_BASE)))
    assert ask(
        store, "?d a arms:Document, schema:NewsArticle ; schema:headline ?t ; schema:publisher ?p ; schema:url ?u"
    )
    assert [u for _, u in ask(store, "?d schema:url ?u")] == ["https://x.example/a%20b%7Cc"]
    assert [i for _, i in ask(store, "?d dcterms:identifier ?i")] == ["An id"]


def test_status_and_kind_have_the_label_of_the_ontology() -> None:
    store = store_of(lines_of(seed_extraction()))
    assert {"signed", "ordered", "assault rifle"} == {label for _, label in ask(store, "?c skos:prefLabel ?label")}


def test_mention_without_entity_is_left_out() -> None:
    extraction = seed_extraction()
    mentions = [dataclasses.replace(m, entity_id=None) for m in extraction.entities.mentions]
    lines = list(document_lines(extraction.document, (), (), mentions, base=DEFAULT_BASE))
    assert not any("/mention/" in line for line in lines)


# ------------------------------------------------------------------------------------------------ names
def test_names_of_several_documents_are_settled() -> None:
    store = store_of(lines_of(*three_sales()))
    assert [n for _, n in ask(store, "?f a arms:Firm ; rdfs:label ?n")] == ["Acme Arms"]
    assert [n for _, n in ask(store, "?f a arms:Firm ; skos:altLabel ?n")] == ["Acme", "Acme Guns"]


def test_no_name_is_said_twice() -> None:
    t = Text("x")
    nodes = (
        Node(id="firm/a", types=("Firm",), label="Acme", alt_labels=("ACME",), hidden_labels=("Acme Corp", "ACME")),
        Node(id="firm/a", types=("Firm",), label="Acme Corp", alt_labels=("Acme Corp",)),
    )
    lines = sorted(set(document_lines(t.document, nodes, (), (), base=DEFAULT_BASE)))
    settled = list(settle_names(lines))
    names = sorted(split_line(line)[1:3] for line in settled if "/firm/a" in line and "type" not in line)
    assert names == sorted(
        [
            (RDFS_LABEL, '"Acme Corp"'),
            (f"<{PREFIXES['skos']}altLabel>", '"ACME"'),
            (f"<{PREFIXES['skos']}altLabel>", '"Acme"'),
        ]
    )
    assert settled == sorted(settled)
    assert list(settle_names(settled)) == settled


# ------------------------------------------------------------------------------------------------ terms
@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_survives_as_literal(text: str) -> None:
    line = f"<http://e/s> <http://e/p> {literal(text)} <http://e/g> ."
    assert "\n" not in line
    (quad,) = parsed([line])
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert quad.object.value == expected
    assert split_line(line) == ("<http://e/s>", "<http://e/p>", literal(text), "<http://e/g>")


def test_lone_surrogates_become_replacement_characters_of_the_same_length() -> None:
    assert literal("a\ud800b") == '"a\ufffdb"'


LINES = [
    pytest.param("<a:s> <a:p> <a:o> .", ("<a:s>", "<a:p>", "<a:o>", ""), id="iri"),
    pytest.param("<a:s> <a:p> <a:o> <a:g> .", ("<a:s>", "<a:p>", "<a:o>", "<a:g>"), id="iri-graph"),
    pytest.param('<a:s> <a:p> "x <y> ." .', ("<a:s>", "<a:p>", '"x <y> ."', ""), id="tricky-text"),
    pytest.param('<a:s> <a:p> "x"@en <a:g> .', ("<a:s>", "<a:p>", '"x"@en', "<a:g>"), id="language"),
    pytest.param('<a:s> <a:p> "1"^^<a:t> .', ("<a:s>", "<a:p>", '"1"^^<a:t>', ""), id="datatype"),
    pytest.param("_:b <a:p> _:c _:g .", ("_:b", "<a:p>", "_:c", "_:g"), id="blank"),
]


@pytest.mark.parametrize(("line", "parts"), LINES)
def test_split_line(line: str, parts: tuple[str, ...]) -> None:
    assert split_line(line) == parts


@pytest.mark.parametrize(
    "bad", ["deal/a b", "deal/<x>", "deal", "/x", "deal/", "Deal/x", "deal/\ud800", "deal/a\nb", ""]
)
def test_odd_ids_are_refused(bad: str) -> None:
    with pytest.raises(InternalError):
        mint(bad, DEFAULT_BASE)


def test_ids_of_other_scripts_are_iris() -> None:
    assert mint("firm/ünal", DEFAULT_BASE) == f"{DEFAULT_BASE}firm/ünal"


@pytest.mark.parametrize("bad", ["", "x", "https://e.org/id", "https://e.org/a b/", "https://e.org/<a>/", "/id/"])
def test_bad_base_is_refused(bad: str) -> None:
    with pytest.raises(InputError, match="base IRI"):
        check_base(bad)


def test_other_base() -> None:
    lines = lines_of(three_sales()[0], base="urn:my:graph/")
    assert len(parsed(lines)) == len(lines)
    assert any(line.startswith("<urn:my:graph/deal/") for line in lines)
    assert not any(DEFAULT_BASE in line for line in lines)


ADDRESSES = [
    ("https://e.org/a", "<https://e.org/a>"),
    (" https://e.org/a b ", "<https://e.org/a%20b>"),
    ('https://e.org/"<>', "<https://e.org/%22%3C%3E>"),
    ("www.e.org", None),
    ("", None),
    ("https://e.org/\ud800", "<https://e.org/%3F>"),
]


@pytest.mark.parametrize(("address", "expected"), ADDRESSES, ids=[a for a, _ in ADDRESSES[:5]] + ["surrogate"])
def test_web_address(address: str, expected: str | None) -> None:
    assert web_iri(address) == expected


def test_control_characters_in_the_text_do_not_break_the_graph() -> None:
    t = Text('A "deal"\x00 for\r\n\u2028 tanks \ud83d\ufffe.', title="a\tb", id="odd")
    lines = list(document_lines(t.document, (), (), (), base=DEFAULT_BASE))
    store = store_of(lines)
    ((_, text),) = ask(store, "?d arms:storedText ?t")
    assert text == t.document.text.replace("\ud83d", "\ufffd")
    assert typed("1", "integer").endswith("integer>")
