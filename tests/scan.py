"""What people are told in one of two cities and not in the other, at every address that can be read."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from itertools import product
from typing import Any

from flask import Flask, Response
from werkzeug.test import TestResponse

from tests.every_route import Known, addresses, reading_rules
from tests.twins import Twins

NOBODY = "nobody"
# The hour at the server, and what is random on purpose: the visit of somebody without login, token and key of forms.
RANDOM = re.compile(
    r"^Date: .*\n|(?<=Expires=)[^;]+|tongban_visit=[\w-]+|"
    r"(?<=\"X-CSRF-Token\": \")[0-9a-f]{64}|(?<=name=\"csrf_token\" value=\")\w{64}|(?<=name=\"_once\" value=\")\w{32}",
    re.MULTILINE,
)
# How often a route was asked and how long it took.
COUNTED_REQUESTS = re.compile(r"^tongban_request(s|_seconds)_.*\n", re.MULTILINE)
# How often a route was asked and how long it took.
COUNTED_REQUESTS = re.compile(r"^tongban_request(s|_seconds)_.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Difference:
    """One address told somebody something else in the other city; `where` is the first place."""

    rule: str
    role: str
    where: str


@dataclass(frozen=True)
class Scan:
    """Asks both cities the same: every address with ids of `known`, the `queries` of a rule, as each of `roles`."""

    twins: Twins
    known: Known
    queries: Mapping[str, Sequence[str]]

    def differences(self, roles: Collection[str], *, only: str = "") -> tuple[list[Difference], int]:
        """What they are told otherwise at rules that match `only`, and how many questions were answered."""
        found, told = [], 0
        for rule, role, address in self._questions(roles, only):
            one, other = (self.ask(app, role, address) for app in self.twins.apps)
            told += one.status_code == 200
            if _as_sent(one) != _as_sent(other) and said(one) != said(other):
                found.append(Difference(rule, role, _first_difference(said(one), said(other))))
        return found, told

    def ask(self, app: Flask, role: str, address: str, *, method: str = "GET", body: Any = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.twins.tokens[role]}"} if role != NOBODY else {}
        sent = {} if body is None else {"json": body}
        return app.test_client(use_cookies=False).open(address, method=method, headers=headers, **sent)

    def _questions(self, roles: Collection[str], only: str) -> Iterator[tuple[str, str, str]]:
        """(rule, role, address). What is public is the same for all: it is asked with and without a login."""
        for rule in reading_rules(self.twins.apps[0]):
            if re.search(only, rule.rule):
                view = self.twins.apps[0].view_functions[rule.endpoint]
                some = {NOBODY, *list(roles)[:1]} if getattr(view, "permission", "") == "public" else roles
                for address, role in product(addresses(rule, self.known, self.queries), some):
                    yield rule.rule, role, address


def said(answer: TestResponse) -> tuple[int, str, bytes]:
    """Status, headers and content, to the last byte, without what is random on purpose."""
    if answer.request.path == "/metrics":
        return answer.status_code, "", COUNTED_REQUESTS.sub("", answer.text).encode()
    headers = RANDOM.sub("", "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items())))
    is_text = answer.mimetype.startswith("text/")
    return answer.status_code, headers, RANDOM.sub("", answer.text).encode() if is_text else answer.data


def _as_sent(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """Nearly all are the same as they are, and looking for what is random takes longer than answering."""
    headers = [(name, value) for name, value in answer.headers.items() if name != "Date"]
    return answer.status_code, headers, answer.data


def telling(app: Flask, endpoint: str, tell: Callable[[Response], None]) -> Callable[..., Response]:
    """The view of a route, made to tell something more."""
    view = app.view_functions[endpoint]

    @wraps(view)
    def told(**ids: str) -> Response:
        answer = app.make_response(view(**ids))
        tell(answer)
        return answer

    return told


def _first_difference(*told: tuple[int, str, bytes]) -> str:
    for one, other in zip(*told, strict=True):
        if one != other:
            texts = [part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in (one, other)]
            at = next((i for i, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
            return " | ".join(text[max(0, at - 60) : at + 40] for text in texts)
    return ""
