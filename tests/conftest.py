"""What the tests share: the lists and the model are loaded once a run."""

from __future__ import annotations

import pytest

from armsgraph.pipeline import Tools, load_tools


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew from what the program says now; read the difference before committing it",
    )


@pytest.fixture(scope="session")
def tools() -> Tools:
    return load_tools()
