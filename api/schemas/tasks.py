"""A task in a list, a task alone, and what can be done with it."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.clocks import ClockAnswer
from api.schemas.documents import DocumentAnswer
from api.schemas.fields import Answer, Moment, Question, Text, json_object, optional_text, reason, required_text
from engine.queries.worklist import SORTS, VIEWS


class AbsentAnswer(Answer):
    username = fields.String(required=True)
    name = fields.String(required=True)
    until = fields.Date(required=True, metadata={"description": "the last day, inclusive"})


class TaskAnswer(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    case_number = fields.String(allow_none=True)
    case_title = fields.String(allow_none=True)
    process = fields.String()
    enterprise = fields.String(allow_none=True)
    name = fields.String(required=True, allow_none=True)
    name_en = fields.String(allow_none=True)
    element_id = fields.String(required=True)
    form = fields.String(required=True, allow_none=True)
    state = fields.String(required=True, metadata={"description": "open, claimed, completed or cancelled"})
    stage = fields.String(required=True, allow_none=True)
    stage_name = fields.String(allow_none=True)
    stage_name_en = fields.String(allow_none=True)
    assignee = fields.String(required=True, allow_none=True)
    assignee_name = fields.String(allow_none=True)
    owner = fields.String(allow_none=True, metadata={"description": "for whom the assignee fills it in"})
    owner_name = fields.String(allow_none=True)
    on_behalf_of = fields.String(
        allow_none=True, metadata={"description": "who is away while the assignee stands in for them"}
    )
    on_behalf_of_name = fields.String(allow_none=True)
    candidate_groups = fields.List(fields.String(), required=True)
    candidate_users = fields.List(fields.String(), metadata={"description": "to whom it is offered by name"})
    candidate_names = fields.List(fields.String())
    created_at = Moment()
    due_at = Moment(required=True, allow_none=True)
    follow_up_at = Moment(allow_none=True, metadata={"description": "when somebody wants to look at it again"})
    clock = fields.Nested(ClockAnswer, required=True, allow_none=True)
    urged_count = fields.Integer()
    urged_at = Moment(allow_none=True)
    returned_by = fields.String(allow_none=True, metadata={"description": "who sent the case back to it"})
    returned_by_name = fields.String(allow_none=True)
    return_reason = fields.String(allow_none=True)
    superseded_at = Moment(allow_none=True, metadata={"description": "since when its answers do not count any more"})
    principal_id = fields.String(
        allow_none=True, metadata={"description": "it asks the assignee to sign that task: see POST /tasks/{id}/sign"}
    )
    signatures_awaited = fields.Integer(metadata={"description": "how many are still to sign it"})
    handed_in_at = Moment(allow_none=True, metadata={"description": "since when it lies with those who sign it"})
    flags = fields.List(fields.String(), metadata={"description": "in lists: followed, attachment, note, draft"})
    stand_in_for = fields.List(
        fields.Nested(AbsentAnswer), metadata={"description": "in lists: whose absence brings it to the reader"}
    )
    discretionary = fields.Boolean(
        required=True, metadata={"description": "may be started, need not be: complete it without claiming it"}
    )


class TaskAlone(TaskAnswer):
    schema = fields.Raw(required=True, allow_none=True, metadata={"description": "form-js schema; null without a form"})
    data = json_object(required=True, metadata={"description": "what the fields hold now"})
    instructions = fields.String(required=True)
    instructions_en = fields.String(required=True, metadata={"description": "empty when there is no English"})
    documents = fields.List(fields.Nested(DocumentAnswer), required=True)
    actions = fields.Dict(
        keys=fields.String(),
        values=fields.String(allow_none=True),
        required=True,
        metadata={"description": "for each action null, or the code that says why it is not possible"},
    )
    in_the_name_of = fields.List(
        fields.String(), metadata={"description": "usernames of those for whom you may claim it, yourself among them"}
    )
    away_until = fields.Date(allow_none=True, metadata={"description": "who has it is away until the end of this day"})


class ClaimQuestion(Question):
    on_behalf_of = optional_text(
        longest=64,
        metadata={"description": "username of somebody for whom you stand in, or your own; else as you may"},
    )


class TaskState(Answer):
    """What a write on a task leaves behind; read the task for the rest."""

    id = fields.String(required=True)
    state = fields.String(required=True)
    assignee = fields.String(allow_none=True)


class Urged(Answer):
    id = fields.String(required=True)
    urged_count = fields.Integer(required=True, metadata={"description": "how often it was urged so far"})


class Warned(Answer):
    path = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)
    element_id = fields.String(allow_none=True)


class Completed(Answer):
    id = fields.String(required=True)
    case_id = fields.String(required=True)
    state = fields.String(required=True)
    warnings = fields.List(fields.Nested(Warned), required=True)


class TaskListQuestion(PageQuestion):
    view = fields.String(load_default="mine", validate=validate.OneOf(VIEWS))
    text = optional_text(metadata={"description": "part of a case number, title or task name"})
    process = optional_text()
    stage = optional_text()
    town = optional_text()
    case_id = optional_text()
    enterprise = optional_text(metadata={"description": "id of an organisation"})
    element = optional_text(metadata={"description": "`element_id` of the step"})
    assignee = optional_text(metadata={"description": "username, or - for tasks that nobody has"})
    stead = optional_text(metadata={"description": "username of somebody who is away and for whom you stand in"})
    due_before = fields.AwareDateTime(load_default=None)
    created_before = fields.AwareDateTime(load_default=None)
    follow_up_before = fields.AwareDateTime(load_default=None)
    sort = fields.String(
        load_default=SORTS[0],
        validate=validate.OneOf(SORTS),
        metadata={"description": "by due date, by waiting time, or newest first; what is done always is newest first"},
    )


class AnswersQuestion(Question):
    answers = json_object(required=True)


class AssignQuestion(Question):
    assignee = required_text(metadata={"description": "username"})
    reason = reason()


class RemarkQuestion(Question):
    note = Text(load_default="", validate=validate.Length(max=500))
