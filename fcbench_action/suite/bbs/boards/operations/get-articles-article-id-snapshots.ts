type Key = "GET /articles/{articleId}/snapshots";

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
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: article.bbs_board_id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (article.bbs_member_id !== actor.id && !moderates) {
    throw new Rejection(403, "only the author and moderators may do that");
  }
  return {
    data: db.bbs_article_snapshots.findMany({
      where: { bbs_article_id: { equals: article.id } },
      orderBy: [{ revision: "desc" }],
    }).map((snapshot) => ({
      id: snapshot.id,
      revision: snapshot.revision,
      title: snapshot.title,
      body: snapshot.body,
      files: db.bbs_article_snapshot_files.findMany({
        where: { bbs_article_snapshot_id: { equals: snapshot.id } },
        orderBy: [{ position: "asc" }],
      }).map((file) => ({ name: file.name, url: file.url })),
      created_at: snapshot.created_at,
    })),
  };
}
