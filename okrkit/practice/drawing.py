"""Questions with drawn numbers: the same seed shows, asks for and explains the same numbers."""

import ast
import math
import operator
import random
import string
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from okrkit.practice.items import Item, Mistake, Number, Variable
from okrkit.text import Text

MAX_FORMULA = 200  # characters: a formula longer than this is no classroom arithmetic
_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {"min": min, "max": max, "abs": abs, "round": round}


def draw(item: Item, seed: str) -> Item:
    """Return the question with its variables drawn; a question without any comes back as it is.

    A known mistake that happens to equal the drawn answer is left out.

    Args:
        item: The question.
        seed: The same seed draws the same numbers.

    Raises:
        ValueError: If a formula cannot be computed or a text names an unknown variable.
    """
    if not isinstance(item, Number) or not item.variables:
        return item
    chance = random.Random(f"{seed}/numbers")  # noqa: S311  (a quiz, not a secret)
    values: dict[str, float] = {}
    for name, variable in item.variables.items():
        values[name] = _drawn(variable, values, chance)
    answer = evaluate(item.answer, values)
    mistakes = [Mistake(evaluate(each.value, values), _filled(each.why, values)) for each in item.mistakes]
    return replace(
        item,
        stem=_filled(item.stem, values),
        why=_filled(item.why, values),
        hints=tuple(_filled(hint, values) for hint in item.hints),
        answer=answer,
        mistakes=tuple(each for each in mistakes if abs(float(each.value) - answer) > item.tolerance),
        variables={},
    )


def evaluate(formula: float | str, values: Mapping[str, float]) -> float:
    """Compute a formula: numbers, names, ``+ - * /``, brackets, ``min max abs round``, nothing else.

    Args:
        formula: Such as ``"(current - baseline) / (target - baseline)"``; a number is its own value.
        values: What the names stand for.

    Raises:
        ValueError: If it is anything else, divides by zero, or is not finite.

    Example:
        >>> evaluate("(now - base) / (goal - base)", {"base": 20, "now": 11, "goal": 8})
        0.75
    """
    try:
        value = _value(_parsed(formula), values) if isinstance(formula, str) else formula
        found = round(float(value), 9)  # the binary dust
    except (ArithmeticError, MemoryError, RecursionError, SyntaxError, TypeError) as error:
        raise ValueError(str(error)) from error
    if not math.isfinite(found):
        raise ValueError(str(formula))
    return found


@lru_cache(1000)  # a bank is checked with many draws of the same formulas
def _parsed(formula: str) -> ast.expr:
    if len(formula) > MAX_FORMULA:
        raise ValueError(f"{len(formula)} > {MAX_FORMULA}")
    return ast.parse(formula, mode="eval").body


def shown(value: float) -> str:
    """Write a number as a question shows it: commas between thousands, at most four decimals.

    Example:
        >>> shown(1200000.0), shown(0.75), shown(1 / 3)
        ('1,200,000', '0.75', '0.3333')
    """
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _value(node: ast.AST, values: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, values), _value(right, values))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(operand, values))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(each, values) for each in args))
    raise ValueError(ast.unparse(node))


def _drawn(variable: Variable, values: Mapping[str, float], chance: random.Random) -> float:
    if variable.formula is not None:
        return evaluate(variable.formula, values)
    low, high = variable.low, variable.high
    if low is None or high is None or variable.step <= 0 or not 0 <= high - low <= 10_000 * variable.step:
        raise ValueError("low, high, step")
    return round(low + variable.step * chance.randint(0, math.floor((high - low) / variable.step + 1e-9)), 9)


def _filled(text: Text, values: Mapping[str, float]) -> Text:
    for words in (text.ko, text.en):
        for _, name, form, change in string.Formatter().parse(words):
            if name is not None and (name not in values or form or change):
                raise ValueError(f"{{{name}}}")
    return text.fill(**{name: shown(value) for name, value in values.items()})
