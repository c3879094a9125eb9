"""The learner's own notebooks are theirs."""

import json
import os
from pathlib import Path

import pytest

from okrkit import lab
from okrkit.errors import ContentError, SetupError
from okrkit.lab import Kept, lay_notebooks, open_lab


def notebook(*sources: str, output: str = "") -> str:
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": source, "execution_count": 1 if output else None,
         "outputs": [{"output_type": "stream", "name": "stdout", "text": output}] if output else []}
        for n, source in enumerate(sources)
    ]  # fmt: skip
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kit's notebooks: one lesson, executed."""
    folder = tmp_path / "kit" / "ko"
    folder.mkdir(parents=True)
    (folder / "00_start_here.ipynb").write_text(notebook("1 + 1", output="2"), encoding="utf-8")
    monkeypatch.setattr(lab, "shipped", lambda _: tmp_path / "kit")
    return folder / "00_start_here.ipynb"


@pytest.fixture
def mine(tmp_path: Path, kit: Path) -> Path:
    """The learner's copy of it."""
    assert lay_notebooks(tmp_path / "mine") == []
    return tmp_path / "mine" / "ko" / "00_start_here.ipynb"


def sources(path: Path) -> list[str]:
    return [cell["source"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]


def test_a_copy_has_the_cells_without_the_outputs(mine: Path):
    (cell,) = json.loads(mine.read_text(encoding="utf-8"))["cells"]
    assert (cell["source"], cell["outputs"], cell["execution_count"]) == ("1 + 1", [], None)


def test_a_changed_notebook_is_kept_and_the_newer_one_laid_beside_it(tmp_path: Path, kit: Path, mine: Path):
    mine.write_text(notebook("1 + 1", "my own notes"), encoding="utf-8")
    assert lay_notebooks(tmp_path / "mine") == [], "nothing newer, nothing to say"
    kit.write_text(notebook("2 + 2"), encoding="utf-8")
    (kept,) = lay_notebooks(tmp_path / "mine")
    assert kept == Kept(mine, kept.newer)
    assert (sources(mine), sources(kept.newer)) == (["1 + 1", "my own notes"], ["2 + 2"])
    assert len(list(mine.parent.iterdir())) == 2


def test_a_newer_notebook_that_was_changed_too_is_kept_as_well(tmp_path: Path, kit: Path, mine: Path):
    mine.write_text(notebook("mine"), encoding="utf-8")
    kit.write_text(notebook("2 + 2"), encoding="utf-8")
    (first,) = lay_notebooks(tmp_path / "mine")
    first.newer.write_text(notebook("mine again"), encoding="utf-8")
    kit.write_text(notebook("3 + 3"), encoding="utf-8")
    (second,) = lay_notebooks(tmp_path / "mine")
    assert [sources(path) for path in (mine, first.newer, second.newer)] == [
        ["mine"],
        ["mine again"],
        ["3 + 3"],
    ]


def test_a_notebook_that_was_only_run_is_brought_up_to_date(tmp_path: Path, kit: Path, mine: Path):
    mine.write_text(notebook("1 + 1", output="2"), encoding="utf-8")
    kit.write_text(notebook("2 + 2"), encoding="utf-8")
    assert lay_notebooks(tmp_path / "mine") == []
    assert sources(mine) == ["2 + 2"]


@pytest.mark.parametrize("content", ["{broken", "[]", "", '{"cells": 5}', '{"cells": [{"source": 5}]}'])
def test_a_notebook_that_cannot_be_read_is_not_overwritten(
    tmp_path: Path, kit: Path, mine: Path, content: str
):
    mine.write_text(content, encoding="utf-8")
    kit.write_text(notebook("2 + 2"), encoding="utf-8")
    (kept,) = lay_notebooks(tmp_path / "mine")
    assert (mine.read_text(encoding="utf-8"), sources(kept.newer)) == (content, ["2 + 2"])


def test_a_folder_whose_record_is_lost_overwrites_nothing(tmp_path: Path, kit: Path, mine: Path):
    (tmp_path / "mine" / lab.LAID).write_text("?", encoding="utf-8")
    mine.write_text(notebook("mine"), encoding="utf-8")
    (kept,) = lay_notebooks(tmp_path / "mine")
    assert (sources(mine), sources(kept.newer)) == (["mine"], ["1 + 1"])


def test_a_deleted_notebook_comes_back(tmp_path: Path, mine: Path):
    mine.unlink()
    lay_notebooks(tmp_path / "mine")
    assert sources(mine) == ["1 + 1"]


def test_a_folder_that_cannot_be_written_is_named_with_a_way_out(tmp_path: Path, kit: Path):
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match=r"폴더에 쓸 수 없습니다 .*; 'okrkit lab 다른폴더'로 실행하세요"):
        lay_notebooks(tmp_path / "file")


def test_a_language_without_a_start_notebook_is_named(tmp_path: Path, mine: Path):
    with pytest.raises(ContentError, match=r"00_start_here\.ipynb"):
        open_lab(tmp_path / "mine", "en", browser=False)


def test_the_users_own_configuration_stays_in_force(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", "their-own")
    env = lab.lab_environment("ko")
    assert env["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(tmp_path / "jupyter" / "ko"), "theirs"]
    assert env["JUPYTER_CONFIG_DIR"] == "their-own"
    assert "JUPYTERLAB_SETTINGS_DIR" not in env


@pytest.mark.parametrize(("lang", "locale"), [("ko", {"locale": "ko_KR"}), ("en", None)])
def test_menus_speak_the_learners_language_and_no_news_pops_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang, locale
):
    monkeypatch.setenv("OKRKIT_HOME", str(tmp_path))
    lab.lab_environment(lang)
    defaults = json.loads(
        (tmp_path / "jupyter" / lang / "labconfig" / "default_setting_overrides.json").read_text()
    )
    assert defaults.get("@jupyterlab/translation-extension:plugin") == locale
    assert defaults["@jupyterlab/apputils-extension:notification"] == {
        "fetchNews": "false",
        "checkForUpdates": False,
    }


def test_a_linked_notebook_stays_a_link(tmp_path: Path, kit: Path, mine: Path):
    elsewhere = tmp_path / "elsewhere.ipynb"
    mine.rename(elsewhere)
    mine.symlink_to(elsewhere)
    kit.write_text(notebook("2 + 2"), encoding="utf-8")
    assert lay_notebooks(tmp_path / "mine") == []
    assert mine.is_symlink()
    assert sources(elsewhere) == ["2 + 2"]


def test_the_kits_own_notebooks_are_no_place_for_ones_own(kit: Path):
    with pytest.raises(SetupError, match="키트의 원본입니다; 다른 폴더를 쓰세요"):
        lay_notebooks(kit.parent.parent)
