"""Describes a dump for catalogues and crawlers: DCAT 3 and VoID."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from armsgraph.graph.quads import SOFTWARE
from armsgraph.graph.sorting import LineSorter
from armsgraph.graph.terms import RDF_TYPE, iri, literal, name_iri, split_line, typed, web_iri
from armsgraph.graph.turtle import turtle_lines
from armsgraph.graph.writing import format_of, write_file
from armsgraph.version import __version__
from armsgraph.vocab import ARMS, DEFAULT_BASE
from armsgraph.wholefile import COMPRESSIONS, whole_file

__all__ = ["DumpCounts", "count_lines", "description_lines", "write_description"]

_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
_MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_FEATURES = {"ttl": "Turtle", "nt": "N-Triples", "nq": "N-Quads", "trig": "TriG", "jsonld": "JSON-LD", "rdf": "RDF_XML"}
_IANA = "https://www.iana.org/assignments/media-types/"
_SOURCE_FACTS = frozenset(
    map(name_iri, ("dcterms:identifier", "schema:headline", "schema:url", "schema:datePublished", "sha256"))
)
_READ = 1 << 20


@dataclass(slots=True, kw_only=True)
class DumpCounts:
    """What a graph holds.

    Attributes:
        triples: Different triples, whatever graphs they stand in; `quads` counts each graph.
        classes: Class -> number of instances; `properties` property -> number of triples.
        sources: Document -> what is known of it, as pairs of predicate and object.
        build: SHA-256 of the sorted N-Quads: the same for the same content, whatever the format.
    """

    triples: int = 0
    quads: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    sources: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    build: str = ""


def count_lines(lines: Iterable[str]) -> DumpCounts:
    """Count sorted N-Quads lines; memory grows with the documents alone."""
    counts = DumpCounts()
    digest = hashlib.sha256()
    document = name_iri("Document")
    for subject, group in groupby(lines, key=lambda line: line[: line.index(" ")]):
        counts.subjects += 1
        triples: set[tuple[str, str]] = set()
        for line in group:
            digest.update(line.encode("utf-8") + b"\n")
            counts.quads += 1
            _, predicate, value, _ = split_line(line)
            triples.add((predicate, value))
        counts.triples += len(triples)
        for predicate, value in triples:
            counts.properties[predicate] += 1
            if predicate == RDF_TYPE:
                counts.classes[value] += 1
        if (RDF_TYPE, document) in triples:
            counts.sources[subject] = sorted(pair for pair in triples if pair[0] in _SOURCE_FACTS)
    counts.build = digest.hexdigest()
    return counts


def description_lines(
    counts: DumpCounts,
    files: Sequence[Path],
    *,
    base: str = DEFAULT_BASE,
    licence: str | None = None,
    download_url: str | None = None,
    title: str = "Arms deals told by news articles",
) -> Iterator[str]:
    """Yield a description as N-Quads lines, in no order.

    There is no date in it: the same graph gives the same description. Files are named, counted in bytes and hashed as
    they lie there.

    Args:
        licence: IRI of the licence of the data, if there is one to tell.
        download_url: Address of the folder in which the files will be published.
    """
    dump = f"{base}dump/{counts.build[:16]}"
    this = iri(dump)

    def say(subject: str, predicate: str, value: str) -> str:
        return f"{subject} {_name(predicate)} {value} ."

    for kind in ("dcat:Dataset", "void:Dataset"):
        yield say(this, "rdf:type", _name(kind))
    yield say(this, "dcterms:title", literal(title))
    yield say(this, "dcterms:description", literal(_words(counts)))
    yield say(this, "dcterms:identifier", literal(f"sha256:{counts.build}"))
    if licence is not None:
        yield say(this, "dcterms:license", web_iri(licence) or literal(licence))
    yield say(this, "dcterms:conformsTo", iri(ARMS.removesuffix("#")))
    yield say(this, "prov:wasAttributedTo", iri(f"{SOFTWARE}-{__version__}"))
    yield say(this, "void:uriSpace", literal(base))
    yield say(this, "void:vocabulary", iri(ARMS))
    numbers = {
        "void:triples": counts.triples,
        "void:distinctSubjects": counts.subjects,
        "void:classes": len(counts.classes),
        "void:properties": len(counts.properties),
        "void:documents": len(counts.sources),
    }
    for name, number in numbers.items():
        yield say(this, name, typed(str(number), "integer"))
    partitions = (
        ("class", "void:classPartition", "void:class", "void:entities", counts.classes),
        ("property", "void:propertyPartition", "void:property", "void:triples", counts.properties),
    )
    for kind, has, names, number_of, found in partitions:
        for number, (value, count) in enumerate(sorted(found.items()), 1):
            part = iri(f"{dump}#{kind}-{number:03d}")
            yield say(this, has, part)
            yield say(part, names, value)
            yield say(part, number_of, typed(str(count), "integer"))
    for source, facts in counts.sources.items():
        yield say(this, "dcterms:source", source)
        yield from (f"{source} {predicate} {value} ." for predicate, value in facts)
    for kind in sorted({format_of(path) for path in files}):
        yield say(this, "void:feature", iri(f"http://www.w3.org/ns/formats/{_FEATURES[kind]}"))
    for number, path in enumerate(files, 1):
        file = iri(f"{dump}#file-{number:04d}")
        yield say(this, "dcat:distribution", file)
        yield from (say(subject, name, value) for subject, name, value in _file(file, path, download_url))
        if download_url is not None:
            yield say(this, "void:dataDump", web_iri(_address(download_url, path)) or literal(path.name))


def write_description(lines: Iterable[str], path: Path, *, base: str = DEFAULT_BASE) -> None:
    """Write a description in the format of the extension of the file.

    Raises:
        InputError: No such format, or the file cannot be written there.
    """
    if format_of(path) != "ttl":
        write_file(sorted(set(lines)), path, base=base)
        return
    with whole_file(path) as file, LineSorter() as sorter:
        for line in turtle_lines(lines, base=base, sorter=sorter, prefixes=_PREFIXES):
            file.write(f"{line}\n".encode())


def _file(file: str, path: Path, download_url: str | None) -> Iterator[tuple[str, str, str]]:
    size, sha256 = _measure(path)
    checksum = f"{file[:-1]}-sha256>"
    yield file, "rdf:type", _name("dcat:Distribution")
    yield file, "dcterms:title", literal(path.name)
    yield file, "dcat:mediaType", iri(_IANA + _MEDIA_TYPES[format_of(path)])
    if path.suffix.lower() in COMPRESSIONS:
        yield file, "dcat:compressFormat", iri(_IANA + COMPRESSIONS[path.suffix.lower()])
    yield file, "dcat:byteSize", typed(str(size), "nonNegativeInteger")
    yield file, "spdx:checksum", checksum
    if download_url is not None:
        yield file, "dcat:downloadURL", web_iri(_address(download_url, path)) or literal(path.name)
    yield checksum, "rdf:type", _name("spdx:Checksum")
    yield checksum, "spdx:algorithm", _name("spdx:checksumAlgorithm_sha256")
    yield checksum, "spdx:checksumValue", typed(sha256, "hexBinary")


def _address(folder: str, path: Path) -> str:
    return f"{folder.rstrip('/')}/{path.name}"


def _words(counts: DumpCounts) -> str:
    deals = counts.classes[name_iri("Deal")]
    claims = counts.classes[name_iri("Claim")]
    return (
        f"{deals:,} deals and {claims:,} claims read out of {len(counts.sources):,} documents; every fact cites the "
        "characters of the text that say it."
    )


def _measure(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while data := file.read(_READ):
            digest.update(data)
            size += len(data)
    return size, digest.hexdigest()


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{_PREFIXES[prefix]}{local}>" if prefix in _PREFIXES else name_iri(name)
