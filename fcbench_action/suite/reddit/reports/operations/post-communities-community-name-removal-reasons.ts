type Key = "POST /communities/{communityName}/removal-reasons";

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
  if (db.reddit_removal_reasons.exists({
    where: { reddit_community_id: { equals: community.id }, title: { equals: body.title } },
  })) {
    throw new Rejection(409, "there is such a reason");
  }
  const reason = db.reddit_removal_reasons.insert({
    data: { reddit_community_id: community.id, title: body.title, text: body.text },
  });
  return { id: reason.id, title: reason.title, text: reason.text };
}
