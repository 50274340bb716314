"""Answers on disk: what was answered once is never asked again, also after the program was killed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from armsgraph.errors import InputError
from armsgraph.wikidata.transport import Request

try:
    import fcntl
except ImportError:  # Windows has no such locks; two runs at once then cost requests, not answers
    fcntl = None  # type: ignore[assignment]

__all__ = ["Cache"]


class Cache:
    """Answers by request, one file each. Use it in a `with` block; one process at a time.

    An answer is written beside its place, flushed to the disk and then moved there, so that a file is whole or not
    there. A file that cannot be read counts as not there.

    Args:
        folder: Made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = Path(folder)
        self._lock: Any = None

    def __enter__(self) -> Cache:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self._folder / "lock").open("w")
        except OSError as error:
            raise InputError(
                f"the cache cannot be written: {error.strerror}", where=str(self._folder), hint="name another folder"
            ) from error
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                self._lock.close()
                raise InputError(
                    "another run asks with this cache", where=str(self._folder), hint="wait for it, or stop it"
                ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.close()

    def get(self, request: Request) -> dict[str, Any] | None:
        """Return the answer to a request, None if there is none."""
        try:
            kept = json.loads(self._path(request).read_bytes().partition(b"\n")[2])
        except (OSError, ValueError):
            return None
        return kept if isinstance(kept, dict) else None

    def requests(self, url: str) -> Iterator[Mapping[str, str]]:
        """Yield the fields of all answered requests to an address, sorted; the answers are not read."""
        for path in sorted(self._folder.glob("*/*.json")):
            try:
                with path.open("rb") as file:
                    asked = json.loads(file.readline())
            except (OSError, ValueError):
                continue
            if isinstance(asked, dict) and asked.get("url") == url and isinstance(asked.get("fields"), dict):
                yield asked["fields"]

    def put(self, request: Request, answer: dict[str, Any]) -> None:
        """Keep the answer to a request.

        Raises:
            InputError: The disk refuses.
        """
        path = self._path(request)
        new = path.with_suffix(".new")
        asked = {"url": request.url, "fields": dict(sorted(request.fields.items()))}
        try:
            path.parent.mkdir(exist_ok=True)
            with new.open("w", encoding="utf-8") as file:
                # one line each, so that the requests can be listed without reading the answers
                file.write(json.dumps(asked) + "\n" + json.dumps(answer, sort_keys=True) + "\n")
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError as error:
            raise InputError(
                f"the cache cannot be written: {error.strerror}", where=str(path), hint="check the disk"
            ) from error

    def _path(self, request: Request) -> Path:
        # how often we are willing to wait is no part of what is asked
        fields = sorted((k, v) for k, v in request.fields.items() if k != "maxlag")
        name = hashlib.sha256(json.dumps([request.url, fields]).encode("utf-8")).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.json"
