"""Annotated texts, read as far as their entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from armsgraph.documents import Record, make_document
from armsgraph.entities import resolve_entities
from armsgraph.evaluation import GoldText, read_gold_folders
from armsgraph.mentions import find_mentions
from armsgraph.model import Document, EntitySet, Parse, Values
from armsgraph.pipeline import Tools
from armsgraph.values import find_values

__all__ = ["Prepared", "prepare_texts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An annotated text with everything that comes before its frames."""

    gold: GoldText
    document: Document
    values: Values
    parse: Parse
    entities: EntitySet


def prepare_texts(folder: Path, tools: Tools) -> Iterator[Prepared]:
    """Yield the annotated texts of a folder, by name."""
    golds = read_gold_folders((folder,))
    documents = [
        make_document(Record(id=g.id, text=g.text, published=g.published, location=str(folder)), tools.furniture)
        for g in golds
    ]
    values = [find_values(d, tools.values) for d in documents]
    parses = tools.parser.parse_many(iter(zip(documents, values, strict=True)))
    for gold, document, value, parse in zip(golds, documents, values, parses, strict=True):
        mentions = find_mentions(document, value, parse, tools.gazetteer)
        entities = resolve_entities(document, value, parse, mentions, tools.gazetteer)
        yield Prepared(gold=gold, document=document, values=value, parse=parse, entities=entities)
