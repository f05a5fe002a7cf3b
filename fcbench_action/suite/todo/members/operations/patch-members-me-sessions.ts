type Key = "PATCH /members/me/sessions";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const sessions = db.todo_sessions.findMany({
    where: { todo_member_id: { equals: actor.todo_member_id } },
  }).filter(
    (one) =>
      body.in_force !== true || one.revoked_at === null && Time.isBefore(now, one.expires_at),
  );
  const sorted = body.order === "last_seen_at"
    ? List.sortBy(sessions, (one) => one.last_seen_at, "asc")
    : body.order === "created_at"
      ? List.sortBy(sessions, (one) => one.created_at, "asc")
      : body.order === "-created_at"
        ? List.sortBy(sessions, (one) => one.created_at, "desc")
        : List.sortBy(sessions, (one) => one.last_seen_at, "desc");
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit).map((session) => ({
      id: session.id,
      ip_address: session.ip_address,
      user_agent: session.user_agent,
      current: session.id === actor.id,
      created_at: session.created_at,
      last_seen_at: session.last_seen_at,
      expires_at: session.expires_at,
      revoked_at: session.revoked_at,
    })),
  };
}
