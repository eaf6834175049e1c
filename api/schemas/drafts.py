"""Drafts of processes: what goes in and out."""

from marshmallow import fields, validate

from api.paging import PageQuestion
from api.schemas.fields import Answer, Moment, Question, Text, WholeNumber, optional_text, required_text
from api.schemas.processes import LintEntry
from engine.definitions.comparing.change import Area, Kind
from engine.queries.drafts import STATES
from engine.queries.standing import Fate

_PATH = validate.Length(min=1, max=200)


class DraftListQuestion(PageQuestion):
    process = optional_text(longest=100)
    state = fields.String(
        load_default=None,
        validate=validate.OneOf(("current", *STATES)),
        metadata={"description": "`current`: those that are not over"},
    )


class StartDraftQuestion(Question):
    """One of the two; or multipart/form-data with `files`: .bpmn, .dmn, .form, .yml, .json, or a zip of them."""

    process = optional_text(longest=100, metadata={"description": "copy a deployed process"})
    version = WholeNumber(
        load_default=None, validate=validate.Range(min=1, max=2**31 - 1), metadata={"description": "not the newest"}
    )
    name = optional_text(metadata={"description": "an empty process of this name"})


class DraftId(Answer):
    id = fields.String(required=True)


class BaseVersionAnswer(Answer):
    id = fields.String(required=True)
    version = fields.Integer(required=True)


class FailureAnswer(Answer):
    scenario = fields.String(required=True)
    message = fields.String(required=True, metadata={"description": "the step, and what was expected there"})


class DraftAnswer(Answer):
    id = fields.String(required=True)
    process = fields.String(required=True)
    name = fields.String(required=True)
    based_on = fields.Nested(BaseVersionAnswer, required=True, allow_none=True)
    revision = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    created_by = fields.String(required=True, metadata={"description": "name, as of the others"})
    created_at = Moment(required=True)
    updated_by = fields.String(required=True)
    updated_at = Moment(required=True)
    submitted_by = fields.String(required=True, allow_none=True)
    submitted_at = Moment(required=True, allow_none=True)
    comment = fields.String(required=True, metadata={"description": "of who submitted it"})
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = Moment(required=True, allow_none=True)
    reason = fields.String(required=True, metadata={"description": "of who published, returned or discarded it"})
    vendor = fields.String(required=True, allow_none=True)
    scenarios = fields.Integer(required=True, metadata={"description": "how many are played while it is published"})
    played = fields.Integer(required=True)
    failures = fields.List(fields.Nested(FailureAnswer), required=True)
    published_as = fields.Nested(BaseVersionAnswer, required=True, allow_none=True)
    may_approve = fields.Boolean(required=True)


class DraftAlone(DraftAnswer):
    files = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    gaps = fields.List(fields.Nested(LintEntry), required=True, metadata={"description": "of a foreign diagram"})
    newest = fields.Nested(BaseVersionAnswer, required=True, allow_none=True)
    is_overtaken = fields.Boolean(required=True, metadata={"description": "the newest version is not `based_on`"})


def _changes(**more: object) -> fields.Dict:
    return fields.Dict(keys=Text(validate=_PATH), values=Text(allow_none=True), **more)


class SaveDraftQuestion(Question):
    revision = WholeNumber(required=True, validate=validate.Range(min=1, max=2**31 - 1))
    files = _changes(required=True, metadata={"description": "text by path; null takes a file away"})


class RevisionAnswer(Answer):
    revision = fields.Integer(required=True)


class CheckDraftQuestion(Question):
    files = _changes(load_default=dict, metadata={"description": "changes that are not saved"})


class NamesQuestion(CheckDraftQuestion):
    path = Text(required=True, validate=_PATH, metadata={"description": "the diagram whose expressions are written"})


class KnownNameAnswer(Answer):
    name = fields.String(required=True)
    label = fields.String(required=True, metadata={"description": "what a form calls it, or empty"})
    label_en = fields.String(required=True)
    written_by = fields.List(fields.String(), required=True, metadata={"description": "elements of this diagram"})


class NamesAnswer(Answer):
    process = fields.String(required=True, allow_none=True, metadata={"description": "null: it cannot be read now"})
    scopes = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Nested(KnownNameAnswer)),
        required=True,
        metadata={"description": "by the process or loop they exist in; what lies inside knows them too"},
    )


class CommentQuestion(Question):
    comment = required_text(longest=2000)


class OptionalCommentQuestion(Question):
    comment = Text(load_default="", validate=validate.Length(max=2000))


class ChangeAnswer(Answer):
    kind = fields.String(required=True, validate=validate.OneOf([str(kind) for kind in Kind]))
    area = fields.String(required=True, validate=validate.OneOf([str(area) for area in Area]))
    path = fields.String(required=True, metadata={"description": "the file"})
    element_id = fields.String(required=True, allow_none=True)
    sort = fields.String(required=True, metadata={"description": "BPMN tag, or field, row, column …"})
    name = fields.String(required=True)
    what = fields.String(required=True, allow_none=True, metadata={"description": "the attribute that is another"})
    before = fields.String(required=True, allow_none=True)
    after = fields.String(required=True, allow_none=True)
    message = fields.String(required=True)


class StepEffectAnswer(Answer):
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    cases = fields.Integer(required=True)
    fate = fields.String(
        required=True,
        validate=validate.OneOf([str(fate) for fate in Fate]),
        metadata={"description": "clean: the step is the same; changed: it has other settings; choice: it is gone"},
    )


class VersionCasesAnswer(Answer):
    version = fields.Integer(required=True)
    cases = fields.Integer(required=True)


class EffectAnswer(Answer):
    cases = fields.Integer(required=True, metadata={"description": "that run"})
    choices = fields.Integer(required=True, metadata={"description": "of them, those on a step that is gone"})
    versions = fields.List(fields.Nested(VersionCasesAnswer), required=True)
    steps = fields.List(fields.Nested(StepEffectAnswer), required=True)


class ChangesAnswer(Answer):
    against = fields.Nested(
        BaseVersionAnswer, required=True, allow_none=True, metadata={"description": "none for a new process"}
    )
    changes = fields.List(fields.Nested(ChangeAnswer), required=True)
    effect = fields.Nested(EffectAnswer, required=True, allow_none=True)


class ProcessVersionAnswer(Answer):
    id = fields.String(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    comment = fields.String(required=True)
    deployed_by = fields.String(required=True)
    deployed_at = Moment(required=True)
    submitted_by = fields.String(required=True, allow_none=True)
    approved_by = fields.String(required=True, allow_none=True)
    running_cases = fields.Integer(required=True)
    same_as = fields.Integer(required=True, allow_none=True, metadata={"description": "it went back to this version"})
    is_newest = fields.Boolean(required=True)
