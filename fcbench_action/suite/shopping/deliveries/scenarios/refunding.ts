export const scenario = "What comes back is refunded, but never more than was paid.";

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
        { sku: "PAINT-RED", price: 1000, choices: ["red"] },
        { sku: "PAINT-BLUE", price: 700, choices: ["blue"] },
        { sku: "PAINT-GREEN", price: 900, choices: ["green"] },
      ],
    },
  });
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "on_sale" },
  });
  const red = List.find(paint.variants, (one) => one.sku === "PAINT-RED")?.id ?? "";
  const blue = List.find(paint.variants, (one) => one.sku === "PAINT-BLUE")?.id ?? "";
  const green = List.find(paint.variants, (one) => one.sku === "PAINT-GREEN")?.id ?? "";
  await tina.call("POST /receipts", {
    body: {
      code: "PAINT-1",
      lines: [
        { variant_id: red, quantity: 50 },
        { variant_id: blue, quantity: 50 },
        { variant_id: green, quantity: 50 },
      ],
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
    body: { code: "BRUSH-1", lines: [{ variant_id: fine, quantity: 50 }] },
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
  await staff.call("POST /admin/coupons", {
    body: {
      code: "SAVE",
      title: "Save",
      benefit: { kind: "fixed", amount: 1000 },
      member_limit: 2,
    },
  });
  const ticket = await ann.call("POST /coupons/{code}/tickets", { path: { code: "SAVE" } });
  const ticket2 = await ann.call("POST /coupons/{code}/tickets", { path: { code: "SAVE" } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 3 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 2 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  const bought = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: bought.id },
    body: { ticket_id: ticket.id },
  });
  const order = await ann.call("GET /orders/{orderId}", { path: { orderId: bought.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  const bobs = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  const cheap = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: cheap.id },
    body: { ticket_id: ticket2.id },
  });
  const free = await ann.call("GET /orders/{orderId}", { path: { orderId: cheap.id } });
  const redLine = List.at(order.lines, 0)?.id ?? "";
  const blueLine = List.at(order.lines, 1)?.id ?? "";
  const fineLine = List.at(order.lines, 2)?.id ?? "";
  const bobsLine = List.at(bobs.lines, 0)?.id ?? "";
  const freeLine = List.at(free.lines, 0)?.id ?? "";
  const lost = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: order.id },
    body: { amount: 4500, method: { kind: "transfer", bank: "Bank" } },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: lost.id },
    body: { settlement: { outcome: "failed", failure: "Lost." } },
  });
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
  const freePayment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: free.id },
    body: {
      amount: free.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: freePayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: blueLine },
    body: { prepared: true },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: freeLine },
    body: { prepared: true },
  });
  await uwe.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: fineLine },
    body: { prepared: true },
  });
  await uwe.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: bobsLine },
    body: { prepared: true },
  });
  Assert.equal("what is paid", order.amounts, {
    goods: 4900,
    shipping: 600,
    discount: 1000,
    total: 4500,
  });
  const first = await tina.call("POST /sellers/me/shipments", {
    body: {
      order_id: order.id,
      lines: [{ line_id: redLine, quantity: 3 }, { line_id: blueLine, quantity: 2 }],
    },
  });
  const second = await uwe.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: fineLine, quantity: 1 }] },
  });
  const third = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: free.id, lines: [{ line_id: freeLine, quantity: 1 }] },
  });
  await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: first.id },
    body: { carrier: "Post" },
  });
  await uwe.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: second.id },
    body: { carrier: "Post" },
  });
  await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: third.id },
    body: { carrier: "Post" },
  });
  await ann.call("PUT /shipments/{shipmentId}/receipt", { path: { shipmentId: first.id } });
  await Assert.rejected("not completed", 409, staff.call("POST /admin/orders/{orderId}/refunds", {
    path: { orderId: order.id },
    body: { amount: 1, reason: "Late." },
  }));
  await ann.call("PUT /shipments/{shipmentId}/receipt", { path: { shipmentId: second.id } });
  await ann.call("PUT /shipments/{shipmentId}/receipt", { path: { shipmentId: third.id } });
  const nothing = await ann.call("GET /orders/{orderId}/refunds", { path: { orderId: order.id } });
  Assert.equal("nothing refunded", nothing, { paid: 4500, refunded: 0, data: [] });
  const reds = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 2, reason: "damaged" },
  });
  const blues = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: blueLine },
    body: { quantity: 1, reason: "unwanted" },
  });
  const fines = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: fineLine },
    body: { quantity: 1, reason: "wrong" },
  });
  const nil = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: freeLine },
    body: { quantity: 1, reason: "damaged" },
  });
  await Assert.rejected("not decided", 409, tina.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: reds.id },
    body: { restock: true },
  }));
  await tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: reds.id },
    body: { decision: { kind: "approve" } },
  });
  await uwe.call("PUT /returns/{returnId}/decision", {
    path: { returnId: fines.id },
    body: { decision: { kind: "approve" } },
  });
  await tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: nil.id },
    body: { decision: { kind: "approve" } },
  });
  await tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: blues.id },
    body: { decision: { kind: "refuse", note: "Used." } },
  });
  await Assert.rejected("refused", 409, tina.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: blues.id },
    body: { restock: true },
  }));
  await Assert.rejected("returned to another", 404, uwe.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: reds.id },
    body: { restock: true },
  }));
  await tina.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: nil.id },
    body: { restock: true },
  });
  const zero = await ann.call("GET /orders/{orderId}/refunds", { path: { orderId: free.id } });
  Assert.equal("what cost nothing is not refunded", zero, { paid: 300, refunded: 0, data: [] });
  const rest = await staff.call("POST /admin/orders/{orderId}/refunds", {
    path: { orderId: free.id },
    body: { amount: 200, reason: "Late." },
  });
  Assert.equal("but the rest may be", rest.number, 1);
  const came = await tina.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: reds.id },
    body: { restock: true },
  });
  Assert.equal("it came", came, {
    ...reds,
    state: "arrived",
    decided_at: came.decided_at,
    arrived_at: came.arrived_at,
  });
  Assert.that("after the decision", Time.isBefore(came.decided_at ?? "", came.arrived_at ?? ""));
  await Assert.rejected("it comes once", 409, tina.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: reds.id },
    body: { restock: true },
  }));
  const account = await ann.call("GET /orders/{orderId}/refunds", { path: { orderId: order.id } });
  Assert.equal("its share, rounded down", account, {
    paid: 4500,
    refunded: 1591,
    data: [
      {
        id: List.at(account.data, 0)?.id ?? "",
        number: 1,
        return_id: reds.id,
        amount: 1591,
        reason: "damaged",
        created_at: came.arrived_at ?? "",
      },
    ],
  });
  const stock = await tina.call("GET /variants/{variantId}/stock", { path: { variantId: red } });
  Assert.equal("two are back", stock.on_hand, 49);
  Assert.equal("at that moment", stock.updated_at, came.arrived_at);
  const moves = await tina.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: red },
    body: { kind: "return" },
  });
  Assert.equal("written down", moves.data.map((one) => [one.sequence, one.quantity, one.on_hand]), [
    [3, 2, 49],
  ]);
  Assert.equal("when it came", moves.data.map((one) => one.created_at), [came.arrived_at ?? ""]);
  const returns = await ann.call("GET /orders/{orderId}/returns", { path: { orderId: order.id } });
  Assert.equal("as it came", List.at(returns.data, 0), came);
  const spoiled = await uwe.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: fines.id },
    body: { restock: false },
  });
  Assert.equal("for another reason", [spoiled.reason, spoiled.state], ["wrong", "arrived"]);
  const brushes = await uwe.call("GET /variants/{variantId}/stock", { path: { variantId: fine } });
  Assert.equal("that one is spoiled", brushes.on_hand, 48);
  const both = await ann.call("GET /orders/{orderId}/refunds", { path: { orderId: order.id } });
  Assert.equal("in order of numbers", both.data.map((one) => [one.number, one.amount]), [
    [1, 1591],
    [2, 397],
  ]);
  Assert.equal("together", both.refunded, 1988);
  await Assert.rejected("no such order", 404, staff.call("POST /admin/orders/{orderId}/refunds", {
    path: { orderId: red },
    body: { amount: 1, reason: "Late." },
  }));
  await Assert.rejected("bob's is not completed", 409, staff.call(
    "POST /admin/orders/{orderId}/refunds",
    { path: { orderId: bobs.id }, body: { amount: 1, reason: "Late." } },
  ));
  await Assert.rejected("more than is left", 409, staff.call(
    "POST /admin/orders/{orderId}/refunds",
    { path: { orderId: order.id }, body: { amount: 2513, reason: "Late." } },
  ));
  const late = await staff.call("POST /admin/orders/{orderId}/refunds", {
    path: { orderId: order.id },
    body: { amount: 2400, reason: "Late." },
  });
  Assert.equal("by an admin", late, {
    id: late.id,
    number: 3,
    return_id: null,
    amount: 2400,
    reason: "Late.",
    created_at: late.created_at,
  });
  const lastRed = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 1, reason: "damaged" },
  });
  await tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: lastRed.id },
    body: { decision: { kind: "approve" } },
  });
  await tina.call("PUT /returns/{returnId}/arrival", {
    path: { returnId: lastRed.id },
    body: { restock: true },
  });
  const full = await ann.call("GET /orders/{orderId}/refunds", { path: { orderId: order.id } });
  Assert.equal("no more than was paid", [full.paid, full.refunded], [4500, 4500]);
  Assert.equal("the last of four", List.at(full.data, 3)?.amount ?? 0, 112);
  await Assert.rejected("nothing is left", 409, staff.call("POST /admin/orders/{orderId}/refunds", {
    path: { orderId: order.id },
    body: { amount: 1, reason: "Late." },
  }));
  const rest2 = await staff.call("POST /admin/orders/{orderId}/refunds", {
    path: { orderId: free.id },
    body: { amount: 100, reason: "Late." },
  });
  Assert.equal("each order counts apart", rest2.number, 2);
  await Assert.rejected("refunds of others", 404, bob.call("GET /orders/{orderId}/refunds", {
    path: { orderId: order.id },
  }));
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: free.id } });
  await Assert.rejected("of a hidden order", 404, ann.call("GET /orders/{orderId}/refunds", {
    path: { orderId: free.id },
  }));
}
