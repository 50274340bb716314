"""Where the work of a contract is done, from the text to the deal."""

from __future__ import annotations

import hashlib

import pytest

from armsgraph.model import Document, Ref
from armsgraph.pipeline import Tools, extract

AWARD = (
    "Lockheed Martin, Fort Worth, Texas, is awarded a $90,000,000 contract for 12 F-35A aircraft for the U.S. Navy. "
)


def places_of_work(text: str, tools: Tools) -> set[str]:
    document = Document(id="t", key="t-0a1b2c3d", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    return {
        f.object.id.partition("/")[2]
        for deal in extract(document, tools).deals
        for f in deal.facts
        if f.predicate == "producedAt" and isinstance(f.object, Ref)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Work will be performed in Tucson, Arizona (60%); and Orlando, Florida (40%).", {"tucson", "orlando"}
        ),
        # the state that says where a town lies is not where the work is done
        pytest.param(
            "Work will be performed in Tucson, Arizona (40%); Groton, Connecticut (35%); and York, Pennsylvania (25%), "
            "and is expected to be completed by August 2028.",
            {"tucson", "groton", "york"},
        ),
        pytest.param("Work will be performed in Florida (60%) and Tucson, Arizona (40%).", {"florida", "tucson"}),
    ],
    ids=["towns", "town-of-two-countries", "state-alone"],
)
def test_places_of_work(text: str, expected: set[str], tools: Tools) -> None:
    assert places_of_work(AWARD + text, tools) == expected
