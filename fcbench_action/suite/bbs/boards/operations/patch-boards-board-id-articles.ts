type Key = "PATCH /boards/{boardId}/articles";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const board = db.bbs_boards.findFirst({ where: { id: { equals: path.boardId } } });
  if (board === null) throw new Rejection(404, "no such board");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const wanted = Text.lower(body.search ?? "");
  const drafts = body.drafts ?? false;
  const found = List.sortBy(
    db.bbs_articles.findMany({
      where: { bbs_board_id: { equals: board.id }, deleted_at: null },
      orderBy: [{ pinned_at: "desc" }, { published_at: "desc" }, { created_at: "desc" }],
    }).filter(
      (article) =>
        (
          drafts
            ? article.status === "draft" && article.bbs_member_id === actor.id
            : article.status !== "draft"
        )
          && (body.category_id === null || article.bbs_board_category_id === body.category_id)
          && (body.author_id === null || article.bbs_member_id === body.author_id)
          && Text.contains(
            Text.lower(
              List.at(
                db.bbs_article_snapshots.findMany({
                  where: { bbs_article_id: { equals: article.id } },
                  orderBy: [{ revision: "desc" }],
                }),
                0,
              )?.title
                ?? "",
            ),
            wanted,
          ),
    ),
    (article) => article.pinned_at === null ? 1 : 0,
    "asc",
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((article) => ({
      id: article.id,
      title: List.at(
        db.bbs_article_snapshots.findMany({
          where: { bbs_article_id: { equals: article.id } },
          orderBy: [{ revision: "desc" }],
        }),
        0,
      )?.title
        ?? "",
      category: List.at(
        db.bbs_board_categories.findMany({
          where: { id: { equals: article.bbs_board_category_id ?? "" } },
        }).map((one) => ({ id: one.id, name: one.name })),
        0,
      ),
      author: List.at(
        db.bbs_members.findMany({
          where: { id: { equals: article.bbs_member_id }, status: { not: "closed" } },
        }).map((person) => ({ id: person.id, nickname: person.nickname })),
        0,
      ),
      status: article.status === "draft"
        ? "draft"
        : article.status === "published" ? "published" : "locked",
      pinned: article.pinned_at !== null,
      revision: db.bbs_article_snapshots.count({
        where: { bbs_article_id: { equals: article.id } },
      }),
      published_at: article.published_at,
    })),
  };
}
