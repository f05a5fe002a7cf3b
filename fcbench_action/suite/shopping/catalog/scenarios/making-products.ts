export const scenario = "Approved sellers make products with options and variants.";

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
  await Assert.rejected("a pending seller makes nothing", 403, carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT-1",
      name: "Shirt",
      description: "Soft.",
      options: ["Color", "Size"],
      variants: [
        { sku: "R-S", price: 1999, choices: ["red", "S"], list_price: 2999 },
        { sku: "R-L", price: 2199, choices: ["red", "L"] },
        { sku: "B-S", price: 1999, choices: ["blue", "S"] },
      ],
    },
  }));
  await Assert.rejected("no such category", 404, carol.call("POST /products", {
    body: {
      category_id: adminJoined.admin.id,
      code: "A",
      name: "A",
      options: [],
      variants: [{ sku: "A", price: 1, choices: [] }],
    },
  }));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: carolJoined.seller.id },
    body: { decision: { kind: "approve" } },
  });
  const plain = await carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT-1",
      name: "Plain",
      options: ["Sort"],
      variants: [
        { sku: "R-S", price: 100, choices: ["red"], list_price: 100 },
        { sku: "B-L", price: 90, choices: ["blue"] },
      ],
    },
  });
  Assert.equal("without description", [plain.description ?? "none", plain.seller.shop_name], [
    "none",
    carolName,
  ]);
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: plain.id },
    body: { status: "on_sale" },
  });
  await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "BARE",
      name: "Bare",
      options: [],
      variants: [{ sku: "B-L", price: 5, choices: [] }],
    },
  });
  const shirt = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT-1",
      name: "Shirt",
      description: "Soft.",
      options: ["Color", "Size"],
      variants: [
        { sku: "R-S", price: 1999, choices: ["red", "S"], list_price: 2999 },
        { sku: "R-L", price: 2199, choices: ["red", "L"] },
        { sku: "B-S", price: 1999, choices: ["blue", "S"] },
      ],
    },
  });
  const ids = shirt.variants.map((variant) => variant.id);
  Assert.equal("three variants", List.distinct(ids).length, 3);
  Assert.equal("a product in full", shirt, {
    id: shirt.id,
    seller: { id: bobJoined.seller.id, shop_name: bobName, open: true },
    category_id: category.id,
    code: "SHIRT-1",
    name: "Shirt",
    description: "Soft.",
    status: "draft",
    revision: 1,
    on_sale_at: null,
    created_at: shirt.created_at,
    updated_at: shirt.created_at,
    options: ["Color", "Size"],
    variants: [
      {
        id: List.at(ids, 0) ?? "",
        sku: "B-S",
        price: 1999,
        list_price: null,
        retired: false,
        choices: [{ option: "Color", value: "blue" }, { option: "Size", value: "S" }],
      },
      {
        id: List.at(ids, 1) ?? "",
        sku: "R-L",
        price: 2199,
        list_price: null,
        retired: false,
        choices: [{ option: "Color", value: "red" }, { option: "Size", value: "L" }],
      },
      {
        id: List.at(ids, 2) ?? "",
        sku: "R-S",
        price: 1999,
        list_price: 2999,
        retired: false,
        choices: [{ option: "Color", value: "red" }, { option: "Size", value: "S" }],
      },
    ],
  });
  await Assert.rejected("the code is taken", 409, bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT-1",
      name: "A",
      options: [],
      variants: [{ sku: "A", price: 1, choices: [] }],
    },
  }));
  await Assert.rejected("an SKU twice", 409, bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "A",
      name: "A",
      options: ["Color"],
      variants: [
        { sku: "A", price: 1, choices: ["red"] },
        { sku: "A", price: 1, choices: ["blue"] },
      ],
    },
  }));
  await Assert.rejected("two alike", 409, bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "A",
      name: "A",
      options: ["Color"],
      variants: [
        { sku: "A", price: 1, choices: ["red"] },
        { sku: "B", price: 1, choices: ["red"] },
      ],
    },
  }));
  await Assert.rejected("two without options are alike", 409, bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "A",
      name: "A",
      options: [],
      variants: [{ sku: "A", price: 1, choices: [] }, { sku: "B", price: 1, choices: [] }],
    },
  }));
  await Assert.rejected("a choice is missing", 409, bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "A",
      name: "A",
      options: ["Color", "Size"],
      variants: [
        { sku: "A", price: 1, choices: ["red", "S"] },
        { sku: "B", price: 1, choices: ["red"] },
      ],
    },
  }));
  await Assert.rejected("a choice too many", 409, bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "A",
      name: "A",
      options: ["Color"],
      variants: [{ sku: "A", price: 1, choices: ["red", "S"] }],
    },
  }));
  await Assert.rejected("a list price that is lower", 409, bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "A",
      name: "A",
      options: [],
      variants: [{ sku: "A", price: 100, choices: [], list_price: 99 }],
    },
  }));
  const own = await bob.call("GET /sellers/me/products/{productId}", {
    path: { productId: shirt.id },
  });
  Assert.equal("as it was made", own, shirt);
  await Assert.rejected("products of others are not found", 404, carol.call(
    "GET /sellers/me/products/{productId}",
    { path: { productId: shirt.id } },
  ));
  await Assert.rejected("drafts are not shown", 404, stranger.call("GET /products/{productId}", {
    path: { productId: shirt.id },
  }));
  const more = await bob.call("POST /products/{productId}/variants", {
    path: { productId: shirt.id },
    body: { sku: "B-L", price: 2099, choices: ["blue", "L"], list_price: 2099 },
  });
  Assert.equal("a variant more", more.variants.map((variant) => variant.sku), [
    "B-S",
    "R-L",
    "R-S",
    "B-L",
  ]);
  Assert.equal(
    "the new one",
    more.variants.slice(3, 4).map((variant) => ({
      price: variant.price,
      list_price: variant.list_price,
      retired: variant.retired,
      choices: variant.choices,
    })),
    [
      {
        price: 2099,
        list_price: 2099,
        retired: false,
        choices: [{ option: "Color", value: "blue" }, { option: "Size", value: "L" }],
      },
    ],
  );
  Assert.equal("another snapshot", more.revision, 2);
  Assert.that("the product changed", more.updated_at > shirt.updated_at);
  Assert.equal("the others are as before", more.variants.slice(0, 3), shirt.variants);
  await Assert.rejected("the SKU is taken", 409, bob.call("POST /products/{productId}/variants", {
    path: { productId: shirt.id },
    body: { sku: "B-L", price: 1, choices: ["green", "L"] },
  }));
  await Assert.rejected("there is one like it", 409, bob.call(
    "POST /products/{productId}/variants",
    { path: { productId: shirt.id }, body: { sku: "X", price: 1, choices: ["red", "L"] } },
  ));
  await Assert.rejected("a choice is missing in one more", 409, bob.call(
    "POST /products/{productId}/variants",
    { path: { productId: shirt.id }, body: { sku: "X", price: 1, choices: ["green"] } },
  ));
  await Assert.rejected("a list price too low", 409, bob.call(
    "POST /products/{productId}/variants",
    {
      path: { productId: shirt.id },
      body: { sku: "X", price: 2, choices: ["green", "S"], list_price: 1 },
    },
  ));
  await Assert.rejected("nothing is added to what others sell", 404, carol.call(
    "POST /products/{productId}/variants",
    { path: { productId: shirt.id }, body: { sku: "X", price: 1, choices: ["green", "S"] } },
  ));
  const retired = await bob.call("PUT /variants/{variantId}", {
    path: { variantId: List.at(ids, 0) ?? "" },
    body: { retired: true },
  });
  await Assert.rejected("retired ones count too", 409, bob.call(
    "POST /products/{productId}/variants",
    { path: { productId: shirt.id }, body: { sku: "X", price: 1, choices: ["blue", "S"] } },
  ));
  const offered = await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  const seen = await stranger.call("GET /products/{productId}", { path: { productId: shirt.id } });
  Assert.equal(
    "what is on sale is shown",
    [seen.id, seen.code, seen.name, seen.description ?? "", seen.status, seen.seller.id],
    [shirt.id, "SHIRT-1", "Shirt", "Soft.", "on_sale", bobJoined.seller.id],
  );
  Assert.equal("without retired variants", seen.variants, offered.variants.filter(
    (variant) => !variant.retired,
  ));
  Assert.equal("its options and its shop", [seen.options, [seen.seller.shop_name]], [
    ["Color", "Size"],
    [bobName],
  ]);
  Assert.that("the shop is open", seen.seller.open && offered.seller.open && more.seller.open);
  Assert.equal("its seller sees four", retired.variants.length, 4);
  const snapshot = await bob.call("GET /products/{productId}/snapshots/{revision}", {
    path: { productId: shirt.id, revision: 1 },
  });
  Assert.equal("the first snapshot", snapshot, {
    revision: 1,
    category_id: category.id,
    name: "Shirt",
    description: "Soft.",
    status: "draft",
    created_at: shirt.created_at,
    variants: shirt.variants.map((one) => ({
      variant_id: one.id,
      sku: one.sku,
      price: one.price,
      list_price: one.list_price,
      retired: false,
    })),
  });
  const extended = await bob.call("GET /products/{productId}/snapshots/{revision}", {
    path: { productId: shirt.id, revision: 2 },
  });
  Assert.equal("the second snapshot", extended, {
    revision: 2,
    category_id: category.id,
    name: "Shirt",
    description: "Soft.",
    status: "draft",
    created_at: more.updated_at,
    variants: List.sortBy(more.variants, (one) => one.sku, "asc").map((one) => ({
      variant_id: one.id,
      sku: one.sku,
      price: one.price,
      list_price: one.list_price,
      retired: false,
    })),
  });
  const reread = await bob.call("GET /sellers/me/products/{productId}", {
    path: { productId: shirt.id },
  });
  Assert.equal("its seller reads the same", reread, offered);
  const paused = await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "paused" },
  });
  const still = await stranger.call("GET /products/{productId}", { path: { productId: shirt.id } });
  Assert.equal("what is paused is shown", still.status, "paused");
  Assert.equal("and how it changed", [still.revision, still.on_sale_at ?? "", still.updated_at], [
    5,
    offered.updated_at,
    paused.updated_at,
  ]);
  Assert.equal("when it was made", still.created_at, shirt.created_at);
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "discontinued" },
  });
  await Assert.rejected("what is discontinued is not", 404, stranger.call(
    "GET /products/{productId}",
    { path: { productId: shirt.id } },
  ));
  await Assert.rejected("no variants any more", 409, bob.call(
    "POST /products/{productId}/variants",
    { path: { productId: shirt.id }, body: { sku: "X", price: 1, choices: ["green", "S"] } },
  ));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  const closed = await bob.call("GET /sellers/me/products/{productId}", {
    path: { productId: shirt.id },
  });
  Assert.equal("suspended sellers still read", [closed.status, closed.seller.shop_name], [
    "discontinued",
    bobName,
  ]);
  Assert.that("their shop is closed", !closed.seller.open);
  await Assert.rejected("but add nothing", 403, bob.call("POST /products/{productId}/variants", {
    path: { productId: shirt.id },
    body: { sku: "X", price: 1, choices: ["green", "S"] },
  }));
  await Assert.rejected("strangers make nothing", 401, stranger.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT-1",
      name: "Shirt",
      description: "Soft.",
      options: ["Color", "Size"],
      variants: [
        { sku: "R-S", price: 1999, choices: ["red", "S"], list_price: 2999 },
        { sku: "R-L", price: 2199, choices: ["red", "L"] },
        { sku: "B-S", price: 1999, choices: ["blue", "S"] },
      ],
    },
  }));
}
