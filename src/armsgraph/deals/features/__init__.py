"""Readable features of each decision; `bench/fit_deals.py` fits their weights."""

from armsgraph.deals.features.frames import frame_features
from armsgraph.deals.features.merging import Filled, merging_features
from armsgraph.deals.features.pairs import pair_features
from armsgraph.deals.features.parties import party_features, standing_features
from armsgraph.deals.features.people import person_features, place_features
from armsgraph.deals.features.statuses import status_features, wording_features
from armsgraph.deals.features.sums import sum_features
from armsgraph.deals.features.things import count_features, weapon_features
from armsgraph.deals.features.times import date_features, duration_features
from armsgraph.deals.features.whole import deal_features

__all__ = [
    "Filled",
    "count_features",
    "date_features",
    "deal_features",
    "duration_features",
    "frame_features",
    "merging_features",
    "pair_features",
    "party_features",
    "person_features",
    "place_features",
    "standing_features",
    "status_features",
    "sum_features",
    "weapon_features",
    "wording_features",
]
