"""For those who operate the system: is it alive, can it serve, how busy is it."""

from ipaddress import ip_address

from flask import Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.blueprint import ApiBlueprint
from api.current import the_engine
from api.errors import problem_response
from api.permissions import permission
from engine.errors import NotFound

health = ApiBlueprint("health", "Operation.", url_prefix="/")
_TEXT = {"type": "string"}


@health.get("/healthz")
@permission("public")
@health.response(200, _TEXT, content_type="text/plain")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
@permission("public")
@health.alt_response(503, "SERVICE_UNAVAILABLE")
@health.response(200, _TEXT, content_type="text/plain")
def ready() -> Response:
    """The process can serve: its database answers."""
    try:
        with the_engine().reading() as session:
            session.connection().exec_driver_sql("SELECT 1")
    except Exception:
        current_app.logger.exception("not ready")
        return problem_response(503, code="not_ready")
    return Response("ready\n", mimetype="text/plain")


@health.get("/metrics")
@permission("public")
@health.alt_response(404, "NOT_FOUND")
@health.response(200, _TEXT, content_type="text/plain")
def metrics() -> Response:
    """Figures in the Prometheus text format, for callers on this machine and for administrators."""
    if not (_is_local() or _is_administrator()):
        raise NotFound
    registry = current_app.extensions["tongban.metrics"].registry
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _is_local() -> bool:
    """Straight from this machine, not through a proxy on it."""
    forwarded = {"Forwarded", "X-Forwarded-For", "X-Real-Ip"} & {name.title() for name, _ in request.headers}
    return not forwarded and request.remote_addr is not None and ip_address(request.remote_addr).is_loopback


def _is_administrator() -> bool:
    return g.get("actor") is not None and g.actor.is_in("system_admin")
