type Key = "PUT /appeals/{appealId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const appeal = db.reddit_appeals.findFirst({ where: { id: { equals: path.appealId } } });
  if (appeal === null) throw new Rejection(404, "no such appeal");
  const post = db.reddit_posts.findFirst({
    where: { id: { equals: appeal.reddit_post_id ?? "" } },
  });
  const comment = db.reddit_comments.findFirst({
    where: { id: { equals: appeal.reddit_comment_id ?? "" } },
  });
  const ban = db.reddit_bans.findFirst({ where: { id: { equals: appeal.reddit_ban_id ?? "" } } });
  const culprits = [post?.remover_id ?? "", comment?.remover_id ?? "", ban?.moderator_id ?? ""];
  if (
    culprits.includes(actor.id)
      || !db.reddit_moderators.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: appeal.reddit_community_id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { accepted_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "another moderator decides");
  }
  if (appeal.outcome !== null) throw new Rejection(409, "decided already");
  const decided = {
    ...appeal,
    outcome: body.granted ? "granted" : "denied",
    answer: body.answer,
    decided_at: now,
  };
  db.reddit_appeals.update({
    where: { id: { equals: appeal.id } },
    data: {
      outcome: decided.outcome,
      answer: decided.answer,
      decided_at: now,
      decider_id: actor.id,
    },
  });
  if (body.granted && post !== null) {
    db.reddit_posts.update({
      where: { id: { equals: post.id } },
      data: { removed_at: null, remover_id: null, removal_reason: null },
    });
  }
  if (body.granted && comment !== null && comment.removed_at !== null) {
    db.reddit_comments.update({
      where: { id: { equals: comment.id } },
      data: { removed_at: null, remover_id: null },
    });
    if (comment.deleted_at === null) {
      for (const one of db.reddit_posts.findMany({
        where: { id: { equals: comment.reddit_post_id } },
      })) {
        db.reddit_posts.update({
          where: { id: { equals: one.id } },
          data: { comments: one.comments + 1 },
        });
      }
    }
  }
  if (body.granted && ban !== null && ban.lifted_at === null) {
    db.reddit_bans.update({ where: { id: { equals: ban.id } }, data: { lifted_at: now } });
  }
  db.reddit_log_entries.insert({
    data: {
      reddit_community_id: appeal.reddit_community_id,
      moderator_id: actor.id,
      number: (
        db.reddit_log_entries.maximum("number", {
          where: { reddit_community_id: { equals: appeal.reddit_community_id } },
        })
          ?? 0
      )
        + 1,
      action: decided.outcome,
      subject_id: appeal.reddit_post_id
        ?? appeal.reddit_comment_id
        ?? appeal.reddit_ban_id
        ?? appeal.id,
      created_at: now,
    },
  });
  return {
    id: decided.id,
    kind: decided.reddit_post_id !== null
      ? "post"
      : decided.reddit_comment_id !== null ? "comment" : "ban",
    target_id: decided.reddit_post_id
      ?? decided.reddit_comment_id
      ?? decided.reddit_ban_id
      ?? decided.id,
    account: List.at(
      db.reddit_accounts.findMany({ where: { id: { equals: decided.reddit_account_id } } }).map((person) => ({
        id: person.id,
        username: person.username,
      })),
      0,
    )
      ?? ({ id: decided.reddit_account_id, username: "nobody" }),
    text: decided.text,
    outcome: body.granted ? "granted" : "denied",
    answer: decided.answer,
    created_at: decided.created_at,
    decided_at: decided.decided_at,
  };
}
