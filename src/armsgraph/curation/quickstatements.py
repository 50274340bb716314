"""Facts of the graph as QuickStatements V1 commands, for a person to look through and run. Nothing is sent from here.

Only statements between existing items that the graph is sure of, each with the address of the article (S854) and the
day it was retrieved (S813).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from armsgraph.curation.reading import GraphReader
from armsgraph.vocab import PREFIXES

__all__ = ["Commands", "quickstatements"]

_LEAST = 0.7
_WD = PREFIXES["wd"]
# Predicate, property, and whether the object of our fact is the subject of the statement.
_PROPERTIES: tuple[tuple[str, str, bool], ...] = (
    ("designedBy", "P287", False),
    ("jointVentureOf", "P127", False),
    ("locatedIn", "P276", False),
    ("manufacturedBy", "P176", False),
    ("operates", "P137", True),
    ("replaces", "P1365", False),
    ("subsidiaryOf", "P749", False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """The lines, sorted, each once, and how many facts were left out as their document has no address."""

    lines: tuple[str, ...]
    without_address: int


def quickstatements(reader: GraphReader, *, retrieved: str) -> Commands:
    """Return commands for the facts of the graph whose both ends are items.

    Args:
        reader: The graph.
        retrieved: ISO day on which the articles were retrieved.

    Returns:
        Commands in V1: tabs between columns, a comment at the end with the claim they rest on.
    """
    lines: set[str] = set()
    lost = 0
    for subject, prop, value, address, claim in _facts(reader):
        if not address.startswith(("http://", "https://")) or '"' in address:
            lost += 1
            continue
        columns = (subject, prop, value, "S854", f'"{address}"', "S813", f"+{retrieved}T00:00:00Z/11")
        lines.add("\t".join(columns) + f"\t/* {claim.rpartition('/')[2]} */")
    return Commands(lines=tuple(sorted(lines)), without_address=lost)


def _facts(reader: GraphReader) -> Iterator[tuple[str, str, str, str, str]]:
    for predicate, prop, is_turned in _PROPERTIES:
        query = f"""SELECT DISTINCT ?a ?b ?url ?c WHERE {{
          ?c rdf:predicate arms:{predicate} ; rdf:subject ?s ; rdf:object ?o ; arms:modality "asserted" ;
             arms:confidence ?sure ; prov:wasDerivedFrom/oa:hasSource ?d .
          ?s arms:{predicate} ?o ; skos:exactMatch ?a . ?o skos:exactMatch ?b .
          FILTER (?sure >= {_LEAST}) OPTIONAL {{ ?d schema:url ?url }} }}"""
        for one, other, address, claim in reader.rows(query):
            a, b = (other, one) if is_turned else (one, other)
            yield a.removeprefix(_WD), prop, b.removeprefix(_WD), address, claim
    query = f"""SELECT DISTINCT ?a ?b ?url ?c WHERE {{
      ?t a arms:Tenure ; arms:holder ?p ; arms:office ?o .
      ?p skos:exactMatch ?a . ?o skos:exactMatch ?b .
      ?c rdf:subject ?t ; rdf:predicate arms:office ; arms:modality "asserted" ; arms:confidence ?sure ;
         prov:wasDerivedFrom/oa:hasSource ?d .
      FILTER (?sure >= {_LEAST}) OPTIONAL {{ ?d schema:url ?url }} }}"""
    for person, office, address, claim in reader.rows(query):
        yield person.removeprefix(_WD), "P39", office.removeprefix(_WD), address, claim
