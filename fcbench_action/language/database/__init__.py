"""Database trees: nodes, checks, and emitters of Prisma, SQL and Mermaid."""
