"""Signs for places, and for states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.records import PlaceRecord, Record, StateRecord
from armsgraph.linking.doubts import doubt_place, doubt_state
from armsgraph.linking.scene import Case
from armsgraph.linking.scoring import Sign, sign
from armsgraph.model import EntityType

__all__ = ["weigh_place", "weigh_state"]

# "Paris, Texas", "Hyderabad (Pakistan)": what stands behind a name to say where it lies.
_BEHIND = re.compile(r"\s*(?:,|\()\s*((?:[A-Z][\w.'-]*)(?:\s+(?:of\s+)?[A-Z][\w.'-]*){0,2})")
_TOWN_IN_FRONT = re.compile(r"[A-Z][\w.'-]*,\s*$")
_REGION = "federal state"
_SEVERAL = 5


def weigh_state(case: Case, row: StateRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this state."""
    yield sign("only listed state", f"the list of states has one entry for {row.name}")
    own = fold_name(row.name)
    if all(fold_name(n) != own for n in case.names):
        for other in case.scene.gazetteer.states.values():
            name = f" {fold_name(other.name)} "
            if other.id != row.id and all(f" {fold_name(n)} " in name for n in case.names):
                yield sign("namesake", f"that may be {other.name} too")
                break
    yield from doubt_state(case, row)


def weigh_place(case: Case, row: PlaceRecord) -> Iterator[Sign]:
    """Yield the signs that an entity is this place."""
    scene, entity = case.scene, case.entity
    yield max((_weigh_name(n, row) for n in case.names), key=lambda s: s.weight)
    where = scene.state_name(row.state)
    if row.kind == "capital" and row.state in _prominent_states(scene.gazetteer):
        yield sign("capital", f"{row.name} is a capital")
    elif row.kind == "capital":
        yield sign("lesser capital", f"{row.name} is the capital of a state that the lists hold little of")
    if scene.speaks_of(row.state, besides=entity.id):
        yield sign("state of the place", f"it lies in {where}, of which the text speaks")
    if row.admin1 and fold_name(row.admin1) in scene.regions:
        yield sign("district of the place", f"the text names {row.admin1}, where it lies")
    if row.kind == _REGION and _stands_behind_a_town(case):
        yield sign("behind a town", "it stands behind a town, where the region does")
    elsewhere = _elsewhere(case, row)
    if elsewhere is not None:
        yield sign("lies elsewhere", f"the text puts it in {elsewhere}")
    yield from doubt_place(case, row)


@lru_cache(maxsize=2)
def _prominent_states(gazetteer: Gazetteer) -> frozenset[str]:
    """Return the states of which news on arms speaks often: with several listed firms, forces and weapons."""
    tables: tuple[Mapping[str, Record], ...] = (gazetteer.firms, gazetteer.bodies, gazetteer.weapons)
    counts = Counter(getattr(r, "state", None) for table in tables for r in table.values())
    return frozenset(code for code, n in counts.items() if code is not None and n >= _SEVERAL)


def _weigh_name(name: str, row: PlaceRecord) -> Sign:
    written, own = fold_name(name), fold_name(row.name)
    if written in (own, fold_name(row.name.partition(",")[0])):
        return sign("place name", f"it bears the name of {row.name}")
    if f" {written} " in f" {own} ":
        return sign("part of the place name", f'"{name}" is only a part of the name of {row.name}')
    return sign("other place name", f'"{name}" is another listed name of {row.name}')


def _stands_behind_a_town(case: Case) -> bool:
    """Say whether a mention is told to say where a town lies: "Bremerton, Washington"."""
    text = case.scene.document.text
    return any(_TOWN_IN_FRONT.search(text, max(0, m.span.start - 60), m.span.start) for m in case.mentions)


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
