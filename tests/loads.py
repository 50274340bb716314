"""Loading into a store that stands in for one on the network, for the tests of `load`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from armsgraph.loading import (
    Bundle,
    Client,
    Journal,
    LoadSummary,
    Method,
    choose_facts_graph,
    find_endpoints,
    load_bundle,
    plan_load,
    probe_writing,
)
from armsgraph.store import ONTOLOGY_GRAPH
from armsgraph.vocab import DEFAULT_BASE
from question_texts import articles, golden_lines
from stores.standin import Seen, StandIn

ARMSGRAPH = Path(sys.executable).parent / "armsgraph"
KENYAN = next(e for e in articles() if e.document.id == "kenya")
DOCUMENT = f"{DEFAULT_BASE}document/{KENYAN.document.key}"


def quads(lines: Sequence[str]) -> Iterator[ox.Quad]:
    return iter(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


@contextmanager
def golden_bundle() -> Iterator[Bundle]:
    """The bundle of the golden graph."""
    with Bundle(base=DEFAULT_BASE) as made:
        made.fill(quads(golden_lines()))
        yield made


def client(**settings: object) -> Client:
    settings.setdefault("sleep", lambda _seconds: None)
    return Client(**settings)  # type: ignore[arg-type]


def load(
    store: StandIn,
    bundle: Bundle,
    journal: Path,
    *,
    method: Method = Method.AUTO,
    chunk_bytes: int = 1 << 22,
    facts: str | None = None,
    with_client: Client | None = None,
) -> LoadSummary:
    sender = with_client or client()
    found = probe_writing(sender, find_endpoints(sender, store.url), method)
    plan = plan_load(sender, found, bundle, facts_graph=choose_facts_graph(sender, found, facts))
    with Journal(journal, target=store.url, facts_graph=plan.facts_graph) as log:
        summary = load_bundle(sender, found, bundle, plan, log, chunk_bytes=chunk_bytes)
        if not summary.differences:
            log.remove()
    sender.close()
    return summary


def expected(lines: Sequence[str]) -> list[str]:
    """What a store holds of a build, the ontology left out, in the spelling of Oxigraph."""
    store = ox.Store()
    store.extend(quads(lines))
    return sorted(str(q) for q in store)


def held(store: StandIn, lines: Sequence[str] | None = None) -> list[str]:
    """What the store holds but for the ontology and the concepts that none of the lines names."""
    used = set(expected(golden_lines() if lines is None else lines))
    kept = [q for q in store.store if q.graph_name != ox.NamedNode(ONTOLOGY_GRAPH)]
    return sorted(line for line in map(str, kept) if DEFAULT_BASE in line or line in used or "software" in line)


def answering(status: int, body: bytes = b"", **headers: str) -> Callable[[Seen], tuple[int, dict[str, str], bytes]]:
    return lambda _seen: (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)
