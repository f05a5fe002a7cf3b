type Key = "POST /articles/{articleId}/comments";

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
  const parentId = body.parent_id;
  const parent = db.bbs_comments.findFirst({
    where: { id: { equals: parentId ?? "" }, bbs_article_id: { equals: article.id } },
  });
  if (parentId !== null && parent === null) throw new Rejection(404, "no such comment to answer");
  const names = body.mentions ?? [];
  const mentioned = db.bbs_members.findMany({
    where: { nickname: { in: names }, status: { not: "closed" } },
    orderBy: [{ nickname: "asc" }],
  });
  if (mentioned.length !== names.length) throw new Rejection(404, "no such member to mention");
  if (db.bbs_sanctions.exists({
    where: {
      bbs_member_id: { equals: actor.id },
      bbs_board_id: { equals: article.bbs_board_id },
      kind: { equals: "mute" },
      revoked_at: null,
      ends_at: { gt: now },
    },
  })) {
    throw new Rejection(403, "the member is muted in the board");
  }
  if (article.status !== "published") {
    throw new Rejection(409, "the article is not open for comments");
  }
  if (db.bbs_boards.exists({
    where: { AND: [{ id: { equals: article.bbs_board_id } }, { NOT: { archived_at: null } }] },
  })) {
    throw new Rejection(409, "the board is archived");
  }
  if (parent !== null && (parent.deleted_at !== null || parent.hidden_at !== null)) {
    throw new Rejection(409, "the comment is gone");
  }
  const depth = parent === null ? 1 : parent.depth + 1;
  if (depth > 3) throw new Rejection(409, "answers go three deep");
  const comment = db.bbs_comments.insert({
    data: {
      bbs_article_id: article.id,
      parent_id: parentId,
      bbs_member_id: actor.id,
      depth: depth,
      like_count: 0,
      created_at: now,
      hidden_at: null,
      deleted_at: null,
    },
  });
  db.bbs_comment_snapshots.insert({
    data: { bbs_comment_id: comment.id, revision: 1, body: body.body, created_at: now },
  });
  const others = mentioned.filter((one) => one.id !== actor.id);
  for (const one of others) {
    db.bbs_comment_mentions.insert({
      data: { bbs_comment_id: comment.id, bbs_member_id: one.id, created_at: now, read_at: null },
    });
  }
  return {
    id: comment.id,
    article_id: article.id,
    parent_id: parentId,
    depth: depth,
    author: { id: actor.id, nickname: actor.nickname },
    body: body.body,
    state: "visible",
    revision: 1,
    likes: 0,
    liked: false,
    mentions: others.map((one) => ({ id: one.id, nickname: one.nickname })),
    replies: 0,
    created_at: now,
    updated_at: now,
  };
}
