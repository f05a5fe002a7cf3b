"""Probes: short stories of inserts, updates and deletes that show what a database accepts.

How to write one (as JSON, read as :class:`Probe`)::

    {"name": "two members cannot share an email address",
     "requirement": "R2",
     "steps": [{"type": "insert", "table": "members", "values": {"email": "ann@example.com"}},
               {"type": "insert", "table": "members", "values": {"email": "ann@example.com"}}],
     "expected": "rejected"}

- Each probe starts on empty tables; the tables given to the case are there too.
- All steps but the last are preparation and must be accepted; ``expected`` speaks of the last one.
- A column that an insert does not mention gets a fresh plain value of its type where it is required, and
  null where it is nullable; a required foreign key gets the latest row of its target, which is made where
  there is none. So mention only what the probe is about, and write an explicit ``null`` to ask whether a
  column is required.
- A string that begins with ``@`` stands for a UUID, the same one for the same string: insert a member with
  ``"id": "@ann"``, then a list with ``"owner_id": "@ann"``. ``"@nobody"`` is a row that does not exist.
- Date-times are RFC 3339 (``2025-01-31T12:00:00.000Z``); true and false for booleans.
- An update or delete that finds no row is rejected. So after deleting a list, "update the task" asks whether
  the task went with it. Deleting a row deletes the rows that require it and empties keys that may be null.
- Only tables and columns of the case's glossary and of its given files may be named, for those are what a
  model's answer is certain to have.
- A rejection counts only for the reason for which the reference rejects (unique, required, foreign key, type,
  no row).
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from fcbench_action.language.node import Node

Value = str | int | float | bool | None


class Insert(Node, frozen=True, tag="insert", tag_field="type"):
    """Adds a row. Columns that are not mentioned are filled in (see above)."""

    table: Annotated[str, Meta(description="Name of the table.")]
    values: Annotated[dict[str, Value], Meta(description="Values by column.")]


class Update(Node, frozen=True, tag="update", tag_field="type"):
    """Changes the rows that match; rejected where none does."""

    table: Annotated[str, Meta(description="Name of the table.")]
    where: Annotated[dict[str, Value], Meta(description="Values by column, all of which must match.")]
    values: Annotated[dict[str, Value], Meta(min_length=1, description="New values by column.")]


class Delete(Node, frozen=True, tag="delete", tag_field="type"):
    """Deletes the rows that match; rejected where none does."""

    table: Annotated[str, Meta(description="Name of the table.")]
    where: Annotated[dict[str, Value], Meta(description="Values by column, all of which must match.")]


Step = Insert | Update | Delete


class Probe(Node, frozen=True):
    """One question to a database: is the last step accepted?"""

    name: Annotated[str, Meta(min_length=1, description="What holds, as a sentence; unique in its case.")]
    requirement: Annotated[str, Meta(description="Number of the requirement it traces to, such as R3.")]
    steps: Annotated[tuple[Step, ...], Meta(min_length=1, description="Preparation, then the question.")]
    expected: Annotated[Literal["accepted", "rejected"], Meta(description="What the reference does.")]
