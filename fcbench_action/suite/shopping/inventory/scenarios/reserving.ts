export const scenario = "Members hold something back until they release it or it expires.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const admin = api.session("admin");
  const bob = api.session("seller");
  const alice = api.session("member");
  const dan = api.session("member");
  const adminName = Random.string(8, 12);
  const adminJoined = await admin.call("POST /auth/admins/join", {
    body: {
      email: `${adminName}@shopping.example`,
      name: adminName,
      password: "correct horse battery",
    },
  });
  admin.authenticate(adminJoined.token.access);
  const category = await admin.call("POST /categories", {
    body: { name: "Clothes", parent_id: null },
  });
  const bobName = Random.string(8, 12);
  const bobJoined = await bob.call("POST /auth/sellers/join", {
    body: {
      email: `${bobName}@example.com`,
      shop_name: bobName,
      company_number: `${Random.integer(1000000000, 9999999999)}`,
      password: "correct horse battery",
    },
  });
  bob.authenticate(bobJoined.token.access);
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "approve" } },
  });
  const aliceName = Random.string(8, 12);
  const aliceJoined = await alice.call("POST /auth/members/join", {
    body: {
      email: `${aliceName}@example.com`,
      nickname: aliceName,
      password: "correct horse battery",
    },
  });
  alice.authenticate(aliceJoined.token.access);
  const danName = Random.string(8, 12);
  const danJoined = await dan.call("POST /auth/members/join", {
    body: { email: `${danName}@example.com`, nickname: danName, password: "correct horse battery" },
  });
  dan.authenticate(danJoined.token.access);
  const shirt = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "SHIRT",
      name: "SHIRT",
      options: ["Kind"],
      variants: [
        { sku: "A", price: 100, choices: ["A"] },
        { sku: "B", price: 100, choices: ["B"] },
      ],
    },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "on_sale" },
  });
  const a = List.find(shirt.variants, (one) => one.sku === "A")?.id ?? "";
  const b = List.find(shirt.variants, (one) => one.sku === "B")?.id ?? "";
  const draft = await bob.call("POST /products", {
    body: {
      category_id: category.id,
      code: "DRAFT",
      name: "DRAFT",
      options: [],
      variants: [{ sku: "A", price: 100, choices: [] }],
    },
  });
  const hidden = List.find(draft.variants, (one) => one.sku === "A")?.id ?? "";
  await Assert.rejected("nothing is there", 409, alice.call("POST /reservations", {
    body: { variant_id: a, quantity: 1 },
  }));
  await bob.call("POST /receipts", {
    body: {
      code: "R",
      lines: [
        { variant_id: a, quantity: 5 },
        { variant_id: b, quantity: 10 },
        { variant_id: hidden, quantity: 5 },
      ],
    },
  });
  await Assert.rejected("drafts are not offered", 404, alice.call("POST /reservations", {
    body: { variant_id: hidden, quantity: 1 },
  }));
  await Assert.rejected("no such variant", 404, alice.call("POST /reservations", {
    body: { variant_id: shirt.id, quantity: 1 },
  }));
  const dans = await dan.call("POST /reservations", { body: { variant_id: a, quantity: 2 } });
  Assert.equal("a reservation", dans, {
    id: dans.id,
    variant_id: a,
    quantity: 2,
    created_at: dans.created_at,
    expires_at: Time.addSeconds(dans.created_at, 600),
    outcome: null,
  });
  await Assert.rejected("not so many", 409, alice.call("POST /reservations", {
    body: { variant_id: a, quantity: 4 },
  }));
  const all = await alice.call("POST /reservations", {
    body: { variant_id: a, quantity: 3, seconds: 900 },
  });
  Assert.equal("as long as asked for", all.expires_at, Time.addSeconds(all.created_at, 900));
  await Assert.rejected("one is open", 409, alice.call("POST /reservations", {
    body: { variant_id: a, quantity: 1 },
  }));
  const full = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("all is held", [full.on_hand, full.held, full.available], [5, 5, 0]);
  const brief = await alice.call("POST /reservations", {
    body: { variant_id: b, quantity: 10, seconds: 3 },
  });
  const two = await alice.call("GET /reservations");
  Assert.equal("what expires first", two.data, [brief, all]);
  await Assert.rejected("all are held", 409, dan.call("POST /reservations", {
    body: { variant_id: b, quantity: 1 },
  }));
  const one = await alice.call("GET /reservations");
  Assert.equal("expired at the very moment", one.data, [all]);
  await Assert.rejected("what expired is not released", 409, alice.call(
    "DELETE /reservations/{reservationId}",
    { path: { reservationId: brief.id } },
  ));
  const free = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: b } });
  Assert.equal("all are available again", [free.on_hand, free.held, free.available], [10, 0, 10]);
  const fresh = await alice.call("POST /reservations", { body: { variant_id: b, quantity: 1 } });
  Assert.equal("held back anew", fresh.quantity, 1);
  await Assert.rejected("one of a variant at most", 409, alice.call("POST /reservations", {
    body: { variant_id: b, quantity: 1 },
  }));
  await Assert.rejected("reservations of others are not found", 404, dan.call(
    "DELETE /reservations/{reservationId}",
    { path: { reservationId: all.id } },
  ));
  await alice.call("DELETE /reservations/{reservationId}", { path: { reservationId: all.id } });
  await Assert.rejected("not twice", 409, alice.call("DELETE /reservations/{reservationId}", {
    path: { reservationId: all.id },
  }));
  const left = await alice.call("GET /reservations");
  Assert.equal("released ones are not seen", left.data, [fresh]);
  const dansOwn = await dan.call("GET /reservations");
  Assert.equal("others keep theirs", dansOwn.data, [dans]);
  const part = await bob.call("GET /variants/{variantId}/stock", { path: { variantId: a } });
  Assert.equal("three are available again", [part.held, part.available], [2, 3]);
  const again = await alice.call("POST /reservations", { body: { variant_id: a, quantity: 3 } });
  const short = await dan.call("POST /reservations", {
    body: { variant_id: b, quantity: 9, seconds: 1 },
  });
  const anew = await dan.call("POST /reservations", { body: { variant_id: b, quantity: 9 } });
  Assert.equal("as soon as the other expired", anew.created_at, short.expires_at);
  Assert.equal("exactly what is available", again.quantity, 3);
  await Assert.rejected("sellers hold nothing back", 403, bob.call("POST /reservations", {
    body: { variant_id: b, quantity: 1 },
  }));
  await Assert.rejected("strangers have none", 401, stranger.call("GET /reservations"));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "suspend", reason: "late" } },
  });
  await Assert.rejected("a closed shop", 404, dan.call("POST /reservations", {
    body: { variant_id: b, quantity: 1 },
  }));
  await admin.call("PUT /sellers/{sellerId}/standing", {
    path: { sellerId: bobJoined.seller.id },
    body: { decision: { kind: "reinstate" } },
  });
  await bob.call("PUT /products/{productId}/status", {
    path: { productId: shirt.id },
    body: { status: "paused" },
  });
  await Assert.rejected("a paused product", 404, dan.call("POST /reservations", {
    body: { variant_id: b, quantity: 1 },
  }));
}
