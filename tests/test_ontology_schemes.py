"""The SKOS schemes of `ontology/`: statuses of deals and kinds of weapons."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from rdflib import SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection

from armsgraph import resources, vocab
from armsgraph.errors import DataError
from armsgraph.lexicon.tables import read_table
from armsgraph.model import DealStatus

TOOL = runpy.run_path(str(Path(__file__).resolve().parent.parent / "tools" / "make_weapon_kinds.py"))
STATUS = Namespace(vocab.DEAL_STATUS_SCHEME)
KIND = Namespace(vocab.WEAPON_KIND_SCHEME)


@pytest.fixture(scope="module")
def schemes() -> Graph:
    graph = Graph()
    for name in ("deal-statuses.ttl", "weapon-kinds.ttl"):
        graph.parse(resources.ontology_file(name), format="turtle")
    return graph


def test_statuses_are_those_of_the_model(schemes):
    concepts = set(schemes.subjects(SKOS.inScheme, URIRef(vocab.DEAL_STATUS_SCHEME)))
    labels = {concept: str(schemes.value(concept, SKOS.prefLabel)) for concept in concepts}
    assert labels == {STATUS[vocab.concept_slug(status.value)]: status.value for status in DealStatus}


def test_statuses_are_ordered_from_proposed_to_completed(schemes):
    order = Collection(schemes, schemes.value(STATUS.progression, SKOS.memberList))
    names = "proposed negotiating approved signed ordered in-production delivered completed"
    assert [str(status).removeprefix(vocab.DEAL_STATUS_SCHEME) for status in order] == names.split()


def test_weapon_kinds_are_those_of_the_list(schemes):
    rows = [row for row, _ in read_table("weapon_kinds.tsv", TOOL["COLUMNS"])]
    concepts = set(schemes.subjects(SKOS.inScheme, URIRef(vocab.WEAPON_KIND_SCHEME)))
    assert concepts == {KIND[vocab.concept_slug(row["label"])] for row in rows}
    matches = {(KIND[vocab.concept_slug(r["label"])], r["qid"]) for r in rows if r["verified"] == "yes" and r["qid"]}
    links = {(concept, str(item).rsplit("/", 1)[1]) for concept, item in schemes.subject_objects(SKOS.exactMatch)}
    assert links == matches


def test_an_assault_rifle_is_a_rifle_is_a_firearm_is_a_weapon(schemes):
    chain = [KIND["assault-rifle"], KIND.rifle, KIND.firearm, KIND.weapon]
    assert list(schemes.transitive_objects(chain[0], SKOS.broader)) == chain


def test_every_weapon_of_the_lists_is_of_a_kind_in_the_scheme(schemes):
    columns = ("qid", "name", "aliases", "nicknames", "kind", "country", "manufacturer", "verified", "source")
    kinds = {row["kind"] for row, _ in read_table("weapons.tsv", columns)} - {""}
    labels = {str(label) for label in schemes.objects(None, SKOS.prefLabel)}
    assert sorted(kinds - labels) == []


def row(id_: str, label: str, broader: str = "", **more: str) -> tuple[dict[str, str], str]:
    fields = {"qid": "", "plural": "", "synonyms": "", "verified": "no", "source": "", **more}
    return {"id": id_, "label": label, "broader": broader, **fields}, f"kinds.tsv:{id_}"


def test_weapon_kinds_are_written_with_their_names_and_checked_matches():
    rows = [
        row("gun", "gun", qid="Q1", verified="yes", plural="guns", synonyms='gun|"barrel"'),
        row("cannon", "big gun", "gun", qid="Q2", verified="weak", plural="big gun"),
    ]
    graph = Graph().parse(data=TOOL["render"](rows), format="turtle")
    assert {str(label) for label in graph.objects(KIND.gun, SKOS.altLabel)} == {"guns", '"barrel"'}
    assert list(graph.objects(KIND["big-gun"], SKOS.altLabel)) == []
    assert list(graph.subject_objects(SKOS.exactMatch)) == [(KIND.gun, URIRef("http://www.wikidata.org/entity/Q1"))]
    assert list(graph.objects(None, SKOS.hasTopConcept)) == [KIND.gun]
    assert list(graph.objects(KIND.gun, SKOS.narrower)) == [KIND["big-gun"]]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        pytest.param([row("a", "gun"), row("a", "rifle")], "kinds.tsv:a", id="id-twice"),
        pytest.param([row("a", "gun"), row("b", "Gun")], "kinds.tsv:b", id="label-twice"),
        pytest.param([row("a", "gun", "z")], "kinds.tsv:a", id="unknown-broader"),
        pytest.param([row("a", "gun", "b"), row("b", "rifle", "a")], "kinds.tsv:b", id="cycle"),
    ],
)
def test_a_faulty_list_of_weapon_kinds_is_refused(rows, where):
    with pytest.raises(DataError) as caught:
        TOOL["render"](rows)
    assert caught.value.where == where
