"""Letters to followers."""


def send_letters() -> int:
    return 0
