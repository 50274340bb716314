"""The fitted weights: how they are read, what they decide, and what outweighs them."""

from __future__ import annotations

from math import exp
from pathlib import Path

import pytest

from armsgraph.deals.build import build_deal
from armsgraph.deals.candidates import Candidate, Filler, propose
from armsgraph.deals.choosing import choose, take, weigh
from armsgraph.deals.features.second import Field, Rival, second_features
from armsgraph.deals.looking import look_again
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.vetoes import veto_between
from armsgraph.errors import DataError
from armsgraph.lexicon.weights import DealWeights, Features, load_deal_weights
from armsgraph.model import DealStatus, Money, Number, Span
from armsgraph.pipeline import Tools
from scenes import read_scene

HEADER = "decision\tfeature\tweight\tsource\n"
WEIGHTS = DealWeights(
    weights={
        "buyer": {"always": -1.0, "near": 2.0, "far": -1.0},
        "supplier": {"always": 0.5},
        "status": {"signed": 1.0},
    },
    thresholds={"buyer": 0.7},
)


def logistic(x: float) -> float:
    return 1 / (1 + exp(-x))


# ------------------------------------------------------------------------------------------------ the list
def test_probability_is_the_logistic_of_the_weighted_sum() -> None:
    assert WEIGHTS.probability("buyer", {"always": 1, "near": 1.5, "unheard of": 7}) == pytest.approx(logistic(2.0))


def test_decision_without_weights_takes_nothing() -> None:
    assert WEIGHTS.probability("signatory", {"always": 1}) == 0


def test_reasons_are_the_heaviest_features_without_the_constant() -> None:
    decision = WEIGHTS.decide("buyer", {"always": 1, "far": 1, "near": 2})
    assert decision.reasons == ("near +4.0", "far -1.0")


@pytest.mark.parametrize(("decision", "probability", "taken"), [("buyer", 0.69, False), ("supplier", 0.5, True)])
def test_threshold_is_that_of_the_decision_or_a_half(decision: str, probability: float, taken: bool) -> None:
    assert WEIGHTS.accepts(decision, probability) is taken


def test_shipped_weights_know_every_decision() -> None:
    weights = load_deal_weights()
    wanted = {"frame", "same deal", "one deal", "deal", "buyer", "supplier", "weapon", "quantity", "value", "status"}
    assert wanted <= set(weights.weights)
    assert all(0 < t < 1 for t in weights.thresholds.values())


def test_row_of_the_user_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "deal_weights.tsv").write_text(f"{HEADER}buyer\tthreshold\t0.9\tme\nbuyer\tfar\t-3\tme\n", "utf-8")
    weights = load_deal_weights(overlays=(tmp_path,))
    assert weights.thresholds["buyer"] == 0.9
    assert weights.weights["buyer"]["far"] == -3
    assert len(weights.weights["buyer"]) >= len(load_deal_weights().weights["buyer"])


@pytest.mark.parametrize(
    "row", ["buyer\tfar\tmuch\tme", "buyer\tthreshold\t1.5\tme", "confidence\t0.5\t2\tme", "confidence\tx\t0.5\tme"]
)
def test_bad_row_is_told_with_file_and_line(row: str, tmp_path: Path) -> None:
    path = tmp_path / "deal_weights.tsv"
    path.write_text(f"{HEADER}{row}\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_deal_weights(overlays=(tmp_path,))
    assert f"{path}:2" in str(caught.value)


@pytest.mark.parametrize(
    ("probability", "confidence"),
    [
        pytest.param(0.3, 0.4, id="under-the-first-point"),
        pytest.param(0.6, 0.5, id="between-two"),
        pytest.param(0.99, 0.85, id="over-the-last"),
    ],
)
def test_confidence_is_read_off_the_table(probability: float, confidence: float) -> None:
    table = ((0.5, 0.4), (0.7, 0.6), (0.9, 0.85))
    weights = DealWeights(weights={}, thresholds={}, confidences=table)
    assert weights.confidence(probability) == pytest.approx(confidence)


def test_without_a_table_confidence_is_the_probability() -> None:
    decision = WEIGHTS.decide("buyer", {"near": 1.0})
    assert decision.confidence == decision.probability == pytest.approx(logistic(2.0))


def test_shipped_confidences_grow_with_the_probability() -> None:
    table = load_deal_weights().confidences
    assert len(table) > 3
    assert list(table) == sorted(table)
    assert [share for _, share in table] == sorted(share for _, share in table)


def test_row_of_the_user_takes_the_place_of_a_confidence(tmp_path: Path) -> None:
    point = load_deal_weights().confidences[0][0]
    (tmp_path / "deal_weights.tsv").write_text(f"{HEADER}confidence\t{point:g}\t0.01\tme\n", "utf-8")
    assert load_deal_weights(overlays=(tmp_path,)).confidences[0] == (point, 0.01)


# ------------------------------------------------------------------------------------------------ choosing
def candidate(slot: str, filler: Filler, key: str, state: str | None = None, **features: float) -> Candidate:
    named = {name.replace("_", " "): value for name, value in features.items()}
    return Candidate(
        slot=slot, filler=filler, key=key, span=Span(0, 1), sentence=0, features={"always": 1.0} | named, state=state
    )


def keys(candidates: list[Candidate], weights: DealWeights = WEIGHTS) -> dict[str, list[str]]:
    return {slot: [c.candidate.key for c in found] for slot, found in choose(candidates, weights).items() if found}


@pytest.mark.parametrize(("near", "kept"), [("startsOn", {"startsOn": ["2027-03"]}), ("endsOn", {"endsOn": ["2026"]})])
def test_what_ends_before_it_starts_has_only_the_likelier_of_both(near: str, kept: dict[str, list[str]]) -> None:
    weights = DealWeights(weights={s: {"always": 1.0, "near": 1.0} for s in ("startsOn", "endsOn")}, thresholds={})
    dates = {"startsOn": "2027-03", "endsOn": "2026"}
    both = [candidate(s, day, day, **({"near": 1.0} if s == near else {})) for s, day in dates.items()]
    assert keys(both, weights) == kept


def test_months_of_the_year_in_which_it_ends_are_in_order() -> None:
    weights = DealWeights(weights={s: {"always": 1.0} for s in ("startsOn", "endsOn")}, thresholds={})
    dates = {"startsOn": "2026-03", "endsOn": "2026"}
    assert keys([candidate(s, day, day) for s, day in dates.items()], weights) == {s: [d] for s, d in dates.items()}


def test_a_deal_is_signed_at_one_place() -> None:
    weights = DealWeights(weights={"signedAt": {"always": 1.0, "near": 1.0}}, thresholds={})
    read = {"rule says so": 1.0}
    two = [candidate("signedAt", "a", "a", near=1.0, **read), candidate("signedAt", "b", "b", **read)]
    assert keys(two, weights) == {"signedAt": ["a"]}


def test_entity_is_on_the_likelier_side_only() -> None:
    both = [candidate("buyer", "x", "x", near=1.0), candidate("supplier", "x", "x")]
    assert keys(both) == {"buyer": ["x"]}


def test_deal_has_a_side_where_one_is_likely_enough_for_that() -> None:
    weights = DealWeights(weights=WEIGHTS.weights, thresholds={"buyer": 0.9, "supplier": 0.9, "a side": 0.6})
    both = [candidate("buyer", "x", "x", near=1.0), candidate("supplier", "y", "y")]
    assert keys(both, weights) == {"buyer": ["x"]}
    assert keys(both, DealWeights(weights=weights.weights, thresholds={**weights.thresholds, "a side": 0.8})) == {}


def test_buyers_of_two_states_need_a_rule_that_reads_the_second() -> None:
    first = candidate("buyer", "a", "a", "PL", near=2.0)
    assert keys([first, candidate("buyer", "b", "b", "KE", near=1.0)]) == {"buyer": ["a"]}
    assert keys([first, candidate("buyer", "b", "b", "KE", near=1.0, rule_says_so=1.0)]) == {"buyer": ["a", "b"]}


def test_status_is_always_taken_and_one() -> None:
    statuses = [candidate("status", s, s.value, **{s.value: 1.0}) for s in (DealStatus.PROPOSED, DealStatus.SIGNED)]
    assert keys(statuses) == {"status": ["signed"]}


def test_rival_figure_that_a_rule_reads_stays_beside_the_one_taken() -> None:
    weights = DealWeights(weights={"value": {"sure": 3.0, "always": -1.0}}, thresholds={})
    sums = [
        candidate("value", Money(span=Span(0, 1), amount=a, currency="INR", as_written=str(a)), str(a), **features)  # type: ignore[arg-type]
        for a, features in ((639, {"sure": 1.0}), (693, {"rule_says_so": 1.0}), (5000, {"rule_says_so": 1.0}))
    ]
    assert keys(sums, weights) == {"value": ["639", "693"]}


def test_count_that_lost_a_digit_is_a_rival() -> None:
    weights = DealWeights(weights={"quantity": {"sure": 3.0, "always": -1.0}}, thresholds={})
    counts = [
        candidate("quantity", Number(span=Span(n, n + 1), value=n, as_written=str(n)), str(n), **features)  # type: ignore[arg-type]
        for n, features in ((601427, {"sure": 1.0}), (6014427, {"rule_says_so": 1.0}), (70000, {"rule_says_so": 1.0}))
    ]
    assert keys(counts, weights) == {"quantity": ["601427", "6014427"]}


# ------------------------------------------------------------------------------------------------ the second look
def second(key: str, deal: int, *deals: dict[str, float]) -> Features:
    field = Field(by_deal=[{k: Rival(k, odds, "State", k) for k, odds in found.items()} for found in deals])
    return second_features(field.by_deal[deal][key], deal, field, None)


def test_second_look_knows_the_likeliest() -> None:
    one, other = {"a": 1.0, "b": -1.0}, {"a": -2.0}
    assert "the likeliest" in second("a", 0, one, other)
    assert "the likeliest" not in second("b", 0, one, other)
    assert second("b", 0, one, other)["best of the others"] > second("a", 0, one, other)["best of the others"]


def test_second_look_sees_the_other_deals() -> None:
    alone = second("a", 0, {"a": 0.5})
    beside = second("a", 0, {"a": 0.5}, {"a": 3.0})
    assert beside["best in another deal"] == beside["in the deal behind"] > alone["in the deal behind"]


def test_who_sells_in_another_deal_is_likelier_at_the_second_look(tools: Tools) -> None:
    read = read_scene("Poland bought 20 HX-20 helicopters.\n\nNorvik Arms sold 12 Skua missiles to Kenya.", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    clusters = [Cluster(scene, (i,)) for i in range(len(scene.frames))]
    first = {"supplier": {"always": -1.0, "rule says so": 3.0}, "buyer": {"always": -9.0}}
    again = {"supplier, second look": {"first look": 1.0, "best in another deal": 2.0}}
    weights = DealWeights(weights={**first, **again, "status": {"signed": 1.0}}, thresholds={})
    board = [weigh(propose(scene, c), weights) for c in clusters]
    before = [take(b, weights, lambda w: weights.decide("supplier", w.candidate.features)) for b in board]
    after = look_again(scene, board, weights)
    assert [[c.candidate.key for c in found["supplier"]] for found in before] == [[], ["firm/norvik-arms"]]
    assert after[0]["supplier"][0].candidate.key == "firm/norvik-arms"
    assert any(reason.startswith("best in another deal") for reason in after[0]["supplier"][0].decision.reasons)


# ------------------------------------------------------------------------------------------------ vetoes
@pytest.mark.parametrize(
    ("second", "why"),
    [
        pytest.param("Poland later bought another 8 HX-20 helicopters.", "another one", id="another"),
        pytest.param("Poland ordered 12 Skua missiles from Norvik Arms.", "another weapon", id="weapon"),
        pytest.param("Kenya ordered 20 HX-20 helicopters from Norvik Arms.", "another buyer", id="buyer"),
        pytest.param("Poland ordered 20 HX-20 helicopters from Norvik Arms.", None, id="the-same"),
        pytest.param("In the past Poland bought six HX-20 from Norway.", "of an earlier time", id="in-the-past"),
        pytest.param("Back in 2019, Poland bought six HX-20 from Norway.", "of an earlier time", id="back-in"),
        pytest.param("Earlier Poland had bought the 20 HX-20 from Norvik Arms.", None, id="earlier-and-as-many"),
    ],
)
def test_vetoes(second: str, why: str | None, tools: Tools) -> None:
    text = f"Poland ordered 20 HX-20 helicopters from Norvik Arms.\n\n{second}"
    read = read_scene(text, tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    assert len(scene.frames) == 2
    assert veto_between(scene, 0, 1) == why


@pytest.mark.parametrize(
    ("second", "why"),
    [
        pytest.param("Poland signed a contract worth $90 million with Norvik Arms.", "another sum", id="another-sum"),
        pytest.param("Poland signed the contract, worth $310 million, in Lisbon.", None, id="rounded"),
        pytest.param("Poland signed the contract, worth 90 million euros, in Lisbon.", None, id="another-currency"),
        pytest.param("The price of a helicopter is $15 million.", None, id="price-of-one"),
        pytest.param("The contract is worth $90 million, the ministry said.", None, id="contradiction"),
    ],
)
def test_deals_with_sums_far_apart_are_two(second: str, why: str | None, tools: Tools) -> None:
    read = read_scene(f"Poland ordered 20 HX-20 helicopters for $300 million.\n\n{second}", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    assert len(scene.frames) == 2
    assert scene.said[1].sums
    assert veto_between(scene, 0, 1) == why


def test_lines_of_a_list_may_name_one_thing_after_the_other(tools: Tools) -> None:
    read = read_scene("Poland wants:\n\n20 HX-20 helicopters;\n\n12 Skua missiles;", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    lines = [i for i, f in enumerate(scene.frames) if f.triggers == ("line",)]
    assert len(lines) == 2
    assert veto_between(scene, *lines) is None


def test_shares_of_one_sentence_are_deals_of_their_own(tools: Tools) -> None:
    read = read_scene("India bought 20 HX-20 helicopters for the Indian Army and 12 for the Indian Navy.", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    assert len(scene.frames) == 2
    assert veto_between(scene, 0, 1) == "shares of one sentence"


# ------------------------------------------------------------------------------------------------ telling
def test_side_of_a_paper_between_equals_is_told_as_a_party(tools: Tools) -> None:
    read = read_scene("Poland met Norway in Lisbon.\n\nA memorandum of understanding was signed.", tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    cluster = Cluster(scene, range(len(scene.frames)))
    assert not any(frame.arguments for frame in cluster.frames)
    choices = choose(propose(scene, cluster), DealWeights(weights={"buyer": {"State": 5.0}}, thresholds={}))
    facts = build_deal(scene, 1, cluster, choices).facts
    assert {read.show(f.object) for f in facts if f.predicate == "party"} == {"Poland"}
    assert not {"buyer", "supplier"} & {f.predicate for f in facts}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(
            "Poland is negotiating with Norvik Arms on a second batch of 52 HX-20 helicopters. "
            "For the first 36 HX-20 helicopters Poland signed with Norvik Arms in 2022.",
            "two lots",
            id="the-second-told-first",
        ),
        pytest.param(
            "Poland will buy another 20 HX-20 helicopters.\n\nPoland ordered a further 20 HX-20 helicopters.",
            None,
            id="one-more-order-told-twice",
        ),
    ],
)
def test_lots_with_counts_of_their_own_are_two_deals(text: str, why: str | None, tools: Tools) -> None:
    read = read_scene(text, tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    counted = [i for i, said in enumerate(scene.said) if said.counts]
    assert veto_between(scene, counted[0], counted[-1]) == why
