"""Every shape lets good graphs pass and finds the fault it is there for; both engines agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl.entrypoints import meta_validate

from armsgraph.gate import Gate, GateReport, GateResult, load_gate
from armsgraph.gate.engines import PyshiftyEngine, has_pyshifty
from armsgraph.gate.shapes import load_shapes
from armsgraph.resources import shape_files

GRAPHS = Path(__file__).parent / "shapes"
PASSING = sorted(GRAPHS.glob("*/pass-*.ttl"))
FAILING = sorted(GRAPHS.glob("*/fail-*.ttl"))
EXPECTS = re.compile(r"# expects: (\S+) (\S+) (\S+)")
needs_pyshifty = pytest.mark.skipif(not has_pyshifty(), reason="pyshifty is not installed")


@pytest.fixture(scope="module")
def gate() -> Gate:
    return load_gate(engine="pyshacl")


@pytest.fixture(scope="module")
def reports(gate: Gate) -> dict[Path, GateReport]:
    return {path: gate.check(path) for path in [*PASSING, *FAILING]}


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def expected(path: Path) -> set[tuple[str, str, str]]:
    text = path.read_text("utf-8")
    prefixes = dict(re.findall(r"@prefix (\w*): <(.*?)> \.", text))
    return {(shape, full(node, prefixes), component) for shape, node, component in EXPECTS.findall(text)}


def full(node: str, prefixes: dict[str, str]) -> str:
    if node.startswith('"'):
        return node
    prefix, _, local = node.partition(":")
    return prefixes[prefix] + local


def found(report: GateReport) -> set[tuple[str, str, str]]:
    return {(r.shape_name, r.focus, r.component) for r in report.results}


@pytest.mark.parametrize("path", PASSING, ids=name)
def test_good_graph_passes_without_a_remark(path: Path, reports: dict[Path, GateReport]) -> None:
    assert found(reports[path]) == set()


@pytest.mark.parametrize("path", FAILING, ids=name)
def test_faulty_graph_fails_exactly_as_expected(path: Path, reports: dict[Path, GateReport]) -> None:
    assert found(reports[path]) == expected(path)


@needs_pyshifty
@pytest.mark.parametrize("path", [*PASSING, *FAILING], ids=name)
def test_engines_agree(path: Path, reports: dict[Path, GateReport], fast: PyshiftyEngine) -> None:
    alone = fast.validate([quad.triple for quad in ox.parse(path=str(path))])
    assert set(alone) == {r for r in reports[path].results if r.component != "Code"}


@pytest.fixture(scope="module")
def fast() -> PyshiftyEngine:
    return PyshiftyEngine(load_shapes())


def test_every_shape_is_proven_to_fail() -> None:
    proven = {shape for path in FAILING for shape, _, _ in expected(path)}
    assert {iri.rpartition("#")[2] for iri in load_shapes().by_iri} == proven


@pytest.mark.parametrize("path", shape_files(), ids=lambda p: p.stem)
def test_every_shape_file_has_graphs_that_pass_and_fail(path: Path) -> None:
    if path.stem != "prefixes":
        assert list((GRAPHS / path.stem).glob("pass-*.ttl"))
        assert list((GRAPHS / path.stem).glob("fail-*.ttl"))


def shapes_of(path: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    nodes: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(path)):
        if isinstance(quad.subject, ox.NamedNode):
            said = nodes.setdefault(quad.subject.value, {})
            said.setdefault(re.split("[#/]", quad.predicate.value)[-1], []).append(str(quad.object))
    yield from nodes.items()


@pytest.mark.parametrize("path", shape_files(), ids=lambda p: p.stem)
def test_every_shape_has_one_severity_and_an_english_message(path: Path) -> None:
    for iri, said in shapes_of(path):
        if "#" in iri:
            assert len(said["severity"]) == 1, iri
            assert len(said["message"]) == 1, iri
            assert said["message"][0].endswith("@en"), iri
            assert re.fullmatch(r'"[A-Z].+\."@en', said["message"][0]), iri


@pytest.mark.parametrize("path", shape_files(), ids=lambda p: p.stem)
def test_every_shape_file_has_a_header(path: Path) -> None:
    header = dict(shapes_of(path))[f"https://w3id.org/armsgraph/shapes/{path.stem}"]
    assert {"title", "description", "creator", "license", "created", "issued", "versionIRI", "versionInfo"} <= set(
        header
    )


@pytest.mark.slow
def test_shapes_are_well_formed_by_the_shapes_of_shacl() -> None:
    graph = rdflib.Graph()
    graph.parse(data=load_shapes().ntriples, format="nt")
    conforms, _, text = meta_validate(graph, inference="none", max_validation_depth=100)
    assert conforms, text


def test_shape_names_are_unique_to_a_file() -> None:
    names = [iri for path in shape_files() for iri, _ in shapes_of(path)]
    assert len(names) == len(set(names))


def test_results_say_path_and_value(reports: dict[Path, GateReport]) -> None:
    results = reports[GRAPHS / "deal/fail-parties.ttl"].results
    (buyer,) = (r for r in results if r.shape_name == "Deal-buyer" and r.focus.endswith("d1"))
    assert (buyer.path, buyer.value) == ("arms:buyer", "<https://w3id.org/armsgraph/id/test/person>")
    (evidence,) = (r for r in results if r.shape_name == "Deal-evidence")
    assert (evidence.path, evidence.value) == ("^rdf:subject", None)
    assert isinstance(evidence, GateResult)
