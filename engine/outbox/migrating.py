"""Moves the cases of a migration one by one, each in a transaction of its own, in the name of who gave the order.

A worker that dies between a case and its note does the case again under the same key, which finds it done.
"""

import logging
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from engine.actor import Actor
from engine.commands.migrate_case import MigrateCase
from engine.commands.note_migrated_cases import MovedCase, NoteMigratedCases
from engine.engine import Engine
from engine.errors import EngineError
from engine.outbox.slices import FAILED, LEFT, for_a_slice
from engine.queries.migration_work import MigrationWork, next_cases, run_of_job

log = logging.getLogger(__name__)
AT_ONCE = 20


def move_ahead(engine: Engine, job_id: str) -> None:
    """Cases of a migration, for a slice of time; nothing for jobs of other kinds."""
    with engine.reading() as session:
        run_id = run_of_job(session, job_id)
    if run_id is not None:
        for_a_slice(
            engine,
            lambda session, today: next_cases(session, run_id, today=today, limit=AT_ONCE),
            partial(_part, engine, run_id),
        )


def _part(engine: Engine, run_id: str, work: MigrationWork) -> NoteMigratedCases:
    results = tuple(_moved(engine, run_id, work, position, case_id) for position, case_id in work.cases)
    return NoteMigratedCases(run_id=run_id, results=results)


def _moved(engine: Engine, run_id: str, work: MigrationWork, position: int, case_id: str) -> MovedCase:
    if work.actor is None:
        return MovedCase(position, LEFT)
    command = MigrateCase(
        case_id=case_id, from_version=work.from_version, to_version=work.to_version, choices=work.choices,
        keeps_rules=work.keeps_rules, reason=work.reason, run_id=run_id,
    )  # fmt: skip
    try:
        return MovedCase(position, facts=_done(engine, command, work.actor, f"migration:{run_id}:{position}", work))
    except EngineError as refusal:
        return MovedCase(position, refusal.code, _why(refusal))
    except Exception:
        log.exception("case %s of migration %s failed", position, run_id)
        return MovedCase(position, FAILED)


def _done(engine: Engine, command: MigrateCase, actor: Actor, key: str, work: MigrationWork) -> Mapping[str, Any]:
    if work.is_rehearsal:
        change = engine.foresee(command, actor=actor)
    else:
        change = engine.run(command, actor=actor, idempotency_key=key, fingerprint=key)
    return {name: list(value) for name, value in asdict(change).items() if isinstance(value, tuple) and value}


def _why(refusal: EngineError) -> Mapping[str, Any]:
    problems = [{"code": p.code, "params": dict(p.params), "element_id": p.element_id} for p in refusal.problems]
    return {"problems": problems} if problems else {}
