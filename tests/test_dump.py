"""Dumps: compact JSON-LD, RDF 1.2, compression, numbered files and descriptions; all the same graph, the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import zstandard
from typer.testing import CliRunner

from armsgraph.cli import app
from armsgraph.errors import InputError
from armsgraph.graph import add_reifiers, parse_size, write_file
from armsgraph.graph.terms import split_line
from armsgraph.store import OpenGraph, open_graph
from armsgraph.vocab import ARMS, PREFIXES
from dumps import FORMATS, REIFIES, all_lines, dumped, graph_lines, of_format, open_lines


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return graph_lines()


@pytest.fixture(scope="module")
def opened(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return open_lines(lines, tmp_path_factory.mktemp("dump"))


# ------------------------------------------------------------------------------------------------ RDF 1.2
@pytest.mark.parametrize("kind", ["ttl", "nt", "nq", "trig"])
def test_oxigraph_reads_a_reifier_for_each_claim(opened: OpenGraph, tmp_path: Path, kind: str) -> None:
    dumped(opened, tmp_path / f"g.{kind}", is_rdf12=True)
    again = open_graph(tmp_path / f"g.{kind}")
    found = all_lines(again)
    assert [line for line in found if f" {REIFIES} " not in line] == of_format(all_lines(opened), kind)
    rows = again.store.query(
        "PREFIX arms: <https://w3id.org/armsgraph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>"
        " SELECT ?c ?n { ?c rdf:reifies <<( ?i arms:quantity ?n )>> ; a arms:Claim ; rdf:subject ?i }",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, ox.QuerySolutions)
    numbers = [int(row["n"].value) for row in rows]
    assert {601427, 6014427, 671000} <= set(numbers)
    claims = sum(line.split(" ")[1] == f"<{PREFIXES['rdf']}subject>" for line in all_lines(opened))
    assert sum(f" {REIFIES} " in line for line in found) == claims


def test_reifying_keeps_lines_sorted_and_asks_for_one_triple() -> None:
    rdf = PREFIXES["rdf"]
    claim = [
        f'<http://e/c> <{rdf}object> "x \\" )>> y"@en <http://e/g> .',
        f"<http://e/c> <{rdf}predicate> <http://e/p> <http://e/g> .",
        f"<http://e/c> <{rdf}subject> <http://e/s> <http://e/g> .",
    ]
    two = [line.replace("/c>", "/d>") for line in claim] + [f"<http://e/d> <{rdf}subject> <http://e/t> <http://e/g> ."]
    part = [claim[0].replace("/c>", "/e>"), claim[1].replace("/c>", "/e>")]
    made = sorted([*claim, *two, *part])
    found = list(add_reifiers(made))
    (new,) = [line for line in found if line not in made]
    assert new == f'<http://e/c> <{rdf}reifies> <<( <http://e/s> <http://e/p> "x \\" )>> y"@en )>> <http://e/g> .'
    assert found == sorted(found)
    assert split_line(new) == ("<http://e/c>", f"<{rdf}reifies>", new[new.index("<<(") : -15], "<http://e/g>")


@pytest.mark.parametrize("kind", ["jsonld", "rdf"])
def test_formats_without_triple_terms_refuse_rdf12(opened: OpenGraph, tmp_path: Path, kind: str) -> None:
    with pytest.raises(InputError, match=r"no RDF 1\.2"):
        dumped(opened, tmp_path / f"g.{kind}", is_rdf12=True)
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------------------------ compression
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_compressed_files_hold_the_same_bytes_each_time(
    opened: OpenGraph, tmp_path: Path, kind: str, packing: str
) -> None:
    (plain,) = dumped(opened, tmp_path / f"g.{kind}")
    (packed,) = dumped(opened, tmp_path / f"one.{kind}.{packing}")
    (again,) = dumped(opened, tmp_path / f"two.{kind}.{packing}")
    assert packed.read_bytes() == again.read_bytes()
    data = packed.read_bytes()
    unpack = gzip.decompress if packing == "gz" else zstandard.ZstdDecompressor().decompressobj().decompress
    assert unpack(data) == plain.read_bytes()
    assert len(data) < len(plain.read_bytes()) / 3
    assert all_lines(open_graph(packed)) == of_format(all_lines(opened), kind)


def test_gzip_has_neither_time_nor_name(opened: OpenGraph, tmp_path: Path) -> None:
    (packed,) = dumped(opened, tmp_path / "secret-name.nt.gz")
    head = packed.read_bytes()[:10]
    assert head[3:8] == bytes(5)
    assert b"secret-name" not in packed.read_bytes()[:60]


@pytest.mark.parametrize("name", ["g.nt.gz", "g.nt.zst"])
@pytest.mark.parametrize("damage", ["cut", "plain"])
def test_a_damaged_file_is_an_error_with_its_name(opened: OpenGraph, tmp_path: Path, name: str, damage: str) -> None:
    (path,) = dumped(opened, tmp_path / name)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] if damage == "cut" else b"<http://e/s> <http://e/p> <http://e/o> .\n")
    with pytest.raises(InputError) as raised:
        open_graph(path)
    assert raised.value.where is not None
    assert raised.value.where.startswith(str(path))


# ------------------------------------------------------------------------------------------------ numbered files
@pytest.mark.parametrize("name", [*(f"g.{kind}" for kind in FORMATS), "g.nq.gz", "g.ttl.zst"])
def test_parts_can_be_read_alone_and_are_the_graph_together(opened: OpenGraph, tmp_path: Path, name: str) -> None:
    parts = dumped(opened, tmp_path / name, part_bytes=40_000)
    kind = name.split(".")[1]
    assert len(parts) > 2
    assert [p.name for p in parts] == [f"g-{n:04d}{name[1:]}" for n in range(1, len(parts) + 1)]
    found = [all_lines(open_graph(part)) for part in parts]
    assert sorted({line for part in found for line in part}) == of_format(all_lines(opened), kind)
    if kind in {"nq", "nt"} and not name.endswith(".gz"):
        assert max(p.stat().st_size for p in parts) <= 40_000
    if kind in {"ttl", "trig", "jsonld", "rdf"}:
        deals = [{line.split(" ")[0] for line in part if "/deal/" in line.split(" ")[0]} for part in found]
        assert sum(map(len, deals)) == len(set().union(*deals))
        items = [{line.split(" ")[2] for line in part if line.split(" ")[1] == f"<{ARMS}item>"} for part in found]
        subjects = [{line.split(" ")[0] for line in part} for part in found]
        assert all(mine <= there for mine, there in zip(items, subjects, strict=True))
    again = dumped(opened, tmp_path / f"x{name}", part_bytes=40_000)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in parts]


def test_parts_of_an_earlier_longer_dump_are_removed(opened: OpenGraph, tmp_path: Path) -> None:
    many = dumped(opened, tmp_path / "g.nt", part_bytes=20_000)
    other = tmp_path / "g-old.nt"
    other.write_text("")
    few = dumped(opened, tmp_path / "g.nt", part_bytes=100_000)
    assert len(few) < len(many)
    assert sorted(tmp_path.iterdir()) == sorted((*few, other))


def test_blank_nodes_cannot_be_split(tmp_path: Path) -> None:
    (tmp_path / "g.ttl").write_text("<http://e/s> <http://e/p> [ <http://e/q> 1 ] .")
    with pytest.raises(InputError, match="blank nodes"):
        dumped(open_graph(tmp_path / "g.ttl"), tmp_path / "out.ttl", part_bytes=5000)


def test_an_empty_graph_is_one_part(tmp_path: Path) -> None:
    (tmp_path / "g.ttl").write_text("")
    (part,) = dumped(open_graph(tmp_path / "g.ttl"), tmp_path / "out.ttl", part_bytes=5000)
    assert all_lines(open_graph(part)) == []


@pytest.mark.parametrize(
    ("text", "size"), [("50000", 50_000), ("500k", 500_000), ("1.5 MB", 1_500_000), ("2g", 2 * 10**9)]
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "big", "5", "9k", "-5M", "5T", "1e9"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(InputError, match="no size"):
        parse_size(text)


# ------------------------------------------------------------------------------------------------ description
def test_a_description_counts_names_and_hashes(opened: OpenGraph, lines: list[str], tmp_path: Path) -> None:
    *files, about = dumped(
        opened,
        tmp_path / "g.nq.gz",
        part_bytes=100_000,
        describe=tmp_path / "about.ttl",
        licence="https://creativecommons.org/licenses/by/4.0/",
        download_url="https://example.org/data",
    )
    graph = rdflib.Graph().parse(about)
    dcat, void, spdx, dc = (
        rdflib.Namespace(n)
        for n in (
            "http://www.w3.org/ns/dcat#",
            "http://rdfs.org/ns/void#",
            "http://spdx.org/rdf/terms#",
            "http://purl.org/dc/terms/",
        )
    )
    (dump,) = graph.subjects(rdflib.RDF.type, dcat.Dataset)
    assert (dump, rdflib.RDF.type, void.Dataset) in graph
    content = all_lines(opened)
    build = hashlib.sha256("".join(f"{line}\n" for line in content).encode()).hexdigest()
    assert str(graph.value(dump, dc.identifier)) == f"sha256:{build}"
    assert str(dump).endswith(build[:16])
    assert str(graph.value(dump, dc.license)) == "https://creativecommons.org/licenses/by/4.0/"
    expected = {
        void.triples: len(of_format(content, "nt")),
        void.distinctSubjects: len({line.split(" ")[0] for line in content}),
        void.documents: 4,
    }
    assert {name: int(str(graph.value(dump, name))) for name in expected} == expected
    deals = next(
        p
        for p in graph.objects(dump, void.classPartition)
        if graph.value(p, void["class"]) == rdflib.URIRef(ARMS + "Deal")
    )
    assert int(str(graph.value(deals, void.entities))) == 7
    assert len(set(graph.objects(dump, dc.source))) == 4
    found = {}
    for file in graph.objects(dump, dcat.distribution):
        checksum = graph.value(file, spdx.checksum)
        found[str(graph.value(file, dc.title))] = (
            str(graph.value(checksum, spdx.checksumValue)).lower(),
            int(str(graph.value(file, dcat.byteSize))),
            str(graph.value(file, dcat.downloadURL)),
        )
    assert found == {
        path.name: (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_size,
            f"https://example.org/data/{path.name}",
        )
        for path in files
    }


def test_a_description_is_the_same_each_time_and_for_each_format(opened: OpenGraph, tmp_path: Path) -> None:
    made = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        dumped(opened, tmp_path / folder / "g.nq", describe=tmp_path / folder / "about.ttl")
        made.append((tmp_path / folder / "about.ttl").read_bytes())
    assert made[0] == made[1]
    dumped(opened, tmp_path / "g.trig", describe=tmp_path / "about.nt")
    identifiers = re.findall(r"sha256:[0-9a-f]{64}", (tmp_path / "about.nt").read_text() + made[0].decode())
    assert len(set(identifiers)) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"links_context": True}, "only JSON-LD"),
        ({"format": "nt", "part_bytes": 9999}, "extension"),
        ({"describe": Path("about.xyz")}, "no graph format"),
    ],
)
def test_options_that_do_not_go_together(
    opened: OpenGraph, tmp_path: Path, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        dumped(opened, tmp_path / "g.ttl", **options)
    assert list(tmp_path.iterdir()) == []


def test_a_description_does_not_overwrite_the_dump(opened: OpenGraph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="overwrite"):
        dumped(opened, tmp_path / "g.ttl", describe=tmp_path / "g.ttl")


# ------------------------------------------------------------------------------------------------ command
def test_command_writes_what_its_options_say(lines: list[str], tmp_path: Path) -> None:
    write_file(lines, tmp_path / "g.nq.zst")
    arguments = ["--rdf12", "--split-size", "100k", "--describe", str(tmp_path / "about.ttl")]
    said = CliRunner().invoke(app, ["dump", str(tmp_path / "g.nq.zst"), "-o", str(tmp_path / "d.ttl.gz"), *arguments])
    assert said.exit_code == 0, said.output
    assert "d-0001.ttl.gz" in said.stderr
    assert "no licence" in said.stderr
    assert b"rdf:reifies <<(" in gzip.decompress((tmp_path / "d-0001.ttl.gz").read_bytes()) + b"".join(
        gzip.decompress(p.read_bytes()) for p in sorted(tmp_path.glob("d-*.ttl.gz"))
    )


def test_command_needs_a_file_for_parts(lines: list[str], tmp_path: Path) -> None:
    write_file(lines, tmp_path / "g.nq")
    said = CliRunner().invoke(app, ["dump", str(tmp_path / "g.nq"), "--split-size", "100k"])
    assert isinstance(said.exception, InputError)
