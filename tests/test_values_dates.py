"""Dates, periods, durations and calibres."""

from __future__ import annotations

import pytest

from armsgraph.lexicon.values import ValueLexicon, load_value_lexicon
from armsgraph.model import DateValue, Document, Hedge, PartialDate, Values
from armsgraph.values import find_values

PUBLISHED = "2024-06-12"  # a Wednesday


@pytest.fixture(scope="module")
def lexicon() -> ValueLexicon:
    return load_value_lexicon()


def read(text: str, lexicon: ValueLexicon, published: str | None = PUBLISHED) -> Values:
    date = PartialDate(value=published) if published else None
    return find_values(Document(id="t", key="t-0", text=text, sha256="0", published=date), lexicon)


def told(value: DateValue) -> tuple[str | None, str | None, str, str]:
    start = value.start.value if value.start else None
    return start, value.end.value if value.end else None, value.kind, value.cue


@pytest.mark.parametrize(
    ("text", "start", "cue"),
    [
        ("signed on 28 March 2025 in Delhi", "2025-03-28", "on"),
        ("signed on March 28, 2025 in Delhi", "2025-03-28", "on"),
        ("signed on March 28th, 2025", "2025-03-28", "on"),
        ("signed on the 28th of March, 2025", "2025-03-28", "on"),
        ("signed on August 25 of 2020", "2020-08-25", "on"),
        ("signed on Monday, March 4, 2024", "2024-03-04", "on"),
        ("issued 2025-03-28", "2025-03-28", ""),
        ("issued 28.03.2025", "2025-03-28", ""),
        ("issued 28/03/2025", "2025-03-28", ""),
        ("issued 12/22/2010", "2010-12-22", ""),
        ("DELHI, OCT 01 2020: the ministry", "2020-10-01", ""),
        ("due by Dec. 31, 2026", "2026-12-31", "due by"),
        ("signed in March 2023", "2023-03", "in"),
        ("signed in March of 2023", "2023-03", "in"),
        ("signed in 2015", "2015", "in"),
        ("in service since 1976", "1976", "since"),
        ("under the 2015 contract", "2015", ""),
        ("the offset (2015) clause", "2015", ""),
        ("Delivery of the second: 2010.", "2010", ""),
        ("in the year 2015", "2015", "in"),
        ("in late 2012", "2012", "in"),
        ("from mid-2027 on", "2027", "from"),
        ("by the end of 2025", "2025", "by"),
        ("in the third quarter of 2026", "2026", "in"),
        ("in Q3 2026", "2026", "in"),
        ("no later than March 2026", "2026-03", "no later than"),
    ],
)
def test_dates_keep_the_precision_of_the_text(text: str, start: str, cue: str, lexicon: ValueLexicon) -> None:
    (value,) = read(text, lexicon, None).dates
    assert told(value) == (start, None, "date", cue)
    assert text[value.span.start : value.span.end] == value.as_written


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("the programme 2021-2031", "2021", "2031", "period"),
        ("from 2021-2031", "2021", "2031", "period"),
        ("from 2021 to 2031", "2021", "2031", "period"),
        ("between 2025 and 2027", "2025", "2027", "period"),
        ("between April 2012 and 2022", "2012-04", "2022", "period"),
        ("from September 2018 to June 2021", "2018-09", "2021-06", "period"),
        ("from 10 to 12 February 2025", "2025-02-10", "2025-02-12", "period"),
        ("on June 18-20, 2021", "2021-06-18", "2021-06-20", "period"),
        ("the January-March 2024 results", "2024-01", "2024-03", "period"),
        ("until 2030", None, "2030", "period"),
        ("through June 2030", None, "2030-06", "period"),
        ("in 2022-23", "2022", "2023", "fiscal year"),
        ("in FY24", "2023", "2024", "fiscal year"),
        ("in FY2024-25", "2024", "2025", "fiscal year"),
        ("in fiscal 2024", "2023", "2024", "fiscal year"),
        ("in fiscal year 2024", "2023", "2024", "fiscal year"),
        ("in the financial year 2024-25", "2024", "2025", "fiscal year"),
    ],
)
def test_periods_and_fiscal_years(text: str, start: str | None, end: str, kind: str, lexicon: ValueLexicon) -> None:
    (value,) = read(text, lexicon, None).dates
    assert told(value)[:3] == (start, end, kind)


def test_a_list_of_years(lexicon: ValueLexicon) -> None:
    values = read("contracts of the army in 2019, 2020 and 2021", lexicon, None)
    assert [v.start and v.start.value for v in values.dates] == ["2019", "2020", "2021"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("signed on Friday", "2024-06-07"),
        ("signed on Wednesday", "2024-06-12"),
        ("signed last Wednesday", "2024-06-05"),
        ("will be signed on Friday", "2024-06-14"),
        ("signed on Thursday last week", "2024-06-06"),
        ("signed next Monday", "2024-06-17"),
        ("signed this Monday, 10, in Delhi", "2024-06-10"),
        ("signed yesterday", "2024-06-11"),
        ("signed today", "2024-06-12"),
        ("to be signed tomorrow", "2024-06-13"),
        ("signed last month", "2024-05"),
        ("signed earlier this month", "2024-06"),
        ("signed last year", "2023"),
        ("signed late last year", "2023"),
        ("due next year", "2025"),
        ("due by the end of this year", "2024"),
        ("due by year-end", "2024"),
        ("signed in April", "2024-04"),
        ("signed in October", "2023-10"),
        ("signed last August", "2023-08"),
        ("due by October", "2024-10"),
        ("will be delivered in October", "2024-10"),
        ("signed in May last year", "2023-05"),
        ("signed in February of this year", "2024-02"),
        ("signed on March 8", "2024-03-08"),
        ("signed on 8 December", "2023-12-08"),
        ("due by 8 December", "2024-12-08"),
        ("signed on 14 November last year", "2023-11-14"),
        ("signed two years ago", "2022"),
        ("signed a decade ago", "2014"),
        ("signed three months ago", "2024-03"),
        ("signed on the 3rd, before the talks", "2024-06-03"),
        ("HYDERABAD, Mar 19 (PTI) The yard", "2024-03-19"),
        ("In August, Poland signed", "2023-08"),
        ("In August, Poland will sign", "2024-08"),
        ("which Norway bought in August", "2023-08"),
        ("signed this autumn", "2024"),
        ("signed last autumn", "2023"),
        ("signed last summer", "2023"),
        ("will begin next spring", "2025"),
        ("concluded in autumn", "2023"),
        ("will be here by winter", "2025"),
        ("concluded last week", "2024-06"),
    ],
)
def test_relative_dates_lean_on_the_date_of_publication(text: str, start: str, lexicon: ValueLexicon) -> None:
    (value,) = read(text, lexicon).dates
    assert (value.start and value.start.value, value.kind) == (start, "relative")
    assert text[value.span.start : value.span.end] == value.as_written


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("On 3 May 2023 Poland signed. On the same day it ordered", "2023-05-03"),
        ("They met on Monday. The same Monday", "2024-06-10"),
        ("They signed in May 2022 and in the same year ordered", "2022"),
        ("The first came in 2019, the contract on August 22 of that year", "2019-08-22"),
        ("The first came in 2019, the second in December of the same year", "2019-12"),
        ("They signed in May 2022. Two months later", "2022-07"),
        ("The contract of June 2011 was called off in May 2022. A year later", "2023"),
        ("They met on 5 May 2022; three days earlier", "2022-05-02"),
        ("They signed in 2022 and went home the year after", "2023"),
        ("They met on 5 May 2022. The previous day", "2022-05-04"),
    ],
)
def test_dates_that_point_to_the_one_before(text: str, start: str, lexicon: ValueLexicon) -> None:
    value = read(text, lexicon).dates[-1]
    assert value.start is not None
    assert value.start.value == start


@pytest.mark.parametrize(
    "text",
    [
        "They signed in May 2022, six months later than planned.",
        "On the same day Poland signed.",
        "Prices fall, and the spring is broken.",
        "They signed in 2022. Two months later",
    ],
)
def test_what_points_to_no_date(text: str, lexicon: ValueLexicon) -> None:
    assert len(read(text, lexicon).dates) == text.count("2022")


@pytest.mark.parametrize(
    "text",
    ["signed on Friday", "signed last month", "signed in April", "signed on March 8", "signed two years ago", "today"],
)
def test_relative_dates_without_a_date_of_publication_are_left_out(text: str, lexicon: ValueLexicon) -> None:
    values = read(text, lexicon, None)
    assert not values.dates
    assert not [n for n in values.numbers if n.value in (2, 8)]


def test_a_month_of_publication_resolves_months_but_not_weekdays(lexicon: ValueLexicon) -> None:
    values = read("signed last month, on Friday", lexicon, "2024-06")
    assert [v.start and v.start.value for v in values.dates] == ["2024-05"]


def test_a_date_line_stands_in_for_the_date_of_publication(lexicon: ValueLexicon) -> None:
    values = read("LONDON, 19 July 2010 -- The yard said on Friday that it had won.", lexicon, None)
    assert [v.start and v.start.value for v in values.dates] == ["2010-07-19", "2010-07-16"]


def test_a_date_in_running_text_is_no_date_line(lexicon: ValueLexicon) -> None:
    values = read("The contract was signed on 19 July 2010 in Paris. It was delayed on Friday.", lexicon, None)
    assert [v.start and v.start.value for v in values.dates] == ["2010-07-19"]


def test_until_the_end_of_the_year_leaves_the_start_open(lexicon: ValueLexicon) -> None:
    (value,) = read("goes on till the end of the year", lexicon).dates
    assert told(value) == (None, "2024", "relative", "till")


@pytest.mark.parametrize(
    "text",
    [
        "delivered 2000 rifles",
        "an order for 2000 rifles",
        "the Mirage 2000 fleet",
        "Resolution 1929 of the council",
        "Vision 2030 and its goals",
        "a total of 2,000 guns",
        "the 1990s",
        "over the last year of the war",
        "03/04/2021",
        "India Today said so",
        "over ten years ago",
        "in the very next month",
        "31 February 2020",
        "on the 5th floor",
        "Sunday Observer",
    ],
)
def test_what_is_no_date_is_none(text: str, lexicon: ValueLexicon) -> None:
    assert read(text, lexicon).dates == ()


@pytest.mark.parametrize(
    ("text", "iso", "hedge"),
    [
        ("within 36 months", "P36M", Hedge.EXACT),
        ("over a 10-year period", "P10Y", Hedge.EXACT),
        ("in three years", "P3Y", Hedge.EXACT),
        ("a six-month trial", "P6M", Hedge.EXACT),
        ("over the next decade", "P10Y", Hedge.EXACT),
        ("for two decades", "P20Y", Hedge.EXACT),
        ("for a year", "P1Y", Hedge.EXACT),
        ("within a fortnight", "P14D", Hedge.EXACT),
        ("for six weeks", "P42D", Hedge.EXACT),
        ("for 90 days", "P90D", Hedge.EXACT),
        ("for twenty (20) years", "P20Y", Hedge.EXACT),
        ("for 1.5 years", "P18M", Hedge.EXACT),
        ("for two and a half years", "P30M", Hedge.EXACT),
        ("for about five years", "P5Y", Hedge.ABOUT),
        ("for over five years", "P5Y", Hedge.OVER),
        ("spread over five years", "P5Y", Hedge.EXACT),
        ("within three to five years", "P5Y", Hedge.UP_TO),
        ("within 18-24 months", "P24M", Hedge.UP_TO),
    ],
)
def test_durations(text: str, iso: str, hedge: Hedge, lexicon: ValueLexicon) -> None:
    (duration,) = read(text, lexicon).durations
    assert (duration.iso, duration.hedge) == (iso, hedge)
    assert text[duration.span.start : duration.span.end] == duration.as_written


@pytest.mark.parametrize(
    "text",
    [
        "he is 25 years old",
        "a 25-year-old pilot",
        "50 years of age",
        "every two years",
        "three times a year",
        "one day it will fly",
        "two years ago",
        "in the last week of February",
        "200 flight hours",
    ],
)
def test_ages_rates_and_distances_back_are_no_durations(text: str, lexicon: ValueLexicon) -> None:
    assert read(text, lexicon).durations == ()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("7.62x39mm rifles", ["7.62x39mm"]),
        ("7.63×39mm rifles", ["7.63×39mm"]),
        ("12.7x99 rounds", ["12.7x99"]),
        ("5.56 mm carbines", ["5.56 mm"]),
        ("5.56 carbines", ["5.56"]),
        ("155mm/52 guns", ["155mm/52"]),
        ("155 mm/39 calibre guns", ["155 mm/39 calibre"]),
        ("155 mm, 45 calibre guns", ["155 mm, 45 calibre"]),
        (".50-calibre guns", [".50-calibre"]),
        ("120-mm mortars", ["120-mm"]),
        ("30mm cannon", ["30mm"]),
        ("60, 81 and 120 mm mortars", ["60", "81", "120 mm"]),
        ("10 155 mm guns", ["155 mm"]),
        ("8x8 vehicles", []),
        ("hit 600 mm of armour", []),
    ],
)
def test_calibres(text: str, written: list[str], lexicon: ValueLexicon) -> None:
    assert [c.as_written for c in read(text, lexicon).calibres] == written


def test_a_count_beside_a_calibre_stays_a_count(lexicon: ValueLexicon) -> None:
    values = read("procurement of 6,01,427 7.63x39mm assault rifles AK-203", lexicon)
    assert [n.value for n in values.numbers if n.kind == "count"] == [601427]
    assert [c.as_written for c in values.calibres] == ["7.63x39mm"]
