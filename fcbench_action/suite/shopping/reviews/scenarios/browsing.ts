export const scenario = "Everybody finds reviews of a product, and what they come to.";

export async function test(api: Api): Promise<void> {
  const staff = api.session("admin");
  const tina = api.session("seller");
  const uwe = api.session("seller");
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
      lines: [{ variant_id: red, quantity: 20 }, { variant_id: blue, quantity: 20 }],
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
    body: { code: "BRUSH-1", lines: [{ variant_id: fine, quantity: 20 }] },
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
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  const order = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 2 },
  });
  const bobs = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
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
  const none = await guest.call("GET /products/{productId}/rating", {
    path: { productId: paint.id },
  });
  Assert.equal("no reviews yet", none, { reviews: 0, average: null, counts: [0, 0, 0, 0, 0] });
  const one = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: List.at(order.lines, 0)?.id ?? "" },
    body: { rating: 5, body: "Good." },
  });
  const two = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: List.at(order.lines, 1)?.id ?? "" },
    body: { rating: 2, body: "Good." },
  });
  const brushed = await ann.call("POST /order-lines/{lineId}/review", {
    path: { lineId: List.at(order.lines, 2)?.id ?? "" },
    body: { rating: 1, body: "Good." },
  });
  const three = await bob.call("POST /order-lines/{lineId}/review", {
    path: { lineId: List.at(bobs.lines, 0)?.id ?? "" },
    body: { rating: 4, body: "Good." },
  });
  const four = await bob.call("POST /order-lines/{lineId}/review", {
    path: { lineId: List.at(bobs.lines, 1)?.id ?? "" },
    body: { rating: 1, body: "Good." },
  });
  const rating = await guest.call("GET /products/{productId}/rating", {
    path: { productId: paint.id },
  });
  Assert.equal("twelve stars in four", rating, {
    reviews: 4,
    average: 300,
    counts: [1, 1, 0, 1, 1],
  });
  const all = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("newest first", all.data, [four, three, two, one]);
  Assert.equal("counted", all.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: two.id },
    body: { helpful: true },
  });
  await bob.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: one.id },
    body: { helpful: false },
  });
  await ann.call("PUT /reviews/{reviewId}/vote", {
    path: { reviewId: four.id },
    body: { helpful: true },
  });
  const helpful = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: { order: "helpful" },
  });
  Assert.equal("what helped most, newest first", helpful.data.map((review) => review.id), [
    four.id,
    two.id,
    three.id,
    one.id,
  ]);
  const newest = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: { order: "newest" },
  });
  Assert.equal("or just newest", newest.data.map((review) => review.id), [
    four.id,
    three.id,
    two.id,
    one.id,
  ]);
  const good = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: { ratings: [5, 4] },
  });
  Assert.equal("four or five stars", good.data, [three, one]);
  const replied = await tina.call("PUT /reviews/{reviewId}/reply", {
    path: { reviewId: three.id },
    body: { body: "Thanks." },
  });
  const answered = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: { replied: true },
  });
  Assert.equal("with a reply", answered.data, [replied]);
  const head = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: { limit: 1 },
  });
  Assert.equal("one a page", head.data.map((review) => review.id), [four.id]);
  const without = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: { replied: false, page: 2, limit: 2 },
  });
  Assert.equal("without one, the second page", without.data.map((review) => review.id), [one.id]);
  Assert.equal("of two", without.pagination, { current: 2, limit: 2, records: 3, pages: 2 });
  const brush2 = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: brush.id },
    body: {},
  });
  Assert.equal("another product", brush2.data, [brushed]);
  await ann.call("DELETE /reviews/{reviewId}", { path: { reviewId: two.id } });
  const less = await guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("the deleted one is gone", less.data.map((review) => review.id), [
    four.id,
    three.id,
    one.id,
  ]);
  const rounded = await guest.call("GET /products/{productId}/rating", {
    path: { productId: paint.id },
  });
  Assert.equal("ten stars in three, rounded down", rounded, {
    reviews: 3,
    average: 333,
    counts: [1, 0, 0, 1, 1],
  });
  const brushRating = await guest.call("GET /products/{productId}/rating", {
    path: { productId: brush.id },
  });
  Assert.equal("of the other product", brushRating, {
    reviews: 1,
    average: 100,
    counts: [1, 0, 0, 0, 0],
  });
  await Assert.rejected("no such product", 404, guest.call("PATCH /products/{productId}/reviews", {
    path: { productId: red },
    body: {},
  }));
  await Assert.rejected("nor its rating", 404, guest.call("GET /products/{productId}/rating", {
    path: { productId: red },
  }));
}
