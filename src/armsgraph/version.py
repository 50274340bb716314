"""The version, written once: packaging and `armsgraph --version` read it here."""

__version__ = "0.1.0"
