"""Running cases that move to another version of their process: what goes in and out."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import fields, pre_load, validate

from api.paging import PageQuestion
from api.schemas.fields import Answer, Moment, Question, Text, WholeNumber, optional_text, reason, required_text
from api.schemas.problems import ProblemEntry
from engine.migrating.outlook import Fit, Verdict
from engine.queries.migration_results import OUTCOMES, STATES

_CHOICE = re.compile(r"choice(?:\.(.*)|\[(.*)\])", re.DOTALL)
_ID = validate.Length(max=200)
_VERSION = validate.Range(min=1, max=2**31 - 1)
_TOWARDS = "old element → element of the new version; empty: the token is taken away"


def _choices(**more: Any) -> fields.Dict:
    return fields.Dict(keys=Text(validate=_ID), values=Text(validate=_ID), load_default=dict, **more)


def _one_of(values: Any, **more: Any) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf([str(value) for value in values]), **more)


class PlanQuestion(Question):
    from_version = fields.Integer(required=True, data_key="from", validate=_VERSION)
    to_version = fields.Integer(required=True, data_key="to", validate=_VERSION)
    choices = _choices(
        data_key="choice",
        metadata={"style": "deepObject", "description": f"{_TOWARDS}; `choice.old=new` is read as well"},
    )

    @pre_load
    def _gather_choices(self, query: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        found = {name: _CHOICE.fullmatch(name) for name in query}
        plain = {name: query[name] for name, choice in found.items() if choice is None}
        chosen = {c[1] if c[1] is not None else c[2]: query[name] for name, c in found.items() if c}
        return {**plain, "choice": chosen} if chosen else plain


class PlannedCasesQuestion(PlanQuestion, PageQuestion):
    verdict = fields.String(load_default=None, validate=validate.OneOf([str(verdict) for verdict in Verdict]))


class PlaceAnswer(Answer):
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    type = fields.String(required=True)


class MatchAnswer(PlaceAnswer):
    fit = _one_of(Fit, metadata={"description": "how the element was found in the new version"})
    target = fields.String(required=True, allow_none=True, metadata={"description": "empty: taken away; null: none"})
    target_name = fields.String(required=True)
    target_name_en = fields.String(required=True)
    cases = fields.Integer(required=True, metadata={"description": "that stand there"})
    suggested = fields.String(required=True, allow_none=True)
    options = fields.List(fields.Nested(PlaceAnswer), required=True)


class GroupAnswer(Answer):
    verdict = _one_of(Verdict)
    cases = fields.Integer(required=True)
    at = fields.List(fields.Nested(PlaceAnswer), required=True)
    problems = fields.List(fields.Nested(ProblemEntry), required=True)


class OutlookAnswer(Answer):
    process = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    from_version = fields.Integer(required=True, data_key="from")
    to_version = fields.Integer(required=True, data_key="to")
    cases = fields.Integer(required=True, metadata={"description": "that run on the version"})
    moves = fields.Integer(required=True, metadata={"description": "of them: can be moved as they are"})
    choice = fields.Integer(required=True, metadata={"description": "of them: somebody has to choose first"})
    stays = fields.Integer(required=True, metadata={"description": "of them: must stay on their version"})
    rules_differ = fields.Boolean(required=True, metadata={"description": "the numbers of the law are others"})
    matches = fields.List(fields.Nested(MatchAnswer), required=True)
    groups = fields.List(fields.Nested(GroupAnswer), required=True, metadata={"description": "cases that stand alike"})
    added = fields.List(fields.Nested(PlaceAnswer), required=True, metadata={"description": "only in the new version"})


class CaseOutlookAnswer(Answer):
    case_id = fields.String(required=True)
    number = fields.String(required=True)
    town = fields.String(required=True, allow_none=True)
    stage = fields.String(required=True, allow_none=True)
    status = fields.String(required=True)
    at = fields.List(fields.Nested(PlaceAnswer), required=True)
    verdict = _one_of(Verdict)
    problems = fields.List(fields.Nested(ProblemEntry), required=True)


class MigrateQuestion(Question):
    to_version = WholeNumber(required=True, data_key="to", validate=_VERSION)
    choices = _choices(metadata={"description": _TOWARDS})
    keeps_rules = fields.Boolean(
        load_default=True, metadata={"description": "false: the new version's numbers of the law hold from the start"}
    )
    reason = reason()


class MigrateCaseQuestion(MigrateQuestion):
    from_version = WholeNumber(
        load_default=None, data_key="from", validate=_VERSION,
        metadata={"description": "refused if the case runs on another one"},
    )  # fmt: skip


class StartMigrationQuestion(MigrateQuestion):
    process = required_text(longest=100)
    from_version = WholeNumber(required=True, data_key="from", validate=_VERSION)
    case_ids = fields.List(
        Text(validate=validate.Length(min=1, max=32)), load_default=None, allow_none=True,
        validate=validate.Length(min=1, max=20_000), metadata={"description": "without them: all of the version"},
    )  # fmt: skip
    is_rehearsal = fields.Boolean(load_default=False, metadata={"description": "nothing is changed"})


def _elements(what: str) -> fields.List:
    return fields.List(fields.String(), metadata={"description": f"ids of elements: {what}"})


class MovingAnswer(Answer):
    kept = _elements("tasks that go on")
    opened = _elements("new tasks")
    ended = _elements("tasks that were given up")
    passed = _elements("what happened by itself")
    clocks_started = _elements("deadlines that began")
    clocks_stopped = _elements("deadlines that ended")
    incidents = _elements("steps that failed")


class MovedCaseAnswer(Answer):
    id = fields.String(required=True)
    version = fields.Integer(required=True)
    change = fields.Nested(MovingAnswer, required=True)


class MigrationId(Answer):
    id = fields.String(required=True)


class MigrationListQuestion(PageQuestion):
    process = optional_text(longest=100)


class MigrationAnswer(Answer):
    id = fields.String(required=True)
    process = fields.String(required=True)
    name = fields.String(required=True)
    from_version = fields.Integer(required=True, data_key="from")
    to_version = fields.Integer(required=True, data_key="to")
    person = fields.String(required=True, metadata={"description": "name of who gave the order"})
    reason = fields.String(required=True)
    choices = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    keeps_rules = fields.Boolean(required=True)
    is_rehearsal = fields.Boolean(required=True)
    state = _one_of(STATES)
    total = fields.Integer(required=True)
    moved = fields.Integer(required=True)
    stayed = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    created_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)


class MigratedCasesQuestion(PageQuestion):
    outcome = fields.String(load_default=None, validate=validate.OneOf(OUTCOMES))


class MigratedCaseAnswer(Answer):
    position = fields.Integer(required=True)
    case_id = fields.String(required=True)
    number = fields.String(required=True)
    town = fields.String(required=True, allow_none=True)
    outcome = _one_of(OUTCOMES)
    code = fields.String(required=True, allow_none=True, metadata={"description": "why it stayed"})
    why = fields.List(fields.String(), required=True, metadata={"description": "the same in words"})
    change = fields.Nested(MovingAnswer, required=True)
    at = Moment(required=True, allow_none=True)
