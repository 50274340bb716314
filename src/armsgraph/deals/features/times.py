"""Is this date the day of signing, the start or the end of this deal, and does it last so long?"""

from __future__ import annotations

from armsgraph.deals.features.context import common, nearness, setting
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.lexicon.weights import Features
from armsgraph.model import DateValue, Duration, PartialDate

__all__ = ["DATE_SLOTS", "date_features", "duration_features"]

# Slot of a deal -> field of a frame.
DATE_SLOTS = {"signedOn": "signed_on", "startsOn": "starts_on", "endsOn": "ends_on"}


def date_features(
    scene: DealScene, cluster: Cluster, value: DateValue, date: PartialDate, sentence: int, slot: str
) -> Features:
    """Return the features of a date (`date`, one end of `value`) in a slot of a deal."""
    found = common(scene, cluster) | nearness(scene, cluster, sentence) | setting(scene, cluster, sentence, value.span)
    for name, field in DATE_SLOTS.items():
        if any(value in getattr(f, field) for f in cluster.frames):
            found[f"rule: {name}"] = 1.0
        elif any(value in getattr(f, field) for f in scene.frames):
            found[f"rule elsewhere: {name}"] = 1.0
    mine = any(value in getattr(f, DATE_SLOTS[slot]) for f in cluster.frames)
    if not mine and any(getattr(f, DATE_SLOTS[slot]) for f in cluster.frames):
        found["the deal has one"] = 1.0
    found[f"kind:{value.kind}"] = found[f"cue:{value.cue or 'none'}"] = found[f"precision:{date.precision}"] = 1.0
    every = {d.span for f in scene.frames for d in getattr(f, DATE_SLOTS[slot])}
    if value.span in every:
        found["the only one the rules have" if len(every) == 1 else "one of some the rules have"] = 1.0
    if scene.document.published is not None:
        year, now = date.value[:4], scene.document.published.value[:4]
        found["an earlier year" if year < now else "the year of the text" if year == now else "a later year"] = 1.0
    return found


def duration_features(scene: DealScene, cluster: Cluster, duration: Duration, sentence: int) -> Features:
    """Return the features of a length of time as the duration of a deal."""
    found = common(scene, cluster) | nearness(scene, cluster, sentence)
    found |= setting(scene, cluster, sentence, duration.span)
    mine = any(duration in f.durations for f in cluster.frames)
    flags = {
        "rule says so": mine,
        "rule says so of another": not mine and any(duration in f.durations for f in scene.frames),
        "an offset": any(f.offset == duration for f in scene.frames),
    }
    return found | {name: 1.0 for name, holds in flags.items() if holds}
