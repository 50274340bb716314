"""Jobs of the reconciliation service, as OpenRefine and other clients of the API 0.2 call them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

import pyoxigraph as ox

from armsgraph.errors import InputError
from armsgraph.server.jobs import Job, PageRoute, Reply, Site
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.missing import missing_reply
from armsgraph.server.pages.rendering import html_reply
from armsgraph.server.reconciling.index import Index, index_of, keep_index, make_index
from armsgraph.server.reconciling.manifest import make_manifest, type_description, type_ids, type_object
from armsgraph.server.reconciling.properties import PROPERTIES, Facts
from armsgraph.server.reconciling.requests import (
    Extension,
    Question,
    read_extension,
    read_question,
    read_questions,
)
from armsgraph.server.reconciling.scoring import Candidate, find_candidates
from armsgraph.server.reconciling.things import TYPES, Thing, gather_entities
from armsgraph.vocab import CLASSES, PREFIXES

__all__ = ["PAGE_JOBS", "PAGE_ROUTES", "PREPARATIONS", "warm_at_leisure"]

_JSON = "application/json; charset=utf-8"
_SUGGESTED = 20
_MOST_SUGGESTED = 200
_LONGEST_PREFIX = 200
# Shown within the pages of other programs, so that it must allow to be framed; it holds no form and no script.
_FRAMED = (
    "Content-Security-Policy",
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
)


def _service(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer a batch (`?queries`), a question (`?query`) or a request for values (`?extend`), else tell of itself."""
    try:
        if "?queries" in fields:
            questions = read_questions(fields["?queries"])
            index, facts = _tools(store, site)
            return _json({key: _result(q, index, facts, site) for key, q in questions.items()}, fields)
        if "?query" in fields:
            question = read_question(fields["?query"])
            return _json(_result(question, *_tools(store, site), site), fields)
        if "?extend" in fields:
            extension = read_extension(fields["?extend"])
            return _json(_values(extension, *_tools(store, site), site), fields)
    except InputError as error:
        return _problem(error)
    return _json(make_manifest(site, _root(site, fields)), fields)


def _tools(store: ox.Store, site: Site) -> tuple[Index, Facts]:
    index = index_of(store, site.base)
    return index, Facts(store, index, base=site.base)


def _root(site: Site, fields: Mapping[str, str]) -> str:
    """Return the address of the service as the client sees it."""
    scheme, _, rest = fields["@url"].partition("://")
    return f"{scheme}://{rest.partition('/')[0]}{site.base_path}/reconcile"


def _json(value: Any, fields: Mapping[str, str], *, status: int = 200) -> Reply:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    headers = [("Content-Type", _JSON)]
    if fields.get("@method") == "POST":
        headers.append(("Cache-Control", "no-store"))
    return Reply(status=status, headers=tuple(headers), body=body)


def _problem(error: InputError) -> Reply:
    said = {"status": "error", "message": str(error)}
    return _json(said, {"@method": "POST"}, status=400)


# ------------------------------------------------------------------------------------------------ questions
def _result(question: Question, index: Index, facts: Facts, site: Site) -> dict[str, Any]:
    found = find_candidates(question, index, facts, base=site.base)
    return {"result": [_candidate(candidate, facts) for candidate in found]}


def _candidate(candidate: Candidate, facts: Facts) -> dict[str, Any]:
    thing = candidate.thing
    features: list[dict[str, Any]] = [
        {"id": "name", "value": candidate.name_score},
        {"id": "equal_name", "value": candidate.is_named_so},
        {"id": "identifier", "value": candidate.is_identified},
        {"id": "in_graph", "value": thing.iri is not None},
    ]
    features += [{"id": pid, "value": round(c.agreement * 100, 1)} for pid, c in candidate.comparisons]
    features.append({"id": "contradicted", "value": candidate.contradicts})
    return {
        "id": thing.id,
        "name": thing.name,
        "description": facts.describe(thing),
        "type": [type_object(type_) for type_ in thing.types],
        "score": candidate.score,
        "match": candidate.is_certain,
        "features": features,
    }


def _values(extension: Extension, index: Index, facts: Facts, site: Site) -> dict[str, Any]:
    meta = []
    for pid, _ in extension.properties:
        known = PROPERTIES.get(pid)
        described: dict[str, Any] = {"id": pid, "name": known.name if known else pid}
        if known is not None and known.value_type is not None:
            described["type"] = type_object(known.value_type)
        meta.append(described)
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for id in extension.ids:
        thing = index.by_id(id, base=site.base)
        row: dict[str, list[dict[str, Any]]] = {}
        for pid, limit in extension.properties:
            cells = [_cell(value, pid, index) for value in facts.values(thing, pid)] if thing else []
            row[pid] = cells[:limit] if limit else cells
        rows[id] = row
    return {"meta": meta, "rows": rows}


def _cell(value: str, pid: str, index: Index) -> dict[str, Any]:
    if pid == "deals":
        return {"int": int(value)}
    if pid == "state":
        found = [t for t in index.equal(value) if t.type == "State"]
        if len(found) == 1:
            return {"id": found[0].id, "name": found[0].name}
    return {"str": value}


# ------------------------------------------------------------------------------------------------ suggestions
def _suggest(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with entities, properties or types whose name starts as `?prefix`; `?cursor` skips as many."""
    prefix = fields.get("?prefix", "")[:_LONGEST_PREFIX]
    skipped = fields.get("?cursor", "")
    start = min(int(skipped), _MOST_SUGGESTED) if skipped.isascii() and skipped.isdigit() and len(skipped) < 7 else 0
    what = fields["what"]
    found: list[dict[str, Any]]
    if what == "entity":
        index, facts = _tools(store, site)
        wanted = {t for t in fields.get("?type", "").split(",") if t}
        hits = (t for t in index.starting(prefix) if not wanted or wanted & set(t.types))
        found = [_suggestion(thing, facts) for thing in islice(hits, start, start + _SUGGESTED)]
    elif what == "property":
        texts = ((p.id, p.name, p.description) for p in PROPERTIES.values())
        found = _named(texts, prefix)[start : start + _SUGGESTED]
    elif what == "type":
        texts = ((t, type_object(t)["name"], type_description(t)) for t in type_ids())
        found = _named(texts, prefix)[start : start + _SUGGESTED]
    else:
        return missing_reply(store, site, fields, what)
    return _json({"result": found}, fields)


def _suggestion(thing: Thing, facts: Facts) -> dict[str, Any]:
    notable = [type_object(thing.type)]
    return {"id": thing.id, "name": thing.name, "description": facts.describe(thing), "notable": notable}


def _named(texts: Iterable[tuple[str, str, str]], prefix: str) -> list[dict[str, Any]]:
    asked = prefix.strip().lower()
    return [
        {"id": id, "name": name, "description": description}
        for id, name, description in texts
        if asked in id.lower() or asked in name.lower()
    ]


def _flyout(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with a small piece of HTML about the entity, property or type `?id`."""
    what, id = fields["what"], fields.get("?id", "")
    title = text = None
    if what == "entity":
        index, facts = _tools(store, site)
        thing = index.by_id(id, base=site.base)
        if thing is not None:
            title, text = thing.name, facts.describe(thing)
    elif what == "property" and id in PROPERTIES:
        title, text = PROPERTIES[id].name, PROPERTIES[id].description
    elif what == "type" and id in type_ids():
        title, text = type_object(id)["name"], type_description(id)
    if title is None:
        return missing_reply(store, site, fields, id)
    html = html_reply("flyout.html", site, title=title, text=text).body
    assert isinstance(html, bytes)
    return _json({"id": id, "html": html.decode("utf-8")}, fields)


def _properties(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with the properties that things of `?type` have."""
    type_ = fields.get("?type", "")
    below = {t for t in TYPES if type_ == t or type_ in CLASSES[t]}
    limit = fields.get("?limit", "")
    fitting = [p for p in PROPERTIES.values() if not p.types or not type_ or below & set(p.types)]
    if limit.isascii() and limit.isdigit() and len(limit) < 7 and int(limit):
        fitting = fitting[: int(limit)]
    said: dict[str, Any] = {"properties": [{"id": p.id, "name": p.name} for p in fitting]}
    if type_:
        said = {"type": type_, **said}
    return _json(said, fields)


# ------------------------------------------------------------------------------------------------ for people
def _preview(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Answer with a small page about the entity `?id`, to be shown in a frame."""
    thing, known = _look_up(store, site, fields)
    if thing is None:
        return missing_reply(store, site, fields, fields.get("?id", ""))
    return html_reply("preview.html", site, headers=(_FRAMED,), title=thing.name, thing=thing, **known)


def _view(store: ox.Store, site: Site, fields: Mapping[str, str]) -> Reply:
    """Lead to the page of the entity `?id`, or show what the lists know of it."""
    thing, known = _look_up(store, site, fields)
    if thing is None:
        return missing_reply(store, site, fields, fields.get("?id", ""))
    if thing.iri is not None:
        headers = (("Location", Addresses(site=site).about(thing.iri)), ("Content-Type", "text/plain; charset=utf-8"))
        return Reply(status=303, headers=headers, body=b"see the page of the entity\n")
    return html_reply("listed.html", site, title=thing.name, thing=thing, **known)


def _look_up(store: ox.Store, site: Site, fields: Mapping[str, str]) -> tuple[Thing | None, dict[str, Any]]:
    index, facts = _tools(store, site)
    thing = index.by_id(fields.get("?id", ""), base=site.base)
    if thing is None:
        return None, {}
    told = (
        ("state", "State"),
        ("kind", "Kind"),
        ("maker", "Made by"),
        ("office", "Offices"),
        ("alias", "Other names"),
        ("deals", "Deals"),
    )
    rows = [(words, facts.values(thing, pid)[:10]) for pid, words in told]
    return thing, {
        "kind": type_object(thing.type)["name"],
        "rows": [(words, values) for words, values in rows if values],
        "item": PREFIXES["wd"] + thing.qid if thing.qid else None,
        "page": Addresses(site=site).about(thing.iri) if thing.iri else None,
    }


PAGE_JOBS: dict[str, Job] = {
    "reconcile": _service,
    "reconcile-flyout": _flyout,
    "reconcile-preview": _preview,
    "reconcile-properties": _properties,
    "reconcile-suggest": _suggest,
    "reconcile-view": _view,
}

PAGE_ROUTES: tuple[PageRoute, ...] = (
    PageRoute(pattern="/reconcile", job="reconcile", takes_form=True),
    PageRoute(pattern="/reconcile/", job="reconcile", takes_form=True),
    PageRoute(pattern="/reconcile/suggest/{what}", job="reconcile-suggest"),
    PageRoute(pattern="/reconcile/flyout/{what}", job="reconcile-flyout"),
    PageRoute(pattern="/reconcile/properties", job="reconcile-properties"),
    PageRoute(pattern="/reconcile/preview", job="reconcile-preview"),
    PageRoute(pattern="/reconcile/view", job="reconcile-view"),
)

_ENTITIES = "entities"
PREPARATIONS: dict[str, Callable[[ox.Store], object]] = {_ENTITIES: gather_entities}


def warm_at_leisure(kept: Mapping[str, object], site: Site) -> None:
    """Take in what was prepared of a build, in the process that workers are forked from."""
    entities = kept.get(_ENTITIES)
    keep_index(make_index(entities, base=site.base) if isinstance(entities, tuple) else None)
