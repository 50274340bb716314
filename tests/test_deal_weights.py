"""The fitted weights: how they are read, what they decide, and what outweighs them."""

from __future__ import annotations

from math import exp
from pathlib import Path

import pytest

from armsgraph.deals.build import build_deal
from armsgraph.deals.candidates import Candidate, Filler, propose
from armsgraph.deals.choosing import choose
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.vetoes import veto_between
from armsgraph.errors import DataError
from armsgraph.lexicon.weights import DealWeights, load_deal_weights
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


@pytest.mark.parametrize("row", ["buyer\tfar\tmuch\tme", "buyer\tthreshold\t1.5\tme"])
def test_bad_row_is_told_with_file_and_line(row: str, tmp_path: Path) -> None:
    path = tmp_path / "deal_weights.tsv"
    path.write_text(f"{HEADER}{row}\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_deal_weights(overlays=(tmp_path,))
    assert f"{path}:2" in str(caught.value)


# ------------------------------------------------------------------------------------------------ choosing
def candidate(slot: str, filler: Filler, key: str, state: str | None = None, **features: float) -> Candidate:
    named = {name.replace("_", " "): value for name, value in features.items()}
    return Candidate(
        slot=slot, filler=filler, key=key, span=Span(0, 1), sentence=0, features={"always": 1.0} | named, state=state
    )


def keys(candidates: list[Candidate], weights: DealWeights = WEIGHTS) -> dict[str, list[str]]:
    return {slot: [c.candidate.key for c in found] for slot, found in choose(candidates, weights).items() if found}


def test_entity_is_on_the_likelier_side_only() -> None:
    both = [candidate("buyer", "x", "x", near=1.0), candidate("supplier", "x", "x")]
    assert keys(both) == {"buyer": ["x"]}


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


# ------------------------------------------------------------------------------------------------ vetoes
@pytest.mark.parametrize(
    ("second", "why"),
    [
        pytest.param("Poland later bought another 8 HX-20 helicopters.", "another one", id="another"),
        pytest.param("Poland ordered 12 Skua missiles from Norvik Arms.", "another weapon", id="weapon"),
        pytest.param("Kenya ordered 20 HX-20 helicopters from Norvik Arms.", "another buyer", id="buyer"),
        pytest.param("Poland ordered 20 HX-20 helicopters from Norvik Arms.", None, id="the-same"),
    ],
)
def test_vetoes(second: str, why: str | None, tools: Tools) -> None:
    text = f"Poland ordered 20 HX-20 helicopters from Norvik Arms.\n\n{second}"
    read = read_scene(text, tools)
    scene = DealScene(read.document, read.values, read.parse, read.entities, read.frames, tools.deals, tools.gazetteer)
    assert len(scene.frames) == 2
    assert veto_between(scene, 0, 1) == why


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
