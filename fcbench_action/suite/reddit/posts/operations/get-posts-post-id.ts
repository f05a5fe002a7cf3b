type Key = "GET /posts/{postId}";

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
  const gone = post.deleted_at !== null;
  const poll = db.reddit_polls.findFirst({ where: { reddit_post_id: { equals: post.id } } });
  const ballot = db.reddit_poll_ballots.findFirst({
    where: { reddit_poll_id: { equals: poll?.id ?? "" }, reddit_account_id: { equals: actor.id } },
  });
  const shown = poll !== null && (ballot !== null || !Time.isBefore(now, poll.closes_at));
  return {
    id: post.id,
    community: List.at(
      db.reddit_communities.findMany({ where: { id: { equals: post.reddit_community_id } } }).map(
        (one) => one.name,
      ),
      0,
    )
      ?? "nowhere",
    number: post.number,
    title: post.title,
    author: gone
      ? null
      : List.at(
        db.reddit_accounts.findMany({ where: { id: { equals: post.author_id ?? "" } } }).map((person) => ({
          id: person.id,
          username: person.username,
        })),
        0,
      ),
    content: gone
      ? { kind: "gone" }
      : poll !== null
        ? {
          kind: "poll",
          closes_at: poll.closes_at,
          chosen_id: ballot?.reddit_poll_option_id ?? null,
          options: db.reddit_poll_options.findMany({
            where: { reddit_poll_id: { equals: poll.id } },
            orderBy: [{ position: "asc" }],
          }).map((option) => ({
            id: option.id,
            text: option.text,
            ballots: shown
              ? db.reddit_poll_ballots.count({
                where: { reddit_poll_option_id: { equals: option.id } },
              })
              : null,
          })),
        }
        : post.kind === "crosspost"
          ? { kind: "crosspost", original_id: post.original_id }
          : post.link !== null
            ? { kind: "link", url: post.link }
            : { kind: "text", body: post.body },
    flair: gone
      ? null
      : List.at(
        db.reddit_flairs.findMany({ where: { id: { equals: post.reddit_flair_id ?? "" } } }).map((flair) => ({
          id: flair.id,
          text: flair.text,
          color: flair.color,
          moderators_only: flair.moderators_only,
        })),
        0,
      ),
    score: post.up_votes - post.down_votes,
    comments: post.comments,
    locked: post.locked_at !== null,
    archived: !Time.isBefore(now, post.archives_at),
    status: gone ? "deleted" : post.removed_at !== null ? "removed" : "live",
    removal_reason: gone ? null : post.removal_reason,
    created_at: post.created_at,
    edited_at: post.edited_at,
  };
}
