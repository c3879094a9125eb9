"""Who serves whom."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.errors import ContentError
from okrkit.okr.alignment import Origins, Tree, origins, orphans, share_aligned, tree
from okrkit.okr.model import Objective, Okrs
from okrkit.text import set_language


def objective(link: str) -> Objective:
    """'team<company' is the objective 'team' whose parent is 'company'."""
    name, _, parent = link.partition("<")
    return Objective(name, id=name, parent=parent)


def okrs(*links: str) -> Okrs:
    return Okrs(tuple(objective(link) for link in links))


COMPANY = ("company", "team1<company", "team2<company", "person<team1")


def test_a_tree_goes_from_the_company_to_its_people_in_the_order_written():
    company, team1, team2, person = okrs(*COMPANY)
    assert tree(okrs(*COMPANY)) == Tree((company,), {"company": (team1, team2), "team1": (person,)})
    assert tree(okrs(*COMPANY)).below(company) == (team1, team2)


def test_a_child_may_be_written_before_its_parent_and_need_no_id():
    child, parent = Objective("빵을 덜 버린다", parent="cafe"), Objective("1위 카페가 된다", id="cafe")
    assert tree([child, parent]) == Tree((parent,), {"cafe": (child,)})
    assert tree([child, parent]).below(child) == ()


def test_an_orphan_has_neither_parent_nor_children_while_others_have():
    assert orphans(okrs(*COMPANY, "alone")) == (objective("alone"),)
    assert orphans(okrs("a", "b")) == ()
    assert orphans(okrs("a", "b<a")) == ()


@pytest.mark.parametrize(
    ("links", "share"),
    [
        (COMPANY, 1.0),
        ((*COMPANY, "alone"), 0.75),
        (("a", "b<a", "c", "d"), 1 / 3),
        (("a", "b"), None),
        ((), None),
    ],
)
def test_the_share_aligned_leaves_the_top_out(links: tuple[str, ...], share: float | None):
    assert share_aligned(okrs(*links)) == share


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (
            ("a", "b<x", "c<y"),
            "b: 상위 목표 'x'이(가) 없습니다; 있는 목표의 id를 쓰거나 parent를 지우세요\n"
            "c: 상위 목표 'y'이(가) 없습니다; 있는 목표의 id를 쓰거나 parent를 지우세요",
        ),
        (
            ("a", "a"),
            "a: id 'a'이(가) 두 번 나옵니다; 하나를 다른 이름으로 바꾸세요\n"
            "a: id 'a'이(가) 두 번 나옵니다; 하나를 다른 이름으로 바꾸세요",
        ),
        (("top", "a<c", "b<a", "c<b"), "목표가 돌고 돕니다: a -> b -> c -> a; parent 하나를 지우세요"),
        (("a<a",), "목표가 돌고 돕니다: a -> a; parent 하나를 지우세요"),
    ],
)
def test_what_is_no_tree_is_an_error_that_names_the_place(links: tuple[str, ...], said: str):
    for ask in (tree, orphans, share_aligned):
        with pytest.raises(ContentError) as caught:
            ask(okrs(*links))
        assert str(caught.value) == said


def test_an_objective_that_remembers_its_line_is_named_by_it():
    with pytest.raises(ContentError, match=r"^7행: 상위 목표 'x'"):
        tree([replace(objective("b<x"), line=7)])


@given(st.lists(st.integers(0, 30), max_size=30))
def test_every_objective_is_found_once_from_the_roots(parents: list[int]):
    links = [f"{n}<{parent}" if parent < n else str(n) for n, parent in enumerate(parents)]
    grown, found = tree(okrs(*links)), []
    waiting = list(grown.roots)
    while waiting:
        found.append(waiting.pop())
        waiting += grown.below(found[-1])
    assert sorted(int(each.id) for each in found) == list(range(len(parents)))


def test_a_chain_as_long_as_a_large_company_is_no_trouble():
    links = ["0", *(f"{n}<{n - 1}" for n in range(1, 5000))]
    assert share_aligned(okrs(*links)) == 1.0


def test_origins_are_counted_and_shared_among_those_that_are_known():
    said = ["top_down", "bottom_up", "bottom_up", "bottom_up", "top_down", None]
    found = origins([Objective("", origin=each) for each in said])
    assert found == Origins(top_down=2, bottom_up=3, unsaid=1)
    assert (found.top_down_share, found.bottom_up_share, found.unsaid_share) == (0.4, 0.6, 1 / 6)


def test_without_objectives_there_are_no_shares():
    nobody = origins([])
    assert (nobody.top_down_share, nobody.bottom_up_share, nobody.unsaid_share) == (None, None, None)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ko", "하향식 1개, 상향식 2개, 밝히지 않음 0개 (밝힌 것의 67%가 상향식)"),
        ("en", "1 top-down, 2 bottom-up, 0 unsaid (67% of those said are bottom-up)"),
    ],
)
def test_origins_are_said_in_one_line_that_a_korean_console_can_print(lang, said: str):
    set_language(lang)
    assert repr(Origins(1, 2, 0)) == said
    assert said.encode("cp949")
    assert str(Origins(0, 0, 2)).encode("cp949")
