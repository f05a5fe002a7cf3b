type Key = "GET /articles/{articleId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const article = db.bbs_articles.findFirst({
    where: {
      AND: [
        { id: { equals: path.articleId } },
        { deleted_at: null },
        { OR: [{ status: { not: "draft" } }, { bbs_member_id: { equals: actor.id } }] },
      ],
    },
  });
  if (article === null) throw new Rejection(404, "no such article");
  const board = db.bbs_boards.findFirst({ where: { id: { equals: article.bbs_board_id } } });
  if (board === null) throw new Rejection(404, "no such board");
  const latest = db.bbs_article_snapshots.findFirst({
    where: { bbs_article_id: { equals: article.id } },
    orderBy: [{ revision: "desc" }],
  });
  if (latest === null) throw new Rejection(404, "no such article");
  return {
    id: article.id,
    board: { id: board.id, slug: board.slug, name: board.name },
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
    revision: latest.revision,
    title: latest.title,
    body: latest.body,
    files: db.bbs_article_snapshot_files.findMany({
      where: { bbs_article_snapshot_id: { equals: latest.id } },
      orderBy: [{ position: "asc" }],
    }).map((file) => ({ name: file.name, url: file.url })),
    created_at: article.created_at,
    published_at: article.published_at,
    updated_at: latest.created_at,
  };
}
