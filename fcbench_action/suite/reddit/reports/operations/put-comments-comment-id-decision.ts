type Key = "PUT /comments/{commentId}/decision";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const comment = db.reddit_comments.findFirst({ where: { id: { equals: path.commentId } } });
  if (comment === null) throw new Rejection(404, "no such comment");
  const post = db.reddit_posts.findFirst({
    where: {
      AND: [
        { id: { equals: comment.reddit_post_id } },
        {
          OR: [
            { community: { some: { visibility: { not: "private" } } } },
            {
              community: {
                some: {
                  "reddit_memberships.community": {
                    some: {
                      AND: [
                        { reddit_account_id: { equals: actor.id } },
                        { NOT: { approved_at: null } },
                      ],
                    },
                  },
                },
              },
            },
          ],
        },
        {
          OR: [
            { removed_at: null },
            { author_id: { equals: actor.id } },
            {
              community: {
                some: {
                  "reddit_moderators.community": {
                    some: {
                      AND: [
                        { reddit_account_id: { equals: actor.id } },
                        { NOT: { accepted_at: null } },
                      ],
                    },
                  },
                },
              },
            },
          ],
        },
      ],
    },
  });
  if (post === null) throw new Rejection(404, "no such post");
  const reason = db.reddit_removal_reasons.findFirst({
    where: {
      id: { equals: body.reason_id ?? "" },
      reddit_community_id: { equals: post.reddit_community_id },
    },
  });
  if (body.reason_id !== null && reason === null) throw new Rejection(404, "no such reason");
  if (!db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: post.reddit_community_id } },
        { reddit_account_id: { equals: actor.id } },
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(403, "only moderators may do that");
  }
  if (
    comment.deleted_at !== null
      || !db.reddit_reports.exists({
        where: { reddit_comment_id: { equals: comment.id }, status: { equals: "open" } },
      })
  ) {
    throw new Rejection(409, "there is nothing to decide");
  }
  if (reason !== null && body.decision === "approve") {
    throw new Rejection(409, "no reason for approval");
  }
  db.reddit_reports.update({
    where: { reddit_comment_id: { equals: comment.id }, status: { equals: "open" } },
    data: {
      status: body.decision === "approve" ? "dismissed" : "upheld",
      resolver_id: actor.id,
      resolved_at: now,
    },
  });
  if (body.decision === "approve") {
    db.reddit_comments.update({
      where: { id: { equals: comment.id } },
      data: { removed_at: null, remover_id: null },
    });
    if (comment.removed_at !== null) {
      db.reddit_posts.update({
        where: { id: { equals: post.id } },
        data: { comments: post.comments + 1 },
      });
    }
    db.reddit_log_entries.insert({
      data: {
        reddit_community_id: post.reddit_community_id,
        moderator_id: actor.id,
        number: (
          db.reddit_log_entries.maximum("number", {
            where: { reddit_community_id: { equals: post.reddit_community_id } },
          })
            ?? 0
        )
          + 1,
        action: "approved",
        subject_id: comment.id,
        created_at: now,
      },
    });
  } else {
    if (comment.remover_id === null) {
      db.reddit_comments.update({
        where: { id: { equals: comment.id } },
        data: { removed_at: now, remover_id: actor.id },
      });
    }
    if (comment.removed_at === null) {
      db.reddit_posts.update({
        where: { id: { equals: post.id } },
        data: { comments: post.comments - 1 },
      });
    }
    db.reddit_log_entries.insert({
      data: {
        reddit_community_id: post.reddit_community_id,
        moderator_id: actor.id,
        number: (
          db.reddit_log_entries.maximum("number", {
            where: { reddit_community_id: { equals: post.reddit_community_id } },
          })
            ?? 0
        )
          + 1,
        action: "removed",
        subject_id: comment.id,
        created_at: now,
      },
    });
  }
  return;
}
