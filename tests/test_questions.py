"""The competency questions: each gives its expected rows, the same in Oxigraph and rdflib, and none is without answer.

`pytest tests/test_questions.py --update-golden` writes `docs/queries/*.csv` anew; read the rows against the articles of
`question_texts.py` before you commit them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from armsgraph import resources
from armsgraph.gate import load_gate
from armsgraph.graph import read_lines
from armsgraph.store import Question, list_questions, open_graph, run_query, write_store
from question_stores import BEFORE, COMPARED, EXTRA_GRAPHS, QUERIES, before_lines, turtle_as_lines
from question_texts import articles, golden_lines, lines_of
from rows import normal_row, read_expected

QUESTIONS = {q.name: q for q in list_questions()}
# engines' own functions, and what is no SPARQL 1.1 query
_EXTENSIONS = re.compile(
    r"\b(SERVICE|LATERAL|UNFOLD|bif:|sql:|jena|apf:|afn:|fn:|ofn:|bd:|hint:|oxigraph|TRIPLE\s*\()", re.IGNORECASE
)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Stores by whether they hold an earlier build as well."""
    folder = tmp_path_factory.mktemp("questions")
    lines = list(golden_lines())
    for graph, text in EXTRA_GRAPHS.items():
        lines += turtle_as_lines(text(), graph)
    write_store(lines, folder / "golden")
    write_store([*golden_lines(), *_in_graph(before_lines(), BEFORE)], folder / "compared", with_ontology=False)
    return {False: folder / "golden", True: folder / "compared"}


def _in_graph(lines: tuple[str, ...], graph: str) -> list[str]:
    quads = ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    name = ox.NamedNode(graph)
    return list(read_lines(ox.Quad(q.subject, q.predicate, q.object, name) for q in quads))


@pytest.fixture(scope="module")
def datasets(stores: dict[bool, Path]) -> dict[bool, rdflib.Dataset]:
    found = {}
    for is_compared, path in stores.items():
        dataset = rdflib.Dataset(default_union=True)
        text = "\n".join(read_lines(open_graph(path).quads(with_ontology=True)))
        dataset.parse(data=text, format="nquads")
        found[is_compared] = dataset
    return found


def answer(question: Question, path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    found = run_query(open_graph(path), question.text)
    return found.variables, [tuple(v or "" for v in row) for row in found.rows()]


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_gives_the_expected_rows(name: str, stores: dict[bool, Path], request: pytest.FixtureRequest) -> None:
    names, rows = answer(QUESTIONS[name], stores[name in COMPARED])
    path = QUERIES / f"{name}.csv"
    if request.config.getoption("--update-golden"):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([names, *rows])
        path.write_text(out.getvalue(), "utf-8", newline="\n")
    expected_names, expected = read_expected(path)
    assert names == expected_names
    assert rows, "a question without an answer shows nothing"
    assert rows == expected
    assert [n for i, n in enumerate(names) if not any(row[i] for row in rows)] == [], "columns that no row fills"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", QUESTIONS)
def test_rdflib_gives_the_same_rows(name: str, datasets: dict[bool, rdflib.Dataset]) -> None:
    result = datasets[name in COMPARED].query(QUESTIONS[name].text)
    names = tuple(str(v) for v in result.vars or ())
    rows = [tuple("" if v is None else str(v) for v in row) for row in result]
    expected_names, expected = read_expected(QUERIES / f"{name}.csv")
    assert names == expected_names
    assert sorted(map(normal_row, rows)) == sorted(map(normal_row, expected))


def test_the_25_competency_questions_are_all_there() -> None:
    numbers: list[int] = []
    for question in QUESTIONS.values():
        numbers += [int(n) for n in re.findall(r"^# Competency question (\d+)", question.text, re.MULTILINE)]
    assert sorted(set(numbers)) == list(range(1, 26))


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_says_what_it_answers_and_uses_nothing_of_one_engine(name: str) -> None:
    question = QUESTIONS[name]
    assert question.title.endswith("?")
    code = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
    assert not _EXTENSIONS.search(code)
    declared = set(re.findall(r"^PREFIX (\w+):", code, re.MULTILINE))
    body = re.sub(r'^PREFIX .*$|<[^<>\s]*>|"[^"\n]*"', " ", code, flags=re.MULTILINE)
    assert declared == set(re.findall(r"(?<![\w?])([a-z]+):[A-Za-z]", body)), "prefixes declared and used differ"
    assert max(map(len, question.text.splitlines())) <= 120


def test_every_expected_file_belongs_to_a_question() -> None:
    assert {p.stem for p in QUERIES.glob("*.csv")} == set(QUESTIONS)


def test_golden_store_passes_the_gate() -> None:
    report = load_gate().check_lines(golden_lines())
    assert [r.message for r in report.results] == []


def test_without_texts_the_questions_still_run_and_only_what_needs_the_text_is_empty(tmp_path: Path) -> None:
    write_store(lines_of(articles(), store_text=False), tmp_path / "bare")
    emptied = []
    for name in set(QUESTIONS) - COMPARED:
        names, rows = answer(QUESTIONS[name], tmp_path / "bare")
        _, expected = read_expected(QUERIES / f"{name}.csv")
        emptied += [
            (name, n) for i, n in enumerate(names) if any(r[i] for r in expected) and not any(r[i] for r in rows)
        ]
    needs_text = {("claims_with_quotes", "matches"), ("technology_transfer", "localContent")}
    needs_graph = {"on_a_sanctions_list", "shapes_failed", "value_by_state_converted"}
    assert {pair for pair in emptied if pair[0] not in needs_graph} == needs_text


@pytest.mark.parametrize(
    "table", sorted((resources.query_files()[0].parent / "tables").glob("*.ttl")), ids=lambda p: p.stem
)
def test_tables_say_that_they_are_made_up(table: Path) -> None:
    text = table.read_text("utf-8")
    assert "made up" in text
    assert list(_subjects(text))


def _subjects(text: str) -> Iterator[str]:
    for triple in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
        assert isinstance(triple.subject, ox.NamedNode)
        assert triple.subject.value.startswith("https://example.org/")
        yield triple.subject.value
