export const scenario = "A guest's cart goes into a member's.";

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
  const decoy = await carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "D",
      name: "Decoy",
      options: [],
      variants: [{ sku: "D", price: 7, choices: [] }],
    },
  });
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: decoy.id },
    body: { status: "on_sale" },
  });
  const d = List.at(decoy.variants, 0)?.id ?? "";
  await carol.call("POST /receipts", {
    body: { code: "D", lines: [{ variant_id: d, quantity: 1000 }] },
  });
  const shirt = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "S",
      name: "Shirt",
      options: ["Kind"],
      variants: [
        { sku: "A", price: 100, choices: ["A"] },
        { sku: "B", price: 110, choices: ["B"] },
        { sku: "C", price: 120, choices: ["C"] },
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
  const many = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "M",
      name: "Many",
      options: ["Kind"],
      variants: [
        { sku: "K0", price: 5, choices: ["K0"] },
        { sku: "K1", price: 15, choices: ["K1"] },
        { sku: "K2", price: 25, choices: ["K2"] },
        { sku: "K3", price: 35, choices: ["K3"] },
        { sku: "K4", price: 45, choices: ["K4"] },
        { sku: "K5", price: 55, choices: ["K5"] },
        { sku: "K6", price: 65, choices: ["K6"] },
        { sku: "K7", price: 75, choices: ["K7"] },
        { sku: "K8", price: 85, choices: ["K8"] },
        { sku: "K9", price: 95, choices: ["K9"] },
      ],
    },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: many.id },
    body: { status: "on_sale" },
  });
  await bob.call("POST /receipts", {
    body: {
      code: "R",
      lines: [
        { variant_id: a, quantity: 50 },
        { variant_id: b, quantity: 150 },
        { variant_id: c, quantity: 5 },
      ],
    },
  });
  const guest = await stranger.call("POST /guest-carts");
  await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: guest.secret, variantId: a },
    body: { quantity: 3 },
  });
  await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: guest.secret, variantId: b },
    body: { quantity: 60 },
  });
  await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: guest.secret, variantId: c },
    body: { quantity: 2 },
  });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 105 } });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: c }, body: { price: 130 } });
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 40 },
  });
  const own = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 1 },
  });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 110 } });
  const merged = await alice.call("POST /cart/merges", { body: { secret: guest.secret } });
  const times = merged.lines.map((line) => line.added_at);
  Assert.equal("merged", merged, {
    lines: [
      {
        variant_id: b,
        product_name: "Shirt",
        sku: "B",
        quantity: 99,
        seen_price: 110,
        price: 110,
        amount: 10890,
        problem: null,
        added_at: List.at(times, 0) ?? "",
      },
      {
        variant_id: a,
        product_name: "Shirt",
        sku: "A",
        quantity: 4,
        seen_price: 105,
        price: 110,
        amount: 440,
        problem: "dearer",
        added_at: List.at(times, 1) ?? "",
      },
      {
        variant_id: c,
        product_name: "Shirt",
        sku: "C",
        quantity: 2,
        seen_price: 120,
        price: 130,
        amount: 260,
        problem: "dearer",
        added_at: List.at(times, 2) ?? "",
      },
    ],
    pieces: 105,
    total: 11590,
    changed_at: List.at(times, 2),
  });
  Assert.equal("lines that were there keep their time", times.slice(0, 2), own.lines.map(
    (line) => line.added_at,
  ));
  Assert.that("a new one is put in now", (List.at(times, 2) ?? "") > (List.at(times, 1) ?? ""));
  const read = await alice.call("GET /cart");
  Assert.equal("it reads alike", read, merged);
  await Assert.rejected("the guest's cart is gone", 404, stranger.call(
    "GET /guest-carts/{secret}",
    { path: { secret: guest.secret } },
  ));
  await Assert.rejected("not twice", 409, alice.call("POST /cart/merges", {
    body: { secret: guest.secret },
  }));
  await Assert.rejected("by nobody", 409, dan.call("POST /cart/merges", {
    body: { secret: guest.secret },
  }));
  await Assert.rejected("an unknown secret", 404, dan.call("POST /cart/merges", {
    body: { secret: "abcdefghijklmnopqrstuvwxyz012345" },
  }));
  const full = await stranger.call("POST /guest-carts");
  const small = await stranger.call("POST /guest-carts");
  const ids = many.variants.map((each) => each.id);
  for (const id of ids.slice(0, 8)) {
    await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
      path: { secret: full.secret, variantId: id },
      body: { quantity: 1 },
    });
  }
  const guests = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: full.secret, variantId: a },
    body: { quantity: 2 },
  });
  await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: small.secret, variantId: c },
    body: { quantity: 4 },
  });
  await Assert.rejected("eleven lines", 409, alice.call("POST /cart/merges", {
    body: { secret: full.secret },
  }));
  const same = await alice.call("GET /cart");
  const kept = await stranger.call("GET /guest-carts/{secret}", { path: { secret: full.secret } });
  Assert.equal("nothing happened", same, merged);
  Assert.equal("to either", kept, guests);
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: c },
    body: { quantity: 0 },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: many.id },
    body: { status: "paused" },
  });
  const ten = await alice.call("POST /cart/merges", { body: { secret: full.secret } });
  Assert.equal("ten lines", [ten.lines.length, ten.pieces], [10, 113]);
  Assert.equal(
    "also what is not offered",
    ten.lines.filter((line) => line.problem === "not_offered").length,
    8,
  );
  Assert.equal("which costs nothing", ten.total, 11550);
  const firstEmpty = await stranger.call("POST /guest-carts");
  const secondEmpty = await stranger.call("POST /guest-carts");
  await alice.call("POST /reservations", { body: { variant_id: d, quantity: 10 } });
  const held = await alice.call("POST /reservations", { body: { variant_id: c, quantity: 2 } });
  const moved = await dan.call("POST /cart/merges", { body: { secret: small.secret } });
  Assert.equal(
    "a first cart",
    moved.lines.map((line) => [
      line.variant_id,
      `${line.quantity}`,
      `${line.seen_price}`,
      line.problem ?? "",
    ]),
    [[c, "4", "130", "too_few"]],
  );
  const dans = await dan.call("GET /cart");
  Assert.equal("it is kept", dans, moved);
  const alices = await alice.call("GET /cart");
  Assert.equal("others keep theirs", alices, ten);
  await alice.call("DELETE /reservations/{reservationId}", { path: { reservationId: held.id } });
  const released = await dan.call("POST /cart/merges", { body: { secret: firstEmpty.secret } });
  Assert.equal("released", released.lines.map((line) => line.problem), [null]);
  await alice.call("POST /reservations", { body: { variant_id: c, quantity: 2, seconds: 1 } });
  const expired = await dan.call("POST /cart/merges", { body: { secret: secondEmpty.secret } });
  Assert.equal("expired at the very moment", expired.lines.map((line) => line.problem), [null]);
  Assert.that(
    "merging changes the cart, even so",
    (expired.changed_at ?? "") > (released.changed_at ?? ""),
  );
  const cheap = await stranger.call("POST /guest-carts");
  await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: cheap.secret, variantId: b },
    body: { quantity: 1 },
  });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: b }, body: { price: 100 } });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: c }, body: { retired: true } });
  const last = await dan.call("POST /cart/merges", { body: { secret: cheap.secret } });
  Assert.equal("cheaper, and retired", last.lines.map((line) => line.problem), [
    "not_offered",
    "cheaper",
  ]);
  Assert.equal("the total leaves out the retired one", last.total, 100);
  const empty = await stranger.call("POST /guest-carts");
  await dan.call("POST /reservations", { body: { variant_id: b, quantity: 5 } });
  await alice.call("POST /reservations", { body: { variant_id: a, quantity: 10, seconds: 1 } });
  const unchanged = await alice.call("POST /cart/merges", { body: { secret: empty.secret } });
  Assert.equal(
    "an empty cart brings nothing, and what is held by another counts",
    unchanged.lines.slice(0, 2).map((line) => [`${line.quantity}`, line.problem ?? ""]),
    [["99", "cheaper"], ["6", "dearer"]],
  );
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  const closed = await stranger.call("POST /guest-carts");
  const none = await dan.call("POST /cart/merges", { body: { secret: closed.secret } });
  Assert.equal("closed shops offer nothing", none.lines.map((line) => line.problem), [
    "not_offered",
    "not_offered",
  ]);
  await Assert.rejected("strangers merge nothing", 401, stranger.call("POST /cart/merges", {
    body: { secret: guest.secret },
  }));
}
