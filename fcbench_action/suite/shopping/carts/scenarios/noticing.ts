export const scenario = "A cart tells what became dearer, cheaper, too few or unavailable.";

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
  await bob.call("POST /receipts", {
    body: { code: "R", lines: [{ variant_id: a, quantity: 5 }, { variant_id: b, quantity: 5 }] },
  });
  await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: a },
    body: { quantity: 5 },
  });
  const put = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 2 },
  });
  await dan.call("PUT /cart/lines/{variantId}", { path: { variantId: a }, body: { quantity: 1 } });
  Assert.equal("no problems", put.lines.map((line) => line.problem), [null, null]);
  const lacking = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: c },
    body: { quantity: 1 },
  });
  Assert.equal("nothing of it is there", lacking.lines.map((line) => line.problem), [
    null,
    null,
    "too_few",
  ]);
  await dan.call("POST /reservations", { body: { variant_id: d, quantity: 10 } });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 101 } });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: b }, body: { price: 109 } });
  const changed = await alice.call("GET /cart");
  const times = changed.lines.map((line) => line.added_at);
  Assert.equal("dearer and cheaper", changed, {
    lines: [
      {
        variant_id: a,
        product_name: "Shirt",
        sku: "A",
        quantity: 5,
        seen_price: 100,
        price: 101,
        amount: 505,
        problem: "dearer",
        added_at: List.at(times, 0) ?? "",
      },
      {
        variant_id: b,
        product_name: "Shirt",
        sku: "B",
        quantity: 2,
        seen_price: 110,
        price: 109,
        amount: 218,
        problem: "cheaper",
        added_at: List.at(times, 1) ?? "",
      },
      {
        variant_id: c,
        product_name: "Shirt",
        sku: "C",
        quantity: 1,
        seen_price: 120,
        price: 120,
        amount: 120,
        problem: "too_few",
        added_at: List.at(times, 2) ?? "",
      },
    ],
    pieces: 8,
    total: 843,
    changed_at: lacking.changed_at,
  });
  const noted = await alice.call("PUT /cart/prices");
  Assert.equal("noted", noted, {
    lines: [
      {
        variant_id: a,
        product_name: "Shirt",
        sku: "A",
        quantity: 5,
        seen_price: 101,
        price: 101,
        amount: 505,
        problem: null,
        added_at: List.at(times, 0) ?? "",
      },
      {
        variant_id: b,
        product_name: "Shirt",
        sku: "B",
        quantity: 2,
        seen_price: 109,
        price: 109,
        amount: 218,
        problem: null,
        added_at: List.at(times, 1) ?? "",
      },
      {
        variant_id: c,
        product_name: "Shirt",
        sku: "C",
        quantity: 1,
        seen_price: 120,
        price: 120,
        amount: 120,
        problem: "too_few",
        added_at: List.at(times, 2) ?? "",
      },
    ],
    pieces: 8,
    total: 843,
    changed_at: noted.changed_at,
  });
  Assert.that("which changes the cart", (noted.changed_at ?? "") > (changed.changed_at ?? ""));
  const reread = await alice.call("GET /cart");
  Assert.equal("it is kept", reread, noted);
  const dans = await dan.call("GET /cart");
  Assert.that("not that of others", ((dans.changed_at ?? "") < (lacking.changed_at ?? "")));
  Assert.equal(
    "others have not noted",
    dans.lines.map((line) => [`${line.seen_price}`, line.problem ?? ""]),
    [["100", "dearer"]],
  );
  const held = await dan.call("POST /reservations", { body: { variant_id: a, quantity: 1 } });
  const fewer = await alice.call("GET /cart");
  const mine = await dan.call("GET /cart");
  Assert.equal("one is held by another", fewer.lines.map((line) => line.problem), [
    "too_few",
    null,
    "too_few",
  ]);
  Assert.equal("the own reservation does not count", mine.lines.map((line) => line.problem), [
    "dearer",
  ]);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: a }, body: { price: 102 } });
  const both = await alice.call("GET /cart");
  Assert.equal("too few comes before dearer", both.lines.map((line) => line.problem), [
    "too_few",
    null,
    "too_few",
  ]);
  await dan.call("DELETE /reservations/{reservationId}", { path: { reservationId: held.id } });
  const released = await alice.call("GET /cart");
  Assert.equal("released", released.lines.map((line) => line.problem), ["dearer", null, "too_few"]);
  const brief = await dan.call("POST /reservations", {
    body: { variant_id: a, quantity: 5, seconds: 1 },
  });
  const expired = await alice.call("GET /cart");
  Assert.equal("expired at the very moment", expired.lines.map((line) => line.problem), [
    "dearer",
    null,
    "too_few",
  ]);
  Assert.equal("it was brief", brief.expires_at, Time.addSeconds(brief.created_at, 1));
  const short = await dan.call("POST /reservations", {
    body: { variant_id: a, quantity: 5, seconds: 1 },
  });
  const settled = await alice.call("PUT /cart/prices");
  Assert.equal("nor while noting prices", settled.lines.map((line) => line.problem), [
    null,
    null,
    "too_few",
  ]);
  Assert.equal("brief as well", short.quantity, 5);
  await dan.call("POST /reservations", { body: { variant_id: a, quantity: 5, seconds: 1 } });
  const setting = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 2 },
  });
  Assert.equal("nor while setting a line", setting.lines.map((line) => line.problem), [
    null,
    null,
    "too_few",
  ]);
  await alice.call("POST /reservations", { body: { variant_id: b, quantity: 5 } });
  const mineStill = await alice.call("PUT /cart/prices");
  Assert.equal("all of it held by the member", mineStill.lines.map((line) => line.problem), [
    null,
    null,
    "too_few",
  ]);
  const five = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 5 },
  });
  const six = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 6 },
  });
  Assert.equal("up to what is there", five.lines.map((line) => line.problem), [
    null,
    null,
    "too_few",
  ]);
  Assert.equal("and no more", six.lines.map((line) => line.problem), [null, "too_few", "too_few"]);
  const theirs = await dan.call("PUT /cart/lines/{variantId}", {
    path: { variantId: b },
    body: { quantity: 1 },
  });
  Assert.equal("held from others", theirs.lines.map((line) => line.problem), ["dearer", "too_few"]);
  await bob.call("PUT /variants/{variantId}", { path: { variantId: c }, body: { price: 90 } });
  await bob.call("PUT /variants/{variantId}", { path: { variantId: c }, body: { retired: true } });
  const retired = await alice.call("GET /cart");
  Assert.equal("not offered comes first", retired.lines.map((line) => line.problem), [
    null,
    "too_few",
    "not_offered",
  ]);
  const retiredSet = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: d },
    body: { quantity: 1 },
  });
  const retiredNoted = await alice.call("PUT /cart/prices");
  Assert.equal("also while setting", retiredSet.lines.map((line) => line.problem), [
    null,
    "too_few",
    "not_offered",
    null,
  ]);
  Assert.equal("and while noting", retiredNoted.lines.map((line) => line.problem), [
    null,
    "too_few",
    "not_offered",
    null,
  ]);
  Assert.equal("without it in the totals", [retiredSet.total, retiredNoted.total], [1171, 1171]);
  Assert.equal(
    "its amount is told, but not summed up",
    [retired.pieces, retired.total, List.at(retired.lines, 2)?.amount ?? 0],
    [12, 1164, 90],
  );
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "paused" },
  });
  const paused = await alice.call("GET /cart");
  Assert.equal("nothing is offered", paused.lines.map((line) => line.problem), [
    "not_offered",
    "not_offered",
    "not_offered",
    null,
  ]);
  Assert.equal("so nothing else is to pay", paused.total, 7);
  const pausedSet = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: d },
    body: { quantity: 2 },
  });
  const pausedNoted = await alice.call("PUT /cart/prices");
  Assert.equal("setting shows it", pausedSet.lines.map((line) => line.problem), [
    "not_offered",
    "not_offered",
    "not_offered",
    null,
  ]);
  Assert.equal("noting, too", pausedNoted.lines.map((line) => line.problem), [
    "not_offered",
    "not_offered",
    "not_offered",
    null,
  ]);
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  const closed = await alice.call("GET /cart");
  Assert.equal("nor by a closed shop", closed.lines.map((line) => line.problem), [
    "not_offered",
    "not_offered",
    "not_offered",
    null,
  ]);
  const closedSet = await alice.call("PUT /cart/lines/{variantId}", {
    path: { variantId: d },
    body: { quantity: 3 },
  });
  const anyway = await alice.call("PUT /cart/prices");
  Assert.equal("prices are noted nevertheless", anyway.lines.map((line) => line.seen_price), [
    102,
    109,
    90,
    7,
  ]);
  Assert.equal("closed for setting", closedSet.lines.map((line) => line.problem), [
    "not_offered",
    "not_offered",
    "not_offered",
    null,
  ]);
  Assert.equal("closed for noting", anyway.lines.map((line) => line.problem), [
    "not_offered",
    "not_offered",
    "not_offered",
    null,
  ]);
  Assert.equal("names of products", anyway.lines.map((line) => line.product_name), [
    "Shirt",
    "Shirt",
    "Shirt",
    "Decoy",
  ]);
  await Assert.rejected("strangers note nothing", 401, stranger.call("PUT /cart/prices"));
}
