"""Small graphs for the tests of exports: deals ordered, planned, cancelled, delivered, hedged, disputed."""

from __future__ import annotations

from pathlib import Path

from armsgraph.claims import make_claims
from armsgraph.dossiers import DealReader
from armsgraph.graph import GraphBuilder, write_file
from armsgraph.model import (
    Datatype,
    Deal,
    DealKind,
    DealStatus,
    Entity,
    EntitySet,
    EntityType,
    Extraction,
    Hedge,
    LineItem,
    Literal,
    Milestone,
    Modality,
    PartialDate,
    Stage,
    Values,
)
from armsgraph.store import OpenGraph, open_graph
from sample_texts import Text, date, entity, money
from samples import seed_extraction, three_sales

PLANNED = Modality.PLANNED
FREEDONIA = entity(EntityType.STATE, "Freedonia")
SYLVANIA = entity(EntityType.STATE, "Sylvania")
NAVY = entity(EntityType.ARMED_FORCE, "Freedonian Navy", kind="navy")
ACME = entity(EntityType.FIRM, "Zenith")
EVIL = Entity(id="firm/evil", type=EntityType.FIRM, label='=HYPERLINK("http://evil.example";"x")')
HAWK = entity(EntityType.WEAPON, "Hawk 12", kind="radar")
OWL = entity(EntityType.WEAPON, "-Owl", kind="frigate")
NAMED = (FREEDONIA, SYLVANIA, NAVY, ACME, EVIL, HAWK, OWL)

STORY = (
    "Freedonia signed a contract with Zenith of Sylvania for about 40 Hawk 12 radars in March 2023, "
    "worth up to $45 million. "
    "The Freedonian Navy got 6 of them on 2 May 2024; 10 more are due in 2026. "
    "Freedonia will sign a contract for 12 frigates of the -Owl class. "
    "It cancelled an order for 5 patrol boats that it had placed in 2020. "
    'Sylvania delivered 7 old trucks by =HYPERLINK("http://evil.example";"x") as a gift in 2019. '
    "Sylvania and Freedonia agreed on +5 years of cooperation."
)


def story_extraction() -> Extraction:
    """An article about a hedged order with deliveries, a plan, a cancelled order, a gift and an agreement."""
    t = Text(
        STORY,
        id="story",
        title="@Navy gets radars",
        published=PartialDate(value="2024-06-01"),
        url="https://news.example/story?a=1&b=2",
        publisher="The Daily",
    )
    key = t.key
    order = Deal(
        id=f"deal/{key}-1",
        kind=DealKind.CONTRACT,
        label="Hawk 12 for Freedonia",
        evidence=t.evidence("signed a contract"),
        facts=(
            t.fact("buyer", FREEDONIA.id, "Freedonia"),
            t.fact("buyer", NAVY.id, "Freedonian Navy"),
            t.fact("supplier", ACME.id, "Zenith"),
            t.fact("supplier", SYLVANIA.id, "Sylvania"),
            t.fact("signedOn", date("2023-03"), "March 2023"),
            t.fact("status", "signed", "signed a contract"),
        ),
        items=(
            LineItem(
                id=f"item/{key}-1-1",
                facts=(t.fact("weapon", HAWK.id, "Hawk 12"), t.fact("quantity", 40, "40")),
                evidence=t.evidence("Hawk 12 radars"),
            ),
        ),
        values=(money(t, "$45 million", "45000000", "USD", hedge=Hedge.UP_TO),),
        stages=(Stage(id=f"stage/{key}-1-1", status=DealStatus.SIGNED, evidence=t.evidence("signed a contract")),),
        milestones=(
            Milestone(
                id=f"milestone/{key}-1-1",
                facts=(
                    t.fact("quantity", 6, "6 of them"),
                    t.fact("dueOn", date("2024-05-02"), "2 May 2024"),
                    t.fact("recipient", NAVY.id, "Freedonian Navy"),
                ),
                evidence=t.evidence("got 6 of them"),
            ),
            Milestone(
                id=f"milestone/{key}-1-2",
                facts=(
                    t.fact("quantity", 10, "10 more", modality=PLANNED),
                    t.fact("dueOn", date("2026"), "2026", modality=PLANNED),
                ),
                evidence=t.evidence("10 more are due", modality=PLANNED),
            ),
        ),
    )
    plan = Deal(
        id=f"deal/{key}-2",
        kind=DealKind.CONTRACT,
        label="frigates for Freedonia",
        evidence=t.evidence("will sign", modality=PLANNED),
        facts=(
            t.fact("buyer", FREEDONIA.id, "Freedonia", nth=3),
            t.fact("supplier", ACME.id, "Zenith"),
            t.fact("status", "signed", "will sign", modality=PLANNED),
        ),
        items=(
            LineItem(
                id=f"item/{key}-2-1",
                facts=(t.fact("weapon", OWL.id, "-Owl"), t.fact("quantity", 12, "12 frigates", modality=PLANNED)),
                evidence=t.evidence("12 frigates", modality=PLANNED),
            ),
        ),
    )
    cancelled = Deal(
        id=f"deal/{key}-3",
        kind=DealKind.CONTRACT,
        label="patrol boats for Freedonia",
        evidence=t.evidence("cancelled an order"),
        facts=(
            t.fact("buyer", FREEDONIA.id, "Freedonia", nth=3),
            t.fact("status", "cancelled", "cancelled an order"),
        ),
        items=(
            LineItem(
                id=f"item/{key}-3-1",
                facts=(t.fact("description", "patrol boats", "patrol boats"), t.fact("quantity", 5, "5 patrol")),
                evidence=t.evidence("5 patrol boats"),
            ),
        ),
        stages=(
            Stage(
                id=f"stage/{key}-3-1",
                status=DealStatus.ORDERED,
                facts=(t.fact("onDate", date("2020"), "2020"),),
                evidence=t.evidence("had placed"),
            ),
        ),
    )
    gift = Deal(
        id=f"deal/{key}-4",
        kind=DealKind.DONATION,
        label="trucks",
        evidence=t.evidence("delivered 7"),
        facts=(
            t.fact("supplier", SYLVANIA.id, "Sylvania", nth=2),
            t.fact("supplier", EVIL.id, EVIL.label),
            t.fact("status", "delivered", "delivered 7"),
        ),
        items=(
            LineItem(
                id=f"item/{key}-4-1",
                facts=(t.fact("description", "old trucks", "old trucks"), t.fact("quantity", 7, "7 old")),
                evidence=t.evidence("7 old trucks"),
            ),
        ),
        stages=(
            Stage(
                id=f"stage/{key}-4-1",
                status=DealStatus.DELIVERED,
                facts=(t.fact("onDate", date("2019"), "2019"),),
                evidence=t.evidence("delivered 7"),
            ),
        ),
    )
    cooperation = Deal(
        id=f"deal/{key}-5",
        kind=DealKind.COOPERATION_AGREEMENT,
        label="cooperation",
        evidence=t.evidence("agreed on"),
        facts=(
            t.fact("party", SYLVANIA.id, "Sylvania and"),
            t.fact("party", FREEDONIA.id, "Freedonia agreed"),
            t.fact("status", "signed", "agreed on"),
            t.fact("duration", Literal(value="P5Y", datatype=Datatype.DURATION), "+5 years"),
        ),
    )
    return Extraction(
        document=t.document,
        values=Values(numbers=(t.number("40", 40, hedge=Hedge.ABOUT, hedge_words="about 40"),)),
        entities=EntitySet(
            entities=tuple(sorted(NAMED, key=lambda e: e.id)),
            mentions=tuple(sorted((t.mention(e.label, e) for e in NAMED), key=lambda m: m.span)),
        ),
        deals=(order, plan, cancelled, gift, cooperation),
    )


def write_graph(path: Path, extractions: tuple[Extraction, ...]) -> OpenGraph:
    """Write extractions as a graph file and open it."""
    with GraphBuilder() as builder:
        for extraction in extractions:
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        write_file(builder.lines(), path)
    return open_graph(path)


def whole_graph(path: Path) -> OpenGraph:
    """The story, the seed article and three sales."""
    return write_graph(path, (story_extraction(), seed_extraction(), *three_sales()))


def reader_of(graph: OpenGraph) -> DealReader:
    return DealReader(graph)
