"""Curation of links: look-ups online, review by people, background of linked items, and files for curators."""

from armsgraph.curation.background import BACKGROUND_LISTS, BACKGROUND_WIKIDATA, background_lines
from armsgraph.curation.listed import describe_record, records_by_item
from armsgraph.curation.online import ONLINE_RULE, OnlineFinding, OnlineLink, look_up
from armsgraph.curation.quickstatements import Commands, quickstatements
from armsgraph.curation.reading import GraphReader, LinkedEntity, Place, StatedLink
from armsgraph.curation.reviewing import ReviewSummary, Verdict, open_questions, review
from armsgraph.curation.stating import claim_lines
from armsgraph.curation.tables import SSSOM_COLUMNS, UNLINKED_COLUMNS, sssom_lines, unlinked_csv

__all__ = [
    "BACKGROUND_LISTS",
    "BACKGROUND_WIKIDATA",
    "ONLINE_RULE",
    "SSSOM_COLUMNS",
    "UNLINKED_COLUMNS",
    "Commands",
    "GraphReader",
    "LinkedEntity",
    "OnlineFinding",
    "OnlineLink",
    "Place",
    "ReviewSummary",
    "StatedLink",
    "Verdict",
    "background_lines",
    "claim_lines",
    "describe_record",
    "look_up",
    "open_questions",
    "quickstatements",
    "records_by_item",
    "review",
    "sssom_lines",
    "unlinked_csv",
]
