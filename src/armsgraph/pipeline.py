"""The order of the stages: the only place that knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from armsgraph.deals import assemble_deals
from armsgraph.entities import resolve_entities
from armsgraph.frames import find_frames
from armsgraph.lexicon.deals import DealLexicon, load_deal_lexicon
from armsgraph.lexicon.furniture import FurnitureLexicon, load_furniture_lexicon
from armsgraph.lexicon.gazetteer import Gazetteer, load_gazetteer
from armsgraph.lexicon.offices import OfficeLexicon, load_office_lexicon
from armsgraph.lexicon.relations import RelationLexicon, load_relation_lexicon
from armsgraph.lexicon.tables import check_overlays
from armsgraph.lexicon.values import ValueLexicon, load_value_lexicon
from armsgraph.lexicon.weights import DealWeights, load_deal_weights
from armsgraph.linking import LINKS_FILE, Judgements, link_entities, read_judgements
from armsgraph.mentions import find_mentions
from armsgraph.model import Document, Extraction, Parse, Values
from armsgraph.parsing import DEFAULT_MODEL, Parser, load_parser
from armsgraph.relations import find_relations
from armsgraph.values import find_values

__all__ = ["Tools", "extract", "extract_many", "load_tools", "parse_documents"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The lexicons and the parser, loaded once for a run."""

    furniture: FurnitureLexicon
    values: ValueLexicon
    gazetteer: Gazetteer
    offices: OfficeLexicon
    deals: DealLexicon
    relations: RelationLexicon
    weights: DealWeights
    judgements: Judgements
    parser: Parser


def load_tools(
    *, model: str | None = DEFAULT_MODEL, overlays: Sequence[Path] = (), links: Sequence[Path] = ()
) -> Tools:
    """Load the lists and the model.

    Args:
        model: Package name of the spaCy model; None for patterns alone.
        overlays: Folders of the user with lists of the shipped names.
        links: Files of decisions about links, over those of the folders.

    Raises:
        DataError: A list is wrong, with file and line.
        InputError: There is no such file of links.
    """
    check_overlays(overlays)
    decided = [folder / LINKS_FILE for folder in overlays if (folder / LINKS_FILE).exists()]
    return Tools(
        furniture=load_furniture_lexicon(overlays=overlays),
        values=load_value_lexicon(overlays=overlays),
        gazetteer=load_gazetteer(overlays=overlays),
        offices=load_office_lexicon(overlays=overlays),
        deals=load_deal_lexicon(overlays=overlays),
        relations=load_relation_lexicon(overlays=overlays),
        weights=load_deal_weights(overlays=overlays),
        judgements=read_judgements((*decided, *links)),
        parser=load_parser(model=model, overlays=overlays),
    )


def extract(document: Document, tools: Tools) -> Extraction:
    """Read one document."""
    return next(extract_many((document,), tools))


def extract_many(documents: Iterable[Document], tools: Tools) -> Iterator[Extraction]:
    """Read documents one after the other, in order, holding no more than a batch of them."""
    for document, values, parse in parse_documents(documents, tools):
        yield _read(document, values, parse, tools)


def parse_documents(documents: Iterable[Document], tools: Tools) -> Iterator[tuple[Document, Values, Parse]]:
    """Find the values of documents and parse them, in order, holding no more than a batch of them."""
    waiting: list[tuple[Document, Values]] = []

    def pairs() -> Iterator[tuple[Document, Values]]:
        for document in documents:
            pair = (document, find_values(document, tools.values))
            waiting.append(pair)
            yield pair

    for parse in tools.parser.parse_many(pairs()):
        yield (*waiting.pop(0), parse)


def _read(document: Document, values: Values, parse: Parse, tools: Tools) -> Extraction:
    mentions = find_mentions(document, values, parse, tools.gazetteer)
    entities = resolve_entities(document, values, parse, mentions, tools.gazetteer, lexicon=tools.offices)
    frames = find_frames(document, values, parse, entities, tools.deals)
    deals = assemble_deals(document, values, parse, entities, frames, tools.deals, tools.gazetteer, tools.weights)
    relations, encounters = find_relations(document, values, parse, entities, tools.relations, deals=deals)
    return Extraction(
        document=document,
        values=values,
        entities=entities,
        deals=deals,
        relations=relations,
        encounters=encounters,
        links=link_entities(document, entities, tools.gazetteer, lexicon=tools.offices, judgements=tools.judgements),
    )
