"""Reads articles: text, Markdown, HTML, PDF, JSONL, folders and standard input, with their page furniture marked."""

from armsgraph.documents.furniture import mark_furniture
from armsgraph.documents.reading import read_documents
from armsgraph.documents.records import Record, make_document, parse_published

__all__ = ["Record", "make_document", "mark_furniture", "parse_published", "read_documents"]
