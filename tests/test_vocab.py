"""The names in `vocab.py`, held against `ontology/armsgraph.ttl` in both directions."""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from armsgraph import resources, vocab
from armsgraph.model import DealKind, DealStatus, EntityType


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.ontology_file(), format="turtle")


def our_names(graph: Graph, kind: URIRef) -> set[str]:
    return {str(t).removeprefix(vocab.ARMS) for t in graph.subjects(RDF.type, kind) if str(t).startswith(vocab.ARMS)}


def test_classes_are_those_of_the_ontology(ontology):
    assert our_names(ontology, OWL.Class) == set(vocab.CLASSES)


def test_properties_that_point_to_nodes_are_the_object_properties(ontology):
    assert our_names(ontology, OWL.ObjectProperty) == {name for name, is_node in vocab.PROPERTIES.items() if is_node}


def test_properties_of_literals_are_the_datatype_properties(ontology):
    assert our_names(ontology, OWL.DatatypeProperty) == {n for n, is_node in vocab.PROPERTIES.items() if not is_node}


@pytest.mark.parametrize("name", sorted(vocab.CLASSES))
def test_classes_above_are_those_of_the_ontology(ontology, name):
    above = ontology.transitive_objects(URIRef(vocab.ARMS + name), RDFS.subClassOf)
    ours = {str(c).removeprefix(vocab.ARMS) for c in above if str(c).startswith(vocab.ARMS)}
    assert ours - {name} == set(vocab.CLASSES[name])


@pytest.mark.parametrize("members", [EntityType, DealKind], ids=["entities", "deals"])
def test_kinds_of_the_model_are_classes(members):
    assert {member.value for member in members} <= set(vocab.CLASSES)


def test_prefixes_are_told_apart_from_kinds_of_ids():
    prefixes = list(vocab.ID_KINDS.values())
    assert len(set(prefixes)) == len(prefixes)
    assert not set(prefixes) & set(vocab.PREFIXES)


@pytest.mark.parametrize("prefix", sorted(vocab.PREFIXES))
def test_prefixes_mean_the_same_in_the_shipped_files(prefix):
    declared = {}
    for path in sorted(resources.ontology_file().parent.glob("*.ttl")):
        declared |= dict(re.findall(r"^@prefix (\w+): <([^>]+)>", path.read_text("utf-8"), re.MULTILINE))
    assert declared.get(prefix, vocab.PREFIXES[prefix]) == vocab.PREFIXES[prefix]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        pytest.param("AK-203", "ak-203", id="designation"),
        pytest.param("  Larsen & Toubro Ltd. ", "larsen-and-toubro-ltd", id="ampersand"),
        pytest.param("Türkiye", "turkiye", id="diacritic"),
        pytest.param("Recep Tayyip Erdoğan", "recep-tayyip-erdogan", id="breve"),
        pytest.param("Łódź", "lodz", id="letters-without-decomposition"),
        pytest.param("Saab AB (publ)", "saab-ab-publ", id="brackets"),
    ],
)
def test_slug_is_ascii(text, slug):
    assert vocab.slug(text) == slug


def test_slug_tells_names_in_other_scripts_apart():
    slugs = {vocab.slug(name) for name in ("Шойгу", "Лавров", "राजनाथ सिंह", "防衛省")}
    assert len(slugs) == 4
    assert all(re.fullmatch(r"u[0-9a-f-]+", slug) for slug in slugs)


def test_slug_is_cut_without_a_hyphen_at_the_end():
    assert vocab.slug("a" * 79 + " b") == "a" * 79


@pytest.mark.parametrize("status", list(DealStatus), ids=str)
def test_statuses_have_slugs_of_their_own(status):
    assert vocab.concept_slug(status.value) == status.value.replace(" ", "-")
