"""The clinic: an objective and key results to type, with comments beside the words they are about.

The page sends what was typed; here it is saved first, then read and commented on.
"""

import hashlib
import unicodedata
from pathlib import Path
from typing import Any, get_args

import anywidget
import traitlets

from okrkit.errors import OkrkitError, Problem
from okrkit.okr.documents import Plan, dump_document
from okrkit.okr.filing import write_okrs
from okrkit.okr.gathering import Gatherable
from okrkit.okr.model import Okrs
from okrkit.okr.reading import to_text
from okrkit.text import Text, language
from okrkit.views.pages import script, stylesheet
from okrkit.writing.comments import Finding
from okrkit.writing.drafts import (
    Draft,
    RowKind,
    comment,
    draft_of,
    draft_path,
    free,
    load_draft,
    save_draft,
    to_okrs,
)
from okrkit.writing.reading import language_of
from okrkit.writing.rules import rule, writing_rules

_WORDS = {
    "clinic": Text("OKR 클리닉", "OKR clinic"),
    "kept": Text("쓰는 대로 초안 '{name}'에 저장됩니다.", "Saved as the draft “{name}” while you type."),
    "objective": Text("목표", "Objective"),
    "key_result": Text("핵심 결과 {n}", "Key result {n}"),
    "health": Text("건강 지표 {n}", "Health measure {n}"),
    "eg_objective": Text(
        "예: 단골이 친구를 데려오는 카페가 된다", "e.g. The café that regulars bring friends to"
    ),
    "eg_key_result": Text("예: 재방문율을 20%에서 35%로 높인다", "e.g. Return rate rises from 20% to 35%"),
    "eg_health": Text("예: 만족도 4.5점 이상 유지", "e.g. Satisfaction stays at 4.5 or above"),
    "add_key_result": Text("핵심 결과 더하기", "Add a key result"),
    "add_health": Text("건강 지표 더하기", "Add a health measure"),
    "remove": Text("지우기", "Remove"),
    "restore": Text("지운 것 되돌리기", "Bring back what was removed"),
    "error": Text("꼭 고칠 곳", "Fix first"),
    "warning": Text("고칠 곳", "To mend"),
    "info": Text("참고", "Note"),
    "use": Text("이 틀로 바꾸기", "Use this frame"),
    "why": Text("왜 그런가요?", "Why?"),
    "source": Text("출처", "Source"),
    "examples": Text("예시", "Examples"),
    "flagged": Text("고칠 문장", "To mend"),
    "passes": Text("좋은 문장", "Well written"),
    "text": Text("글로 내보내기", "Export as text"),
    "yaml": Text("YAML로 내보내기", "Export as YAML"),
    "exported": Text("완성한 OKR", "The finished OKR"),
    "copy": Text("복사", "Copy"),
    "copied": Text("복사했습니다.", "Copied."),
    "save": Text("파일로 저장", "Save to a file"),
    "silent": Text(
        "커널이 아직 응답하지 않습니다. 다른 셀을 실행하는 중이면 끝날 때까지 기다려 주세요.",
        "The kernel has not responded yet. If it is busy with another cell, please wait until that is done.",
    ),
    "gone": Text(
        "커널이 꺼졌거나 다시 시작되었습니다. 이 셀을 다시 실행하세요. 쓴 글은 그대로 이어집니다.",
        "The kernel was stopped or restarted. Run this cell again; what you typed will be there.",
    ),
}
_COMMENTS = Text("고칠 곳 {serious}군데, 참고할 말 {other}가지.", "To mend: {serious}. Notes: {other}.")
_QUIET = Text("고칠 곳을 찾지 못했습니다.", "Nothing to mend was found.")
_SAVED = Text("{file}에 저장했습니다.", "Saved to {file}.")
_LEFT_OUT = Text("이 형식에는 {what} 자리가 없습니다.", "This form has no place for {what}.")
_HEALTH, _CYCLE = Text("건강 지표", "health measures"), Text("주기", "the cycle")
_UNEXPECTED = Text("뜻밖의 오류입니다: {error}", "Something unexpected went wrong: {error}")
_FORMS = {"text": ".txt", "yaml": ".yaml"}


class ClinicView(anywidget.AnyWidget):
    """Where an OKR is written and mended.

    Args:
        name: Of the draft it shows and keeps.
        start: What a draft that does not exist yet begins with.

    Raises:
        ContentError: If there can be no draft of this name.
    """

    _esm = script("clinic")
    _css = stylesheet("clinic")
    state = traitlets.Dict().tag(sync=True)
    rules = traitlets.Dict().tag(sync=True)

    def __init__(self, name: str, start: Draft) -> None:
        self._name, self._path = name, draft_path(name)
        self._seen, self._notice = load_draft(self._path)
        self._draft = self._seen or start
        self._ids = [str(n) for n in range(len(self._draft.rows))]
        super().__init__(rules=_rules(), state=self._drawn())
        self.on_msg(self._take)

    def __repr__(self) -> str:
        """Name what is shown, the same in every run; the hash changes with any word of it."""
        shown = hashlib.sha256(repr((self._draft, comment(self._draft))).encode()).hexdigest()[:8]
        count = sum(bool(text.strip()) for text in self._draft.key_results)
        return f"<Clinic {self._name}: {count} key result{'s' * (count != 1)}, {shown}>"

    @property
    def okrs(self) -> Okrs:
        """What was typed, read as an OKR; key results that name two values measure something.

        Raises:
            ContentError: With every row that cannot be read, or if there is no objective.
        """
        return to_okrs(self._draft)

    def _take(self, _: object, message: dict[str, Any], __: object) -> None:
        """Save and answer what the page sends; show an error where the writer looks, whatever it is."""
        told: dict[str, Any] = {}
        try:
            told["serial"] = str(message.get("serial", ""))
            self._type(message["rows"])
            seen = None if message.get("restored") else self._seen
            self._notice = save_draft(self._draft, self._path, seen) or self._notice
            self._seen = self._draft
            if "form" in message:
                told["export"] = self._export(message["form"], save=bool(message.get("save")))
        except OkrkitError as error:
            told["problem"] = str(error)
        except Exception as error:  # noqa: BLE001  (a callback's exception would vanish in a log)
            told["problem"] = str(_UNEXPECTED.fill(error=f"{type(error).__name__}: {error}"))
        self.rules = _rules()
        self.state = self._drawn(**told)

    def _type(self, rows: list[dict[str, str]]) -> None:
        """Take over what was typed."""
        kinds: tuple[RowKind, ...] = get_args(RowKind)
        ordered = [row for kind in kinds for row in rows if row["kind"] == kind]
        texts = {kind: [_whole(row["text"]) for row in ordered if row["kind"] == kind] for kind in kinds}
        (objective,), key_results, health = texts.values()
        self._draft = Draft(objective, tuple(key_results), tuple(health), self._draft.cycle)
        self._ids = [str(row["id"]) for row in ordered]

    def _export(self, form: str, save: bool) -> dict[str, str]:
        """Return the finished OKR as text or YAML, and where it was saved if it was to be."""
        okrs, said = self.okrs, []
        if form == "text":
            lost = [what for what, there in ((_HEALTH, okrs[0].health), (_CYCLE, okrs.cycle)) if there]
            said = [str(_LEFT_OUT.fill(what=what)) for what in lost]
        if save:
            path = free(Path.cwd() / f"{self._name}{_FORMS[form]}")
            write_okrs(okrs, path)
            said = [str(_SAVED.fill(file=path.as_posix())), *said]
        text = to_text(okrs) if form == "text" else dump_document(Plan(okrs))
        return {"form": form, "text": text, "said": " ".join(said)}

    def _drawn(self, **told: Any) -> dict[str, Any]:  # noqa: ANN401  (parts of the state)
        """Return all the page needs to draw itself."""
        comments = comment(self._draft)
        rows: list[dict[str, Any]] = [
            {"id": id_, "kind": kind, "text": text, "comments": [_told(each, text) for each in said]}
            for id_, (kind, text), said in zip(self._ids, self._draft.rows, comments, strict=True)
        ]
        return {
            "lang": language(),
            "words": {name: str(text).replace("{name}", self._name) for name, text in _WORDS.items()},
            "name": self._name,
            "rows": rows,
            "summary": str(_summary(rows)),
            "export": None,
            "notice": str(self._notice or ""),
            "problem": "",
            "serial": "",
            **told,
        }


def clinic(name: str | Gatherable = "", okrs: Gatherable | None = None) -> ClinicView:
    """Show where to write an objective and key results, with comments on them as you type.

    What is typed is kept as a draft: the same cell shows it again tomorrow or in a new kernel.

    Args:
        name: Of the draft: letters, digits, blanks, ``-`` and ``_``; may be left out.
        okrs: An objective to begin with; without a name, it gets a draft of its own. A draft
            that exists already is shown as it is. Taken over are the sentences, the values
            they measure, and the cycle.

    Returns:
        The widget; its ``okrs`` are what was typed, for ``score``, ``lint`` and all else.

    Raises:
        ContentError: If no file can have this name, or several objectives are given.

    Example:
        >>> from okrkit.okr.reading import parse_okrs
        >>> clinic(okrs=parse_okrs("O: No waste" + chr(10) + "KR: Bread left from 9 to 2")).okrs[0].text
        'No waste'
    """
    given = okrs if isinstance(name, str) else name
    start = Draft() if given is None else draft_of(given)
    own = "draft" if given is None else f"draft-{hashlib.sha256(repr(start).encode()).hexdigest()[:8]}"
    return ClinicView(name if isinstance(name, str) and name else own, start)


def _rules() -> dict[str, Any]:
    """Return why each rule matters, who states it, and its examples in both languages."""
    return {
        each.code: {
            "why": str(each.why),
            "source": each.source,
            **{
                lang: {
                    "flagged": list(getattr(each.flagged, lang)),
                    "passes": list(getattr(each.passes, lang)),
                }
                for lang in ("ko", "en")
            },
        }
        for each in writing_rules()
    }


def _told(said: Finding | Problem, typed: str) -> dict[str, Any]:
    """Return a comment on a row for the page; a frame is in the language of the sentence it replaces."""
    text = unicodedata.normalize("NFC", typed)
    lang = language_of(text)
    told = {"rule": "", "severity": "error", "lang": lang, "span": None, "frame": ""}
    if isinstance(said, Problem):
        return {**told, "message": str(said.what), "instead": str(said.fix)}
    made = rule(said.rule)
    told |= {"rule": said.rule, "severity": said.severity, "message": str(said.message)}
    if "set" in made.about:
        return {**told, "instead": str(said.suggestion)}
    start, end = _placed(said.span, text)
    instead = said.suggestion.in_language(lang if made.frame else language())
    frames = {"words": text[:start] + instead + text[end:], "sentence": instead, None: ""}
    return {**told, "instead": instead, "span": [start, end], "frame": frames[made.frame]}


def _placed(span: tuple[int, int], text: str) -> tuple[int, int]:
    """Return where a span of the words lies among all that was typed, blanks included."""
    places = [n for n, each in enumerate(text) if not each.isspace() or (n and not text[n - 1].isspace())]
    first, last = (places[min(at, len(places) - 1)] for at in (span[0], span[1] - 1))
    return first, last + 1


def _summary(rows: list[dict[str, Any]]) -> Text | str:
    if not any(row["text"].strip() for row in rows):
        return ""
    found = [each["severity"] for row in rows for each in row["comments"]]
    notes = found.count("info")
    return _COMMENTS.fill(serious=len(found) - notes, other=notes) if found else _QUIET


def _whole(text: str) -> str:
    """Return a text without half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
