export const scenario = "A guest fills a cart under a secret.";

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
      ],
    },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  const a = List.find(shirt.variants, (one) => one.sku === "A")?.id ?? "";
  const b = List.find(shirt.variants, (one) => one.sku === "B")?.id ?? "";
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
    body: { code: "R", lines: [{ variant_id: a, quantity: 5 }, { variant_id: b, quantity: 5 }] },
  });
  const other = await stranger.call("POST /guest-carts");
  const made = await stranger.call("POST /guest-carts");
  Assert.equal("a new cart", made.cart, {
    lines: [],
    pieces: 0,
    total: 0,
    changed_at: made.cart.changed_at,
  });
  Assert.that(
    "made one after the other",
    (made.cart.changed_at ?? "") > (other.cart.changed_at ?? ""),
  );
  Assert.notEqual("secrets differ", made.secret, other.secret);
  const one = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: b },
    body: { quantity: 2 },
  });
  const two = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: a },
    body: { quantity: 5 },
  });
  const times = two.lines.map((line) => line.added_at);
  Assert.equal("a line", one, {
    lines: [
      {
        variant_id: b,
        product_name: "Shirt",
        sku: "B",
        quantity: 2,
        seen_price: 110,
        price: 110,
        amount: 220,
        problem: null,
        added_at: List.at(times, 0) ?? "",
      },
    ],
    pieces: 2,
    total: 220,
    changed_at: List.at(times, 0),
  });
  Assert.equal("two lines", two, {
    lines: [
      {
        variant_id: b,
        product_name: "Shirt",
        sku: "B",
        quantity: 2,
        seen_price: 110,
        price: 110,
        amount: 220,
        problem: null,
        added_at: List.at(times, 0) ?? "",
      },
      {
        variant_id: a,
        product_name: "Shirt",
        sku: "A",
        quantity: 5,
        seen_price: 100,
        price: 100,
        amount: 500,
        problem: null,
        added_at: List.at(times, 1) ?? "",
      },
    ],
    pieces: 7,
    total: 720,
    changed_at: List.at(times, 1),
  });
  Assert.that(
    "put in one after the other",
    ((List.at(times, 0) ?? "") < (List.at(times, 1) ?? "")),
  );
  const read = await stranger.call("GET /guest-carts/{secret}", { path: { secret: made.secret } });
  const nothing = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: other.secret },
  });
  Assert.equal("it reads alike", read, two);
  Assert.equal("the other is empty", nothing, other.cart);
  await Assert.rejected("a wrong secret", 404, stranger.call("GET /guest-carts/{secret}", {
    path: { secret: "abcdefghijklmnopqrstuvwxyz012345" },
  }));
  await Assert.rejected("nothing is put under it", 404, stranger.call(
    "PUT /guest-carts/{secret}/lines/{variantId}",
    { path: { secret: "abcdefghijklmnopqrstuvwxyz012345", variantId: a }, body: { quantity: 1 } },
  ));
  const more = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: b },
    body: { quantity: 6 },
  });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: b }, body: { price: 120 } });
  const dearer = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: made.secret },
  });
  Assert.equal("too few", more.lines.map((line) => [`${line.quantity}`, line.problem ?? ""]), [
    ["6", "too_few"],
    ["5", ""],
  ]);
  Assert.equal("amounts go with the price", [dearer.pieces, dearer.total], [11, 1220]);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 90 } });
  const set = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: b },
    body: { quantity: 5 },
  });
  Assert.equal(
    "setting takes note",
    set.lines.map((line) => [`${line.seen_price}`, line.problem ?? ""]),
    [["120", ""], ["100", "cheaper"]],
  );
  Assert.equal("when they were put in", set.lines.map((line) => line.added_at), times);
  const held = await alice.call("POST /reservations", { body: { variant_id: b, quantity: 1 } });
  const holding = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: made.secret },
  });
  const setting = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: a },
    body: { quantity: 4 },
  });
  Assert.equal("one is held", holding.lines.map((line) => line.problem), ["too_few", "cheaper"]);
  Assert.equal("also while setting", setting.lines.map((line) => line.problem), ["too_few", null]);
  await alice.call("DELETE /reservations/{reservationId}", { path: { reservationId: held.id } });
  const released = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: made.secret },
  });
  const setReleased = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: a },
    body: { quantity: 5 },
  });
  Assert.equal("released", released.lines.map((line) => line.problem), [null, null]);
  Assert.equal("for both", setReleased.lines.map((line) => line.problem), [null, null]);
  await alice.call("POST /reservations", { body: { variant_id: b, quantity: 1, seconds: 1 } });
  const expired = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: made.secret },
  });
  Assert.equal("expired at the very moment", expired.lines.map((line) => line.problem), [
    null,
    null,
  ]);
  await alice.call("POST /reservations", { body: { variant_id: b, quantity: 1, seconds: 1 } });
  const setExpired = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: a },
    body: { quantity: 5 },
  });
  Assert.equal("while setting, too", setExpired.lines.map((line) => line.problem), [null, null]);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 95 } });
  const raised = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: made.secret },
  });
  Assert.equal("dearer", raised.lines.map((line) => line.problem), [null, "dearer"]);
  const less = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: b },
    body: { quantity: 0 },
  });
  Assert.equal("taken out", less, {
    lines: [
      {
        variant_id: a,
        product_name: "Shirt",
        sku: "A",
        quantity: 5,
        seen_price: 90,
        price: 95,
        amount: 475,
        problem: "dearer",
        added_at: List.at(times, 1) ?? "",
      },
    ],
    pieces: 5,
    total: 475,
    changed_at: less.changed_at,
  });
  await Assert.rejected("not in the cart any more", 404, stranger.call(
    "PUT /guest-carts/{secret}/lines/{variantId}",
    { path: { secret: made.secret, variantId: b }, body: { quantity: 0 } },
  ));
  await Assert.rejected("no such variant", 404, stranger.call(
    "PUT /guest-carts/{secret}/lines/{variantId}",
    { path: { secret: made.secret, variantId: shirt.id }, body: { quantity: 1 } },
  ));
  const ids = many.variants.map((each) => each.id);
  for (const id of ids.slice(0, 9)) {
    await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
      path: { secret: made.secret, variantId: id },
      body: { quantity: 1 },
    });
  }
  await Assert.rejected("an eleventh line", 409, stranger.call(
    "PUT /guest-carts/{secret}/lines/{variantId}",
    { path: { secret: made.secret, variantId: b }, body: { quantity: 1 } },
  ));
  const again = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: a },
    body: { quantity: 1 },
  });
  const others = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: other.secret, variantId: b },
    body: { quantity: 1 },
  });
  Assert.equal("lines that are there change", [again.lines.length, again.pieces], [10, 10]);
  Assert.equal("other carts have room", others.lines.length, 1);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { retired: true } });
  const retired = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: made.secret },
  });
  await Assert.rejected("retired ones are not put in", 404, stranger.call(
    "PUT /guest-carts/{secret}/lines/{variantId}",
    { path: { secret: other.secret, variantId: a }, body: { quantity: 1 } },
  ));
  const out = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: List.at(ids, 0) ?? "" },
    body: { quantity: 0 },
  });
  Assert.equal("not offered", List.at(retired.lines, 0)?.problem ?? "", "not_offered");
  Assert.equal("the total leaves it out", retired.total, List.sum(
    retired.lines.slice(1, 10),
    (line) => line.amount,
  ));
  Assert.equal("a line less", [out.lines.length, out.pieces], [9, 9]);
  Assert.equal("while setting, too", out.lines.map((line) => line.problem ?? ""), [
    "not_offered",
    "too_few",
    "too_few",
    "too_few",
    "too_few",
    "too_few",
    "too_few",
    "too_few",
    "too_few",
  ]);
  const gone = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: a },
    body: { quantity: 0 },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: many.id },
    body: { status: "paused" },
  });
  const paused = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: made.secret },
  });
  await Assert.rejected("nor what is paused", 404, stranger.call(
    "PUT /guest-carts/{secret}/lines/{variantId}",
    { path: { secret: other.secret, variantId: List.at(ids, 0) ?? "" }, body: { quantity: 1 } },
  ));
  Assert.equal("retired ones are taken out", gone.lines.length, 8);
  Assert.equal("nothing to pay", paused.total, 0);
  const pausedSet = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: made.secret, variantId: d },
    body: { quantity: 1 },
  });
  Assert.equal("only the decoy", [pausedSet.total, pausedSet.pieces], [7, 9]);
  Assert.equal(
    "nothing else is offered",
    pausedSet.lines.filter((line) => line.problem === "not_offered").length,
    8,
  );
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  const closed = await stranger.call("GET /guest-carts/{secret}", {
    path: { secret: other.secret },
  });
  Assert.equal("nor by closed shops", closed.lines.map((line) => line.problem), ["not_offered"]);
  const closedSet = await stranger.call("PUT /guest-carts/{secret}/lines/{variantId}", {
    path: { secret: other.secret, variantId: d },
    body: { quantity: 1 },
  });
  await Assert.rejected("nothing is put in there", 404, stranger.call(
    "PUT /guest-carts/{secret}/lines/{variantId}",
    { path: { secret: other.secret, variantId: b }, body: { quantity: 2 } },
  ));
  Assert.equal(
    "while setting",
    closedSet.lines.map((line) => [line.product_name, line.problem ?? ""]),
    [["Shirt", "not_offered"], ["Decoy", ""]],
  );
}
