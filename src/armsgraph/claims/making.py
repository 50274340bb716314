"""From an extraction to nodes and ranked claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from armsgraph.claims.assertions import collect_assertions, object_key
from armsgraph.claims.figures import Figure, read_literal
from armsgraph.claims.headlines import headline_span
from armsgraph.claims.nodes import make_nodes, status_iri
from armsgraph.claims.ranking import Standing, Verdict, rank_rivals
from armsgraph.claims.speakers import attribution, official_ids, person_ids
from armsgraph.claims.sums import DealSum, deal_sums
from armsgraph.errors import InternalError
from armsgraph.model import (
    Assertion,
    Claim,
    Deal,
    Extraction,
    Hedge,
    Literal,
    Modality,
    Node,
    Rank,
    Ref,
    Span,
)

__all__ = ["FUNCTIONAL", "make_claims"]

# Properties of which a node has one true value; `value` is compared by sum, `status` by stage.
FUNCTIONAL = frozenset(
    {"quantity", "value", "signedOn", "duration", "startsOn", "endsOn", "onDate", "dueOn", "offset", "status"}
)


def make_claims(extraction: Extraction) -> tuple[tuple[Node, ...], tuple[Claim, ...]]:
    """Turn everything read out of one document into nodes and ranked claims.

    Returns:
        The nodes sorted by id, and the claims in the order of the text. Every fact becomes a claim, a fact said twice
        two claims; `is_best` marks those whose triple is also stated directly.

    Raises:
        InternalError: A fact points outside the text.
    """
    assertions = collect_assertions(extraction)
    for assertion in assertions:
        _check_span(extraction, assertion)
    verdicts = [_alone(a) for a in assertions]
    groups: dict[tuple[str, str], list[int]] = {}
    for i, assertion in enumerate(assertions):
        groups.setdefault((assertion.subject, assertion.predicate), []).append(i)
    reader = _Reader(extraction)
    for (subject, predicate), members in groups.items():
        chosen = [assertions[i] for i in members]
        if predicate == "status":
            found = _rank_statuses(chosen, reader.stages_of(subject))
        elif predicate in FUNCTIONAL:
            hedges = [assertions[i] for i in groups.get((subject, "quantityQualifier"), ())]
            found = rank_rivals([reader.standing(a, hedges if predicate == "quantity" else ()) for a in chosen])
        else:
            found = _match_denials(chosen)
        for i, verdict in zip(members, found, strict=True):
            verdict.conflicts = {members[j] for j in verdict.conflicts}
            verdicts[i] = verdict
    _settle_qualifiers(assertions, verdicts, groups)
    ids = [_claim_id(extraction.document.key, a) for a in assertions]
    claims = tuple(
        Claim(
            id=ids[i],
            assertion=assertion,
            rank=verdicts[i].rank,
            rank_reason=verdicts[i].reason,
            conflicts_with=tuple(sorted(ids[j] for j in verdicts[i].conflicts)),
            is_best=verdicts[i].is_best,
        )
        for i, assertion in enumerate(assertions)
    )
    return make_nodes(extraction), claims


def _claim_id(document_key: str, assertion: Assertion) -> str:
    span = assertion.evidence.span
    parts = (
        document_key,
        assertion.subject,
        assertion.predicate,
        object_key(assertion.object),
        f"{span.start}-{span.end}",
    )
    return "claim/" + hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _check_span(extraction: Extraction, assertion: Assertion) -> None:
    span = assertion.evidence.span
    if span.end > len(extraction.document.text):
        raise InternalError(
            f"a fact points behind the end of the text: {assertion.predicate} of {assertion.subject}",
            where=f"{extraction.document.location} {span.start}-{span.end}",
            hint=f"please report it with the rule {assertion.evidence.rule!r}",
        )


def _alone(assertion: Assertion) -> Verdict:
    is_denied = assertion.evidence.modality is Modality.DENIED
    return Verdict(is_best=not is_denied, reason="denied" if is_denied else None)


def _match_denials(assertions: Sequence[Assertion]) -> list[Verdict]:
    """Let what is said and denied of a many-valued property conflict; the denial is never stated directly."""
    verdicts = [_alone(a) for a in assertions]
    denied = [i for i, a in enumerate(assertions) if a.evidence.modality is Modality.DENIED]
    for i in denied:
        for j, other in enumerate(assertions):
            if other.evidence.modality is not Modality.DENIED and other.object == assertions[i].object:
                verdicts[i].conflicts.add(j)
                verdicts[j].conflicts.add(i)
    return verdicts


def _rank_statuses(assertions: Sequence[Assertion], stages: Mapping[str, tuple[str, int]]) -> list[Verdict]:
    """Let the latest stage win: by date where stages have one, else the last in the order of the stages."""
    verdicts = [_alone(a) for a in assertions]
    live = [i for i, v in enumerate(verdicts) if v.is_best]
    if len({assertions[i].object for i in live}) < 2:
        return verdicts

    def order(i: int) -> tuple[bool, str, int, int]:
        assertion = assertions[i]
        date, number = stages.get(object_key(assertion.object), ("", -1))
        return (assertion.evidence.modality is Modality.ASSERTED, date, number, -assertion.evidence.span.start)

    latest = max(live, key=order)
    for i in live:
        verdicts[i].is_best = assertions[i].object == assertions[latest].object
        if not verdicts[i].is_best:
            verdicts[i].reason = "an earlier or less certain stage than the direct status"
    verdicts[latest].rank = Rank.PREFERRED
    verdicts[latest].reason = "the latest stage"
    return verdicts


def _settle_qualifiers(
    assertions: Sequence[Assertion], verdicts: list[Verdict], groups: Mapping[tuple[str, str], Sequence[int]]
) -> None:
    """State a quantity's qualifier directly only where it belongs to the quantity that is stated directly."""
    for (subject, predicate), members in groups.items():
        quantities = groups.get((subject, "quantity"), ())
        if predicate != "quantityQualifier" or not quantities:
            continue
        for i in members:
            span = assertions[i].evidence.span
            owner = min(quantities, key=lambda q: (_gap(assertions[q].evidence.span, span), q))
            if verdicts[i].is_best and not verdicts[owner].is_lead:
                verdicts[i].is_best = False
                verdicts[i].reason = "qualifies a figure that is not the direct one"


def _gap(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)


class _Reader:
    """Reads assertions of one document as standings."""

    def __init__(self, extraction: Extraction) -> None:
        self._headline = headline_span(extraction.document)
        self._officials = official_ids(extraction)
        self._named = person_ids(extraction)
        self._sums: dict[str, DealSum] = {s.id: s for deal in extraction.deals for s in deal_sums(deal)}
        self._deals: dict[str, Deal] = {deal.id: deal for deal in extraction.deals}

    def standing(self, assertion: Assertion, qualifiers: Iterable[Assertion]) -> Standing:
        evidence = assertion.evidence
        figure, restates = self._figure(assertion, qualifiers)
        return Standing(
            key=object_key(assertion.object),
            figure=figure,
            modality=evidence.modality,
            attribution=attribution(evidence, self._officials, self._named),
            is_headline=self._headline is not None and self._headline.overlaps(evidence.span),
            span=evidence.span,
            restates=restates,
        )

    def stages_of(self, deal_id: str) -> dict[str, tuple[str, int]]:
        """Return date and number of the latest stage for each status of a deal."""
        found: dict[str, tuple[str, int]] = {}
        deal = self._deals.get(deal_id)
        for number, stage in enumerate(deal.stages if deal else ()):
            dates = [f.object.value for f in stage.facts if f.predicate == "onDate" and isinstance(f.object, Literal)]
            key = f"iri {status_iri(stage.status.value)}"
            found[key] = max(found.get(key, ("", -1)), (max(dates, default=""), number))
        return found

    def _figure(self, assertion: Assertion, qualifiers: Iterable[Assertion]) -> tuple[Figure, str | None]:
        if isinstance(assertion.object, Ref):
            total = self._sums.get(assertion.object.id)
            if total is None:
                return Figure(scale="", text=assertion.object.id), None
            money = total.money
            figure = Figure(
                scale=money.currency,
                text=format(money.amount.normalize(), "f"),
                number=Decimal(money.amount),
                upper=money.upper,
                hedge=money.hedge,
            )
            return figure, total.restates
        if isinstance(assertion.object, Literal):
            return read_literal(assertion.object, _hedge_of(assertion, qualifiers)), None
        return Figure(scale="", text=assertion.object.iri), None


def _hedge_of(assertion: Assertion, qualifiers: Iterable[Assertion]) -> Hedge:
    """Return the hedge beside a quantity: the qualifier whose span touches it, else exact."""
    for qualifier in qualifiers:
        is_near = _gap(qualifier.evidence.span, assertion.evidence.span) <= 1
        if is_near and isinstance(qualifier.object, Literal):
            return Hedge(qualifier.object.value)
    return Hedge.EXACT
