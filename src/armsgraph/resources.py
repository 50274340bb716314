"""Where the files that ship with armsgraph are found, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

from armsgraph.errors import InternalError

__all__ = ["data", "ontology_file", "query_files", "shape_files"]

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def data(name: str) -> Path:
    """Return the path of a list or lexicon under `armsgraph/data/`."""
    return _existing(_PACKAGE / "data" / name)


def ontology_file(name: str = "armsgraph.ttl") -> Path:
    """Return the path of a file of `ontology/`."""
    return _shipped("ontology", "ontology") / name


def shape_files() -> tuple[Path, ...]:
    """Return the SHACL files, sorted by name."""
    return tuple(sorted(_shipped("shapes", "shapes").glob("*.ttl")))


def query_files() -> tuple[Path, ...]:
    """Return the competency questions (`*.rq`), sorted by name."""
    return tuple(sorted(_shipped("queries", "docs/queries").glob("*.rq")))


def _shipped(installed: str, checkout: str) -> Path:
    """Prefer the copy inside the wheel; a checkout has none and reads its top-level folder."""
    inside = _PACKAGE / "shipped" / installed
    return inside if inside.is_dir() else _existing(_CHECKOUT / checkout)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise InternalError("a file that ships with armsgraph is missing", where=str(path), hint="install it again")
    return path
