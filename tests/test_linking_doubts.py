"""Doubts about links: towns and governments, parts of firms, versions of weapons, names cut out of longer ones."""

from __future__ import annotations

import pytest

from armsgraph.documents import Record, make_document
from armsgraph.lexicon.names import fold_name
from armsgraph.linking.scoring import DOUBTS, WEIGHTS, decide, sign
from armsgraph.model import EntityType, Link, LinkDecision
from armsgraph.pipeline import Tools, extract


def links_of(text: str, name: str, tools: Tools) -> dict[EntityType, Link]:
    """Links of the entities with a mention of that name, by their type."""
    record = Record(id="case", text=text, published="2022-02-01", location="case.txt")
    found = extract(make_document(record, tools.furniture), tools)
    ids = {m.entity_id for m in found.entities.mentions if fold_name(m.text) == fold_name(name)}
    types = {e.id: e.type for e in found.entities.entities}
    return {types[k.entity_id]: k for k in found.links if k.entity_id in ids}


@pytest.mark.parametrize("name", sorted(DOUBTS))
def test_a_doubt_keeps_a_link_from_being_sure_but_makes_it_no_other_thing(name: str) -> None:
    strong = [sign(n, "") for n in ("designation", "full name", "only listed state")]
    assert decide(strong)[0] is LinkDecision.SAME
    decision, confidence = decide([*strong, sign(name, "")])
    assert decision is LinkDecision.UNSURE
    assert confidence < decide([sign("full name", "")])[1]
    assert WEIGHTS.keys() >= DOUBTS


@pytest.mark.parametrize(
    "text",
    [
        "The two sides met in Hanoi, where Vietnam signed for the radars.",
        "HANOI, March 3 - Vietnam has signed for the radars.",
        "A bill for radars\n\nHanoi (Mekong News) - The two sides have signed, Vietnam says.",
        "Radars for Vietnam: the plan\nPolitical reporter, Hanoi\n\nVietnam has signed for the radars.",
        "The radars stand outside Hanoi, Vietnam said.",
        "The Hanoi-based institute trains crews for Vietnam.",
        "The minister of India visited Hanoi and told Vietnam so.",
    ],
    ids=["in", "dateline", "agency", "byline", "outside", "based", "visited"],
)
def test_a_capital_that_is_told_as_a_town_is_that_town(text: str, tools: Tools) -> None:
    assert links_of(text, "Hanoi", tools)[EntityType.PLACE].decision is LinkDecision.SAME


@pytest.mark.parametrize(
    "text",
    [
        "Hanoi, by the hand of a general, put pen to paper for Vietnam.",
        "Hanoi and its new radars: what Vietnam keeps silent on",
        "Hanoi Courier-Gazette business desk\n\nVietnam has signed for the radars.",
    ],
    ids=["subject", "headline", "newspaper"],
)
def test_a_capital_without_a_sign_of_a_town_is_not_surely_one(text: str, tools: Tools) -> None:
    link = links_of(text, "Hanoi", tools).get(EntityType.PLACE)
    assert link is None or link.decision is LinkDecision.UNSURE


def test_a_state_that_is_named_by_its_capital_alone_is_unsure_behind_from(tools: Tools) -> None:
    found = links_of('"One learns about arms," said Ms Moe, who edits a newsletter from Vienna.', "Vienna", tools)
    assert all(k.decision is LinkDecision.UNSURE for k in found.values())
    assert found


def test_a_state_that_the_text_names_too_stays_sure(tools: Tools) -> None:
    text = "Spare parts come from Prague. The Czech government signed; Prague said it will pay."
    assert links_of(text, "Prague", tools)[EntityType.STATE].decision is LinkDecision.SAME


def test_a_state_of_a_past_war_is_not_surely_the_one_of_today(tools: Tools) -> None:
    text = "The minister laid a wreath on Friday, 80 years after the victory over Germany in World War II."
    assert links_of(text, "Germany", tools)[EntityType.STATE].decision is LinkDecision.UNSURE
    told_of_today = f"{text} Germany signed a contract for two submarines with TKMS."
    assert links_of(told_of_today, "Germany", tools)[EntityType.STATE].decision is LinkDecision.SAME


def test_brussels_is_not_surely_belgium(tools: Tools) -> None:
    found = links_of("Moldova switched on a radar that Brussels paid for. Brussels said so.", "Brussels", tools)
    assert all(k.decision is not LinkDecision.SAME for k in found.values())
    assert found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kazakhstan tested howitzers in the Almaty region for two winters.", "Almaty"),
        ("The ministry bought 40 lorries and Abu Dhabi Police ten.", "Abu Dhabi"),
        ("Trinidad said that its TTS Port of Spain is back at sea.", "Port of Spain"),
        ("The Norwegian Kari Moe, vice president at Kongsberg, said so in Norway.", "Kongsberg"),
    ],
    ids=["region", "police", "ship", "firm"],
)
def test_a_name_inside_a_longer_one_or_of_another_thing_is_not_sure(text: str, name: str, tools: Tools) -> None:
    assert all(k.decision is not LinkDecision.SAME for k in links_of(text, name, tools).values())


@pytest.mark.parametrize(
    ("text", "name", "is_sure"),
    [
        ("Romania bought sights from Israel's Elbit Systems Electro-optics.", "Elbit Systems", False),
        ("Romania bought sights from Israel's Elbit Systems.", "Elbit Systems", True),
        ("Sweden says that Saab Widgetry will build the simulators.", "Saab", False),
        ("Sweden says that Saab will build the simulators. Saab Widgetry will test them.", "Saab", True),
        ("The buyer flies a Dassault Falcon 6X of France.", "Dassault", True),
    ],
    ids=["hyphen", "firm", "part", "part and firm", "product"],
)
def test_a_firm_is_not_its_part(text: str, name: str, *, is_sure: bool, tools: Tools) -> None:
    found = links_of(text, name, tools)
    assert (LinkDecision.SAME in {k.decision for k in found.values()}) is is_sure


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Each corvette carries eight RBS15 Mk3 missiles of Sweden.", "RBS15 Mk3"),
        ("Each carries eight RBS15 Mk3 missiles. The RBS15 were ordered from Sweden.", "RBS15 Mk3"),
        ("Malaysia flies the Hawk Mk 108, a trainer of BAE Systems.", "Hawk Mk 108"),
        ("Thailand bought 49 T-84 Oplot tanks from Ukraine.", "T-84 Oplot"),
    ],
    ids=["mark", "mark and family", "by-name", "name of a version"],
)
def test_a_version_has_its_family_as_broader_match(text: str, name: str, tools: Tools) -> None:
    assert links_of(text, name, tools)[EntityType.WEAPON].is_broader


def test_a_family_is_an_exact_match(tools: Tools) -> None:
    link = links_of("Each corvette carries eight RBS-15 missiles of Sweden.", "RBS-15", tools)[EntityType.WEAPON]
    assert (link.decision, link.is_broader) == (LinkDecision.SAME, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Every dollar of it points at Hanoi, and Vietnam knows.", "Hanoi"),
        ("The missiles were put at Hanoi's disposal by Vietnam.", "Hanoi"),
        ("A letter of Vietnam to Hanoi went unanswered.", "Hanoi"),
    ],
    ids=["aim", "disposal", "letter"],
)
def test_at_and_to_before_a_capital_do_not_show_the_town(text: str, name: str, tools: Tools) -> None:
    link = links_of(text, name, tools).get(EntityType.PLACE)
    assert link is None or link.decision is LinkDecision.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "At Hanoi in Vietnam the two agreed on more.",
        "She was on a one-day visit to Hanoi, Vietnam said.",
        "On Monday in Hanoi Foreign Minister Retno Marsudi signed for Indonesia, Vietnam said.",
    ],
    ids=["state behind", "travel", "title behind"],
)
def test_a_capital_with_a_state_a_journey_or_a_title_beside_it_is_the_town(text: str, tools: Tools) -> None:
    assert links_of(text, "Hanoi", tools)[EntityType.PLACE].decision is LinkDecision.SAME


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("London calling (the one in Ontario)\n\nThe plant is in London, Ontario.", LinkDecision.UNSURE),
        ("London calling\n\nThe treaty was signed in London, and Paris agreed.", LinkDecision.SAME),
        ("London calling\n\nThe British plant is not in London, Ontario.", LinkDecision.SAME),
    ],
    ids=["elsewhere", "there", "state named"],
)
def test_a_state_named_by_its_capital_is_unsure_beside_a_town_of_that_name_elsewhere(
    text: str, decision: LinkDecision, tools: Tools
) -> None:
    link = links_of(text, "London", tools).get(EntityType.STATE)
    assert link is not None
    assert link.decision is decision


def test_forces_that_head_the_parts_of_a_text_are_sure_and_one_alone_is_not(tools: Tools) -> None:
    order = "Acme Corp., Dallas, Texas, was awarded a $10,000,000 contract for work in Qatar and Lithuania."
    frame = f"Contracts\n\n{{}}\n\n{order}\n\n{{}}\n\n{order} The U.S. Army Contracting Command signed."
    several, one = (frame.format("ARMY", "NAVY"), frame.format("ORDERS", "NAVY"))
    assert links_of(several, "NAVY", tools)[EntityType.ARMED_FORCE].decision is LinkDecision.SAME
    link = links_of(one, "NAVY", tools).get(EntityType.ARMED_FORCE)
    assert link is None or link.decision is not LinkDecision.SAME


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Croatia gives Ukraine 30 M-80 infantry fighting vehicles.", "M-80", EntityType.WEAPON),
        ("Boeing Australia builds three Block 2 Ghost Bats for Australia.", "Ghost Bats", EntityType.WEAPON),
    ],
    ids=["a launcher's designation", "version before it"],
)
def test_what_stands_beside_a_weapon_keeps_it_from_being_another(
    text: str, name: str, kind: EntityType, tools: Tools
) -> None:
    link = links_of(text, name, tools).get(kind)
    assert link is None or link.decision is not LinkDecision.SAME


def test_a_weapon_without_a_version_before_it_stays_sure(tools: Tools) -> None:
    text = "Boeing Australia builds three Ghost Bats for Australia, in two blocks."
    assert links_of(text, "Ghost Bats", tools)[EntityType.WEAPON].decision is LinkDecision.SAME


def test_a_ministry_is_no_department_of_another_state(tools: Tools) -> None:
    text = "The Pentagon of the United States has signed. The Ministry of National Defense expects the first in 2024."
    link = links_of(text, "Pentagon", tools)[EntityType.GOVERNMENT_BODY]
    other = links_of(text, "Ministry of National Defense", tools).get(EntityType.GOVERNMENT_BODY)
    assert other is None or other is not link or link.decision is not LinkDecision.SAME
    assert other is None or other.decision is not LinkDecision.SAME or other.qid != "Q11209"
