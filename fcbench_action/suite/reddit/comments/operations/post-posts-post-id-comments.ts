type Key = "POST /posts/{postId}/comments";

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
  const parent = db.reddit_comments.findFirst({
    where: { id: { equals: body.parent_id ?? "" }, reddit_post_id: { equals: post.id } },
  });
  if (body.parent_id !== null && parent === null) {
    throw new Rejection(404, "no such comment on the post");
  }
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
  if (
    db.reddit_communities.exists({
      where: { id: { equals: post.reddit_community_id }, visibility: { not: "public" } },
    })
      && !db.reddit_memberships.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: post.reddit_community_id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { approved_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "only members take part");
  }
  if (db.reddit_communities.exists({
    where: { AND: [{ id: { equals: post.reddit_community_id } }, { NOT: { closed_at: null } }] },
  })) {
    throw new Rejection(409, "the community is closed");
  }
  if (
    !Time.isBefore(now, post.archives_at) || post.removed_at !== null || post.deleted_at !== null
  ) {
    throw new Rejection(409, "the post takes no comments");
  }
  if (
    post.locked_at !== null
      && !db.reddit_moderators.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: post.reddit_community_id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { accepted_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(409, "the post is locked");
  }
  if (
    parent !== null
      && (parent.removed_at !== null || parent.deleted_at !== null || parent.depth === 5)
  ) {
    throw new Rejection(409, "the comment takes no replies");
  }
  const comment = db.reddit_comments.insert({
    data: {
      reddit_post_id: post.id,
      parent_id: body.parent_id,
      author_id: actor.id,
      remover_id: null,
      number: db.reddit_comments.count({ where: { reddit_post_id: { equals: post.id } } }) + 1,
      depth: parent === null ? 0 : parent.depth + 1,
      replies: 0,
      body: body.body,
      official: false,
      up_votes: 0,
      down_votes: 0,
      created_at: now,
      edited_at: null,
      removed_at: null,
      deleted_at: null,
    },
  });
  db.reddit_posts.update({
    where: { id: { equals: post.id } },
    data: { comments: post.comments + 1 },
  });
  if (parent !== null) {
    db.reddit_comments.update({
      where: { id: { equals: parent.id } },
      data: { replies: parent.replies + 1 },
    });
  }
  return {
    id: comment.id,
    post_id: post.id,
    parent_id: comment.parent_id,
    number: comment.number,
    depth: comment.depth,
    author: { id: actor.id, username: actor.username },
    body: comment.body,
    official: false,
    score: 0,
    reply_count: 0,
    collapsed: false,
    removed: false,
    deleted: false,
    created_at: now,
    edited_at: null,
  };
}
