"""Has a task done by the pool and passes the answer on to the client as it comes."""

from __future__ import annotations

import asyncio

from armsgraph.server.calls import BrokenAnswerError, Call, spool
from armsgraph.server.exchanges import Exchange
from armsgraph.server.pool import Pool
from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.wire import Head, Task

__all__ = ["relay"]

# Most answers are there before it pays to listen for the client's leaving.
_SOON_S = 0.03
_PIECE = 64 * 1024
_LEFT = Problem(status=400, title="the client has left", outcome="client-left")


async def relay(call: Call, pool: Pool, task: Task) -> None:
    """Answer a call with what a worker makes of a task.

    The status is held back until the first bytes of the body are there, so that what goes wrong before has a status of
    its own. What goes wrong later breaks the connection. If the client leaves, the task is dropped.

    Raises:
        ProblemError: There is no answer.
        BrokenAnswerError: The answer is broken off.
    """
    if call.is_unchanged:
        call.outcome = "unchanged"
        await call.reply(304, is_kept=True)
        return
    exchange = pool.submit(task)
    gone: asyncio.Future[None] | None = None
    try:
        if not exchange.head.done():
            await asyncio.wait({exchange.head}, timeout=_SOON_S)
        if not exchange.is_complete:
            gone = asyncio.ensure_future(call.wait_gone())
            gone.add_done_callback(lambda _: _leave(exchange))
        head = await exchange.head
        if exchange.worker is not None:
            # a new build may have been swapped in meanwhile
            call.build = exchange.worker.generation.plan.site.build
        await _pass_on(call, exchange, head)
        call.rows = exchange.rows
    except ProblemError as error:
        call.outcome = error.problem.outcome
        if error.problem is _LEFT:
            return
        if call.is_started:
            raise BrokenAnswerError from error
        raise
    finally:
        exchange.cancel()
        if gone is not None:
            gone.cancel()


def _leave(exchange: Exchange) -> None:
    exchange.fail(_LEFT)
    exchange.cancel()


async def _pass_on(call: Call, exchange: Exchange, head: Head) -> None:
    is_kept = head.status == 200 and not head.is_volatile
    whole = exchange.whole()
    if whole is not None:
        headers = _with_length(head, len(whole)) if not call.is_head else head.headers
        await call.start(head.status, headers, is_kept=is_kept)
        await call.send_piece(whole, is_last=True)
        return
    if call.scope.get("http_version") == "1.0":
        # such a client sees the end of the connection as the end of the body, so it must know the length before
        await _pass_on_whole(call, exchange, head, is_kept=is_kept)
        return
    first = await exchange.take()
    await call.start(head.status, head.headers, is_kept=is_kept)
    while first:
        await call.send_piece(first)
        first = await exchange.take()
    await call.send_piece(b"", is_last=True)


async def _pass_on_whole(call: Call, exchange: Exchange, head: Head, *, is_kept: bool) -> None:
    with spool() as file:
        while piece := await exchange.take():
            file.write(piece)
        length = file.tell()
        file.seek(0)
        await call.start(head.status, _with_length(head, length), is_kept=is_kept)
        while piece := file.read(_PIECE):
            await call.send_piece(piece)
    await call.send_piece(b"", is_last=True)


def _with_length(head: Head, length: int) -> tuple[tuple[str, str], ...]:
    return (*head.headers, ("content-length", str(length)))
