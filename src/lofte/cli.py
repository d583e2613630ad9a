"""`lofte`: the command line. Each command is a small module that is only imported when it is asked for."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.metadata import version

from lofte.commands.terminal import BadInput, say

COMMANDS = {
    "read-promise": ("read_promise", "läs ett medborgarlöfte ur en fil (txt, docx, pdf)"),
    "import": ("import_files", "läs in löften i formatet medborgarlofte/1"),
    "export": ("export", "skriv ut ett löfte i formatet medborgarlofte/1"),
    "due": ("due", "visa rapporter som skulle ha varit publicerade"),
    "statute": ("statute", "visa vad lagen (2023:196) kräver och vad som saknas"),
    "archive": ("archive", "skriv de öppna sidorna som filer som går att läsa utan server"),
    "rename": ("rename", "byt en kommuns namn i adresserna; de gamla leder vidare"),
    "verify": ("verify", "räkna om alla kontrollsummor"),
    "demo": ("demo", "förbered databasen och läs in exemplen"),
    "serve": ("serve", "kör webbplatsen och bakgrundsarbetet"),
    "manage": ("manage", "Djangos egna kommandon"),
}


def main(argv: list[str] | None = None) -> int:
    """0 done, 1 something was found wrong, 2 bad input."""
    try:
        code = dispatch(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
        return code
    except BadInput as error:
        say(str(error))
        return 2
    except BrokenPipeError:
        # Somebody closed the other end (`lofte … | head`): nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def dispatch(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if given else 2
    if given[0] == "--version":
        print(version("lofte"))
        return 0
    name, *rest = given
    if name not in COMMANDS:
        raise BadInput(f"Kommandot {name} finns inte. Skriv lofte --help så ser du vilka som finns.")
    try:
        return int(import_module(f"lofte.commands.{COMMANDS[name][0]}").main(rest))
    except SystemExit as stop:  # how argparse and Django's commands end
        return int(stop.code or 0) if isinstance(stop.code, int | None) else 2


def usage() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {text}" for name, (_module, text) in COMMANDS.items()]
    return "\n".join(
        ["användning: lofte KOMMANDO …", "", *lines, "", "lofte KOMMANDO --help berättar mer om ett kommando."]
    )


if __name__ == "__main__":
    sys.exit(main())
