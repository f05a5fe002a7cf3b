export const scenario = "Sellers send what was ordered, at once or in parts.";

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
    body: { quantity: 5 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 2 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: green },
    body: { quantity: 2 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const other = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
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
  const redLine = List.at(order.lines, 0)?.id ?? "";
  const fineLine = List.at(order.lines, 1)?.id ?? "";
  const blueLine = List.at(order.lines, 2)?.id ?? "";
  const greenLine = List.at(order.lines, 3)?.id ?? "";
  const otherLine = List.at(other.lines, 0)?.id ?? "";
  const unpaidLine = List.at(unpaid.lines, 0)?.id ?? "";
  const undoneLine = List.at(undone.lines, 0)?.id ?? "";
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
  const otherPayment = await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: other.id },
    body: {
      amount: other.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Bob" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: otherPayment.id },
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
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: undone.id },
    body: { reason: "mistake" },
  });
  await Assert.rejected("not paid", 404, tina.call("POST /sellers/me/shipments", {
    body: { order_id: unpaid.id, lines: [{ line_id: unpaidLine, quantity: 1 }] },
  }));
  await Assert.rejected("nothing of uwe's", 404, uwe.call("POST /sellers/me/shipments", {
    body: { order_id: other.id, lines: [{ line_id: otherLine, quantity: 1 }] },
  }));
  await Assert.rejected("a line of uwe's", 404, tina.call("POST /sellers/me/shipments", {
    body: {
      order_id: order.id,
      lines: [{ line_id: redLine, quantity: 1 }, { line_id: fineLine, quantity: 1 }],
    },
  }));
  await Assert.rejected("a line of another order", 404, tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: otherLine, quantity: 1 }] },
  }));
  await Assert.rejected("cancelled", 409, tina.call("POST /sellers/me/shipments", {
    body: { order_id: undone.id, lines: [{ line_id: undoneLine, quantity: 1 }] },
  }));
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: otherLine },
    body: { prepared: true },
  });
  await Assert.rejected("one line is not prepared", 409, tina.call("POST /sellers/me/shipments", {
    body: {
      order_id: order.id,
      lines: [{ line_id: redLine, quantity: 1 }, { line_id: blueLine, quantity: 1 }],
    },
  }));
  const alone = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 1 }] },
  });
  Assert.equal("lines that are not in it do not matter", alone.lines.length, 1);
  await tina.call("DELETE /shipments/{shipmentId}", { path: { shipmentId: alone.id } });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: blueLine },
    body: { prepared: true },
  });
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: greenLine },
    body: { prepared: true },
  });
  await uwe.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: fineLine },
    body: { prepared: true },
  });
  await Assert.rejected("a line twice", 409, tina.call("POST /sellers/me/shipments", {
    body: {
      order_id: order.id,
      lines: [{ line_id: redLine, quantity: 1 }, { line_id: redLine, quantity: 1 }],
    },
  }));
  await Assert.rejected("more than was ordered", 409, tina.call("POST /sellers/me/shipments", {
    body: {
      order_id: order.id,
      lines: [{ line_id: blueLine, quantity: 1 }, { line_id: redLine, quantity: 6 }],
    },
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
  const first = await tina.call("POST /sellers/me/shipments", {
    body: {
      order_id: order.id,
      lines: [
        { line_id: greenLine, quantity: 2 },
        { line_id: blueLine, quantity: 1 },
        { line_id: redLine, quantity: 2 },
      ],
    },
  });
  Assert.equal("a shipment", first, {
    id: first.id,
    order_id: order.id,
    seller_id: tinaJoined.seller.id,
    number: 1,
    state: "preparing",
    carrier: null,
    tracking: null,
    lines: [
      { line_id: redLine, quantity: 2 },
      { line_id: blueLine, quantity: 1 },
      { line_id: greenLine, quantity: 2 },
    ],
    created_at: first.created_at,
    shipped_at: null,
    delivered_at: null,
  });
  await Assert.rejected("something of it is in a shipment", 409, tina.call(
    "PUT /order-lines/{lineId}/preparation",
    { path: { lineId: redLine }, body: { prepared: false } },
  ));
  const stays = await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  });
  Assert.notEqual("it stays prepared", stays.prepared_at, null);
  const undone2 = await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: otherLine },
    body: { prepared: false },
  });
  Assert.equal("nothing of that is", undone2.prepared_at, null);
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: otherLine },
    body: { prepared: true },
  });
  const uwes = await uwe.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: fineLine, quantity: 2 }] },
  });
  Assert.equal("numbers are those of the order", uwes.number, 2);
  const others = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: other.id, lines: [{ line_id: otherLine, quantity: 1 }] },
  });
  Assert.equal("each order counts apart", others.number, 1);
  await Assert.rejected("four of three", 409, tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 4 }] },
  }));
  const second = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 3 }] },
  });
  Assert.equal("exactly the rest", second.number, 3);
  await Assert.rejected("nothing is left", 409, tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 1 }] },
  }));
  await Assert.rejected("a shipment of another", 404, uwe.call("DELETE /shipments/{shipmentId}", {
    path: { shipmentId: first.id },
  }));
  await Assert.rejected("sent by another", 404, uwe.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: first.id },
    body: { carrier: "Post" },
  }));
  await tina.call("DELETE /shipments/{shipmentId}", { path: { shipmentId: second.id } });
  await Assert.rejected("removed twice", 404, tina.call("DELETE /shipments/{shipmentId}", {
    path: { shipmentId: second.id },
  }));
  await Assert.rejected("not to be sent any more", 404, tina.call(
    "PUT /shipments/{shipmentId}/dispatch",
    { path: { shipmentId: second.id }, body: { carrier: "Post" } },
  ));
  const third = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 1 }] },
  });
  Assert.equal("what was removed is free again", third.lines, [{ line_id: redLine, quantity: 1 }]);
  const fourth = await tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 2 }] },
  });
  await Assert.rejected("and no more than that", 409, tina.call("POST /sellers/me/shipments", {
    body: { order_id: order.id, lines: [{ line_id: redLine, quantity: 1 }] },
  }));
  const sent = await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: first.id },
    body: { carrier: "Post", tracking: "RR123456" },
  });
  Assert.equal("sent", sent, {
    ...first,
    state: "shipped",
    carrier: "Post",
    tracking: "RR123456",
    shipped_at: sent.shipped_at,
  });
  Assert.that("later than it was made", Time.isBefore(
    first.created_at,
    sent.shipped_at ?? first.created_at,
  ));
  await Assert.rejected("sent already", 409, tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: first.id },
    body: { carrier: "Post" },
  }));
  await Assert.rejected("so not to be removed", 409, tina.call("DELETE /shipments/{shipmentId}", {
    path: { shipmentId: first.id },
  }));
  const plain = await tina.call("PUT /shipments/{shipmentId}/dispatch", {
    path: { shipmentId: others.id },
    body: { carrier: "Post" },
  });
  Assert.equal("without tracking", plain.tracking, null);
  const all = await tina.call("PATCH /sellers/me/shipments", { body: {} });
  Assert.equal("newest first", all.data.map((one) => one.id), [
    fourth.id,
    third.id,
    others.id,
    first.id,
  ]);
  Assert.equal("the last of them", List.at(all.data, 3), sent);
  Assert.equal("counted", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  const shipped = await tina.call("PATCH /sellers/me/shipments", { body: { state: "shipped" } });
  Assert.equal("those sent", shipped.data, [plain, sent]);
  const head = await tina.call("PATCH /sellers/me/shipments", { body: { limit: 2 } });
  Assert.equal("the first page", head.data.map((one) => one.id), [fourth.id, third.id]);
  const some = await tina.call("PATCH /sellers/me/shipments", {
    body: { order_id: order.id, page: 2, limit: 2 },
  });
  Assert.equal("of one order, the second page", some.data, [sent]);
  Assert.equal("of two", some.pagination, { current: 2, limit: 2, records: 3, pages: 2 });
  const hisOwn = await uwe.call("PATCH /sellers/me/shipments", { body: {} });
  Assert.equal("uwe's own", hisOwn.data, [uwes]);
}
