type Key = "GET /articles/{articleId}/thread";

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
  return {
    comments: db.bbs_comments.count({
      where: { bbs_article_id: { equals: article.id }, deleted_at: null, hidden_at: null },
    }),
    roots: db.bbs_comments.findMany({
      where: { bbs_article_id: { equals: article.id }, depth: { equals: 1 } },
      orderBy: [{ created_at: "asc" }],
    }).map((root) => ({
      id: root.id,
      author: root.deleted_at !== null
        ? null
        : List.at(
          db.bbs_members.findMany({
            where: { id: { equals: root.bbs_member_id }, status: { not: "closed" } },
          }).map((person) => ({ id: person.id, nickname: person.nickname })),
          0,
        ),
      body: root.deleted_at !== null
        || root.hidden_at !== null && root.bbs_member_id !== actor.id && !moderates
        ? null
        : List.at(
          db.bbs_comment_snapshots.findMany({
            where: { bbs_comment_id: { equals: root.id } },
            orderBy: [{ revision: "desc" }],
          }).map((one) => one.body),
          0,
        ),
      state: root.deleted_at !== null ? "removed" : root.hidden_at !== null ? "hidden" : "visible",
      likes: root.like_count,
      created_at: root.created_at,
      replies: db.bbs_comments.findMany({
        where: { parent_id: { equals: root.id } },
        orderBy: [{ created_at: "asc" }],
      }).map((reply) => ({
        id: reply.id,
        author: reply.deleted_at !== null
          ? null
          : List.at(
            db.bbs_members.findMany({
              where: { id: { equals: reply.bbs_member_id }, status: { not: "closed" } },
            }).map((person) => ({ id: person.id, nickname: person.nickname })),
            0,
          ),
        body: reply.deleted_at !== null
          || reply.hidden_at !== null && reply.bbs_member_id !== actor.id && !moderates
          ? null
          : List.at(
            db.bbs_comment_snapshots.findMany({
              where: { bbs_comment_id: { equals: reply.id } },
              orderBy: [{ revision: "desc" }],
            }).map((one) => one.body),
            0,
          ),
        state: reply.deleted_at !== null
          ? "removed"
          : reply.hidden_at !== null ? "hidden" : "visible",
        likes: reply.like_count,
        created_at: reply.created_at,
        replies: db.bbs_comments.findMany({
          where: { parent_id: { equals: reply.id } },
          orderBy: [{ created_at: "asc" }],
        }).map((last) => ({
          id: last.id,
          author: last.deleted_at !== null
            ? null
            : List.at(
              db.bbs_members.findMany({
                where: { id: { equals: last.bbs_member_id }, status: { not: "closed" } },
              }).map((person) => ({ id: person.id, nickname: person.nickname })),
              0,
            ),
          body: last.deleted_at !== null
            || last.hidden_at !== null && last.bbs_member_id !== actor.id && !moderates
            ? null
            : List.at(
              db.bbs_comment_snapshots.findMany({
                where: { bbs_comment_id: { equals: last.id } },
                orderBy: [{ revision: "desc" }],
              }).map((one) => one.body),
              0,
            ),
          state: last.deleted_at !== null
            ? "removed"
            : last.hidden_at !== null ? "hidden" : "visible",
          likes: last.like_count,
          created_at: last.created_at,
          replies: [],
        })),
      })),
    })),
  };
}
