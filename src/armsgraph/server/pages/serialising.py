"""Writes the description of a node in a form for machines."""

from __future__ import annotations

import io
from collections.abc import Iterable
from urllib.parse import urljoin

import pyoxigraph as ox

from armsgraph.graph import read_lines, write_stream
from armsgraph.vocab import PREFIXES

__all__ = ["document_quads", "serialise"]


def serialise(quads: Iterable[ox.Quad], extension: str, *, base: str) -> bytes:
    """Return quads in the format of an extension (`ttl`, `nt`, `rdf`, `jsonld`, `nq`, `trig`)."""
    file = io.BytesIO()
    write_stream(sorted(set(read_lines(quads))), file, format=extension, base=base)
    return file.getvalue()


def document_quads(url: str, about: str, iri: str, *, remark: str | None, following: str | None) -> list[ox.Quad]:
    """Return what the description says of itself: of what it is, and, if it is cut, where it goes on.

    Args:
        url: Address of the request, against which the others are taken.
        about: Address of the description.
        iri: What is described.
        remark: What is missing, None where nothing is.
        following: Address of the next part.
    """
    document = ox.NamedNode(_absolute(url, about))
    quads = [ox.Quad(document, ox.NamedNode(PREFIXES["schema"] + "mainEntity"), ox.NamedNode(iri))]
    if remark is not None:
        comment = ox.Literal(remark, language="en")
        quads.append(ox.Quad(document, ox.NamedNode(PREFIXES["rdfs"] + "comment"), comment))
    if following is not None:
        see = ox.NamedNode(PREFIXES["rdfs"] + "seeAlso")
        quads.append(ox.Quad(document, see, ox.NamedNode(_absolute(url, following))))
    return quads


def _absolute(url: str, address: str) -> str:
    """Return an address in full; with a client that sent a Host nobody can use, a name that at least is an IRI."""
    try:
        return ox.NamedNode(urljoin(url, address)).value
    except ValueError:
        return urljoin("http://localhost/", address)
