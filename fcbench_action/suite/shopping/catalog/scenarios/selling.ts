export const scenario = "A product goes on sale, is paused and discontinued; sellers find their own.";

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
  const hat = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "HAT",
      name: "Hat",
      options: ["Size"],
      variants: [
        { sku: "S", price: 100, choices: ["S"] },
        { sku: "L", price: 120, choices: ["L"] },
      ],
    },
  });
  await Assert.rejected("a draft is not paused", 409, bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "paused" },
  }));
  await Assert.rejected("nor discontinued", 409, bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "discontinued" },
  }));
  await Assert.rejected("others do not sell it", 404, carol.call(
    "PUT /products/{productId}/status",
    { path: { productId: hat.id }, body: { status: "on_sale" } },
  ));
  const offered = await bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "on_sale" },
  });
  Assert.equal("on sale", offered, {
    id: hat.id,
    seller: hat.seller,
    category_id: category.id,
    code: "HAT",
    name: "Hat",
    description: null,
    status: "on_sale",
    revision: 2,
    on_sale_at: offered.updated_at,
    created_at: hat.created_at,
    updated_at: offered.updated_at,
    options: ["Size"],
    variants: hat.variants,
  });
  Assert.that("changed later", offered.updated_at > hat.updated_at);
  await Assert.rejected("on sale already", 409, bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "on_sale" },
  }));
  const paused = await bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "paused" },
  });
  Assert.equal("paused", [paused.status, paused.on_sale_at ?? ""], ["paused", offered.updated_at]);
  await Assert.rejected("paused already", 409, bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "paused" },
  }));
  const again = await bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "on_sale" },
  });
  Assert.equal("first on sale as before", [again.status, again.on_sale_at ?? ""], [
    "on_sale",
    offered.updated_at,
  ]);
  Assert.equal("four snapshots", again.revision, 4);
  const coat = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "COAT",
      name: "Coat",
      options: ["Size"],
      variants: [
        { sku: "S", price: 900, choices: ["S"] },
        { sku: "L", price: 950, choices: ["L"] },
      ],
    },
  });
  await bob.call("PUT /variants/{variantId}", {
    path: { variantId: List.find(coat.variants, (one) => one.sku === "S")?.id ?? "" },
    body: { retired: true },
  });
  const sock = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SOCK",
      name: "Sock",
      options: [],
      variants: [{ sku: "S", price: 5, choices: [] }],
    },
  });
  await bob.call("PUT /variants/{variantId}", {
    path: { variantId: List.at(sock.variants, 0)?.id ?? "" },
    body: { retired: true },
  });
  const scarf = await carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SCARF",
      name: "Scarf",
      options: [],
      variants: [{ sku: "S", price: 5, choices: [] }],
    },
  });
  const own = await bob.call("PATCH /sellers/me/products", { body: {} });
  Assert.equal("newest first", own.data, [
    {
      id: sock.id,
      name: sock.name,
      seller: sock.seller,
      category_id: sock.category_id,
      status: "draft",
      lowest_price: null,
      on_sale_at: sock.on_sale_at,
    },
    {
      id: coat.id,
      name: coat.name,
      seller: coat.seller,
      category_id: coat.category_id,
      status: "draft",
      lowest_price: 950,
      on_sale_at: coat.on_sale_at,
    },
    {
      id: again.id,
      name: again.name,
      seller: again.seller,
      category_id: again.category_id,
      status: "on_sale",
      lowest_price: 100,
      on_sale_at: again.on_sale_at,
    },
  ]);
  Assert.equal("one page", own.pagination, { current: 1, limit: 20, records: 3, pages: 1 });
  const first = await bob.call("PATCH /sellers/me/products", { body: { limit: 2 } });
  Assert.equal("the first page", first.data.map((product) => product.id), [sock.id, coat.id]);
  const second = await bob.call("PATCH /sellers/me/products", { body: { page: 2, limit: 2 } });
  Assert.equal("the second page", second.data.map((product) => product.id), [hat.id]);
  Assert.equal("where it stands", second.pagination, {
    current: 2,
    limit: 2,
    records: 3,
    pages: 2,
  });
  const drafts = await bob.call("PATCH /sellers/me/products", {
    body: { status: "draft", limit: 1 },
  });
  Assert.equal("drafts", drafts.data.map((product) => product.id), [sock.id]);
  Assert.equal("two of them", drafts.pagination.records, 2);
  const theirs = await carol.call("PATCH /sellers/me/products", { body: {} });
  Assert.equal("everyone their own", theirs.data.map((product) => product.id), [scarf.id]);
  const gone = await bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "discontinued" },
  });
  Assert.equal("discontinued", [gone.status, gone.on_sale_at ?? ""], [
    "discontinued",
    offered.updated_at,
  ]);
  await Assert.rejected("for good", 409, bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "on_sale" },
  }));
  await Assert.rejected("not paused", 409, bob.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "paused" },
  }));
  await Assert.rejected("not discontinued again", 409, bob.call(
    "PUT /products/{productId}/status",
    { path: { productId: hat.id }, body: { status: "discontinued" } },
  ));
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: scarf.id },
    body: { status: "on_sale" },
  });
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: scarf.id },
    body: { status: "paused" },
  });
  const over = await carol.call("PUT /products/{productId}/status", {
    path: { productId: scarf.id },
    body: { status: "discontinued" },
  });
  Assert.equal("what is paused is discontinued", over.status, "discontinued");
  const states = await bob.call("PATCH /sellers/me/products", { body: { status: "discontinued" } });
  Assert.equal("by status", states.data.map((product) => [product.id, product.status]), [
    [hat.id, "discontinued"],
  ]);
  await Assert.rejected("nothing to buy", 409, bob.call("PUT /products/{productId}/status", {
    path: { productId: sock.id },
    body: { status: "on_sale" },
  }));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  await Assert.rejected("suspended sellers sell nothing", 403, bob.call(
    "PUT /products/{productId}/status",
    { path: { productId: coat.id }, body: { status: "on_sale" } },
  ));
  const closed = await bob.call("PATCH /sellers/me/products", { body: { limit: 1 } });
  Assert.equal("but see their products", closed.data.map((product) => product.seller), [
    { id: bobJoined.seller.id, shop_name: bobName, open: false },
  ]);
  await Assert.rejected("strangers have none", 401, stranger.call("PATCH /sellers/me/products", {
    body: {},
  }));
}
