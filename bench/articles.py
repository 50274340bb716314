"""Made-up articles for measuring speed and memory: own templates, filled by a seeded generator."""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["make_articles"]

_BUYERS = (
    ("India", "Ministry of Defence", "Indian Navy", "New Delhi", "Rs {crore} crore"),
    ("Poland", "Ministry of National Defence", "Polish Army", "Warsaw", "{million} million zlotys"),
    ("Norway", "Norwegian Defence Materiel Agency", "Norwegian Army", "Oslo", "NOK {billion} billion"),
    ("the Philippines", "Department of National Defense", "Philippine Navy", "Manila", "P{billion} billion"),
    ("Australia", "Department of Defence", "Australian Army", "Canberra", "A${million} million"),
    ("Egypt", "Ministry of Defence", "Egyptian Air Force", "Cairo", "${million} million"),
)
_SUPPLIERS = (
    ("Bharat Dynamics Limited", "Hyderabad", "Akash", "missiles"),
    ("Hanwha Aerospace", "Changwon", "K9", "howitzers"),
    ("Saab", "Karlskoga", "RBS 70", "launchers"),
    ("Dassault Aviation", "Merignac", "Rafale", "fighter jets"),
    ("Rheinmetall", "Kassel", "Boxer", "armoured vehicles"),
    ("Airbus", "Seville", "C-295", "transport aircraft"),
)
_TEMPLATES = (
    "{capital} - The {ministry} signed a contract with {firm} on {day} March {year} for {count} {weapon} {things}, "
    "officials said. The contract is worth {price}.",
    "Under the deal the {force} will receive the first {things} in {later}. Deliveries are to be completed by {end}.",
    "{firm} will build the {things} at its plant in {town}. The company said {share} per cent of the parts are to come "
    "from local suppliers, and that about {jobs} people work on the line.",
    "The defence minister of {state}, {minister}, called the purchase overdue. “Our crews have waited long enough,” "
    "{minister} told reporters after the signing.",
    "The {weapon} is to replace equipment that has been in service since {old}. The {force} had looked at two other "
    "offers, neither of which met its requirements for range and weight.",
    "A first batch of {part} {things} was handed over last year. The council had approved the purchase of the {things} "
    "in {approved}, with the {ministry} asking for spare parts, training and a maintenance package as well.",
    "Analysts point out that {state} has tripled what it spends on defence in ten years. Whether the money will last "
    "for a second contract nobody in {capital} cares to say.",
    "The talks had taken {months} months. They stalled twice over the share of work to be done at home, and once over "
    "the currency in which the price should be paid.",
)
_MINISTERS = ("Anna Berg", "Tomasz Wilk", "Ravi Menon", "Carla Reyes", "Omar Haddad", "James Thornton")


def make_articles(count: int, *, seed: int = 1) -> Iterator[tuple[str, str, str]]:
    """Yield (id, date of publication, text), about 230 words each; the same for the same seed."""
    draw = random.Random(seed)
    for number in range(count):
        state, ministry, force, capital, price = draw.choice(_BUYERS)
        firm, town, weapon, things = draw.choice(_SUPPLIERS)
        year = draw.randint(2015, 2025)
        sum_said = price.format(
            crore=f"{draw.randint(300, 9000):,}", million=draw.randint(40, 900), billion=draw.randint(2, 60)
        )
        lines = [
            t.format(
                state=state,
                ministry=ministry,
                force=force,
                capital=capital,
                firm=firm,
                town=town,
                weapon=weapon,
                things=things,
                year=year,
                day=draw.randint(1, 28),
                count=draw.randint(6, 400),
                price=sum_said,
                later=year + 2,
                end=year + 5,
                share=draw.randint(20, 70),
                jobs=draw.randint(100, 900),
                minister=draw.choice(_MINISTERS),
                old=year - draw.randint(20, 40),
                part=draw.randint(2, 5),
                approved=year - 1,
                months=draw.randint(8, 40),
            )
            for t in _TEMPLATES
        ]
        yield f"made-{number:05}", f"{year}-03-29", "\n\n".join(lines)
