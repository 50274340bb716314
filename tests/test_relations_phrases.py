"""More turns of phrase: a line with its entities marked, and indented below it the relations that it states.

The marks are those of `test_relations`: `[kind:words|entity]`.
"""

import re

import pytest

from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.model import Values
from armsgraph.parsing import load_parser
from armsgraph.relations import find_relations
from test_relations import read

CASES = """
The [W:Kestrel] takes over from the [W:Alouette] next year.
    Kestrel replaces Alouette
[W:Kestrel] helicopters are to take the place of the [W:Alouette].
    Kestrel replaces Alouette
The jets will succeed the [A:Air Force]'s [W:MiG-21] fleet, with the [W:Tejas] first.
    Air Force operates MiG-21
The [W:Tejas] was bought as a replacement for the [W:MiG-21].
    Tejas replaces MiG-21
[W:Tejas] is meant to replace the [A:IAF]'s ageing [W:MiG-21] fighters.
    Tejas replaces MiG-21
    IAF operates MiG-21
The [W:Tejas] fills the gap left by the [W:MiG-21].
    Tejas replaces MiG-21
With the [W:Tejas] the [A:IAF] replaces the [W:MiG-21].
    Tejas replaces MiG-21
The [A:Army] wants to replace its [W:INSAS] rifles with [W:AK-203]s.
    AK-203 replaces INSAS
    Army operates INSAS
The [W:MiG-21] has been replaced by the [W:Tejas] and the [W:Rafale].
    Tejas replaces MiG-21
    Rafale replaces MiG-21
The [G:DRDO] has developed the [W:Varun] torpedo.
    Varun designedBy DRDO
[W:Varun], an indigenous torpedo developed by the [G:DRDO] and produced by [F:BDL], passed.
    Varun designedBy DRDO
    Varun manufacturedBy BDL
[F:BDL] produces the [W:Varun], which the [G:DRDO] developed.
    Varun designedBy DRDO
    Varun manufacturedBy BDL
The [W:Varun] torpedo, a creation of the [G:DRDO], passed.
    Varun designedBy DRDO
designed and developed by the [G:DRDO], the [W:Varun] is fast
    Varun designedBy DRDO
Designed by [F:Nordwerk], the [W:Marten] weighs ten tonnes.
    Marten designedBy Nordwerk
Built by [F:Nordwerk], the [W:Marten] weighs ten tonnes.
    Marten manufacturedBy Nordwerk
The [W:Marten] is manufactured under licence by [F:Nordwerk].
    Marten manufacturedBy Nordwerk
The [W:Marten] will be manufactured in [L:Pune] by [F:Nordwerk].
    Marten manufacturedBy Nordwerk
    Nordwerk locatedIn Pune
[F:Nordwerk] is building six [W:Marten]s at its yard in [L:Kiel].
    Marten manufacturedBy Nordwerk
    Nordwerk locatedIn Kiel
[F:Nordwerk], which builds the [W:Marten] at [L:Kiel], won.
    Marten manufacturedBy Nordwerk
    Nordwerk locatedIn Kiel
The [W:Marten] is assembled at [F:Nordwerk]'s plant in [L:Kiel].
    Marten manufacturedBy Nordwerk
    Nordwerk locatedIn Kiel
[F:Nordwerk] manufactures the [W:Marten] and the [W:Badger].
    Marten manufacturedBy Nordwerk
    Badger manufacturedBy Nordwerk
[F:Nordwerk], manufacturer of the [W:Marten] family of vehicles, won.
    Marten manufacturedBy Nordwerk
[W:Marten], whose maker is [F:Nordwerk], won.
    Marten manufacturedBy Nordwerk
The [W:Marten] rolls off the line at [F:Nordwerk].
    Marten manufacturedBy Nordwerk
[F:Nordwerk] will deliver the [W:Marten] vehicles it makes in [L:Kiel].
    Marten manufacturedBy Nordwerk
    Nordwerk locatedIn Kiel
[F:Norost], owned equally by [F:Nordwerk] and [F:Ostra], won.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost] is a joint venture of [F:Nordwerk] and the [J:Swedish] firm [F:Ostra].
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Nordwerk] and [F:Ostra] formed a joint venture, [F:Norost], in 2020.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost], in which [F:Nordwerk] holds 51 per cent and [F:Ostra] 49, won.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
a joint venture company, [F:Norost], has been set up by [F:Nordwerk] and [F:Ostra]
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost], a 50:50 venture of [F:Nordwerk] with [F:Ostra]
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Nordwerk Guns], the gun division of [F:Nordwerk], won.
    Nordwerk Guns subsidiaryOf Nordwerk
[F:Nordwerk]'s gun arm, [F:Nordwerk Guns], won.
    Nordwerk Guns subsidiaryOf Nordwerk
[F:Nordwerk], through its subsidiary [F:Nordwerk Guns], won.
    Nordwerk Guns subsidiaryOf Nordwerk
[F:Nordwerk Guns], which belongs to the [F:Nordwerk] group, won.
    Nordwerk Guns subsidiaryOf Nordwerk
the [G:Acquisition Wing] of the [G:Ministry of Defence]
    Acquisition Wing subsidiaryOf Ministry of Defence
[G:IMDO], part of the [G:Ministry of Defence]'s [G:R&D directorate]
    IMDO subsidiaryOf R&D directorate
    R&D directorate subsidiaryOf Ministry of Defence
[G:Lab], a laboratory under the [G:DRDO]
    Lab subsidiaryOf DRDO
[G:Lab], a [G:DRDO] lab
    Lab subsidiaryOf DRDO
[F:Nordwerk], a company based in [L:Kiel], won.
    Nordwerk locatedIn Kiel
[F:Nordwerk], headquartered in [L:Kiel], [S:Germany], won.
    Nordwerk locatedIn Kiel
    Kiel locatedIn Germany
[F:Nordwerk] has its headquarters in [L:Kiel].
    Nordwerk locatedIn Kiel
[F:Nordwerk]'s [L:Kiel] yard will do it.
    Nordwerk locatedIn Kiel
Work will be done at [F:Nordwerk]'s facilities in [L:Kiel] and [L:Hamburg].
    Nordwerk locatedIn Kiel
    Nordwerk locatedIn Hamburg
the [F:Nordwerk] shipyard in [L:Kiel]
    Nordwerk locatedIn Kiel
the [F:Nordwerk] plant at [L:Pune], [L:Maharashtra]
    Nordwerk locatedIn Pune
    Pune locatedIn Maharashtra
the town of [L:Korba] in [L:Chhattisgarh]
    Korba locatedIn Chhattisgarh
[L:Kiel] in northern [S:Germany]
    Kiel locatedIn Germany
[L:Kiel] ([S:Germany])
    Kiel locatedIn Germany
Work will be performed in [L:Waco], [L:Texas], and is due in May.
    Waco locatedIn Texas
Work will be done in [L:Waco], [L:Texas] (60%); [L:Kiel], [S:Germany] (40%).
    Waco locatedIn Texas
    Kiel locatedIn Germany
[L:WASHINGTON], [L:D.C.] -- Today
    WASHINGTON locatedIn D.C.
The [A:Navy] has 12 [W:P-8I] aircraft in service.
    Navy operates P-8I
The [A:Navy], which already operates eight [W:P-8I], wants more.
    Navy operates P-8I
The [A:Navy] inducted its first [W:P-8I] in 2013.
    Navy operates P-8I
The [W:P-8I] has been in service with the [A:Navy] since 2013.
    Navy operates P-8I
the [A:Navy]'s fleet of 12 [W:P-8I] aircraft
    Navy operates P-8I
[W:P-8I] aircraft operated by the [A:Navy]
    Navy operates P-8I
The [W:Marten] is in use in [S:Chile], [S:Peru] and [S:Brazil].
    Chile operates Marten
    Peru operates Marten
    Brazil operates Marten
[S:Chile] has 24 [W:Marten] vehicles in service.
    Chile operates Marten
[S:Chile]'s fleet of [W:Marten] vehicles
    Chile operates Marten
Other users of the [W:Marten] are [S:Chile] and [S:Peru].
    Chile operates Marten
    Peru operates Marten
an [A:Air Force] [W:MiG-29] crashed
    Air Force operates MiG-29
A [W:MiG-29] fighter jet of the [A:Air Force] crashed.
    Air Force operates MiG-29
The [A:Air Force] lost a [W:MiG-29] in a crash.
    Air Force operates MiG-29
The [A:Air Force] deployed its [W:MiG-29]s there.
    Air Force operates MiG-29
The [A:Army] has been using the [W:INSAS] rifle since 1998.
    Army operates INSAS
The [W:INSAS], which the [A:Army] uses, jams.
    Army operates INSAS
The [W:INS Garuda] of the [A:Indian Navy] took part.
    Indian Navy operates INS Garuda
[A:Indian Navy] ships [W:INS Garuda] and [W:INS Hansa] took part.
    Indian Navy operates INS Garuda
    Indian Navy operates INS Hansa
[W:Marten 2] is the export version of the [W:Marten].
    Marten 2 variantOf Marten
the [W:Marten 2], a naval variant of the [W:Marten]
    Marten 2 variantOf Marten
the [W:Marten 2] variant of the [W:Marten]
    Marten 2 variantOf Marten
[W:Marten 2], derived from the [W:Marten], won
    Marten 2 variantOf Marten
the [W:Marten 2] is an upgraded [W:Marten]
    Marten 2 variantOf Marten
[P:Ann Lee] arrived in [L:Lima] on Sunday.
    Ann Lee visited Lima
[P:Ann Lee] is in [L:Lima] on a three-day visit.
    Ann Lee visited Lima
[P:Ann Lee] paid an official visit to [S:Peru].
    Ann Lee visited Peru
[P:Ann Lee], on a visit to [S:Peru], said so.
    Ann Lee visited Peru
[P:Ann Lee], who is visiting [S:Peru], said so.
    Ann Lee visited Peru
On a visit to [S:Peru], [P:Ann Lee] said so.
    Ann Lee visited Peru
during his visit to [S:Peru], [P:Bo Dahl] said
    Bo Dahl visited Peru
Defence Minister [P:Ann Lee]'s three-day visit to [S:Peru]
    Ann Lee visited Peru
[P:Ann Lee] travelled to [L:Lima] to see it.
    Ann Lee visited Lima
[P:Ann Lee] flew to [L:Lima].
    Ann Lee visited Lima
[P:Bo Dahl] was received by [P:Ann Lee] in [L:Oslo].
    Ann Lee metWith Bo Dahl
    Bo Dahl visited Oslo
[P:Ann Lee] called on President [P:Bo Dahl].
    Ann Lee metWith Bo Dahl
[P:Ann Lee] and [P:Bo Dahl] met in [L:Oslo].
    Ann Lee metWith Bo Dahl
[P:Ann Lee] and her counterpart [P:Bo Dahl] held talks.
    Ann Lee metWith Bo Dahl
after a meeting with [P:Bo Dahl], [P:Ann Lee] said
    Ann Lee metWith Bo Dahl
[P:Ann Lee] said after meeting [P:Bo Dahl]
    Ann Lee metWith Bo Dahl
[P:Ann Lee] said after talks with [P:Bo Dahl]
    Ann Lee metWith Bo Dahl
talks between Defence Minister [P:Ann Lee] and his [J:French] counterpart [P:Bo Dahl]
    Ann Lee metWith Bo Dahl
[P:Ann Lee] hosted [P:Bo Dahl] for talks
    Ann Lee metWith Bo Dahl
[P:Ann Lee] co-chaired the dialogue with [P:Bo Dahl].
    Ann Lee metWith Bo Dahl
[P:Ann Lee], [P:Bo Dahl] hold talks in [L:Oslo]
    Ann Lee metWith Bo Dahl
"""


@pytest.fixture(scope="module")
def tools():
    return load_parser(), load_relation_lexicon()


def cases(text):
    """Read a text of marked lines, each with its relations indented below it."""
    found = []
    for line in text.strip().splitlines():
        if line.startswith(" "):
            subject, predicate, object_ = re.split(r" (\w+(?:By|Of|In|With)|replaces|operates|visited) ", line.strip())
            found[-1][1].add(told(subject, predicate, object_))
        else:
            found.append((line, set()))
    return found


def told(subject, predicate, object_):
    pair = sorted((subject, object_)) if predicate == "metWith" else (subject, object_)
    return (predicate, *pair)


@pytest.mark.parametrize(("marked", "expected"), cases(CASES), ids=[line[:40] for line, _ in cases(CASES)])
def test_phrase_gives_its_relations(tools, marked, expected):
    parser, lexicon = tools
    document, entities = read(marked)
    relations, _ = find_relations(document, Values(), parser.parse(document, Values()), entities, lexicon)
    assert {told(r.subject_id, r.predicate, r.object_id) for r in relations} == expected
