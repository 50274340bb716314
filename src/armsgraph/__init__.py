"""armsgraph: news about arms deals as a checked RDF graph in which every fact cites its sentence.

`docs/python.md` shows how to use it from Python. What takes long to load (language model, shapes) is loaded by `build`.
"""

from armsgraph.dossiers import Claim, Deal, Delivery, Document, Entity, Fact, Item, Stage, Standing, Sum
from armsgraph.errors import ArmsgraphError, GateError, InputError, StoreError
from armsgraph.explain import Citation
from armsgraph.library import Graph, build, build_texts, read
from armsgraph.version import __version__

__all__ = [
    "ArmsgraphError",
    "Citation",
    "Claim",
    "Deal",
    "Delivery",
    "Document",
    "Entity",
    "Fact",
    "GateError",
    "Graph",
    "InputError",
    "Item",
    "Stage",
    "Standing",
    "StoreError",
    "Sum",
    "__version__",
    "build",
    "build_texts",
    "read",
]
