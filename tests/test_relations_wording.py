"""The same relations in many words: written as in `test_relations_phrases`, one group a relation; and what says none.

`\\n` in a line is a line break, for lists and fact boxes.
"""

from dataclasses import replace

import pytest

from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.model import Evidence, Modality, Span, Tenure, Values
from armsgraph.parsing import load_parser
from armsgraph.relations import find_relations
from relation_wordings import DESIGNED, LOCATED, MADE, MET, OPERATES, REPLACES, SUBSIDIARY, VARIANT, VENTURE, VISITED
from test_relations import read, triples
from test_relations_phrases import cases, told

SILENT = [
    ("no-exercise", "Sales this year.\n\n* [S:India]: [W:P-8I]\n* [S:Japan]: [W:Aegis]"),
    ("two-makers", "[F:Nordwerk] and [F:Ostra] got it. The [L:Kiel] shipyard has 900 workers."),
    ("two-makers-line", "[F:Nordwerk] fought [F:Ostra]. The plant makes the [W:Marten]."),
    (
        "other-thing-nearer",
        "[S:Chile] gets two [W:C-27J] planes\n\nCabinet clears 22 helicopters, [F:Ostra] to build them",
    ),
    ("restrictive", "The [A:Navy] wants the [W:P-8I] aircraft. The aircraft that [S:Chile] flies are old."),
    ("unknown-name-nearer", "The [W:M777] is good. Excalibur, the round that [F:Nordwerk] developed, flies far."),
    ("two-weapons-in-a-box", "The [W:Marten] and the [W:Badger]: facts.\n\nMaker: [F:Nordwerk]"),
    ("parts-of-the-engine", "the [F:Nordwerk] [W:Marten] deal was signed"),
    ("leased", "In May the [A:Air Force] leased two [W:Heron] drones."),
    ("parent-of-none", "[F:Ostra] bought [F:Nordwerk] [W:Marten] cars."),
    ("may-be-sold", "[F:Nordwerk Marine] may be sold; [F:Ostra] bid."),
    ("ran-a-trial", "The [A:Army] has run the [W:Marten] trial."),
    ("ships-of-a-class", "[W:HMCS Fraser] is the first. The ships take over from the [W:Halifax class]."),
    ("who-was-there", "[P:Ann Lee] raised it with Premier [P:Bo Dahl] when he was in [L:Lima]."),
    ("in-the-room", "General [P:Ann Lee] and Minister [P:Bo Dahl] attended."),
    ("with-whom-else", "[P:Ann Lee] was at a rally. [P:Bo Dahl] was not."),
    ("at-home-or-abroad", "[P:Ann Lee] signed the contract in [L:Oslo]."),
]


@pytest.fixture(scope="module")
def tools():
    return load_parser(), load_relation_lexicon()


@pytest.fixture(scope="module")
def find(tools):
    parser, lexicon = tools

    def run(marked, **changes):
        """`changes` gives the fields of entities that the mark cannot tell, by id: {"Oslo": {"state": "NO"}}."""
        document, entities = read(marked)
        entities = replace(
            entities, entities=tuple(replace(e, **changes.get("fields", {}).get(e.id, {})) for e in entities.entities)
        )
        entities = replace(entities, tenures=changes.get("tenures", ()))
        return find_relations(document, Values(), parser.parse(document, Values()), entities, lexicon)[0]

    return run


ALL = [
    case
    for text in (SUBSIDIARY, VENTURE, MADE, DESIGNED, LOCATED, OPERATES, REPLACES, VARIANT, MET, VISITED)
    for case in cases(text)
]


@pytest.mark.parametrize(("marked", "expected"), ALL, ids=[line[:40] for line, _ in ALL])
def test_wording_gives_its_relations(find, marked, expected):
    relations = find(marked.replace("\\n", "\n"))
    assert {told(r.subject_id, r.predicate, r.object_id) for r in relations} == expected


@pytest.mark.parametrize("marked", [c[1] for c in SILENT], ids=[c[0] for c in SILENT])
def test_wording_gives_no_relation(find, marked):
    assert triples(find(marked)) == set()


ABROAD = [
    ("signs", "[P:Ann Lee] signed the contract in [L:Oslo]."),
    ("guest", "[P:Bo Dahl] told [P:Ann Lee] in [L:Oslo] that it was over."),
    ("pair", "[P:Bo Dahl] and [P:Ann Lee], his guest, opened a plant in [L:Oslo]."),
    ("summit", "[P:Ann Lee] and [P:Bo Dahl] settled it at their yearly summit in [L:Oslo]."),
    ("in-front", "In [L:Oslo], [P:Ann Lee] met the staff."),
]


@pytest.mark.parametrize("marked", [c[1] for c in ABROAD], ids=[c[0] for c in ABROAD])
def test_office_holder_abroad_is_a_visitor(find, marked):
    evidence = Evidence(span=Span(0, 1), rule="test", confidence=1.0, modality=Modality.ASSERTED)
    tenures = tuple(
        Tenure(id=f"t/{p}", person_id=p, title="minister", of_id=s, is_ministerial=True, evidence=evidence)
        for p, s in (("Ann Lee", "Chile"), ("Bo Dahl", "Norway"))
    )
    marked += " [S:Chile] and [S:Norway] agree."
    fields = {"Chile": {"state": "CL"}, "Norway": {"state": "NO"}, "Oslo": {"state": "NO"}}
    visits = {t for t in triples(find(marked, fields=fields, tenures=tenures)) if " visited " in t}
    assert visits == {"Ann Lee visited Oslo"}
    fields["Oslo"] = {"state": "CL"}
    assert "Ann Lee visited Oslo" not in triples(find(marked, fields=fields, tenures=tenures))


def test_noun_stands_for_what_it_suits(find):
    marked = "The [W:Garuda] carries the [W:BrahMos]. The ship was built by [F:Mazagon Dock]."
    kinds = {"Garuda": {"kind": "frigate"}, "BrahMos": {"kind": "anti-ship missile"}}
    assert triples(find(marked, fields=kinds)) == {"Garuda manufacturedBy Mazagon Dock"}
    assert triples(find(marked.replace("The ship", "The missile"), fields=kinds)) == {
        "BrahMos manufacturedBy Mazagon Dock"
    }
    assert triples(find(marked.replace("The ship", "The gun"), fields=kinds)) == set()


def test_keel_is_that_of_the_ship(find):
    marked = "The [W:Garuda] carries the [W:BrahMos]. [F:Mazagon Dock] laid the keel in 2019."
    assert triples(find(marked, fields={"Garuda": {"kind": "frigate"}})) == {"Garuda manufacturedBy Mazagon Dock"}
    assert triples(find(marked)) == set()
