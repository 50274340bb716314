"""What the lists know of an item, told in a line, for people who judge a link."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.records import PersonRecord, Record, StateRecord

__all__ = ["describe_record", "records_by_item"]

_MOST_TERMS = 3


def records_by_item(gazetteer: Gazetteer) -> Mapping[str, Record]:
    """Return the rows of the lists by their Wikidata item, the first row for each."""
    tables: tuple[Mapping[str, Record], ...] = (
        gazetteer.states,
        gazetteer.firms,
        gazetteer.bodies,
        gazetteer.weapons,
        gazetteer.places,
        gazetteer.people,
    )
    found: dict[str, Record] = {}
    for table in tables:
        for record in table.values():
            if record.qid is not None:
                found.setdefault(record.qid, record)
    return MappingProxyType(found)


def describe_record(record: Record, gazetteer: Gazetteer) -> str:
    """Return a row as a line: "Rafael Advanced Defense Systems: firm, Israel"."""
    told = [record.type.value.lower()]
    if isinstance(record, PersonRecord):
        told = [
            f"{t.office}{_of(t.state, gazetteer)} {t.start or '?'} to {t.end or '?'}"
            for t in record.terms[-_MOST_TERMS:]
        ]
    elif isinstance(record, StateRecord):
        told = [record.kind]
    else:
        kind = getattr(record, "kind", None)
        told = [kind or told[0]]
        maker, region = getattr(record, "maker", None), getattr(record, "admin1", None)
        told += [part for part in (maker, region) if part]
        state = gazetteer.state(record.state)
        told += [state.name] if state is not None else []
    return f"{record.name}: {', '.join(told)}"


def _of(code: str | None, gazetteer: Gazetteer) -> str:
    state = gazetteer.state(code)
    return f" of {state.name}" if state is not None else ""
