"""Two languages, and which one is in force."""

from pathlib import Path

import pytest

from okrkit import text
from okrkit.text import Text, language, set_language

HELLO = Text(ko="안녕", en="hello")


@pytest.mark.parametrize(
    ("chosen", "variable", "folder", "spoken"),
    [
        ([], None, "work", "ko"),
        ([], None, "en", "en"),
        ([], None, "ko", "ko"),
        ([], "en", "ko", "en"),
        ([], "fr", "en", "en"),
        (["ko"], "en", "en", "ko"),
    ],
)
def test_what_was_set_goes_before_the_variable_before_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chosen, variable, folder, spoken
):
    (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / folder)
    monkeypatch.setattr(text, "_chosen", chosen)
    if variable:
        monkeypatch.setenv("OKRKIT_LANG", variable)
    assert language() == spoken


def test_a_text_speaks_the_language_in_force():
    assert str(HELLO) == "안녕"
    set_language("en")
    assert str(HELLO) == "hello"


def test_filling_a_text_with_a_text_keeps_each_language_to_itself():
    assert Text("{who}님", "dear {who}").fill(who=Text("지우", "Jiu")) == Text("지우님", "dear Jiu")


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="unknown language 'fr'; write 'ko' or 'en'"):
        set_language("fr")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("글이(가)", "글이"),
        ("숫자이(가)", "숫자가"),
        ("'목록'은(는)", "'목록'은"),
        ("파일을(를)", "파일을"),
        ("칠(으)로", "칠로"),
        ("목록(으)로", "목록으로"),
        ("표(으)로", "표로"),
        ("3이(가)", "3이"),
        ("12%(으)로", "12%로"),
        ("KR(으)로", "KR로"),  # 케이알
        ("CSAT을(를)", "CSAT를"),
        ("LCM이(가)", "LCM이"),
        ("app은(는)", "app은(는)"),
    ],
)
def test_korean_particles_follow_the_word_before_them(written: str, read: str):
    assert Text(written, "").fill().ko == read
