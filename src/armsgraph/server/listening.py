"""HTTP/1.1 with limits: a head that does not come in time, too many connections, errors that browsers can read."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from armsgraph.server.calls import BrokenAnswerError

__all__ = ["HEAD_BYTES", "LimitedProtocol", "hide_broken_answers", "limited_protocol"]

# Address and headers together; a GET with a query longer than this has to be a POST.
HEAD_BYTES = 64 * 1024
_HEAD_S = 10.0


class _Gathering:
    """A transport that sends what is written in one turn of the loop at once: head and body go in one packet."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep bytes until the loop comes round."""
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(data)

    def close(self) -> None:
        """Send what is kept, then close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._pieces:
            data = b"".join(self._pieces)
            self._pieces.clear()
            self._transport.write(data)


class LimitedProtocol(H11Protocol):
    """uvicorn's protocol; a connection that sends no whole head within `_HEAD_S` is closed.

    Where there are more than `most_connections`, the one that has waited longest for its head goes.
    """

    most_connections = 1000

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_timer: asyncio.TimerHandle | None = None

    @property
    def _headless(self) -> dict[LimitedProtocol, None]:
        """Connections that have not sent a whole head yet, the oldest first."""
        known: dict[LimitedProtocol, None] = self.app_state.setdefault("headless", {})
        return known

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(_Gathering(transport, self.loop))  # type: ignore[arg-type]
        if len(self.connections) > self.most_connections:
            oldest = next(iter(self._headless), self)
            oldest._headless.pop(oldest, None)
            oldest.transport.abort()
            if oldest is self:
                return
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; whether they make a head is known afterwards."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            if self._head_timer is None:
                self._expect_head()
        else:
            self._head_came()

    def on_response_complete(self) -> None:
        """Wait for the next head, which may have come already."""
        super().on_response_complete()
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._expect_head()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP so that a script in a browser may read it."""
        body = msg.encode("ascii", "replace") + b"\n"
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode("ascii")),
            (b"access-control-allow-origin", b"*"),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
        ]
        try:
            output = self.conn.send(h11.Response(status_code=400, headers=headers, reason=b"Bad Request"))
            self.transport.write(output or b"")
            self.transport.write(self.conn.send(h11.Data(data=body)) or b"")
            self.transport.write(self.conn.send(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError:
            # an answer is on its way already; all that is left is to break it off
            self.transport.abort()
            return
        self.transport.close()

    def _expect_head(self) -> None:
        self._headless[self] = None
        self._head_timer = self.loop.call_later(_HEAD_S, self._no_head)

    def _head_came(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
            self._headless.pop(self, None)

    def _no_head(self) -> None:
        self._head_timer = None
        self._headless.pop(self, None)
        self.transport.abort()


def limited_protocol(most_connections: int) -> type[LimitedProtocol]:
    """Return the protocol with a number of connections."""
    return type("Protocol", (LimitedProtocol,), {"most_connections": most_connections})


class _BrokenAnswers(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], BrokenAnswerError))


def hide_broken_answers() -> None:
    """Keep uvicorn from logging a traceback for each answer that is broken off on purpose; our log has them."""
    logging.getLogger("uvicorn.error").addFilter(_BrokenAnswers())
