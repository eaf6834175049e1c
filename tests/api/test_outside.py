"""What comes from outside: messages, time, browsers of other sites, those who operate the system."""

from pathlib import Path

import pytest

from tests.api.conftest import INHABITED, Caller, claimed, make_app, start, task_of
from tests.api.test_refusals import assert_problem

JSON = "application/json"


@pytest.fixture
def admin(login) -> Caller:
    return login("admin")


def confirmed(chair: Caller, town_union: Caller, **variables) -> str:
    """A case that waits for the message about its room."""
    case_id = start(chair, **variables)
    review = claimed(town_union, case_id, "review_request")
    town_union.post(f"/tasks/{review}/complete", {"answers": {"意见": "同意"}})
    plan = claimed(chair, case_id, "confirm_plan")
    chair.post(f"/tasks/{plan}/complete", {"answers": {"开班日期": "2027-03-01"}})
    return case_id


def message_for(number: str, message_id: str) -> dict:
    return {"name": "room_confirmation", "key": number, "id": message_id, "payload": {}}


def test_a_message_ends_the_wait_of_its_case_once(chair: Caller, town_union: Caller, admin: Caller) -> None:
    case_id = confirmed(chair, town_union)
    number = chair.get(f"/cases/{case_id}").json["number"]

    first = admin.post("/messages", message_for(number, "m-1"))
    again = admin.post("/messages", message_for(number, "m-1"))

    assert [first.json, again.json] == [{"state": "delivered"}, {"state": "duplicate"}]
    assert chair.get(f"/cases/{case_id}").json["status"] == "completed"


def test_a_message_that_comes_early_is_kept(chair: Caller, town_union: Caller, admin: Caller) -> None:
    assert admin.post("/messages", message_for("none-yet", "m-2")).json == {"state": "buffered"}


def test_only_those_who_may_can_send_messages(chair: Caller) -> None:
    assert_problem(chair.post("/messages", message_for("x", "m-3")), 403, "not_in_group")


def test_a_failed_step_becomes_an_incident_and_the_completion_stands(
    chair: Caller, town_union: Caller, admin: Caller
) -> None:
    case_id = start(chair, 人数=101)
    review = claimed(town_union, case_id, "review_request")

    assert town_union.post(f"/tasks/{review}/complete", {"answers": {"意见": "同意"}}).status_code == 200

    found = town_union.get("/incidents").json
    incident = found["items"][0]
    assert (found["total"], incident["case_id"], incident["element_id"]) == (1, case_id, "set_subsidy")
    assert incident["message"] != incident["code"]
    assert chair.get(f"/cases/{case_id}/diagram").json["failed"] == ["set_subsidy"]
    assert admin.post(f"/incidents/{incident['id']}/retry").status_code == 200
    assert_problem(admin.post(f"/incidents/{incident['id']}/retry"), 409, "incident_resolved")


def test_incidents_of_others_are_not_shown(login, chair: Caller, town_union: Caller) -> None:
    case_id = start(chair, 人数=101)
    review = claimed(town_union, case_id, "review_request")
    town_union.post(f"/tasks/{review}/complete", {"answers": {"意见": "同意"}})

    assert login("town_union2").get("/incidents").json["total"] == 0


def test_the_training_clock_fires_what_becomes_due(chair: Caller, case_id: str) -> None:
    before = chair.get(f"/cases/{case_id}").json["created_at"]

    answer = chair.post("/demo/clock", {"advance": "P11D"})

    assert answer.status_code == 200, answer.text
    assert answer.json["fired"] >= 1
    assert answer.json["now"][:10] > before[:10]
    clocks = chair.get(f"/cases/{case_id}/clocks").json["items"]
    assert [c["state"] for c in clocks if c["element_id"] == "review_overdue"] == ["fired"]


@pytest.mark.parametrize("given", ["15 days", "P", "PT", "-P1D", "P1Y", "P0D", "P401D", "P1D\n"])
def test_an_unreadable_duration_is_refused(chair: Caller, given: str) -> None:
    assert_problem(chair.post("/demo/clock", {"advance": given}), 422, "duration_unreadable")


def test_there_is_no_training_clock_outside_demo_mode(database_hosts, database_kind: str, tmp_path: Path) -> None:
    with database_hosts.of(database_kind).fresh(INHABITED) as database:
        app = make_app(database, tmp_path, demo=False)
        anonymous = Caller(app.test_client(use_cookies=False))
        token = anonymous.post("/sessions", {"username": "chair", "password": "demo"}).json["token"]

        answer = Caller(anonymous.client, token).post("/demo/clock", {"advance": "P1D"})
        app.extensions["tongban"].database.dispose()

    assert_problem(answer, 404, "demo_only")


@pytest.fixture
def visitor(app, chair: Caller):
    """A browser in which the chair is logged in: it sends the cookie by itself."""
    client = app.test_client()
    client.set_cookie("tongban_session", chair.token)
    return client


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_write_with_the_cookie(visitor, headers: dict[str, str]) -> None:
    answer = visitor.put("/api/v1/me/locale", json={"locale": "en"}, headers=headers)

    assert_problem(answer, 403, "cross_site_request")
    assert visitor.get("/api/v1/me").json["locale"] == "zh"


def test_a_form_of_another_site_cannot_upload_with_the_cookie(visitor) -> None:
    answer = visitor.post("/api/v1/documents", data={"field": "x"}, content_type="multipart/form-data")

    assert_problem(answer, 403, "cross_site_request")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}])
def test_our_own_pages_can_write_with_the_cookie(visitor, headers: dict[str, str]) -> None:
    assert visitor.put("/api/v1/me/locale", json={"locale": "en"}, headers=headers).status_code == 204


def test_a_token_is_not_bound_to_a_site(chair: Caller) -> None:
    answer = chair.send("PUT", "/me/locale", json={"locale": "en"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 204


def test_health_and_readiness_need_no_login(anonymous: Caller) -> None:
    answers = [anonymous.client.get(path) for path in ("/healthz", "/readyz")]

    assert [(a.status_code, a.text) for a in answers] == [(200, "ok\n"), (200, "ready\n")]


def test_without_its_database_the_process_is_alive_but_not_ready(app, anonymous: Caller, monkeypatch) -> None:
    monkeypatch.setattr(app.extensions["tongban"], "reading", lambda: (_ for _ in ()).throw(OSError("gone")))

    assert anonymous.client.get("/healthz").status_code == 200
    assert_problem(anonymous.client.get("/readyz"), 503, "not_ready")


def test_figures_are_counted_by_route_and_never_by_id(anonymous: Caller, chair: Caller, case_id: str) -> None:
    chair.get(f"/cases/{case_id}")

    figures = anonymous.client.get("/metrics").text

    assert 'tongban_requests_total{method="GET",route="/api/v1/cases/<case_id>",status="200"}' in figures
    assert case_id not in figures


def test_figures_are_not_for_those_behind_a_proxy(anonymous: Caller, admin: Caller) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.9"}

    assert_problem(anonymous.client.get("/metrics", headers=forwarded), 404, "not_found")
    login = {"Authorization": f"Bearer {admin.token}"}
    assert anonymous.client.get("/metrics", headers=forwarded | login).status_code == 200


def test_answers_are_not_kept_in_shared_caches(chair: Caller, case_id: str) -> None:
    answer = chair.get(f"/cases/{case_id}/history")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(answer.vary)


def test_the_task_of_a_stage_is_found_again_by_number(chair: Caller, town_union: Caller, case_id: str) -> None:
    number = chair.get(f"/cases/{case_id}").json["number"]

    found = town_union.get("/tasks", view="claimable", text=number, stage="handling", process="training_request")

    assert [t["id"] for t in found.json["items"]] == [task_of(town_union, case_id, "review_request")]
