"""Reads a request of the SPARQL 1.1 Protocol: pure functions from bytes to what is asked, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl

from armsgraph.server.problems import Problem

__all__ = [
    "FORM",
    "SPARQL_QUERY",
    "SPARQL_UPDATE",
    "QueryRequest",
    "UpdateRequest",
    "media_type_of",
    "parse_fields",
    "parse_request",
    "parse_update",
]

FORM = "application/x-www-form-urlencoded"
SPARQL_QUERY = "application/sparql-query"
SPARQL_UPDATE = "application/sparql-update"

_MOST_FIELDS = 200
_UTF8 = frozenset(("utf-8", "utf8", "us-ascii", "ascii"))
# What clients call the wished format; SPARQLWrapper sends three of them at once.
_FORMAT_NAMES = ("format", "output", "results")
_SPECIFICATION = "see section 2 of the SPARQL 1.1 Protocol"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRequest:
    """A query with its dataset: None where the request names no graph at all, else tuples that may be empty."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequest:
    """An update with the dataset of its WHERE clauses."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


_Fields = list[tuple[str, str]]


def parse_request(method: str, query: bytes, content_type: str | None, body: bytes) -> QueryRequest | Problem | None:
    """Read a request to the query endpoint.

    Args:
        method: GET, HEAD or POST.
        query: What stands behind "?" in the address, still encoded.
        content_type: The Content-Type header of a POST.
        body: The whole body of a POST.

    Returns:
        The query; None for a GET without one, which asks for the service description; or a problem with a 4xx status.
    """
    fields = parse_fields(query)
    if isinstance(fields, Problem):
        return fields
    if method in ("GET", "HEAD"):
        if not fields or not {name for name, _ in fields} & _KNOWN:
            return None
        return _query(fields, fields)
    read = _read_body(content_type, body, kind=SPARQL_QUERY, name="query")
    if isinstance(read, Problem):
        return read
    if isinstance(read, str):
        if any(name == "query" for name, _ in fields):
            return Problem(status=400, title="there is a query in the address and one in the body", hint=_SPECIFICATION)
        return _query([*fields, ("query", read)], fields)
    return _query([*fields, *read], [*read, *fields])


_KNOWN = frozenset(
    ("query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri")
)


def _query(fields: _Fields, formats: _Fields) -> QueryRequest | Problem:
    text = _read_text(fields, one="query", other="update", strangers=("using-graph-uri", "using-named-graph-uri"))
    if isinstance(text, Problem):
        return text
    default, named = _dataset(fields, "default-graph-uri", "named-graph-uri")
    format = next((value for name, value in formats if name in _FORMAT_NAMES and value.strip()), None)
    return QueryRequest(text=text, default_graphs=default, named_graphs=named, format=format)


def parse_update(query: bytes, content_type: str | None, body: bytes) -> UpdateRequest | Problem:
    """Read a POST to the update endpoint; arguments as for `parse_request`."""
    fields = parse_fields(query)
    if isinstance(fields, Problem):
        return fields
    if any(name == "update" for name, _ in fields):
        return Problem(status=400, title="an update stands in the body and not in the address", hint=_SPECIFICATION)
    read = _read_body(content_type, body, kind=SPARQL_UPDATE, name="update")
    if isinstance(read, Problem):
        return read
    fields += [("update", read)] if isinstance(read, str) else read
    text = _read_text(fields, one="update", other="query", strangers=("default-graph-uri", "named-graph-uri"))
    if isinstance(text, Problem):
        return text
    default, named = _dataset(fields, "using-graph-uri", "using-named-graph-uri")
    return UpdateRequest(text=text, default_graphs=default, named_graphs=named)


def _read_text(fields: _Fields, *, one: str, other: str, strangers: Collection[str]) -> str | Problem:
    """Return the one query or update among the fields, or what is wrong with them."""
    names = [name for name, _ in fields]
    if other in names:
        where = "/update, by POST" if other == "update" else "/sparql"
        return Problem(status=400, title=f"the parameter {other} has no place here", hint=f"it goes to {where}")
    for stranger in strangers:
        if stranger in names:
            return Problem(status=400, title=f"the parameter {stranger} has no place here", hint=_SPECIFICATION)
    if names.count(one) != 1:
        title = f"there is no parameter {one}" if one not in names else f"there is more than one parameter {one}"
        return Problem(status=400, title=title, hint=_SPECIFICATION)
    text = next(value for name, value in fields if name == one)
    if not text.strip():
        return Problem(status=400, title=f"the {one} is empty", line=1, column=1, outcome="syntax-error")
    return text


def _dataset(fields: _Fields, default: str, named: str) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    defaults = tuple(value for name, value in fields if name == default)
    nameds = tuple(value for name, value in fields if name == named)
    # Naming one kind of graph leaves the other kind empty.
    return (defaults, nameds) if defaults or nameds else (None, None)


def _read_body(content_type: str | None, body: bytes, *, kind: str, name: str) -> str | _Fields | Problem:
    """Return the text of a direct POST, the fields of a form, or what is wrong."""
    media_type, charset = media_type_of(content_type)
    if media_type not in (kind, FORM):
        said = f"the type {media_type}" if media_type else "no Content-Type"
        return Problem(
            status=415,
            title=f"a body with {said} is not taken here",
            hint=f"send {kind}, or a form ({FORM}) with a field {name}",
            headers=(("accept-post", f"{kind}, {FORM}"),),
        )
    if charset not in _UTF8:
        return Problem(status=415, title=f"the charset {charset} is not taken", hint="send UTF-8")
    if media_type == FORM:
        return parse_fields(body)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        return Problem(status=400, title=f"the body is not in UTF-8: {error.reason} at byte {error.start}")


def media_type_of(content_type: str | None) -> tuple[str, str]:
    """Return media type and charset of a Content-Type header in lower case; utf-8 where it says none."""
    first, *parameters = (content_type or "").split(";")
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return first.strip().lower(), charset


def parse_fields(encoded: bytes) -> _Fields | Problem:
    """Decode `name=value` pairs once, in their order, blank and repeated ones kept; UTF-8 or a problem."""
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError as error:
        return Problem(status=400, title=f"the parameters are not in UTF-8: {error.reason} at byte {error.start}")
    except ValueError:
        return Problem(status=400, title=f"there are more than {_MOST_FIELDS} parameters")
