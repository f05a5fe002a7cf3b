export const scenario = "Everybody finds what is on sale.";

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
  const warm = await admin.call("POST /categories", {
    body: { name: "Warm", parent_id: category.id },
  });
  const wool = await admin.call("POST /categories", { body: { name: "Wool", parent_id: warm.id } });
  const sport = await admin.call("POST /categories", { body: { name: "Sport", parent_id: null } });
  const hat = await bob.call("POST /products", {
    body: {
      category_id: wool.id,
      code: "HAT",
      name: "Wool hat",
      options: ["Size"],
      variants: [
        { sku: "S", price: 300, choices: ["S"] },
        { sku: "L", price: 500, choices: ["L"] },
      ],
    },
  });
  const coat = await bob.call("POST /products", {
    body: {
      category_id: warm.id,
      code: "COAT",
      name: "Coat",
      options: [],
      variants: [{ sku: "S", price: 900, choices: [] }],
    },
  });
  const shirt = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT",
      name: "A shirt",
      options: [],
      variants: [{ sku: "S", price: 400, choices: [] }],
    },
  });
  const draft = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "DRAFT",
      name: "Draft",
      options: [],
      variants: [{ sku: "S", price: 400, choices: [] }],
    },
  });
  const paused = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "PAUSED",
      name: "Paused",
      options: [],
      variants: [{ sku: "S", price: 400, choices: [] }],
    },
  });
  const ball = await carol.call("POST /products", {
    body: {
      category_id: sport.id,
      code: "BALL",
      name: "Ball",
      options: [],
      variants: [{ sku: "S", price: 400, choices: [] }],
    },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: paused.id },
    body: { status: "on_sale" },
  });
  const offered = await bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "on_sale" },
  });
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: ball.id },
    body: { status: "on_sale" },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: coat.id },
    body: { status: "on_sale" },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: paused.id },
    body: { status: "paused" },
  });
  await bob.call("PUT /variants/{variantId}", {
    path: { variantId: List.find(hat.variants, (one) => one.sku === "S")?.id ?? "" },
    body: { retired: true },
  });
  const all = await stranger.call("PATCH /products", { body: {} });
  Assert.equal("newest on sale first", all.data.map((product) => product.id), [
    coat.id,
    ball.id,
    hat.id,
    shirt.id,
  ]);
  Assert.equal("one page", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  Assert.equal("a product as it is listed", List.at(all.data, 2), {
    id: hat.id,
    name: "Wool hat",
    seller: { id: bobJoined.seller.id, shop_name: bobName, open: true },
    category_id: wool.id,
    status: "on_sale",
    lowest_price: 500,
    on_sale_at: offered.updated_at,
  });
  Assert.equal("each with its seller", all.data.map((product) => product.seller.shop_name), [
    bobName,
    carolName,
    bobName,
    bobName,
  ]);
  const newest = await stranger.call("PATCH /products", { body: { order: "newest", limit: 3 } });
  Assert.equal("the same order", newest.data.map((product) => product.id), [
    coat.id,
    ball.id,
    hat.id,
  ]);
  Assert.equal("two pages", newest.pagination, { current: 1, limit: 3, records: 4, pages: 2 });
  const second = await stranger.call("PATCH /products", { body: { page: 2, limit: 3 } });
  Assert.equal("the second page", second.data.map((product) => product.id), [shirt.id]);
  const named = await stranger.call("PATCH /products", { body: { order: "name" } });
  Assert.equal("by name", named.data.map((product) => product.name), [
    "A shirt",
    "Ball",
    "Coat",
    "Wool hat",
  ]);
  const cheap = await stranger.call("PATCH /products", { body: { order: "cheapest" } });
  Assert.equal("by price", cheap.data.map((product) => product.lowest_price ?? 0), [
    400,
    400,
    500,
    900,
  ]);
  const clothes = await stranger.call("PATCH /products", {
    body: { category_id: category.id, order: "name" },
  });
  Assert.equal("in a category and below", clothes.data.map((product) => product.name), [
    "A shirt",
    "Coat",
    "Wool hat",
  ]);
  const warmer = await stranger.call("PATCH /products", {
    body: { category_id: warm.id, order: "name" },
  });
  Assert.equal("one level down", warmer.data.map((product) => product.name), ["Coat", "Wool hat"]);
  const woollen = await stranger.call("PATCH /products", { body: { category_id: wool.id } });
  Assert.equal("two levels down", woollen.data.map((product) => product.name), ["Wool hat"]);
  const theirs = await stranger.call("PATCH /products", {
    body: { seller_id: carolJoined.seller.id },
  });
  Assert.equal("of a seller", theirs.data.map((product) => product.name), ["Ball"]);
  const text = await stranger.call("PATCH /products", { body: { search: "wOOL" } });
  Assert.equal("by a text", text.data.map((product) => product.name), ["Wool hat"]);
  const priced = await stranger.call("PATCH /products", {
    body: { price: { minimum: 400, maximum: 500 }, order: "name" },
  });
  Assert.equal("by price, limits included", priced.data.map((product) => product.name), [
    "A shirt",
    "Ball",
    "Wool hat",
  ]);
  const dear = await stranger.call("PATCH /products", {
    body: { price: { minimum: 501, maximum: 900 } },
  });
  Assert.equal("dear ones", dear.data.map((product) => product.name), ["Coat"]);
  const neither = await stranger.call("PATCH /products", {
    body: { price: { minimum: 300, maximum: 399 } },
  });
  Assert.equal("retired variants have no price", neither.data, []);
  const both = await stranger.call("PATCH /products", {
    body: {
      category_id: warm.id,
      search: "a",
      price: { minimum: 1, maximum: 600 },
      seller_id: bobJoined.seller.id,
    },
  });
  Assert.equal("all together", both.data.map((product) => product.name), ["Wool hat"]);
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  const open = await stranger.call("PATCH /products", { body: {} });
  Assert.equal("only open shops", open.data.map((product) => product.name), ["Ball"]);
  Assert.equal("drafts were never found", draft.status, "draft");
}
