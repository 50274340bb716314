"""The seed article, built anew, in every form: read back by a program made for it, with the values of the graph."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib

import armsgraph
from armsgraph.dumping import DumpOptions, dump_graph
from armsgraph.exporting import ExportOptions
from armsgraph.graph import read_lines
from armsgraph.graph.terms import split_line
from armsgraph.store import open_graph

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
VALIDATORS = ROOT / "build" / "validators"
JENA = ROOT / "build" / "stores"
has_jena = bool(shutil.which("java")) and all(list(JENA.glob(f"jena-{n}-*.jar")) for n in ("cmds", "fuseki-server"))
needs_jena = pytest.mark.skipif(not has_jena, reason="Jena is not there: .ci/stores fetches it")
needs_validators = pytest.mark.skipif(
    not (VALIDATORS / ".up-to-date").exists(), reason="the validators are not there: run .ci/validators"
)
WITH_GRAPHS = ("nq", "trig", "jsonld")
NAMES = ("g.ttl", "g.nt", "g.nq", "g.trig", "g.jsonld", "g.rdf", "g.ttl.gz", "g.trig.zst")


@pytest.fixture(scope="module")
def seed() -> armsgraph.Graph:
    return armsgraph.build(ROOT / "seeds")


@pytest.fixture(scope="module")
def stored(seed: armsgraph.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seed") / "seed.nq"
    seed.save(path)
    return path


@pytest.fixture(scope="module")
def content(stored: Path) -> list[str]:
    return sorted(set(read_lines(open_graph(stored).quads())))


def expected(content: list[str], name: str) -> list[str]:
    kind = name.split(".")[1]
    return content if kind in WITH_GRAPHS else sorted({" ".join(split_line(line)[:3]) + " ." for line in content})


def dumped(stored: Path, path: Path, **options: Any) -> Path:
    (written,) = dump_graph(open_graph(stored), path, DumpOptions(**options))
    return written


@pytest.mark.parametrize("name", NAMES)
def test_oxigraph_reads_every_dump(stored: Path, content: list[str], tmp_path: Path, name: str) -> None:
    found = open_graph(dumped(stored, tmp_path / name))
    assert sorted(set(read_lines(found.quads()))) == expected(content, name)


# rdflib 7.6 warns of its own use of Dataset while it parses
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", [n for n in NAMES if not n.endswith((".gz", ".zst", ".nt"))])
def test_rdflib_reads_every_dump(stored: Path, content: list[str], tmp_path: Path, name: str) -> None:
    formats = {"ttl": "turtle", "nq": "nquads", "trig": "trig", "jsonld": "json-ld", "rdf": "xml"}
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(dumped(stored, tmp_path / name), format=formats[name.split(".")[1]])
    reference = rdflib.Graph().parse(data="\n".join(expected(content, "g.nt")), format="nt")
    assert {(s, p, o) for s, p, o, _ in dataset.quads()} == set(reference)


@needs_jena
@pytest.mark.parametrize("name", [n for n in NAMES if not n.endswith(".zst")])
def test_jena_reads_every_dump(stored: Path, content: list[str], tmp_path: Path, name: str) -> None:
    path = dumped(stored, tmp_path / name)
    command = ["java", "-cp", f"{JENA}/*", "riotcmd.riot", "--output=nquads", str(path)]
    said = subprocess.run(command, capture_output=True, check=True)
    back = sorted(set(read_lines(ox.parse(said.stdout, format=ox.RdfFormat.N_QUADS))))
    assert back == expected(content, name)
    assert b"WARN" not in said.stderr


@needs_jena
def test_jena_reads_rdf12(stored: Path, content: list[str], tmp_path: Path) -> None:
    path = dumped(stored, tmp_path / "g.ttl", is_rdf12=True)
    command = ["java", "-cp", f"{JENA}/*", "riotcmd.riot", "--count", str(path)]
    said = subprocess.run(command, capture_output=True, check=True, text=True)
    claims = sum("22-rdf-syntax-ns#subject>" in line.split(" ")[1] for line in content)
    assert f"{len(expected(content, 'g.ttl')) + claims:,}" in said.stdout + said.stderr


def test_openpyxl_reads_the_register(seed: armsgraph.Graph, tmp_path: Path) -> None:
    seed.export("register", tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = [dict(zip(head, row, strict=True)) for row in rows]
    numbers = {i.iri: i.quantity.value for d in seed.deals() for i in d.items if i.quantity and d.is_order}
    assert {row["Item"]: row["Number ordered"] for row in told if row["Number ordered"]} == numbers
    rifles = next(row for row in told if row["Weapon designation"] == "AK-203")
    assert (rifles["Recipient"], rifles["Number ordered"]) == ("India", 601427)
    assert "6014427" in rifles["Comments"]


def test_networkx_reads_the_network(seed: armsgraph.Graph, tmp_path: Path) -> None:
    seed.export("graphml", tmp_path / "g.graphml")
    network = nx.read_graphml(tmp_path / "g.graphml")
    found = {(s, t) for s, t, data in network.edges(data=True) if data["type"] == "buyer"}
    assert found == {(deal.iri, fact.value.iri) for deal in seed.deals() for fact in deal.buyers}


def test_pyarrow_reads_the_claims(seed: armsgraph.Graph, tmp_path: Path) -> None:
    seed.export("claims", tmp_path / "c.parquet")
    table = pq.read_table(tmp_path / "c.parquet").to_pylist()
    assert {(r["claim"], r["object"], r["quote"]) for r in table} == {
        (c.iri, c.object, c.citation.sentence.quote) for c in seed.claims()
    }


@needs_validators
def test_followthemoney_reads_the_entities(seed: armsgraph.Graph, tmp_path: Path) -> None:
    seed.export("followthemoney", tmp_path / "f.jsonl")
    script = ROOT / "tools" / "check_followthemoney.py"
    command = [str(VALIDATORS / "bin" / "python"), str(script), str(tmp_path / "f.jsonl")]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert json.loads(said.stdout.splitlines()[-1])["Contract"] == len(list(seed.deals()))


@needs_validators
def test_the_schema_of_ocds_takes_the_releases(seed: armsgraph.Graph, tmp_path: Path) -> None:
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT4

    seed.export("ocds", tmp_path / "o.json", options=ExportOptions(day="2021-12-07"))
    package = json.loads((tmp_path / "o.json").read_text("utf-8"))
    of_package, of_release = (
        json.loads((VALIDATORS / "ocds" / f"{name}.json").read_text("utf-8"))
        for name in ("release-package-schema", "release-schema")
    )
    reference = of_package["properties"]["releases"]["items"]["$ref"]
    registry: Registry[Any] = Registry().with_resource(
        reference, Resource.from_contents(of_release, default_specification=DRAFT4)
    )
    assert list(jsonschema.Draft4Validator(of_package, registry=registry).iter_errors(package)) == []
    quantities = [
        i["quantity"] for r in package["releases"] for c in r.get("contracts", ()) for i in c.get("items", ())
    ]
    assert 601427 in quantities
