"""The parser on a spaCy pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from armsgraph.model import Document, Parse, Sentence, Span, Token, Values
from armsgraph.parsing.shadow import Chunk, make_chunks

__all__ = ["ModelParser"]

_CHUNKS_A_BATCH = 256
_CHARACTERS_A_BATCH = 120_000
_BATCH_SIZE = 64
_LARGEST_CACHE = 100_000
# Without "ner": it costs two fifths of the time, and the lists and patterns alone name fewer things that are not there.
_NEEDED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer")
_BORDERS = "armsgraph_borders"


class ModelParser:
    """Tags and trees by a spaCy pipeline, read through the shadow text."""

    def __init__(self, nlp: Language, abbreviations: Mapping[str, bool]) -> None:
        """Take over a pipeline.

        Args:
            abbreviations: Words with a full stop that ends no sentence; true for those that may end one if a
                capital follows ("Ltd.").
        """
        for name in [n for n in nlp.pipe_names if n not in _NEEDED]:
            nlp.disable_pipe(name)
        tokenizer: Any = nlp.tokenizer
        for word in abbreviations:
            tokenizer.add_special_case(word, [{"ORTH": word}])
        if "parser" in nlp.pipe_names:
            nlp.add_pipe(_BORDERS, before="parser", config={"abbreviations": dict(abbreviations)})
        self._nlp = nlp
        self._name = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"

    @property
    def model(self) -> str | None:
        """Name and version of the model."""
        return self._name

    def parse(self, document: Document, values: Values) -> Parse:
        """Parse one document."""
        return next(self.parse_many([(document, values)]))

    def parse_many(self, pairs: Iterable[tuple[Document, Values]]) -> Iterator[Parse]:
        """Parse documents in batches, in their order; words seen are forgotten after each batch."""
        batch: list[tuple[Document, list[Chunk]]] = []
        chunks = characters = 0
        for document, values in pairs:
            made = list(make_chunks(document, values))
            batch.append((document, made))
            chunks += len(made)
            characters += len(document.text)
            if chunks >= _CHUNKS_A_BATCH or characters >= _CHARACTERS_A_BATCH:
                yield from self._parse_batch(batch)
                batch, chunks, characters = [], 0, 0
        yield from self._parse_batch(batch)

    def _parse_batch(self, batch: list[tuple[Document, list[Chunk]]]) -> list[Parse]:
        parses = []
        # Everything is copied out before the zone closes: a Doc must not outlive the strings of its zone.
        with self._nlp.memory_zone():
            docs = self._nlp.pipe((c.text for _, chunks in batch for c in chunks), batch_size=_BATCH_SIZE)
            for document, chunks in batch:
                reader = _Reader(document)
                for chunk in chunks:
                    reader.read(next(docs), chunk)
                parses.append(
                    Parse(
                        tokens=tuple(reader.tokens),
                        sentences=tuple(reader.sentences),
                        model=self._name,
                    )
                )
        lemmatizer: Any = self._nlp.get_pipe("lemmatizer") if "lemmatizer" in self._nlp.pipe_names else None
        if lemmatizer is not None and len(lemmatizer.cache) > _LARGEST_CACHE:
            lemmatizer.cache.clear()
        return parses


class _Reader:
    """Gathers the tokens and sentences of one document from its parsed chunks."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []

    def read(self, doc: Doc, chunk: Chunk) -> None:
        """Add a chunk: tokens that fall into one stretch of the original become one, calibres get a token back."""
        base = len(self.tokens)
        places: list[tuple[int, int, int]] = []
        index: list[int] = []
        for token in doc:
            start, end = chunk.original(token.idx, token.idx + len(token.text))
            if token.is_space or (places and start < places[-1][1]):
                index.append(max(len(places) - 1, 0))
                continue
            index.append(len(places))
            places.append((start, end, token.i))
        if not places:
            return
        holes = [h for h in chunk.holes if h.start not in {p[0] for p in places}]
        # order of all tokens: spaCy's own, and one for each calibre left out
        order = sorted([(s, e, i) for s, e, i in places] + [(h.start, h.end, -1) for h in holes])
        new_index = {i: base + n for n, (_, _, i) in enumerate(order) if i >= 0}
        old = [places[k][2] for k in index]
        rows: list[tuple[Any, int]] = []
        for n, (_, _, i) in enumerate(order):
            if i >= 0:
                token = doc[i]
                rows.append((token, new_index[old[token.head.i]]))
                continue
            following = next((order[k][2] for k in range(n + 1, len(order)) if order[k][2] >= 0), None)
            rows.append((None, base + n if following is None else self._host(doc, following, old, new_index)))
        self._add(doc, chunk, base, order, rows)

    def _host(self, doc: Doc, following: int, old: list[int], new_index: dict[int, int]) -> int:
        """The noun that a calibre describes: the head of the compound that follows it."""
        token = doc[following]
        while token.dep_ in ("compound", "amod", "nummod", "nmod") and token.head.i > token.i:
            token = token.head
        return new_index[old[token.i]]

    def _add(
        self,
        doc: Doc,
        chunk: Chunk,
        base: int,
        order: list[tuple[int, int, int]],
        rows: list[tuple[Any, int]],
    ) -> None:
        first = base
        for n, ((start, end, _), (token, head)) in enumerate(zip(order, rows, strict=True)):
            i = base + n
            if token is not None and token.is_sent_start and i > first:
                self._close(first, i, chunk.paragraph)
                first = i
            text = self.text[start:end]
            self.tokens.append(
                Token(
                    i=i,
                    span=Span(start, end),
                    text=text,
                    lemma=text.lower() if token is None else _lemma(token, text),
                    pos="NOUN" if token is None else token.pos_,
                    tag="NN" if token is None else token.tag_,
                    dep="compound" if token is None else token.dep_,
                    head=head,
                    sentence=len(self.sentences),
                )
            )
        self._close(first, len(self.tokens), chunk.paragraph)

    def _close(self, first: int, last: int, paragraph: int) -> None:
        span = Span(self.tokens[first].span.start, self.tokens[last - 1].span.end)
        self.sentences.append(Sentence(i=len(self.sentences), span=span, first=first, last=last, paragraph=paragraph))


def _lemma(token: Any, text: str) -> str:
    # what the shadow replaced has no lemma of its own
    return token.lemma_ if token.text.lower() == text.lower() else text.lower()


@Language.factory(_BORDERS, default_config={"abbreviations": {}})
def _make_borders(nlp: Language, name: str, abbreviations: dict[str, bool]) -> Callable[[Doc], Doc]:
    """Make the component that keeps the parser from starting a sentence behind an abbreviation."""

    def forbid(doc: Doc) -> Doc:
        for token in doc[:-1]:
            may_end = abbreviations.get(token.text)
            if may_end is False or (may_end and not doc[token.i + 1].text[:1].isupper()):
                doc[token.i + 1].is_sent_start = False
        return doc

    return forbid
