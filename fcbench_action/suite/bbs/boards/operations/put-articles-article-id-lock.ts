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
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: article.bbs_board_id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (!moderates) throw new Rejection(403, "only moderators may do that");
  if (db.bbs_boards.exists({
    where: { AND: [{ id: { equals: article.bbs_board_id } }, { NOT: { archived_at: null } }] },
  })) {
    throw new Rejection(409, "the board is archived");
  }
  if (article.status !== (body.locked ? "published" : "locked")) {
    throw new Rejection(409, "the article is a draft, or so already");
  }
  db.bbs_articles.update({
    where: { id: { equals: article.id } },
    data: { status: body.locked ? "locked" : "published" },
  });
  return { status: body.locked ? "locked" : "published", pinned: article.pinned_at !== null };
}
