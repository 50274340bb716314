"""Claims as JSON Lines and as Parquet: one row a claim, with its sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from armsgraph.dossiers import Claim
from armsgraph.errors import InputError

__all__ = ["claim_rows", "write_claims_jsonl", "write_claims_parquet"]

_ROWS_OF_A_GROUP = 10_000

# Field -> type in Parquet.
_FIELDS = {
    "claim": "string",
    "subject": "string",
    "subject_name": "string",
    "predicate": "string",
    "object": "string",
    "object_name": "string",
    "object_datatype": "string",
    "is_held": "bool",
    "rank": "string",
    "rank_reason": "string",
    "modality": "string",
    "speaker": "string",
    "as_written": "string",
    "quote": "string",
    "sentence": "string",
    "start": "int64",
    "end": "int64",
    "document": "string",
    "document_id": "string",
    "url": "string",
    "rule": "string",
    "confidence": "double",
    "conflicts_with": "list",
}


def claim_rows(claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
    """Yield claims as flat records, in their order; fields that are not known are None."""
    for claim in claims:
        said = claim.citation
        yield {
            "claim": claim.iri,
            "subject": claim.subject,
            "subject_name": claim.subject_name,
            "predicate": claim.predicate,
            "object": claim.object,
            "object_name": claim.object_name,
            "object_datatype": claim.datatype,
            "is_held": claim.is_held,
            "rank": said.rank or None,
            "rank_reason": said.reason,
            "modality": said.modality or None,
            "speaker": said.speaker,
            "as_written": said.as_written,
            "quote": said.sentence.quote,
            "sentence": said.sentence.text,
            "start": said.start,
            "end": said.end,
            "document": said.document,
            "document_id": said.document_name,
            "url": said.url,
            "rule": said.rule or None,
            "confidence": said.confidence,
            "conflicts_with": [rival.claim for rival in said.rivals],
        }


def write_claims_jsonl(claims: Iterable[Claim], file: IO[bytes]) -> int:
    """Write claims as JSON Lines; return their number."""
    count = 0
    for row in claim_rows(claims):
        file.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def write_claims_parquet(claims: Iterable[Claim], file: IO[bytes]) -> int:
    """Write claims as Parquet; return their number.

    Raises:
        InputError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(
            "Parquet needs pyarrow, which is not installed",
            hint="pip install 'armsgraph[parquet]', or write .jsonl",
        ) from error
    kinds = {
        "string": pa.string(),
        "bool": pa.bool_(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "list": pa.list_(pa.string()),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in _FIELDS.items()])
    count = 0
    rows = claim_rows(claims)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _ROWS_OF_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count
