"""The end at which the cases of an expert were told, each end once."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("expert") as batch_op:
        batch_op.add_column(sa.Column("released_of", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("expert") as batch_op:
        batch_op.drop_column("released_of")
