type Key = "DELETE /reports/{reportId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const report = db.bbs_reports.findFirst({
    where: { id: { equals: path.reportId }, bbs_member_id: { equals: actor.id } },
  });
  if (report === null) throw new Rejection(404, "no such report");
  if (report.status !== "open") throw new Rejection(409, "the report is not open any more");
  db.bbs_reports.remove({ where: { id: { equals: report.id } } });
  return;
}
