"""A person judges the links that were left unsure, one by one, with the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from armsgraph.curation.listed import describe_record, records_by_item
from armsgraph.curation.reading import GraphReader, LinkedEntity, StatedLink
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.linking import Judgement, read_judgements, write_judgements
from armsgraph.model import LinkDecision

__all__ = ["ReviewSummary", "Verdict", "open_questions", "review"]

_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person says to one question: `decision` None skips it; `is_last` ends the review."""

    decision: LinkDecision | None = None
    note: str = ""
    is_last: bool = False


@dataclass(slots=True, kw_only=True)
class ReviewSummary:
    """What a review came to."""

    same: int = 0
    different: int = 0
    skipped: int = 0
    left: int = 0


def open_questions(
    entities: Iterable[LinkedEntity], decided: Iterable[tuple[str, str]]
) -> tuple[tuple[LinkedEntity, StatedLink], ...]:
    """Return the unsure links that nobody has decided about, entities in most deals first."""
    known = set(decided)
    return tuple(
        (entity, link)
        for entity in entities
        for link in entity.links
        if link.match == "closeMatch" and entity.exact is None and (entity.id, link.qid) not in known
    )


def review(
    reader: GraphReader,
    path: Path,
    gazetteer: Gazetteer,
    *,
    by: str,
    date: str,
    ask: Callable[[str], Verdict],
) -> ReviewSummary:
    """Ask about every open link, and write the file of decisions after each answer.

    Args:
        reader: The graph.
        path: File of decisions; those that are in it are kept.
        gazetteer: Tells what the lists know of an item.
        by: Who decides.
        date: ISO day of the decisions.
        ask: Shows a question and returns what the person says.

    Raises:
        DataError: The file of decisions is wrong.
        InputError: It cannot be written.
    """
    judgements = read_judgements([path]) if path.exists() else read_judgements([])
    known = records_by_item(gazetteer)
    questions = open_questions(reader.entities(), judgements.by_pair)
    summary = ReviewSummary()
    for number, (entity, link) in enumerate(questions, 1):
        record = known.get(link.qid)
        told = describe_record(record, gazetteer) if record is not None else "not in the lists"
        verdict = ask(_question(reader, entity, link, told, f"{number} of {len(questions)}"))
        if verdict.is_last:
            summary.left = len(questions) - number + 1
            break
        if verdict.decision is None:
            summary.skipped += 1
            continue
        judgement = Judgement(
            entity=entity.id, qid=link.qid, decision=verdict.decision, by=by, date=date, note=verdict.note
        )
        judgements = judgements.with_judgement(judgement)
        write_judgements(judgements, path)
        if verdict.decision is LinkDecision.SAME:
            summary.same += 1
        else:
            summary.different += 1
    return summary


def _question(reader: GraphReader, entity: LinkedEntity, link: StatedLink, told: str, count: str) -> str:
    places = reader.places(entity.iri)
    # one sentence a document
    first = {p.document: p for p in reversed(places)}
    sentences = [reader.sentence(p) for p in sorted(first.values(), key=lambda p: (p.document, p.start))]
    kind = entity.type.value
    lines = [f"{count}: {entity.label} ({kind}, {entity.id}; in {entity.deals} deals)"]
    lines += [f"  “{s}”" for s in sentences[:_MOST_SENTENCES]]
    lines += [f"  {link.qid} {told}", f"  unsure because: {link.reason}"]
    return "\n".join(lines)
