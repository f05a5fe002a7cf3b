export const scenario = "Sellers see what was bought of them, and prepare it.";

export async function test(api: Api): Promise<void> {
  const staff = api.session("admin");
  const tina = api.session("seller");
  const uwe = api.session("seller");
  const ann = api.session("member");
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
      lines: [{ variant_id: red, quantity: 10 }, { variant_id: blue, quantity: 9 }],
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
    body: { code: "BRUSH-1", lines: [{ variant_id: fine, quantity: 9 }] },
  });
  const annJoined = await ann.call("POST /auth/members/join", {
    body: { email: "ann@example.com", nickname: "ann", password: "correct horse battery" },
  });
  ann.authenticate(annJoined.token.access);
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
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  const early = await ann.call("POST /orders", { body: { address_id: annHome.id } });
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
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 2 },
  });
  const late = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const never = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  const none = await tina.call("PATCH /sellers/me/sales", { body: {} });
  Assert.equal("nothing is paid", none.data, []);
  const latePayment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: late.id },
    body: {
      amount: late.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: latePayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  const earlyPayment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: early.id },
    body: {
      amount: early.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: earlyPayment.id },
    body: { settlement: { outcome: "captured" } },
  });
  const redLine = List.at(early.lines, 0)?.id ?? "";
  const fineLine = List.at(early.lines, 1)?.id ?? "";
  const blueLine = List.at(early.lines, 2)?.id ?? "";
  const lateLine = List.at(late.lines, 0)?.id ?? "";
  const neverLine = List.at(never.lines, 0)?.id ?? "";
  const sales = await tina.call("PATCH /sellers/me/sales", { body: {} });
  Assert.equal("latest paid first", sales.data.map((sale) => sale.order_id), [early.id, late.id]);
  const paid = await ann.call("GET /orders/{orderId}", { path: { orderId: early.id } });
  Assert.equal("lines of her own", List.at(sales.data, 0), {
    order_id: early.id,
    state: "paid",
    destination: early.destination,
    paid_at: paid.paid_at ?? "",
    lines: early.lines.filter((line) => line.id !== fineLine),
  });
  Assert.equal("all on one page", sales.pagination, {
    current: 1,
    limit: 20,
    records: 2,
    pages: 1,
  });
  const uwes = await uwe.call("PATCH /sellers/me/sales", { body: {} });
  Assert.equal("uwe's own", uwes.data.map((sale) => sale.lines.map((line) => line.id)), [
    [fineLine],
  ]);
  await Assert.rejected("lines of others", 404, uwe.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  }));
  await Assert.rejected("of an unpaid order", 404, tina.call(
    "PUT /order-lines/{lineId}/preparation",
    { path: { lineId: neverLine }, body: { prepared: true } },
  ));
  const ready = await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  });
  Assert.equal("the line", ready, {
    ...List.at(early.lines, 0) ?? ready,
    prepared_at: ready.prepared_at,
  });
  Assert.notEqual("it is prepared", ready.prepared_at, null);
  const still = await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: redLine },
    body: { prepared: true },
  });
  Assert.equal("said twice", still, ready);
  const half = await tina.call("PATCH /sellers/me/sales", { body: { prepared: true } });
  Assert.equal("half is not enough", half.data, []);
  await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: blueLine },
    body: { prepared: true },
  });
  const whole = await tina.call("PATCH /sellers/me/sales", { body: { prepared: true } });
  Assert.equal("all of her lines are", whole.data.map((sale) => sale.order_id), [early.id]);
  const open = await tina.call("PATCH /sellers/me/sales", { body: { prepared: false } });
  Assert.equal("the other is not", open.data.map((sale) => sale.order_id), [late.id]);
  const uweOpen = await uwe.call("PATCH /sellers/me/sales", { body: { prepared: false } });
  Assert.equal("nor is uwe's part", uweOpen.data.map((sale) => sale.order_id), [early.id]);
  const undone = await tina.call("PUT /order-lines/{lineId}/preparation", {
    path: { lineId: blueLine },
    body: { prepared: false },
  });
  Assert.equal("undone", undone.prepared_at, null);
  const head = await tina.call("PATCH /sellers/me/sales", { body: { limit: 1 } });
  Assert.equal("the first page", head.data.map((sale) => sale.order_id), [early.id]);
  const second = await tina.call("PATCH /sellers/me/sales", { body: { page: 2, limit: 1 } });
  Assert.equal("the second page", second.data.map((sale) => sale.order_id), [late.id]);
  Assert.equal("of two", second.pagination, { current: 2, limit: 1, records: 2, pages: 2 });
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: late.id },
    body: { reason: "too_slow" },
  });
  await Assert.rejected("of a cancelled order", 409, tina.call(
    "PUT /order-lines/{lineId}/preparation",
    { path: { lineId: lateLine }, body: { prepared: true } },
  ));
  const seen = await tina.call("PATCH /sellers/me/sales", { body: {} });
  Assert.equal("cancelled ones stay", seen.data.map((sale) => sale.state), ["paid", "cancelled"]);
}
