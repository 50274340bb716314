"""Mentions that name one thing, before they become an entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from armsgraph.model import EntityType, Mention, MentionForm

__all__ = ["Cluster", "Unions", "gather"]


@dataclass(slots=True, eq=False)
class Cluster:
    """The mentions of one thing; what is known of it is filled in step by step, then it becomes an Entity.

    `state` is a state's code; `needs_scope` marks a name that says too little to be the same in another document,
    `is_generic` a force or body known by its kind and state ("the army").
    """

    type: EntityType
    mentions: list[Mention] = field(default_factory=list)
    record: str | None = None
    state: str | None = None
    kind: str | None = None
    label: str = ""
    id: str = ""
    hidden: set[str] = field(default_factory=set)
    needs_scope: bool = False
    is_joint_venture: bool = False
    is_generic: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Noun forms of the text, the longest first, then by first place; descriptions only where there is no name."""
        forms = {m.form for m in self.mentions}
        wanted = MentionForm.NAME if MentionForm.NAME in forms else MentionForm.NOMINAL
        ordered = sorted(
            (m for m in self.mentions if m.form is wanted),
            key=lambda m: (-len(m.text), m.text.isupper(), m.span),
        )
        return tuple(dict.fromkeys(m.text for m in ordered))

    @property
    def first(self) -> int:
        """Where it is first named."""
        return min(m.span.start for m in self.mentions)

    def is_named(self) -> bool:
        """Say whether a noun names it, be it "the army" in a text that shows whose."""
        return any(m.form is not MentionForm.ADJECTIVE for m in self.mentions)

    def choose_record(self) -> None:
        """Take the record of the longest listed name, the commoner record on a tie."""
        counts = Counter(m.record for m in self.mentions if m.record)
        listed = [(len(m.text), counts[m.record], m.record) for m in self.mentions if m.record]
        self.record = max(listed)[2] if listed else None


class Unions:
    """Union-find over mentions, in the order of the text."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = list(mentions)
        self._index = {m: i for i, m in enumerate(self.mentions)}
        self._parent = list(range(len(self.mentions)))

    def _root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, a: Mention, b: Mention) -> None:
        """Say that two mentions name one thing."""
        x, y = self._root(self._index[a]), self._root(self._index[b])
        self._parent[max(x, y)] = min(x, y)

    def join_by(self, key: Callable[[Mention], object]) -> None:
        """Join all mentions that share a key; None is no key."""
        first: dict[object, Mention] = {}
        for mention in self.mentions:
            k = key(mention)
            if k is not None:
                self.join(first.setdefault(k, mention), mention)

    def groups(self) -> list[list[Mention]]:
        """Return the groups by first mention."""
        found: dict[int, list[Mention]] = defaultdict(list)
        for i, mention in enumerate(self.mentions):
            found[self._root(i)].append(mention)
        return [found[i] for i in sorted(found)]


def gather(unions: Unions, type_: EntityType) -> list[Cluster]:
    """Turn groups into clusters of one type."""
    clusters = []
    for group in unions.groups():
        cluster = Cluster(type=type_, mentions=list(group))
        cluster.choose_record()
        clusters.append(cluster)
    return clusters
