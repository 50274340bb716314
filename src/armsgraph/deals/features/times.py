"""Is this date the day of signing, the start or the end of this deal, and does it last so long?"""

from __future__ import annotations

from armsgraph.deals.dates import DATE_SLOTS, dates_in
from armsgraph.deals.features.context import common, nearness, setting
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.lexicon.weights import Features
from armsgraph.model import DateValue, Duration, PartialDate, Span

__all__ = ["date_features", "duration_features"]

_LAST_TOLD = "the deal told last before it"
_WINDOW = 12


def date_features(
    scene: DealScene, cluster: Cluster, value: DateValue, date: PartialDate, sentence: int, slot: str
) -> Features:
    """Return the features of a date (`date`, one end of `value`) in a slot of a deal."""
    found = common(cluster) | nearness(scene, cluster, sentence) | setting(scene, cluster, sentence, value.span)
    for name in DATE_SLOTS:
        if any(value in dates_in(f, name) for f in cluster.speaking):
            found[f"rule: {name}"] = 1.0
        elif value in scene.dates_read[name]:
            found[f"rule elsewhere: {name}"] = 1.0
    if f"rule: {slot}" not in found and any(dates_in(f, slot) for f in cluster.speaking):
        found["the deal has one"] = 1.0
    found[f"kind:{value.kind}"] = found[f"cue:{value.cue or 'none'}"] = found[f"precision:{date.precision}"] = 1.0
    if value in scene.dates_read[slot]:
        found["the only one the rules have" if len(scene.dates_read[slot]) == 1 else "one of some the rules have"] = 1.0
    found |= _told_before(scene, cluster, sentence, value.span)
    if f"rule elsewhere: {slot}" in found and _LAST_TOLD in found:
        found[f"rule elsewhere: {slot}, and {_LAST_TOLD}"] = 1.0
    if scene.document.published is not None:
        year, now = date.value[:4], scene.document.published.value[:4]
        found["an earlier year" if year < now else "the year of the text" if year == now else "a later year"] = 1.0
    return found


def duration_features(scene: DealScene, cluster: Cluster, duration: Duration, sentence: int) -> Features:
    """Return the features of a length of time as the duration of a deal."""
    found = common(cluster) | nearness(scene, cluster, sentence)
    found |= setting(scene, cluster, sentence, duration.span)
    mine = any(duration in f.durations for f in cluster.speaking)
    flags = {
        "rule says so": mine,
        "rule says so of another": not mine and any(duration in f.durations for f in scene.frames),
        "an offset": any(f.offset == duration for f in scene.frames),
    }
    found |= _told_before(scene, cluster, sentence, duration.span)
    return found | {name: 1.0 for name, holds in flags.items() if holds}


def _told_before(scene: DealScene, cluster: Cluster, sentence: int, span: Span) -> dict[str, float]:
    """Return whether this is the deal told last before a time, and the words of delivery before it in its sentence."""
    found: dict[str, float] = {}
    before = [i for i, f in enumerate(scene.frames) if not f.is_support and f.span.start < span.start]
    if before and before[-1] in cluster.members:
        found[_LAST_TOLD] = 1.0
    inside = scene.tree.tokens_in(span)
    if inside:
        low = max(scene.parse.sentences[sentence].first, inside[0].i - _WINDOW)
        words = {w for t in scene.tree.tokens[low : inside[0].i] for w in (t.lemma.lower(), t.text.lower())}
        told = (name for name in ("start", "end", "delivery") if words & scene.lexicon.words[f"{name}_words"])
        found |= {f"{name} words before": 1.0 for name in told}
    return found
