"""A graph exported in one form or another, and whether the validators of the standards are there."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from armsgraph.exporting import ExportOptions, export_graph
from armsgraph.store import OpenGraph

ROOT = Path(__file__).resolve().parent.parent
VALIDATORS = ROOT / "build" / "validators"
needs_validators = pytest.mark.skipif(
    not (VALIDATORS / ".up-to-date").exists(), reason="the validators are not there: run .ci/validators"
)


def exported(graph: OpenGraph, name: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    export_graph(graph, name, stream=stream, options=ExportOptions(**options))
    return stream.getvalue()


def local(iri: str) -> str:
    return iri.removeprefix("https://w3id.org/armsgraph/id/")
