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
    kind = fields.String(metadata={"description": "task, clock, message, signal, stage, call or step"})


class FrameAnswer(Answer):
    seq = fields.Integer(required=True, metadata={"description": "the last history entry of this act"})
    at = HashedMoment(required=True)
    action = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    actor = fields.String(required=True)
    actor_name = fields.String(required=True)
    version = fields.Integer(required=True, metadata={"description": "of the diagram on which this act is played"})
    carried = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "with the first act on another version: what counts as passed on its diagram already"},
    )
    passed = fields.List(fields.String(), required=True)
    current = fields.List(fields.Nested(TokenAnswer), required=True)
    failed = fields.List(fields.String(), required=True)


class ReplayAnswer(Answer):
    items = fields.List(fields.Nested(FrameAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)


class DiagramQuestion(Question):
    diagram = optional_text(metadata={"description": "key of one of `diagrams`; without it the main one"})
    version = fields.Integer(
        load_default=None,
        validate=validate.Range(min=1),
        metadata={"description": "one of `versions`; without it the one on which the case runs"},
    )
    until = fields.Integer(
        load_default=None,
        validate=validate.Range(min=0),
        metadata={"description": "its `last_entry`, where the case was on this version more than once"},
    )


class DiagramVersionAnswer(Answer):
    version = fields.Integer(required=True)
    until = HashedMoment(
        required=True, allow_none=True, metadata={"description": "when the case was moved on; null: it runs on it"}
    )
    last_entry = fields.Integer(
        required=True, allow_none=True, metadata={"description": "the last history entry that this version wrote"}
    )


class MovedAnswer(Answer):
    at = HashedMoment(required=True)
    person = fields.String(required=True)
    person_name = fields.String(required=True)
    reason = fields.String(required=True)
    to_version = fields.Integer(required=True)


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
    version = fields.Nested(DiagramVersionAnswer, required=True)
    versions = fields.List(
        fields.Nested(DiagramVersionAnswer),
        required=True,
        metadata={"description": "those that the case ran on, in the order of time"},
    )
    moved = fields.Nested(
        MovedAnswer, required=True, allow_none=True, metadata={"description": "how the case left a former version"}
    )


class DocumentList(Answer):
    items = fields.List(fields.Nested(DocumentAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)


class ClockList(Answer):
    items = fields.List(fields.Nested(ClockAnswer), required=True)
    next = fields.String(required=True, allow_none=True)
    total = fields.Integer(required=True)
