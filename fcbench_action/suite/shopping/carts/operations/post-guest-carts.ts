type Key = "POST /guest-carts";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const secret = Security.randomText("abcdefghijklmnopqrstuvwxyz0123456789", 32);
  db.shopping_carts.insert({
    data: {
      shopping_member_id: null,
      secret_digest: Security.digest(secret),
      created_at: now,
      updated_at: now,
    },
  });
  return { secret: secret, cart: { lines: [], pieces: 0, total: 0, changed_at: now } };
}
