"""The command line reference and the help texts agree with the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from armsgraph.cli import app

COMMANDS = get_command(app).commands
REFERENCE = (Path(__file__).parent.parent / "docs" / "cli.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_stands_in_the_reference(name: str) -> None:
    section = REFERENCE.split(f"## armsgraph {name}\n")[1].split("\n## ")[0]
    missing = [o for p in COMMANDS[name].params for o in p.opts if o.startswith("--") and o not in section]
    assert missing == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_parameter_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert [p.name for p in command.params if not getattr(p, "help", None)] == []


def test_reference_names_no_command_that_is_not_there() -> None:
    headings = [line.split()[-1] for line in REFERENCE.splitlines() if line.startswith("## ")]
    assert sorted(headings) == sorted(COMMANDS)
