"""Odd inputs through the whole of build: no error, no quotation that is not in the text, no endless run."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from armsgraph import building
from armsgraph.building import BuildOptions, build_graph
from armsgraph.gate import Gate, GateResult, load_gate
from armsgraph.graph import GraphBuilder
from armsgraph.parsing import DEFAULT_MODEL
from armsgraph.pipeline import Tools, load_tools

# Seconds of processor time: what takes longest is 200 kB on one line, and the bound leaves room for a slow machine.
LONGEST_S = 60.0
NEWS = "Poland signed a contract with Saab for 24 RBS 70 launchers worth $52 million on 3 March 2024. "
PROSE = "Talks went on for weeks, and nobody in the capital would say more than that an end was in sight. "

# Told as page furniture: there is nothing to read in them.
WORDLESS = ("x", "." * 3_000, "(" * 3_000 + ")" * 3_000, "“" * 2_000 + "'" * 2_000)

TEXTS = {f"wordless-{number}": text for number, text in enumerate(WORDLESS)} | {
    "one-word": "Poland",
    "long-line": ((NEWS + PROSE * 9) * 200)[:200_000],
    "many-deals": NEWS * 200,
    "many-paragraphs": "\n\n".join([NEWS + PROSE] * 100),
    "no-full-stops": ("India bought rifles from Russia and " * 600).strip(),
    "capitals": (NEWS * 20).upper(),
    "lower-case": (NEWS * 20).lower(),
    "hindi": "भारत ने रूस से 6,01,427 एके-203 राइफलें खरीदीं। रक्षा मंत्री राजनाथ सिंह ने समझौते पर हस्ताक्षर किए। " * 50,
    "chinese": "印度从俄罗斯购买了六十万支步枪。国防部长签署了合同。" * 100,
    "arabic": "وقعت الهند عقدا مع روسيا لشراء 601427 بندقية من طراز AK-203 بقيمة 5 مليارات دولار. " * 50,
    "mixed-direction": "India \u202etxet eht\u202c bought \u200f24\u200e AK-203 rifles from Russia\u2069. " * 9,
    "emoji": "🚀 India 🇮🇳 bought 24 👍🏽 AK-203 rifles 👨‍👩‍👧‍👦 from Russia 🇷🇺 for $5 million 💰. " * 50,
    "numbers": " ".join(str(n * 7919 % 100_000) for n in range(4_000)),
    "digits": "9" * 20_000,
    "commas": "1," * 10_000 + "1",
    "money": " ".join(f"${n}.{n % 10} million" for n in range(1, 3_000)),
    "money-in-a-deal": f"India bought rifles for {', '.join(f'Rs {n} crore' for n in range(1, 400))} from Russia.",
    "dates": " ".join(f"{1 + n % 28} March {1950 + n % 80}" for n in range(2_000)),
    "designations": " ".join(f"AK-{n}, Su-{n}MKI and T-{n}" for n in range(600)) + " missiles",
    "names": " ".join(f"Minister Ivan Petrov{'abcdefghij'[n % 10]} met Jan Nowak." for n in range(300)),
    "states": ("India, Russia, Poland, France and Kenya " * 200) + "signed a contract.",
    "sql": "SELECT * FROM deals WHERE buyer = 'India'; DROP TABLE deals; -- " * 60,
    "sparql": 'INSERT DATA { <a> <b> "c" } ; DELETE WHERE { ?s ?p ?o } # ' * 60,
    "turtle": '<a> <b> """India bought 24 AK-203 rifles from Russia""" . \\" \\u0041 \\ ' * 40,
    "html": "<p>India <b>bought</b> 24 <a href='x'>AK-203</a> rifles &amp; tanks from Russia</p><i>x()</i>" * 40,
    "control-characters": "India\x01 bought\x07 24\x1b[31m AK-203\x7f rifles\x85 from\u2028Russia\x0b.\x0c " * 40,
    "zero-width": "In\u200bdia bought\ufeff 24 AK\u2060-203 rifles from Rus\u00adsia. " * 40,
    "accents-apart": "Pola\u0301nd bo\u0302ught 24 AK-203 rifles fro\u0303m Ru\u0308ssia. " * 40,
    "private-use": "India bought \ue000\ue001\ue020 24 \uf8ff AK-203 rifles from Russia. " * 40,
    "mathematical-letters": "𝐈𝐧𝐝𝐢𝐚 bought 𝟐𝟒 AK-203 rifles from Russia. " * 40,
    "long-word": "a" * 100_000,
    "long-hyphenated-word": "-".join(["alpha"] * 10_000),
    "long-capitalised-name": " ".join(["Northern"] * 2_000) + " signed a contract with Saab.",
    "tabs": "\t".join(["India", "bought", "24", "AK-203", "rifles"] * 300),
    "lines": "\n".join(["India", "bought", "24", "AK-203", "rifles"] * 300),
    "old-line-ends": "India bought rifles.\rRussia sold rifles.\r\n\x1eFrance bought none." * 30,
    "template-marks": "{{ buyer }} bought {0} %s $(rm -rf /) `id` ${HOME} \\x00 AK-203 rifles. " * 40,
}  # fmt: skip


@pytest.fixture(scope="module")
def gate() -> Gate:
    return load_gate()


@pytest.fixture(scope="module")
def without_model() -> Tools:
    return load_tools(model=None)


@pytest.fixture(autouse=True)
def lists_once(tools: Tools, without_model: Tools, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every build use the same lists, model and shapes: loading them is most of a small build."""
    monkeypatch.setattr(building, "load_tools", lambda *, model, **_: tools if model else without_model)
    monkeypatch.setattr(building, "load_gate", lambda: gate)


SLOW = ("long-line", "long-hyphenated-word")


def build(text: str, path: Path, gate: Gate, *, model: str | None) -> None:
    """Build one text; fail on an error, a violation, or a quotation that is not in the text (the gate looks)."""
    path.write_text(json.dumps({"id": "odd", "text": text}) + "\n", "utf-8")
    with GraphBuilder() as builder:
        summary = build_graph([str(path)], builder, BuildOptions(model=model))
        assert (summary.documents, len(summary.skipped)) == ((0, 1) if text in WORDLESS else (1, 0)), summary.skipped
        assert violations(builder, gate) == []
        assert summary.conforms


def violations(builder: GraphBuilder, gate: Gate) -> list[GateResult]:
    return [r for r in gate.check_lines(list(builder.lines())).results if r.severity == "Violation"]


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in TEXTS])
def test_an_odd_text_is_built_and_every_quotation_stands_in_it(name: str, gate: Gate, tmp_path: Path) -> None:
    started = time.process_time()
    build(TEXTS[name], tmp_path / "in.jsonl", gate, model=DEFAULT_MODEL)
    assert time.process_time() - started < LONGEST_S


@pytest.mark.parametrize("name", ["hindi", "control-characters", "html", "money-in-a-deal", "long-word"])
def test_an_odd_text_is_built_by_patterns_alone(name: str, gate: Gate, tmp_path: Path) -> None:
    build(TEXTS[name], tmp_path / "in.jsonl", gate, model=None)


# ------------------------------------------------------------------------------------------------ files and records
RECORDS = [
    pytest.param('{"text": "India \\ud800 bought 24 AK-203 rifles \\udfff from Russia."}', id="unpaired-surrogates"),
    pytest.param('{"text": "India \\ud83d\\ude80 bought 24 AK-203 rifles from Russia."}', id="paired-surrogates"),
    pytest.param('{"id": "", "text": "India bought 24 AK-203 rifles."}', id="empty-id"),
    pytest.param('{"id": "../../etc/passwd\\u0000", "text": "India bought 24 AK-203 rifles."}', id="id-like-a-path"),
    pytest.param(f'{{"id": "{"x" * 5_000}", "text": "India bought 24 AK-203 rifles."}}', id="long-id"),
    pytest.param('{"id": 17, "text": "India bought 24 AK-203 rifles."}', id="number-as-id"),
    pytest.param('{"url": "javascript:alert(1) <x>", "text": "India bought 24 AK-203 rifles."}', id="odd-url"),
    pytest.param('{"title": "\\u0000<b>\\"", "publisher": "{}", "text": "India bought rifles."}', id="odd-title"),
    pytest.param('{"published": "yesterday", "text": "India bought 24 AK-203 rifles."}', id="odd-date"),
    pytest.param('{"published": "2024-02-31", "text": "India bought 24 AK-203 rifles."}', id="no-such-date"),
    pytest.param('{"text": "India bought \\u0000 24 AK-203 rifles."}', id="zero-byte"),
    pytest.param('{"text": ""}', id="empty-text"),
    pytest.param('{"text": "   \\n\\t "}', id="blank-text"),
    pytest.param('{"text": null}', id="no-text"),
    pytest.param('["India bought 24 AK-203 rifles."]', id="list"),
    pytest.param('"India bought 24 AK-203 rifles."', id="string"),
    pytest.param("NaN", id="not-a-number"),
    pytest.param("[" * 10_000, id="deep-nesting"),
    pytest.param('{"text": "India bought 24 AK-203 rifles.", "text": "x"}', id="text-twice"),
]


@pytest.mark.parametrize("record", RECORDS)
def test_an_odd_record_is_read_or_told_and_the_next_one_goes_on(record: str, gate: Gate, tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": NEWS})
    (tmp_path / "in.jsonl").write_text(f"{record}\n{good}\n", "utf-8")
    with GraphBuilder() as builder:
        summary = build_graph([str(tmp_path / "in.jsonl")], builder, BuildOptions(model=None))
        assert summary.documents + len(summary.skipped) == 2
        assert summary.documents >= 1
        assert summary.conforms
        assert all(f"{tmp_path / 'in.jsonl'}:1" in str(error) for error in summary.skipped)
        assert violations(builder, gate) == []


FILES = [
    pytest.param("empty.txt", b"", id="empty"),
    pytest.param("blank.txt", b" \n\n\t", id="blank"),
    pytest.param("mark.txt", b"\xef\xbb\xbf", id="byte-order-mark"),
    pytest.param("bytes.txt", bytes(range(256)) * 50, id="all-bytes"),
    pytest.param("cut.txt", "India bought rifles for 5 €".encode()[:-1], id="cut-character"),
    pytest.param("wide.txt", NEWS.encode("utf-16"), id="utf-16"),
    pytest.param("old.txt", ("Łódź " + NEWS).encode("cp1250"), id="code-page"),
    pytest.param("fake.pdf", b"%PDF-1.7\n%%EOF", id="broken-pdf"),
    pytest.param("text.pdf", NEWS.encode(), id="text-called-pdf"),
    pytest.param("open.html", b"<html><body><p>India bought 24 AK-203 rifles" + b"<div>" * 3_000, id="open-tags"),
    pytest.param("frame.html", b"<html><frameset></frameset></html>", id="no-body"),
    pytest.param("lone.html", b"&#xD800;<p>India bought 24 AK-203 rifles &#0; from Russia.</p>" * 5, id="lone-entity"),
    pytest.param("deep.md", b"> " * 2_000 + b"India bought 24 AK-203 rifles", id="deep-quotation"),
    pytest.param("list.jsonl", b"\n\n\n", id="jsonl-of-empty-lines"),
]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_an_odd_file_is_read_or_told(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with GraphBuilder() as builder:
        summary = build_graph([str(tmp_path)], builder, BuildOptions(model=None))
        assert summary.documents + len(summary.skipped) <= 1
        assert summary.conforms
        assert all(str(tmp_path) in str(error) and error.hint for error in summary.skipped)
