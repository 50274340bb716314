"""Small articles with what they say annotated by hand: the golden store of the competency questions.

The articles are made up, and read by no extractor, so that the expected rows in `docs/queries/` hold whatever is
fitted anew. The firm Nordvik Skarn, its missile and the Wikidata items Q9999900n do not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder
from armsgraph.model import (
    Datatype,
    Deal,
    DealKind,
    DealStatus,
    Encounter,
    EncounterKind,
    Entity,
    EntitySet,
    EntityType,
    Extraction,
    Fact,
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
from sample_texts import Text, date, entity, money

__all__ = ["articles", "golden_lines", "lines_of"]

INDIA = entity(EntityType.STATE, "India", state="IN")
RUSSIA = entity(EntityType.STATE, "Russia", state="RU")
POLAND = entity(EntityType.STATE, "Poland", state="PL")
KOREA = entity(EntityType.STATE, "South Korea", state="KR")
JAPAN = entity(EntityType.STATE, "Japan", state="JP")
PHILIPPINES = entity(EntityType.STATE, "Philippines", state="PH", names=("the Philippines",))
KENYA = entity(EntityType.STATE, "Kenya", state="KE")
TURKEY = entity(EntityType.STATE, "Türkiye", state="TR", names=("Turkey",))
ARMY = entity(EntityType.ARMED_FORCE, "Indian Army", state="IN", kind="army")
PH_NAVY = entity(EntityType.ARMED_FORCE, "Philippine Navy", state="PH", kind="navy")
DAC = entity(EntityType.GOVERNMENT_BODY, "Defence Acquisition Council", state="IN")
RIFLES_LTD = entity(EntityType.FIRM, "Indo-Russia Rifles Pvt Ltd", is_joint_venture=True)
BRAHMOS_LTD = entity(EntityType.FIRM, "BrahMos Aerospace", is_joint_venture=True)
SIG = entity(EntityType.FIRM, "SIG Sauer")
ROTEM = entity(EntityType.FIRM, "Hyundai Rotem")
NORDVIK = entity(EntityType.FIRM, "Nordvik Skarn Ltd")
AK = entity(EntityType.WEAPON, "AK-203", kind="assault rifle")
INSAS = entity(EntityType.WEAPON, "INSAS", kind="assault rifle")
SIG716 = entity(EntityType.WEAPON, "SIG716", kind="assault rifle")
K2 = entity(EntityType.WEAPON, "K2", kind="main battle tank")
BRAHMOS = entity(EntityType.WEAPON, "BrahMos", kind="cruise missile")
S400 = entity(EntityType.WEAPON, "S-400", kind="surface-to-air missile system")
ZK907 = entity(EntityType.WEAPON, "ZK-907", kind="anti-ship missile")
SINGH = entity(EntityType.PERSON, "Rajnath Singh")
SHOIGU = entity(EntityType.PERSON, "Sergey Shoigu")
KORWA = entity(EntityType.PLACE, "Korwa")
MANILA = entity(EntityType.PLACE, "Manila")
POZNAN = entity(EntityType.PLACE, "Poznan")
# all but those that a question is to find without one
WIKIDATA = {
    INDIA: "Q668",
    RUSSIA: "Q159",
    POLAND: "Q36",
    KOREA: "Q884",
    JAPAN: "Q17",
    PHILIPPINES: "Q928",
    TURKEY: "Q43",
}


def articles() -> tuple[Extraction, ...]:
    """Return the articles in no special order."""
    return (
        _plan(),
        _rifles(),
        _second_order(),
        _tanks(),
        _radars(),
        _missiles(),
        _more_missiles(),
        _denial(),
        _kenya(),
    )


def lines_of(extractions: Iterable[Extraction], *, store_text: bool = True) -> list[str]:
    with GraphBuilder(store_text=store_text) as builder:
        for extraction in extractions:
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        return list(builder.lines())


@lru_cache(maxsize=1)
def golden_lines() -> tuple[str, ...]:
    """Return the golden store as sorted N-Quads lines."""
    return tuple(lines_of(articles()))


# ---------------------------------------------------------------------------------------------------- the articles
def _plan() -> Extraction:
    t = _text(
        "rifles-plan",
        "2023-11-02",
        "Delta Wire",
        "India plans to buy about 6.7 lakh AK-203 rifles from Russia, army officials said. The Defence Acquisition "
        "Council approved the purchase on 30 October 2023. The AK-203 will replace the INSAS.",
    )
    officials = {"speaker": "army officials", "modality": Modality.PLANNED}
    deal = _deal(
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
    return _extraction(
        t,
        {"India": INDIA, "AK-203": AK, "Russia": RUSSIA, "Defence Acquisition Council": DAC, "INSAS": INSAS},
        deals=(deal,),
        relations=(_relation(t, AK, "replaces", INSAS, "will replace"),),
    )


def _rifles() -> Extraction:
    t = _text(
        "rifles-signed",
        "2024-03-12",
        "Harbour Gazette",
        "India signed a contract for 6,01,427 AK-203 assault rifles worth Rs 5,000 crore with Indo-Russia Rifles "
        "Pvt Ltd on 11 March 2024, the ministry said. Defence minister Rajnath Singh signed for India; his Russian "
        "counterpart Sergey Shoigu looked on. Indo-Russia Rifles Pvt Ltd is a joint venture in which India holds "
        "50.5 per cent and Russia the rest. An agency gave the figure as 6,014,427. The first 70,000 rifles will "
        "come 32 months after production begins at Korwa. The AK-203 will replace the INSAS.",
    )
    deal = _deal(
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
    return _extraction(
        t,
        {"India": INDIA, "AK-203": AK, "Indo-Russia Rifles Pvt Ltd": RIFLES_LTD, "Rajnath Singh": SINGH}
        | {"Sergey Shoigu": SHOIGU, "Russia the": RUSSIA, "Korwa": KORWA, "INSAS": INSAS},
        deals=(deal,),
        relations=(
            _relation(t, RIFLES_LTD, "jointVentureOf", INDIA, "a joint venture in which India holds"),
            _relation(t, RIFLES_LTD, "jointVentureOf", RUSSIA, "Russia the rest"),
            _relation(t, AK, "replaces", INSAS, "will replace"),
            _relation(t, AK, "manufacturedBy", RIFLES_LTD, "contract for 6,01,427 AK-203"),
        ),
        encounters=(meeting,),
        tenures=(
            _tenure(t, SINGH, "Defence minister", INDIA, "in-defence-minister", "defence minister of India"),
            _tenure(t, SHOIGU, "counterpart", RUSSIA, "ru-defence-minister", "defence minister of Russia"),
        ),
    )


def _second_order() -> Extraction:
    t = _text(
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
    first = _deal(
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
    second = _deal(
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
    return _extraction(
        t,
        {"Indian Army": ARMY, "SIG716": SIG716, "SIG Sauer": SIG, "for India": INDIA, "AK-203": AK, "INSAS": INSAS},
        deals=(first, second),
        relations=(_relation(t, AK, "replaces", INSAS, "will replace", speaker="Officials"),),
        links=(
            _link(t, SIG, "Q99999002", "SIG Sauer", sure=False),
            _link(t, SIG, "Q99999003", "SIG Sauer", sure=False),
        ),
    )


def _tanks() -> Extraction:
    t = _text(
        "tanks",
        "2022-08-27",
        "Fjord Post",
        "Poland and South Korea agreed on tanks. Under it Poland signed a contract with Hyundai Rotem on 26 August "
        "2022 for 180 K2 tanks worth 4.5 trillion won. Production started in May 2022; the first ten are due "
        "within 6 months of the start of production, all by 2025. Under a licence 820 K2 will be made in Poznan in "
        "Poland, with transfer of technology and 60 per cent local content.",
    )
    umbrella = _deal(
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
    contract = _deal(
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
    licence = _deal(
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
    return _extraction(
        t,
        {"Poland": POLAND, "South Korea": KOREA, "Hyundai Rotem": ROTEM, "K2": K2, "Poznan": POZNAN},
        deals=(umbrella, contract, licence),
        relations=(
            _relation(t, ROTEM, "locatedIn", KOREA, "Poland and South Korea agreed"),
            _relation(t, K2, "manufacturedBy", ROTEM, "contract with Hyundai Rotem"),
        ),
    )


def _radars() -> Extraction:
    t = _text(
        "radars",
        "2023-11-04",
        "Harbour Gazette",
        "Japan gave five coastal radars to the Philippines for the Philippine Navy. The deal was signed in Manila "
        "on 3 November 2023.",
    )
    deal = _deal(
        t,
        1,
        "coastal radars for Philippines from Japan",
        "gave",
        t.fact("buyer", PHILIPPINES.id, "the Philippines"),
        t.fact("supplier", JAPAN.id, "Japan"),
        t.fact("endUser", PH_NAVY.id, "Philippine Navy"),
        t.fact("status", "delivered", "gave"),
        t.fact("signedOn", date("2023-11-03"), "3 November 2023"),
        t.fact("signedAt", MANILA.id, "Manila"),
        kind=DealKind.DONATION,
        items=[(t.fact("description", "coastal radars", "coastal radars"), t.fact("quantity", 5, "five"))],
        stages=[(DealStatus.SIGNED, "signed", (t.fact("onDate", date("2023-11-03"), "3 November 2023"),))],
        milestones=[(t.fact("quantity", 5, "five"), t.fact("dueOn", date("2023-11"), "November 2023"))],
    )
    return _extraction(
        t,
        {"Japan": JAPAN, "the Philippines": PHILIPPINES, "Philippine Navy": PH_NAVY, "Manila": MANILA},
        deals=(deal,),
    )


def _missiles() -> Extraction:
    t = _text(
        "missiles",
        "2022-01-29",
        "Harbour Gazette",
        "The Philippines signed a contract with BrahMos Aerospace for BrahMos missiles worth $375 million on 28 "
        "January 2022. BrahMos Aerospace is a joint venture of India and Russia.",
    )
    deal = _deal(
        t,
        1,
        "BrahMos for Philippines from BrahMos Aerospace",
        "signed a contract",
        t.fact("buyer", PHILIPPINES.id, "The Philippines"),
        t.fact("supplier", BRAHMOS_LTD.id, "BrahMos Aerospace"),
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2022-01-28"), "28 January 2022"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", BRAHMOS.id, "BrahMos missiles"),)],
        sums=[money(t, "$375 million", "375000000", "USD")],
    )
    return _extraction(
        t,
        {"The Philippines": PHILIPPINES, "BrahMos Aerospace": BRAHMOS_LTD, "BrahMos missiles": BRAHMOS}
        | {"India": INDIA, "Russia": RUSSIA},
        deals=(deal,),
        relations=(
            _relation(t, BRAHMOS_LTD, "jointVentureOf", INDIA, "a joint venture of India"),
            _relation(t, BRAHMOS_LTD, "jointVentureOf", RUSSIA, "joint venture of India and Russia"),
        ),
    )


def _more_missiles() -> Extraction:
    t = _text(
        "more-missiles",
        "2024-03-02",
        "Delta Wire",
        "India signed a contract with BrahMos Aerospace, a joint venture of India and Russia, for 220 BrahMos "
        "missiles worth Rs 19,519 crore ($2.36 billion) on 1 March 2024.",
    )
    deal = _deal(
        t,
        1,
        "BrahMos for India from BrahMos Aerospace",
        "signed a contract",
        t.fact("buyer", INDIA.id, "India"),
        t.fact("supplier", BRAHMOS_LTD.id, "BrahMos Aerospace"),
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2024-03-01"), "1 March 2024"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", BRAHMOS.id, "BrahMos missiles"), t.fact("quantity", 220, "220"))],
        sums=[
            money(t, "Rs 19,519 crore", "195190000000", "INR"),
            money(t, "$2.36 billion", "2360000000", "USD", restates=True),
        ],
    )
    return _extraction(
        t,
        {"India": INDIA, "BrahMos Aerospace": BRAHMOS_LTD, "Russia": RUSSIA, "BrahMos missiles": BRAHMOS},
        deals=(deal,),
        relations=(
            _relation(t, BRAHMOS_LTD, "jointVentureOf", INDIA, "a joint venture of India"),
            _relation(t, BRAHMOS_LTD, "jointVentureOf", RUSSIA, "joint venture of India and Russia"),
        ),
    )


def _denial() -> Extraction:
    t = _text(
        "denial",
        "2024-02-02",
        "Fjord Post",
        "Turkey bought four S-400 batteries from Russia in 2017 for $2.5 billion, a deal it stands by. The "
        "ministry denied a figure of six batteries.",
    )
    deal = _deal(
        t,
        1,
        "S-400 for Türkiye from Russia",
        "bought",
        t.fact("buyer", TURKEY.id, "Turkey"),
        t.fact("supplier", RUSSIA.id, "Russia"),
        t.fact("status", "ordered", "bought"),
        t.fact("signedOn", date("2017"), "2017"),
        kind=DealKind.CONTRACT,
        items=[
            (
                t.fact("weapon", S400.id, "S-400"),
                t.fact("quantity", 4, "four"),
                t.fact("quantity", 6, "six", modality=Modality.DENIED, speaker="The ministry"),
            )
        ],
        sums=[money(t, "$2.5 billion", "2500000000", "USD")],
    )
    return _extraction(t, {"Turkey": TURKEY, "S-400": S400, "Russia": RUSSIA}, deals=(deal,))


def _kenya() -> Extraction:
    t = _text(
        "kenya",
        "2024-05-05",
        "Delta Wire",
        "Kenya signed a contract for 118 armoured vehicles worth $92 million in April 2024; who supplies them was "
        "not said. It ordered 24 ZK-907 missiles from Nordvik Skarn Ltd as well.",
    )
    vehicles = _deal(
        t,
        1,
        "armoured vehicles for Kenya",
        "signed a contract",
        t.fact("buyer", KENYA.id, "Kenya"),
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2024-04"), "April 2024"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("description", "armoured vehicles", "armoured vehicles"), t.fact("quantity", 118, "118"))],
        sums=[money(t, "$92 million", "92000000", "USD")],
    )
    missiles = _deal(
        t,
        2,
        "ZK-907 for Kenya from Nordvik Skarn Ltd",
        "ordered",
        t.fact("buyer", KENYA.id, "Kenya"),
        t.fact("supplier", NORDVIK.id, "Nordvik Skarn Ltd"),
        t.fact("status", "ordered", "ordered"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", ZK907.id, "ZK-907"), t.fact("quantity", 24, "24", nth=2))],
    )
    return _extraction(
        t,
        {"Kenya": KENYA, "ZK-907": ZK907, "Nordvik Skarn Ltd": NORDVIK},
        deals=(vehicles, missiles),
        links=(_link(t, NORDVIK, "Q99999001", "Nordvik Skarn Ltd"), _link(t, KENYA, "Q114", "Kenya")),
    )


# ---------------------------------------------------------------------------------------------------- their making
def _text(id: str, published: str, publisher: str, text: str) -> Text:
    return Text(
        text,
        id=id,
        title=text.partition(".")[0],
        published=PartialDate(value=published),
        publisher=publisher,
        url=f"https://{publisher.split(maxsplit=1)[0].lower()}.example/{id}",
    )


def _deal(
    t: Text,
    number: int,
    label: str,
    words: str,
    *facts: Fact,
    kind: DealKind = DealKind.DEAL,
    items: Iterable[tuple[Fact, ...]] = (),
    sums: Iterable[object] = (),
    stages: Iterable[tuple[DealStatus, str, tuple[Fact, ...]]] = (),
    milestones: Iterable[tuple[Fact, ...]] = (),
    part_of: str | None = None,
) -> Deal:
    return Deal(
        id=f"deal/{t.key}-{number}",
        kind=kind,
        label=label,
        evidence=t.evidence(words),
        facts=facts,
        items=tuple(
            LineItem(id=f"item/{t.key}-{number}-{n}", facts=said, evidence=said[0].evidence)
            for n, said in enumerate(items, 1)
        ),
        values=tuple(sums),  # type: ignore[arg-type]
        stages=tuple(
            Stage(id=f"stage/{t.key}-{number}-{n}", status=status, facts=said, evidence=t.evidence(at))
            for n, (status, at, said) in enumerate(stages, 1)
        ),
        milestones=tuple(
            Milestone(id=f"milestone/{t.key}-{number}-{n}", facts=said, evidence=said[0].evidence)
            for n, said in enumerate(milestones, 1)
        ),
        part_of=part_of,
    )


def _relation(t: Text, one: Entity, predicate: str, other: Entity, words: str, **evidence: object) -> Relation:
    return Relation(
        subject_id=one.id,
        predicate=predicate,
        object_id=other.id,
        evidence=t.evidence(words, **evidence),  # type: ignore[arg-type]
    )


def _tenure(t: Text, person: Entity, title: str, state: Entity, office: str, label: str) -> Tenure:
    return Tenure(
        id=f"tenure/{person.id.partition('/')[2]}-{office}",
        person_id=person.id,
        title=title,
        office_id=f"office/{office}",
        office_label=label,
        of_id=state.id,
        is_ministerial=True,
        evidence=t.evidence(title),
    )


def _link(t: Text, linked: Entity, qid: str, words: str, *, sure: bool = True) -> Link:
    return Link(
        entity_id=linked.id,
        qid=qid,
        decision=LinkDecision.SAME if sure else LinkDecision.UNSURE,
        reason="annotated by hand",
        evidence=t.evidence(words, rule="link.sample"),
    )


def _extraction(
    t: Text,
    named: dict[str, Entity],
    *,
    deals: tuple[Deal, ...],
    relations: tuple[Relation, ...] = (),
    encounters: tuple[Encounter, ...] = (),
    tenures: tuple[Tenure, ...] = (),
    links: tuple[Link, ...] = (),
) -> Extraction:
    entities = {e.id: e for e in named.values()}
    return Extraction(
        document=t.document,
        values=Values(),
        entities=EntitySet(
            entities=tuple(entities[key] for key in sorted(entities)),
            mentions=tuple(sorted((t.mention(words, e) for words, e in named.items()), key=lambda m: m.span)),
            tenures=tenures,
        ),
        deals=deals,
        relations=relations,
        encounters=encounters,
        links=(*links, *(_link(t, e, WIKIDATA[e], words) for words, e in named.items() if e in WIKIDATA)),
    )
