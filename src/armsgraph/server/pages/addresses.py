"""Which IRI has which address on this server, and back.

    thing          IRI                                            answers 303 to       description
    instance       {base}deal/x                                   /id/deal/x           /about/deal/x
    concept        https://w3id.org/armsgraph/deal-status/signed  /deal-status/signed  /about/deal-status/signed
    software       https://w3id.org/armsgraph/software/x          /software/x          /about/software/x
    ontology       https://w3id.org/armsgraph/ontology            (a document itself)  /ontology
    its terms      https://w3id.org/armsgraph/ontology#Deal       (part of it)         /about/ontology/Deal

A description has a form for each extension (`.html`, `.ttl`, ...), and without one it is negotiated. Every other IRI
that the graph speaks of is described at `/about?iri=...`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from armsgraph.server.jobs import Site
from armsgraph.vocab import ARMS, DEAL_STATUS_SCHEME, WEAPON_KIND_SCHEME

__all__ = ["ONTOLOGY", "SOFTWARE", "Addresses"]

SOFTWARE = "https://w3id.org/armsgraph/software/"
ONTOLOGY = ARMS.removesuffix("#")

# What RFC 3986 allows in a path beside letters and digits, without "%": an IRI may hold that itself.
_PATH = "/:@!$&'()*+,;=~-._"
_SPACES = {"deal-status": DEAL_STATUS_SCHEME, "weapon-kind": WEAPON_KIND_SCHEME, "software": SOFTWARE, "ontology": ARMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Addresses of one site; all start with its base path."""

    site: Site

    def route(self, path: str, **parameters: str | int) -> str:
        """Return the address of a route of the server, with parameters behind it."""
        found = self.site.base_path + path
        given = {name: value for name, value in parameters.items() if value != ""}
        return f"{found}?{urlencode(given)}" if given else found

    def about(self, iri: str, *, extension: str = "", **parameters: str | int) -> str:
        """Return the address of the description of an IRI, in the form of an extension or negotiated."""
        local = self.local(iri)
        if iri == ONTOLOGY:
            return self.route("/ontology" + (f".{extension}" if extension else ""), **parameters)
        if local is None:
            if extension:
                parameters["format"] = extension
            return self.route("/about", iri=iri, **parameters)
        return self.route(f"/about/{quote(local, safe=_PATH)}" + (f".{extension}" if extension else ""), **parameters)

    def local(self, iri: str) -> str | None:
        """Return what stands behind `/about/` for an IRI, before encoding; None if it has to go as a parameter."""
        if iri == ONTOLOGY:
            return "ontology"
        for space, namespace in _SPACES.items():
            rest = iri.removeprefix(namespace)
            if not rest and space != "ontology":
                return space
            if rest != iri and _is_plain(rest):
                return f"{space}/{rest}"
        rest = iri.removeprefix(self.site.base)
        return rest if rest != iri and _is_plain(rest) and rest.partition("/")[0] not in _SPACES else None

    def readings(self, local: str) -> Iterator[str]:
        """Yield the IRIs that a path behind `/id/` or `/about/` may mean, the likeliest first.

        The path comes decoded, and an IRI of the graph may hold an encoded character or the character itself.
        """
        space, slash, rest = local.partition("/")
        if local == "ontology":
            yield ONTOLOGY
            return
        if not rest and space in _SPACES:
            yield _SPACES[space]
        namespace = _SPACES.get(space) if slash else None
        spelled = dict.fromkeys((local, quote(local, safe=_PATH + "%"), quote(local, safe=_PATH)))
        for name in spelled:
            if namespace is not None:
                yield namespace + name.partition("/")[2]
            yield self.site.base + name

    def thing(self, iri: str) -> str | None:
        """Return the address on this server that stands for the thing itself, as its IRI does at its home."""
        local = self.local(iri)
        if local is None or iri == ONTOLOGY or iri.startswith(ARMS):
            return None
        is_instance = local.partition("/")[0] not in _SPACES
        return self.route(("/id/" if is_instance else "/") + quote(local, safe=_PATH))


def _is_plain(rest: str) -> bool:
    """Say whether the rest of an IRI can be a path: browsers fold away dots and empty segments, and cut at ? and #."""
    return bool(rest) and not any(c in rest for c in "?#\\") and all(s not in ("", ".", "..") for s in rest.split("/"))
