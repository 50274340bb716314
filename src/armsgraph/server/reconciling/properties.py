"""Properties of things: what they are compared by, and what can be had of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz

from armsgraph.entities.keys import firm_words
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.offices import office_kind, shipped_office_lexicon
from armsgraph.lexicon.records import BodyRecord, KindRecord, PersonRecord, PlaceRecord, StateRecord, WeaponRecord
from armsgraph.server.reconciling.index import Index
from armsgraph.server.reconciling.things import TYPES, Thing, makers_of, states_of
from armsgraph.store import NodeReader
from armsgraph.vocab import ARMS, PREFIXES

__all__ = ["PROPERTIES", "Comparison", "Facts", "Property"]

_MOST = 200
# Of successor states an old design may be called either.
_HEIRS = {"SU": {"RU"}, "YU": {"RS"}, "CS": {"CZ", "SK"}, "DD": {"DE"}}
_ALIKE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property.

    Attributes:
        types: Things that have it; all if there are none.
        value_type: Class of its values, None for texts and numbers.
        is_compared: Whether it counts when names are reconciled.
    """

    id: str
    name: str
    description: str
    types: tuple[str, ...] = ()
    value_type: str | None = None
    is_compared: bool = True


_ORGANISATIONS = ("Firm", "GovernmentBody", "ArmedForce", "InternationalOrganisation")
PROPERTIES: dict[str, Property] = {
    p.id: p
    for p in (
        Property(
            id="state",
            name="state",
            description="Home state of a firm, force or body, origin of a weapon, state in which a place lies or a "
            "person holds office: its name, adjective or ISO code",
            types=(*_ORGANISATIONS, "Weapon", "Person", "Place"),
            value_type="State",
        ),
        Property(
            id="office",
            name="office",
            description="Title that a person holds or held, such as defence minister",
            types=("Person",),
        ),
        Property(
            id="maker",
            name="maker",
            description="Firm or state that makes or designed a weapon",
            types=("Weapon",),
        ),
        Property(
            id="kind",
            name="kind",
            description="Kind of a weapon (assault rifle), force or body (navy) or place",
            types=("Weapon", *_ORGANISATIONS, "Place"),
        ),
        Property(id="wikidata", name="Wikidata item", description="Identifier in Wikidata, such as Q668"),
        Property(
            id="code",
            name="ISO code",
            description="ISO 3166-1 code of a state",
            types=("State",),
        ),
        Property(
            id="alias",
            name="other name",
            description="Names beside the preferred one",
            is_compared=False,
        ),
        Property(
            id="deals",
            name="number of deals",
            description="How many deals of the graph it has a part in",
            is_compared=False,
        ),
        Property(
            id="iri",
            name="IRI",
            description="IRI in the graph; none if only the shipped lists know it",
            is_compared=False,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a value that was given agrees with what is known.

    Attributes:
        agreement: From 0 to 1.
        contradicts: Whether the two cannot both be true.
    """

    agreement: float
    contradicts: bool = False


class Facts:
    """Reads properties of things out of the graph and the lists."""

    def __init__(self, store: ox.Store, index: Index, *, base: str) -> None:
        self._store = store
        self._nodes = NodeReader(store)
        self._index = index
        self._base = base
        self._lexicon = shipped_office_lexicon()
        self._legal = self._lexicon.words["legal_forms"]

    # -------------------------------------------------------------------------------------------- values
    def values(self, thing: Thing, property: str) -> tuple[str, ...]:
        """Return what is known, in words; states by name."""
        readers: dict[str, Callable[[Thing], Iterable[str]]] = {
            "state": lambda t: (self._state_name(code) for code in sorted(self.states(t))),
            "office": self.offices,
            "maker": self.makers,
            "kind": self.kinds,
            "wikidata": lambda t: (t.qid,) if t.qid else (),
            "code": lambda t: self.states(t) if t.type == "State" else (),
            "alias": lambda t: t.names[1:],
            "deals": lambda t: (str(self.deals(t)),) if t.iri else (),
            "iri": lambda t: (t.iri,) if t.iri else (),
        }
        reader = readers.get(property)
        return tuple(dict.fromkeys(reader(thing))) if reader else ()

    def states(self, thing: Thing) -> frozenset[str]:
        """Return the codes of the states that a thing belongs to, or of the state that it is."""
        found = set(states_of(thing.record))
        if thing.iri is None:
            return frozenset(found)
        if thing.type == "State":
            return frozenset(found | set(self._nodes.values(thing.iri, ARMS + "stateCode")))
        pointed = self._nodes.values(thing.iri, ARMS + "locatedIn")
        if thing.type == "Weapon":
            pointed += self._nodes.values(thing.iri, ARMS + "designedBy")
        for tenure in self._tenures(thing):
            pointed += self._nodes.values(tenure, ARMS + "officeOf")
        return frozenset(found | {code for node in pointed for code in self._codes_of(node)})

    def offices(self, thing: Thing) -> tuple[str, ...]:
        """Return the titles that a person holds or held, the latest of the lists first."""
        found: list[str] = []
        if isinstance(thing.record, PersonRecord):
            found += [term.office for term in reversed(thing.record.terms)]
        for tenure in self._tenures(thing):
            found += self._nodes.values(tenure, ARMS + "officeTitle")
        return tuple(dict.fromkeys(found))

    def makers(self, thing: Thing) -> tuple[str, ...]:
        """Return who makes or designed a weapon."""
        found = list(makers_of(thing.record))
        if thing.iri is not None and thing.type == "Weapon":
            for name in ("manufacturedBy", "designedBy"):
                found += filter(None, (self._nodes.label(n) for n in self._nodes.values(thing.iri, ARMS + name)))
        return tuple(dict.fromkeys(found))

    def kinds(self, thing: Thing) -> tuple[str, ...]:
        """Return what kind of weapon, force, body or place it is."""
        record, found = thing.record, []
        if isinstance(record, (WeaponRecord, BodyRecord, PlaceRecord, StateRecord)) and record.kind:
            found.append(record.kind)
        if thing.iri is not None:
            kinds = self._nodes.values(thing.iri, ARMS + "weaponKind")
            found += filter(None, (self._nodes.label(kind) for kind in kinds))
        return tuple(dict.fromkeys(found))

    def deals(self, thing: Thing) -> int:
        """Return how many deals of the graph a thing has a part in."""
        if thing.iri is None:
            return 0
        found = set()
        for name in ("buyer", "supplier", "party", "endUser", "signatory", "signedAt", "producedAt", "approver"):
            found |= set(self._nodes.subjects(ARMS + name, thing.iri))
        for item in self._nodes.subjects(ARMS + "weapon", thing.iri):
            found |= set(self._nodes.subjects(ARMS + "item", item))
        return len(found)

    def describe(self, thing: Thing) -> str:
        """Return one line that tells a thing from its namesakes."""
        return "; ".join(filter(None, self._description(thing)))

    def _description(self, thing: Thing) -> Iterator[str]:
        states = ", ".join(self._state_name(code) for code in sorted(self.states(thing))[:3])
        if thing.type == "Person":
            offices = self.offices(thing)
            yield offices[0] if offices else "person"
            yield states
        elif thing.type == "State":
            yield next(iter(self.kinds(thing)), "state")
        else:
            yield next(iter(self.kinds(thing)), _words(thing.type))
            yield states
            yield ", ".join(f"made by {maker}" for maker in self.makers(thing)[:1])
        yield thing.qid or ""
        yield "" if thing.iri else "from the shipped lists, not in this graph"

    # -------------------------------------------------------------------------------------------- comparing
    def compare(self, thing: Thing, property: str, given: Iterable[str]) -> Comparison | None:
        """Compare values that were given with what is known of a thing; None where nothing can be said."""
        wanted = [value for value in given if value.strip()]
        if property not in PROPERTIES or not PROPERTIES[property].is_compared or not wanted:
            return None
        if property in ("state", "code"):
            return self._compare_states(thing, wanted)
        if property == "wikidata":
            return self._compare_items(thing, wanted)
        known = self.values(thing, property)
        if not known:
            return None
        likeness = {"office": self._office_likeness, "maker": self._maker_likeness, "kind": self._kind_likeness}
        best = max(likeness[property](value, name) for value in wanted for name in known)
        return Comparison(agreement=best if best * 100 >= _ALIKE else best / 2)

    def _compare_items(self, thing: Thing, wanted: Iterable[str]) -> Comparison | None:
        items = {_item(value) for value in wanted}
        if thing.qid is None:
            # an item that is known of another thing is not that of this one
            others = any(self._index.by_id(item, base=self._base) for item in items)
            return Comparison(agreement=0.0, contradicts=True) if others else None
        is_same = thing.qid in items
        return Comparison(agreement=float(is_same), contradicts=not is_same)

    def _compare_states(self, thing: Thing, wanted: Iterable[str]) -> Comparison | None:
        known = self.states(thing)
        asked = {code for value in wanted for code in self._codes_named(value)}
        if not known or not asked:
            return None
        if known & asked:
            return Comparison(agreement=1.0)
        heirs = {heir for code in known for heir in _HEIRS.get(code, ())}
        heirs |= {old for old, new in _HEIRS.items() if new & known}
        if asked & heirs:
            return Comparison(agreement=0.7)
        # a place of no one state, or a design of several
        return Comparison(agreement=0.0, contradicts=not known & {"EU"})

    def _codes_named(self, value: str) -> set[str]:
        """Return the states that a value means: an id of ours, an item, a code, a name or an adjective."""
        gazetteer = self._index.gazetteer
        thing = self._index.by_id(value.strip(), base=self._base)
        if thing is not None:
            return set(self.states(thing))
        upper = value.strip().upper()
        if upper.isascii() and upper.isalpha() and len(upper) in (2, 3):
            by_code = {r.code for r in gazetteer.states.values() if upper in (r.code, r.code3)}
            coded = self._store.quads_for_pattern(None, ox.NamedNode(ARMS + "stateCode"), ox.Literal(upper), None)
            if by_code or next(iter(coded), None) is not None:
                return {code for code in by_code if code} or {upper}
        found = [t for t in self._index.equal(value) if t.type == "State"]
        adjective = gazetteer.state_of_adjective(value)
        codes = {code for thing in found for code in self.states(thing)}
        return codes | ({adjective.code} if adjective is not None and adjective.code else set())

    def _office_likeness(self, value: str, known: str) -> float:
        one, other = fold_name(value), fold_name(known)
        if one == other:
            return 1.0
        kinds = office_kind(value, self._index.gazetteer), office_kind(known, self._index.gazetteer)
        if kinds[0] and kinds[0] == kinds[1]:
            return 0.95
        return fuzz.token_sort_ratio(one, other) / 100

    def _maker_likeness(self, value: str, known: str) -> float:
        thing = self._index.by_id(value.strip(), base=self._base)
        names = thing.names if thing is not None else (value,)
        wanted = firm_words(known, self._legal)
        if any(firm_words(name, self._legal) == wanted for name in names):
            return 1.0
        # "Kalashnikov" and "Kalashnikov Concern" are the same maker for this purpose
        return max(fuzz.token_set_ratio(" ".join(firm_words(n, self._legal)), " ".join(wanted)) for n in names) / 100

    def _kind_likeness(self, value: str, known: str) -> float:
        one, other = self._index.gazetteer.kind(value), self._index.gazetteer.kind(known)
        if one is not None and other is not None:
            step: KindRecord | None = other
            while step is not None:
                if step.id == one.id:
                    return 1.0
                step = self._index.gazetteer.kinds.get(step.broader or "")
            return 0.0
        return fuzz.token_sort_ratio(fold_name(value), fold_name(known)) / 100

    # -------------------------------------------------------------------------------------------- the graph
    def _tenures(self, thing: Thing) -> list[str]:
        if thing.iri is None or thing.type != "Person":
            return []
        return self._nodes.subjects(ARMS + "holder", thing.iri, most=_MOST)

    def _codes_of(self, node: str) -> list[str]:
        """Return the codes of a state, or of the state in which a place lies or a body is."""
        codes = self._nodes.values(node, ARMS + "stateCode")
        if not codes:
            for outer in self._nodes.values(node, ARMS + "locatedIn")[:5]:
                codes += self._nodes.values(outer, ARMS + "stateCode")
        return codes

    def _state_name(self, code: str) -> str:
        state = self._index.gazetteer.state(code)
        return state.name if state is not None else code


def _item(value: str) -> str:
    return value.strip().removeprefix(PREFIXES["wd"]).rpartition("/")[2].upper()


def _words(type_: str) -> str:
    assert type_ in TYPES
    return "".join(f" {c.lower()}" if c.isupper() else c for c in type_).strip()
