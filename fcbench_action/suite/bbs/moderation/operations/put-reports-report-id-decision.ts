type Key = "PUT /reports/{reportId}/decision";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const report = db.bbs_reports.findFirst({ where: { id: { equals: path.reportId } } });
  if (report === null) throw new Rejection(404, "no such report");
  const moderates = db.bbs_board_moderators.exists({
    where: { bbs_board_id: { equals: report.bbs_board_id }, bbs_member_id: { equals: actor.id } },
  })
    || db.bbs_role_grants.exists({
      where: { bbs_member_id: { equals: actor.id }, role: { equals: "moderator" } },
    });
  if (report.bbs_member_id !== actor.id && !moderates) throw new Rejection(404, "no such report");
  if (report.assignee_id !== actor.id) {
    throw new Rejection(403, "the report is assigned to somebody else");
  }
  if (report.status !== "assigned") throw new Rejection(409, "the report is closed");
  const outcome = body.outcome;
  const penalty = outcome.verdict === "upheld" ? outcome.penalty : null;
  const endsAt = penalty !== null && penalty.kind === "mute" ? penalty.ends_at : null;
  if (endsAt !== null && !Time.isBefore(now, endsAt)) throw new Rejection(409, "a mute ends later");
  db.bbs_reports.update({
    where: { id: { equals: report.id } },
    data: { status: outcome.verdict, closed_at: now },
  });
  db.bbs_audit_entries.insert({
    data: {
      bbs_board_id: report.bbs_board_id,
      bbs_member_id: actor.id,
      sequence: (
        db.bbs_audit_entries.maximum("sequence", {
          where: { bbs_board_id: { equals: report.bbs_board_id } },
        })
          ?? 0
      )
        + 1,
      action: outcome.verdict === "upheld" ? "uphold" : "dismiss",
      subject_id: report.id,
      created_at: now,
    },
  });
  const comment = db.bbs_comments.findFirst({
    where: { id: { equals: report.bbs_comment_id ?? "" } },
  });
  const article = db.bbs_articles.findFirst({
    where: { id: { equals: report.bbs_article_id ?? "" } },
  });
  if (outcome.verdict === "upheld") {
    for (const same of db.bbs_reports.findMany({
      where: { bbs_board_id: { equals: report.bbs_board_id }, status: { equals: "open" } },
    }).filter(
      (one) =>
        one.bbs_comment_id === report.bbs_comment_id
          && one.bbs_article_id === report.bbs_article_id,
    )) {
      db.bbs_reports.update({
        where: { id: { equals: same.id } },
        data: { status: "upheld", closed_at: now },
      });
    }
    if (
      outcome.hide && comment !== null && comment.hidden_at === null && comment.deleted_at === null
    ) {
      db.bbs_comments.update({ where: { id: { equals: comment.id } }, data: { hidden_at: now } });
      db.bbs_audit_entries.insert({
        data: {
          bbs_board_id: report.bbs_board_id,
          bbs_member_id: actor.id,
          sequence: (
            db.bbs_audit_entries.maximum("sequence", {
              where: { bbs_board_id: { equals: report.bbs_board_id } },
            })
              ?? 0
          )
            + 1,
          action: "hide",
          subject_id: comment.id,
          created_at: now,
        },
      });
    }
    if (outcome.hide && article !== null && article.status === "published") {
      db.bbs_articles.update({ where: { id: { equals: article.id } }, data: { status: "locked" } });
      db.bbs_audit_entries.insert({
        data: {
          bbs_board_id: report.bbs_board_id,
          bbs_member_id: actor.id,
          sequence: (
            db.bbs_audit_entries.maximum("sequence", {
              where: { bbs_board_id: { equals: report.bbs_board_id } },
            })
              ?? 0
          )
            + 1,
          action: "lock",
          subject_id: article.id,
          created_at: now,
        },
      });
    }
    if (penalty !== null) {
      const made = db.bbs_sanctions.insert({
        data: {
          bbs_member_id: comment?.bbs_member_id ?? (article?.bbs_member_id ?? actor.id),
          bbs_board_id: report.bbs_board_id,
          moderator_id: actor.id,
          bbs_report_id: report.id,
          kind: penalty.kind,
          reason: report.reason,
          created_at: now,
          ends_at: endsAt,
          revoked_at: null,
        },
      });
      db.bbs_audit_entries.insert({
        data: {
          bbs_board_id: report.bbs_board_id,
          bbs_member_id: actor.id,
          sequence: (
            db.bbs_audit_entries.maximum("sequence", {
              where: { bbs_board_id: { equals: report.bbs_board_id } },
            })
              ?? 0
          )
            + 1,
          action: penalty.kind === "mute" ? "mute" : "warn",
          subject_id: made.id,
          created_at: now,
        },
      });
    }
  }
  const sanction = db.bbs_sanctions.findFirst({ where: { bbs_report_id: { equals: report.id } } });
  return {
    report: {
      id: report.id,
      target: report.bbs_comment_id === null
        ? { kind: "article", article_id: report.bbs_article_id ?? report.id }
        : { kind: "comment", comment_id: report.bbs_comment_id },
      reporter: List.at(
        db.bbs_members.findMany({
          where: { id: { equals: report.bbs_member_id }, status: { not: "closed" } },
        }).map((person) => ({ id: person.id, nickname: person.nickname })),
        0,
      ),
      assignee: { id: actor.id, nickname: actor.nickname },
      reason: report.reason === "spam"
        ? "spam"
        : report.reason === "insult"
          ? "insult"
          : report.reason === "off_topic" ? "off_topic" : "other",
      details: report.details,
      status: outcome.verdict,
      created_at: report.created_at,
      closed_at: now,
    },
    sanction: sanction === null
      ? null
      : {
        id: sanction.id,
        board_id: sanction.bbs_board_id,
        kind: sanction.kind === "warning" ? "warning" : "mute",
        reason: sanction.reason === "spam"
          ? "spam"
          : sanction.reason === "insult"
            ? "insult"
            : sanction.reason === "off_topic" ? "off_topic" : "other",
        created_at: sanction.created_at,
        ends_at: sanction.ends_at,
        revoked_at: sanction.revoked_at,
        appeal: null,
      },
  };
}
