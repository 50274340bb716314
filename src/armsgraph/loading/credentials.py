"""Who we are to a store: basic, digest or bearer, from the environment alone."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import parse_http_list, parse_keqv_list

from armsgraph.errors import InputError

__all__ = ["PASSWORD", "TOKEN", "USER", "Credentials", "Digest", "read_credentials"]

USER = "ARMSGRAPH_LOAD_USER"
PASSWORD = "ARMSGRAPH_LOAD_PASSWORD"
TOKEN = "ARMSGRAPH_LOAD_TOKEN"
_ALGORITHMS: dict[str, Callable[[bytes], str]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Credentials:
    """User and password, or a token, or nothing. They are shown in no message, not even in `repr`."""

    user: str | None = None
    password: str = ""
    token: str | None = None

    def __repr__(self) -> str:
        return "Credentials(...)"

    @property
    def is_given(self) -> bool:
        """Whether there is anything to prove who we are."""
        return self.user is not None or self.token is not None

    def header(self) -> str | None:
        """Return the value of the Authorization header that is sent without being asked."""
        if self.token is not None:
            return f"Bearer {self.token}"
        if self.user is not None:
            pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")
            return f"Basic {pair}"
        return None


def read_credentials(environment: Mapping[str, str]) -> Credentials:
    """Read the credentials from the environment.

    Raises:
        InputError: A password without a user, both a user and a token, or a line break in one of them.
    """
    user, password, token = environment.get(USER), environment.get(PASSWORD), environment.get(TOKEN)
    if any(value and ("\n" in value or "\r" in value) for value in (user, password, token)):
        raise InputError(f"a line break in {USER}, {PASSWORD} or {TOKEN}", hint="take it out")
    if user and token:
        raise InputError(f"both {USER} and {TOKEN} are set", hint="unset one of them")
    if password and not user:
        raise InputError(f"{PASSWORD} is set and {USER} is not", hint=f"set {USER}")
    return Credentials(user=user or None, password=password or "", token=token or None)


class Digest:
    """Answers one server's digest challenge (RFC 7616, quality of protection `auth`), which Virtuoso asks for."""

    def __init__(
        self, challenge: str, credentials: Credentials, *, nonce: Callable[[], str] = lambda: secrets.token_hex(8)
    ) -> None:
        self._asked = parse_keqv_list(parse_http_list(challenge.partition(" ")[2]))
        self._credentials = credentials
        self._nonce = nonce
        self._count = 0

    @staticmethod
    def can_answer(challenge: str, credentials: Credentials) -> bool:
        """Say whether the challenge is one of this kind and there is a user to answer it."""
        if credentials.user is None or not challenge.lower().startswith("digest "):
            return False
        asked = parse_keqv_list(parse_http_list(challenge.partition(" ")[2]))
        return asked.get("algorithm", "MD5").upper() in _ALGORITHMS and {"realm", "nonce"} <= asked.keys()

    def header(self, method: str, url: str) -> str:
        """Return the value of the Authorization header for one request."""
        parts = urlsplit(url)
        uri = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        algorithm = self._asked.get("algorithm", "MD5")
        hashed = _ALGORITHMS[algorithm.upper()]
        user, realm, nonce = self._credentials.user or "", self._asked["realm"], self._asked["nonce"]
        secret = hashed(f"{user}:{realm}:{self._credentials.password}".encode())
        what = hashed(f"{method}:{uri}".encode())
        said = [f'username="{user}"', f'realm="{realm}"', f'nonce="{nonce}"', f'uri="{uri}"', f"algorithm={algorithm}"]
        if "auth" in self._asked.get("qop", ""):
            self._count += 1
            count, own = f"{self._count:08x}", self._nonce()
            answer = hashed(f"{secret}:{nonce}:{count}:{own}:auth:{what}".encode())
            said += ["qop=auth", f"nc={count}", f'cnonce="{own}"']
        else:
            answer = hashed(f"{secret}:{nonce}:{what}".encode())
        said.append(f'response="{answer}"')
        if "opaque" in self._asked:
            said.append(f'opaque="{self._asked["opaque"]}"')
        return "Digest " + ", ".join(said)
