export const scenario = "Members see what was sent, and confirm that it arrived.";

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
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 3 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 2 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 2 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const bobs = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  const redLine = List.at(order.lines, 0)?.id ?? "";
  const fineLine = List.at(order.lines, 1)?.id ?? "";
  const blueLine = List.at(order.lines, 2)?.id ?? "";
  const bobsLine = List.at(bobs.lines, 0)?.id ?? "";
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
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: blueLine },
    body: { prepared: true },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: bobsLine },
    body: { prepared: true },
  });
  await uwe.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: fineLine },
    body: { prepared: true },
  });
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
  const first = await tina.call("POST /sellers/me/shipments", {
    body: {
      order_id: order.id,
      lines: [{ line_id: blueLine, quantity: 2 }, { line_id: redLine, quantity: 2 }],
    },
  });
  const second = await uwe.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: fineLine, quantity: 2 }] },
  });
  const third = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 1 }] },
  });
  const bobsShipment = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: bobs.id, lines: [{ line_id: bobsLine, quantity: 1 }] },
  });
  const none = await ann.call("GET /orders/{orderId}/shipments", { path: { orderId: order.id } });
  Assert.equal("nothing is sent", none.data, []);
  await Assert.rejected("being prepared", 404, ann.call("PUT /shipments/{shipmentId}/receipt", {
    path: { shipmentId: first.id },
  }));
  const secondSent = await uwe.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: second.id },
    body: { carrier: "Post" },
  });
  const firstSent = await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: first.id },
    body: { carrier: "Post", tracking: "RR123456" },
  });
  await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: bobsShipment.id },
    body: { carrier: "Post" },
  });
  const seen = await ann.call("GET /orders/{orderId}/shipments", { path: { orderId: order.id } });
  Assert.equal("by number", seen.data, [firstSent, secondSent]);
  await Assert.rejected("orders of others", 404, bob.call("GET /orders/{orderId}/shipments", {
    path: { orderId: order.id },
  }));
  await Assert.rejected("shipments of others", 404, bob.call(
    "PUT /shipments/{shipmentId}/receipt",
    { path: { shipmentId: first.id } },
  ));
  const received = await ann.call("PUT /shipments/{shipmentId}/receipt", {
    path: { shipmentId: first.id },
  });
  Assert.equal("received", received, {
    ...firstSent,
    state: "delivered",
    delivered_at: received.delivered_at,
  });
  Assert.that("later than it was sent", Time.isBefore(
    firstSent.shipped_at ?? "",
    received.delivered_at ?? "",
  ));
  await Assert.rejected("received already", 409, ann.call("PUT /shipments/{shipmentId}/receipt", {
    path: { shipmentId: first.id },
  }));
  await Assert.rejected("not to be sent again", 409, tina.call(
    "PUT /shipments/{shipmentId}/dispatch",
    { path: { shipmentId: first.id }, body: { carrier: "Post" } },
  ));
  await ann.call("PUT /shipments/{shipmentId}/receipt", { path: { shipmentId: second.id } });
  const open = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("one part is missing", open.state, "paid");
  await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: third.id },
    body: { carrier: "Post" },
  });
  const still = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("it is on its way", still, open);
  const last = await ann.call("PUT /shipments/{shipmentId}/receipt", {
    path: { shipmentId: third.id },
  });
  const done = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("completed", done, {
    ...open,
    state: "completed",
    closed_at: last.delivered_at,
    updated_at: last.delivered_at ?? "",
  });
  const list = await ann.call("GET /orders/{orderId}/shipments", { path: { orderId: order.id } });
  Assert.equal("all delivered", list.data.map((one) => [`${one.number}`, one.state]), [
    ["1", "delivered"],
    ["2", "delivered"],
    ["3", "delivered"],
  ]);
  Assert.equal("as it was received", List.at(list.data, 0), received);
  const bobStill = await bob.call("GET /orders/{orderId}", { path: { orderId: bobs.id } });
  Assert.equal("bob's is not", bobStill.state, "paid");
  await Assert.rejected("a completed order is not cancelled", 409, ann.call(
    "POST /orders/{orderId}/cancellation",
    { path: { orderId: order.id }, body: { reason: "other" } },
  ));
  await Assert.rejected("nor sent", 409, tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 1 }] },
  }));
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: order.id } });
  await Assert.rejected("hidden", 404, ann.call("GET /orders/{orderId}/shipments", {
    path: { orderId: order.id },
  }));
  await Assert.rejected("with its shipments", 404, ann.call("PUT /shipments/{shipmentId}/receipt", {
    path: { shipmentId: first.id },
  }));
}
