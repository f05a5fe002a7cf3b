type Key = "PUT /boards/{boardId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const board = db.bbs_boards.findFirst({ where: { id: { equals: path.boardId } } });
  if (board === null) throw new Rejection(404, "no such board");
  db.bbs_boards.update({
    where: { id: { equals: board.id } },
    data: {
      name: body.name ?? board.name,
      description: Json.has(body, "description") ? body.description : board.description,
      archived_at: body.archived === null
        ? board.archived_at
        : body.archived ? board.archived_at ?? now : null,
    },
  });
  const changed = db.bbs_boards.findFirst({ where: { id: { equals: board.id } } });
  if (changed === null) throw new Rejection(404, "no such board");
  return {
    id: changed.id,
    slug: changed.slug,
    name: changed.name,
    description: changed.description,
    kind: changed.kind === "open" ? "open" : "announcement",
    categories: db.bbs_board_categories.findMany({
      where: { bbs_board_id: { equals: changed.id } },
      orderBy: [{ position: "asc" }],
    }).map((category) => ({ id: category.id, name: category.name })),
    articles: db.bbs_articles.count({
      where: { bbs_board_id: { equals: changed.id }, status: { not: "draft" }, deleted_at: null },
    }),
    archived: changed.archived_at !== null,
    created_at: changed.created_at,
  };
}
