"""What people decide about links goes over what the lists say, and mistakes in their file are told with the line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from armsgraph.claims import make_claims
from armsgraph.documents import Record, make_document
from armsgraph.errors import ArmsgraphError, DataError, InputError
from armsgraph.linking import HUMAN_RULE, Judgement, Judgements, read_judgements, write_judgements
from armsgraph.model import Claim, Concept, LinkDecision, Literal
from armsgraph.pipeline import Tools, extract, load_tools

SAME, DIFFERENT = LinkDecision.SAME, LinkDecision.DIFFERENT
HEADER = "entity\tqid\tdecision\tby\tdate\tnote"
SAAB = "firm/saab\tQ219501\tdifferent\tann\t2026-01-02\tthe firm of that name in Kent"
TEXT = "Saab will deliver radars to Sweden."


def write(folder: Path, *rows: str, header: str = HEADER, name: str = "links.tsv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def matches(judgements: Judgements, tools: Tools) -> dict[str, Claim]:
    """Links of the firm in the claims of a build, by item."""
    document = make_document(Record(id="d", text=TEXT, published="2024-01-01", location="d.txt"), tools.furniture)
    _, claims = make_claims(extract(document, replace(tools, judgements=judgements)))
    return {
        c.assertion.object.iri.rpartition("/")[2] + " " + c.assertion.predicate.partition(":")[2]: c
        for c in claims
        if c.assertion.subject == "firm/saab"
        and isinstance(c.assertion.object, Concept)
        and "Match" in c.assertion.predicate
    }


def test_lists_link_the_firm(tools: Tools) -> None:
    assert set(matches(Judgements(), tools)) == {"Q219501 exactMatch"}


def test_different_takes_the_item_away(tmp_path: Path, tools: Tools) -> None:
    assert matches(read_judgements([write(tmp_path, SAAB)]), tools) == {}


def test_same_takes_the_place_of_the_item_of_the_lists(tmp_path: Path, tools: Tools) -> None:
    path = write(tmp_path, "firm/saab\tQ42\tsame\tann\t2026-01-02\tsaw the register")
    found = matches(read_judgements([path]), tools)
    assert set(found) == {"Q42 exactMatch"}
    said = found["Q42 exactMatch"].assertion
    assert said.evidence.rule == HUMAN_RULE
    assert said.qualifiers == (("rdfs:comment", Literal(value="Decided by ann on 2026-01-02: saw the register.")),)
    assert TEXT[said.evidence.span.start : said.evidence.span.end] == "Saab"


def test_entity_of_no_text_is_left_alone(tmp_path: Path, tools: Tools) -> None:
    path = write(tmp_path, "firm/other\tQ42\tsame\tann\t2026-01-02\t")
    assert set(matches(read_judgements([path]), tools)) == {"Q219501 exactMatch"}


@pytest.mark.parametrize("entity", ["firm/saab", "firm:saab", "https://w3id.org/armsgraph/id/firm/saab"])
def test_entity_is_named_by_id_short_form_or_iri(entity: str, tmp_path: Path) -> None:
    path = write(tmp_path, f"{entity}\tQ42\tsame\tann\t2026-01-02\t")
    assert set(read_judgements([path]).by_pair) == {("firm/saab", "Q42")}


def test_folder_of_lists_and_file_of_links_are_read(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    write(tmp_path / "mine", SAAB)
    later = write(tmp_path, "firm/saab\tQ219501\tsame\tbob\t2026-02-02\t", name="later.tsv")
    decided = load_tools(model=None, overlays=[tmp_path / "mine"]).judgements
    assert decided.by_pair["firm/saab", "Q219501"].decision is DIFFERENT
    over = load_tools(model=None, overlays=[tmp_path / "mine"], links=[later]).judgements
    assert over.by_pair["firm/saab", "Q219501"].by == "bob"


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    judgement = Judgement(
        entity="firm/saab", qid="Q1", decision=SAME, by="Zoë", date="2026-01-02", note="tab\there\nand line"
    )
    path = tmp_path / "links.tsv"
    write_judgements(Judgements().with_judgement(judgement), path)
    assert read_judgements([path]).by_pair == {("firm/saab", "Q1"): replace(judgement, note="tab here and line")}
    before = path.read_bytes()
    write_judgements(read_judgements([path]), path)
    assert path.read_bytes() == before


def test_second_thought_takes_the_place_of_the_first() -> None:
    first = Judgement(entity="firm/x", qid="Q1", decision=SAME, by="a", date="2026-01-01")
    other = replace(first, qid="Q2")
    found = Judgements().with_judgement(first).with_judgement(other)
    assert set(found.by_pair) == {("firm/x", "Q2")}
    denied = found.with_judgement(replace(first, decision=DIFFERENT))
    assert set(denied.by_pair) == {("firm/x", "Q1"), ("firm/x", "Q2")}


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        (["firm/saab\tQ1\tsame\tann"], 2, "4 fields"),
        (["saab\tQ1\tsame\tann\t2026-01-02\t"], 2, "no entity"),
        (["firm/saab\tP1\tsame\tann\t2026-01-02\t"], 2, "no Wikidata item"),
        (["firm/saab\tQ1\tmaybe\tann\t2026-01-02\t"], 2, "unknown decision"),
        (["firm/saab\tQ1\tsame\t\t2026-01-02\t"], 2, "nobody"),
        (["firm/saab\tQ1\tsame\tann\t2.1.26\t"], 2, "no date"),
        ([SAAB, "", SAAB], 4, "decided twice"),
        (["firm/a\tQ1\tsame\tann\t2026-01-02\t", "firm/a\tQ2\tsame\tann\t2026-01-02\t"], 3, "two items"),
    ],
    ids=["fields", "entity", "item", "decision", "by", "date", "twice", "two-items"],
)
def test_mistake_is_told_with_its_line(rows: list[str], line: int, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, *rows)
    with pytest.raises(DataError, match=message) as caught:
        read_judgements([path])
    assert caught.value.where == f"{path}:{line}"


def test_wrong_header_and_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_judgements([write(tmp_path, header="entity\tqid\tverdict\tby\tdate")])
    assert str(caught.value.where).endswith(":1")
    with pytest.raises(InputError):
        read_judgements([tmp_path / "none.tsv"])
    assert issubclass(InputError, ArmsgraphError)
