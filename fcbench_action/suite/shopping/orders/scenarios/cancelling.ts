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
      lines: [{ variant_id: red, quantity: 5 }, { variant_id: blue, quantity: 4 }],
    },
  });
  const brush = await tina.call("POST /products", {
    body: {
      category_id: category.id,
      code: "BRUSH",
      name: "Brush",
      options: ["Color"],
      variants: [{ sku: "BRUSH-FINE", price: 6000, choices: ["fine"] }],
    },
  });
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: brush.id },
    body: { status: "on_sale" },
  });
  const fine = List.find(brush.variants, (one) => one.sku === "BRUSH-FINE")?.id ?? "";
  await tina.call("POST /receipts", {
    body: { code: "BRUSH-1", lines: [{ variant_id: fine, quantity: 9 }] },
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
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  const busy = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  const busyPayment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: busy.id },
    body: {
      amount: busy.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: busyPayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: List.at(busy.lines, 0)?.id ?? "" },
    body: { prepared: true },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 2 },
  });
  const waiting = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: waiting.id },
    body: { amount: 12000, method: { kind: "card", last_four: "4242", holder: "Ann" } },
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
  const stock = await tina.call("GET /variants/{variantId}/stock", { path: { variantId: red } });
  Assert.equal("back in stock at that moment", [stock.on_hand, stock.available], [5, 5]);
  Assert.equal("and so it says", stock.updated_at, cancelled.created_at);
  const moves = await tina.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: blue },
    body: {},
  });
  Assert.equal(
    "written down, latest first",
    moves.data.map((one) => [one.kind, `${one.sequence}`, `${one.quantity}`, `${one.on_hand}`]),
    [["return", "3", "1", "4"], ["sale", "2", "-1", "3"], ["receipt", "1", "4", "4"]],
  );
  Assert.equal(
    "when it was cancelled",
    List.at(moves.data, 0)?.created_at ?? "",
    cancelled.created_at,
  );
  const redMoves = await tina.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: red },
    body: {},
  });
  Assert.equal(
    "for each variant",
    redMoves.data.map((one) => [one.sequence, one.quantity, one.on_hand]),
    [[3, 5, 5], [2, -5, 0], [1, 5, 5]],
  );
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 5 },
  });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 3 },
  });
  const bobs = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  const lost = await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: bobs.id },
    body: {
      amount: bobs.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: lost.id },
    body: { settlement: { outcome: "failed", failure: "Lost." } },
  });
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
  Assert.equal("the payment is refunded", payments.data.map((one) => one.state), [
    "failed",
    "refunded",
  ]);
  const busyPayments = await ann.call("GET /orders/{orderId}/payments", {
    path: { orderId: busy.id },
  });
  Assert.equal("payments of other orders are not", busyPayments.data.map((one) => one.state), [
    "captured",
  ]);
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 5 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 3 },
  });
  const later = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  Assert.equal("all can be ordered again", later.number, 4);
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
  Assert.equal("not in the list", list.data.map((one) => one.id), [later.id, waiting.id, busy.id]);
  const seen = await staff.call("PATCH /admin/orders", { body: { email: "ann@example.com" } });
  Assert.equal("admins see it", seen.data.map((one) => one.number), [4, 3, 2, 1]);
  Assert.equal("as it is", List.at(seen.data, 1)?.state ?? "", "cancelled");
  Assert.that("hiding is a change", Time.isBefore(
    cancelled.created_at,
    List.at(seen.data, 1)?.updated_at ?? cancelled.created_at,
  ));
  const bobAfter = await bob.call("GET /orders/{orderId}", { path: { orderId: bobs.id } });
  Assert.equal("others' orders stay", bobAfter.state, "cancelled");
}
