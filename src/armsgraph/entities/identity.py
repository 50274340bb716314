"""Gives clusters their label, id, state and kind: the same thing gets the same id in every document."""

from __future__ import annotations

import re
from collections.abc import Mapping

from armsgraph.entities.background import Background
from armsgraph.entities.clusters import Cluster
from armsgraph.entities.keys import firm_words, fold, initials, weapon_key, weapon_slug, without_brackets
from armsgraph.entities.persons import person_words
from armsgraph.lexicon.offices import OfficeLexicon
from armsgraph.lexicon.records import BodyRecord, PersonRecord, PlaceRecord, Record, StateRecord, WeaponRecord
from armsgraph.model import Document, Entity, EntityType, Mention, MentionForm
from armsgraph.vocab import slug

__all__ = [
    "ID_PREFIX",
    "identify",
    "merge_acronyms",
    "merge_same",
    "singular_designation",
    "state_cluster",
    "to_entity",
]

ID_PREFIX = {
    EntityType.STATE: "state",
    EntityType.PERSON: "person",
    EntityType.FIRM: "firm",
    EntityType.GOVERNMENT_BODY: "government-body",
    EntityType.ARMED_FORCE: "armed-force",
    EntityType.INTERNATIONAL_ORGANISATION: "international-organisation",
    EntityType.WEAPON: "weapon",
    EntityType.PLACE: "place",
}
_POSSESSIVE = re.compile(r"['’]s$")


def identify(cluster: Cluster, document: Document, background: Background, lexicon: OfficeLexicon) -> None:
    """Fill `label`, `id`, `state` and `kind` of a cluster."""
    row = background.listed(cluster.record)
    names = cluster.names
    fullest = _POSSESSIVE.sub("", names[0]) if names else ""
    if cluster.type is EntityType.WEAPON and row is None:
        fullest = singular_designation(fullest)
    cluster.label = row.name if row is not None else _fullest(cluster, fullest)
    if row is not None:
        cluster.state = cluster.state or background.state_of_record(cluster.record) or None
        cluster.kind = cluster.kind or _kind(row)
    last = _last_part(cluster, row, background, lexicon)
    scope = f"{document.key}-" if cluster.needs_scope and row is None else ""
    cluster.id = f"{ID_PREFIX[cluster.type]}/{scope}{last}"


def _fullest(cluster: Cluster, fullest: str) -> str:
    """Prefer a spelling of the fullest form that is not all capitals, and the singular of a weapon."""
    if fullest.isupper() and len(fullest) > 5:
        for name in cluster.names:
            if fold(name) == fold(fullest) and not name.isupper():
                return _POSSESSIVE.sub("", name)
    if cluster.type is EntityType.WEAPON and fullest.endswith("s") and fullest[:-1] in cluster.names:
        return fullest[:-1]
    return fullest


def singular_designation(text: str) -> str:
    """Take the plural "s" off a designation or an acronym ("F-15s", "LMVs"); words stay as they are."""
    if len(text) > 3 and text.endswith("s") and (text[-2].isdigit() or text[-2].isupper()):
        return text[:-1]
    return text


def _kind(row: Record) -> str | None:
    if isinstance(row, (WeaponRecord, BodyRecord, PlaceRecord)):
        return row.kind or None
    return None


def _last_part(cluster: Cluster, row: Record | None, background: Background, lexicon: OfficeLexicon) -> str:
    label = without_brackets(cluster.label)
    if cluster.type in (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY):
        if cluster.is_generic:
            return (
                f"{slug(cluster.state)}-{slug(cluster.kind or label)}" if cluster.state else slug(cluster.kind or label)
            )
        return slug(label.removeprefix("the ").removeprefix("The "))
    if cluster.type is EntityType.WEAPON:
        return weapon_slug(label)
    if cluster.type is EntityType.FIRM:
        return slug(" ".join(firm_words(label, lexicon.words["legal_forms"])))
    if cluster.type is EntityType.PERSON and row is None:
        return slug(" ".join(person_words(label, lexicon)))
    if isinstance(row, PlaceRecord) and background.is_shared_name(cluster.type, row.name):
        return slug("-".join(p for p in (label, row.admin1 or "", row.state or "") if p))
    if isinstance(row, PersonRecord) and background.is_shared_name(cluster.type, row.name):
        return slug(f"{label}-{row.qid or ''}")
    return slug(label)


def merge_same(clusters: list[Cluster]) -> list[Cluster]:
    """Put clusters with one id together, by first appearance."""
    found: dict[str, Cluster] = {}
    for cluster in clusters:
        known = found.setdefault(cluster.id, cluster)
        if known is not cluster:
            known.mentions += cluster.mentions
            known.mentions.sort(key=lambda m: m.span)
            known.record = known.record or cluster.record
            known.is_joint_venture |= cluster.is_joint_venture
    return list(found.values())


def merge_acronyms(clusters: list[Cluster], pairs: Mapping[Mention, Mention], lexicon: OfficeLexicon) -> list[Cluster]:
    """Put forces and bodies known by an acronym alone to the one whose name has these initials, or brackets them."""
    legal = lexicon.words["legal_forms"]
    owner = {m.span: c for c in clusters for m in c.mentions}
    into: dict[int, Cluster] = {}
    for short, long in pairs.items():
        a, b = owner.get(short.span), owner.get(long.span)
        if a is not None and b is not None and a is not b and a.type is b.type:
            into[id(a)] = b
    by_initials: dict[tuple[EntityType, str], list[Cluster]] = {}
    for c in clusters:
        if c.type in (EntityType.ARMED_FORCE, EntityType.GOVERNMENT_BODY):
            for letters in dict.fromkeys(initials(n, legal) for n in c.names if len(n.split()) > 1):
                by_initials.setdefault((c.type, letters), []).append(c)
    for c in clusters:
        if id(c) in into or c.is_generic or not c.names or not all(n.isalpha() and n.isupper() for n in c.names):
            continue
        found = by_initials.get((c.type, fold(c.names[0])), [])
        if len(found) == 1 and found[0] is not c and not (c.record and found[0].record and c.record != found[0].record):
            into[id(c)] = found[0]
    kept: list[Cluster] = []
    for c in clusters:
        target = into.get(id(c))
        if target is None or id(target) in into:
            kept.append(c)
            continue
        target.mentions = sorted([*target.mentions, *c.mentions], key=lambda m: m.span)
        target.record = target.record or c.record
    return kept


def to_entity(cluster: Cluster) -> Entity:
    """Turn a cluster into an Entity; typing variants of the label go to the hidden names."""
    label = cluster.label
    names, hidden = set(), set()
    for mention in cluster.mentions:
        if mention.form is not MentionForm.NAME or mention.text == label:
            continue
        text = " ".join(mention.text.split())
        if text == label:
            continue
        if (cluster.type is EntityType.WEAPON and weapon_key(text) == weapon_key(label)) or (
            fold(text) == fold(label) and (text.isupper() or cluster.type is not EntityType.PERSON)
        ):
            hidden.add(text)
        else:
            names.add(text)
    return Entity(
        id=cluster.id,
        type=cluster.type,
        label=label,
        names=tuple(sorted(names)),
        hidden_names=tuple(sorted(hidden)),
        state=cluster.state,
        kind=cluster.kind,
        record=cluster.record,
        is_joint_venture=cluster.is_joint_venture,
    )


def state_cluster(row: StateRecord) -> Cluster:
    """Return an empty cluster for a state that the text names in no noun."""
    return Cluster(type=EntityType.STATE, record=row.id, state=row.code, label=row.name, id=f"state/{slug(row.name)}")
