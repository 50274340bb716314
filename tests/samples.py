"""Extractions written by hand, for the tests of claims, graph, store and explain."""

from __future__ import annotations

from pathlib import Path

from armsgraph.model import (
    Datatype,
    Deal,
    DealKind,
    DealStatus,
    Duration,
    Encounter,
    EncounterKind,
    Entity,
    EntitySet,
    EntityType,
    Extraction,
    Hedge,
    LineItem,
    Link,
    LinkDecision,
    Literal,
    Milestone,
    Modality,
    PartialDate,
    Relation,
    Stage,
    Tenure,
    Values,
)
from armsgraph.vocab import slug
from sample_texts import Text, date, entity, money

SEED = Path(__file__).resolve().parent.parent / "seeds" / "000_a093342ca49df0d5.txt"


INDIA = entity(EntityType.STATE, "India", state="IN")
RUSSIA = entity(EntityType.STATE, "Russia", state="RU", names=("Russian Federation",))
US = entity(EntityType.STATE, "United States", state="US", names=("US",))
ARMY = entity(EntityType.ARMED_FORCE, "Indian Army", state="IN", kind="army", names=("the army",))
IRRPL = entity(EntityType.FIRM, "Indo-Russia Rifles Pvt Ltd", is_joint_venture=True)
SIG = entity(EntityType.FIRM, "Sig Sauer")
AK = entity(EntityType.WEAPON, "AK-203", kind="assault rifle", hidden_names=("AK 203", "AK-203S"), record="weapons:Q1")
INSAS = entity(EntityType.WEAPON, "INSAS", kind="assault rifle")
RIFLE = entity(EntityType.WEAPON, "Sig Sauer rifle")
SINGH = entity(EntityType.PERSON, "Rajnath Singh")
SHOIGU = entity(EntityType.PERSON, "Sergey Shoigu", names=("General Sergey Shoigu",))
DELHI = entity(EntityType.PLACE, "New Delhi")
KORWA = entity(EntityType.PLACE, "Korwa")
SEED_ENTITIES = (INDIA, RUSSIA, US, ARMY, IRRPL, SIG, AK, INSAS, RIFLE, SINGH, SHOIGU, DELHI, KORWA)


def seed_text() -> Text:
    return Text(
        SEED.read_text("utf-8"), id="seed", title="India, Russia sign pact", published=PartialDate(value="2021-12-06")
    )


def seed_extraction() -> Extraction:
    """The facts of the seed article that try the model most."""
    t = seed_text()
    officials = {"speaker": "government officials"}
    key = t.key
    quantities = (
        t.fact("quantity", 600000, "six lakh"),
        t.fact("quantity", 601427, "6,01,427", **officials),
        t.fact("quantity", 6014427, "6,014,427"),
        t.fact("quantity", 671000, "6.71 lakh", modality=Modality.EXPECTED),
    )
    cooperation = Deal(
        id=f"deal/{key}-1",
        kind=DealKind.COOPERATION_AGREEMENT,
        label="military-technical cooperation of India and Russia",
        evidence=t.evidence("signed a military tech cooperation agreement"),
        facts=(
            t.fact("party", INDIA.id, "India"),
            t.fact("party", RUSSIA.id, "Russia"),
            t.fact("startsOn", date("2021"), "2021-2031", **officials),
            t.fact("endsOn", date("2031"), "2021-2031", **officials),
            t.fact("status", "signed", "signed"),
        ),
    )
    rifles = Deal(
        id=f"deal/{key}-2",
        kind=DealKind.CONTRACT,
        label="AK-203 for India through Indo-Russia Rifles Pvt Ltd",
        evidence=t.evidence("contract for procurement", **officials),
        facts=(
            t.fact("buyer", INDIA.id, "India and Russia include", **officials),
            t.fact("supplier", IRRPL.id, "Indo-Russia Rifles Pvt Ltd", **officials),
            t.fact("producedAt", KORWA.id, "Korwa"),
            t.fact("duration", Literal(value="P10Y", datatype=Datatype.DURATION), "10-year"),
            t.fact("status", "signed", "signed agreements for the procurement"),
        ),
        items=(
            LineItem(
                id=f"item/{key}-2-1",
                facts=(
                    t.fact("weapon", AK.id, "AK-203"),
                    *quantities,
                    t.fact("description", "assault rifles AK-203", "assault rifles AK-203"),
                    t.fact("calibre", "7.63x39mm", "7.63x39mm", **officials),
                ),
                evidence=t.evidence("assault rifles AK-203", **officials),
            ),
        ),
        stages=(
            Stage(
                id=f"stage/{key}-2-1",
                status=DealStatus.SIGNED,
                evidence=t.evidence("signed agreements for the procurement"),
            ),
        ),
        milestones=(
            Milestone(
                id=f"milestone/{key}-2-1",
                facts=(
                    t.fact("quantity", 70000, "70,000"),
                    t.fact("offset", Literal(value="P32M", datatype=Datatype.DURATION), "32 months"),
                    t.fact("offsetFrom", "the manufacturing process begins", "the manufacturing process begins"),
                    t.fact("recipient", ARMY.id, "the army"),
                ),
                evidence=t.evidence("receive these"),
            ),
        ),
    )
    purchase, another = (
        Deal(
            id=f"deal/{key}-{n}",
            kind=DealKind.CONTRACT,
            label=f"Sig Sauer rifles for the Indian Army, {n - 2}",
            evidence=t.evidence(words),
            facts=(
                t.fact("buyer", ARMY.id, "The Indian Army"),
                t.fact("supplier", SIG.id, "Sig Sauer"),
                t.fact("status", status, words),
            ),
            items=(
                LineItem(
                    id=f"item/{key}-{n}-1",
                    facts=(
                        t.fact("weapon", RIFLE.id, "Sig Sauer rifles"),
                        t.fact("quantity", 72000, "72,000", nth=nth),
                    ),
                    evidence=t.evidence("72,000", nth=nth),
                ),
            ),
        )
        for n, words, status, nth in ((3, "purchased", "signed", 1), (4, "placed another order", "ordered", 2))
    )
    return Extraction(
        document=t.document,
        values=Values(
            numbers=(
                t.number("six lakh", 600000, hedge=Hedge.OVER, hedge_words="over six lakh"),
                t.number("6,01,427", 601427),
                t.number("6,014,427", 6014427),
                t.number("6.71 lakh", 671000),
            ),
            durations=(Duration(span=t.span("32 months"), iso="P32M", as_written="32 months"),),
        ),
        entities=EntitySet(
            entities=tuple(sorted(SEED_ENTITIES, key=lambda e: e.id)),
            mentions=tuple(
                sorted(
                    (
                        t.mention("India", INDIA),
                        t.mention("Russia", RUSSIA),
                        t.mention("the US", US),
                        t.mention("The Indian Army", ARMY),
                        t.mention("the army", ARMY),
                        t.mention("Indo-Russia Rifles Pvt Ltd", IRRPL),
                        t.mention("Sig Sauer", SIG),
                        t.mention("Sig Sauer rifles", RIFLE),
                        t.mention("AK-203", AK),
                        t.mention("AK 203", AK),
                        t.mention("INSAS", INSAS),
                        t.mention("Rajnath Singh", SINGH),
                        t.mention("Sergey Shoigu", SHOIGU),
                        t.mention("New Delhi", DELHI),
                        t.mention("Korwa", KORWA),
                    ),
                    key=lambda m: m.span,
                )
            ),
            tenures=(
                Tenure(
                    id="tenure/rajnath-singh-in-defence-minister",
                    person_id=SINGH.id,
                    title="defence minister",
                    office_id="office/in-defence-minister",
                    office_label="defence minister of India",
                    of_id=INDIA.id,
                    of_evidence=t.evidence("his Russian counterpart", rule="offices.elimination", confidence=0.7),
                    is_ministerial=True,
                    qid="Q3348866",
                    evidence=t.evidence("defence minister Rajnath Singh"),
                ),
            ),
        ),
        deals=(cooperation, rifles, purchase, another),
        relations=(
            Relation(subject_id=AK.id, predicate="replaces", object_id=INSAS.id, evidence=t.evidence("will replace")),
            Relation(subject_id=AK.id, predicate="designedBy", object_id=RUSSIA.id, evidence=t.evidence("designed by")),
            Relation(subject_id=SINGH.id, predicate="metWith", object_id=SHOIGU.id, evidence=t.evidence("bilateral")),
        ),
        encounters=(
            Encounter(
                id=f"encounter/{key}-1",
                kind=EncounterKind.MEETING,
                label="Rajnath Singh meets Sergey Shoigu",
                facts=(
                    t.fact("participant", SINGH.id, "Rajnath Singh"),
                    t.fact("participant", SHOIGU.id, "Sergey Shoigu"),
                    t.fact("place", DELHI.id, "New Delhi"),
                ),
                evidence=t.evidence("bilateral meeting"),
            ),
        ),
        links=(
            Link(
                entity_id=INDIA.id,
                qid="Q668",
                decision=LinkDecision.SAME,
                reason="listed state",
                evidence=t.evidence("India", rule="link.list"),
            ),
            Link(
                entity_id=SIG.id,
                qid="Q1",
                decision=LinkDecision.UNSURE,
                reason="name only",
                evidence=t.evidence("Sig Sauer", rule="link.name"),
            ),
        ),
    )


def sales_extraction(
    id: str, text: str, *, quantity: int, words: str, label: str = "Acme Arms", published: str = "2024-03-05"
) -> Extraction:
    """A small article: `text` names two states and the seller (by `label`), with `words`, a sum and a date."""
    t = Text(text, id=id, published=PartialDate(value=published), url=f"https://news.example/{slug(id)}")
    buyer = entity(EntityType.STATE, "Freedonia")
    other = entity(EntityType.STATE, "Sylvania")
    seller = Entity(id="firm/acme", type=EntityType.FIRM, label=label)
    radar = entity(EntityType.WEAPON, "Hawk 12", kind="radar")
    deal = Deal(
        id=f"deal/{t.key}-1",
        kind=DealKind.CONTRACT,
        label="Hawk 12 for Freedonia",
        evidence=t.evidence("signed"),
        facts=(
            t.fact("buyer", buyer.id, "Freedonia"),
            t.fact("supplier", seller.id, label),
            t.fact("signedOn", date("2024-03-01"), "1 March 2024"),
            t.fact("status", "signed", "signed"),
        ),
        items=(
            LineItem(
                id=f"item/{t.key}-1-1",
                facts=(t.fact("weapon", radar.id, "Hawk 12"), t.fact("quantity", quantity, words)),
                evidence=t.evidence("Hawk 12"),
            ),
        ),
        values=(
            money(t, "$45 million", "45000000", "USD"),
            money(t, "€41 million", "41000000", "EUR", restates=True),
        ),
    )
    named = (buyer, other, seller, radar)
    return Extraction(
        document=t.document,
        values=Values(numbers=(t.number(words, quantity),)),
        entities=EntitySet(
            entities=tuple(sorted(named, key=lambda e: e.id)),
            mentions=tuple(sorted((t.mention(e.label, e) for e in named), key=lambda m: m.span)),
        ),
        deals=(deal,),
        relations=(
            Relation(
                subject_id=radar.id, predicate="manufacturedBy", object_id=seller.id, evidence=t.evidence("made by")
            ),
        ),
    )


def three_sales() -> tuple[Extraction, ...]:
    """Three articles on the same firm, called differently."""
    body = (
        "Freedonia signed a deal for {n} Hawk 12 radars made by {label} on 1 March 2024, worth $45 million "
        "(€41 million). Sylvania looked on."
    )
    return tuple(
        sales_extraction(f"sale {i}", body.format(n=n, label=label), quantity=n, words=str(n), label=label)
        for i, (n, label) in enumerate(((10, "Acme"), (12, "Acme Arms"), (14, "Acme Guns")), 1)
    )
