export const scenario = "A member changes settings one by one, and turns the digest on and off.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      handle: aliceName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
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
  const digest = await alice.call("PUT /members/me/settings", { body: { digest_time: "07:30" } });
  Assert.equal("only the digest changes", digest, {
    time_zone: "UTC",
    week_starts_on: 1,
    reminder_mails: true,
    digest_time: "07:30",
  });
  const sunday = await alice.call("PUT /members/me/settings", {
    body: { week_starts_on: 0, reminder_mails: false },
  });
  Assert.equal("the digest stays", sunday, {
    time_zone: "UTC",
    week_starts_on: 0,
    reminder_mails: false,
    digest_time: "07:30",
  });
  const zone = await alice.call("PUT /members/me/settings", { body: { time_zone: "Asia/Tokyo" } });
  Assert.equal("the rest stays", zone, {
    time_zone: "Asia/Tokyo",
    week_starts_on: 0,
    reminder_mails: false,
    digest_time: "07:30",
  });
  const off = await alice.call("PUT /members/me/settings", { body: { digest_time: null } });
  Assert.equal("null turns the digest off", off.digest_time, null);
  await Assert.rejected("there is no day 7", 422, alice.call("PUT /members/me/settings", {
    body: { week_starts_on: 7 },
  }));
  const me = await alice.call("GET /members/me");
  Assert.equal("the account has the settings", me.settings, off);
  const other = await bob.call("GET /members/me");
  Assert.equal("settings of others stay", other.settings, bobJoined.member.settings);
}
