"""Finds out where a store takes queries, updates and graphs, and how it sees its graphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from armsgraph.errors import InputError, OnlineError
from armsgraph.loading.client import Client, Response, check_url, no_endpoint, refusal

__all__ = [
    "FACTS_GRAPH",
    "PROBE_GRAPH",
    "Endpoints",
    "Method",
    "check_graph_name",
    "find_endpoints",
    "probe_writing",
    "put_graph",
    "send_update",
]

# Takes the facts held true where the default graph is but a view over all graphs.
FACTS_GRAPH = "https://w3id.org/armsgraph/graph/facts"
PROBE_GRAPH = "https://w3id.org/armsgraph/graph/probe"
# twice, as a server may close a connection behind an address that it does not know
_TRIES = 2
_PROBE = "https://w3id.org/armsgraph/graph/probe#"

# Ends of addresses that people copy from a store's page; the dataset is in front of them.
_ENDS = ("/sparql", "/query", "/update", "/data", "/get", "/store", "/statements", "/rdf-graphs/service")
_QUERY_ENDS = ("", "/sparql", "/query")
_UPDATE_ENDS = ("/update", "/statements", "/sparql-auth", "", "/sparql")
_DATA_ENDS = ("/data", "/store", "/rdf-graphs/service", "/sparql-graph-crud-auth", "/sparql-graph-crud")


class Method(StrEnum):
    """How graphs are written: by the Graph Store Protocol, by SPARQL Update, or by whichever the store takes."""

    AUTO = "auto"
    GSP = "gsp"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where a store takes what.

    Attributes:
        query: Takes queries.
        update: Takes updates, None if nothing does.
        data: Takes graphs by the Graph Store Protocol, None if nothing does.
        product: What the store calls itself, "" if it does not say.
        has_union: A query without GRAPH sees all named graphs; None if that was not tried.
        update_form: Updates go as a form field, as the store does not take them as such.
    """

    base: str
    query: str
    update: str | None = None
    data: str | None = None
    product: str = ""
    has_union: bool | None = None
    update_form: bool = False

    @property
    def is_armsgraph(self) -> bool:
        """Whether it is our own server, whose store has a fixed layout."""
        return self.product.lower().startswith("armsgraph")

    @property
    def is_fuseki(self) -> bool:
        """Whether it is Apache Jena Fuseki, for one of its habits."""
        return "fuseki" in self.product.lower()


def find_endpoints(client: Client, url: str) -> Endpoints:
    """Find the query endpoint behind an address, which may be that of a dataset or of any of its endpoints.

    Raises:
        InputError: It is no address.
        OnlineError: Nothing listens there, it wants credentials, or it is no SPARQL endpoint.
    """
    url = check_url(url)
    bases = [url, *(url.removesuffix(end) for end in _ENDS if url.endswith(end))]
    failed: OnlineError | None = None
    for address in _unique(base + end for base in bases for end in _QUERY_ENDS):
        body = urlencode({"query": "ASK {}"}).encode("ascii")
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
        response = client.send("POST", address, body=body, headers=headers, tries=_TRIES)
        if response.is_ok and _is_answer(response):
            return Endpoints(base=bases[-1], query=address, product=_product(response))
        if response.status in {401, 403} or 300 <= response.status < 400:
            raise refusal(response, address, "the query")
        if failed is None and not response.is_ok:
            failed = refusal(response, address, "the query")
        if response.is_ok:
            failed = no_endpoint(address)
    raise failed or no_endpoint(url)


def probe_writing(client: Client, found: Endpoints, method: Method) -> Endpoints:
    """Find out how the store takes writes, by writing a graph of one triple and removing it again.

    Raises:
        OnlineError: It takes no writes of the wanted kind, or wants credentials for them.
    """
    refused: list[OnlineError] = []
    found = _probe_update(client, found, refused)
    if method is not Method.UPDATE:
        found = _probe_data(client, found, refused)
    wanted = {Method.GSP: found.data, Method.UPDATE: found.update, Method.AUTO: found.data or found.update}[method]
    if wanted is None:
        telling = next((e for e in refused if "401" in e.message or "403" in e.message), None)
        raise telling or OnlineError(
            {Method.GSP: "the store takes no graphs by the Graph Store Protocol"}.get(
                method, "the store takes queries, but no writes"
            ),
            where=found.query,
            hint="start it so that it takes updates (Fuseki: --update; armsgraph serve: --writable), or try --method",
        )
    return found if method is not Method.UPDATE else replace(found, data=None)


def _probe_update(client: Client, found: Endpoints, refused: list[OnlineError]) -> Endpoints:
    text = f"INSERT DATA {{ GRAPH <{PROBE_GRAPH}> {{ <{_PROBE}a> <{_PROBE}b> <{_PROBE}update> }} }}"
    for address in _unique([*(found.base + end for end in _UPDATE_ENDS), found.query]):
        for as_form in (False, True):
            candidate = replace(found, update=address, update_form=as_form)
            response = send_update(client, candidate, text, tries=_TRIES)
            if response.is_ok and _holds(client, found, "update"):
                has_union = _sees_all(client, found)
                removed = send_update(client, candidate, f"DROP SILENT GRAPH <{PROBE_GRAPH}>")
                if removed.is_ok and not _holds(client, found, "update"):
                    return replace(candidate, has_union=has_union)
            if response.status in {401, 403}:
                refused.append(refusal(response, address, "the update"))
            if response.status in {401, 403, 404, 405}:
                break
    return found


def _probe_data(client: Client, found: Endpoints, refused: list[OnlineError]) -> Endpoints:
    for address in _unique(found.base + end for end in _DATA_ENDS):
        candidate = replace(found, data=address)
        first = put_graph(client, candidate, PROBE_GRAPH, _line("first"), tries=_TRIES)
        if first.status in {401, 403}:
            refused.append(refusal(first, address, "the graph"))
        if not first.is_ok:
            continue
        put_graph(client, candidate, PROBE_GRAPH, _line("second"), tries=_TRIES)
        # a store that adds where it should replace is no graph store
        is_replaced = _holds(client, found, "second") and not _holds(client, found, "first")
        has_union = _sees_all(client, found) if found.has_union is None else found.has_union
        removed = client.send("DELETE", address, parameters={"graph": PROBE_GRAPH})
        if is_replaced and removed.is_ok and not _holds(client, found, "second"):
            return replace(candidate, has_union=has_union)
    return found


def send_update(client: Client, found: Endpoints, text: str, *, tries: int | None = None) -> Response:
    """Send a SPARQL update and return the answer, whatever it is."""
    assert found.update is not None
    if found.update_form:
        body = urlencode({"update": text}).encode("ascii")
        kind = "application/x-www-form-urlencoded"
    else:
        body = text.encode("utf-8")
        kind = "application/sparql-update; charset=utf-8"
    return client.send("POST", found.update, body=body, headers={"Content-Type": kind}, tries=tries)


def put_graph(
    client: Client,
    found: Endpoints,
    graph: str | None,
    lines: bytes,
    *,
    replaces: bool = True,
    tries: int | None = None,
) -> Response:
    """Send N-Triples by the Graph Store Protocol and return the answer; None is the default graph."""
    assert found.data is not None
    return client.send(
        "PUT" if replaces else "POST",
        found.data,
        parameters={"graph": graph} if graph is not None else {"default": ""},
        body=lines,
        headers={"Content-Type": "application/n-triples"},
        tries=tries,
    )


def _line(name: str) -> bytes:
    return f"<{_PROBE}a> <{_PROBE}b> <{_PROBE}{name}> .\n".encode("ascii")


def _holds(client: Client, found: Endpoints, name: str) -> bool:
    query = f"ASK {{ GRAPH <{PROBE_GRAPH}> {{ <{_PROBE}a> <{_PROBE}b> <{_PROBE}{name}> }} }}"
    return client.is_true(found.query, query)


def _sees_all(client: Client, found: Endpoints) -> bool:
    return client.is_true(found.query, f"ASK {{ <{_PROBE}a> <{_PROBE}b> ?any }}")


def _is_answer(response: Response) -> bool:
    start = response.body[:2000]
    return b'"boolean"' in start or b"__ASK_RETVAL" in start


def _product(response: Response) -> str:
    if "fuseki-request-id" in response.headers:
        return response.headers.get("server") or "Apache Jena Fuseki"
    if "armsgraph-build" in response.headers.get("access-control-expose-headers", "").lower():
        return "armsgraph serve"
    return response.headers.get("server", "")


def _unique(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(addresses))


def check_graph_name(iri: str) -> str:
    """Return the name of a graph.

    Raises:
        InputError: It is no absolute IRI.
    """
    scheme, colon, rest = iri.partition(":")
    if (
        not colon
        or not scheme.isascii()
        or not scheme.isalnum()
        or not rest
        or any(c in '<>"{}|^`\\' or c <= " " for c in iri)
    ):
        raise InputError(f"no name of a graph: {iri!r}", where="--graph", hint="write an absolute IRI")
    return iri
