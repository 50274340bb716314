"""Tests for `armsgraph.relations.traded`: "they" and "the new jets" are what was bought last."""

import pytest

from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.model import Deal, DealKind, Evidence, Fact, LineItem, Modality, Ref, Span, Values
from armsgraph.parsing import load_parser
from armsgraph.relations import find_relations
from test_relations import read, triples

FAR = "The minister spoke for long. Nobody listened. Rain fell. It was Monday. "


@pytest.fixture(scope="module")
def find():
    parser, lexicon = load_parser(), load_relation_lexicon()

    def run(marked, *bought):
        document, entities = read(marked)
        facts = []
        for name in bought:
            at = document.text.index(name)
            evidence = Evidence(span=Span(at, at + len(name)), rule="test", confidence=1.0, modality=Modality.ASSERTED)
            facts.append(Fact(predicate="weapon", object=Ref(id=name), evidence=evidence))
        items = tuple(LineItem(id=f"item/{n}", facts=(f,), evidence=f.evidence) for n, f in enumerate(facts))
        deals = tuple(
            Deal(id="deal/1", kind=DealKind.DEAL, label="deal", evidence=facts[0].evidence, items=items)
            for _ in facts[:1]
        )
        parse = parser.parse(document, Values())
        return triples(find_relations(document, Values(), parse, entities, lexicon, deals=deals)[0])

    return run


def test_they_are_what_was_bought(find):
    marked = f"[S:Spain] buys [W:Avro] jets. {FAR}They take over from the [W:Kestrel], which is old."
    before = "The [W:Merlin] flew past. "
    assert find(before + marked) == set()
    assert find(before + marked, "Avro") == {"Avro replaces Kestrel"}


def test_plural_stands_for_all_of_a_deal_and_singular_for_one(find):
    marked = f"[S:Spain] buys four [W:Avro] and two [W:Merlin]. {FAR}" + "{} will replace the [W:Kestrel]."
    both = {"Avro replaces Kestrel", "Merlin replaces Kestrel"}
    assert find(marked.format("The aircraft"), "Avro", "Merlin") == both
    assert find(marked.format("It"), "Avro", "Merlin") == set()


def test_new_ones_are_the_ones_bought_and_not_those_named_last(find):
    marked = "[S:Spain] buys the [W:Avro]. It has the [W:Merlin]. The new jets will take over from the [W:Kestrel]."
    assert find(marked, "Avro") == {"Avro replaces Kestrel"}
    assert find(marked, "Merlin") == {"Merlin replaces Kestrel"}


def test_who_made_what_was_bought_is_told_and_not_who_is_to_make_something(find):
    before = "The [W:Merlin] flew past. "
    marked = f"[S:Spain] buys [W:Avro] jets. {FAR}" + "{}"
    assert find(before + marked.format("They are built by [F:Nordwerk]."), "Avro") == {"Avro manufacturedBy Nordwerk"}
    assert find(before + marked.format("[F:Nordwerk] is to build them."), "Avro") == set()


def test_unnamed_thing_was_named_just_before_or_bought_last(find):
    marked = "[W:Avro]. A hundred tanks from [F:Nordwerk], replacing the [W:Kestrel] and the [W:Hawk]."
    assert find(marked) == {"Avro replaces Kestrel", "Avro replaces Hawk"}
    marked = f"[S:Spain] buys the [W:Avro]. {FAR}It pays for 35 jets, as successor to the [W:Kestrel]."
    assert find(marked) == set()
    assert find(marked, "Avro") == {"Avro replaces Kestrel"}


def test_piece_is_not_the_whole(find):
    marked = "We saw the [W:Avro]. {}he aircraft will be made by [F:Nordwerk]."
    assert find(marked.format("T")) == {"Avro manufacturedBy Nordwerk"}
    assert find(marked.format("Parts of t")) == set()


def test_venture_with_a_firm_is_another_firm(find):
    marked = "{} [F:Nordwerk], founded in May, is preparing to assemble the [W:Avro]."
    assert find(marked.format("This joint venture with")) == set()
    assert find(marked.format("The old")) == {"Avro manufacturedBy Nordwerk"}
