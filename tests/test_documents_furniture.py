"""Page furniture: what is marked, and above all what is not."""

from itertools import pairwise

import pytest

from armsgraph.documents import mark_furniture
from armsgraph.errors import DataError
from armsgraph.lexicon.furniture import load_furniture_lexicon
from armsgraph.model import Furniture, Span

LEXICON = load_furniture_lexicon()
BODY = (
    "The ministry said on Tuesday that the two countries had agreed on the price of the boats.\n\n"
    "A second yard will build the hulls, and the navy expects the first of them within three years."
)


def marked(text: str, **options: bool) -> list[str]:
    return [text[f.span.start : f.span.end] for f in mark_furniture(text, LEXICON, **options)]


def kinds(text: str) -> list[str]:
    return [f.kind for f in mark_furniture(text, LEXICON)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Also read: Ten things to know about the new frigates", "also-read"),
        ("ALSO READ | Who is the new admiral?", "also-read"),
        ("RELATED: Rivals line up for the tank contract", "also-read"),
        ("Read more: How the deal was made", "also-read"),
        ("Share this: Facebook | WhatsApp", "share"),
        ("Share on LinkedIn", "share"),
        ("Facebook Twitter WhatsApp Email", "share"),
        ("Subscribe to our newsletter", "subscription"),
        ("Already a subscriber? Log in to read on", "subscription"),
        ("Sign up for our weekly briefing", "subscription"),
        ("Download our app for more stories", "subscription"),
        ("We use cookies to improve your experience. By staying here you accept this.", "cookies"),
        ("This website uses cookies.", "cookies"),
        ("Advertisement", "advertisement"),
        ("Article continues below", "advertisement"),
        ("3 min read", "read-time"),
        ("Tags: navy, boats, contract", "tags"),
        ("Filed under: Navies", "tags"),
        ("Published: May 12, 2018 16:54 IST", "timestamp"),
        ("Last updated on Sunday, 31 March 2024, 20:52", "timestamp"),
        ("Photo: Reuters", "photo-credit"),
        ("Photo credit: Jane Doe/Getty Images", "photo-credit"),
        ("(Representational image)", "photo-credit"),
        ("Image: Ministry of Defence", "photo-credit"),
        ("Source: Reuters", "source"),
        ("(With inputs from PTI)", "source"),
        ("Copyright 2023. All rights reserved.", "copyright"),
        ("© 2021 The Example. No part may be reproduced.", "copyright"),
        ("-ENDS-", "sign-off"),
        ("-30-", "sign-off"),
        ("*****", "sign-off"),
        ("PTI VVK", "sign-off"),
        ("The writer is a retired brigadier. Views are personal.", "author-note"),
        ("For further information, please contact the press office.", "contact"),
        ("press@example.org", "contact"),
        ("Home » News » Defence", "navigation"),
        ("Comments are closed.", "comments"),
        ("India Today", "outlet"),
        ("The Hindu", "outlet"),
    ],
)
def test_furniture_below_the_article_is_marked(line: str, kind: str) -> None:
    text = f"{BODY}\n\n{line}\n"
    found = mark_furniture(text, LEXICON)
    assert [(text[f.span.start : f.span.end], f.kind) for f in found] == [(line, kind)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Jane Doe", "byline"),
        ("By Our Special Correspondent", "byline"),
        ("By The Associated Press", "byline"),
        ("OPINION", "section"),
        ("Press release", "section"),
        ("Sunday Observer", "outlet"),
        ("2 comments", "comments"),
    ],
)
def test_furniture_above_the_article_is_marked(line: str, kind: str) -> None:
    text = f"Two navies, one yard\n\n{line}\n\n{BODY}"
    found = mark_furniture(text, LEXICON)
    assert [(text[f.span.start : f.span.end], f.kind) for f in found] == [(line, kind)]


@pytest.mark.parametrize(
    "line",
    [
        "Explained: What the army gets for its money",
        "Share of the home yards rises to 60 per cent",
        "By 2030 the navy wants twelve of them.",
        "By buying from Norway the army saves two years.",
        "Related work worth $40 million went to a yard in Gdansk.",
        "More on this order is expected in May, the minister told Reuters.",
        "Subscribers to the programme are Norway, Denmark and Finland.",
        "Photo: The minister signs the contract for 12 boats in Oslo on Monday.",
        "(From left) The minister, the ambassador and the chairman of the yard",
        "(c) delivery of six boats within 48 months",
        "(a) Entity awarding the contract: Ministry of Defence",
        "Category: Buy (Indian)",
        "Cost: Rs 524 crore",
        "Quantity: 18 guns",
        "For more details the committee will visit the yard in Turku and report to the cabinet.",
        "The news agency Reuters said the contract was worth $40 million.",
        "India today signed a contract for 24 helicopters.",
        "The boats were bought from Kongsberg, the Associated Press reported.",
        "Copyright in the drawings passes to the buyer after 20 years.",
        "Follow-on orders: 12 more boats",
        "Read in full, the contract gives the buyer a way out.",
        "Close to 600 vehicles will be delivered.",
        "Posted to Moscow as attaché, Colonel Virtanen signed the paper.",
        "Published figures put the price at 40 million euros.",
        "NAVY",
        "What was agreed",
        "- 12 boats for the coast guard",
        "Provided by Norway, the boats are to patrol the strait.",
        "Sources: two yards, one in Oslo and one in Bergen, will build them",
        "Save for two boats, the whole order was cancelled.",
        "The minister said: Leave a reply to the experts",
        "Latest in a series of orders, this one is for 12 boats",
        "Join the carrier group in May, the two ships will",
        "Sign up for 24 more, the air chief told the minister, or lose the slot",
    ],
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_news_is_not_marked(line: str, place: str) -> None:
    text = f"{line}\n\n{BODY}" if place == "above" else f"{BODY}\n\n{line}\n"
    assert marked(text) == []


def test_comment_form_takes_everything_after_it() -> None:
    tail = "Leave a Reply\n\nYour email address will not be published.\n\nBhola: they bought 900 tanks, I was there."
    assert marked(f"{BODY}\n\n{tail}") == [line for line in tail.split("\n") if line]


def test_comment_link_above_the_article_takes_nothing_else() -> None:
    assert marked(f"Two navies, one yard\n\nLeave a reply\n\n{BODY}") == ["Leave a reply"]


def test_teasers_end_where_prose_begins() -> None:
    text = f"{BODY}\n\nMost Read\n\nTen tanks you should know\n\nWho pays for this?\n\nThe boats are due in 2027."
    assert marked(text) == ["Most Read", "Ten tanks you should know", "Who pays for this?"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("KUWAIT | 3 MIN READ", ["3 MIN READ"]),
        ("9 March 2019 | Navies, Asia | Leave a comment", ["Leave a comment"]),
        ("By Defence Desk | 4 min read", ["By Defence Desk", "4 min read"]),
        ("Pilot ejects, is safe | Inquiry ordered", []),
        ("Share | The army will buy 200 more of the guns.", []),
    ],
    ids=["label", "topics", "two", "headlines", "sentence"],
)
def test_bars_lose_their_furniture_and_keep_their_labels(line: str, parts: list[str]) -> None:
    assert marked(f"{line}\n\n{BODY}") == parts


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("The order is worth Rs 9,000 crore, the chairman said. PTI VVK", "PTI VVK"),
        ("The order is worth Rs 9,000 crore, the chairman said. — ANI", "— ANI"),
        ("The order is worth Rs 9,000 crore, the chairman said (PTI)", "(PTI)"),
        ("The order is worth 9 billion dollars, the chairman said. Enditem", "Enditem"),
        ("The boats lie at the quay of Turku (Photo: Navy) and wait for their crews.", "(Photo: Navy)"),
    ],
    ids=["initials", "dash", "brackets", "enditem", "credit"],
)
def test_parts_of_the_last_paragraph_are_marked(line: str, part: str) -> None:
    assert [found.strip() for found in marked(f"{BODY}\n\n{line}")] == [part]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("NEW DELHI, March 3 (PTI) - The army has signed a contract.", ["(PTI)"]),
        ("OSLO (Reuters) - The army has signed a contract.", ["(Reuters)"]),
        ("Seoul, May 4, 2021 (Yonhap) -- The army has signed a contract.", ["(Yonhap)"]),
        ("BRUSSELS, Feb. 4 -- The army has signed a contract.", []),
        ("Bharat Dynamics (BDL) - the maker - has signed a contract.", []),
    ],
)
def test_agency_of_a_dateline_is_marked_and_its_place_is_not(line: str, part: list[str]) -> None:
    assert marked(f"{line}\n\n{BODY}") == part


def test_issue_date_of_a_source_line_is_marked_and_the_issuer_is_not() -> None:
    line = "(Source: Ministry of Defence of Norway; issued Dec 18, 2017)"
    assert marked(f"Boats for Norway\n\n{line}\n\n{BODY}") == ["; issued Dec 18, 2017"]


def test_a_line_of_a_wrapped_paragraph_is_not_furniture() -> None:
    text = (
        "The army signed the contract for the guns of the new regiment\n"
        "after long talks; the paper was written in the hotel room and\n"
        "then read aloud to the reporters, who had come in great number\n"
        "Share\n"
        "and who wanted to know what the guns had cost the tax payers."
    )
    assert marked(text) == []


def test_only_acronyms_need_their_capitals() -> None:
    assert LEXICON.find_outlet("the hindu") is not None
    assert LEXICON.find_outlet("RT") is not None
    assert LEXICON.find_outlet("app") is None


def test_markup_does_not_hide_furniture() -> None:
    assert marked(f"{BODY}\n\n**Also read:** Ten more boats", has_markup=True) == ["Also read:** Ten more boats"]


def test_known_furniture_is_kept_and_not_marked_twice() -> None:
    text = f"Advertisement\n\n{BODY}"
    known = Furniture(span=Span(0, 13), kind="front-matter", rule="test")
    assert mark_furniture(text, LEXICON, known=(known,)) == (known,)


def test_marks_are_sorted_and_apart() -> None:
    text = f"OPINION\nBy Jane Doe\n\n{BODY} PTI VVK\n\nTags: boats | Share\n\nLeave a Reply\n\nSome words"
    spans = [f.span for f in mark_furniture(text, LEXICON)]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert kinds(text) == ["section", "byline", "sign-off", "tags", "comments", "comments"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("rules: [{id: x, kind: y, patterns: ['(']}]", "cannot read the rule"),
        ("rules: [{id: x, kind: y, patterns: ['<nowhere>']}]", "unknown part <nowhere>"),
        ("rules: [{id: x, kind: y, zone: middle, patterns: [a]}]", "cannot read the rule"),
        ("rules: [{id: x, kind: y, pattern: a}]", "unknown keys pattern"),
        ("rules: [{id: x, kind: y, reach: part, patterns: [a]}]", "one group `mark`"),
        ("ruls: []", "unknown keys ruls"),
    ],
)
def test_bad_lexicon_is_refused_with_its_rule(tmp_path, written: str, message: str) -> None:
    (tmp_path / "furniture.yaml").write_text(written)
    with pytest.raises(DataError, match=message):
        load_furniture_lexicon(overlays=[tmp_path])


def test_overlay_adds_outlets_and_replaces_rules(tmp_path) -> None:
    (tmp_path / "outlets.tsv").write_text(
        "name\taliases\tkind\tcountry\tsource\nThe Turku Examiner\tTEX\tnewspaper\tFI\tus\n"
    )
    (tmp_path / "furniture.yaml").write_text("rules: [{id: advertisement, kind: ours, patterns: [werbung]}]")
    lexicon = load_furniture_lexicon(overlays=[tmp_path])
    text = f"{BODY}\n\nAdvertisement\n\nWerbung\n\nTurku Examiner"
    assert [f.kind for f in mark_furniture(text, lexicon)] == ["ours", "outlet"]


def test_unknown_outlet_kind_is_refused_with_its_line(tmp_path) -> None:
    (tmp_path / "outlets.tsv").write_text("name\taliases\tkind\tcountry\tsource\nX\t\tleaflet\t\tus\n")
    with pytest.raises(DataError, match=r"outlets.tsv:2: unknown kind 'leaflet'"):
        load_furniture_lexicon(overlays=[tmp_path])
