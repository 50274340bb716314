"""The order of the stages of a deal."""

from __future__ import annotations

from armsgraph.model import DealStatus

__all__ = ["RANK"]

# Signed and ordered are one stage told in two words.
RANK = {
    DealStatus.PROPOSED: 0,
    DealStatus.NEGOTIATING: 1,
    DealStatus.APPROVED: 2,
    DealStatus.ORDERED: 3,
    DealStatus.SIGNED: 3,
    DealStatus.IN_PRODUCTION: 4,
    DealStatus.DELIVERED: 5,
    DealStatus.COMPLETED: 6,
    DealStatus.DELAYED: 7,
    DealStatus.CANCELLED: 8,
}
