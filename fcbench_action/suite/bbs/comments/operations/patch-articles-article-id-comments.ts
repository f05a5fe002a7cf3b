type Key = "PATCH /articles/{articleId}/comments";

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
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const parentId = body.parent_id;
  const found = db.bbs_comments.findMany({
    where: { bbs_article_id: { equals: article.id } },
    orderBy: [{ created_at: "asc" }],
  }).filter(
    (comment) =>
      (parentId === null ? comment.depth === 1 : comment.parent_id === parentId)
        && (
          body.author_id === null
            || comment.bbs_member_id === body.author_id && comment.deleted_at === null
        ),
  );
  const sorted = body.order === "-likes"
    ? List.sortBy(found, (comment) => comment.like_count, "desc")
    : body.order === "-created_at"
      ? List.sortBy(found, (comment) => comment.created_at, "desc")
      : found;
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit).map((comment) => ({
      id: comment.id,
      article_id: comment.bbs_article_id,
      parent_id: comment.parent_id,
      depth: comment.depth,
      author: comment.deleted_at !== null
        ? null
        : List.at(
          db.bbs_members.findMany({
            where: { id: { equals: comment.bbs_member_id }, status: { not: "closed" } },
          }).map((person) => ({ id: person.id, nickname: person.nickname })),
          0,
        ),
      body: comment.deleted_at !== null
        || comment.hidden_at !== null && comment.bbs_member_id !== actor.id && !moderates
        ? null
        : List.at(
          db.bbs_comment_snapshots.findMany({
            where: { bbs_comment_id: { equals: comment.id } },
            orderBy: [{ revision: "desc" }],
          }).map((one) => one.body),
          0,
        ),
      state: comment.deleted_at !== null
        ? "removed"
        : comment.hidden_at !== null ? "hidden" : "visible",
      revision: db.bbs_comment_snapshots.count({
        where: { bbs_comment_id: { equals: comment.id } },
      }),
      likes: comment.like_count,
      liked: db.bbs_comment_likes.exists({
        where: { bbs_comment_id: { equals: comment.id }, bbs_member_id: { equals: actor.id } },
      }),
      mentions: comment.deleted_at !== null
        ? []
        : db.bbs_members.findMany({
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
      updated_at: List.at(
        db.bbs_comment_snapshots.findMany({
          where: { bbs_comment_id: { equals: comment.id } },
          orderBy: [{ revision: "desc" }],
        }).map((one) => one.created_at),
        0,
      )
        ?? comment.created_at,
    })),
  };
}
