type Key = "PUT /members/me/mentions/{commentId}/reading";

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
  const mention = db.bbs_comment_mentions.findFirst({
    where: { bbs_comment_id: { equals: comment.id }, bbs_member_id: { equals: actor.id } },
  });
  if (mention === null) throw new Rejection(404, "the comment does not mention the member");
  const readAt = mention.read_at ?? now;
  db.bbs_comment_mentions.update({
    where: { id: { equals: mention.id } },
    data: { read_at: readAt },
  });
  return {
    id: mention.id,
    comment_id: comment.id,
    article_id: article.id,
    author: List.at(
      db.bbs_members.findMany({
        where: { id: { equals: comment.bbs_member_id }, status: { not: "closed" } },
      }).map((person) => ({ id: person.id, nickname: person.nickname })),
      0,
    ),
    created_at: mention.created_at,
    read_at: readAt,
  };
}
