"""What the worker sees to by itself, a few times a minute: letters to try again, the index, reports to freeze."""

from __future__ import annotations

import logging
import threading

logger = logging.getLogger(__name__)
SECONDS = 10.0


def upkeep() -> None:
    """Once more at once changes nothing. Each part is whole in itself: what fails is tried again the next time."""
    from django.utils import timezone

    from lofte.followup.freezing import freeze_what_was_read_in
    from lofte.followup.searching import catch_up
    from lofte.notices.actions import due, send_waiting

    if due(timezone.now()):
        send_waiting()
    freeze_what_was_read_in()
    catch_up()


def keep_up(stop: threading.Event, every: float = SECONDS) -> None:
    """Run in a thread beside the worker until it is told to stop; a database that is away for a while is no end."""
    from django.db import close_old_connections, connection

    while not stop.wait(every):
        close_old_connections()
        try:
            upkeep()
        except Exception:
            logger.exception("upkeep failed and is tried again")
    connection.close()
