"""Lists of the user: what `--data` changes in the reading of a text, and how mistakes in them are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from armsgraph.claims import make_claims
from armsgraph.documents import Record, make_document
from armsgraph.errors import DataError
from armsgraph.lexicon.gazetteer import load_gazetteer
from armsgraph.lexicon.records import WeaponRecord
from armsgraph.model import Literal, Ref
from armsgraph.pipeline import Tools, extract, load_tools


def write_lists(folder: Path, lists: Mapping[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in lists.items():
        (folder / name).write_text(content, "utf-8")
    return folder


def load_with(tools: Tools, folder: Path) -> Tools:
    """Load the lists with those of a folder; the language model is the one that is there already."""
    return replace(load_tools(model=None, overlays=(folder,)), parser=tools.parser)


def read_facts(text: str, tools: Tools) -> set[tuple[str, str]]:
    """Return predicate and object of every direct fact, an entity by its name."""
    extraction = extract(make_document(Record(id="t", text=text, location="t"), tools.furniture), tools)
    nodes, claims = make_claims(extraction)
    labels = {e.id: e.label for e in extraction.entities.entities}
    facts = {("type", f"{e.type.value} {e.label}") for e in extraction.entities.entities}
    for claim in (c for c in claims if c.is_best):
        target = claim.assertion.object
        if isinstance(target, Ref):
            facts.add((claim.assertion.predicate, labels.get(target.id, target.id)))
        elif isinstance(target, Literal):
            facts.add((claim.assertion.predicate, target.value))
        else:
            facts.add((claim.assertion.predicate, target.iri.rpartition("/")[2]))
    assert nodes or not facts
    return facts


READ = [
    pytest.param(
        {"firms.tsv": "name\tcountry\nNordvik Skarn\tNO\n"},
        "Poland signed a contract with Nordvik Skarn for 24 K9 howitzers.",
        ("supplier", "Nordvik Skarn"),
        id="firm",
    ),
    pytest.param(
        {"weapons.tsv": "name\tkind\tcountry\tmanufacturer\nSkarnfalk\tcruise missile\tSE\tSaab\n"},
        "Poland bought 24 Skarnfalk from Saab.",
        ("weapon", "Skarnfalk"),
        id="weapon",
    ),
    pytest.param(
        {
            "office_titles.yaml": "heads:\n  minister: [hetman]\n",
            "offices.tsv": "label\tkind\nhetman\tdefence minister\n",
            "mention_words.tsv": "list\tword\noffice_word\tHetman\n",
        },
        "Polish Hetman Jan Varga signed a contract with Saab for 24 RBS 70 launchers.",
        ("officeTitle", "Hetman"),
        id="office",
    ),
    pytest.param(
        {
            "triggers.yaml": "triggers:\n"
            "  - {id: gobble, lemmas: [gobble], pos: verb, type: buy, status: ordered, strength: strong}\n"
        },
        "Poland gobbled 24 K9 howitzers from South Korea.",
        ("buyer", "Poland"),
        id="trigger",
    ),
    pytest.param(
        {"firms.tsv": "name\taliases\nSaab\tLinkoping Wings\n"},
        "Poland signed a contract with Linkoping Wings for 24 RBS 70 launchers.",
        ("supplier", "Saab"),
        id="alias-of-a-shipped-firm",
    ),
    pytest.param(
        {"weapons.tsv": "name\tnicknames\nAK-203\tSkarnet\n"},
        "India received 500 Skarnet rifles from Russia.",
        ("weapon", "AK-203"),
        id="nickname-of-a-shipped-weapon",
    ),
    pytest.param(
        {"places.tsv": "name\tstate\tkind\nSkarnby\tNO\tcapital\n"},
        "The contract was signed beyond Skarnby on 3 March 2024.",
        ("type", "Place Skarnby"),
        id="place",
    ),
    pytest.param(
        {"people.tsv": "name\toffice\toffice_kind\tstate\nOrvid Skarn\tMinister of Defence\tdefence minister\tNO\n"},
        "Polish minister Jan Varga met Orvid Skarn on 3 March 2024.",
        ("type", "Person Orvid Skarn"),
        id="person",
    ),
    pytest.param(
        {"forces_bodies.tsv": "name\tkind\tstate\nSkarn Guard\tarmy\tNO\n"},
        "Skarn Guard bought 24 K9 howitzers from South Korea.",
        ("buyer", "Skarn Guard"),
        id="force",
    ),
    pytest.param(
        {
            "relations.yaml": "verbs:\n"
            "  - {id: swallow, predicate: subsidiaryOf, verbs: [swallow], subject_case: patient, object_case: agent}\n"
        },
        "Saab swallowed Nammo.",
        ("subsidiaryOf", "Saab"),
        id="relation",
    ),
    pytest.param(
        {"currencies.tsv": "code\tname\tnames\tsymbols\tcountries\tqid\nSKN\tskarn\tskarn|skarns\t\tNO\t\n"},
        "Poland bought 24 K9 howitzers from South Korea for 30 million skarns.",
        ("currency", "SKN"),
        id="currency",
    ),
]


@pytest.mark.parametrize(("lists", "text", "fact"), READ)
def test_a_list_of_the_user_changes_what_is_read(
    lists: Mapping[str, str], text: str, fact: tuple[str, str], tools: Tools, tmp_path: Path
) -> None:
    assert fact not in read_facts(text, tools)
    assert fact in read_facts(text, load_with(tools, write_lists(tmp_path, lists)))


def test_a_body_that_is_an_outlet_is_no_buyer(tools: Tools, tmp_path: Path) -> None:
    text = "Skarn Systems Ltd bought 24 K9 howitzers from South Korea."
    assert ("type", "Firm Skarn Systems Ltd") in read_facts(text, tools)
    folder = write_lists(
        tmp_path, {"outlets.tsv": "name\taliases\tkind\tcountry\nSkarn Systems Ltd\t\tnewspaper\tNO\n"}
    )
    assert ("type", "Firm Skarn Systems Ltd") not in read_facts(text, load_with(tools, folder))


def test_a_row_adds_to_the_shipped_one_and_leaves_what_it_does_not_say(tmp_path: Path) -> None:
    shipped = load_gazetteer()
    (old,) = shipped.find("Saab")
    folder = write_lists(tmp_path, {"firms.tsv": "name\taliases\nSaab\tLinkoping Wings\n"})
    mine = load_gazetteer(overlays=(folder,))
    (new,) = mine.find("Linkoping Wings")
    assert new == replace(old, aliases=(*old.aliases, "Linkoping Wings"))
    assert mine.firms.keys() == shipped.firms.keys()


def test_a_row_corrects_what_it_fills_in(tmp_path: Path) -> None:
    (old,) = load_gazetteer().find("AK-47")
    folder = write_lists(tmp_path, {"weapons.tsv": f"qid\tname\tkind\n{old.qid}\tAvtomat 47\tsniper rifle\n"})
    (new,) = load_gazetteer(overlays=(folder,)).find("AK-47")
    assert isinstance(old, WeaponRecord)
    assert new == replace(old, name="Avtomat 47", aliases=(*old.aliases, old.name), kind="sniper rifle")


def test_a_name_of_the_user_is_no_other_firms_alias(tmp_path: Path) -> None:
    shipped = load_gazetteer()
    alias, owner = next((a, f) for f in shipped.firms.values() for a in f.aliases if len(shipped.find(a)) == 1)
    folder = write_lists(tmp_path, {"firms.tsv": f"name\tcountry\n{alias}\tNO\n"})
    (found,) = load_gazetteer(overlays=(folder,)).find(alias)
    assert found.name == alias
    assert found.id != owner.id


def test_a_later_folder_goes_over_an_earlier_one(tmp_path: Path) -> None:
    one = write_lists(tmp_path / "one", {"firms.tsv": "name\tcountry\nNordvik Skarn\tNO\n"})
    two = write_lists(tmp_path / "two", {"firms.tsv": "name\taliases\tcountry\nNordvik Skarn\tNoSk\tSE\n"})
    (found,) = load_gazetteer(overlays=(one, two)).find("NoSk")
    assert (found.name, found.state) == ("Nordvik Skarn", "SE")


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "firms.tsv").write_bytes("\ufeffname\tcountry\r\nNordvik Skarn\tNO\r\n".encode())
    (found,) = load_gazetteer(overlays=(tmp_path,)).find("Nordvik Skarn")
    assert found.state == "NO"


WRONG = [
    pytest.param("firms.tsv", "name\tcountry\nAcme\n", 2, "1 fields instead of 2", id="fields"),
    pytest.param("firms.tsv", "name\tcountry\nAcme\tNO\n\nBolt\tNO\tx\n", 4, "3 fields instead of 2", id="later-line"),
    pytest.param("firms.tsv", "name\tland\nAcme\tNO\n", 1, "unknown column 'land'", id="unknown-column"),
    pytest.param("firms.tsv", "name\tname\nAcme\tNO\n", 1, "given twice", id="column-twice"),
    pytest.param("firms.tsv", "aliases\nAcme\n", 1, "missing column 'name'", id="missing-column"),
    pytest.param("firms.tsv", "", 1, "column", id="empty-file"),
    pytest.param("firms.tsv", "qid\tname\n214688\tAcme\n", 2, "'214688' is no Wikidata item", id="item"),
    pytest.param("people.tsv", "name\toffice\toffice_qid\nA B\tking\tX1\n", 2, "'X1'", id="item-of-an-office"),
    pytest.param("firms.tsv", "name\tcountry\nAcme\tNorway\n", 2, "unknown state 'Norway'", id="state"),
    pytest.param("weapons.tsv", "name\tkind\nAcme 5\tcruise misile\n", 2, "unknown kind 'cruise misile'", id="kind"),
    pytest.param(
        "forces_bodies.tsv", "name\tkind\tstate\nAcme\tarmee\tNO\n", 2, "unknown kind 'armee'", id="body-kind"
    ),
    pytest.param("places.tsv", "name\tlat\nAcme\tnorth\n", 2, "no number", id="degrees"),
    pytest.param("people.tsv", "name\toffice\tstart\nA B\tking\tMay\n", 2, "'May' is no date", id="date"),
    pytest.param(
        "outlets.tsv", "name\taliases\tkind\tcountry\nAcme\t\tblog\t\n", 2, "unknown kind 'blog'", id="outlet"
    ),
    pytest.param("triggers.yaml", "negations: [no]\ntriggers: [a\n", 2, "not YAML", id="yaml"),
    pytest.param(
        "triggers.yaml",
        "triggers:\n  - {id: a, lemmas: [a], pos: verb, type: buy, status: ordered}\n"
        "  - id: b\n    lemmas: [b]\n    pos: verb\n    type: bay\n",
        3,
        "unknown type 'bay'",
        id="trigger-type",
    ),
    pytest.param("triggers.yaml", "# mine\ngovernors:\n  hoped: [hope]\n", 3, "'hoped'", id="trigger-governor"),
    pytest.param("triggers.yaml", "negations: [no]\nnegations: [not]\n", 2, "twice", id="key-twice"),
    pytest.param(
        "relations.yaml", "words: {}\nverbs:\n  - {id: a, predicate: eats, verbs: [eat]}\n", 3, "'eats'", id="predicate"
    ),
    pytest.param("relations.yaml", "words: {}\nverb: []\n", 2, "'verb'", id="relation-key"),
    pytest.param("office_titles.yaml", "# mine\n\nhead: {}\n", 3, "'head'", id="office-key"),
    pytest.param("furniture.yaml", "rules:\n  - {id: a, kind: b, patterns: ['(']}\n", 2, "cannot read", id="pattern"),
    pytest.param("value_numbers.yaml", "cardinals:\n  dozenish: many\n", 2, "'dozenish'", id="number"),
]


@pytest.mark.parametrize(("name", "content", "line", "part"), WRONG)
def test_a_mistake_is_told_with_file_and_line(name: str, content: str, line: int, part: str, tmp_path: Path) -> None:
    write_lists(tmp_path, {name: content})
    with pytest.raises(DataError) as caught:
        load_tools(model=None, overlays=(tmp_path,))
    assert part in caught.value.message + str(caught.value.hint)
    assert f"{caught.value.where} ".startswith(f"{tmp_path / name}:{line} ")
    assert caught.value.hint


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "firms.tsv").write_bytes(b"name\nAcme\nCaf\xe9\n")
    with pytest.raises(DataError, match="not UTF-8") as caught:
        load_tools(model=None, overlays=(tmp_path,))
    assert caught.value.where == f"{tmp_path / 'firms.tsv'}:3"


def test_a_list_that_nothing_reads_and_a_folder_that_is_none_are_told(tmp_path: Path) -> None:
    write_lists(tmp_path, {"firm.tsv": "name\nAcme\n", "notes.txt": "anything"})
    with pytest.raises(DataError, match="no list has this name") as caught:
        load_tools(model=None, overlays=(tmp_path,))
    assert caught.value.hint == "did you mean firms.tsv?"
    with pytest.raises(DataError, match="no such folder"):
        load_tools(model=None, overlays=(tmp_path / "none",))
