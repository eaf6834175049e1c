"""History becomes chapters by stage; runs of automatic steps are folded."""

from types import SimpleNamespace as Thing

from web.timeline import recent, runs, timeline

STAGES = {"offer": Thing(id="offer", name="要约"), "vote": Thing(id="vote", name="表决")}


def row(seq: int, actor: str, stage: str | None = None, action: str = "task_completed") -> Thing:
    return Thing(seq=seq, actor=actor, stage=STAGES.get(stage or ""), action=action)


def test_a_new_stage_opens_a_chapter_and_entries_without_one_stay_where_they_are() -> None:
    rows = [row(1, "chair"), row(2, "chair", "offer"), row(3, "boss"), row(4, "rep1", "vote")]

    chapters = timeline(rows)

    assert [chapter.stage and chapter.stage.id for chapter in chapters] == [None, "offer", "vote"]
    assert [beat.rows[0].seq for beat in chapters[1].beats] == [2, 3]


def test_a_stage_that_another_version_calls_otherwise_is_a_chapter_of_its_own() -> None:
    rows = [row(1, "chair", "offer"), row(2, "chair", "offer")]
    rows[1].stage = Thing(id="offer", name="提出要约")

    assert [chapter.stage.name for chapter in timeline(rows)] == ["要约", "提出要约"]


def test_consecutive_automatic_steps_are_one_beat() -> None:
    rows = [row(1, "boss", "offer"), row(2, "system"), row(3, "system", "offer"), row(4, "boss")]

    (chapter,) = timeline(rows)

    assert [len(beat.rows) for beat in chapter.beats] == [1, 2, 1]
    assert [beat.automatic for beat in chapter.beats] == [False, True, False]


def test_files_that_were_filed_with_a_form_do_not_stand_alone() -> None:
    rows = [row(1, "hr", "offer"), row(2, "hr", action="document_filed"), row(3, "hr", action="document_filed")]

    (chapter,) = timeline(rows)

    assert [len(beat.rows) for beat in chapter.beats] == [1, 2]


def test_no_history_has_no_chapters() -> None:
    assert timeline([]) == ()


def told(seq: int, action: str, element_id: str, actor: str = "system") -> Thing:
    may = element_id == "offer"
    return Thing(
        seq=seq, actor=actor, stage=None, action=action, element_id=element_id, taken_back=False, is_initiative=may
    )


def test_neighbours_that_say_the_same_stand_together() -> None:
    rows = [*(told(n, "task_opened", "opinion") for n in range(30)), told(31, "task_opened", "other")]

    assert [len(run) for run in runs(rows)] == [30, 1]


def test_offers_do_not_crowd_out_what_was_done() -> None:
    rows = [told(3, "task_opened", "offer"), told(2, "task_completed", "offer", "boss"), told(1, "task_opened", "work")]

    assert [run[0].seq for run in recent(rows, limit=5)] == [2, 1]
