export const scenario = "Coupons that combine are redeemed together, and offers say what pays.";

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
  await staff.call("POST /admin/coupons", {
    body: {
      code: "UWES",
      title: "Uwes",
      benefit: { kind: "fixed", amount: 50 },
      combines: true,
      seller_id: uweJoined.seller.id,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "TINAS",
      title: "Tinas",
      benefit: { kind: "fixed", amount: 40 },
      seller_id: tinaJoined.seller.id,
      minimum: 2000,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "PAINTS",
      title: "Paints",
      benefit: { kind: "fixed", amount: 60 },
      category_ids: [paints.id],
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "TOOLS",
      title: "Tools",
      benefit: { kind: "fixed", amount: 30 },
      category_ids: [category.id],
    },
  });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  const waiting = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: waiting.id },
    body: { amount: 1300, method: { kind: "transfer", bank: "Bank" } },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "ALPHA",
      title: "Alpha",
      benefit: { kind: "percentage", percent: 50, ceiling: null },
      combines: true,
      member_limit: 2,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: { code: "BETA", title: "Beta", benefit: { kind: "fixed", amount: 1500 }, combines: true },
  });
  await staff.call("POST /admin/coupons", {
    body: { code: "GAMMA", title: "Gamma", benefit: { kind: "fixed", amount: 600 } },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "DELTA",
      title: "Delta",
      benefit: { kind: "fixed", amount: 100 },
      combines: true,
      minimum: 2001,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "OMEGA",
      title: "Omega",
      benefit: { kind: "fixed", amount: 900 },
      combines: true,
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
  const nothing = await ann.call("GET /orders/{orderId}/offers", { path: { orderId: order.id } });
  Assert.equal("nothing claimed", nothing.data, []);
  const alpha = await ann.call("POST /coupons/{code}/tickets", { path: { code: "ALPHA" } });
  const alpha2 = await ann.call("POST /coupons/{code}/tickets", { path: { code: "ALPHA" } });
  const beta = await ann.call("POST /coupons/{code}/tickets", { path: { code: "BETA" } });
  const gamma = await ann.call("POST /coupons/{code}/tickets", { path: { code: "GAMMA" } });
  const delta = await ann.call("POST /coupons/{code}/tickets", { path: { code: "DELTA" } });
  const omega = await ann.call("POST /coupons/{code}/tickets", { path: { code: "OMEGA" } });
  await bob.call("POST /coupons/{code}/tickets", { path: { code: "ALPHA" } });
  await ann.call("POST /coupons/{code}/tickets", { path: { code: "UWES" } });
  const tinas = await ann.call("POST /coupons/{code}/tickets", { path: { code: "TINAS" } });
  await ann.call("POST /coupons/{code}/tickets", { path: { code: "PAINTS" } });
  const onTools = await ann.call("POST /coupons/{code}/tickets", { path: { code: "TOOLS" } });
  const offers = await ann.call("GET /orders/{orderId}/offers", { path: { orderId: order.id } });
  Assert.equal("greatest first", offers.data, [
    { code: "BETA", ticket_id: beta.id, amount: 1500 },
    { code: "ALPHA", ticket_id: alpha.id, amount: 1000 },
    { code: "OMEGA", ticket_id: omega.id, amount: 900 },
    { code: "GAMMA", ticket_id: gamma.id, amount: 600 },
    { code: "TINAS", ticket_id: tinas.id, amount: 40 },
    { code: "TOOLS", ticket_id: onTools.id, amount: 30 },
  ]);
  await Assert.rejected("offers for orders of others", 404, bob.call(
    "GET /orders/{orderId}/offers",
    { path: { orderId: order.id } },
  ));
  const first = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: alpha.id },
  });
  Assert.equal("half", first.amount, 1000);
  await Assert.rejected("the same coupon", 409, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: alpha2.id },
  }));
  await Assert.rejected("this one does not combine", 409, ann.call(
    "POST /orders/{orderId}/redemptions",
    { path: { orderId: order.id }, body: { ticket_id: gamma.id } },
  ));
  const left = await ann.call("GET /orders/{orderId}/offers", { path: { orderId: order.id } });
  Assert.equal("what is left of the goods", left.data, [
    { code: "BETA", ticket_id: beta.id, amount: 1000 },
    { code: "OMEGA", ticket_id: omega.id, amount: 900 },
  ]);
  const second = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: omega.id },
  });
  const third = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: beta.id },
  });
  Assert.equal("no more than is left", [second.amount, third.amount], [900, 100]);
  const list = await ann.call("GET /orders/{orderId}/redemptions", { path: { orderId: order.id } });
  Assert.equal("oldest first", list.data, [first, second, third]);
  const full = await ann.call("GET /orders/{orderId}", { path: { orderId: order.id } });
  Assert.equal("all goods are free", full.amounts, {
    goods: 2000,
    shipping: 300,
    discount: 2000,
    total: 300,
  });
  await staff.call("POST /admin/coupons", {
    body: { code: "SIGMA", title: "Sigma", benefit: { kind: "fixed", amount: 10 }, combines: true },
  });
  const sigma = await ann.call("POST /coupons/{code}/tickets", { path: { code: "SIGMA" } });
  await Assert.rejected("nothing to take off", 409, ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: sigma.id },
  }));
  const none = await ann.call("GET /orders/{orderId}/offers", { path: { orderId: order.id } });
  Assert.equal("so no offer", none.data, []);
  const others = await ann.call("GET /orders/{orderId}/offers", { path: { orderId: other.id } });
  Assert.equal("the second ticket for another order", others.data, [
    { code: "GAMMA", ticket_id: gamma.id, amount: 600 },
    { code: "ALPHA", ticket_id: alpha2.id, amount: 500 },
    { code: "TOOLS", ticket_id: onTools.id, amount: 30 },
    { code: "SIGMA", ticket_id: sigma.id, amount: 10 },
  ]);
  await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: other.id },
    body: { ticket_id: gamma.id },
  });
  await Assert.rejected("that one does not combine", 409, ann.call(
    "POST /orders/{orderId}/redemptions",
    { path: { orderId: other.id }, body: { ticket_id: sigma.id } },
  ));
  const alone = await ann.call("GET /orders/{orderId}/offers", { path: { orderId: other.id } });
  Assert.equal("it stays alone", alone.data, []);
  const otherBefore = await ann.call("GET /orders/{orderId}", { path: { orderId: other.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 3 },
  });
  const bobsOrder = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  const soon = await staff.call("POST /admin/coupons", {
    body: { code: "SOON", title: "Soon", benefit: { kind: "fixed", amount: 50 } },
  });
  await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: soon.id },
    body: { ends_at: Time.addSeconds(soon.starts_at, 4) },
  });
  await bob.call("POST /coupons/{code}/tickets", { path: { code: "SOON" } });
  const fresh = await bob.call("GET /orders/{orderId}/offers", { path: { orderId: bobsOrder.id } });
  Assert.equal("before it expires", fresh.data.map((one) => one.code), ["ALPHA", "SOON"]);
  const stale = await bob.call("GET /orders/{orderId}/offers", { path: { orderId: bobsOrder.id } });
  Assert.equal("and after", stale.data.map((one) => one.code), ["ALPHA"]);
  const payment = await bob.call("POST /orders/{orderId}/payments", {
    path: { orderId: bobsOrder.id },
    body: { amount: 3300, method: { kind: "transfer", bank: "Bank" } },
  });
  await Assert.rejected("being paid", 409, bob.call("GET /orders/{orderId}/offers", {
    path: { orderId: bobsOrder.id },
  }));
  await staff.call("PUT /admin/payments/{paymentId}/settlement", {
    path: { paymentId: payment.id },
    body: { settlement: { outcome: "captured" } },
  });
  await Assert.rejected("paid", 409, bob.call("GET /orders/{orderId}/offers", {
    path: { orderId: bobsOrder.id },
  }));
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: order.id },
    body: { reason: "mistake" },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 3 },
  });
  const third3 = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  const again = await ann.call("GET /orders/{orderId}/offers", { path: { orderId: third3.id } });
  Assert.equal("tickets of cancelled orders", again.data.map((one) => one.ticket_id), [
    alpha.id,
    beta.id,
    omega.id,
    delta.id,
    tinas.id,
    onTools.id,
    sigma.id,
  ]);
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
  const a = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: third3.id },
    body: { ticket_id: alpha.id },
  });
  const b = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: third3.id },
    body: { ticket_id: omega.id },
  });
  const c = await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: third3.id },
    body: { ticket_id: sigma.id },
  });
  await ann.call("DELETE /orders/{orderId}/redemptions/{redemptionId}", {
    path: { orderId: third3.id, redemptionId: b.id },
  });
  const two = await ann.call("GET /orders/{orderId}/redemptions", { path: { orderId: third3.id } });
  Assert.equal("one is taken back, two stay", two.data, [a, c]);
  const rest = await ann.call("GET /orders/{orderId}", { path: { orderId: third3.id } });
  Assert.equal("and so does what they take off", rest.amounts.discount, 1510);
  const otherAfter = await ann.call("GET /orders/{orderId}", { path: { orderId: other.id } });
  Assert.equal("the other order is as it was", otherAfter, otherBefore);
  const otherList = await ann.call("GET /orders/{orderId}/redemptions", {
    path: { orderId: other.id },
  });
  Assert.equal("with its redemption", otherList.data.map((one) => one.code), ["GAMMA"]);
  await ann.call("DELETE /orders/{orderId}", { path: { orderId: order.id } });
  await Assert.rejected("hidden", 404, ann.call("GET /orders/{orderId}/offers", {
    path: { orderId: order.id },
  }));
}
