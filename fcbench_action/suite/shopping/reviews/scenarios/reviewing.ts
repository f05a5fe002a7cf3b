export const scenario = "Buyers review what they bought, once for each line, and change it a few times.";

export async function test(api: Api): Promise<void> {
  const staff = api.session("admin");
  const tina = api.session("seller");
  const uwe = api.session("seller");
  const ann = api.session("member");
  const bob = api.session("member");
  const staffJoined = await staff.call("POST /auth/admins/join", {
    body: { email: "staff@shopping.example", name: "Staff", password: "correct horse battery" },
  });
  staff.authenticate(staffJoined.token.access);
  const tinaJoined = await tina.call("POST /auth/sellers/join", {
    body: {
      email: "tina@example.com",
      shop_name: "Tina",
      company_number: "0000000001",
      password: "correct horse battery",
    },
  });
  tina.authenticate(tinaJoined.token.access);
  await staff.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: tinaJoined.seller.id },
    body: { decision: { kind: "approve" } },
  });
  const uweJoined = await uwe.call("POST /auth/sellers/join", {
    body: {
      email: "uwe@example.com",
      shop_name: "Uwe",
      company_number: "0000000002",
      password: "correct horse battery",
    },
  });
  uwe.authenticate(uweJoined.token.access);
  await staff.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: uweJoined.seller.id },
    body: { decision: { kind: "approve" } },
  });
  const category = await staff.call("POST /categories", {
    body: { name: "Tools", parent_id: null },
  });
  const paint = await tina.call("POST /products", {
    body: {
      category_id: category.id,
      code: "PAINT",
      name: "Paint",
      options: ["Color"],
      variants: [
        { sku: "PAINT-RED", price: 1200, choices: ["red"] },
        { sku: "PAINT-BLUE", price: 800, choices: ["blue"] },
      ],
    },
  });
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "on_sale" },
  });
  const red = List.find(paint.variants, (one) => one.sku === "PAINT-RED")?.id ?? "";
  const blue = List.find(paint.variants, (one) => one.sku === "PAINT-BLUE")?.id ?? "";
  await tina.call("POST /receipts", {
    body: {
      code: "PAINT-1",
      lines: [{ variant_id: red, quantity: 20 }, { variant_id: blue, quantity: 20 }],
    },
  });
  const brush = await uwe.call("POST /products", {
    body: {
      category_id: category.id,
      code: "BRUSH",
      name: "Brush",
      options: ["Color"],
      variants: [{ sku: "BRUSH-FINE", price: 500, choices: ["fine"] }],
    },
  });
  await uwe.call("PUT /products/{productId}/status", {
    path: { productId: brush.id },
    body: { status: "on_sale" },
  });
  const fine = List.find(brush.variants, (one) => one.sku === "BRUSH-FINE")?.id ?? "";
  await uwe.call("POST /receipts", {
    body: { code: "BRUSH-1", lines: [{ variant_id: fine, quantity: 20 }] },
  });
  const annJoined = await ann.call("POST /auth/members/join", {
    body: { email: "ann@example.com", nickname: "ann", password: "correct horse battery" },
  });
  ann.authenticate(annJoined.token.access);
  const bobJoined = await bob.call("POST /auth/members/join", {
    body: { email: "bob@example.com", nickname: "bob", password: "correct horse battery" },
  });
  bob.authenticate(bobJoined.token.access);
  const annHome = await ann.call("POST /members/me/addresses", {
    body: {
      label: "Home",
      recipient: "Ann at Home",
      phone: "030 123456",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Home street 1",
    },
  });
  const bobHome = await bob.call("POST /members/me/addresses", {
    body: {
      label: "Home",
      recipient: "Bob at Home",
      phone: "030 123456",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Home street 1",
    },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const unpaid = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const undone = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const bobs = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  const redLine = List.at(order.lines, 0)?.id ?? "";
  const fineLine = List.at(order.lines, 1)?.id ?? "";
  const blueLine = List.at(order.lines, 2)?.id ?? "";
  const unpaidLine = List.at(unpaid.lines, 0)?.id ?? "";
  const undoneLine = List.at(undone.lines, 0)?.id ?? "";
  const bobsLine = List.at(bobs.lines, 0)?.id ?? "";
  await Assert.rejected("not paid yet", 409, ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: redLine },
    body: { rating: 5, body: "Good." },
  }));
  const orderPayment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: {
      amount: order.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: orderPayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  const bobsPayment = await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: bobs.id },
    body: {
      amount: bobs.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Bob" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: bobsPayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  const undonePayment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: undone.id },
    body: {
      amount: undone.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: undonePayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  await Assert.rejected("not paid at all", 409, ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: unpaidLine },
    body: { rating: 5, body: "Good." },
  }));
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: undone.id },
    body: { reason: "mistake" },
  });
  await Assert.rejected("cancelled", 409, ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: undoneLine },
    body: { rating: 5, body: "Good." },
  }));
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: undone.id } });
  await Assert.rejected("hidden", 404, ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: undoneLine },
    body: { rating: 5, body: "Good." },
  }));
  await Assert.rejected("bought by another", 404, ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: bobsLine },
    body: { rating: 5, body: "Good." },
  }));
  await Assert.rejected("no line at all", 404, ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: order.id },
    body: { rating: 5, body: "Good." },
  }));
  const first = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: redLine },
    body: { rating: 4, body: "Dries fast.", title: "Good paint" },
  });
  Assert.equal("the review", first, {
    id: first.id,
    product_id: paint.id,
    author: "ann",
    rating: 4,
    title: "Good paint",
    body: "Dries fast.",
    revision: 1,
    helpful: 0,
    reply: null,
    created_at: first.created_at,
    updated_at: first.created_at,
  });
  await Assert.rejected("once a line", 409, ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: redLine },
    body: { rating: 5, body: "Good." },
  }));
  const second = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: blueLine },
    body: { rating: 1, body: "Good." },
  });
  Assert.equal("another line of the same product", [second.product_id, second.body], [
    paint.id,
    "Good.",
  ]);
  Assert.equal("without title", second.title, null);
  const third = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: fineLine },
    body: { rating: 5, body: "Good." },
  });
  Assert.equal("another product", third.product_id, brush.id);
  const replied = await tina.call("PUT /reviews/{reviewId}/reply", {
    path: { reviewId: second.id },
    body: { body: "Sorry." },
  });
  const thanked = await uwe.call("PUT /reviews/{reviewId}/reply", {
    path: { reviewId: third.id },
    body: { body: "Thanks." },
  });
  const bobsReview = await bob.call("POST /order-lines/{lineId}/review", {
    path: { lineId: bobsLine },
    body: { rating: 3, body: "Good." },
  });
  Assert.equal("with no reply of others", bobsReview, {
    ...second,
    id: bobsReview.id,
    author: "bob",
    rating: 3,
    created_at: bobsReview.created_at,
    updated_at: bobsReview.created_at,
  });
  await Assert.rejected("changed by another", 403, bob.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { rating: 1 },
  }));
  await Assert.rejected("deleted by another", 403, bob.call("DELETE /reviews/{reviewId}", {
    path: { reviewId: first.id },
  }));
  await Assert.rejected("looked back at by another", 403, bob.call(
    "GET /reviews/{reviewId}/revisions",
    { path: { reviewId: first.id } },
  ));
  const rated = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { rating: 3 },
  });
  Assert.equal("another rating", rated, {
    ...first,
    rating: 3,
    revision: 2,
    updated_at: rated.updated_at,
  });
  Assert.that("changed later", Time.isBefore(first.updated_at, rated.updated_at));
  const same = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { rating: 3, title: "Good paint", body: "Dries fast." },
  });
  Assert.equal("nothing differs", same, rated);
  const untitled = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { title: null },
  });
  Assert.equal("without title now", untitled, {
    ...rated,
    title: null,
    revision: 3,
    updated_at: untitled.updated_at,
  });
  const said = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { body: "Dries slowly." },
  });
  Assert.equal("another body", said, {
    ...untitled,
    body: "Dries slowly.",
    revision: 4,
    updated_at: said.updated_at,
  });
  const last = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { title: "Slow" },
  });
  Assert.equal("the fifth", [last.revision, last.rating], [5, 3]);
  await Assert.rejected("five are enough", 409, ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { rating: 5 },
  }));
  const unchanged = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { rating: 3 },
  });
  Assert.equal("but nothing can be changed", unchanged, last);
  const revisions = await ann.call("GET /reviews/{reviewId}/revisions", {
    path: { reviewId: first.id },
  });
  Assert.equal("in their order", revisions.data, [
    {
      revision: 1,
      rating: 4,
      title: "Good paint",
      body: "Dries fast.",
      created_at: first.created_at,
    },
    {
      revision: 2,
      rating: 3,
      title: "Good paint",
      body: "Dries fast.",
      created_at: rated.updated_at,
    },
    { revision: 3, rating: 3, title: null, body: "Dries fast.", created_at: untitled.updated_at },
    { revision: 4, rating: 3, title: null, body: "Dries slowly.", created_at: said.updated_at },
    { revision: 5, rating: 3, title: "Slow", body: "Dries slowly.", created_at: last.updated_at },
  ]);
  const own = await ann.call("GET /reviews/{reviewId}/revisions", {
    path: { reviewId: second.id },
  });
  Assert.equal("of another review", own.data.map((one) => one.rating), [1]);
  await ann.call("DELETE /reviews/{reviewId}", { path: { reviewId: first.id } });
  await Assert.rejected("deleted twice", 404, ann.call("DELETE /reviews/{reviewId}", {
    path: { reviewId: first.id },
  }));
  await Assert.rejected("changed after that", 404, ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: first.id },
    body: { rating: 1 },
  }));
  await Assert.rejected("or looked back at", 404, ann.call("GET /reviews/{reviewId}/revisions", {
    path: { reviewId: first.id },
  }));
  await Assert.rejected("its line stays reviewed", 409, ann.call(
    "POST /order-lines/{lineId}/review",
    { path: { lineId: redLine }, body: { rating: 5, body: "Good." } },
  ));
  const left = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: second.id },
    body: { rating: 2 },
  });
  Assert.equal("the others are there, with their replies", left, {
    ...replied,
    rating: 2,
    revision: 2,
    updated_at: left.updated_at,
  });
  const thirdSame = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: third.id },
    body: {},
  });
  Assert.equal("and the third", thirdSame, thanked);
  const thirdLeft = await ann.call("PUT /reviews/{reviewId}", {
    path: { reviewId: third.id },
    body: { rating: 4 },
  });
  Assert.equal("also after a change", thirdLeft.reply, thanked.reply);
}
