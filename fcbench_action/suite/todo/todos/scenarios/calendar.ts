export const scenario = "A member reads months of the calendar.";

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
  const morning = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Morning",
      due: { kind: "moment", at: "2028-02-29T06:00:00.000Z", grace_minutes: 5 },
      estimate: 30,
    },
  });
  const dayLong = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Day", due: { kind: "day", date: "2028-02-29" }, estimate: 60 },
  });
  const free = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Free", due: { kind: "day", date: "2028-02-01" } },
  });
  const gone = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Gone", due: { kind: "day", date: "2028-02-29" }, estimate: 600 },
  });
  await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "March", due: { kind: "day", date: "2028-03-01" } },
  });
  const never = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Never" },
  });
  await alice.call("POST /trash", { body: { item_id: gone.id } });
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: free.id }, body: {} });
  const leap = await alice.call("GET /calendar/{year}/{month}", { path: { year: 2028, month: 2 } });
  Assert.equal("the month", [leap.year, leap.month, leap.days.length], [2028, 2, 29]);
  Assert.equal("its first day", List.at(leap.days, 0), {
    date: "2028-02-01",
    items: [
      {
        id: free.id,
        title: "Free",
        priority: 0,
        due: { kind: "day", date: "2028-02-01" },
        completed: true,
      },
    ],
    minutes: 0,
  });
  Assert.equal("its last day", List.at(leap.days, 28), {
    date: "2028-02-29",
    items: [
      {
        id: morning.id,
        title: "Morning",
        priority: 0,
        due: { kind: "moment", at: "2028-02-29T06:00:00.000Z", grace_minutes: 5 },
        completed: false,
      },
      {
        id: dayLong.id,
        title: "Day",
        priority: 0,
        due: { kind: "day", date: "2028-02-29" },
        completed: false,
      },
    ],
    minutes: 90,
  });
  Assert.equal("three items", List.sum(leap.days, (day) => day.items.length), 3);
  Assert.equal("a day of two digits", List.at(leap.days, 9)?.date ?? "", "2028-02-10");
  const plain = await alice.call("GET /calendar/{year}/{month}", {
    path: { year: 2026, month: 2 },
  });
  Assert.equal("28 days", plain.days.length, 28);
  const century = await alice.call("GET /calendar/{year}/{month}", {
    path: { year: 2100, month: 2 },
  });
  Assert.equal("no leap year", century.days.length, 28);
  const fourth = await alice.call("GET /calendar/{year}/{month}", {
    path: { year: 2000, month: 2 },
  });
  Assert.equal("a leap year", fourth.days.length, 29);
  const april = await alice.call("GET /calendar/{year}/{month}", {
    path: { year: 2026, month: 4 },
  });
  Assert.equal("30 days", april.days.length, 30);
  const december = await alice.call("GET /calendar/{year}/{month}", {
    path: { year: 2026, month: 12 },
  });
  Assert.equal("the last day of a year", List.at(december.days, 30), {
    date: "2026-12-31",
    items: [],
    minutes: 0,
  });
  await Assert.rejected("there is no month 13", 400, alice.call("GET /calendar/{year}/{month}", {
    path: { year: 2026, month: 13 },
  }));
  Assert.equal("what is not due is not there", never.due, null);
  const other = await bob.call("GET /calendar/{year}/{month}", { path: { year: 2028, month: 2 } });
  Assert.equal(
    "others have a month of their own",
    List.sum(other.days, (day) => day.items.length),
    0,
  );
}
