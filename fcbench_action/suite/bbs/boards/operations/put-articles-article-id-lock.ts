type Key = "PUT /articles/{articleId}/lock";

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
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: board.id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (!moderates) throw new Rejection(403, "only moderators may do that");
  if (board.archived_at !== null) throw new Rejection(409, "the board is archived");
  if (article.status !== (body.locked ? "published" : "locked")) {
    throw new Rejection(409, "the article is a draft, or so already");
  }
  db.bbs_articles.update({
    where: { id: { equals: article.id } },
    data: { status: body.locked ? "locked" : "published" },
  });
  const changed = db.bbs_articles.findFirst({ where: { id: { equals: article.id } } });
  if (changed === null) throw new Rejection(404, "no such article");
  const latest = db.bbs_article_snapshots.findFirst({
    where: { bbs_article_id: { equals: changed.id } },
    orderBy: [{ revision: "desc" }],
  });
  if (latest === null) throw new Rejection(404, "no such article");
  return {
    id: changed.id,
    board: { id: board.id, slug: board.slug, name: board.name },
    category: List.at(
      db.bbs_board_categories.findMany({
        where: { id: { equals: changed.bbs_board_category_id ?? "" } },
      }).map((one) => ({ id: one.id, name: one.name })),
      0,
    ),
    author: List.at(
      db.bbs_members.findMany({
        where: { id: { equals: changed.bbs_member_id }, status: { not: "closed" } },
      }).map((person) => ({ id: person.id, nickname: person.nickname })),
      0,
    ),
    status: changed.status === "draft"
      ? "draft"
      : changed.status === "published" ? "published" : "locked",
    pinned: changed.pinned_at !== null,
    revision: latest.revision,
    title: latest.title,
    body: latest.body,
    files: db.bbs_article_snapshot_files.findMany({
      where: { bbs_article_snapshot_id: { equals: latest.id } },
      orderBy: [{ position: "asc" }],
    }).map((file) => ({ name: file.name, url: file.url })),
    created_at: changed.created_at,
    published_at: changed.published_at,
    updated_at: latest.created_at,
  };
}
