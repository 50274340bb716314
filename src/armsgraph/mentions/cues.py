"""What shows that a name beside it is a weapon's: a class noun, the maker, a count, an apposition."""

from __future__ import annotations

import re
from collections.abc import Iterable

from armsgraph.lexicon.matcher import NameHit
from armsgraph.lexicon.names import fold_name
from armsgraph.mentions.scene import Scene
from armsgraph.model import EntityType, Token

__all__ = ["WeaponCues", "is_count"]

_BETWEEN = ("-", "‑", ")", "”", '"', "'", "’", "and", "or", "&", ",", "/")
_FIGURE = re.compile(r"[\d.,x×/]+(?:mm)?")
_COUNT = re.compile(
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|dozens?|hundreds?|both|several)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:,| and|,? or) (?:the )?$")
_OWNER = re.compile(r"['’]s? (?:(?:own|new|latest|big) )?$")
_MADE = re.compile(
    r",?(?: (?:that|which) (?:is|are|was|were))? (?:made|built|produced|manufactured|designed|developed|offered|sold) by (?:the )?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_LIST = 6
_SHORT_FRONT = 10
_FAR = 6
_FRONT = 60


class WeaponCues:
    """The cues of one document.

    Attributes:
        hits: The listed names that may be weapons.
        firm_ends: Where a listed firm ends, and where it starts.
        ends: Where a listed weapon starts, and where it ends.
        force_ends: Where a listed force ends: what stands behind it is its own ("U.S. Air Force C-17").
    """

    def __init__(self, scene: Scene, hits: Iterable[NameHit]) -> None:
        self.scene = scene
        self.words = scene.words
        self.firm_ends = {
            h.end: h.start for h in hits if any(e.type is EntityType.FIRM for e in h.entries) and not h.has_plural
        }
        self.force_ends = {h.end for h in hits if any(e.type is EntityType.ARMED_FORCE for e in h.entries)}
        self._firm_starts = frozenset(self.firm_ends.values())
        self.hits = [h for h in hits if any(e.type is EntityType.WEAPON for e in h.entries)]
        self.ends = {h.start: h.end for h in sorted(self.hits, key=lambda h: h.end)}
        self._starts = {end: start for start, end in self.ends.items()}

    def has_cue(self, start: int, end: int) -> bool:
        """Say whether a class noun, the maker, a count or quotes stand beside a name, or before its list."""
        return self._has_own_cue(start, end) or self._goes_on(start)

    def _has_own_cue(self, start: int, end: int) -> bool:
        scene = self.scene
        if self.class_noun_after(end) is not None:
            return True
        before = scene.before(start, 3)
        if before and scene.is_class_noun(before[-1]) and before[-1].text.lower() not in ("air", "ship"):
            return True
        if len(before) > 1 and before[-1].text in "“\"'‘(" and scene.is_class_noun(before[-2]):
            return True
        if (start - 1 in self.firm_ends or start - 1 in self.force_ends) and scene.text[start - 1] == " ":
            return True
        plural = scene.text[end - 1 : end] in ("s", "S") and not scene.text[start:end].endswith("ss")
        if plural and before and (before[-1].pos == "NUM" or before[-1].text.replace(",", "").isdigit()):
            return True
        if self._is_counted(start, end, is_plural=plural) or self.has_front(start) or self._is_of_maker(start, end):
            return True
        after = scene.after(end, 4)
        if after and after[0].text.lower() in self.words["soft_noun"]:
            return True
        # "the Apache, an attack helicopter", "Akash (a surface-to-air missile)"
        return bool(after) and after[0].text in (",", "(", "–", "—") and self.apposed_kind(after[0].span.end)

    def _is_counted(self, start: int, end: int, *, is_plural: bool) -> bool:
        """Say whether a number stands before a plural or a designation ("sixteen used Typhoons", "eleven BTR-60PB")."""
        name = self.scene.text[start:end]
        if not is_plural and not (re.search(r"\d", name) and re.search(r"[A-Za-z]{2}", name)):
            return False
        return self.is_counted(start)

    def is_counted(self, start: int) -> bool:
        """Say whether a number that is no year stands before a name, with at most adjectives between."""
        for token in reversed(self.scene.before(start, 4)):
            if token.pos == "NUM" or token.text.replace(",", "").isdigit():
                return _YEAR.fullmatch(token.text) is None
            if self.is_demonym(token.text):
                continue
            if token.pos not in ("ADJ", "VERB") or not token.text.islower():
                return False
        return False

    def _is_of_maker(self, start: int, end: int) -> bool:
        """Say whether a firm owns or makes what is named: "Hanwha's K9", "the K2, made by Hyundai Rotem"."""
        text = self.scene.text
        owner = _OWNER.search(text, max(start - _SHORT_FRONT, 0), start)
        if owner is not None and owner.start() in self.firm_ends:
            return True
        made = _MADE.match(text, end)
        return made is not None and made.end() in self._firm_starts

    def _goes_on(self, start: int) -> bool:
        """Say whether a list of weapons goes on with a name: "the helicopters Cheetah, Chetak and Dhruv"."""
        for _ in range(_LONGEST_LIST):
            joint = _JOINT.search(self.scene.text, max(start - len(" and the "), 0), start)
            before = None if joint is None else self._start_of(joint.start())
            if joint is None or before is None:
                return False
            if self._has_own_cue(before, self.ends[before]):
                return True
            start = before
        return False

    def _start_of(self, end: int) -> int | None:
        """Return where the listed name starts that ends at an offset, bare or with its class noun ("the K9 howitzer")."""
        noun = self.scene.before(end, 1)
        if end in self._starts or not noun or not self.scene.is_class_noun(noun[0]):
            return self._starts.get(end)
        return self._starts.get(noun[0].span.start - 1)

    def has_front(self, start: int) -> bool:
        """Say whether the words before speak of a weapon: "a copy of the", "replaces the old"."""
        front = self.scene.text[max(start - _FRONT, 0) : start]
        return any(p.search(front) for p in self.words.patterns["weapon_front_pattern"])

    def is_traded(self, start: int, end: int) -> bool:
        """Say whether a code or acronym is traded or has parts: "buys the NSM", "the K9 contract", "tubes for the M72"."""
        scene = self.scene
        name = scene.text[start:end]
        if not (name.isupper() or any(map(str.isdigit, name))):
            return False
        if scene.word_after(end).lower() in self.words["traded_noun"]:
            return True
        front = scene.text[max(start - _FRONT, 0) : start]
        return any(p.search(front) for p in self.words.patterns["traded_front_pattern"])

    def apposed_kind(self, end: int) -> bool:
        """Say whether an article and a class noun follow: "an attack helicopter"."""
        scene = self.scene
        after = scene.after(end, _FAR)
        if not after or after[0].text.lower() not in ("a", "an", "the"):
            return False
        for token in after[1:]:
            if scene.is_class_noun(token):
                return True
            is_describing = token.pos in ("ADJ", "NOUN") or token.text in _BETWEEN or token.text in "“‘"
            if token.text.lower() not in self.words["noun_filler"] and not is_describing:
                return False
        return False

    def class_noun_after(self, end: int) -> Token | None:
        """Return the class noun that closes the noun phrase of a name, with only its fillers between."""
        scene = self.scene
        skipped = end
        is_filled = False
        for token in scene.after(end, _FAR):
            if "\n" in scene.text[end : token.span.start]:
                return None
            word = token.text.lower()
            if scene.is_class_noun(token) or (is_filled and word in self.words["soft_noun"]):
                return token
            if word in self.words["noun_filler"]:
                is_filled = True
                continue
            # "Cheetah and Chetak helicopters": another name of the list may stand between
            if word in _BETWEEN or token.span.start < skipped or _FIGURE.fullmatch(word):
                continue
            other = self.ends.get(token.span.start)
            if other is None:
                return None
            skipped = other
        return None

    def is_among_arms(self, start: int) -> bool:
        """Say whether the sentence speaks of a deal or names a kind of weapon."""
        scene = self.scene
        sentence = scene.sentence_at(start)
        if sentence is None:
            return False
        tokens = scene.parse.tokens[sentence.first : sentence.last]
        return scene.is_deal_sentence(start) or any(scene.is_class_noun(t) for t in tokens)

    def is_stopped(self, start: int, text: str) -> bool:
        """Say whether what looks like a designation is a currency, resolution, grid reference or the like."""
        if any(p.search(text) for p in self.words.patterns["stop_designation_pattern"]):
            return True
        return self.is_numbered(start)

    def is_numbered(self, start: int) -> bool:
        """Say whether a word before makes it the number of something ("Resolution", "Flight") or of a sum."""
        scene = self.scene
        before = scene.word_before(start)
        # "No Su-57 was bought" numbers nothing: "No. 57" and "contract No 57" do
        if before == "No" and self._denies(start):
            return False
        if before in self.words.cased["before_number"] and start - 1 not in self.force_ends:
            return True
        return scene.text[max(start - 1, 0) : start] in ("$", "€", "£", "#", "@")

    def _denies(self, start: int) -> bool:
        """Say whether the "No" before a name denies it: no noun stands before it that could be numbered."""
        before = self.scene.before(start, 2)
        return len(before) < 2 or before[0].sentence != before[1].sentence or before[0].pos not in ("NOUN", "PROPN")

    def is_demonym(self, word: str) -> bool:
        """Say whether a word is the adjective of a state ("Norwegian")."""
        return self.scene.gazetteer.state_of_adjective(word) is not None

    def is_other(self, word: str) -> bool:
        """Say whether a word is listed as something else, or is a demonym."""
        gazetteer = self.scene.gazetteer
        if gazetteer.state_of_adjective(word) or word in self.words.cased["not_person"]:
            return True
        if fold_name(word) in self.words["force_word_lower"] or word in self.words.cased["generic_word"]:
            return True
        found = gazetteer.find(word)
        return any(r.type is not EntityType.WEAPON for r in found)

    def plural_end(self, end: int) -> int:
        """Return the offset behind a plural "s", if one follows."""
        text = self.scene.text
        if text[end : end + 1] in ("s", "S") and not text[end + 1 : end + 2].isalnum():
            return end + 1
        return end


def is_count(word: str) -> bool:
    """Say whether a word counts things: "Forty-nine", "both"."""
    return _COUNT.fullmatch(word) is not None
