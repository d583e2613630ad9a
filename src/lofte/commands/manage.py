"""`lofte manage`: Django's own commands, with the site's settings."""

import os


def main(argv: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lofte.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lofte manage", *argv])
    return 0
