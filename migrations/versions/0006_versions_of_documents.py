"""versions of documents, and who may see them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        # Whoever read a case so far saw all of its documents.
        batch_op.add_column(sa.Column("circle", sa.String(length=16), nullable=False, server_default="everybody"))
        batch_op.add_column(sa.Column("sent_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("received_on", sa.Date(), nullable=True))
    op.execute("UPDATE document SET series_id = id")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.alter_column("series_id", existing_type=sa.String(length=32), nullable=False)
        batch_op.alter_column("version", existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column("circle", existing_type=sa.String(length=16), server_default=None)
        batch_op.create_index(batch_op.f("ix_document_series_id_version"), ["series_id", "version"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_series_id_version"))
        for column in ("received_on", "sent_on", "circle", "version", "series_id"):
            batch_op.drop_column(column)
