"""The command line as a user meets it: exit codes, messages, files that are whole or not there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?c a arms:Claim }"
NEWS = "Poland signed a contract with Saab for 24 RBS 70 launchers on 3 March 2024."


def run(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", "from armsgraph.cli import main; main()", *map(str, args)],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "seed.ttl"
    done = run("build", SEEDS, "--output", path)
    assert done.returncode == 0, done.stderr
    return path


def test_build_says_what_it_read_and_that_it_conforms(tmp_path: Path) -> None:
    done = run("build", SEEDS, "--output", tmp_path / "g.ttl", "--report", tmp_path / "report.ttl")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "1 document read, 0 skipped" in done.stderr
    assert "the graph conforms; 0 violations" in done.stderr
    assert "sh:conforms true" in (tmp_path / "report.ttl").read_text("utf-8")


def test_build_says_how_many_conflicts_and_how_to_see_them(tmp_path: Path) -> None:
    text = "Poland signed a contract with Saab. The contract is worth $52 million, Saab said. "
    text += "The contract with Saab is worth $81 million, the Polish defence ministry said."
    (tmp_path / "one.txt").write_text(text, "utf-8")
    done = run("build", tmp_path / "one.txt", "-o", tmp_path / "g.ttl")
    assert "1 conflict\n" in done.stderr
    command = next(line for line in done.stderr.splitlines() if line.startswith("  armsgraph explain "))
    told = run(*command.split()[1:]).stdout
    assert "CONFLICT about value: 2 values" in told
    assert told.index("USD 81,000,000") < told.index("USD 52,000,000")
    assert "$81 million" in run("query", tmp_path / "g.ttl", "--named", "conflicts").stdout


def test_build_without_doubtful_readings_says_how_many_it_left_out(tmp_path: Path) -> None:
    counts = []
    for least in ("0", "0.82"):
        done = run("build", SEEDS, "-o", tmp_path / "g.ttl", "--min-confidence", least)
        assert done.returncode == 0
        assert "the graph conforms" in done.stderr
        assert ("left out: confidence below 0.82" in done.stderr) == (least != "0")
        counts.append(int(run("query", tmp_path / "g.ttl", COUNT, "--format", "csv").stdout.split()[1]))
    assert counts[0] > counts[1] > 0
    assert run("build", SEEDS, "-o", tmp_path / "g.ttl", "--min-confidence", "1.5").returncode == 2


def test_build_that_reads_nothing_does_not_say_that_all_is_well(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for given in ("empty.txt", "folder"):
        done = run("build", tmp_path / given, "-o", tmp_path / "g.ttl")
        assert done.returncode == 2
        assert "nothing was read" in done.stderr
        assert "conforms" not in done.stderr
        assert not (tmp_path / "g.ttl").exists()


def test_a_mistake_in_a_list_of_the_user_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "firms.tsv").write_text("name\tcountry\nAcme\tNO\nBolt\n", "utf-8")
    done = run("build", SEEDS, "-o", tmp_path / "g.ttl", "--data", tmp_path / "lists")
    assert done.returncode == 2
    assert f"error: {tmp_path / 'lists' / 'firms.tsv'}:3: 1 fields instead of 2" in done.stderr


def test_build_twice_and_in_another_order_gives_the_same_bytes(tmp_path: Path) -> None:
    records = [{"id": f"n{i}", "text": NEWS.replace("24", str(i + 2))} for i in range(4)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(r) + "\n" for r in reversed(records)), "utf-8")
    for name in ("a", "b"):
        assert run("build", tmp_path / f"{name}.jsonl", "-o", tmp_path / f"{name}.ttl").returncode == 0
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()


def test_bad_line_of_jsonl_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(i), "text": NEWS}) for i in range(8)]
    lines[6] = "{not json"
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    done = run("build", tmp_path / "in.jsonl", "-o", tmp_path / "g.ttl")
    assert done.returncode == 2
    assert f"{tmp_path / 'in.jsonl'}:7" in done.stderr
    assert "7 documents read, 1 skipped" in done.stderr
    assert (tmp_path / "g.ttl").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("binary.txt", bytes(range(256)) * 20), ("blank.html", b"<html><body></body></html>")],
    ids=["empty", "binary", "html-without-text"],
)
def test_file_that_is_no_article_is_told_with_a_remedy(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("build", tmp_path / name, "-o", tmp_path / "g.ttl")
    assert done.returncode == 2
    assert name in done.stderr
    assert "(" in done.stderr
    assert not (tmp_path / "g.ttl").exists()


def test_missing_file_unknown_format_and_missing_folder_exit_2(tmp_path: Path) -> None:
    for args in (
        ("build", tmp_path / "none.txt", "-o", tmp_path / "g.ttl"),
        ("build", SEEDS, "-o", tmp_path / "g.docx"),
        ("build", SEEDS, "-o", tmp_path / "none" / "g.ttl"),
        ("query", tmp_path / "none.ttl", "ASK {}"),
        ("check",),
    ):
        assert run(*args).returncode == 2, args


def test_standard_input_to_standard_output(tmp_path: Path) -> None:
    done = run("build", "-", "--format", "nt", stdin=NEWS.encode())
    assert done.returncode == 0, done.stderr
    assert "https://w3id.org/armsgraph/ontology#Deal" in done.stdout


def test_store_holds_what_the_file_holds(tmp_path: Path, graph: Path) -> None:
    assert run("build", SEEDS, "--store", tmp_path / "store", "-o", tmp_path / "g.nt").returncode == 0
    assert run("dump", tmp_path / "store", "-o", tmp_path / "dumped.nt").returncode == 0
    answers = {
        run("query", p, COUNT, "--format", "csv").stdout for p in (graph, tmp_path / "store", tmp_path / "dumped.nt")
    }
    assert len(answers) == 1


def test_added_documents_stand_beside_those_of_the_store_and_can_be_withdrawn(tmp_path: Path) -> None:
    store, one = tmp_path / "store", tmp_path / "one.txt"
    one.write_text(NEWS, "utf-8")
    assert run("build", SEEDS, "--store", store).returncode == 0
    seeds_alone = run("dump", store, "--format", "nq").stdout
    assert run("build", one, "--store", store, "--add").returncode == 0
    both = tmp_path / "both"
    assert run("build", SEEDS, one, "--store", both).returncode == 0
    assert run("dump", store, "--format", "nq").stdout == run("dump", both, "--format", "nq").stdout
    listed = run("query", store, "SELECT ?d { ?d a arms:Document ; rdfs:label 'one' }", "--format", "csv").stdout
    done = run("withdraw", store, listed.split()[1])
    assert done.returncode == 0
    assert "withdrew" in done.stderr
    assert run("dump", store, "--format", "nq").stdout == seeds_alone
    assert run("withdraw", store, listed.split()[1]).returncode == 2


def test_withdrawing_what_is_no_document_changes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("build", SEEDS, "--store", store).returncode == 0
    before = run("dump", store, "--format", "nq").stdout
    done = run("withdraw", store, "state:india")
    assert done.returncode == 2
    assert "no document" in done.stderr
    assert run("dump", store, "--format", "nq").stdout == before


def test_adding_needs_a_store(tmp_path: Path) -> None:
    done = run("build", SEEDS, "--add", "-o", tmp_path / "g.ttl")
    assert done.returncode == 2
    assert "--store" in done.stderr


def test_check_of_a_graph_with_a_false_quotation_exits_1(tmp_path: Path, graph: Path) -> None:
    text = graph.read_text("utf-8")
    assert '"6,01,427"' in text
    (tmp_path / "false.ttl").write_text(text.replace('oa:exact "6,01,427"', 'oa:exact "6,01,428"'), "utf-8")
    done = run("check", tmp_path / "false.ttl")
    assert done.returncode == 1
    assert "Evidence-slice" in done.stdout
    assert run("check", graph).returncode == 0


def test_explain_gives_the_sentence_and_unknown_names_give_a_hint(graph: Path) -> None:
    done = run("explain", "weapon:ak-203", graph)
    assert done.returncode == 0
    assert "[AK-203, designed by Russia]" in done.stdout or "designedBy" in done.stdout
    wrong = run("explain", "weapon:ak-204", graph)
    assert wrong.returncode == 2
    assert "ak-203" in wrong.stderr


def test_query_with_a_mistake_names_line_and_column(graph: Path) -> None:
    done = run("query", graph, "SELECT ?x WHERE {\n ?x a arms:Deal ")
    assert done.returncode == 2
    assert "query:2" in done.stderr


def test_every_shipped_question_runs(graph: Path) -> None:
    names = [line.split()[0] for line in run("query", "--list").stdout.splitlines()]
    assert len(names) >= 5
    for name in names:
        assert run("query", graph, "--named", name).returncode == 0, name


def test_evaluate_of_a_folder_without_annotations_exits_2(tmp_path: Path) -> None:
    done = run("evaluate", tmp_path)
    assert done.returncode == 2
    assert "no annotation" in done.stderr


def test_suggest_lists_names_and_writes_lists_that_build_takes(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Norway bought 24 ZK-907 missiles from Nordvik Skarn Ltd in May.", "utf-8")
    table = run("suggest", tmp_path / "one.txt")
    assert table.returncode == 0
    assert [line.split("\t")[1] for line in table.stdout.splitlines()] == ["name", "Nordvik Skarn Ltd", "ZK-907"]
    assert run("suggest", tmp_path / "one.txt", "--output", tmp_path / "mine").returncode == 0
    kept = (tmp_path / "mine" / "firms.tsv").read_bytes()
    again = run("suggest", tmp_path / "one.txt", "--output", tmp_path / "mine")
    assert again.returncode == 2
    assert "firms.tsv: there is such a list already" in again.stderr
    assert (tmp_path / "mine" / "firms.tsv").read_bytes() == kept
    done = run("build", tmp_path / "one.txt", "--data", tmp_path / "mine", "-o", tmp_path / "g.ttl")
    assert done.returncode == 0, done.stderr
    assert '"list.firms"' in (tmp_path / "g.ttl").read_text("utf-8")


def test_suggest_that_reads_nothing_exits_2(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("suggest", tmp_path / "empty.txt")
    assert done.returncode == 2
    assert "nothing was read" in done.stderr
    assert done.stdout == ""
