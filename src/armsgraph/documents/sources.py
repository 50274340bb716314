"""Finds what is to be read: files, folders, standard input."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from armsgraph.errors import DocumentError

__all__ = ["Source", "find_sources"]

_READ_IN_FOLDERS = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".jsonl", ".ndjson"}
)
_ABOUT_FOLDERS = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read, or standard input where `path` is None. `size` is None for a pipe."""

    name: str
    stem: str
    suffix: str = ""
    path: Path | None = None
    size: int | None = None


def find_sources(inputs: Sequence[str]) -> Iterator[Source | DocumentError]:
    """Yield what to read, in the order of the inputs and sorted by path within a folder.

    A folder gives its files, and those of its folders, with an ending for text, Markdown, HTML, PDF or JSONL;
    hidden ones and a README, LICENSE or the like, which are about the folder, are passed over. A file that is named
    twice is read once.

    Args:
        inputs: Paths, or `-` for standard input.
    """
    seen: set[str] = set()
    for written in inputs:
        if written == "-":
            if "-" not in seen:
                seen.add("-")
                yield Source(name="-", stem="stdin")
            continue
        path = Path(written)
        for found in _in_folder(path) if os.path.isdir(written) else (path,):
            source = found if isinstance(found, DocumentError) else _file(found)
            if isinstance(source, Source) and source.path:
                real = os.path.realpath(source.path)
                if real in seen:
                    continue
                seen.add(real)
            yield source


def _in_folder(folder: Path) -> Iterator[Path | DocumentError]:
    problems: list[OSError] = []
    found: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in files if _is_article(Path(name))]
    for problem in sorted(problems, key=lambda p: str(p.filename)):
        yield DocumentError(
            f"the folder cannot be read: {problem.strerror}", where=str(problem.filename), hint="look at its rights"
        )
    if not found and not problems:
        yield DocumentError(
            "there is nothing to read in the folder",
            where=str(folder),
            hint=f"it needs files that end with {', '.join(sorted(_READ_IN_FOLDERS))}; name others one by one",
        )
    yield from sorted(found, key=lambda path: path.parts)


def _is_article(path: Path) -> bool:
    return (
        path.suffix.lower() in _READ_IN_FOLDERS
        and not path.name.startswith(".")
        and path.stem.lower() not in _ABOUT_FOLDERS
    )


def _file(path: Path) -> Source | DocumentError:
    try:
        status = path.stat()
    except FileNotFoundError:
        return DocumentError("there is no such file or folder", where=str(path), hint="check the name")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return DocumentError(f"cannot be read: {reason}", where=str(path), hint="look at its name and its rights")
    is_file = stat.S_ISREG(status.st_mode)
    if not is_file and not stat.S_ISFIFO(status.st_mode):
        return DocumentError("this is no file, folder or pipe", where=str(path), hint="give a file with text")
    return Source(
        name=str(path),
        stem=path.stem or path.name,
        suffix=path.suffix.lower(),
        path=path,
        size=status.st_size if is_file else None,
    )
