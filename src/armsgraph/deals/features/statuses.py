"""Is this how far the deal has come?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log1p

from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.deals.stages import RANK
from armsgraph.lexicon.weights import Features
from armsgraph.model import DealStatus, Frame, Modality

# Ages of a deal in years, each up to and with this one.
_AGES = (
    (-1, "a later year"),
    (0, "the year of the text"),
    (1, "the year before"),
    (3, "2 or 3 years before"),
    (7, "4 to 7 years before"),
)
_HISTORY = "more than 7 years before"
_MANY = 4
_BUYING = frozenset({"buy", "sell", "take"})
_ORDERING = frozenset({"order", "place-order"})
_PAPERS = frozenset({"award", "sign", "win"})
_BOUGHT = (
    ("2 or 3 years before", "some years ago"),
    ("4 to 7 years before", "long ago"),
    ("more than 7 years before", "long ago"),
)
_AUXILIARIES = {"aux", "auxpass"}
# What settles how far a deal has come: late contracts are few, and the weights know little of them.
STILL_LATE = "signed, late, and nothing has come"

__all__ = ["STATUSES", "STILL_LATE", "group_of", "status_features", "wording_features"]

# Ordered, in production and signed are one answer to "is there a contract?"; completed and delivered another.
_GROUPS = {
    DealStatus.ORDERED: DealStatus.SIGNED,
    DealStatus.IN_PRODUCTION: DealStatus.SIGNED,
    DealStatus.COMPLETED: DealStatus.DELIVERED,
}
_OVER = frozenset({DealStatus.CANCELLED, DealStatus.DELIVERED})
STATUSES = (
    DealStatus.PROPOSED,
    DealStatus.NEGOTIATING,
    DealStatus.APPROVED,
    DealStatus.SIGNED,
    DealStatus.DELIVERED,
    DealStatus.DELAYED,
    DealStatus.CANCELLED,
)


def group_of(status: DealStatus) -> DealStatus:
    """Return the status of STATUSES that stands for this one."""
    return _GROUPS.get(status, status)


def wording_features(scene: DealScene, cluster: Cluster) -> tuple[str, ...]:
    """Return how old a deal is, the words and tenses it is told in and where, which are the same for every status."""
    ages = tuple(_age(scene, cluster))
    words = (*_words(cluster), *_bought(scene, cluster, ages))
    return (*ages, *words, *_tenses(scene, cluster), *_place(scene, cluster))


def status_features(scene: DealScene, cluster: Cluster, status: DealStatus, wording: Sequence[str]) -> Features:
    """Return the features of a status (one of STATUSES) as that of a deal.

    Args:
        wording: What `wording_features` returns of the deal.
    """
    name = status.value
    found = {"always": 1.0, name: 1.0}
    said = [f for f in cluster.frames if f.status is not None]
    mine = [f for f in said if f.status is not None and group_of(f.status) is status]
    others = {group_of(f.status) for f in said if f.status is not None} - {status}
    latest = max(said, key=lambda f: RANK[f.status] if f.status is not None else -1, default=None)
    flags = {
        "said": bool(mine),
        "asserted": any(f.evidence.modality is Modality.ASSERTED for f in mine),
        "said by a strong frame": any(not f.is_support for f in mine),
        "said in the headline": any(f.is_headline for f in mine),
        "said first": cluster.frames[0] in mine,
        "said last": cluster.frames[-1] in mine,
        "the latest said": latest in mine,
        "the only one said": bool(mine) and not others,
        "nothing said": not said,
        "there is a day of signing": any(f.signed_on for f in cluster.frames),
        "paper": cluster.is_paper,
        STILL_LATE: status is DealStatus.DELAYED and _is_still_late(said),
    }
    for flag, holds in flags.items():
        if holds:
            found[flag] = found[f"{name}: {flag}"] = 1.0
    found |= {f"{name} beside {other.value}": 1.0 for other in others}
    found |= {f"{name}: trigger {scene.rules[t].type}": 1.0 for f in cluster.frames for t in f.triggers}
    found |= {f"{name}: {told}": 1.0 for told in wording}
    found["times said"] = log1p(len(mine))
    return found


def _is_still_late(said: Sequence[Frame]) -> bool:
    """Say whether a deal is told to be made and late, and neither handed over nor ended."""
    told = {group_of(f.status) for f in said if f.status is not None and f.evidence.modality is Modality.ASSERTED}
    return {DealStatus.SIGNED, DealStatus.DELAYED} <= told and not told & _OVER


def _age(scene: DealScene, cluster: Cluster) -> Iterator[str]:
    """Yield how long before the text the deal was signed, or the last year its sentences name: old ones are done."""
    if scene.document.published is None:
        return
    signed = [d for f in cluster.frames for d in f.signed_on]
    named = signed or [d for d in scene.values.dates if scene.sentence_at(d.span.start) in cluster.sentences]
    years = [int(day.value[:4]) for d in named if (day := d.start or d.end) is not None]
    if years:
        age = int(scene.document.published.value[:4]) - max(years)
        told = next((words for most, words in _AGES if age <= most), _HISTORY)
        yield f"{'signed in' if signed else 'beside'} {told}"


def _words(cluster: Cluster) -> Iterator[str]:
    """Yield the triggers of a deal, and which of them head a frame that says what is or what is to come."""
    yield from (f"word {trigger}" for trigger in sorted({t for f in cluster.frames for t in f.triggers}))
    for frame in cluster.frames:
        yield f"told {frame.triggers[0]}{'' if frame.evidence.modality is Modality.ASSERTED else ', to come'}"


def _bought(scene: DealScene, cluster: Cluster, ages: Sequence[str]) -> Iterator[str]:
    """Yield how old a deal is that is only told as bought or sold: what was bought long ago is there, no contract."""
    triggers = {t for f in cluster.frames for t in f.triggers}
    rules = [scene.rules[t] for t in triggers]
    if triggers & _BUYING and not triggers & _ORDERING and not any(r.is_agreement or r.type in _PAPERS for r in rules):
        age = ages[0] if ages else ""
        yield "only bought"
        told = next((told for words, told in _BOUGHT if age.endswith(words)), "lately")
        yield f"only bought, {told if age else 'on no day'}"


def _tenses(scene: DealScene, cluster: Cluster) -> Iterator[str]:
    """Yield the tenses of the verbs that tell the deal ("will be", "has", "had")."""
    tree, words = scene.tree, scene.lexicon.words
    for frame in cluster.frames:
        for token in tree.tokens_in(frame.span) if not frame.is_support else ():
            if token.pos == "VERB":
                below = {
                    tree.tokens[c].text.lower() for c in tree.children[token.i] if tree.tokens[c].dep in _AUXILIARIES
                }
                future = bool(below & (words["future_auxiliaries"] | {"to"}))
                perfect = "had" if "had" in below else "has" if below & {"has", "have"} else ""
                yield f"verb {token.tag} {'future' if future else perfect}".rstrip()


def _place(scene: DealScene, cluster: Cluster) -> Iterator[str]:
    """Yield where in the text the deal is told, and in how many frames."""
    yield f"frames {min(len(cluster.frames), _MANY)}"
    if all(f.is_support for f in cluster.frames):
        yield "no strong frame"
    first = min(cluster.sentences)
    if first == 0:
        yield "in the headline"
    elif 2 * first >= len(scene.parse.sentences):
        yield "in the second half"
