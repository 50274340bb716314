"""The files of `ontology/`: the checks in `tests/ontology`, the OWL 2 RL profile, what a reasoner makes of them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import owlrl
import pyoxigraph
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import FOAF, ORG, PROV, SDO, TIME

from armsgraph import resources, vocab
from armsgraph.errors import DataError
from armsgraph.lexicon.tables import read_table
from armsgraph.model import DealStatus

ROOT = Path(__file__).resolve().parent.parent
CHECKS = sorted((ROOT / "tests" / "ontology").glob("*.rq"))
ARMS = Namespace(vocab.ARMS)
STATUS = Namespace(vocab.DEAL_STATUS_SCHEME)
KIND = Namespace(vocab.WEAPON_KIND_SCHEME)
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def load_tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ontology_paths() -> list[Path]:
    return sorted(resources.ontology_file().parent.glob("*.ttl"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resources.ontology_file(), format="turtle")


@pytest.fixture(scope="module")
def schemes() -> Graph:
    graph = Graph()
    for path in ontology_paths():
        if path.name != "armsgraph.ttl":
            graph.parse(path, format="turtle")
    return graph


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


# -------- The profile


def test_ontology_is_within_owl_2_rl(ontology):
    tool = load_tool("check_owl_rl")
    assert tool.find_violations(ontology, reserved_classes=frozenset({RDF.Statement})) == ()


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
    tool = load_tool("check_owl_rl")
    prefixes = "".join(f"@prefix {p}: <{vocab.PREFIXES[p]}> .\n" for p in ("owl", "rdf", "rdfs", "xsd"))
    declared = ":A a owl:Class . :B a owl:Class . :a a owl:ObjectProperty . :b a owl:ObjectProperty ."
    base = f"{prefixes}@prefix : <urn:x:> .\n{declared} :d a owl:DatatypeProperty .\n"
    assert tool.find_violations(Graph().parse(data=base, format="turtle")) == ()
    violations = tool.find_violations(Graph().parse(data=base + axiom, format="turtle"))
    assert any(message in violation for violation in violations), violations


# -------- What a reasoner makes of it


LOGIC = {RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range} | {
    OWL.members,
    OWL.disjointWith,
    OWL.inverseOf,
}


def find_contradictions(*graphs: Graph) -> list[str]:
    """Errors of an OWL RL closure in which every class has an instance and every object property a pair."""
    closure = Graph()
    for graph in graphs:
        for triple in graph:
            if triple[1] in LOGIC or str(triple[0]).startswith("urn:x:"):
                closure.add(triple)
    for number, class_ in enumerate(sorted(set(closure.subjects(RDF.type, OWL.Class)))):
        closure.add((URIRef(f"urn:instance:{number}"), RDF.type, class_))
    for number, prop in enumerate(sorted(set(closure.subjects(RDF.type, OWL.ObjectProperty)))):
        closure.add((URIRef(f"urn:subject:{number}"), prop, URIRef(f"urn:object:{number}")))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    return sorted(str(error) for error in closure.objects(None, ERROR))


@pytest.fixture(scope="module")
def neighbours() -> Graph:
    return Graph().parse(ROOT / "tests" / "ontology" / "neighbours.ttl", format="turtle")


def test_every_class_and_property_can_have_instances(ontology):
    assert find_contradictions(ontology) == []


def test_nothing_clashes_with_the_axioms_of_the_vocabularies_it_is_aligned_to(ontology, neighbours):
    assert find_contradictions(ontology, neighbours) == []


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
    assert find_contradictions(ontology, Graph().parse(data=PREFIXES + axioms, format="turtle"))


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


# -------- The schemes


def test_statuses_are_those_of_the_model(schemes):
    concepts = set(schemes.subjects(SKOS.inScheme, URIRef(vocab.DEAL_STATUS_SCHEME)))
    labels = {concept: str(schemes.value(concept, SKOS.prefLabel)) for concept in concepts}
    assert labels == {STATUS[vocab.concept_slug(status.value)]: status.value for status in DealStatus}


def test_statuses_are_ordered_from_proposed_to_completed(schemes):
    order = Collection(schemes, schemes.value(STATUS.progression, SKOS.memberList))
    names = "proposed negotiating approved signed ordered in-production delivered completed"
    assert [str(status).removeprefix(vocab.DEAL_STATUS_SCHEME) for status in order] == names.split()


def test_weapon_kinds_are_those_of_the_list(schemes):
    tool = load_tool("make_weapon_kinds")
    rows = [row for row, _ in read_table("weapon_kinds.tsv", tool.COLUMNS)]
    concepts = set(schemes.subjects(SKOS.inScheme, URIRef(vocab.WEAPON_KIND_SCHEME)))
    assert concepts == {KIND[vocab.concept_slug(row["label"])] for row in rows}
    matches = {(KIND[vocab.concept_slug(r["label"])], r["qid"]) for r in rows if r["verified"] == "yes" and r["qid"]}
    links = {(concept, str(item).rsplit("/", 1)[1]) for concept, item in schemes.subject_objects(SKOS.exactMatch)}
    assert links == matches


def test_an_assault_rifle_is_a_rifle_is_a_firearm_is_a_weapon(schemes):
    chain = [KIND["assault-rifle"], KIND.rifle, KIND.firearm, KIND.weapon]
    assert list(schemes.transitive_objects(chain[0], SKOS.broader)) == chain


def row(id_: str, label: str, broader: str = "", **more: str) -> tuple[dict[str, str], str]:
    fields = {"qid": "", "plural": "", "synonyms": "", "verified": "no", "source": "", **more}
    return {"id": id_, "label": label, "broader": broader, **fields}, f"kinds.tsv:{id_}"


def test_weapon_kinds_are_written_with_their_names_and_checked_matches():
    rows = [
        row("gun", "gun", qid="Q1", verified="yes", plural="guns", synonyms='gun|"barrel"'),
        row("cannon", "big gun", "gun", qid="Q2", verified="weak", plural="big gun"),
    ]
    graph = Graph().parse(data=load_tool("make_weapon_kinds").render(rows), format="turtle")
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
        load_tool("make_weapon_kinds").render(rows)
    assert caught.value.where == where


# -------- What is made from it


@pytest.mark.parametrize("tool", ["make_weapon_kinds", "make_ontology_reference"])
def test_made_files_are_current(tool):
    assert load_tool(tool).main(["--check"]) == 0, f"run: python tools/{tool}.py"


def test_reference_has_every_term_and_its_example_is_turtle():
    text = (ROOT / "docs" / "ontology.md").read_text("utf-8")
    headings = re.findall(r"^### arms:(\w+)$", text, re.MULTILINE)
    assert sorted(headings) == sorted([*vocab.CLASSES, *vocab.PROPERTIES])
    for block in re.findall(r"```turtle\n(.*?)```", text, re.DOTALL):
        assert len(Graph().parse(data=block, format="turtle")) > 10
