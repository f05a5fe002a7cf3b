type Key = "PUT /comments/{commentId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const comment = db.bbs_comments.findFirst({ where: { id: { equals: path.commentId } } });
  if (comment === null) throw new Rejection(404, "no such comment");
  const article = db.bbs_articles.findFirst({
    where: { id: { equals: comment.bbs_article_id }, deleted_at: null },
  });
  if (article === null) throw new Rejection(404, "no such article");
  if (comment.bbs_member_id !== actor.id) throw new Rejection(403, "only the author may do that");
  if (article.status === "locked") throw new Rejection(409, "the article is locked");
  if (db.bbs_boards.exists({
    where: { AND: [{ id: { equals: article.bbs_board_id } }, { NOT: { archived_at: null } }] },
  })) {
    throw new Rejection(409, "the board is archived");
  }
  if (comment.deleted_at !== null || comment.hidden_at !== null) {
    throw new Rejection(409, "the comment is gone");
  }
  const before = db.bbs_comment_snapshots.findMany({
    where: { bbs_comment_id: { equals: comment.id } },
    orderBy: [{ revision: "desc" }],
  });
  if ((List.at(before, 0)?.body ?? "") === body.body) {
    throw new Rejection(409, "nothing would change");
  }
  db.bbs_comment_snapshots.insert({
    data: {
      bbs_comment_id: comment.id,
      revision: before.length + 1,
      body: body.body,
      created_at: now,
    },
  });
  return {
    id: comment.id,
    article_id: article.id,
    parent_id: comment.parent_id,
    depth: comment.depth,
    author: { id: actor.id, nickname: actor.nickname },
    body: body.body,
    state: "visible",
    revision: before.length + 1,
    likes: comment.like_count,
    liked: false,
    mentions: db.bbs_members.findMany({
      where: {
        status: { not: "closed" },
        "bbs_comment_mentions.member": { some: { bbs_comment_id: { equals: comment.id } } },
      },
      orderBy: [{ nickname: "asc" }],
    }).map((one) => ({ id: one.id, nickname: one.nickname })),
    replies: db.bbs_comments.count({
      where: { parent_id: { equals: comment.id }, deleted_at: null, hidden_at: null },
    }),
    created_at: comment.created_at,
    updated_at: now,
  };
}
