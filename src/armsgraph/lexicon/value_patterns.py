"""Writes the word lists of the values stage as compiled patterns, once.

Patterns named `*_before` run over reversed text (`match_before`), so that a look to the left costs as little as one to
the right. No pattern has nested repeats: every one is linear in the text it sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["any_of", "before", "match_before"]

_WINDOW = 48


def any_of(forms: Iterable[str]) -> str:
    """Return one group of alternatives, longest first, so that no form hides a longer one. Spaces match any white space."""
    ordered = sorted(set(forms), key=lambda f: (-len(f), f))
    return "(?:" + "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in ordered) + ")"


def before(forms: Iterable[str], *, gap: str = r"\s*", ignore_case: bool = True) -> re.Pattern[str]:
    """Return a pattern for `match_before`: one of the forms, then `gap`, then the place looked from.

    The form is group 1. A form that starts with a letter does not match inside a longer word.

    Args:
        forms: Forms as written, left to right.
        gap: What may stand between the form and the place; symmetrical, since it is read backwards.
        ignore_case: Whether case matters.
    """
    ordered = sorted(set(forms), key=lambda f: (-len(f), f))
    parts = []
    for form in ordered:
        reversed_form = re.escape(form[::-1]).replace(r"\ ", r"\s+")
        parts.append(reversed_form + (r"(?![\w-])" if form[0].isalnum() else ""))
    return re.compile(f"{gap}({'|'.join(parts)})", re.IGNORECASE if ignore_case else 0)


def match_before(pattern: re.Pattern[str], text: str, end: int) -> tuple[str, int, int] | None:
    """Match a pattern of `before` ending at `end`.

    Returns:
        The form as written, its start and its end in `text`, or None.
    """
    start = max(0, end - _WINDOW)
    found = pattern.match(text[start:end][::-1])
    if found is None:
        return None
    return found[1][::-1], end - found.end(1), end - found.start(1)
