"""Remembers what kinds of queries took long, so that the next of a kind does not get in the way of short ones."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict

from armsgraph.server.wire import GraphTask, JobTask, QueryTask, Task

__all__ = ["LongShapes", "shape_of"]

_MOST = 2048
_LONGEST = 4096
_PART = re.compile(
    r"""(?P<skip>\s+|\#[^\n\r]*)|(?P<variable>[?$]\w+)|(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<number>\d+)|(?P<word>[\w:]+)|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def shape_of(task: Task) -> bytes:
    """Return a short key that tasks share which differ only in IRIs, literals, numbers, names of variables, spaces."""
    match task:
        case JobTask():
            said = f"job {task.name}"
        case GraphTask():
            said = "graph"
        case QueryTask():
            said = _shape(task.text[:_LONGEST])
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _shape(text: str) -> str:
    names: dict[str, str] = {}
    parts = []
    for found in _PART.finditer(text):
        kind, token = found.lastgroup, found.group()
        if kind == "variable":
            parts.append(names.setdefault(token[1:], f"?{len(names)}"))
        elif kind in ("word", "other"):
            parts.append(token)
        elif kind != "skip":
            parts.append(f"<{kind}>")
    return " ".join(parts)


class LongShapes:
    """The latest shapes that took long, a bounded number of them."""

    def __init__(self) -> None:
        self._shapes: OrderedDict[bytes, None] = OrderedDict()
        # the last few tasks asked about, as one that waits is asked about again and again
        self._known: OrderedDict[int, tuple[Task, bytes]] = OrderedDict()

    def add(self, task: Task) -> None:
        """Remember the shape of a task that takes long."""
        shape = self._shape(task)
        self._shapes[shape] = None
        self._shapes.move_to_end(shape)
        if len(self._shapes) > _MOST:
            self._shapes.popitem(last=False)

    def discard(self, task: Task) -> None:
        """Forget the shape of a task."""
        self._shapes.pop(self._shape(task), None)

    def is_long(self, task: Task) -> bool:
        """Say whether a task of this shape took long before."""
        return bool(self._shapes) and self._shape(task) in self._shapes

    def _shape(self, task: Task) -> bytes:
        known = self._known.get(id(task))
        if known is not None and known[0] is task:
            return known[1]
        shape = shape_of(task)
        self._known[id(task)] = (task, shape)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return shape
