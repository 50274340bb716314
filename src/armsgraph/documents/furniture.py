"""Marks page furniture: lines (or parts of lines) of a stored text that are no news.

Precision comes first: a line is furniture only if a rule matches all of it. What no rule knows stays news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from armsgraph.lexicon.furniture import FurnitureLexicon, FurnitureRule, Reach, Zone
from armsgraph.model import Furniture, Span

__all__ = ["mark_furniture"]

_HEAD_LINES = 8
_TAIL_LINES = 10
_PROSE_CHARS = 60
_TEASER_CHARS = 150
_BAR_WORDS = 4
_BAR_CHARS = 200
_WRAP_CHARS = (50, 100)
_BAR = re.compile(r"\s*[|·•»]\s*|\s{3,}")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][”\"’')\]]*$")
_MARKUP = " \t#>*_"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that is not blank, without the white space around it. `continues` a sentence of the line above."""

    start: int
    text: str
    continues: bool
    in_head: bool
    in_tail: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


def mark_furniture(
    text: str, lexicon: FurnitureLexicon, *, known: Iterable[Furniture] = (), has_markup: bool = False
) -> tuple[Furniture, ...]:
    """Find the parts of a text that are no news.

    Args:
        text: The stored text, line ends LF.
        lexicon: Its rules and outlets.
        known: Furniture that the reader of the format has found already (front matter); nothing else is marked there.
        has_markup: Markdown: look at lines without their signs for headings, quotes and emphasis.

    Returns:
        In text order, not overlapping. A part may be a whole line or some characters in one.
    """
    found = list(known)
    lines = [line for line in _split(text, has_markup) if not any(line.span.overlaps(f.span) for f in found)]
    has_prose = False
    ends_with: FurnitureRule | None = None
    block: FurnitureRule | None = None
    for line in lines:
        if block and (len(line.text) > _TEASER_CHARS or line.text.endswith(".")):
            block = None
        if rule := ends_with or block:
            found.append(Furniture(span=line.span, kind=rule.kind, rule=rule.id))
        elif rule := _rule_for(line, lexicon):
            found.append(Furniture(span=line.span, kind=rule.kind, rule=rule.id))
            ends_with = rule if rule.reach is Reach.REST and has_prose else None
            block = rule if rule.reach is Reach.BLOCK else None
        elif marks := _bar(line, lexicon) or _outlet_line(line, lexicon):
            found.extend(marks)
        else:
            found.extend(_parts(line, lexicon))
            has_prose = has_prose or len(line.text) >= _PROSE_CHARS
    return tuple(sorted(found, key=lambda f: f.span))


def _split(text: str, has_markup: bool) -> Sequence[_Line]:
    rows: list[tuple[int, str, bool]] = []
    above = ""
    start = 0
    wrapped = _is_wrapped(text)
    for raw in text.split("\n"):
        inner = raw.strip(_MARKUP if has_markup else None) or raw.strip()
        if inner:
            continues = wrapped and len(above) >= _WRAP_CHARS[0] and not _ENDS_SENTENCE.search(above)
            rows.append((start + raw.index(inner), inner, continues))
        above = raw.strip()
        start += len(raw) + 1
    last = len(rows) - 1
    return [
        _Line(start=at, text=inner, continues=goes_on, in_head=i < _HEAD_LINES, in_tail=last - i < _TAIL_LINES)
        for i, (at, inner, goes_on) in enumerate(rows)
    ]


def _is_wrapped(text: str) -> bool:
    """Tell whether paragraphs are broken into lines, so that a line may be the middle of a sentence."""
    low, high = _WRAP_CHARS
    lengths = [len(row) for row in text.split("\n")]
    filled = sum(1 for a, b in pairwise(lengths) if low <= a <= high and b)
    return filled >= 3 and max(lengths) <= high + low // 2


def _holds(rule: FurnitureRule, line: _Line) -> bool:
    if len(line.text) > rule.max_chars:
        return False
    match rule.zone:
        case Zone.HEAD:
            return line.in_head
        case Zone.TAIL:
            return line.in_tail
        case Zone.EDGE:
            return line.in_head or line.in_tail
        case Zone.ANY:
            return True


def _rule_for(line: _Line, lexicon: FurnitureLexicon) -> FurnitureRule | None:
    if line.continues:
        return None
    for rule in lexicon.rules:
        if rule.reach is not Reach.PART and _holds(rule, line) and rule.pattern.fullmatch(line.text):
            return rule
    return None


def _bar(line: _Line, lexicon: FurnitureLexicon) -> list[Furniture]:
    """Judge a line like "KUWAIT | 12 May 2019, 10:30 | Share": its furniture parts go, short labels stay text."""
    if line.continues or len(line.text) > _BAR_CHARS or not _BAR.search(line.text):
        return []
    found: list[Furniture] = []
    at = 0
    for gap in (*_BAR.finditer(line.text), None):
        part = line.text[at : gap.start() if gap else len(line.text)]
        rule = next((r for r in lexicon.rules if r.in_bars and _holds(r, line) and r.pattern.fullmatch(part)), None)
        if rule:
            span = Span(line.start + at, line.start + at + len(part))
            found.append(Furniture(span=span, kind=rule.kind, rule=f"{rule.id}.bar"))
        elif len(part.split()) > _BAR_WORDS or _ENDS_SENTENCE.search(part):
            return []
        at = gap.end() if gap else at
    return found


def _outlet_line(line: _Line, lexicon: FurnitureLexicon) -> list[Furniture]:
    """Judge a line that is nothing but an outlet's name, above or below the article."""
    if (line.in_head or line.in_tail) and not line.continues and lexicon.find_outlet(line.text.strip(" .-–—()[]")):
        return [Furniture(span=line.span, kind="outlet", rule="outlet-line")]
    return []


def _parts(line: _Line, lexicon: FurnitureLexicon) -> list[Furniture]:
    found: list[Furniture] = []
    for rule in lexicon.rules:
        if rule.reach is not Reach.PART or not _holds(rule, line):
            continue
        for match in rule.pattern.finditer(line.text):
            start, end = match.span("mark")
            span = Span(line.start + start, line.start + end) if start < end else None
            if span and not any(span.overlaps(f.span) for f in found):
                found.append(Furniture(span=span, kind=rule.kind, rule=rule.id))
    return found
