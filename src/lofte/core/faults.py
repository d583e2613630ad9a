"""A small fault harness: the process dies at a named point, as when the power goes.

A test sets LOFTE_CRASH_AT to the name of a point and starts a real process; afterwards it checks that nothing is half
done. Without the variable a point costs one dictionary look-up.
"""

import os
import signal


def crash_point(name: str) -> None:
    if os.environ.get("LOFTE_CRASH_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
