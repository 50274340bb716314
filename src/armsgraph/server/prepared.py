"""A graph that is ready to be served, as a value."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["STORE_FOLDER", "Prepared"]

STORE_FOLDER = "store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A place ready to be served.

    Attributes:
        place: Folder with the store in `STORE_FOLDER` and the counts beside it.
        build: Id of what is in it: the same for the same files.
        counts: Numbers by name.
        violations: Number of violations of the shapes; more than 0 only where that was allowed.
        warnings: Number of warnings.
    """

    place: str
    build: str
    counts: dict[str, int]
    violations: int = 0
    warnings: int = 0
