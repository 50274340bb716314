"""What the service says of itself."""

from __future__ import annotations

from typing import Any

from armsgraph.server.jobs import Site
from armsgraph.server.pages.vocabulary import term_definition, term_label
from armsgraph.server.reconciling.things import TYPES
from armsgraph.version import __version__
from armsgraph.vocab import ARMS, CLASSES

__all__ = ["ABOVE", "make_manifest", "type_description", "type_ids", "type_object"]

# Classes above those of `things.TYPES`, which may be asked for too.
ABOVE = tuple(sorted({above for type_ in TYPES for above in CLASSES[type_]}))
_PREVIEW = {"width": 420, "height": 220}


def type_ids() -> tuple[str, ...]:
    """Return the ids of all types that can be asked for."""
    return (*TYPES, *ABOVE)


def type_object(type_: str) -> dict[str, str]:
    """Return a type as the API writes it."""
    return {"id": type_, "name": term_label(ARMS + type_)}


def type_description(type_: str) -> str:
    """Return the definition of a type."""
    return term_definition(ARMS + type_) or ""


def make_manifest(site: Site, root: str) -> dict[str, Any]:
    """Return the manifest; `root` is the full address of the service without a slash at the end."""
    suggest = {
        what: {
            "service_url": root,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": root,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }
        for what in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": f"{site.title}: arms deals in the news",
        "identifierSpace": site.base,
        "schemaSpace": ARMS,
        "serviceVersion": __version__,
        "documentation": f"{root.removesuffix('/reconcile')}/",
        "defaultTypes": [type_object(type_) for type_ in TYPES],
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "Most values of a row; 0 for all of them",
                }
            ],
        },
    }
