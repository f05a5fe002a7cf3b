export const scenario = "Everybody sees whether there is enough of a variant.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const admin = api.session("admin");
  const bob = api.session("seller");
  const alice = api.session("member");
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
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      nickname: aliceName,
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
  const shirt = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT",
      name: "SHIRT",
      options: ["Kind"],
      variants: [
        { sku: "A", price: 100, choices: ["A"] },
        { sku: "B", price: 100, choices: ["B"] },
      ],
    },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  const a = List.find(shirt.variants, (one) => one.sku === "A")?.id ?? "";
  const b = List.find(shirt.variants, (one) => one.sku === "B")?.id ?? "";
  const nothing = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  Assert.equal("nothing there", nothing, { variant_id: a, level: "none" });
  await Assert.rejected("no such variant", 404, stranger.call(
    "GET /variants/{variantId}/availability",
    { path: { variantId: shirt.id } },
  ));
  await bob.call("POST /receipts", {
    body: { code: "R", lines: [{ variant_id: a, quantity: 6 }, { variant_id: b, quantity: 1 }] },
  });
  const plenty = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  const few = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: b },
  });
  Assert.equal("six are plenty, one is few", [plenty.level, few.level], ["plenty", "few"]);
  const held = await alice.call("POST /reservations", {
    body: { variant_id: b, quantity: 1, seconds: 3 },
  });
  const gone = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: b },
  });
  const other = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  const back = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: b },
  });
  Assert.equal("what is held is gone until it expires", [gone.level, other.level, back.level], [
    "none",
    "plenty",
    "few",
  ]);
  await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "out", quantity: 1, reason: "counted" },
  });
  const five = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  Assert.equal("five are few", five, { variant_id: a, level: "few" });
  await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "in", quantity: 1, reason: "counted" },
  });
  const kept = await alice.call("POST /reservations", { body: { variant_id: a, quantity: 1 } });
  const fewer = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  Assert.equal("one of six is held", fewer.level, "few");
  await alice.call("DELETE /reservations/{reservationId}", { path: { reservationId: kept.id } });
  const again = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  Assert.equal("released", again.level, "plenty");
  Assert.equal("how long it held", held.expires_at, Time.addSeconds(held.created_at, 3));
  await bob.call("PUT /variants/{variantId}", { path: { variantId: b }, body: { retired: true } });
  const retired = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: b },
  });
  const offered = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  await Assert.rejected("retired variants are not held back", 404, alice.call(
    "POST /reservations",
    { body: { variant_id: b, quantity: 1 } },
  ));
  Assert.equal("a retired variant", [retired.level, offered.level], ["none", "plenty"]);
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "paused" },
  });
  const paused = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  Assert.equal("a paused product", paused.level, "none");
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  const closed = await stranger.call("GET /variants/{variantId}/availability", {
    path: { variantId: a },
  });
  Assert.equal("a closed shop", closed.level, "none");
}
