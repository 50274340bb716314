"""Tokens, sentences, the shadow text and the model."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from importlib.resources import files

import pytest

from armsgraph.errors import InputError
from armsgraph.model import Calibre, Document, Furniture, Money, Number, Parse, Span, Token, Values
from armsgraph.parsing import DEFAULT_MODEL, Parser, load_parser, make_chunks

WEIGHTS = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.fixture(scope="module", params=["model", "patterns"])
def any_parser(request: pytest.FixtureRequest) -> Parser:
    return load_parser(model=DEFAULT_MODEL if request.param == "model" else None)


def document(text: str, furniture: tuple[Furniture, ...] = ()) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(id="x", key="x-00000000", text=text, sha256=sha256, furniture=furniture)


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def sentences(text: str, parse: Parse) -> list[str]:
    return [text[s.span.start : s.span.end] for s in parse.sentences]


def token(parse: Parse, text: str) -> Token:
    return next(t for t in parse.tokens if t.text == text)


def check_spans(text: str, parse: Parse) -> None:
    assert all(text[t.span.start : t.span.end] == t.text for t in parse.tokens)
    ends = [0, *(t.span.end for t in parse.tokens)]
    assert all(t.span.start >= end for t, end in zip(parse.tokens, ends, strict=False))
    assert [t.i for t in parse.tokens] == list(range(len(parse.tokens)))
    for sentence in parse.sentences:
        inside = parse.tokens[sentence.first : sentence.last]
        assert inside
        assert {t.sentence for t in inside} == {sentence.i}
        assert {sentence.first <= t.head < sentence.last for t in inside} == {True}


def test_the_model_has_the_weights_it_was_measured_with() -> None:
    folder = files(DEFAULT_MODEL).joinpath(f"{DEFAULT_MODEL}-3.8.0")
    found = {name: hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() for name in WEIGHTS}
    assert found == WEIGHTS


ODD_TEXTS = {
    "empty": "",
    "blank": " \n\n \t ",
    "emoji": "🚀🚀 Navy buys 😀 six boats. 👍",
    "hindi": "भारत ने राइफल खरीदी। यह सौदा हुआ।",
    "capitals": "NAVY SIGNS DEAL FOR 36 BOATS WITH ACME SHIPYARD\nTHE END",
    "crammed": "The deal[1]was signed.It covers 12x boats/ships & “more”…",
    "one word": "x" * 9000,
    "soft hyphen": "The har\u00adbour\u200b has  two   boats.",
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_tokens_cover_any_text_exactly(any_parser: Parser, text: str) -> None:
    parse = any_parser.parse(document(text), Values())
    check_spans(text, parse)
    squeezed = "".join(t.text for t in parse.tokens)
    hidden = "\u00ad\u200b"
    assert squeezed.translate(dict.fromkeys(map(ord, hidden))) == "".join(text.split()).translate(
        dict.fromkeys(map(ord, hidden))
    )


def test_lines_without_full_stop_are_sentences_of_their_own(any_parser: Parser) -> None:
    text = "Navy orders boats\nThe navy ordered six boats on Monday\n- two tugs\n- one ferry\nMore is to come."
    parse = any_parser.parse(document(text), Values())
    assert sentences(text, parse) == text.split("\n")
    assert [s.paragraph for s in parse.sentences] == [0, 1, 2, 3, 4]


def test_wrapped_lines_are_one_paragraph(any_parser: Parser) -> None:
    text = (
        "The ministry said on Monday that it would order a further six patrol\n"
        "boats from the yard, which has built twelve of them for the coast\n"
        "guard since 2015 and hopes to sell more of them abroad this year or\n"
        "next.\n"
    )
    parse = any_parser.parse(document(text), Values())
    assert {s.paragraph for s in parse.sentences} == {0}
    assert len(parse.sentences) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Arun Mehta met Lt. Gen. Paul Ode in Pune.",
        "Acme Pvt. Ltd. of Pune makes boats.",
        "The price is Rs. 500 crore.",
        "M/s Acme Ltd. won it.",
        "Adm. Karl Brandt and Maj. Eva Lund signed.",
    ],
)
def test_abbreviations_end_no_sentence(any_parser: Parser, text: str) -> None:
    assert sentences(text, any_parser.parse(document(text), Values())) == [text]


def test_a_legal_form_may_end_a_sentence(parser: Parser) -> None:
    text = "The order went to Acme Shipyard Ltd. The first boat comes in May."
    assert len(parser.parse(document(text), Values()).sentences) == 2


def test_furniture_is_not_parsed(any_parser: Parser) -> None:
    text = "The navy bought boats.\nSign up for our newsletter\nThey come in May."
    part = Furniture(span=span(text, "Sign up for our newsletter"), kind="form", rule="x")
    parse = any_parser.parse(document(text, (part,)), Values())
    assert sentences(text, parse) == ["The navy bought boats.", "They come in May."]


def test_indian_numerals_and_calibres_do_not_break_the_tree(parser: Parser) -> None:
    text = "The ministry ordered 4,25,300 5.56x45mm assault rifles from the yard."
    values = Values(
        numbers=(Number(span=span(text, "4,25,300"), value=Decimal(425300), grouping="indian", as_written="4,25,300"),),
        calibres=(Calibre(span=span(text, "5.56x45mm"), as_written="5.56x45mm"),),
    )
    parse = parser.parse(document(text), values)
    check_spans(text, parse)
    number, calibre, rifles = token(parse, "4,25,300"), token(parse, "5.56x45mm"), token(parse, "rifles")
    assert (number.dep, number.head) == ("nummod", rifles.i)
    assert calibre.head == rifles.i
    assert token(parse, "ordered").dep == "ROOT"


def test_rupees_read_as_money(parser: Parser) -> None:
    text = "The yard won an order worth Rs 1,188 crore for boats."
    money = Money(
        span=span(text, "Rs 1,188 crore"), amount=Decimal(11880000000), currency="INR", as_written="Rs 1,188 crore"
    )
    [chunk] = make_chunks(document(text), Values(money=(money,)))
    assert chunk.text == "The yard won an order worth $ 1188 million for boats."
    parse = parser.parse(document(text), Values(money=(money,)))
    check_spans(text, parse)
    assert [t.text for t in parse.tokens][6:9] == ["Rs", "1,188", "crore"]


def test_the_shadow_maps_back_character_by_character() -> None:
    text = "Pay  ₹12 crore,\u00a0then 3,40,000 more."
    money = Money(span=span(text, "₹12 crore"), amount=Decimal(120000000), currency="INR", as_written="₹12 crore")
    number = Number(span=span(text, "3,40,000"), value=Decimal(340000), grouping="indian", as_written="3,40,000")
    [chunk] = make_chunks(document(text), Values(numbers=(number,), money=(money,)))
    for word, original in (("Pay", "Pay"), ("12", "12"), ("340000", "3,40,000"), ("then", "then"), ("more", "more")):
        start = chunk.text.index(word)
        first, last = chunk.original(start, start + len(word))
        assert text[first:last] == original


def test_long_lines_are_cut_at_sentences(any_parser: Parser) -> None:
    text = "The navy bought a boat. " * 900
    parse = any_parser.parse(document(text.strip()), Values())
    assert len(parse.sentences) == 900
    assert {s.paragraph for s in parse.sentences} == {0}


def test_many_documents_come_in_order_and_alike(any_parser: Parser) -> None:
    texts = [f"Yard {n} sold {n} boats to the navy.\n\nNobody asked why." for n in range(1, 300)]
    parses = list(any_parser.parse_many((document(t), Values()) for t in texts))
    assert [p.tokens[1].text for p in parses] == [str(n) for n in range(1, 300)]
    assert parses[41] == any_parser.parse(document(texts[41]), Values())


def test_words_are_forgotten_after_each_batch(parser: Parser) -> None:
    strings = parser._nlp.vocab.strings  # type: ignore[attr-defined]
    list(parser.parse_many((document(f"The zqx{n}w boat."), Values()) for n in range(300)))
    before = len(strings)
    list(parser.parse_many((document(f"The vbn{n}k boat."), Values()) for n in range(600)))
    assert len(strings) - before < 100


def test_without_a_model_the_parse_says_so(parser: Parser) -> None:
    text = document("Boats were sold.")
    assert load_parser(model=None).parse(text, Values()).model is None
    assert parser.parse(text, Values()).model == f"{DEFAULT_MODEL} 3.8.0"


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(InputError, match="no model 'xx_no_such_model' is installed"):
        load_parser(model="xx_no_such_model")
    with pytest.raises(InputError, match="no spaCy pipeline package"):
        load_parser(model="json")
