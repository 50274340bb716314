"""The bench over the annotated texts keeps the held-out ones out unless asked for."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from armsgraph.evaluation import DealSheet, FactSheet, GoldText, Source, TextResult, compare
from armsgraph.pipeline import Tools, load_tools

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


@pytest.fixture
def quality(tools: Tools, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The bench on a corpus of one text a folder; those of the held-out folder have another name."""
    monkeypatch.syspath_prepend(str(ROOT))
    from bench import quality

    for folder, stem in (("train", "001"), ("own", "01"), ("held-out", "002")):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / "bench" / "gold" / "howitzers.txt", tmp_path / folder / f"{stem}.txt")
        raw = json.loads((ROOT / "bench" / "gold" / "howitzers.json").read_text("utf-8"))
        raw["id"] = f"{folder}-{stem}"
        (tmp_path / folder / f"{stem}.json").write_text(json.dumps(raw), "utf-8")
    monkeypatch.setattr(quality, "CORPUS", tmp_path)
    monkeypatch.setattr(quality, "load_tools", lambda: tools)
    return quality


def test_held_out_texts_are_left_out_unless_asked_for(
    quality, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    monkeypatch.setattr(sys, "argv", ["quality", "--json", str(report)])
    assert quality.main() == 0
    out = capsys.readouterr().out
    assert "held-out" not in out
    assert "| train, 1 text | entities |" in out
    assert {"train", "own"} == set(json.loads(report.read_text("utf-8"))) - {"version", "date"}
    monkeypatch.setattr(sys, "argv", ["quality", "--held-out"])
    assert quality.main() == 0
    out = capsys.readouterr().out
    assert "| held-out, 1 text | entities |" in out
    assert "Nordvik" not in out, "no fact of a text is shown"


def result(gold_deals: int, our_deals: int) -> TextResult:
    def sheet(number: int) -> FactSheet:
        deals = (DealSheet(facts={("quantity", str(n)): Source()}, source=Source()) for n in range(number))
        return FactSheet(entities={}, deals=tuple(deals))

    gold = sheet(gold_deals)
    text = GoldText(id="t", text="Tanks.", url=None, published=None, location="t.json", sheet=gold)
    return TextResult(text=text, judgements=compare("t", gold, sheet(our_deals)))


def test_deals_said_of_texts_without_one_are_counted(quality) -> None:
    assert quality.false_deals([result(0, 2), result(0, 0), result(0, 1), result(1, 3)]) == (3, 2, 3)
    assert quality.false_deals([result(1, 0)]) == (0, 0, 0)
