"""Encounters: who met whom, who went where, which states held talks."""

import pytest

from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.model import DateValue, EncounterKind, PartialDate, Span, Values
from armsgraph.parsing import load_parser
from armsgraph.relations import find_relations
from test_relations import read


@pytest.fixture(scope="module")
def find():
    parser, lexicon = load_parser(), load_relation_lexicon()

    def run(marked, *, values=None):
        values = values or Values()
        document, entities = read(marked)
        return document, *find_relations(document, values, parser.parse(document, values), entities, lexicon)

    return run


def dated(marked, words, value):
    start = read(marked)[0].text.index(words)
    day = DateValue(span=Span(start, start + len(words)), start=PartialDate(value=value), as_written=words, cue="on")
    return Values(dates=(day,))


def test_meeting_has_people_place_and_day(find):
    text = "[P:Ann Lee] met [P:Bo Dahl] in [L:Oslo] on 3 May 2024."
    _, _, (encounter,) = find(text, values=dated(text, "3 May 2024", "2024-05-03"))
    assert (encounter.id, encounter.kind) == ("encounter/d-00000000-1", EncounterKind.MEETING)
    told = [(f.predicate, getattr(f.object, "id", None) or f.object.value) for f in encounter.facts]
    assert told == [("participant", "Ann Lee"), ("participant", "Bo Dahl"), ("place", "Oslo"), ("onDate", "2024-05-03")]


def test_visit_has_its_visitor_and_place(find):
    _, _, (encounter,) = find("[P:Ann Lee] visited [S:Chile] in May.")
    assert encounter.kind is EncounterKind.VISIT
    assert encounter.label == "visit of Ann Lee to Chile"


def test_dialogue_of_two_states(find):
    _, relations, (encounter,) = find("The third [S:India]-[S:Japan] 2+2 dialogue ended in [L:New Delhi].")
    assert relations == ()
    assert encounter.kind is EncounterKind.DIALOGUE
    assert [f.object.id for f in encounter.facts] == ["India", "Japan", "New Delhi"]


def test_meeting_told_twice_is_one(find):
    text = "[P:Ann Lee] met [P:Bo Dahl] in [L:Oslo].\n\nA meeting between [P:Ann Lee] and [P:Bo Dahl] is over."
    _, _, encounters = find(text)
    assert len(encounters) == 1


def test_meetings_in_two_places_are_two(find):
    text = "[P:Ann Lee] met [P:Bo Dahl] in [L:Oslo]. A year later [P:Ann Lee] met [P:Bo Dahl] in [L:Lima]."
    assert len(find(text)[2]) == 2
