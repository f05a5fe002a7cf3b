type Key = "POST /communities/{communityName}/posts";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  const flair = db.reddit_flairs.findFirst({
    where: { id: { equals: body.flair_id ?? "" }, reddit_community_id: { equals: community.id } },
  });
  if (body.flair_id !== null && flair === null) throw new Rejection(404, "no such flair");
  if (db.reddit_bans.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
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
      where: { id: { equals: community.id }, visibility: { not: "public" } },
    })
      && !db.reddit_memberships.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: community.id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { approved_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "only members take part");
  }
  if (db.reddit_communities.exists({
    where: { AND: [{ id: { equals: community.id } }, { NOT: { closed_at: null } }] },
  })) {
    throw new Rejection(409, "the community is closed");
  }
  if (
    flair !== null
      && flair.moderators_only
      && !db.reddit_moderators.exists({
        where: {
          AND: [
            { reddit_community_id: { equals: community.id } },
            { reddit_account_id: { equals: actor.id } },
            { NOT: { accepted_at: null } },
          ],
        },
      })
  ) {
    throw new Rejection(403, "the flair is for moderators");
  }
  const content = body.content;
  const post = db.reddit_posts.insert({
    data: {
      reddit_community_id: community.id,
      author_id: actor.id,
      reddit_flair_id: body.flair_id,
      original_id: null,
      remover_id: null,
      number: (
        db.reddit_posts.maximum("number", {
          where: { reddit_community_id: { equals: community.id } },
        })
          ?? 0
      )
        + 1,
      kind: content.kind,
      title: body.title,
      body: content.kind === "text" ? content.body : null,
      link: content.kind === "link" ? content.url : null,
      up_votes: 0,
      down_votes: 0,
      comments: 0,
      created_at: now,
      edited_at: null,
      archives_at: Time.addSeconds(now, 15552000),
      locked_at: null,
      removed_at: null,
      removal_reason: null,
      deleted_at: null,
    },
  });
  if (content.kind === "poll") {
    const poll = db.reddit_polls.insert({
      data: { reddit_post_id: post.id, closes_at: Time.addSeconds(now, content.minutes * 60) },
    });
    for (const option of content.options) {
      db.reddit_poll_options.insert({
        data: {
          reddit_poll_id: poll.id,
          position: db.reddit_poll_options.count({ where: { reddit_poll_id: { equals: poll.id } } })
            + 1,
          text: option,
        },
      });
    }
  }
  return { id: post.id, community: community.name, number: post.number };
}
