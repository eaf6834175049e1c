"""Organisations, people, their rights, and what administrators did."""

from marshmallow import fields, validate

from api.paging import PageQuestion, page_of
from api.schemas.fields import (
    Answer,
    HashedMoment,
    Moment,
    Question,
    Text,
    WholeNumber,
    json_object,
    optional_text,
    reason,
    required_text,
)
from engine.groups import GROUPS
from engine.queries.audit import STREAMS
from engine.queries.people_register import STATES

_KINDS = ("enterprise", "town", "office")


class OrganisationListQuestion(PageQuestion):
    text = optional_text(longest=100, data_key="q", metadata={"description": "looks in name and credit code"})
    kind = fields.String(load_default=None, validate=validate.OneOf(_KINDS))
    town = optional_text(longest=64)


class OrganisationLineAnswer(Answer):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    uscc = fields.String(required=True, allow_none=True)
    town = fields.String(required=True, allow_none=True)
    people = fields.Integer(required=True, metadata={"description": "how many have an account here"})
    staff = fields.Integer(allow_none=True, metadata={"description": "what the enterprise file says"})


class OrganisationQuestion(Question):
    kind = fields.String(required=True, validate=validate.OneOf(_KINDS))
    answers = json_object(required=True, metadata={"description": "of the form `forms/registry/<kind>.form`"})


class OrganisationEditQuestion(Question):
    answers = json_object(required=True)
    version = WholeNumber(required=True, validate=validate.Range(min=1, max=2**31 - 1))


class OrganisationAloneAnswer(Answer):
    id = fields.String(required=True)
    kind = fields.String(required=True)
    answers = json_object(required=True)
    groups = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    people = fields.Integer(required=True)
    version = fields.Integer(required=True)


class IdAnswer(Answer):
    id = fields.String(required=True)


class VersionAnswer(Answer):
    version = fields.Integer(required=True)


class PersonListQuestion(PageQuestion):
    text = optional_text(longest=100, data_key="q", metadata={"description": "looks in name, user name and mobile"})
    organisation_id = optional_text(longest=32)
    group = fields.String(load_default=None, validate=validate.OneOf(sorted(GROUPS)))
    town = optional_text(longest=64)
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))


class PersonLineAnswer(Answer):
    id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    organisation = fields.String(required=True, allow_none=True)
    organisation_id = fields.String(allow_none=True)
    post = fields.String(allow_none=True)
    groups = fields.List(fields.String(), required=True)
    state = fields.String(required=True)


class PersonEntryQuestion(Question):
    name = required_text(longest=50)
    phone = optional_text(longest=11)
    post = optional_text(longest=100)
    organisation = optional_text(longest=100, metadata={"description": "name or credit code"})


class NewPersonQuestion(PersonEntryQuestion):
    username = required_text(longest=64)


class EditPersonQuestion(PersonEntryQuestion):
    version = WholeNumber(required=True, validate=validate.Range(min=1, max=2**31 - 1))


class MembershipAnswer(Answer):
    id = fields.String(required=True)
    group = fields.String(required=True)
    town = fields.String(allow_none=True)
    organisation = fields.String(allow_none=True)
    since = fields.Date(allow_none=True)
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)


class OpenRoleAnswer(Answer):
    case_id = fields.String(required=True)
    number = fields.String(required=True)
    title = fields.String()
    role = fields.String(required=True)


class PersonFileAnswer(Answer):
    id = fields.String(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True)
    left_at = Moment(allow_none=True)
    organisation = fields.String(allow_none=True)
    organisation_id = fields.String(allow_none=True)
    memberships = fields.List(fields.Nested(MembershipAnswer), required=True)
    roles = fields.List(fields.Nested(OpenRoleAnswer), required=True)
    open_tasks = fields.Integer(required=True)
    sessions = fields.Integer(required=True)
    invited_until = Moment(allow_none=True)
    locked_until = Moment(allow_none=True)
    version = fields.Integer(required=True)


class ReasonOnlyQuestion(Question):
    reason = reason()


class LeavingQuestion(ReasonOnlyQuestion):
    successor = optional_text(longest=64, metadata={"description": "user name of who takes the tasks over"})


class DepartureAnswer(Answer):
    tasks = fields.Integer(required=True, metadata={"description": "how many went back or to the successor"})
    roles = fields.List(fields.Nested(OpenRoleAnswer), required=True)


class GrantQuestion(ReasonOnlyQuestion):
    group = fields.String(required=True, validate=validate.OneOf(sorted(GROUPS)))
    town = optional_text(longest=64)
    organisation = optional_text(longest=100, metadata={"description": "name or credit code of an enterprise"})
    starts_on = fields.Date(load_default=None)
    ends_on = fields.Date(load_default=None)


class TasksBackAnswer(Answer):
    tasks = fields.Integer(required=True, metadata={"description": "how many tasks went back"})


class InvitationsQuestion(Question):
    person_ids = fields.List(required_text(longest=32), load_default=list, validate=validate.Length(max=1000))
    organisation_id = optional_text(longest=32)


class InvitationAnswer(Answer):
    username = fields.String(required=True)
    name = fields.String(required=True)
    organisation = fields.String()
    code = fields.String(required=True)


class InvitationsAnswer(Answer):
    items = fields.List(fields.Nested(InvitationAnswer), required=True)


class CodeAnswer(Answer):
    code = fields.String(required=True)


class FirstLoginQuestion(Question):
    username = required_text(longest=64)
    code = required_text(longest=100)
    password = Text(required=True, validate=validate.Length(min=1, max=1000))


class PasswordQuestion(Question):
    old = Text(required=True, validate=validate.Length(min=1, max=1000))
    new = Text(required=True, validate=validate.Length(min=1, max=1000))


class ActAnswer(Answer):
    """One line of a chain without a case."""

    stream = fields.String(required=True)
    seq = fields.Integer(required=True)
    at = HashedMoment(required=True)
    actor = fields.String(required=True)
    on_behalf_of = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    details = json_object(required=True)
    hash = fields.String(required=True)


ActPage = page_of(ActAnswer)


class AuditExcerptQuestion(Question):
    stream = fields.String(load_default=STREAMS[0], validate=validate.OneOf(STREAMS))
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)


class AuditListQuestion(PageQuestion):
    stream = fields.String(load_default=STREAMS[0], validate=validate.OneOf(STREAMS))
    actor = optional_text(longest=64, metadata={"description": "a user name"})
    action = optional_text(longest=64)
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
