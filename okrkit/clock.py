"""The one place that reads the clock."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, in UTC.

    The environment variable ``OKRKIT_NOW`` (ISO 8601, such as
    ``2026-01-05T09:00:00+09:00``) fixes it, so that a lesson prints the same
    today and tomorrow. A time without an offset is read as UTC.

    Raises:
        ValueError: If ``OKRKIT_NOW`` is set and no ISO 8601 time.
    """
    fixed = os.environ.get("OKRKIT_NOW")
    if not fixed:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(fixed)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
