"""Every error that okrkit raises on purpose: where, what, and what to do."""

from dataclasses import dataclass

from okrkit.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and its remedy.

    Args:
        what: What is wrong.
        fix: What to write or do instead.
        line: Line in the text or file, counted from 1; None where no line is meant.
        path: Address inside a document, such as ``items[2].choices.b.why``; may be empty.
        file: Name of the file; empty for text that came from no file.

    Example:
        >>> print(Problem(Text("글입니다", "it is text"), Text("0.7처럼 쓰세요", "write 0.7"), line=4))
        4행: 글입니다; 0.7처럼 쓰세요
    """

    what: Text
    fix: Text
    line: int | None = None
    path: str = ""
    file: str = ""

    def __str__(self) -> str:
        if self.file:
            line = f":{self.line}" if self.line else ""
            where = f"{self.file}{line}: " + (f"{self.path}: " if self.path else "")
        elif self.line:
            where = str(Text(ko=f"{self.line}행: ", en=f"line {self.line}: "))
        else:
            where = f"{self.path}: " if self.path else ""
        return f"{where}{self.what}; {self.fix}"


class OkrkitError(Exception):
    """Something okrkit can explain. ``problems`` holds all that was found, in order."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class ContentError(OkrkitError):
    """A file or a text is wrong: an OKR, a question, a topic card."""


class AnswerError(OkrkitError):
    """A learner's input has the wrong form; it is neither graded nor recorded."""


class ProgressError(OkrkitError):
    """The learner's history could not be read or written."""


class SetupError(OkrkitError):
    """A command cannot do its work on this machine as it is."""
