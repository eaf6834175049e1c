"""What happened in a case, why it waits, where it stands."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.clocks import ClockAnswer
from api.schemas.documents import DocumentAnswer
from api.schemas.fields import Answer, AnyValue, HashedMoment, Question, json_object, optional_text


class HistoryEntry(Answer):
    seq = fields.Integer(required=True)
    at = HashedMoment(required=True)
    actor = fields.String(required=True, allow_none=True)
    actor_name = fields.String(allow_none=True)
    on_behalf_of = fields.String(required=True, allow_none=True)
    on_behalf_of_name = fields.String(allow_none=True)
    action = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    element_name = fields.String(allow_none=True)
    element_name_en = fields.String(allow_none=True)
    task_id = fields.String(allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    details = AnyValue(required=True, allow_none=True)
    taken_back = fields.Boolean(metadata={"description": "somebody went back behind it later"})
    prev = fields.String()
    hash = fields.String(required=True)


class HistoryQuestion(PageQuestion):
    kind = fields.String(load_default=None, validate=validate.OneOf(("people", "documents", "clocks", "decisions")))
    element = optional_text(metadata={"description": "id of a step"})


class WaitingAnswer(Answer):
    code = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    task_id = fields.String(allow_none=True)
    message = fields.String(required=True)
    params = json_object()


class WaitingList(Answer):
    items = fields.List(fields.Nested(WaitingAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)


class TokenAnswer(Answer):
    element_id = fields.String(required=True)
    label = fields.String(allow_none=True)
    kind = fields.String(metadata={"description": "task, clock, message, signal, stage or call"})


class FrameAnswer(Answer):
    seq = fields.Integer(required=True, metadata={"description": "the last history entry of this act"})
    at = HashedMoment(required=True)
    action = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    actor = fields.String(required=True)
    actor_name = fields.String(required=True)
    passed = fields.List(fields.String(), required=True)
    current = fields.List(fields.Nested(TokenAnswer), required=True)
    failed = fields.List(fields.String(), required=True)


class ReplayAnswer(Answer):
    items = fields.List(fields.Nested(FrameAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)


class DiagramQuestion(Question):
    diagram = optional_text(metadata={"description": "key of one of `diagrams`; without it the main one"})


class SheetAnswer(Answer):
    key = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(allow_none=True)
    calls = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "call activity → key of the diagram it calls"},
    )


class CaseSheetAnswer(SheetAnswer):
    here = fields.Boolean(required=True, metadata={"description": "something waits in it, or in one it calls"})


class DiagramAnswer(Answer):
    xml = fields.String(required=True)
    diagram = fields.String(required=True, metadata={"description": "key of the diagram that `xml` is"})
    diagrams = fields.List(
        fields.Nested(CaseSheetAnswer), required=True, metadata={"description": "the main one first"}
    )
    done = fields.List(fields.String(), required=True)
    current = fields.List(fields.Nested(TokenAnswer), required=True)
    failed = fields.List(fields.String(), required=True)


class DocumentList(Answer):
    items = fields.List(fields.Nested(DocumentAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)


class ClockList(Answer):
    items = fields.List(fields.Nested(ClockAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
