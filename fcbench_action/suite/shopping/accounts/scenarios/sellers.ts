export const scenario = "Admins approve sellers, suspend them and take them back.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const admin = api.session("admin");
  const alice = api.session("member");
  const bob = api.session("seller");
  const carol = api.session("seller");
  const dan = api.session("seller");
  const adminName = Random.string(8, 12);
  const adminJoined = await admin.call("POST /auth/admins/join", {
    body: {
      email: `${adminName}@shopping.example`,
      name: adminName,
      password: "correct horse battery",
    },
  });
  admin.authenticate(adminJoined.token.access);
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
  const bobJoined = await bob.call("POST /auth/sellers/join", {
    body: {
      email: `${bobName}@example.com`,
      shop_name: bobName,
      company_number: `${Random.integer(1000000000, 9999999999)}`,
      password: "correct horse battery",
    },
  });
  bob.authenticate(bobJoined.token.access);
  const carolName = Random.string(8, 12);
  const carolJoined = await carol.call("POST /auth/sellers/join", {
    body: {
      email: `${carolName}@example.com`,
      shop_name: carolName,
      company_number: `${Random.integer(1000000000, 9999999999)}`,
      password: "correct horse battery",
    },
  });
  carol.authenticate(carolJoined.token.access);
  const bobId = bobJoined.seller.id;
  await Assert.rejected("a pending seller is not found", 404, stranger.call(
    "GET /sellers/{sellerId}",
    { path: { sellerId: bobId } },
  ));
  await Assert.rejected("no such seller", 404, stranger.call("GET /sellers/{sellerId}", {
    path: { sellerId: aliceJoined.member.id },
  }));
  await Assert.rejected("nobody to decide about", 404, admin.call(
    "PUT /sellers/{sellerId}/standing",
    { path: { sellerId: aliceJoined.member.id }, body: { decision: { kind: "approve" } } },
  ));
  await Assert.rejected("sellers do not approve themselves", 403, bob.call(
    "PUT /sellers/{sellerId}/standing",
    { path: { sellerId: bobId }, body: { decision: { kind: "approve" } } },
  ));
  await Assert.rejected("a pending seller is not suspended", 409, admin.call(
    "PUT /sellers/{sellerId}/standing",
    { path: { sellerId: bobId }, body: { decision: { kind: "suspend", reason: "late" } } },
  ));
  await Assert.rejected("a pending seller is not reinstated", 409, admin.call(
    "PUT /sellers/{sellerId}/standing",
    { path: { sellerId: bobId }, body: { decision: { kind: "reinstate" } } },
  ));
  const approved = await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobId },
    body: { decision: { kind: "approve" } },
  });
  Assert.equal("approved", approved, {
    id: bobId,
    email: bobJoined.seller.email,
    shop_name: bobName,
    company_number: bobJoined.seller.company_number,
    standing: "approved",
    approved_at: approved.updated_at,
    created_at: bobJoined.seller.created_at,
    updated_at: approved.updated_at,
  });
  Assert.that("it was changed later", approved.updated_at > bobJoined.seller.updated_at);
  const open = await stranger.call("GET /sellers/{sellerId}", { path: { sellerId: bobId } });
  Assert.equal("an open shop", open, { id: bobId, shop_name: bobName, open: true });
  await Assert.rejected("approved already", 409, admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobId },
    body: { decision: { kind: "approve" } },
  }));
  await Assert.rejected("not suspended", 409, admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobId },
    body: { decision: { kind: "reinstate" } },
  }));
  const suspended = await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobId },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  Assert.equal("suspended", suspended.standing, "suspended");
  Assert.equal("approved as before", suspended.approved_at, approved.approved_at);
  const closed = await stranger.call("GET /sellers/{sellerId}", { path: { sellerId: bobId } });
  Assert.equal("a closed shop", closed, { id: bobId, shop_name: bobName, open: false });
  await Assert.rejected("suspended already", 409, admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobId },
    body: { decision: { kind: "suspend", reason: "later" } },
  }));
  await Assert.rejected("not to be approved again", 409, admin.call(
    "PUT /sellers/{sellerId}/standing",
    { path: { sellerId: bobId }, body: { decision: { kind: "approve" } } },
  ));
  const back = await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobId },
    body: { decision: { kind: "reinstate" } },
  });
  Assert.equal("approved again", back.standing, "approved");
  Assert.equal("first approved as before", back.approved_at, approved.approved_at);
  Assert.that("changed later", back.updated_at > suspended.updated_at);
  const own = await bob.call("GET /sellers/me");
  Assert.equal("the seller sees the decisions", own, {
    id: bobId,
    email: back.email,
    shop_name: bobName,
    company_number: back.company_number,
    standing: "approved",
    approved_at: back.approved_at,
    created_at: back.created_at,
    updated_at: back.updated_at,
    decisions: [
      { sequence: 3, kind: "reinstate", reason: null, created_at: back.updated_at },
      { sequence: 2, kind: "suspend", reason: "late", created_at: suspended.updated_at },
      { sequence: 1, kind: "approve", reason: null, created_at: approved.updated_at },
    ],
  });
  const other = await carol.call("GET /sellers/me");
  Assert.equal("others are as they were", other, {
    id: carolJoined.seller.id,
    email: carolJoined.seller.email,
    shop_name: carolName,
    company_number: carolJoined.seller.company_number,
    standing: "pending",
    approved_at: null,
    created_at: carolJoined.seller.created_at,
    updated_at: carolJoined.seller.updated_at,
    decisions: [],
  });
  const first = await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: carolJoined.seller.id },
    body: { decision: { kind: "approve" } },
  });
  const hers = await carol.call("GET /sellers/me");
  Assert.equal("decisions are numbered per seller", hers.decisions, [
    { sequence: 1, kind: "approve", reason: null, created_at: first.updated_at },
  ]);
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: carolJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "fraud" } },
  });
  const suspendedOwn = await carol.call("GET /sellers/me");
  Assert.equal("a seller sees that it is suspended", suspendedOwn.standing, "suspended");
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/sellers/join", {
    body: {
      email: `${danName}@example.com`,
      shop_name: danName,
      company_number: `${Random.integer(1000000000, 9999999999)}`,
      password: "correct horse battery",
    },
  });
  dan.authenticate(danJoined.token.access);
  const hidden = await stranger.call("GET /sellers/{sellerId}", {
    path: { sellerId: carolJoined.seller.id },
  });
  Assert.equal("another shop", hidden, {
    id: carolJoined.seller.id,
    shop_name: carolName,
    open: false,
  });
  const opened = await stranger.call("GET /sellers/{sellerId}", { path: { sellerId: bobId } });
  Assert.equal("the first shop", opened, open);
  const every = await admin.call("PATCH /sellers", { body: {} });
  Assert.equal("newest first", every.data.map((seller) => seller.id), [
    danJoined.seller.id,
    carolJoined.seller.id,
    bobId,
  ]);
  Assert.equal("one page", every.pagination, { current: 1, limit: 20, records: 3, pages: 1 });
  Assert.equal("in full", every.data.slice(2, 3), [back]);
  Assert.equal("as they stand", every.data.map((seller) => seller.standing), [
    "pending",
    "suspended",
    "approved",
  ]);
  const two = await admin.call("PATCH /sellers", { body: { limit: 2 } });
  Assert.equal("two on a page", two.data.map((seller) => seller.id), [
    danJoined.seller.id,
    carolJoined.seller.id,
  ]);
  const second = await admin.call("PATCH /sellers", { body: { page: 2, limit: 2 } });
  Assert.equal("the second page", second.data.map((seller) => seller.id), [bobId]);
  Assert.equal("where it stands", second.pagination, {
    current: 2,
    limit: 2,
    records: 3,
    pages: 2,
  });
  const pending = await admin.call("PATCH /sellers", { body: { standing: "pending" } });
  Assert.equal("pending ones", pending.data.map((seller) => seller.id), [danJoined.seller.id]);
  const named = await admin.call("PATCH /sellers", { body: { search: Text.upper(bobName) } });
  Assert.equal("by name", named.data.map((seller) => seller.id), [bobId]);
  const neither = await admin.call("PATCH /sellers", {
    body: { search: bobName, standing: "suspended" },
  });
  Assert.equal("by both", neither.data.length, 0);
  await Assert.rejected("members do not search sellers", 403, alice.call("PATCH /sellers", {
    body: {},
  }));
  await Assert.rejected("sellers neither", 403, bob.call("PATCH /sellers", { body: {} }));
}
