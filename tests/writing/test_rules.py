"""The table of writing rules is its own test: what it says must be found is found, and nothing else."""

import pytest

from okrkit.writing.finders import FINDERS
from okrkit.writing.linting import lint_sentence
from okrkit.writing.rules import Rule, writing_rules

SENTENCES = [each for each in writing_rules() if each.about != ("set",)]
FLAGGED = [
    (each, lang, text) for each in SENTENCES for lang in ("ko", "en") for text in getattr(each.flagged, lang)
]
PASSES = [
    (each, lang, text) for each in SENTENCES for lang in ("ko", "en") for text in getattr(each.passes, lang)
]


def found(rule: Rule, lang: str, text: str) -> list[str]:
    return [each.rule for each in lint_sentence(text, rule.about[0], lang)]


@pytest.mark.parametrize(("rule", "lang", "text"), FLAGGED, ids=lambda value: getattr(value, "code", None))
def test_what_a_rule_says_must_be_flagged_is_flagged(rule: Rule, lang: str, text: str):
    assert rule.code in found(rule, lang, text)


@pytest.mark.parametrize(("rule", "lang", "text"), PASSES, ids=lambda value: getattr(value, "code", None))
def test_what_a_rule_says_must_pass_passes_it(rule: Rule, lang: str, text: str):
    assert rule.code not in found(rule, lang, text)


@pytest.mark.parametrize(("rule", "lang", "text"), PASSES, ids=lambda value: getattr(value, "code", None))
def test_good_examples_of_serious_rules_earn_no_serious_comment(rule: Rule, lang: str, text: str):
    if rule.severity != "info":
        assert [
            each.rule for each in lint_sentence(text, rule.about[0], lang) if each.severity != "info"
        ] == []


def test_every_rule_about_a_sentence_has_one_finder_and_examples_in_both_languages():
    assert set(FINDERS) == {each.code for each in SENTENCES}
    assert [each.code for each in SENTENCES if not all((*each.flagged.ko, *each.flagged.en))] == []
    assert [
        each.code
        for each in SENTENCES
        if not (each.flagged.ko and each.flagged.en and each.passes.ko and each.passes.en)
    ] == []


def test_the_catalogue_shows_each_rule_with_its_reason_examples_and_source(english: None):
    (entry,) = [each for each in repr(writing_rules()).split("\n\n") if each.startswith("deliverable")]
    assert entry.splitlines() == [
        "deliverable · A deliverable: done or not (warning)",
        "  It stays at 0 until the last day and then jumps to 1, so nobody can see along the way how far it has come.",
        "  → {topic}: [the measure that improves because of it] from [current value] to [target value] by {when}",
        "  ✗ The new menu is live",
        "  ✗ Hygiene manual signed off",
        "  ✗ Till migration 100% complete",
        "  ✓ 90% of new baristas certified within 30 days",
        "  ✓ 85% of orders are ready in 4 minutes",
        "  Source: GitLab handbook, OKR basics: a launch is hard to score; Microsoft Learn, write effective OKRs. Contested: GitLab prefers numbers but allows yes/no",
    ]


def test_codes_are_unique():
    codes = [each.code for each in writing_rules()]
    assert len(codes) == len(set(codes))
