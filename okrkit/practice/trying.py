"""Whether a rubric does its work: it fits its prompt, and ranks three sample answers as they deserve."""

import re
from collections.abc import Iterator

from okrkit.files import Address
from okrkit.practice.items import Written
from okrkit.practice.rubrics import CAPS, earned, mark, words_of
from okrkit.text import LANGUAGES, Text

_TABLE = re.compile(r"^\|?[ :|-]*-{3}[ :|-]*$|^```", re.MULTILINE)


def check_written(item: Written, tried: bool) -> Iterator[tuple[Address, Text, Text]]:
    """Complain of points that do not add up, lines nobody could find, and samples that are ranked wrongly."""
    total = sum(line.points for line in item.rubric.values())
    if total != item.points or any(line.points < 1 for line in item.rubric.values()):
        what = Text("rubric의 점수를 더하면 {total}점입니다", "the rubric's points add up to {total}")
        fix = Text("한 줄에 1점 이상, 모두 더해 {n}점이 되게 하세요", "write 1 or more a line, {n} in all")
        yield ("rubric",), what.fill(total=total), fix.fill(n=item.points)
    behind = {claim for line in item.rubric.values() for claim in line.claims}
    if behind != set(item.claims):
        what = Text(
            "claims와 rubric의 주장이 다릅니다 ({claims})", "claims and the rubric's differ ({claims})"
        )
        fix = Text("두 곳에 같은 주장을 쓰세요", "name the same claims in both places")
        yield ("claims",), what.fill(claims=", ".join(sorted(behind ^ set(item.claims)))), fix
    if not item.structure:
        what = Text("답안의 구조가 없습니다", "there is no structure")
        yield ("structure",), what, Text("단락을 하나 이상 쓰세요", "write a block or more")
    for lang in LANGUAGES:
        if not _TABLE.search(item.outline.in_language(lang)):
            what = Text("표도 그림도 없습니다", "there is neither a table nor a figure")
            fix = Text(
                "표나 코드 블록(```)으로 그린 그림을 넣으세요",
                "add a table, or a figure in a code block (```)",
            )
            yield ("outline", lang), what, fix
    for key in item.rubric:
        yield from _check_line(item, key)
    if total == item.points and not tried:
        yield from _check_samples(item)


def _check_line(item: Written, key: str) -> Iterator[tuple[Address, Text, Text]]:
    line = item.rubric[key]
    if re.search(r"\s", key):
        what = Text("열쇠 '{key}'에 빈칸이 있습니다", "there is a blank in the key '{key}'").fill(key=key)
        yield ("rubric", key), what, Text("'-'로 이으세요", "join it with '-'")
    for step, group in enumerate(line.accept):
        for lang in LANGUAGES:
            for form in getattr(group, lang):
                if len("".join(words_of(form))) < 2:
                    what = Text(
                        "'{form}'은(는) 다른 낱말에도 들어 있습니다", "'{form}' is part of other words, too"
                    )
                    fix = Text("두 글자 이상으로 쓰세요", "write two letters or more")
                    yield ("rubric", key, "accept", step, lang), what.fill(form=form), fix
    if not line.accept or not all(group.ko and group.en for group in line.accept):
        what = Text("받아 줄 말이 한 언어에 없습니다", "accepted words are missing in a language")
        yield ("rubric", key, "accept"), what, Text("ko와 en을 모두 쓰세요", "write both ko and en")


def _check_samples(item: Written) -> Iterator[tuple[Address, Text, Text]]:
    for lang in LANGUAGES:
        found = {name: mark(item, getattr(item.samples, name).in_language(lang)) for name in _RANKED}
        full, middling, empty = (earned(item, each.found, each.caps) for each in found.values())
        if full < item.points:
            lost = [key for key, line in found["full"].lines.items() if not line.found]
            lost += [str(CAPS[key].why) for key in found["full"].caps]
            what = Text("만점 답안이 {n}점입니다 ({lost})", "the full answer earns {n} ({lost})")
            fix = Text("답안이나 accept를 고치세요", "mend the answer or what is accepted")
            yield ("samples", "full", lang), what.fill(n=full, lost=", ".join(lost)), fix
        if not full > middling > empty:
            what = Text("점수의 차례가 어긋납니다 ({all})", "the samples earn {all}")
            fix = Text(
                "full, middling, empty의 차례로 낮아지게 하세요",
                "make full, middling and empty earn less and less",
            )
            yield ("samples",), what.fill(all=f"{full}, {middling}, {empty}"), fix


_RANKED = ("full", "middling", "empty")
