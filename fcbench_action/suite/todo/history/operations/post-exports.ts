type Key = "POST /exports";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const wanted = body.list_ids ?? [];
  if (wanted.some((listId) => !db.todo_lists.exists({
    where: {
      AND: [
        { id: { equals: listId } },
        {
          OR: [
            { todo_member_id: { equals: actor.todo_member_id } },
            {
              "todo_list_shares.list": {
                some: {
                  AND: [
                    { todo_member_id: { equals: actor.todo_member_id } },
                    { NOT: { accepted_at: null } },
                  ],
                },
              },
            },
          ],
        },
      ],
    },
  }))) {
    throw new Rejection(404, "no such list");
  }
  const asked = db.todo_exports.insert({
    data: {
      todo_member_id: actor.todo_member_id,
      format: body.format,
      status: "queued",
      progress: 0.0,
      location: null,
      bytes: null,
      failure: null,
      created_at: now,
      ended_at: null,
    },
  });
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
