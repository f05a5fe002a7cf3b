type Key = "POST /communities/{communityName}/flairs";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const community = db.reddit_communities.findFirst({
    where: { name: { equals: path.communityName } },
  });
  if (community === null) throw new Rejection(404, "no such community");
  if (!db.reddit_moderators.exists({
    where: {
      AND: [
        { reddit_community_id: { equals: community.id } },
        { reddit_account_id: { equals: actor.id } },
        { NOT: { accepted_at: null } },
      ],
    },
  })) {
    throw new Rejection(403, "only moderators may do that");
  }
  if (db.reddit_flairs.exists({
    where: { reddit_community_id: { equals: community.id }, text: { equals: body.text } },
  })) {
    throw new Rejection(409, "there is such a flair");
  }
  const flair = db.reddit_flairs.insert({
    data: {
      reddit_community_id: community.id,
      text: body.text,
      color: body.color,
      moderators_only: body.moderators_only,
    },
  });
  return {
    id: flair.id,
    text: flair.text,
    color: flair.color,
    moderators_only: flair.moderators_only,
  };
}
