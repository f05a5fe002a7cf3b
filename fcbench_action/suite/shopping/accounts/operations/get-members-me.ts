type Key = "GET /members/me";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  return {
    id: actor.id,
    email: actor.email,
    nickname: actor.nickname,
    created_at: actor.created_at,
  };
}
