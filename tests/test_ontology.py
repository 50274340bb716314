"""The files of `ontology/`: the checks in `tests/ontology`, what a reasoner makes of them, who uses them."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import owlrl
import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.namespace import FOAF, ORG, PROV, SDO, TIME

from armsgraph import resources, vocab

ROOT = Path(__file__).resolve().parent.parent
CHECKS = sorted((ROOT / "tests" / "ontology").glob("*.rq"))
ARMS = Namespace(vocab.ARMS)
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def ontology_paths() -> list[Path]:
    return sorted(resources.ontology_file().parent.glob("*.ttl"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.ontology_file(), format="turtle")


# -------- The checks in SPARQL


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in ontology_paths():
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    return store


def find_rows(store: pyoxigraph.Store, check: Path) -> list[str]:
    """Rows as `prefix:name prefix:name`, sorted; a blank node is written `_`."""
    prefixes = {**vocab.PREFIXES, "vann": "http://purl.org/vocab/vann/"}

    def shorten(term: object) -> str:
        if not isinstance(term, pyoxigraph.NamedNode):
            return "_"
        for prefix, namespace in prefixes.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value.removeprefix(namespace)}"
        return term.value

    rows = store.query(check.read_text("utf-8"))
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return sorted({" ".join(shorten(term) for term in row) for row in rows})


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_finds_nothing_in_the_ontology(store, check):
    assert find_rows(store, check) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_finds_every_fault_in_a_faulty_graph(check):
    faulty = check.with_suffix(".bad.ttl").read_text("utf-8")
    expected = sorted(re.findall(r"^# expects: (.+)$", faulty, re.MULTILINE))
    assert expected
    store = pyoxigraph.Store()
    store.load(input=faulty.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    assert find_rows(store, check) == expected


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_says_what_it_is(check):
    first, second = check.read_text("utf-8").splitlines()[:2]
    assert re.fullmatch(r"# Title: [A-Z].{10,}", first)
    assert re.fullmatch(r"# Severity: (Violation|Warning|Info)", second)


def test_every_faulty_graph_belongs_to_a_check():
    assert {p.name.removesuffix(".bad.ttl") for p in CHECKS[0].parent.glob("*.bad.ttl")} == {p.stem for p in CHECKS}


# -------- What a reasoner makes of it


LOGIC = {RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range} | {
    OWL.members,
    OWL.disjointWith,
    OWL.inverseOf,
}


def populate(*graphs: Graph) -> Graph:
    """An instance for every class and a pair for every object property, so that what cannot be filled shows."""
    facts = Graph()
    classes = {class_ for graph in graphs for class_ in graph.subjects(RDF.type, OWL.Class)}
    for number, class_ in enumerate(sorted(classes)):
        facts.add((URIRef(f"urn:x:instance:{number}"), RDF.type, class_))
    properties = {prop for graph in graphs for prop in graph.subjects(RDF.type, OWL.ObjectProperty)}
    for number, prop in enumerate(sorted(properties)):
        facts.add((URIRef(f"urn:x:subject:{number}"), prop, URIRef(f"urn:x:object:{number}")))
    return facts


def find_contradictions(*graphs: Graph) -> list[str]:
    """Errors of an OWL RL closure."""
    closure = Graph()
    for graph in graphs:
        for triple in graph:
            if triple[1] in LOGIC or str(triple[0]).startswith("urn:x:"):
                closure.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    return sorted(str(error) for error in closure.objects(None, ERROR))


@pytest.fixture(scope="module")
def neighbours() -> Graph:
    return Graph().parse(ROOT / "tests" / "ontology" / "neighbours.ttl", format="turtle")


def test_every_class_and_property_can_have_instances(ontology):
    assert find_contradictions(ontology, populate(ontology)) == []


def test_nothing_clashes_with_the_axioms_of_the_vocabularies_it_is_aligned_to(ontology, neighbours):
    assert find_contradictions(ontology, neighbours, populate(ontology, neighbours)) == []


PREFIXES = "".join(f"@prefix {p}: <{vocab.PREFIXES[p]}> .\n" for p in ("arms", "owl", "prov", "rdfs"))


@pytest.mark.parametrize(
    "axioms",
    [
        pytest.param("arms:Fort a owl:Class ; rdfs:subClassOf arms:Place, arms:Weapon .", id="unsatisfiable-class"),
        pytest.param("arms:Firm rdfs:subClassOf arms:State .", id="kind-of-organisation-that-is-a-state"),
        pytest.param("arms:Minister rdfs:subClassOf arms:GovernmentBody .", id="minister-that-is-a-body"),
        pytest.param("arms:signatory rdfs:range arms:State .", id="range-of-two-kinds"),
        pytest.param("arms:holder rdfs:domain arms:Office .", id="domain-of-two-kinds"),
        pytest.param("arms:Claim owl:disjointWith prov:Entity .", id="clash-with-what-stands-above"),
        pytest.param("arms:Person rdfs:subClassOf owl:Nothing .", id="nothing"),
    ],
)
def test_a_broken_ontology_is_seen(ontology, axioms):
    broken = Graph().parse(data=PREFIXES + axioms, format="turtle")
    assert find_contradictions(ontology, broken, populate(ontology, broken))


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param("<urn:x:i> a arms:State, arms:Person .", id="two-kinds"),
        pytest.param("<urn:x:i> a arms:Firm, arms:ArmedForce .", id="two-kinds-of-organisation"),
        pytest.param("<urn:x:d> a arms:Deal ; arms:signatory <urn:x:s> . <urn:x:s> a arms:State .", id="state-signs"),
        pytest.param("<urn:x:w> arms:replaces <urn:x:w> .", id="replaces-itself"),
        pytest.param("<urn:x:a> arms:partOf <urn:x:b> . <urn:x:b> arms:partOf <urn:x:a> .", id="part-of-its-part"),
        pytest.param("<urn:x:t> arms:holder <urn:x:p> . <urn:x:p> a arms:Office .", id="office-as-holder"),
    ],
)
def test_false_facts_contradict_the_ontology(ontology, facts):
    assert find_contradictions(ontology, Graph().parse(data=PREFIXES + facts, format="turtle"))


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param("<urn:x:p> a arms:Minister, arms:Person .", id="minister-and-person"),
        pytest.param("<urn:x:f> a arms:JointVenture, arms:Firm, arms:Organisation .", id="joint-venture-and-firm"),
        pytest.param("<urn:x:d> a arms:Contract, arms:Licence, arms:Deal .", id="contract-and-licence"),
        pytest.param("<urn:x:i> arms:quantity 601427, 6014427 .", id="rival-quantities"),
        pytest.param("<urn:x:d> a arms:Deal ; arms:buyer <urn:x:s> . <urn:x:s> a arms:State .", id="state-buys"),
        pytest.param("<urn:x:p> a arms:Place ; arms:locatedIn <urn:x:s> . <urn:x:s> a arms:State .", id="in-a-state"),
    ],
)
def test_true_facts_do_not_contradict_the_ontology(ontology, facts):
    assert find_contradictions(ontology, Graph().parse(data=PREFIXES + facts, format="turtle")) == []


def test_no_alignment_lets_a_deal_or_state_become_something_else(ontology, neighbours):
    closure = Graph()
    for triple in (*ontology, *neighbours):
        if triple[1] in LOGIC:
            closure.add(triple)
    deal, buyer, office = (URIRef(f"urn:x:{name}") for name in ("deal", "buyer", "office"))
    closure.add((deal, RDF.type, ARMS.Contract))
    closure.add((deal, ARMS.buyer, buyer))
    closure.add((office, ARMS.officeOf, buyer))
    closure.add((buyer, RDF.type, ARMS.State))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    assert set(closure.objects(deal, RDF.type)) == {ARMS.Contract, ARMS.Deal, OWL.Thing}
    states = {ARMS.State, PROV.Agent, SDO.Country, SDO.AdministrativeArea, SDO.Place, SDO.Thing, OWL.Thing}
    assert set(closure.objects(buyer, RDF.type)) == states


def test_reasons_of_the_weights_are_one_text_of_a_claim(ontology):
    reason = ARMS.ruleReason
    assert {OWL.DatatypeProperty, OWL.FunctionalProperty} <= set(ontology.objects(reason, RDF.type))
    assert set(ontology.objects(reason, RDFS.domain)) == {ARMS.Claim}
    assert set(ontology.objects(reason, RDFS.range)) == {XSD.string}
    (example,) = ontology.objects(reason, SKOS.example)
    parts = str(example).removesuffix(".").strip('"').split(vocab.REASON_SEPARATOR)
    assert len(parts) > 1
    assert all(re.fullmatch(r"\S.* [+-]\d+\.\d", part) for part in parts)


# -------- Names


@pytest.mark.parametrize("namespace", [DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME], ids=lambda n: str(n._NS))
def test_terms_of_others_exist(ontology, namespace):
    start = str(namespace._NS)
    used = {str(node).removeprefix(start) for triple in ontology for node in triple if str(node).startswith(start)}
    known = {str(term).removeprefix(start) for term in dir(namespace)}
    assert used - {""} <= known


def names_in(*patterns: str) -> Iterator[tuple[Path, str]]:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            for name in re.findall(r"\barms:([A-Za-z]\w*)", path.read_text("utf-8")):
                yield path, name


def test_names_in_shapes_queries_docs_and_code_are_in_the_ontology():
    known = {*vocab.CLASSES, *vocab.PROPERTIES}
    places = names_in(
        "shapes/*.ttl", "docs/**/*.rq", "docs/**/*.md", "README.md", "src/armsgraph/**/*.py", "bench/**/*.py"
    )
    assert sorted({f"{path.relative_to(ROOT)}: {name}" for path, name in places if name not in known}) == []


@pytest.mark.skipif(
    not (any(ROOT.glob("src/armsgraph/graph/*.py")) and any(ROOT.glob("shapes/*.ttl"))),
    reason="the stage and the shapes that name most of the terms are not there yet",
)
def test_every_term_is_used_by_code_lexicons_shapes_or_queries():
    used: set[str] = set()
    for path in sorted(ROOT.glob("src/armsgraph/**/*.py")):
        if path.name != "vocab.py":
            used |= set(re.findall(r"[\"'](?:arms:)?([A-Za-z]\w*)[\"']", path.read_text("utf-8")))
    for path in sorted(ROOT.glob("src/armsgraph/data/*.yaml")):
        used |= set(re.findall(r"\b[A-Za-z]\w*\b", path.read_text("utf-8")))
    used |= {name for _, name in names_in("src/armsgraph/**/*.py", "shapes/*.ttl", "docs/queries/*.rq")}
    assert sorted({*vocab.CLASSES, *vocab.PROPERTIES} - used) == []


# -------- What is made from it


@pytest.mark.parametrize("tool", ["make_weapon_kinds", "make_ontology_reference"])
def test_made_files_are_current(tool):
    assert runpy.run_path(str(ROOT / "tools" / f"{tool}.py"))["main"](["--check"]) == 0, f"run: python tools/{tool}.py"


def test_reference_has_every_term_and_its_example_is_turtle():
    text = (ROOT / "docs" / "ontology.md").read_text("utf-8")
    headings = re.findall(r"^### arms:(\w+)$", text, re.MULTILINE)
    assert sorted(headings) == sorted([*vocab.CLASSES, *vocab.PROPERTIES])
    for block in re.findall(r"```turtle\n(.*?)```", text, re.DOTALL):
        assert len(Graph().parse(data=block, format="turtle")) > 10
