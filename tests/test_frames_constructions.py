"""Frames: less common constructions, signatories, places of making, and what is shared out."""

from __future__ import annotations

import pytest

from armsgraph.model import Role
from armsgraph.pipeline import Tools
from scenes import Roles, one, read_scene


# ------------------------------------------------------------------------------------------------ more constructions
@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "Poland said it had bought 12 Skua missiles from Norvik Arms.",
            "buy",
            one({"buyer": "Poland", "supplier": "Norvik Arms"}),
            id="it-of-the-clause-above",
        ),
        pytest.param(
            "Norvik Arms has delivered the last of the HX-20 helicopters which it sold to Kenya.",
            "sell",
            one({"buyer": "Kenya", "supplier": "Norvik Arms"}),
            id="it-of-a-relative-clause",
        ),
        pytest.param(
            "Poland wants new rifles. It ordered 12 Skua missiles from Norvik Arms.",
            "order",
            one({"buyer": "Poland", "supplier": "Norvik Arms"}),
            id="it-of-the-sentence-before",
        ),
        pytest.param(
            "Kenya raised its order for HX-20 helicopters.", "order-n", one({"buyer": "Kenya"}), id="its-order"
        ),
        pytest.param("Kenya was given 12 Skua missiles.", "give", one({"buyer": "Kenya"}), id="was-given"),
        pytest.param(
            "Kenya has been offered 20 HX-20 helicopters by Norvik Arms.",
            "offer",
            one({"buyer": "Kenya", "supplier": "Norvik Arms"}),
            id="has-been-offered",
        ),
        pytest.param(
            "Kenya has been cleared for 20 HX-20 helicopters.", "approve", one({"buyer": "Kenya"}), id="cleared-for"
        ),
        pytest.param(
            "The State Department approved 20 HX-20 helicopters from Norvik Arms.",
            "approve",
            one({"approver": "State Department", "supplier": "Norvik Arms"}),
            id="approved-from",
        ),
        pytest.param(
            "Poland opened talks with Norway on 20 HX-20 helicopters.",
            "talks-n",
            one({"party": "Poland", "counterpart": "Norway"}),
            id="opened-talks",
        ),
        pytest.param(
            "Poland is in talks with Norway on 20 HX-20 helicopters.",
            "talks-n",
            one({"party": "Poland", "counterpart": "Norway"}),
            id="is-in-talks",
        ),
        pytest.param(
            "Norvik Arms is talking to Kenya on 20 HX-20 helicopters.",
            "talk",
            one({"party": "Norvik Arms", "counterpart": "Kenya"}),
            id="is-talking-to",
        ),
        pytest.param(
            "Norvik Arms sold 12 Skua missiles to Kenya, not Poland.",
            "sell",
            one({"buyer": "Kenya", "supplier": "Norvik Arms"}),
            id="not-another",
        ),
        pytest.param(
            "Poland bought 12 Skua missiles from Norvik Arms, Norway.",
            "buy",
            one({"buyer": "Poland", "supplier": "Norvik Arms"}),
            id="where-the-firm-is",
        ),
        pytest.param(
            "20 HX-20 helicopters were ordered from Norvik Arms by the Ministry of Defence on behalf of Kenya.",
            "order",
            one({"buyer": "Kenya", "supplier": "Norvik Arms"}),
            id="on-behalf-of",
        ),
        pytest.param(
            "The Ministry of Defence gave Norvik Arms an order for 20 HX-20 helicopters.",
            "give-order",
            one({"buyer": "Ministry of Defence", "supplier": "Norvik Arms"}),
            id="gave-an-order",
        ),
        pytest.param(
            "The contract for 20 HX-20 helicopters went to Norvik Arms.",
            "go-order",
            one({"supplier": "Norvik Arms"}),
            id="contract-went-to",
        ),
        pytest.param("20 HX-20 helicopters came from Norway.", "come", one({"supplier": "Norway"}), id="came-from"),
        pytest.param(
            "20 HX-20 helicopters joined the Indian Navy.", "join", one({"buyer": "Indian Navy"}), id="joined"
        ),
        pytest.param(
            "Tarn Shipyards parted with 12 Skua missiles to Kenya.",
            "part-with",
            one({"buyer": "Kenya", "supplier": "Tarn Shipyards"}),
            id="parted-with",
        ),
        pytest.param(
            "Kenya floated a tender for 20 helicopters.", "float", one({"buyer": "Kenya"}), id="floated-a-tender"
        ),
        pytest.param(
            "The contract has been awarded to Norvik Arms by the Ministry of Defence.",
            "award",
            one({"buyer": "Ministry of Defence", "supplier": "Norvik Arms"}),
            id="awarded-to",
        ),
        pytest.param(
            "A Polish order for 12 Skua missiles is near.", "order-n", one({"buyer": "Poland"}), id="polish-order"
        ),
        pytest.param(
            "Norwegian arms sales to Kenya rose.",
            "sale-n",
            one({"supplier": "Norway", "buyer": "Kenya"}),
            id="norwegian-sales",
        ),
        pytest.param(
            "Poland bought Norway's Skua missiles.",
            "buy",
            one({"supplier": "Norway", "buyer": "Poland"}),
            id="bought-the-things-of-a-state",
        ),
        pytest.param(
            "Poland bought Norvik Arms rifles.",
            "buy",
            one({"supplier": "Norvik Arms", "buyer": "Poland"}),
            id="bought-the-things-of-a-firm",
        ),
        pytest.param(
            "Poland bought Norvik Arms rifles from Tarn Shipyards.",
            "buy",
            one({"supplier": "Tarn Shipyards", "buyer": "Poland"}),
            id="seller-before-maker",
        ),
        pytest.param(
            "Tarn Shipyards is building two frigates for the Indian Navy.",
            "build",
            {"maker": {"Tarn Shipyards"}, "supplier": {"Tarn Shipyards"}, "buyer": {"Indian Navy"}},
            id="builds-for",
        ),
        pytest.param(
            "Norvik Arms has found a customer for the HX-20 helicopter.",
            "find-customer",
            one({"supplier": "Norvik Arms"}),
            id="found-a-customer",
        ),
        pytest.param(
            "The head of the yard at Norvik Arms sold 12 Skua missiles to Kenya.",
            "sell",
            one({"buyer": "Kenya"}),
            id="firm-that-only-says-where",
        ),
        pytest.param(
            "Four of the frigates on order with Tarn Shipyards were cancelled.",
            "cancel",
            one({"supplier": "Tarn Shipyards"}),
            id="cancelled-those-on-order",
        ),
        pytest.param(
            "Poland turned down the request.", "turn-down", one({"approver": "Poland"}), id="turned-down-a-request"
        ),
        pytest.param(
            "The Ministry of Defence let a contract for 12 Skua missiles to Norvik Arms.",
            "let-order",
            one({"buyer": "Ministry of Defence", "supplier": "Norvik Arms"}),
            id="let-an-order",
        ),
        pytest.param(
            "The military of Kenya is to receive 12 Skua missiles.",
            "receive",
            one({"buyer": "Kenya"}),
            id="military-of",
        ),
        pytest.param(
            "Norvik Arms sold 12 Skua missiles to the armed forces of Kenya.",
            "sell",
            one({"buyer": "Kenya", "supplier": "Norvik Arms"}),
            id="armed-forces-of",
        ),
        pytest.param(
            "Poland bought 12 frigates from the Royal Norwegian Navy of Norway.",
            "buy",
            one({"buyer": "Poland", "supplier": "Royal Norwegian Navy"}),
            id="named-force-of-a-state",
        ),
        pytest.param(
            "They met over a deal worth $90 million that Poland had scrapped.",
            "cancel",
            one({"buyer": "Poland"}),
            id="clause-behind-the-sum",
        ),
        pytest.param(
            "Work will be performed in Lisbon (60%); and Pune (40%), and is expected to end by 2027.",
            "perform",
            {"producedAt": {"Lisbon", "Pune"}},
            id="list-of-places-of-work",
        ),
        pytest.param(
            "12 Skua missiles were handed over to the ambassador to Kenya.", "hand-over", {}, id="ambassador-to"
        ),
        pytest.param("Kenya cancelled the sale of 12 Skua missiles.", "cancel", {}, id="cancelled-a-sale"),
        pytest.param(
            "The State Department was notified of a sale of 12 Skua missiles to Kenya.",
            "notify",
            one({"buyer": "Kenya"}),
            id="who-is-notified-is-no-buyer",
        ),
        pytest.param(
            "Tarn Shipyards builds the HX-20 under licence from Norvik Arms.",
            "licence-n",
            {"maker": {"Tarn Shipyards"}, "buyer": {"Tarn Shipyards"}, "supplier": {"Norvik Arms"}},
            id="under-licence-from",
        ),
        pytest.param(
            "The missiles are paid out of a line of credit which India had extended to Kenya.",
            "extend-credit",
            one({"supplier": "India", "buyer": "Kenya"}),
            id="line-of-credit",
        ),
        pytest.param("The customer is Kenya.", "customer-n", one({"buyer": "Kenya"}), id="the-customer-is"),
        pytest.param("Kenya is the second customer.", "customer-n", one({"buyer": "Kenya"}), id="is-the-customer"),
        pytest.param(
            "The seller was Norvik Arms.", "supplier-n", one({"supplier": "Norvik Arms"}), id="the-seller-was"
        ),
        pytest.param(
            "A letter of intent followed in May, between Poland and Norvik Arms.",
            "intent-n",
            {"party": {"Poland", "Norvik Arms"}},
            id="between-far-from-the-paper",
        ),
        pytest.param(
            "Kenya has received approval for 20 HX-20 helicopters.",
            "get-approval",
            {},
            id="who-gets-approval-is-no-buyer",
        ),
    ],
)
def test_roles_in_more_constructions(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    assert read_scene(text, tools).roles(trigger) == roles


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The missile flew. It ordered 12 Skua missiles.", id="subject-is-no-party"),
        pytest.param("Kenya and Poland met. It ordered 12 Skua missiles.", id="two-parties"),
        pytest.param("Kenya met Poland.\n\nIt ordered 12 Skua missiles.", id="another-paragraph"),
    ],
)
def test_pronoun_is_left_alone_where_it_is_not_clear(text: str, tools: Tools) -> None:
    assert read_scene(text, tools).roles("order") == {}


def test_export_licence_is_no_licence_to_build(tools: Tools) -> None:
    scene = read_scene("Norway did not grant the export licence for 12 Skua missiles.", tools)
    assert all("licence-n" not in f.triggers for f in scene.frames)


def test_who_gets_a_gift_does_not_give_it(tools: Tools) -> None:
    assert "supplier" not in read_scene("Kenya got the 12 Skua missiles as a gift.", tools).roles("gift-n")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        pytest.param("Anna Berg and Rui Matos signed a contract for 12 Skua missiles.", "sign", id="signed"),
        pytest.param("A contract for 12 Skua missiles was signed by Anna Berg and Rui Matos.", "sign", id="signed-by"),
        pytest.param(
            "The contract was signed in Lisbon by Anna Berg, head of the navy yard, and Rui Matos.",
            "sign",
            id="joined-across-an-apposition",
        ),
        pytest.param(
            "Anna Berg and Rui Matos, who signed the contract for 12 Skua missiles, met.", "sign", id="who-signed"
        ),
        pytest.param("Anna Berg and Rui Matos put pen to paper for 12 Skua missiles.", "put-name", id="pen-to-paper"),
        pytest.param(
            "Anna Berg and Rui Matos put their signatures to the contract.", "put-name", id="put-their-signatures"
        ),
    ],
)
def test_signatories(text: str, trigger: str, tools: Tools) -> None:
    assert read_scene(text, tools).roles(trigger)["signatory"] == {"Anna Berg", "Rui Matos"}


def test_onlooker_is_no_signatory(tools: Tools) -> None:
    text = "Anna Berg signed a contract for 12 Skua missiles in the presence of Rui Matos."
    assert read_scene(text, tools).roles("sign")["signatory"] == {"Anna Berg"}


def test_minister_who_signs_makes_his_state_a_party(tools: Tools) -> None:
    text = "Defence Minister Anna Berg signed a contract for 12 Skua missiles with Tarn Shipyards."
    roles = read_scene(text, tools).roles("sign")
    assert roles == one({"signatory": "Anna Berg", "party": "Norway", "counterpart": "Tarn Shipyards"})


def test_one_minister_among_several_persons_makes_no_party(tools: Tools) -> None:
    text = "Defence Minister Anna Berg and Rui Matos signed a contract for 12 Skua missiles."
    assert "party" not in read_scene(text, tools).roles("sign")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Pune builds the HX-20 helicopters.", id="subject"),
        pytest.param("The HX-20 helicopters are put together in Pune.", id="put-together"),
        pytest.param("The HX-20 helicopters rolled out in Pune.", id="rolled-out"),
        pytest.param("The HX-20 helicopters were rebuilt at Pune.", id="rebuilt"),
    ],
)
def test_place_of_making(text: str, tools: Tools) -> None:
    scene = read_scene(text, tools)
    (frame,) = scene.frames
    assert [(a.role.value, scene.label(a.entity_id)) for a in frame.arguments] == [("producedAt", "Pune")]


# ------------------------------------------------------------------------------------------------ shares
@pytest.mark.parametrize(
    ("text", "shares"),
    [
        pytest.param(
            "Norway sold 12 HX-20 helicopters to Poland and 20 Skua missiles to Kenya.",
            [("Poland", "12"), ("Kenya", "20")],
            id="one-verb",
        ),
        pytest.param(
            "India ordered 12 Skua missiles for the Indian Army and 20 HX-20 helicopters for the Indian Navy.",
            [("Indian Army", "12"), ("Indian Navy", "20")],
            id="services",
        ),
        pytest.param(
            "Norway and Kenya have each bought HX-20 helicopters: five for Norway, nine for Kenya.",
            [("Norway", "5"), ("Kenya", "9")],
            id="bare-counts",
        ),
        pytest.param("Eight for Norway, two for Kenya.", [("Norway", "8"), ("Kenya", "2")], id="no-verb"),
    ],
)
def test_share_of_each_party_is_a_frame(text: str, shares: list[tuple[str, str]], tools: Tools) -> None:
    scene = read_scene(text, tools)
    found = [
        (scene.quote(a.evidence.span), str(i.number.value))
        for f in scene.frames
        for a in f.arguments
        if a.role is Role.BUYER and a.evidence.span.start > f.items[0].span.start
        for i in f.items
        if i.number is not None
    ]
    assert found == shares


def test_sum_goes_with_the_share_it_stands_behind(tools: Tools) -> None:
    text = "Norway sold 12 HX-20 helicopters to Poland ($40 million) and 20 Skua missiles to Kenya ($9 million)."
    assert [[m.amount for m in f.money] for f in read_scene(text, tools).frames] == [[40_000_000], [9_000_000]]


def test_firm_and_where_it_is_are_no_two_shares(tools: Tools) -> None:
    (frame,) = read_scene("Poland bought 20 HX-20 helicopters from Norvik Arms, Norway, and spares.", tools).frames
    assert [a.entity_id for a in frame.arguments if a.role is Role.SUPPLIER] == ["firm/norvik-arms"]
