"""Loads a graph into a store on the network so that each of its documents is there exactly as in the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from armsgraph.errors import InputError
from armsgraph.loading.client import Client
from armsgraph.loading.counting import (
    count_documents,
    count_facts,
    count_graphs,
    has_graph,
    missing_facts,
    missing_lines,
)
from armsgraph.loading.endpoints import FACTS_GRAPH, Endpoints
from armsgraph.loading.journal import Journal
from armsgraph.loading.parcels import FACTS, Bundle, Parcel
from armsgraph.loading.sending import Sender
from armsgraph.store import ONTOLOGY_GRAPH

__all__ = ["LoadPlan", "LoadSummary", "choose_facts_graph", "load_bundle", "plan_load", "withdraw_documents"]

_SHOWN_DIFFERENCES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPlan:
    """What a load will do.

    Attributes:
        facts_graph: Where the facts held true go, None for the default graph.
        there: Number of triples of each named graph of the bundle that the store has now.
        other_documents: How many documents the store has that the bundle has not.
        facts_before: How many triples the graph of the facts has now.
    """

    facts_graph: str | None
    there: dict[str, int]
    other_documents: int
    facts_before: int

    def is_new(self, parcel: Parcel) -> bool:
        """Say whether the store has nothing under the name of the parcel."""
        return not self.there.get(parcel.graph)


@dataclass(slots=True, kw_only=True)
class LoadSummary:
    """What a load did.

    Attributes:
        skipped: Graphs that an interrupted load had written already.
        differences: What is not in the store as it was sent, in words; empty if all is well.
    """

    written: int = 0
    replaced: int = 0
    skipped: int = 0
    triples: int = 0
    differences: list[str] = field(default_factory=list)
    differing: int = 0


def choose_facts_graph(client: Client, found: Endpoints, wanted: str | None) -> str | None:
    """Return the graph for the facts held true, None for the default graph.

    Where the default graph only shows what the named graphs hold, the facts need a named graph too; our own server
    keeps them in the default graph, whatever it shows.

    Args:
        wanted: What the user says: `default`, the IRI of a graph, or None to choose.
    """
    if wanted is not None:
        return None if wanted == "default" else wanted
    if has_graph(client, found, FACTS_GRAPH):
        return FACTS_GRAPH
    return FACTS_GRAPH if found.has_union and not found.is_armsgraph else None


def plan_load(client: Client, found: Endpoints, bundle: Bundle, *, facts_graph: str | None) -> LoadPlan:
    """Look at what the store has already."""
    there = count_graphs(client, found, [p.graph for p in bundle.parcels if p.graph != FACTS])
    known = sum(bool(there[p.graph]) for p in bundle.documents)
    return LoadPlan(
        facts_graph=facts_graph,
        there=there,
        other_documents=count_documents(client, found) - known if bundle.facts is not None else 0,
        facts_before=count_facts(client, found, facts_graph) if bundle.facts is not None else 0,
    )


def load_bundle(
    client: Client,
    found: Endpoints,
    bundle: Bundle,
    plan: LoadPlan,
    journal: Journal,
    *,
    chunk_bytes: int,
    on_triples: Callable[[int], None] = lambda _count: None,
) -> LoadSummary:
    """Write what the plan says, then count what is there.

    A document that the store has is withdrawn before it is written anew, so that nothing stays of what it said before.
    The facts held true come last; loading them twice is loading them once.

    Args:
        on_triples: Told how many triples went in, request by request.

    Raises:
        InputError: A document is to be replaced, and the store takes no updates.
        OnlineError: The store refuses, or does not answer; what is written stays written, and in the journal.
    """
    summary = LoadSummary()
    sender = Sender(client, found, facts_graph=plan.facts_graph, chunk_bytes=chunk_bytes)
    if found.is_armsgraph and bundle.facts is not None:
        replaced = [p.graph for p in bundle.documents if not plan.is_new(p)]
        sender.put_all(bundle, replaced)
        if plan.other_documents:
            sender.settle_names()
        summary.written, summary.replaced = len(bundle.parcels), len(replaced)
        summary.triples = sum(p.triples for p in bundle.parcels)
        on_triples(summary.triples)
        return _counted(client, found, bundle, plan, summary)
    for parcel in bundle.parcels:
        if parcel.graph == FACTS:
            continue
        if journal.has(parcel.graph, parcel.sha256) and plan.there[parcel.graph] == parcel.triples:
            summary.skipped += 1
            on_triples(parcel.triples)
            continue
        if parcel.is_document and not plan.is_new(parcel):
            sender.withdraw(parcel.graph)
        sender.put(bundle, parcel, parcel.graph, replaces=True)
        if not parcel.is_document and not plan.is_new(parcel):
            _make_sure(client, found, sender, bundle, parcel, parcel.graph)
        journal.add(parcel.graph, parcel.sha256)
        summary.written += 1
        summary.replaced += not plan.is_new(parcel)
        summary.triples += parcel.triples
        on_triples(parcel.triples)
    facts = bundle.facts
    if facts is not None:
        # a graph of our own in which no other document has a say holds these facts and nothing else
        owns_all = plan.facts_graph is not None and plan.other_documents == 0
        sender.put(bundle, facts, plan.facts_graph, replaces=owns_all)
        if owns_all and plan.facts_before:
            _make_sure(client, found, sender, bundle, facts, str(plan.facts_graph))
        if plan.other_documents:
            sender.settle_names()
        summary.triples += facts.triples
        on_triples(facts.triples)
    return _counted(client, found, bundle, plan, summary)


def _counted(client: Client, found: Endpoints, bundle: Bundle, plan: LoadPlan, summary: LoadSummary) -> LoadSummary:
    for difference in _differences(client, found, bundle, plan):
        summary.differing += 1
        if summary.differing <= _SHOWN_DIFFERENCES:
            summary.differences.append(difference)
    return summary


def _make_sure(client: Client, found: Endpoints, sender: Sender, bundle: Bundle, parcel: Parcel, graph: str) -> None:
    """Empty a graph and write it again if it holds more than it should.

    PUT of Fuseki 5 leaves whole decimals behind that others wrote in its way.
    """
    if count_graphs(client, found, [graph])[graph] != parcel.triples:
        sender.remove(graph)
        sender.put(bundle, parcel, graph, replaces=True)


def withdraw_documents(
    client: Client, found: Endpoints, documents: Sequence[str], *, facts_graph: str | None, ontology: Bundle | None
) -> None:
    """Take documents out of a store, with all that only they say.

    Args:
        ontology: The concepts of the ontology, written again if the store has the ontology, as the last document that
            used one takes it along.

    Raises:
        InputError: The store has no such document, or takes no updates.
        OnlineError: The store refuses, or does not answer.
    """
    for document in documents:
        if not has_graph(client, found, document):
            raise InputError(
                f"no document {document} in the store",
                where=found.query,
                hint="list them with: SELECT ?d { GRAPH ?d { ?d a <https://w3id.org/armsgraph/ontology#Document> } }",
            )
    sender = Sender(client, found, facts_graph=facts_graph, chunk_bytes=1 << 20)
    for document in documents:
        sender.withdraw(document)
    if ontology is not None and ontology.facts is not None and has_graph(client, found, ONTOLOGY_GRAPH):
        sender.put(ontology, ontology.facts, facts_graph, replaces=False)
    for document in documents:
        if has_graph(client, found, document):
            raise InputError(
                f"the document {document} is still there", where=found.query, hint="look into the log of the store"
            )


def _differences(client: Client, found: Endpoints, bundle: Bundle, plan: LoadPlan) -> list[str]:
    said = []
    sent = {p.graph: p for p in bundle.parcels if p.graph != FACTS}
    for graph, count in count_graphs(client, found, sent).items():
        parcel = sent[graph]
        if count != parcel.triples:
            missing = missing_lines(client, found, graph, bundle.lines(parcel)) if count < parcel.triples else []
            detail = f"; missing, for example: {', '.join(missing)}" if missing else ""
            said.append(f"{graph}: {parcel.triples} triples sent, {count} there{detail}")
    facts = bundle.facts
    if facts is None:
        return said
    name = plan.facts_graph or "default graph"
    is_alone = plan.other_documents == 0 and (plan.facts_graph is not None or plan.facts_before == 0)
    if is_alone and not (plan.facts_graph is None and found.has_union):
        count = count_facts(client, found, plan.facts_graph)
        if count == facts.triples:
            return said
        said.append(f"{name}: {facts.triples} triples sent, {count} there")
    for node, number, there in missing_facts(client, found, plan.facts_graph, bundle.lines(facts)):
        said.append(f"{name}: of {node} {number} facts sent, {there} there")
    return said
