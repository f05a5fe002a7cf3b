export const scenario = "A member changes profile and nickname, and former nicknames stay reserved.";

export async function test(api: Api): Promise<void> {
  const ann = api.session("member");
  const bob = api.session("member");
  const late = api.session("member");
  const phone = api.session("member");
  const root = api.session("administrator");
  const guest = api.session(null);
  const annName = Random.string(8, 12);
  const annJoined = await ann.call("POST /auth/members/join", {
    body: { email: `${annName}@example.com`, nickname: annName, password: "correct horse battery" },
  });
  ann.authenticate(annJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: `${bobName}@example.com`, nickname: bobName, password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  const rootName = Random.string(8, 12);
  const rootJoined = await root.call("POST /auth/administrators/join", {
    body: { email: `${rootName}@bbs.example`, name: "Root", password: "correct horse battery" },
  });
  root.authenticate(rootJoined.token.access);
  const first = await ann.call("PUT /members/me/profile", {
    body: {
      introduction: "I write.",
      homepage: "https://ann.example/",
      birth_year: 1990,
      shows_email: true,
    },
  });
  Assert.equal("everything is set", first, {
    introduction: "I write.",
    homepage: "https://ann.example/",
    birth_year: 1990,
    shows_email: true,
    updated_at: first.updated_at,
  });
  Assert.that("later than joining", Time.isBefore(annJoined.member.created_at, first.updated_at));
  const shown = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("everybody sees it", shown, {
    ...annJoined.member,
    email: `${annName}@example.com`,
    introduction: "I write.",
    homepage: "https://ann.example/",
  });
  const second = await ann.call("PUT /members/me/profile", { body: { homepage: null } });
  Assert.equal("only the homepage is gone", second, {
    ...first,
    homepage: null,
    updated_at: second.updated_at,
  });
  Assert.that("changed later", Time.isBefore(first.updated_at, second.updated_at));
  const third = await ann.call("PUT /members/me/profile", {
    body: { introduction: null, shows_email: false },
  });
  Assert.equal("neither introduction nor address", third, {
    introduction: null,
    homepage: null,
    birth_year: 1990,
    shows_email: false,
    updated_at: third.updated_at,
  });
  const fourth = await ann.call("PUT /members/me/profile", { body: { birth_year: null } });
  Assert.equal("nor year", fourth, { ...third, birth_year: null, updated_at: fourth.updated_at });
  const kept = await ann.call("PUT /members/me/profile", { body: {} });
  Assert.equal("it was kept", kept, { ...fourth, updated_at: kept.updated_at });
  const hidden = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("the address is hidden", hidden, annJoined.member);
  const others = await guest.call("GET /members/{memberId}", {
    path: { memberId: bobJoined.member.id },
  });
  Assert.equal("others stay as they are", others, bobJoined.member);
  await Assert.rejected("there is such a year, but not here", 422, ann.call(
    "PUT /members/me/profile",
    { body: { birth_year: 1899 } },
  ));
  await Assert.rejected("it is the own already", 409, ann.call("PUT /members/me/nickname", {
    body: { nickname: annName },
  }));
  await Assert.rejected("it is bob's", 409, ann.call("PUT /members/me/nickname", {
    body: { nickname: bobName },
  }));
  await Assert.rejected("nicknames begin with a letter", 422, ann.call("PUT /members/me/nickname", {
    body: { nickname: "1ann" },
  }));
  await ann.call("PUT /members/me/profile", {
    body: { introduction: "I write.", homepage: "https://ann.example/", shows_email: true },
  });
  await root.call("PUT /members/{memberId}/roles/{role}", {
    path: { memberId: annJoined.member.id, role: "moderator" },
  });
  const renamed = await ann.call("PUT /members/me/nickname", { body: { nickname: "first_name" } });
  Assert.equal("renamed", renamed, { ...shown, nickname: "first_name", roles: ["moderator"] });
  const read = await guest.call("GET /members/{memberId}", {
    path: { memberId: annJoined.member.id },
  });
  Assert.equal("for everybody", read, renamed);
  await Assert.rejected("the former name stays ann's", 409, bob.call("PUT /members/me/nickname", {
    body: { nickname: annName },
  }));
  await Assert.rejected("also for who joins", 409, late.call("POST /auth/members/join", {
    body: { email: "late@example.com", nickname: annName, password: "correct horse battery" },
  }));
  const back = await ann.call("PUT /members/me/nickname", { body: { nickname: annName } });
  Assert.equal("who may have it back", back.nickname, annName);
  await ann.call("PUT /members/me/nickname", { body: { nickname: "third_name" } });
  await Assert.rejected("three changes are enough", 409, ann.call("PUT /members/me/nickname", {
    body: { nickname: "fourth_name" },
  }));
  const bobs = await bob.call("PUT /members/me/nickname", { body: { nickname: "bob_again" } });
  Assert.equal("others have changes of their own", bobs, {
    ...bobJoined.member,
    nickname: "bob_again",
  });
  await Assert.rejected("a name given up in between is reserved too", 409, bob.call(
    "PUT /members/me/nickname",
    { body: { nickname: "first_name" } },
  ));
  const phoneIn = await phone.call("POST /auth/members/login", {
    body: { email: `${annName}@example.com`, password: "correct horse battery" },
  });
  Assert.equal("a login shows all", phoneIn.member, { ...renamed, nickname: "third_name" });
  await bob.call("PUT /members/me/profile", { body: { introduction: "Bob." } });
  await late.call("POST /auth/members/join", {
    body: { email: "late@example.com", nickname: "late_one", password: "correct horse battery" },
  });
  const bobsText = await guest.call("GET /members/{memberId}", {
    path: { memberId: bobJoined.member.id },
  });
  Assert.equal("each has a profile of their own", bobsText, { ...bobs, introduction: "Bob." });
  const bobsLogin = await phone.call("POST /auth/members/login", {
    body: { email: `${bobName}@example.com`, password: "correct horse battery" },
  });
  Assert.equal("a login shows no other", bobsLogin.member, bobsText);
  const bobsKept = await bob.call("PUT /members/me/profile", { body: {} });
  Assert.equal("nor does a change", bobsKept.introduction, "Bob.");
  const found = await root.call("PATCH /members", { body: { search: "third_name" } });
  Assert.that("the account was changed with the nickname", found.data.every((one) => Time.isBefore(
    kept.updated_at,
    one.updated_at,
  )));
  await root.call("POST /members/{memberId}/bans", {
    path: { memberId: bobJoined.member.id },
    body: { reason: "Spam." },
  });
  await Assert.rejected("suspended members change no profile", 403, bob.call(
    "PUT /members/me/profile",
    { body: { introduction: "Still here." } },
  ));
  await Assert.rejected("and no nickname", 403, bob.call("PUT /members/me/nickname", {
    body: { nickname: "bob_thrice" },
  }));
}
