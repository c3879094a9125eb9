"""Run the lessons again and write down what they print: ``python -m tests.house.execute``.

The committed lessons are the reference that nbval compares with: same fixed
clock, same empty home, and nothing in them that belongs to one run.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.conftest import NOW, ROOT

WIDGET = "application/vnd.jupyter.widget-view+json"


def execute(path: Path) -> None:
    """Run a lesson from its own folder, as a learner's kernel does, and write it back."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as home:
        fixed = {"HOME": home, "OKRKIT_HOME": home, "OKRKIT_NOW": NOW.isoformat()}
        client = NotebookClient(
            notebook, resources={"metadata": {"path": str(path.parent)}}, kernel_name="python3"
        )
        client.execute(env={**os.environ, **fixed})
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            if WIDGET in output.get("data", {}):
                output["data"][WIDGET]["model_id"] = "0" * 32  # its own is drawn anew in every run
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    wanted = sys.argv[1:] or sorted(str(path) for path in (ROOT / "notebooks").glob("*/*.ipynb"))
    for name in wanted:
        execute(Path(name))
        print(name)
