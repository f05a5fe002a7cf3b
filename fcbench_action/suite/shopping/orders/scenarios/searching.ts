export const scenario = "Orders are searched by members and admins, and sent elsewhere.";

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
      lines: [{ variant_id: red, quantity: 20 }, { variant_id: blue, quantity: 9 }],
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
      phone: "030 123456",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Home street 1",
    },
  });
  const annWork = await ann.call("POST /members/me/addresses", {
    body: {
      label: "Work",
      recipient: "Ann at Work",
      country: "AT",
      postal_code: "1010",
      city: "Vienna",
      street: "Work street 1",
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
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 2 },
  });
  const first = await ann.call("POST /orders", { body: { address_id: annHome.id } });
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
    path: { variantId: red },
    body: { quantity: 2 },
  });
  const second = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 3 },
  });
  const third = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 4 },
  });
  const fourth = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  const moved = await ann.call("PUT /orders/{orderId}/destination", {
    path: { orderId: first.id },
    body: { address_id: annWork.id },
  });
  Assert.equal("sent to work", moved, {
    ...first,
    destination: {
      recipient: "Ann at Work",
      phone: null,
      country: "AT",
      postal_code: "1010",
      city: "Vienna",
      street: "Work street 1",
    },
    updated_at: moved.updated_at,
  });
  Assert.that("which is a change", Time.isBefore(first.updated_at, moved.updated_at));
  await Assert.rejected("an address of another", 404, ann.call(
    "PUT /orders/{orderId}/destination",
    { path: { orderId: first.id }, body: { address_id: bobHome.id } },
  ));
  await Assert.rejected("an order of another", 404, bob.call("PUT /orders/{orderId}/destination", {
    path: { orderId: first.id },
    body: { address_id: bobHome.id },
  }));
  const lost = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: fourth.id },
    body: {
      amount: fourth.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: lost.id },
    body: { settlement: { outcome: "failed", failure: "Lost." } },
  });
  const payment = await ann.call("POST /orders/{orderId}/payments", {
    path: { orderId: second.id },
    body: {
      amount: second.amounts.total,
      method: { kind: "card", last_four: "4242", holder: "Ann" },
    },
  });
  const fourthMoved = await ann.call("PUT /orders/{orderId}/destination", {
    path: { orderId: fourth.id },
    body: { address_id: annWork.id },
  });
  Assert.equal("after a failed payment", fourthMoved.destination.city, "Vienna");
  await ann.call("PUT /orders/{orderId}/destination", {
    path: { orderId: fourth.id },
    body: { address_id: annHome.id },
  });
  await Assert.rejected("a payment is under way", 409, ann.call(
    "PUT /orders/{orderId}/destination",
    { path: { orderId: second.id }, body: { address_id: annWork.id } },
  ));
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: payment.id },
    body: { settlement: { outcome: "captured" } },
  });
  await Assert.rejected("paid", 409, ann.call("PUT /orders/{orderId}/destination", {
    path: { orderId: second.id },
    body: { address_id: annWork.id },
  }));
  const kept = await ann.call("GET /orders/{orderId}", { path: { orderId: second.id } });
  Assert.equal("nothing else moved", kept.destination, second.destination);
  const all = await ann.call("PATCH /orders", { body: {} });
  Assert.equal("newest first", all.data.map((one) => one.number), [4, 3, 2, 1]);
  Assert.equal("counted", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  Assert.equal("seen shortly", List.at(all.data, 3), {
    id: first.id,
    number: 1,
    state: "pending",
    total: 3100,
    lines: 2,
    created_at: first.created_at,
  });
  const paid = await ann.call("PATCH /orders", { body: { state: "paid" } });
  Assert.equal("paid ones", paid.data.map((one) => one.number), [2]);
  const since = await ann.call("PATCH /orders", { body: { since: second.created_at } });
  Assert.equal("from that moment on", since.data.map((one) => one.number), [4, 3, 2]);
  const until = await ann.call("PATCH /orders", { body: { until: second.created_at } });
  Assert.equal("before that moment", until.data.map((one) => one.number), [1]);
  const span = await ann.call("PATCH /orders", {
    body: { since: first.created_at, until: third.created_at, state: "pending" },
  });
  Assert.equal("all together", span.data.map((one) => one.number), [1]);
  const head = await ann.call("PATCH /orders", { body: { limit: 2 } });
  Assert.equal("the first page", head.data.map((one) => one.number), [4, 3]);
  const page = await ann.call("PATCH /orders", { body: { page: 2, limit: 3 } });
  Assert.equal("the second page", page.data.map((one) => one.number), [1]);
  Assert.equal("of two pages", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  const found = await staff.call("PATCH /admin/orders", { body: { email: "ANN@example.com" } });
  Assert.equal("ann's, newest first", found.data.map((one) => one.number), [4, 3, 2, 1]);
  Assert.equal("seen in full", List.at(found.data, 3), moved);
  const foundPaid = await staff.call("PATCH /admin/orders", {
    body: { email: "ann@example.com", state: "paid" },
  });
  Assert.equal("the paid one", foundPaid.data, [kept]);
  const foundPage = await staff.call("PATCH /admin/orders", {
    body: { email: "ann@example.com", page: 2, limit: 1 },
  });
  Assert.equal("one a page", foundPage.data.map((one) => one.number), [3]);
  Assert.equal("of four", foundPage.pagination, { current: 2, limit: 1, records: 4, pages: 4 });
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: third.id },
    body: { reason: "changed_mind" },
  });
  const gone = await ann.call("PATCH /orders", { body: { state: "cancelled" } });
  Assert.equal("the cancelled one", gone.data.map((one) => [`${one.number}`, one.state]), [
    ["3", "cancelled"],
  ]);
  const foundGone = await staff.call("PATCH /admin/orders", {
    body: { email: "ann@example.com", state: "cancelled" },
  });
  Assert.equal("for admins too", foundGone.data.map((one) => one.state), ["cancelled"]);
  await Assert.rejected("cancelled", 409, ann.call("PUT /orders/{orderId}/destination", {
    path: { orderId: third.id },
    body: { address_id: annWork.id },
  }));
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: third.id } });
  await Assert.rejected("hidden", 404, ann.call("PUT /orders/{orderId}/destination", {
    path: { orderId: third.id },
    body: { address_id: annWork.id },
  }));
  await Assert.rejected("nobody has that address", 404, staff.call("PATCH /admin/orders", {
    body: { email: "nobody@example.com" },
  }));
}
