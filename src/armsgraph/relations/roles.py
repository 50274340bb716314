"""What a name does in its sentence: subject, object, or something else."""

from __future__ import annotations

from armsgraph.model import Mention, Parse

__all__ = ["Roles"]

# From a part of a noun phrase to its head: "24 M-346FA jets", "A and B".
_PARTS = frozenset({"compound", "nmod", "amod", "nummod", "conj", "flat"})
_HOPS = 6


class Roles:
    """One parse, asked for the grammatical role of mentions."""

    def __init__(self, parse: Parse) -> None:
        self._tokens = parse.tokens
        self._at_end = {token.span.end: token.i for token in parse.tokens}

    def of(self, mention: Mention) -> str | None:
        """Return the dependency label of the noun phrase that a mention stands in, None without a parse."""
        at = self._at_end.get(mention.span.end)
        if at is None:
            return None
        token = self._tokens[at]
        for _ in range(_HOPS):
            # "delivery of 24 jets": the jets are what is delivered.
            is_content = token.dep == "pobj" and self._tokens[token.head].text.lower() == "of"
            if token.dep not in _PARTS and not is_content:
                break
            token = self._tokens[token.head]
            if is_content:
                token = self._tokens[token.head]
        return token.dep
