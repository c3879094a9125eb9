"""Markdown as HTML that can do nothing."""

import html
import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrkit.practice.bank import Bank
from okrkit.views import markup
from okrkit.views.markup import to_html

HARMLESS = re.compile(r"</?(blockquote|br|code|em|li|ol|p|pre|strong|ul|table|tbody|td|th|thead|tr)>")
PIECES = ["<script>", "<img src=x onerror=a>", "[a](javascript:b)", "![a](b)", "<http://a>", "&lt;svg&gt;", "|a|\n|-|\n|<svg>|", "`<b>`", "**", "*", "\n\n", "    ", "- ", "&#60;i&#62;", "<!--", "<math>", "\x00", "가", "x"]  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**목표(O)**는 *하나*다", "<strong>목표(O)</strong>는 <em>하나</em>다"),
        ("가\n나", "가<br>\n나"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("3~5개, 2 * 3, [1], # 4", "3~5개, 2 * 3, [1], # 4"),
        ("[a](javascript:b) ![c](d) <http://e>", "[a](javascript:b) ![c](d) &lt;http://e&gt;"),
        ("<b onclick=a>b</b>", "&lt;b onclick=a&gt;b&lt;/b&gt;"),
    ],
)
def test_basic_markdown_is_read_and_everything_else_is_text(markdown: str, shown: str):
    assert to_html(markdown, inline=True) == shown


def test_a_table_is_a_table():
    assert to_html("| 지표 | 값 |\n|---|---|\n| 재방문율 | 35% |").replace("\n", "") == (
        "<table><thead><tr><th>지표</th><th>값</th></tr></thead>"
        "<tbody><tr><td>재방문율</td><td>35%</td></tr></tbody></table>"
    )


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join), st.booleans())
def test_no_text_makes_a_tag_that_can_do_anything(markdown: str, inline: bool):
    assert "<" not in HARMLESS.sub("", to_html(markdown, inline=inline))


def test_what_the_parser_might_let_through_is_cleaned(monkeypatch: pytest.MonkeyPatch):
    """The second wall, should the first have a hole."""
    hole = type("Parser", (), {"renderInline": lambda _, text: text})()
    monkeypatch.setattr(markup, "_parser", lambda: hole)
    assert (
        to_html("<p onclick=a>a<script>b</script><a href='javascript:c'>d</a></p>", inline=True)
        == "<p>ad</p>"
    )


def test_a_text_of_any_length_is_shown():
    assert to_html("*" * 30_000) == "*" * 30_000


def test_no_text_of_the_bank_is_changed_unawares(bank: Bank):
    marked_up = {
        "outline",
        "samples",
    }  # of written items: the one is Markdown, the others are never shown as such
    said = [
        {name: each for name, each in asdict(item).items() if name not in marked_up}
        for item in bank.items.values()
    ]
    assert [text for fields in said for text in texts(fields) if shown(text) != text] == []


def texts(node: object) -> Iterator[str]:
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
        yield from texts(each)
    if isinstance(node, str):
        yield node


def shown(text: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", to_html(text, inline=True)))
