export const scenario = "Every change of a product and its variants leaves a snapshot.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const admin = api.session("admin");
  const bob = api.session("seller");
  const carol = api.session("seller");
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
  const other = await admin.call("POST /categories", { body: { name: "Sport", parent_id: null } });
  const shirt = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "S",
      name: "Shirt",
      description: "Soft.",
      options: ["Size"],
      variants: [
        { sku: "A", price: 100, choices: ["S"], list_price: 150 },
        { sku: "B", price: 120, choices: ["L"] },
      ],
    },
  });
  const hat = await carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "S",
      name: "Hat",
      options: [],
      variants: [{ sku: "A", price: 70, choices: [] }],
    },
  });
  const small = List.at(shirt.variants, 0)?.id ?? "";
  const large = List.at(shirt.variants, 1)?.id ?? "";
  const renamed = await bob.call("PUT /products/{productId}", {
    path: { productId: shirt.id },
    body: { name: "T-shirt" },
  });
  Assert.equal("renamed", renamed, {
    id: shirt.id,
    seller: shirt.seller,
    category_id: category.id,
    code: "S",
    name: "T-shirt",
    description: "Soft.",
    status: "draft",
    revision: 2,
    on_sale_at: null,
    created_at: shirt.created_at,
    updated_at: renamed.updated_at,
    options: ["Size"],
    variants: shirt.variants,
  });
  Assert.that("changed later", renamed.updated_at > shirt.updated_at);
  const moved = await bob.call("PUT /products/{productId}", {
    path: { productId: shirt.id },
    body: { category_id: other.id, description: null },
  });
  Assert.equal(
    "moved, without description",
    [moved.category_id, moved.description ?? "none", moved.name],
    [other.id, "none", "T-shirt"],
  );
  await Assert.rejected("no such category", 404, bob.call("PUT /products/{productId}", {
    path: { productId: shirt.id },
    body: { category_id: shirt.id },
  }));
  await Assert.rejected("products of others are not found", 404, carol.call(
    "PUT /products/{productId}",
    { path: { productId: shirt.id }, body: { name: "Mine" } },
  ));
  await Assert.rejected("nor are their variants", 404, carol.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { price: 1 },
  }));
  await Assert.rejected("strangers change nothing", 401, stranger.call(
    "PUT /products/{productId}",
    { path: { productId: shirt.id }, body: { name: "Mine" } },
  ));
  const dearer = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { price: 150 },
  });
  Assert.equal(
    "a new price",
    dearer.variants.map((variant) => [variant.price, variant.list_price ?? 0]),
    [[150, 150], [120, 0]],
  );
  Assert.equal("one more snapshot", dearer.revision, 4);
  Assert.that("the product changed with it", dearer.updated_at > moved.updated_at);
  await Assert.rejected("above the list price", 409, bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { price: 151 },
  }));
  await Assert.rejected("a list price below", 409, bob.call("PUT /variants/{variantId}", {
    path: { variantId: large },
    body: { list_price: 119 },
  }));
  const bare = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { list_price: null, price: 151 },
  });
  Assert.equal(
    "without a list price",
    bare.variants.map((variant) => [variant.price, variant.list_price ?? 0]),
    [[151, 0], [120, 0]],
  );
  const listed = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: large },
    body: { list_price: 120 },
  });
  Assert.equal(
    "with one",
    listed.variants.map((variant) => [variant.price, variant.list_price ?? 0]),
    [[151, 0], [120, 120]],
  );
  const retired = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { retired: true },
  });
  Assert.equal("one is retired", retired.variants.map((variant) => variant.retired), [true, false]);
  const again = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { price: 99 },
  });
  Assert.equal("it stays so", again.variants.map((variant) => variant.retired), [true, false]);
  const none = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: large },
    body: { retired: true },
  });
  Assert.equal("a draft may have none", none.variants.map((variant) => variant.retired), [
    true,
    true,
  ]);
  await Assert.rejected("but is not put on sale then", 409, bob.call(
    "PUT /products/{productId}/status",
    { path: { productId: shirt.id }, body: { status: "on_sale" } },
  ));
  const back = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { retired: false },
  });
  Assert.equal("one is back", back.variants.map((variant) => variant.retired), [false, true]);
  const offered = await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  Assert.equal("a change of status is one, too", offered.revision, back.revision + 1);
  await Assert.rejected("the last one on sale", 409, bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { retired: true },
  }));
  const same = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: large },
    body: { retired: true },
  });
  Assert.equal("retired before", same.variants.map((variant) => variant.retired), [false, true]);
  const kept = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { retired: false, price: 98 },
  });
  Assert.equal("the last one may be kept", kept.variants.map((variant) => variant.price), [
    98,
    120,
  ]);
  const seen = await bob.call("GET /products/{productId}/snapshots/{revision}", {
    path: { productId: shirt.id, revision: 1 },
  });
  Assert.equal("the first snapshot", seen, {
    revision: 1,
    category_id: category.id,
    name: "Shirt",
    description: "Soft.",
    status: "draft",
    created_at: shirt.created_at,
    variants: [
      { variant_id: small, sku: "A", price: 100, list_price: 150, retired: false },
      { variant_id: large, sku: "B", price: 120, list_price: null, retired: false },
    ],
  });
  const third = await bob.call("GET /products/{productId}/snapshots/{revision}", {
    path: { productId: shirt.id, revision: 3 },
  });
  Assert.equal("the third", third, {
    revision: 3,
    category_id: other.id,
    name: "T-shirt",
    description: null,
    status: "draft",
    created_at: moved.updated_at,
    variants: seen.variants,
  });
  const last = await bob.call("GET /products/{productId}/snapshots/{revision}", {
    path: { productId: shirt.id, revision: kept.revision },
  });
  Assert.equal("the last", last, {
    revision: 13,
    category_id: other.id,
    name: "T-shirt",
    description: null,
    status: "on_sale",
    created_at: kept.updated_at,
    variants: [
      { variant_id: small, sku: "A", price: 98, list_price: null, retired: false },
      { variant_id: large, sku: "B", price: 120, list_price: 120, retired: true },
    ],
  });
  await Assert.rejected("no such revision", 404, bob.call(
    "GET /products/{productId}/snapshots/{revision}",
    { path: { productId: shirt.id, revision: 14 } },
  ));
  await Assert.rejected("snapshots of others are not found", 404, carol.call(
    "GET /products/{productId}/snapshots/{revision}",
    { path: { productId: shirt.id, revision: 1 } },
  ));
  const untouched = await carol.call("GET /products/{productId}/snapshots/{revision}", {
    path: { productId: hat.id, revision: 1 },
  });
  Assert.equal("products are numbered apart", untouched.variants.map((variant) => variant.price), [
    70,
  ]);
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: carolJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  await Assert.rejected("suspended sellers change nothing", 403, carol.call(
    "PUT /products/{productId}",
    { path: { productId: hat.id }, body: { name: "Cap" } },
  ));
  await Assert.rejected("no variants either", 403, carol.call("PUT /variants/{variantId}", {
    path: { variantId: List.at(hat.variants, 0)?.id ?? "" },
    body: { price: 1 },
  }));
  const read = await carol.call("GET /products/{productId}/snapshots/{revision}", {
    path: { productId: hat.id, revision: 1 },
  });
  Assert.equal("but they read", read, untouched);
  const jacket = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "J",
      name: "Jacket",
      description: "Warm.",
      options: ["Size", "Color"],
      variants: [
        { sku: "Z", price: 300, choices: ["S", "red"], list_price: 400 },
        { sku: "Y", price: 310, choices: ["L", "red"] },
      ],
    },
  });
  const sold = await bob.call("PUT /products/{productId}/status", {
    path: { productId: jacket.id },
    body: { status: "on_sale" },
  });
  Assert.equal("put on sale", sold, {
    ...jacket,
    status: "on_sale",
    revision: 2,
    on_sale_at: sold.updated_at,
    updated_at: sold.updated_at,
  });
  const longer = await bob.call("POST /products/{productId}/variants", {
    path: { productId: jacket.id },
    body: { sku: "A", price: 320, choices: ["S", "blue"], list_price: 330 },
  });
  Assert.equal("a variant more", longer.variants.map((one) => one.sku), ["Y", "Z", "A"]);
  Assert.equal("nothing else", longer, {
    ...sold,
    revision: 3,
    updated_at: longer.updated_at,
    variants: longer.variants,
  });
  Assert.equal("the others as before", longer.variants.slice(0, 2), jacket.variants);
  const titled = await bob.call("PUT /products/{productId}", {
    path: { productId: jacket.id },
    body: { name: "Coat" },
  });
  Assert.equal("another name", titled, {
    ...longer,
    name: "Coat",
    revision: 4,
    updated_at: titled.updated_at,
  });
  const priced = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: List.at(longer.variants, 2)?.id ?? "" },
    body: { price: 325 },
  });
  Assert.equal("another price", priced.variants.map((one) => one.price), [310, 300, 325]);
  Assert.equal("and nothing else", priced, {
    ...titled,
    revision: 5,
    updated_at: priced.updated_at,
    variants: priced.variants,
  });
  const halted = await bob.call("PUT /products/{productId}/status", {
    path: { productId: jacket.id },
    body: { status: "paused" },
  });
  Assert.equal("paused", halted, {
    ...priced,
    status: "paused",
    revision: 6,
    updated_at: halted.updated_at,
  });
  const halfway = await bob.call("PUT /products/{productId}", {
    path: { productId: jacket.id },
    body: {},
  });
  Assert.equal("a change of nothing is one", halfway, {
    ...halted,
    revision: 7,
    updated_at: halfway.updated_at,
  });
  for (const revision of [3, 4, 5, 6, 7]) {
    const past = await bob.call("GET /products/{productId}/snapshots/{revision}", {
      path: { productId: jacket.id, revision: revision },
    });
    Assert.equal(
      "each keeps the product",
      [past.category_id, past.name, past.description ?? "", past.status],
      [category.id, revision > 3 ? "Coat" : "Jacket", "Warm.", revision > 5 ? "paused" : "on_sale"],
    );
    Assert.equal(
      "with its variants alone",
      past.variants.map((one) => [
        one.sku,
        `${one.price}`,
        `${one.list_price ?? 0}`,
        one.retired ? "retired" : "offered",
      ]),
      [
        ["A", revision > 4 ? "325" : "320", "330", "offered"],
        ["Y", "310", "0", "offered"],
        ["Z", "300", "400", "offered"],
      ],
    );
  }
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "discontinued" },
  });
  await Assert.rejected("what is discontinued stays", 409, bob.call("PUT /products/{productId}", {
    path: { productId: shirt.id },
    body: { name: "Shirt" },
  }));
  await Assert.rejected("with its variants", 409, bob.call("PUT /variants/{variantId}", {
    path: { variantId: small },
    body: { price: 1 },
  }));
}
