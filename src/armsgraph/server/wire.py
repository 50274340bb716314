"""What the server and its processes say to each other over a socket: frames of a letter, a length and bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from armsgraph.server.problems import Problem

__all__ = [
    "BROKEN",
    "DATA",
    "END",
    "HEAD",
    "HEADER",
    "READY",
    "TASK",
    "FrameReader",
    "GraphTask",
    "Head",
    "JobTask",
    "QueryTask",
    "Task",
    "frame",
    "json_frame",
    "problem_frame",
    "read_problem",
]

HEADER = struct.Struct("!cI")
# Server to worker: a pickled task. The server trusts itself; nothing that comes back is ever unpickled.
TASK = b"T"
# Tasks have no slots: with them, pickling takes ten times as long, and every request pays for it.
# Worker to server.
READY = b"R"
HEAD = b"H"
DATA = b"D"
END = b"E"
BROKEN = b"X"


@dataclass(frozen=True, kw_only=True)
class QueryTask:
    """A query to be answered.

    Attributes:
        text: The query.
        base_iri: What relative IRIs in it are resolved against.
        default_graphs: Graphs that make up the default graph, None for all of the store together.
        named_graphs: Named graphs that GRAPH sees, None for all.
        accept: The Accept header.
        format: Value of a `format=` parameter, which beats the header.
        gzip: Whether the body may be compressed.
        is_head: Whether the headers are enough.
    """

    text: str
    base_iri: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    accept: str | None = None
    format: str | None = None
    gzip: bool = False
    is_head: bool = False


@dataclass(frozen=True, kw_only=True)
class JobTask:
    """A named job of the pages or of the server itself, with its fields."""

    name: str
    fields: tuple[tuple[str, str], ...] = ()
    gzip: bool = False
    is_head: bool = False


@dataclass(frozen=True, kw_only=True)
class GraphTask:
    """A graph to be read: the first of `graphs` that is there; "" is the default graph."""

    graphs: tuple[str, ...]
    accept: str | None = None
    format: str | None = None
    gzip: bool = False
    is_head: bool = False


Task = QueryTask | JobTask | GraphTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Status and headers of an answer; `is_volatile` says that another run may give something else."""

    status: int
    headers: tuple[tuple[str, str], ...]
    is_volatile: bool = False


def frame(kind: bytes, data: bytes) -> bytes:
    """Return one frame."""
    return HEADER.pack(kind, len(data)) + data


def json_frame(kind: bytes, value: dict[str, Any]) -> bytes:
    """Return one frame with a JSON object in it."""
    return frame(kind, json.dumps(value, separators=(",", ":")).encode("ascii"))


def problem_frame(problem: Problem) -> bytes:
    """Return the frame that says what went wrong."""
    names = ("status", "title", "hint", "line", "column", "report", "page", "headers", "outcome")
    return json_frame(BROKEN, {name: getattr(problem, name) for name in names})


def read_problem(data: bytes) -> Problem:
    """Return the problem of a BROKEN frame."""
    said = json.loads(data)
    said["headers"] = tuple((name, value) for name, value in said["headers"])
    return Problem(**said)


class FrameReader:
    """Cuts a stream of bytes into frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take bytes and yield kind and content of every frame that is whole now."""
        buffer = self._buffer
        buffer += data
        start, size = 0, len(buffer)
        while size - start >= HEADER.size:
            kind, length = HEADER.unpack_from(buffer, start)
            end = start + HEADER.size + length
            if end > size:
                break
            yield kind, bytes(buffer[start + HEADER.size : end])
            start = end
        del buffer[:start]
