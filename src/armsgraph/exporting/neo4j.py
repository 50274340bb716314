"""A network as the two CSV files that `neo4j-admin database import` takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from armsgraph.errors import InputError
from armsgraph.exporting.network import EDGE_FIELDS, NODE_FIELDS, Network
from armsgraph.exporting.tables import safe_text
from armsgraph.wholefile import whole_file

__all__ = ["NODES_FILE", "RELATIONSHIPS_FILE", "write_neo4j"]

NODES_FILE = "nodes.csv"
RELATIONSHIPS_FILE = "relationships.csv"
_TYPES = {"string": "", "strings": ":string[]", "double": ":double", "long": ":long", "boolean": ":boolean"}


def write_neo4j(network: Network, folder: Path, *, with_bom: bool = False) -> None:
    """Write `nodes.csv` and `relationships.csv` into a folder, which is made if it is not there.

    The heads tell ids, labels and types. Lists are joined with `;`, line ends become spaces, and a text that starts
    like a formula gets an apostrophe in front, as people open such files in spreadsheets too.

    Raises:
        InputError: The folder cannot be written.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder: {error.strerror}", where=str(folder), hint="name another") from error
    node_head = ["iri:ID", *(f"{name}{_TYPES[kind]}" for name, kind in NODE_FIELDS.items()), ":LABEL"]
    nodes = (
        [node.id, *(_cell(node.attributes.get(name)) for name in NODE_FIELDS), ";".join(node.types)]
        for node in network.nodes
    )
    _write(folder / NODES_FILE, node_head, nodes, with_bom)
    edge_head = [":START_ID", ":END_ID", ":TYPE", *(f"{name}{_TYPES[kind]}" for name, kind in EDGE_FIELDS.items())]
    edges = (
        [edge.source, edge.target, edge.type, *(_cell(edge.attributes.get(name)) for name in EDGE_FIELDS)]
        for edge in network.edges
    )
    _write(folder / RELATIONSHIPS_FILE, edge_head, edges, with_bom)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]], with_bom: bool) -> None:
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=True)
        if with_bom:
            text.write("\ufeff")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
        text.flush()
        text.detach()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        # a semicolon would part one value into two
        return ";".join(_text(part).replace(";", ",") for part in value)
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    return safe_text(" ".join(text.split()))
