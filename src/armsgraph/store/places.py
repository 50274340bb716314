"""Where a store lies on disk while it is replaced, and how an interrupted replacement is put right."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from armsgraph.errors import StoreError

__all__ = ["is_store", "link_store", "new_place", "recover", "remove_leftovers", "swap_in"]

# Every RocksDB folder has it; nothing else of ours does.
_MARK = "CURRENT"


def is_store(path: Path) -> bool:
    """Say whether a folder holds an Oxigraph store."""
    return (path / _MARK).is_file()


def link_store(path: Path, folder: Path) -> None:
    """Make a second folder for a store, with hard links where the file system has them, to be opened read-only.

    What is read from there stays the same when the store is replaced or written to. The folder must not exist.

    Raises:
        StoreError: No store, or the folder cannot be made.
    """
    if not is_store(path):
        raise StoreError("the folder holds no store", where=str(path), hint="check the name")
    try:
        folder.mkdir()
        for file in sorted(path.iterdir()):
            # tables never change; the others grow or are swapped while a writer runs, so they are copied
            if file.suffix == ".sst":
                _link(file, folder / file.name)
            elif file.name != "LOCK":
                shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise StoreError(f"cannot copy the store: {error.strerror}", where=str(folder)) from error


def _link(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy)
    except OSError:
        shutil.copyfile(file, copy)


def new_place(path: Path) -> Path:
    """Return a folder name beside `path` for a store that is being written."""
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def recover(path: Path) -> None:
    """Put the previous store back if a replacement was cut off between its two renames."""
    previous = _previous(path)
    if not path.exists() and is_store(previous):
        previous.rename(path)


def remove_leftovers(path: Path) -> None:
    """Remove what writers that were killed left beside a store."""
    pattern = re.compile(re.escape(f".{path.name}.") + r"(\d+)\.new")
    for sibling in path.parent.iterdir():
        found = pattern.fullmatch(sibling.name)
        if found and not _is_running(int(found.group(1))):
            shutil.rmtree(sibling, ignore_errors=True)


def swap_in(new: Path, path: Path) -> None:
    """Put a finished store in its place: the old one away, the new one in, the old one removed.

    A crash leaves the old or the new store; after one between the two renames `recover` brings the old one back.

    Raises:
        StoreError: The place cannot be written.
    """
    previous = _previous(path)
    try:
        shutil.rmtree(previous, ignore_errors=True)
        if path.exists():
            path.rename(previous)
        new.rename(path)
    except OSError as error:
        recover(path)
        raise StoreError(f"cannot put the store in its place: {error.strerror}", where=str(path)) from error
    shutil.rmtree(previous, ignore_errors=True)


def _previous(path: Path) -> Path:
    return path.with_name(f".{path.name}.previous")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
