"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=True),
        sa.Column("session", sa.String(), nullable=True),
        sa.Column("agenda_item", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("corrects", sa.String(), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_corrects"), ["corrects"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_session"), ["session"], unique=False)

    op.create_table(
        "store_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("index_folder", sa.String(), nullable=True),
        sa.Column("embedder", sa.String(), nullable=True),
        sa.Column("dimensions", sa.Integer(), nullable=True),
        sa.Column("analysis", sa.String(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store_state")),
    )
    op.create_table(
        "document_symbol",
        sa.Column("symbol", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_symbol_document_id_document")
        ),
        sa.PrimaryKeyConstraint("symbol", "document_id", name=op.f("pk_document_symbol")),
    )
    with op.batch_alter_table("document_symbol", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_symbol_base"), ["base"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("parser", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("masthead", sa.JSON(), nullable=False),
        sa.Column("numbered", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_edition_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint(
            "document_id", "language", "kind", "version", name=op.f("uq_edition_document_id")
        ),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index("ix_edition_file_hash", ["file_hash"], unique=False)

    op.create_table(
        "amendment",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=False),
        sa.Column("amended", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_amendment_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f("pk_amendment")),
    )
    op.create_table(
        "correction",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("by_label", sa.String(), nullable=False),
        sa.Column("symbol", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_correction_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "label", "by_label", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_symbol"), ["symbol"], unique=False)

    op.create_table(
        "figure",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("legend", sa.Text(), nullable=False),
        sa.Column("heading_path", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_figure_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "label", name=op.f("pk_figure")),
    )
    op.create_table(
        "footnote",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=True),
        sa.Column("offset", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_footnote_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "label", name=op.f("pk_footnote")),
    )
    op.create_table(
        "heading",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_heading_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f("pk_heading")),
    )
    op.create_table(
        "index_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_index_work_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_work")),
    )
    op.create_table(
        "paragraph",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("heading_path", sa.JSON(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("run_in", sa.Boolean(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_paragraph_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "label", name=op.f("pk_paragraph")),
    )
    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.create_index("ix_paragraph_position", ["edition_id", "position"], unique=False)

    op.create_table(
        "printed_table",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("heading_path", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_printed_table_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("edition_id", "label", name=op.f("pk_printed_table")),
    )
    op.create_table(
        "table_cell",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("table_label", sa.String(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("column_number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_table_cell_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint(
            "edition_id", "table_label", "row_number", "column_number", name=op.f("pk_table_cell")
        ),
    )


def downgrade() -> None:
    op.drop_table("table_cell")
    op.drop_table("printed_table")
    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.drop_index("ix_paragraph_position")

    op.drop_table("paragraph")
    op.drop_table("index_work")
    op.drop_table("heading")
    op.drop_table("footnote")
    op.drop_table("figure")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_symbol"))

    op.drop_table("correction")
    op.drop_table("amendment")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index("ix_edition_file_hash")

    op.drop_table("edition")
    with op.batch_alter_table("document_symbol", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_symbol_base"))

    op.drop_table("document_symbol")
    op.drop_table("store_state")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_session"))
        batch_op.drop_index(batch_op.f("ix_document_corrects"))

    op.drop_table("document")
