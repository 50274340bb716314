"""Golden texts: `golden/<what-it-shows>/document.txt` gives exactly the `claims.tsv` and `graph.ttl` beside it.

`pytest tests/test_golden.py --update-golden` writes the files anew. Read the difference as a reader of the text would
before you commit it: every line is a fact that somebody will cite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from armsgraph.claims import make_claims
from armsgraph.documents import Record, make_document
from armsgraph.gate import Severity, load_gate
from armsgraph.graph import GraphBuilder, write_stream
from armsgraph.model import Claim, Concept, Datatype, Document, Extraction, Literal, Node, Ref
from armsgraph.pipeline import Tools, extract
from armsgraph.vocab import PREFIXES
from samples import SEED

GOLDEN = Path(__file__).resolve().parent / "golden"
TEXTS = {path.parent.name: path for path in sorted(GOLDEN.glob("*/document.txt"))} | {"seed": SEED}
COLUMNS = ("subject", "predicate", "object", "rank", "modality", "speaker", "start", "end", "quote", "rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One golden text as the program reads it."""

    name: str
    document: Document
    extraction: Extraction
    nodes: tuple[Node, ...]
    claims: tuple[Claim, ...]


@pytest.fixture(scope="module", params=sorted(TEXTS))
def reading(request: pytest.FixtureRequest, tools: Tools) -> Reading:
    name, path = request.param, TEXTS[request.param]
    document = make_document(Record(id=name, text=path.read_text("utf-8"), location=path.name), tools.furniture)
    extraction = extract(document, tools)
    nodes, claims = make_claims(extraction)
    return Reading(name=name, document=document, extraction=extraction, nodes=nodes, claims=claims)


@pytest.fixture
def updates_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def claim_rows(reading: Reading) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    rows = []
    for claim in reading.claims:
        one = claim.assertion
        rows.append(
            (
                one.subject,
                one.predicate,
                _show(claim),
                claim.rank.value.removesuffix("Rank") + (" direct" if claim.is_best else ""),
                one.evidence.modality.value,
                one.evidence.speaker or "",
                str(one.evidence.span.start),
                str(one.evidence.span.end),
                " ".join(reading.document.quote(one.evidence.span).split()),
                one.evidence.rule,
            )
        )
    yield from sorted(rows, key=lambda row: (row[0], row[1], int(row[6]), int(row[7]), row[2], row))


def _show(claim: Claim) -> str:
    match claim.assertion.object:
        case Ref(id=value):
            return value
        case Concept(iri=value):
            prefix = max((p for p in PREFIXES if value.startswith(PREFIXES[p])), key=lambda p: len(PREFIXES[p]))
            return f"{prefix}:{value.removeprefix(PREFIXES[prefix])}"
        case Literal(value=value, datatype=datatype):
            return f'"{value}"' if datatype is Datatype.STRING else f'"{value}"^^{datatype}'


def _compare(path: Path, written: str, updates_golden: bool) -> None:
    if updates_golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, "utf-8", newline="\n")
    assert path.is_file(), "run pytest --update-golden, and read what it wrote"
    assert written.splitlines() == path.read_text("utf-8").splitlines()


def test_claims_are_the_golden_ones(reading: Reading, updates_golden: bool) -> None:
    written = "".join("\t".join(row) + "\n" for row in claim_rows(reading))
    _compare(GOLDEN / reading.name / "claims.tsv", written, updates_golden)


def test_graph_is_the_golden_one(reading: Reading, updates_golden: bool) -> None:
    file = BytesIO()
    with GraphBuilder() as builder:
        builder.add_document(reading.document, reading.nodes, reading.claims, reading.extraction.entities.mentions)
        write_stream(builder.lines(), file, format="ttl")
    _compare(GOLDEN / reading.name / "graph.ttl", file.getvalue().decode("utf-8"), updates_golden)


def test_graph_passes_the_gate(reading: Reading) -> None:
    with GraphBuilder() as builder:
        builder.add_document(reading.document, reading.nodes, reading.claims, reading.extraction.entities.mentions)
        report = load_gate().check_lines(builder.lines())
    assert [r.message for r in report.results if r.severity is Severity.VIOLATION] == []


def test_claims_quote_their_words(reading: Reading) -> None:
    for claim in reading.claims:
        span = claim.assertion.evidence.span
        assert reading.document.text[span.start : span.end].strip()
        written = claim.assertion.as_written
        assert written is None or written in reading.document.text


def test_furniture_yields_nothing(reading: Reading) -> None:
    for claim in reading.claims:
        assert not any(f.span.overlaps(claim.assertion.evidence.span) for f in reading.document.furniture)


def test_nodes_of_the_claims_are_all_there(reading: Reading) -> None:
    known = {n.id for n in reading.nodes}
    for claim in reading.claims:
        assert claim.assertion.subject in known
        if isinstance(claim.assertion.object, Ref):
            assert claim.assertion.object.id in known


def _is_wrong(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(reason=reason, strict=True)


# ------------------------------------------------------------------------------------------- what must hold
@pytest.mark.parametrize(
    ("reading", "deals"),
    [
        ("approval-then-contract", 1),
        ("conflicting-figures", 2),
        ("cooperation-agreement", 1),
        ("counterpart-and-visit", 1),
        ("denied-deal", 0),
        ("foreign-currency-restated", 2),
        ("furniture", 1),
        ("gift", 1),
        ("indian-numbers", 1),
        ("partial-delivery", 2),
        ("passive-award", 2),
        ("two-deals-one-text", 3),
        ("seed", 4),
    ],
    indirect=["reading"],
)
def test_number_of_deals(reading: Reading, deals: int) -> None:
    assert len(reading.extraction.deals) == deals


def _direct(reading: Reading, predicate: str, subject: str = "") -> set[str]:
    return {
        _show(c)
        for c in reading.claims
        if c.is_best and c.assertion.predicate == predicate and c.assertion.subject.startswith(subject)
    }


@pytest.mark.parametrize(
    ("reading", "predicate", "values"),
    [
        pytest.param(
            "approval-then-contract",
            "amount",
            {'"8500000000"^^decimal'},
            marks=_is_wrong("the ceiling of the approval is taken for the price"),
        ),
        ("conflicting-figures", "signatory", {"person/jean-yves-le-drian", "person/sedki-sobhy"}),
        ("cooperation-agreement", "party", {"state/poland", "state/portugal"}),
        pytest.param(
            "foreign-currency-restated",
            "currency",
            {'"HUF"'},
            marks=_is_wrong("the price of one aircraft is taken for the value of an earlier deal"),
        ),
        ("furniture", "quantity", {'"118"^^integer'}),
        ("gift", "quantity", {'"5"^^integer'}),
        ("indian-numbers", "amount", {'"23456000000"^^decimal'}),
        ("passive-award", "amount", {'"41250000"^^decimal', '"99800000"^^decimal'}),
        # the whole order, and the first lot of it
        ("indian-numbers", "quantity", {'"125000"^^integer', '"20000"^^integer'}),
        pytest.param(
            "conflicting-figures",
            "deliveryMilestone",
            set(),
        ),
        pytest.param(
            "counterpart-and-visit",
            "buyer",
            {"state/greece"},
            marks=_is_wrong("ministers who sign do not make their states parties: a deal without any"),
        ),
        pytest.param(
            "counterpart-and-visit",
            "designedBy",
            set(),
            marks=_is_wrong("'they' is taken for the weapon named last, not for the subject before"),
        ),
    ],
    indirect=["reading"],
)
def test_what_is_stated_directly(reading: Reading, predicate: str, values: set[str]) -> None:
    assert _direct(reading, predicate) == values


@pytest.mark.parametrize(
    ("reading", "statuses"),
    [
        ("approval-then-contract", ["approved", "signed"]),
        ("furniture", ["ordered"]),
        pytest.param(
            "conflicting-figures",
            ["ordered", "signed"],
        ),
        pytest.param(
            "foreign-currency-restated",
            ["ordered", "signed"],
            marks=_is_wrong("the headline is not taken as part of the deal, and a delivery to come as an order"),
        ),
    ],
    indirect=["reading"],
)
def test_stages_of_the_first_deal(reading: Reading, statuses: list[str]) -> None:
    assert [s.status.value for s in reading.extraction.deals[0].stages] == statuses
