"""One connection to a service on the net: one request at a time, a bounded body, no redirect to another host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3

from armsgraph.errors import InputError

__all__ = ["MAX_BODY", "Answer", "BrokenError", "HttpTransport", "Request", "Transport"]

MAX_BODY = 32 * 1024 * 1024
_CHUNK = 64 * 1024
_MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked: `fields` in the order of their names; a POST sends them as a form."""

    url: str
    fields: Mapping[str, str]
    is_post: bool = False
    accept: str = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class BrokenError(Exception):
    """The connection failed, broke off, gave too much, or led elsewhere; `is_final`: asking again is no use."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


class Transport(Protocol):
    """Sends requests."""

    def send(self, request: Request) -> Answer:
        """Send one request and return the whole answer, whatever its status.

        Raises:
            BrokenError: There is no whole answer.
        """


class HttpTransport:
    """Sends requests over HTTP, one after the other over one connection to each host.

    Args:
        user_agent: Sent with every request.
        timeout_s: How long to wait for a connection, and for each part of an answer.
        max_body: An answer of more bytes is none.
    """

    def __init__(self, *, user_agent: str, timeout_s: float = 60.0, max_body: int = MAX_BODY) -> None:
        self._pool = urllib3.PoolManager(
            num_pools=2,
            maxsize=1,
            block=True,
            retries=False,
            timeout=urllib3.Timeout(connect=timeout_s, read=timeout_s),
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
        )
        self._max_body = max_body

    def close(self) -> None:
        """Close the connection."""
        self._pool.clear()

    def send(self, request: Request) -> Answer:
        """See `Transport.send`. Redirects within the host are followed, at most three."""
        url, is_post = request.url, request.is_post
        form = urlencode(sorted(request.fields.items()))
        if not is_post:
            url = f"{url}?{form}"
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._once(url, form if is_post else None, request.accept)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or target is None:
                return answer
            target = urljoin(url, target)
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                raise BrokenError(f"it leads to another address: {_place(target)}", is_final=True)
            is_post = is_post and answer.status in (307, 308)
            url = target
        raise BrokenError("it leads in a circle", is_final=True)

    def _once(self, url: str, form: str | None, accept: str) -> Answer:
        headers = {**self._pool.headers, "Accept": accept}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            response = self._pool.request(
                "GET" if form is None else "POST",
                url,
                body=None if form is None else form.encode("utf-8"),
                headers=headers,
                redirect=False,
                preload_content=False,
                decode_content=True,
            )
            try:
                body = self._read(response)
            except BaseException:
                response.close()
                raise
            response.release_conn()
        except urllib3.exceptions.LocationValueError as error:
            raise InputError(f"no address: {_place(url)}", hint="write https:// and the host") from error
        except urllib3.exceptions.HTTPError as error:
            raise BrokenError(f"no whole answer: {type(error).__name__}") from error
        return Answer(status=response.status, headers={k.lower(): v for k, v in response.headers.items()}, body=body)

    def _read(self, response: urllib3.BaseHTTPResponse) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.stream(_CHUNK, decode_content=True):
            size += len(part)
            if size > self._max_body:
                raise BrokenError(f"the answer is larger than {self._max_body} bytes", is_final=True)
            parts.append(part)
        return b"".join(parts)


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
