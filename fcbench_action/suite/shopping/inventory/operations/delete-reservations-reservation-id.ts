type Key = "DELETE /reservations/{reservationId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const reservation = db.shopping_reservations.findFirst({
    where: { id: { equals: path.reservationId }, shopping_member_id: { equals: actor.id } },
  });
  if (reservation === null) throw new Rejection(404, "no such reservation");
  if (reservation.ended_at !== null || !Time.isBefore(now, reservation.expires_at)) {
    throw new Rejection(409, "it is over");
  }
  db.shopping_reservations.update({
    where: { id: { equals: reservation.id } },
    data: { ended_at: now, outcome: "released" },
  });
  return;
}
