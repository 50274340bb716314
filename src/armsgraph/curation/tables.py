"""Links and what has none, as files that curators work with: SSSOM mappings and a CSV of what is not linked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from armsgraph.curation.listed import describe_record, records_by_item
from armsgraph.curation.reading import GraphReader, LinkedEntity
from armsgraph.lexicon.gazetteer import Gazetteer
from armsgraph.version import __version__
from armsgraph.vocab import DEFAULT_BASE, ID_KINDS, PREFIXES

__all__ = ["SSSOM_COLUMNS", "UNLINKED_COLUMNS", "sssom_lines", "unlinked_csv"]

SSSOM_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "mapping_tool",
    "mapping_tool_version",
    "comment",
)
UNLINKED_COLUMNS = (
    "deals",
    "documents",
    "type",
    "label",
    "other_names",
    "entity",
    "candidate",
    "candidate_is",
    "reason",
    "sentence",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sssom_lines(
    reader: GraphReader, gazetteer: Gazetteer, *, base: str = DEFAULT_BASE, date: str, license: str
) -> Iterator[str]:
    """Yield an SSSOM mapping set as TSV lines: the metadata as comments in YAML, then a row for each link.

    Source: A Simple Standard for Sharing Ontological Mappings, SSSOM/TSV.
    """
    labels = {e.iri: e.label for e in reader.entities()}
    for office, label in reader.rows("SELECT ?o ?l WHERE { ?o a arms:Office ; rdfs:label ?l } ORDER BY ?o ?l"):
        labels.setdefault(office, label)
    known = records_by_item(gazetteer)
    prefixes = {prefix: f"{base}{kind}/" for kind, prefix in ID_KINDS.items()}
    links = list(reader.links())
    used = {_curie(k.subject, prefixes).partition(":")[0] for k in links} & prefixes.keys()
    yield f"#mapping_set_id: {base}mappings/wikidata"
    yield "#mapping_set_title: Links of the graph to Wikidata"
    yield f"#license: {license}"
    yield f'#mapping_date: "{date}"'
    yield f'#mapping_set_version: "{date}"'
    yield f"#subject_source: {base}"
    yield "#object_source: http://www.wikidata.org/entity/Q2013"
    yield "#curie_map:"
    for prefix in sorted(used):
        yield f"#  {prefix}: {prefixes[prefix]}"
    yield f"#  semapv: {_SEMAPV}"
    yield f"#  skos: {PREFIXES['skos']}"
    yield f"#  wd: {PREFIXES['wd']}"
    yield "\t".join(SSSOM_COLUMNS)
    for link in links:
        record = known.get(link.qid)
        row = (
            _curie(link.subject, prefixes),
            labels.get(link.subject, ""),
            f"skos:{link.match}",
            f"wd:{link.qid}",
            record.name if record is not None else "",
            "semapv:ManualMappingCuration" if link.is_human else "semapv:CompositeMatching",
            f"{link.confidence:g}",
            "" if link.is_human else "armsgraph",
            "" if link.is_human else __version__,
            link.reason,
        )
        yield "\t".join(_one_line(field) for field in row)


_SEMAPV = "https://w3id.org/semapv/vocab/"


def _curie(iri: str, prefixes: dict[str, str]) -> str:
    """Return the short form of an IRI, the IRI itself where it has none."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _one_line(text: str) -> str:
    """Return a field that neither ends its line nor its column, nor opens a quotation."""
    text = " ".join(text.split())
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if '"' in text else text


def unlinked_csv(reader: GraphReader, entities: Iterable[LinkedEntity], gazetteer: Gazetteer) -> str:
    """Return a CSV of the entities without a sure link, those in most deals first, each with its candidate if any."""
    known = records_by_item(gazetteer)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(UNLINKED_COLUMNS)
    for entity in entities:
        if entity.exact is not None:
            continue
        places = reader.places(entity.iri)
        near = max(entity.links, key=lambda k: k.confidence, default=None)
        record = known.get(near.qid) if near is not None else None
        row: Sequence[str] = (
            str(entity.deals),
            str(len(entity.documents)),
            entity.type.value,
            entity.label,
            "|".join(entity.names),
            entity.iri,
            f"{near.match} {near.qid}" if near is not None else "",
            describe_record(record, gazetteer) if record is not None else "",
            near.reason if near is not None else "",
            reader.sentence(places[0]) if places else "",
        )
        writer.writerow(_harmless(field) for field in row)
    return out.getvalue()


def _harmless(field: str) -> str:
    """Keep a spreadsheet from taking the words of a text for a formula."""
    return f"'{field}" if field.startswith(_FORMULA) else field
