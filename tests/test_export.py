"""The trade register: what stands in its cells, and that spreadsheets read it safely."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from armsgraph.cli import app
from armsgraph.dossiers import DealReader
from armsgraph.errors import InputError
from armsgraph.exporting import EXPORTS, ExportOptions, export_graph
from armsgraph.exporting.register import REGISTER_COLUMNS
from armsgraph.exporting.tables import Column, Figure, safe_text, write_csv, write_xlsx
from armsgraph.graph import read_lines
from armsgraph.store import OpenGraph, open_graph, write_store
from deal_scenes import EVIL, whole_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return whole_graph(tmp_path_factory.mktemp("export") / "graph.nq")


def csv_rows(graph: OpenGraph) -> list[dict[str, str]]:
    stream = io.BytesIO()
    export_graph(graph, "register", stream=stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8"), newline="")))


@pytest.fixture(scope="module")
def rows(graph: OpenGraph) -> dict[str, dict[str, str]]:
    """The rows of the story, and the one about the AK-203, by what is delivered."""
    return {
        row["Weapon designation"] or row["Weapon description"]: row
        for row in csv_rows(graph)
        if "story" in row["Deal"] or row["Weapon designation"] == "AK-203"
    }


SIPRI = (
    "Supplier",
    "Recipient",
    "Weapon designation",
    "Weapon description",
    "Number ordered",
    "Year of order",
    "Year(s) of delivery",
    "Number delivered",
    "Comments",
)


def test_the_first_columns_are_those_of_sipri() -> None:
    assert tuple(column.name for column in REGISTER_COLUMNS)[: len(SIPRI)] == SIPRI


def test_an_order_with_deliveries(rows: dict[str, dict[str, str]]) -> None:
    row = rows["Hawk 12"]
    assert [row[name] for name in SIPRI[:8]] == [
        "Sylvania",
        "Freedonia",
        "Hawk 12",
        "radar",
        "(40)",
        "2023",
        "2024; (2026)",
        "6",
    ]
    for words in (
        "number: about 40",
        "supplier: Zenith",
        "recipient: Freedonian Navy",
        "value up to USD 45,000,000",
        "signed on 2023-03",
        "delivered 6 on 2024-05-02 to Freedonian Navy",
        "delivery planned 10 in 2026",
    ):
        assert words in row["Comments"]
    assert (row["Standing"], row["Value"], row["Currency"]) == ("agreed", "45000000", "USD")


def test_a_plan_is_no_order(rows: dict[str, dict[str, str]]) -> None:
    row = rows["'-Owl"]
    assert (row["Number ordered"], row["Year of order"], row["Number delivered"]) == ("", "", "")
    assert row["Comments"].startswith("PLANNED, no order yet: to be signed")
    assert (row["Standing"], row["Number neither ordered nor delivered"]) == ("planned", "(12)")


def test_a_cancelled_order_is_no_order(rows: dict[str, dict[str, str]]) -> None:
    row = rows["patrol boats"]
    assert (row["Number ordered"], row["Number delivered"]) == ("", "")
    assert row["Comments"].startswith("CANCELLED, earlier ordered")
    assert (row["Year of order"], row["Number neither ordered nor delivered"]) == ("2020", "5")
    assert (row["Supplier"], row["Recipient"]) == ("Unknown supplier", "Freedonia")


def test_a_gift_that_was_delivered(rows: dict[str, dict[str, str]]) -> None:
    row = rows["old trucks"]
    assert (row["Number ordered"], row["Number delivered"], row["Year(s) of delivery"]) == ("", "7", "2019")
    assert row["Comments"].startswith("supplier: =HYPERLINK")
    assert "gift" in row["Comments"]
    assert row["Recipient"] == "Unknown recipient"


def test_rival_figures_are_named_with_the_reason(rows: dict[str, dict[str, str]]) -> None:
    row = rows["AK-203"]
    assert row["Number ordered"] == "601427"
    comments = row["Comments"]
    assert "600000 (written “six lakh”)" in comments
    assert "6014427 (written “6,014,427”): looks like mis-grouped digits" in comments
    assert "671000 (written “6.71 lakh”): expected" in comments


FIGURES = [
    ("Preferred", "Deprecated", "100"),
    ("Preferred", "Normal", "(100)"),
    ("Normal", "Normal", "(100)"),
    ("Normal", None, "100"),
]


@pytest.mark.parametrize(("rank", "of_rival", "shown"), FIGURES)
def test_a_rival_that_may_be_right_makes_a_figure_uncertain(
    tmp_path: Path, rank: str, of_rival: str | None, shown: str
) -> None:
    rival = (
        f":c3 rdf:subject :i ; rdf:predicate arms:quantity ; rdf:object 120 ; wikibase:rank wikibase:{of_rival}Rank ;"
        ' arms:modality "asserted" ; arms:conflictsWith :c2 . :c2 arms:conflictsWith :c3 .'
    )
    path = tmp_path / "g.ttl"
    path.write_text(
        "@prefix arms: <https://w3id.org/armsgraph/ontology#> . @prefix wikibase: <http://wikiba.se/ontology#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix : <https://e.org/> .\n"
        ":d a arms:Deal ; arms:item :i ; arms:status <https://w3id.org/armsgraph/deal-status/signed> .\n"
        ":i arms:quantity 100 .\n"
        ':c1 rdf:subject :d ; rdf:predicate arms:item ; rdf:object :i ; arms:modality "asserted" .\n'
        ':c2 rdf:subject :i ; rdf:predicate arms:quantity ; rdf:object 100 ; arms:modality "asserted" ;\n'
        f"  wikibase:rank wikibase:{rank}Rank .\n" + (rival if of_rival else "")
    )
    (row,) = csv_rows(open_graph(path))
    assert row["Number ordered"] == shown
    assert ("120" in row["Comments"]) is (of_rival is not None)


def test_every_row_leads_back_to_claims_article_and_sentence(graph: OpenGraph) -> None:
    known = {claim.iri: claim for claim in DealReader(graph).claims()}
    found = csv_rows(graph)
    assert len(found) == 10
    for row in found:
        claims = row["Claims"].split()
        assert claims
        assert set(claims) <= set(known)
        assert row["Document"]
        sentences = {known[claim].citation.sentence.text for claim in known}
        assert row["Sentence"] in sentences
        # the number of the row is the object of one of its claims
        for name in ("Number ordered", "Number neither ordered nor delivered"):
            if row[name]:
                assert row[name].strip("()") in {known[claim].object for claim in claims}


def test_an_agreement_between_equals_is_left_out_with_a_word(graph: OpenGraph) -> None:
    summary = export_graph(graph, "register", stream=io.BytesIO())
    assert summary.left_out == ["2 agreements between equals name nothing that is delivered"]
    assert not any("cooperation" in row["Deal kind"].lower() for row in csv_rows(graph))


# ------------------------------------------------------------------------------------------------ spreadsheets
@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\tx", "\r=1", "  =1", "\n=1"])
def test_texts_like_formulas_get_an_apostrophe(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["AK-203", "7.62", "a=b", "(12)", "'=1", "é"])
def test_other_texts_stay(text: str) -> None:
    assert safe_text(text) == text


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False))))
def test_no_cell_of_a_csv_file_is_a_formula(cells: list[str | int | Decimal | None]) -> None:
    file = io.BytesIO()
    columns = [Column(name=f"c{n}") for n in range(len(cells) + 1)]
    write_csv(columns, [["x", *cells]], file)
    text = file.getvalue().decode("utf-8")
    (_, row) = csv.reader(io.StringIO(text, newline=""))
    for cell, shown in zip(cells, row[1:], strict=True):
        if isinstance(cell, str):
            assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
        elif cell is not None:
            assert Decimal(shown) == cell


def test_negative_numbers_stay_numbers() -> None:
    file = io.BytesIO()
    write_csv([Column(name="n"), Column(name="f")], [[-5, Figure(value=7, is_certain=False)]], file)
    assert file.getvalue() == b"n,f\r\n-5,(7)\r\n"


def test_csv_starts_with_a_mark_only_if_asked(graph: OpenGraph) -> None:
    made = []
    for with_bom in (False, True):
        stream = io.BytesIO()
        export_graph(graph, "register", stream=stream, options=ExportOptions(with_bom=with_bom))
        made.append(stream.getvalue())
    assert made[1] == b"\xef\xbb\xbf" + made[0]
    assert made[0].startswith(b"Supplier,")


def test_the_workbook_holds_the_same_typed_and_linked(graph: OpenGraph, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    export_graph(graph, "register", output=path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:W{sheet.max_row}"
    head = [cell.value for cell in sheet[1]]
    assert head == [column.name for column in REGISTER_COLUMNS]
    told = csv_rows(graph)
    assert sheet.max_row == len(told) + 1
    for row, expected in zip(sheet.iter_rows(min_row=2), told, strict=True):
        for cell, name in zip(row, head, strict=True):
            text = expected[name]
            if cell.value is None:
                assert text == ""
            elif isinstance(cell.value, (int, float)):
                is_bracketed = cell.number_format.startswith('"("')
                shown = f"({cell.value})" if is_bracketed else str(cell.value)
                assert Decimal(shown.strip("()")) == Decimal(text.strip("()"))
                assert is_bracketed == text.startswith("(")
            else:
                assert cell.data_type == "s"
                assert safe_text(cell.value) == text
            if name in {"URL", "Deal"} and cell.value:
                assert cell.hyperlink.target == cell.value
    owl = next(row for row in sheet.iter_rows(min_row=2) if row[2].value == "-Owl")
    assert (owl[2].data_type, owl[2].quotePrefix) == ("s", True)


def test_the_workbook_is_the_same_bytes_and_tells_no_time(graph: OpenGraph, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        export_graph(graph, "register", output=tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert {info.date_time[0] for info in book.infolist()} == {1980}
        assert b"1980-01-01" in book.read("docProps/core.xml")


def test_characters_that_a_workbook_cannot_hold_do_not_break_it() -> None:
    file = io.BytesIO()
    write_xlsx([Column(name="a"), Column(name="b")], [["x\x00\x1by\ud800", "z" * 40_000]], file, title="t")
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert sheet["A2"].value == "x\ufffd\ufffdy\ufffd"
    assert len(sheet["B2"].value) == 32_767


# ------------------------------------------------------------------------------------------------ any export
@pytest.mark.parametrize("name", sorted(set(EXPORTS) - {"neo4j"}))
def test_same_graph_same_bytes_from_file_and_store(graph: OpenGraph, tmp_path: Path, name: str) -> None:
    write_store(sorted(set(read_lines(graph.quads()))), tmp_path / "store")
    made = []
    for number, source in enumerate((graph, open_graph(tmp_path / "store"), graph)):
        for extension in EXPORTS[name].extensions:
            path = tmp_path / f"{number}{extension}"
            export_graph(source, name, output=path)
            made.append((extension, path.read_bytes()))
    assert len(set(made)) == len(EXPORTS[name].extensions)


def test_an_export_is_compressed_by_its_name(graph: OpenGraph, tmp_path: Path) -> None:
    export_graph(graph, "register", output=tmp_path / "r.csv.gz")
    plain = io.BytesIO()
    export_graph(graph, "register", stream=plain)
    assert gzip.decompress((tmp_path / "r.csv.gz").read_bytes()) == plain.getvalue()


@pytest.mark.parametrize(
    ("name", "file", "message"),
    [
        ("sipri", "x.csv", "no export is called"),
        ("register", "x.txt", "no files that end with"),
        ("ocds", "x.csv.gz", "no files that end with"),
        ("register", "none/x.csv", "cannot write"),
    ],
)
def test_mistakes_are_told_and_nothing_is_left(
    graph: OpenGraph, tmp_path: Path, name: str, file: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        export_graph(graph, name, output=tmp_path / file)
    assert list(tmp_path.iterdir()) == []


def test_a_form_of_two_files_needs_a_folder(graph: OpenGraph) -> None:
    with pytest.raises(InputError, match="two files"):
        export_graph(graph, "neo4j", stream=io.BytesIO())


def test_an_empty_graph_is_a_head_alone(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("")
    empty = open_graph(tmp_path / "empty.ttl")
    for name, extension in (("register", ".csv"), ("register", ".xlsx"), ("claims", ".jsonl"), ("graphml", ".graphml")):
        assert export_graph(empty, name, output=tmp_path / f"x{extension}").count == 0
    assert (tmp_path / "x.csv").read_text().count("\n") == 1


# ------------------------------------------------------------------------------------------------ command
def test_command_lists_what_can_be_written() -> None:
    said = CliRunner().invoke(app, ["export", "--list"])
    assert said.exit_code == 0
    assert [line.split()[0] for line in said.stdout.splitlines()] == sorted(EXPORTS)


def test_command_writes_to_a_file_and_says_what_is_left_out(graph: OpenGraph, tmp_path: Path) -> None:
    arguments = ["export", str(graph.path), "--format", "register", "--bom", "-o", str(tmp_path / "r.csv")]
    said = CliRunner().invoke(app, arguments)
    assert said.exit_code == 0, said.output
    assert "left out: 2 agreements" in said.stderr
    assert "wrote 10 rows to" in said.stderr
    assert said.stdout == ""
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_command_writes_to_standard_output(graph: OpenGraph) -> None:
    said = CliRunner().invoke(app, ["export", str(graph.path), "--format", "register"])
    assert said.stdout.startswith("Supplier,Recipient")
    assert EVIL.label.replace('"', '""') in said.stdout


def test_command_without_a_graph_or_a_form_says_so(graph: OpenGraph) -> None:
    for arguments in (["export"], ["export", str(graph.path)]):
        said = CliRunner().invoke(app, arguments)
        assert isinstance(said.exception, InputError)
