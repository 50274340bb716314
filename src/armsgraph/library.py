"""armsgraph for Python programs: build a graph of texts, or read one; then walk its deals, or ask it in SPARQL."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from armsgraph.dossiers import Claim, Deal, DealReader, Document, Entity
from armsgraph.errors import GateError, InputError
from armsgraph.explain import Explanation, resolve_name
from armsgraph.explain import explain as explain_node
from armsgraph.linefile import LineFile
from armsgraph.store import OpenGraph, find_question, open_graph, run_query
from armsgraph.vocab import DEFAULT_BASE, PREFIXES

if TYPE_CHECKING:
    from armsgraph.building import BuildSummary
    from armsgraph.exporting import ExportOptions, ExportSummary

__all__ = ["Graph", "build", "build_texts", "read"]

_XSD = PREFIXES["xsd"]
_SHIPPED_MODEL = "default"


class Graph:
    """A graph of deals, to be read. Make one with `build`, `build_texts` or `read`.

    Deals come as frozen objects (`Deal`, with `Item`, `Stage`, `Delivery`, `Entity`, `Sum`); every `Fact` of them has
    its value, whether the graph holds it true, and the places that say so.

    Attributes:
        base: In front of local ids, where a name is looked up.
        summary: What the build read, made and left out; None for a graph that was read.
    """

    def __init__(self, opened: OpenGraph, *, base: str = DEFAULT_BASE, summary: BuildSummary | None = None) -> None:
        self._opened = opened
        self.base = base
        self.summary = summary
        self._reader = DealReader(opened)

    def __repr__(self) -> str:
        return f"<armsgraph.Graph of {self._opened.path}: {len(self._reader.deal_iris())} deals>"

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._opened.store)

    # -------------------------------------------------------------------------------------------- deals
    def deals(self) -> Iterator[Deal]:
        """Yield all deals, by document and number."""
        return self._reader.deals()

    def deal(self, name: str) -> Deal:
        """Return one deal by IRI, short form (`deal:x-1`), local id (`deal/x-1`) or label.

        Raises:
            InputError: There is no such node, or it is no deal.
        """
        iri = resolve_name(self._opened, name, base=self.base)
        if not self._reader.is_deal(iri):
            raise InputError(f"{name!r} is no deal", where=str(self._opened.path), hint="list them with graph.deals()")
        return self._reader.deal(iri)

    def entity(self, name: str) -> Entity:
        """Return a state, person, firm, force, body, weapon or place by IRI, short form, local id or name.

        Raises:
            InputError: There is no such node.
        """
        return self._reader.entity(resolve_name(self._opened, name, base=self.base))

    def entities(self, kind: str) -> Iterator[Entity]:
        """Yield the entities of a class (`State`, `Firm`, `Person`, `Weapon` ...), by IRI."""
        return self._reader.entities(kind)

    def documents(self) -> Iterator[Document]:
        """Yield the articles, by IRI."""
        return self._reader.documents()

    def claims(self) -> Iterator[Claim]:
        """Yield every claim, by article and place in its text."""
        return self._reader.claims()

    def explain(self, name: str) -> Explanation:
        """Return all that is said of a node, its parts and about it, and why.

        Raises:
            InputError: There is no such node.
        """
        return explain_node(self._opened, name, base=self.base)

    # -------------------------------------------------------------------------------------------- SPARQL
    def query(self, sparql: str) -> list[dict[str, Any]]:
        """Run a SPARQL 1.1 SELECT; the prefixes of our Turtle are known.

        Returns:
            The rows, each with the variables that are bound: whole numbers as int, decimals as Decimal, booleans as
            bool, everything else (IRIs, texts, dates) as str.

        Raises:
            InputError: The query is no SPARQL, no SELECT, nests too deeply, or asks another server.
        """
        answer = run_query(self._opened, sparql, base=self.base)
        if answer.solutions is None:
            raise InputError("the query is no SELECT", hint="use ask() for ASK, `armsgraph query` for others")
        return [
            {name: _python(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
            for row in answer.solutions
        ]

    def question(self, name: str) -> list[dict[str, Any]]:
        """Run one of the shipped questions (`armsgraph query --list` names them).

        Raises:
            InputError: There is none of that name.
        """
        return self.query(find_question(name).text)

    def ask(self, sparql: str) -> bool:
        """Run a SPARQL 1.1 ASK.

        Raises:
            InputError: The query is no ASK.
        """
        answer = run_query(self._opened, sparql, base=self.base)
        if answer.truth is None:
            raise InputError("the query is no ASK", hint="use query() for SELECT")
        return answer.truth

    # -------------------------------------------------------------------------------------------- out
    def save(self, path: str | Path) -> None:
        """Write the graph as a file, in the format of its extension (`deals.ttl`, `deals.nq.zst` ...).

        Raises:
            InputError: No such format, or it cannot be written there.
        """
        from armsgraph.graph import GraphBuilder, read_lines, write_file

        with GraphBuilder(base=self.base) as builder:
            builder.add_lines(read_lines(self._opened.quads()))
            write_file(builder.lines(), Path(path), base=self.base)

    def export(self, format: str, path: str | Path, *, options: ExportOptions | None = None) -> ExportSummary:
        """Write an export (`register`, `followthemoney`, `ocds`, `graphml`, `neo4j`, `claims`); see `docs/exports.md`.

        Raises:
            InputError: No such form or extension, or it cannot be written there.
        """
        from armsgraph.exporting import export_graph

        return export_graph(self._opened, format, output=Path(path), options=options)


def read(path: str | Path, *, base: str = DEFAULT_BASE) -> Graph:
    """Read a graph file of any format, compressed or not, or open the folder of a store.

    Raises:
        InputError: No such file, another extension, or a mistake in it.
        StoreError: The folder holds no store.
    """
    return Graph(open_graph(Path(path)), base=base)


def build(
    inputs: str | Path | Iterable[str | Path],
    *,
    base: str = DEFAULT_BASE,
    model: str | None = _SHIPPED_MODEL,
    data: Sequence[Path] = (),
    min_confidence: float | None = None,
    store_text: bool = True,
    allow_violations: bool = False,
) -> Graph:
    """Read articles and return the graph of what they say, checked against the shapes, as `armsgraph build` does.

    Inputs that cannot be read are passed over and stand in `graph.summary.skipped`.

    Args:
        inputs: Files (text, Markdown, HTML, PDF, JSONL) and folders.
        model: `default`, the name of another spaCy package, or None for patterns alone, which find no deals.
        data: Folders with lists of your own.
        min_confidence: Leave out what was read with less; the default is that of the command.
        store_text: Keep the texts in the graph, or their hashes alone.
        allow_violations: Return the graph even if it does not conform.

    Raises:
        InputError: Nothing could be read.
        GateError: The graph does not conform.
    """
    listed = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    return _build(
        [str(i) for i in listed], None, base, model, tuple(data), min_confidence, store_text, allow_violations
    )


def build_texts(
    texts: Iterable[str | Mapping[str, Any]],
    *,
    base: str = DEFAULT_BASE,
    model: str | None = _SHIPPED_MODEL,
    data: Sequence[Path] = (),
    min_confidence: float | None = None,
    store_text: bool = True,
    allow_violations: bool = False,
) -> Graph:
    """Return the graph of texts in memory, as `build` does of files.

    Args:
        texts: Each a text, or a record with `text` and, if known, `id`, `url`, `title`, `published`, `publisher`.
            Without an id they are called `text-1`, `text-2` ...
        model: As for `build`, like the other arguments.

    Raises:
        InputError: Nothing could be read.
        GateError: The graph does not conform.
    """
    records = [
        {"id": f"text-{number}", **({"text": text} if isinstance(text, str) else text)}
        for number, text in enumerate(texts, 1)
    ]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    stream = io.BytesIO(lines.encode("utf-8"))
    return _build(["-"], stream, base, model, tuple(data), min_confidence, store_text, allow_violations)


def _build(
    inputs: list[str],
    stdin: io.BytesIO | None,
    base: str,
    model: str | None,
    data: tuple[Path, ...],
    min_confidence: float | None,
    store_text: bool,
    allow_violations: bool,
) -> Graph:
    # the language model and the shapes take seconds to load; who only reads graphs does not wait for them
    from armsgraph.building import BuildOptions, build_graph
    from armsgraph.graph import GraphBuilder
    from armsgraph.parsing import DEFAULT_MODEL
    from armsgraph.sifting import DEFAULT_MIN_CONFIDENCE

    options = BuildOptions(
        base=base,
        store_text=store_text,
        model=DEFAULT_MODEL if model == _SHIPPED_MODEL else model,
        overlays=data,
        min_confidence=DEFAULT_MIN_CONFIDENCE if min_confidence is None else min_confidence,
    )
    with GraphBuilder(base=base, store_text=store_text) as builder:
        summary = build_graph(inputs, builder, options, stdin=stdin)
        if not summary.documents:
            reasons = "; ".join(map(str, summary.skipped[:3]))
            raise InputError("nothing was read" + (f": {reasons}" if reasons else ""), hint="give at least one article")
        if not summary.conforms and not allow_violations:
            result, words = summary.results[0]
            raise GateError(
                f"the graph does not conform: {summary.violations} violations, first: {result.message}",
                where=words,
                hint="mend what is named, or pass allow_violations=True",
            )
        store = ox.Store()
        store.bulk_load(LineFile(builder.lines()), format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
    return Graph(OpenGraph(store=store, path=Path("memory"), is_on_disk=False), base=base, summary=summary)


def _python(term: object) -> Any:
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.removeprefix(_XSD)
        if kind == "integer":
            return int(term.value)
        if kind == "decimal":
            return Decimal(term.value)
        if kind in {"double", "float"}:
            return float(term.value)
        return term.value == "true" if kind == "boolean" else term.value
    return term.value if isinstance(term, ox.NamedNode) else str(term)
