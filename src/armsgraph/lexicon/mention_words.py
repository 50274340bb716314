"""Word lists of the mentions stage: titles, legal forms, class nouns, cues and what is never a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from armsgraph.errors import DataError
from armsgraph.lexicon.tables import read_table, split_list

__all__ = ["MentionWords", "load_mention_words"]

_FILE = "mention_words.tsv"
_OUTLETS = "outlets.tsv"
_STOP_NAMES = "stop_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionWords:
    """The lists of `mention_words.tsv`.

    Attributes:
        lists: Words by list, lower case.
        cased: Words by list as written.
        patterns: Regular expressions by list, in file order.
    """

    lists: Mapping[str, frozenset[str]]
    cased: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[re.Pattern[str], ...]]

    def __getitem__(self, name: str) -> frozenset[str]:
        """Return a list in lower case.

        Raises:
            KeyError: There is no such list.
        """
        return self.lists[name]


def load_mention_words(*, overlays: Sequence[Path] = ()) -> MentionWords:
    """Read the word lists; the rows of the user's folders add to the shipped ones.

    Raises:
        DataError: An empty word, or a pattern that is no regular expression, with `file:line`.
    """
    words: dict[str, list[str]] = {}
    patterns: dict[str, list[re.Pattern[str]]] = {}
    for row, where in read_table(_FILE, ("list", "word", "source"), overlays=overlays):
        name, word = row["list"], row["word"]
        if not name or not word:
            raise DataError("an empty list or word", where=where, hint="each row names a list and a word")
        if name.endswith("_pattern"):
            try:
                patterns.setdefault(name, []).append(re.compile(word))
            except re.error as error:
                raise DataError(f"no regular expression: {error}", where=where, hint="see Python's re") from error
        else:
            words.setdefault(name, []).append(word)
    # outlets are sources, not actors
    for row, _ in read_table(_OUTLETS, ("name", "aliases", "kind", "country", "source"), overlays=overlays):
        words.setdefault(_STOP_NAMES, []).extend((row["name"], *split_list(row["aliases"])))
    return MentionWords(
        lists={name: frozenset(w.lower() for w in listed) for name, listed in words.items()},
        cased={name: tuple(listed) for name, listed in words.items()},
        patterns={name: tuple(listed) for name, listed in patterns.items()},
    )
