"""No cue gives the key away: who knows nothing, but looks for signs, does no better than by chance.

A strategy takes the choice that stands out, or shares its point among those that stand out alike.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import mean

import pytest

from okrkit.practice.bank import Bank
from okrkit.practice.items import Choice, OneChoice, key_of
from tests.conftest import choice, common

NEAR = 0.05  # how far from chance a strategy may come, and how much better hedged keys may be than the rest
ABSOLUTE = {
    "ko": r"항상|언제나|늘 |모두|모든|반드시|절대|전혀|결코|무조건|오직|유일|(?<=[가-힣])만(?= |$)",
    "en": r"\b(always|never|all|every|must|only|entirely|none|absolutely|necessarily|no one|nobody|everyone)\b",
}
HEDGE = {  # words of doubt; what is able to happen (can, 수 있다) is none
    "ko": r"(?<![가-힣])(대체로|보통|흔히|일반적으로|대개|주로|대부분|때로|아마|약)(?![가-힣])|[\d개명]\s?(쯤|정도)|수도 있|편이",
    "en": r"\b((?i:usually|generally|often|typically|mostly|mainly|largely|perhaps|probably|sometimes|roughly)"
    r"|may|might|tends? to|about (\d|two|three|four|five|half))\b",
}
PARTICLE = r"(은|는|이|가|을|를|의|에|도|와|과|로|으로|에서|이다|다)$"
FUNCTION = re.compile(
    r"\b(a|an|the|of|to|in|on|at|by|for|from|with|as|and|or|not|no|is|are|was|were|be|has|have|its?|they|them|their"
    r"|that|this|these|those|what|which|who|how|when|where|one|s)\b"
)

Score = Callable[[OneChoice, str], dict[str, float]]
"""How much each choice stands out, by its key; the largest is taken."""


def words(text: str) -> set[str]:
    """Return the words of a text, of Korean ones the part before a particle."""
    return {re.sub(PARTICLE, "", word) or word for word in re.findall(r"\w+", text.lower())}


def texts(item: OneChoice, lang: str) -> dict[str, str]:
    return {name: choice.text.in_language(lang) for name, choice in item.choices.items()}


def longest(item: OneChoice, lang: str) -> dict[str, float]:
    return {name: len(text) for name, text in texts(item, lang).items()}


def first(item: OneChoice, lang: str) -> dict[str, float]:
    return {name: -place for place, name in enumerate(item.choices)}


def most_like_the_stem(item: OneChoice, lang: str) -> dict[str, float]:
    stem = words(item.stem.in_language(lang))
    return {name: len(stem & words(text)) for name, text in texts(item, lang).items()}


def most_like_what_the_stem_tells(item: OneChoice, lang: str) -> dict[str, float]:
    stem = words(FUNCTION.sub("", item.stem.in_language(lang).lower()))
    return {name: len(stem & words(text)) for name, text in texts(item, lang).items()}


def nothing_absolute(item: OneChoice, lang: str) -> dict[str, float]:
    return {
        name: -bool(re.search(ABSOLUTE[lang], text, re.IGNORECASE))
        for name, text in texts(item, lang).items()
    }


STRATEGIES: dict[str, Score] = {
    each.__name__: each
    for each in (longest, first, most_like_the_stem, most_like_what_the_stem_tells, nothing_absolute)
}


def gain(item: OneChoice, strategy: Score, lang: str) -> float:
    """Return by how much a strategy does better on a question than chance, -1 to 1."""
    scores = strategy(item, lang)
    taken = [name for name, score in scores.items() if score == max(scores.values())]
    return len(key_of(item) & set(taken)) / len(taken) - 1 / len(scores)


def hedged(item: OneChoice, lang: str) -> tuple[bool, list[bool]]:
    """Tell whether the key hedges, and whether each rival does."""
    found = {name: bool(re.search(HEDGE[lang], text)) for name, text in texts(item, lang).items()}
    (key,) = key_of(item)
    return found.pop(key), list(found.values())


def cues(items: list[OneChoice]) -> Iterator[str]:
    """Say each cue that these questions give: how far from chance it leads, and in which questions."""
    for lang in ("ko", "en"):
        for name, strategy in STRATEGIES.items():
            gains = {item.id: gain(item, strategy, lang) for item in items}
            if abs(mean(gains.values())) > NEAR:
                sign = 1 if mean(gains.values()) > 0 else -1
                led = [item for item, each in gains.items() if each * sign > 0]
                yield f"{lang}: {name} is {mean(gains.values()):+.0%} from chance; it is led by {', '.join(led)}"
        keys, rivals = zip(*(hedged(item, lang) for item in items), strict=True)
        more = mean(keys) - mean(each for found in rivals for each in found)
        if more > NEAR:
            led = [item.id for item, key in zip(items, keys, strict=True) if key]
            yield f"{lang}: hedging keys are {more:+.0%} more common than hedging rivals; in {', '.join(led)}"


@pytest.fixture
def single(bank: Bank) -> list[OneChoice]:
    """The shipped questions with a single choice."""
    return [item for item in bank.items.values() if isinstance(item, OneChoice)]


def test_no_cue_gives_the_key_away(single: list[OneChoice]):
    assert list(cues(single)) == []


def balanced() -> list[OneChoice]:
    """Four questions without a cue, the key at each place once."""
    return [
        OneChoice(
            kind="one",
            choices={name: choice(name, correct=name == key) for name in "abcd"},
            **common(f"x/{key}"),
        )
        for key in "abcd"
    ]


def doctored(item: OneChoice, change: Callable[[Choice], Choice]) -> OneChoice:
    return replace(item, choices={name: change(each) for name, each in item.choices.items()})


def add(ko: str, en: str, *, to_key: bool) -> Callable[[OneChoice], OneChoice]:
    """Return what adds words to the key of a question, or to its rivals."""

    def change(each: Choice) -> Choice:
        return replace(each, ko=each.ko + ko, en=each.en + en) if each.correct == to_key else each

    return lambda item: doctored(item, change)


def key_first(item: OneChoice) -> OneChoice:
    return replace(item, choices=dict(sorted(item.choices.items(), key=lambda each: not each[1].correct)))


def test_questions_without_a_cue_pass():
    assert list(cues(balanced())) == []


@pytest.mark.parametrize(
    ("doctor", "cue"),
    [
        (add(" 길게 덧붙인 말", " with more words", to_key=True), "longest"),
        (key_first, "first"),
        (add(" 문제", " question", to_key=True), "most_like_the_stem"),
        (add(" 항상", " always", to_key=False), "nothing_absolute"),
        (add(" 대체로", " usually", to_key=True), "hedging"),
    ],
)
def test_each_cue_is_found_in_both_languages(doctor: Callable[[OneChoice], OneChoice], cue: str):
    assert {said[:2] for said in cues([doctor(item) for item in balanced()]) if cue in said} == {"ko", "en"}


def test_a_cue_is_told_with_the_questions_that_give_it():
    first_two = [key_first(item) if item.id in {"x/a", "x/b"} else item for item in balanced()]
    assert list(cues(first_two)) == [
        f"{lang}: first is +25% from chance; it is led by x/a, x/b" for lang in ("ko", "en")
    ]


def test_choices_that_stand_out_alike_share_the_point():
    item = add(" 길다", " long", to_key=True)(balanced()[0])
    as_long = replace(item.choices["b"], ko=item.choices["a"].ko, en=item.choices["a"].en)
    assert gain(replace(item, choices={**item.choices, "b": as_long}), longest, "ko") == pytest.approx(
        1 / 2 - 1 / 4
    )
