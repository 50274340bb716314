"""`armsgraph serve`: options become settings, bad ones are errors, and the command itself serves."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from armsgraph.cli import app
from armsgraph.errors import InputError
from armsgraph.server.jobs import Limits
from armsgraph.server.settings import Settings, check_settings, read_token
from armsgraph.store import write_store
from serving import DATA, TOKEN, http, wait_until


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """What would have been served."""
    found: list[Settings] = []

    def execv(_program: str, arguments: list[str]) -> None:
        assert arguments[1:3] == ["-m", "armsgraph.server"]
        found.append(Settings.from_json(arguments[3]))

    monkeypatch.setattr(os, "execv", execv)
    monkeypatch.setenv("ARMSGRAPH_TOKEN", TOKEN)
    return found


def test_defaults_are_safe(started: list[Settings], tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["serve", str(tmp_path)]).exit_code == 0
    (settings,) = started
    assert settings == Settings(graph=str(tmp_path))
    assert (settings.host, settings.is_writable, settings.allow_service) == ("127.0.0.1", False, ())


def test_every_option_becomes_a_setting(started: list[Settings], tmp_path: Path) -> None:
    arguments = (
        f"serve {tmp_path} --host ::1 --port 0 --base http://b.example/ --base-path graph/ --title T --proxy-headers "
        f"--workers 2 --timeout 1.5 --memory 64 --queue 3 --allow-service A.example:81 --allow-service b.example "
        f"--writable --token-file {tmp_path}/token --watch --allow-violations --access-log none"
    )
    (tmp_path / "token").write_text(TOKEN, "utf-8")
    done = CliRunner().invoke(app, arguments.split())
    assert done.exit_code == 0, done.output
    assert started == [
        Settings(
            graph=str(tmp_path),
            host="::1",
            port=0,
            base="http://b.example/",
            base_path="/graph",
            title="T",
            proxy_headers=True,
            workers=2,
            limits=Limits(deadline_s=1.5, memory_mb=64, waiting=3),
            allow_service=("a.example:81", "b.example"),
            is_writable=True,
            token_file=str(tmp_path / "token"),
            watch=True,
            allow_violations=True,
            access_log="",
        )
    ]
    assert TOKEN not in started[0].to_json()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"base_path": "/a b"}, "--base-path"),
        ({"base_path": "/{x}"}, "--base-path"),
        ({"allow_service": ("http://a.example/",)}, "--allow-service"),
        ({"allow_service": ("*",)}, "--allow-service"),
        ({"allow_service": ("",)}, "--allow-service"),
        ({"graph": "graph.ttl", "is_writable": True}, "only a store"),
    ],
)
def test_settings_that_do_not_go_together(change: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        check_settings(Settings(**{"graph": ".", **change}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "token", ["", "short", "with a space in it", "not-ascii-\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"]
)
def test_token_that_is_no_good(token: str) -> None:
    with pytest.raises(InputError, match="token"):
        read_token(Settings(graph=".", is_writable=True), {"ARMSGRAPH_TOKEN": token})
    assert read_token(Settings(graph="."), {"ARMSGRAPH_TOKEN": token}) == ""


@pytest.mark.slow
def test_the_command_serves_and_stops(tmp_path: Path) -> None:
    write_store(DATA.splitlines(), tmp_path / "store", with_ontology=False)
    log = tmp_path / "log"
    command = [str(Path(sys.executable).with_name("armsgraph")), "serve", str(tmp_path / "store"), "--port", "0"]
    with log.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        wait_until(lambda: "serving" in log.read_text("utf-8") or process.poll() is not None, within_s=90)
        found = re.search(r"http://\S+", log.read_text("utf-8"))
        assert found, log.read_text("utf-8")
        assert http.get(f"{found.group()}sparql?query=ASK%7B%7D").json()["boolean"] is True
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(60)
    assert code == 0
