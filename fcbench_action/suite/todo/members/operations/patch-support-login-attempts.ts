type Key = "PATCH /support/login-attempts";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const asker = db.todo_members.findFirst({ where: { id: { equals: actor.todo_member_id } } });
  if (asker === null) throw new Rejection(404, "no such member");
  if (!Text.endsWith(asker.email, "@todo.example")) throw new Rejection(403, "only for support");
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const attempts = db.todo_login_attempts.findMany({
    where: { AND: [] },
    orderBy: [{ created_at: "desc" }],
  }).filter(
    (attempt) =>
      (body.ip_address === null || attempt.ip_address === body.ip_address)
        && (body.email === null || attempt.email === body.email)
        && (body.outcome === null || attempt.succeeded === (body.outcome === "succeeded"))
        && (body.since === null || !Time.isBefore(attempt.created_at, body.since))
        && (body.until === null || Time.isBefore(attempt.created_at, body.until)),
  );
  return {
    pagination: {
      current: page,
      limit: limit,
      records: attempts.length,
      pages: Math.ceil(attempts.length / limit),
    },
    data: attempts.slice((page - 1) * limit, page * limit).map(
      (attempt) =>
        attempt.succeeded
          ? {
            id: attempt.id,
            outcome: "succeeded",
            email: attempt.email,
            ip_address: attempt.ip_address,
            created_at: attempt.created_at,
            member: List.at(
              db.todo_members.findMany({
                where: { id: { equals: attempt.todo_member_id ?? "" } },
              }).map((person) => ({
                id: person.id,
                handle: person.handle,
                display_name: person.display_name,
                avatar: person.avatar,
              })),
              0,
            ),
            session_id: attempt.todo_session_id,
          }
          : {
            id: attempt.id,
            outcome: "failed",
            email: attempt.email,
            ip_address: attempt.ip_address,
            created_at: attempt.created_at,
            reason: db.todo_login_attempts.findMany({
              where: {
                AND: [
                  { succeeded: { equals: false } },
                  { created_at: { gt: Time.addSeconds(attempt.created_at, -900) } },
                  { created_at: { lt: attempt.created_at } },
                ],
              },
            }).filter((earlier) => Text.lower(earlier.email) === Text.lower(attempt.email)).length
              >= 5
              ? "locked"
              : attempt.todo_member_id === null ? "unknown_address" : "wrong_password",
            retry_at: db.todo_login_attempts.findMany({
              where: {
                AND: [
                  { succeeded: { equals: false } },
                  { created_at: { gt: Time.addSeconds(attempt.created_at, -900) } },
                  { created_at: { lt: attempt.created_at } },
                ],
              },
            }).filter((earlier) => Text.lower(earlier.email) === Text.lower(attempt.email)).length
              >= 5
              ? Time.addSeconds(attempt.created_at, 900)
              : null,
          },
    ),
  };
}
