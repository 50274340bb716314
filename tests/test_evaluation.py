"""Facts are judged as a reader would judge them, and the figures follow from the verdicts."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest
from typer.testing import CliRunner

from armsgraph.claims import make_claims
from armsgraph.cli import app
from armsgraph.errors import InputError
from armsgraph.evaluation import (
    DealSheet,
    ErrorKind,
    FactSheet,
    Judgement,
    NamedThing,
    Source,
    Verdict,
    calibrate,
    compare,
    count_errors,
    count_rules,
    read_gold_folders,
    sheet_of_extraction,
    sum_up,
)
from armsgraph.evaluation.extracted import stored_duration
from armsgraph.evaluation.sheets import cut_sentence, fold_name, money_key, money_text
from armsgraph.graph import GraphBuilder, document_lines, write_file
from armsgraph.model import (
    Deal,
    DealKind,
    Document,
    EntitySet,
    EntityType,
    Evidence,
    Extraction,
    Modality,
    Span,
    Values,
)
from armsgraph.vocab import ARMS, DEFAULT_BASE

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "bench" / "gold"

ENTITIES = {
    "peru": (EntityType.STATE, "Peru"),
    "chile": (EntityType.STATE, "Chile"),
    "hyundai": (EntityType.FIRM, "Hyundai Rotem"),
    "k2": (EntityType.WEAPON, "K2"),
    "k9": (EntityType.WEAPON, "K9"),
    "park": (EntityType.PERSON, "Park Jin"),
}


def things(prefix: str, names: Mapping[str, tuple[EntityType, str]]) -> dict[str, NamedThing]:
    return {
        prefix + key: NamedThing(type=kind, names=frozenset({fold_name(label)}), label=label)
        for key, (kind, label) in names.items()
    }


def deal(
    *facts: tuple[str, str], written: str = "", is_episode: bool = False, confidence: float | None = None
) -> DealSheet:
    source = Source(written=written, rule="rule.x" if confidence else "", confidence=confidence)
    return DealSheet(facts=dict.fromkeys(facts, source), source=source, is_episode=is_episode)


def gold_sheet(*deals: DealSheet, **more: object) -> FactSheet:
    return FactSheet(entities=things("", ENTITIES), deals=deals, **more)


def our_sheet(*deals: DealSheet, without: tuple[str, ...] = (), **more: object) -> FactSheet:
    kept = {key: value for key, value in ENTITIES.items() if key not in without}
    return FactSheet(entities=things("our-", kept), deals=deals, **more)


def verdicts(judged: tuple[Judgement, ...], group: str) -> list[tuple[str, str, str, str]]:
    return sorted(
        (j.heading, j.verdict.value, j.value, j.kind.value if j.kind else "")
        for j in judged
        if j.heading.split()[0] in group.split()
    )


def test_the_same_facts_are_all_right() -> None:
    facts = (("quantity", "30"), ("status", "signed"))
    judged = compare(
        "t",
        gold_sheet(deal(("buyer", "peru"), ("weapon", "k2"), *facts), relations={("peru", "operates", "k9"): Source()}),
        our_sheet(
            deal(("buyer", "our-peru"), ("weapon", "our-k2"), *facts),
            relations={("our-peru", "operates", "our-k9"): Source()},
        ),
    )
    assert {j.verdict for j in judged} == {Verdict.RIGHT}
    figures = sum_up(judged)
    assert (figures["DEAL FACTS"].right, figures["DEAL FACTS"].said, figures["DEAL FACTS"].gold) == (4, 4, 4)
    assert figures["ENTITIES"].f1 == figures["RELATIONS"].f1 == figures["deals"].f1 == 1.0


@pytest.mark.parametrize(
    ("ours", "slot", "kind"),
    [
        (("supplier", "our-peru"), "slot supplier", ErrorKind.WRONG_SLOT),
        (("buyer", "our-chile"), "slot buyer", ErrorKind.OTHER_DEAL),
        (("buyer", "our-hyundai"), "slot buyer", ErrorKind.WRONG_ENTITY),
        (("quantity", "31"), "slot quantity", ErrorKind.WRONG_FIGURE),
        (("status", "cancelled"), "slot status", ErrorKind.WRONG_STATUS),
        (("duration", "P3Y"), "slot duration", ErrorKind.NOT_IN_GOLD),
    ],
    ids=lambda x: x.name if isinstance(x, ErrorKind) else None,
)
def test_wrong_facts_of_a_found_deal_have_their_kind(ours: tuple[str, str], slot: str, kind: ErrorKind) -> None:
    gold = gold_sheet(
        deal(("buyer", "peru"), ("weapon", "k2"), ("quantity", "30"), ("status", "signed")),
        deal(("buyer", "chile"), ("weapon", "k9"), ("value", "5 USD"), ("status", "signed")),
    )
    judged = compare("t", gold, our_sheet(deal(("weapon", "our-k2"), ours)))
    assert [(j.heading, j.kind) for j in judged if j.verdict is Verdict.WRONG] == [(slot, kind)]


def test_missed_facts_tell_why() -> None:
    gold = gold_sheet(
        deal(("buyer", "peru"), ("weapon", "k2"), ("quantity", "30"), ("signatory", "park"), ("signedOn", "2024")),
        deal(("buyer", "chile"), ("weapon", "k9"), written="procurement"),
    )
    judged = compare("t", gold, our_sheet(deal(("weapon", "our-k2"), ("quantity", "3")), without=("park",)))
    assert verdicts(tuple(j for j in judged if j.verdict is Verdict.MISSED), "slot deal") == [
        ("deal", "missed", "procurement", "deal missed"),
        ("slot buyer", "missed", "Chile", "deal missed"),
        ("slot buyer", "missed", "Peru", "slot missing in a found deal"),
        ("slot quantity", "missed", "30", "another value said"),
        ("slot signatory", "missed", "Park Jin", "entity missed"),
        ("slot signedOn", "missed", "2024", "slot missing in a found deal"),
        ("slot weapon", "missed", "K9", "deal missed"),
    ]


def test_a_second_deal_about_the_same_thing_is_a_split_and_another_is_extra() -> None:
    gold = gold_sheet(deal(("buyer", "peru"), ("weapon", "k2"), ("quantity", "30")))
    ours = our_sheet(
        deal(("buyer", "our-peru"), ("weapon", "our-k2")), deal(("quantity", "30")), deal(("quantity", "7"))
    )
    kinds = [j.kind for j in compare("t", gold, ours) if j.heading == "deal"]
    assert kinds == [None, ErrorKind.SPLIT_DEAL, ErrorKind.EXTRA_DEAL]


def test_deals_are_paired_by_what_they_share_not_by_order() -> None:
    gold = gold_sheet(
        deal(("buyer", "peru"), ("weapon", "k2")), deal(("buyer", "peru"), ("weapon", "k9"), ("quantity", "5"))
    )
    ours = our_sheet(deal(("buyer", "our-peru"), ("weapon", "our-k9"), ("quantity", "5")), deal(("weapon", "our-k2")))
    figures = sum_up(compare("t", gold, ours))
    assert (figures["DEAL FACTS"].right, figures["DEAL FACTS"].said, figures["DEAL FACTS"].gold) == (4, 4, 5)


def test_an_approval_told_as_a_stage_is_not_missed_and_its_status_counts() -> None:
    gold = gold_sheet(
        deal(("buyer", "peru"), ("weapon", "k2"), ("status", "signed")),
        deal(("weapon", "k2"), ("status", "approved"), is_episode=True),
    )
    told = compare("t", gold, our_sheet(deal(("buyer", "our-peru"), ("weapon", "our-k2"), ("status", "approved"))))
    assert {j.verdict for j in told if j.heading.startswith(("slot", "deal"))} == {Verdict.RIGHT}
    other = compare("t", gold, our_sheet(deal(("buyer", "our-peru"), ("weapon", "our-k2"), ("status", "cancelled"))))
    assert [j.kind for j in other if j.verdict is Verdict.WRONG] == [ErrorKind.WRONG_STATUS]


def test_status_is_shown_as_written_and_compared_in_groups() -> None:
    gold = gold_sheet(deal(("weapon", "k2"), ("status", "signed"), written="in production"))
    right = compare("t", gold, our_sheet(deal(("weapon", "our-k2"), ("status", "signed"), written="ordered")))
    assert ("slot status", "right", "ordered", "") in verdicts(right, "slot")
    missed = compare("t", gold, our_sheet(deal(("weapon", "our-k2"), ("status", "delivered"), written="completed")))
    assert verdicts(missed, "slot")[:2] == [
        ("slot status", "missed", "in production", "another value said"),
        ("slot status", "wrong", "completed", "wrong status"),
    ]


def test_entities_need_the_type_and_count_once() -> None:
    gold = FactSheet(entities=things("", {"k2": (EntityType.WEAPON, "K2"), "peru": (EntityType.STATE, "Peru")}))
    ours = FactSheet(
        entities={
            **things("a-", {"k2": (EntityType.WEAPON, "K2")}),
            **things("b-", {"k2": (EntityType.WEAPON, "K-2"), "peru": (EntityType.PLACE, "Peru")}),
            **things("c-", {"x": (EntityType.FIRM, "Xenon")}),
        }
    )
    assert verdicts(compare("t", gold, ours), "entity") == [
        ("entity Firm", "wrong", "Xenon", "no such entity in the gold"),
        ("entity Place", "wrong", "Peru", "wrong type"),
        ("entity State", "missed", "Peru", "wrong type"),
        ("entity Weapon", "right", "K2", ""),
        ("entity Weapon", "wrong", "K-2", "one entity as two"),
    ]


def test_meetings_have_no_direction_and_other_relations_have() -> None:
    gold = gold_sheet(relations={("peru", "metWith", "chile"): Source(), ("k2", "replaces", "k9"): Source()})
    ours = our_sheet(
        relations={
            ("our-chile", "metWith", "our-peru"): Source(),
            ("our-peru", "metWith", "our-chile"): Source(),
            ("our-k9", "replaces", "our-k2"): Source(),
        }
    )
    assert verdicts(compare("t", gold, ours), "relation") == [
        ("relation metWith", "right", "Chile -> Peru", ""),
        ("relation replaces", "missed", "K2 -> K9", "not read"),
        ("relation replaces", "wrong", "K9 -> K2", "wrong relation"),
    ]


def test_an_office_is_right_if_one_title_holds_the_other() -> None:
    gold = gold_sheet(offices={("park", "defenceminister"): Source(written="defence minister")})
    right = compare("t", gold, our_sheet(offices={("our-park", "koreandefenceminister"): Source()}))
    assert [j.verdict for j in right if j.heading == "office"] == [Verdict.RIGHT]
    wrong = compare("t", gold, our_sheet(offices={("our-park", "president"): Source(written="President")}))
    assert verdicts(wrong, "office") == [
        ("office", "missed", "Park Jin, defence minister", "not read"),
        ("office", "wrong", "Park Jin, President", "wrong entity"),
    ]


def test_calibration_counts_deal_facts_and_relations_that_were_said() -> None:
    gold = gold_sheet(deal(("weapon", "k2"), ("quantity", "30"), ("status", "signed")))
    ours = our_sheet(
        DealSheet(
            facts={
                ("weapon", "our-k2"): Source(confidence=0.9, rule="a"),
                ("quantity", "31"): Source(confidence=0.95, rule="b"),
                ("status", "signed"): Source(confidence=0.3, rule="a"),
            },
            source=Source(confidence=0.9),
        ),
        relations={("our-peru", "operates", "our-k2"): Source(confidence=1.0, rule="b")},
    )
    judged = compare("t", gold, ours)
    bins = {b.low: (b.said, b.right, round(b.mean_confidence, 2)) for b in calibrate(judged)}
    assert bins == {0.0: (1, 1, 0.3), 0.5: (0, 0, 0), 0.6: (0, 0, 0), 0.7: (0, 0, 0), 0.8: (0, 0, 0), 0.9: (3, 1, 0.95)}
    assert [(r.rule, r.said, r.right) for r in count_rules(judged)] == [("b", 2, 0), ("a", 2, 2)]


def test_errors_are_counted_most_frequent_first() -> None:
    gold = gold_sheet(deal(("buyer", "peru"), ("weapon", "k2"), ("weapon", "k9"), ("quantity", "1")))
    counts = count_errors(compare("t", gold, our_sheet(deal(("buyer", "our-peru")))))
    assert [(c.heading, c.verdict.value, c.kind.value, c.count) for c in counts] == [
        ("slot weapon", "missed", "slot missing in a found deal", 2),
        ("slot quantity", "missed", "slot missing in a found deal", 1),
    ]


def test_a_sentence_is_cut_to_its_line_and_to_whole_words() -> None:
    text = "Headline\n" + "word " * 30 + "Peru bought tanks. " + "more " * 30 + "\nNext"
    start = text.index("bought")
    cut = cut_sentence(text, start, start + len("bought"))
    assert "Peru [bought] tanks." in cut
    assert cut.startswith("… word")
    assert cut.endswith("more …")
    assert "Headline" not in cut
    assert len(cut) < 170


def test_sums_are_compared_by_six_digits_and_shown_in_full() -> None:
    assert money_key("68380000000", "INR") == money_key(6.838e10, "INR") == "6.838e+10 INR"
    assert money_text("68380000000", "INR") == "68,380,000,000 INR"
    assert money_key("601427", "INR") != money_key("601428", "INR")


@pytest.mark.parametrize(
    ("made", "stored"), [("P42M", "P3Y6M"), ("P36M", "P3Y"), ("P11M", "P11M"), ("P3Y", "P3Y"), ("P42D", "P42D")]
)
def test_durations_are_compared_as_a_store_gives_them_back(made: str, stored: str) -> None:
    node = pyoxigraph.NamedNode("urn:x")
    literal = pyoxigraph.Literal(made, datatype=pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#duration"))
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(node, node, literal))
    assert stored_duration(made) == next(iter(store)).object.value == stored


def test_deals_come_in_the_order_of_a_store(tmp_path: Path) -> None:
    evidence = Evidence(span=Span(0, 5), rule="x", confidence=1.0, modality=Modality.ASSERTED)
    document = Document(id="t", key="t-00000000", text="Tanks", sha256=hashlib.sha256(b"Tanks").hexdigest())
    deals = tuple(
        Deal(id=f"deal/{document.key}-{n}", kind=DealKind.CONTRACT, label=str(n), evidence=evidence)
        for n in range(1, 13)
    )
    extraction = Extraction(document=document, values=Values(), entities=EntitySet(), deals=deals)
    nodes, claims = make_claims(extraction)
    with GraphBuilder() as builder:
        builder.add_lines(document_lines(document, nodes, claims, (), base=DEFAULT_BASE))
        write_file(builder.lines(), tmp_path / "graph.ttl", base=DEFAULT_BASE, format="ttl")
    store = pyoxigraph.Store()
    store.load((tmp_path / "graph.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    listed = [row["d"].value for row in store.query(f"SELECT DISTINCT ?d WHERE {{ ?d a <{ARMS}Deal> }}")]
    ours = [deal.source.written for deal in sheet_of_extraction(extraction, claims).deals]
    assert [iri.rpartition("-")[2] for iri in listed] == ours
    assert len(ours) == len(deals)


def test_a_gold_folder_is_read_with_the_words_that_say_each_slot() -> None:
    (text,) = read_gold_folders([GOLD])
    facts = text.sheet.deals[0].facts
    assert facts["value", "1.8e+09 NOK"].written == "1,800,000,000 NOK"
    assert "worth [1.8 billion kroner]" in facts["value", "1.8e+09 NOK"].sentence
    assert text.sheet.deals[1].facts["status", "signed"].written == "ordered"


def test_a_wrong_annotation_is_told_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Peru.", "utf-8")
    (tmp_path / "a.json").write_text('{"entities": []}', "utf-8")
    with pytest.raises(InputError, match="published") as caught:
        read_gold_folders([tmp_path])
    assert caught.value.where == str(tmp_path / "a.json")


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_json_that_agrees_with_its_table(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    shutil.copytree(GOLD, folder)
    annotation = (folder / "howitzers.json").read_text("utf-8")
    (folder / "howitzers.json").write_text(annotation.replace('"quantity": 28', '"quantity": 29'), "utf-8")
    code, out, err = run(folder, "--only", "^how", "--json", tmp_path / "out.json")
    assert code == 0
    assert "1 text;" in err
    report = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert report["texts"] == 1
    facts = report["figures"]["DEAL FACTS"]
    assert f"{facts['right']:7}{facts['said']:7}{facts['gold']:7}" in out.split("DEAL FACTS")[1].splitlines()[0]
    assert sum(kind["count"] for kind in report["kinds"]) == len(report["errors"])
    (wrong,) = [e for e in report["errors"] if e["value"] == "28"]
    assert (wrong["heading"], wrong["verdict"], wrong["kind"]) == ("slot quantity", "wrong", "wrong figure or date")
    assert "[28]" in wrong["sentence"]
    assert {"text", "verdict", "heading", "value", "kind", "rule", "confidence", "sentence"} == set(report["errors"][0])


@pytest.mark.parametrize(
    ("only", "message"),
    [("tanks", "no text has such an id"), ("(", "not a regular expression")],
    ids=["none", "broken"],
)
def test_a_choice_that_cannot_be_made_is_told(only: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        CliRunner().invoke(app, ["evaluate", str(GOLD), "--only", only], catch_exceptions=False)
