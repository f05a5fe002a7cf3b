export const scenario = "A member fills a cart, changes quantities and empties it.";

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
    body: { code: "R", lines: [{ variant_id: a, quantity: 50 }, { variant_id: b, quantity: 50 }] },
  });
  const fresh = await alice.call("GET /cart");
  Assert.equal("nothing is in it", fresh, { lines: [], pieces: 0, total: 0, changed_at: null });
  await Assert.rejected("not in the cart", 404, alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 0 },
  }));
  const dans = await dan.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 7 },
  });
  const one = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 2 },
  });
  const first = List.at(one.lines, 0)?.added_at ?? "";
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
        added_at: first,
      },
    ],
    pieces: 2,
    total: 220,
    changed_at: first,
  });
  const two = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 3 },
  });
  const second = List.at(two.lines, 1)?.added_at ?? "";
  Assert.equal("another after it", two, {
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
        added_at: first,
      },
      {
        variant_id: a,
        product_name: "Shirt",
        sku: "A",
        quantity: 3,
        seen_price: 100,
        price: 100,
        amount: 300,
        problem: null,
        added_at: second,
      },
    ],
    pieces: 5,
    total: 520,
    changed_at: second,
  });
  Assert.that("put in later", second > first);
  const more = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 99 },
  });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: b }, body: { price: 90 } });
  const cheaper = await alice.call("GET /cart");
  Assert.equal(
    "more of the first",
    more.lines.map((line) => [`${line.quantity}`, line.problem ?? "", line.added_at]),
    [["99", "too_few", first], ["3", "", second]],
  );
  Assert.equal("pieces and total", [more.pieces, more.total], [102, 11190]);
  Assert.equal("as much as it costs now", [cheaper.pieces, cheaper.total], [102, 9210]);
  const seen = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 50 },
  });
  Assert.equal("setting takes note of the price", seen.lines.slice(0, 1), [
    {
      variant_id: b,
      product_name: "Shirt",
      sku: "B",
      quantity: 50,
      seen_price: 90,
      price: 90,
      amount: 4500,
      problem: null,
      added_at: first,
    },
  ]);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 120 } });
  const other = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 1 },
  });
  Assert.equal("of that line only", other.lines.slice(1, 2), [
    {
      variant_id: a,
      product_name: "Shirt",
      sku: "A",
      quantity: 3,
      seen_price: 100,
      price: 120,
      amount: 360,
      problem: "dearer",
      added_at: second,
    },
  ]);
  const less = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 0 },
  });
  Assert.equal("taken out", less, {
    lines: other.lines.slice(1, 2),
    pieces: 3,
    total: 360,
    changed_at: less.changed_at,
  });
  Assert.that("changed later", (less.changed_at ?? "") > (other.changed_at ?? ""));
  const read = await alice.call("GET /cart");
  Assert.equal("it reads alike", read, less);
  await Assert.rejected("no longer in the cart", 404, alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 0 },
  }));
  await Assert.rejected("no such variant", 404, alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: shirt.id },
    body: { quantity: 1 },
  }));
  const own = await dan.call("GET /cart");
  Assert.equal("others see their own", own.lines.map((line) => [line.quantity, line.seen_price]), [
    [7, 100],
  ]);
  Assert.equal("as it was", own.pieces, dans.pieces);
  const ids = many.variants.map((each) => each.id);
  for (const id of ids.slice(0, 8)) {
    await alice.call("PUT /cart/lines/{variantId}", {
      path: { variantId: id },
      body: { quantity: 1 },
    });
  }
  const ten = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 1 },
  });
  Assert.equal("ten lines", ten.lines.length, 10);
  await Assert.rejected("an eleventh", 409, alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: List.at(ids, 9) ?? "" },
    body: { quantity: 1 },
  }));
  const still = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 2 },
  });
  Assert.equal("those that are there change", still.pieces, ten.pieces + 1);
  const free = await dan.call("PUT /cart/lines/{variantId}", {
    path: { variantId: List.at(ids, 9) ?? "" },
    body: { quantity: 4 },
  });
  Assert.equal("others have room", free.pieces, 11);
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: many.id },
    body: { status: "paused" },
  });
  await Assert.rejected("what is paused is not put in", 404, dan.call(
    "PUT /cart/lines/{variantId}",
    { path: { variantId: List.at(ids, 8) ?? "" }, body: { quantity: 1 } },
  ));
  const out = await dan.call("PUT /cart/lines/{variantId}", {
    path: { variantId: List.at(ids, 9) ?? "" },
    body: { quantity: 0 },
  });
  Assert.equal("but taken out", out.pieces, 7);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: b }, body: { retired: true } });
  await Assert.rejected("nor what is retired", 404, dan.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 1 },
  }));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  await Assert.rejected("nor from closed shops", 404, dan.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 1 },
  }));
  const emptied = await alice.call("DELETE /cart");
  Assert.equal("ten lines are removed", emptied, { removed: 10 });
  const after = await alice.call("GET /cart");
  Assert.equal("it is empty", after, {
    lines: [],
    pieces: 0,
    total: 0,
    changed_at: after.changed_at,
  });
  Assert.that("which is a change", (after.changed_at ?? "") > (still.changed_at ?? ""));
  const again = await alice.call("DELETE /cart");
  Assert.equal("none is removed", again, { removed: 0 });
  const kept = await dan.call("GET /cart");
  Assert.equal(
    "others keep theirs",
    kept.lines.map((line) => [line.variant_id, `${line.quantity}`, line.problem ?? ""]),
    [[a, "7", "not_offered"]],
  );
  Assert.equal("of which nothing can be bought", [kept.pieces, kept.total], [7, 0]);
  Assert.equal("unchanged", kept.changed_at, out.changed_at);
  await Assert.rejected("strangers have no member's cart", 401, stranger.call("GET /cart"));
  await Assert.rejected("sellers neither", 403, bob.call("GET /cart"));
}
