"""The trigger lexicon: what ships is whole, what a user adds is read strictly."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from armsgraph.errors import DataError
from armsgraph.lexicon.deals import load_deal_lexicon
from armsgraph.model import DealKind, DealStatus, Modality, Role
from armsgraph.pipeline import Tools, load_tools
from scenes import read_scene

CASES = {
    "subject", "object", "passive_subject", "dative", "possessive", "by", "from", "with", "for", "to", "of", "on",
    "in", "at", "through", "between", "same",
}  # fmt: skip
ROLES = {r.value for r in Role} | {"item"}


def overlay(folder: Path, text: str, name: str = "triggers.yaml") -> Path:
    (folder / name).write_text(textwrap.dedent(text), "utf-8")
    return folder


# ------------------------------------------------------------------------------------------------ what ships
def test_shipped_rules_have_ids_of_their_own() -> None:
    lexicon = load_deal_lexicon()
    rules = {id(t): t for listed in (*lexicon.verbs.values(), *lexicon.nouns.values()) for t in listed}
    ids = [t.id for t in rules.values()]
    assert len(ids) == len(set(ids))


def test_shipped_rules_stand_under_their_lemmas() -> None:
    lexicon = load_deal_lexicon()
    for table, is_verb in ((lexicon.verbs, True), (lexicon.nouns, False)):
        for lemma, triggers in table.items():
            assert lemma == lemma.lower()
            assert all(t.is_verb is is_verb and lemma in t.lemmas for t in triggers)


def test_shipped_types_use_known_cases_and_roles() -> None:
    lexicon = load_deal_lexicon()
    for triggers in (*lexicon.verbs.values(), *lexicon.nouns.values()):
        for trigger in triggers:
            assert set(trigger.cases) <= CASES, trigger.id
            assert set(trigger.cases.values()) <= ROLES, trigger.id


def test_shipped_governors_are_statuses_or_modalities() -> None:
    assert set(load_deal_lexicon().governors.values()) <= {s.value for s in (*DealStatus, *Modality)}


@pytest.mark.parametrize(
    "key",
    [
        "cooperation_words",
        "definite_nouns",
        "delivery_words",
        "earlier_deal_markers",
        "end_words",
        "future_auxiliaries",
        "hypothetical_markers",
        "agreement_verbs",
        "cancelled_predicates",
        "delayed_predicates",
        "doubtful_auxiliaries",
        "idioms",
        "light_verbs",
        "party_pronouns",
        "sale_kinds",
        "negations",
        "new_deal_markers",
        "not_a_price_before",
        "speech_verbs",
        "start_words",
        "unit_price_after",
    ],
)
def test_lists_that_the_stages_ask_for_are_there(key: str) -> None:
    words = load_deal_lexicon().words[key]
    assert words
    assert all(w == w.lower() for w in words)


@pytest.mark.parametrize(
    ("mark", "rules"),
    [
        pytest.param("hands-over", {"deliver", "hand-over", "supply", "arrive"}, id="hands-over"),
        pytest.param("sells", {"sell", "supply", "sale-n", "donate"}, id="sells"),
        pytest.param("own-purchase", {"purchase-n"}, id="own-purchase"),
    ],
)
def test_shipped_marks(mark: str, rules: set[str]) -> None:
    lexicon = load_deal_lexicon()
    marked = {t.id for listed in (*lexicon.verbs.values(), *lexicon.nouns.values()) for t in listed if mark in t.marks}
    assert rules <= marked
    assert "build" not in marked


# ------------------------------------------------------------------------------------------------ what a user adds
def test_user_adds_a_verb(tmp_path: Path) -> None:
    overlay(
        tmp_path,
        """
        triggers:
          - {id: snaffle, lemmas: [Snaffle], pos: verb, type: buy, status: ordered, kind: Contract}
        """,
    )
    (trigger,) = load_deal_lexicon(overlays=(tmp_path,)).verbs["snaffle"]
    assert (trigger.id, trigger.status, trigger.kind) == ("snaffle", DealStatus.ORDERED, DealKind.CONTRACT)
    assert trigger.cases["subject"] == "buyer"


def test_user_replaces_a_rule_by_its_id(tmp_path: Path) -> None:
    overlay(
        tmp_path,
        """
        triggers:
          - {id: donate, lemmas: [donate], pos: verb, type: sell, status: proposed}
        """,
    )
    (trigger,) = load_deal_lexicon(overlays=(tmp_path,)).verbs["donate"]
    assert (trigger.status, trigger.kind) == (DealStatus.PROPOSED, None)
    assert "gift" not in load_deal_lexicon(overlays=(tmp_path,)).verbs


def test_user_adds_words_to_a_list(tmp_path: Path) -> None:
    overlay(tmp_path, "new_deal_markers: [Umpteenth]\n")
    shipped, mine = load_deal_lexicon(), load_deal_lexicon(overlays=(tmp_path,))
    assert mine.words["new_deal_markers"] == shipped.words["new_deal_markers"] | {"umpteenth"}


def test_user_adds_a_class_noun_that_the_frames_then_see(tmp_path: Path) -> None:
    text = "Poland ordered 30 zorbs from Norvik Arms."
    (tmp_path / "class_nouns.tsv").write_text("noun\tuse\tfamily\tsource\nzorb\tthing\t\tmine\n", "utf-8")
    assert [i for f in read_scene(text, load_tools()).frames for i in f.items] == []
    (found,) = read_scene(text, load_tools(overlays=(tmp_path,))).frame("order").items
    assert (found.noun, found.number and int(found.number.value)) == ("zorb", 30)


def test_folder_without_the_files_adds_nothing(tmp_path: Path) -> None:
    assert load_deal_lexicon(overlays=(tmp_path,)) == load_deal_lexicon()


@pytest.mark.parametrize(
    ("text", "message", "rule"),
    [
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: barter}\n", "unknown type 'barter'", "'x'", id="type"
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, colour: red}\n", "colour", "'x'", id="key"
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, strength: mighty}\n",
            "strength",
            "'x'",
            id="strength",
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, status: bought}\n", "bought", "'x'", id="status"
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, marks: [haggles]}\n", "marks", "'x'", id="mark"
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, marks: sells}\n",
            "marks",
            "'x'",
            id="marks-are-a-word",
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, needs: luck}\n", "luck", "'x'", id="needs"
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, objects: pen}\n",
            "objects",
            "'x'",
            id="objects-are-a-word",
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verb, type: buy, kind: Barter}\n", "Barter", "'x'", id="kind"
        ),
        pytest.param("triggers:\n  - {id: x, pos: verb, type: buy}\n", "lemmas", "'x'", id="no-lemmas"),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], type: buy}\n", "part of speech", "'x'", id="no-part-of-speech"
        ),
        pytest.param("triggers:\n  - {lemmas: [x], pos: verb, type: buy}\n", "id", "None", id="no-id"),
        pytest.param("negations: never\n", "negations", "", id="list-is-a-word"),
        pytest.param("- one\n- two\n", "not a mapping", "", id="no-mapping"),
        pytest.param("triggers: [\n", "not YAML", "", id="no-yaml"),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: buy, pos: verb, type: buy}\n",
            "lemmas",
            "'x'",
            id="lemmas-are-a-word",
        ),
        pytest.param(
            "triggers:\n  - {id: x, lemmas: [x], pos: verbs, type: buy}\n",
            "part of speech",
            "'x'",
            id="part-of-speech",
        ),
        pytest.param(
            "triggers:\n  - buy\n",
            "rule",
            "",
            id="rule-is-a-word",
        ),
        pytest.param(
            "governors:\n  bought: [x]\n",
            "bought",
            "",
            id="governor-status",
        ),
        pytest.param(
            "types:\n  barter: {subject: barterer}\n",
            "barterer",
            "",
            id="type-role",
        ),
    ],
)
def test_wrong_overlay_is_told_with_file_and_rule(text: str, message: str, rule: str, tmp_path: Path) -> None:
    overlay(tmp_path, text)
    with pytest.raises(DataError) as caught:
        load_deal_lexicon(overlays=(tmp_path,))
    assert message in str(caught.value)
    assert str(tmp_path / "triggers.yaml") in (caught.value.where or "")
    assert rule in (caught.value.where or "")
    assert caught.value.hint


def test_empty_section_adds_nothing(tmp_path: Path) -> None:
    overlay(tmp_path, "triggers:\n")
    assert load_deal_lexicon(overlays=(tmp_path,)) == load_deal_lexicon()


def test_wrong_row_of_class_nouns_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "class_nouns.tsv").write_text("noun\tuse\tfamily\tsource\nzorb\tthing\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_deal_lexicon(overlays=(tmp_path,))
    assert caught.value.where == f"{tmp_path / 'class_nouns.tsv'}:2"


def test_verb_of_a_user_makes_a_deal(tmp_path: Path, tools: Tools) -> None:
    text = "Poland snaffled 20 HX-20 helicopters from Norvik Arms."
    overlay(tmp_path, "triggers:\n  - {id: snaffle, lemmas: [snaffle], pos: verb, type: buy, status: ordered}\n")
    assert read_scene(text, tools).deals == ()
    (deal,) = read_scene(text, load_tools(overlays=(tmp_path,))).deals
    assert deal.evidence.rule == "trigger.snaffle"
