"""Small articles with what they say annotated by hand: the golden store of the competency questions.

The articles are made up, and read by no extractor, so that the expected rows in `docs/queries/` hold whatever is
fitted anew. The firm Nordvik Skarn, its missile and the Wikidata items Q9999900n do not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder
from armsgraph.model import (
    DealKind,
    DealStatus,
    Extraction,
    Modality,
)
from question_articles import article_on_plan, article_on_rifles, article_on_second_order, article_on_tanks
from question_cast import (
    BRAHMOS,
    BRAHMOS_LTD,
    INDIA,
    JAPAN,
    KENYA,
    MANILA,
    NORDVIK,
    PH_NAVY,
    PHILIPPINES,
    RUSSIA,
    S400,
    TURKEY,
    ZK907,
    make_deal,
    make_extraction,
    make_link,
    make_relation,
    make_text,
)
from sample_texts import date, money

__all__ = ["articles", "golden_lines", "lines_of"]


def articles() -> tuple[Extraction, ...]:
    """Return the articles in no special order."""
    return (
        article_on_plan(),
        article_on_rifles(),
        article_on_second_order(),
        article_on_tanks(),
        _radars(),
        _missiles(),
        _more_missiles(),
        _denial(),
        _kenya(),
    )


def lines_of(extractions: Iterable[Extraction], *, store_text: bool = True) -> list[str]:
    with GraphBuilder(store_text=store_text) as builder:
        for extraction in extractions:
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        return list(builder.lines())


@lru_cache(maxsize=1)
def golden_lines() -> tuple[str, ...]:
    """Return the golden store as sorted N-Quads lines."""
    return tuple(lines_of(articles()))


# ---------------------------------------------------------------------------------------------------- the articles
def _radars() -> Extraction:
    t = make_text(
        "radars",
        "2023-11-04",
        "Harbour Gazette",
        "Japan gave five coastal radars to the Philippines for the Philippine Navy. The deal was signed in Manila "
        "on 3 November 2023.",
    )
    deal = make_deal(
        t,
        1,
        "coastal radars for Philippines from Japan",
        "gave",
        t.fact("buyer", PHILIPPINES.id, "the Philippines"),
        t.fact("supplier", JAPAN.id, "Japan"),
        t.fact("endUser", PH_NAVY.id, "Philippine Navy"),
        t.fact("status", "delivered", "gave"),
        t.fact("signedOn", date("2023-11-03"), "3 November 2023"),
        t.fact("signedAt", MANILA.id, "Manila"),
        kind=DealKind.DONATION,
        items=[(t.fact("description", "coastal radars", "coastal radars"), t.fact("quantity", 5, "five"))],
        stages=[(DealStatus.SIGNED, "signed", (t.fact("onDate", date("2023-11-03"), "3 November 2023"),))],
        milestones=[(t.fact("quantity", 5, "five"), t.fact("dueOn", date("2023-11"), "November 2023"))],
    )
    return make_extraction(
        t,
        {"Japan": JAPAN, "the Philippines": PHILIPPINES, "Philippine Navy": PH_NAVY, "Manila": MANILA},
        deals=(deal,),
    )


def _missiles() -> Extraction:
    t = make_text(
        "missiles",
        "2022-01-29",
        "Harbour Gazette",
        "The Philippines signed a contract with BrahMos Aerospace for BrahMos missiles worth $375 million on 28 "
        "January 2022. BrahMos Aerospace is a joint venture of India and Russia.",
    )
    deal = make_deal(
        t,
        1,
        "BrahMos for Philippines from BrahMos Aerospace",
        "signed a contract",
        t.fact("buyer", PHILIPPINES.id, "The Philippines"),
        t.fact("supplier", BRAHMOS_LTD.id, "BrahMos Aerospace"),
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2022-01-28"), "28 January 2022"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", BRAHMOS.id, "BrahMos missiles"),)],
        sums=[money(t, "$375 million", "375000000", "USD")],
    )
    return make_extraction(
        t,
        {"The Philippines": PHILIPPINES, "BrahMos Aerospace": BRAHMOS_LTD, "BrahMos missiles": BRAHMOS}
        | {"India": INDIA, "Russia": RUSSIA},
        deals=(deal,),
        relations=(
            make_relation(t, BRAHMOS_LTD, "jointVentureOf", INDIA, "a joint venture of India"),
            make_relation(t, BRAHMOS_LTD, "jointVentureOf", RUSSIA, "joint venture of India and Russia"),
        ),
    )


def _more_missiles() -> Extraction:
    t = make_text(
        "more-missiles",
        "2024-03-02",
        "Delta Wire",
        "India signed a contract with BrahMos Aerospace, a joint venture of India and Russia, for 220 BrahMos "
        "missiles worth Rs 19,519 crore ($2.36 billion) on 1 March 2024.",
    )
    deal = make_deal(
        t,
        1,
        "BrahMos for India from BrahMos Aerospace",
        "signed a contract",
        t.fact("buyer", INDIA.id, "India"),
        t.fact("supplier", BRAHMOS_LTD.id, "BrahMos Aerospace"),
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2024-03-01"), "1 March 2024"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", BRAHMOS.id, "BrahMos missiles"), t.fact("quantity", 220, "220"))],
        sums=[
            money(t, "Rs 19,519 crore", "195190000000", "INR"),
            money(t, "$2.36 billion", "2360000000", "USD", restates=True),
        ],
    )
    return make_extraction(
        t,
        {"India": INDIA, "BrahMos Aerospace": BRAHMOS_LTD, "Russia": RUSSIA, "BrahMos missiles": BRAHMOS},
        deals=(deal,),
        relations=(
            make_relation(t, BRAHMOS_LTD, "jointVentureOf", INDIA, "a joint venture of India"),
            make_relation(t, BRAHMOS_LTD, "jointVentureOf", RUSSIA, "joint venture of India and Russia"),
        ),
    )


def _denial() -> Extraction:
    t = make_text(
        "denial",
        "2024-02-02",
        "Fjord Post",
        "Turkey bought four S-400 batteries from Russia in 2017 for $2.5 billion, a deal it stands by. The "
        "ministry denied a figure of six batteries.",
    )
    deal = make_deal(
        t,
        1,
        "S-400 for Türkiye from Russia",
        "bought",
        t.fact("buyer", TURKEY.id, "Turkey"),
        t.fact("supplier", RUSSIA.id, "Russia"),
        t.fact("status", "ordered", "bought"),
        t.fact("signedOn", date("2017"), "2017"),
        kind=DealKind.CONTRACT,
        items=[
            (
                t.fact("weapon", S400.id, "S-400"),
                t.fact("quantity", 4, "four"),
                t.fact("quantity", 6, "six", modality=Modality.DENIED, speaker="The ministry"),
            )
        ],
        sums=[money(t, "$2.5 billion", "2500000000", "USD")],
    )
    return make_extraction(t, {"Turkey": TURKEY, "S-400": S400, "Russia": RUSSIA}, deals=(deal,))


def _kenya() -> Extraction:
    t = make_text(
        "kenya",
        "2024-05-05",
        "Delta Wire",
        "Kenya signed a contract for 118 armoured vehicles worth $92 million in April 2024; who supplies them was "
        "not said. It ordered 24 ZK-907 missiles from Nordvik Skarn Ltd as well.",
    )
    vehicles = make_deal(
        t,
        1,
        "armoured vehicles for Kenya",
        "signed a contract",
        t.fact("buyer", KENYA.id, "Kenya"),
        t.fact("status", "signed", "signed"),
        t.fact("signedOn", date("2024-04"), "April 2024"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("description", "armoured vehicles", "armoured vehicles"), t.fact("quantity", 118, "118"))],
        sums=[money(t, "$92 million", "92000000", "USD")],
    )
    missiles = make_deal(
        t,
        2,
        "ZK-907 for Kenya from Nordvik Skarn Ltd",
        "ordered",
        t.fact("buyer", KENYA.id, "Kenya"),
        t.fact("supplier", NORDVIK.id, "Nordvik Skarn Ltd"),
        t.fact("status", "ordered", "ordered"),
        kind=DealKind.CONTRACT,
        items=[(t.fact("weapon", ZK907.id, "ZK-907"), t.fact("quantity", 24, "24", nth=2))],
    )
    return make_extraction(
        t,
        {"Kenya": KENYA, "ZK-907": ZK907, "Nordvik Skarn Ltd": NORDVIK},
        deals=(vehicles, missiles),
        links=(make_link(t, NORDVIK, "Q99999001", "Nordvik Skarn Ltd"), make_link(t, KENYA, "Q114", "Kenya")),
    )
