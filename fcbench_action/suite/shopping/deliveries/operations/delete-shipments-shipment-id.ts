type Key = "DELETE /shipments/{shipmentId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const shipment = db.shopping_shipments.findFirst({
    where: { id: { equals: path.shipmentId }, shopping_seller_id: { equals: actor.id } },
  });
  if (shipment === null) throw new Rejection(404, "no such shipment");
  if (shipment.state !== "preparing") throw new Rejection(409, "the shipment is sent already");
  db.shopping_shipments.remove({ where: { id: { equals: shipment.id } } });
  return;
}
