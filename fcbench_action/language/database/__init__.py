"""Database trees: nodes, checks, and emitters of Prisma, SQL and Mermaid."""

from fcbench_action.language.database.check import check
from fcbench_action.language.database.erd import emit_erd
from fcbench_action.language.database.prisma import emit_prisma
from fcbench_action.language.database.read import normalise, read
from fcbench_action.language.database.sql import emit_sql

__all__ = ["check", "emit_erd", "emit_prisma", "emit_sql", "normalise", "read"]
