export const scenario = "A member leaves for good; ten addresses are enough before that.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const alice = api.session("member");
  const bob = api.session("member");
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      nickname: aliceName,
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: `${bobName}@example.com`, nickname: bobName, password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  for (const label of ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]) {
    await alice.call("POST /members/me/addresses", {
      body: {
        label: label,
        recipient: "Ann",
        country: "DE",
        postal_code: "10115",
        city: "Berlin",
        street: "Main 1",
      },
    });
  }
  await Assert.rejected("ten are enough", 409, alice.call("POST /members/me/addresses", {
    body: {
      label: "k",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  }));
  const kept = await bob.call("POST /members/me/addresses", {
    body: {
      label: "k",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  });
  await Assert.rejected("a wrong password", 403, alice.call("POST /members/me/withdrawal", {
    body: { password: "wrong", reason: "prices" },
  }));
  const before = await alice.call("GET /members/me/addresses");
  Assert.equal("nothing happened", before.data.length, 10);
  const left = await alice.call("POST /members/me/withdrawal", {
    body: { password: "correct horse battery", reason: "service", comment: "Too slow." },
  });
  Assert.equal("the withdrawal", left, {
    reason: "service",
    comment: "Too slow.",
    created_at: left.created_at,
  });
  Assert.that("it happened now", left.created_at > aliceJoined.member.created_at);
  await Assert.rejected("once at most", 409, alice.call("POST /members/me/withdrawal", {
    body: { password: "correct horse battery", reason: "prices" },
  }));
  await Assert.rejected("a wrong password comes first", 403, alice.call(
    "POST /members/me/withdrawal",
    { body: { password: "wrong", reason: "prices" } },
  ));
  const after = await alice.call("GET /members/me/addresses");
  Assert.equal("the addresses are gone", after.data, []);
  await Assert.rejected("none is added", 409, alice.call("POST /members/me/addresses", {
    body: {
      label: "k",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  }));
  await Assert.rejected("no logging in", 403, stranger.call("POST /auth/members/login", {
    body: { email: aliceJoined.member.email, password: "correct horse battery" },
  }));
  await Assert.rejected("a wrong password tells nothing", 401, stranger.call(
    "POST /auth/members/login",
    { body: { email: aliceJoined.member.email, password: "wrong" } },
  ));
  await Assert.rejected("the address stays taken", 409, stranger.call("POST /auth/members/join", {
    body: { email: aliceJoined.member.email, nickname: "fresh", password: "correct horse battery" },
  }));
  await Assert.rejected("so does the nickname", 409, stranger.call("POST /auth/members/join", {
    body: { email: "fresh@example.com", nickname: aliceName, password: "correct horse battery" },
  }));
  const me = await alice.call("GET /members/me");
  Assert.equal("the account is still there", me, aliceJoined.member);
  const others = await bob.call("GET /members/me/addresses");
  Assert.equal("others keep theirs", others.data, [kept]);
  const more = await bob.call("POST /members/me/addresses", {
    body: {
      label: "l",
      recipient: "Ann",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Main 1",
    },
  });
  Assert.equal("others add more", more.label, "l");
  const again = await stranger.call("POST /auth/members/login", {
    body: { email: bobJoined.member.email, password: "correct horse battery" },
  });
  Assert.equal("others log in", again.member, bobJoined.member);
  const silent = await bob.call("POST /members/me/withdrawal", {
    body: { password: "correct horse battery", reason: "other" },
  });
  Assert.equal("without a comment it is null", silent, {
    reason: "other",
    comment: null,
    created_at: silent.created_at,
  });
  await Assert.rejected("strangers do not leave", 401, stranger.call(
    "POST /members/me/withdrawal",
    { body: { password: "correct horse battery", reason: "other" } },
  ));
}
