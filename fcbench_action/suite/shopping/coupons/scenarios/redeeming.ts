export const scenario = "Tickets are redeemed with orders that are still to be paid, and taken back.";

export async function test(api: Api): Promise<void> {
  const staff = api.session("admin");
  const tina = api.session("seller");
  const ann = api.session("member");
  const bob = api.session("member");
  const uwe = api.session("seller");
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
  const category = await staff.call("POST /categories", {
    body: { name: "Tools", parent_id: null },
  });
  const paint = await tina.call("POST /products", {
    body: {
      category_id: category.id,
      code: "PAINT",
      name: "Paint",
      options: ["Color"],
      variants: [{ sku: "PAINT-RED", price: 1000, choices: ["red"] }],
    },
  });
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "on_sale" },
  });
  const red = List.find(paint.variants, (one) => one.sku === "PAINT-RED")?.id ?? "";
  await tina.call("POST /receipts", {
    body: { code: "PAINT-1", lines: [{ variant_id: red, quantity: 50 }] },
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
  const paints = await staff.call("POST /categories", {
    body: { name: "Paints", parent_id: null },
  });
  const brush = await uwe.call("POST /products", {
    body: {
      category_id: paints.id,
      code: "BRUSH",
      name: "Brush",
      options: ["Color"],
      variants: [{ sku: "BRUSH-FINE", price: 333, choices: ["fine"] }],
    },
  });
  await uwe.call("PUT /products/{productId}/status", {
    path: { productId: brush.id },
    body: { status: "on_sale" },
  });
  const fine = List.find(brush.variants, (one) => one.sku === "BRUSH-FINE")?.id ?? "";
  await uwe.call("POST /receipts", {
    body: { code: "BRUSH-1", lines: [{ variant_id: fine, quantity: 50 }] },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "FIXED",
      title: "Fixed",
      benefit: { kind: "fixed", amount: 700 },
      member_limit: 3,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "TENTH",
      title: "Tenth",
      benefit: { kind: "percentage", percent: 10, ceiling: null },
      member_limit: 2,
      minimum: 999,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "HALF",
      title: "Half",
      benefit: { kind: "percentage", percent: 50, ceiling: 400 },
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "OFUWE",
      title: "Ofuwe",
      benefit: { kind: "percentage", percent: 50, ceiling: null },
      seller_id: uweJoined.seller.id,
      member_limit: 2,
      minimum: 999,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "PAINTS",
      title: "Paints",
      benefit: { kind: "fixed", amount: 5000 },
      category_ids: [paints.id],
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "TOOLS",
      title: "Tools",
      benefit: { kind: "fixed", amount: 100 },
      category_ids: [category.id],
      member_limit: 2,
    },
  });
  const fixed = await ann.call("POST /coupons/{code}/tickets", { path: { code: "FIXED" } });
  const tenth = await ann.call("POST /coupons/{code}/tickets", { path: { code: "TENTH" } });
  const half = await ann.call("POST /coupons/{code}/tickets", { path: { code: "HALF" } });
  const ofUwe = await ann.call("POST /coupons/{code}/tickets", { path: { code: "OFUWE" } });
  const onPaints = await ann.call("POST /coupons/{code}/tickets", { path: { code: "PAINTS" } });
  const onTools = await ann.call("POST /coupons/{code}/tickets", { path: { code: "TOOLS" } });
  const bobs = await bob.call("POST /coupons/{code}/tickets", { path: { code: "FIXED" } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 3 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 2 },
  });
  const small = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const bobsOrder = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const waiting = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: waiting.id },
    body: { amount: 1300, method: { kind: "transfer", bank: "Bank" } },
  });
  const lost = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2599, method: { kind: "transfer", bank: "Bank" } },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: lost.id },
    body: { settlement: { outcome: "failed", failure: "Lost." } },
  });
  await Assert.rejected("no such order", 404, bob.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: bobs.id },
  }));
  await Assert.rejected("a ticket of another", 404, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: bobs.id },
  }));
  const first = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: fixed.id },
  });
  Assert.equal("a fixed amount", first, {
    id: first.id,
    ticket_id: fixed.id,
    code: "FIXED",
    amount: 700,
    created_at: first.created_at,
  });
  const reduced = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("the order follows", reduced, {
    ...order,
    amounts: { goods: 1999, shipping: 600, discount: 700, total: 1899 },
    updated_at: first.created_at,
  });
  await Assert.rejected("redeemed with this order", 409, ann.call(
    "POST /orders/{orderId}/redemptions",
    { path: { orderId: order.id }, body: { ticket_id: fixed.id } },
  ));
  await Assert.rejected("redeemed with another", 409, ann.call(
    "POST /orders/{orderId}/redemptions",
    { path: { orderId: small.id }, body: { ticket_id: fixed.id } },
  ));
  await Assert.rejected("neither combines", 409, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: half.id },
  }));
  await Assert.rejected("redemptions of others", 404, bob.call(
    "DELETE /orders/{orderId}/redemptions/{redemptionId}",
    { path: { orderId: order.id, redemptionId: first.id } },
  ));
  await Assert.rejected("not in that order", 404, ann.call(
    "DELETE /orders/{orderId}/redemptions/{redemptionId}",
    { path: { orderId: small.id, redemptionId: first.id } },
  ));
  await ann.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: order.id, redemptionId: first.id },
  });
  const back = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("taken back", back.amounts, order.amounts);
  Assert.that("which is a change", Time.isBefore(first.created_at, back.updated_at));
  await Assert.rejected("taken back twice", 404, ann.call(
    "DELETE /orders/{orderId}/redemptions/{redemptionId}",
    { path: { orderId: order.id, redemptionId: first.id } },
  ));
  const tenthIn = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: tenth.id },
  });
  Assert.equal("a tenth, rounded down", tenthIn.amount, 199);
  await ann.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: order.id, redemptionId: tenthIn.id },
  });
  const halfIn = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: half.id },
  });
  Assert.equal("at most the ceiling", halfIn.amount, 400);
  await ann.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: order.id, redemptionId: halfIn.id },
  });
  const ofUweIn = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: ofUwe.id },
  });
  Assert.equal("half of uwe's goods", ofUweIn.amount, 499);
  await ann.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: order.id, redemptionId: ofUweIn.id },
  });
  const onPaintsIn = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: onPaints.id },
  });
  Assert.equal("no more than the goods it is for", onPaintsIn.amount, 999);
  await ann.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: order.id, redemptionId: onPaintsIn.id },
  });
  const onToolsIn = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: onTools.id },
  });
  Assert.equal("for tools", onToolsIn.amount, 100);
  await ann.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: order.id, redemptionId: onToolsIn.id },
  });
  await Assert.rejected("below the minimum", 409, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
    body: { ticket_id: tenth.id },
  }));
  await Assert.rejected("below the minimum of the seller's goods", 409, ann.call(
    "POST /orders/{orderId}/redemptions",
    { path: { orderId: small.id }, body: { ticket_id: ofUwe.id } },
  ));
  await Assert.rejected("no tools in it", 409, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
    body: { ticket_id: onTools.id },
  }));
  const kept = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
    body: { ticket_id: fixed.id },
  });
  Assert.equal("no more than the goods", kept.amount, 666);
  const free = await ann.call("GET /orders/{orderId}", { path: { orderId: small.id } });
  Assert.equal("shipping is left", free.amounts, {
    goods: 666,
    shipping: 300,
    discount: 666,
    total: 300,
  });
  const list = await ann.call("GET /orders/{orderId}/redemptions", { path: { orderId: small.id } });
  Assert.equal("all of an order", list.data, [kept]);
  await Assert.rejected("of others", 404, bob.call("GET /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
  }));
  const payment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: small.id },
    body: { amount: 300, method: { kind: "transfer", bank: "Bank" } },
  });
  await Assert.rejected("being paid", 409, ann.call(
    "DELETE /orders/{orderId}/redemptions/{redemptionId}",
    { path: { orderId: small.id, redemptionId: kept.id } },
  ));
  await Assert.rejected("also for redeeming", 409, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
    body: { ticket_id: onPaints.id },
  }));
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: payment.id },
    body: { settlement: { outcome: "captured" } },
  });
  await Assert.rejected("paid", 409, ann.call(
    "DELETE /orders/{orderId}/redemptions/{redemptionId}",
    { path: { orderId: small.id, redemptionId: kept.id } },
  ));
  await Assert.rejected("redeeming is too late", 409, ann.call(
    "POST /orders/{orderId}/redemptions",
    { path: { orderId: small.id }, body: { ticket_id: onPaints.id } },
  ));
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: small.id },
    body: { reason: "mistake" },
  });
  const once = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: fixed.id },
  });
  Assert.equal("usable again after cancelling", once.amount, 700);
  const still = await ann.call("GET /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
  });
  Assert.equal("the cancelled order keeps it", still.data, [kept]);
  await Assert.rejected("out of a cancelled order", 409, ann.call(
    "DELETE /orders/{orderId}/redemptions/{redemptionId}",
    { path: { orderId: small.id, redemptionId: kept.id } },
  ));
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: small.id } });
  await Assert.rejected("hidden", 404, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
    body: { ticket_id: onPaints.id },
  }));
  await Assert.rejected("with its redemptions", 404, ann.call("GET /orders/{orderId}/redemptions", {
    path: { orderId: small.id },
  }));
  await Assert.rejected("so nothing to take back", 404, ann.call(
    "DELETE /orders/{orderId}/redemptions/{redemptionId}",
    { path: { orderId: small.id, redemptionId: kept.id } },
  ));
  const soon = await staff.call("POST /admin/coupons", {
    body: { code: "SOON", title: "Soon", benefit: { kind: "fixed", amount: 50 } },
  });
  await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: soon.id },
    body: { ends_at: Time.addSeconds(soon.starts_at, 5) },
  });
  const short = await bob.call("POST /coupons/{code}/tickets", { path: { code: "SOON" } });
  const just = await bob.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: bobsOrder.id },
    body: { ticket_id: short.id },
  });
  Assert.equal("before it expires", just.amount, 50);
  await bob.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: bobsOrder.id, redemptionId: just.id },
  });
  await Assert.rejected("expired", 409, bob.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: bobsOrder.id },
    body: { ticket_id: short.id },
  }));
  const bobPays = await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: bobsOrder.id },
    body: { amount: 1300, method: { kind: "transfer", bank: "Bank" } },
  });
  await Assert.rejected("while it is paid", 409, bob.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: bobsOrder.id },
    body: { ticket_id: bobs.id },
  }));
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: bobPays.id },
    body: { settlement: { outcome: "captured" } },
  });
  await Assert.rejected("once it is paid", 409, bob.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: bobsOrder.id },
    body: { ticket_id: bobs.id },
  }));
}
