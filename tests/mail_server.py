"""A real SMTP server on a free port, small enough to read: it takes mail, refuses it, puts it off or hangs up."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


@dataclass
class Mailbox:
    """What arrived. `answers` are given instead of the usual ones: to RCPT, DATA (the dot), or MAIL.

    An empty answer means that the server takes the mail and the line breaks before it can say so.
    """

    port: int = 0
    raw: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for _, content in self.raw]  # type: ignore[misc]

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message, (to, _) in zip(self.messages, self.raw, strict=True) if to == address]


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox()

    class Visit(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _serve(self, mailbox)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Visit) as server:
        mailbox.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()


def _serve(visit: socketserver.StreamRequestHandler, mailbox: Mailbox) -> None:
    def say(words: str) -> None:
        visit.wfile.write(f"{words}\r\n".encode())

    to = ""
    say("220 test")
    while line := visit.rfile.readline().decode().strip():
        verb = line[:4].upper()
        if verb == "RCPT":
            to = line.partition("<")[2].partition(">")[0]
        if verb == "DATA":
            say("354 go on")
            mailbox.raw.append((to, _content(visit)))
            answer = mailbox.answers.get("DATA", "250 2.0.0 taken")
            if answer.startswith(("4", "5")):
                mailbox.raw.pop()
            if not answer:
                return
            say(answer)
        else:
            say("221 bye" if verb == "QUIT" else mailbox.answers.get(verb, "250 ok"))


def _content(visit: socketserver.StreamRequestHandler) -> bytes:
    lines = []
    while (line := visit.rfile.readline()) not in (b".\r\n", b""):
        lines.append(line[1:] if line.startswith(b"..") else line)
    return b"".join(lines)
