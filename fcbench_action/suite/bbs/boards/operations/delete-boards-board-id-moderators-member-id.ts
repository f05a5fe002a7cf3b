type Key = "DELETE /boards/{boardId}/moderators/{memberId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const appointment = db.bbs_board_moderators.findFirst({
    where: { bbs_board_id: { equals: path.boardId }, bbs_member_id: { equals: path.memberId } },
  });
  if (appointment === null) throw new Rejection(404, "the member does not moderate the board");
  db.bbs_board_moderators.remove({ where: { id: { equals: appointment.id } } });
  return;
}
