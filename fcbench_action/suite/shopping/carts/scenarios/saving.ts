export const scenario = "A member puts lines aside and returns them.";

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
  await dan.call("PUT /cart/lines/{variantId}", { path: { variantId: a }, body: { quantity: 9 } });
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 3 },
  });
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 60 },
  });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 105 } });
  await Assert.rejected("not in the cart", 404, alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: c },
  }));
  const aside = await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: a } });
  Assert.equal("put aside", aside, {
    variant_id: a,
    product_name: "Shirt",
    sku: "A",
    quantity: 3,
    seen_price: 100,
    price: 105,
    offered: true,
    saved_at: aside.saved_at,
  });
  const left = await alice.call("GET /cart");
  Assert.equal("out of the cart", left.lines.map((line) => [line.variant_id, `${line.quantity}`]), [
    [b, "60"],
  ]);
  Assert.equal("which changes it", left.changed_at, aside.saved_at);
  await Assert.rejected("not twice", 404, alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: a },
  }));
  const second = await alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: b },
  });
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 50 },
  });
  const listed = await alice.call("GET /saved");
  Assert.equal("latest first", listed.data, [second, aside]);
  const theirs = await dan.call("GET /saved");
  Assert.equal("others see their own", theirs.data, []);
  const dans = await dan.call("GET /cart");
  Assert.equal("and keep their carts", dans.pieces, 9);
  Assert.that("unchanged", ((dans.changed_at ?? "") < aside.saved_at));
  await Assert.rejected("nothing of others is returned", 404, dan.call(
    "POST /saved/{variantId}/return",
    { path: { variantId: a } },
  ));
  await Assert.rejected("nor removed", 404, dan.call("DELETE /saved/{variantId}", {
    path: { variantId: a },
  }));
  const back = await alice.call("POST /saved/{variantId}/return", { path: { variantId: a } });
  const times = back.lines.map((line) => line.added_at);
  Assert.equal("back with the price that was seen", back, {
    lines: [
      {
        variant_id: b,
        product_name: "Shirt",
        sku: "B",
        quantity: 50,
        seen_price: 110,
        price: 110,
        amount: 5500,
        problem: null,
        added_at: List.at(times, 0) ?? "",
      },
      {
        variant_id: a,
        product_name: "Shirt",
        sku: "A",
        quantity: 3,
        seen_price: 100,
        price: 105,
        amount: 315,
        problem: "dearer",
        added_at: List.at(times, 1) ?? "",
      },
    ],
    pieces: 53,
    total: 5815,
    changed_at: List.at(times, 1),
  });
  Assert.that("put in now", (List.at(times, 1) ?? "") > second.saved_at);
  await Assert.rejected("it is not aside any more", 404, alice.call(
    "POST /saved/{variantId}/return",
    { path: { variantId: a } },
  ));
  await bob.call("PUT /variants/{variantId}", { path: { variantId: b }, body: { price: 100 } });
  const capped = await alice.call("POST /saved/{variantId}/return", { path: { variantId: b } });
  Assert.equal("quantities stop at 99", capped.lines.slice(0, 1), [
    {
      variant_id: b,
      product_name: "Shirt",
      sku: "B",
      quantity: 99,
      seen_price: 110,
      price: 100,
      amount: 9900,
      problem: "cheaper",
      added_at: List.at(times, 0) ?? "",
    },
  ]);
  const read = await alice.call("GET /cart");
  Assert.equal("it reads alike", read, capped);
  const again = await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: a } });
  const anew = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 7 },
  });
  const replaced = await alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: a },
  });
  Assert.equal("what was aside before is replaced", [replaced.quantity, replaced.seen_price], [
    7,
    105,
  ]);
  const once = await alice.call("GET /saved");
  Assert.equal("it is there once", once.data, [replaced]);
  Assert.equal("before it was three", [again.quantity, again.seen_price, anew.pieces], [
    3,
    100,
    106,
  ]);
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: c },
    body: { quantity: 5 },
  });
  const third = await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: c } });
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: b } });
  const ids = many.variants.map((each) => each.id);
  for (const id of ids) {
    await alice.call("PUT /cart/lines/{variantId}", {
      path: { variantId: id },
      body: { quantity: 1 },
    });
  }
  await Assert.rejected("the cart is full", 409, alice.call("POST /saved/{variantId}/return", {
    path: { variantId: a },
  }));
  const spare = await alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: List.at(ids, 0) ?? "" },
  });
  const tenth = await alice.call("POST /saved/{variantId}/return", { path: { variantId: c } });
  Assert.equal("the tenth line", [tenth.lines.length, tenth.pieces], [10, 14]);
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: c } });
  const nine = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: List.at(ids, 0) ?? "" },
    body: { quantity: 2 },
  });
  const added = await alice.call("POST /saved/{variantId}/return", {
    path: { variantId: List.at(ids, 0) ?? "" },
  });
  Assert.equal(
    "what the cart has already is added even then",
    [nine.lines.length, added.lines.length, added.pieces],
    [10, 10, 12],
  );
  Assert.equal("it was one", [spare.quantity, spare.price, third.quantity], [1, 5, 5]);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: c }, body: { retired: true } });
  await Assert.rejected("what is retired stays aside", 409, alice.call(
    "POST /saved/{variantId}/return",
    { path: { variantId: c } },
  ));
  const offers = await alice.call("GET /saved");
  Assert.equal(
    "with what is offered",
    offers.data.map((one) => [one.variant_id, `${one.quantity}`, one.offered ? "offered" : "not"]),
    [[c, "5", "not"], [b, "99", "offered"], [a, "7", "offered"]],
  );
  await alice.call("DELETE /saved/{variantId}", { path: { variantId: c } });
  const fewer = await alice.call("GET /saved");
  Assert.equal("removed", fewer.data, offers.data.slice(1, 3));
  await Assert.rejected("not any more", 404, alice.call("DELETE /saved/{variantId}", {
    path: { variantId: c },
  }));
  await dan.call("POST /reservations", { body: { variant_id: b, quantity: 10, seconds: 1 } });
  for (const id of ids.slice(0, 2)) {
    await alice.call("PUT /cart/lines/{variantId}", {
      path: { variantId: id },
      body: { quantity: 0 },
    });
  }
  await alice.call("POST /reservations", { body: { variant_id: b, quantity: 10 } });
  const dansA = await dan.call("POST /reservations", { body: { variant_id: a, quantity: 10 } });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: many.id },
    body: { status: "paused" },
  });
  const mine = await alice.call("POST /saved/{variantId}/return", { path: { variantId: b } });
  Assert.equal(
    "the own reservation does not count",
    mine.lines.filter((line) => line.variant_id === b).map((line) => [
      `${line.quantity}`,
      line.problem ?? "",
    ]),
    [["99", "cheaper"]],
  );
  Assert.equal("only what is offered is summed up", [mine.pieces, mine.total], [107, 9900]);
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 40 },
  });
  const scarce = await alice.call("POST /saved/{variantId}/return", { path: { variantId: a } });
  Assert.equal(
    "those of others do",
    scarce.lines.filter((line) => line.variant_id === a).map((line) => [
      `${line.quantity}`,
      line.problem ?? "",
    ]),
    [["47", "too_few"]],
  );
  const unoffered = await alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: List.at(ids, 5) ?? "" },
  });
  const kept = await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: b } });
  Assert.that("what is paused is put aside", !unoffered.offered);
  Assert.that("what is on sale is offered", kept.offered);
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: d },
    body: { quantity: 1 },
  });
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: d } });
  const pausedList = await alice.call("GET /saved");
  Assert.equal(
    "what is paused is not offered",
    pausedList.data.map((one) => [one.product_name, one.offered ? "offered" : "not"]),
    [["Decoy", "offered"], ["Shirt", "offered"], ["Many", "not"]],
  );
  const again1 = await alice.call("POST /saved/{variantId}/return", { path: { variantId: d } });
  const aLine = List.find(again1.lines, (line) => line.variant_id === a);
  Assert.equal("still scarce", aLine?.problem ?? "", "too_few");
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 50 },
  });
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: d } });
  await dan.call("DELETE /reservations/{reservationId}", { path: { reservationId: dansA.id } });
  const freed = await alice.call("POST /saved/{variantId}/return", { path: { variantId: d } });
  Assert.equal(
    "released",
    List.find(freed.lines, (line) => line.variant_id === a)?.problem ?? "none",
    "none",
  );
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: d } });
  await dan.call("POST /reservations", { body: { variant_id: a, quantity: 10, seconds: 1 } });
  const lapsed = await alice.call("POST /saved/{variantId}/return", { path: { variantId: d } });
  Assert.equal(
    "expired at the very moment",
    List.find(lapsed.lines, (line) => line.variant_id === a)?.problem ?? "none",
    "none",
  );
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: d } });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { retired: true } });
  const retired = await alice.call("POST /saved/{variantId}/return", { path: { variantId: d } });
  const retiredAside = await alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: a },
  });
  Assert.equal(
    "retired",
    List.find(retired.lines, (line) => line.variant_id === a)?.problem ?? "none",
    "not_offered",
  );
  Assert.that("it is put aside nevertheless", !retiredAside.offered);
  await Assert.rejected("and stays aside", 409, alice.call("POST /saved/{variantId}/return", {
    path: { variantId: a },
  }));
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { retired: false } });
  await alice.call("POST /saved/{variantId}/return", { path: { variantId: a } });
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: d } });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "paused" },
  });
  const paused = await alice.call("POST /saved/{variantId}/return", { path: { variantId: d } });
  const pausedAside = await alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: a },
  });
  Assert.equal(
    "paused",
    List.find(paused.lines, (line) => line.variant_id === a)?.problem ?? "none",
    "not_offered",
  );
  Assert.equal("put aside by its name", pausedAside.product_name, "Shirt");
  Assert.that("paused means not offered", !pausedAside.offered);
  await Assert.rejected("what is paused stays aside", 409, alice.call(
    "POST /saved/{variantId}/return",
    { path: { variantId: a } },
  ));
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  await alice.call("POST /saved/{variantId}/return", { path: { variantId: a } });
  await alice.call("POST /cart/lines/{variantId}/saving", { path: { variantId: d } });
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  await Assert.rejected("closed shops offer nothing", 409, alice.call(
    "POST /saved/{variantId}/return",
    { path: { variantId: b } },
  ));
  const closedCart = await alice.call("POST /saved/{variantId}/return", { path: { variantId: d } });
  const closed = await alice.call("POST /cart/lines/{variantId}/saving", {
    path: { variantId: a },
  });
  Assert.equal(
    "closed",
    List.find(closedCart.lines, (line) => line.variant_id === a)?.problem ?? "none",
    "not_offered",
  );
  Assert.that("it is not offered then", !closed.offered);
  const closedList = await alice.call("GET /saved");
  Assert.that("none of them is", closedList.data.every((one) => !one.offered));
  await Assert.rejected("strangers put nothing aside", 401, stranger.call("GET /saved"));
}
