"""Requests to a store over HTTP: tried again where that may help, and told in words where it does not."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from armsgraph.errors import InputError, OnlineError
from armsgraph.loading.credentials import PASSWORD, TOKEN, USER, Credentials, Digest
from armsgraph.version import __version__

__all__ = ["Client", "Response", "check_url", "no_endpoint", "refusal", "truth"]

_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT_S = 60.0
_RESULTS_JSON = "application/sparql-results+json"
_SHOWN = 300
_MOST_ANSWER = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer: status, headers (names in lower case) and body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300

    @property
    def words(self) -> str:
        """The beginning of the body, in one line."""
        text = " ".join(self.body[:4000].decode("utf-8", "replace").split())
        return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def check_url(url: str) -> str:
    """Return the address without a slash at its end.

    Raises:
        InputError: It is none of http or https, has no host, or holds a password.
    """
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole:
        raise InputError(
            f"not the address of a store: {url!r}", where="--to", hint="write it like http://127.0.0.1:3030/dataset"
        )
    if parts.username is not None or parts.password is not None:
        raise InputError(
            "the address holds a user or password, which others could read in the list of processes",
            where="--to",
            hint=f"take it out and set {USER} and {PASSWORD} in the environment",
        )
    if parts.fragment or parts.query:
        raise InputError("the address has a query or fragment", where="--to", hint="end it before ? or #")
    return url.rstrip("/")


@dataclass(slots=True, kw_only=True)
class Client:
    """Speaks to one store.

    Attributes:
        tries: How often a request is sent at most before it counts as failed.
        sleep: Waits so many seconds; an argument, so that tests need not.
        on_retry: Told why a request is sent again and after how many seconds.
    """

    credentials: Credentials = field(default_factory=Credentials)
    tries: int = 6
    timeout_s: float = 300.0
    sleep: Callable[[float], None] = time.sleep
    on_retry: Callable[[str, float], None] = lambda _reason, _wait: None
    _pool: urllib3.PoolManager = field(init=False)
    _digests: dict[str, Digest] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._pool = urllib3.PoolManager(
            retries=False,
            timeout=urllib3.Timeout(connect=15.0, read=self.timeout_s),
            headers={"User-Agent": f"armsgraph/{__version__}"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def send(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        tries: int | None = None,
    ) -> Response:
        """Send a request, again after a pause if the store is busy or the connection breaks; all of ours may be.

        Returns:
            The answer, whatever its status; the last one if all tries were answered.

        Raises:
            OnlineError: No answer at all.
        """
        address = f"{url}?{urlencode(parameters)}" if parameters else url
        limit = tries or self.tries
        for attempt in range(1, limit + 1):
            try:
                response = self._once(method, address, body, headers or {})
            except urllib3.exceptions.HTTPError as error:
                if attempt == limit or not _may_pass(error):
                    raise _no_answer(error, url) from error
                reason, wait = str(error).partition(":")[0] or type(error).__name__, 0.0
            else:
                if response.status not in _TRY_AGAIN or attempt == limit:
                    return response
                reason, wait = f"status {response.status}", _asked_wait(response)
            wait = min(max(wait, 0.5 * 2 ** (attempt - 1)), _LONGEST_WAIT_S)
            self.on_retry(reason, wait)
            self.sleep(wait)
        raise AssertionError("unreachable")

    def ask(self, url: str, query: str, *, tries: int | None = None) -> dict[str, Any]:
        """Send a SELECT or ASK query and return the answer as SPARQL 1.1 JSON has it.

        Raises:
            OnlineError: No answer, a refusal, or an answer that is none to a query.
        """
        response = self.send(
            "POST",
            url,
            body=urlencode({"query": query}).encode("ascii"),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": _RESULTS_JSON},
            tries=tries,
        )
        if not response.is_ok:
            raise refusal(response, url, "the query")
        try:
            answer = json.loads(response.body)
        except ValueError as error:
            raise no_endpoint(url) from error
        if not isinstance(answer, dict) or not ("boolean" in answer or "results" in answer):
            raise no_endpoint(url)
        return answer

    def is_true(self, url: str, query: str, *, tries: int | None = None) -> bool:
        """Send an ASK query and return its answer.

        Raises:
            OnlineError: As `ask`.
        """
        return truth(self.ask(url, query, tries=tries))

    def _once(self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]) -> Response:
        place = urlsplit(address).path
        known = self._digests.get(place)
        proof = known.header(method, address) if known else self.credentials.header()
        answer = self._exchange(method, address, body, headers, proof)
        if answer.status != 401 or self.credentials.user is None:
            return answer
        challenge = answer.headers.get("www-authenticate", "")
        if not challenge:
            # Virtuoso puts its question only to those who send no answer to another one
            challenge = self._exchange(method, address, body, headers, None).headers.get("www-authenticate", "")
        if not Digest.can_answer(challenge, self.credentials):
            return answer
        self._digests[place] = digest = Digest(challenge, self.credentials)
        return self._exchange(method, address, body, headers, digest.header(method, address))

    def _exchange(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str], proof: str | None
    ) -> Response:
        sent = dict(headers)
        if proof is not None:
            sent["Authorization"] = proof
        answer = self._pool.request(method, address, body=body, headers=sent, redirect=False, preload_content=False)
        try:
            data = answer.read(_MOST_ANSWER)
        finally:
            answer.release_conn()
        return Response(status=answer.status, headers={k.lower(): v for k, v in answer.headers.items()}, body=data)


def truth(answer: Mapping[str, Any]) -> bool:
    """Return what an answer to ASK says; Virtuoso 7 writes it as a table of one number."""
    if "boolean" in answer:
        return bool(answer["boolean"])
    return any(
        term.get("value") not in {"0", "false"} for row in answer["results"]["bindings"] for term in row.values()
    )


def refusal(response: Response, url: str, what: str) -> OnlineError:
    """Return the error for an answer that is no success, with what to do about it."""
    status = response.status
    said = f": {response.words}" if response.words and "<html" not in response.words.lower() else ""
    if status == 401:
        hint = (
            f"set {USER} and {PASSWORD}, or {TOKEN}, in the environment; if they are set, the store does not take them"
        )
        return OnlineError("the store wants to know who you are (401)", where=url, hint=hint)
    hints = {
        400: "the store does not understand the request; its own words stand above",
        403: "the user may not do this, or the store is read-only: start it so that it takes updates "
        "(Fuseki: --update; armsgraph serve: --writable)",
        404: "check the name of the dataset or repository in the address, and that it has been made",
        405: "this address takes no such request: give the address of the dataset rather than of a page",
        413: "the store takes only smaller requests: raise its limit, or give a smaller --chunk",
        415: "the store does not take this format here",
        507: "the disk of the store is full",
    }
    if 300 <= status < 400 and "location" in response.headers:
        return OnlineError(
            f"{what} was answered with a redirection ({status})", where=url, hint=f"use {response.headers['location']}"
        )
    hint = hints.get(
        status, "look into the log of the store; what is loaded already is kept: run the same command again"
    )
    return OnlineError(f"{what} was refused ({status}){said}", where=url, hint=hint)


def no_endpoint(url: str) -> OnlineError:
    """Return the error for an address behind which something else than SPARQL answers."""
    return OnlineError(
        "something answers there, but it is no SPARQL endpoint",
        where=url,
        hint="give the address of the dataset or of its query endpoint; docs/triple-stores.md has those of each store",
    )


def _may_pass(error: urllib3.exceptions.HTTPError) -> bool:
    """Say whether the same request may go through later."""
    if isinstance(error, urllib3.exceptions.NameResolutionError | urllib3.exceptions.SSLError):
        return False
    passing = urllib3.exceptions.NewConnectionError | urllib3.exceptions.ProtocolError | urllib3.exceptions.TimeoutError
    return isinstance(error, passing)


def _no_answer(error: urllib3.exceptions.HTTPError, url: str) -> OnlineError:
    kept = "what is loaded already is kept: run the same command again"
    text = str(error)
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return OnlineError("there is no host of this name", where=url, hint="check the address")
    if isinstance(error, urllib3.exceptions.NewConnectionError) and "refused" in text:
        return OnlineError("nothing listens there", where=url, hint="start the store, or check host and port")
    if isinstance(error, urllib3.exceptions.SSLError):
        if "CERTIFICATE" in text.upper():
            hint = "set SSL_CERT_FILE to the certificate of the authority that signed it"
            return OnlineError(f"the certificate is not to be trusted: {text}", where=url, hint=hint)
        return OnlineError(f"no TLS connection: {text}", where=url, hint="try http:// instead of https://")
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return OnlineError("no answer in time", where=url, hint=f"the store may be busy; {kept}")
    if "BadStatusLine" in text:
        return OnlineError("what answers there speaks no HTTP", where=url, hint="try https:// instead of http://")
    return OnlineError(f"the connection broke: {text}", where=url, hint=kept)


def _asked_wait(response: Response) -> float:
    """Return the seconds that the store asks us to wait (Retry-After), 0 if it does not."""
    asked = response.headers.get("retry-after", "")
    if asked.isdigit():
        return float(asked)
    if asked and "date" in response.headers:
        try:
            return (parsedate_to_datetime(asked) - parsedate_to_datetime(response.headers["date"])).total_seconds()
        except (TypeError, ValueError):
            return 0.0
    return 0.0
