export const scenario = "Members join with an address and a handle of their own, and change what others see of them.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const stranger = api.session(null);
  const joined = await alice.call("POST /auth/members/join", {
    body: {
      email: "Alice.Miller@example.com",
      handle: "alice_1",
      display_name: "Alice",
      password: "correct horse battery",
      avatar: "https://example.com/alice.png",
      time_zone: "Europe/Berlin",
    },
  });
  Assert.equal(
    "the address is kept in lower case",
    joined.member.email,
    "alice.miller@example.com",
  );
  Assert.equal("the given time zone is kept", joined.member.settings.time_zone, "Europe/Berlin");
  alice.authenticate(joined.token.access);
  await Assert.rejected("the address is taken in any case", 409, bob.call(
    "POST /auth/members/join",
    {
      body: {
        email: "ALICE.miller@example.com",
        handle: "bobby",
        display_name: "Bob",
        password: "correct horse battery",
      },
    },
  ));
  await Assert.rejected("the handle is taken", 409, bob.call("POST /auth/members/join", {
    body: {
      email: "bob@example.com",
      handle: "alice_1",
      display_name: "Bob",
      password: "correct horse battery",
    },
  }));
  await Assert.rejected("a short password is no password", 422, bob.call(
    "POST /auth/members/join",
    { body: { email: "bob@example.com", handle: "bobby", display_name: "Bob", password: "short" } },
  ));
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: {
      email: `${bobName}@example.com`,
      handle: bobName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  bob.authenticate(bobJoined.token.access);
  Assert.equal("without a picture the avatar is null", bobJoined.member.avatar, null);
  Assert.equal("a new address is not verified", bobJoined.member.email_verified_at, null);
  Assert.equal("settings begin as stated", bobJoined.member.settings, {
    time_zone: "UTC",
    week_starts_on: 1,
    reminder_mails: true,
    digest_time: null,
  });
  const loggedIn = await stranger.call("POST /auth/members/login", {
    body: { email: "alice.miller@example.com", password: "correct horse battery" },
  });
  Assert.equal("the password is that of joining", loggedIn.member.id, joined.member.id);
  const me = await alice.call("GET /members/me");
  Assert.equal("a member sees the own account", me, joined.member);
  const seen = await stranger.call("GET /members/{handle}", { path: { handle: "alice_1" } });
  Assert.equal("a stranger sees four things", seen, {
    id: me.id,
    handle: "alice_1",
    display_name: "Alice",
    avatar: "https://example.com/alice.png",
  });
  await Assert.rejected("nobody has this handle", 404, stranger.call("GET /members/{handle}", {
    path: { handle: "nobody_here" },
  }));
  const renamed = await alice.call("PUT /members/me", { body: { display_name: "Alice M." } });
  Assert.equal("the name changes", renamed.display_name, "Alice M.");
  Assert.equal("the handle stays", renamed.handle, "alice_1");
  Assert.equal("the picture stays", renamed.avatar, "https://example.com/alice.png");
  Assert.equal("what does not change stays", renamed.created_at, me.created_at);
  const bare = await alice.call("PUT /members/me", { body: { avatar: null, handle: "alice_2" } });
  Assert.equal("null removes the picture", bare.avatar, null);
  Assert.equal("the handle changes", bare.handle, "alice_2");
  Assert.equal("the name stays", bare.display_name, "Alice M.");
  const same = await alice.call("PUT /members/me", { body: { handle: "alice_2" } });
  Assert.equal("the own handle is not taken", same.handle, "alice_2");
  const pictured = await alice.call("PUT /members/me", {
    body: { avatar: "https://example.com/new.png" },
  });
  Assert.equal("a new picture is kept", pictured.avatar, "https://example.com/new.png");
  await Assert.rejected("another member has the handle", 409, alice.call("PUT /members/me", {
    body: { handle: bobName },
  }));
  const bobNow = await bob.call("GET /members/me");
  Assert.equal("others are not changed", bobNow, bobJoined.member);
  await Assert.rejected("the former handle is free", 404, stranger.call("GET /members/{handle}", {
    path: { handle: "alice_1" },
  }));
  await Assert.rejected("strangers have no account", 401, stranger.call("GET /members/me"));
  await Assert.rejected("strangers change nothing", 401, stranger.call("PUT /members/me", {
    body: {},
  }));
}
