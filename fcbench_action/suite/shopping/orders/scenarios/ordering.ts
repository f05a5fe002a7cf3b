export const scenario = "Members order what is in their carts.";

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
        { sku: "PAINT-RED", price: 1200, choices: ["red"] },
        { sku: "PAINT-BLUE", price: 3000, choices: ["blue"] },
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
      lines: [{ variant_id: red, quantity: 10 }, { variant_id: blue, quantity: 5 }],
    },
  });
  const brush = await uwe.call("POST /products", {
    body: {
      category_id: category.id,
      code: "BRUSH",
      name: "Brush",
      options: ["Color"],
      variants: [
        { sku: "BRUSH-FINE", price: 5000, choices: ["fine"] },
        { sku: "BRUSH-RARE", price: 100, choices: ["rare"] },
        { sku: "BRUSH-RARE2", price: 100, choices: ["rare2"] },
      ],
    },
  });
  await uwe.call("PUT /products/{productId}/status", {
    path: { productId: brush.id },
    body: { status: "on_sale" },
  });
  const fine = List.find(brush.variants, (one) => one.sku === "BRUSH-FINE")?.id ?? "";
  const rare = List.find(brush.variants, (one) => one.sku === "BRUSH-RARE")?.id ?? "";
  const rare2 = List.find(brush.variants, (one) => one.sku === "BRUSH-RARE2")?.id ?? "";
  await uwe.call("POST /receipts", {
    body: {
      code: "BRUSH-1",
      lines: [{ variant_id: fine, quantity: 3 }, { variant_id: rare2, quantity: 3 }],
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
  await Assert.rejected("there is no cart", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 2 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 1 },
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: rare2 },
    body: { quantity: 1 },
  });
  await Assert.rejected("another member's address", 404, ann.call("POST /orders", {
    body: { address_id: bobHome.id },
  }));
  await Assert.rejected("not in the cart", 404, ann.call("POST /orders", {
    body: { address_id: annHome.id, variants: [blue, rare] },
  }));
  await Assert.rejected("bob's cart is empty", 409, bob.call("POST /orders", {
    body: { address_id: bobHome.id },
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
  const first = await ann.call("POST /orders", {
    body: { address_id: annHome.id, variants: [rare2, fine, blue] },
  });
  Assert.equal("three of four lines", first, {
    id: first.id,
    number: 1,
    state: "pending",
    destination: {
      recipient: "Ann at Home",
      phone: "030 123456",
      country: "DE",
      postal_code: "10115",
      city: "Berlin",
      street: "Home street 1",
    },
    lines: [
      {
        id: List.at(first.lines, 0)?.id ?? "",
        position: 1,
        variant_id: blue,
        seller_id: tinaJoined.seller.id,
        name: "Paint",
        sku: "PAINT-BLUE",
        unit_price: 3000,
        quantity: 1,
        prepared_at: null,
      },
      {
        id: List.at(first.lines, 1)?.id ?? "",
        position: 2,
        variant_id: fine,
        seller_id: uweJoined.seller.id,
        name: "Brush",
        sku: "BRUSH-FINE",
        unit_price: 5000,
        quantity: 1,
        prepared_at: null,
      },
      {
        id: List.at(first.lines, 2)?.id ?? "",
        position: 3,
        variant_id: rare2,
        seller_id: uweJoined.seller.id,
        name: "Brush",
        sku: "BRUSH-RARE2",
        unit_price: 100,
        quantity: 1,
        prepared_at: null,
      },
    ],
    amounts: { goods: 8100, shipping: 300, discount: 0, total: 8400 },
    created_at: first.created_at,
    updated_at: first.created_at,
    paid_at: null,
    closed_at: null,
  });
  await tina.call("PUT /variants/{variantId}", { path: { variantId: red }, body: { price: 1300 } });
  await Assert.rejected("the price has changed", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  await ann.call("PUT /cart/prices");
  await ann.call("PUT /members/me/addresses/{addressId}", {
    path: { addressId: annHome.id },
    body: { city: "Bonn" },
  });
  const second = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  Assert.equal(
    "the rest of the cart, at the new price",
    second.lines.map((line) => [line.position, line.unit_price, line.quantity]),
    [[1, 1300, 2]],
  );
  Assert.equal("the member's second", second.number, 2);
  Assert.equal("with shipping", second.amounts, {
    goods: 2600,
    shipping: 300,
    discount: 0,
    total: 2900,
  });
  Assert.equal("to the address as it is now", second.destination.city, "Bonn");
  await Assert.rejected("the cart is empty now", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  const again = await ann.call("GET /orders/{orderId}", { path: { orderId: first.id } });
  Assert.equal("an order stays as it was", again, first);
  await Assert.rejected("orders of others", 404, bob.call("GET /orders/{orderId}", {
    path: { orderId: first.id },
  }));
  const stock = await tina.call("GET /variants/{variantId}/stock", { path: { variantId: red } });
  Assert.equal("two are taken", stock.on_hand, 8);
  Assert.equal("at that moment", stock.updated_at, second.created_at);
  const moves = await tina.call("PATCH /variants/{variantId}/movements", {
    path: { variantId: red },
    body: { kind: "sale" },
  });
  Assert.equal("written down", moves.data.map((one) => [one.sequence, one.quantity, one.on_hand]), [
    [2, -2, 8],
  ]);
  Assert.equal("when it was ordered", moves.data.map((one) => one.created_at), [second.created_at]);
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 3 },
  });
  await Assert.rejected("two are left", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: fine },
    body: { quantity: 2 },
  });
  const third = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  Assert.equal("exactly what is left", third.amounts, {
    goods: 10000,
    shipping: 0,
    discount: 0,
    total: 10000,
  });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: rare },
    body: { quantity: 1 },
  });
  await Assert.rejected("never in stock", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: rare },
    body: { quantity: 0 },
  });
  await bob.call("POST /reservations", { body: { variant_id: blue, quantity: 4, seconds: 900 } });
  await bob.call("POST /reservations", { body: { variant_id: rare2, quantity: 1, seconds: 900 } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 1 },
  });
  await Assert.rejected("bob has reserved the rest", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  await bob.call("PUT /cart/lines/{variantId}", {
    path: { variantId: blue },
    body: { quantity: 3 },
  });
  const bobs = await bob.call("POST /orders", { body: { address_id: bobHome.id } });
  Assert.equal("bob's own reservation is no hindrance", bobs.number, 1);
  const open = await bob.call("GET /reservations");
  Assert.equal("it is used, his other one is not", open.data.map((one) => one.variant_id), [rare2]);
  const fourth = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  Assert.equal("bob's reservation is used", fourth.lines.length, 1);
  const bobsOpen = await bob.call("GET /reservations");
  Assert.equal("reservations of others stay", bobsOpen.data.map((one) => one.variant_id), [rare2]);
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: rare2 },
    body: { quantity: 1 },
  });
  await ann.call("POST /orders", { body: { address_id: annHome.id } });
  const bobsStill = await bob.call("GET /reservations");
  Assert.equal("also of what ann orders", bobsStill.data.map((one) => one.variant_id), [rare2]);
  await bob.call("POST /reservations", { body: { variant_id: red, quantity: 8, seconds: 3 } });
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await Assert.rejected("reserved for three seconds", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  const fifth = await ann.call("POST /orders", { body: { address_id: annHome.id } });
  Assert.equal("the reservation has expired", fifth.number, 6);
  await ann.call("PUT /cart/lines/{variantId}", {
    path: { variantId: red },
    body: { quantity: 1 },
  });
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "paused" },
  });
  await Assert.rejected("not on sale", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "on_sale" },
  });
  await staff.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: tinaJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "Late." } },
  });
  await Assert.rejected("of a suspended seller", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
  await staff.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: tinaJoined.seller.id },
    body: { decision: { kind: "reinstate" } },
  });
  await tina.call("PUT /variants/{variantId}", {
    path: { variantId: red },
    body: { retired: true },
  });
  await Assert.rejected("retired", 409, ann.call("POST /orders", {
    body: { address_id: annHome.id },
  }));
}
