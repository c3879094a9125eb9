"""What the score plot shows."""

from collections.abc import Iterator
from dataclasses import replace

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, get_font

from okrkit.errors import ContentError
from okrkit.okr.bands import SCHEMES, Scheme
from okrkit.okr.model import Child, Keep, KeyResult, Metric, Milestones, Objective, Step, YesNo
from okrkit.okr.reading import parse_okrs
from okrkit.plots.scores import plot_scores
from okrkit.plots.style import korean_font, style

OKRS = parse_okrs("O: a\nKR: 재방문율 20% -> 35% (now 29%)\nKR: 앱을 출시한다\nKR: 손익 -3 -> 2 (now -4)")

OBJECTIVE = Objective(
    "목표",
    (
        KeyResult("수치", Metric(20, 35, 29), weight=3),
        KeyResult("지킴", Keep(high=5, current=4)),
        KeyResult("이정표", Milestones((Step("가", done=True), Step("나", weight=3)))),
        KeyResult("예", YesNo(done=False)),
        KeyResult("빈칸"),
    ),
    id="o",
)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    mpl.use("agg")
    yield
    plt.close("all")


def drawn(ax: Axes, what: str) -> dict[int, tuple[float, float]]:
    """From where to where a bar or a zone reaches, by its row."""
    found = [patch for patch in ax.patches if (patch.get_gid() or "").startswith(f"{what}:")]
    rows = [int(patch.get_gid().partition(":")[2]) for patch in found]
    ends = [(round(patch.get_x(), 9), round(patch.get_x() + patch.get_width(), 9)) for patch in found]
    return dict(zip(rows, ends, strict=True))


def legend(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_each_key_result_has_its_bar_from_top_to_bottom():
    ax = plot_scores(OKRS)
    assert drawn(ax, "bar") == {0: (0, 0.6), 1: (0, 0), 2: (0, 0)}
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "재방문율 20% → 35%",
        "앱을 출시한다",
        "손익 -3 → 2",
    ]
    assert ax.yaxis_inverted()


def test_a_blank_is_not_drawn_as_zero():
    assert [text.get_text() for text in plot_scores(OKRS).texts] == ["0.60", "점수 없음", "0.00"]


def test_the_success_zone_is_where_the_card_puts_it():
    ax = plot_scores(OKRS)
    assert drawn(ax, "zone") == dict.fromkeys(range(3), (0.6, 0.7))
    assert legend(ax) == ["도전적 목표의 성공 구간 0.6–0.7"]


def test_what_is_committed_is_marked_at_1_and_has_no_success_zone():
    promised = KeyResult("수치", Metric(0, 10, 9), committed=True)
    stretch = replace(promised, text="모험", committed=False)
    ax = plot_scores(
        [
            Objective("가", (promised, OKRS[0].key_results[0])),
            Objective("나", (promised, stretch), kind="committed"),
        ]
    )
    assert {line.get_gid(): list(line.get_xdata()) for line in ax.lines} == {
        "mark:0": [1, 1],
        "mark:2": [1, 1],
    }
    assert drawn(ax, "zone") == {1: (0.6, 0.7), 3: (0.6, 0.7)}
    assert legend(ax) == ["약속형에 기대하는 1.0", "도전적 목표의 성공 구간 0.6–0.7"]
    assert ax.get_yticklabels()[0].get_text() == "수치 (약속형)"
    assert "수치 (약속형) 0.90, 재방문율 20% -> 35% 0.60" in ax.get_gid()


def test_the_line_at_1_runs_through_no_score():
    okrs = Objective("", tuple(KeyResult("", Metric(0, 100, n)) for n in (50, 97, 100)), kind="committed")
    assert [round(text.get_position()[0], 9) for text in plot_scores(okrs).texts] == [0.51, 1.01, 1.01]


def test_of_a_large_company_the_first_rows_are_drawn_and_the_rest_is_counted(english: None):
    okrs = [Objective(f"o{n}", (KeyResult(f"k{n}", Metric(0, 99, n)),)) for n in range(73)]
    ax = plot_scores(okrs)
    assert list(drawn(ax, "bar")) == list(range(30))
    assert [label.get_text() for label in ax.get_yticklabels()][-2:] == ["k29", "… and 43 more"]
    assert ax.get_gid().endswith("k29 0.29, … and 43 more.")
    assert max(ax.figure.get_size_inches()) <= 20
    assert [each.get_text() for each in plot_scores(okrs, scheme="google").get_yticklabels()][-3:] == [
        "k14",
        "… and 116 more",
        "bands (google)",
    ]


def test_nothing_to_draw_warns_of_nothing():
    plot_scores([]).figure.canvas.draw()


def test_it_speaks_the_language_in_force(english: None):
    ax = plot_scores(OKRS)
    assert (ax.get_title(loc="left"), ax.get_xlabel()) == ("Score of each key result", "score (0–1)")


def test_it_draws_where_it_is_told():
    _, ax = plt.subplots()
    assert plot_scores(OKRS, ax=ax) is ax


def test_korean_and_the_minus_sign_have_letters_without_any_system_font():
    with style():
        font = get_font(
            mpl.font_manager.findfont(FontProperties(family=[korean_font()]), fallback_to_default=False)
        )
    assert {sign: bool(font.get_char_index(ord(sign))) for sign in "가힣뷁−→≥"} == dict.fromkeys(
        "가힣뷁−→≥", True
    )


def test_drawing_warns_of_no_missing_letter():
    ax = plot_scores(OKRS)
    ax.set_xlim(-1, 1)
    ax.figure.canvas.draw()  # a missing letter is a warning, and a warning is an error here


def test_the_users_own_style_returns_after_drawing():
    before = mpl.rcParams["font.family"]
    plot_scores(OKRS)
    assert mpl.rcParams["font.family"] == before


def test_every_kind_of_measure_has_its_bar():
    parent = Objective("위", (KeyResult("아래 목표", Child("o")),))
    labels = [text.get_text() for text in plot_scores([OBJECTIVE, parent]).texts]
    assert labels == ["0.60", "1.00", "0.25", "0.00", "점수 없음", "0.51"]


def test_a_scheme_names_the_band_of_each_score_and_gives_each_objective_its_weighted_mean():
    ax = plot_scores(OBJECTIVE, scheme="google")
    labels = [text.get_text() for text in ax.texts]
    assert labels[:6] == ["0.51 노랑", "0.60 노랑", "1.00 초록", "0.25 빨강", "0.00 빨강", "점수 없음"]
    assert [width for _, width in drawn(ax, "bar").values()] == [0.508333333, 0.6, 1, 0.25, 0, 0]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "O: 목표", "수치", "지킴", "이정표", "예", "빈칸", "등급(google)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "strip"),
    [
        ("google", [("빨강", 0.0, 0.35), ("노랑", 0.35, 0.65), ("초록", 0.65, 1.0)]),
        ("gitlab", [("위험", 0.0, 0.695), ("목표\n미달", 0.695, 0.845), ("목표\n수준", 0.845, 1.0)]),
        ("thirds", [("빨강", 0.0, 0.333333), ("노랑", 0.333333, 0.666667), ("초록", 0.666667, 1.0)]),
    ],
)
def test_the_bands_stand_beneath_the_bars_by_name(scheme, strip):
    ax = plot_scores(OBJECTIVE, scheme=scheme)
    bars = [patch for patch in ax.patches if round(patch.get_height(), 9) == 0.8]
    names = [text.get_text() for text in ax.texts[6:]]
    shown = [
        (name, round(bar.get_x(), 6), round(bar.get_x() + bar.get_width(), 6))
        for name, bar in zip(names, bars, strict=True)
    ]
    assert shown == strip
    assert {round(bar.get_y() + 0.4, 9) for bar in bars} == {6}


def test_a_scheme_of_ones_own_will_do_and_an_unknown_one_is_an_error():
    own = Scheme("own", SCHEMES["google"].bands[:2], None, "mine")
    assert plot_scores(OBJECTIVE, scheme=own).texts[0].get_text() == "0.51 노랑"
    with pytest.raises(ContentError, match="'googel'"):
        plot_scores(OBJECTIVE, scheme="googel")


def test_the_picture_says_in_words_what_it_shows(english: None):
    assert plot_scores(OKRS[0]).get_gid() == (
        "Bar chart, Score of each key result: 재방문율 20% -> 35% 0.60, 앱을 출시한다 no score, 손익 -3 -> 2 0.00."
    )


def test_no_letter_is_smaller_than_eleven_points():
    ax = plot_scores(OBJECTIVE, scheme="google")
    texts = [*ax.texts, *ax.get_yticklabels(), *ax.get_xticklabels(), *ax.get_legend().get_texts()]
    assert min(text.get_fontsize() for text in texts) >= 11


def test_axes_made_outside_our_style_miss_no_letter_and_a_dollar_is_no_formula():
    _, ax = plt.subplots()
    plot_scores(parse_okrs("O: a\nKR: 매출 $x$ 10 -> 20"), ax=ax, scheme="google")
    ax.figure.canvas.draw()  # a missing letter is a warning, and a warning is an error here
    label = ax.get_yticklabels()[1]
    assert (label.get_parse_math(), label.get_fontsize()) == (False, 11)
