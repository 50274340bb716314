"""Small texts in which spans are found by their words, and facts about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal

from armsgraph.model import (
    Datatype,
    Deal,
    DealKind,
    Document,
    Entity,
    EntitySet,
    EntityType,
    Evidence,
    Extraction,
    Fact,
    Hedge,
    LineItem,
    Literal,
    Mention,
    Modality,
    Money,
    Number,
    Object,
    Ref,
    Span,
    Values,
)
from armsgraph.vocab import slug


class Text:
    """A text in which spans are found by their words."""

    def __init__(self, text: str, *, id: str = "sample", **fields: object) -> None:
        sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        self.document = Document(id=id, key=f"{slug(id)}-{sha256[:8]}", text=text, sha256=sha256, **fields)  # type: ignore[arg-type]

    @property
    def key(self) -> str:
        return self.document.key

    def span(self, words: str, *, nth: int = 1) -> Span:
        start = -1
        for _ in range(nth):
            start = self.document.text.index(words, start + 1)
        return Span(start, start + len(words))

    def evidence(
        self,
        words: str,
        *,
        nth: int = 1,
        rule: str = "sample.rule",
        confidence: float = 0.9,
        modality: Modality = Modality.ASSERTED,
        speaker: str | None = None,
        speaker_id: str | None = None,
    ) -> Evidence:
        return Evidence(
            span=self.span(words, nth=nth),
            rule=rule,
            confidence=confidence,
            modality=modality,
            speaker=speaker,
            speaker_id=speaker_id,
        )

    def fact(self, predicate: str, value: Object | str | int, words: str, **evidence: object) -> Fact:
        """A fact; a str is a local id if it has a slash, an int a count."""
        if isinstance(value, int):
            value = Literal(value=str(value), datatype=Datatype.INTEGER)
        elif isinstance(value, str):
            value = Ref(id=value) if "/" in value else Literal(value=value)
        return Fact(
            predicate=predicate,
            object=value,
            evidence=self.evidence(words, **evidence),  # type: ignore[arg-type]
            as_written=words,
        )

    def mention(self, words: str, entity: Entity, *, nth: int = 1) -> Mention:
        return Mention(
            span=self.span(words, nth=nth),
            type=entity.type,
            text=words,
            rule="list.sample",
            confidence=1.0,
            entity_id=entity.id,
        )

    def number(self, words: str, value: int | str, *, hedge: Hedge = Hedge.EXACT, hedge_words: str = "") -> Number:
        """A number; `hedge_words` is the hedge with the number behind it ("over six lakh")."""
        span = self.span(hedge_words).start + len(hedge_words) - len(words) if hedge_words else self.span(words).start
        hedge_span = None
        if hedge_words:
            start = self.span(hedge_words).start
            hedge_span = Span(start, start + hedge_words.index(" "))
        return Number(
            span=Span(span, span + len(words)),
            value=Decimal(value),
            hedge=hedge,
            hedge_span=hedge_span,
            as_written=words,
        )


def date(value: str) -> Literal:
    kind = {4: Datatype.G_YEAR, 7: Datatype.G_YEAR_MONTH, 10: Datatype.DATE}[len(value)]
    return Literal(value=value, datatype=kind)


def entity(type_: EntityType, name: str, **fields: object) -> Entity:
    prefix = {
        EntityType.STATE: "state",
        EntityType.PERSON: "person",
        EntityType.FIRM: "firm",
        EntityType.GOVERNMENT_BODY: "government-body",
        EntityType.ARMED_FORCE: "armed-force",
        EntityType.INTERNATIONAL_ORGANISATION: "international-organisation",
        EntityType.WEAPON: "weapon",
        EntityType.PLACE: "place",
    }[type_]
    return Entity(id=f"{prefix}/{slug(name)}", type=type_, label=name, **fields)  # type: ignore[arg-type]


def money(
    t: Text, words: str, amount: str, currency: str, *, restates: bool = False, hedge: Hedge = Hedge.EXACT, nth: int = 1
) -> tuple[Money, Evidence]:
    value = Money(
        span=t.span(words, nth=nth),
        amount=Decimal(amount),
        currency=currency,
        restates=restates,
        hedge=hedge,
        as_written=words,
    )
    return value, t.evidence(words, nth=nth)


def with_items(t: Text, item_facts: Iterable[Fact], *, values: Values | None = None, **deal: object) -> Extraction:
    """One deal with one item that has these facts."""
    return Extraction(
        document=t.document,
        values=values or Values(),
        entities=EntitySet(),
        deals=(
            Deal(
                id=f"deal/{t.key}-1",
                kind=DealKind.DEAL,
                label="a deal",
                evidence=t.evidence("deal"),
                items=(LineItem(id=f"item/{t.key}-1-1", facts=tuple(item_facts), evidence=t.evidence("deal")),),
                **deal,  # type: ignore[arg-type]
            ),
        ),
    )
