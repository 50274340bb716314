"""Who and what the articles of the competency questions speak of, and how their annotations are made."""

from __future__ import annotations

from collections.abc import Iterable

from armsgraph.model import (
    Deal,
    DealKind,
    DealStatus,
    Encounter,
    Entity,
    EntitySet,
    EntityType,
    Extraction,
    Fact,
    LineItem,
    Link,
    LinkDecision,
    Milestone,
    PartialDate,
    Relation,
    Stage,
    Tenure,
    Values,
)
from sample_texts import Text, entity

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


def make_text(id: str, published: str, publisher: str, text: str) -> Text:
    return Text(
        text,
        id=id,
        title=text.partition(".")[0],
        published=PartialDate(value=published),
        publisher=publisher,
        url=f"https://{publisher.split(maxsplit=1)[0].lower()}.example/{id}",
    )


def make_deal(
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


def make_relation(t: Text, one: Entity, predicate: str, other: Entity, words: str, **evidence: object) -> Relation:
    return Relation(
        subject_id=one.id,
        predicate=predicate,
        object_id=other.id,
        evidence=t.evidence(words, **evidence),  # type: ignore[arg-type]
    )


def make_tenure(t: Text, person: Entity, title: str, state: Entity, office: str, label: str) -> Tenure:
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


def make_link(t: Text, linked: Entity, qid: str, words: str, *, sure: bool = True) -> Link:
    return Link(
        entity_id=linked.id,
        qid=qid,
        decision=LinkDecision.SAME if sure else LinkDecision.UNSURE,
        reason="annotated by hand",
        evidence=t.evidence(words, rule="link.sample"),
    )


def make_extraction(
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
        links=(*links, *(make_link(t, e, WIKIDATA[e], words) for words, e in named.items() if e in WIKIDATA)),
    )
