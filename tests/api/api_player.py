"""Plays a scenario of a process with HTTP requests alone: what a client of another maker could do."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Flask

from playing.attachments import with_uploads
from playing.scenario_file import Scenario
from tests.api.conftest import Caller


@dataclass
class ApiPlayer:
    app: Flask
    scenario: Scenario
    case_id: str = ""

    def play(self) -> None:
        """Asserts the status of every request and every expectation that the interface can show."""
        self._start(self.scenario.story["start"])
        for number, step in enumerate(self.scenario.story["steps"], 1):
            try:
                self._do(step)
            except AssertionError as failure:
                raise AssertionError(f"step {number} {step}: {failure}") from failure

    def caller(self, username: str) -> Caller:
        """Logs in anew: weeks go by between two steps."""
        anonymous = Caller(self.app.test_client(use_cookies=False))
        answer = anonymous.post("/sessions", {"username": username, "password": "demo"})
        assert answer.status_code == 201, answer.text
        return Caller(anonymous.client, answer.json["token"])

    def _start(self, start: Mapping[str, Any]) -> None:
        caller = self.caller(start["as"])
        variables = with_uploads(self._answers(start), uploader(caller, "/documents"))
        body = {"process": self.scenario.process, "variables": variables, "enterprise": start.get("enterprise")}
        body |= {"parties": start["parties"]} if "parties" in start else {}
        answer = caller.post("/cases", {k: v for k, v in body.items() if v is not None})
        assert answer.status_code == 201, answer.text
        self.case_id = answer.json["id"]

    def _do(self, step: Mapping[str, Any]) -> None:
        if "task" in step:
            self._complete(step)
        elif "negotiate" in step:
            self._negotiate(step)
        elif "advance" in step:
            answer = self.caller("admin").post("/demo/clock", {"advance": step["advance"]})
            assert answer.status_code == 200, answer.text
        elif "expect" in step:
            self._compare(step["expect"])

    def _complete(self, step: Mapping[str, Any]) -> None:
        caller = self.caller(step["as"])
        task = self._find(caller, step["task"])
        if task["state"] == "open":
            claimed = caller.post(f"/tasks/{task['id']}/claim")
            assert claimed.status_code == 200, claimed.text
        answers = with_uploads(self._answers(step), uploader(caller, f"/tasks/{task['id']}/files"))
        tag = caller.get(f"/tasks/{task['id']}").headers["ETag"]
        sent = {"Idempotency_Key": f"complete-{task['id']}", "If_Match": tag}
        answer = caller.post(f"/tasks/{task['id']}/complete", {"answers": answers}, **sent)
        if "expect_problems" in step:
            assert answer.status_code == 422, answer.text
            return
        assert answer.status_code == 200, answer.text

    def _negotiate(self, step: Mapping[str, Any]) -> None:
        """One side proposes every clause, the other agrees to each."""
        path = self.scenario.examples / f"{step['negotiate']}.context.json"
        texts = json.loads(path.read_text("utf-8"))["variables"]["协商"]["条款"]
        proposer, other = self.caller(step["propose"]), self.caller(step["agree"])
        base = f"/cases/{self.case_id}/negotiation"
        for clause, words in zip(proposer.get(base).json["clauses"], texts, strict=True):
            at = f"{base}/clauses/{clause['id']}"
            said = {"text": words["内容"] or words["不涉及理由"], "applies": words["约定"]}
            sent = proposer.post(f"{at}/proposals", {**said, "revision": clause["revision"]})
            assert sent.status_code == 201, sent.text
            agreed = other.post(f"{at}/agree", {"step": sent.json["clause"]["worker"]["id"]})
            assert agreed.json["clause"]["status"] == "agreed", agreed.text

    def _find(self, caller: Caller, element_id: str) -> Mapping[str, Any]:
        for view in ("mine", "claimable"):
            page = caller.get("/tasks", view=view, case_id=self.case_id).json
            found = [task for task in page["items"] if task["element_id"] == element_id]
            if found:
                return found[0]
        raise AssertionError(f"nothing of {element_id} in the worklist")

    def _compare(self, expected: Mapping[str, Any]) -> None:
        """With the eyes of the city's union, which oversees every case."""
        union = self.caller("union")
        case = union.get(f"/cases/{self.case_id}").json
        clocks = union.get(f"/cases/{self.case_id}/clocks").json["items"]
        newest = {c["rule"]: c["state"] for c in sorted(clocks, key=lambda clock: clock["due_at"])}
        seen = {
            "open": lambda: sorted(task["element_id"] for task in case["tasks"]),
            "stage": lambda: case["stage"],
            "case": lambda: case["status"],
            "clocks": lambda: {rule: newest.get(rule) for rule in expected["clocks"]},
        }
        for word in seen.keys() & expected.keys():
            wanted = sorted(expected[word]) if word == "open" else expected[word]
            assert seen[word]() == wanted, word

    def _answers(self, step: Mapping[str, Any]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        if "answers_from" in step:
            path = self.scenario.examples / f"{step['answers_from']}.json"
            example = json.loads(path.read_text("utf-8"), parse_float=Decimal)
            answers = example.get("answers", example)
        return answers | dict(step.get("answers", {}))


def uploader(caller: Caller, path: str) -> Any:
    def upload(field: str, name: str, content: bytes) -> str:
        answer = caller.upload(path, field=field, file=(io.BytesIO(content), name))
        assert answer.status_code == 201, answer.text
        return answer.json["id"]

    return upload
