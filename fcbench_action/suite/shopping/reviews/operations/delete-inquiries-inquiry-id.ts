type Key = "DELETE /inquiries/{inquiryId}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const inquiry = db.shopping_inquiries.findFirst({
    where: { id: { equals: path.inquiryId }, deleted_at: null },
  });
  if (inquiry === null) throw new Rejection(404, "no such inquiry");
  if (inquiry.shopping_member_id !== actor.id) {
    throw new Rejection(403, "only the author may do that");
  }
  if (db.shopping_inquiry_answers.exists({
    where: { shopping_inquiry_id: { equals: inquiry.id } },
  })) {
    throw new Rejection(409, "the inquiry is answered");
  }
  db.shopping_inquiries.update({
    where: { id: { equals: inquiry.id } },
    data: { deleted_at: now },
  });
  return;
}
