export const scenario = "Members find coupons, claim them, and see what became of their tickets.";

export async function test(api: Api): Promise<void> {
  const staff = api.session("admin");
  const tina = api.session("seller");
  const ann = api.session("member");
  const bob = api.session("member");
  const guest = api.session(null);
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
  const start = bobJoined.member.created_at;
  const late = await staff.call("POST /admin/coupons", {
    body: {
      code: "LATE",
      title: "Late",
      benefit: { kind: "fixed", amount: 100 },
      ends_at: Time.addSeconds(start, 864000),
      total_limit: 3,
      member_limit: 2,
      days: 30,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "EARLY",
      title: "Early",
      benefit: { kind: "fixed", amount: 200 },
      ends_at: Time.addSeconds(start, 432000),
      days: 1,
      combines: true,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "ZERO",
      title: "Zero",
      benefit: { kind: "percentage", percent: 5, ceiling: 300 },
      seller_id: tinaJoined.seller.id,
      total_limit: 1,
      member_limit: 3,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "ABLE",
      title: "Able",
      benefit: { kind: "fixed", amount: 300 },
      minimum: 500,
      days: 2,
    },
  });
  await staff.call("POST /admin/coupons", {
    body: {
      code: "FUTURE",
      title: "Future",
      benefit: { kind: "fixed", amount: 100 },
      starts_at: Time.addSeconds(start, 432000),
    },
  });
  const gone = await staff.call("POST /admin/coupons", {
    body: { code: "GONE", title: "Gone", benefit: { kind: "fixed", amount: 100 } },
  });
  await staff.call("DELETE /admin/coupons/{couponId}", { path: { couponId: gone.id } });
  const over = await staff.call("POST /admin/coupons", {
    body: { code: "OVER", title: "Over", benefit: { kind: "fixed", amount: 100 } },
  });
  await bob.call("POST /coupons/{code}/tickets", { path: { code: "OVER" } });
  await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: over.id },
    body: { ends_at: Time.addSeconds(over.starts_at, 1) },
  });
  const all = await guest.call("PATCH /coupons", { body: {} });
  Assert.equal("soonest to end first", all.data.map((one) => one.code), [
    "EARLY",
    "LATE",
    "ABLE",
    "ZERO",
  ]);
  Assert.equal("counted", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  Assert.equal("seen shortly", List.at(all.data, 3), {
    code: "ZERO",
    title: "Zero",
    benefit: { kind: "percentage", percent: 5, ceiling: 300 },
    minimum: 0,
    combines: false,
    ends_at: null,
    left: 1,
  });
  Assert.equal("without limit", List.at(all.data, 2), {
    code: "ABLE",
    title: "Able",
    benefit: { kind: "fixed", amount: 300 },
    minimum: 500,
    combines: false,
    ends_at: null,
    left: null,
  });
  const ofTina = await guest.call("PATCH /coupons", { body: { seller_id: tinaJoined.seller.id } });
  Assert.equal("for one seller's goods", ofTina.data.map((one) => one.code), ["ZERO"]);
  const combining = await guest.call("PATCH /coupons", { body: { combines: true } });
  Assert.equal("that combine", combining.data.map((one) => one.code), ["EARLY"]);
  const head = await guest.call("PATCH /coupons", { body: { limit: 3 } });
  Assert.equal("the first page", head.data.map((one) => one.code), ["EARLY", "LATE", "ABLE"]);
  const single = await guest.call("PATCH /coupons", {
    body: { combines: false, page: 2, limit: 2 },
  });
  Assert.equal("the last of those that do not", single.data.map((one) => one.code), ["ZERO"]);
  Assert.equal("on the second page", single.pagination, {
    current: 2,
    limit: 2,
    records: 3,
    pages: 2,
  });
  const first = await ann.call("POST /coupons/{code}/tickets", { path: { code: "LATE" } });
  Assert.equal("a ticket", first, {
    id: first.id,
    code: "LATE",
    title: "Late",
    number: 1,
    state: "usable",
    created_at: first.created_at,
    expires_at: late.ends_at,
  });
  const second = await ann.call("POST /coupons/{code}/tickets", { path: { code: "LATE" } });
  Assert.equal("the second", second.number, 2);
  await Assert.rejected("two a member", 409, ann.call("POST /coupons/{code}/tickets", {
    path: { code: "LATE" },
  }));
  const left = await guest.call("PATCH /coupons", { body: { combines: false } });
  Assert.equal("one is left", List.at(left.data, 0)?.left ?? 0, 1);
  const bobs = await bob.call("POST /coupons/{code}/tickets", { path: { code: "LATE" } });
  Assert.equal("bob's first", bobs.number, 1);
  await Assert.rejected("none are left", 409, bob.call("POST /coupons/{code}/tickets", {
    path: { code: "LATE" },
  }));
  const fewer = await guest.call("PATCH /coupons", { body: {} });
  Assert.equal("exhausted ones are not found", fewer.data.map((one) => one.code), [
    "EARLY",
    "ABLE",
    "ZERO",
  ]);
  const day = await ann.call("POST /coupons/{code}/tickets", { path: { code: "EARLY" } });
  Assert.equal("good for a day", day.expires_at, Time.addSeconds(day.created_at, 86400));
  const days = await ann.call("POST /coupons/{code}/tickets", { path: { code: "ABLE" } });
  Assert.equal("for two days, without end", days.expires_at, Time.addSeconds(
    days.created_at,
    172800,
  ));
  const ever = await ann.call("POST /coupons/{code}/tickets", { path: { code: "ZERO" } });
  Assert.equal("for ever", ever.expires_at, null);
  await Assert.rejected("not begun", 404, ann.call("POST /coupons/{code}/tickets", {
    path: { code: "FUTURE" },
  }));
  await Assert.rejected("withdrawn", 404, ann.call("POST /coupons/{code}/tickets", {
    path: { code: "GONE" },
  }));
  await Assert.rejected("ended", 409, ann.call("POST /coupons/{code}/tickets", {
    path: { code: "OVER" },
  }));
  await Assert.rejected("nobody issued it", 404, ann.call("POST /coupons/{code}/tickets", {
    path: { code: "NONE" },
  }));
  await staff.call("POST /admin/coupons", {
    body: {
      code: "SHARP",
      title: "Sharp",
      benefit: { kind: "fixed", amount: 100 },
      starts_at: Time.addSeconds(ever.created_at, 6),
      ends_at: Time.addSeconds(ever.created_at, 8),
    },
  });
  const begun = await guest.call("PATCH /coupons", { body: {} });
  Assert.equal("at the very beginning", begun.data.map((one) => one.code), [
    "SHARP",
    "EARLY",
    "ABLE",
  ]);
  const during = await guest.call("PATCH /coupons", { body: {} });
  Assert.equal("and after it", during.data.length, 3);
  const ended = await guest.call("PATCH /coupons", { body: {} });
  Assert.equal("not at the very end", ended.data.map((one) => one.code), ["EARLY", "ABLE"]);
  const dawn = await staff.call("POST /admin/coupons", {
    body: {
      code: "DAWN",
      title: "Dawn",
      benefit: { kind: "fixed", amount: 100 },
      starts_at: Time.addSeconds(ever.created_at, 10),
    },
  });
  const dawnTicket = await bob.call("POST /coupons/{code}/tickets", { path: { code: "DAWN" } });
  Assert.equal("claimed at the very beginning", dawnTicket.created_at, dawn.starts_at);
  const soon = await staff.call("POST /admin/coupons", {
    body: { code: "SOON", title: "Soon", benefit: { kind: "fixed", amount: 100 } },
  });
  await staff.call("PUT /admin/coupons/{couponId}", {
    path: { couponId: soon.id },
    body: { ends_at: Time.addSeconds(soon.starts_at, 3) },
  });
  const short = await ann.call("POST /coupons/{code}/tickets", { path: { code: "SOON" } });
  const expired = await ann.call("PATCH /members/me/tickets", { body: { state: "expired" } });
  Assert.equal("expired at that very moment", expired.data, [{ ...short, state: "expired" }]);
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 3 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await ann.call("POST /orders/{orderId}/redemptions", {
    path: { orderId: order.id },
    body: { ticket_id: second.id },
  });
  const mine = await ann.call("PATCH /members/me/tickets", { body: {} });
  Assert.equal("newest first", mine.data.map((one) => one.code), [
    "SOON",
    "ZERO",
    "ABLE",
    "EARLY",
    "LATE",
    "LATE",
  ]);
  Assert.equal("and their states", mine.data.map((one) => one.state), [
    "expired",
    "usable",
    "usable",
    "usable",
    "redeemed",
    "usable",
  ]);
  Assert.equal("six of them", mine.pagination, { current: 1, limit: 20, records: 6, pages: 1 });
  const used = await ann.call("PATCH /members/me/tickets", { body: { state: "redeemed" } });
  Assert.equal("redeemed", used.data, [{ ...second, state: "redeemed" }]);
  const usable = await ann.call("PATCH /members/me/tickets", {
    body: { state: "usable", limit: 2 },
  });
  Assert.equal("the first page", usable.data, [ever, days]);
  const page = await ann.call("PATCH /members/me/tickets", {
    body: { state: "usable", page: 2, limit: 3 },
  });
  Assert.equal("the last usable one", page.data, [first]);
  Assert.equal("of four", page.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  await ann.call("POST /orders/{orderId}/cancellation", {
    path: { orderId: order.id },
    body: { reason: "mistake" },
  });
  const again = await ann.call("PATCH /members/me/tickets", { body: { state: "redeemed" } });
  Assert.equal("the order is cancelled", again.data, []);
  const bobsOwn = await bob.call("PATCH /members/me/tickets", { body: {} });
  Assert.equal("bob's own", bobsOwn.data.map((one) => one.code), ["DAWN", "LATE", "OVER"]);
}
