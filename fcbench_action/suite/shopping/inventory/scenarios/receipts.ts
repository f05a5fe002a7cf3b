export const scenario = "Sellers book deliveries and take them back.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const admin = api.session("admin");
  const bob = api.session("seller");
  const carol = api.session("seller");
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
  const hat = await carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "HAT",
      name: "HAT",
      options: [],
      variants: [{ sku: "A", price: 100, choices: [] }],
    },
  });
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: hat.id },
    body: { status: "on_sale" },
  });
  const hatId = List.find(hat.variants, (one) => one.sku === "A")?.id ?? "";
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
  await carol.call("POST /receipts", {
    body: { code: "R-1", lines: [{ variant_id: hatId, quantity: 50 }] },
  });
  await alice.call("POST /reservations", { body: { variant_id: hatId, quantity: 10 } });
  const cap = await carol.call("POST /products", {
    body: {
      category_id: category.id,
      code: "CAP",
      name: "CAP",
      options: [],
      variants: [{ sku: "A", price: 100, choices: [] }],
    },
  });
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: cap.id },
    body: { status: "on_sale" },
  });
  await carol.call("PUT /products/{productId}/status", {
    path: { productId: cap.id },
    body: { status: "discontinued" },
  });
  const first = await bob.call("POST /receipts", {
    body: {
      code: "R-1",
      supplier: "Mill",
      lines: [{ variant_id: b, quantity: 13 }, { variant_id: a, quantity: 10 }],
    },
  });
  Assert.equal("a receipt in the order given", first, {
    id: first.id,
    code: "R-1",
    supplier: "Mill",
    lines: [{ variant_id: b, quantity: 13 }, { variant_id: a, quantity: 10 }],
    created_at: first.created_at,
    cancelled_at: null,
  });
  const begun = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("a stock began", begun, {
    variant_id: a,
    on_hand: 10,
    held: 0,
    available: 10,
    low_mark: null,
    low: false,
    updated_at: first.created_at,
  });
  const second = await bob.call("POST /receipts", {
    body: { code: "R-2", lines: [{ variant_id: a, quantity: 5 }] },
  });
  Assert.equal("without a supplier", second.supplier, null);
  const more = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("more on hand", [more.on_hand, more.available], [15, 15]);
  Assert.equal("it changed", more.updated_at, second.created_at);
  const other = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: b } });
  Assert.equal("the other as before", [other.on_hand, other.available], [13, 13]);
  const two = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: a },
    body: {},
  });
  Assert.equal("two movements, latest first", two.data, [
    {
      sequence: 2,
      kind: "receipt",
      quantity: 5,
      on_hand: 15,
      reason: "R-2",
      created_at: second.created_at,
    },
    {
      sequence: 1,
      kind: "receipt",
      quantity: 10,
      on_hand: 10,
      reason: "R-1",
      created_at: first.created_at,
    },
  ]);
  await Assert.rejected("the code is taken", 409, bob.call("POST /receipts", {
    body: { code: "R-1", lines: [{ variant_id: a, quantity: 1 }] },
  }));
  await Assert.rejected("a variant twice", 409, bob.call("POST /receipts", {
    body: { code: "R-3", lines: [{ variant_id: a, quantity: 1 }, { variant_id: a, quantity: 2 }] },
  }));
  await Assert.rejected("a variant of another seller", 404, bob.call("POST /receipts", {
    body: {
      code: "R-3",
      lines: [{ variant_id: a, quantity: 1 }, { variant_id: hatId, quantity: 1 }],
    },
  }));
  await Assert.rejected("no such variant", 404, bob.call("POST /receipts", {
    body: { code: "R-3", lines: [{ variant_id: bobJoined.seller.id, quantity: 1 }] },
  }));
  const same = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("nothing was booked", same, more);
  const read = await bob.call("GET /receipts/{receiptId}", { path: { receiptId: first.id } });
  Assert.equal("as it was booked", read, first);
  await Assert.rejected("receipts of others are not found", 404, carol.call(
    "GET /receipts/{receiptId}",
    { path: { receiptId: first.id } },
  ));
  await Assert.rejected("nor taken back", 404, carol.call(
    "POST /receipts/{receiptId}/cancellation",
    { path: { receiptId: first.id } },
  ));
  await Assert.rejected("stocks of others are not found", 404, carol.call(
    "GET /variants/{variantId}/stock",
    { path: { variantId: a } },
  ));
  await Assert.rejected("movements neither", 404, carol.call(
    "PATCH /variants/{variantId}/movements",
    { path: { variantId: a }, body: {} },
  ));
  const held = await alice.call("POST /reservations", { body: { variant_id: b, quantity: 1 } });
  await Assert.rejected("one is held back", 409, bob.call(
    "POST /receipts/{receiptId}/cancellation",
    { path: { receiptId: first.id } },
  ));
  const kept = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("nothing changes then", kept.on_hand, 15);
  const still = await bob.call("GET /receipts/{receiptId}", { path: { receiptId: first.id } });
  Assert.equal("it is not taken back", still.cancelled_at, null);
  const holding = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: b } });
  Assert.equal(
    "what is held is not available",
    [holding.on_hand, holding.held, holding.available],
    [13, 1, 12],
  );
  await alice.call("DELETE /reservations/{reservationId}", { path: { reservationId: held.id } });
  const cancelled = await bob.call("POST /receipts/{receiptId}/cancellation", {
    path: { receiptId: first.id },
  });
  Assert.equal("taken back", cancelled, {
    id: first.id,
    code: "R-1",
    supplier: "Mill",
    lines: first.lines,
    created_at: first.created_at,
    cancelled_at: cancelled.cancelled_at,
  });
  const seen = await bob.call("GET /receipts/{receiptId}", { path: { receiptId: first.id } });
  Assert.equal("for good", seen, cancelled);
  Assert.that("later", (cancelled.cancelled_at ?? "") > second.created_at);
  const less = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  const none = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: b } });
  Assert.equal("less on hand", [less.on_hand, less.available, none.on_hand], [5, 5, 0]);
  Assert.equal("changed then", less.updated_at, cancelled.cancelled_at);
  const three = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: a },
    body: { kind: "cancellation" },
  });
  Assert.equal("a movement", three.data, [
    {
      sequence: 3,
      kind: "cancellation",
      quantity: -10,
      on_hand: 5,
      reason: "R-1",
      created_at: cancelled.cancelled_at ?? "",
    },
  ]);
  Assert.equal("one of its kind", three.pagination, {
    current: 1,
    limit: 20,
    records: 1,
    pages: 1,
  });
  const paged = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: a },
    body: { page: 2, limit: 2 },
  });
  Assert.equal("the second page", paged.data.map((one) => one.sequence), [1]);
  Assert.equal("where it stands", paged.pagination, { current: 2, limit: 2, records: 3, pages: 2 });
  const front = await bob.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: a },
    body: { limit: 2 },
  });
  Assert.equal("the first page", front.data.map((one) => one.sequence), [3, 2]);
  const third = await bob.call("POST /receipts", {
    body: {
      code: "R-9",
      lines: [{ variant_id: a, quantity: 10 }, { variant_id: b, quantity: 13 }],
    },
  });
  await Assert.rejected("not twice", 409, bob.call("POST /receipts/{receiptId}/cancellation", {
    path: { receiptId: first.id },
  }));
  const short = await alice.call("POST /reservations", {
    body: { variant_id: b, quantity: 10, seconds: 1 },
  });
  const back = await bob.call("POST /receipts/{receiptId}/cancellation", {
    path: { receiptId: third.id },
  });
  Assert.equal("what expired does not keep it", back.cancelled_at, short.expires_at);
  await Assert.rejected("the code stays taken", 409, bob.call("POST /receipts", {
    body: { code: "R-1", lines: [{ variant_id: a, quantity: 1 }] },
  }));
  await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "out", quantity: 1, reason: "counted" },
  });
  await Assert.rejected("one is gone", 409, bob.call("POST /receipts/{receiptId}/cancellation", {
    path: { receiptId: second.id },
  }));
  await bob.call("POST /variants/{variantId}/adjustments", {
    path: { variantId: a },
    body: { direction: "in", quantity: 1, reason: "counted" },
  });
  const emptied = await bob.call("POST /receipts/{receiptId}/cancellation", {
    path: { receiptId: second.id },
  });
  Assert.equal("down to nothing", emptied.lines, [{ variant_id: a, quantity: 5 }]);
  const nothing = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  const theirs = await carol.call("GET /variants/{variantId}/stock", {
    path: { variantId: hatId },
  });
  Assert.equal("nothing is left, and others keep theirs", [nothing.on_hand, theirs.on_hand], [
    0,
    50,
  ]);
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "discontinued" },
  });
  await Assert.rejected("a discontinued product", 409, bob.call("POST /receipts", {
    body: { code: "R-4", lines: [{ variant_id: a, quantity: 1 }] },
  }));
  await Assert.rejected("strangers book nothing", 401, stranger.call("POST /receipts", {
    body: { code: "R-4", lines: [{ variant_id: a, quantity: 1 }] },
  }));
  await Assert.rejected("members neither", 403, alice.call("POST /receipts", {
    body: { code: "R-4", lines: [{ variant_id: a, quantity: 1 }] },
  }));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  await Assert.rejected("nor sellers without approval", 403, bob.call("POST /receipts", {
    body: { code: "R-4", lines: [{ variant_id: a, quantity: 1 }] },
  }));
  const past = await bob.call("GET /receipts/{receiptId}", { path: { receiptId: second.id } });
  Assert.equal("who still read", past, emptied);
}
