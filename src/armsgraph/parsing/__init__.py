"""Tokens, sentences and the dependency parse of a document. The only package that sees spaCy."""

from armsgraph.parsing.parser import DEFAULT_MODEL, Parser, load_parser
from armsgraph.parsing.shadow import Chunk, make_chunks

__all__ = ["DEFAULT_MODEL", "Chunk", "Parser", "load_parser", "make_chunks"]
