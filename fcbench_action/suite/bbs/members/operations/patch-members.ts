type Key = "PATCH /members";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const page = body.page ?? 1;
  const limit = body.limit ?? 20;
  const role = body.role;
  const order = body.order ?? "nickname";
  const members = db.bbs_members.findMany({
    where: { AND: [] },
    orderBy: [{ nickname: "asc" }],
  }).filter(
    (member) =>
      (body.search === null || Text.contains(member.nickname, Text.lower(body.search)))
        && (body.status === null || member.status === body.status)
        && (
          role === null
            || db.bbs_role_grants.exists({
              where: { bbs_member_id: { equals: member.id }, role: { equals: role } },
            })
        ),
  );
  const sorted = order === "nickname"
    ? members
    : order === "created_at"
      ? List.sortBy(members, (member) => member.created_at, "asc")
      : List.sortBy(members, (member) => member.created_at, "desc");
  return {
    pagination: {
      current: page,
      limit: limit,
      records: sorted.length,
      pages: Math.ceil(sorted.length / limit),
    },
    data: sorted.slice((page - 1) * limit, page * limit).map((member) => ({
      id: member.id,
      nickname: member.nickname,
      email: member.email,
      status: member.status === "active"
        ? "active"
        : member.status === "suspended" ? "suspended" : "closed",
      roles: ["announcer", "moderator"].filter((one) => db.bbs_role_grants.exists({
        where: { bbs_member_id: { equals: member.id }, role: { equals: one } },
      })).map((one) => one === "announcer" ? "announcer" : "moderator"),
      bans: db.bbs_bans.count({ where: { bbs_member_id: { equals: member.id } } }),
      created_at: member.created_at,
      updated_at: member.updated_at,
      last_login_at: member.last_login_at,
    })),
  };
}
