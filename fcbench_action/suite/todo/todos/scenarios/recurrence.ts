export const scenario = "A member sets the rule by which an item recurs, skips a day and takes the rule off.";

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
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "viewer" },
  });
  const water = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Water" },
  });
  const other = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Other" },
  });
  await Assert.rejected("strangers find nothing", 404, bob.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: water.id },
    body: { rule: { frequency: "daily", interval: 1, end: null, working_days_only: false } },
  }));
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  await Assert.rejected("there is no rule to skip", 404, alice.call(
    "POST /items/{itemId}/recurrence/skips",
    { path: { itemId: water.id }, body: { date: "2026-03-01" } },
  ));
  await Assert.rejected("nor one to take off", 404, alice.call(
    "DELETE /items/{itemId}/recurrence",
    { path: { itemId: water.id } },
  ));
  await Assert.rejected("viewers set none", 403, bob.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: water.id },
    body: { rule: { frequency: "daily", interval: 1, end: null, working_days_only: false } },
  }));
  const daily = await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: water.id },
    body: {
      rule: {
        frequency: "daily",
        interval: 3,
        end: { kind: "after", times: 2 },
        working_days_only: true,
      },
    },
  });
  Assert.equal("a daily rule", daily.recurrence, {
    frequency: "daily",
    interval: 3,
    end: { kind: "after", times: 2 },
    working_days_only: true,
  });
  Assert.that("that is a change", daily.updated_at > water.updated_at);
  const skipped = await alice.call("POST /items/{itemId}/recurrence/skips", {
    path: { itemId: water.id },
    body: { date: "2026-02-27", reason: "Rain" },
  });
  Assert.equal("three days later", skipped, {
    rule: {
      frequency: "daily",
      interval: 3,
      end: { kind: "after", times: 2 },
      working_days_only: true,
    },
    skipped: "2026-02-27",
    next: "2026-03-02",
  });
  await Assert.rejected("viewers skip nothing", 403, bob.call(
    "POST /items/{itemId}/recurrence/skips",
    { path: { itemId: water.id }, body: { date: "2026-03-02" } },
  ));
  const over = await alice.call("POST /items/{itemId}/recurrence/skips", {
    path: { itemId: water.id },
    body: { date: "2026-03-02", reason: null },
  });
  Assert.equal("twice is all", over.next, null);
  const weekly = await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: water.id },
    body: {
      rule: {
        frequency: "weekly",
        interval: 2,
        end: { kind: "on", date: "2026-03-15" },
        weekdays: [0, 3, 6],
      },
    },
  });
  Assert.equal("a weekly rule", weekly.recurrence, {
    frequency: "weekly",
    interval: 2,
    end: { kind: "on", date: "2026-03-15" },
    weekdays: [0, 3, 6],
  });
  const onLast = await alice.call("POST /items/{itemId}/recurrence/skips", {
    path: { itemId: water.id },
    body: { date: "2026-03-01" },
  });
  Assert.equal("two weeks later, on the last day", onLast.next, "2026-03-15");
  const beyond = await alice.call("POST /items/{itemId}/recurrence/skips", {
    path: { itemId: water.id },
    body: { date: "2026-03-02" },
  });
  Assert.equal("after the last day there is none", beyond.next, null);
  const monthly = await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: water.id },
    body: { rule: { frequency: "monthly", interval: 1, end: null, on: { kind: "day", day: 31 } } },
  });
  Assert.equal("a monthly rule on a day", monthly.recurrence, {
    frequency: "monthly",
    interval: 1,
    end: null,
    on: { kind: "day", day: 31 },
  });
  const unknown = await alice.call("POST /items/{itemId}/recurrence/skips", {
    path: { itemId: water.id },
    body: { date: "2026-01-31" },
  });
  Assert.equal("months have no fixed length", unknown, {
    rule: { frequency: "monthly", interval: 1, end: null, on: { kind: "day", day: 31 } },
    skipped: "2026-01-31",
    next: null,
  });
  const last = await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: water.id },
    body: {
      rule: {
        frequency: "monthly",
        interval: 4,
        end: null,
        on: { kind: "weekday", weekday: 5, week: -1 },
      },
    },
  });
  Assert.equal("a monthly rule on a weekday", last.recurrence, {
    frequency: "monthly",
    interval: 4,
    end: null,
    on: { kind: "weekday", weekday: 5, week: -1 },
  });
  const second = await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: other.id },
    body: {
      rule: {
        frequency: "monthly",
        interval: 1,
        end: null,
        on: { kind: "weekday", weekday: 0, week: 2 },
      },
    },
  });
  Assert.equal("another item has its own", second.recurrence, {
    frequency: "monthly",
    interval: 1,
    end: null,
    on: { kind: "weekday", weekday: 0, week: 2 },
  });
  await Assert.rejected("viewers take none off", 403, bob.call(
    "DELETE /items/{itemId}/recurrence",
    { path: { itemId: water.id } },
  ));
  const plain = await alice.call("DELETE /items/{itemId}/recurrence", {
    path: { itemId: water.id },
  });
  Assert.equal("without a rule it is null", plain.recurrence, null);
  Assert.that("that is a change as well", plain.updated_at > last.updated_at);
  const still = await alice.call("GET /items/{itemId}", { path: { itemId: other.id } });
  Assert.equal("the other keeps its rule", still, second);
}
