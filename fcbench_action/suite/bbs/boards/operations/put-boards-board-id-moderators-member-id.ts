type Key = "PUT /boards/{boardId}/moderators/{memberId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const board = db.bbs_boards.findFirst({ where: { id: { equals: path.boardId } } });
  if (board === null) throw new Rejection(404, "no such board");
  const member = db.bbs_members.findFirst({
    where: { id: { equals: path.memberId }, status: { not: "closed" } },
  });
  if (member === null) throw new Rejection(404, "no such member");
  const appointment = db.bbs_board_moderators.findFirst({
    where: { bbs_board_id: { equals: board.id }, bbs_member_id: { equals: member.id } },
  });
  if (appointment !== null) {
    return {
      id: appointment.id,
      member: { id: member.id, nickname: member.nickname },
      administrator: List.at(
        db.bbs_administrators.findMany({
          where: { id: { equals: appointment.bbs_administrator_id ?? "" } },
        }).map((one) => one.name),
        0,
      ),
      created_at: appointment.created_at,
    };
  }
  if (member.status !== "active") throw new Rejection(409, "moderators are active members");
  if (db.bbs_board_moderators.count({ where: { bbs_board_id: { equals: board.id } } }) >= 3) {
    throw new Rejection(409, "a board has three moderators at most");
  }
  const made = db.bbs_board_moderators.insert({
    data: {
      bbs_board_id: board.id,
      bbs_member_id: member.id,
      bbs_administrator_id: actor.id,
      created_at: now,
    },
  });
  return {
    id: made.id,
    member: { id: member.id, nickname: member.nickname },
    administrator: actor.name,
    created_at: made.created_at,
  };
}
