"""Asks politely: waits as told, backs off, gives up in the end, and keeps only whole answers without an error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from armsgraph.errors import OnlineError
from armsgraph.wikidata.cache import Cache
from armsgraph.wikidata.transport import Answer, BrokenError, Request, Transport

__all__ = ["MOST_TRIES", "Asker", "RefusedError"]

MOST_TRIES = 6
_FIRST_WAIT_S = 2.0
_LONGEST_BACK_OFF_S = 120.0
# What a service asks us to wait beyond this is a matter for a later run.
_LONGEST_WAIT_S = 900.0
_MAXLAG_WAIT_S = 5.0
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_RATE_LIMITS = frozenset({429, 503})
# Codes of errors in the body that pass: Manual:Maxlag_parameter, API:Etiquette.
_PASSING = frozenset(
    {
        "maxlag",
        "ratelimited",
        "readonly",
        "timeout",
        "cirrussearch-too-busy-error",
        "internal_api_error",
        "unknownerror",
    }
)

# Says what is missing in the body of a 200, "" if it is whole.
_Check = Callable[[dict[str, Any]], str]


class RefusedError(Exception):
    """The service understood and will not answer this request; others may go on."""


class Asker:
    """Sends requests one at a time, each once.

    Args:
        transport: The connection.
        cache: Where answers are kept.
        sleep: Waits that many seconds.
        now: The time, aware; for dates in Retry-After.
        pace_s: The least time between two requests.
    """

    def __init__(
        self,
        transport: Transport,
        cache: Cache,
        *,
        sleep: Callable[[float], None],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pace_s: float = 0.5,
    ) -> None:
        self._transport = transport
        self._cache = cache
        self._sleep = sleep
        self._now = now
        self._pace_s = pace_s
        self.sent = 0
        self.from_cache = 0

    def answered(self, url: str) -> Iterator[Mapping[str, str]]:
        """Yield the fields of all requests to an address whose answers are kept."""
        return self._cache.requests(url)

    def ask(self, request: Request, check: _Check) -> dict[str, Any]:
        """Return the answer to a request, from the cache if it is there.

        Args:
            request: What is asked.
            check: Says what is missing in an answer; one with a gap is asked again, and never kept.

        Raises:
            RefusedError: The service will not answer this request.
            OnlineError: It does not answer at all, or wants us to stay away.
        """
        kept = self._cache.get(request)
        if kept is not None and not check(kept):
            self.from_cache += 1
            return kept
        why = ""
        for attempt in range(MOST_TRIES):
            if self.sent:
                self._sleep(self._pace_s)
            self.sent += 1
            back_off = min(_FIRST_WAIT_S * 2**attempt, _LONGEST_BACK_OFF_S)
            try:
                answer = self._transport.send(request)
            except BrokenError as error:
                if error.is_final:
                    raise OnlineError(f"asked in vain: {error}", where=request.url, hint="check the address") from error
                why = str(error)
                self._wait(back_off, request, attempt)
                continue
            body, why, wait = self._judge(answer, request, check)
            if body is not None:
                self._cache.put(request, body)
                return body
            self._wait(max(back_off, wait), request, attempt)
        raise OnlineError(
            f"asked {MOST_TRIES} times in vain: {why}",
            where=request.url,
            hint="run it again later: what was answered is kept and is not asked again",
        )

    def _judge(self, answer: Answer, request: Request, check: _Check) -> tuple[dict[str, Any] | None, str, float]:
        """Return the body if all is well, else why not and how long the service wants us to wait."""
        told = self._retry_after(answer)
        if answer.status == 403:
            raise OnlineError(
                "the service turns us away (403)",
                where=request.url,
                hint="name a way to reach you with --contact; see the User-Agent policy of Wikimedia",
            )
        if answer.status in _BUSY:
            least = _MAXLAG_WAIT_S if answer.status in _RATE_LIMITS else 0.0
            return None, f"status {answer.status}", max(told, least)
        if answer.status != 200:
            raise RefusedError(f"status {answer.status}")
        try:
            body = json.loads(answer.body)
        except ValueError:
            return None, "the answer is no JSON", told
        if not isinstance(body, dict):
            return None, "the answer is no JSON object", told
        error = body.get("error") or next(iter(body.get("errors") or ()), None)
        if error is not None:
            code = str(error.get("code", "")) if isinstance(error, dict) else str(error)
            if code in _PASSING or code.startswith("internal_api_error"):
                return None, f"error {code}", max(told, _MAXLAG_WAIT_S)
            raise RefusedError(f"error {code}")
        gap = check(body)
        return (None, gap, told) if gap else (body, "", 0.0)

    def _wait(self, seconds: float, request: Request, attempt: int) -> None:
        if seconds > _LONGEST_WAIT_S:
            raise OnlineError(
                f"the service asks us to wait {seconds:.0f} seconds",
                where=request.url,
                hint="run it again after that: what was answered is kept",
            )
        if attempt < MOST_TRIES - 1:
            self._sleep(seconds)

    def _retry_after(self, answer: Answer) -> float:
        """Return the seconds that Retry-After gives as a number or a date, 0 for none or nonsense."""
        text = answer.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return 0.0
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return max(0.0, (until - self._now()).total_seconds())
