"""Links from the lists that ship with armsgraph; no connection is opened.

For each entity the rows it may be are weighed sign by sign; the best one that has a Wikidata item is taken as SAME,
UNSURE or DIFFERENT. What has no such row was NOT ASKED. Human decisions go over all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.lexicon.names import fold_name
from armsgraph.lexicon.offices import OfficeLexicon, shipped_office_lexicon
from armsgraph.lexicon.records import PersonRecord, PlaceRecord, Record, StateRecord, WeaponRecord
from armsgraph.linking.candidates import find_candidates, is_duplicate, other_kinds
from armsgraph.linking.families import find_family, is_variant_name, weigh_family
from armsgraph.linking.judgements import Judgements
from armsgraph.linking.organisations import weigh_organisation
from armsgraph.linking.persons import weigh_person
from armsgraph.linking.places import weigh_place, weigh_state
from armsgraph.linking.scene import Case, Scene, set_scene
from armsgraph.linking.scoring import MARGIN, Sign, decide, reason_of, sign, total
from armsgraph.linking.weapons import weigh_weapon
from armsgraph.model import (
    Document,
    Entity,
    EntitySet,
    EntityType,
    Evidence,
    Link,
    LinkDecision,
    Mention,
    MentionForm,
    Modality,
    Tenure,
)

__all__ = ["LIST_RULE", "link_entities"]

LIST_RULE = "link.list"
_NO_JUDGEMENTS = Judgements()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """A row that an entity may be, with the signs; `is_family`: it stands for the family of the entity."""

    row: Record
    signs: tuple[Sign, ...]
    is_family: bool = False


def link_entities(
    document: Document,
    entities: EntitySet,
    gazetteer: Gazetteer,
    *,
    lexicon: OfficeLexicon | None = None,
    judgements: Judgements = _NO_JUDGEMENTS,
) -> tuple[Link, ...]:
    """Link the entities of one document to Wikidata items of the lists.

    Args:
        document: The document; its day of publication decides about listed terms of office.
        entities: As the entities stage gives them.
        gazetteer: The lists.
        lexicon: Generic names and legal forms; the shipped ones by default.
        judgements: What people decided; it goes over what the signs say.

    Returns:
        Links by entity id and item, each with its reason as a sentence: SAME, UNSURE or DIFFERENT, at most one each
        from the lists. Entities that the text names in no noun are left out; those that no row with a verified item
        fits are NOT ASKED, with an empty item.
    """
    scene = set_scene(document, entities, gazetteer, lexicon or shipped_office_lexicon())
    named: dict[str, list[Mention]] = {}
    for mention in entities.mentions:
        if mention.entity_id is not None and mention.form is MentionForm.NAME:
            named.setdefault(mention.entity_id, []).append(mention)
    tenures: dict[str, list[Tenure]] = {}
    for tenure in entities.tenures:
        tenures.setdefault(tenure.person_id, []).append(tenure)
    cases = {e.id: _case(scene, e, named[e.id], tenures.get(e.id, ())) for e in entities.entities if e.id in named}
    chosen = {key: _choose(case) for key, case in cases.items()}
    _part_shared_items(chosen)
    _doubt_seats(chosen, cases)
    # the fullest name says best that it is this one
    fullest = {key: max(mentions, key=lambda m: (len(m.text), -m.span.start)) for key, mentions in named.items()}
    links = [_link(key, option, fullest[key]) for key, option in chosen.items()]
    return judgements.lay_over(links, fullest)


def _case(scene: Scene, entity: Entity, mentions: Sequence[Mention], tenures: Sequence[Tenure]) -> Case:
    return Case(
        scene=scene,
        entity=entity,
        names=tuple(dict.fromkeys(" ".join(m.text.split()) for m in mentions)),
        mentions=tuple(mentions),
        tenures=tuple(tenures),
    )


def _choose(case: Case) -> _Option | None:
    """Return the best row with an item, None where there is none or a row without item fits better."""
    options = [_Option(row=row, signs=tuple(_weigh(case, row))) for row in find_candidates(case)]
    # a weapon whose row stands for its family is no candidate for being that row
    variants = [o.row for o in options if isinstance(o.row, WeaponRecord) and is_variant_name(case, o.row)]
    options = [o for o in options if o.row not in variants]
    read_as = case.scene.gazetteer.record(case.entity.record)
    # what was read as one row is that row or nothing; the others of its name are only rivals
    own = [o for o in options if read_as is None or o.row is read_as or is_duplicate(o.row, read_as)]
    best = max(own, key=lambda o: (total(o.signs), o.row.qid is not None), default=None)
    if best is not None and best.row.qid is None:
        twins = [o for o in own if o.row.qid is not None and is_duplicate(o.row, best.row)]
        best = max(twins, key=lambda o: total(o.signs), default=best)
    if (best is None or best.row.qid is None) and case.entity.type is EntityType.WEAPON:
        family = find_family(case)
        if family is not None:
            return _Option(row=family, signs=tuple(weigh_family(case, family)), is_family=True)
    if best is None or best.row.qid is None:
        return None
    return replace(best, signs=(*best.signs, *_weigh_namesakes(case, best, options)))


def _weigh(case: Case, row: Record) -> Sequence[Sign]:
    if isinstance(row, StateRecord):
        return tuple(weigh_state(case, row))
    if isinstance(row, PersonRecord):
        return tuple(weigh_person(case, row))
    if isinstance(row, WeaponRecord):
        return tuple(weigh_weapon(case, row))
    if isinstance(row, PlaceRecord):
        return tuple(weigh_place(case, row))
    return tuple(weigh_organisation(case, row))


def _weigh_namesakes(case: Case, best: _Option, options: Sequence[_Option]) -> Sequence[Sign]:
    score = total(best.signs)
    for other in options:
        if other is not best and not is_duplicate(best.row, other.row) and score - total(other.signs) < MARGIN:
            return (sign("namesake", f"the list has {_describe(other.row)} too"),)
    for row in other_kinds(case, best.row) if _can_be_another_kind(case, best.row) else ():
        return (sign("namesake of another kind", f"the list has {_describe(row)} of that name"),)
    return ()


def _can_be_another_kind(case: Case, row: Record) -> bool:
    """Say whether a namesake of another kind counts: not for persons, nor for states that their capital stands for."""
    if isinstance(row, StateRecord):
        names = {fold_name(n) for n in (row.name, *row.aliases)}
        return any(fold_name(n) in names for n in case.names)
    return case.entity.type is not EntityType.PERSON


def _describe(row: Record) -> str:
    where = getattr(row, "admin1", None) or getattr(row, "state", None)
    return f"the {row.type.value.lower()} {row.name}" + (f" ({where})" if where else "")


def _part_shared_items(chosen: dict[str, _Option | None]) -> None:
    """Leave an item to the entity that has more signs for it: two things of one text are not one item."""
    by_item: dict[str, list[str]] = {}
    for key, option in chosen.items():
        if option is not None and not option.is_family and option.row.qid is not None:
            by_item.setdefault(option.row.qid, []).append(key)
    for keys in by_item.values():
        ranked = sorted(keys, key=lambda k: (-_score(chosen[k]), k))
        for key in ranked[1:]:
            option = chosen[key]
            if option is not None:
                other = sign("item of another", "something else in the text is more surely that item")
                chosen[key] = replace(option, signs=(*option.signs, other))


def _doubt_seats(chosen: dict[str, _Option | None], cases: Mapping[str, Case]) -> None:
    """Doubt each state that is named by its capital alone where the text speaks of a town of that name elsewhere."""
    towns: dict[str, list[_Option]] = {}
    for key, option in chosen.items():
        if option is not None and isinstance(option.row, PlaceRecord):
            for name in cases[key].names:
                towns.setdefault(fold_name(name), []).append(option)
    for key, option in chosen.items():
        if option is None or not isinstance(option.row, StateRecord):
            continue
        state, case = option.row, cases[key]
        if case.scene.state_mentions.get(state.code or "", 0) > len(case.mentions):
            continue
        elsewhere = [_lies_outside(state, towns.get(fold_name(n), ())) for n in case.names]
        if any(elsewhere) and all(case.scene.gazetteer.state_of_metonym(n) is state for n in case.names):
            words = f"the text speaks of another {case.names[elsewhere.index(True)]} than the capital of {state.name}"
            chosen[key] = replace(option, signs=(*option.signs, sign("town elsewhere", words)))


def _lies_outside(state: StateRecord, towns: Sequence[_Option]) -> bool:
    return any(
        (isinstance(t.row, PlaceRecord) and t.row.state != state.code)
        or any(s.name == "lies elsewhere" for s in t.signs)
        for t in towns
    )


def _score(option: _Option | None) -> float:
    return total(option.signs) if option is not None else 0.0


def _link(entity_id: str, option: _Option | None, mention: Mention) -> Link:
    if option is None or option.row.qid is None:
        return Link(
            entity_id=entity_id,
            qid="",
            decision=LinkDecision.NOT_ASKED,
            reason="",
            evidence=_evidence(mention, 1.0, ()),
        )
    decision, confidence = decide(option.signs)
    return Link(
        entity_id=entity_id,
        qid=option.row.qid,
        decision=decision,
        is_broader=option.is_family,
        reason=reason_of(option.signs),
        evidence=_evidence(mention, confidence, option.signs),
    )


def _evidence(mention: Mention, confidence: float, signs: Sequence[Sign]) -> Evidence:
    heaviest = sorted((s for s in signs if s.weight), key=lambda s: -abs(s.weight))
    return Evidence(
        span=mention.span,
        rule=LIST_RULE,
        confidence=round(confidence, 4),
        modality=Modality.ASSERTED,
        reasons=tuple(f"{s.name} {s.weight:+.1f}" for s in heaviest),
    )
