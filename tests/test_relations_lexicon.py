"""The relation lexicon: the shipped file, overlays, and what is wrong said with its place."""

import pytest

from armsgraph.errors import DataError
from armsgraph.lexicon.relations import load_relation_lexicon
from armsgraph.vocab import PROPERTIES


def test_every_predicate_has_rules():
    lexicon = load_relation_lexicon()
    ruled = {r.predicate for r in lexicon.surface} | {r.predicate for rules in lexicon.verbs.values() for r in rules}
    assert ruled - {None} == set(lexicon.predicates)
    assert set(lexicon.predicates) <= set(PROPERTIES)


def test_rule_ids_are_unique():
    lexicon = load_relation_lexicon()
    ids = [r.id for r in lexicon.surface] + list({r.id for rules in lexicon.verbs.values() for r in rules})
    assert len(ids) == len(set(ids))


def test_overlay_adds_and_replaces(tmp_path):
    (tmp_path / "relations.yaml").write_text(
        "words: {made: [hammered]}\n"
        "surface:\n"
        "  - {id: made.new, predicate: manufacturedBy, pattern: '{subject}, pride of {object}', confidence: 0.5}\n"
        "  - {id: located.based, predicate: locatedIn, pattern: '{object} house {subject}'}\n",
        "utf-8",
    )
    plain, mine = load_relation_lexicon(), load_relation_lexicon(overlays=(tmp_path,))
    assert len(mine.surface) == len(plain.surface) + 1
    assert "hammered" in mine.words["made"]
    assert next(r for r in mine.surface if r.id == "located.based").confidence == 0.8


def test_rule_tells_what_a_pronoun_or_implying_words_may_fill():
    rules = {r.id: r for r in load_relation_lexicon().surface}
    assert rules["made.maker-line"].referring == {"subject"}
    assert rules["made.by"].referring == {"subject"}
    assert rules["made.owner"].referring == frozenset()


def test_noun_without_a_kind_has_no_family():
    families = load_relation_lexicon().families
    assert (families["frigate"], families["weapon"], families["airframe"]) == ("ship", "", "")


BAD = [
    ("not-yaml", "surface: [", "not YAML"),
    ("not-mapping", "- a", "not a mapping"),
    ("key", "shapes: []", "unknown keys"),
    ("rule-key", "surface: [{id: x, predicate: replaces, colour: red}]", "unknown keys"),
    ("no-id", "surface: [{predicate: replaces}]", "without an id"),
    ("predicate", "surface: [{id: x, predicate: likes, pattern: a}]", "unknown predicate"),
    ("property", "predicates: {likes: {subject: [Firm]}}", "no property"),
    ("type", "surface: [{id: x, predicate: replaces, subject: [Gun], pattern: a}]", "unknown type"),
    ("macro", "surface: [{id: x, predicate: replaces, pattern: '{subject} {nonsense} {object}'}]", "unknown macro"),
    ("regex", "surface: [{id: x, predicate: replaces, pattern: '{subject} ( {object}'}]", "no regular expression"),
    ("entity", "surface: [{id: x, predicate: replaces, pattern: '{subject} falls'}]", "lacks an entity"),
    (
        "confidence",
        "surface: [{id: x, predicate: replaces, pattern: '{subject} {object}', confidence: 7}]",
        "confidence",
    ),
    ("encounter", "surface: [{id: x, encounter: party, pattern: '{subject} {object}'}]", "party"),
    ("expand", "surface: [{id: x, predicate: replaces, pattern: '{subject} {object}', expand: 1}]", "expand"),
    ("implied", "surface: [{id: x, predicate: replaces, pattern: '{subject} {object}', implied: both}]", "implied"),
    ("verbs", "verbs: [{id: x, predicate: replaces}]", "verbs"),
    ("word", "words: {made: [no]}", "no text"),
]


@pytest.mark.parametrize(("content", "message"), [c[1:] for c in BAD], ids=[c[0] for c in BAD])
def test_bad_file_is_named(tmp_path, content, message):
    (tmp_path / "relations.yaml").write_text(content, "utf-8")
    with pytest.raises(DataError, match=message) as error:
        load_relation_lexicon(overlays=(tmp_path,))
    assert "relations.yaml" in str(error.value.where)
