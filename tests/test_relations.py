"""Relations between entities: each case names its entities, as the stages before do."""

import hashlib
import re
from dataclasses import replace

import pytest

from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.model import (
    Document,
    Entity,
    EntitySet,
    EntityType,
    Furniture,
    Mention,
    MentionForm,
    Modality,
    Span,
    Values,
)
from armsgraph.parsing import load_parser
from armsgraph.relations import find_relations

KINDS = {
    "W": EntityType.WEAPON,
    "F": EntityType.FIRM,
    "P": EntityType.PERSON,
    "S": EntityType.STATE,
    "L": EntityType.PLACE,
    "A": EntityType.ARMED_FORCE,
    "G": EntityType.GOVERNMENT_BODY,
    "J": EntityType.STATE,  # as an adjective
}
MARK = re.compile(r"\[([WFPSLAGJ]):([^\]|]+)(?:\|([^\]]+))?\]")


def read(marked, *, furniture=None):
    """Turn "[W:T-90S|T-90] tanks" into a document whose mention "T-90S" belongs to the entity "T-90"."""
    text, mentions, entities, at = "", [], {}, 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        kind, words, entity = match[1], match[2], match[3] or match[2]
        mentions.append(
            Mention(
                span=Span(len(text), len(text) + len(words)),
                type=KINDS[kind],
                text=words,
                form=MentionForm.ADJECTIVE if kind == "J" else MentionForm.NAME,
                rule="test",
                confidence=1.0,
                entity_id=entity,
            )
        )
        entities[entity] = Entity(id=entity, type=KINDS[kind], label=entity)
        text += words
        at = match.end()
    text += marked[at:]
    digest = hashlib.sha256(text.encode()).hexdigest()
    spans = ()
    if furniture:
        start = text.index(furniture)
        spans = (Furniture(span=Span(start, start + len(furniture)), kind="related", rule="test"),)
    document = Document(id="d", key="d-00000000", text=text, sha256=digest, furniture=spans)
    ordered = tuple(entities[key] for key in sorted(entities))
    return document, EntitySet(entities=ordered, mentions=tuple(mentions))


@pytest.fixture(scope="module")
def lexicon():
    return load_relation_lexicon()


@pytest.fixture(scope="module")
def parser():
    return load_parser()


@pytest.fixture(scope="module")
def plain_parser():
    return load_parser(model=None)


@pytest.fixture(scope="module")
def find(lexicon, parser, plain_parser):
    def run(marked, *, model=True, furniture=None, values=None):
        values = values or Values()
        document, entities = read(marked, furniture=furniture)
        parse = (parser if model else plain_parser).parse(document, values)
        return document, *find_relations(document, values, parse, entities, lexicon)

    return run


def triples(relations):
    return {f"{r.subject_id} {r.predicate} {r.object_id}" for r in relations}


# Texts with what they say; most are read by phrases alone, "parse" marks those that need the model.
SAID = [
    # replaces
    ("active", "The [W:Kestrel] helicopters will replace the ageing [W:Alouette].", {"Kestrel replaces Alouette"}),
    (
        "relative",
        "They ordered the [W:Kestrel], which is designed to replace the [W:Alouette].",
        {"Kestrel replaces Alouette"},
    ),
    ("passive", "The [W:Alouette] will be replaced by the [W:Kestrel] from 2030.", {"Kestrel replaces Alouette"}),
    (
        "with",
        "The [A:Navy] is replacing its old [W:Sea King] helicopters with the [W:Kestrel].",
        {"Kestrel replaces Sea King", "Navy operates Sea King"},
    ),
    ("successor", "The [W:Kestrel] is the successor to the [W:Alouette].", {"Kestrel replaces Alouette"}),
    (
        "two-old",
        "The [W:Kestrel] replaces the [W:Alouette] and the [W:Lama].",
        {"Kestrel replaces Alouette", "Kestrel replaces Lama"},
    ),
    ("fleet-of", "The [W:Kestrel] will replace the fleet of [W:Alouette] helicopters.", {"Kestrel replaces Alouette"}),
    # designedBy, manufacturedBy
    ("designed", "The [W:Kestrel] was designed by [F:Nordwerk].", {"Kestrel designedBy Nordwerk"}),
    ("designed-state", "The [W:AK-203], designed by [S:Russia], fires quickly.", {"AK-203 designedBy Russia"}),
    (
        "developed-and",
        "The [W:Kestrel] was jointly developed by [F:Nordwerk] and [F:Ostra].",
        {"Kestrel designedBy Nordwerk", "Kestrel designedBy Ostra"},
    ),
    ("hyphen", "the [G:DRDO]-developed [W:Varun] torpedo", {"Varun designedBy DRDO"}),
    (
        "both",
        "The [W:Marten] and the [W:Badger] are armoured cars. Both were designed by [F:Nordwerk].",
        {"Marten designedBy Nordwerk", "Badger designedBy Nordwerk"},
    ),
    ("made-by", "three [W:Kestrel] utility helicopters, made by [F:Nordwerk]", {"Kestrel manufacturedBy Nordwerk"}),
    (
        "it-is-built",
        "The [A:Army] bought the [W:Marten]. It is built by [F:Nordwerk].",
        {"Marten manufacturedBy Nordwerk"},
    ),
    ("maker", "[F:Nordwerk], the maker of the [W:Marten], said little.", {"Marten manufacturedBy Nordwerk"}),
    ("maker-first", "[W:Marten] maker [F:Nordwerk] was pleased.", {"Marten manufacturedBy Nordwerk"}),
    ("which-makes", "[F:Nordwerk], which makes the [W:Marten], was pleased.", {"Marten manufacturedBy Nordwerk"}),
    ("built-adjective", "the [F:Nordwerk]-built [W:Marten]", {"Marten manufacturedBy Nordwerk"}),
    # jointVentureOf, subsidiaryOf
    (
        "venture",
        "[F:Norost], a joint venture between [F:Nordwerk] and [F:Ostra], got the job.",
        {"Norost jointVentureOf Nordwerk", "Norost jointVentureOf Ostra"},
    ),
    (
        "venture-relative",
        "[F:Norost], the joint venture which [F:Nordwerk] and [F:Ostra] set up in 2020",
        {"Norost jointVentureOf Nordwerk", "Norost jointVentureOf Ostra"},
    ),
    (
        "venture-their",
        "[F:Nordwerk] and [F:Ostra] build hulls. Their joint venture [F:Norost] sells them.",
        {"Norost jointVentureOf Nordwerk", "Norost jointVentureOf Ostra"},
    ),
    (
        "subsidiary",
        "[F:Nordwerk Guns], a wholly owned subsidiary of [F:Nordwerk], won.",
        {"Nordwerk Guns subsidiaryOf Nordwerk"},
    ),
    ("unit", "the [G:Ballistics Lab], a unit of the [G:DRDO]", {"Ballistics Lab subsidiaryOf DRDO"}),
    ("part-of", "[F:Nordwerk Guns] is part of [F:Nordwerk].", {"Nordwerk Guns subsidiaryOf Nordwerk"}),
    ("belongs", "[F:Nordwerk Guns] belongs to [F:Nordwerk].", {"Nordwerk Guns subsidiaryOf Nordwerk"}),
    ("noun-subsidiary", "[F:Nordwerk Guns], a [F:Nordwerk] subsidiary, won.", {"Nordwerk Guns subsidiaryOf Nordwerk"}),
    ("owner", "[F:Nordwerk]'s subsidiary [F:Nordwerk Guns] won.", {"Nordwerk Guns subsidiaryOf Nordwerk"}),
    # locatedIn
    ("town-state", "The plant stands in [L:Nashik], [L:Maharashtra].", {"Nashik locatedIn Maharashtra"}),
    ("firm-of", "[F:Nordwerk] of [S:Sweden] bid too.", {"Nordwerk locatedIn Sweden"}),
    ("firm-comma", "[F:Nordwerk], [S:Israel], bid too.", {"Nordwerk locatedIn Israel"}),
    (
        "firm-town-state",
        "[F:Nordwerk], [L:Waco], [L:Texas], is awarded a contract.",
        {"Nordwerk locatedIn Waco", "Waco locatedIn Texas"},
    ),
    ("based", "[L:Kolkata]-based [F:Nordwerk] bid.", {"Nordwerk locatedIn Kolkata"}),
    ("acronym", "The [F:Gun Factory|GF] ([F:GF]) in [L:Jabalpur] made them.", {"GF locatedIn Jabalpur"}),
    ("site", "at [F:Nordwerk]'s shipyard in [L:Kiel]", {"Nordwerk locatedIn Kiel"}),
    # operates
    ("owner-force", "The [A:IAF]'s [W:MiG-29] fighters took off.", {"IAF operates MiG-29"}),
    ("in-service", "The [W:Marten] is in service with the [A:Army].", {"Army operates Marten"}),
    (
        "flies",
        "The [A:Air Force] flies the [W:MiG-21] and the [W:Su-25].",
        {"Air Force operates MiG-21", "Air Force operates Su-25"},
    ),
    ("state-operates", "[S:Brazil] already operates the [W:Marten].", {"Brazil operates Marten"}),
    ("of-force", "a [W:C-17] aircraft of the [A:IAF] landed", {"IAF operates C-17"}),
    # variantOf
    ("variant", "The [W:Marten 2] is an improved version of the [W:Marten].", {"Marten 2 variantOf Marten"}),
    ("based-on", "The [W:Marten 2] is based on the [W:Marten].", {"Marten 2 variantOf Marten"}),
    ("its-variant", "It sells the [W:Marten] and [W:Marten 2], its desert variant.", {"Marten 2 variantOf Marten"}),
    # metWith, visited
    ("met", "[P:Ann Lee] met [P:Bo Dahl] in [L:Oslo] on Monday.", {"Ann Lee metWith Bo Dahl"}),
    (
        "met-title",
        "Defence Minister [P:Ann Lee] met with her [J:Swedish] counterpart [P:Bo Dahl].",
        {"Ann Lee metWith Bo Dahl"},
    ),
    (
        "between",
        "It was settled at a bilateral meeting between [P:Ann Lee] and [P:Bo Dahl].",
        {"Ann Lee metWith Bo Dahl"},
    ),
    (
        "talks",
        "[P:Ann Lee] held talks with [P:Bo Dahl] and [P:Cy Orr].",
        {"Ann Lee metWith Bo Dahl", "Ann Lee metWith Cy Orr"},
    ),
    ("visited", "[P:Ann Lee] visited [S:Chile] in May.", {"Ann Lee visited Chile"}),
    ("visit-of", "during the visit of President [P:Ann Lee] to [S:Chile]", {"Ann Lee visited Chile"}),
    ("owner-visit", "[P:Ann Lee]'s visit to [L:Lima] ended.", {"Ann Lee visited Lima"}),
]


@pytest.mark.parametrize(("marked", "expected"), [c[1:] for c in SAID], ids=[c[0] for c in SAID])
def test_text_gives_its_relations(find, marked, expected):
    assert triples(find(marked)[1]) == expected


@pytest.mark.parametrize(("marked", "expected"), [c[1:] for c in SAID], ids=[c[0] for c in SAID])
def test_phrases_alone_give_them_too(find, marked, expected):
    assert triples(find(marked, model=False)[1]) == expected


PARSED = [
    (
        "far-object",
        "[F:Nordwerk] will, if all goes well, in spring begin to build the long awaited [W:Marten].",
        {"Marten manufacturedBy Nordwerk"},
    ),
    (
        "two-verbs",
        "Both cars, the [W:Marten] and the [W:Badger], are developed and built by [F:Nordwerk].",
        {
            "Marten designedBy Nordwerk",
            "Badger designedBy Nordwerk",
            "Marten manufacturedBy Nordwerk",
            "Badger manufacturedBy Nordwerk",
        },
    ),
    (
        "object-relative",
        "the [W:Alouette], which the [W:Kestrel] is designed to replace, is old",
        {"Kestrel replaces Alouette"},
    ),
    ("contract", "[F:Nordwerk] won a contract to build 12 [W:Marten] vehicles.", {"Marten manufacturedBy Nordwerk"}),
    (
        "contract-with",
        "The ministry signed a contract with [F:Nordwerk] to produce 12 [W:Marten] vehicles.",
        {"Marten manufacturedBy Nordwerk"},
    ),
    (
        "commissioned",
        "The [W:INS Garuda] was commissioned into the [A:Indian Navy] in 2019.",
        {"Indian Navy operates INS Garuda"},
    ),
]


@pytest.mark.parametrize(("marked", "expected"), [c[1:] for c in PARSED], ids=[c[0] for c in PARSED])
def test_parse_reaches_further(find, marked, expected):
    assert triples(find(marked)[1]) == expected


SILENT = [
    ("signed-together", "[P:Ann Lee] and [P:Bo Dahl] signed the contract in [L:Oslo]."),
    ("planned-visit", "[P:Ann Lee] will visit [S:Chile] in May."),
    ("coming-visit", "ahead of [P:Ann Lee]'s planned visit to [S:Chile]"),
    ("planned-meeting", "[P:Ann Lee] is to meet [P:Bo Dahl] next week."),
    ("did-not-meet", "[P:Ann Lee] did not meet [P:Bo Dahl]."),
    ("adjective-firm", "the [J:American] firm [F:Nordwerk] bid"),
    ("delivery", "[F:Nordwerk] delivered the [W:Marten] to the [A:Army]."),
    ("order", "the [A:Navy]'s [W:Marten] order is late"),
    ("supplier", "[F:Nordwerk] sold [W:Marten] vehicles to [S:Chile]."),
    ("will-not-replace", "The [W:Kestrel] will not replace the [W:Alouette]."),
    ("list-of-towns", "offices in [L:Paris], [L:London] and [L:Berlin]"),
    ("list-of-towns-2", "Gates shut in [L:Pune], [L:Nagpur], [L:Thane]"),
    ("other-sentence", "[F:Nordwerk] makes guns. The [W:Marten] is a car."),
    ("it-is-two-things", "The [W:Marten] and the [W:Badger] are cars. It is built by [F:Nordwerk]."),
    ("capital-acts", "When he was in [L:Kathmandu], [S:Beijing] sent a man."),
    ("may-operate", "The [A:Army] would operate the [W:Marten]."),
]


@pytest.mark.parametrize("model", [True, False], ids=["parse", "phrases"])
@pytest.mark.parametrize("marked", [c[1] for c in SILENT], ids=[c[0] for c in SILENT])
def test_text_gives_no_relation(find, marked, model):
    assert triples(find(marked, model=model)[1]) == set()


@pytest.mark.parametrize("model", [True, False], ids=["parse", "phrases"])
def test_symmetric_relation_is_told_once(find, model):
    text = "[P:Ann Lee] met [P:Bo Dahl] today. [P:Bo Dahl] met [P:Ann Lee] again later."
    assert triples(find(text, model=model)[1]) == {"Ann Lee metWith Bo Dahl"}


def test_place_lies_in_no_other_state(lexicon, plain_parser):
    document, entities = read("Envoys came to [L:Kathmandu], [L:Beijing], by train.")
    placed = tuple(replace(e, state={"Kathmandu": "NP", "Beijing": "CN"}[e.id]) for e in entities.entities)
    parse = plain_parser.parse(document, Values())
    assert find_relations(document, Values(), parse, entities, lexicon)[0]
    assert not find_relations(document, Values(), parse, replace(entities, entities=placed), lexicon)[0]


def test_plan_is_told_as_a_plan(find):
    (relation,) = find("The [W:Kestrel] will replace the [W:Alouette].")[1]
    assert relation.evidence.modality is Modality.PLANNED
    assert relation.evidence.rule.startswith("relation.replaces.")


def test_reference_is_less_sure_than_a_name(find):
    (named,) = find("The [W:Marten] is built by [F:Nordwerk].")[1]
    (referred,) = find("They bought the [W:Marten]. It is built by [F:Nordwerk].")[1]
    assert referred.evidence.confidence < named.evidence.confidence


def test_evidence_is_the_words_between(find):
    document, (relation,), _ = find("Last week we heard that the [W:Kestrel] was designed by [F:Nordwerk] in 1999.")
    assert document.quote(relation.evidence.span) == "Kestrel was designed by Nordwerk"


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("[P:Ann Lee] said the [W:Marten] is built by [F:Nordwerk].", "Ann Lee"),
        ("The [W:Marten] is built by [F:Nordwerk], officials said.", "officials"),
        ("According to [P:Ann Lee], the [W:Marten] is built by [F:Nordwerk].", "Ann Lee"),
        ("The [W:Marten] is built by [F:Nordwerk].", None),
    ],
    ids=["before", "behind", "according", "nobody"],
)
def test_speaker_of_reported_speech(find, marked, speaker):
    (relation,) = find(marked)[1]
    assert relation.evidence.speaker == speaker
    assert relation.evidence.speaker_id == (speaker if speaker == "Ann Lee" else None)


def test_furniture_gives_nothing(find):
    line = "Related: Marten is built by Nordwerk"
    text = "News came today.\n\nRelated: [W:Marten] is built by [F:Nordwerk]"
    assert find(text, furniture=line)[1:] == ((), ())


def test_wrapped_line_does_not_part_a_phrase(find):
    assert triples(find("The [W:Kestrel] was designed\nby [F:Nordwerk] in 1999.")[1]) == {"Kestrel designedBy Nordwerk"}


def test_curly_quotes_and_acronyms_keep_offsets(find):
    document, (relation,), _ = find(
        "“Look,” he said.\n\nThe [A:Indian Air Force|IAF] ([A:IAF])’s [W:MiG-29] fighters flew."
    )
    assert document.quote(relation.evidence.span) == "Indian Air Force (IAF)’s MiG-29 fighters"


def test_same_input_gives_same_output(find):
    text = " ".join(case[1] for case in SAID[:20])
    assert find(text) == find(text)


def test_empty_text_gives_nothing(find):
    assert find("Nothing here.")[1:] == ((), ())
