"""RDF terms as N-Triples text, checked when they are made."""

from __future__ import annotations

import re
from urllib.parse import quote

from armsgraph.errors import InputError, InternalError
from armsgraph.vocab import ARMS, PREFIXES

__all__ = [
    "RDF_TYPE",
    "XSD",
    "check_base",
    "iri",
    "literal",
    "mint",
    "name_iri",
    "split_line",
    "typed",
    "web_iri",
]

RDF_TYPE = f"<{PREFIXES['rdf']}type>"
XSD = PREFIXES["xsd"]

# Not allowed in an IRI by RFC 3987 as N-Triples has it; lone surrogates cannot be encoded at all.
_BAD_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')
_LOCAL = re.compile(r"[a-z-]+/[^\x00-\x20<>\"{}|^`\\\ud800-\udfff/?#]+")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]+[/#]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def check_base(base: str) -> str:
    """Return the base IRI of instances if it can be one.

    Raises:
        InputError: It is not absolute, does not end with a slash or hash, or holds a character no IRI may have.
    """
    if not _BASE.fullmatch(base):
        raise InputError(
            f"not a base IRI: {base!r}",
            hint="write an absolute IRI that ends with / or #, such as https://example.org/id/",
        )
    return base


def mint(local_id: str, base: str) -> str:
    """Return the IRI of a local id (`deal/x`) without angle brackets; a full IRI is returned as it is.

    Raises:
        InternalError: The id cannot be part of an IRI.
    """
    if "://" in local_id:
        if _BAD_IRI.search(local_id):
            raise InternalError(f"no IRI: {local_id!r}", hint="please report it")
        return local_id
    if not _LOCAL.fullmatch(local_id):
        raise InternalError(f"no local id: {local_id!r}", hint="please report it")
    return base + local_id


def iri(value: str) -> str:
    """Return an IRI in angle brackets.

    Raises:
        InternalError: It holds a character that no IRI may have.
    """
    if _BAD_IRI.search(value):
        raise InternalError(f"no IRI: {value!r}", hint="please report it")
    return f"<{value}>"


def web_iri(address: str) -> str | None:
    """Return a web address as IRI in angle brackets, odd characters percent-encoded; None if it is not absolute."""
    address = address.strip()
    if not _ABSOLUTE.fullmatch(address):
        return None
    return "<" + _BAD_IRI.sub(lambda m: quote(m.group().encode("utf-8", "replace")), address) + ">"


def name_iri(name: str) -> str:
    """Return the IRI of a class or property in angle brackets: a local name of `arms:`, or `prefix:local`."""
    prefix, colon, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if colon else f"<{ARMS}{name}>"


def literal(value: str) -> str:
    """Return a plain string literal. A lone surrogate, which no encoding can carry, becomes U+FFFD."""
    return f'"{_ESCAPED.sub(_escape, value)}"' if _ESCAPED.search(value) else f'"{value}"'


def typed(value: str, datatype: str) -> str:
    """Return a literal with a datatype of XSD by its local name; `string` is a plain literal."""
    return literal(value) if datatype == "string" else f"{literal(value)}^^<{XSD}{datatype}>"


def split_line(line: str) -> tuple[str, str, str, str]:
    """Return subject, predicate, object and graph ("" for the default graph) of an N-Quads line made here."""
    subject, predicate, rest = line.split(" ", 2)
    rest = rest[:-2]
    if rest[0] == '"':
        end = rest.rindex('"') + 1
        tail, _, graph = rest[end:].partition(" ")
        return subject, predicate, rest[:end] + tail, graph
    if rest.startswith("<<("):
        end = rest.rindex(")>>") + 3
        return subject, predicate, rest[:end], rest[end:].lstrip(" ")
    value, _, graph = rest.partition(" ")
    return subject, predicate, value, graph


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _SHORT.get(char) or f"\\u{ord(char):04X}"
