"""The form for SPARQL queries, and answers as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from armsgraph.explain import shorten
from armsgraph.server.jobs import Reply, Site
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.facts import Value
from armsgraph.server.pages.rendering import html_reply, render, render_pieces
from armsgraph.server.pages.words import literal_words, shortened
from armsgraph.server.problems import Problem
from armsgraph.store import list_questions
from armsgraph.vocab import ID_KINDS, PREFIXES

__all__ = ["MOST_ROWS", "Cut", "query_form_job", "render_query_problem", "render_results"]

MOST_ROWS = 1_000
_LONGEST_ADDRESS = 4_000
_WIDEST = 400
_FLUSH = 16_384
_ROW_FORMS = (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"))
_GRAPH_FORMS = (("ttl", "Turtle"), ("nt", "N-Triples"), ("jsonld", "JSON-LD"), ("rdf", "RDF/XML"))
_START = """\
SELECT ?deal ?label ?signed
WHERE {
  ?deal a arms:Deal ; rdfs:label ?label .
  OPTIONAL { ?deal arms:signedOn ?signed }
}
ORDER BY DESC(?signed)
LIMIT 20
"""


def query_form_job(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with the form, in it the shipped question that `?example` names."""
    questions = {q.name: q for q in list_questions()}
    chosen = questions.get(fields.get("?example", ""))
    text = chosen.text if chosen else _prefixes(_START, site) + _START
    return html_reply("query.html", site, title="Query", section="sparql", problem=None, **_form(site, text))


def render_results(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, site: Site, query: str
) -> Iterator[bytes]:
    """Yield the page that shows the answer of a query: as many as `MOST_ROWS` rows, and how to get all."""
    context: dict[str, Any] = {"title": "Answer", "section": "sparql", **_form(site, query)}
    context |= {"truth": None, "columns": (), "rows": (), "cut": Cut()}
    if isinstance(result, ox.QueryBoolean):
        context["truth"] = bool(result)
    elif isinstance(result, ox.QueryTriples):
        context |= {"columns": ("subject", "predicate", "object"), "downloads": _GRAPH_FORMS}
        context["rows"] = _rows(((t.subject, t.predicate, t.object) for t in result), site, context["cut"])
    else:
        context["columns"] = tuple(v.value for v in result.variables)
        context["rows"] = _rows((tuple(solution) for solution in result), site, context["cut"])
    buffer: list[str] = []
    size = 0
    for piece in render_pieces("answer.html", site, context):
        buffer.append(piece)
        size += len(piece)
        if size >= _FLUSH:
            yield "".join(buffer).encode("utf-8", "replace")
            buffer, size = [], 0
    yield "".join(buffer).encode("utf-8", "replace")


def render_query_problem(problem: Problem, site: Site, query: str) -> str:
    """Return the page that says what is wrong with a query, with the form to mend it in."""
    return render("query.html", site, title="Query", section="sparql", problem=problem, **_form(site, query))


class Cut:
    """How many rows were shown, and whether there were more; known when the last was."""

    def __init__(self) -> None:
        self.shown = 0
        self.is_cut = False


def _rows(found: Iterator[tuple[Any, ...]], site: Site, cut: Cut) -> Iterator[tuple[Value | None, ...]]:
    addresses = Addresses(site=site)
    for row in found:
        if cut.shown == MOST_ROWS:
            cut.is_cut = True
            return
        cut.shown += 1
        yield tuple(None if term is None else _value(term, addresses) for term in row)


def _value(term: Any, addresses: Addresses) -> Value:
    if isinstance(term, ox.NamedNode):
        iri = term.value
        text = shorten(iri, addresses.site.base)
        if addresses.local(iri) is not None:
            return Value(text=text, iri=iri, href=addresses.about(iri))
        is_web = iri.startswith(("http://", "https://"))
        return Value(text=shortened(text, _WIDEST), iri=iri, href=iri if is_web else None, is_external=is_web)
    if isinstance(term, ox.Literal):
        return Value(text=shortened(literal_words(term), _WIDEST))
    return Value(text=shortened(str(term), _WIDEST))


def _form(site: Site, text: str) -> dict[str, Any]:
    addresses = Addresses(site=site)
    return {
        "query": text,
        "method": "get" if len(text) <= _LONGEST_ADDRESS else "post",
        "action": addresses.route("/sparql"),
        "downloads": _ROW_FORMS,
        "examples": [(addresses.route("/sparql", example=q.name), q.title) for q in list_questions()],
        "limits": site.limits,
        "most": MOST_ROWS,
    }


def _prefixes(query: str, site: Site) -> str:
    known = dict(PREFIXES) | {prefix: f"{site.base}{kind}/" for kind, prefix in ID_KINDS.items()}
    used = [prefix for prefix in known if f"{prefix}:" in query]
    return "".join(f"PREFIX {prefix}: <{known[prefix]}>\n" for prefix in used) + "\n"
