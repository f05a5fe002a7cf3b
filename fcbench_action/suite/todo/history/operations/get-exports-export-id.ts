type Key = "GET /exports/{exportId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const asked = db.todo_exports.findFirst({
    where: { id: { equals: path.exportId }, todo_member_id: { equals: actor.todo_member_id } },
  });
  if (asked === null) throw new Rejection(404, "no such export");
  return {
    export: asked.status === "finished"
      ? {
        id: asked.id,
        status: "finished",
        format: asked.format === "json" ? "json" : asked.format === "csv" ? "csv" : "ics",
        created_at: asked.created_at,
        location: asked.location ?? "about:blank",
        bytes: asked.bytes ?? 0,
        ended_at: asked.ended_at ?? asked.created_at,
        expires_at: Time.addSeconds(asked.ended_at ?? asked.created_at, 604800),
      }
      : asked.status === "failed"
        ? {
          id: asked.id,
          status: "failed",
          format: asked.format === "json" ? "json" : asked.format === "csv" ? "csv" : "ics",
          created_at: asked.created_at,
          ended_at: asked.ended_at ?? asked.created_at,
          cause: asked.failure === "too_large"
            ? "too_large"
            : asked.failure === "timeout" ? "timeout" : "internal",
          retry: asked.failure !== "too_large",
        }
        : asked.status === "running"
          ? {
            id: asked.id,
            status: "running",
            format: asked.format === "json" ? "json" : asked.format === "csv" ? "csv" : "ics",
            created_at: asked.created_at,
            progress: asked.progress,
          }
          : {
            id: asked.id,
            status: "queued",
            format: asked.format === "json" ? "json" : asked.format === "csv" ? "csv" : "ics",
            created_at: asked.created_at,
            position: db.todo_exports.count({
              where: { status: { equals: "queued" }, created_at: { lte: asked.created_at } },
            }),
          },
  };
}
