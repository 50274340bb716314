"""A small graph with links of every sort, for the tests of what curators do with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder, write_file
from armsgraph.model import (
    Deal,
    DealKind,
    DealStatus,
    Entity,
    EntitySet,
    EntityType,
    Extraction,
    LineItem,
    Link,
    LinkDecision,
    PartialDate,
    Relation,
    Stage,
    Tenure,
    Values,
)
from sample_texts import Text, entity

SWEDEN = entity(EntityType.STATE, "Sweden", state="SE")
SAAB = entity(EntityType.FIRM, "Saab")
GRIPEN = entity(EntityType.WEAPON, "Gripen", kind="fighter aircraft")
VIGGEN = entity(EntityType.WEAPON, "Viggen")
ZIRCON = entity(EntityType.WEAPON, "Zircon 9A", kind="radar")
ANN = entity(EntityType.PERSON, "Ann Example")
APEX = entity(EntityType.FIRM, "Apex Arms", names=("=Apex",))
TOWN = entity(EntityType.PLACE, "Karlskrona")
ALL = (SWEDEN, SAAB, GRIPEN, VIGGEN, ZIRCON, ANN, APEX, TOWN)
BODY = (
    "Sweden ordered 12 Gripen fighters made by Saab. Ann Example, defence minister of Sweden, went to Karlskrona. "
    'Apex Arms makes the Zircon 9A. The Gripen replaces the Viggen, the "old" jet.'
)
UNSURE = '"Karlskrona" is only half a reason.'


def linked_extraction(id: str = "linked", url: str | None = "https://news.example/linked") -> Extraction:
    t = Text(BODY, id=id, published=PartialDate(value="2024-03-05"), url=url)
    evidence = t.evidence

    def link(node: Entity, qid: str, decision: LinkDecision, *, confidence: float, **more: object) -> Link:
        made = evidence(node.label, rule=str(more.pop("rule", "link.list")), confidence=confidence)
        return Link(entity_id=node.id, qid=qid, decision=decision, evidence=made, **more)  # type: ignore[arg-type]

    deal = Deal(
        id=f"deal/{t.key}-1",
        kind=DealKind.CONTRACT,
        label="Gripen for Sweden",
        evidence=evidence("ordered"),
        facts=(
            t.fact("buyer", SWEDEN.id, "Sweden"),
            t.fact("supplier", SAAB.id, "Saab"),
            t.fact("status", "ordered", "ordered"),
        ),
        items=(
            LineItem(
                id=f"item/{t.key}-1-1",
                facts=(t.fact("weapon", GRIPEN.id, "Gripen"), t.fact("quantity", 12, "12")),
                evidence=evidence("12"),
            ),
        ),
        stages=(Stage(id=f"stage/{t.key}-1-1", status=DealStatus.ORDERED, evidence=evidence("ordered")),),
    )
    return Extraction(
        document=t.document,
        values=Values(numbers=(t.number("12", 12),)),
        entities=EntitySet(
            entities=tuple(sorted(ALL, key=lambda e: e.id)),
            mentions=tuple(sorted((t.mention(e.label, e) for e in ALL), key=lambda m: m.span)),
            tenures=(
                Tenure(
                    id="tenure/ann-example-se-defence-minister",
                    person_id=ANN.id,
                    title="defence minister",
                    office_id="office/se-defence-minister",
                    office_label="defence minister of Sweden",
                    of_id=SWEDEN.id,
                    is_ministerial=True,
                    qid="Q777",
                    evidence=evidence("defence minister"),
                ),
            ),
        ),
        deals=(deal,),
        relations=(
            Relation(subject_id=GRIPEN.id, predicate="manufacturedBy", object_id=SAAB.id, evidence=evidence("made by")),
            Relation(subject_id=GRIPEN.id, predicate="replaces", object_id=VIGGEN.id, evidence=evidence("replaces")),
            Relation(
                subject_id=SWEDEN.id, predicate="operates", object_id=GRIPEN.id, evidence=evidence("Gripen fighters")
            ),
            Relation(
                subject_id=ZIRCON.id,
                predicate="manufacturedBy",
                object_id=APEX.id,
                evidence=evidence("Apex Arms makes"),
            ),
        ),
        links=(
            link(SWEDEN, "Q34", LinkDecision.SAME, confidence=0.98, reason="The list of states has it."),
            link(SAAB, "Q219501", LinkDecision.SAME, confidence=0.98, reason="Its name."),
            link(GRIPEN, "Q150088", LinkDecision.SAME, confidence=1.0, reason="Decided by ann.", rule="link.human"),
            link(VIGGEN, "Q2000", LinkDecision.SAME, confidence=0.97, reason="Its name."),
            link(ZIRCON, "Q3000", LinkDecision.SAME, confidence=0.96, reason="The family.", is_broader=True),
            link(TOWN, "Q54349", LinkDecision.UNSURE, confidence=0.6, reason=UNSURE),
            link(ANN, "", LinkDecision.NOT_ASKED, confidence=1.0, reason=""),
        ),
    )


def write_graph(path: Path, extractions: Iterable[Extraction]) -> Path:
    with GraphBuilder() as builder:
        for extraction in extractions:
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        write_file(builder.lines(), path)
    return path
