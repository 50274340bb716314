"""Ways of wording each relation, with what they say: the cases of `test_relations_wording.py`."""

SUBSIDIARY = """
[F:Nordwerk Marine] (part of [F:Nordwerk]) got the order.
    Nordwerk Marine subsidiaryOf Nordwerk
[F:Nordwerk]'s naval business, [F:Nordwerk Marine], got the order.
    Nordwerk Marine subsidiaryOf Nordwerk
The order went to [F:Nordwerk Marine], which [F:Nordwerk] bought in 2019.
    Nordwerk Marine subsidiaryOf Nordwerk
[F:Nordwerk Marine], [L:Kiel], a unit of [F:Nordwerk], got the order.
    Nordwerk Marine subsidiaryOf Nordwerk
    Nordwerk Marine locatedIn Kiel
[F:Nordwerk Marine], subsidiary of the Italian group [F:Nordwerk], got the order.
    Nordwerk Marine subsidiaryOf Nordwerk
[F:Nordwerk Marine], which is owned by, of all firms, [F:Ostra], got the order.
    Nordwerk Marine subsidiaryOf Ostra
[F:Nordwerk Marine], an [F:Ostra] company, got it.
    Nordwerk Marine subsidiaryOf Ostra
[F:Nordwerk Marine], under the umbrella of [F:Ostra], got it.
    Nordwerk Marine subsidiaryOf Ostra
[F:Ostra]-owned [F:Nordwerk Marine] got it.
    Nordwerk Marine subsidiaryOf Ostra
[F:Ostra], the parent company of [F:Nordwerk Marine], was pleased.
    Nordwerk Marine subsidiaryOf Ostra
[F:Nordwerk Marine], whose parent company is [F:Ostra], was pleased.
    Nordwerk Marine subsidiaryOf Ostra
[F:Nordwerk Marine], another [F:Ostra] daughter, got it.
    Nordwerk Marine subsidiaryOf Ostra
[F:Nordwerk Marine]'s plant in [L:Kiel], taken over by [F:Ostra] last year, makes them.
    Nordwerk Marine subsidiaryOf Ostra
    Nordwerk Marine locatedIn Kiel
[F:Ostra], a big group from the north, bought [F:Nordwerk Marine] in 2012.
    Nordwerk Marine subsidiaryOf Ostra
[F:Ostra] acquired [F:Nordwerk Marine] in 2012.
    Nordwerk Marine subsidiaryOf Ostra
[F:Nordwerk Marine] was taken over in 2012 by [F:Ostra].
    Nordwerk Marine subsidiaryOf Ostra
[G:Naval Lab], which comes under the [G:DRDO], tested it.
    Naval Lab subsidiaryOf DRDO
[G:Naval Lab], [L:Kochi], a [G:DRDO] laboratory, tested it.
    Naval Lab subsidiaryOf DRDO
    Naval Lab locatedIn Kochi
"""

VENTURE = """
[F:Norost] — a joint venture between [F:Nordwerk] and [F:Ostra] — got it.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost] is owned by [F:Nordwerk] and [F:Ostra] of the north.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost], a company whose owners are [F:Nordwerk] and [F:Ostra], got it.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Norost], the yard's joint venture with [F:Ostra], got it.
    Norost jointVentureOf Ostra
[F:Norost] was born of the merger of [F:Nordwerk] and [F:Ostra].
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
The [F:Nordwerk]-[F:Ostra] joint venture [F:Norost] won.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Nordwerk] and [F:Ostra] set up [F:Norost] in 2015 as a joint venture.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
[F:Nordwerk] holds 51 per cent of [F:Norost], [F:Ostra] the rest.
    Norost jointVentureOf Nordwerk
    Norost jointVentureOf Ostra
"""

MADE = """
The [W:Marten] combat system of [F:Nordwerk] is old.
    Marten manufacturedBy Nordwerk
[F:Nordwerk] of [L:Kiel], the maker of the [W:Marten], bid.
    Marten manufacturedBy Nordwerk
    Nordwerk locatedIn Kiel
[F:Nordwerk] rolled out the first [W:Marten].
    Marten manufacturedBy Nordwerk
The [W:Marten] is put together at [L:Kiel] by [F:Nordwerk].
    Marten manufacturedBy Nordwerk
[F:Nordwerk], the [W:Marten]'s manufacturer, said so.
    Marten manufacturedBy Nordwerk
[F:Nordwerk], a state firm in the north, which will make 40 [W:Marten] cars, was pleased.
    Marten manufacturedBy Nordwerk
[F:Nordwerk], the car maker, found another customer for its [W:Marten].
    Marten manufacturedBy Nordwerk
The [W:Marten], a product of [F:Nordwerk], arrived.
    Marten manufacturedBy Nordwerk
The [W:Marten] comes from the Swedish manufacturer [F:Nordwerk].
    Marten manufacturedBy Nordwerk
the [W:Marten] of the Swedish maker [F:Nordwerk]
    Marten manufacturedBy Nordwerk
[W:INS Garuda] was delivered by its builder, [F:Mazagon Dock].
    INS Garuda manufacturedBy Mazagon Dock
[F:Mazagon Dock] launched [W:INS Garuda], the second frigate.
    INS Garuda manufacturedBy Mazagon Dock
The [W:INS Garuda] was launched at [F:Mazagon Dock].
    INS Garuda manufacturedBy Mazagon Dock
The keel of [W:INS Garuda] was laid at [F:Mazagon Dock].
    INS Garuda manufacturedBy Mazagon Dock
[F:Mazagon Dock] cut the first steel for [W:INS Garuda].
    INS Garuda manufacturedBy Mazagon Dock
It is powered by a [F:Nordwerk] [W:NW-800] engine.
    NW-800 manufacturedBy Nordwerk
flies on [F:Nordwerk] [W:NW-800] turboshafts
    NW-800 manufacturedBy Nordwerk
[F:Nordwerk]'s [W:Marten], made in the north, arrived.
    Marten manufacturedBy Nordwerk
[F:Nordwerk] opened its new factory for the [W:Marten].
    Marten manufacturedBy Nordwerk
[F:Nordwerk] has a second plant. The plant makes the [W:Marten].
    Marten manufacturedBy Nordwerk
a contract with [F:Nordwerk] for 15 [W:Marten] vehicles, all of them to be built here
    Marten manufacturedBy Nordwerk
The [W:Marten] sells well: they are the first of the 16 which [F:Nordwerk] is building for [S:Chile].
    Marten manufacturedBy Nordwerk
The [W:Marten] is a car.\\n\\nMaker: [F:Nordwerk]\\nDesigned by: [F:Ostra]
    Marten manufacturedBy Nordwerk
    Marten designedBy Ostra
The [W:Varun] torpedo is a hit.\\n\\n- Developed by [G:DRDO]\\n- Built locally by [F:BDL]
    Varun designedBy DRDO
    Varun manufacturedBy BDL
"""

DESIGNED = """
the indigenously developed [W:Varun] by [G:DRDO]
    Varun designedBy DRDO
The design of the [W:Marten] comes from [F:Nordwerk].
    Marten designedBy Nordwerk
The [W:Marten] came off the drawing board of [F:Nordwerk].
    Marten designedBy Nordwerk
[W:Marten] designer [F:Nordwerk] was pleased.
    Marten designedBy Nordwerk
The [W:Marten] is [F:Nordwerk]'s own design.
    Marten designedBy Nordwerk
The [W:Varun] is new. Who developed it: [G:DRDO].
    Varun designedBy DRDO
The [W:Varun] was developed by the [G:DRDO], with [F:BDL] as main contractor.
    Varun designedBy DRDO
"""

LOCATED = """
[F:Nordwerk], the [L:Kiel] firm, got it.
    Nordwerk locatedIn Kiel
[F:Nordwerk], the state aircraft maker at [L:Kiel], got it.
    Nordwerk locatedIn Kiel
[F:Nordwerk] won. The [L:Kiel] company will start at once.
    Nordwerk locatedIn Kiel
[F:Nordwerk] won. The guns are made at the company's [L:Kiel] plant.
    Nordwerk locatedIn Kiel
It is made in [L:Kiel], where [F:Nordwerk] opened a works.
    Nordwerk locatedIn Kiel
[F:Nordwerk] operates from [L:Kiel].
    Nordwerk locatedIn Kiel
[L:Umroi] ([L:Meghalaya]) saw it.
    Umroi locatedIn Meghalaya
[F:Nordwerk] ([L:Kiel], [S:Germany]) won.
    Nordwerk locatedIn Kiel
    Kiel locatedIn Germany
The German company [F:Nordwerk] from [L:Kiel] won.
    Nordwerk locatedIn Kiel
[S:Germany]-based [F:Nordwerk] won.
    Nordwerk locatedIn Germany
[L:Kiel]-based shipbuilder [F:Nordwerk] won.
    Nordwerk locatedIn Kiel
[L:Fort Worth], [L:Texas]-based [F:Nordwerk] won.
    Nordwerk locatedIn Fort Worth
    Fort Worth locatedIn Texas
[F:Nordwerk] opened a plant in [L:Kiel] on Monday.
    Nordwerk locatedIn Kiel
[F:Nordwerk] has two yards in [L:Kiel] and [L:Emden].
    Nordwerk locatedIn Kiel
    Nordwerk locatedIn Emden
They will come from [L:Kiel], where [F:Nordwerk] has its works.
    Nordwerk locatedIn Kiel
He signed in [L:Kiel], where the firm [F:Nordwerk] is based.
    Nordwerk locatedIn Kiel
Their joint venture in [L:Kiel], [F:Norost], is small.
    Norost locatedIn Kiel
[F:Nordwerk] got the order. The [L:Kiel] shipyard has 900 workers.
    Nordwerk locatedIn Kiel
Orders at [F:Nordwerk] are up. The largest factory is in [L:Kiel].
    Nordwerk locatedIn Kiel
[F:Nordwerk] is busy: lines run at [L:Kiel] and [L:Emden].
    Nordwerk locatedIn Kiel
    Nordwerk locatedIn Emden
36 of them, built at [F:Nordwerk] in [S:Germany], came in May.
    Nordwerk locatedIn Germany
[F:Nordwerk] will build them in [S:Germany], above all at its [L:Kiel] yard.
    Nordwerk locatedIn Kiel
She opened in [L:Kiel], not far from [L:Hamburg], the plant of [F:Nordwerk].
    Nordwerk locatedIn Kiel
[S:Germany]'s port of [L:Kiel]
    Kiel locatedIn Germany
"""

OPERATES = """
The [A:Army] has eleven [W:Marten] left.
    Army operates Marten
the [A:5th Brigade], whose crews still ride [W:Marten]s
    5th Brigade operates Marten
[S:India] has 12 [W:P-8I] planes in its fleet.
    India operates P-8I
[S:Poland] already has 250 [W:Abrams] tanks.
    Poland operates Abrams
The [W:Marten] will come in May. The [A:Army] has it already.
    Army operates Marten
The [A:Navy] has a fleet of 12 [W:P-8I] aircraft.
    Navy operates P-8I
The [A:Air Force] makes do with six [W:Il-78] tankers.
    Air Force operates Il-78
[S:Chile] relies on the [W:F-5].
    Chile operates F-5
The [W:P-8I] is currently in service with the [A:Navy] and [S:Norway].
    Navy operates P-8I
    Norway operates P-8I
The [W:P-8I] is in use with twelve countries, including [S:Norway] and [S:India].
    Norway operates P-8I
    India operates P-8I
[W:P-8I] operators include [S:Norway] and [S:India].
    Norway operates P-8I
    India operates P-8I
The first [W:P-8I] joined the [A:Navy] in 2013.
    Navy operates P-8I
[A:Navy] pilots fly the [W:P-8I].
    Navy operates P-8I
[S:Chile] will replace its ageing [W:F-5] jets with the [W:Gripen].
    Chile operates F-5
    Gripen replaces F-5
The [W:Gripen] was chosen to replace [S:Chile]'s [W:F-5] jets.
    Chile operates F-5
    Gripen replaces F-5
The [A:Air Force] is phasing out the [W:MiG-21].
    Air Force operates MiG-21
[S:Chile] will upgrade its [W:F-5] jets.
    Chile operates F-5
They sold the [W:Kilo]. The [A:Navy] had run the boat since 1988.
    Navy operates Kilo
The [W:F-5] has long been the mainstay of the [A:Air Force].
    Air Force operates F-5
The exercise ended.\\n\\n* [S:India]: the destroyer [W:INS Delhi] (new) and [W:P-8I] aircraft\\n* [S:Japan]: [W:JS Ise]
    India operates INS Delhi
    India operates P-8I
    Japan operates JS Ise
At the exercise [S:Japan] was represented by [W:JS Shiranui].
    Japan operates JS Shiranui
"""

REPLACES = """
The [W:Marten] was bought for the guard, replacing the [W:Stoat].
    Marten replaces Stoat
The [W:Marten] will succeed the [W:Stoat].
    Marten replaces Stoat
Ships of the [W:Stoat class] will be replaced by the [W:Marten].
    Marten replaces Stoat class
the [W:Badger], the infantry fighting vehicle which was to send the [W:Ratel] into retirement
    Badger replaces Ratel
The [W:Ratel] will be retired in favour of the [W:Badger].
    Badger replaces Ratel
The [W:Ratel]'s successor, the [W:Badger], is late.
    Badger replaces Ratel
A successor to the [W:Ratel], the [W:Badger], is late.
    Badger replaces Ratel
the [W:Ratel] and the [W:Buffel], whose place the [W:Badger] was to take
    Badger replaces Ratel
    Badger replaces Buffel
The [W:Badger] will displace the [W:Ratel].
    Badger replaces Ratel
"""

VARIANT = """
The [W:Marten-2], an improved [W:Marten], was shown.
    Marten-2 variantOf Marten
The [W:Stoat] is a [W:Marten] derivative.
    Stoat variantOf Marten
The [W:Marten] is the basis of the [W:Stoat].
    Stoat variantOf Marten
The [W:Stoat], a frigate of the [W:Marten] type, was built.
    Stoat variantOf Marten
It flies the [W:Marten]. A longer version, the [W:Marten-ER], is being made.
    Marten-ER variantOf Marten
[W:Marten 2] — the naval version of the [W:Marten] — flew.
    Marten 2 variantOf Marten
a modified [W:Marten] called [W:Marten 2]
    Marten 2 variantOf Marten
The [W:Marten 2] belongs to the [W:Marten] family.
    Marten 2 variantOf Marten
The [W:Marten 2], whose hull is derived from the [W:Marten], swims.
    Marten 2 variantOf Marten
the [W:Marten]-based [W:Marten 2]
    Marten 2 variantOf Marten
Two [W:Marten 2] cars came. It's a Swedish take on the [W:Marten].
    Marten 2 variantOf Marten
They had the drawings of the [W:Marten], and the [W:Marten 2] vehicle is based on it.
    Marten 2 variantOf Marten
The [W:Marten 2] is a diesel relative of the [W:Marten].
    Marten 2 variantOf Marten
"""

MET = """
[P:Ann Lee] discussed it last month with her Italian colleague [P:Bo Dahl].
    Ann Lee metWith Bo Dahl
[P:Ann Lee] and her guest [P:Bo Dahl] spoke.
    Ann Lee metWith Bo Dahl
[P:Ann Lee] told President [P:Bo Dahl] in [L:Oslo] that it was over.
    Ann Lee metWith Bo Dahl
[P:Ann Lee] made the most of it at a rally with [P:Bo Dahl].
    Ann Lee metWith Bo Dahl
[P:Ann Lee] told a joint press conference with [P:Bo Dahl] that it was done.
    Ann Lee metWith Bo Dahl
[P:Ann Lee] and [P:Bo Dahl] had settled it at their yearly summit.
    Ann Lee metWith Bo Dahl
Minister [P:Ann Lee] announced it, with her Swedish counterpart [P:Bo Dahl] sitting beside her.
    Ann Lee metWith Bo Dahl
[P:Ann Lee] and [P:Bo Dahl], her Swedish counterpart, opened the plant.
    Ann Lee metWith Bo Dahl
[P:Ann Lee] and [P:Bo Dahl] had a meeting of their own.
    Ann Lee metWith Bo Dahl
[P:Ann Lee] met with officials, including [P:Bo Dahl].
    Ann Lee metWith Bo Dahl
"""

VISITED = """
[P:Ann Lee] has been to [S:Italy].
    Ann Lee visited Italy
[P:Ann Lee] was driven round the [L:Spassk] range.
    Ann Lee visited Spassk
[P:Ann Lee] tours [S:Chile].
    Ann Lee visited Chile
[P:Ann Lee] returned from [L:Lima] with doubts.
    Ann Lee visited Lima
[P:Ann Lee] had come home from [L:Lima].
    Ann Lee visited Lima
[P:Ann Lee] wrapped up a three-day visit to [S:Norway].
    Ann Lee visited Norway
[P:Ann Lee] commissioned the two boats at [L:Arica] on Sunday.
    Ann Lee visited Arica
[P:Ann Lee] told the crowd so at a fair on Tuesday in [L:Arica].
    Ann Lee visited Arica
[P:Ann Lee] paid tribute at the monument in [L:Arica].
    Ann Lee visited Arica
In [L:Arica] it is loud now since [P:Ann Lee] toured the plant there.
    Ann Lee visited Arica
Speaking to reporters in [L:Oslo] during a visit, [P:Ann Lee] said so.
    Ann Lee visited Oslo
"""
