"""Puts the graphs that the protocol names for an update (using-graph-uri) into its text, as USING."""

from __future__ import annotations

from collections.abc import Sequence

from armsgraph.server.problems import Problem, ProblemError
from armsgraph.server.scanning import positions

__all__ = ["add_using"]


def add_using(text: str, *, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose WHERE clauses look at the graphs named and at nothing else.

    Raises:
        ProblemError: It says itself what to look at (WITH, USING), which the protocol forbids beside parameters; or a
            name of a graph is no IRI.
    """
    for iri in (*default, *named):
        if not iri or any(c in '<>"{}|^`\\' or c <= " " for c in iri):
            raise ProblemError(Problem(status=400, title=f"the name of a graph is no absolute IRI: {iri}"))
    clause = "".join([*(f" USING <{iri}>" for iri in default), *(f" USING NAMED <{iri}>" for iri in named)]) + " "
    tokens = positions(text)
    depth = 0
    pieces: list[str] = []
    at = 0
    for index, (token, start) in enumerate(tokens):
        word = token.upper()
        if token in ("{", "}"):
            depth += 1 if token == "{" else -1
        if depth or word not in ("WITH", "USING", "WHERE"):
            continue
        if word in ("WITH", "USING"):
            raise ProblemError(
                Problem(status=400, title=f"the update has {word}, and the request names graphs for it as well")
            )
        before = tokens[index - 1][0].upper() if index else ""
        pieces.append(text[at:start])
        if before == "DELETE":
            # the short form takes no USING: what is matched is what is deleted
            pieces.append(_block(text, tokens, index + 1) + " ")
        pieces.append(clause)
        at = start
    return "".join([*pieces, text[at:]])


def _block(text: str, tokens: Sequence[tuple[str, int]], index: int) -> str:
    """Return the text in braces that begins at a token."""
    depth = 0
    for token, start in tokens[index:]:
        depth += (token == "{") - (token == "}")
        if depth == 0:
            return text[tokens[index][1] : start + 1]
    raise ProblemError(Problem(status=400, title="a brace is not closed", outcome="syntax-error"))
