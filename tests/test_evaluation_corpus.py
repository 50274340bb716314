"""The annotated texts are what their README says, and the check that says so finds faults."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"


def load_check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_check", BENCH / "corpus" / "check.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = load_check()


@pytest.mark.parametrize("folder", [BENCH / "gold", *CHECK.default_folders()], ids=lambda p: p.name)
def test_texts_and_annotations_are_in_order(folder: Path) -> None:
    assert list(CHECK.check_folder(folder)) == []


def test_held_out_texts_are_those_that_leave_two() -> None:
    numbers = {name: {int(p.stem) for p in (BENCH / "corpus" / name).glob("*.json")} for name in ("train", "held-out")}
    assert numbers["held-out"] == {n for n in range(1, 111) if n % 5 == 2}
    assert numbers["train"] == set(range(1, 111)) - numbers["held-out"]


def break_quotation(raw: dict[str, Any]) -> None:
    raw["relations"][0]["evidence"] = "words that nobody wrote"


def break_reference(raw: dict[str, Any]) -> None:
    raw["deals"][0]["buyers"] = ["e99"]


def break_type(raw: dict[str, Any]) -> None:
    raw["deals"][0]["signatories"] = ["e1"]


def break_status(raw: dict[str, Any]) -> None:
    raw["deals"][0]["status"] = "inked"


def break_says(raw: dict[str, Any]) -> None:
    del raw["deals"][0]["says"]["value"]


def break_quantity(raw: dict[str, Any]) -> None:
    raw["deals"][0]["items"][0]["quantity_qualifier"] = None


def break_mention(raw: dict[str, Any]) -> None:
    raw["entities"][0]["mentions"].append("Norge")


def break_key(raw: dict[str, Any]) -> None:
    raw["deals"][0]["price"] = 1


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        (break_quotation, "relation evidence is not in the text"),
        (break_reference, "d1 party: no such entity: 'e99'"),
        (break_type, "d1 signatory: wrong type: 'e1'"),
        (break_status, "d1: status: 'inked'"),
        (break_says, "d1: says has other slots than the deal"),
        (break_quantity, "d1: quantity qualifier"),
        (break_mention, "e1 mention is not in the text: 'Norge'"),
        (break_key, "d1: keys ['price']"),
    ],
    ids=lambda x: getattr(x, "__name__", None),
)
def test_a_fault_is_found(fault: Callable[[dict[str, Any]], None], where: str, tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    shutil.copytree(BENCH / "gold", folder)
    path = folder / "howitzers.json"
    raw = json.loads(path.read_text("utf-8"))
    fault(raw)
    path.write_text(json.dumps(raw), "utf-8")
    assert any(where in problem for problem in CHECK.check_folder(folder))


def test_words_of_held_out_texts_are_not_shown(tmp_path: Path) -> None:
    folder = tmp_path / CHECK.HELD_OUT
    shutil.copytree(BENCH / "gold", folder)
    path = folder / "howitzers.json"
    raw = json.loads(path.read_text("utf-8"))
    break_mention(raw)
    path.write_text(json.dumps(raw), "utf-8")
    assert list(CHECK.check_folder(folder)) == ["held-out/howitzers.json: e1 mention is not in the text"]


def test_a_text_without_annotation_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    shutil.copytree(BENCH / "gold", folder)
    (folder / "tanks.txt").write_text("Tanks.", "utf-8")
    assert list(CHECK.check_folder(folder)) == ["gold/tanks: text or annotation is missing"]
