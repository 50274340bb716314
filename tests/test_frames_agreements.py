"""Frames and deals: agreements beside a purchase - licences, joint ventures, papers, loans."""

from __future__ import annotations

import pytest

from armsgraph.model import DealKind, DealStatus
from armsgraph.pipeline import Tools
from scenes import Roles, read_scene

_LICENSED = {"maker": {"Norvik Arms"}, "buyer": {"Norvik Arms"}, "supplier": {"Tarn Shipyards"}}


@pytest.mark.parametrize(
    "text",
    [
        "The HX-20 is built by Norvik Arms under licence from Tarn Shipyards.",
        "Norvik Arms makes the Skua missile under a licence from Tarn Shipyards.",
        "Norvik Arms manufactures the NR-7 rifle on licence from Tarn Shipyards.",
        "Produced by Norvik Arms under license from Tarn Shipyards, the Skua reaches 40 km.",
    ],
    ids=["built-by", "makes", "on-licence", "participle"],
)
def test_who_makes_a_thing_gets_the_licence(text: str, tools: Tools) -> None:
    assert read_scene(text, tools).roles("licence-n") == _LICENSED


def test_licence_of_the_maker_is_a_deal_beside_the_purchase(tools: Tools) -> None:
    read = read_scene(
        "Kenya ordered 20 HX-20 helicopters from Norvik Arms in 2018. "
        "The HX-20 is built by Norvik Arms under licence from Tarn Shipyards.",
        tools,
    )
    told = [read.facts(deal) for deal in read.deals]
    assert [(f.get("buyer"), f.get("supplier")) for f in told] == [
        ({"Kenya"}, {"Norvik Arms"}),
        ({"Norvik Arms"}, {"Tarn Shipyards"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Norvik Arms and Tarn Shipyards have founded a joint venture.",
        "A joint venture of Norvik Arms and Tarn Shipyards was registered in May.",
        "Norvik Arms set up a joint venture with Tarn Shipyards in 2020.",
        "Norvik Arms and Tarn Shipyards formed a joint venture, which will make HX-20 helicopters.",
    ],
    ids=["founded", "registered", "set-up", "formed-to-make"],
)
def test_founding_of_a_joint_venture_is_a_deal_between_equals(text: str, tools: Tools) -> None:
    (deal,) = read_scene(text, tools).deals
    assert deal.kind is DealKind.JOINT_VENTURE_AGREEMENT
    assert not {"buyer", "supplier"} & {fact.predicate for fact in deal.facts}


def test_joint_venture_in_passing_is_no_deal(tools: Tools) -> None:
    assert (
        read_scene("The engine comes from Alder, a joint venture of Norvik Arms and Tarn Shipyards.", tools).deals == ()
    )


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        pytest.param(
            "A statement of intent with Kenya was signed in Lisbon on 3 May 2020.", "intent-n", id="statement-of-intent"
        ),
        pytest.param(
            "A declaration of intent with Kenya was signed on 3 May 2020.", "intent-n", id="declaration-of-intent"
        ),
        pytest.param("Heads of agreement were initialled by Poland and Kenya.", "intent-n", id="heads-of-agreement"),
        pytest.param(
            "Principles of agreement were signed with Kenya on 31 December 2013.", "intent-n", id="principles"
        ),
        pytest.param("A letter of intent was signed with Norvik Arms in 2019.", "intent-n", id="letter-of-intent"),
        pytest.param("A memorandum was signed with Kenya in Lisbon.", "memorandum-n", id="memorandum"),
    ],
)
def test_paper_is_told_by_one_party_and_its_day_or_place(text: str, trigger: str, tools: Tools) -> None:
    read = read_scene(text, tools)
    assert read.frame(trigger).kind is DealKind.MEMORANDUM
    assert len(read.deals) == 1


def test_paper_with_neither_side_nor_thing_is_no_deal(tools: Tools) -> None:
    # the gate would refuse it
    assert read_scene("A memorandum was signed in Lisbon on 3 May 2020.", tools).deals == ()


@pytest.mark.parametrize(
    "text",
    [
        "The firm released a statement in 2019.",
        "The statement of the minister was sharp.",
        "Reference is made to our letter of 3 May 2020.",
        "She is the head of the agency.",
    ],
    ids=["statement", "statement-of-someone", "letter", "head"],
)
def test_other_statements_letters_and_heads_are_no_papers(text: str, tools: Tools) -> None:
    assert not any("intent-n" in f.triggers or "letter-n" in f.triggers for f in read_scene(text, tools).frames)


@pytest.mark.parametrize(
    "text",
    ["2015: inter-governmental agreement, signed in Lisbon.", "1. May 2015: memorandum signed in Lisbon."],
    ids=["year", "month-in-a-list"],
)
def test_line_of_a_chronicle_has_the_date_it_begins_with(text: str, tools: Tools) -> None:
    (frame,) = (f for f in read_scene(text, tools).frames if "sign" in f.triggers)
    assert [d.start.value[:4] for d in frame.signed_on if d.start] == ["2015"]


def test_agreement_that_holds_a_wish_has_not_the_things_of_the_wish(tools: Tools) -> None:
    read = read_scene(
        "Kenya ordered 20 HX-20 helicopters. "
        "The agreement also holds an intention to go on to a purchase of NR-7 rifles.",
        tools,
    )
    assert read.frame("purchase-n").status is DealStatus.PROPOSED
    assert read.frame("contract-n").items == ()
    assert "have-order" not in read.frame("contract-n").triggers


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "A loan of 40 million dollars was granted to Kenya by Norway.",
            "loan-n",
            {"buyer": {"Kenya"}, "supplier": {"Norway"}},
            id="granted",
        ),
        pytest.param(
            "It is paid out of a $500 million line of credit which India had extended to Kenya for defence purchases.",
            "extend-credit",
            {"buyer": {"Kenya"}, "supplier": {"India"}},
            id="line-of-credit",
        ),
        pytest.param("The boats are paid with a loan from Norway.", "loan-n", {"supplier": {"Norway"}}, id="loan-from"),
        pytest.param("The lender is Norway.", "lender-n", {"supplier": {"Norway"}}, id="lender"),
    ],
)
def test_sides_of_a_loan(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    assert read_scene(text, tools).roles(trigger) == roles


def test_loan_is_a_deal_beside_the_purchase_that_it_pays_for(tools: Tools) -> None:
    read = read_scene(
        "Kenya has bought six HX-20 helicopters from Norvik Arms. "
        "A loan of 40 million dollars was granted to Kenya by Portugal.",
        tools,
    )
    told = [(read.facts(d).get("supplier"), bool(d.values)) for d in read.deals]
    assert told == [({"Norvik Arms"}, False), ({"Portugal"}, True)]


@pytest.mark.parametrize(
    "text",
    [
        "The radars are here on loan from Norway.",
        "The credits of the army were raised by 40 million dollars.",
        "Photo credit: Norway.",
    ],
    ids=["on-loan", "budget", "photo"],
)
def test_other_loans_and_credits_speak_of_no_money_lent(text: str, tools: Tools) -> None:
    assert not any("finance" in f.marks for f in read_scene(text, tools).frames)


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        pytest.param("Kenya gets a compensation package worth US$24 million.", ["24000000"], id="compensation"),
        pytest.param("Norvik Arms signed an offset agreement worth $20 million.", ["20000000"], id="offset-agreement"),
        pytest.param("There is an offset obligation of $20 million.", ["20000000"], id="offset-obligation"),
    ],
)
def test_offset_has_its_own_sum(text: str, sums: list[str], tools: Tools) -> None:
    frames = [f for f in read_scene(text, tools).frames if "offset" in f.marks]
    assert [f"{m.amount:f}" for f in frames for m in f.money] == sums


def test_offset_clause_is_not_the_contract_that_it_stands_in(tools: Tools) -> None:
    frames = read_scene("There is a 30 per cent offset clause in the contract.", tools).frames
    assert [f.triggers for f in frames] == [("offset-n",), ("contract-n",)]


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        pytest.param("Kenya plans a fleet of 120 armoured vehicles in all.", "Kenya", id="plans-a-fleet"),
        pytest.param("Kenya is eyeing twelve HX-20 helicopters.", "Kenya", id="is-eyeing"),
        pytest.param("Norway envisages a fleet of six frigates.", "Norway", id="envisages"),
        pytest.param("A lot of 18 frigates is foreseen by Norway.", "Norway", id="is-foreseen-by"),
    ],
)
def test_what_is_planned_as_so_many_of_a_thing_is_wanted(text: str, buyer: str, tools: Tools) -> None:
    read = read_scene(text, tools)
    assert (read.roles("plan-for"), read.frame("plan-for").status) == ({"buyer": {buyer}}, DealStatus.PROPOSED)


@pytest.mark.parametrize(
    "text",
    ["Norway plans to sell six frigates.", "Norvik Arms plans a new plant.", "Kenya plans an exercise in May."],
    ids=["to-sell", "plant", "exercise"],
)
def test_other_plans_are_for_no_thing(text: str, tools: Tools) -> None:
    assert not any("plan-for" in f.triggers for f in read_scene(text, tools).frames)


@pytest.mark.parametrize(
    ("text", "trigger", "roles"),
    [
        pytest.param(
            "In 2019 Kenya signed for six HX-20 helicopters.", "sign-for", {"party": {"Kenya"}}, id="sign-for"
        ),
        pytest.param(
            "Norway passed twelve HX-20 helicopters on to Kenya.",
            "pass-on",
            {"buyer": {"Kenya"}, "supplier": {"Norway"}},
            id="pass-on",
        ),
        pytest.param(
            "The six NR-7 rifles were a present from Norway.", "present-n", {"supplier": {"Norway"}}, id="present"
        ),
        pytest.param(
            "Kenya takes up an option on six more HX-20 helicopters.", "take-up", {"buyer": {"Kenya"}}, id="take-up"
        ),
        pytest.param(
            "Kenya took over two frigates from the Royal Norwegian Navy in 2019.",
            "take-over",
            {"buyer": {"Kenya"}, "supplier": {"Royal Norwegian Navy"}},
            id="take-over",
        ),
    ],
)
def test_more_words_for_a_deal(text: str, trigger: str, roles: Roles, tools: Tools) -> None:
    assert read_scene(text, tools).roles(trigger) == roles


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg took over as head of the Indian Navy.",
        "The HX-20 helicopters will take over from the HX-30.",
        "Kenya signed for 16 billions of pesos.",
        "At present Kenya has six HX-20 helicopters.",
        "The minister passed the message on to Kenya.",
    ],
    ids=["an-office", "from-another", "a-sum", "at-present", "a-message"],
)
def test_the_same_words_that_speak_of_no_deal(text: str, tools: Tools) -> None:
    told = {t for f in read_scene(text, tools).frames for t in f.triggers}
    assert not told & {"present-n", "sign-for", "take-over", "take-up"}


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        pytest.param("Kenya ordered 17 new HX-20 helicopters.", "", id="fresh-from-the-yard"),
        pytest.param("Kenya ordered 17 more HX-20 helicopters.", "more", id="more"),
    ],
)
def test_new_things_behind_their_number_make_no_deal_of_their_own(text: str, marker: str, tools: Tools) -> None:
    items = [i for f in read_scene(text, tools).frames for i in f.items if i.weapon_id is not None]
    assert {i.marker for i in items} == {marker}
