"""Why a task was not done: what the pool tells a client when it turns one away or stops it."""

from __future__ import annotations

from armsgraph.server.problems import Problem

__all__ = ["CLIENT_LEFT", "NO_WORKER", "STOPPING", "past_deadline", "preempted", "queue_full", "worker_ended"]

_ASK_LESS = "add LIMIT, or bind more of the patterns"

CLIENT_LEFT = Problem(status=503, title="the client has left", outcome="client-left")
STOPPING = Problem(status=503, title="the server is stopping", outcome="stopping")
NO_WORKER = Problem(
    status=503,
    title="no worker was free in time",
    hint="try again in a moment",
    headers=(("retry-after", "5"),),
    outcome="waited-too-long",
)


def queue_full(most: int) -> Problem:
    """Return what is said to one more than may wait."""
    return Problem(
        status=503,
        title=f"{most} requests are waiting already",
        hint="try again in a moment",
        headers=(("retry-after", "2"),),
        outcome="queue-full",
    )


def past_deadline(seconds: float) -> Problem:
    """Return what is said of a query that took all its time."""
    return Problem(
        status=503,
        title=f"the query was stopped after {seconds:g} s, which is the most that one may take",
        hint=f"ask for less: {_ASK_LESS}",
        headers=(("retry-after", "60"),),
        outcome="deadline",
    )


def preempted(seconds: float, share: int) -> Problem:
    """Return what is said of a long query that had to make room; `share` others may go on."""
    return Problem(
        status=503,
        title=f"the query was stopped after {seconds:.1f} s, as others wait and {share} long ones run",
        hint=f"try again later, or ask for less: {_ASK_LESS}",
        headers=(("retry-after", "10"),),
        outcome="preempted",
    )


def worker_ended(memory_mb: int) -> Problem:
    """Return what is said of a query in the middle of which its worker ended."""
    return Problem(
        status=503,
        title=f"the query was stopped: it needed more than the {memory_mb} MB that one may take, or broke the engine",
        hint="ask for less: add LIMIT, sort and group less, or split it",
        outcome="crashed",
    )
