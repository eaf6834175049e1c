"""The OpenAPI 3.1 description of the interface, served without any viewer."""

import http
from typing import Any

import flask_smorest
from apispec.ext.marshmallow.field_converter import FieldConverterMixin
from flask import Flask, Response, current_app
from flask_smorest.utils import prepare_response
from marshmallow import fields

from api.blueprint import ApiBlueprint
from api.errors import PROBLEM_TYPE
from api.permissions import permission
from api.schemas.problems import ProblemDetails

CONFIG = {
    "API_TITLE": "Tongban 通办",
    "API_VERSION": "1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": None,
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "Case management on BPMN diagrams. Errors are RFC 9457 problem details; lists are paged."
        },
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "tongban_session"},
            }
        },
    },
}

description = ApiBlueprint("description", "This description.")


class Api(flask_smorest.Api):
    """Our error shape instead of flask-smorest's, and no handler for pages outside /api."""

    ERROR_SCHEMA = ProblemDetails

    def _register_error_handlers(self) -> None:
        """Errors are answered by each `ApiBlueprint`; an application-wide handler would also catch the pages'."""

    def _register_responses(self) -> None:
        for status in http.HTTPStatus:
            self._register_problem(status.name, status.phrase, has_body=status >= 400)
        self._register_problem("DEFAULT_ERROR", "What went wrong", has_body=True)

    def _register_problem(self, name: str, phrase: str, *, has_body: bool) -> None:
        answer = {"description": phrase} | ({"schema": self.ERROR_SCHEMA} if has_body else {})
        prepare_response(answer, self.spec, PROBLEM_TYPE)
        self.spec.components.response(name, answer, lazy=True)


def describe(app: Flask) -> Api:
    for name, value in CONFIG.items():
        app.config.setdefault(name, value)
    interface = Api(app)
    interface.ma_plugin.converter.add_attribute_function(_key_names)
    interface.ma_plugin.converter.add_parameter_attribute_function(_style)
    return interface


def _key_names(self: FieldConverterMixin, field: fields.Field, **_: Any) -> dict[str, Any]:
    """What the keys of a free object may be; apispec describes its values only."""
    keys = field.key_field if isinstance(field, fields.Dict) else None
    return {"propertyNames": self.field2property(keys)} if keys else {}


def _style(_: FieldConverterMixin, field: fields.Field, **__: Any) -> dict[str, Any]:
    """How an object is written into an address."""
    return {"style": field.metadata["style"], "explode": True} if "style" in field.metadata else {}


@description.get("/openapi.json")
@permission("public")
@description.response(200, {"type": "object"})
def openapi() -> Response:
    """The interface as OpenAPI 3.1."""
    spec = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec
    return current_app.json.response(spec.to_dict())
