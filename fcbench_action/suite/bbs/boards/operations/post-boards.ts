type Key = "POST /boards";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (db.bbs_boards.exists({ where: { slug: { equals: body.slug } } })) {
    throw new Rejection(409, "the slug is taken");
  }
  const board = db.bbs_boards.insert({
    data: {
      bbs_administrator_id: actor.id,
      slug: body.slug,
      name: body.name,
      description: body.description,
      kind: body.kind,
      position: (db.bbs_boards.maximum("position", { where: { AND: [] } }) ?? 0) + 1,
      created_at: now,
      archived_at: null,
    },
  });
  for (const name of body.categories) {
    db.bbs_board_categories.insert({
      data: {
        bbs_board_id: board.id,
        name: name,
        position: db.bbs_board_categories.count({ where: { bbs_board_id: { equals: board.id } } })
          + 1,
      },
    });
  }
  return {
    id: board.id,
    slug: board.slug,
    name: board.name,
    description: board.description,
    kind: board.kind === "open" ? "open" : "announcement",
    categories: db.bbs_board_categories.findMany({
      where: { bbs_board_id: { equals: board.id } },
      orderBy: [{ position: "asc" }],
    }).map((category) => ({ id: category.id, name: category.name })),
    articles: 0,
    archived: board.archived_at !== null,
    created_at: board.created_at,
  };
}
