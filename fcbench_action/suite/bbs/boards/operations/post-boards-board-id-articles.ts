type Key = "POST /boards/{boardId}/articles";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const board = db.bbs_boards.findFirst({ where: { id: { equals: path.boardId } } });
  if (board === null) throw new Rejection(404, "no such board");
  const category = body.category_id;
  if (
    category !== null
      && !db.bbs_board_categories.exists({
        where: { id: { equals: category }, bbs_board_id: { equals: board.id } },
      })
  ) {
    throw new Rejection(404, "no such category in the board");
  }
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: board.id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  const announces = db.bbs_role_grants.exists({
    where: { bbs_member_id: { equals: actor.id }, role: { equals: "announcer" } },
  });
  if (db.bbs_sanctions.exists({
    where: {
      bbs_member_id: { equals: actor.id },
      bbs_board_id: { equals: board.id },
      kind: { equals: "mute" },
      revoked_at: null,
      ends_at: { gt: now },
    },
  })) {
    throw new Rejection(403, "the member is muted in the board");
  }
  if (board.kind === "announcement" && !announces && !moderates) {
    throw new Rejection(403, "only announcers write here");
  }
  if (board.archived_at !== null) throw new Rejection(409, "the board is archived");
  const article = db.bbs_articles.insert({
    data: {
      bbs_board_id: board.id,
      bbs_member_id: actor.id,
      bbs_board_category_id: category,
      status: body.publish ? "published" : "draft",
      created_at: now,
      published_at: body.publish ? now : null,
      pinned_at: null,
      deleted_at: null,
    },
  });
  const snapshot = db.bbs_article_snapshots.insert({
    data: {
      bbs_article_id: article.id,
      revision: 1,
      title: body.title,
      body: body.body,
      created_at: now,
    },
  });
  for (const file of body.files ?? []) {
    db.bbs_article_snapshot_files.insert({
      data: {
        bbs_article_snapshot_id: snapshot.id,
        position: db.bbs_article_snapshot_files.count({
          where: { bbs_article_snapshot_id: { equals: snapshot.id } },
        })
          + 1,
        name: file.name,
        url: file.url,
      },
    });
  }
  return {
    id: article.id,
    board: { id: board.id, slug: board.slug, name: board.name },
    category: List.at(
      db.bbs_board_categories.findMany({ where: { id: { equals: category ?? "" } } }).map((one) => ({
        id: one.id,
        name: one.name,
      })),
      0,
    ),
    author: { id: actor.id, nickname: actor.nickname },
    status: body.publish ? "published" : "draft",
    pinned: article.pinned_at !== null,
    revision: 1,
    title: snapshot.title,
    body: snapshot.body,
    files: (body.files ?? []).map((file) => ({ name: file.name, url: file.url })),
    created_at: article.created_at,
    published_at: article.published_at,
    updated_at: now,
  };
}
