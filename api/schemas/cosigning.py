"""Who signs a task, what they said, and what asking them or taking them off would change."""

from marshmallow import fields, validate

from api.schemas.documents import DocumentAnswer
from api.schemas.fields import Answer, Moment, Question, Text, optional_text, reason, required_text

MODES = ("before", "parallel", "after")
_MODE = {"description": "before it is written, in parallel, or after it was handed in"}


class SignatureAnswer(Answer):
    id = fields.String(required=True)
    task_id = fields.String(
        required=True, allow_none=True, metadata={"description": "the task with which they are asked"}
    )
    mode = fields.String(required=True, metadata=_MODE)
    state = fields.String(required=True, metadata={"description": "planned, asked, signed, removed or closed"})
    person = fields.String(required=True)
    person_name = fields.String(required=True)
    asked_by = fields.String(required=True)
    asked_by_name = fields.String(required=True)
    asked_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    circle = fields.String(required=True, metadata={"description": "who reads what was asked and said"})
    is_for_me = fields.Boolean(
        required=True,
        metadata={"description": "whether what was asked and said is for this reader; else it is left out"},
    )
    question = fields.String(required=True)
    verdict = fields.String(required=True, allow_none=True, metadata={"description": "agree or disagree"})
    opinion = fields.String(required=True)
    end_reason = fields.String(required=True, allow_none=True)
    documents = fields.List(fields.Nested(DocumentAnswer), required=True)
    superseded_at = Moment(required=True, allow_none=True)
    has_changed = fields.Boolean(
        required=True, metadata={"description": "the draft is not the one that lay before them any more"}
    )


class Signatures(Answer):
    items = fields.List(fields.Nested(SignatureAnswer), required=True)


class SignerAnswer(Answer):
    username = fields.String(required=True)
    name = fields.String(required=True)
    mode = fields.String(required=True, metadata=_MODE)
    reads_case = fields.Boolean(required=True, metadata={"description": "they may read the case from then on"})


class RunningClockAnswer(Answer):
    clock_id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    due_on = fields.Date(required=True)


class CosignProblem(Answer):
    path = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class CosignPlanAnswer(Answer):
    """`plan` is the fingerprint to send with the order; with problems it is not `possible`."""

    plan = fields.String(required=True)
    possible = fields.Boolean(required=True)
    kind = fields.String(required=True, metadata={"description": "ask or remove"})
    signers = fields.List(fields.Nested(SignerAnswer), required=True)
    outcome = fields.String(
        required=True, metadata={"description": "waits, waits_after_hand_in, free, completes or goes_on"}
    )
    awaited = fields.List(fields.String(), required=True, metadata={"description": "names of others still to sign"})
    clocks = fields.List(fields.Nested(RunningClockAnswer), required=True, metadata={"description": "that go on"})
    told = fields.List(fields.String(), required=True, metadata={"description": "names of those who hear of it"})
    shows_draft = fields.Boolean(required=True)
    problems = fields.List(fields.Nested(CosignProblem), required=True)


class AskQuestion(Question):
    to = fields.List(Text(), load_default=list, metadata={"description": "usernames"})
    mode = fields.String(load_default="parallel", validate=validate.OneOf(MODES), metadata=_MODE)


class AskOrder(AskQuestion):
    question = Text(load_default="", validate=validate.Length(max=500))
    plan = optional_text(metadata={"description": "the fingerprint that was shown; refused when it would do more now"})


class Asked(Answer):
    id = fields.String(required=True)
    asked = fields.Integer(required=True)


class RemovalQuestion(Question):
    signer = required_text(metadata={"description": "username"})


class RemovalOrder(RemovalQuestion):
    reason = reason()
    plan = optional_text(metadata={"description": "the fingerprint that was shown; refused when it would do more now"})


class SignOrder(Question):
    verdict = fields.String(required=True, validate=validate.OneOf(("agree", "disagree")))
    opinion = Text(load_default="", validate=validate.Length(max=2000))


class Signed(Answer):
    id = fields.String(required=True)
    case_id = fields.String()


class TakingBack(Question):
    reason = Text(load_default="", validate=validate.Length(max=500))
