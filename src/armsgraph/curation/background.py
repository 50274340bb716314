"""What is known of linked items from elsewhere: a named graph of its own, marked as not read from any text.

Facts are told of the items, in the properties of Wikidata, so that no query for what texts say can meet them by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from armsgraph.curation.listed import records_by_item
from armsgraph.graph import mint
from armsgraph.graph.terms import RDF_TYPE, iri, literal, name_iri
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.records import BodyRecord, FirmRecord, PersonRecord, PlaceRecord, Record, StateRecord
from armsgraph.model import EntityType
from armsgraph.version import __version__
from armsgraph.vocab import DEFAULT_BASE, PREFIXES
from armsgraph.wikidata import Item

__all__ = ["BACKGROUND_LISTS", "BACKGROUND_WIKIDATA", "background_lines"]

BACKGROUND_LISTS = "background/lists"
BACKGROUND_WIKIDATA = "background/wikidata"
_DIRECT = "http://www.wikidata.org/prop/direct/"
_COUNTRY, _ORIGIN, _MAKER, _CLASS, _PARENT, _POSITION = "P17", "P495", "P176", "P31", "P749", "P39"
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
_NOTE = "Facts about linked items from {source}. They were read from no text and are no evidence of anything."


def background_lines(
    qids: Iterable[str],
    gazetteer: Gazetteer,
    items: Mapping[str, Item] | None = None,
    *,
    base: str = DEFAULT_BASE,
) -> Iterator[str]:
    """Yield N-Quads lines, unsorted, of what the lists and looked-up items know of the given items.

    Args:
        qids: Items to tell of.
        gazetteer: The lists: names, country, maker, class of weapon, offices held.
        items: Items that were looked up: labels in the languages asked for, country, maker, parent firm, class.
        base: Put in front of the names of the two graphs.
    """
    known = records_by_item(gazetteer)
    told = sorted(set(qids))
    from_lists = [q for q in told if q in known]
    if from_lists:
        yield from _describe(BACKGROUND_LISTS, f"the lists of armsgraph {__version__}", base)
        for qid in from_lists:
            yield from _told_by_lists(qid, known[qid], gazetteer, base)
    looked_up = [q for q in told if items and q in items]
    if looked_up and items:
        yield from _describe(BACKGROUND_WIKIDATA, "Wikidata, where they were looked up", base)
        for qid in looked_up:
            yield from _told_by_item(qid, items[qid], base)


def _describe(graph: str, source: str, base: str) -> Iterator[str]:
    node = iri(mint(graph, base))
    yield f"{node} {RDF_TYPE} {name_iri('prov:Entity')} {node} ."
    yield f"{node} {name_iri('rdfs:label')} {literal(f'Background from {source}')} {node} ."
    yield f"{node} {name_iri('rdfs:comment')} {literal(_NOTE.format(source=source))} {node} ."


def _told_by_lists(qid: str, record: Record, gazetteer: Gazetteer, base: str) -> Iterator[str]:
    line = _writer(qid, iri(mint(BACKGROUND_LISTS, base)))
    yield line(name_iri("rdfs:label"), literal(record.name))
    for alias in record.aliases:
        yield line(name_iri("skos:altLabel"), literal(alias))
    if isinstance(record, StateRecord):
        return
    if isinstance(record, PersonRecord):
        for office in dict.fromkeys(t.office_qid for t in record.terms if t.office_qid):
            yield line(_property(_POSITION), _item(office))
        return
    state = gazetteer.state(record.state)
    if state is not None and state.qid is not None:
        is_at_home = isinstance(record, (FirmRecord, BodyRecord, PlaceRecord))
        yield line(_property(_COUNTRY if is_at_home else _ORIGIN), _item(state.qid))
    maker = getattr(record, "maker", None)
    firms = gazetteer.find(maker, EntityType.FIRM) if maker else ()
    if len(firms) == 1 and firms[0].qid is not None:
        yield line(_property(_MAKER), _item(firms[0].qid))
    kind = gazetteer.kind(getattr(record, "kind", None)) if record.type is EntityType.WEAPON else None
    if kind is not None and kind.qid is not None:
        yield line(_property(_CLASS), _item(kind.qid))


def _told_by_item(qid: str, item: Item, base: str) -> Iterator[str]:
    line = _writer(qid, iri(mint(BACKGROUND_WIKIDATA, base)))
    for language, label in item.labels.items():
        if not _LANGUAGE.fullmatch(language):
            continue
        yield line(name_iri("rdfs:label"), f"{literal(label)}@{language}")
    for prop, values in (
        (_COUNTRY, item.countries),
        (_MAKER, item.makers),
        (_PARENT, item.parents),
        (_CLASS, item.classes),
    ):
        for value in values:
            yield line(_property(prop), _item(value))


def _writer(qid: str, graph: str) -> Callable[[str, str], str]:
    """Return a function that makes lines about one item in one graph."""
    return lambda predicate, value: f"{_item(qid)} {predicate} {value} {graph} ."


def _item(qid: str) -> str:
    return iri(PREFIXES["wd"] + qid)


def _property(name: str) -> str:
    return iri(_DIRECT + name)
