export const scenario = "What was delivered can be returned, if its seller agrees.";

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
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 5 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const second = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  const redLine = List.at(order.lines, 0)?.id ?? "";
  const fineLine = List.at(order.lines, 1)?.id ?? "";
  const secondLine = List.at(second.lines, 0)?.id ?? "";
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
  const secondPayment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: second.id },
    body: {
      amount: second.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: secondPayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: secondLine },
    body: { prepared: true },
  });
  await uwe.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: fineLine },
    body: { prepared: true },
  });
  const first = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 4 }] },
  });
  const fine1 = await uwe.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: fineLine, quantity: 1 }] },
  });
  const single = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: second.id, lines: [{ line_id: secondLine, quantity: 1 }] },
  });
  const rest = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 1 }] },
  });
  await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: first.id },
    body: { carrier: "Post" },
  });
  await uwe.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: fine1.id },
    body: { carrier: "Post" },
  });
  await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: single.id },
    body: { carrier: "Post" },
  });
  await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: rest.id },
    body: { carrier: "Post" },
  });
  await Assert.rejected("not delivered", 409, ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 1, reason: "wrong" },
  }));
  await ann.call("PUT /shipments/{shipmentId}/receipt", { path: { shipmentId: first.id } });
  await ann.call("PUT /shipments/{shipmentId}/receipt", { path: { shipmentId: fine1.id } });
  await ann.call("PUT /shipments/{shipmentId}/receipt", { path: { shipmentId: single.id } });
  await Assert.rejected("five of four", 409, ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 5, reason: "wrong" },
  }));
  await Assert.rejected("lines of others", 404, bob.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 1, reason: "wrong" },
  }));
  await Assert.rejected("no line", 404, ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: red },
    body: { quantity: 1, reason: "wrong" },
  }));
  const one = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 3, reason: "damaged", comment: "Broken." },
  });
  Assert.equal("a return", one, {
    id: one.id,
    line_id: redLine,
    number: 1,
    quantity: 3,
    reason: "damaged",
    comment: "Broken.",
    state: "requested",
    note: null,
    created_at: one.created_at,
    decided_at: null,
    arrived_at: null,
  });
  await Assert.rejected("two of one", 409, ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 2, reason: "wrong" },
  }));
  const two = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 1, reason: "unwanted" },
  });
  Assert.equal("the second", [two.number, two.quantity], [2, 1]);
  Assert.equal("without comment", two.comment, null);
  Assert.equal("for another reason", two.reason, "unwanted");
  await Assert.rejected("all is returned", 409, ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 1, reason: "wrong" },
  }));
  const fineBack = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: fineLine },
    body: { quantity: 1, reason: "wrong" },
  });
  Assert.equal("each line counts apart", fineBack.number, 1);
  const secondBack = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: secondLine },
    body: { quantity: 1, reason: "damaged" },
  });
  await Assert.rejected("returns of others", 404, bob.call("DELETE /returns/{returnId}", {
    path: { returnId: two.id },
  }));
  await ann.call("DELETE /returns/{returnId}", { path: { returnId: two.id } });
  await Assert.rejected("taken back twice", 404, ann.call("DELETE /returns/{returnId}", {
    path: { returnId: two.id },
  }));
  const three = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 1, reason: "unwanted" },
  });
  Assert.equal("in its place", three.number, 2);
  await Assert.rejected("returned to another", 404, uwe.call("PUT /returns/{returnId}/decision", {
    path: { returnId: one.id },
    body: { decision: { kind: "approve" } },
  }));
  const no = await tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: one.id },
    body: { decision: { kind: "refuse", note: "Used." } },
  });
  Assert.equal("refused", no, {
    ...one,
    state: "refused",
    note: "Used.",
    decided_at: no.decided_at,
  });
  Assert.that("later than asked", Time.isBefore(one.created_at, no.decided_at ?? one.created_at));
  await Assert.rejected("decided already", 409, tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: one.id },
    body: { decision: { kind: "approve" } },
  }));
  await Assert.rejected("not taken back any more", 409, ann.call("DELETE /returns/{returnId}", {
    path: { returnId: one.id },
  }));
  await Assert.rejected("three are free, not four", 409, ann.call(
    "POST /order-lines/{lineId}/returns",
    { path: { lineId: redLine }, body: { quantity: 4, reason: "wrong" } },
  ));
  const four = await ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 3, reason: "wrong" },
  });
  Assert.equal("what was refused does not count", four.number, 3);
  const yes = await tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: three.id },
    body: { decision: { kind: "approve" } },
  });
  Assert.equal("approved", yes, { ...three, state: "approved", decided_at: yes.decided_at });
  await Assert.rejected("approved already", 409, tina.call("PUT /returns/{returnId}/decision", {
    path: { returnId: three.id },
    body: { decision: { kind: "refuse", note: "Used." } },
  }));
  await Assert.rejected("approved ones count", 409, ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: redLine },
    body: { quantity: 1, reason: "wrong" },
  }));
  const list = await ann.call("GET /orders/{orderId}/returns", { path: { orderId: order.id } });
  Assert.equal("oldest first", list.data, [no, fineBack, yes, four]);
  await Assert.rejected("of orders of others", 404, bob.call("GET /orders/{orderId}/returns", {
    path: { orderId: order.id },
  }));
  const tinas = await tina.call("PATCH /sellers/me/returns", { body: {} });
  Assert.equal("the seller's, oldest first", tinas.data, [no, secondBack, yes, four]);
  Assert.equal("counted", tinas.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  const head = await tina.call("PATCH /sellers/me/returns", { body: { limit: 2 } });
  Assert.equal("the first page", head.data, [no, secondBack]);
  const open = await tina.call("PATCH /sellers/me/returns", {
    body: { state: "requested", page: 2, limit: 1 },
  });
  Assert.equal("to be decided, the second", open.data, [four]);
  Assert.equal("of two", open.pagination, { current: 2, limit: 1, records: 2, pages: 2 });
  const uwes = await uwe.call("PATCH /sellers/me/returns", { body: {} });
  Assert.equal("uwe's own", uwes.data, [fineBack]);
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: second.id } });
  await Assert.rejected("of a hidden order", 404, ann.call("GET /orders/{orderId}/returns", {
    path: { orderId: second.id },
  }));
  await Assert.rejected("not taken back", 404, ann.call("DELETE /returns/{returnId}", {
    path: { returnId: secondBack.id },
  }));
  await Assert.rejected("nor made", 404, ann.call("POST /order-lines/{lineId}/returns", {
    path: { lineId: secondLine },
    body: { quantity: 1, reason: "wrong" },
  }));
}
