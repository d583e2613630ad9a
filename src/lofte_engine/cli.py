"""The command `lofte-engine`: analysis on files, without the web part.

Standard output is only the answer (JSON with ``--json``), standard error the rest. Exit 0 when done, 2 on bad input.
"""

from __future__ import annotations

import importlib
import sys

# Each name is a module of `lofte_engine.commands` with `main(argv) -> int`; it is imported only when asked for.
COMMANDS = {
    "attack": "how narrowly hidden cells of a published table can be pinned",
    "check-promise": "check the wording of a pledge or a whole promise",
    "opinion-groups": "find opinion groups in votes",
    "picture": "count events by area and period, with rates, protection and charts",
    "protect": "hide what must not be published in a table",
    "screen": "find personal data in free text",
    "verify": "recompute the figures of a picture and compare",
}


def main(argv: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help"):
        print("lofte-engine COMMAND [--help]\n")
        for command, what in COMMANDS.items():
            print(f"  {command:<16}{what}")
        return 0
    if name not in COMMANDS:
        print(f"lofte-engine: there is no command {name}; lofte-engine --help lists them", file=sys.stderr)
        return 2
    module = importlib.import_module(f"lofte_engine.commands.{name.replace('-', '_')}")
    code: int = module.main(arguments[1:])
    return code


if __name__ == "__main__":
    sys.exit(main())
