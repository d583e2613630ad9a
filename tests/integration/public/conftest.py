"""What tests of the open pages share: a mail server that takes letters and keeps them."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

import pytest


@dataclass
class Sink:
    """`refuses` are addresses that the server says no to for good."""

    port: int = 0
    letters: list[Message] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Enough of SMTP (RFC 5321) for Python's own client, on a port of this machine; the site sends its mail there."""
    sink = Sink()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(":")[0].split(" ")[0].upper()
                if verb == "DATA":
                    self.take()
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                elif verb == "RCPT" and any(address in line for address in sink.refuses):
                    self.say("550 5.1.1 no such user")
                else:
                    self.say("250 ok")

        def take(self) -> None:
            self.say("354 go on")
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            sink.letters.append(email.message_from_bytes(b"".join(lines)))
            self.say("250 kept")

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
    server.daemon_threads = True
    sink.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = {"host": "127.0.0.1", "port": sink.port, "timeout": 20}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
