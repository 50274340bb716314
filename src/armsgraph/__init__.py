"""armsgraph: news about arms deals as a checked RDF graph in which every fact cites its sentence."""

from armsgraph.version import __version__

__all__ = ["__version__"]
