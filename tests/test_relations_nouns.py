"""Tests for `armsgraph.relations.nouns`, and for towns that stand for their firms; in the form of the others."""

from dataclasses import replace

import pytest

from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.model import MentionForm, Values
from armsgraph.parsing import load_parser
from armsgraph.relations import find_relations
from test_relations import read, triples
from test_relations_phrases import cases, told

NOUNS = """
[F:Nordwerk], the state rifle factory in [L:Kiel], meanwhile showed a mock-up.
    Nordwerk locatedIn Kiel
[F:Ostra] and [F:Nordwerk], the repair service of the [A:Northern Army] at [L:Kiel], will make parts.
    Nordwerk locatedIn Kiel
    Nordwerk subsidiaryOf Northern Army
[F:Nordwerk] AS, a wholly owned subsidiary of [F:Ostra], has entered into a contract.
    Nordwerk subsidiaryOf Ostra
They signed with [F:Nordwerk], the joint venture of [G:Research Board] and [F:Ostra] of Russia.
    Nordwerk jointVentureOf Research Board
    Nordwerk jointVentureOf Ostra
"""

FRONTED = """
In [L:Kiel], [F:Nordwerk] runs three shifts and hires bakers.
    Nordwerk locatedIn Kiel
Far north, in [L:Kiel], [F:Nordwerk] cut the first steel on Monday.
    Nordwerk locatedIn Kiel
The ships will be built by [F:Nordwerk], an [F:Ostra] company, at its yard in [L:Kiel].
    Nordwerk locatedIn Kiel
    Nordwerk subsidiaryOf Ostra
"""

OPERATES = """
[S:Spain] is the fourth user of the [W:Avro], after [S:Peru], [S:Chile] and [S:Norway].
    Spain operates Avro
    Peru operates Avro
    Chile operates Avro
    Norway operates Avro
[S:Spain], whose [W:Avro] boats are of the same family, agreed.
    Spain operates Avro
The [W:Avro], [S:Spain]'s largest ship, sailed.
    Spain operates Avro
The [A:Air Force] has four squadrons of [W:Avro] and [W:Kestrel], of which half can fly.
    Air Force operates Avro
    Air Force operates Kestrel
[S:Spain] flies the [W:Avro] and has four [W:Kestrel], which came from Italy.
    Spain operates Avro
    Spain operates Kestrel
We saw the [W:Avro]. The [A:Air Force] already flies a dozen of them.
    Air Force operates Avro
"""

REPLACES = """
A [W:Kestrel] engine will be fitted in the place of the [W:Merlin] that nobody sells.
    Kestrel replaces Merlin
"""

SILENT = [
    ("place-of-birth", "The [W:Kestrel] flew over the place of his birth; the [W:Merlin] did not."),
    ("let-have-as-well", "They let [S:Spain] have 100 [W:Avro] aircraft."),
    ("has-on-order", "[S:Spain] has four [W:Avro] frigates on order."),
    ("has-six-of-what", "We saw the [W:Avro]. [S:Spain] has six."),
    ("whose-dream", "[S:Spain], whose minister likes the [W:Avro] boats, agreed."),
    ("ship-of-a-maker", "The [W:Avro], [F:Nordwerk]'s largest ship, sailed."),
    ("guest-in-town", "In [L:Kiel], [F:Nordwerk] signed a contract for two boats."),
    ("speaker-in-town", "In [L:Kiel], [F:Nordwerk] said that it would pay."),
    ("no-unit", "[F:Nordwerk] is no subsidiary of [F:Ostra]."),
    ("friends", "[F:Nordwerk], a friend of [F:Ostra], won."),
]


@pytest.fixture(scope="module")
def lexicon_and_parser():
    return load_relation_lexicon(), load_parser()


@pytest.fixture(scope="module")
def find(lexicon_and_parser):
    lexicon, parser = lexicon_and_parser

    def run(marked, **states):
        document, entities = read(marked)
        placed = tuple(replace(e, state=states.get(e.id)) for e in entities.entities)
        entities = replace(entities, entities=placed)
        return find_relations(document, Values(), parser.parse(document, Values()), entities, lexicon)[0]

    return run


ALL = [case for text in (NOUNS, FRONTED, OPERATES, REPLACES) for case in cases(text)]


@pytest.mark.parametrize(("marked", "expected"), ALL, ids=[line[:50] for line, _ in ALL])
def test_noun_gives_its_relations(find, marked, expected):
    assert {told(r.subject_id, r.predicate, r.object_id) for r in find(marked)} == expected


@pytest.mark.parametrize("marked", [c[1] for c in SILENT], ids=[c[0] for c in SILENT])
def test_noun_gives_no_relation(find, marked):
    assert triples(find(marked)) == set()


def test_firm_of_a_town_is_one_of_its_state(find):
    marked = "[F:Nordwerk] beat [F:Ostra]. The [L:Kiel] company will be paid in June."
    assert triples(find(marked)) == set()
    assert triples(find(marked, Nordwerk="DE", Ostra="PL", Kiel="DE")) == {"Nordwerk locatedIn Kiel"}
    assert triples(find(marked, Nordwerk="DE", Ostra="DE", Kiel="DE")) == set()
    assert triples(find(marked.replace("Ostra", "it"), Nordwerk="PL", Kiel="DE")) == set()


def test_place_may_tell_which_firm_is_meant(lexicon_and_parser):
    lexicon, parser = lexicon_and_parser
    document, entities = read("[F:Nordwerk] won. They asked [F:the company|Nordwerk] in [L:Kiel].")

    def found(form):
        mentions = (*entities.mentions[:1], replace(entities.mentions[1], form=form), *entities.mentions[2:])
        told_by = replace(entities, mentions=mentions)
        return find_relations(document, Values(), parser.parse(document, Values()), told_by, lexicon)[0]

    assert triples(found(MentionForm.NAME)) == {"Nordwerk locatedIn Kiel"}
    assert not found(MentionForm.NOMINAL)
