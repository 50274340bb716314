"""Further turns of phrase for relations, in the form of `test_relations_phrases`; and what sounds alike but is none."""

from dataclasses import replace

import pytest

from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.model import Values
from armsgraph.parsing import load_parser
from armsgraph.relations import find_relations
from test_relations import read, triples
from test_relations_phrases import cases, told

LOCATED = """
[L:Kiel], home of [F:Nordwerk], celebrated.
    Nordwerk locatedIn Kiel
[L:Kiel], where [F:Nordwerk] builds ships, celebrated.
    Nordwerk locatedIn Kiel
The [L:Kiel] shipbuilder [F:Nordwerk] did not comment.
    Nordwerk locatedIn Kiel
The shipbuilder from [L:Kiel], [F:Nordwerk], did not comment.
    Nordwerk locatedIn Kiel
The ships are to be made in [L:Kiel], at [F:Nordwerk]'s yard.
    Nordwerk locatedIn Kiel
[F:Nordwerk], an [F:Ostra] company, [L:Kiel], [L:Holstein], is awarded $5 million.
    Nordwerk locatedIn Kiel
    Nordwerk subsidiaryOf Ostra
    Kiel locatedIn Holstein
[F:Nordwerk] has laid down the second of four ships at [L:Kiel].
    Nordwerk locatedIn Kiel
[F:Nordwerk] will carry out the work in [L:Kiel].
    Nordwerk locatedIn Kiel
[F:Nordwerk], which has its seat in [S:Norway], won.
    Nordwerk locatedIn Norway
He was born in [L:Kiel], in the north of [L:Holstein].
    Kiel locatedIn Holstein
He was born in [L:Kiel], which is also in [L:Holstein].
    Kiel locatedIn Holstein
They go to the [A:4th Brigade] at [L:Kiel].
    4th Brigade locatedIn Kiel
They are built by [F:Nordwerk] in the northern city of [L:Kiel].
    Nordwerk locatedIn Kiel
"""

OWNED = """
[F:Nordwerk], the truck and armour unit of [F:Ostra], got the order.
    Nordwerk subsidiaryOf Ostra
[F:Ostra]'s [F:Nordwerk] got the order.
    Nordwerk subsidiaryOf Ostra
Two of the [A:Northern Army]'s [A:4th Brigade] came.
    4th Brigade subsidiaryOf Northern Army
[F:Nordwerk] of the [F:Ostra] group got the order.
    Nordwerk subsidiaryOf Ostra
[F:Nordwerk], [F:Ostra]'s German arm, got the order.
    Nordwerk subsidiaryOf Ostra
[F:Ostra]'s unit in [L:Kiel], [F:Nordwerk], got the order.
    Nordwerk subsidiaryOf Ostra
    Nordwerk locatedIn Kiel
[F:Nordwerk], filial of the Swedish [F:Ostra], got the order.
    Nordwerk subsidiaryOf Ostra
[F:Nordwerk], a firm that belongs to [F:Ostra], got the order.
    Nordwerk subsidiaryOf Ostra
[F:Nordwerk] employs 340 people and is part of [F:Ostra].
    Nordwerk subsidiaryOf Ostra
[F:Ostra]'s takeover of [F:Nordwerk] was completed in July.
    Nordwerk subsidiaryOf Ostra
The consortium [F:Norost], to which [F:Nordwerk] and [F:Ostra] belong, got it.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost], joint company of [F:Nordwerk] and [F:Ostra], got it.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost], a firm set up by [F:Nordwerk] and [F:Ostra], got it.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost], which belongs to [F:Nordwerk] and [F:Ostra], got it.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
The partners in [F:Norost] are [F:Nordwerk] and [F:Ostra].
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Nordwerk] and [F:Ostra] are the shareholders of [F:Norost].
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Nordwerk] and [F:Ostra], which together own [F:Norost], won.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
The joint venture [F:Norost] ([F:Nordwerk], [F:Ostra]) got it.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
"""

MADE = """
The [W:Marten], which [F:Nordwerk] builds together with [F:Ostra], is new.
    Marten manufacturedBy Nordwerk
    Marten manufacturedBy Ostra
[F:Nordwerk] builds the [W:Marten] jointly with [F:Ostra].
    Marten manufacturedBy Nordwerk
    Marten manufacturedBy Ostra
[F:Nordwerk] said that it would build the [W:Marten] alone.
    Marten manufacturedBy Nordwerk
The maker of the [W:Marten] is [F:Nordwerk].
    Marten manufacturedBy Nordwerk
The [W:Marten] carriers come off the lines of [F:Nordwerk].
    Marten manufacturedBy Nordwerk
The [W:Marten] is assembled at [F:Nordwerk]'s [L:Kiel] plant.
    Marten manufacturedBy Nordwerk
    Nordwerk locatedIn Kiel
The [W:Marten] was made by the northern plant of [F:Nordwerk].
    Marten manufacturedBy Nordwerk
The yard builds the ship to an [F:Ostra] design, the [W:Marten].
    Marten designedBy Ostra
[F:Ostra] led the development of the [W:Marten].
    Marten designedBy Ostra
[F:Nordwerk]'s [W:Marten] design won.
    Marten designedBy Nordwerk
"""

REPLACES = """
As a stopgap replacement for the [W:Kestrel], the navy has ordered the [W:Merlin].
    Merlin replaces Kestrel
To replace the [W:Kestrel], the navy chose the [W:Merlin].
    Merlin replaces Kestrel
The [W:Kestrel] went to scrap. Its replacement: the [W:Merlin].
    Merlin replaces Kestrel
The navy will retire the [W:Kestrel] once the [W:Merlin] arrives.
    Merlin replaces Kestrel
The [W:Kestrel] is to be retired when the [W:Merlin] enters service.
    Merlin replaces Kestrel
The place of the [W:Kestrel] is taken by the [W:Merlin].
    Merlin replaces Kestrel
The [W:Merlin] steps into the shoes of the [W:Kestrel].
    Merlin replaces Kestrel
The [W:Merlin] takes over the duties of the [W:Kestrel].
    Merlin replaces Kestrel
Replacing the [W:Kestrel] is the [W:Merlin].
    Merlin replaces Kestrel
"""

VARIANT = """
The export version of the [W:Kestrel], the [W:Kestrel X], flew.
    Kestrel X variantOf Kestrel
The [W:Kestrel]'s naval version, the [W:Kestrel N], flew.
    Kestrel N variantOf Kestrel
The [W:Kestrel X] descends from the [W:Kestrel].
    Kestrel X variantOf Kestrel
The [W:Kestrel], of which the [W:Kestrel X] is a version, flew.
    Kestrel X variantOf Kestrel
"""

OPERATES = """
It fell from a [A:U.S. Air Force] [W:Avro] at noon.
    U.S. Air Force operates Avro
The [W:Avro], some of which the [A:Air Force] has been flying since 1960, is tired.
    Air Force operates Avro
The [W:Avro] that the [A:Air Force] still flies are tired.
    Air Force operates Avro
[S:Spain] has some 100 [W:Avro] aircraft.
    Spain operates Avro
[A:Army] [W:Marten] carriers drove past.
    Army operates Marten
"""

SILENT = [
    ("supplier-of-a-firm", "[F:Ostra]'s supplier [F:Nordwerk] won."),
    ("home-of-a-thing", "[L:Kiel], home of sailing. [F:Nordwerk] won."),
    ("town-called-as-a-firm", "Work will be performed in [F:Nordwerk], [L:Holstein], by May."),
    ("army-there", "They signed with the [A:Army] in [L:Kiel]."),
    ("group-of-firms", "[F:Nordwerk] from a group that [F:Ostra] leads."),
    ("takeover-talk", "[F:Ostra] wants the takeover of [F:Nordwerk]."),
    ("belongs-to-one-of-them", "[F:Nordwerk], to which [F:Ostra] sells steel, won."),
    ("partners-in-crime", "The partners [F:Nordwerk] and [F:Ostra] won."),
    ("sold-together", "[F:Nordwerk], which sells the [W:Marten] together with [F:Ostra], won."),
    ("to-replace-but", "To replace the [W:Kestrel] the navy lacks money, and the [W:Merlin] is grounded."),
    ("once-flown", "The navy will retire the [W:Kestrel] once the budget allows; the [W:Merlin] goes on."),
    ("versions-in-a-list", "A version of the [W:Kestrel], the [W:Merlin] and the [W:Hawk] flew."),
    ("on-order", "[S:Spain] has 100 [W:Avro] aircraft on order."),
    ("let-have", "They let [S:Spain] have 100 [W:Avro] aircraft."),
    ("army-got", "The [A:Army] got [W:Marten] carriers."),
    ("army-contract", "[A:Army] [W:Marten] contract signed"),
    ("in-place-of-far", "They are for the [W:Merlin], in place of the [W:Kestrel] guns."),
]


@pytest.fixture(scope="module")
def find():
    parser, lexicon = load_parser(), load_relation_lexicon()

    def run(marked, **fields):
        document, entities = read(marked)
        changed = tuple(replace(e, **fields.get(e.id, {})) for e in entities.entities)
        entities = replace(entities, entities=changed)
        return find_relations(document, Values(), parser.parse(document, Values()), entities, lexicon)[0]

    return run


ALL = [case for text in (LOCATED, OWNED, MADE, REPLACES, VARIANT, OPERATES) for case in cases(text)]


@pytest.mark.parametrize(("marked", "expected"), ALL, ids=[line[:50] for line, _ in ALL])
def test_turn_gives_its_relations(find, marked, expected):
    assert {told(r.subject_id, r.predicate, r.object_id) for r in find(marked)} == expected


@pytest.mark.parametrize("marked", [c[1] for c in SILENT], ids=[c[0] for c in SILENT])
def test_turn_gives_no_relation(find, marked):
    assert triples(find(marked)) == set()


def test_pronoun_stands_for_what_the_sentence_spoke_of(find):
    marked = "The [W:Avro] beat the [W:Kestrel]. It is built by [F:Nordwerk]."
    assert triples(find(marked)) == {"Avro manufacturedBy Nordwerk"}
    marked = "Beside the [W:Avro] and the [W:Kestrel] stood a crowd. It is fed by hope. They are built by [F:Nordwerk]."
    assert triples(find(marked)) == set()


def test_pronoun_reaches_back_in_its_paragraph(find):
    marked = "We saw the [W:Avro]. 42 came. 28 follow. The rest is late. They are built by [F:Nordwerk]."
    before = "The [W:Merlin] flew. "
    assert triples(find(before + marked)) == {"Avro manufacturedBy Nordwerk"}
    assert triples(find(before + marked.replace("The rest is late.", "The torpedoes are late."))) == set()
    assert triples(find(before + marked.replace(" The rest", "\n\nThe rest"))) == set()


def test_helicopter_is_an_aircraft_but_no_jet(find):
    kinds = {"Merlin": {"kind": "helicopter"}, "Hawk": {"kind": "trainer"}}
    marked = "They fly the [W:Merlin] and the [W:Hawk]. The jets are built by [F:Nordwerk]."
    assert triples(find(marked, **kinds)) == {"Hawk manufacturedBy Nordwerk"}
    marked = "They fly the [W:Merlin]. The aircraft are built by [F:Nordwerk]."
    assert triples(find(marked, **kinds)) == {"Merlin manufacturedBy Nordwerk"}


def test_aerial_vehicle_is_an_aircraft_and_a_launcher_a_launcher(find):
    kinds = {"Merlin": {"kind": "unmanned aerial vehicle"}}
    marked = "They got the [W:Merlin]. The aircraft, made by [F:Nordwerk], fly."
    assert triples(find(marked, **kinds)) == {"Merlin manufacturedBy Nordwerk"}
    marked = "They got the [W:Hawk]. The launchers, made by [F:Nordwerk], shine."
    assert triples(find(marked, Hawk={"kind": "multiple rocket launcher"})) == {"Hawk manufacturedBy Nordwerk"}
    assert triples(find(marked, Hawk={"kind": "trainer"})) == set()
