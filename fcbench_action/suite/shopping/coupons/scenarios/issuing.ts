export const scenario = "Admins make coupons, change and withdraw them, and see how they are used.";

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
  const other = await staff.call("POST /categories", { body: { name: "Paints", parent_id: null } });
  const later = Time.addSeconds(annJoined.member.created_at, 100000);
  const full = await staff.call("POST /admin/coupons", {
    body: {
      code: "FULL2026",
      title: "Full",
      benefit: { kind: "percentage", percent: 10, ceiling: 500 },
      seller_id: tinaJoined.seller.id,
      category_ids: [other.id, category.id],
      minimum: 2000,
      combines: true,
      total_limit: 5,
      member_limit: 2,
      days: 7,
      starts_at: annJoined.member.created_at,
      ends_at: later,
    },
  });
  Assert.equal("with everything", full, {
    id: full.id,
    code: "FULL2026",
    title: "Full",
    seller_id: tinaJoined.seller.id,
    category_ids: List.sortBy([category.id, other.id], (id) => id, "asc"),
    benefit: { kind: "percentage", percent: 10, ceiling: 500 },
    minimum: 2000,
    combines: true,
    total_limit: 5,
    member_limit: 2,
    days: 7,
    claimed: 0,
    starts_at: annJoined.member.created_at,
    ends_at: later,
    withdrawn_at: null,
  });
  const bare = await staff.call("POST /admin/coupons", {
    body: { code: "BARE", title: "Bare", benefit: { kind: "fixed", amount: 100 } },
  });
  Assert.equal("with little", bare, {
    id: bare.id,
    code: "BARE",
    title: "Bare",
    seller_id: null,
    category_ids: [],
    benefit: { kind: "fixed", amount: 100 },
    minimum: 0,
    combines: false,
    total_limit: null,
    member_limit: 1,
    days: null,
    claimed: 0,
    starts_at: bare.starts_at,
    ends_at: null,
    withdrawn_at: null,
  });
  Assert.that("it begins now", Time.isBefore(bobJoined.member.created_at, bare.starts_at));
  const percent = await staff.call("POST /admin/coupons", {
    body: {
      code: "PERCENT",
      title: "Percent",
      benefit: { kind: "percentage", percent: 100, ceiling: null },
      seller_id: null,
      ends_at: null,
      total_limit: null,
      days: null,
    },
  });
  Assert.equal("without ceiling", percent.benefit, {
    kind: "percentage",
    percent: 100,
    ceiling: null,
  });
  await Assert.rejected("the code is taken", 409, staff.call("POST /admin/coupons", {
    body: { code: "BARE", title: "Again", benefit: { kind: "fixed", amount: 1 } },
  }));
  await Assert.rejected("no such seller", 404, staff.call("POST /admin/coupons", {
    body: {
      code: "NOBODY",
      title: "x",
      benefit: { kind: "fixed", amount: 1 },
      seller_id: category.id,
    },
  }));
  await Assert.rejected("no such category", 404, staff.call("POST /admin/coupons", {
    body: {
      code: "NOWHERE",
      title: "x",
      benefit: { kind: "fixed", amount: 1 },
      category_ids: [category.id, bare.id],
    },
  }));
  await Assert.rejected("it would end as it begins", 409, staff.call("POST /admin/coupons", {
    body: {
      code: "NEVER",
      title: "x",
      benefit: { kind: "fixed", amount: 1 },
      starts_at: later,
      ends_at: later,
    },
  }));
  await Assert.rejected("it would end before now", 409, staff.call("POST /admin/coupons", {
    body: {
      code: "NEVER",
      title: "x",
      benefit: { kind: "fixed", amount: 1 },
      ends_at: annJoined.member.created_at,
    },
  }));
  const first = await ann.call("POST /coupons/{code}/tickets", { path: { code: "FULL2026" } });
  const second = await ann.call("POST /coupons/{code}/tickets", { path: { code: "FULL2026" } });
  const bobs = await bob.call("POST /coupons/{code}/tickets", { path: { code: "FULL2026" } });
  await Assert.rejected("fewer than claimed", 409, staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: full.id },
    body: { total_limit: 2 },
  }));
  const changed = await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: full.id },
    body: { title: "Fuller", total_limit: 3 },
  });
  Assert.equal("title and limit", changed, {
    ...full,
    title: "Fuller",
    total_limit: 3,
    claimed: 3,
  });
  const fresh = await staff.call("POST /admin/coupons", {
    body: {
      code: "FRESH",
      title: "Fresh",
      benefit: { kind: "fixed", amount: 5 },
      category_ids: [other.id],
    },
  });
  Assert.equal("nobody has claimed this one", [fresh.claimed, fresh.member_limit], [0, 1]);
  const single = await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: fresh.id },
    body: { total_limit: 1 },
  });
  Assert.equal("so one will do", single, { ...fresh, total_limit: 1 });
  await Assert.rejected("as it begins", 409, staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: full.id },
    body: { ends_at: full.starts_at },
  }));
  const open = await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: full.id },
    body: { total_limit: null, ends_at: null },
  });
  Assert.equal("without limit and end", open, { ...changed, total_limit: null, ends_at: null });
  const same = await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: full.id },
    body: {},
  });
  Assert.equal("nothing given", same, open);
  await Assert.rejected("no such coupon", 404, staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: category.id },
    body: {},
  }));
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 3 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 4 },
  });
  const second3 = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 9 },
  });
  const bobs3 = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: first.id },
  });
  await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: second3.id },
    body: { ticket_id: second.id },
  });
  await bob.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: bobs3.id },
    body: { ticket_id: bobs.id },
  });
  const usage = await staff.call("GET /admin/coupons/{couponId}/usage", {
    path: { couponId: full.id },
  });
  Assert.equal("used by two members", usage, {
    claimed: 3,
    redeemed: 3,
    members: 2,
    discount: 1200,
  });
  await bob.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: bobs3.id },
    body: { reason: "mistake" },
  });
  const less = await staff.call("GET /admin/coupons/{couponId}/usage", {
    path: { couponId: full.id },
  });
  Assert.equal("cancelled orders do not count", less, {
    claimed: 3,
    redeemed: 2,
    members: 1,
    discount: 700,
  });
  const unused = await staff.call("GET /admin/coupons/{couponId}/usage", {
    path: { couponId: bare.id },
  });
  Assert.equal("nobody has claimed it", unused, {
    claimed: 0,
    redeemed: 0,
    members: 0,
    discount: 0,
  });
  await Assert.rejected("no usage of nothing", 404, staff.call(
    "GET /admin/coupons/{couponId}/usage",
    { path: { couponId: order.id } },
  ));
  await staff.call("DELETE /admin/coupons/{couponId}", { path: { couponId: full.id } });
  await Assert.rejected("withdrawn already", 409, staff.call("DELETE /admin/coupons/{couponId}", {
    path: { couponId: full.id },
  }));
  await Assert.rejected("not changed any more", 409, staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: full.id },
    body: { title: "Fullest" },
  }));
  await Assert.rejected("nothing to withdraw", 404, staff.call("DELETE /admin/coupons/{couponId}", {
    path: { couponId: order.id },
  }));
  await Assert.rejected("its code stays taken", 409, staff.call("POST /admin/coupons", {
    body: { code: "FULL2026", title: "x", benefit: { kind: "fixed", amount: 1 } },
  }));
  await Assert.rejected("nobody claims it", 404, ann.call("POST /coupons/{code}/tickets", {
    path: { code: "FULL2026" },
  }));
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 2 },
  });
  const again = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  const kept = await bob.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: again.id },
    body: { ticket_id: bobs.id },
  });
  Assert.equal("tickets stay", kept.amount, 200);
  const free = await ann.call("POST /coupons/{code}/tickets", { path: { code: "BARE" } });
  Assert.equal("others can be claimed", free.state, "usable");
  Assert.equal("but once by a member", free.number, 1);
  await Assert.rejected("a member limit of one", 409, ann.call("POST /coupons/{code}/tickets", {
    path: { code: "BARE" },
  }));
}
