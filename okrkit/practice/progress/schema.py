"""The tables of a history, and how those of an older okrkit become these."""

import sqlalchemy as sa

SCHEMA = 4  # kept in the file, so that a later okrkit knows what it reads

TABLES = sa.MetaData()
SITTINGS = sa.Table(
    "sitting",
    TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("quiz", sa.String, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("began", sa.String, nullable=False),
    sa.Column("place", sa.String, nullable=False),
    sa.Column("items", sa.String),
    sa.Column("seed", sa.String),  # as text: a seed may be larger than SQLite's integers
    sa.Column("hints", sa.String),
    sa.Column("minutes", sa.Float),
    sa.Column("ended", sa.String),
    sa.Column("heard", sa.String),
    sa.UniqueConstraint("quiz", "number"),
)
ATTEMPTS = sa.Table(
    "attempt",
    TABLES,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("sitting", sa.String, sa.ForeignKey("sitting.id"), nullable=False),
    sa.Column("item", sa.String, nullable=False, index=True),
    sa.Column("answer", sa.String, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("at", sa.String, nullable=False),
    sa.Column("nth", sa.Integer, nullable=False, server_default="1"),
    sa.Column("confidence", sa.String),
    sa.Column("hints", sa.Integer, nullable=False, server_default="0"),
)
ONCE = sa.Index("attempt_once", ATTEMPTS.c.sitting, ATTEMPTS.c.item, ATTEMPTS.c.nth, unique=True)
DRAFTS = sa.Table(
    "draft",
    TABLES,
    sa.Column("sitting", sa.String, sa.ForeignKey("sitting.id"), primary_key=True),
    sa.Column("item", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
    sa.Column("at", sa.String, nullable=False),
)

MIGRATIONS = {  # from the version named to the next
    1: (
        "ALTER TABLE sitting ADD COLUMN items VARCHAR",
        "ALTER TABLE sitting ADD COLUMN seed VARCHAR",
        "ALTER TABLE attempt ADD COLUMN nth INTEGER DEFAULT '1' NOT NULL",
        "ALTER TABLE attempt ADD COLUMN confidence VARCHAR",
        "ALTER TABLE attempt ADD COLUMN hints INTEGER DEFAULT '0' NOT NULL",
        # Version 1 kept one attempt by care alone; were there ever two, both are kept, as two tries.
        "UPDATE attempt SET nth = (SELECT count(*) FROM attempt AS earlier WHERE earlier.sitting ="
        " attempt.sitting AND earlier.item = attempt.item AND earlier.rowid <= attempt.rowid)"
        " WHERE rowid NOT IN (SELECT min(rowid) FROM attempt GROUP BY sitting, item)",
        "DROP INDEX ix_attempt_sitting",
        "CREATE UNIQUE INDEX attempt_once ON attempt (sitting, item, nth)",
    ),
    2: ("ALTER TABLE sitting ADD COLUMN hints VARCHAR",),
    3: (
        "ALTER TABLE sitting ADD COLUMN minutes FLOAT",
        "ALTER TABLE sitting ADD COLUMN ended VARCHAR",
        "ALTER TABLE sitting ADD COLUMN heard VARCHAR",
        "CREATE TABLE draft (sitting VARCHAR NOT NULL, item VARCHAR NOT NULL, value VARCHAR NOT NULL,"
        " at VARCHAR NOT NULL, PRIMARY KEY (sitting, item), FOREIGN KEY(sitting) REFERENCES sitting (id))",
    ),
}
