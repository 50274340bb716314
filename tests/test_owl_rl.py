"""The OWL 2 RL profile: the ontology is within it, and the checker sees what is not."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from rdflib import RDF, Graph

from armsgraph import resources, vocab

TOOL = Path(__file__).resolve().parent.parent / "tools" / "check_owl_rl.py"
find_violations = runpy.run_path(str(TOOL))["find_violations"]


def test_ontology_is_within_owl_2_rl():
    ontology = Graph().parse(resources.ontology_file(), format="turtle")
    assert find_violations(ontology, reserved_classes=frozenset({RDF.Statement})) == ()


@pytest.mark.parametrize(
    ("axiom", "message"),
    [
        pytest.param(":a rdfs:domain [ owl:unionOf ( :A :B ) ] .", "owl:unionOf stands as superclass", id="union"),
        pytest.param(":A rdfs:subClassOf owl:Thing .", "owl:Thing stands as superclass", id="thing"),
        pytest.param(
            ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :a ; owl:someValuesFrom :B ] .",
            "owl:someValuesFrom stands as superclass",
            id="existential",
        ),
        pytest.param(
            ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :a ; owl:maxCardinality 2 ] .",
            "owl:maxCardinality is only allowed",
            id="max-two",
        ),
        pytest.param(
            "[ a owl:Restriction ; owl:onProperty :a ; owl:allValuesFrom :B ] rdfs:subClassOf :A .",
            "owl:allValuesFrom stands as subclass",
            id="universal-below",
        ),
        pytest.param(
            ":A owl:equivalentClass [ owl:oneOf ( :x ) ] .", "owl:oneOf stands as superclass", id="enumeration"
        ),
        pytest.param(
            ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :a ; owl:minCardinality 1 ] .",
            "owl:minCardinality is no construct",
            id="min",
        ),
        pytest.param(":A owl:disjointUnionOf ( :B ) .", "owl:disjointUnionOf is no construct", id="disjoint-union"),
        pytest.param(":a a owl:ReflexiveProperty .", "owl:ReflexiveProperty is no construct", id="reflexive"),
        pytest.param(":A rdfs:subClassOf rdf:Statement .", "a reserved name stands as class", id="reserved"),
        pytest.param(":A rdfs:subClassOf :C .", "used as a class, not declared", id="undeclared-class"),
        pytest.param(":a rdfs:subPropertyOf :c .", "used as a property, not declared", id="undeclared-property"),
        pytest.param(":A :note 'x' .", "used as a property, not declared", id="undeclared-annotation"),
        pytest.param(":d rdfs:range xsd:date .", "is no datatype of OWL 2 RL", id="date-range"),
        pytest.param(":x :d '2021'^^xsd:gYear .", "a literal of", id="year-literal"),
        pytest.param(":d a owl:ObjectProperty .", "declared as two kinds of property", id="two-kinds"),
        pytest.param(":a a owl:Class .", "declared as class and as property", id="class-and-property"),
        pytest.param(":d a owl:SymmetricProperty .", "can only be functional", id="symmetric-data"),
        pytest.param(":a rdfs:subPropertyOf :d .", "another kind of property", id="object-below-data"),
        pytest.param(
            ":a a owl:TransitiveProperty, owl:IrreflexiveProperty .", "only for simple properties", id="not-simple"
        ),
        pytest.param(
            ":a a owl:TransitiveProperty ; rdfs:subPropertyOf :b . :b a owl:FunctionalProperty .",
            "so it is not simple",
            id="not-simple-above",
        ),
    ],
)
def test_profile_checker_sees(axiom, message):
    prefixes = "".join(f"@prefix {p}: <{vocab.PREFIXES[p]}> .\n" for p in ("owl", "rdf", "rdfs", "xsd"))
    declared = ":A a owl:Class . :B a owl:Class . :a a owl:ObjectProperty . :b a owl:ObjectProperty ."
    base = f"{prefixes}@prefix : <urn:x:> .\n{declared} :d a owl:DatatypeProperty .\n"
    assert find_violations(Graph().parse(data=base, format="turtle")) == ()
    violations = find_violations(Graph().parse(data=base + axiom, format="turtle"))
    assert any(message in violation for violation in violations), violations
