"""Writes `ontology/weapon-kinds.ttl`, a SKOS scheme, from `src/armsgraph/data/weapon_kinds.tsv`.

Usage: `python tools/make_weapon_kinds.py [--check]`; with `--check` nothing is written, and exit code 1 says that the
file is not current.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from armsgraph.errors import DataError
from armsgraph.lexicon.tables import read_table, split_list
from armsgraph.vocab import WEAPON_KIND_SCHEME, concept_slug

__all__ = ["COLUMNS", "TARGET", "main", "render"]

COLUMNS = ("id", "label", "broader", "qid", "plural", "synonyms", "verified", "source")
TARGET = Path(__file__).resolve().parent.parent / "ontology" / "weapon-kinds.ttl"

_HEADER = f"""\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix kind: <{WEAPON_KIND_SCHEME}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# Made by tools/make_weapon_kinds.py from src/armsgraph/data/weapon_kinds.tsv: change the list, not this file.

<{WEAPON_KIND_SCHEME}> a skos:ConceptScheme ;
    dcterms:title "Kinds of weapons and military equipment"@en ;
    dcterms:description "A tree of kinds, from weapon and military equipment down to assault rifle or main battle \
tank, with the words that news use for them; only checked matches with Wikidata are given."@en ;
    dcterms:creator "The armsgraph authors" ;
    dcterms:license <https://www.apache.org/licenses/LICENSE-2.0> ;
    dcterms:created "2026-11-24"^^xsd:date ;
    dcterms:issued "2026-11-24"^^xsd:date ;
    dcterms:source <https://github.com/globalwordnet/english-wordnet>, <https://www.wikidata.org/> ;
    vann:preferredNamespacePrefix "kind" ;
    vann:preferredNamespaceUri "{WEAPON_KIND_SCHEME}" ;
    owl:versionInfo "0.1.0" ;
    skos:hasTopConcept """


def render(rows: Iterable[tuple[Mapping[str, str], str]]) -> str:
    """Return the scheme as Turtle, concepts sorted by IRI.

    Args:
        rows: Rows of the list by column name, each with its `file:line` for messages.

    Raises:
        DataError: An id or a slug occurs twice, `broader` names no row, or the tree has a cycle.
    """
    kinds: dict[str, Mapping[str, str]] = {}
    places: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for row, where in rows:
        slug = concept_slug(row["label"])
        if row["id"] in kinds or slug in slugs.values():
            raise DataError(f"{row['id']} or its label occurs twice", where=where, hint="give each kind its own label")
        kinds[row["id"]], places[row["id"]], slugs[row["id"]] = row, where, slug
    narrower: dict[str, list[str]] = {id_: [] for id_ in kinds}
    for id_, row in kinds.items():
        _check_path(id_, kinds, places)
        if row["broader"]:
            narrower[row["broader"]].append(slugs[id_])
    tops = sorted(slugs[id_] for id_, row in kinds.items() if not row["broader"])
    parts = [_HEADER, ", ".join(f"kind:{slug}" for slug in tops), " .\n"]
    for id_ in sorted(kinds, key=slugs.__getitem__):
        parts.append(_block(kinds[id_], slugs, sorted(narrower[id_])))
    return "".join(parts)


def _check_path(id_: str, kinds: Mapping[str, Mapping[str, str]], places: Mapping[str, str]) -> None:
    seen = {id_}
    while broader := kinds[id_]["broader"]:
        if broader not in kinds:
            raise DataError(f"no kind is called {broader}", where=places[id_], hint="name the id of a row, or nothing")
        if broader in seen:
            raise DataError(f"{broader} is wider than itself", where=places[id_], hint="break the cycle")
        seen.add(broader)
        id_ = broader


def _block(row: Mapping[str, str], slugs: Mapping[str, str], narrower: list[str]) -> str:
    lines = [f"kind:{slugs[row['id']]} a skos:Concept", f"skos:inScheme <{WEAPON_KIND_SCHEME}>"]
    if row["broader"]:
        lines.append(f"skos:broader kind:{slugs[row['broader']]}")
    else:
        lines.append(f"skos:topConceptOf <{WEAPON_KIND_SCHEME}>")
    if narrower:
        lines.append("skos:narrower " + ", ".join(f"kind:{slug}" for slug in narrower))
    lines.append(f"skos:prefLabel {_text(row['label'])}")
    # SKOS forbids an alternative label that is the preferred one.
    others = sorted({row["plural"], *split_list(row["synonyms"])} - {row["label"], ""})
    if others:
        lines.append("skos:altLabel " + ", ".join(_text(other) for other in others))
    if row["qid"] and row["verified"] == "yes":
        lines.append(f"skos:exactMatch wd:{row['qid']}")
    return "\n" + " ;\n    ".join(lines) + " .\n"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"@en'


def main(arguments: list[str]) -> int:
    """Write the file, or with `--check` compare it; return the exit code."""
    text = render(read_table("weapon_kinds.tsv", COLUMNS))
    if "--check" in arguments:
        return 0 if TARGET.is_file() and TARGET.read_text("utf-8") == text else 1
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
