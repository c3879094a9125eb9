"""What quiz and exam have in common: they draw what they are told, and an error is shown, whatever it is."""

import json
from typing import Any

import anywidget
import traitlets

from okrkit.errors import OkrkitError
from okrkit.text import LANGUAGES, Language, language, speaking
from okrkit.views.quiz_page import say


class TalkingView(anywidget.AnyWidget):
    """A view that takes messages from its page and answers each with what to draw."""

    state = traitlets.Dict().tag(sync=True)
    _lang: Language | None = None  # what was chosen in this view; else what is in force

    def _take(self, _: object, message: dict[str, Any], __: object) -> None:
        """Do what the page asks; show an error where the learner looks, whatever it is."""
        problem, serial = "", 0
        with speaking(self._lang or language()):
            try:
                # Half a letter, as a page may send, can be written to no file.
                message = json.loads(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"))
                serial = message.get("serial", 0)
                if message["do"] == "speak" and message["lang"] in LANGUAGES:
                    self._lang = message["lang"]
                self._do(message)
            except OkrkitError as error:
                problem = str(error)
            except Exception as error:  # noqa: BLE001  (a callback's exception would vanish in a log)
                problem = say("unexpected", error=f"{type(error).__name__}: {error}")
        self.state = self._drawn(problem, serial)

    def _do(self, message: dict[str, Any]) -> None:
        """Do what the page asks."""
        raise NotImplementedError

    def _drawn(self, problem: str = "", serial: int = 0) -> dict[str, Any]:
        """Return all the page needs to draw itself, and nothing that it must not know."""
        raise NotImplementedError
