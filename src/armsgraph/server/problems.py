"""What went wrong with a request, as a value; every error that a client sees is made from one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus

__all__ = ["Problem", "ProblemError", "render_problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error answer.

    Attributes:
        status: 4xx where the client can mend it, 5xx where it cannot.
        title: What is wrong, in one sentence without a full stop.
        hint: What to do next.
        line: Line in the query, from 1, where one is known; `column` with it.
        column: Column in the query, from 1, in characters.
        report: A SHACL report in Turtle, which is the body then.
        page: The same as an HTML page, for a client that shows it to people; it is the body then.
        headers: Headers of the answer, such as Allow or Retry-After.
        outcome: Word for the log and the metrics.
    """

    status: int
    title: str
    hint: str | None = None
    line: int | None = None
    column: int | None = None
    report: str | None = None
    page: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    outcome: str = "refused"


class ProblemError(Exception):
    """Carries a `Problem` out of what cannot go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


def render_problem(problem: Problem, *, as_json: bool) -> tuple[str, bytes]:
    """Return Content-Type and body: a report or page where there is one, RFC 9457 problem details, or text."""
    if problem.report is not None:
        return "text/turtle; charset=utf-8", problem.report.encode("utf-8", "replace")
    if problem.page is not None:
        return "text/html; charset=utf-8", problem.page.encode("utf-8", "replace")
    if as_json:
        said = {"type": "about:blank", "title": HTTPStatus(problem.status).phrase, "status": problem.status}
        more = {"detail": problem.title, "hint": problem.hint, "line": problem.line, "column": problem.column}
        said |= {key: value for key, value in more.items() if value is not None}
        return "application/problem+json", json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    place = f"line {problem.line}, column {problem.column}: " if problem.line is not None else ""
    hint = f"\n{problem.hint}" if problem.hint else ""
    return "text/plain; charset=utf-8", f"{place}{problem.title}{hint}\n".encode("utf-8", "replace")
