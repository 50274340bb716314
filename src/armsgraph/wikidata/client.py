"""The three questions we ask Wikidata: items by name, facts of items, and which classes items belong to.

Interfaces: wbsearchentities and wbgetentities of the MediaWiki API, SPARQL 1.1 of the query service.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from armsgraph.errors import InputError
from armsgraph.version import __version__
from armsgraph.wikidata.asking import Asker, RefusedError
from armsgraph.wikidata.items import Hit, Item, is_item, read_hits, read_item
from armsgraph.wikidata.transport import Request

__all__ = ["API", "BATCH", "SPARQL", "Found", "WikidataClient", "user_agent"]

API = "https://www.wikidata.org/w/api.php"
SPARQL = "https://query.wikidata.org/sparql"
BATCH = 50
_MAXLAG = "5"
_HITS = "7"
_ENTITY = "http://www.wikidata.org/entity/"
_DIRECT = "http://www.wikidata.org/prop/direct/"
_ITEMS = re.compile(r"wd:(Q[1-9]\d*)")
_CONTACT = re.compile(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+|https?://[^\s()]+|mailto:[^\s()]+")
_LONGEST_NAME = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Items by the id that was asked for; `missing` are ids of items that were deleted or never were."""

    items: Mapping[str, Item]
    missing: frozenset[str]


def user_agent(contact: str) -> str:
    """Return the User-Agent that the policy of Wikimedia asks for: program, version, a way to reach who runs it.

    Raises:
        InputError: The contact is neither an e-mail address nor a web address.
    """
    if not _CONTACT.fullmatch(contact.strip()):
        raise InputError(
            f"no contact: {contact!r}", where="--contact", hint="write an e-mail address or the address of a web page"
        )
    return f"armsgraph/{__version__} ({contact.strip()}) urllib3"


class WikidataClient:
    """Asks Wikidata; every question is answered from the cache of the asker if it was asked before.

    Args:
        asker: Sends the requests.
        api: Address of the MediaWiki API.
        sparql: Address of the query service.
        languages: Codes of the languages of labels and aliases.
    """

    def __init__(
        self, asker: Asker, *, api: str = API, sparql: str = SPARQL, languages: Sequence[str] = ("en",)
    ) -> None:
        self._asker = asker
        self._api = api
        self._sparql = sparql
        self._languages = "|".join(dict.fromkeys(("en", *languages)))

    def search(self, name: str) -> tuple[Hit, ...]:
        """Return the first items whose label or alias begins with a name, in the order of the service.

        Raises:
            OnlineError: See `Asker.ask`.
        """
        fields = {
            "action": "wbsearchentities",
            "search": name[:_LONGEST_NAME],
            "language": "en",
            "uselang": "en",
            "type": "item",
            "limit": _HITS,
        }
        try:
            body = self._asker.ask(self._request(fields), _has_search)
        except RefusedError:
            return ()
        return read_hits(body)

    def items(self, qids: Collection[str]) -> Found:
        """Return items by id, asked for in batches of 50. Merged ones are found under the id that was asked for.

        Raises:
            OnlineError: See `Asker.ask`.
        """
        items: dict[str, Item] = {}
        missing: set[str] = set()
        for batch in self._batches(qids, self._answered_items()):
            self._batch(batch, items, missing)
        wanted = set(qids)
        return Found(
            items={q: item for q, item in sorted(items.items()) if q in wanted}, missing=frozenset(missing & wanted)
        )

    def classes_of(self, qids: Collection[str], roots: Sequence[str]) -> dict[str, frozenset[str]]:
        """Return which of the root classes each item is an instance of, at any depth.

        Items for which the service does not answer are left out: nothing is known of them.

        Raises:
            OnlineError: See `Asker.ask`.
        """
        found: dict[str, frozenset[str]] = {}
        for batch in self._batches(qids, self._answered_classes(roots)):
            request = Request(
                url=self._sparql,
                fields={"query": _class_query(batch, roots)},
                is_post=True,
                accept="application/sparql-results+json",
            )
            try:
                body = self._asker.ask(request, _has_bindings)
            except RefusedError:
                continue
            pairs = [(_qid(row.get("item")), _qid(row.get("root"))) for row in body["results"]["bindings"]]
            found |= {q: frozenset(root for item, root in pairs if item == q and root) for q in batch}
        wanted = set(qids)
        return {q: classes for q, classes in sorted(found.items()) if q in wanted}

    def _batches(self, qids: Iterable[str], answered: Iterable[list[str]]) -> Iterator[list[str]]:
        """Yield batches that hold all the ids: those that were answered before as they were, then new ones of 50.

        Ids keep their batch when more of them are wanted in a later run, so that none is asked for again.
        """
        left = {q for q in qids if is_item(q)}
        for batch in answered:
            if left & set(batch):
                left -= set(batch)
                yield batch
        rest = sorted(left, key=lambda q: int(q[1:]))
        for start in range(0, len(rest), BATCH):
            yield rest[start : start + BATCH]

    def _answered_items(self) -> Iterator[list[str]]:
        for fields in self._asker.answered(self._api):
            if fields.get("action") == "wbgetentities" and fields.get("languages") == self._languages:
                yield fields["ids"].split("|")

    def _answered_classes(self, roots: Sequence[str]) -> Iterator[list[str]]:
        for fields in self._asker.answered(self._sparql):
            batch = _ITEMS.findall(fields.get("query", "").partition("VALUES ?item {")[2].partition("}")[0])
            if batch and fields.get("query") == _class_query(batch, roots):
                yield batch

    def _batch(self, batch: list[str], items: dict[str, Item], missing: set[str]) -> None:
        fields = {
            "action": "wbgetentities",
            "ids": "|".join(batch),
            "props": "info|labels|aliases|descriptions|claims",
            "languages": self._languages,
            "redirects": "yes",
        }
        try:
            body = self._asker.ask(self._request(fields), lambda b: _has_entities(b, batch))
        except RefusedError:
            # one id that the service will not have refuses its whole batch
            if len(batch) == 1:
                missing.add(batch[0])
                return
            for qid in batch:
                self._batch([qid], items, missing)
            return
        for qid in batch:
            record = _record(body, qid)
            item = read_item(record) if record is not None else None
            if item is None:
                missing.add(qid)
            else:
                items[qid] = item

    def _request(self, fields: Mapping[str, str]) -> Request:
        return Request(url=self._api, fields={**fields, "format": "json", "maxlag": _MAXLAG})


def _class_query(batch: Sequence[str], roots: Sequence[str]) -> str:
    items, classes = (" ".join(f"wd:{q}" for q in qids) for qids in (batch, roots))
    return (
        f"PREFIX wd: <{_ENTITY}> PREFIX wdt: <{_DIRECT}> SELECT DISTINCT ?item ?root WHERE {{ "
        f"VALUES ?item {{ {items} }} VALUES ?root {{ {classes} }} ?item wdt:P31/wdt:P279* ?root }}"
    )


def _has_search(body: Mapping[str, Any]) -> str:
    return "" if isinstance(body.get("search"), list) else "the answer has no results"


def _has_entities(body: Mapping[str, Any], batch: Sequence[str]) -> str:
    """Say which of the items that were asked for the answer has nothing about."""
    if not isinstance(body.get("entities"), dict):
        return "the answer has no items"
    gaps = [q for q in batch if _record(body, q) is None]
    return f"the answer lacks {len(gaps)} of {len(batch)} items" if gaps else ""


def _record(body: Mapping[str, Any], qid: str) -> Mapping[str, Any] | None:
    """Return what the answer has for an id, also where it is filed under the id that the item was merged into."""
    entities = body["entities"]
    record = entities.get(qid)
    if isinstance(record, dict):
        return record
    for other in entities.values():
        moved = other.get("redirects") if isinstance(other, dict) else None
        if isinstance(moved, dict) and moved.get("from") == qid:
            return other  # type: ignore[no-any-return]
    return None


def _has_bindings(body: Mapping[str, Any]) -> str:
    results = body.get("results")
    listed = results.get("bindings") if isinstance(results, dict) else None
    is_whole = isinstance(listed, list) and all(isinstance(row, dict) for row in listed)
    return "" if is_whole else "the answer has no bindings"


def _qid(term: object) -> str:
    value = term.get("value") if isinstance(term, dict) else None
    qid = value.removeprefix(_ENTITY) if isinstance(value, str) else ""
    return qid if is_item(qid) else ""
