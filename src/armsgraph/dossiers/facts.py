"""What a person works with who reads deals out of a graph: entities, documents, facts with their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from armsgraph.explain import Citation

__all__ = ["Document", "Entity", "Fact", "Sum", "held"]

_Value = TypeVar("_Value")
_Other = TypeVar("_Other")

_RANKS = ("Preferred", "Normal", "Deprecated")
_MODALITIES = ("asserted", "planned", "expected", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A state, person, firm, force, body, weapon or place.

    Attributes:
        iri: Its IRI in the graph.
        kind: Its narrowest class: `State`, `Firm`, `JointVenture`, `Minister`, `Weapon` ...
        types: All its classes, sorted.
        name: Its preferred name, or the end of its IRI where it has none.
        names: Other names, sorted.
        wikidata: The Wikidata item that it surely is (`Q668`), or None; `wikidata_maybe` those it may be.
        weapon_kinds: For weapons: `assault rifle` ...
        state_code: For states: ISO 3166-1 alpha-2.
    """

    iri: str
    kind: str
    types: tuple[str, ...] = ()
    name: str
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    wikidata_maybe: tuple[str, ...] = ()
    weapon_kinds: tuple[str, ...] = ()
    state_code: str | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article: `id` as it was given, `published` in the precision that is known, `sha256` of its text."""

    iri: str
    id: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An amount of money in major units, with ISO 4217 code; `qualifier` is `about`, `over`, `under`, `up to` or None.

    Attributes:
        upper: The upper end where the text gives a range.
    """

    iri: str
    amount: Decimal
    currency: str
    upper: Decimal | None = None
    qualifier: str | None = None

    def __str__(self) -> str:
        hedge = f"{self.qualifier} " if self.qualifier else ""
        upper = f" to {self.upper:,f}" if self.upper is not None else ""
        return f"{hedge}{self.currency} {self.amount:,f}{upper}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Generic[_Value]):
    """A value of a property, with every place in the texts that says so.

    Attributes:
        subject: IRI of the node it is said of.
        predicate: Name of the property in the ontology (`buyer`).
        value: An `Entity`, `Sum`, text, whole number; dates are ISO text in the precision of the article.
        is_held: Whether the graph states it. What is not held is a rival, a plan that came otherwise, or a denial.
        citations: The places, by document and position; none if the graph states it without a claim.
    """

    subject: str
    predicate: str
    value: _Value
    is_held: bool
    citations: tuple[Citation, ...]

    @property
    def best(self) -> Citation | None:
        """The place that says it best: by rank, modality, confidence, then the first."""
        return min(self.citations, key=_goodness, default=None)

    @property
    def quote(self) -> str:
        """The words that say it, at the best place."""
        return self.best.sentence.quote if self.best else ""

    @property
    def sentence(self) -> str:
        """The sentence around the quote, at the best place."""
        return self.best.sentence.text if self.best else ""

    @property
    def as_written(self) -> str | None:
        """How the text writes the value ("6,01,427"), at the best place."""
        return self.best.as_written if self.best else None

    @property
    def rank(self) -> str:
        """`Preferred`, `Normal` or `Deprecated`; `Normal` without a claim."""
        return self.best.rank if self.best and self.best.rank else "Normal"

    @property
    def reason(self) -> str | None:
        """Why it has its rank, if it is not simply `Normal`."""
        return self.best.reason if self.best else None

    @property
    def modality(self) -> str:
        """The strongest way it is said: `asserted`, `planned`, `expected` or `denied`."""
        said = {c.modality for c in self.citations}
        return next((m for m in _MODALITIES if m in said), "asserted")

    @property
    def confidence(self) -> float | None:
        """How likely it was read rightly, at the surest place; None without a claim."""
        return max((c.confidence for c in self.citations), default=None)

    @property
    def claims(self) -> tuple[str, ...]:
        """IRIs of the claims."""
        return tuple(c.claim for c in self.citations)

    @property
    def rivals(self) -> tuple[str, ...]:
        """IRIs of the claims that cannot be true together with it, sorted, each once."""
        return tuple(sorted({r.claim for c in self.citations for r in c.rivals}))


def held(facts: Iterable[Fact[Any]], predicate: str, kind: type[_Other]) -> tuple[Fact[_Other], ...]:
    """Return the facts of a property that the graph states and whose value is of a type, in their order."""
    return tuple(f for f in facts if f.is_held and f.predicate == predicate and isinstance(f.value, kind))


def _goodness(citation: Citation) -> tuple[int, int, float, str, int]:
    rank = _RANKS.index(citation.rank) if citation.rank in _RANKS else 1
    said = _MODALITIES.index(citation.modality) if citation.modality in _MODALITIES else 0
    return rank, said, -citation.confidence, citation.document_name, citation.start
