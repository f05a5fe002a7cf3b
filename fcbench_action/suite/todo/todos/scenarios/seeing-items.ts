export const scenario = "Whatever changes an item answers with all of it.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const carol = api.session("member");
  const carolName = Random.string(8, 12);
  const carolJoined = await carol.call("POST /auth/members/join", {
    body: {
      email: `${carolName}@example.com`,
      handle: carolName,
      display_name: Random.keyword("name"),
      password: "correct horse battery",
    },
  });
  carol.authenticate(carolJoined.token.access);
  const foreign = await carol.call("POST /lists", { body: { name: "Foreign" } });
  await carol.call("POST /lists/{listId}/items", {
    path: { listId: foreign.id },
    body: { title: "Foreign" },
  });
  await carol.call("POST /labels", { body: { name: "foreign", color: "#999999" } });
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
  await alice.call("PUT /members/me", { body: { avatar: "https://example.com/alice.png" } });
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
  await bob.call("PUT /members/me", { body: { avatar: "https://example.com/bob.png" } });
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  const red = await alice.call("POST /labels", { body: { name: "red", color: "#ff0000" } });
  const blue = await alice.call("POST /labels", { body: { name: "blue", color: "#0000ff" } });
  const amber = await alice.call("POST /labels", { body: { name: "amber", color: "#ffbf00" } });
  const violet = await alice.call("POST /labels", { body: { name: "violet", color: "#8800ff" } });
  const green = await alice.call("POST /labels", { body: { name: "green", color: "#00ff00" } });
  const plain = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Plain" },
  });
  const first = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "First", priority: 1, due: { kind: "day", date: "2026-07-01" } },
  });
  const second = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Second",
      due: { kind: "moment", at: "2026-07-02T12:00:00.000Z", grace_minutes: 7 },
    },
  });
  const item = await bob.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: {
      title: "Rich",
      note: "Note",
      due: { kind: "moment", at: "2026-07-03T12:00:00.000Z", grace_minutes: 3 },
      estimate: 5,
      assignee_id: aliceJoined.member.id,
      priority: 2,
      parts: [
        {
          title: "One",
          note: "Part",
          due: { kind: "moment", at: "2026-07-04T12:00:00.000Z", grace_minutes: 4 },
          estimate: 6,
          priority: 3,
          assignee_id: bobJoined.member.id,
        },
        { title: "Two", due: { kind: "day", date: "2026-07-05" } },
        { title: "Gone" },
      ],
    },
  });
  const one = List.at(item.parts, 0)?.id ?? "";
  const two = List.at(item.parts, 1)?.id ?? "";
  await alice.call("POST /trash", { body: { item_id: List.at(item.parts, 2)?.id ?? "" } });
  for (const labelled of [item.id, one]) {
    for (const label of [red, blue, violet, amber, green]) {
      await alice.call("PUT /items/{itemId}/labels/{labelId}", {
        path: { itemId: labelled, labelId: label.id },
      });
    }
    await alice.call("POST /items/{itemId}/blockers", {
      path: { itemId: labelled },
      body: { blocking_id: second.id },
    });
    await alice.call("POST /items/{itemId}/blockers", {
      path: { itemId: labelled },
      body: { blocking_id: first.id },
    });
  }
  const blocked = await alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: item.id },
    body: { blocking_id: plain.id },
  });
  await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: one },
    body: {
      rule: {
        frequency: "weekly",
        interval: 1,
        end: { kind: "after", times: 9 },
        weekdays: [1, 2, 4, 5],
      },
    },
  });
  await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: two },
    body: {
      rule: {
        frequency: "daily",
        interval: 1,
        end: { kind: "on", date: "2027-01-01" },
        working_days_only: true,
      },
    },
  });
  const ruled = await bob.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: item.id },
    body: {
      rule: {
        frequency: "monthly",
        interval: 2,
        end: null,
        on: { kind: "weekday", weekday: 6, week: 3 },
      },
    },
  });
  const read = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("setting a rule answers with the item", ruled, read);
  const alices = {
    id: aliceJoined.member.id,
    handle: aliceName,
    display_name: aliceJoined.member.display_name,
    avatar: "https://example.com/alice.png",
  };
  Assert.equal("the assignee", read.assignee, { ...alices, id: aliceJoined.member.id });
  Assert.equal("the creator", read.creator, {
    id: bobJoined.member.id,
    handle: bobName,
    display_name: bobJoined.member.display_name,
    avatar: "https://example.com/bob.png",
  });
  Assert.equal("labels by name", read.labels, [amber, blue, green, red, violet]);
  Assert.equal("blocking items by rank", read.blockers, [
    { id: plain.id, title: "Plain", priority: 0, due: null, completed: false },
    {
      id: first.id,
      title: "First",
      priority: 1,
      due: { kind: "day", date: "2026-07-01" },
      completed: false,
    },
    {
      id: second.id,
      title: "Second",
      priority: 0,
      due: { kind: "moment", at: "2026-07-02T12:00:00.000Z", grace_minutes: 7 },
      completed: false,
    },
  ]);
  Assert.equal("the rule", read.recurrence, {
    frequency: "monthly",
    interval: 2,
    end: null,
    on: { kind: "weekday", weekday: 6, week: 3 },
  });
  Assert.equal("parts in order, without the trash", read.parts.map((part) => part.title), [
    "One",
    "Two",
  ]);
  const partOne = await alice.call("GET /items/{itemId}", { path: { itemId: one } });
  const partTwo = await alice.call("GET /items/{itemId}", { path: { itemId: two } });
  Assert.equal("parts just as they are read", read.parts, [partOne, partTwo]);
  Assert.equal(
    "all of the first part",
    [
      partOne.list_id,
      partOne.title,
      partOne.note ?? "",
      `${partOne.estimate ?? 0}`,
      `${partOne.priority}`,
      partOne.assignee?.handle ?? "",
      partOne.creator?.handle ?? "",
      partOne.created_at,
    ],
    [home.id, "One", "Part", "6", "3", bobName, bobName, item.created_at],
  );
  Assert.equal("its due", partOne.due, {
    kind: "moment",
    at: "2026-07-04T12:00:00.000Z",
    grace_minutes: 4,
  });
  Assert.equal("its labels", partOne.labels, [amber, blue, green, red, violet]);
  Assert.equal("its blocking items", partOne.blockers.map((blocker) => blocker.id), [
    first.id,
    second.id,
  ]);
  Assert.equal("its rule", partOne.recurrence, {
    frequency: "weekly",
    interval: 1,
    end: { kind: "after", times: 9 },
    weekdays: [1, 2, 4, 5],
  });
  Assert.equal("the rule of the second part", partTwo.recurrence, {
    frequency: "daily",
    interval: 1,
    end: { kind: "on", date: "2027-01-01" },
    working_days_only: true,
  });
  Assert.equal("its due on a day", partTwo.due, { kind: "day", date: "2026-07-05" });
  Assert.equal(
    "blocking answers with the item",
    { ...blocked, parts: read.parts, recurrence: read.recurrence, updated_at: read.updated_at },
    read,
  );
  Assert.equal(
    "with its parts",
    blocked.parts.map((part) => [
      part.title,
      Text.join(part.labels.map((label) => label.name), " "),
    ]),
    [["One", "amber blue green red violet"], ["Two", ""]],
  );
  const changed = await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Richer" },
  });
  const afterChange = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("changing answers with the item", changed, afterChange);
  Assert.equal("nothing else changes", changed, {
    ...read,
    title: "Richer",
    updated_at: changed.updated_at,
  });
  for (const blocking of [plain.id, first.id, second.id]) {
    await bob.call("PUT /items/{itemId}/completion", { path: { itemId: blocking }, body: {} });
  }
  await alice.call("PUT /items/{itemId}/completion", { path: { itemId: one }, body: {} });
  const completed = await bob.call("PUT /items/{itemId}/completion", {
    path: { itemId: item.id },
    body: {},
  });
  const afterCompletion = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("completing answers with the item", completed, afterCompletion);
  Assert.equal(
    "who completed it",
    completed.completer?.avatar ?? null,
    "https://example.com/bob.png",
  );
  Assert.equal(
    "who completed its part",
    completed.parts.map((part) => part.completer?.handle ?? ""),
    [aliceName, ""],
  );
  Assert.equal(
    "blocking items are completed",
    completed.blockers.map((blocker) => blocker.completed),
    [true, true, true],
  );
  const poorer = await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { note: null },
  });
  const afterPoorer = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("changing a completed one answers with the item", poorer, afterPoorer);
  const shortened = await alice.call("PUT /items/{itemId}/recurrence", {
    path: { itemId: item.id },
    body: {
      rule: {
        frequency: "weekly",
        interval: 2,
        end: { kind: "after", times: 4 },
        weekdays: [0, 3, 6],
      },
    },
  });
  const afterShortened = await alice.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("setting another rule answers with the item", shortened, afterShortened);
  const weekly = await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { note: "Weekly", assignee_id: null },
  });
  Assert.equal("changing shows the rule", weekly.recurrence, {
    frequency: "weekly",
    interval: 2,
    end: { kind: "after", times: 4 },
    weekdays: [0, 3, 6],
  });
  await bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { assignee_id: bobJoined.member.id },
  });
  const own = await alice.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { assignee_id: aliceJoined.member.id },
  });
  Assert.equal("an owner sees the own list", own.assignee?.handle ?? "", aliceName);
  const moved = await alice.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: home.id, after_id: plain.id },
  });
  const afterMove = await bob.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("moving answers with the item", moved, afterMove);
  const opened = await alice.call("DELETE /items/{itemId}/completion", {
    path: { itemId: item.id },
  });
  const afterOpening = await bob.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("opening answers with the item", opened, afterOpening);
  const other = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Other" },
  });
  const more = await alice.call("POST /items/{itemId}/blockers", {
    path: { itemId: item.id },
    body: { blocking_id: other.id },
  });
  const afterBlock = await bob.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("blocking answers with the item, again", more, afterBlock);
  const unruled = await alice.call("DELETE /items/{itemId}/recurrence", {
    path: { itemId: item.id },
  });
  const afterRule = await bob.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("taking off a rule answers with the item", unruled, afterRule);
  Assert.equal("which has none", unruled.recurrence, null);
  await alice.call("PUT /lists/{listId}/shares/{shareId}", {
    path: { listId: home.id, shareId: share.id },
    body: { role: "viewer" },
  });
  const viewed = await bob.call("GET /items/{itemId}", { path: { itemId: item.id } });
  Assert.equal("viewers read it", viewed, unruled);
  await Assert.rejected("but move nothing", 403, bob.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: home.id, after_id: null },
  }));
  await alice.call("DELETE /lists/{listId}/shares/{shareId}", {
    path: { listId: home.id, shareId: share.id },
  });
  const again = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "editor" },
  });
  await Assert.rejected("not read before it is accepted", 404, bob.call("GET /items/{itemId}", {
    path: { itemId: item.id },
  }));
  await Assert.rejected("nor changed", 404, bob.call("PUT /items/{itemId}", {
    path: { itemId: item.id },
    body: { title: "Mine" },
  }));
  await Assert.rejected("nor opened", 404, bob.call("DELETE /items/{itemId}/completion", {
    path: { itemId: first.id },
  }));
  await Assert.rejected("nor completed", 404, bob.call("PUT /items/{itemId}/completion", {
    path: { itemId: item.id },
    body: {},
  }));
  await Assert.rejected("nor moved", 404, bob.call("PUT /items/{itemId}/position", {
    path: { itemId: item.id },
    body: { list_id: home.id, after_id: null },
  }));
  await Assert.rejected("nor blocked", 404, bob.call("POST /items/{itemId}/blockers", {
    path: { itemId: item.id },
    body: { blocking_id: again.id },
  }));
  await Assert.rejected("nor ruled", 404, bob.call("DELETE /items/{itemId}/recurrence", {
    path: { itemId: one },
  }));
  Assert.equal("the invitation is open", again.accepted_at, null);
}
