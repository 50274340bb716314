"""The longer articles of the competency questions: a plan, its contract, a second order, tanks."""

from __future__ import annotations

from armsgraph.model import (
    Datatype,
    DealKind,
    DealStatus,
    Encounter,
    EncounterKind,
    Extraction,
    Literal,
    Modality,
)
from question_cast import (
    AK,
    ARMY,
    DAC,
    INDIA,
    INSAS,
    K2,
    KOREA,
    KORWA,
    POLAND,
    POZNAN,
    RIFLES_LTD,
    ROTEM,
    RUSSIA,
    SHOIGU,
    SIG,
    SIG716,
    SINGH,
    make_deal,
    make_extraction,
    make_link,
    make_relation,
    make_tenure,
    make_text,
)
from sample_texts import date, money


def article_on_plan() -> Extraction:
    t = make_text(
        "rifles-plan",
        "2023-11-02",
        "Delta Wire",
        "India plans to buy about 6.7 lakh AK-203 rifles from Russia, army officials said. The Defence Acquisition "
        "Council approved the purchase on 30 October 2023. The AK-203 will replace the INSAS.",
    )
    officials = {"speaker": "army officials", "modality": Modality.PLANNED}
    deal = make_deal(
        t,
        1,
        "AK-203 for India from Russia",
        "plans to buy",
        t.fact("buyer", INDIA.id, "India", **officials),
        t.fact("supplier", RUSSIA.id, "Russia", **officials),
        t.fact("approver", DAC.id, "Defence Acquisition Council"),
        t.fact("status", "approved", "approved"),
        items=[
            (
                t.fact("weapon", AK.id, "AK-203", **officials),
                t.fact("quantity", 670000, "6.7 lakh", **officials),
                t.fact("quantityQualifier", "about", "about 6.7 lakh", **officials),
            )
        ],
        stages=[
            (DealStatus.PROPOSED, "plans to buy", ()),
            (DealStatus.APPROVED, "approved", (t.fact("onDate", date("2023-10-30"), "30 October 2023"),)),
        ],
    )
    return make_extraction(
        t,
        {"India": INDIA, "AK-203": AK, "Russia": RUSSIA, "Defence Acquisition Council": DAC, "INSAS": INSAS},
        deals=(deal,),
        relations=(make_relation(t, AK, "replaces", INSAS, "will replace"),),
    )


def article_on_rifles() -> Extraction:
    t = make_text(
        "rifles-signed",
        "2024-03-12",
        "Harbour Gazette",
        "India signed a contract for 6,01,427 AK-203 assault rifles worth Rs 5,000 crore with Indo-Russia Rifles "
        "Pvt Ltd on 11 March 2024, the ministry said. Defence minister Rajnath Singh signed for India; his Russian "
        "counterpart Sergey Shoigu looked on. Indo-Russia Rifles Pvt Ltd is a joint venture in which India holds "
        "50.5 per cent and Russia the rest. An agency gave the figure as 6,014,427. The first 70,000 rifles will "
        "come 32 months after production begins at Korwa. The AK-203 will replace the INSAS.",
    )
    deal = make_deal(
        t,
        1,
        "AK-203 for India from Indo-Russia Rifles Pvt Ltd",
        "signed a contract",
        t.fact("buyer", INDIA.id, "India"),
        t.fact("supplier", RIFLES_LTD.id, "Indo-Russia Rifles Pvt Ltd"),
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2024-03-11"), "11 March 2024"),
        t.fact("signatory", SINGH.id, "Rajnath Singh signed"),
        t.fact("producedAt", KORWA.id, "Korwa"),
        kind=DealKind.CONTRACT,
        items=[
            (
                t.fact("weapon", AK.id, "AK-203"),
                t.fact("quantity", 601427, "6,01,427", speaker="the ministry"),
                t.fact("quantity", 6014427, "6,014,427", speaker="An agency"),
                t.fact("description", "assault rifles", "assault rifles"),
            )
        ],
        sums=[money(t, "Rs 5,000 crore", "50000000000", "INR")],
        stages=[(DealStatus.SIGNED, "signed", (t.fact("onDate", date("2024-03-11"), "11 March 2024"),))],
        milestones=[
            (
                t.fact("quantity", 70000, "70,000"),
                t.fact("offset", Literal(value="P32M", datatype=Datatype.DURATION), "32 months"),
                t.fact("offsetFrom", "production begins", "production begins"),
            )
        ],
    )
    meeting = Encounter(
        id=f"encounter/{t.key}-1",
        kind=EncounterKind.MEETING,
        label="Rajnath Singh and Sergey Shoigu",
        facts=(
            t.fact("participant", SINGH.id, "Rajnath Singh"),
            t.fact("participant", SHOIGU.id, "Sergey Shoigu looked on"),
        ),
        evidence=t.evidence("looked on"),
    )
    return make_extraction(
        t,
        {"India": INDIA, "AK-203": AK, "Indo-Russia Rifles Pvt Ltd": RIFLES_LTD, "Rajnath Singh": SINGH}
        | {"Sergey Shoigu": SHOIGU, "Russia the": RUSSIA, "Korwa": KORWA, "INSAS": INSAS},
        deals=(deal,),
        relations=(
            make_relation(t, RIFLES_LTD, "jointVentureOf", INDIA, "a joint venture in which India holds"),
            make_relation(t, RIFLES_LTD, "jointVentureOf", RUSSIA, "Russia the rest"),
            make_relation(t, AK, "replaces", INSAS, "will replace"),
            make_relation(t, AK, "manufacturedBy", RIFLES_LTD, "contract for 6,01,427 AK-203"),
        ),
        encounters=(meeting,),
        tenures=(
            make_tenure(t, SINGH, "Defence minister", INDIA, "in-defence-minister", "defence minister of India"),
            make_tenure(t, SHOIGU, "counterpart", RUSSIA, "ru-defence-minister", "defence minister of Russia"),
        ),
    )


def article_on_second_order() -> Extraction:
    t = make_text(
        "second-order",
        "2024-06-20",
        "Delta Wire",
        "The Indian Army bought 72,000 SIG716 rifles from SIG Sauer in February 2019, a contract for India. In "
        "June 2024 it signed a contract for another 73,000 of the rifles worth Rs 837 crore. Officials say that an "
        "AK-203 will replace the INSAS of 1998.",
    )
    parties = (
        t.fact("buyer", ARMY.id, "The Indian Army"),
        t.fact("buyer", INDIA.id, "India", nth=2),
        t.fact("supplier", SIG.id, "SIG Sauer"),
    )
    first = make_deal(
        t,
        1,
        "SIG716 for Indian Army from SIG Sauer",
        "bought",
        *parties,
        t.fact("status", "ordered", "bought"),
        t.fact("signedOn", date("2019-02"), "February 2019"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", SIG716.id, "SIG716"), t.fact("quantity", 72000, "72,000"))],
    )
    second = make_deal(
        t,
        2,
        "SIG716 for Indian Army from SIG Sauer",
        "signed a contract",
        *parties,
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2024-06"), "June 2024"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", SIG716.id, "the rifles"), t.fact("quantity", 73000, "73,000"))],
        sums=[money(t, "Rs 837 crore", "8370000000", "INR")],
        stages=[(DealStatus.SIGNED, "signed", (t.fact("onDate", date("2024-06"), "June 2024"),))],
    )
    return make_extraction(
        t,
        {"Indian Army": ARMY, "SIG716": SIG716, "SIG Sauer": SIG, "for India": INDIA, "AK-203": AK, "INSAS": INSAS},
        deals=(first, second),
        relations=(make_relation(t, AK, "replaces", INSAS, "will replace", speaker="Officials"),),
        links=(
            make_link(t, SIG, "Q99999002", "SIG Sauer", sure=False),
            make_link(t, SIG, "Q99999003", "SIG Sauer", sure=False),
        ),
    )


def article_on_tanks() -> Extraction:
    t = make_text(
        "tanks",
        "2022-08-27",
        "Fjord Post",
        "Poland and South Korea agreed on tanks. Under it Poland signed a contract with Hyundai Rotem on 26 August "
        "2022 for 180 K2 tanks worth 4.5 trillion won. Production started in May 2022; the first ten are due "
        "within 6 months of the start of production, all by 2025. Under a licence 820 K2 will be made in Poznan in "
        "Poland, with transfer of technology and 60 per cent local content.",
    )
    umbrella = make_deal(
        t,
        1,
        "agreement of Poland and South Korea",
        "agreed on tanks",
        t.fact("party", POLAND.id, "Poland"),
        t.fact("party", KOREA.id, "South Korea"),
        t.fact("status", "signed", "agreed"),
        kind=DealKind.COOPERATION_AGREEMENT,
        items=[(t.fact("description", "tanks", "tanks"),)],
    )
    sides = (t.fact("buyer", POLAND.id, "Poland signed"), t.fact("supplier", ROTEM.id, "Hyundai Rotem"))
    contract = make_deal(
        t,
        2,
        "K2 for Poland from Hyundai Rotem",
        "signed a contract",
        *sides,
        t.fact("status", "in production", "Production started"),
        t.fact("signedOn", date("2022-08-26"), "26 August 2022"),
        kind=DealKind.CONTRACT,
        part_of=umbrella.id,
        items=[(t.fact("weapon", K2.id, "K2"), t.fact("quantity", 180, "180"))],
        sums=[money(t, "4.5 trillion won", "4500000000000", "KRW")],
        stages=[
            (DealStatus.SIGNED, "signed", (t.fact("onDate", date("2022-08-26"), "26 August 2022"),)),
            (DealStatus.IN_PRODUCTION, "Production started", (t.fact("onDate", date("2022-05"), "May 2022"),)),
        ],
        milestones=[
            (
                t.fact("quantity", 10, "ten"),
                t.fact("offset", Literal(value="P6M", datatype=Datatype.DURATION), "6 months"),
                t.fact("offsetFrom", "the start of production", "the start of production"),
            ),
            (t.fact("quantity", 180, "all by"), t.fact("dueOn", date("2025"), "2025")),
        ],
    )
    licence = make_deal(
        t,
        3,
        "K2 made in Poland",
        "licence",
        *sides,
        t.fact("status", "proposed", "will be made"),
        t.fact("producedAt", POZNAN.id, "Poznan"),
        kind=DealKind.LICENCE,
        part_of=umbrella.id,
        items=[(t.fact("weapon", K2.id, "K2", nth=2), t.fact("quantity", 820, "820"))],
        stages=[(DealStatus.PROPOSED, "will be made", ())],
    )
    return make_extraction(
        t,
        {"Poland": POLAND, "South Korea": KOREA, "Hyundai Rotem": ROTEM, "K2": K2, "Poznan": POZNAN},
        deals=(umbrella, contract, licence),
        relations=(
            make_relation(t, ROTEM, "locatedIn", KOREA, "Poland and South Korea agreed"),
            make_relation(t, K2, "manufacturedBy", ROTEM, "contract with Hyundai Rotem"),
        ),
    )
