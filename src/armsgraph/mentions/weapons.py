"""Weapons of the lists: what a listed name, alias or nickname means where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from armsgraph.lexicon.matcher import NameEntry, NameHit, NameUse
from armsgraph.lexicon.names import fold_name
from armsgraph.mentions.candidates import Candidate
from armsgraph.mentions.cues import WeaponCues
from armsgraph.mentions.designations import VARIANT
from armsgraph.model import EntityType

__all__ = ["WeaponReader"]

_SURE, _FAIR = 0.95, 0.8
_SHORT_CODE = re.compile(r"[A-Za-z]\d{1,2}|[A-Za-z] \d{1,3}|[A-Za-z]-\d")
_TAIL = re.compile(r"(?<=\d)(?:\+|/\d{1,3})(?![\w/])|(?<=\d[A-Z])\+(?![\w/])")
_SECOND = re.compile(r"[A-Z]\d{1,2}|[A-Z][a-z]{3,}")
_NUMBERED = re.compile(r"\d")


class WeaponReader:
    """Reads the weapons of one document. What is a weapon once beside a cue is one everywhere in the text."""

    def __init__(self, cues: WeaponCues) -> None:
        self._cues = cues
        self._scene = cues.scene
        self._words = cues.words
        self._licensed = {
            fold_name(cues.scene.text[h.start : h.end])
            for h in cues.hits
            if any(cues.has_cue(h.start, end) or cues.is_traded(h.start, end) for end in self._ends(h))
        } | _nicknames(cues)
        self._speaks_of_arms = any(self._scene.is_class_noun(t) for t in self._scene.parse.tokens)

    def read(self, hit: NameHit, entries: list[NameEntry]) -> Iterator[Candidate]:
        """Yield the weapon that a listed name means here, nothing where it is a mere word."""
        scene = self._scene
        text = scene.text[hit.start : hit.end]
        start, end = self._trim(hit, entries)
        if end <= start or not self._is_name_here(hit, entries, scene.text[start:end]):
            return
        confidence = _SURE if any(e.use is NameUse.NAME for e in entries) else _FAIR
        records = sorted({e.record for e in entries})
        # a word that no cue makes a weapon may be another one than that of the list
        is_sure = len(records) == 1 and not self._is_word(entries, scene.text[start:end], text)
        record: str | None = records[0] if is_sure else self._record_near(text, records)
        if end == hit.end:
            variant = VARIANT.match(scene.text, end)
            if variant and not hit.has_plural:
                longer = scene.text[start : variant.end()]
                known = scene.gazetteer.find(longer, EntityType.WEAPON)
                is_count = re.fullmatch(r" \d+", variant.group()) is not None
                if known or not is_count or self._cues.class_noun_after(variant.end()):
                    record = known[0].id if known else None
                    end = self._cues.plural_end(variant.end())
            elif hit.has_plural:
                end += 1
            # "M109A5+", "Mi-8/17": another thing than the one of the list
            if tail := _TAIL.match(scene.text, end):
                record, end = None, tail.end()
            elif (longer_end := self._joined_end(end)) != end:
                record, end = record if _NUMBERED.search(text) else None, longer_end
        yield Candidate(
            start=start, end=end, type=EntityType.WEAPON, record=record, rule="list.weapons", confidence=confidence
        )

    def _ends(self, hit: NameHit) -> tuple[int, ...]:
        """Return where a name ends, bare and with its variant: "Astra Mk-I missiles"."""
        variant = VARIANT.match(self._scene.text, hit.end)
        bare = hit.end + hit.has_plural
        return (bare,) if variant is None or hit.has_plural else (bare, variant.end())

    def _joined_end(self, end: int) -> int:
        """Return where two listed names end that are one before their class noun ("Nimr Ajban vehicles")."""
        other = self._cues.ends.get(end + 1, end)
        if self._scene.text[end : end + 1] != " " or not _SECOND.fullmatch(self._scene.text, end + 1, other):
            return end
        following = self._scene.after(other, 1)
        return other if following and self._scene.is_class_noun(following[0]) else end

    def _trim(self, hit: NameHit, entries: list[NameEntry]) -> tuple[int, int]:
        """Leave the maker in front and the class noun behind out of the name."""
        scene = self._scene
        start, end = hit.start, hit.end
        text = scene.text[start:end]
        for at in sorted((e for e, s in self._cues.firm_ends.items() if s == start and start < e < end), reverse=True):
            rest = scene.text[at:end].lstrip(" -/")
            if re.match(r"[A-Za-z]", rest) and len(rest) > 2 and not scene.is_class_noun(rest):
                start = end - len(rest)
                break
        surface = entries[0].surface.split()
        while len(surface) > 1 and surface[-1].islower() and scene.is_class_noun(surface[-1]):
            parts = scene.text[start:end].split()
            if len(parts) < 2:
                break
            end -= len(parts[-1])
            end = start + len(scene.text[start:end].rstrip())
            surface.pop()
            while len(surface) > 1 and surface[-1].islower() and surface[-1] in self._words["noun_filler"]:
                parts = scene.text[start:end].split()
                end = start + len(scene.text[start : end - len(parts[-1])].rstrip())
                surface.pop()
        return start, end if text else hit.end

    def _is_name_here(self, hit: NameHit, entries: list[NameEntry], text: str) -> bool:
        scene = self._scene
        folded = fold_name(scene.text[hit.start : hit.end])
        if _NUMBERED.search(text):
            if (text[0].isdigit() and "x" in text.lower()) or text.startswith("."):
                return False
            if self._cues.is_numbered(hit.start):
                return False
            if _SHORT_CODE.fullmatch(text) or re.fullmatch(r"(?:Type|Mark|Model|Project)[- ]\d+\w*", text):
                is_plain = "-" in text and (len(text) > 3 or self._cues.is_among_arms(hit.start))
                return folded in self._licensed or (is_plain and self._cues.is_among_arms(hit.start))
            return True
        if text.isupper() and text in self._words.cased["weapon_acronym"]:
            return True
        return not self._is_word(entries, text, scene.text[hit.start : hit.end]) or self._stands_as_name(hit)

    def _is_word(self, entries: list[NameEntry], text: str, whole: str) -> bool:
        """Say whether a name is also a word and nothing in the text has made it a weapon's."""
        if _NUMBERED.search(text):
            return False
        nickname = all(e.use is NameUse.NICKNAME for e in entries)
        is_word = text.lower() in self._words["ambiguous_weapon"] or (text.isupper() and len(text) <= 4)
        return (nickname or is_word) and fold_name(whole) not in self._licensed

    def _stands_as_name(self, hit: NameHit) -> bool:
        """Say whether a word has a capital for no reason but to name a thing ("the Harrier hovering", "used Boxers")."""
        scene = self._scene
        text = scene.text[hit.start : hit.end]
        if not text[0].isupper() or text.isupper() or scene.is_in_capitals(hit.start, hit.end):
            return False
        if scene.is_sentence_start(hit.start) or scene.is_line_start(hit.start):
            return False
        if any(e.type is not EntityType.WEAPON for e in hit.entries):
            return False
        if not self._speaks_of_arms:
            return False
        before, behind = scene.word_before(hit.start), scene.text[self._ends(hit)[-1] :][:2]
        if re.match(r" [A-ZÀ-Þ&]|[-/&][\w]", behind) or scene.text[hit.start - 1 : hit.start] != " ":
            return False
        if self._cues.is_counted(hit.start):
            return True
        if hit.has_plural:
            is_plain = before.islower() and before not in self._words["name_particle"]
            return is_plain or self._cues.is_demonym(before)
        return before.lower() in ("the", "a", "an", "its", "their", "'s", "’s")

    def _record_near(self, text: str, records: list[str]) -> str | None:
        """Decide between weapons of one name by the maker or another name in the text."""
        scene = self._scene
        scores = []
        for record_id in records:
            record = scene.gazetteer.weapons[record_id]
            signs = [n for n in (record.name, *record.aliases, record.maker or "") if n and n != text]
            scores.append((sum(sign in scene.text for sign in signs), record_id))
        best = max(score for score, _ in scores)
        winners = [r for score, r in scores if score == best]
        return winners[0] if best and len(winners) == 1 else None


def _nicknames(cues: WeaponCues) -> frozenset[str]:
    """Return the nicknames that the text writes behind a designation: "P-8A Poseidon" tells what "the Poseidon" is."""
    found: set[str] = set()
    for hit in cues.hits:
        first, _, rest = cues.scene.text[hit.start : hit.end].partition(" ")
        if _NUMBERED.search(first) and rest.replace(" ", "").isalpha():
            found.add(fold_name(rest))
    return frozenset(found)
