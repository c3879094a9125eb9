"""Which claims of the topic cards the questions ask about, how broadly, and what is still thin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from okrkit.practice.bank import Bank
from okrkit.practice.items import Item
from okrkit.practice.topics import Claim
from okrkit.text import Text

_NOTHING = Text("묻는 문제 없음", "no question")
_LINES: Mapping[str, Text] = {
    "thin": Text(
        "얇은 주장 {n}개 (종류가 다른 두 문제가 아직 없음)",
        "Thin claims: {n} (without two questions of different kinds)",
    ),
    "strong": Text("튼튼한 주장 {n}개", "Strong claims: {n}"),
    "total": Text(
        "{group}: 주장 {claims}개 가운데 {covered}개를 묻고, {strong}개가 튼튼함",
        "{group}: {claims} claims, {covered} of them asked about, {strong} strong",
    ),
    "questions": Text("문제 {n}개", "questions: {n}"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The questions whose key depends on a claim.

    Args:
        claim: The claim.
        items: Those questions, in the order of the chapters.
    """

    claim: Claim
    items: tuple[Item, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds of the questions."""
        return sorted({item.kind for item in self.items})

    @property
    def levels(self) -> list[str]:
        """What the questions ask of the learner."""
        return sorted({item.level for item in self.items})

    @property
    def strong(self) -> bool:
        """Whether there are two questions of different kinds."""
        return len(self.kinds) > 1


def coverage(bank: Bank) -> dict[str, Coverage]:
    """Return what asks about each claim of the bank's cards, by the claim's id.

    Where there are several cards, which may use the same ids, by ``card/claim``.
    """
    several = len(bank.topics) > 1
    asked = [(chapter.topic, item) for chapter in bank.chapters.values() for item in chapter.items]
    return {
        f"{card.id}/{name}" if several else name: Coverage(
            claim, tuple(item for topic, item in asked if topic == card.id and name in item.claims)
        )
        for card in bank.topics.values()
        for name, claim in card.claims.items()
    }


def totals(covered: Mapping[str, Coverage]) -> dict[str, dict[str, int]]:
    """Count the claims that are to be asked about, by the letters their ids begin with (``C``).

    Returns:
        For each group how many claims there are, are asked about, and are so strongly.
    """
    groups: dict[str, list[Coverage]] = {}
    for name, each in covered.items():
        if each.claim.asked:
            groups.setdefault(name.rstrip("0123456789"), []).append(each)
    return {
        group: {
            "claims": len(found),
            "covered": sum(bool(each.items) for each in found),
            "strong": sum(each.strong for each in found),
        }
        for group, found in groups.items()
    }


def to_entries(covered: Mapping[str, Coverage]) -> dict[str, Any]:
    """Return the coverage as plain data, for programs."""
    claims = {
        name: {
            "items": [item.id for item in each.items],
            "kinds": each.kinds,
            "levels": each.levels,
            "strong": each.strong,
        }
        for name, each in covered.items()
    }
    return {"claims": claims, "totals": totals(covered)}


def report(covered: Mapping[str, Coverage]) -> str:
    """Return the coverage for people: what is thin first, the thinnest at the top."""
    asked = {name: each for name, each in covered.items() if each.claim.asked}
    thin = sorted((name for name in asked if not asked[name].strong), key=lambda name: len(asked[name].items))
    strong = [name for name in asked if asked[name].strong]
    lines = []
    for title, names in (("thin", thin), ("strong", strong)):
        lines += [str(_LINES[title].fill(n=len(names))), *_rows(asked, names), ""]
    lines += [str(_LINES["total"].fill(group=group, **counts)) for group, counts in totals(covered).items()]
    return "\n".join(lines)


def _rows(covered: Mapping[str, Coverage], names: Iterable[str]) -> list[str]:
    rows = []
    for name in names:
        each = covered[name]
        count = _LINES["questions"].fill(n=len(each.items)) if each.items else _NOTHING
        told = "; ".join(filter(None, [str(count), " ".join(each.kinds), " ".join(each.levels)]))
        rows.append(f"  {name} ({told}) {Text(each.claim.ko, each.claim.en)}")
    return rows
