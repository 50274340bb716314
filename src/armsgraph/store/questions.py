"""The competency questions that ship as SPARQL files."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from armsgraph import resources
from armsgraph.errors import DataError, InputError

__all__ = ["Question", "find_question", "list_questions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A shipped query: `name` is the file name without extension, `title` what it answers, `text` the SPARQL."""

    name: str
    title: str
    text: str


def list_questions() -> tuple[Question, ...]:
    """Return the shipped queries, sorted by name.

    Raises:
        DataError: A file does not start with a comment that says what it answers.
    """
    found = []
    for path in resources.query_files():
        text = path.read_text("utf-8")
        first = text.partition("\n")[0]
        if not first.startswith("# "):
            raise DataError("the first line does not say what it answers", where=f"{path}:1", hint="write # Which ...?")
        found.append(Question(name=path.stem, title=first[2:].strip(), text=text))
    return tuple(found)


def find_question(name: str) -> Question:
    """Return a shipped query by name.

    Raises:
        InputError: There is none of that name.
    """
    questions = {q.name: q for q in list_questions()}
    if name not in questions:
        near = difflib.get_close_matches(name, questions, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(questions)}"
        raise InputError(f"no shipped query is called {name!r}", hint=hint)
    return questions[name]
