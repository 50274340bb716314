"""What the README and the command line reference show is what the program says now.

Examples are indented blocks: `$ armsgraph ...`, then what it prints, standard output before standard error.
`pytest tests/test_docs.py --update-golden` writes what is printed anew; the Turtle of the README is kept by hand.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command

from armsgraph.cli import app, main

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/cli.md", "docs/index.md")
COMMANDS = get_command(app).commands
REFERENCE = (ROOT / "docs" / "cli.md").read_text("utf-8")
PROMPT, INDENT = "    $ ", "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One command of a page, and its output as the page has it; `first` and `end` are the lines of the output."""

    arguments: tuple[str, ...]
    output: str
    first: int
    end: int


def read_examples(page: str) -> Iterator[Example]:
    lines = page.splitlines()
    number = 0
    while number < len(lines):
        if not lines[number].startswith(PROMPT):
            number += 1
            continue
        command = lines[number].removeprefix(PROMPT)
        number += 1
        while command.count("'") % 2:
            command += "\n" + lines[number].removeprefix(INDENT)
            number += 1
        first = end = number
        while number < len(lines) and not lines[number].startswith(PROMPT):
            if lines[number].startswith(INDENT):
                end = number + 1
            elif lines[number]:
                break
            number += 1
        output = "\n".join(line.removeprefix(INDENT) for line in lines[first:end])
        yield Example(arguments=tuple(shlex.split(command)[1:]), output=output, first=first, end=end)


def run(*arguments: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["armsgraph", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
    return int(stop.value.code or 0)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "bench" / "gold", folder / "bench" / "gold")
    (folder / "build").mkdir()
    assert run("build", str(folder / "seeds"), "--output", str(folder / "build" / "graph.ttl")) == 0
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_examples_print_what_the_page_shows(
    name: str,
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    path = ROOT / name
    page = path.read_text("utf-8")
    monkeypatch.chdir(checkout)
    capfd.readouterr()
    examples = list(read_examples(page))
    assert examples
    printed = []
    for example in examples:
        code = run(*example.arguments)
        said = capfd.readouterr()
        assert code == 0, (example.arguments, said)
        printed.append("\n".join(line.rstrip() for line in (said.out + said.err).rstrip().splitlines()))
    if request.config.getoption("--update-golden"):
        lines = page.splitlines()
        for example, output in reversed(list(zip(examples, printed, strict=True))):
            lines[example.first : example.end] = [INDENT + line if line else "" for line in output.splitlines()]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return
    for example, output in zip(examples, printed, strict=True):
        assert output == example.output, example.arguments


def test_turtle_of_the_readme_stands_in_the_graph(checkout: Path) -> None:
    shown = re.findall(r"```turtle\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert shown
    graph = {line.rstrip(" ;.") for line in (checkout / "build" / "graph.ttl").read_text("utf-8").splitlines()}
    assert [line for line in shown[0].splitlines() if line.rstrip(" ;.") not in graph] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_stands_in_the_reference(name: str) -> None:
    section = REFERENCE.split(f"## armsgraph {name}\n")[1].split("\n## ")[0]
    missing = [o for p in COMMANDS[name].params for o in p.opts if o.startswith("--") and o not in section]
    assert missing == []
    words = " ".join(re.sub("[│╭╮╰╯─]", " ", section).split())
    helps = [COMMANDS[name].help, *(p.help for p in COMMANDS[name].params)]
    assert [text for text in helps if " ".join(text.split()) not in words] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_parameter_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert [p.name for p in command.params if not getattr(p, "help", None)] == []


def test_reference_names_no_command_that_is_not_there() -> None:
    headings = [line.split()[-1] for line in REFERENCE.splitlines() if line.startswith("## ")]
    assert sorted(headings) == sorted(COMMANDS)
