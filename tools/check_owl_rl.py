"""Says where an ontology leaves the OWL 2 RL profile, or OWL 2 DL below it.

Usage: `python tools/check_owl_rl.py FILE.ttl`; one violation a line, exit code 1 if there is any.

Read from the specification (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL, section 4.2) for the constructs that an
ontology of terms uses: class axioms and expressions, domains and ranges, characteristics of properties, datatypes,
declarations. A construct of OWL that it does not know is a violation too, so that nothing passes unread.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.exceptions import ParserError
from rdflib.term import Node

__all__ = ["DATATYPES", "find_violations", "main"]

_XSD_NAMES = (
    "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short byte "
    "unsignedLong unsignedInt unsignedShort unsignedByte float double string normalizedString token language Name "
    "NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp"
)
DATATYPES = frozenset(
    {RDFS.Literal, RDF.XMLLiteral, RDF.PlainLiteral, RDF.langString} | {XSD[n] for n in _XSD_NAMES.split()}
)

_RESERVED = (str(OWL), str(RDF), str(RDFS), str(XSD))
_CHARACTERISTICS = frozenset(
    {
        OWL.AsymmetricProperty,
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
        OWL.IrreflexiveProperty,
        OWL.SymmetricProperty,
        OWL.TransitiveProperty,
    }
)
_SIMPLE_ONLY = _CHARACTERISTICS - {OWL.SymmetricProperty, OWL.TransitiveProperty}
_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_TYPES = frozenset(
    {OWL.AllDisjointClasses, OWL.Class, OWL.NamedIndividual, OWL.Ontology, OWL.Restriction, RDFS.Datatype, RDF.List}
    | {*_KINDS, *_CHARACTERISTICS}
)
_PREDICATES = frozenset(
    {RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
    | {RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso}
    | {OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.deprecated, OWL.disjointWith, OWL.members}
    | {OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyDisjointWith, OWL.propertyChainAxiom}
    | {OWL.onProperty, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.maxCardinality, OWL.intersectionOf}
    | {OWL.unionOf, OWL.oneOf, OWL.complementOf, OWL.imports, OWL.backwardCompatibleWith, OWL.incompatibleWith}
)


def find_violations(graph: Graph, *, reserved_classes: frozenset[URIRef] = frozenset()) -> tuple[str, ...]:
    """Return what leaves the profile, sorted; empty if nothing does.

    Args:
        graph: The ontology, without its imports.
        reserved_classes: Names of the reserved vocabularies that may be used as classes all the same.
    """
    return tuple(
        sorted(
            {
                *_unknown_constructs(graph),
                *_class_axioms(graph, reserved_classes),
                *_declarations(graph),
                *_properties(graph),
                *_datatypes(graph),
            }
        )
    )


def _unknown_constructs(graph: Graph) -> Iterator[str]:
    for subject, predicate, object_ in graph:
        if str(predicate).startswith(_RESERVED) and predicate not in _PREDICATES:
            yield f"{_name(subject)}: {_name(predicate)} is no construct of OWL 2 RL that is known here"
        if predicate == RDF.type and str(object_).startswith(_RESERVED) and object_ not in _TYPES:
            yield f"{_name(subject)}: type {_name(object_)} is no construct of OWL 2 RL that is known here"


def _class_axioms(graph: Graph, reserved_classes: frozenset[URIRef]) -> Iterator[str]:
    lower = {*graph.subjects(RDFS.subClassOf, None), *_both_ends(graph, OWL.disjointWith)}
    upper = {*graph.objects(None, RDFS.subClassOf), *graph.objects(None, RDFS.domain)}
    upper |= {range_ for prop, range_ in graph.subject_objects(RDFS.range) if not _is_data(graph, prop)}
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = graph.value(axiom, OWL.members)
        if members is None:
            yield "an owl:AllDisjointClasses has no owl:members"
        else:
            lower |= set(Collection(graph, members))
    both = _both_ends(graph, OWL.equivalentClass)
    for node in lower | both:
        yield from _expression(graph, node, reserved_classes, is_upper=False)
    for node in upper | both:
        yield from _expression(graph, node, reserved_classes, is_upper=True)


def _expression(graph: Graph, node: Node, reserved_classes: frozenset[URIRef], *, is_upper: bool) -> Iterator[str]:
    """Read a class expression by the grammar of subclasses (`is_upper` false) or of superclasses."""
    side = "superclass" if is_upper else "subclass"
    if isinstance(node, URIRef):
        if node == OWL.Thing:
            yield f"owl:Thing stands as {side}"
        elif str(node).startswith(_RESERVED) and node != OWL.Nothing and node not in reserved_classes:
            yield f"{_name(node)}: a reserved name stands as class"
        return
    found = False
    for operands in (OWL.intersectionOf, OWL.unionOf, OWL.oneOf):
        if (members := graph.value(node, operands)) is None:
            continue
        found = True
        if operands != OWL.intersectionOf and is_upper:
            yield f"{_name(operands)} stands as superclass, domain or range"
        elif operands != OWL.oneOf:
            for member in Collection(graph, members):
                yield from _expression(graph, member, reserved_classes, is_upper=is_upper)
    if (inner := graph.value(node, OWL.complementOf)) is not None:
        found = True
        if not is_upper:
            yield "owl:complementOf stands as subclass"
        yield from _expression(graph, inner, reserved_classes, is_upper=False)
    for filler, allowed in ((OWL.someValuesFrom, not is_upper), (OWL.allValuesFrom, is_upper)):
        if (inner := graph.value(node, filler)) is not None:
            found = True
            if not allowed:
                yield f"{_name(filler)} stands as {side}"
            if inner != OWL.Thing and inner not in DATATYPES:
                yield from _expression(graph, inner, reserved_classes, is_upper=is_upper)
    if (number := graph.value(node, OWL.maxCardinality)) is not None:
        found = True
        if not is_upper or not isinstance(number, Literal) or int(number) not in {0, 1}:
            yield "owl:maxCardinality is only allowed in a superclass, with 0 or 1"
    if not found and graph.value(node, OWL.hasValue) is None:
        yield f"an expression that is not known here stands as {side}"


def _declarations(graph: Graph) -> Iterator[str]:
    classes = set(graph.subjects(RDF.type, OWL.Class))
    named = {*graph.subjects(RDFS.subClassOf, None), *graph.objects(None, RDFS.subClassOf)}
    named |= set(graph.objects(None, RDFS.domain))
    named |= {range_ for prop, range_ in graph.subject_objects(RDFS.range) if not _is_data(graph, prop)}
    for node in named:
        if _needs_declaration(node) and node not in classes:
            yield f"{_name(node)}: used as a class, not declared as one"
    properties = {prop for kind in _KINDS for prop in graph.subjects(RDF.type, kind)}
    used = {*graph.predicates(), *_both_ends(graph, RDFS.subPropertyOf), *_both_ends(graph, OWL.inverseOf)}
    for node in used:
        if _needs_declaration(node) and node not in properties:
            yield f"{_name(node)}: used as a property, not declared as one"
    for prop in properties:
        if sum((prop, RDF.type, kind) in graph for kind in _KINDS) > 1:
            yield f"{_name(prop)}: declared as two kinds of property"
        if prop in classes:
            yield f"{_name(prop)}: declared as class and as property"


def _properties(graph: Graph) -> Iterator[str]:
    for prop in {p for kind in _CHARACTERISTICS for p in graph.subjects(RDF.type, kind)}:
        types = set(graph.objects(prop, RDF.type)) & _CHARACTERISTICS
        if _is_data(graph, prop) and types - {OWL.FunctionalProperty}:
            yield f"{_name(prop)}: a datatype property can only be functional"
        if OWL.TransitiveProperty in types and types & _SIMPLE_ONLY:
            names = ", ".join(sorted(_name(t) for t in types & _SIMPLE_ONLY))
            yield f"{_name(prop)}: transitive and {names}, which OWL 2 DL allows only for simple properties"
    for lower, upper in graph.subject_objects(RDFS.subPropertyOf):
        if _is_data(graph, lower) != _is_data(graph, upper):
            yield f"{_name(lower)}: below {_name(upper)}, which is another kind of property"
        if (lower, RDF.type, OWL.TransitiveProperty) in graph and set(graph.objects(upper, RDF.type)) & _SIMPLE_ONLY:
            yield f"{_name(upper)}: above the transitive {_name(lower)}, so it is not simple"


def _datatypes(graph: Graph) -> Iterator[str]:
    for prop, range_ in graph.subject_objects(RDFS.range):
        if _is_data(graph, prop) and range_ not in DATATYPES:
            yield f"{_name(prop)}: range {_name(range_)} is no datatype of OWL 2 RL"
    ontologies = set(graph.subjects(RDF.type, OWL.Ontology))
    for subject, _, object_ in graph:
        # Annotations of the ontology itself are no axioms; a date there does not count.
        if subject not in ontologies and isinstance(object_, Literal) and object_.datatype not in {None, *DATATYPES}:
            yield f"{_name(subject)}: a literal of {_name(object_.datatype)}, which is no datatype of OWL 2 RL"


def _needs_declaration(node: Node) -> bool:
    return isinstance(node, URIRef) and not str(node).startswith(_RESERVED)


def _is_data(graph: Graph, prop: Node) -> bool:
    return (prop, RDF.type, OWL.DatatypeProperty) in graph


def _both_ends(graph: Graph, predicate: URIRef) -> set[Node]:
    return {*graph.subjects(predicate, None), *graph.objects(None, predicate)}


def _name(node: Node | None) -> str:
    if isinstance(node, BNode) or node is None:
        return "an unnamed node"
    return str(node).replace(str(OWL), "owl:").replace(str(RDFS), "rdfs:").replace(str(RDF), "rdf:")


def main(arguments: list[str]) -> int:
    """Check one file; return the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("usage: python tools/check_owl_rl.py FILE.ttl", file=sys.stderr)
        return 2
    try:
        graph = Graph().parse(arguments[0], format="turtle")
    except (ParserError, SyntaxError) as error:
        print(f"{arguments[0]}: not Turtle: {error}", file=sys.stderr)
        return 2
    violations = find_violations(graph, reserved_classes=frozenset({RDF.Statement}))
    print("".join(f"{violation}\n" for violation in violations), end="")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
