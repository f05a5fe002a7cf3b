export const scenario = "Sellers correct what was miscounted, and are told what runs low.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const admin = api.session("admin");
  const bob = api.session("seller");
  const carol = api.session("seller");
  const alice = api.session("member");
  const dan = api.session("member");
  const adminName = Random.string(8, 12);
  const adminJoined = await admin.call("POST /auth/admins/join", {
    body: {
      email: `${adminName}@shopping.example`,
      name: adminName,
      password: "correct horse battery",
    },
  });
  admin.authenticate(adminJoined.token.access);
  const category = await admin.call("POST /categories", {
    body: { name: "Clothes", parent_id: null },
  });
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
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "approve" } },
  });
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
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: carolJoined.seller.id },
    body: { decision: { kind: "approve" } },
  });
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      nickname: aliceName,
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/members/join", {
    body: { email: `${danName}@example.com`, nickname: danName, password: "correct horse battery" },
  });
  dan.authenticate(danJoined.token.access);
  const hat = await carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "HAT",
      name: "HAT",
      options: [],
      variants: [{ sku: "A", price: 100, choices: [] }],
    },
  });
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "on_sale" },
  });
  const hatId = List.find(hat.variants, (one) => one.sku === "A")?.id ?? "";
  await carol.call("POST /receipts", {
    body: { code: "R", lines: [{ variant_id: hatId, quantity: 50 }] },
  });
  const shirt = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT",
      name: "SHIRT",
      options: ["Kind"],
      variants: [
        { sku: "A", price: 100, choices: ["A"] },
        { sku: "B", price: 100, choices: ["B"] },
        { sku: "C", price: 100, choices: ["C"] },
      ],
    },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  const a = List.find(shirt.variants, (one) => one.sku === "A")?.id ?? "";
  const b = List.find(shirt.variants, (one) => one.sku === "B")?.id ?? "";
  const c = List.find(shirt.variants, (one) => one.sku === "C")?.id ?? "";
  const before = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("nothing is kept yet", before, {
    variant_id: a,
    on_hand: 0,
    held: 0,
    available: 0,
    low_mark: null,
    low: false,
    updated_at: null,
  });
  const still = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: a },
    body: {},
  });
  Assert.equal("nothing moved", still, {
    pagination: { current: 1, limit: 20, records: 0, pages: 0 },
    data: [],
  });
  await Assert.rejected("nothing goes out of nothing", 409, bob.call(
    "POST /variants/{variantId}/adjustments",
    { path: { variantId: a }, body: { direction: "out", quantity: 1, reason: "counted" } },
  ));
  const found = await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "in", quantity: 8, reason: "found" },
  });
  const ended = await alice.call("POST /reservations", { body: { variant_id: a, quantity: 3 } });
  await alice.call("DELETE /reservations/{reservationId}", { path: { reservationId: ended.id } });
  const expired = await alice.call("POST /reservations", {
    body: { variant_id: a, quantity: 8, seconds: 1 },
  });
  Assert.equal("a stock began", found, {
    variant_id: a,
    on_hand: 8,
    held: 0,
    available: 8,
    low_mark: null,
    low: false,
    updated_at: found.updated_at,
  });
  const again = await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "in", quantity: 2, reason: "more" },
  });
  Assert.equal("more, and what expires now is free", again, {
    variant_id: a,
    on_hand: 10,
    held: 0,
    available: 10,
    low_mark: null,
    low: false,
    updated_at: expired.expires_at,
  });
  await alice.call("POST /reservations", { body: { variant_id: a, quantity: 4 } });
  await Assert.rejected("what is held does not go", 409, bob.call(
    "POST /variants/{variantId}/adjustments",
    { path: { variantId: a }, body: { direction: "out", quantity: 7, reason: "counted" } },
  ));
  const lost = await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "out", quantity: 5, reason: "lost" },
  });
  Assert.equal("less", lost, {
    variant_id: a,
    on_hand: 5,
    held: 4,
    available: 1,
    low_mark: null,
    low: false,
    updated_at: lost.updated_at,
  });
  const last = await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "out", quantity: 1, reason: "counted" },
  });
  Assert.equal("all that was available", [last.on_hand, last.held, last.available], [4, 4, 0]);
  const kept = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("it is kept", kept, last);
  const moved = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: a },
    body: {},
  });
  Assert.equal("four movements", moved.data, [
    {
      sequence: 4,
      kind: "adjustment",
      quantity: -1,
      on_hand: 4,
      reason: "counted",
      created_at: last.updated_at ?? "",
    },
    {
      sequence: 3,
      kind: "adjustment",
      quantity: -5,
      on_hand: 5,
      reason: "lost",
      created_at: lost.updated_at ?? "",
    },
    {
      sequence: 2,
      kind: "adjustment",
      quantity: 2,
      on_hand: 10,
      reason: "more",
      created_at: again.updated_at ?? "",
    },
    {
      sequence: 1,
      kind: "adjustment",
      quantity: 8,
      on_hand: 8,
      reason: "found",
      created_at: found.updated_at ?? "",
    },
  ]);
  const fresh = await bob.call("PUT /variants/{variantId}/stock", {
    path: { variantId: b },
    body: { low_mark: 0 },
  });
  Assert.equal("a mark begins a stock", fresh, {
    variant_id: b,
    on_hand: 0,
    held: 0,
    available: 0,
    low_mark: 0,
    low: true,
    updated_at: fresh.updated_at,
  });
  const marked = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: b } });
  const unmoved = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: b },
    body: {},
  });
  Assert.equal("it is kept, and nothing moved", marked, fresh);
  Assert.equal("no movement", unmoved.data, []);
  const raised = await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: b },
    body: { direction: "in", quantity: 3, reason: "counted" },
  });
  Assert.equal("not low any more", [raised.low_mark ?? -1, raised.available], [0, 3]);
  Assert.that("more than the mark", !raised.low);
  const one = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: b },
    body: {},
  });
  Assert.equal("stocks are numbered apart", one.data.map((movement) => movement.sequence), [1]);
  const low = await bob.call("PUT /variants/{variantId}/stock", {
    path: { variantId: b },
    body: { low_mark: 3 },
  });
  Assert.equal("at its mark", [low.on_hand, low.low_mark ?? -1], [3, 3]);
  Assert.that("it is low", low.low);
  const enough = await bob.call("PUT /variants/{variantId}/stock", {
    path: { variantId: b },
    body: { low_mark: 2 },
  });
  Assert.that("above its mark it is not", !enough.low);
  Assert.that("changed later", (enough.updated_at ?? "") > (low.updated_at ?? ""));
  const scarce = await bob.call("PUT /variants/{variantId}/stock", {
    path: { variantId: a },
    body: { low_mark: 1 },
  });
  Assert.equal("what counts is what is available", scarce, {
    variant_id: a,
    on_hand: 4,
    held: 4,
    available: 0,
    low_mark: 1,
    low: true,
    updated_at: scarce.updated_at,
  });
  const reread = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("it reads alike", reread, scarce);
  const many = await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: c },
    body: { direction: "in", quantity: 9, reason: "counted" },
  });
  const brief = await alice.call("POST /reservations", {
    body: { variant_id: c, quantity: 9, seconds: 1 },
  });
  const freed = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: c } });
  Assert.equal("free at that very moment", [freed, many], [many, many]);
  Assert.equal("which is when it expired", brief.expires_at, Time.addSeconds(brief.created_at, 1));
  const another = await dan.call("POST /reservations", {
    body: { variant_id: c, quantity: 8, seconds: 1 },
  });
  const remarked = await bob.call("PUT /variants/{variantId}/stock", {
    path: { variantId: c },
    body: { low_mark: null },
  });
  Assert.equal("free for a mark", remarked, {
    variant_id: c,
    on_hand: 9,
    held: 0,
    available: 9,
    low_mark: null,
    low: false,
    updated_at: another.expires_at,
  });
  const third = await dan.call("POST /reservations", {
    body: { variant_id: c, quantity: 9, seconds: 1 },
  });
  const now = await bob.call("PATCH /stocks", { body: {} });
  Assert.equal("free in the list", now.data.map((stock) => [stock.available, stock.held]), [
    [0, 4],
    [3, 0],
    [9, 0],
  ]);
  Assert.that("held for a moment", third.expires_at > third.created_at);
  const all = await bob.call("PATCH /stocks", { body: {} });
  Assert.equal("fewest available first", all.data, [scarce, enough, remarked]);
  Assert.equal("one page", all.pagination, { current: 1, limit: 20, records: 3, pages: 1 });
  const lows = await bob.call("PATCH /stocks", { body: { low: true } });
  Assert.equal("low ones", lows.data, [scarce]);
  const highs = await bob.call("PATCH /stocks", { body: { low: false } });
  Assert.equal("the others", highs.data, [enough, remarked]);
  const front = await bob.call("PATCH /stocks", { body: { limit: 2 } });
  Assert.equal("the first page", front.data, [scarce, enough]);
  const second = await bob.call("PATCH /stocks", { body: { page: 2, limit: 2 } });
  Assert.equal("the second page", second.data, [remarked]);
  Assert.equal("where it stands", second.pagination, {
    current: 2,
    limit: 2,
    records: 3,
    pages: 2,
  });
  const unmarked = await bob.call("PUT /variants/{variantId}/stock", {
    path: { variantId: a },
    body: { low_mark: null },
  });
  Assert.equal("no mark, never low", [unmarked.low_mark ?? -1, unmarked.available], [-1, 0]);
  Assert.that("not low", !unmarked.low);
  const theirs = await carol.call("PATCH /stocks", { body: {} });
  Assert.equal(
    "everyone their own",
    theirs.data.map((stock) => [stock.variant_id, `${stock.on_hand}`]),
    [[hatId, "50"]],
  );
  await Assert.rejected("not adjusted by others", 404, carol.call(
    "POST /variants/{variantId}/adjustments",
    { path: { variantId: a }, body: { direction: "in", quantity: 1, reason: "counted" } },
  ));
  await Assert.rejected("not marked by others", 404, carol.call("PUT /variants/{variantId}/stock", {
    path: { variantId: a },
    body: { low_mark: 1 },
  }));
  await Assert.rejected("strangers see no stocks", 401, stranger.call("PATCH /stocks", {
    body: {},
  }));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  await Assert.rejected("no adjustments without approval", 403, bob.call(
    "POST /variants/{variantId}/adjustments",
    { path: { variantId: c }, body: { direction: "in", quantity: 1, reason: "counted" } },
  ));
  const allowed = await bob.call("PUT /variants/{variantId}/stock", {
    path: { variantId: c },
    body: { low_mark: 5 },
  });
  Assert.equal("but marks", [allowed.on_hand, allowed.low_mark ?? -1], [9, 5]);
}
