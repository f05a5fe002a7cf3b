export const scenario = "Members have reminders on items, and attach files.";

export async function test(api: Api): Promise<void> {
  const alice = api.session("member");
  const bob = api.session("member");
  const carol = api.session("member");
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
  const home = await alice.call("POST /lists", { body: { name: "Home" } });
  const share = await alice.call("POST /lists/{listId}/shares", {
    path: { listId: home.id },
    body: { handle: bobName, role: "viewer" },
  });
  await bob.call("PUT /lists/{listId}/shares/{shareId}/acceptance", {
    path: { listId: home.id, shareId: share.id },
  });
  const paint = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Paint" },
  });
  const other = await alice.call("POST /lists/{listId}/items", {
    path: { listId: home.id },
    body: { title: "Other" },
  });
  const mail = await bob.call("POST /items/{itemId}/reminders", {
    path: { itemId: paint.id },
    body: {
      channel: "email",
      remind_at: "2026-03-01T08:00:00.000Z",
      subject: "A \"quoted\" \\ subject",
      email: "bob@example.com",
    },
  });
  Assert.equal("by mail", mail, {
    id: mail.id,
    channel: "email",
    remind_at: "2026-03-01T08:00:00.000Z",
    subject: "A \"quoted\" \\ subject",
    email: "bob@example.com",
    sent_at: null,
  });
  const device = Random.format("uuid");
  await Assert.rejected("one for a moment, whatever the channel", 409, bob.call(
    "POST /items/{itemId}/reminders",
    {
      path: { itemId: paint.id },
      body: {
        channel: "push",
        remind_at: "2026-03-01T08:00:00.000Z",
        sound: "bell",
        devices: [device],
      },
    },
  ));
  const push = await bob.call("POST /items/{itemId}/reminders", {
    path: { itemId: paint.id },
    body: {
      channel: "push",
      remind_at: "2026-03-01T09:00:00.000Z",
      sound: "bell",
      devices: [device],
    },
  });
  Assert.equal("by push", push, {
    id: push.id,
    channel: "push",
    remind_at: "2026-03-01T09:00:00.000Z",
    sound: "bell",
    devices: [device],
    sent_at: null,
  });
  const hers = await alice.call("POST /items/{itemId}/reminders", {
    path: { itemId: paint.id },
    body: {
      channel: "email",
      remind_at: "2026-03-01T08:00:00.000Z",
      subject: null,
      email: "alice@example.com",
    },
  });
  Assert.that(
    "others may have one for that moment",
    hers.channel === "email" && hers.subject === null,
  );
  await bob.call("POST /items/{itemId}/reminders", {
    path: { itemId: other.id },
    body: {
      channel: "email",
      remind_at: "2026-03-01T08:00:00.000Z",
      subject: null,
      email: "bob@example.com",
    },
  });
  await Assert.rejected("strangers have none", 404, carol.call("POST /items/{itemId}/reminders", {
    path: { itemId: paint.id },
    body: {
      channel: "push",
      remind_at: "2026-03-01T09:00:00.000Z",
      sound: "none",
      devices: [device],
    },
  }));
  await Assert.rejected("reminders of others are not found", 404, alice.call(
    "DELETE /items/{itemId}/reminders/{reminderId}",
    { path: { itemId: paint.id, reminderId: mail.id } },
  ));
  await Assert.rejected("nor on another item", 404, bob.call(
    "DELETE /items/{itemId}/reminders/{reminderId}",
    { path: { itemId: other.id, reminderId: mail.id } },
  ));
  await bob.call("DELETE /items/{itemId}/reminders/{reminderId}", {
    path: { itemId: paint.id, reminderId: mail.id },
  });
  await Assert.rejected("it is gone", 404, bob.call(
    "DELETE /items/{itemId}/reminders/{reminderId}",
    { path: { itemId: paint.id, reminderId: mail.id } },
  ));
  const again = await bob.call("POST /items/{itemId}/reminders", {
    path: { itemId: paint.id },
    body: {
      channel: "email",
      remind_at: "2026-03-01T08:00:00.000Z",
      subject: null,
      email: "bob@example.com",
    },
  });
  Assert.notEqual("the moment is free again", again.id, mail.id);
  await Assert.rejected("the other was not removed", 409, bob.call(
    "POST /items/{itemId}/reminders",
    {
      path: { itemId: paint.id },
      body: {
        channel: "push",
        remind_at: "2026-03-01T09:00:00.000Z",
        sound: "none",
        devices: [device],
      },
    },
  ));
  const plan = await alice.call("POST /items/{itemId}/files", {
    path: { itemId: paint.id },
    body: { name: "plan.pdf", location: "https://files.example.com/1", bytes: 2048 },
  });
  Assert.equal("the file", plan, {
    id: plan.id,
    name: "plan.pdf",
    location: "https://files.example.com/1",
    bytes: 2048,
    arrived: 0.0,
    uploader: {
      id: aliceJoined.member.id,
      handle: aliceName,
      display_name: aliceJoined.member.display_name,
      avatar: null,
    },
    created_at: plan.created_at,
  });
  await Assert.rejected("the name is taken", 409, alice.call("POST /items/{itemId}/files", {
    path: { itemId: paint.id },
    body: { name: "plan.pdf", location: "https://files.example.com/2", bytes: 1 },
  }));
  const copy = await alice.call("POST /items/{itemId}/files", {
    path: { itemId: other.id },
    body: { name: "plan.pdf", location: "https://files.example.com/1", bytes: 2048 },
  });
  Assert.equal("another item may have it", copy.name, "plan.pdf");
  const picture = await alice.call("POST /items/{itemId}/files", {
    path: { itemId: paint.id },
    body: { name: "picture.png", location: "https://files.example.com/3", bytes: 1 },
  });
  await Assert.rejected("viewers attach nothing", 403, bob.call("POST /items/{itemId}/files", {
    path: { itemId: paint.id },
    body: { name: "mine.txt", location: "https://files.example.com/4", bytes: 1 },
  }));
  await Assert.rejected("strangers find nothing", 404, carol.call("POST /items/{itemId}/files", {
    path: { itemId: paint.id },
    body: { name: "mine.txt", location: "https://files.example.com/4", bytes: 1 },
  }));
  await Assert.rejected("viewers remove nothing", 403, bob.call(
    "DELETE /items/{itemId}/files/{fileId}",
    { path: { itemId: paint.id, fileId: plan.id } },
  ));
  await Assert.rejected("not of that item", 404, alice.call(
    "DELETE /items/{itemId}/files/{fileId}",
    { path: { itemId: other.id, fileId: plan.id } },
  ));
  await alice.call("DELETE /items/{itemId}/files/{fileId}", {
    path: { itemId: paint.id, fileId: plan.id },
  });
  await Assert.rejected("it was removed", 404, alice.call("DELETE /items/{itemId}/files/{fileId}", {
    path: { itemId: paint.id, fileId: plan.id },
  }));
  await alice.call("DELETE /items/{itemId}/files/{fileId}", {
    path: { itemId: paint.id, fileId: picture.id },
  });
  const renewed = await alice.call("POST /items/{itemId}/files", {
    path: { itemId: paint.id },
    body: { name: "plan.pdf", location: "https://files.example.com/5", bytes: 3 },
  });
  Assert.equal("the name is free again", renewed.bytes, 3);
}
