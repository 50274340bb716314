"""A network as GraphML, for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from armsgraph.exporting.network import EDGE_FIELDS, NODE_FIELDS, Network

__all__ = ["write_graphml"]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TYPES = {"string": "string", "strings": "string", "double": "double", "long": "long", "boolean": "boolean"}


def write_graphml(network: Network, file: IO[bytes]) -> None:
    """Write a network as GraphML; lists are joined with `; `."""
    for line in _lines(network):
        file.write(line.encode("utf-8") + b"\n")


def _lines(network: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for owner, fields in (("node", NODE_FIELDS), ("edge", {"type": "string", "label": "string"} | EDGE_FIELDS)):
        for name, kind in fields.items():
            # Gephi reads the name of an edge from "label"
            yield f'  <key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>'
    yield '  <graph edgedefault="directed">'
    for node in network.nodes:
        yield f"    <node id={_attribute(node.id)}>"
        yield from _data("node", node.attributes)
        yield "    </node>"
    for number, edge in enumerate(network.edges, 1):
        yield f'    <edge id="e{number}" source={_attribute(edge.source)} target={_attribute(edge.target)}>'
        yield from _data("edge", {"type": edge.type, "label": edge.type, **edge.attributes})
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _data(owner: str, attributes: dict[str, Any]) -> Iterator[str]:
    for name, value in attributes.items():
        yield f'      <data key="{owner}_{name}">{escape(_NOT_XML.sub(chr(0xFFFD), _text(value)))}</data>'


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
