"""What of a load is in the store already, in a file, so that an interrupted load goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from types import TracebackType
from typing import IO

from armsgraph.errors import InputError

__all__ = ["Journal", "journal_path"]

_VERSION = 1


def journal_path(graph: Path, target: str) -> Path:
    """Return where the journal of a load stands if not said otherwise: beside the graph, one for each target."""
    name = hashlib.sha256(target.encode()).hexdigest()[:8]
    return graph.absolute().parent / f".{graph.name}.load-{name}.jsonl"


class Journal:
    """One line for each graph that is wholly in the store, written after the store has said so.

    A line holds the hash of what was sent: what has changed since is sent again, and so is what a line half written by
    a crash would have told. Use it in a `with` block.
    """

    def __init__(self, path: Path, *, target: str, facts_graph: str | None) -> None:
        self.path = path
        self._head = {"armsgraph-load": _VERSION, "target": target, "facts": facts_graph}
        self._done: dict[str, str] = {}
        self._file: IO[str] | None = None

    def __enter__(self) -> Journal:
        self._read()
        try:
            # whole lines only: what a crash cut off goes, or the next line would hang on to it
            with self.path.open("w", encoding="utf-8") as file:
                file.write(json.dumps(self._head) + "\n")
                file.writelines(_entry(graph, sha256) for graph, sha256 in self._done.items())
            self._file = self.path.open("a", encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"the journal cannot be written: {error.strerror}",
                where=str(self.path),
                hint="name another place with --journal",
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def is_resumed(self) -> bool:
        """Whether an earlier load of this graph into this store was interrupted."""
        return bool(self._done)

    def has(self, graph: str, sha256: str) -> bool:
        """Say whether a graph went in as it is now."""
        return self._done.get(graph) == sha256

    def add(self, graph: str, sha256: str) -> None:
        """Note that a graph is in the store; on disk when this returns."""
        assert self._file is not None
        self._done[graph] = sha256
        self._file.write(_entry(graph, sha256))
        self._file.flush()
        os.fsync(self._file.fileno())

    def remove(self) -> None:
        """Remove the file: the load is done."""
        self.__exit__(None, None, None)
        self.path.unlink(missing_ok=True)

    def _read(self) -> None:
        try:
            lines = self.path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"the journal cannot be read: {error}", where=str(self.path), hint="remove the file and start anew"
            ) from error
        entries = [entry for entry in map(_parsed, lines) if entry is not None]
        if lines and (not entries or entries[0].get("armsgraph-load") != _VERSION):
            raise InputError(
                "is there and is no journal of a load", where=str(self.path), hint="name another --journal"
            )
        if not entries or entries[0] != self._head:
            return
        for entry in entries[1:]:
            graph, sha256 = entry.get("graph"), entry.get("sha256")
            if isinstance(graph, str) and isinstance(sha256, str):
                self._done[graph] = sha256


def _entry(graph: str, sha256: str) -> str:
    return json.dumps({"graph": graph, "sha256": sha256}) + "\n"


def _parsed(line: str) -> dict[str, object] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
