"""What people decided about links: `links.tsv`, read before every build and written by `armsgraph link --review`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from armsgraph.errors import DataError, InputError
from armsgraph.model import Evidence, Link, LinkDecision, Mention, Modality
from armsgraph.vocab import DEFAULT_BASE, ID_KINDS

__all__ = ["COLUMNS", "HUMAN_RULE", "LINKS_FILE", "Judgement", "Judgements", "read_judgements", "write_judgements"]

LINKS_FILE = "links.tsv"
HUMAN_RULE = "link.human"
COLUMNS = ("entity", "qid", "decision", "by", "date", "note")
_ITEM = re.compile(r"Q[1-9]\d*")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_DECISIONS = {"same": LinkDecision.SAME, "different": LinkDecision.DIFFERENT}
_KINDS = {prefix: kind for kind, prefix in ID_KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision of a person: `entity` is a local id (`firm/rafael-advanced-defense-systems`)."""

    entity: str
    qid: str
    decision: LinkDecision
    by: str
    date: str
    note: str = ""

    @property
    def reason(self) -> str:
        """Who decided and when, as a sentence."""
        return f"Decided by {self.by} on {self.date}" + (f": {self.note}." if self.note else ".").replace("..", ".")


@dataclass(frozen=True, slots=True)
class Judgements:
    """All decisions, by entity and item."""

    by_pair: Mapping[tuple[str, str], Judgement] = field(default_factory=dict)

    def of(self, entity: str) -> tuple[Judgement, ...]:
        """Return the decisions about an entity, by item."""
        return tuple(self.by_pair[key] for key in sorted(self.by_pair) if key[0] == entity)

    def lay_over(self, links: Iterable[Link], first: Mapping[str, Mention]) -> tuple[Link, ...]:
        """Put the decisions in the place of what a machine decided.

        "Same" makes the item the only link of its entity; "different" takes that item away from it.

        Args:
            links: What the machine says.
            first: A mention of each entity of the document; other entities are left alone.

        Returns:
            The links by entity and item.
        """
        kept = {(link.entity_id, link.qid): link for link in links}
        for entity in {e for e, _ in self.by_pair} & set(first):
            said = self.of(entity)
            if any(j.decision is LinkDecision.SAME for j in said):
                kept = {key: link for key, link in kept.items() if key[0] != entity}
            for judgement in said:
                evidence = Evidence(
                    span=first[entity].span, rule=HUMAN_RULE, confidence=1.0, modality=Modality.ASSERTED
                )
                kept[entity, judgement.qid] = Link(
                    entity_id=entity,
                    qid=judgement.qid,
                    decision=judgement.decision,
                    reason=judgement.reason,
                    evidence=evidence,
                )
        return tuple(kept[key] for key in sorted(kept))

    def with_judgement(self, judgement: Judgement) -> Judgements:
        """Return these with one more, which takes the place of what it contradicts."""
        kept = {
            key: j
            for key, j in self.by_pair.items()
            if not (
                j.entity == judgement.entity
                and j.decision is LinkDecision.SAME is judgement.decision
                and j.qid != judgement.qid
            )
        }
        return replace(self, by_pair=kept | {(judgement.entity, judgement.qid): judgement})


def read_judgements(paths: Sequence[Path], *, base: str = DEFAULT_BASE) -> Judgements:
    """Read files of decisions; a later file goes over an earlier one, within one file nothing may contradict.

    Args:
        paths: Tab-separated files with the columns `COLUMNS`; `note` may be left out.
        base: IRIs of entities may be written in full under this base.

    Raises:
        DataError: A row is wrong or contradicts another of its file, with `file:line`.
        InputError: There is no such file.
    """
    gathered = Judgements()
    for path in paths:
        lines: dict[tuple[str, str], str] = {}
        same: dict[str, str] = {}
        for judgement, where in _rows(Path(path), base):
            key = (judgement.entity, judgement.qid)
            if key in lines:
                raise DataError(
                    f"{judgement.entity} and {judgement.qid} are decided twice",
                    where=where,
                    hint=f"the other decision is {lines[key]}; keep one",
                )
            lines[key] = where
            if judgement.decision is LinkDecision.SAME:
                if judgement.entity in same:
                    raise DataError(
                        f"{judgement.entity} is said to be two items",
                        where=where,
                        hint=f"the other one is {same[judgement.entity]}; keep one",
                    )
                same[judgement.entity] = where
            gathered = gathered.with_judgement(judgement)
    return gathered


def write_judgements(judgements: Judgements, path: Path) -> None:
    """Write decisions as a file that `read_judgements` takes, sorted; the old file is replaced in one step.

    Raises:
        InputError: It cannot be written there.
    """
    rows = ["\t".join(COLUMNS)]
    for key in sorted(judgements.by_pair):
        j = judgements.by_pair[key]
        rows.append("\t".join((j.entity, j.qid, j.decision.value, j.by, j.date, " ".join(j.note.split()))))
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text("\n".join(rows) + "\n", "utf-8")
        new.replace(path)
    except OSError as error:
        raise InputError(f"cannot write: {error.strerror}", where=str(path), hint="check the folder") from error


def _rows(path: Path, base: str) -> Iterator[tuple[Judgement, str]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", where=str(path), hint="check the name") from error
    header: list[str] = []
    for number, raw in enumerate(content.split(b"\n"), 1):
        where = f"{path}:{number}"
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r")
        except UnicodeDecodeError as error:
            raise DataError("not UTF-8", where=where, hint="save the file as UTF-8") from error
        if not header:
            header = _check_header(line.split("\t"), where)
            continue
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) != len(header):
            raise DataError(
                f"{len(fields)} fields instead of {len(header)}", where=where, hint="fields are parted by one tab"
            )
        yield _judgement(dict(zip(header, (f.strip() for f in fields), strict=True)), where, base), where


def _check_header(header: list[str], where: str) -> list[str]:
    wrong = [c for c in header if c not in COLUMNS] or [c for c in COLUMNS[:-1] if c not in header]
    if wrong or len(set(header)) < len(header):
        raise DataError(
            f"the header has not the right columns ({', '.join(wrong) or 'one is there twice'})",
            where=where,
            hint=f"columns are {', '.join(COLUMNS)}, parted by tabs",
        )
    return header


def _judgement(row: Mapping[str, str], where: str, base: str) -> Judgement:
    entity = row["entity"].removeprefix(base)
    prefix, colon, local = entity.partition(":")
    if colon and prefix in _KINDS:
        entity = f"{_KINDS[prefix]}/{local}"
    kind, slash, local = entity.partition("/")
    if not slash or kind not in ID_KINDS or not local:
        raise DataError(
            f"{row['entity']!r} is no entity", where=where, hint="write its id or IRI, such as firm/saab or firm:saab"
        )
    if not _ITEM.fullmatch(row["qid"]):
        raise DataError(f"{row['qid']!r} is no Wikidata item", where=where, hint="write Q and digits")
    if row["decision"] not in _DECISIONS:
        raise DataError(f"unknown decision {row['decision']!r}", where=where, hint="write same or different")
    if not row["by"]:
        raise DataError("nobody is named as having decided", where=where, hint="write who decided into the column by")
    if not _DATE.fullmatch(row["date"]):
        raise DataError(f"date {row['date']!r} is no date", where=where, hint="write it as 2026-03-09")
    return Judgement(
        entity=entity,
        qid=row["qid"],
        decision=_DECISIONS[row["decision"]],
        by=row["by"],
        date=row["date"],
        note=row.get("note", ""),
    )
