"""The learner's history, and the only place that writes it.

Attempts are only ever added, and hold the answer as it was given; whatever
else one wants to know is derived from them. A sitting is one pass through a
quiz: it lets a cell that runs again show the answers already given. A draft is
no history: the latest of what is being written, until it is handed in.
"""

from okrkit.practice.progress.history import Progress
from okrkit.practice.progress.records import Attempt, Confidence, Sitting
from okrkit.practice.progress.schema import SCHEMA

__all__ = ["SCHEMA", "Attempt", "Confidence", "Progress", "Sitting"]
