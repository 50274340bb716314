"""Keeps libraries from writing their own complaints: what matters of them is told as an error with a place."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["silence_logger"]


@contextmanager
def silence_logger(name: str) -> Iterator[None]:
    """Silence a library's loggers (those below `name` too) for a while."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
