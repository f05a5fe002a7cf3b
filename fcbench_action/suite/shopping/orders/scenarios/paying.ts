export const scenario = "Orders are paid, at the second attempt if need be.";

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
      variants: [{ sku: "PAINT-RED", price: 1200, choices: ["red"] }],
    },
  });
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "on_sale" },
  });
  const red = List.find(paint.variants, (one) => one.sku === "PAINT-RED")?.id ?? "";
  await tina.call("POST /receipts", {
    body: { code: "PAINT-1", lines: [{ variant_id: red, quantity: 10 }] },
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
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 2 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const other = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await Assert.rejected("not the total", 409, ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2400, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  }));
  await Assert.rejected("orders of others", 404, bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2700, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  }));
  await ann.call("POST /members/me/addresses", {
    body: {
      label: "Cabin",
      recipient: "Ann at Cabin",
      country: "AT",
      postal_code: "1010",
      city: "Vienna",
      street: "Cabin street 1",
    },
  });
  const transfer = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2700, method: { kind: "transfer", bank: "Bank of Berlin" } },
  });
  Assert.equal("a transfer", transfer, {
    id: transfer.id,
    attempt: 1,
    kind: "transfer",
    hint: "Bank of Berlin",
    amount: 2700,
    state: "authorized",
    failure: null,
    created_at: transfer.created_at,
    settled_at: null,
  });
  await Assert.rejected("one is under way", 409, ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2700, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  }));
  const otherPaid = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: other.id },
    body: { amount: 1500, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  });
  Assert.equal("attempts count per order", otherPaid.attempt, 1);
  await Assert.rejected("no such payment", 404, staff.call(
    "PUT /admin/payments/{paymentId}/settlement",
    { path: { paymentId: order.id }, body: { settlement: { outcome: "captured" } } },
  ));
  const failed = await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: transfer.id },
    body: { settlement: { outcome: "failed", failure: "No cover." } },
  });
  Assert.equal("it failed", failed, {
    ...transfer,
    state: "failed",
    failure: "No cover.",
    settled_at: failed.settled_at,
  });
  Assert.that("settled later than made", Time.isBefore(
    transfer.created_at,
    failed.settled_at ?? transfer.created_at,
  ));
  await Assert.rejected("settled already", 409, staff.call(
    "PUT /admin/payments/{paymentId}/settlement",
    { path: { paymentId: transfer.id }, body: { settlement: { outcome: "captured" } } },
  ));
  const unpaid = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("still to be paid", unpaid, order);
  const again = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2700, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  });
  const againFailed = await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: again.id },
    body: { settlement: { outcome: "failed", failure: "Blocked." } },
  });
  const card = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2700, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  });
  Assert.equal("a card", [card.kind, card.hint, card.state], ["card", "****4242", "authorized"]);
  Assert.equal("the third attempt", [again.attempt, card.attempt], [2, 3]);
  const captured = await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: card.id },
    body: { settlement: { outcome: "captured" } },
  });
  Assert.equal("it came", captured, {
    ...card,
    state: "captured",
    settled_at: captured.settled_at,
  });
  const paid = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("the order is paid", paid, {
    ...order,
    state: "paid",
    paid_at: captured.settled_at,
    updated_at: captured.settled_at ?? "",
  });
  await Assert.rejected("paid already", 409, ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 2700, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  }));
  await Assert.rejected("captured already", 409, staff.call(
    "PUT /admin/payments/{paymentId}/settlement",
    { path: { paymentId: card.id }, body: { settlement: { outcome: "captured" } } },
  ));
  const payments = await ann.call("GET /orders/{orderId}/payments", {
    path: { orderId: order.id },
  });
  Assert.equal("all, in their order", payments.data, [failed, againFailed, captured]);
  await Assert.rejected("payments of others", 404, bob.call("GET /orders/{orderId}/payments", {
    path: { orderId: order.id },
  }));
  const stays = await ann.call("GET /orders/{orderId}", { path: { orderId: other.id } });
  Assert.equal("the other order is not paid", stays.state, "pending");
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: otherPaid.id },
    body: { settlement: { outcome: "failed", failure: "Lost." } },
  });
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: other.id },
    body: { reason: "other" },
  });
  await Assert.rejected("cancelled", 409, ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: other.id },
    body: { amount: 1500, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  }));
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: other.id } });
  await Assert.rejected("hidden", 404, ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: other.id },
    body: { amount: 1500, method: { kind: "card", last_four: "4242", holder: "Ann" } },
  }));
  await Assert.rejected("with its payments", 404, ann.call("GET /orders/{orderId}/payments", {
    path: { orderId: other.id },
  }));
}
