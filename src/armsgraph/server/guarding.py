"""Decides whether a query or update may reach the engine at all, from what `scanning` counted."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from armsgraph.server.jobs import Limits
from armsgraph.server.problems import Problem
from armsgraph.server.scanning import Scan, Target

__all__ = ["guard"]

# Measured with pyoxigraph 0.5.13 on an empty store: 60 patterns on one subject take 0.3 s to plan and 150 take 15 s,
# 100 round brackets around a list member 1.8 s, 500 terms of || 0.3 s and 2,000 of them 6 s.
_WIDEST = 64
_PARENTHESES = 50
_OPERATORS = 500
_GROUPS = 300


def guard(
    text: str, found: Scan, limits: Limits, *, allowed: Collection[str] = (), is_update: bool = False
) -> Problem | None:
    """Return what is wrong with a text before it is parsed, or None.

    Args:
        text: The query or update.
        found: What `scan` counted in it.
        limits: What may be used.
        allowed: Hosts ("host" or "host:port") that SERVICE may ask.
        is_update: Whether it is an update, whose data may be longer than any query.

    Returns:
        413 for a text that is too long, 400 for one that is too deep, too large or reaches out, with the limit.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    most = limits.body_bytes if is_update else limits.query_bytes
    if size > most:
        return Problem(status=413, title=f"the text has {size} bytes; at most {most} are taken")
    checks = (
        (found.depth, limits.depth, "brackets are nested {} deep; at most {} levels are taken"),
        (found.parentheses, _PARENTHESES, "round and square brackets are nested {} deep; at most {} levels are taken"),
        (found.groups if not is_update else 0, _GROUPS, "it has {} groups in braces; at most {} are taken"),
        (found.operators, _OPERATORS, "it has {} operators; at most {} are taken (use IN or VALUES for long lists)"),
        (found.widest, _WIDEST, "one group has about {} triple patterns and path steps; at most {} are taken"),
        (found.patterns, limits.patterns, "it has about {} triple patterns and path steps; at most {} are taken"),
    )
    for count, limit, words in checks:
        if count > limit:
            return Problem(status=400, title=words.format(count, limit), hint="split it into smaller queries")
    for target in found.services:
        if not _is_allowed(target, allowed):
            return Problem(
                status=400,
                title=f"SERVICE {target.text or '?'} is refused: this server does not ask other servers"
                + (" but those it was told to" if allowed else ""),
                hint="whoever runs the server may allow a host with --allow-service; a variable is never allowed",
            )
    if found.loads:
        return Problem(
            status=400,
            title=f"LOAD {found.loads[0].text} is refused: this server fetches nothing",
            hint="send the data itself, with INSERT DATA or to the graph store",
        )
    return None


def _is_allowed(target: Target, allowed: Collection[str]) -> bool:
    if target.iri is None or not allowed:
        return False
    try:
        parts = urlsplit(target.iri)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    # A user part or a backslash is how one host is made to look like another.
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "\\" in target.iri or not host:
        return False
    return (f"{host}:{port}" if port is not None else host) in allowed
