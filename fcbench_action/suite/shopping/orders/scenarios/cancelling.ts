export const scenario = "Orders are cancelled while nothing is prepared, and hidden afterwards.";

export async function test(api: Api): Promise<void> {
  const staff = api.session("admin");
  const tina = api.session("seller");
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
      lines: [{ variant_id: red, quantity: 5 }, { variant_id: blue, quantity: 3 }],
    },
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
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Home street 1",
    },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 5 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await Assert.rejected("orders of others", 404, bob.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: order.id },
    body: { reason: "changed_mind" },
  }));
  await Assert.rejected("not at its end", 409, ann.call("DELETE /orders/{orderId}", {
    path: { orderId: order.id },
  }));
  const cancelled = await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: order.id },
    body: { reason: "mistake", comment: "Too much." },
  });
  Assert.equal("nothing to refund", cancelled, {
    reason: "mistake",
    comment: "Too much.",
    refunded: 0,
    created_at: cancelled.created_at,
  });
  const after = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("it is cancelled", after, {
    ...order,
    state: "cancelled",
    closed_at: cancelled.created_at,
    updated_at: cancelled.created_at,
  });
  await Assert.rejected("cancelled already", 409, ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: order.id },
    body: { reason: "changed_mind" },
  }));
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 5 },
  });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 3 },
  });
  const bobs = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  const payment = await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: bobs.id },
    body: {
      amount: bobs.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await Assert.rejected("a payment is under way", 409, bob.call(
    "POST /orders/{orderId}/cancellation",
    { path: { orderId: bobs.id }, body: { reason: "changed_mind" } },
  ));
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: payment.id },
    body: { settlement: { outcome: "captured" } },
  });
  const lineId = List.at(bobs.lines, 1)?.id ?? "";
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: lineId },
    body: { prepared: true },
  });
  await Assert.rejected("a line is prepared", 409, bob.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: bobs.id },
    body: { reason: "changed_mind" },
  }));
  await Assert.rejected("a paid order is not hidden", 409, bob.call("DELETE /orders/{orderId}", {
    path: { orderId: bobs.id },
  }));
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: lineId },
    body: { prepared: false },
  });
  const refund = await bob.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: bobs.id },
    body: { reason: "changed_mind" },
  });
  Assert.equal("all is paid back", refund, {
    reason: "changed_mind",
    comment: null,
    refunded: 8400,
    created_at: refund.created_at,
  });
  const payments = await bob.call("GET /orders/{orderId}/payments", { path: { orderId: bobs.id } });
  Assert.equal("the payment is refunded", payments.data.map((one) => one.state), ["refunded"]);
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 5 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 3 },
  });
  const later = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  Assert.equal("back in stock", later.number, 2);
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await Assert.rejected("no more than was taken", 409, bob.call("POST /orders", {
    body: { address_id: bobHome.id },
  }));
  await Assert.rejected("others hide nothing", 404, bob.call("DELETE /orders/{orderId}", {
    path: { orderId: order.id },
  }));
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: order.id } });
  await Assert.rejected("hidden", 404, ann.call("GET /orders/{orderId}", {
    path: { orderId: order.id },
  }));
  await Assert.rejected("hidden twice", 404, ann.call("DELETE /orders/{orderId}", {
    path: { orderId: order.id },
  }));
  await Assert.rejected("hidden, so not to be cancelled", 404, ann.call(
    "POST /orders/{orderId}/cancellation",
    { path: { orderId: order.id }, body: { reason: "changed_mind" } },
  ));
  const list = await ann.call("PATCH /orders", { body: {} });
  Assert.equal("not in the list", list.data.map((one) => one.id), [later.id]);
  const seen = await staff.call("PATCH /admin/orders", { body: { email: "ann@example.com" } });
  Assert.equal("admins see it", seen.data.map((one) => one.number), [2, 1]);
  Assert.that("hiding is a change", Time.isBefore(
    cancelled.created_at,
    List.at(seen.data, 1)?.updated_at ?? cancelled.created_at,
  ));
  const bobAfter = await bob.call("GET /orders/{orderId}", { path: { orderId: bobs.id } });
  Assert.equal("others' orders stay", bobAfter.state, "cancelled");
}
