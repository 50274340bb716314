"""Chooses an export by name and file extension, and writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from armsgraph.dossiers import Deal, DealReader
from armsgraph.errors import InputError
from armsgraph.exporting.claims import write_claims_jsonl, write_claims_parquet
from armsgraph.exporting.followthemoney import ftm_entities, write_ftm
from armsgraph.exporting.graphml import write_graphml
from armsgraph.exporting.neo4j import NODES_FILE, RELATIONSHIPS_FILE, write_neo4j
from armsgraph.exporting.network import make_network
from armsgraph.exporting.ocds import DEFAULT_OCID_PREFIX, make_release_package, write_ocds
from armsgraph.exporting.register import REGISTER_COLUMNS, is_trade, register_rows
from armsgraph.exporting.tables import MOST_ROWS, write_csv, write_xlsx
from armsgraph.store import OpenGraph
from armsgraph.wholefile import bare_name, whole_file

__all__ = ["EXPORTS", "Export", "ExportOptions", "ExportSummary", "export_graph"]

# A store of more quads than this is read from the disk, slower, not copied into memory first.
_MOST_IN_MEMORY = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A form to export: what it is, and the extensions of its files, the first of which is the default.

    `extensions` is empty for one that fills a folder.
    """

    name: str
    title: str
    extensions: tuple[str, ...]


EXPORTS = {
    export.name: export
    for export in (
        Export(name="claims", title="every claim with its sentence", extensions=(".jsonl", ".parquet")),
        Export(name="followthemoney", title="entities for Aleph and OpenSanctions tools", extensions=(".jsonl",)),
        Export(name="graphml", title="network for Gephi, yEd, networkx", extensions=(".graphml",)),
        Export(name="neo4j", title="two CSV files for neo4j-admin import", extensions=()),
        Export(name="ocds", title="Open Contracting 1.1 release package", extensions=(".json",)),
        Export(name="register", title="trade register in SIPRI's columns", extensions=(".csv", ".xlsx")),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What some exports ask for.

    Attributes:
        with_bom: CSV starts with a byte order mark, by which Excel knows UTF-8.
        day: Day of the export, for what needs one (OCDS).
        ocid_prefix: In front of the ids of contracting processes (OCDS).
    """

    with_bom: bool = False
    day: str | None = None
    ocid_prefix: str = DEFAULT_OCID_PREFIX


@dataclass(slots=True, kw_only=True)
class ExportSummary:
    """What was written: `count` of `unit`, into `files` (none: a stream); `left_out` says what has no place there."""

    count: int = 0
    unit: str = "row"
    files: list[Path] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def export_graph(
    graph: OpenGraph,
    name: str,
    *,
    output: Path | None = None,
    stream: IO[bytes] | None = None,
    options: ExportOptions | None = None,
) -> ExportSummary:
    """Write a graph in the form of an export. The same graph gives the same bytes.

    Args:
        name: One of `EXPORTS`.
        output: File, with one of the extensions of the form and perhaps `.gz` or `.zst` behind it; a folder for a form
            of several files.
        stream: Where to write if there is no `output`.

    Raises:
        InputError: No such form, no such extension, a form that needs a file, or a file that cannot be written.
    """
    export = _find(name)
    options = options or ExportOptions()
    extension = _extension(export, output)
    reader = DealReader(_in_memory(graph))
    summary = ExportSummary()
    if not export.extensions:
        if output is None:
            raise InputError(f"{name} writes two files", hint="name a folder for them: --output FOLDER")
        network = make_network(reader)
        write_neo4j(network, output, with_bom=options.with_bom)
        summary.files = [output / NODES_FILE, output / RELATIONSHIPS_FILE]
        summary.count, summary.unit = len(network.edges), "relationship"
        return summary
    write = _WRITERS[name]
    if output is None:
        if stream is None:
            raise InputError("nowhere to write", hint="name a file or a stream")
        write(reader, stream, extension, options, summary)
        return summary
    with whole_file(output) as file:
        write(reader, file, extension, options, summary)
    summary.files = [output]
    return summary


def _find(name: str) -> Export:
    if name not in EXPORTS:
        raise InputError(f"no export is called {name!r}", where="--format", hint=f"use one of {', '.join(EXPORTS)}")
    return EXPORTS[name]


def _extension(export: Export, output: Path | None) -> str:
    if not export.extensions:
        return ""
    if output is None:
        return export.extensions[0]
    extension = bare_name(output).suffix.lower()
    if extension not in export.extensions:
        raise InputError(
            f"{export.name} has no files that end with {extension!r}",
            where=str(output),
            hint=f"use {' or '.join(export.extensions)}, with .gz or .zst behind it if you like",
        )
    return extension


def _in_memory(graph: OpenGraph) -> OpenGraph:
    """Copy a store on disk into memory, where single look-ups take a quarter of the time."""
    if not graph.is_on_disk or len(graph.store) > _MOST_IN_MEMORY:
        return graph
    store = ox.Store()
    store.bulk_extend(graph.store)
    return OpenGraph(store=store, path=graph.path, is_on_disk=False)


# ------------------------------------------------------------------------------------------------ one for each form
def _register(
    reader: DealReader, file: IO[bytes], extension: str, options: ExportOptions, summary: ExportSummary
) -> None:
    deals = tuple(reader.deals())
    rows = [row.cells for row in register_rows(deals)]
    _leave_out([d for d in deals if not is_trade(d)], summary)
    summary.count = len(rows)
    if extension == ".xlsx":
        if len(rows) > MOST_ROWS:
            raise InputError(f"{len(rows):,} rows do not fit a sheet", hint="write .csv")
        write_xlsx(REGISTER_COLUMNS, rows, file, title="Trade register")
    else:
        write_csv(REGISTER_COLUMNS, rows, file, with_bom=options.with_bom)


def _claims(
    reader: DealReader, file: IO[bytes], extension: str, options: ExportOptions, summary: ExportSummary
) -> None:
    write = write_claims_parquet if extension == ".parquet" else write_claims_jsonl
    summary.count, summary.unit = write(reader.claims(), file), "claim"


def _followthemoney(
    reader: DealReader, file: IO[bytes], extension: str, options: ExportOptions, summary: ExportSummary
) -> None:
    summary.count, summary.unit = write_ftm(ftm_entities(reader), file), "entity"


def _ocds(reader: DealReader, file: IO[bytes], extension: str, options: ExportOptions, summary: ExportSummary) -> None:
    deals = tuple(reader.deals())
    shown = [d for d in deals if is_trade(d)]
    _leave_out([d for d in deals if not is_trade(d)], summary)
    write_ocds(make_release_package(shown, published=options.day, ocid_prefix=options.ocid_prefix), file)
    summary.count, summary.unit = len(shown), "release"


def _graphml(
    reader: DealReader, file: IO[bytes], extension: str, options: ExportOptions, summary: ExportSummary
) -> None:
    network = make_network(reader)
    write_graphml(network, file)
    summary.count, summary.unit = len(network.edges), "edge"


def _leave_out(deals: list[Deal], summary: ExportSummary) -> None:
    if deals:
        what = "agreement between equals names" if len(deals) == 1 else "agreements between equals name"
        summary.left_out.append(f"{len(deals)} {what} nothing that is delivered")


_Writer = Callable[[DealReader, IO[bytes], str, ExportOptions, ExportSummary], None]
_WRITERS: dict[str, _Writer] = {
    "claims": _claims,
    "followthemoney": _followthemoney,
    "graphml": _graphml,
    "ocds": _ocds,
    "register": _register,
}
