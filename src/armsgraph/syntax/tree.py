"""The parse with its entities and values on it: which token is what, and how two tokens hang together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TypeVar

from armsgraph.model import (
    Calibre,
    DateValue,
    Document,
    Duration,
    EntitySet,
    EntityType,
    Mention,
    MentionForm,
    Money,
    Number,
    NumberKind,
    Parse,
    Span,
    Token,
    Values,
)

__all__ = ["CLAUSES", "PARTY_TYPES", "Tree"]

# Edges behind which another clause begins.
CLAUSES = frozenset({"acl", "advcl", "ccomp", "conj", "parataxis", "relcl"})

PARTY_TYPES = frozenset(
    {
        EntityType.STATE,
        EntityType.FIRM,
        EntityType.GOVERNMENT_BODY,
        EntityType.ARMED_FORCE,
        EntityType.INTERNATIONAL_ORGANISATION,
    }
)
_V = TypeVar("_V", Money, DateValue, Duration, Calibre)
_THROUGH = frozenset({"amod", "appos", "compound", "conj", "det", "flat", "nmod", "npadvmod"})
_CASES = {
    "attr": "object",
    "dative": "dative",
    "dobj": "object",
    "nsubj": "subject",
    "nsubjpass": "passive_subject",
    "poss": "possessive",
}
_CLAUSAL = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj", "pcomp"})


class Tree:
    """One document's parse, indexed. Not shared between documents; holds no state that changes after it is built."""

    def __init__(self, document: Document, values: Values, parse: Parse, entities: EntitySet) -> None:
        self.document = document
        self.parse = parse
        self.tokens = parse.tokens
        self.types = {e.id: e.type for e in entities.entities}
        self.entities = {e.id: e for e in entities.entities}
        self.tenures = entities.tenures
        self._starts = [t.span.start for t in self.tokens]
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                self.children[token.head].append(token.i)
        self.mentions_by_sentence: dict[int, list[Mention]] = {}
        self.heads: dict[Mention, int] = {}
        self.mentions_at: dict[int, list[Mention]] = {}
        for mention in entities.mentions:
            inside = self.tokens_in(mention.span)
            if not inside or mention.entity_id is None:
                continue
            self.heads[mention] = self.head_of(inside)
            self.mentions_by_sentence.setdefault(inside[0].sentence, []).append(mention)
            for token in inside:
                self.mentions_at.setdefault(token.i, []).append(mention)
        counts = self._by_token(n for n in values.numbers if n.kind is NumberKind.COUNT)
        self.numbers_at = {i: n for i, n in counts.items() if not self._is_in_name(i, n)}
        self.other_numbers_at = self._by_token(n for n in values.numbers if n.kind is not NumberKind.COUNT)
        self.money_by_sentence = self._by_sentence(values.money)
        self.dates_by_sentence = self._by_sentence(values.dates)
        self.durations_by_sentence = self._by_sentence(values.durations)
        self.calibres_by_sentence = self._by_sentence(values.calibres)

    def _is_in_name(self, i: int, number: Number) -> bool:
        """Say whether a number ends the name of a weapon ("CAR 816 rifles") and counts nothing."""
        return any(
            m.type is EntityType.WEAPON and m.span.start < number.span.start and m.span.contains(number.span)
            for m in self.mentions_at.get(i, ())
        )

    # ------------------------------------------------------------------ from characters to tokens
    def token_at(self, offset: int) -> Token | None:
        """Return the token that holds a character, else the next one."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and self.tokens[i].span.end > offset:
            return self.tokens[i]
        return self.tokens[i + 1] if i + 1 < len(self.tokens) else None

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that share a character with the span, in order."""
        i = max(0, bisect_right(self._starts, span.start) - 1)
        found = []
        while i < len(self.tokens) and self.tokens[i].span.start < span.end:
            if self.tokens[i].span.overlaps(span):
                found.append(self.tokens[i])
            i += 1
        return found

    def head_of(self, inside: list[Token]) -> int:
        """Return the token through which a stretch hangs on the rest: the last one whose head is outside."""
        members = {t.i for t in inside}
        outer = [t.i for t in inside if t.head not in members or t.head == t.i]
        return outer[-1] if outer else inside[-1].i

    # ------------------------------------------------------------------ the tree
    def ancestors(self, i: int) -> Iterator[tuple[int, str]]:
        """Yield (token, label of the edge by which it was reached from below), nearest first; the start excluded."""
        seen = {i}
        while True:
            token = self.tokens[i]
            if token.head in seen:
                return
            yield token.head, token.dep
            i = token.head
            seen.add(i)

    def subtree(self, i: int, *, stop: frozenset[str] = frozenset()) -> list[int]:
        """Return the tokens below and including `i`, in order, not going down edges with a label in `stop`."""
        found, todo = [], [i]
        while todo:
            j = todo.pop()
            found.append(j)
            todo.extend(c for c in self.children[j] if self.tokens[c].dep not in stop)
        return sorted(found)

    def case_of(self, i: int, spine: frozenset[int]) -> tuple[int, str, bool] | None:
        """Say how token `i` hangs on a set of trigger tokens.

        Returns:
            The trigger token reached, the case (`subject`, `passive_subject`, `object`, `by`, `possessive`, a
            preposition, `modifier` for what stands before a noun, `apposition`), and whether a clause lay between;
            None when the path does not reach the spine.
        """
        case, clause = "modifier", False
        current = i
        for parent, label in self.ancestors(i):
            if label in {"conj", "appos", "compound", "nmod", "det", "nummod", "amod", "npadvmod", "flat"}:
                pass
            elif label == "poss":
                case = "possessive"
            elif label in {"nsubj", "csubj"}:
                case = "subject"
            elif label in {"nsubjpass", "csubjpass"}:
                case = "passive_subject"
            elif label in {"dobj", "attr", "oprd", "obj"}:
                case = "object"
            elif label == "dative":
                case = "dative"
            elif label in {"pobj", "pcomp"}:
                word = self.tokens[parent].lemma
                case = "by" if self.tokens[parent].dep == "agent" else word
            elif label in _CLAUSAL:
                clause = True
            current = parent
            if current in spine:
                return current, case, clause
        return None

    def is_cut(self, one: int, other: int) -> bool:
        """Say whether a semicolon stands between two tokens: what the one says does not hold of the other."""
        return any(t.text == ";" for t in self.tokens[min(one, other) : max(one, other)])

    def state_of(self, entity_id: str | None) -> str | None:
        """Return the code of the state that an entity belongs to, None if it is not known."""
        entity = self.entities.get(entity_id or "")
        return entity.state if entity is not None else None

    def nouns_at(self, i: int) -> list[Mention]:
        """Return the mentions that hang on the rest by token `i` and are no adjectives."""
        return [m for m in self.mentions_at.get(i, ()) if self.heads[m] == i and m.form is not MentionForm.ADJECTIVE]

    def case_above(self, i: int) -> str:
        """Return the case by which token `i` hangs on the word next above it; cases as for `case_of`, or the label."""
        for parent, label in self.ancestors(i):
            if label in _THROUGH:
                continue
            if label == "pobj":
                return "by" if self.tokens[parent].dep == "agent" else self.tokens[parent].lemma.lower()
            return _CASES.get(label, label)
        return "modifier"

    def subject_of(self, verb: int) -> tuple[int, str] | None:
        """Return the subject of a verb and its case, looking up through control and coordination where it has none."""
        seen = set()
        while verb not in seen:
            seen.add(verb)
            # of two the one nearer to the verb: "KENYA - The navy bought", "2023: the navy bought"
            for child in reversed(self.children[verb]):
                if self.tokens[child].dep in {"nsubj", "nsubjpass"}:
                    passive = self.tokens[child].dep == "nsubjpass"
                    relative = self.tokens[child].tag in {"WDT", "WP"} and self.tokens[verb].dep == "relcl"
                    # "the firm which supplies": the noun before
                    subject = self.tokens[verb].head if relative else child
                    return subject, "passive_subject" if passive else "subject"
            token = self.tokens[verb]
            if token.dep == "acl" and token.tag == "VBN":
                return token.head, "passive_subject"
            if (token.dep == "acl" and token.tag == "VBG") or self._is_headline(verb):
                return token.head, "subject"
            if token.dep in {"xcomp", "conj", "advcl"} and token.head != token.i:
                verb = token.head
                continue
            return None
        return None

    # ------------------------------------------------------------------ inner
    def _is_headline(self, verb: int) -> bool:
        """Say whether a verb is what a headline says that a name is to do ("Kuwait to buy drones")."""
        token = self.tokens[verb]
        above = self.tokens[token.head]
        is_infinitive = any(self.tokens[c].dep == "aux" and self.tokens[c].text == "to" for c in self.children[verb])
        first = self.parse.sentences[token.sentence].first
        opens = [m for m in self.nouns_at(above.i) if m.span.start == self.tokens[first].span.start]
        named = any(m.type in PARTY_TYPES for m in opens) and above.dep in {"ROOT", "nsubj"}
        return token.dep in {"acl", "relcl"} and is_infinitive and named and self.tokens[above.i + 1].text == "to"

    def _by_token(self, values: Iterable[Number]) -> dict[int, Number]:
        return {t.i: v for v in values for t in self.tokens_in(v.span)}

    def _by_sentence(self, values: Iterable[_V]) -> dict[int, list[_V]]:
        found: dict[int, list[_V]] = {}
        for value in values:
            token = self.token_at(value.span.start)
            if token is not None:
                found.setdefault(token.sentence, []).append(value)
        return found
