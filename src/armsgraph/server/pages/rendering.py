"""Makes HTML of templates. Every value is escaped; the pages need no script and no style of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from armsgraph.explain import Citation, shorten
from armsgraph.server.jobs import Reply, Site
from armsgraph.server.pages import words
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.vocabulary import term_definition, term_label
from armsgraph.version import __version__
from armsgraph.vocab import ARMS

__all__ = ["SECTIONS", "Form", "html_reply", "load_templates", "render", "render_pieces", "style_bytes", "text_reply"]

_HTML = "text/html; charset=utf-8"
SECTIONS = (
    ("deals", "Deals"),
    ("states", "States"),
    ("firms", "Firms"),
    ("organisations", "Organisations"),
    ("weapons", "Weapons"),
    ("persons", "Persons"),
    ("documents", "Documents"),
    ("ontology", "Ontology"),
    ("sparql", "Query"),
)
_FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Another form of a page: its media type, address and name for people."""

    media_type: str
    href: str
    words: str


@lru_cache(maxsize=1)
def style_bytes() -> bytes:
    """Return the style sheet."""
    return (_FOLDER / "static" / "style.css").read_bytes()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "shortened": words.shortened,
        "confidence_words": words.confidence_words,
        "confidence_number": words.confidence_number,
        "origin_words": words.origin_words,
        "split_reasons": words.split_reasons,
        "term_label": term_label,
        "term_definition": term_definition,
    }
    made.globals |= {
        "counted": words.counted,
        "sections": SECTIONS,
        "version": __version__,
        "ARMS": ARMS,
        "style_key": hashlib.sha256(style_bytes()).hexdigest()[:12],
    }
    return made


def load_templates() -> None:
    """Compile every template, so that no page has to wait for it."""
    made = _environment()
    for name in made.list_templates():
        made.get_template(name)


def render_pieces(template: str, site: Site, context: dict[str, Any]) -> Iterator[str]:
    """Yield the page that a template makes, in pieces. `title` is needed; `forms` and `section` have defaults."""
    addresses = Addresses(site=site)
    made = _environment()

    def span(citation: Citation) -> str:
        at = f"{citation.start}-{citation.end}"
        return addresses.about(citation.document, at=at) + f"#at-{at}"

    given: dict[str, Any] = {
        "site": site,
        "route": addresses.route,
        "about": addresses.about,
        "span": span,
        "prefixed": lambda iri: shorten(iri, site.base),
        "style": addresses.route("/static/style.css", v=str(made.globals["style_key"])),
        "forms": (),
        "section": None,
    }
    return made.get_template(template).generate(given | context)


def render(template: str, site: Site, **context: Any) -> str:
    """Return the page that a template makes."""
    return "".join(render_pieces(template, site, context))


def html_reply(
    template: str, site: Site, *, status: int = 200, headers: Sequence[tuple[str, str]] = (), **context: Any
) -> Reply:
    """Return a page as a reply."""
    body = render(template, site, **context).encode("utf-8", "replace")
    return Reply(status=status, headers=(("Content-Type", _HTML), *headers), body=body)


def text_reply(text: str, *, status: int, headers: Sequence[tuple[str, str]] = ()) -> Reply:
    """Return a plain text for programs as a reply."""
    content_type = ("Content-Type", "text/plain; charset=utf-8")
    return Reply(status=status, headers=(content_type, *headers), body=text.encode("utf-8", "replace"))
