type Key = "POST /posts/{postId}/reports";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const post = db.reddit_posts.findFirst({
    where: {
      AND: [
        { id: { equals: path.postId } },
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
  const rule = db.reddit_community_rules.findFirst({
    where: {
      reddit_community_id: { equals: post.reddit_community_id },
      position: { equals: body.rule ?? 0 },
    },
  });
  if (body.rule !== null && rule === null) throw new Rejection(404, "no such rule");
  if (post.author_id === actor.id) throw new Rejection(403, "it is yours");
  if (db.reddit_bans.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: post.reddit_community_id } },
        { reddit_account_id: { equals: actor.id } },
        { lifted_at: null },
        { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
      ],
    },
  })) {
    throw new Rejection(403, "you are banned");
  }
  if (post.removed_at !== null || post.deleted_at !== null) throw new Rejection(409, "it is gone");
  if (db.reddit_reports.exists({
    where: { reddit_account_id: { equals: actor.id }, reddit_post_id: { equals: post.id } },
  })) {
    throw new Rejection(409, "reported already");
  }
  if ((body.reason === "rule") !== (rule !== null)) {
    throw new Rejection(409, "the reason and the rule do not fit");
  }
  const report = db.reddit_reports.insert({
    data: {
      reddit_community_id: post.reddit_community_id,
      reddit_account_id: actor.id,
      reddit_post_id: post.id,
      reddit_community_rule_id: rule?.id ?? null,
      reason: body.reason,
      note: body.note,
      status: "open",
      created_at: now,
    },
  });
  if (
    db.reddit_reports.count({
      where: { reddit_post_id: { equals: post.id }, status: { equals: "open" } },
    })
      >= 3
  ) {
    db.reddit_posts.update({ where: { id: { equals: post.id } }, data: { removed_at: now } });
    db.reddit_log_entries.insert({
      data: {
        reddit_community_id: post.reddit_community_id,
        moderator_id: null,
        number: (
          db.reddit_log_entries.maximum("number", {
            where: { reddit_community_id: { equals: post.reddit_community_id } },
          })
            ?? 0
        )
          + 1,
        action: "hidden",
        subject_id: post.id,
        created_at: now,
      },
    });
  }
  return {
    id: report.id,
    kind: "post",
    target_id: post.id,
    reason: body.reason,
    rule: rule?.title ?? null,
    note: report.note,
    status: "open",
    created_at: now,
  };
}
