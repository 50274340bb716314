"""Signs for places, and for states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.records import PlaceRecord, StateRecord
from armsgraph.linking.scene import Case
from armsgraph.linking.scoring import Sign, sign
from armsgraph.model import EntityType

__all__ = ["weigh_place", "weigh_state"]

# "Paris, Texas", "Hyderabad (Pakistan)": what stands behind a name to say where it lies.
_BEHIND = re.compile(r"\s*(?:,|\()\s*((?:[A-Z][\w.'-]*)(?:\s+(?:of\s+)?[A-Z][\w.'-]*){0,2})")
_REGION = "federal state"


def weigh_state(case: Case, row: StateRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this state."""
    yield sign("only listed state", f"the list of states has one entry for {row.name}")


def weigh_place(case: Case, row: PlaceRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this place."""
    scene, entity = case.scene, case.entity
    yield sign("place name", f"it bears the name of {row.name}")
    where = scene.state_name(row.state)
    if row.kind == "capital":
        yield sign("capital", f"{row.name} is a capital")
    if scene.speaks_of(row.state, besides=entity.id):
        yield sign("state of the place", f"it lies in {where}, of which the text speaks")
    if row.admin1 and fold_name(row.admin1) in scene.regions:
        yield sign("district of the place", f"the text names {row.admin1}, where it lies")
    elsewhere = _elsewhere(case, row)
    if elsewhere is not None:
        yield sign("lies elsewhere", f"the text puts it in {elsewhere}")


def _elsewhere(case: Case, row: PlaceRecord) -> str | None:
    """Return the name of a state or region behind the place that is not its own."""
    scene = case.scene
    for mention in case.mentions:
        behind = _BEHIND.match(scene.document.text, mention.span.end)
        words = behind.group(1).split() if behind else []
        for length in range(len(words), 0, -1):
            name = " ".join(words[:length]).rstrip(".'")
            states = [r for r in scene.gazetteer.find(name, EntityType.STATE) if isinstance(r, StateRecord)]
            regions = [
                r
                for r in scene.gazetteer.find(name, EntityType.PLACE)
                if isinstance(r, PlaceRecord) and r.kind == _REGION
            ]
            if not states and not regions:
                continue
            is_own = any(s.code == row.state for s in states) or any(
                r.state == row.state and (not row.admin1 or fold_name(row.admin1) == fold_name(r.name)) for r in regions
            )
            if not is_own:
                return name
            break
    return None
