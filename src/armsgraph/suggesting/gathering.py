"""Goes through documents and gathers names that stand on no list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from armsgraph.entities import resolve_entities
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.mentions import find_mentions
from armsgraph.mentions.scene import Scene
from armsgraph.model import Document, EntityType, MentionForm, Parse, Sentence, Span, Values
from armsgraph.pipeline import Tools, parse_documents
from armsgraph.suggesting.guesses import find_guesses

__all__ = ["Suggestion", "suggest_names"]

_TYPES = (EntityType.FIRM, EntityType.WEAPON)
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A name that may be worth a row in a list.

    Attributes:
        name: The fullest form of the texts; `aliases` the others, sorted.
        state: Code of its state, kind of weapon: where the texts say so beside the name, else None.
        count: How often the texts name it; in how many documents: `documents`.
        rules: Ids of the rules that took it for one, sorted; those that begin with `guess.` make no entity in a graph.
        sentence: A sentence that names it, on one line.
    """

    type: EntityType
    name: str
    aliases: tuple[str, ...]
    state: str | None
    kind: str | None
    count: int
    documents: int
    rules: tuple[str, ...]
    sentence: str

    @property
    def is_guess(self) -> bool:
        """Whether only guesses speak for it."""
        return all(rule.startswith("guess.") for rule in self.rules)


@dataclass(slots=True)
class _Found:
    """What is gathered of one name."""

    type: EntityType
    names: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    first: tuple[str, int, str] | None = None


def suggest_names(documents: Iterable[Document], tools: Tools) -> tuple[Suggestion, ...]:
    """Return the unlisted firms and weapons that documents seem to name.

    They are what the extractor reads as a firm or weapon by a pattern, and what it leaves alone for want of a sign.

    Returns:
        The surer first: no mere guesses, in more documents, more often; then by name. The order of the documents makes
        no difference.
    """
    found: dict[tuple[EntityType, str], _Found] = {}
    for document, values, parse in parse_documents(documents, tools):
        _read(document, values, parse, tools, found)
    suggestions = [_suggestion(f) for f in found.values()]
    return tuple(sorted(suggestions, key=lambda s: (s.is_guess, -s.documents, -s.count, s.type, s.name)))


def _read(
    document: Document, values: Values, parse: Parse, tools: Tools, found: dict[tuple[EntityType, str], _Found]
) -> None:
    gazetteer = tools.gazetteer
    mentions = find_mentions(document, values, parse, gazetteer)
    entities = resolve_entities(document, values, parse, mentions, gazetteer, lexicon=tools.offices)
    named = {e.id: e for e in entities.entities if e.type in _TYPES and e.record is None}
    for mention in entities.mentions:
        entity = named.get(mention.entity_id or "")
        if entity is None or mention.form is not MentionForm.NAME or mention.rule.startswith("list."):
            continue
        if not _is_new(entity.label, entity.type, gazetteer):
            continue
        into = found.setdefault((entity.type, _key(entity.label, entity.type)), _Found(type=entity.type))
        _note(into, document, parse, mention.span, mention.text, mention.rule)
        into.labels[entity.label] += 1
        if entity.state:
            into.states[entity.state] += 1
        if entity.kind:
            into.kinds[entity.kind] += 1
    hits = list(gazetteer.matcher.find(document.text))
    scene = Scene(document=document, values=values, parse=parse, gazetteer=gazetteer, hits=hits)
    for guess in find_guesses(scene, hits, entities.mentions):
        name = document.text[guess.start : guess.end]
        if _is_new(name, guess.type, gazetteer):
            into = found.setdefault((guess.type, _key(name, guess.type)), _Found(type=guess.type))
            _note(into, document, parse, Span(guess.start, guess.end), name, guess.rule)


def _note(into: _Found, document: Document, parse: Parse, span: Span, name: str, rule: str) -> None:
    into.names[name] += 1
    into.rules.add(rule)
    into.documents.add(document.key)
    if into.first is None or (document.key, span.start) < into.first[:2]:
        around = _sentence_at(parse, span)
        sentence = " ".join((document.quote(around.span) if around else name).split())
        into.first = (document.key, span.start, sentence)


def _sentence_at(parse: Parse, span: Span) -> Sentence | None:
    return next((s for s in parse.sentences if s.span.start <= span.start < s.span.end), None)


def _key(name: str, kind: EntityType) -> str:
    return _singular(weapon_key(name)) if kind is EntityType.WEAPON else fold_name(name)


def _singular(key: str) -> str:
    return key[:-1] if len(key) > 3 and key.endswith("s") and not key.endswith("ss") else key


def _is_new(name: str, kind: EntityType, gazetteer: Gazetteer) -> bool:
    """Say whether no list has a name, nor, for weapons, its singular."""
    options = {name, name.removesuffix("s")} if kind is EntityType.WEAPON else {name}
    return len(name) >= _FEWEST_LETTERS and not any(gazetteer.find(option) for option in options)


def _suggestion(found: _Found) -> Suggestion:
    forms = found.labels or found.names
    best = min(forms, key=lambda n: (-forms[n], n))
    name = best[:-1] if found.type is EntityType.WEAPON and best.endswith("s") and best[:-1] in found.names else best
    shown = {fold_name(name), fold_name(name + "s")}
    return Suggestion(
        type=found.type,
        name=name,
        aliases=tuple(sorted({n for n in found.names if fold_name(n) not in shown})),
        state=_most(found.states),
        kind=_most(found.kinds),
        count=found.names.total(),
        documents=len(found.documents),
        rules=tuple(sorted(found.rules)),
        sentence=found.first[2] if found.first else "",
    )


def _most(counted: Counter[str]) -> str | None:
    return min(counted, key=lambda value: (-counted[value], value)) if counted else None
