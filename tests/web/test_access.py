"""Who is let in, and what a request must carry."""

import pytest

from tests.web.conftest import Visit


def test_a_stranger_is_asked_to_log_in_and_comes_back_to_the_page(visit: Visit) -> None:
    stranger = visit(None)

    answer = stranger.get("/tasks?view=done")

    assert answer.status_code == 302
    assert answer.location == "/login?next=/tasks?view%3Ddone"


def test_logging_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use(visit: Visit) -> None:
    stranger = visit(None)
    stranger.get("/login?next=/cases")

    answer = stranger.post("/login", {"username": "chair", "password": "demo", "next": "/cases"})

    assert answer.location == "/cases"
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("tongban_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "李卫国" in stranger.get("/me").text


def test_a_wrong_password_says_so_and_keeps_the_user_name(visit: Visit) -> None:
    stranger = visit(None)
    stranger.get("/login")

    answer = stranger.post("/login", {"username": "chair", "password": "wrong"})

    assert answer.status_code == 422
    assert 'value="chair"' in answer.text
    assert 'role="alert"' in answer.text


def test_after_logging_out_the_session_is_over_on_the_server_too(visit: Visit) -> None:
    chair = visit("chair")
    kept = chair.client.get_cookie("tongban_session")
    assert kept is not None

    chair.post("/logout")
    chair.client.set_cookie("tongban_session", kept.value)

    assert chair.get("/tasks").status_code == 302


@pytest.mark.parametrize("path", ["/tasks/x/claim", "/tasks/x", "/cases/x/cancel", "/notices/read", "/logout"])
def test_a_form_without_the_token_of_the_session_changes_nothing(visit: Visit, path: str) -> None:
    chair = visit("chair")

    assert chair.client.post(path, data={"reason": "x"}).status_code == 403
    assert chair.client.post(path, data={"csrf_token": "0" * 64}).status_code == 403


def test_a_token_of_another_session_is_refused(visit: Visit) -> None:
    chair, boss = visit("chair"), visit("boss")

    boss.token = chair.token

    assert boss.post("/notices/read").status_code == 403


def test_a_form_from_another_site_is_refused_even_with_the_token(visit: Visit) -> None:
    chair = visit("chair")

    answer = chair.post("/notices/read", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "其他网站" in answer.text


def test_a_fragment_request_after_the_session_ended_sends_the_browser_to_the_login_page(visit: Visit) -> None:
    answer = visit(None).get("/tasks", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/login"


def test_incidents_are_for_administrators(visit: Visit) -> None:
    assert visit("chair").get("/incidents").status_code == 403
    assert visit("admin").get("/incidents").status_code == 200


@pytest.mark.parametrize("page", ["", "/timeline", "/diagram", "/diagram.bpmn", "/documents", "/evidence"])
def test_a_case_does_not_exist_for_people_of_another_enterprise(visit: Visit, case_id: str, page: str) -> None:
    assert visit("chair").get(f"/cases/{case_id}{page}").status_code == 200
    assert visit("chair2").get(f"/cases/{case_id}{page}").status_code == 404


def test_every_page_says_who_may_call_it(visit: Visit) -> None:
    app = visit(None).client.application
    views = {name: view for name, view in app.view_functions.items() if name.startswith("pages.")}

    unmarked = [name for name, view in views.items() if name != "pages.static" and not hasattr(view, "permission")]

    assert views
    assert unmarked == []
