"""The answer for what is not there: a page that helps on, or one line for programs."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from armsgraph.server.jobs import Reply, Site
from armsgraph.server.negotiating import HTML_OFFER, Offer, negotiate
from armsgraph.server.pages.addresses import Addresses
from armsgraph.server.pages.catalogue import catalogue_of
from armsgraph.server.pages.rendering import html_reply, text_reply
from armsgraph.server.pages.searching import search_names
from armsgraph.server.pages.words import shortened

__all__ = ["missing_reply"]

_TEXT_OFFER = Offer(media_type="text/plain", name="txt", charset=True)
_SHOWN = 10


def missing_reply(store: ox.Store, site: Site, fields: Mapping[str, str], asked: str) -> Reply:
    """Answer 404 for something that the graph does not hold.

    Args:
        asked: What was asked for, as the client wrote it; its last part is looked for among the names.
    """
    offer = negotiate(fields.get("@accept"), (HTML_OFFER, _TEXT_OFFER))
    wants_html = offer is HTML_OFFER and "text/html" in fields.get("@accept", "*/*").lower()
    words = asked.rstrip("/").rpartition("/")[2].replace("-", " ")[:200]
    hits, _ = search_names(catalogue_of(store), words, most=_SHOWN)
    if wants_html:
        addresses = Addresses(site=site)
        near = [(addresses.about(hit.entry.iri), hit.entry.label) for hit in hits]
        return html_reply(
            "missing.html", site, status=404, title="Not in this graph", name=shortened(asked), near=near, asked=words
        )
    lines = [f"This graph says nothing of {shortened(asked)!r}."]
    lines += [f"Of a similar name: <{hit.entry.iri}> {shortened(hit.entry.label)}" for hit in hits]
    return text_reply("\n".join(lines) + "\n", status=404)
