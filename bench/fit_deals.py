"""Fits the weights of the deals stage on annotated texts, and says by cross-validation what they are worth.

    python -m bench.fit_deals                    five-fold cross-validation
    python -m bench.fit_deals --write            the same, then fit on all texts and write data/deal_weights.tsv
    python -m bench.fit_deals --only-fit --write fit and write alone, with the confidences as they stand

Needs scikit-learn (`pip install scikit-learn`); the program itself does not. The folds are whole texts of
bench/corpus/train; the made-up texts of bench/corpus/own are learned from and never measured on. Entities and frames
are the program's own, so the figures are those of the whole way from the text to the facts.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

from bench.gold_alignment import align_frames, fold_episodes, match_entities
from bench.texts import Prepared, prepare_texts
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-not-found, unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found, unused-ignore]

from armsgraph.claims import make_claims
from armsgraph.deals.assemble import DEAL, tell_deals
from armsgraph.deals.candidates import Candidate, Proposals
from armsgraph.deals.choosing import A_SIDE
from armsgraph.deals.features import deal_features, frame_features, pair_features
from armsgraph.deals.gathering import FRAME, PAIR, Links, gather_frames, score_frames
from armsgraph.deals.looking import SECOND_LOOK, second_look, seconds
from armsgraph.deals.merging import MERGE, Told, as_filled, fill, merge_clusters, merging_of, with_second_look
from armsgraph.deals.scene import Cluster, DealScene
from armsgraph.evaluation import Judgement, Verdict, compare, sheet_of_extraction, sum_up
from armsgraph.evaluation.sheets import money_key
from armsgraph.frames import find_frames
from armsgraph.lexicon.weights import CONFIDENCE, DealWeights, Features
from armsgraph.model import Extraction
from armsgraph.pipeline import Tools, load_tools

DATA = Path(__file__).resolve().parent.parent / "src" / "armsgraph" / "data" / "deal_weights.tsv"
CORPUS = Path(__file__).resolve().parent / "corpus"
FOLDS = 5
# Strength of the pull towards zero, larger is weaker: of the first decisions, and of those fitted on what these make.
REGULARISATION = 0.15
SECOND = 0.1
# How much a text of bench/corpus/train counts beside a made-up one of bench/corpus/own.
COUNTS = 2.0
# The least number of right examples for a decision to be fitted.
ENOUGH = 4
ENOUGH_AGAIN = 40
# How many facts out of fold make one point of the table of confidences.
POINTS = 100
# The least number of examples that have a feature for it to get a weight.
SEEN = 5
# Parts of the texts that are each seen by weights fitted on the others, to learn the second look.
INNER_FOLDS = 3
THRESHOLDS = {FRAME: 0.5, PAIR: 0.5, MERGE: 0.45, DEAL: 0.57, A_SIDE: 0.3}
SLOT_THRESHOLD = 0.45
SLOT_THRESHOLDS = {"quantity": 0.42}
SLOTS = (
    *("buyer", "supplier", "weapon", "quantity", "value", "signedOn", "startsOn", "endsOn", "duration"),
    *("signatory", "signedAt", "producedAt", "status"),
)
SECOND_SLOTS = ("buyer", "quantity", "signedOn", "supplier", "value", "weapon")


@dataclass(slots=True)
class Examples:
    """Features and answers of one decision, and how much each counts."""

    features: list[Mapping[str, float]] = field(default_factory=list)
    answers: list[bool] = field(default_factory=list)
    counts: list[float] = field(default_factory=list)

    def add(self, features: Mapping[str, float], answer: bool, counts: float) -> None:
        """Take in one example."""
        self.features.append(features)
        self.answers.append(answer)
        self.counts.append(counts)


class GoldScene:
    """A text with its frames, and the gold deal that each frame speaks of; `counts` is how much is learned from it."""

    def __init__(self, text: Prepared, tools: Tools, *, counts: float = 1.0) -> None:
        self.text = text
        self.counts = counts
        frames = find_frames(text.document, text.values, text.parse, text.entities, tools.deals)
        self.frames = frames
        self.scene = DealScene(
            text.document, text.values, text.parse, text.entities, frames, tools.deals, tools.gazetteer
        )
        self.loose = match_entities(text)
        self.deals = [frozenset(d.facts) for d in text.gold.sheet.deals]
        self.folds = fold_episodes(text.gold.sheet)
        aligned = align_frames(text, self.scene, self.loose)
        self.labels = [self.folds.get(a, a) if a is not None else None for a in aligned]

        self.proposals = Proposals(self.scene)
        self._frames: dict[int, Features] = {}
        self._pairs: dict[tuple[int, int], Features] = {}

    def links(self, weights: DealWeights) -> Links:
        """Return how likely two frames speak of one deal, by these weights."""
        return Links(self.scene, weights, self.proposals)

    def frame_features(self, i: int) -> Features:
        """Return the features of a frame, worked out once."""
        if i not in self._frames:
            self._frames[i] = frame_features(self.scene, i)
        return self._frames[i]

    def pair_features(self, i: int, j: int) -> Features:
        """Return the features of two frames, worked out once."""
        if (i, j) not in self._pairs:
            self._pairs[i, j] = pair_features(self.scene, i, j)
        return self._pairs[i, j]

    def label(self, cluster: Cluster) -> int | None:
        """Return the gold deal that most frames of a cluster speak of."""
        counted = Counter(n for n in (self.labels[i] for i in cluster.members) if n is not None)
        if not counted:
            return None
        best = min(counted, key=lambda n: (-counted[n], n))
        told = sum(counted.values())
        return best if 2 * counted[best] >= told and 3 * counted[best] >= len(cluster.members) else None

    def is_right(self, candidate: Candidate, deal: int) -> bool:
        """Say whether a candidate is a fact of a gold deal."""
        value = self.loose.get(candidate.key, candidate.key)
        if candidate.slot == "value":
            amount, currency = candidate.key.split()
            value = money_key(amount, currency)
        if candidate.slot == "status":
            episodes = [n for n, main in self.folds.items() if main == deal]
            return any(("status", value) in self.deals[n] for n in (deal, *episodes))
        return (candidate.slot, value) in self.deals[deal]


def fit(scenes: Sequence[GoldScene]) -> DealWeights:
    """Fit all decisions; the later ones on what the earlier ones make of texts that they were not fitted on.

    On texts that they were fitted on, the earlier ones are surer than they will ever be again.
    """
    parts = [[s for n, s in enumerate(scenes) if n % INNER_FOLDS == k] for k in range(INNER_FOLDS)]
    inner = [fit_first([s for part in parts if part is not parts[k] for s in part]) for k in range(INNER_FOLDS)]
    more: dict[str, dict[str, float]] = {}

    def learn_from(collect: Callable[[GoldScene, DealWeights], Iterator[tuple[str, Features, bool]]]) -> None:
        found: dict[str, Examples] = {}
        for part, weights in zip(parts, inner, strict=True):
            known = DealWeights(weights={**weights.weights, **more}, thresholds=weights.thresholds)
            for gold in part:
                for decision, features, answer in collect(gold, known):
                    found.setdefault(decision, Examples()).add(features, answer, gold.counts)
        for decision, examples in found.items():
            if sum(examples.answers) >= (ENOUGH_AGAIN if decision.endswith(SECOND_LOOK) else ENOUGH):
                more[decision] = _logistic(examples, SECOND)

    learn_from(_merging_examples)
    learn_from(_second_examples)
    learn_from(_deal_examples)
    first = fit_first(scenes)
    return DealWeights(weights={**first.weights, **more}, thresholds=first.thresholds)


def fit_first(scenes: Sequence[GoldScene]) -> DealWeights:
    """Fit what gathers frames, what fills slots at first sight, and what joins clusters."""
    frames, pairs = Examples(), Examples()
    for gold in scenes:
        for i, label in enumerate(gold.labels):
            frames.add(gold.frame_features(i), label is not None, gold.counts)
            for j in range(i + 1, len(gold.labels)):
                other = gold.labels[j]
                if label is not None and other is not None:
                    pairs.add(gold.pair_features(i, j), label == other, gold.counts)
    weights = {FRAME: _logistic(frames), PAIR: _logistic(pairs)}
    gather = DealWeights(weights=weights, thresholds=THRESHOLDS)
    slots = {slot: Examples() for slot in SLOTS}
    for gold in scenes:
        for cluster in gather_frames(gold.links(gather), score_frames(gold.scene, gather)):
            label = gold.label(cluster)
            if label is not None:
                for candidate in gold.proposals.of(cluster):
                    slots[candidate.slot].add(candidate.features, gold.is_right(candidate, label), gold.counts)
    weights |= {slot: _logistic(e) for slot, e in slots.items() if sum(e.answers) >= ENOUGH}
    thresholds = THRESHOLDS | {slot: SLOT_THRESHOLDS.get(slot, SLOT_THRESHOLD) for slot in slots}
    return DealWeights(weights=weights, thresholds=thresholds)


def _merging_examples(gold: GoldScene, weights: DealWeights) -> Iterator[tuple[str, Features, bool]]:
    """Two clusters of a text, with whether they speak of one gold deal."""
    links = gold.links(weights)
    told = [fill(links, c) for c in gather_frames(links, score_frames(gold.scene, weights))]
    for one, other in combinations(told, 2):
        labels = gold.label(one.cluster), gold.label(other.cluster)
        if None not in labels:
            yield MERGE, merging_of(links, one, other), labels[0] == labels[1]


def _merged(gold: GoldScene, weights: DealWeights) -> tuple[Links, list[Told], tuple[float, ...]]:
    relevance = score_frames(gold.scene, weights)
    links = gold.links(weights)
    return links, merge_clusters(links, gather_frames(links, relevance)), relevance


def _second_examples(gold: GoldScene, weights: DealWeights) -> Iterator[tuple[str, Features, bool]]:
    """What could fill the slots of the deals of a text, as a second look sees it."""
    _links, told, _relevance = _merged(gold, weights)
    labels = [gold.label(t.cluster) for t in told]
    for n, slot, i, features in seconds(gold.scene, [t.weighed for t in told], SECOND_SLOTS):
        label = labels[n]
        if label is not None:
            yield second_look(slot), features, gold.is_right(told[n].weighed[slot][i].candidate, label)


def _deal_examples(gold: GoldScene, weights: DealWeights) -> Iterator[tuple[str, Features, bool]]:
    """The deals of a text, with whether each is the largest that speaks of its gold deal."""
    links, told, relevance = _merged(gold, weights)
    deals = [as_filled(t) for t in with_second_look(links, told)]
    labels = [gold.label(d.cluster) for d in deals]
    for deal, label in zip(deals, labels, strict=True):
        rivals = [d for d, other in zip(deals, labels, strict=True) if other == label]
        is_own = label is not None and deal is max(rivals, key=lambda d: len(d.cluster.members))
        yield DEAL, deal_features(gold.scene, deal, deals, relevance), is_own


def _logistic(examples: Examples, strength: float = REGULARISATION) -> dict[str, float]:
    seen = Counter(name for features in examples.features for name in features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: value for name, value in f.items() if seen[name] >= SEEN} for f in examples.features]
    )
    model = LogisticRegression(C=strength, max_iter=4000, tol=1e-3, fit_intercept=True)
    model.fit(matrix, examples.answers, sample_weight=examples.counts)
    names: list[str] = list(vectorizer.get_feature_names_out())
    found = dict(zip(names, map(float, model.coef_[0]), strict=True))
    found["always"] = found.get("always", 0.0) + float(model.intercept_[0])
    return {name: round(w, 3) for name, w in found.items() if abs(w) >= 0.0005}


# ------------------------------------------------------------------------------------------------ measuring
def measure(gold: GoldScene, weights: DealWeights) -> tuple[Judgement, ...]:
    """Judge one text, read with these weights."""
    text = gold.text
    deals = tell_deals(gold.links(weights))
    extraction = Extraction(document=text.document, values=text.values, entities=text.entities, deals=deals)
    _nodes, claims = make_claims(extraction)
    return compare(text.gold.id, text.gold.sheet, sheet_of_extraction(extraction, claims))


def cross_validate(scenes: Sequence[GoldScene], more: Sequence[GoldScene]) -> list[Judgement]:
    """Read each text of `scenes` with weights fitted on the folds it is not in, and on `more`."""
    found: list[Judgement] = []
    for k in range(FOLDS):
        weights = fit([*(s for n, s in enumerate(scenes) if n % FOLDS != k), *more])
        for n, gold in enumerate(scenes):
            if n % FOLDS == k:
                found += measure(gold, weights)
    return found


def confidences(judgements: Sequence[Judgement]) -> tuple[tuple[float, float], ...]:
    """Return how many of the facts said at a probability are right, as points that grow (pool adjacent violators)."""
    said = sorted(
        (j.source.confidence, j.verdict is Verdict.RIGHT)
        for j in judgements
        if j.heading.startswith("slot") and j.verdict is not Verdict.MISSED and j.source.confidence is not None
    )
    bins = [said[i : i + POINTS] for i in range(0, len(said) - POINTS + 1, POINTS)]
    pools = [(sum(p for p, _ in b), sum(right for _, right in b), len(b)) for b in bins]
    n = 0
    while n + 1 < len(pools):
        (p, right, size), (q, more, count) = pools[n : n + 2]
        if right / size < more / count:
            n += 1
            continue
        pools[n : n + 2] = [(p + q, right + more, size + count)]
        n = max(0, n - 1)
    return tuple((round(p / size, 3), round(right / size, 3)) for p, right, size in pools)


def show(name: str, judgements: Sequence[Judgement]) -> None:
    """Print the figures of the deals."""
    print(f"\n{name:24}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'said':>7}{'gold':>7}")
    for key, f in sum_up(judgements).items():
        if key.startswith("slot") or key in {"DEAL FACTS", "deals"}:
            print(f"{key:24}{f.precision:7.3f}{f.recall:7.3f}{f.f1:7.3f}{f.right:7}{f.said:7}{f.gold:7}")


def write(weights: DealWeights, texts: int) -> None:
    """Write the weights as a list of the program."""
    source = f"bench/fit_deals.py on {texts} texts of bench/corpus"
    with DATA.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        out.writerow(("decision", "feature", "weight", "source"))
        for probability, share in weights.confidences:
            out.writerow((CONFIDENCE, f"{probability:g}", f"{share:g}", "bench/fit_deals.py, facts out of fold"))
        for decision in sorted({*weights.weights, *THRESHOLDS}):
            if not decision.endswith(SECOND_LOOK):  # it has the threshold of its slot
                threshold = weights.thresholds.get(decision, SLOT_THRESHOLD)
                out.writerow((decision, "threshold", f"{threshold:g}", "chosen by hand"))
            for feature, weight in sorted(weights.weights.get(decision, {}).items()):
                out.writerow((decision, feature, f"{weight:g}", source))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--texts", type=Path, default=CORPUS / "train", help="folder to learn from and measure on")
    parser.add_argument("--more", type=Path, default=CORPUS / "own", help="folder to learn from alone")
    parser.add_argument("--write", action="store_true", help="fit on all texts and write the list of the program")
    parser.add_argument("--only-fit", action="store_true", help="do not cross-validate")
    options = parser.parse_args(arguments)
    tools = load_tools()
    scenes = [GoldScene(text, tools, counts=COUNTS) for text in prepare_texts(options.texts, tools)]
    more = [GoldScene(text, tools) for text in prepare_texts(options.more, tools)]
    table = tools.weights.confidences
    if not options.only_fit:
        judged = cross_validate(scenes, more)
        table = confidences(judged)
        show(f"{FOLDS} folds", judged)
    if options.write:
        write(replace(fit([*scenes, *more]), confidences=table), len(scenes) + len(more))
        print(f"\nwritten: {DATA.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
