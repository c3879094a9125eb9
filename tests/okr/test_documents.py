"""OKRs and scorecards as YAML: everything is held, and every problem is named."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.bsc import Link, Perspective, Scorecard, ScorecardMeasure, StrategicObjective
from okrkit.okr.cycles import Cycle
from okrkit.okr.documents import Plan, dump_document, parse_document, read_document
from okrkit.okr.entries import document_schema
from okrkit.okr.model import (
    FARTHEST,
    CheckIn,
    Child,
    Judgement,
    Keep,
    KeyResult,
    Metric,
    Milestones,
    Objective,
    Okrs,
    Step,
    YesNo,
)
from okrkit.okr.scoring import score

WHOLE = """\
cycle: {start: 2026-01-01, end: 2026-03-31}
objectives:
  - id: friends
    objective: 단골이 친구를 데려온다
    kind: committed
    owner: 지우
    origin: top_down
    perspective: customer
    weight: 2
    judgement: {score: 0.7, reason: 반응이 좋다}
    health: [{text: 이익률, keep_above: 9, unit: "%", current: 10.5}]
    key_results:
      - id: return
        text: 재방문율
        baseline: 20
        target: 35
        current: 29
        unit: "%"
        weight: 3
        committed: false
        check_ins:
          - {on: 2026-01-05, value: 21, confidence: 5, note: 첫 주}
          - {on: 2026-01-12, confidence: 6}
          - {on: 2026-01-19, note: 휴무}
      - {text: 추출 시간, keep_within: [25, 30], inclusive: true}
      - {text: 불만, keep_below: 5}
      - text: 새 메뉴
        milestones: [{text: 고른다, weight: 2, done: true, done_on: 2026-02-03}, {text: 낸다}]
      - {text: 앱, done: }
      - {text: 인증, done: true, done_on: 2026-03-02}
      - {text: 홀 팀, objective: hall}
      - {text: 아무것도 재지 않는다}
  - {id: hall, objective: 반기는 홀, parent: friends, origin: bottom_up, cycle: {start: 2026-01-01, end: 2026-12-31}}
scorecard:
  perspectives:
    - id: customer
      name: 고객
      objectives:
        - {id: loyal, text: 충성, measures: [{text: 재방문, baseline: 20, target: 35, kind: lead}], initiatives: [이름 부르기]}
        - {id: known, text: 알려짐}
  links: [{cause: known, effect: loyal}]
"""
PLAN = Plan(
    Okrs(
        (
            Objective(
                "단골이 친구를 데려온다",
                (
                    KeyResult(
                        "재방문율",
                        Metric(20, 35, 29, "%"),
                        "return",
                        3,
                        False,
                        (
                            CheckIn(date(2026, 1, 5), 21, 5, "첫 주"),
                            CheckIn(date(2026, 1, 12), confidence=6),
                            CheckIn(date(2026, 1, 19), note="휴무"),
                        ),
                    ),
                    KeyResult("추출 시간", Keep(25, 30, inclusive=True)),
                    KeyResult("불만", Keep(high=5)),
                    KeyResult(
                        "새 메뉴", Milestones((Step("고른다", 2, True, date(2026, 2, 3)), Step("낸다")))
                    ),
                    KeyResult("앱", YesNo(None)),
                    KeyResult("인증", YesNo(True, date(2026, 3, 2))),
                    KeyResult("홀 팀", Child("hall")),
                    KeyResult("아무것도 재지 않는다"),
                ),
                "friends",
                "committed",
                "지우",
                "",
                "top_down",
                "customer",
                2,
                Judgement(0.7, "반응이 좋다"),
                (KeyResult("이익률", Keep(9, unit="%", current=10.5)),),
            ),
            Objective(
                "반기는 홀",
                id="hall",
                parent="friends",
                origin="bottom_up",
                cycle=Cycle(date(2026, 1, 1), date(2026, 12, 31)),
            ),
        ),
        Cycle(date(2026, 1, 1), date(2026, 3, 31)),
    ),
    Scorecard(
        (
            Perspective(
                "customer",
                "고객",
                (
                    StrategicObjective(
                        "loyal", "충성", (ScorecardMeasure("재방문", 20, 35, kind="lead"),), ("이름 부르기",)
                    ),
                    StrategicObjective("known", "알려짐"),
                ),
            ),
        ),
        (Link("known", "loyal"),),
    ),
)


def said(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_document(text, "okr.yaml")
    return str(caught.value).splitlines()


def with_key_result(keys: str) -> str:
    return f"cycle: {{start: 2026-01-01, end: 2026-03-31}}\nobjectives:\n- objective: a\n  key_results:\n  - {{text: k, {keys}}}\n"


def test_a_document_holds_everything_and_knows_its_lines():
    plan = parse_document(WHOLE)
    assert plan == PLAN
    assert [plan.okrs[0].line, plan.okrs[0].key_results[1].line, plan.okrs[1].line] == [3, 25, 33]


def test_what_is_written_is_read_back_and_says_nothing_twice():
    assert parse_document(dump_document(PLAN)) == PLAN
    assert (
        dump_document(Plan(Okrs((Objective("a", (KeyResult("k", Metric(1, 2)),)),))))
        == "objectives:\n- objective: a\n  key_results:\n  - text: k\n    baseline: 1\n    target: 2\n"
    )


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        (
            "baseline: 3, target: 3",
            ".target: 기준값과 목표값이 3으로 같아 진행률을 셈할 수 없습니다; 바꾸려는 값을 목표값으로 쓰세요",
        ),
        ("baseline: 3", ": 'target'이(가) 빠졌습니다; baseline과 target을 함께 쓰세요"),
        ("weight: 0", ".weight: 가중치 0.0이 0보다 크지 않습니다; 0보다 큰 수를 쓰세요"),
        (
            "baseline: 1, target: 2, done: true",
            ".done: 재는 방식이 둘 이상입니다 (target, done); 하나만 남기세요",
        ),
        (
            "keep_above: 1, keep_below: 2",
            ".keep_below: 재는 방식이 둘 이상입니다 (keep_above, keep_below); 하나만 남기세요",
        ),
        ("keep_within: [2, 1]", ".keep_within: 아래 끝 2가 위 끝 1보다 작지 않습니다; 작은 값을 먼저 쓰세요"),
        ("keep_within: [1]", ".keep_within: 값이 1개입니다; [아래 끝, 위 끝] 두 값을 쓰세요"),
        (
            "current: 3",
            ".current: 'current'은(는) 여기서 뜻이 없습니다; baseline과 target을 함께 쓰거나 지우세요",
        ),
        ("milestones: []", ".milestones: 이정표가 하나도 없습니다; 하나 이상 쓰세요"),
        (
            "milestones: [{text: a, weight: -1}]",
            ".milestones[0].weight: 가중치 -1.0이 0보다 크지 않습니다; 0보다 큰 수를 쓰세요",
        ),
        ("objective: nowhere", ".objective: 목표 'nowhere'이(가) 없습니다; 있는 것의 id를 쓰세요"),
        (
            "check_ins: [{on: 2025-12-31, value: 1}]",
            ".check_ins[0].on: 2025-12-31은 주기가 시작된 2026-01-01보다 이릅니다; 날짜나 주기를 고치세요",
        ),
        (
            "check_ins: [{on: 2026-02-02, value: 1}, {on: 2026-02-01, value: 1}]",
            ".check_ins[1].on: 2026-02-01이 2026-02-02 뒤에 나옵니다; 오래된 것부터 차례로 쓰세요",
        ),
        (
            "check_ins: [{on: 2026-02-02, value: 1, confidence: 11}]",
            ".check_ins[0].confidence: 자신감 11이 0에서 10 사이가 아닙니다; 0에서 10 사이로 쓰세요",
        ),
        (
            "check_ins: [{on: 2026-02-02}]",
            ".check_ins[0].value: 값도 자신감도 메모도 없습니다; 하나는 쓰세요",
        ),
        (
            "done: false, done_on: 2026-02-02",
            ".done_on: 이룬 날은 있는데 이루었다는 말이 없습니다; done: true를 쓰거나 날을 지우세요",
        ),
        (
            "done_on: 2026-02-02",
            ".done_on: 'done_on'은(는) 여기서 뜻이 없습니다; done: true와 함께 쓰거나 지우세요",
        ),
        (
            "milestones: [{text: a, done_on: 2026-02-02}]",
            ".milestones[0].done_on: 이룬 날은 있는데 이루었다는 말이 없습니다; done: true를 쓰거나 날을 지우세요",
        ),
        (
            "baseline: 0, target: 1.0e-300, check_ins: [{on: 2026-02-02, value: 1.0e+300}]",
            ".check_ins: 기준값, 목표값, 현재값이 서로 너무 멉니다; 실제로 잰 수를 쓰세요",
        ),
        (
            "check_ins: [{on: 2월, value: 1}]",
            ".check_ins[0].on: 2026-03-31 같은 날짜가 아닙니다; 2026-03-31 같은 날짜로 쓰세요",
        ),
        (
            "target: .inf",
            ".target: '.inf'은(는) 프로그램마다 다르게 읽힙니다; 문자열이면 따옴표로 감싸고, 숫자면 10, 0.5처럼 쓰세요",
        ),
        ("baselin: 3", ".baselin: 'baselin'은(는) 모르는 이름입니다; 'baseline'(으)로 쓰려던 것인가요?"),
    ],
)
def test_a_wrong_key_result_is_named_with_its_line_address_and_remedy(keys: str, problem: str):
    assert said(with_key_result(keys)) == [f"okr.yaml:5: objectives[0].key_results[0]{problem}"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "objectives:\n- {id: a, objective: x}\n- {id: a, objective: z}\n",
            "okr.yaml:3: objectives[1].id: id 'a'이(가) 두 번 나옵니다; 서로 다른 id를 쓰세요",
        ),
        (
            "objectives:\n- objective: x\n  parent: b\n",
            "okr.yaml:3: objectives[0].parent: 목표 'b'이(가) 없습니다; 있는 것의 id를 쓰세요",
        ),
        (
            "objectives:\n- {id: a, objective: x, parent: b}\n- {id: b, objective: z, parent: a}\n",
            "okr.yaml:2: objectives[0].parent: 목표가 돌고 돕니다: a -> b -> a; 고리 하나를 끊으세요",
        ),
        (
            "objectives:\n- {id: a, objective: x, parent: b}\n- {id: b, objective: z, parent: c}\n- {id: c, objective: z, parent: a}\n",
            "okr.yaml:2: objectives[0].parent: 목표가 돌고 돕니다: a -> b -> c -> a; 고리 하나를 끊으세요",
        ),
        (
            "objectives:\n- {id: a, objective: x, key_results: [{text: k, objective: a}]}\n",
            "okr.yaml:2: objectives[0].key_results[0].objective: 목표가 돌고 돕니다: a -> a; 고리 하나를 끊으세요",
        ),
        (
            "objectives:\n- {objective: x, judgement: {score: 2, reason: z}}\n",
            "okr.yaml:2: objectives[0].judgement.score: 판정 점수 2가 0에서 1 사이가 아닙니다; 0.7처럼 쓰세요",
        ),
        (
            "cycle: {start: 2026-01-01, end: 2026-01-01}\nobjectives: [{objective: x}]\n",
            "okr.yaml:1: cycle.end: 주기가 2026-01-01에 끝나 시작보다 늦지 않습니다; 끝을 시작보다 늦게 쓰세요",
        ),
        (
            "scorecard:\n  perspectives: []\n  links: [{cause: a, effect: b}]\n",
            "okr.yaml:3: scorecard.links[0].cause: 전략 목표 'a'이(가) 없습니다; 있는 것의 id를 쓰세요",
        ),
        (
            "scorecard:\n  perspectives:\n  - {id: p, name: p, objectives: [{id: a, text: a}, {id: b, text: b}]}\n  links: [{cause: a, effect: b}, {cause: b, effect: a}]\n",
            "okr.yaml:4: scorecard.links[0]: 전략 목표가 돌고 돕니다: a -> b -> a; 고리 하나를 끊으세요",
        ),
        (
            "objectives: [{objective: x, perspective: custmer}]\nscorecard:\n  perspectives: [{id: customer, name: 고객}, {id: financial, name: 재무}]\n",
            "okr.yaml:1: objectives[0].perspective: 관점 'custmer'이(가) 없습니다; 균형성과표에 있는 것: customer, financial",
        ),
        (
            "cycle: {start: 2026-01-01, end: 2026-03-31}\nobjectives:\n- objective: x\n  cycle: {start: 2026-02-01, end: 2026-12-31}\n  key_results:\n  - text: k\n    check_ins:\n    - {on: 2026-01-31, value: 1}\n",
            "okr.yaml:8: objectives[0].key_results[0].check_ins[0].on: 2026-01-31은 주기가 시작된 2026-02-01보다 이릅니다; 날짜나 주기를 고치세요",
        ),
        (
            "objectives:\n- objective: x\n  cycle: {start: 2026-02-01, end: 2026-01-31}\n",
            "okr.yaml:3: objectives[0].cycle.end: 주기가 2026-01-31에 끝나 시작보다 늦지 않습니다; 끝을 시작보다 늦게 쓰세요",
        ),
        ("{}", "okr.yaml:1: 목표가 하나도 없습니다; 'objectives:' 아래에 쓰세요"),
    ],
)
def test_parts_that_do_not_fit_each_other_are_named(text: str, problem: str):
    assert problem in said(text)


def test_all_problems_come_at_once_in_the_order_of_their_lines(english: None):
    assert said(
        "objectives:\n- objective: a\n  weight: 0\n  parent: nobody\n  key_results:\n  - {text: k, baseline: 1, target: 1}\n"
    ) == [
        "okr.yaml:3: objectives[0].weight: the weight 0.0 is not above 0; write a number above 0",
        "okr.yaml:4: objectives[0].parent: there is no objective 'nobody'; write the id of one that exists",
        "okr.yaml:6: objectives[0].key_results[0].target: baseline and target are both 1, so there is no progress to measure; write as target the value you want to reach",
    ]


def test_many_circles_are_named_without_end():
    loops = "".join(f"- {{id: n{n}, objective: x, parent: n{n}}}\n" for n in range(300))
    assert len(said("objectives:\n" + loops)) == 20


@pytest.mark.parametrize(
    "okrs",
    [
        Okrs((Objective(" "),)),
        Okrs((Objective("a", parent="nobody"),)),
        Okrs((Objective("a", weight=10**17 + 1),)),
    ],
)
def test_what_could_not_be_read_back_is_not_written(okrs: Okrs):
    with pytest.raises(ContentError):
        dump_document(Plan(okrs))


def test_the_schema_knows_every_key_of_the_whole_document_and_no_other():
    schema = document_schema()
    parts = {"": schema} | schema["$defs"]
    assert all(part.get("additionalProperties") is False for part in parts.values())
    assert list(schema["properties"]) == ["cycle", "objectives", "scorecard"]
    assert list(parts["KeyResultEntry"]["properties"]) == [
        *("id", "text", "baseline", "target", "current", "unit", "weight", "committed"),
        *(
            "keep_above",
            "keep_below",
            "keep_within",
            "inclusive",
            "milestones",
            "done",
            "done_on",
            "objective",
            "check_ins",
        ),
    ]
    assert list(parts["ObjectiveEntry"]["properties"]) == [
        *("id", "objective", "kind", "owner", "parent", "origin", "perspective", "weight", "cycle"),
        *("judgement", "health", "key_results"),
    ]
    assert list(parts["MilestoneEntry"]["properties"]) == ["text", "weight", "done", "done_on"]
    assert parts["CheckInEntry"]["required"] == ["on"]
    assert "done_on" in parts["KeyResultEntry"]["description"]


def test_a_file_is_read_as_its_text(tmp_path):
    path = tmp_path / "okr.yaml"
    path.write_text(WHOLE, encoding="utf-8-sig")
    assert read_document(path) == PLAN


# --- any plan comes back -----------------------------------------------------------------------------

awkward = st.sampled_from(
    ["12:30", "no", "1e5", "0o17", "~", "null", "- x", "a: b", "#", "'q'", '"q"', "한\n글", "😀", "\u2028x", "2026-01-01", "\x85!", "&a", "a\r\nb", "\ufeffb"]
)  # fmt: skip
words = awkward | st.text(min_size=1, max_size=12).filter(lambda text: text.strip() != "")
blank = st.just("") | words
numbers = st.floats(-1e300, 1e300) | st.integers(-10, 10).map(float)
weights = st.floats(1e-9, 1e9)
START = date(2026, 1, 1)
days = st.lists(st.integers(0, 80), max_size=3).map(
    lambda found: [START + timedelta(days=n) for n in sorted(found)]
)
unequal = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]).map(sorted)
maybe = st.none() | numbers
dates = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def in_reach(baseline: float, target: float, *values: float | None) -> bool:
    return all(
        abs((each - baseline) / (target - baseline)) <= FARTHEST for each in values if each is not None
    )


measures = st.one_of(
    st.none(),
    st.tuples(unequal.map(lambda pair: pair[::-1]), maybe, blank)
    .filter(lambda each: in_reach(*each[0], each[1]))
    .map(lambda each: Metric(*each[0], *each[1:])),
    st.builds(lambda low, *rest: Keep(low, None, *rest), numbers, st.booleans(), maybe, blank),
    st.builds(lambda high, *rest: Keep(None, high, *rest), numbers, st.booleans(), maybe, blank),
    st.builds(lambda pair, *rest: Keep(*pair, *rest), unequal, st.booleans(), maybe, blank),
    st.lists(
        st.builds(Step, words, weights, st.booleans())
        | st.builds(Step, words, weights, st.just(True), dates),
        min_size=1,
        max_size=3,
    ).map(lambda steps: Milestones(tuple(steps))),
    st.builds(YesNo, st.none() | st.booleans()),
    st.builds(YesNo, st.just(True), dates),
    st.just(Child("last")),
)
check_ins = days.flatmap(
    lambda found: st.tuples(
        *(
            st.tuples(st.just(day), maybe, st.none() | st.floats(0, 10), blank)
            .filter(lambda seen: seen[1] is not None or seen[2] is not None or seen[3])
            .map(lambda seen: CheckIn(*seen))
            for day in found
        )
    )
)
key_results = (
    st.tuples(words, measures, st.just(""), weights, st.none() | st.booleans(), check_ins)
    .filter(
        lambda each: (
            not isinstance(each[1], Metric)
            or in_reach(each[1].baseline, each[1].target, *(seen.value for seen in each[5]))
        )
    )
    .map(lambda each: KeyResult(*each))
)
objectives = st.builds(
    Objective,
    words,
    st.lists(key_results, max_size=3).map(tuple),
    kind=st.sampled_from(["committed", "aspirational"]),
    owner=blank,
    parent=st.sampled_from(["", "last"]),
    origin=st.sampled_from([None, "top_down", "bottom_up"]),
    perspective=blank,
    weight=weights,
    judgement=st.none() | st.builds(Judgement, st.floats(0, 1), words),
    health=st.lists(key_results, max_size=1).map(tuple),
    cycle=st.none()
    | st.builds(Cycle, st.dates(date(2020, 1, 1), START), st.dates(date(2026, 2, 1), date(2030, 1, 1))),
)
scorecards = st.builds(
    lambda name, text, about, weight: Scorecard(
        (
            Perspective(
                "p", name, (StrategicObjective("a", text, about), StrategicObjective("b", text)), weight
            ),
        ),
        (Link("a", "b"),),
    ),
    words,
    words,
    st.lists(
        st.builds(
            lambda text, pair, *rest: ScorecardMeasure(text, *pair, *rest), words, unequal, maybe, blank
        ),
        max_size=2,
    ).map(tuple),
    weights,
)


def beside(scorecard: Scorecard | None, objective: Objective) -> Objective:
    """Return an objective whose perspective, if it has one, is the scorecard's, if there is one."""
    return replace(objective, perspective="p") if scorecard and objective.perspective else objective


plans = st.builds(
    lambda some, cycle, scorecard: Plan(
        Okrs((*(beside(scorecard, each) for each in some), Objective("x", id="last")), cycle), scorecard
    ),
    st.lists(objectives, max_size=3),
    st.none() | st.just(Cycle(START, date(2026, 3, 31))),
    st.none() | scorecards,
)


@settings(deadline=None)
@given(plans)
def test_any_plan_comes_back_as_it_was(plan: Plan):
    assert parse_document(dump_document(plan)) == plan


def test_a_check_in_after_the_end_is_the_grading_and_is_kept():
    plan = parse_document(
        "cycle: {start: 2026-01-01, end: 2026-03-31}\nobjectives:\n  - objective: a\n    key_results:\n"
        "      - {text: k, baseline: 0, target: 10, check_ins: [{on: 2026-04-02, value: 7}]}\n"
    )
    assert score(plan.okrs).value == 0.7
