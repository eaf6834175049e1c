"""Whom a case was offered to, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

IS_EXPERT = sa.text("role IN ('expert', 'lead_expert')")


def upgrade() -> None:
    op.create_table(
        "expert_ranking",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("profession", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("ranked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_expert_ranking_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_ranking")),
    )
    op.create_index("ix_expert_ranking_case_id_ranked_at", "expert_ranking", ["case_id", "ranked_at"])
    op.create_table(
        "expert_offer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("ranking_id", sa.String(length=32), nullable=True),
        sa.Column("profession", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'offered') = (outcome_at IS NULL)", name=op.f("ck_expert_offer_outcome_has_time")
        ),
        sa.CheckConstraint("round >= 1", name=op.f("ck_expert_offer_round_from_one")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_expert_offer_case_id_case")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expert_offer_person_id_person")),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["expert_ranking.id"], name=op.f("fk_expert_offer_ranking_id_expert_ranking")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_offer")),
    )
    op.create_index("ix_expert_offer_case_id_profession_outcome", "expert_offer", ["case_id", "profession", "outcome"])
    op.create_index("ix_expert_offer_dispatched", "expert_offer", ["profession", "outcome", "person_id", "outcome_at"])
    op.create_index(
        "ix_party_expert", "party", ["person_id", "case_id"], postgresql_where=IS_EXPERT, sqlite_where=IS_EXPERT
    )


def downgrade() -> None:
    op.drop_index("ix_party_expert", "party")
    op.drop_table("expert_offer")
    op.drop_table("expert_ranking")
