type Key = "PUT /members/me/profile";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  if (actor.status !== "active") {
    throw new Rejection(403, "only active members may change something");
  }
  const profile = db.bbs_member_profiles.findFirst({
    where: { bbs_member_id: { equals: actor.id } },
  });
  if (profile === null) throw new Rejection(404, "no profile");
  const introduction = Json.has(body, "introduction") ? body.introduction : profile.introduction;
  const homepage = Json.has(body, "homepage") ? body.homepage : profile.homepage;
  const year = Json.has(body, "birth_year") ? body.birth_year : profile.birth_year;
  const shown = body.shows_email ?? profile.shows_email;
  db.bbs_member_profiles.update({
    where: { id: { equals: profile.id } },
    data: {
      introduction: introduction,
      homepage: homepage,
      birth_year: year,
      shows_email: shown,
      updated_at: now,
    },
  });
  return {
    introduction: introduction,
    homepage: homepage,
    birth_year: year,
    shows_email: shown,
    updated_at: now,
  };
}
