"""Keeps libraries from writing their own complaints: what matters of them is told as an error with a place."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["silence_library"]


@contextmanager
def silence_library(name: str) -> Iterator[None]:
    """Silence a library's loggers (those below `name` too) and its warnings for a while."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
