"""Things of a sentence: what counts as one, how many there are of it, and which deal it belongs to."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools
from scenes import Scene, read_scene

Shown = list[tuple[str | None, str, int | None]]


def things(scene: Scene, trigger: str) -> Shown:
    """Weapon, class noun and count of the items of the frames in which a trigger takes part."""
    return [
        (
            scene.label(i.weapon_id) if i.weapon_id else None,
            i.noun,
            int(i.number.value) if i.number is not None else None,
        )
        for f in scene.frames
        if trigger in f.triggers
        for i in f.items
    ]


# ------------------------------------------------------------------------------------------------ which deal
@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        pytest.param(
            "Kenya keeps its trucks and 12 Skua missiles, which Poland is to purchase from Norway for $40 million.",
            "buy",
            [("Skua", "missile", 12)],
            id="which-it-is-to-buy",
        ),
        pytest.param(
            "Two of the four frigates that Poland ordered from Tarn Shipyards in 2018 are under construction.",
            "order",
            [(None, "frigate", 4)],
            id="some-of-those-it-ordered",
        ),
        pytest.param(
            "Kenya took over five HX-20 helicopters. They belong to the 32 that it ordered from Norvik Arms in 2022.",
            "order",
            [("HX-20", "", 32)],
            id="a-number-that-it-ordered",
        ),
        pytest.param(
            "Kenya flies the HX-20. In August 2019 Poland signed with Norvik Arms for five, at $80 million.",
            "sign-for",
            [("HX-20", "", 5)],
            id="signed-for",
        ),
        pytest.param(
            "The general showed us the 12 frigates which the Indian Navy ordered from Tarn Shipyards.",
            "order",
            [(None, "frigate", 12)],
            id="which-it-ordered",
        ),
        pytest.param(
            "Reporters saw the six helicopters that Norway sold to Kenya.",
            "sell",
            [(None, "helicopter", 6)],
            id="that-it-sold",
        ),
        pytest.param(
            "The frigates will replace the HX-20 helicopters that Poland gave to Kenya.",
            "give",
            [("HX-20", "helicopter", None)],
            id="replaced-and-given",
        ),
        pytest.param("The order is for four radars.", "order-n", [(None, "radar", 4)], id="order-is-for"),
        pytest.param("The contract covers 12 Skua missiles.", "contract-n", [("Skua", "missile", 12)], id="covers"),
        pytest.param("The deal includes six corvettes.", "contract-n", [(None, "corvette", 6)], id="includes"),
        pytest.param(
            "The minister inspected six corvettes on order for Kenya.",
            "order-n",
            [(None, "corvette", 6)],
            id="on-order",
        ),
        pytest.param(
            "Norway made over a patrol vessel and three boats to Kenya.",
            "turn-over",
            [(None, "vessel", 1), (None, "boat", 3)],
            id="made-over",
        ),
        pytest.param(
            "Twelve new corvettes are to be supplied to Kenya by Tarn Shipyards.",
            "supply",
            [(None, "corvette", 12)],
            id="are-to-be-supplied",
        ),
        pytest.param(
            "Italy signed twelve corvettes over to Kenya.", "sign-over", [(None, "corvette", 12)], id="signed-over"
        ),
        pytest.param(
            "Norway has sold Kenya the HX-20, twelve howitzers and two radars.",
            "sell",
            [("HX-20", "", None), (None, "howitzer", 12), (None, "radar", 2)],
            id="list-and-no-apposition",
        ),
        pytest.param(
            "Kenya will get six Skua missiles in place of the HX-20.",
            "receive",
            [("Skua", "missile", 6)],
            id="in-place-of",
        ),
    ],
)
def test_thing_reaches_its_trigger(text: str, trigger: str, expected: Shown, tools: Tools) -> None:
    assert things(read_scene(text, tools), trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        pytest.param("Poland, which flies 30 Skua missiles, signed a contract with Norway.", "contract-n", id="owner"),
        pytest.param("The general, who had bought a house, guards the 12 tanks.", "buy", id="subject-of-the-clause"),
    ],
)
def test_thing_of_another_clause_stays_out(text: str, trigger: str, tools: Tools) -> None:
    assert (None, "tank", 12) not in things(read_scene(text, tools), trigger)
    assert ("Skua", "missile", 30) not in things(read_scene(text, tools), trigger)


# ------------------------------------------------------------------------------------------------ counts
@pytest.mark.parametrize(
    ("text", "trigger", "count"),
    [
        pytest.param("Norvik Arms received an order for 93 more.", "order-n", 93, id="more"),
        pytest.param("The contract for 78 was signed in Lisbon.", "contract-n", 78, id="contract-for"),
        pytest.param("Poland bought 24 of them in Norway.", "buy", 24, id="of-them"),
        pytest.param("Norway delivered the remaining four to Kenya.", "deliver", 4, id="remaining"),
    ],
)
def test_number_without_its_noun(text: str, trigger: str, count: int, tools: Tools) -> None:
    assert [n for _, _, n in things(read_scene(text, tools), trigger)] == [count]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        pytest.param("India bought the rifles for 35 crore rupees, for 30 according to others.", "buy", id="sum"),
        pytest.param("Poland signed a contract in 2015.", "contract-n", id="year"),
        pytest.param("The contract was one of the last.", "contract-n", id="one"),
        pytest.param("Poland bought three squadrons of fighters.", "buy", id="squadrons"),
        pytest.param("The 40-year-old frigates were sold to Kenya.", "sell", id="age"),
        pytest.param("Poland ordered 12-cell launchers.", "order", id="cells"),
        pytest.param("Norway delivered 2,000-pound bombs to Kenya.", "deliver", id="weight"),
        pytest.param("Poland ordered helicopters for its 56th Brigade.", "order", id="brigade"),
        pytest.param("Poland ordered lot 4 of the missiles.", "order", id="lot"),
        pytest.param("Poland bought howitzers of 155 mm with a range of 40 km.", "buy", id="calibre-and-range"),
        pytest.param("Norway has sold guns to 12 countries.", "sell", id="customers"),
        pytest.param("Norvik Arms, with 3,000 staff, won a contract for guns.", "win", id="staff"),
    ],
)
def test_number_that_counts_no_things(text: str, trigger: str, tools: Tools) -> None:
    assert [n for _, _, n in things(read_scene(text, tools), trigger) if n is not None] == []


@pytest.mark.parametrize("unit", ["units", "pieces", "systems"])
def test_units_of_a_weapon_are_that_weapon(unit: str, tools: Tools) -> None:
    scene = read_scene(f"Poland ordered five {unit} of the Skua.", tools)
    assert [(w, n) for w, _, n in things(scene, "order")] == [("Skua", 5)]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        pytest.param(
            "Poland ordered new helicopters (24) and rifles (72,000) from Norway.",
            "order",
            [(None, "helicopter", 24), (None, "rifle", 72000)],
            id="in-brackets-behind",
        ),
        pytest.param("Poland ordered helicopters: 24.", "order", [(None, "helicopter", 24)], id="behind-a-colon"),
        pytest.param(
            "The contract covers helicopters (six HX-20, two HX-30).",
            "contract-n",
            [("HX-20", "helicopter", 6), ("HX-30", "", 2)],
            id="names-in-brackets",
        ),
        pytest.param(
            "The order is for four helicopters: three HX-20 and one HX-30.",
            "order-n",
            [(None, "helicopter", 4), ("HX-20", "", 3), ("HX-30", "", 1)],
            id="whole-and-parts",
        ),
        pytest.param(
            "Norway notified Kenya of a sale: up to twelve HX-20 and 40 NR-7 rifles.",
            "sale-n",
            [("HX-20", "", 12), ("NR-7", "rifle", 40)],
            id="behind-the-colon-of-a-sale",
        ),
        pytest.param(
            "Poland will buy 24 jets, including six trainers.",
            "buy",
            [(None, "jet", 24), (None, "trainer", 6)],
            id="including",
        ),
        pytest.param("Norway delivered a new radar system to Kenya.", "deliver", [(None, "system", 1)], id="a-system"),
        pytest.param("Poland ordered a fourth frigate.", "order", [(None, "frigate", 1)], id="ordinal"),
        pytest.param("Poland bought two of the six frigates.", "buy", [(None, "frigate", 2)], id="some-of-all"),
        pytest.param("Norway sold a pair of frigates to Kenya.", "sell", [(None, "frigate", 2)], id="pair"),
        pytest.param("Norway offered Kenya 12 used frigates.", "offer", [(None, "frigate", 12)], id="used"),
        pytest.param(
            "Norway will let the navy have 300 missiles and 60 launchers since Kenya okayed a bigger order.",
            "order-n",
            [(None, "missile", 300), (None, "launcher", 60)],
            id="list-of-another-clause",
        ),
        pytest.param("Poland ordered the first frigates.", "order", [(None, "frigate", None)], id="ordinal-of-many"),
    ],
)
def test_counts_beside_their_things(text: str, trigger: str, expected: Shown, tools: Tools) -> None:
    assert things(read_scene(text, tools), trigger) == expected


def test_parts_of_a_thing_are_no_things_of_the_deal(tools: Tools) -> None:
    scene = read_scene("Poland bought 20 helicopters, each with two guns.", tools)
    assert things(scene, "buy") == [(None, "helicopter", 20)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Poland signed for 28 frigates to relieve the HX-20 and the HX-30.", id="to-relieve"),
        pytest.param(
            "Poland signed for the purchase of 28 frigates, which will replace the old fleet of HX-20 helicopters.",
            id="which-will-replace",
        ),
        pytest.param("Poland signed for 28 frigates replacing its HX-20 helicopters.", id="replacing"),
    ],
)
def test_things_that_a_deal_is_to_serve_are_no_part_of_it(text: str, tools: Tools) -> None:
    assert [i.weapon_id for f in read_scene(text, tools).frames for i in f.items] == [None]


@pytest.mark.parametrize(
    ("text", "trigger", "weapon"),
    [
        pytest.param("The HX-20 flies well. Poland bought 24 of them in Norway.", "buy", "HX-20", id="number-takes-up"),
        pytest.param("The HX-20 flies well. Norway delivered the other four.", "deliver", "HX-20", id="the-rest"),
        pytest.param("Kenya has many HX-20 helicopters. Norway delivered them.", "deliver", "HX-20", id="pronoun"),
        pytest.param("The HX-20 and the HX-30 fly well. Poland bought 24.", "buy", None, id="two-named"),
        pytest.param("The HX-20 met six frigates. Poland bought 24 of them.", "buy", None, id="other-things-between"),
        pytest.param(
            "Norway, maker of the HX-20, won a contract in Poland.", "contract-n", "HX-20", id="the-only-one-named"
        ),
        pytest.param("Norway, maker of the HX-20, bought a house in Poland.", "buy", None, id="bought-something-else"),
    ],
)
def test_weapon_that_a_trigger_takes_up(text: str, trigger: str, weapon: str | None, tools: Tools) -> None:
    assert {w for w, _, _ in things(read_scene(text, tools), trigger)} - {None} == ({weapon} - {None})


# ------------------------------------------------------------------------------------------------ named before
@pytest.mark.parametrize(
    "noun",
    [
        pytest.param("The helicopters", id="the"),
        pytest.param("These helicopters", id="these"),
        pytest.param("All the choppers", id="of-the-family"),
        pytest.param("The new helicopters", id="the-new"),
    ],
)
def test_definite_noun_means_the_weapon_named_before(noun: str, tools: Tools) -> None:
    scene = read_scene(f"The HX-20 flies well. {noun} were bought by Poland.", tools)
    ((weapon, _, _),) = things(scene, "buy")
    assert weapon == "HX-20"


def test_noun_beside_a_name_tells_its_class(tools: Tools) -> None:
    scene = read_scene("Norway showed its NR-7 carbine. The carbines were bought by Poland.", tools)
    assert [w for w, _, _ in things(scene, "buy")] == ["NR-7"]


def test_evidence_of_a_weapon_named_before_is_the_noun(tools: Tools) -> None:
    scene = read_scene("The HX-20 flies well. The helicopters were bought by Poland.", tools)
    (item,) = scene.frame("buy").items
    assert item.weapon_span is not None
    assert scene.quote(item.weapon_span) == "helicopters"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The HX-20 and the HX-30 fly well. The helicopters were bought by Poland.", id="two-of-the-class"),
        pytest.param("The HX-20 flies well. Six helicopters were bought by Poland.", id="not-definite"),
        pytest.param("The HX-20 flies well. The finest helicopters were bought by Poland.", id="superlative"),
        pytest.param("The Skua flies well. The anti-tank missiles were bought by Poland.", id="another-kind"),
        pytest.param("The Skua flies well. The helicopters were bought by Poland.", id="another-family"),
        pytest.param("The helicopters were bought by Poland. The HX-20 flies well.", id="named-later"),
    ],
)
def test_definite_noun_that_leaves_the_weapon_open(text: str, tools: Tools) -> None:
    assert [w for w, _, _ in things(read_scene(text, tools), "buy")] == [None]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        pytest.param("Kenya ordered Tern 40 rifles from Norvik Arms.", set(), id="number-of-a-name"),
        pytest.param("Kenya ordered 300 Tern 40 rifles from Norvik Arms.", {300}, id="count-before-a-name"),
        pytest.param("Kenya ordered 40 Skua missiles from Norvik Arms.", {40}, id="count"),
    ],
)
def test_number_that_ends_a_name_counts_nothing(text: str, counts: set[int], tools: Tools) -> None:
    frame = read_scene(text, tools).frame("order")
    assert {int(i.number.value) for i in frame.items if i.number is not None} == counts
