"""What an operator sets; given to the server process as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from armsgraph.errors import InputError
from armsgraph.server.jobs import Limits
from armsgraph.vocab import DEFAULT_BASE

__all__ = ["TOKEN_VARIABLE", "Settings", "check_settings", "read_token"]

TOKEN_VARIABLE = "ARMSGRAPH_TOKEN"
_SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the server runs.

    Attributes:
        graph: Folder of a store or a graph file.
        host: Address to listen on.
        port: Port to listen on; 0 for any that is free, which is then printed.
        base: IRI in front of the ids of the graph.
        base_path: Path in front of every route, "" or "/graph".
        title: Name of the site.
        workers: Number of worker processes.
        limits: What one query may use.
        allow_service: Hosts, with a port where it is not the usual one, that SERVICE may ask.
        proxy_headers: Whether X-Forwarded-For and X-Forwarded-Proto of a proxy on this machine are believed.
        is_writable: Whether updates and graph store writes are taken.
        token_file: File that holds the token for writes; without it the environment does.
        watch: Whether the graph is looked at every second and swapped in when it has changed.
        allow_violations: Whether a graph that does not conform is served all the same.
        access_log: "-" for standard error, a file, or "" for none.
        connections: Most open connections.
        grace_s: Seconds that running requests get when the server is told to stop.
    """

    graph: str
    host: str = "127.0.0.1"
    port: int = 7878
    base: str = DEFAULT_BASE
    base_path: str = ""
    title: str = "armsgraph"
    workers: int = 4
    limits: Limits = field(default_factory=Limits)
    allow_service: tuple[str, ...] = ()
    proxy_headers: bool = False
    is_writable: bool = False
    token_file: str = ""
    watch: bool = False
    allow_violations: bool = False
    access_log: str = "-"
    connections: int = 1000
    grace_s: float = 15.0

    def to_json(self) -> str:
        """Return it as text for `from_json`. The token is never in it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """Read what `to_json` wrote."""
        said = json.loads(text)
        return cls(**{**said, "limits": Limits(**said["limits"]), "allow_service": tuple(said["allow_service"])})


def check_settings(settings: Settings) -> Settings:
    """Return the settings with paths and hosts in one spelling.

    Raises:
        InputError: They do not go together.
    """
    base_path = settings.base_path.strip("/")
    base_path = f"/{base_path}" if base_path else ""
    if any(c in base_path for c in "?#% {}") or "//" in base_path:
        raise InputError("no path for links", where="--base-path", hint="write /graph")
    hosts = tuple(sorted({host.strip().lower() for host in settings.allow_service}))
    for host in hosts:
        if not host or any(c in host for c in "/@*?# "):
            raise InputError(
                f"no host: {host!r}", where="--allow-service", hint="write query.example.org or 127.0.0.1:7879"
            )
    if settings.is_writable and not Path(settings.graph).is_dir():
        raise InputError(
            "only a store can be written to",
            where=settings.graph,
            hint="make one with: armsgraph build INPUT --store FOLDER, and serve that",
        )
    return replace(settings, base_path=base_path, allow_service=hosts)


def read_token(settings: Settings, environment: dict[str, str]) -> str:
    """Return the token for writes, from the file or else the environment; "" where writes are off.

    Raises:
        InputError: Writes are on and the file cannot be read, or the token is short.
    """
    if not settings.is_writable:
        return ""
    if settings.token_file:
        try:
            token = Path(settings.token_file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot read the token: {error}", where=settings.token_file) from error
    else:
        token = environment.get(TOKEN_VARIABLE, "")
    if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            f"--writable needs a token of at least {_SHORTEST_TOKEN} ASCII characters without spaces",
            where=settings.token_file or TOKEN_VARIABLE,
            hint=f"put one into a file for --token-file, or into the variable {TOKEN_VARIABLE}",
        )
    return token
