"""The board of those who coordinate the dispatch of experts."""

from marshmallow import fields, validate

from api.paging import PageQuestion, page_of
from api.schemas.fields import Answer, Moment
from engine.queries.dispatch_board.experts import ORDERS


class BoardQuestion(PageQuestion):
    order = fields.String(
        load_default="name",
        validate=validate.OneOf(ORDERS),
        metadata={"description": "experts by name, or the busiest first"},
    )


class StageCountAnswer(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    open = fields.Integer(required=True)
    late = fields.Integer(required=True)


class OpenRequestsAnswer(Answer):
    total = fields.Integer(required=True)
    late = fields.Integer(required=True, metadata={"description": "with something overdue"})
    soon = fields.Integer(required=True, metadata={"description": "with something due within three days"})
    stages = fields.List(fields.Nested(StageCountAnswer), required=True)


class TownCountAnswer(Answer):
    town = fields.String(required=True)
    open = fields.Integer(required=True)
    late = fields.Integer(required=True)
    filed = fields.Integer(required=True, metadata={"description": "in the period"})


class WaitingOfferAnswer(Answer):
    case_id = fields.String(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    town = fields.String(required=True, allow_none=True)
    profession = fields.String(required=True)
    round = fields.Integer(required=True)
    asked = fields.List(fields.String(), required=True, metadata={"description": "names"})
    offered_at = Moment(required=True)
    until = Moment(required=True, allow_none=True)
    taken_by = fields.String(required=True, allow_none=True, metadata={"description": "who is looking at it now"})


class WaitingOffersAnswer(Answer):
    cases = fields.Integer(required=True)
    shown = fields.List(fields.Nested(WaitingOfferAnswer), required=True, metadata={"description": "the longest first"})


class TopicAnswer(Answer):
    id = fields.String(required=True, metadata={"description": "the newest request of the topic"})
    title = fields.String(required=True)
    category = fields.String(required=True)
    count = fields.Integer(required=True)
    enterprises = fields.Integer(required=True)
    towns = fields.Integer(required=True)


class PaceAnswer(Answer):
    complexity = fields.String(required=True)
    goal = fields.Integer(required=True, metadata={"description": "working days"})
    count = fields.Integer(required=True)
    gross = fields.Float(required=True, allow_none=True, metadata={"description": "working days, the mean"})
    net = fields.Float(required=True, allow_none=True, metadata={"description": "without waiting for the enterprise"})
    in_time = fields.Integer(required=True)


class PointsAnswer(Answer):
    """For the whole scheme, the same for every reader; nothing where fewer than five gave any."""

    enough = fields.Boolean(required=True)
    count = fields.Integer(required=True, allow_none=True)
    means = fields.Dict(keys=fields.String(), values=fields.Float(allow_none=True), required=True)
    solved = fields.Integer(required=True, allow_none=True, metadata={"description": "per cent"})


class ExpertLoadAnswer(Answer):
    id = fields.String(required=True, metadata={"description": "of the person"})
    name = fields.String(required=True)
    profession = fields.String(required=True)
    open = fields.Integer(required=True)
    max_open = fields.Integer(required=True)
    why_not = fields.String(required=True, allow_none=True)
    absent_until = fields.Date(required=True, allow_none=True)
    ends_soon = fields.Date(required=True, allow_none=True)


class ProfessionSupplyAnswer(Answer):
    profession = fields.String(required=True)
    available = fields.Integer(required=True)
    places = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    unfound = fields.Integer(required=True)
    is_short = fields.Boolean(required=True)


class PeriodAnswer(Answer):
    """Counted over the period, at most five minutes ago."""

    as_of = Moment(required=True)
    topics = fields.List(fields.Nested(TopicAnswer), required=True)
    pace = fields.List(fields.Nested(PaceAnswer), required=True)
    points = fields.Nested(PointsAnswer, required=True)


class BoardAnswer(Answer):
    """`experts` and `professions` are null for who may not read the register of experts."""

    towns_in_scope = fields.List(
        fields.String(), required=True, allow_none=True, metadata={"description": "null is the whole city"}
    )
    period_days = fields.Integer(required=True)
    requests = fields.Nested(OpenRequestsAnswer, required=True)
    towns = fields.List(fields.Nested(TownCountAnswer), required=True)
    offers = fields.Nested(WaitingOffersAnswer, required=True)
    period = fields.Nested(PeriodAnswer, required=True)
    experts = fields.Nested(page_of(ExpertLoadAnswer), required=True, allow_none=True)
    professions = fields.List(fields.Nested(ProfessionSupplyAnswer), required=True, allow_none=True)
