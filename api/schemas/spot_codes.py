"""Shapes of codes to confirm with on the spot."""

from marshmallow import fields, validate

from api.schemas.fields import Answer, Question, json_object


class ShownCodeAnswer(Answer):
    code = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class SpotFileAnswer(Answer):
    task_id = fields.String(required=True)
    case_id = fields.String(required=True)
    shown_by = fields.String(required=True, metadata={"description": "name of who shows the code"})
    expires_at = fields.AwareDateTime(required=True)


class PlaceQuestion(Question):
    latitude = fields.Float(required=True, validate=validate.Range(-90, 90))
    longitude = fields.Float(required=True, validate=validate.Range(-180, 180))
    accuracy_m = fields.Float(required=True, validate=validate.Range(0, 1_000_000))


class ConfirmQuestion(Question):
    answers = json_object(required=True)
    place = fields.Nested(
        PlaceQuestion,
        load_default=None,
        allow_none=True,
        metadata={"description": "where it is confirmed, when the person agrees that it is remembered"},
    )
