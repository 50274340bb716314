"""What the tests share: the lists and the model are loaded once a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from armsgraph.pipeline import Tools, load_tools
from armsgraph.server.jobs import Limits
from armsgraph.server.settings import Settings
from armsgraph.store import write_store
from serving import DATA, RunningServer, running


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew from what the program says now; read the difference before committing it",
    )


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools()


@pytest.fixture(scope="session")
def read_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A read-only server over `serving.DATA`, shared by all tests that only ask."""
    folder = tmp_path_factory.mktemp("read-server")
    write_store(DATA.splitlines(), folder / "store", with_ontology=False)
    settings = Settings(graph=str(folder / "store"), port=0, workers=3, limits=Limits(deadline_s=5))
    with running(settings, folder) as server:
        yield server
