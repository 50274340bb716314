"""Linking: which Wikidata item an entity is, from the lists alone and what people decided. See `docs/linking.md`."""

from armsgraph.linking.judgements import (
    HUMAN_RULE,
    LINKS_FILE,
    Judgement,
    Judgements,
    read_judgements,
    write_judgements,
)
from armsgraph.linking.offline import LIST_RULE, link_entities

__all__ = [
    "HUMAN_RULE",
    "LINKS_FILE",
    "LIST_RULE",
    "Judgement",
    "Judgements",
    "link_entities",
    "read_judgements",
    "write_judgements",
]
