"""Surveys and demands over HTTP: who sees which, and a signature that is sent again because its answer was lost."""

from pathlib import Path

import pytest
from flask import Flask

from engine.actor import SYSTEM
from engine.commands.sign_in import SignIn
from settings import Settings
from tests.api.conftest import Caller
from tests.city import City
from tests.edges import open_edges
from tests.gatherings import ASKING, DEMANDING, Gathering, gather, workers


def caller(gathering: Gathering, app: Flask, who: str) -> Caller:
    client = app.test_client(use_cookies=False)
    if who == "nobody":
        return Caller(client)
    attempt = SignIn(username=who, password="demo", agent="tests")
    return Caller(client, gathering.city.engine.run(attempt, actor=SYSTEM).token)


def served(gathering: Gathering, folder: Path) -> Flask:
    settings = Settings(database_url=gathering.city.database.url, data_dir=folder, secret_key="test")
    return open_edges(settings, engine=gathering.city.engine)


def test_who_may_do_what_with_a_demand(city: City, tmp_path: Path) -> None:
    demand = gather(city, DEMANDING)
    app = served(demand, tmp_path)
    path = f"/demands/{demand.id}"
    seen = {who: caller(demand, app, who).get(path).status_code for who in ("nobody", "boss", "rep2_1", "worker1")}
    assert seen == {"nobody": 401, "boss": 404, "rep2_1": 404, "worker1": 200}

    worker = caller(demand, app, "worker1")
    first, again = (
        worker.send("POST", f"{path}/signature", headers={"Idempotency-Key": "one"}).json["signed"] for _ in range(2)
    )
    twice = worker.send("POST", f"{path}/signature")
    assert (first, again, twice.status_code, twice.json["code"]) == (1, 1, 409, "already_signed")
    assert worker.send("DELETE", f"{path}/signature").json["i_signed"] is False
    assert worker.send("DELETE", f"{path}/signature").json["code"] == "not_signed"
    assert caller(demand, app, "hr").send("POST", f"{path}/signature").json["code"] == "not_on_the_roll"

    demand.sign(*workers(21))
    told = {who: caller(demand, app, who).get(f"{path}/signatories").status_code for who in ("worker1", "hr", "chair")}
    assert told == {"worker1": 403, "hr": 403, "chair": 200}


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("boss", 404), ("rep2_1", 404), ("worker1", 200)])
def test_who_sees_a_survey(city: City, tmp_path: Path, who: str, status: int) -> None:
    survey = gather(city, ASKING)
    answer = caller(survey, served(survey, tmp_path), who).get(f"/surveys/{survey.id}")

    assert answer.status_code == status
    assert status != 200 or (answer.json["result"], answer.json["asked"]) == (None, 101)
