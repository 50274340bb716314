"""Time and memory of claims, quads, sorting, files and store, on articles made up here.

Run: python bench/graph_speed.py [DOCUMENTS]
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from armsgraph.claims import make_claims
from armsgraph.graph import GraphBuilder, document_lines, write_file
from armsgraph.model import (
    Deal,
    DealKind,
    Entity,
    EntitySet,
    EntityType,
    Extraction,
    LineItem,
    Mention,
    Span,
    Values,
)
from armsgraph.store import write_store
from armsgraph.vocab import DEFAULT_BASE
from sample_texts import Text, entity  # type: ignore[import-not-found]

_SENTENCE = "Freedonia signed deal {n} with Acme for {q} Hawk {n} radars; the minister spoke of {q} radars. "


def article(number: int) -> Extraction:
    """An article with 52 mentions and about 100 claims in 13 deals."""
    text = "".join(_SENTENCE.format(n=n, q=1000 + n * 7 + number % 100) for n in range(100, 113))
    t = Text(text, id=f"article {number}")
    state, firm = entity(EntityType.STATE, "Freedonia", state="FD"), entity(EntityType.FIRM, "Acme")
    weapons = {n: entity(EntityType.WEAPON, f"Hawk {n}", kind="radar") for n in range(100, 113)}
    mentions: list[Mention] = []
    deals = []
    for i, n in enumerate(weapons, 1):
        at = text.index(f"deal {n}")
        quantity = 1000 + n * 7 + number % 100

        def mention(phrase: str, what: Entity, at: int = at) -> Mention:
            start = text.index(phrase, max(0, at - 20))
            return Mention(
                span=Span(start, start + len(phrase)),
                type=what.type,
                text=phrase,
                rule="list.bench",
                confidence=1.0,
                entity_id=what.id,
            )

        mentions += [mention("Freedonia", state), mention("Acme", firm), mention(f"Hawk {n}", weapons[n])]
        mentions.append(mention("radars", weapons[n]))
        deals.append(
            Deal(
                id=f"deal/{t.key}-{i}",
                kind=DealKind.CONTRACT,
                label=f"Hawk {n} for Freedonia",
                evidence=t.evidence(f"deal {n}"),
                facts=(
                    t.fact("buyer", state.id, "Freedonia", nth=i),
                    t.fact("supplier", firm.id, "Acme", nth=i),
                    t.fact("status", "signed", "signed", nth=i),
                ),
                items=(
                    LineItem(
                        id=f"item/{t.key}-{i}-1",
                        facts=(
                            t.fact("weapon", weapons[n].id, f"Hawk {n}"),
                            t.fact("quantity", quantity, str(quantity)),
                        ),
                        evidence=t.evidence(f"Hawk {n}"),
                    ),
                ),
            )
        )
    named = (state, firm, *weapons.values())
    return Extraction(
        document=t.document,
        values=Values(),
        entities=EntitySet(entities=named, mentions=tuple(mentions)),
        deals=tuple(deals),
    )


def main(count: int) -> None:
    """Print the figures."""
    sample = [article(n) for n in range(40)]
    claims_s = quads_s = 0.0
    claim_count = line_count = mention_count = 0
    for extraction in sample:
        started = time.process_time()
        nodes, claims = make_claims(extraction)
        made = time.process_time()
        lines = list(
            document_lines(extraction.document, nodes, claims, extraction.entities.mentions, base=DEFAULT_BASE)
        )
        quads_s += time.process_time() - made
        claims_s += made - started
        claim_count += len(claims)
        line_count += len(set(lines))
        mention_count += len(extraction.entities.mentions)
    n = len(sample)
    print(f"a document: {mention_count / n:.0f} mentions, {claim_count / n:.0f} claims, {line_count / n:.0f} quads")
    print(f"claims {1000 * claims_s / n:.2f} ms, quads {1000 * quads_s / n:.2f} ms a document (CPU)")
    with tempfile.TemporaryDirectory() as folder, GraphBuilder() as builder:
        started = time.process_time()
        for number in range(count):
            extraction = article(number)
            nodes, claims = make_claims(extraction)
            builder.add_document(extraction.document, nodes, claims, extraction.entities.mentions)
        gathered = time.process_time()
        print(f"{count} documents gathered in {gathered - started:.1f} s CPU; peak {_peak():.0f} MiB")
        for name in ("graph.nq", "graph.ttl"):
            started = time.process_time()
            write_file(builder.lines(), Path(folder) / name)
            size = (Path(folder) / name).stat().st_size / 2**20
            print(f"{name}: {size:.0f} MiB in {time.process_time() - started:.1f} s CPU; peak {_peak():.0f} MiB")
        started = time.process_time()
        write_store(builder.lines(), Path(folder) / "store")
        print(f"store in {time.process_time() - started:.1f} s CPU; peak {_peak():.0f} MiB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
