"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("region", "day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("region", "year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "deployment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("deployed_by", sa.String(length=32), nullable=False),
        sa.Column("deployed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
        sa.UniqueConstraint("process", "content_hash", name=op.f("uq_deployment_process_content_hash")),
        sa.UniqueConstraint("process", "version", name=op.f("uq_deployment_process_version")),
    )
    op.create_table(
        "history_entry",
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_history_entry")),
    )
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_entry_at"), ["at"], unique=False)

    op.create_table(
        "history_stream",
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_history_stream")),
    )
    op.create_table(
        "incoming_message",
        sa.Column("message_id", sa.String(length=140), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_incoming_message")),
    )
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incoming_message_name_key_state"), ["name", "key", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_incoming_message_state_expires_at"), ["state", "expires_at"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("dedupe", sa.String(length=140), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_job_dedupe")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_state_due_at"), ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state_lease_until"), ["state", "lease_until"], unique=False)

    op.create_table(
        "kept_reply",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=140), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_kept_reply")),
    )
    with op.batch_alter_table("kept_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_reply_at"), ["at"], unique=False)

    op.create_table(
        "login_throttle",
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_login_throttle")),
    )
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_number_series")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("town", sa.String(length=64), nullable=True),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organisation_uscc")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("username", name=op.f("uq_person_username")),
    )
    op.create_table(
        "seal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("number", name=op.f("uq_seal_number")),
    )
    op.create_table(
        "training_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offset_seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_clock")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("deployment_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=100), nullable=True),
        sa.Column("enterprise_id", sa.String(length=32), nullable=True),
        sa.Column("town", sa.String(length=64), nullable=True),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("readers", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("history_seq", sa.Integer(), nullable=False),
        sa.Column("history_head", sa.String(length=64), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('completed','cancelled')) = (closed_at IS NOT NULL)", name=op.f("ck_case_closed_has_time")
        ),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name=op.f("fk_case_deployment_id_deployment")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["organisation.id"], name=op.f("fk_case_enterprise_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_created_at_id"), ["created_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_enterprise_id"), ["enterprise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_process_status"), ["process", "status"], unique=False)

    op.create_table(
        "deployment_file",
        sa.Column("deployment_id", sa.String(length=32), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_deployment_file_deployment_id_deployment")
        ),
        sa.PrimaryKeyConstraint("deployment_id", "path", name=op.f("pk_deployment_file")),
    )
    op.create_table(
        "group_membership",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("group", sa.String(length=64), nullable=False),
        sa.Column("town", sa.String(length=64), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_group_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_membership")),
    )
    with op.batch_alter_table("group_membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_membership_group_town"), ["group", "town"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_group_membership_organisation_id_group"), ["organisation_id", "group"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_group_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sealed_head",
        sa.Column("seal_id", sa.String(length=32), nullable=False),
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name=op.f("fk_sealed_head_seal_id_seal")),
        sa.PrimaryKeyConstraint("seal_id", "stream", name=op.f("pk_sealed_head")),
    )
    with op.batch_alter_table("sealed_head", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sealed_head_stream"), ["stream"], unique=False)

    op.create_table(
        "case_audience",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=140), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_audience_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", "audience", name=op.f("pk_case_audience")),
    )
    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_audience_audience_case_id"), ["audience", "case_id"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_incident_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_case_id_state"), ["case_id", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_incident_state_created_at_id"), ["state", "created_at", "id"], unique=False
        )

    op.create_table(
        "message_wait",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_message_wait_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_wait")),
    )
    with op.batch_alter_table("message_wait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_wait_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_wait_name_key"), ["name", "key"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_party_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_party_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("case_id", "role", "person_id", name=op.f("uq_party_case_id_role_person_id")),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_person_id"), ["person_id"], unique=False)

    op.create_table(
        "process_instance",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("deployment_id", sa.String(length=32), nullable=False),
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("passed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_process_instance_case_id_case")),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_process_instance_deployment_id_deployment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_instance")),
    )
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_process_instance_case_id"), ["case_id"], unique=False)

    op.create_table(
        "user_task",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=100), nullable=True),
        sa.Column("stage", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("assignee_id", sa.String(length=32), nullable=True),
        sa.Column("candidate_groups", sa.Text(), nullable=False),
        sa.Column("four_eyes", sa.String(length=100), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("follow_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_by_id", sa.String(length=32), nullable=True),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'completed') = (completed_at IS NOT NULL)", name=op.f("ck_user_task_completed_has_time")
        ),
        sa.CheckConstraint(
            "state <> 'claimed' OR assignee_id IS NOT NULL", name=op.f("ck_user_task_claimed_has_assignee")
        ),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_user_task_assignee_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_user_task_case_id_case")),
        sa.ForeignKeyConstraint(["completed_by_id"], ["person.id"], name=op.f("fk_user_task_completed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_task")),
    )
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_user_task_assignee_id_state_due_at_id"),
            ["assignee_id", "state", "due_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_user_task_case_id_state"), ["case_id", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_user_task_completed_by_id_completed_at_id"),
            ["completed_by_id", "completed_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_user_task_state_due_at_id"), ["state", "due_at", "id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("form", sa.String(length=100), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("submitted_by", sa.String(length=32), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_answer_case_id_case")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_answer_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_case_id_element_id_submitted_at"),
            ["case_id", "element_id", "submitted_at"],
            unique=False,
        )

    op.create_table(
        "clock",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("element_id", sa.String(length=100), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("rule", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Text(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar_version", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("fired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state <> 'fired' OR fired_at IS NOT NULL", name=op.f("ck_clock_fired_has_time")),
        sa.CheckConstraint("state <> 'paused' OR paused_on IS NOT NULL", name=op.f("ck_clock_paused_has_date")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clock_case_id_case")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_clock_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clock_case_id_state"), ["case_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_state_due_at"), ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_clock_state_remind_at"), ["state", "remind_at"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("uploaded_by", sa.String(length=32), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_document_case_id_case")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_document_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_case_id_uploaded_at"), ["case_id", "uploaded_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_task_id"), ["task_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dedupe", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_notice_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_notice_dedupe")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_person_id_at_id"), ["person_id", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_person_id_read_at"), ["person_id", "read_at"], unique=False)

    op.create_table(
        "task_offer",
        sa.Column("task_id", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=140), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_task_offer_task_id_user_task")),
        sa.PrimaryKeyConstraint("task_id", "audience", name=op.f("pk_task_offer")),
    )
    with op.batch_alter_table("task_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_offer_audience_task_id"), ["audience", "task_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("task_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_offer_audience_task_id"))

    op.drop_table("task_offer")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_person_id_read_at"))
        batch_op.drop_index(batch_op.f("ix_notice_person_id_at_id"))

    op.drop_table("notice")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_task_id"))
        batch_op.drop_index(batch_op.f("ix_document_case_id_uploaded_at"))

    op.drop_table("document")
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clock_state_remind_at"))
        batch_op.drop_index(batch_op.f("ix_clock_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_clock_case_id_state"))

    op.drop_table("clock")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_case_id_element_id_submitted_at"))

    op.drop_table("answer")
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_task_state_due_at_id"))
        batch_op.drop_index(batch_op.f("ix_user_task_completed_by_id_completed_at_id"))
        batch_op.drop_index(batch_op.f("ix_user_task_case_id_state"))
        batch_op.drop_index(batch_op.f("ix_user_task_assignee_id_state_due_at_id"))

    op.drop_table("user_task")
    with op.batch_alter_table("process_instance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_process_instance_case_id"))

    op.drop_table("process_instance")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_person_id"))

    op.drop_table("party")
    with op.batch_alter_table("message_wait", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_wait_name_key"))
        batch_op.drop_index(batch_op.f("ix_message_wait_case_id"))

    op.drop_table("message_wait")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_state_created_at_id"))
        batch_op.drop_index(batch_op.f("ix_incident_case_id_state"))

    op.drop_table("incident")
    with op.batch_alter_table("case_audience", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_audience_audience_case_id"))

    op.drop_table("case_audience")
    with op.batch_alter_table("sealed_head", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sealed_head_stream"))

    op.drop_table("sealed_head")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_person_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("group_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_membership_person_id"))
        batch_op.drop_index(batch_op.f("ix_group_membership_organisation_id_group"))
        batch_op.drop_index(batch_op.f("ix_group_membership_group_town"))

    op.drop_table("group_membership")
    op.drop_table("deployment_file")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_process_status"))
        batch_op.drop_index(batch_op.f("ix_case_enterprise_id"))
        batch_op.drop_index(batch_op.f("ix_case_created_at_id"))

    op.drop_table("case")
    op.drop_table("training_clock")
    op.drop_table("seal")
    op.drop_table("person")
    op.drop_table("organisation")
    op.drop_table("number_series")
    op.drop_table("login_throttle")
    with op.batch_alter_table("kept_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_reply_at"))

    op.drop_table("kept_reply")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state_lease_until"))
        batch_op.drop_index(batch_op.f("ix_job_state_due_at"))

    op.drop_table("job")
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incoming_message_state_expires_at"))
        batch_op.drop_index(batch_op.f("ix_incoming_message_name_key_state"))

    op.drop_table("incoming_message")
    op.drop_table("history_stream")
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_entry_at"))

    op.drop_table("history_entry")
    op.drop_table("deployment")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")
