export const scenario = "The seller replies to a review, and others say whether it helped.";

export async function test(api: Api): Promise<void> {
  const staff = api.session("admin");
  const tina = api.session("seller");
  const uwe = api.session("seller");
  const ann = api.session("member");
  const bob = api.session("member");
  const eve = api.session("member");
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
  await bob.call("POST /members/me/addresses", {
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
  const eveJoined = await eve.call("POST /auth/members/join", {
    body: { email: "eve@example.com", nickname: "eve", password: "correct horse battery" },
  });
  eve.authenticate(eveJoined.token.access);
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
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
  const review = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: List.at(order.lines, 0)?.id ?? "" },
    body: { rating: 4, body: "Good." },
  });
  const other = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: List.at(order.lines, 1)?.id ?? "" },
    body: { rating: 4, body: "Good." },
  });
  const uwes = await uwe.call("PUT /reviews/{reviewId}/reply", {
    path: { reviewId: other.id },
    body: { body: "Well." },
  });
  Assert.equal("his own product", uwes.reply?.shop ?? "", "Uwe");
  await Assert.rejected("the own review", 403, ann.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  }));
  await Assert.rejected("nothing to take back", 404, bob.call("DELETE /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
  }));
  const up = await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  });
  Assert.equal("one found it helpful, and nothing else changed", up, { ...review, helpful: 1 });
  const twice = await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  });
  Assert.equal("said twice", twice, up);
  const both = await eve.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  });
  Assert.equal("two", both.helpful, 2);
  const down = await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: false },
  });
  Assert.equal("bob thinks otherwise", down.helpful, 1);
  const again = await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  });
  Assert.equal("and again", again.helpful, 2);
  await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: other.id },
    body: { helpful: true },
  });
  const seen = await eve.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: other.id },
    body: { helpful: true },
  });
  Assert.equal("two of the other, and its reply", seen, { ...uwes, helpful: 2 });
  const stays = await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  });
  Assert.equal("still two", stays, again);
  await bob.call("DELETE /reviews/{reviewId}/vote", { path: { reviewId: review.id } });
  await Assert.rejected("taken back twice", 404, bob.call("DELETE /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
  }));
  const list = await eve.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("eve's is left", list.data, [{ ...review, helpful: 1 }]);
  const brushes = await eve.call("PATCH /products/{productId}/reviews", {
    path: { productId: brush.id },
    body: {},
  });
  Assert.equal("the other review has its own", brushes.data.map((one) => one.helpful), [2]);
  await eve.call("DELETE /reviews/{reviewId}/vote", { path: { reviewId: review.id } });
  const zero = await eve.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: false },
  });
  Assert.equal("nobody found it helpful", zero.helpful, 0);
  const once = await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  });
  Assert.equal("bob does again", once.helpful, 1);
  await bob.call("DELETE /reviews/{reviewId}/vote", { path: { reviewId: review.id } });
  const none = await eve.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("and does not count any more", none.data.map((one) => one.helpful), [0]);
  await Assert.rejected("another's product", 403, uwe.call("PUT /reviews/{reviewId}/reply", {
    path: { reviewId: review.id },
    body: { body: "Thanks." },
  }));
  const reply = await tina.call("PUT /reviews/{reviewId}/reply", {
    path: { reviewId: review.id },
    body: { body: "Thanks." },
  });
  Assert.equal("a reply, and nothing else changed", reply, {
    ...review,
    reply: {
      shop: "Tina",
      body: "Thanks.",
      created_at: reply.reply?.created_at ?? "",
      updated_at: reply.reply?.created_at ?? "",
    },
  });
  const better = await tina.call("PUT /reviews/{reviewId}/reply", {
    path: { reviewId: review.id },
    body: { body: "Many thanks." },
  });
  Assert.equal("in other words", better.reply, {
    shop: "Tina",
    body: "Many thanks.",
    created_at: reply.reply?.created_at ?? "",
    updated_at: better.reply?.updated_at ?? "",
  });
  Assert.notEqual("later", better.reply?.updated_at ?? "", reply.reply?.created_at ?? "");
  const uwesAfter = await eve.call("PATCH /products/{productId}/reviews", {
    path: { productId: brush.id },
    body: {},
  });
  Assert.equal("uwe's is as it was", uwesAfter.data, [{ ...uwes, helpful: 2 }]);
  const kept = await eve.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("tina's stays", kept.data.map((one) => one.reply), [better.reply]);
  await ann.call("DELETE /reviews/{reviewId}", { path: { reviewId: review.id } });
  await Assert.rejected("no reply to what is deleted", 404, tina.call(
    "PUT /reviews/{reviewId}/reply",
    { path: { reviewId: review.id }, body: { body: "Thanks." } },
  ));
  await Assert.rejected("no vote", 404, bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
    body: { helpful: true },
  }));
  await Assert.rejected("and none to take back", 404, eve.call("DELETE /reviews/{reviewId}/vote", {
    path: { reviewId: review.id },
  }));
}
