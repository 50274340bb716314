"""What an explanation holds."""

from __future__ import annotations

from dataclasses import dataclass

from armsgraph.explain.sentences import Sentence

__all__ = ["Citation", "Conflict", "ExplainedFact", "Explanation", "Rival"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A claim that cannot be true together with another: its IRI, its object and how the text writes that."""

    claim: str
    object: str
    object_label: str | None
    as_written: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place that says a fact.

    Attributes:
        claim: IRI of the claim.
        document: IRI of the document; `document_name` its id, `url` where it was published, if known.
        start: First code point of the quotation in the stored text, `end` the one behind it.
        sentence: The sentence around the quotation.
        speaker: Who says it, None for the writer.
        rule_reasons: The features that weighed most where fitted weights took the fact, each as `feature +1.2`.
        rank: `Preferred`, `Normal` or `Deprecated`; `reason` why.
    """

    claim: str
    document: str
    document_name: str
    url: str | None
    start: int
    end: int
    sentence: Sentence
    as_written: str | None
    rule: str
    confidence: float
    rule_reasons: tuple[str, ...]
    modality: str
    speaker: str | None
    rank: str
    reason: str | None
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedFact:
    """A triple with all places that say it.

    Attributes:
        object: IRI, or the lexical form of a literal; `object_label` its name, if it has one, or the sum it stands for.
        is_direct: Whether the graph states it, or only keeps the claim.
        citations_left_out: How many more claims say it, if fewer were asked for.
    """

    subject: str
    subject_label: str | None
    predicate: str
    object: str
    object_is_iri: bool
    object_label: str | None
    is_direct: bool
    citations: tuple[Citation, ...]
    citations_left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A property on which the texts disagree.

    Attributes:
        facts: Every value that is told of it, also those that agree with one of the rivals: what the graph holds true
            first, then by rank, then by the order in the text.
    """

    subject: str
    predicate: str
    facts: tuple[ExplainedFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that is said of a node.

    Attributes:
        types: Names of its classes, sorted.
        facts: Of the node and of its parts (items, sums, stages, deliveries), then those that point to it; by the
            order in the text within each.
        quotes: How the texts call it, with the number of times, the most frequent first.
        conflicts: What the texts disagree on, in the order of the facts.
        is_cut: Whether there are more claims than were asked for.
    """

    iri: str
    label: str | None
    types: tuple[str, ...]
    facts: tuple[ExplainedFact, ...]
    quotes: tuple[tuple[str, int], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    is_cut: bool = False
