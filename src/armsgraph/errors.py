"""Every error that armsgraph raises on purpose.

ArmsgraphError              stop, and say `message`, `where`, `hint`
├── InputError              the user's file or option is wrong: exit 2
│   └── DocumentError       this one document cannot be read: skip it, go on, exit 2 at the end
├── DataError               a shipped or user list is wrong (file:line): stop, exit 2
├── GateError               the graph does not conform to its shapes: exit 1
├── OnlineError             a service does not answer as it should: exit 2; what it answered so far is kept
├── StoreError              the store on disk cannot be opened or written: exit 2
└── InternalError           our own invariant broke (a span that does not hold its quote): stop
"""

from __future__ import annotations

__all__ = [
    "ArmsgraphError",
    "DataError",
    "DocumentError",
    "GateError",
    "InputError",
    "InternalError",
    "OnlineError",
    "StoreError",
]


class ArmsgraphError(Exception):
    """An error with a place and a remedy.

    Args:
        message: What is wrong, in one sentence, without a full stop.
        where: `file`, `file:line`, or document and span; None where there is no place.
        hint: What to do next, in one sentence.
    """

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} ({self.hint})" if self.hint else head


class InputError(ArmsgraphError):
    """The user's input or option is wrong."""


class DocumentError(InputError):
    """One document cannot be read; the others go on."""


class DataError(ArmsgraphError):
    """A domain list is wrong; `where` is file:line."""


class GateError(ArmsgraphError):
    """The graph does not conform to its shapes."""


class OnlineError(ArmsgraphError):
    """A service on the net does not answer as it should; what it answered so far is kept."""


class StoreError(ArmsgraphError):
    """The store on disk cannot be opened or written."""


class InternalError(ArmsgraphError):
    """An invariant of armsgraph itself broke; going on would emit something false."""
