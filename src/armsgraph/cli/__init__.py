"""The command line: parses, calls one function, prints."""

from armsgraph.cli.app import app, main

__all__ = ["app", "main"]
