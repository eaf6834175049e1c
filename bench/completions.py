"""Complete a task over HTTP: login token, form check, one gateway, audit, outbox; on SQLite, in this process."""

import io
import json
from collections.abc import Callable
from typing import Any

from werkzeug.test import EnvironBuilder

from bench.bare_engine import BareRun
from bench.measuring import Statements, cpu_ms, function_calls, memory_mb, progress, ratio, summary, wall_ms, watched
from bench.workplace import PROCESSES, Workplace, workplace

CASES = 150
WARM_UP = 10
ANSWERS = {"title": "更换模具", "amount": 2000.5, "kind": "plain", "wanted_on": "2026-12-31", "remark": "请尽快"}


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    cases = max(20, round(CASES * scale))
    with workplace("four_tasks") as place:
        cpu, wall, seen, calls = _completions(place, cases)
        memory = memory_mb()
    floor = _floor(cases)
    return {
        "cases": cases,
        "server_cpu_ms": summary(cpu),
        "wall_ms": summary(wall),
        "function_calls": max(calls),
        "statements": max(s.written for s in seen),
        "statements_with_login": max(s.statements for s in seen),
        "transactions": max(s.commits for s in seen),
        "memory_mb": memory,
        "floor": {"what": "SpiffWorkflow in memory, the same step", "cpu_ms": summary(floor)},
        "ratio": ratio(summary(cpu)["p50"], summary(floor)["p50"]),
        # Of the statements one is the movement that a return goes back along; some 200 of the calls ask whether others
        # sign the task first, and for whom somebody acts.
        "goal": {"server_cpu_ms": 8, "function_calls": 10_900, "statements": 13, "transactions": 1, "memory_mb": 200},
    }


def _completions(place: Workplace, cases: int) -> tuple[list[float], list[float], list[Statements], list[int]]:
    cpu, wall, seen, calls = [], [], [], []
    for number in progress(range(cases + WARM_UP), "completions"):
        task_id = place.claimed_task(place.start("four_tasks"))
        call = _request(place, f"/api/v1/tasks/{task_id}/complete", {"answers": ANSWERS})
        if number < WARM_UP:
            call()
        elif number % 4 == 0:
            with watched(place.engine.database.engine) as statements:
                call()
            seen.append(statements)
        elif number % 4 == 1:
            wall.append(wall_ms(call))
        elif number % 4 == 2:
            calls.append(function_calls(call))
        else:
            cpu.append(cpu_ms(call))
    return cpu, wall, seen, calls


def _request(place: Workplace, path: str, body: dict[str, Any]) -> Callable[[], None]:
    """A call of the WSGI application as the server makes it; building the request is not measured."""
    builder = EnvironBuilder(
        path=path,
        method="POST",
        input_stream=io.BytesIO(json.dumps(body).encode()),
        content_type="application/json",
        content_length=len(json.dumps(body).encode()),
        headers={"Authorization": f"Bearer {place.token}"},
    )
    environ = builder.get_environ()
    answered: list[str] = []

    def call() -> None:
        text = b"".join(place.app(environ, lambda status, *_: answered.append(status)))
        if not answered[0].startswith("20"):
            raise RuntimeError(f"{path}: {answered[0]} {text.decode()}")

    return call


def _floor(cases: int) -> list[float]:
    return [BareRun(PROCESSES / "four_tasks.bpmn").complete_next() for _ in range(cases)]
