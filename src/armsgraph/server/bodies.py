"""The body of an answer on its way out of a worker: held back for a moment, counted, compressed, sent in frames."""

from __future__ import annotations

import socket
import time
import zlib
from collections.abc import Callable

from armsgraph.server.problems import Problem
from armsgraph.server.wire import DATA, END, HEAD, frame, json_frame, problem_frame

__all__ = ["Body", "EnoughError", "count_rows"]

# The first bytes go out when there are this many or this late; until then an error can still have a status.
_FIRST_BYTES, _FIRST_S = 8 * 1024, 0.05
_NEXT_BYTES, _NEXT_S = 64 * 1024, 0.2
# Compressing less than this saves nothing.
_WORTH_GZIP = 1024
_GZIP_LEVEL, _GZIP_WINDOW = 4, 31

_RowCounter = Callable[[bytes], int]


class EnoughError(Exception):
    """The client wanted the headers alone, and has them."""


class Body:
    """A binary file to write to, which becomes the frames of one answer.

    Args:
        connection: Blocking socket to the server.
        gzip: Whether the client takes gzip.
        is_head: Whether it wants no body.
    """

    def __init__(self, connection: socket.socket, *, gzip: bool = False, is_head: bool = False) -> None:
        self._connection = connection
        self._may_gzip = gzip
        self._is_head = is_head
        self._head: dict[str, object] = {}
        self._count: _RowCounter | None = None
        self._rows = 0
        self._buffer: list[bytes] = []
        self._size = 0
        self._zip: zlib._Compress | None = None
        self._sent_at = time.monotonic()
        self.is_started = False

    def start(
        self,
        status: int,
        headers: tuple[tuple[str, str], ...],
        *,
        is_volatile: bool = False,
        counter: _RowCounter | None = None,
    ) -> None:
        """Set status and headers; they are sent with the first bytes. `counter` tells the rows in the bytes written."""
        self._head = {"status": status, "headers": headers, "is_volatile": is_volatile}
        self._count = counter

    def write(self, data: bytes) -> int:
        """Take bytes. Blocks while the server takes no more, which is how a slow client slows the engine down."""
        if self._count is not None:
            self._rows += self._count(data)
        self._buffer.append(data)
        self._size += len(data)
        most, wait = (_NEXT_BYTES, _NEXT_S) if self.is_started else (_FIRST_BYTES, _FIRST_S)
        if self._size >= most or time.monotonic() - self._sent_at > wait:
            self._send(is_last=False)
        return len(data)

    def flush(self) -> None:
        """Do nothing: the engine flushes at the end of the text, and `finish` follows."""

    def finish(self) -> None:
        """Send what is left and say that it is whole."""
        self._send(is_last=True)

    def fail(self, problem: Problem) -> None:
        """Say that there is no answer, or, if some of it is out already, that the rest will not come."""
        self._connection.sendall(problem_frame(problem))

    def _send(self, *, is_last: bool) -> None:
        data = b"".join(self._buffer)
        self._buffer.clear()
        self._size = 0
        frames = []
        if not self.is_started:
            self.is_started = True
            if self._may_gzip and (not is_last or len(data) >= _WORTH_GZIP):
                self._zip = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
                self._head["headers"] = (*self._head["headers"], ("content-encoding", "gzip"))  # type: ignore[misc]
            frames.append(json_frame(HEAD, self._head))
            is_last = is_last or self._is_head
            ends_early = self._is_head
        else:
            ends_early = False
        if self._zip is not None:
            data = self._zip.compress(data) + self._zip.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)
        if data and not self._is_head:
            frames.append(frame(DATA, data))
        if is_last:
            frames.append(json_frame(END, {"rows": self._rows if self._count is not None else None}))
        self._connection.sendall(b"".join(frames))
        self._sent_at = time.monotonic()
        if ends_early:
            raise EnoughError


def count_rows(name: str) -> _RowCounter | None:
    """Return what counts the rows of a result in a format (`json`, `xml`, `csv`, `tsv`, `nt`, `nq`), else None.

    It looks for what separates rows and can stand nowhere else, and remembers what a piece ends with.
    """
    marks = {"json": b'"bindings":[{|},{', "xml": b"<result>", "tsv": b"\n", "nt": b" .\n", "nq": b" .\n"}
    if name == "csv":
        return _CsvRows()
    if name == "json":
        return _JsonRows()
    return _MarkRows(marks[name], header=1 if name == "tsv" else 0) if name in marks else None


class _MarkRows:
    """Counts a mark that rows end or begin with, across pieces."""

    def __init__(self, mark: bytes, *, header: int) -> None:
        self._mark, self._tail, self._header = mark, b"", header

    def __call__(self, data: bytes) -> int:
        joined = self._tail + data
        self._tail = joined[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""
        found = joined.count(self._mark)
        skipped = min(self._header, found)
        self._header -= skipped
        return found - skipped


class _CsvRows:
    """Counts line ends outside quotes, the header left out."""

    def __init__(self) -> None:
        self._in_quotes, self._header = False, 1

    def __call__(self, data: bytes) -> int:
        parts = data.split(b'"')
        found = sum(part.count(b"\n") for part in parts[int(self._in_quotes) :: 2])
        self._in_quotes ^= (len(parts) - 1) % 2 == 1
        skipped = min(self._header, found)
        self._header -= skipped
        return found - skipped


class _JsonRows:
    """Counts objects three brackets deep: the rows of SPARQL results in JSON. Quotes and escapes are skipped."""

    def __init__(self) -> None:
        self._tail = b""
        self._first = True

    def __call__(self, data: bytes) -> int:
        # Between rows stands `},{`, followed by a quote that begins a name or a brace that ends an empty row; inside a
        # string a quote is written \" and so never follows directly.
        joined = self._tail + data
        found = joined.count(b'},{"') + joined.count(b"},{}")
        self._tail = joined[-3:]
        if self._first and (at := joined.find(b'"bindings":[')) >= 0 and len(joined) > at + 12:
            self._first = False
            found += joined[at + 12 : at + 13] == b"{"
        elif self._first:
            self._tail = joined[-64:]
        return found
