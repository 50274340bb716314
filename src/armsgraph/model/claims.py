"""Nodes, assertions and ranked claims."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from armsgraph.model.facts import Evidence, Object

__all__ = ["Assertion", "Claim", "Node", "Rank"]


class Rank(StrEnum):
    """Rank of a claim among its rivals; the value is the local name in the Wikibase ontology."""

    PREFERRED = "PreferredRank"
    NORMAL = "NormalRank"
    DEPRECATED = "DeprecatedRank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node to be typed and named: `types` are class names, most special first, the bold ones above included."""

    id: str
    types: tuple[str, ...]
    label: str | None = None
    alt_labels: tuple[str, ...] = ()
    hidden_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A fact about any node, before ranking. `predicate` is a local name of `arms:`, or `rdf:type`, or a skos match."""

    subject: str
    predicate: str
    object: Object
    evidence: Evidence
    as_written: str | None = None
    qualifiers: tuple[tuple[str, Object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A ranked assertion.

    Attributes:
        id: `claim/<hash of document key, subject, predicate, object and span>`.
        rank_reason: Why it is not simply Normal ("looks like mis-grouped digits ..."), else None.
        conflicts_with: Ids of rival claims, sorted.
        is_best: Whether its triple is also stated directly.
    """

    id: str
    assertion: Assertion
    rank: Rank
    rank_reason: str | None = None
    conflicts_with: tuple[str, ...] = ()
    is_best: bool = True
