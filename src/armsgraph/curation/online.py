"""Looks up in Wikidata what the lists do not link: candidates by name, weighed by class, country, maker and office.

Nothing found by name alone is ever sure: an item must also be of the right class and belong to a state that the texts
speak of, and of a person it must tell a position held at the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from armsgraph.curation.reading import GraphReader, LinkedEntity, Place
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.wikidata_classes import WikidataClass
from armsgraph.linking.scoring import MARGIN, Sign, decide, reason_of, sign, total
from armsgraph.model import EntityType, LinkDecision
from armsgraph.wikidata import Item, Position, WikidataClient

__all__ = ["ONLINE_RULE", "OnlineFinding", "OnlineLink", "look_up"]

ONLINE_RULE = "link.online"
_MOST_NAMES = 3
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineLink:
    """What was found for an entity, and where the text first names it."""

    entity: LinkedEntity
    item: Item
    decision: LinkDecision
    confidence: float
    signs: tuple[Sign, ...]
    place: Place

    @property
    def reason(self) -> str:
        """The signs as a sentence."""
        return reason_of(self.signs)


@dataclass(slots=True, kw_only=True)
class OnlineFinding:
    """What a look-up came to.

    Attributes:
        links: SAME and UNSURE, by id of the entity.
        items: All items that were looked up, by the id asked for.
        unknown_classes: Classes of the list whose item does not bear their label; they were not used.
    """

    asked: int = 0
    links: list[OnlineLink] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    unknown_classes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What the documents that mention an entity say besides."""

    countries: frozenset[str]
    items: frozenset[str]
    days: tuple[str, ...]


def look_up(
    reader: GraphReader,
    entities: Iterable[LinkedEntity],
    client: WikidataClient,
    gazetteer: Gazetteer,
    classes: Sequence[WikidataClass],
    *,
    also: Iterable[str] = (),
) -> OnlineFinding:
    """Ask Wikidata about entities that have no sure link and that no person has decided about.

    Args:
        reader: The graph.
        entities: Its entities.
        client: Asks.
        gazetteer: Gives the items of states.
        classes: Classes by type of entity.
        also: Further items to look up, for background.

    Raises:
        OnlineError: The service does not answer; what it answered is kept for the next run.
    """
    everyone = tuple(entities)
    wanted = [e for e in everyone if e.exact is None and not any(k.is_human for k in e.links) and e.documents]
    finding = OnlineFinding(asked=len(wanted))
    candidates = {e.iri: _search(e, client) for e in wanted}
    qids = {q for found in candidates.values() for q in found}
    found = client.items(sorted(qids | {c.qid for c in classes} | set(also)))
    finding.items = dict(found.items)
    used = [c for c in classes if c.qid in found.items and c.is_called(_names(found.items[c.qid]))]
    finding.unknown_classes = [c.qid for c in classes if c not in used]
    roots = sorted({c.qid for c in used})
    belongs = client.classes_of(sorted({found.items[q].qid for q in qids if q in found.items}), roots) if roots else {}
    states = reader.states_of_documents()
    for entity in wanted:
        items = {found.items[q].qid: found.items[q] for q in candidates[entity.iri] if q in found.items}
        places = reader.places(entity.iri)
        if items and places:
            around = _around(reader, entity, everyone, states, gazetteer)
            fitting = frozenset(c.qid for c in used if c.type is entity.type)
            link = _choose(entity, tuple(items.values()), around, belongs, fitting, places[0])
            if link is not None:
                finding.links.append(link)
    taken = {e.exact.qid: e.iri for e in everyone if e.exact is not None}
    finding.links = sorted(_part_shared_items(finding.links, taken), key=lambda k: k.entity.id)
    return finding


def _part_shared_items(links: Sequence[OnlineLink], taken: Mapping[str, str]) -> Iterator[OnlineLink]:
    """Yield the links, an item that is surely something else left unsure: two things are not one item."""
    owners = dict(taken)
    for link in sorted(links, key=lambda k: (-k.confidence, k.entity.id)):
        if link.decision is LinkDecision.SAME and owners.setdefault(link.item.qid, link.entity.iri) != link.entity.iri:
            signs = (*link.signs, sign("item of another", "something else in the graph is more surely that item"))
            decision, confidence = decide(signs)
            yield replace(link, signs=signs, decision=decision, confidence=confidence)
        else:
            yield link


def _search(entity: LinkedEntity, client: WikidataClient) -> tuple[str, ...]:
    """Return candidates under the first of the entity's names that gives any."""
    names = [n for n in dict.fromkeys((entity.label, *entity.names)) if len(n) >= _SHORTEST_NAME]
    for name in names[:_MOST_NAMES]:
        hits = client.search(name)
        if hits:
            return tuple(h.qid for h in hits)
    return ()


def _names(item: Item) -> tuple[str, ...]:
    return (*item.labels.values(), *item.aliases)


def _around(
    reader: GraphReader,
    entity: LinkedEntity,
    everyone: Sequence[LinkedEntity],
    states: Mapping[str, frozenset[str]],
    gazetteer: Gazetteer,
) -> _Around:
    documents = set(entity.documents)
    rows = [gazetteer.state(code) for d in documents for code in states.get(d, ())]
    countries = {q for row in rows if row is not None for q in (row.qid, *row.other_qids) if q}
    items = {
        e.exact.qid for e in everyone if e.exact is not None and e.iri != entity.iri and documents & set(e.documents)
    }
    days = sorted(filter(None, (reader.published(d) for d in documents)))
    return _Around(countries=frozenset(countries), items=frozenset(items), days=tuple(days))


def _choose(
    entity: LinkedEntity,
    items: Sequence[Item],
    around: _Around,
    belongs: Mapping[str, frozenset[str]],
    fitting: frozenset[str],
    place: Place,
) -> OnlineLink | None:
    weighed = [(item, tuple(_weigh(entity, item, around, belongs, fitting))) for item in items]
    options = [(item, signs) for item, signs in weighed if signs]
    if not options:
        return None
    options.sort(key=lambda o: (-total(o[1]), int(o[0].qid[1:])))
    item, signs = options[0]
    if len(options) > 1 and total(signs) - total(options[1][1]) < MARGIN:
        other = options[1][0]
        signs = (*signs, sign("namesake", f"{other.qid} ({other.label}) fits nearly as well"))
    decision, confidence = decide(signs)
    if decision is LinkDecision.DIFFERENT:
        return None
    return OnlineLink(entity=entity, item=item, decision=decision, confidence=confidence, signs=signs, place=place)


def _weigh(
    entity: LinkedEntity,
    item: Item,
    around: _Around,
    belongs: Mapping[str, frozenset[str]],
    fitting: frozenset[str],
) -> Sequence[Sign]:
    """Return the signs that an entity is an item; none if it does not bear the name."""
    own = {fold_name(n) for n in (entity.label, *entity.names)}
    is_person = entity.type is EntityType.PERSON
    if own & {fold_name(n) for n in item.labels.values()}:
        words = f'the item is called "{item.label}"'
        signs = [sign("label of the person's item" if is_person else "label of the item", words)]
    elif own & {fold_name(n) for n in item.aliases}:
        signs = [sign("alias of the item", f'the item "{item.label}" has it as an alias')]
    else:
        return ()
    classes = belongs.get(item.qid)
    if classes is not None and fitting:
        if classes & fitting:
            signs.append(sign("class fits", f"it is a {entity.type.value.lower()} in Wikidata too"))
        elif classes:
            signs.append(sign("other class", "it is something else in Wikidata"))
        else:
            signs.append(sign("class unknown", "what it is in Wikidata is not told by the classes that are known here"))
    if item.countries and around.countries:
        if set(item.countries) & around.countries:
            signs.append(sign("country in the text", "the texts speak of its country"))
        else:
            signs.append(sign("country not in the text", "the texts do not speak of its country"))
    if set(item.makers) & around.items:
        signs.append(sign("maker of the item", "the texts name its maker"))
    if is_person and item.positions and around.days:
        if any(_held(p, day) for p in item.positions for day in around.days):
            signs.append(sign("position at the time", "it held a position on the day of the text"))
        else:
            signs.append(sign("no position at the time", "it held no position on the day of the text"))
    return signs


def _held(position: Position, day: str) -> bool:
    """Say whether a position with a known start was held on a day."""
    if not position.start:
        return False
    begun = position.start[: len(day)] <= day[: len(position.start)]
    over = position.end and position.end[: len(day)] < day[: len(position.end)]
    return begun and not over
