"""A polite client of Wikidata: the only part of armsgraph that opens an outgoing connection, and only when asked to.

It was tested against a local server that speaks the three interfaces, never against the real service.
"""

from armsgraph.wikidata.asking import Asker, RefusedError
from armsgraph.wikidata.cache import Cache
from armsgraph.wikidata.client import API, SPARQL, Found, WikidataClient, user_agent
from armsgraph.wikidata.items import Hit, Item, Position
from armsgraph.wikidata.transport import Answer, BrokenError, HttpTransport, Request, Transport

__all__ = [
    "API",
    "SPARQL",
    "Answer",
    "Asker",
    "BrokenError",
    "Cache",
    "Found",
    "Hit",
    "HttpTransport",
    "Item",
    "Position",
    "RefusedError",
    "Request",
    "Transport",
    "WikidataClient",
    "user_agent",
]
