"""Sums of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlsplit

from armsgraph.lexicon.value_patterns import match_before
from armsgraph.lexicon.values import ValueLexicon
from armsgraph.model import Document, Money
from armsgraph.values.hedges import read_hedge, word_before
from armsgraph.values.numerals import Numeral, trim
from armsgraph.values.ranges import DASHES, joins_range, spread_scale
from armsgraph.values.taken import Taken

__all__ = ["find_money"]

_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?|[~≈=/<>]")
_LONGEST_RESTATEMENT = 48
_NOUN_GAP = re.compile(r"(?:\s[a-z-]{2,14}){1,3}\s\(")
_MONEY_YEARS = range(1900, 2101)
_MOST_HINTS = 200
_DOLLAR = "$"
_HOME_MENTIONS = 2
_UNREAD = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sum:
    """One figure with its currency signs, before the currency is decided."""

    start: int
    end: int
    numeral: Numeral
    value: Decimal
    multiplier: Decimal
    forms: tuple[str, ...]


class _Currencies:
    """Decides what a currency sign or name means in one text; counts the states named in it at most once."""

    def __init__(self, document: Document, lexicon: ValueLexicon) -> None:
        host = urlsplit(document.url).hostname if document.url else None
        parts = (host or "").split(".")
        ends = (".".join(parts[i:]) for i in range(len(parts)))
        self._dollar = next((lexicon.dollar_hosts[end] for end in ends if end in lexicon.dollar_hosts), None)
        self._text = document.text
        self._lexicon = lexicon
        self._seen: dict[str, int] = {}
        self._home: str | None = _UNREAD

    def decide(self, form: str) -> str | None:
        """Return the ISO 4217 code of a sign or name, or None when the text leaves it open."""
        lexicon = self._lexicon
        key = form if form in lexicon.currencies else re.sub(r"\s+", " ", form).lower()
        if key in lexicon.fixed_currencies:
            home = self._dollar or (self._home_dollar() if key == _DOLLAR else None)
            return home or lexicon.fixed_currencies[key]
        codes = lexicon.currencies[key]
        if len(codes) == 1 and key not in lexicon.weak_symbols:
            return codes[0]
        named = {code: count for code in codes if (count := self._count(code))}
        default = lexicon.default_currencies.get(key)
        if default and (default in named or not named):
            return default
        if not named:
            return None
        best = sorted(named, key=lambda code: (-named[code], code))
        # Two states with the same money word in one text: only a clear majority settles it.
        return best[0] if len(best) == 1 or named[best[0]] >= 2 * named[best[1]] else None

    def _home_dollar(self) -> str | None:
        """Return the dollar of the state that a text speaks of more than of any other, the US and the euro states too.

        Where its dollar is written out ("C$") and the US one is not, the bare sign is that of the US.
        """
        if self._home is _UNREAD:
            counts = {code: self._count(code) for code in self._lexicon.currency_hints}
            best = max(counts, key=lambda code: (counts[code], code), default="")
            others = max((n for code, n in counts.items() if code != best), default=0)
            is_home = best in self._lexicon.dollar_hosts.values() and counts[best] >= _HOME_MENTIONS
            is_american = self._is_written_out(best) and not self._is_written_out(
                self._lexicon.fixed_currencies[_DOLLAR]
            )
            self._home = best if is_home and counts[best] > others and not is_american else None
        return self._home

    def _is_written_out(self, code: str) -> bool:
        """Say whether a text writes a dollar with the letters of its state."""
        signs = (s for s, codes in self._lexicon.currencies.items() if codes == (code,) and s.endswith(_DOLLAR))
        return any(re.search(rf"(?<!\w){re.escape(sign)}", self._text) for sign in signs)

    def _count(self, code: str) -> int:
        if code not in self._seen:
            pattern = self._lexicon.currency_hints.get(code)
            found = pattern.finditer(self._text) if pattern else iter(())
            self._seen[code] = sum(1 for _ in zip(found, range(_MOST_HINTS), strict=False))
        return self._seen[code]


def find_money(
    document: Document, numerals: Sequence[Numeral], taken: Taken, lexicon: ValueLexicon
) -> tuple[Money, ...]:
    """Find the sums of money among the numerals.

    Returns:
        In text order, with ranges, hedges and restatements; their characters are marked in `taken`.
    """
    text = document.text
    currencies = _Currencies(document, lexicon)
    sums = [_read_sum(text, numeral, lexicon) for numeral in numerals]
    found: list[Money] = []
    for i, this in enumerate(sums):
        following = sums[i + 1] if i + 1 < len(sums) else None
        if following is None and this and i + 1 < len(sums):
            following = _second_end(text, this, numerals[i + 1])
        money = None
        if following:
            money = _read_range(text, this, following, numerals[i], taken, currencies, lexicon)
        if money is None and this and taken.is_free(this.start, this.end):
            money = _read_money(text, this, taken, currencies, lexicon)
        if money:
            found.append(money)
    return tuple(_mark_restatements(text, found, lexicon))


def _read_money(text: str, this: _Sum, taken: Taken, currencies: _Currencies, lexicon: ValueLexicon) -> Money | None:
    currency = _currency(text, this, currencies, lexicon)
    span = taken.claim(this.start, this.end) if currency else None
    if currency is None or span is None:
        return None
    hedge, hedge_span = read_hedge(text, this.start, this.end, lexicon, is_money=True)
    return Money(
        span=span,
        amount=this.value,
        currency=currency,
        hedge=hedge,
        hedge_span=hedge_span,
        as_written=text[this.start : this.end],
    )


def _second_end(text: str, this: _Sum, numeral: Numeral) -> _Sum | None:
    """Return a figure without a sign of its own as the possible end of a range: "$2-3 billion"."""
    if this.end > this.numeral.end and not this.numeral.money_scale:
        return None
    end, value, multiplier = numeral.end, numeral.value, numeral.multiplier
    if numeral.money_scale:
        end, value, multiplier = numeral.money_end, trim(value * numeral.money_scale), numeral.money_scale
    if text[end : end + 1].isalnum():
        return None
    return _Sum(start=numeral.start, end=end, numeral=numeral, value=value, multiplier=multiplier, forms=())


def _read_range(
    text: str,
    this: _Sum | None,
    following: _Sum,
    numeral: Numeral,
    taken: Taken,
    currencies: _Currencies,
    lexicon: ValueLexicon,
) -> Money | None:
    """Read "$2.1-$2.4 billion", "between $2 and $3 billion", "10-12 billion euros"."""
    if this is None:
        start, end, value, multiplier = numeral.start, numeral.end, numeral.value, numeral.multiplier
        if following.start < following.numeral.start or text[max(0, start - 1) : start].isalnum():
            return None
    else:
        start, end, value, multiplier = this.start, this.end, this.value, this.multiplier
    if not joins_range(text, start, end, following.start, lexicon) or not taken.is_free(start, following.end):
        return None
    ends = spread_scale(value, multiplier, following.value, following.multiplier)
    forms = following.forms if this is None else this.forms + following.forms
    if ends is None or (numeral.multiplier > 1 and numeral.multiplier > following.multiplier):
        return None
    both = replace(following, start=start, value=ends[0], multiplier=following.multiplier, forms=forms)
    currency = _currency(text, both, currencies, lexicon)
    span = taken.claim(start, following.end) if currency else None
    if currency is None or span is None:
        return None
    hedge, hedge_span = read_hedge(text, start, following.end, lexicon, is_money=True)
    return Money(
        span=span,
        amount=ends[0],
        upper=ends[1],
        currency=currency,
        hedge=hedge,
        hedge_span=hedge_span,
        as_written=text[start : following.end],
    )


def _read_sum(text: str, numeral: Numeral, lexicon: ValueLexicon) -> _Sum | None:
    """Put the currency signs before and behind a numeral to it."""
    before = match_before(lexicon.patterns["currency_before"], text, numeral.start)
    end, value, multiplier = numeral.end, numeral.value, numeral.multiplier
    if numeral.money_scale:
        behind = lexicon.patterns["currency_behind"].match(text, numeral.money_end)
        if before or behind:
            end, multiplier = numeral.money_end, numeral.money_scale
            value = trim(value * multiplier)
    else:
        behind = lexicon.patterns["currency_behind"].match(text, end)
    if not before and not behind:
        return None
    if not before and _is_glued(text, numeral):
        return None
    if before and numeral.is_word and before[2] == numeral.start and before[0][-1].isalnum():
        return None
    forms = ((before[0],) if before else ()) + ((behind["form"],) if behind else ())
    start = before[1] if before else numeral.start
    if behind:
        end = behind.end()
    if text[end : end + 1].isalnum():
        # An unknown scale or a designation: no figure is better than a wrong one.
        return None
    return _Sum(start=start, end=end, numeral=numeral, value=value, multiplier=multiplier, forms=forms)


def _is_glued(text: str, numeral: Numeral) -> bool:
    """Say whether letters stand before the figure, with or without a dash ("F-15K won")."""
    before = text[max(0, numeral.start - 2) : numeral.start]
    is_dashed = len(before) == 2 and before[1] in DASHES and before[0].isalpha() and not numeral.is_word
    return before[-1:].isalnum() or is_dashed


def _currency(text: str, this: _Sum, currencies: _Currencies, lexicon: ValueLexicon) -> str | None:
    """Decide the currency of a sum, or None when it is no money after all."""
    codes = {code for form in this.forms if _is_money(text, this, form, lexicon) and (code := currencies.decide(form))}
    return codes.pop() if len(codes) == 1 else None


def _is_money(text: str, this: _Sum, form: str, lexicon: ValueLexicon) -> bool:
    """Say whether the figure is large enough for this sign: "P2.83 billion", not "R 12" or "three won"."""
    is_scaled = this.multiplier >= 1000
    is_large = is_scaled or this.value >= 1000
    if form in lexicon.weak_symbols:
        return is_scaled or (this.numeral.grouping != "none")
    if form in lexicon.currencies and not form.isalpha():
        return True
    if form in lexicon.default_currencies and not form.islower():
        return True
    if form in lexicon.currencies and form.isupper():
        return is_large or form in lexicon.words["plain_currency_codes"]
    if form in lexicon.currencies and not form.islower():
        return is_large
    name = re.sub(r"\s+", " ", form).lower()
    last = name.split(" ")[-1]
    if last in lexicon.words["scaled_currency_names"]:
        return is_scaled and not text.startswith(" of ", this.end)
    if name in lexicon.words["plain_currency_names"] or " " in name:
        year = this.numeral.is_plain and int(this.value) in _MONEY_YEARS
        return not (year and word_before(text, this.start) == "in")
    return is_large


def _mark_restatements(text: str, found: Sequence[Money], lexicon: ValueLexicon) -> list[Money]:
    """Mark the sums that say the one before again: "Rs 17,000 crore ($2 billion)", "or about $2 billion"."""
    marked: list[Money] = []
    for money in found:
        before = marked[-1] if marked else None
        restates = before is not None and _restates(text, before, money, lexicon)
        marked.append(replace(money, restates=True) if restates else money)
    return marked


def _restates(text: str, before: Money, money: Money, lexicon: ValueLexicon) -> bool:
    gap = text[before.span.end : money.span.start]
    if noun := _NOUN_GAP.match(gap):
        # "The $21 million contract (Rs 180 crore)".
        gap = gap[noun.end() - 1 :] if text[money.span.end : money.span.end + 1] == ")" else gap
    if len(gap) > _LONGEST_RESTATEMENT or "\n\n" in gap:
        return False
    lead = gap.lstrip()[:1]
    words = [word.lower() for word in _WORD.findall(gap)]
    known = lexicon.words["restating_words"]
    if not all(word in known or word.rstrip(".") in known or word == "/" for word in words):
        return False
    if lead in ("(", "[") and not any(closing in gap for closing in ")]"):
        return money.currency != before.currency or money.amount == before.amount
    if money.currency == before.currency:
        return False
    if before.restates and lead in (",", ";", "/"):
        return "(" not in gap and ")" not in gap
    has_words = bool(words) and words[0] != "and"
    return has_words and (lead in (",", "/", "=", "-", "–", "—") or words[0] == "or") and "(" not in gap
