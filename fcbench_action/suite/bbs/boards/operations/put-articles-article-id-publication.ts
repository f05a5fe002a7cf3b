type Key = "PUT /articles/{articleId}/publication";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
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
  if (article.bbs_member_id !== actor.id) throw new Rejection(403, "only the author may do that");
  if (board.archived_at !== null) throw new Rejection(409, "the board is archived");
  if (article.status !== "draft") throw new Rejection(409, "the article is published");
  db.bbs_articles.update({
    where: { id: { equals: article.id } },
    data: { status: "published", published_at: now },
  });
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
    author: { id: actor.id, nickname: actor.nickname },
    status: "published",
    pinned: article.pinned_at !== null,
    revision: latest.revision,
    title: latest.title,
    body: latest.body,
    files: db.bbs_article_snapshot_files.findMany({
      where: { bbs_article_snapshot_id: { equals: latest.id } },
      orderBy: [{ position: "asc" }],
    }).map((file) => ({ name: file.name, url: file.url })),
    created_at: article.created_at,
    published_at: now,
    updated_at: latest.created_at,
  };
}
