"""The background worker that `lofte serve` keeps alive: takes up jobs that were cut off, then the queue."""

from __future__ import annotations

import sys
import threading

from lofte.commands.terminal import BadInput, say, start_django
from lofte.commands.upkeep import keep_up


def main() -> int:
    try:
        start_django()
    except BadInput as error:
        say(str(error))
        return 2
    take_up_lost_jobs()
    from django.core.management import call_command

    stop = threading.Event()
    beside = threading.Thread(target=keep_up, args=(stop,))
    beside.start()
    try:
        call_command("db_worker", queue_name="*", interval=0.5, reload=False, verbosity=0)
    finally:
        stop.set()
        beside.join()
    return 0


def take_up_lost_jobs() -> int:
    """With SQLite this is the only worker, so a job that is running now has nobody who runs it."""
    from django.db import connection
    from django.utils import timezone

    from lofte.core.jobs import SILENT_AFTER, resume

    now = timezone.now()
    return resume(now + SILENT_AFTER if connection.vendor == "sqlite" else now)


if __name__ == "__main__":
    sys.exit(main())
