type Key = "PATCH /communities";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const text = Text.lower(body.search ?? "");
  const wanted = db.reddit_communities.findMany({ where: { AND: [] } }).filter(
    (one) =>
      (Text.contains(Text.lower(one.name), text) || Text.contains(Text.lower(one.title), text))
        && (
          body.visibilities === null
            || body.visibilities.some((visibility) => visibility === one.visibility)
        )
        && (body.adult === true || !one.adult),
  );
  const found = body.order === "new"
    ? List.sortBy(wanted, (one) => one.created_at, "desc")
    : body.order === "name"
      ? List.sortBy(wanted, (one) => one.name, "asc")
      : List.sortBy(wanted, (one) => one.members, "desc");
  return {
    pagination: {
      current: page,
      limit: limit,
      records: found.length,
      pages: Math.ceil(found.length / limit),
    },
    data: found.slice((page - 1) * limit, page * limit).map((one) => ({
      id: one.id,
      name: one.name,
      title: one.title,
      visibility: one.visibility === "public"
        ? "public"
        : one.visibility === "restricted" ? "restricted" : "private",
      adult: one.adult,
      members: one.members,
    })),
  };
}
