"""Writes files that are there whole or not at all, compressed where their name says so, the same bytes each time."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import zstandard

from armsgraph.errors import InputError

__all__ = ["COMPRESSIONS", "bare_name", "compressing", "decompressing", "whole_file"]

# Last extension -> media type (RFC 6713, RFC 8878).
COMPRESSIONS = {".gz": "application/gzip", ".zst": "application/zstd"}

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 10


def bare_name(path: Path) -> Path:
    """Return a file name without the extension of a compression."""
    return path.with_suffix("") if path.suffix.lower() in COMPRESSIONS else path


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to be written beside its place and moved there when the block is left without an error.

    A reader, a full disk or Ctrl-C never finds half a file. It is compressed if its name ends with `.gz` or `.zst`;
    neither the time nor the name of the file goes into it.

    Raises:
        InputError: The file cannot be written there.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            with compressing(file, path) as packed:
                yield packed
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot write the file: {error.strerror or error}",
            where=str(path),
            hint="check that the folder exists and that there is room and permission to write",
        ) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def compressing(file: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    """Give a stream that compresses into `file` as the name `path` asks; `file` itself if it asks for nothing."""
    kind = path.suffix.lower()
    if kind == ".gz":
        # no time and no name in the header: the same content gives the same bytes
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=_GZIP_LEVEL, mtime=0) as packed:
            yield cast("IO[bytes]", packed)
    elif kind == ".zst":
        packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
        with packer.stream_writer(file, closefd=False) as stream:
            yield cast("IO[bytes]", stream)
    else:
        yield file


@contextmanager
def decompressing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, decompressed if its name ends with `.gz` or `.zst`.

    Raises:
        OSError: It cannot be read, or what is in it is not what its name says.
    """
    kind = path.suffix.lower()
    with path.open("rb") as file:
        if kind == ".gz":
            try:
                with gzip.GzipFile(fileobj=file, mode="rb") as unpacked:
                    yield cast("IO[bytes]", unpacked)
            except (EOFError, zlib.error) as error:
                raise OSError(f"no whole gzip file: {error}") from error
        elif kind == ".zst":
            try:
                unpacker = zstandard.ZstdDecompressor()
                with unpacker.stream_reader(file, read_across_frames=True, closefd=False) as stream:
                    yield cast("IO[bytes]", stream)
            except zstandard.ZstdError as error:
                raise OSError(f"no whole zstd file: {error}") from error
        else:
            yield file
