"""Weapons: listed names, nicknames beside a cue, designations, named ships and classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from armsgraph.lexicon.matcher import NameEntry, NameHit, NameUse
from armsgraph.lexicon.names import fold_name, weapon_key
from armsgraph.lexicon.records import FirmRecord
from armsgraph.mentions.candidates import Candidate, Tier
from armsgraph.mentions.scene import Scene, any_of
from armsgraph.mentions.senses import is_dateline
from armsgraph.model import EntityType, Token

__all__ = ["WeaponReader"]

_SURE, _LIKELY, _FAIR, _WEAK = 0.95, 0.9, 0.8, 0.65
_VARIANT = re.compile(
    r"(?:[ -](?:Mk|MK|Mark)\.?[ -]?(?:\d{1,2}|[IVX]{1,4})[A-Z]?|[ -](?:II|III|IV|VI{0,3}|IX|X)(?![\w-])"
    r"| Block[ -]?(?:\d+\w*|[IVX]+)(?:/\d+)?|[ -]Batch[- ]?(?:\d+|[IVX]+)"
    r"|-(?:ER|NG|MR|LR|XR|SR|P|N|A|M|S)(?![\w-])| NG(?!\w)"
    r"| F4(?!\w)| [1-9][A-Z]{0,2}\d?(?![\w.,%-]| ?(?:mm|km|per|million|billion)))+"
)
_SHORT_CODE = re.compile(r"[A-Za-z]\d{1,2}|[A-Za-z] \d{1,3}|[A-Za-z]-\d")
_CLASS = re.compile(
    r"(?<![\w-])((?:[A-Z][\w'’]*|\d{3})(?:[- ](?:[A-Z][\w'’.]*|\d+\w*)){0,3}?)[- ]([Cc]lass|CLASS)(?![\w-])"
)
_QUOTED = re.compile(r"[\"“‘'«]([A-Z][\w-]+(?: [A-Z0-9][\w-]*){0,2})[\"”’'»]")
_BETWEEN = ("-", "‑", ")", "”", '"', "'", "’", "and", "or", "&", ",", "/")
_PARTICLES = ("of", "the", "de")
_NICKNAME = re.compile(r" [A-Z][a-z]{3,}(?! [A-Z])(?!\w)")
_FIGURE = re.compile(r"[\d.,x×/]+(?:mm)?")
_NUMBERED = re.compile(r"\d")
_FAR = 6


class WeaponReader:
    """Reads the weapons of one document. What is a weapon once beside a cue is one everywhere in the text."""

    def __init__(self, scene: Scene, hits: Iterable[NameHit]) -> None:
        self._scene = scene
        self._words = scene.words
        self._firm_ends = {
            h.end: h.start for h in hits if any(e.type is EntityType.FIRM for e in h.entries) and not h.has_plural
        }
        self._hits = [h for h in hits if any(e.type is EntityType.WEAPON for e in h.entries)]
        self._other_ends = {h.start: h.end for h in sorted(self._hits, key=lambda h: h.end)}
        self._licensed = {
            fold_name(scene.text[h.start : h.end]) for h in self._hits if self._has_cue(h.start, h.end + h.has_plural)
        }
        self._starts: dict[int, NameHit] = {}
        for hit in sorted(self._hits, key=lambda h: h.end):
            self._starts[hit.start] = hit

    # ------------------------------------------------------------------ listed
    def read(self, hit: NameHit, entries: list[NameEntry]) -> Iterator[Candidate]:
        """Yield the weapon that a listed name means here, nothing where it is a mere word."""
        scene = self._scene
        text = scene.text[hit.start : hit.end]
        start, end = self._trim(hit, entries)
        if end <= start or not self._is_name_here(hit, entries, scene.text[start:end]):
            return
        confidence = _SURE if any(e.use is NameUse.NAME for e in entries) else _FAIR
        records = sorted({e.record for e in entries})
        record: str | None = records[0] if len(records) == 1 else self._record_near(text, records)
        if end == hit.end:
            variant = _VARIANT.match(scene.text, end)
            if variant and not (hit.has_plural or (scene.text[end : end + 2] == " 1" and False)):
                longer = scene.text[start : variant.end()]
                known = scene.gazetteer.find(longer, EntityType.WEAPON)
                if known or not longer[-1].isdigit() or scene.text[end] == "-" or "k" in variant.group():
                    record = known[0].id if known else None
                    end = variant.end()
            elif hit.has_plural:
                end += 1
        yield Candidate(
            start=start, end=end, type=EntityType.WEAPON, record=record, rule="list.weapons", confidence=confidence
        )

    def _trim(self, hit: NameHit, entries: list[NameEntry]) -> tuple[int, int]:
        """Leave the maker in front and the class noun behind out of the name."""
        scene = self._scene
        start, end = hit.start, hit.end
        text = scene.text[start:end]
        for at in sorted((e for e, s in self._firm_ends.items() if s == start and start < e < end), reverse=True):
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
        lower = text.lower()
        folded = fold_name(scene.text[hit.start : hit.end])
        if _NUMBERED.search(text):
            if (text[0].isdigit() and "x" in lower) or text.startswith("."):
                return False
            if self._is_numbered(hit.start):
                return False
            if _SHORT_CODE.fullmatch(text) or re.fullmatch(r"(?:Type|Mark|Model|Project)[- ]\d+\w*", text):
                is_plain = "-" in text and (len(text) > 3 or self._is_among_arms(hit.start))
                return folded in self._licensed or (is_plain and self._is_among_arms(hit.start))
            return True
        nickname = all(e.use is NameUse.NICKNAME for e in entries)
        is_word = lower in self._words["ambiguous_weapon"] or (text.isupper() and len(text) <= 4)
        if text.isupper() and text in self._words.cased["weapon_acronym"]:
            return True
        if nickname or is_word:
            return folded in self._licensed
        return True

    def _is_among_arms(self, start: int) -> bool:
        """Say whether the sentence speaks of a deal or names a kind of weapon."""
        scene = self._scene
        sentence = scene.sentence_at(start)
        if sentence is None:
            return False
        tokens = scene.parse.tokens[sentence.first : sentence.last]
        return scene.is_deal_sentence(start) or any(scene.is_class_noun(t) for t in tokens)

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

    # ------------------------------------------------------------------ patterns
    def find(self) -> Iterator[Candidate]:
        """Yield designations, ships, classes and names in front of a class noun that no list has."""
        yield from self._designations()
        yield from self._ships()
        yield from self._classes()
        yield from self._named_kinds()

    def _designations(self) -> Iterator[Candidate]:
        scene = self._scene
        seen: list[tuple[int, int, bool]] = []
        for pattern in self._words.patterns["designation_pattern"]:
            for match in pattern.finditer(scene.text):
                start, end = match.span()
                text = match.group()
                if not scene.is_news(start, end) or self._is_stopped(start, text):
                    continue
                if scene.word_after(end).lower() in self._words["scale_word"]:
                    continue
                joined = self._starts.get(end + 1) if scene.text[end : end + 1] == " " else None
                if joined and re.search(r"[a-z]{3}", scene.text[joined.start : joined.end]):
                    end = joined.end
                elif not joined and (named := _NICKNAME.match(scene.text, end)):
                    if self._class_noun_after(named.end()) and not self._is_other(named.group().strip()):
                        end = named.end()
                variant = _VARIANT.match(scene.text, end)
                if variant and "k" in variant.group():
                    end = variant.end()
                cue = self._has_cue(start, self._plural_end(end))
                seen.append((start, end, cue or (joined is not None and end == joined.end)))
        keys = {weapon_key(scene.text[s:e]) for s, e, cue in seen if cue}
        for start, end, cue in seen:
            licensed = weapon_key(scene.text[start:end]) in keys
            deal = scene.is_deal_sentence(start) and len(_digits(scene.text[start:end])) > 1
            if not (cue or licensed or deal):
                continue
            known = scene.gazetteer.find(scene.text[start:end], EntityType.WEAPON)
            yield Candidate(
                start=start,
                end=self._plural_end(end),
                type=EntityType.WEAPON,
                record=known[0].id if len(known) == 1 else None,
                rule="pattern.designation",
                confidence=_LIKELY if cue or licensed else _WEAK,
            )

    def _ships(self) -> Iterator[Candidate]:
        scene = self._scene
        prefixes = any_of(self._words.cased["ship_prefix"])
        name = r"(?:[A-Z][\w'’.-]*|\d{2,3})(?: (?:de|of|the|[A-Z]\.|[A-Z][\w'’-]*|[IVX]+))*"
        for match in re.finditer(rf"(?<!\w)(?<!\w-)(?:ex-|Ex-)?(?P<ship>(?:{prefixes}) {name})", scene.text):
            start, end = match.span("ship")
            end = start + len(self._cut_ship(start, match.group("ship")))
            if scene.is_in_capitals(start, end) or not scene.is_news(start, end):
                continue
            yield self._pattern(start, end, "pattern.ship", _LIKELY)
            yield from self._bare_ship(scene.text[start:end].partition(" ")[2])
        nouns = "|".join(sorted(self._words["ship_noun"]))
        for match in re.finditer(
            rf"\b(?:{nouns})s? ((?:[A-Z][a-z][\w'’-]+)(?: [A-Z][a-z][\w'’-]+)?)(?![\w-]|[ -]class)", scene.text
        ):
            if scene.is_news(*match.span(1)) and not self._is_other(match.group(1)):
                yield self._pattern(*match.span(1), "pattern.ship", _WEAK, tier=Tier.MODEL)

    def _cut_ship(self, start: int, text: str) -> str:
        """Cut a ship's name behind its prefix and at most three words that the model takes for names."""
        parts = text.split(" ")[:4]
        position = start + len(parts[0]) + 1
        kept = [parts[0]]
        for number, part in enumerate(parts[1:]):
            token = self._scene.token_at(position)
            if number and token is not None and token.pos in ("VERB", "ADP", "AUX", "DET") and part not in _PARTICLES:
                break
            kept.append(part)
            position += len(part) + 1
        while kept[-1] in _PARTICLES:
            kept.pop()
        return " ".join(kept).rstrip(".'’")

    def _bare_ship(self, name: str) -> Iterator[Candidate]:
        """Yield the name of a ship without its prefix ("the Kirpan"), never where a place is meant."""
        scene = self._scene
        if len(name) < 4 or not name[0].isupper() or (self._is_other(name) and not scene.gazetteer.find(name)):
            return
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", scene.text):
            before = scene.word_before(match.start()).lower()
            if before in self._words["place_preposition"] or not scene.is_news(*match.span()):
                continue
            if scene.gazetteer.find(name, EntityType.STATE) or is_dateline(scene, *match.span()):
                continue
            yield self._pattern(*match.span(), "pattern.ship-name", _FAIR)

    def _classes(self) -> Iterator[Candidate]:
        scene = self._scene
        for match in _CLASS.finditer(scene.text):
            words = match.group(1)
            first = re.split(r"[ -]", words)[0]
            if first in self._words.cased["not_class"] or not scene.is_news(*match.span()):
                continue
            start = match.start()
            parts = words.split(" ")
            while len(parts) > 1 and (parts[0].lower() in self._words["title"] or self._is_other(parts[0])):
                start += len(parts[0]) + 1
                parts = parts[1:]
            if scene.is_sentence_start(start) and parts[0] in ("The", "A", "An", "In", "Its", "Two", "Three"):
                continue
            yield self._pattern(start, match.end(), "pattern.class", _LIKELY)

    def _named_kinds(self) -> Iterator[Candidate]:
        """Yield a proper name with a class noun right behind it ("Nalanda missiles", "the 'Drago' vehicle")."""
        scene = self._scene
        for match in _QUOTED.finditer(scene.text):
            if match.group(1).split()[0] in self._words.cased["before_number"]:
                continue
            after = scene.after(match.end(), 2)
            before = scene.before(match.start(), 2)
            if any(scene.is_class_noun(t) for t in (*after[:2], *before[-1:])) and scene.is_news(*match.span()):
                yield self._pattern(*match.span(1), "pattern.quoted", _FAIR)
        tokens = scene.parse.tokens
        for i, token in enumerate(tokens):
            if not (token.text[:1].isupper() and token.text[1:2].islower() and len(token.text) > 3):
                continue
            if scene.is_sentence_start(token.span.start) and not (i and tokens[i - 1].text.isdigit()):
                continue
            noun = self._class_noun_after(token.span.end)
            if noun is None or noun.text[:1].isupper() or not scene.is_deal_sentence(token.span.start):
                continue
            start, end = token.span.start, token.span.end
            previous = tokens[i - 1] if i else None
            if previous is not None and previous.text[:1].isupper() and scene.text[previous.span.end : start] == " ":
                continue
            if token.pos not in ("PROPN", "") or self._is_other(token.text) or not scene.is_news(start, end):
                continue
            yield self._pattern(start, end, "pattern.name-and-kind", _WEAK, tier=Tier.MODEL)

    def _pattern(self, start: int, end: int, rule: str, confidence: float, *, tier: int = Tier.NAMED) -> Candidate:
        known = self._scene.gazetteer.find(self._scene.text[start:end], EntityType.WEAPON)
        return Candidate(
            start=start,
            end=end,
            type=EntityType.WEAPON,
            record=known[0].id if len(known) == 1 else None,
            rule=rule,
            confidence=confidence,
            tier=tier,
        )

    # ------------------------------------------------------------------ cues
    def _has_cue(self, start: int, end: int) -> bool:
        """Say whether a class noun, the maker, a count or quotes stand beside a name."""
        scene = self._scene
        if self._class_noun_after(end) is not None:
            return True
        before = scene.before(start, 3)
        if before and scene.is_class_noun(before[-1]) and before[-1].text.lower() not in ("air", "ship"):
            return True
        if len(before) > 1 and before[-1].text in "“\"'‘(" and scene.is_class_noun(before[-2]):
            return True
        if start - 1 in self._firm_ends and scene.text[start - 1] == " ":
            return True
        plural = scene.text[end - 1 : end] in ("s", "S") and not scene.text[start:end].endswith("ss")
        if plural and before and (before[-1].pos == "NUM" or before[-1].text.replace(",", "").isdigit()):
            return True
        after = scene.after(end, 4)
        if after and after[0].text.lower() in self._words["soft_noun"]:
            return True
        # "the Apache, an attack helicopter", "Akash (a surface-to-air missile)"
        return bool(after) and after[0].text in (",", "(", "–", "—") and self._apposed_kind(after[0].span.end)

    def _apposed_kind(self, end: int) -> bool:
        scene = self._scene
        after = scene.after(end, _FAR)
        if not after or after[0].text.lower() not in ("a", "an", "the"):
            return False
        for token in after[1:]:
            if scene.is_class_noun(token):
                return True
            is_describing = token.pos in ("ADJ", "NOUN") or token.text in _BETWEEN or token.text in "“‘"
            if token.text.lower() not in self._words["noun_filler"] and not is_describing:
                return False
        return False

    def _class_noun_after(self, end: int) -> Token | None:
        """Return the class noun that closes the noun phrase of a name, with only its fillers between."""
        scene = self._scene
        skipped = end
        is_filled = False
        for token in scene.after(end, _FAR):
            if "\n" in scene.text[end : token.span.start]:
                return None
            word = token.text.lower()
            if scene.is_class_noun(token) or (is_filled and word in self._words["soft_noun"]):
                return token
            if word in self._words["noun_filler"]:
                is_filled = True
                continue
            # "Cheetah and Chetak helicopters": another name of the list may stand between
            if word in _BETWEEN or token.span.start < skipped or _FIGURE.fullmatch(word):
                continue
            other = self._other_ends.get(token.span.start)
            if other is None:
                return None
            skipped = other
        return None

    def _is_stopped(self, start: int, text: str) -> bool:
        if any(p.search(text) for p in self._words.patterns["stop_designation_pattern"]):
            return True
        return self._is_numbered(start)

    def _is_numbered(self, start: int) -> bool:
        scene = self._scene
        before = scene.word_before(start)
        if before in self._words.cased["before_number"]:
            return True
        return scene.text[max(start - 1, 0) : start] in ("$", "€", "£", "#", "@")

    def _is_other(self, word: str) -> bool:
        """Say whether a word is listed as something else, or is a demonym."""
        gazetteer = self._scene.gazetteer
        if gazetteer.state_of_adjective(word) or word in self._words.cased["not_person"]:
            return True
        if fold_name(word) in self._words["force_word_lower"] or word in self._words.cased["generic_word"]:
            return True
        found = gazetteer.find(word)
        return any(r.type is not EntityType.WEAPON for r in found) or any(isinstance(r, FirmRecord) for r in found)

    def _plural_end(self, end: int) -> int:
        text = self._scene.text
        if text[end : end + 1] in ("s", "S") and not text[end + 1 : end + 2].isalnum():
            return end + 1
        return end


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
