"""Writes graphs in the forms of people who do not speak RDF. See `docs/exports.md`."""

from armsgraph.exporting.running import EXPORTS, Export, ExportOptions, ExportSummary, export_graph

__all__ = ["EXPORTS", "Export", "ExportOptions", "ExportSummary", "export_graph"]
