"""Closing a ballot, as the interface speaks of it."""

from marshmallow import fields

from api.schemas.ballots import BallotAnswer
from api.schemas.fields import Answer, Moment, Question, json_object, required_text


class CloseQuestion(Question):
    paper = json_object(
        load_default=None,
        allow_none=True,
        metadata={"description": "of a mixed ballot: {back, motions: {id: {yes, no, abstain, spoilt}}}"},
    )
    before_time = fields.Boolean(
        load_default=False, metadata={"description": "also while voters may still vote; else 409 ballot_still_runs"}
    )


class AbortQuestion(Question):
    reason = required_text(longest=500)


class PaperVoterQuestion(Question):
    voter = required_text(longest=64, metadata={"description": "username of somebody on the roll"})


class VoterQuestion(Question):
    name = required_text(longest=64, metadata={"description": "how the name or the username begins"})


class VoterAnswer(Answer):
    username = fields.String(required=True)
    name = fields.String(required=True)
    on_paper = fields.Boolean(required=True)


class VoterList(Answer):
    items = fields.List(fields.Nested(VoterAnswer), required=True)


class BallotStateAnswer(Answer):
    id = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": "open, stopped, closed, counted or aborted"})


class ScrutineerAnswer(Answer):
    username = fields.String(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True, metadata={"description": "awaited, confirmed or must_repeat"})
    at = Moment(required=True, allow_none=True)


class ReminderTimesAnswer(Answer):
    last_at = Moment(required=True, allow_none=True)
    planned = fields.List(Moment(), required=True)
    free_at = Moment(required=True, allow_none=True, metadata={"description": "from when scrutineers may remind"})


class BallotClosingAnswer(Answer):
    ballot = fields.Nested(BallotAnswer, required=True)
    takes_votes = fields.Boolean(required=True)
    scrutineers = fields.List(fields.Nested(ScrutineerAnswer), required=True)
    papers_given = fields.Integer(required=True, allow_none=True)
    my_state = fields.String(required=True, allow_none=True)
    my_paper = fields.Dict(required=True, allow_none=True, metadata={"description": "the own count, nobody else's"})
    doubts = fields.List(fields.String(), required=True, metadata={"description": "where to count again"})
    reminders = fields.Nested(ReminderTimesAnswer, required=True)
    actions = fields.Dict(
        keys=fields.String(),
        values=fields.String(allow_none=True),
        required=True,
        metadata={"description": "close, give_paper, remind, abort: null, or the code why not"},
    )
