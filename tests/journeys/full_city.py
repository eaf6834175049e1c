"""A city in which every page has something to show, and the ids that stand in the addresses of its pages."""

from collections.abc import Mapping

from engine.commands.ask_cosigners import AskCosigners
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.save_view import SaveView
from engine.commands.send_copies import SendCopies
from engine.commands.show_spot_code import ShowSpotCode
from engine.commands.start_batch import BatchOrder, StartBatch
from engine.commands.start_case import StartCase
from engine.commands.submit_process_draft import SubmitProcessDraft
from engine.definitions.catalogue_sources import bundle_files
from engine.model import Mail, UserTask
from engine.model.mail import MailState
from engine.outbox.doing import do_job
from engine.outbox.ticking import tick
from playing.stories import stories_of
from playing.trials import Trials
from seeds.seeding import PROCESSES
from tests import mails, process_drafts, training_requests
from tests.city import City
from tests.gatherings import ASKING, DEMANDING, gather, workers
from tests.journeys.form_filler import example
from tests.registry import organisation_id
from tests.requests_for_experts import Requests
from tests.rosters import imported, sheet
from tests.stand_ins import name_stand_in
from tests.talks import open_talks
from tests.wage_votes import vote_again, wage_vote
from web.mails.unsubscribing import EVERYTHING, Wish, sign

Ids = Mapping[str, str]
RIGHT = ("赵小兵", "13800000001", "zhaoxb", "钳工", "2020-03-01", "")
WRONG = ("钱", "123", "", "", "昨天", "是")


def fill(city: City, *, secret_key: str) -> Ids:
    """Everything that has an address of its own, once; the names are those of the addresses."""
    ids = {"process": "wage_consultation", "key": "wage_consultation", "kind": "enterprise", "act": "follow_up"}
    ids["paper"] = "offer"
    ids["away_id"] = _absence(city)
    ids |= {"token": sign(Wish("somebody", EVERYTHING), secret_key), "person_id": city.actor("hr").person_id}
    ids["organisation_id"] = ids["enterprise_id"] = organisation_id(city, "永康市星月模具有限公司")
    cases = _cases(city) | _votes(city)
    more = _visit(city) | _desk(city) | _drafts(city) | _migrations(city)
    return ids | cases | more | _registers(city) | _tries(city)


def _absence(city: City) -> str:
    """Somebody of the town's union is away; gives the id of the person."""
    name_stand_in(city, "town_union", "town_union2")
    return city.actor("town_union").person_id


def _cases(city: City) -> dict[str, str]:
    case_id = city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")
    other = city.run(StartCase(process="wage_consultation", answers=example("offer")), by="chair")
    reply, handed_in = city.task_at(case_id, "reply_by_enterprise"), city.task_at(other, "reply_by_enterprise")
    for task in (reply, handed_in):
        city.run(ClaimTask(task_id=task.id), by="boss")
    city.run(CompleteTask(task_id=handed_in.id, answers=example("reply")), by="boss")
    behind = city.task_at(other, "confirm_enterprise_profile")
    talks = open_talks(city)
    talks.propose("工资标准", "上调百分之八", by="chair", reason="物价上涨")
    city.run(SendCopies(case_id=case_id, to=("boss",), note="请阅"), by="chair")
    city.run(AskCosigners(task_id=reply.id, to=("hr",), question="数字是否一致？"), by="boss")
    signing = next(task for task in city.tasks(case_id) if task.principal_id == reply.id)
    return {
        "case_id": case_id, "signing_id": signing.id, "task_id": reply.id, "done_id": handed_in.id,
        "returning_id": behind.id,
        "talks_id": talks.case_id, "clause_id": talks.clause("工资标准").id,
    }  # fmt: skip


def _visit(city: City) -> dict[str, str]:
    """An expert was there, and shows a code with which the enterprise confirms it."""
    requests = Requests(city)
    task = city.task_at(requests.play("single_satisfied", until="confirm_visit"), "confirm_visit")
    code = city.run(ShowSpotCode(task_id=task.id), by="lawyer1").code
    return {"spot_id": task.id, "spot_code": code, "unknown_code": "2345-6789"}


def _tries(city: City) -> dict[str, str]:
    """One that has begun, one that has not."""
    trials, owner = Trials(city.engine.data_dir / "tries"), city.actor("designer").person_id
    files = bundle_files(PROCESSES / "expert_dispatch")
    begun, new = (trials.open(files, owner=owner)[0] or "" for _ in range(2))
    with trials.find(begun, owner=owner).running() as run:
        run.play(stories_of("expert_dispatch")[0], until=4)
    return {"trial_id": begun, "new_trial_id": new}


def _votes(city: City) -> dict[str, str]:
    counted = wage_vote(city)
    counted.vote("rep1")
    vote = vote_again(counted)
    survey, demand, reached = gather(city, ASKING), gather(city, DEMANDING), gather(city, DEMANDING)
    reached.sign(*workers(21))
    return {
        "ballot_id": vote.ballot_id, "counted_id": counted.ballot_id, "vote_id": vote.case_id,
        "survey_id": survey.id, "demand_id": demand.id, "reached_id": reached.id,
    }  # fmt: skip


def _desk(city: City) -> dict[str, str]:
    """What people put on their desks, and what came of an order for many tasks."""
    reply = (UserTask.element_id == "reply_by_enterprise", UserTask.principal_id.is_(None))
    (task,) = city.rows(UserTask, *reply, UserTask.state == "claimed")
    view_id = city.run(SaveView(name="本周到期", asked={"view": "mine", "due": "7"}), by="boss")
    batch_id = city.run(StartBatch(order=BatchOrder(order="urge", reason="请尽快"), task_ids=(task.id,)), by="boss")
    while tick(city.engine, lambda job_id: do_job(city.engine, job_id)):
        pass
    return {"view_id": view_id, "batch_id": batch_id}


def _drafts(city: City) -> dict[str, str]:
    """A process with a second version, a draft of it that waits for the other designer, and one with a table."""
    for comment in ("名称更清楚", "再改一次"):
        draft_id = process_drafts.begin(city, "staff_survey")
        process_drafts.change(
            city, draft_id, "staff_survey.bpmn", "<bpmn:documentation>", f"<bpmn:documentation>{comment}。"
        )
        if comment == "名称更清楚":
            process_drafts.publish(city, draft_id)
    city.run(SubmitProcessDraft(draft_id=draft_id, comment=comment), by=process_drafts.AUTHOR)
    tabled_id = process_drafts.begin(city, "wage_consultation")
    return {"draft_id": draft_id, "tabled_id": tabled_id, "versioned": "staff_survey"}


def _migrations(city: City) -> dict[str, str]:
    """Requests on an old version, of which some have to stay there."""
    training_requests.three_requests(city)
    training_requests.second_version(city)
    run_id = training_requests.migration(city)
    mails.work_off(city)
    return {"run_id": run_id, "migrating": training_requests.PROCESS}


def _registers(city: City) -> dict[str, str]:
    done, refused_run = imported(city, sheet(RIGHT)), imported(city, sheet(RIGHT, WRONG))
    with city.session() as session, session.begin():
        refused = {"state": MailState.FAILED, "attempts": 3, "answer": "550 no such mailbox"}
        session.add(
            Mail(
                person_id=city.actor("boss").person_id, kind="urgent", address="boss@people.example",
                message_id="<1@tongban.example>", created_at=city.clock.now, **refused,
            )
        )  # fmt: skip
    return {"expert_id": city.actor("lawyer1").person_id, "import_id": done.id, "flawed_id": refused_run.id}
