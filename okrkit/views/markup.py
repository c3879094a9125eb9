"""Markdown from a question file, as HTML that can do nothing.

Raw HTML, links and pictures are not read as such: they show as the text they
are. What the parser wrote is then held against a short list of harmless tags.
"""

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_CLOSING = re.compile(r"([^\w\s*])(\*\*?)(?=[가-힣])")
_TAGS = {"blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
_TAGS |= {"table", "tbody", "td", "th", "thead", "tr"}


def to_html(markdown: str, *, inline: bool = False) -> str:
    """Return a text as HTML.

    Args:
        markdown: Emphasis, code, lists and tables; everything else is text.
        inline: Whether it is one paragraph that stands inside a line.

    Example:
        >>> to_html("**O**: <b onclick=x>a</b> [b](javascript:c)", inline=True)
        '<strong>O</strong>: &lt;b onclick=x&gt;a&lt;/b&gt; [b](javascript:c)'
    """
    import nh3

    if len(markdown) > MAX_LETTERS:
        return escape(markdown)
    parser = _parser()
    # CommonMark takes no emphasis for closed between a bracket and a Korean particle: **목표(O)**는.
    markdown = _CLOSING.sub("\\1\u200b\\2", markdown)
    html = parser.renderInline(markdown) if inline else parser.render(markdown)
    return nh3.clean(html, tags=_TAGS, attributes={}).replace("\u200b", "").strip()


MAX_LETTERS = 20_000  # no question is longer; a parser should not be fed more by mistake


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    off = ["link", "image", "autolink", "reference", "html_block", "html_inline", "heading", "lheading", "hr"]
    rules = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    return rules.disable(off, ignoreInvalid=True)
