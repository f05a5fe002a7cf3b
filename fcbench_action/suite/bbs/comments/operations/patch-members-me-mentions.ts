type Key = "PATCH /members/me/mentions";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const mentions = db.bbs_comment_mentions.findMany({
    where: {
      bbs_member_id: { equals: actor.id },
      comment: {
        some: { deleted_at: null, hidden_at: null, article: { some: { deleted_at: null } } },
      },
    },
    orderBy: [{ created_at: "desc" }],
  }).filter((mention) => mention.read_at === null || !(body.unread ?? false));
  return {
    pagination: {
      current: page,
      limit: limit,
      records: mentions.length,
      pages: Math.ceil(mentions.length / limit),
    },
    data: mentions.slice((page - 1) * limit, page * limit).map((mention) => ({
      id: mention.id,
      comment_id: mention.bbs_comment_id,
      article_id: List.at(
        db.bbs_comments.findMany({ where: { id: { equals: mention.bbs_comment_id } } }),
        0,
      )?.bbs_article_id
        ?? mention.id,
      author: List.at(
        db.bbs_members.findMany({
          where: {
            status: { not: "closed" },
            "bbs_comments.author": { some: { id: { equals: mention.bbs_comment_id } } },
          },
        }).map((person) => ({ id: person.id, nickname: person.nickname })),
        0,
      ),
      created_at: mention.created_at,
      read_at: mention.read_at,
    })),
  };
}
