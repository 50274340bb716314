"""What "it", "both" or "the guns" stand for: only where the text leaves one choice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import Deal, EntityType, Mention, MentionForm, Parse
from armsgraph.relations.roles import Roles
from armsgraph.relations.traded import Traded

__all__ = ["Focus"]

_CLAUSE_END = re.compile(r"[.,;:!?\n]")
_REACH = 3
_FAR_REACH = 5
_NOUN_REACH = 6
_NOUN_WINDOW = 24
_TRADED_REACH = 6
_HOME_REACH = 5
_NEW = "new"
_SINGLE_THINGS = frozenset({"pattern.ship", "pattern.ship-name"})
# A helicopter is an aircraft, but no jet.
_FLYERS = frozenset({"aircraft", "machine", "airframe", "platform"})
_FLOWN = frozenset({"helicopter", "drone"})
_AERIAL = "aerial"
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "obj"})


class Focus:
    """The mentions of one document in order, asked for what was spoken of last."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        parse: Parse,
        kinds: Mapping[str, str | None],
        lexicon: RelationLexicon,
        deals: Sequence[Deal] = (),
        states: Mapping[str, str | None] = MappingProxyType({}),
    ) -> None:
        self._states = states
        self._traded = Traded(deals, mentions)
        self._text = text
        self._mentions = mentions
        self._offsets = [m.span.start for m in mentions]
        self._roles = Roles(parse)
        self._sentences = parse.sentences
        self._starts = [s.span.start for s in parse.sentences]
        self._kinds = kinds
        self._lexicon = lexicon

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that holds a character, -1 for none."""
        i = bisect_left(self._starts, offset + 1) - 1
        return i if i >= 0 and offset < self._sentences[i].span.end else -1

    def resolve(
        self,
        words: str,
        types: frozenset[EntityType],
        offset: int,
        *,
        without: Sequence[Mention] = (),
        is_traded: bool = False,
    ) -> tuple[Mention, ...]:
        """Return what a pronoun or definite noun stands for, nothing where more than one thing is possible.

        Args:
            words: "it", "they", "both", "the guns", "the company".
            types: Kinds of entity it may stand for.
            offset: Where it stands in the document.
            without: Mentions of what it cannot stand for ("the C7 based on it": not the C7).
            is_traded: Where nothing else is found, it is what was bought last.
        """
        barred = frozenset(m.entity_id for m in without)
        lowered = words.lower()
        for kind in sorted(types):
            noun = self._class_noun(lowered) if kind is EntityType.WEAPON else None
            if noun is None and lowered not in self._lexicon.anaphors.get(kind, frozenset()):
                continue
            chosen = self._choose(lowered, kind, offset, noun, barred)
            if is_traded and kind is EntityType.WEAPON and (not chosen or _NEW in lowered.split()):
                chosen = self._bought(lowered, offset, noun, barred) or chosen
            if chosen:
                return chosen
        return ()

    def _bought(self, words: str, offset: int, noun: str | None, barred: frozenset[str | None]) -> tuple[Mention, ...]:
        """Return what the last deal told before is about: "They take over from" the old ones."""
        here = self.sentence_at(offset)
        start = self._starts[max(0, here - _TRADED_REACH)] if here >= 0 else offset
        seen = self._traded.before(offset, start, barred)
        if noun is not None:
            seen = tuple(m for m in seen if self._suits(m, noun, is_known=False))
        if words in self._lexicon.words["singular"]:
            return seen if len(seen) == 1 else ()
        return tuple(m for m in seen if m.rule not in _SINGLE_THINGS)  # "they" are no ship of its own name

    def imply(
        self,
        types: frozenset[EntityType],
        offset: int,
        noun: str | None,
        *,
        without: Sequence[Mention] = (),
        is_home: bool = False,
        is_traded: bool = False,
    ) -> tuple[Mention, ...]:
        """Return the one entity of its kind that words without a name imply ("Manufacturer:", "the plant").

        Args:
            types: Kinds of entity it may be.
            offset: Where the words stand in the document.
            noun: Class noun that must suit a weapon, if the words tell ("laid the keel": ship).
            without: Mentions of what it cannot be.
            is_home: It is at home where the first of these lies ("the Haifa firm").
            is_traded: It is what was named just before, else what was bought last.
        """
        barred = frozenset(m.entity_id for m in without)
        home = self._states.get(str(without[0].entity_id)) if is_home and without else None
        for kind in sorted(types):
            if is_traded:
                return self._near_or_bought(kind, offset, barred)
            found = self._choose("", kind, offset, noun, barred)
            if is_home and kind is EntityType.FIRM:
                found = self._at_home(found, home, offset)
            if found:
                return found
        return ()

    def _near_or_bought(self, kind: EntityType, offset: int, barred: frozenset[str | None]) -> tuple[Mention, ...]:
        here = self.sentence_at(offset)
        near = self._distinct(self._starts[max(0, here - 1)], offset, kind, barred) or self._bought(
            "", offset, None, barred
        )
        return near if len(near) == 1 else ()

    def _at_home(self, found: tuple[Mention, ...], home: str | None, offset: int) -> tuple[Mention, ...]:
        """Return the firm found if it may be of this state, else the only one of it that was named near, or at all."""
        if home is None:
            return found
        if found and self._states.get(str(found[0].entity_id)) in (home, None):
            return found
        start = self._starts[max(0, self.sentence_at(offset) - _HOME_REACH)]
        for low, high in ((start, offset), (0, len(self._text))):
            named = self._distinct(low, high, EntityType.FIRM, frozenset())
            own = tuple(m for m in named if self._states.get(str(m.entity_id)) == home)
            if own:
                return own if len(own) == 1 else ()
        return ()

    def _class_noun(self, words: str) -> str | None:
        """Return the singular of the noun in "the guns" or "the class", None for other words."""
        article, _, rest = words.partition(" ")
        noun = rest.rpartition(" ")[2]
        if article not in self._lexicon.words["definite"]:
            return None
        known = self._lexicon.families.keys() | self._lexicon.words["strict_noun"]
        return next((n for n in (noun, noun.removesuffix("s"), noun.removesuffix("es")) if n in known), None)

    def _choose(
        self, words: str, kind: EntityType, offset: int, noun: str | None, barred: frozenset[str | None]
    ) -> tuple[Mention, ...]:
        here = self.sentence_at(offset)
        if here < 0:
            return ()
        wanted = 2 if words in self._lexicon.words["dual"] else 1
        reach = _REACH if noun is None else _NOUN_REACH
        if kind not in (EntityType.WEAPON, EntityType.PERSON) and wanted == 1:
            # A text names many firms; "the company" is sure only if all the sentences around name one.
            seen = self._distinct(self._starts[max(0, here - reach + 1)], offset, kind, barred)
            return seen if len(seen) == wanted else ()
        # What only implies a ship must not pick something of unknown kind; "the ships" are no ship of its own name.
        is_known = noun is not None and not words.endswith(noun)
        far = max(reach, _FAR_REACH) if kind is EntityType.WEAPON else reach
        for back in range(min(far, here + 1)):
            i = here - back
            seen = self._distinct(self._starts[i], offset if back == 0 else self._sentences[i].span.end, kind, barred)
            if noun is not None:
                named = tuple(m for m in seen if self._is_called(m, noun))
                suited = tuple(m for m in seen if self._suits(m, noun, is_known=is_known))
                seen = named if len(named) == wanted else suited
            if back >= reach and (self._is_new_paragraph(i, here) or self._is_other_named(i + 1, offset)):
                break
            if back and seen and words in self._lexicon.words["pronoun"] and self._is_other_named(here, offset):
                return ()
            if seen:
                if len(seen) == wanted or (len(seen) == 1 and kind is EntityType.WEAPON):
                    return seen
                if words and wanted == 1 and len(chief := self._chief(seen)) == 1:
                    return chief
                break
        # Far back only where the whole text so far leaves no choice; "it" of another firm would be a guess.
        seen = self._distinct(0, offset, kind, barred) if kind is EntityType.WEAPON or wanted == 2 else ()
        seen = seen if noun is None else tuple(m for m in seen if self._suits(m, noun, is_known=is_known))
        return seen if len(seen) == wanted else ()

    def _chief(self, seen: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return those of a sentence that it speaks of: its subject, else its object."""
        for roles in (_SUBJECTS, _OBJECTS):
            if found := tuple(m for m in seen if self._roles.of(m) in roles):
                return found
        return ()

    def _is_other_named(self, sentence: int, offset: int) -> bool:
        """Say whether a thing without a name stands nearer: "22 helicopters, HAL to build them"."""
        before = self._unnamed(self._starts[sentence], offset).lower()
        families = self._lexicon.families
        words = re.findall(r"[\w-]+", before)
        return any(families.get(form) for w in words for form in (w, w.removesuffix("s"), w.removesuffix("es")))

    def _unnamed(self, start: int, end: int) -> str:
        """Return a stretch of text without its names ("Airbus Helicopters" is no helicopter)."""
        pieces: list[str] = []
        for mention in self._mentions[bisect_left(self._offsets, start) :]:
            if mention.span.start >= end:
                break
            pieces.append(self._text[start : mention.span.start])
            start = mention.span.end
        return " ".join((*pieces, self._text[start:end]))

    def _is_new_paragraph(self, first: int, last: int) -> bool:
        return self._sentences[first].paragraph != self._sentences[last].paragraph

    def _is_called(self, mention: Mention, noun: str) -> bool:
        """Say whether the noun stands behind the name ("Dornier 228 aircraft")."""
        behind = self._text[mention.span.end : mention.span.end + _NOUN_WINDOW]
        words = f"{mention.text} {_CLAUSE_END.split(behind)[0]}".lower()
        # "Talwar-class" is a class, "anti-ship missile" no ship.
        parts = re.findall(r"\w+" if noun in self._lexicon.words["strict_noun"] else r"[\w-]+", words)
        return any(noun in (w, w.removesuffix("s"), w.removesuffix("es")) for w in parts)

    def _suits(self, mention: Mention, noun: str, *, is_known: bool) -> bool:
        """Say whether the noun may speak of it: a frigate is no plane.

        Args:
            mention: A weapon.
            noun: Class noun, in the singular.
            is_known: Only if its kind is known; else a thing of unknown kind may be anything but a class.
        """
        kind = self._kinds.get(str(mention.entity_id))
        if noun in self._lexicon.words["strict_noun"]:
            return noun in (kind or "").split() or self._is_called(mention, noun)
        if noun in (kind or "").split():
            return True
        family = self._lexicon.families.get(noun)
        if not kind or not family:
            return not is_known
        families = {self._lexicon.families.get(word) for word in kind.split()}
        is_flown = bool(families & _FLOWN) or _AERIAL in kind
        return family in families or (noun in _FLYERS and is_flown)

    def _distinct(self, start: int, end: int, kind: EntityType, barred: frozenset[str | None]) -> tuple[Mention, ...]:
        found: dict[str, Mention] = {}
        for k in range(bisect_left(self._offsets, start), len(self._mentions)):
            mention = self._mentions[k]
            if mention.span.start >= end:
                break
            is_name = mention.form is MentionForm.NAME and mention.entity_id
            if mention.type is kind and is_name and mention.entity_id not in barred:
                found.setdefault(str(mention.entity_id), mention)
        return tuple(found.values())
