type Key = "PUT /articles/{articleId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const article = db.bbs_articles.findFirst({
    where: {
      AND: [
        { id: { equals: path.articleId } },
        { deleted_at: null },
        { OR: [{ status: { not: "draft" } }, { bbs_member_id: { equals: actor.id } }] },
      ],
    },
  });
  if (article === null) throw new Rejection(404, "no such article");
  const board = db.bbs_boards.findFirst({ where: { id: { equals: article.bbs_board_id } } });
  if (board === null) throw new Rejection(404, "no such board");
  const category = Json.has(body, "category_id") ? body.category_id : article.bbs_board_category_id;
  if (
    category !== null
      && !db.bbs_board_categories.exists({
        where: { id: { equals: category }, bbs_board_id: { equals: board.id } },
      })
  ) {
    throw new Rejection(404, "no such category in the board");
  }
  if (article.bbs_member_id !== actor.id) throw new Rejection(403, "only the author may do that");
  if (board.archived_at !== null) throw new Rejection(409, "the board is archived");
  if (article.status === "locked") throw new Rejection(409, "the article is locked");
  const before = db.bbs_article_snapshots.findFirst({
    where: { bbs_article_id: { equals: article.id } },
    orderBy: [{ revision: "desc" }],
  });
  if (before === null) throw new Rejection(404, "no such article");
  const had = db.bbs_article_snapshot_files.findMany({
    where: { bbs_article_snapshot_id: { equals: before.id } },
    orderBy: [{ position: "asc" }],
  }).map((file) => ({ name: file.name, url: file.url }));
  const title = body.title ?? before.title;
  const text = body.body ?? before.body;
  const files = body.files === null
    ? had
    : body.files.map((file) => ({ name: file.name, url: file.url }));
  const edited = title !== before.title
    || text !== before.body
    || Text.join(files.map((file) => `${file.name} ${file.url}`), "\n")
      !== Text.join(had.map((file) => `${file.name} ${file.url}`), "\n");
  if (!edited && category === article.bbs_board_category_id) {
    throw new Rejection(409, "nothing would change");
  }
  db.bbs_articles.update({
    where: { id: { equals: article.id } },
    data: { bbs_board_category_id: category },
  });
  if (edited) {
    const snapshot = db.bbs_article_snapshots.insert({
      data: {
        bbs_article_id: article.id,
        revision: before.revision + 1,
        title: title,
        body: text,
        created_at: now,
      },
    });
    for (const file of files) {
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
    status: article.status === "draft" ? "draft" : "published",
    pinned: article.pinned_at !== null,
    revision: edited ? before.revision + 1 : before.revision,
    title: title,
    body: text,
    files: files,
    created_at: article.created_at,
    published_at: article.published_at,
    updated_at: edited ? now : before.created_at,
  };
}
