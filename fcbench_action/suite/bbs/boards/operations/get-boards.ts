type Key = "GET /boards";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const boards = db.bbs_boards.findMany({ where: { AND: [] }, orderBy: [{ position: "asc" }] });
  return {
    data: List.sortBy(boards, (board) => board.archived_at === null ? 0 : 1, "asc").map((board) => ({
      id: board.id,
      slug: board.slug,
      name: board.name,
      description: board.description,
      kind: board.kind === "open" ? "open" : "announcement",
      categories: db.bbs_board_categories.findMany({
        where: { bbs_board_id: { equals: board.id } },
        orderBy: [{ position: "asc" }],
      }).map((category) => ({ id: category.id, name: category.name })),
      articles: db.bbs_articles.count({
        where: { bbs_board_id: { equals: board.id }, status: { not: "draft" }, deleted_at: null },
      }),
      archived: board.archived_at !== null,
      created_at: board.created_at,
    })),
  };
}
