"""Writes parcels into a store, in requests that are as small as the store wants them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from armsgraph.errors import InputError
from armsgraph.loading.client import Client, Response, refusal
from armsgraph.loading.endpoints import Endpoints, put_graph, send_update
from armsgraph.loading.parcels import Bundle, Parcel
from armsgraph.store import withdrawal_update
from armsgraph.vocab import PREFIXES

__all__ = ["Sender"]

_SMALLEST = 2048
# TDB2 of Jena 5 does not find a decimal like 12 again when it is to go, as it reads it as 12.0; 12.0 it does find.
_WHOLE_DECIMAL = re.compile(rb'"([+-]?\d+)"(\^\^<http://www\.w3\.org/2001/XMLSchema#decimal> \.\n)')
_NAMES = "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in ("rdfs", "skos"))

# As in a build of all documents together: the longest name is the label, of equally long ones the first; no name twice.
_SETTLE = (
    _NAMES
    + """DELETE { %(o)s ?s rdfs:label ?less %(c)s } INSERT { %(o)s ?s skos:altLabel ?less %(c)s } WHERE {
  %(o)s ?s rdfs:label ?less , ?more . %(c)s
  FILTER (STRLEN(STR(?more)) > STRLEN(STR(?less))
    || (STRLEN(STR(?more)) = STRLEN(STR(?less)) && STR(?more) < STR(?less)))
} ;
DELETE { %(o)s ?s skos:altLabel ?name %(c)s } WHERE { %(o)s ?s rdfs:label ?name ; skos:altLabel ?name . %(c)s } ;
DELETE { %(o)s ?s skos:hiddenLabel ?name %(c)s } WHERE {
  %(o)s ?s skos:hiddenLabel ?name ; rdfs:label|skos:altLabel ?name . %(c)s
}"""
)


class Sender:
    """Writes into one store. A request that the store finds too large is sent again in smaller pieces."""

    def __init__(self, client: Client, found: Endpoints, *, facts_graph: str | None, chunk_bytes: int) -> None:
        self._client = client
        self._found = found
        self._facts_graph = facts_graph
        self._chunk_bytes = chunk_bytes

    def put(self, bundle: Bundle, parcel: Parcel, graph: str | None, *, replaces: bool) -> None:
        """Write a parcel into a graph, None for the default graph, in place of what it holds or beside it.

        Raises:
            OnlineError: The store refuses, or does not answer.
        """
        if not parcel.size and graph is not None and replaces:
            # not every store takes an empty graph for a graph
            self.remove(graph)
            return
        while True:
            is_first = True
            for piece in bundle.chunks(parcel, self._chunk_bytes):
                chunk = _WHOLE_DECIMAL.sub(rb'"\1.0"\2', piece) if self._found.is_fuseki else piece
                response = self._write(graph, chunk, replaces=replaces and is_first)
                if response.status == 413 and len(chunk) > _SMALLEST and not parcel.has_blank_nodes:
                    self._chunk_bytes = max(_SMALLEST, min(self._chunk_bytes, len(chunk)) // 2)
                    break
                if not response.is_ok:
                    raise refusal(
                        response, self._found.data or self._found.update or "", f"the graph {graph or 'default'}"
                    )
                is_first = False
            else:
                return

    def withdraw(self, document: str) -> None:
        """Take a document out, with all that only it says.

        Raises:
            InputError: The store takes no updates.
            OnlineError: The store refuses, or does not answer.
        """
        self._update(withdrawal_update(document, facts_graph=self._facts_graph))

    def put_all(self, bundle: Bundle, replaced: Iterable[str]) -> None:
        """Write a whole bundle in one update, once the documents that it replaces are withdrawn.

        Our own server lets nothing in that does not conform by itself, and evidence without facts does not.

        Raises:
            InputError: The store takes no updates.
            OnlineError: The store refuses, or does not answer.
        """
        for document in replaced:
            self.withdraw(document)
        data = []
        for parcel in bundle.parcels:
            graph = parcel.graph or self._facts_graph
            lines = "\n".join(map(_for_sparql, bundle.lines(parcel)))
            data.append(f"GRAPH <{graph}> {{\n{lines}\n}}" if graph else lines)
        self._update("INSERT DATA {\n" + "\n".join(data) + "\n}")

    def settle_names(self) -> None:
        """Give each node one label where documents call it differently.

        Raises:
            InputError: The store takes no updates.
            OnlineError: The store refuses, or does not answer.
        """
        opening, closing = ("", "") if self._facts_graph is None else (f"GRAPH <{self._facts_graph}> {{", "}")
        self._update(_SETTLE % {"o": opening, "c": closing})

    def _update(self, text: str) -> None:
        if self._found.update is None:
            raise InputError(
                "the store has documents of this graph already, and to replace them takes SPARQL Update, "
                "which it does not take",
                where=self._found.query,
                hint="let it take updates, or load into an empty dataset",
            )
        response = send_update(self._client, self._found, text)
        if not response.is_ok:
            raise refusal(response, self._found.update, "the update")

    def remove(self, graph: str) -> None:
        """Empty a named graph, there or not.

        Raises:
            OnlineError: The store refuses, or does not answer.
        """
        if self._found.data is not None:
            response = self._client.send("DELETE", self._found.data, parameters={"graph": graph})
        else:
            response = send_update(self._client, self._found, f"DROP SILENT GRAPH <{graph}>")
        if not response.is_ok and response.status != 404:
            raise refusal(response, self._found.data or self._found.update or "", f"the graph {graph}")

    def _write(self, graph: str | None, lines: bytes, *, replaces: bool) -> Response:
        if self._found.data is not None:
            return put_graph(self._client, self._found, graph, lines, replaces=replaces)
        text = _for_sparql(lines.decode("utf-8"))
        data = f"GRAPH <{graph}> {{\n{text}}}" if graph is not None else text
        clearing = f"DROP SILENT GRAPH <{graph}> ;\n" if replaces and graph is not None else ""
        return send_update(self._client, self._found, f"{clearing}INSERT DATA {{\n{data}}}")


def _for_sparql(lines: str) -> str:
    r"""Return N-Triples as they may stand in an update, where \u is resolved before a backslash is looked at."""
    return lines.replace("\\\\u", "\\\\\\u0075").replace("\\\\U", "\\\\\\u0055")
