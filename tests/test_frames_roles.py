"""Frames: who plays which part beside a trigger."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools
from scenes import Roles, one, read_scene


# ------------------------------------------------------------------------------------------------ roles
@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "India bought 24 HX-20 helicopters from Norvik Arms.",
            "buy",
            one({"buyer": "India", "supplier": "Norvik Arms"}),
            id="buy-active",
        ),
        pytest.param(
            "24 HX-20 helicopters were bought by India from Norvik Arms.",
            "buy",
            one({"buyer": "India", "supplier": "Norvik Arms"}),
            id="buy-passive",
        ),
        pytest.param(
            "The HX-20 helicopters ordered by India from Norvik Arms will arrive soon.",
            "order",
            one({"buyer": "India", "supplier": "Norvik Arms"}),
            id="reduced-relative",
        ),
        pytest.param(
            "India's purchase of 12 Skua missiles from Norway surprised many.",
            "purchase-n",
            one({"buyer": "India", "supplier": "Norway"}),
            id="possessive",
        ),
        pytest.param(
            "Norway sold 12 Skua missiles to Kenya.",
            "sell",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="sell-to",
        ),
        pytest.param(
            "12 Skua missiles were sold to Kenya by Norway.",
            "sell",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="sell-passive",
        ),
        pytest.param(
            "Norway donated 40 NR-7 rifles to Kenya.",
            "donate",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="donate-to",
        ),
        pytest.param(
            "Norvik Arms delivered six HX-20 helicopters to the Indian Army.",
            "deliver",
            one({"supplier": "Norvik Arms", "buyer": "Indian Army"}),
            id="deliver-to",
        ),
        pytest.param(
            "Tarn Shipyards received an order from India for three frigates.",
            "order-n",
            one({"supplier": "Tarn Shipyards", "buyer": "India"}),
            id="order-from-is-the-buyer",
        ),
        pytest.param(
            "Poland placed an order with Norvik Arms for 12 Skua missiles.",
            "order-n",
            one({"buyer": "Poland", "supplier": "Norvik Arms"}),
            id="order-with",
        ),
        pytest.param(
            "The Pentagon awarded Alder Defence a $77 million contract for Skua missiles.",
            "award",
            one({"buyer": "Pentagon", "supplier": "Alder Defence"}),
            id="award-active",
        ),
        pytest.param(
            "Alder Defence was awarded a $77 million contract for Skua missiles.",
            "award",
            one({"supplier": "Alder Defence"}),
            id="award-passive",
        ),
        pytest.param(
            "Norvik Arms will supply 12 Skua missiles to Portugal.",
            "supply",
            one({"supplier": "Norvik Arms", "buyer": "Portugal"}),
            id="supply-to",
        ),
        pytest.param(
            "The State Department approved the sale of 30 HX-20 helicopters to Poland.",
            "approve",
            one({"approver": "State Department", "buyer": "Poland"}),
            id="approver-is-not-the-buyer",
        ),
        pytest.param(
            "India and Portugal signed a defence cooperation agreement.",
            "sign",
            {"party": {"India", "Portugal"}},
            id="both-sign",
        ),
        pytest.param(
            "Poland cancelled the contract for 20 HX-20 helicopters.",
            "cancel",
            one({"buyer": "Poland"}),
            id="cancel",
        ),
        pytest.param(
            "The NR-7 rifles will be manufactured by Norvik Arms in Pune.",
            "build",
            one({"maker": "Norvik Arms", "producedAt": "Pune"}),
            id="maker-and-place",
        ),
        pytest.param(
            "India and Portugal signed a defence cooperation agreement in Lisbon.",
            "sign",
            {"party": {"India", "Portugal"}, "signedAt": {"Lisbon"}},
            id="place-of-signing",
        ),
        pytest.param(
            "Defence Minister Anna Berg signed the contract with Tarn Shipyards.",
            "sign",
            one({"signatory": "Anna Berg", "party": "Norway", "counterpart": "Tarn Shipyards"}),
            id="signatory",
        ),
        pytest.param("The signing took place in Lisbon.", "signing-n", one({"signedAt": "Lisbon"}), id="signing-in"),
        pytest.param(
            "The contract bears the signatures of Anna Berg and Rui Matos.",
            "signing-n",
            {"signatory": {"Anna Berg", "Rui Matos"}},
            id="signatures-of",
        ),
        pytest.param(
            "The frigate is taking shape at a yard in Lisbon.",
            "take-shape",
            one({"producedAt": "Lisbon"}),
            id="takes-shape",
        ),
        pytest.param(
            "The rifles will leave the Pune plant next year.",
            "leave-plant",
            one({"producedAt": "Pune"}),
            id="leaves-the-plant",
        ),
        pytest.param("Twelve rifles will come from Pune.", "come", one({"producedAt": "Pune"}), id="comes-from"),
        pytest.param(
            "The Norvik Arms plant in Pune will build 40 howitzers for Kenya.",
            "build",
            one({"maker": "Norvik Arms", "supplier": "Norvik Arms", "producedAt": "Pune", "buyer": "Kenya"}),
            id="plant-in",
        ),
        pytest.param(
            "Anna Berg, the navy commander, signed at the old headquarters in Lisbon on Tuesday.",
            "sign-alone",
            one({"signatory": "Anna Berg", "signedAt": "Lisbon"}),
            id="who-she-is-between-name-and-verb",
        ),
        pytest.param(
            "Defence Minister Anna Berg handed over four HX-20 helicopters to Kenya.",
            "hand-over",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="minister-gives-for-the-state",
        ),
    ],
)
def test_roles(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    assert read_scene(text, tools).roles(trigger) == roles


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(
            "From left: Norvik Arms CEO Anna Berg and Tarn Shipyards CEO Rui Matos sign at the headquarters in Lisbon.",
            {"Lisbon"},
            id="from-left",
        ),
        pytest.param(
            "[Photo] From left: Norvik CEO Anna Berg and Arsenal General Manager Rui Matos sign at the headquarters.",
            set(),
            id="photo",
        ),
        pytest.param("Norvik CEO Anna Berg, left, and Tarn CEO Rui Matos sign in Lisbon.", {"Lisbon"}, id="left"),
    ],
)
def test_who_signs_in_a_caption(text: str, place: set[str], tools: Tools) -> None:
    roles = read_scene(text, tools).roles("sign-alone")
    assert roles["signatory"] == {"Anna Berg", "Rui Matos"}
    assert roles.get("signedAt", set()) == place


def test_a_sign_that_is_a_noun_signs_nothing(tools: Tools) -> None:
    assert not read_scene("That Anna Berg and Rui Matos left is no good sign.", tools).frames


def test_one_who_looks_on_signs_nothing(tools: Tools) -> None:
    scene = read_scene("The contract for 12 Skua missiles was signed in the presence of Anna Berg.", tools)
    assert "signatory" not in scene.roles("sign")


def test_what_follows_a_signing_is_not_signed_there(tools: Tools) -> None:
    scene = read_scene("The signing was followed by a dinner of Anna Berg and Rui Matos in Lisbon.", tools)
    assert not scene.roles("signing-n")


def test_adjective_is_no_party_by_itself(tools: Tools) -> None:
    scene = read_scene("Kenya bought Norwegian rifles.", tools)
    assert scene.roles("buy") == one({"buyer": "Kenya"})


def test_evidence_of_an_argument_is_its_name(tools: Tools) -> None:
    scene = read_scene("India bought 24 HX-20 helicopters from Norvik Arms.", tools)
    found = {scene.quote(a.evidence.span): a.evidence.rule for a in scene.frame("buy").arguments}
    assert found == {"India": "trigger.buy.subject", "Norvik Arms": "trigger.buy.from"}


def test_supply_under_a_signed_contract_is_not_done_by_the_signing_state(tools: Tools) -> None:
    scene = read_scene("India signed a contract with Norvik Arms to supply 24 HX-20 helicopters.", tools)
    suppliers = [scene.label(a.entity_id) for f in scene.frames for a in f.arguments if a.role.value == "supplier"]
    assert "India" not in suppliers


def test_announcing_in_a_place_is_not_signing_there(tools: Tools) -> None:
    scene = read_scene("India's purchase of 12 Skua missiles from Norway was announced in Lisbon.", tools)
    assert "signedAt" not in scene.roles("purchase-n")


# ------------------------------------------------------------------------------------------------ exceptions
@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "Norvik Arms got $14 million in March for the 12 Skua missiles.",
            "receive",
            one({"supplier": "Norvik Arms"}),
            id="who-gets-money-provides",
        ),
        pytest.param(
            "Norvik Arms received six HX-20 helicopters from Alder Defence.",
            "receive",
            one({"buyer": "Norvik Arms", "supplier": "Alder Defence"}),
            id="who-gets-arms-buys",
        ),
        pytest.param(
            "An order from the Pentagon for 12 Skua missiles worth $20 million is due.",
            "order-n",
            one({"buyer": "Pentagon"}),
            id="order-from-a-body-is-its-own",
        ),
        pytest.param(
            "Its order from Norvik Arms for 12 Skua missiles is due.",
            "order-n",
            one({"supplier": "Norvik Arms"}),
            id="order-from-a-firm-is-with-it",
        ),
        pytest.param(
            "Anna Berg signed for Norvik Arms and Rui Matos for Portugal.",
            "sign-alone",
            {"signatory": {"Anna Berg"}, "party": {"Norvik Arms", "Portugal"}},
            id="who-is-signed-for-is-a-party",
        ),
        pytest.param(
            "Poland wants to give 12 Skua missiles to Kenya.",
            "want",
            one({"supplier": "Poland", "buyer": "Kenya"}),
            id="who-wants-to-give-gives",
        ),
        pytest.param(
            "Poland wants 12 Skua missiles from Norvik Arms.",
            "want",
            one({"supplier": "Norvik Arms", "buyer": "Poland"}),
            id="who-wants-buys",
        ),
        pytest.param(
            "Norway's Norvik Arms sold 12 Skua missiles to Kenya.",
            "sell",
            one({"supplier": "Norvik Arms", "buyer": "Kenya"}),
            id="whose-firm-it-is-is-no-party",
        ),
        pytest.param(
            "A consortium of Norvik Arms and Tarn Shipyards will supply 12 Skua missiles to Kenya.",
            "supply",
            {"supplier": {"Norvik Arms", "Tarn Shipyards"}, "buyer": {"Kenya"}},
            id="consortium",
        ),
        pytest.param(
            "A subsidiary of Norvik Arms will supply 12 Skua missiles to Kenya.",
            "supply",
            one({"buyer": "Kenya"}),
            id="a-subsidiary-is-not-its-parent",
        ),
    ],
)
def test_exceptions(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    assert read_scene(text, tools).roles(trigger) == roles
