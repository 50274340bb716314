"""How long the pages and the reconciliation take over a large graph: every kind of page, the worst of them by name.

Run: python -m bench.pages_speed [--triples 1000000] [--keep FOLDER]

The graph is made up: each document has 13 deals, all between one state and one firm, so that these two are named by
every document, and every list is as long as it can be. Each address is asked for several times, and the middle and the
slowest are told; the index of names is made before and told by itself, as the server makes it once for a build.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pyoxigraph as ox
from bench.graph_speed import article
from starlette.routing import compile_path

from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder
from armsgraph.server.jobs import Site
from armsgraph.server.pages.catalogue import catalogue_of
from armsgraph.server.reconciling.index import index_of
from armsgraph.server.registry import page_jobs, page_routes
from armsgraph.store import write_store
from armsgraph.vocab import DEFAULT_BASE

_TRIPLES_A_DOCUMENT = 2_330
_ROUNDS = 5
_SLOW_MS = 1_000


def build(store: Path, documents: int) -> None:
    with GraphBuilder() as builder:
        for number in range(documents):
            extraction = article(number)
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        write_store(builder.lines(), store)


@contextmanager
def store_of(triples: int, keep: Path | None) -> Iterator[ox.Store]:
    with tempfile.TemporaryDirectory() as folder:
        path = (keep or Path(folder)) / f"pages-{triples}"
        if not path.exists():
            build(path, max(1, triples // _TRIPLES_A_DOCUMENT))
        yield ox.Store.read_only(str(path))


class Caller:
    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._site = Site(build="bench")
        self._jobs = page_jobs()
        self._routes = [(compile_path(route.pattern)[0], route) for route in page_routes()]

    def call(self, address: str, form: Mapping[str, str] | None = None) -> tuple[int, int]:
        """Return status and size of the body."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        fields = {f"?{name}": value for name, value in parse_qsl(parts.query)}
        fields |= {f"?{name}": value for name, value in (form or {}).items()}
        fields |= {
            "@accept": "text/html",
            "@method": "POST" if form else "GET",
            "@path": path,
            "@url": f"http://x{address}",
        }
        for pattern, route in self._routes:
            if found := pattern.match(path):
                reply = self._jobs[route.job](self._store, self._site, fields | found.groupdict() | dict(route.fields))
                body = reply.body if isinstance(reply.body, bytes) else b"".join(reply.body)
                return reply.status, len(body)
        raise AssertionError(f"no route answers {path}")


def addresses(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Yield the kinds of pages with an address of each; of entities the one that most documents name."""

    def first(name: str) -> str:
        rows = store.query(
            f"SELECT ?node WHERE {{ ?node a <https://w3id.org/armsgraph/ontology#{name}> }} LIMIT 1",
            use_default_graph_as_union=True,
        )
        assert isinstance(rows, ox.QuerySolutions)
        return str(next(iter(rows))["node"].value).removeprefix(DEFAULT_BASE)

    state, deal, document = first("State"), first("Deal"), first("Document")
    yield "first page", "/"
    yield "list of deals", "/deals"
    yield "list of deals, page 20", "/deals?page=20"
    yield "list of documents", "/documents"
    yield "search", "/search?q=hawk"
    yield "search, nothing equal", "/search?q=fredonio"
    yield "thing, 303", f"/id/{state}"
    yield "not there, 404", "/id/state/nowhere"
    for kind, local in (
        ("state of all deals", state),
        ("firm of all deals", first("Firm")),
        ("weapon", first("Weapon")),
    ):
        yield kind, f"/about/{local}"
        yield f"{kind}, Turtle", f"/about/{local}.ttl"
    yield "all deals of the state", f"/pointing?by=deals&iri={quote(DEFAULT_BASE + state)}"
    yield "deal", f"/about/{deal}"
    yield "deal, JSON-LD", f"/about/{deal}.jsonld"
    yield "document", f"/about/{document}"
    yield "document, Turtle", f"/about/{document}.ttl"
    yield "claim", f"/about/{first('Claim')}"
    yield "mention", f"/about/{first('Mention')}"
    yield "item", f"/about/{first('LineItem')}"
    yield "class of the ontology", "/about/ontology/Claim"
    yield "property of the ontology", "/about/ontology/quantity"
    yield "status", "/about/deal-status/signed"
    yield "reconciliation, suggest", "/reconcile/suggest/entity?prefix=free"
    yield "reconciliation, preview", f"/reconcile/preview?id={quote(state)}"


def batch() -> dict[str, str]:
    """Return ten questions, as many as OpenRefine sends at once."""
    names = (
        "Freedonia",
        "Fredonia",
        "Acme",
        "Hawk 105",
        "Hawk 999",
        "Lockheed Martin",
        "Rajnath Singh",
        "AK-203",
        "IAF",
        "x",
    )
    queries = {f"q{n}": {"query": name, "properties": [{"pid": "state", "v": "FD"}]} for n, name in enumerate(names)}
    return {"queries": json.dumps(queries)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="folder in which the store is kept, and found by the next run")
    given = parser.parse_args()
    with store_of(given.triples, given.keep) as store:
        print(f"{len(store):,} triples")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for words, make in (("names of the pages", catalogue_of), ("index of the reconciliation", _index)):
            started = time.perf_counter()
            make(store)
            print(f"{words}: {time.perf_counter() - started:.2f} s, once for a build")
        print(f"both take {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MiB")
        caller = Caller(store)
        slow = []
        rows: list[tuple[str, str, dict[str, str] | None]] = [(words, a, None) for words, a in addresses(store)]
        rows.append(("reconciliation, ten names", "/reconcile", batch()))
        for words, address, form in rows:
            times: list[float] = []
            cpu: list[float] = []
            for _ in range(_ROUNDS):
                started, ran = time.perf_counter(), time.process_time()
                status, size = caller.call(address, form)
                cpu.append((time.process_time() - ran) * 1000)
                times.append((time.perf_counter() - started) * 1000)
            middle = f"{median(times):6.0f} ms (CPU {median(cpu):4.0f}), at most {max(times):5.0f}"
            print(f"{middle}  {status} {size:8,d} bytes  {words}")
            if median(times) > _SLOW_MS:
                slow.append(words)
    if slow:
        print(f"slower than a second: {', '.join(slow)}")
    return bool(slow)


def _index(store: ox.Store) -> object:
    return index_of(store, DEFAULT_BASE)


if __name__ == "__main__":
    raise SystemExit(main())
