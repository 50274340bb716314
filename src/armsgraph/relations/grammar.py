"""Verbs and their arguments in the dependency parse."""

from __future__ import annotations

from collections.abc import Iterator

from armsgraph.lexicon.relation_rules import VerbRule
from armsgraph.lexicon.relations import RelationLexicon
from armsgraph.model import EntitySet, EntityType, Mention, MentionForm, Modality, Parse, Span, Token
from armsgraph.relations.candidates import Candidate, Hedges
from armsgraph.relations.focus import Focus

__all__ = ["Clauses", "match_verbs"]

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE = frozenset({"WDT", "WP"})
_NAME_PARTS = frozenset({"compound", "nmod", "amod", "appos", "conj", "nummod", "flat"})
_MEASURES = frozenset({"NUM"})
_BEHIND = 6


def match_verbs(clauses: Clauses, hedges: Hedges) -> Iterator[Candidate]:
    """Yield what the verb rules find, in text order."""
    for token in clauses.tokens:
        rules = clauses.lexicon.verbs.get(token.lemma.lower())
        if not rules or token.pos not in ("VERB", "AUX") or token.dep in ("aux", "auxpass"):
            continue
        for rule in rules:
            yield from clauses.apply(rule, token, hedges)


def _is_name(mention: Mention) -> bool:
    return mention.form is not MentionForm.ADJECTIVE


class Clauses:
    """One parse with its mentions, asked for the arguments of a verb."""

    def __init__(self, parse: Parse, entities: EntitySet, focus: Focus, lexicon: RelationLexicon) -> None:
        self.tokens = parse.tokens
        self.focus = focus
        self.lexicon = lexicon
        self.children: list[list[int]] = [[] for _ in parse.tokens]
        starts: dict[int, int] = {}
        for token in parse.tokens:
            starts[token.span.start] = token.i
            if token.head != token.i:
                self.children[token.head].append(token.i)
        self.mention_at: dict[int, Mention] = {}
        for mention in entities.mentions:
            if mention.entity_id is None or mention.form is MentionForm.PRONOUN:
                continue
            self._mark(mention, starts)

    def _mark(self, mention: Mention, starts: dict[int, int]) -> None:
        first = starts.get(mention.span.start)
        if first is None:
            return
        last = first
        while last + 1 < len(self.tokens) and self.tokens[last + 1].span.end <= mention.span.end:
            last += 1
        members = range(first, last + 1)
        outer = [i for i in members if self.tokens[i].head not in members or self.tokens[i].head == i]
        self.mention_at[outer[-1] if outer else last] = mention

    # ------------------------------------------------------------------ one verb
    def apply(self, rule: VerbRule, verb: Token, hedges: Hedges) -> Iterator[Candidate]:
        """Yield the relations that one rule reads off one verb."""
        if rule.particle and not any(self.tokens[c].text.lower() == rule.particle for c in self.children[verb.i]):
            return
        if rule.noun and not any(self.tokens[c].lemma in rule.noun for c in self._objects(verb)):
            return
        subject_heads, object_heads = self._case(rule.subject_case, verb), self._case(rule.object_case, verb)
        # "They let Spain have 100 jets" tells of no fleet.
        if rule.is_counted and (verb.tag == "VB" or not all(self._is_number(head) for head in object_heads)):
            return
        is_traded = self.lexicon.predicates[rule.predicate].is_traded
        subjects, is_reference = self._mentions(subject_heads, rule.subject, is_traded=is_traded)
        if not subjects and rule.loose != "subject":
            return
        objects, is_other = self._mentions(object_heads, rule.object)
        if not subjects and objects:
            subjects, is_reference = self._only_one(subject_heads, rule.subject, verb, objects), True
        elif subjects and not is_reference and not objects and rule.loose == "object":
            objects, is_other = self._only_one(object_heads, rule.object, verb, subjects), True
        modality = self.modality(verb, hedges)
        for subject in subjects:
            for object_ in objects:
                if subject.entity_id == object_.entity_id:
                    continue
                spans = (subject.span, object_.span, verb.span)
                inside = [s for s in spans if self.focus.sentence_at(s.start) == verb.sentence]
                yield Candidate(
                    predicate=rule.predicate,
                    encounter=rule.encounter,
                    rule=rule.id,
                    subject=subject,
                    object=object_,
                    span=Span(min(s.start for s in inside), max(s.end for s in inside)),
                    sentence=verb.sentence,
                    modality=modality,
                    confidence=rule.confidence,
                    is_resolved_reference=is_reference or is_other,
                )

    def _only_one(
        self, heads: list[int], types: frozenset[EntityType], verb: Token, taken: list[Mention]
    ) -> list[Mention]:
        """Return the one entity of its kind that the sentence names before the verb, if the verb names none itself."""
        if holders := self._contract_holders(verb, types):
            return holders
        if any(self.mention_at.get(h) or self.tokens[h].pos == "PROPN" for h in heads):
            return []
        if any(self.tokens[h].lemma.lower() in self.lexicon.words["other_firm"] for h in heads):
            return []  # "its joint venture with X is to build" is not X
        ids = {m.entity_id for m in taken}
        found: dict[str, Mention] = {}
        first = verb.i
        while first and self.tokens[first - 1].sentence == verb.sentence:
            first -= 1
            mention = self.mention_at.get(first)
            if mention and mention.entity_id not in ids and mention.type in types and _is_name(mention):
                found[str(mention.entity_id)] = mention
        return list(found.values()) if len(found) == 1 else []

    def _contract_holders(self, verb: Token, types: frozenset[EntityType]) -> list[Mention]:
        """Return who got "a contract to build X": its partner, who it was given to, or who won it."""
        paper = self.tokens[verb.head]
        if verb.tag != "VB" or paper.lemma.lower() not in self.lexicon.words["contract"]:
            return []
        above = self.tokens[paper.head]
        partners = [p for i in (paper.i, above.i) for p in self.prepositional(i, "with") + self.prepositional(i, "to")]
        given = [c for c in self.children[above.i] if self.tokens[c].dep == "dative"]
        for heads in (partners, given, self.subject(above)):
            if found := self._mentions(heads, types)[0]:
                return found[:1]
        return []

    def modality(self, verb: Token, hedges: Hedges) -> Modality:
        """Read the auxiliaries and negations of the verb and of the verbs that govern it."""
        words: list[str] = []
        token = verb
        for _ in range(3):
            words += [self.tokens[c].text for c in self.children[token.i] if self.tokens[c].dep in ("aux", "neg")]
            if token.tag == "VB" and any(
                self.tokens[c].text.lower() == "to" and self.tokens[c].dep == "aux" for c in self.children[token.i]
            ):
                words.append("will")
            if token.dep not in ("xcomp", "conj", "ccomp") or token.head == token.i:
                break
            token = self.tokens[token.head]
            if token.pos not in ("VERB", "AUX", "ADJ"):
                break
            words.append(token.text)
        return hedges.read(" ".join(words))

    # ------------------------------------------------------------------ grammatical cases
    def _case(self, case: str, verb: Token) -> list[int]:
        if case == "agent":
            return self._by(verb) if self._is_passive(verb) else self.subject(verb)
        if case == "patient":
            return self.subject(verb) if self._is_passive(verb) else self._objects(verb)
        return self._preposition(case, verb)

    def _is_passive(self, verb: Token) -> bool:
        labels = {self.tokens[c].dep for c in self.children[verb.i]}
        if labels & {"auxpass", "nsubjpass", "agent"}:
            return True
        if verb.tag != "VBN" or labels & {"nsubj", "dobj", "aux"}:
            return False
        if verb.dep == "conj" and self.tokens[verb.head].pos == "VERB":
            return self._is_passive(self.tokens[verb.head])
        return verb.dep in ("acl", "relcl", "amod", "advcl", "xcomp", "conj")

    def subject(self, verb: Token, depth: int = 0) -> list[int]:
        """Return the grammatical subject, looked for upwards where the clause has none of its own."""
        own = [c for c in self.children[verb.i] if self.tokens[c].dep in _SUBJECTS]
        if own:
            if self.tokens[own[0]].tag in _RELATIVE and verb.dep == "relcl":
                return [verb.head]
            return own
        if depth > 4 or verb.head == verb.i:
            return []
        head = self.tokens[verb.head]
        if verb.dep in ("acl", "relcl", "amod") and head.pos in ("NOUN", "PROPN", "PRON", "NUM"):
            return [head.i]
        if verb.dep in ("xcomp", "advcl", "conj", "pcomp", "ccomp") and head.pos in ("VERB", "AUX"):
            return self.subject(head, depth + 1)
        if verb.dep == "pcomp" and head.dep == "prep":
            above = self.tokens[head.head]
            return self.subject(above, depth + 1) if above.pos in ("VERB", "AUX") else []
        return []

    def _objects(self, verb: Token) -> list[int]:
        own = [c for c in self.children[verb.i] if self.tokens[c].dep in ("dobj", "dative", "obj")]
        if own and self.tokens[own[0]].tag not in _RELATIVE:
            return own
        # "the gun which X makes", "which X is designed to replace": the relative clause hangs on the object.
        clause = verb
        while clause.dep in ("xcomp", "ccomp") and clause.head != clause.i:
            clause = self.tokens[clause.head]
        if clause.dep == "relcl" and self.tokens[clause.head].pos in ("NOUN", "PROPN", "NUM"):
            subjects = [c for c in self.children[clause.i] if self.tokens[c].dep in _SUBJECTS]
            if own or (subjects and self.tokens[subjects[0]].tag not in _RELATIVE):
                return [clause.head]
        # "developed and built X": the object hangs on the last of the verbs, or the first.
        for other in (*self.children[verb.i], verb.head):
            token = self.tokens[other]
            pair = token if token.dep == "conj" else verb
            if other != verb.i and pair.dep == "conj" and token.pos == "VERB":
                shared = [c for c in self.children[other] if self.tokens[c].dep in ("dobj", "obj")]
                if shared and abs(other - verb.i) <= 3:
                    return shared
        return []

    def _by(self, verb: Token) -> list[int]:
        for i in (verb.i, *self.children[verb.i], verb.head):
            token = self.tokens[i]
            is_partner = i == verb.i or (
                token.pos == "VERB" and (token.dep == "conj" or (i == verb.head and verb.dep == "conj"))
            )
            if not is_partner:
                continue
            for c in self.children[i]:
                child = self.tokens[c]
                is_by = child.dep == "agent" or (child.dep == "prep" and child.text.lower() == "by")
                if is_by and (found := [p for p in self.children[c] if self.tokens[p].dep == "pobj"]):
                    return found
        return []

    def _preposition(self, word: str, verb: Token) -> list[int]:
        found: list[int] = []
        for i in (verb.i, *self._objects(verb), *(c for c in self.children[verb.i] if self.tokens[c].dep == "prt")):
            found += self.prepositional(i, word)
        return self._sites(found)

    def prepositional(self, i: int, word: str) -> list[int]:
        """Return what a preposition that hangs on a token governs."""
        found: list[int] = []
        for c in self.children[i]:
            child = self.tokens[c]
            if child.dep in ("prep", "prt", "dative", "advmod") and child.text.lower() == word:
                found += [p for p in self.children[c] if self.tokens[p].dep == "pobj" and not self._is_role(word, p)]
        return found

    def _is_role(self, word: str, i: int) -> bool:
        """Say whether somebody takes part in a role of his own: "with Saab as main contractor"."""
        return word == "with" and i + 1 < len(self.tokens) and self.tokens[i + 1].text.lower() == "as"

    def _sites(self, heads: list[int]) -> list[int]:
        """Put the owner in place of his site: "at Saab's Linköping plant"."""
        found = []
        for head in heads:
            owners = [c for c in self.children[head] if self.tokens[c].dep == "poss"]
            is_site = self.tokens[head].lemma.lower() in self.lexicon.words["site"]
            found += owners if owners and is_site else [head]
        return found

    # ------------------------------------------------------------------ from tokens to mentions
    def _mentions(
        self, heads: list[int], types: frozenset[EntityType], *, is_traded: bool = False
    ) -> tuple[list[Mention], bool]:
        found: list[Mention] = []
        for head in heads:
            found += [m for m in self.under(self._named(head), types) if m not in found]
        if found or not heads:
            return found, False
        first = self.tokens[heads[0]]
        named = self.tokens[self._named(first.i)]
        if named.i != first.i and named.pos == "PROPN":
            return [], False  # "Excalibur, the round that X makes" is no other round
        if counted := self._counted(first):
            return self._mentions(counted, types, is_traded=is_traded)  # "a dozen of the jets", "24 of them"
        if first.pos == "NUM":
            words = "they"  # "the 16 which X is building"
        elif first.pos == "PRON" or first.text.lower() in self.lexicon.words["dual"]:
            words = first.text
        elif self._is_definite(first.i) and not self._is_restricted(first.i):
            is_new = any(self.tokens[c].text.lower() == "new" for c in self.children[first.i])
            words = f"the new {first.text}" if is_new else f"the {first.text}"
        else:
            return [], False
        return list(self.focus.resolve(words, types, first.span.start, is_traded=is_traded)), True

    def _counted(self, head: Token) -> list[int]:
        """Return what a number or a measure counts."""
        if head.pos not in _MEASURES and head.lemma not in self.lexicon.words["measure"]:
            return []
        return self.prepositional(head.i, "of")

    def _is_number(self, head: int) -> bool:
        """Say whether a noun phrase is counted: "36 jets", "four squadrons of jets", "a dozen of them"."""
        token = self.tokens[head]
        if any(t.text.lower() in self.lexicon.words["not_owned"] for t in self.tokens[head + 1 : head + 1 + _BEHIND]):
            return False  # "36 jets on order"
        return any(self.tokens[c].dep == "nummod" for c in self.children[head]) or bool(self._counted(token))

    def _is_definite(self, head: int) -> bool:
        return any(self.tokens[c].text.lower() in self.lexicon.words["definite"] for c in self.children[head])

    def _is_restricted(self, head: int) -> bool:
        """Say whether a clause tells which one is meant: "the planes that it flies now" are not those named before."""
        has_clause = any(self.tokens[c].dep == "relcl" for c in self.children[head])
        return has_clause and self.tokens[head + 1].text != ","

    def _has_and(self, head: int) -> bool:
        return any(self.tokens[c].dep == "cc" for c in self.children[head])

    def _named(self, head: int) -> int:
        """Go from an apposition without a name to what it explains ("HAL, a state firm, which makes")."""
        token = self.tokens[head]
        while token.dep == "appos" and token.i not in self.mention_at and token.head != token.i:
            token = self.tokens[token.head]
        return token.i

    def under(self, head: int, types: frozenset[EntityType], depth: int = 0) -> Iterator[Mention]:
        """Yield the mentions that a noun phrase names: its head, names beside the head, its list."""
        mention = self.mention_at.get(head)
        if mention and mention.form is not MentionForm.ADJECTIVE and mention.type in types:
            yield mention
        if depth > 4:
            return
        is_counted = self.tokens[head].pos in _MEASURES or self.tokens[head].lemma in self.lexicon.words["measure"]
        for c in self.children[head]:
            child = self.tokens[c]
            if EntityType.PLACE in types and (
                child.dep == "appos" or (child.dep == "conj" and not self._has_and(head))
            ):
                continue  # "Marietta, Georgia" is one place
            if child.dep in _NAME_PARTS and child.pos not in ("VERB", "AUX"):
                # A name inside another kind of name ("Boeing" in "Boeing F-15") is no list member.
                is_class_noun = EntityType.WEAPON in types or self.tokens[head].pos == "PROPN"
                if child.dep in ("conj", "appos") or (is_class_noun and (mention is None or mention.type not in types)):
                    yield from self.under(c, types, depth + 1)
            elif EntityType.PLACE in types and child.dep == "prep" and child.lemma in self.lexicon.words["scene"]:
                if self.tokens[head].lemma.lower() in self.lexicon.words["site"]:
                    for p in self.children[c]:
                        yield from self.under(p, types, depth + 1)
            elif is_counted and child.dep == "prep" and child.text.lower() == "of":
                for p in self.children[c]:
                    yield from self.under(p, types, depth + 1)
