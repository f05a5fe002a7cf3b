export const scenario = "Members ask about products, openly or in secret, and sellers answer.";

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
  await ann.call("POST /members/me/addresses", {
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
  const draft = await tina.call("POST /products", {
    body: {
      category_id: category.id,
      code: "DRAFT",
      name: "Draft",
      options: [],
      variants: [{ sku: "D", price: 1, choices: [] }],
    },
  });
  await Assert.rejected("a draft", 404, ann.call("POST /products/{productId}/inquiries", {
    path: { productId: draft.id },
    body: { title: "When", body: "When?" },
  }));
  await Assert.rejected("no product", 404, ann.call("POST /products/{productId}/inquiries", {
    path: { productId: red },
    body: { title: "What", body: "What?" },
  }));
  const first = await ann.call("POST /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { title: "Red", body: "How is it?" },
  });
  Assert.equal("an open inquiry", first, {
    kind: "open",
    id: first.id,
    product_id: paint.id,
    author: "ann",
    secret: false,
    title: "Red",
    body: "How is it?",
    answer: null,
    created_at: first.created_at,
  });
  const second = await ann.call("POST /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { title: "Blue", body: "How is it?", secret: true },
  });
  Assert.equal("a secret one", second, {
    ...first,
    id: second.id,
    title: "Blue",
    secret: true,
    created_at: second.created_at,
  });
  const brushed = await bob.call("POST /products/{productId}/inquiries", {
    path: { productId: brush.id },
    body: { title: "Hair", body: "How is it?", secret: true },
  });
  const combed = await uwe.call("PUT /inquiries/{inquiryId}/answer", {
    path: { inquiryId: brushed.id },
    body: { body: "Soft." },
  });
  Assert.equal("answered by uwe", combed.answer?.shop ?? "", "Uwe");
  const third = await bob.call("POST /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { title: "Green", body: "How is it?", secret: false },
  });
  Assert.equal("not answered by that", third, {
    ...first,
    id: third.id,
    author: "bob",
    title: "Green",
    created_at: third.created_at,
  });
  const brushes = await bob.call("PATCH /products/{productId}/inquiries", {
    path: { productId: brush.id },
    body: {},
  });
  Assert.equal("his own, with its answer", brushes.data, [combed]);
  const combedAlone = await bob.call("GET /inquiries/{inquiryId}", {
    path: { inquiryId: brushed.id },
  });
  Assert.equal("and alone", combedAlone, combed);
  const paused = await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "paused" },
  });
  const fourth = await bob.call("POST /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { title: "Again", body: "How is it?" },
  });
  Assert.equal("also while it is paused", fourth.product_id, paused.id);
  const anns = await ann.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("newest first", anns.data, [fourth, third, second, first]);
  Assert.equal("counted", anns.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  const bobs = await bob.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("the secret one is hidden", bobs.data, [
    fourth,
    third,
    { kind: "hidden", id: second.id, answered: false, created_at: second.created_at },
    first,
  ]);
  const mine = await ann.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { mine: true },
  });
  Assert.equal("her own", mine.data, [second, first]);
  const head = await ann.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { limit: 2 },
  });
  Assert.equal("the first page", head.data, [fourth, third]);
  const whoever = await ann.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { mine: false, page: 2, limit: 3 },
  });
  Assert.equal("anybody's, the second page", whoever.data, [first]);
  Assert.equal("of two", whoever.pagination, { current: 2, limit: 3, records: 4, pages: 2 });
  await Assert.rejected("no such product", 404, ann.call("PATCH /products/{productId}/inquiries", {
    path: { productId: red },
    body: {},
  }));
  const read = await bob.call("GET /inquiries/{inquiryId}", { path: { inquiryId: first.id } });
  Assert.equal("others read it", read, first);
  const own = await ann.call("GET /inquiries/{inquiryId}", { path: { inquiryId: second.id } });
  Assert.equal("and the author the secret one", own, second);
  await Assert.rejected("secret", 403, bob.call("GET /inquiries/{inquiryId}", {
    path: { inquiryId: second.id },
  }));
  await Assert.rejected("no such inquiry", 404, bob.call("GET /inquiries/{inquiryId}", {
    path: { inquiryId: red },
  }));
  await Assert.rejected("another's product", 404, uwe.call("PUT /inquiries/{inquiryId}/answer", {
    path: { inquiryId: second.id },
    body: { body: "Blue." },
  }));
  const answered = await tina.call("PUT /inquiries/{inquiryId}/answer", {
    path: { inquiryId: second.id },
    body: { body: "Blue." },
  });
  Assert.equal("answered", answered, {
    ...second,
    answer: {
      shop: "Tina",
      body: "Blue.",
      created_at: answered.answer?.created_at ?? "",
      updated_at: answered.answer?.created_at ?? "",
    },
  });
  const changed = await tina.call("PUT /inquiries/{inquiryId}/answer", {
    path: { inquiryId: second.id },
    body: { body: "Very blue." },
  });
  Assert.equal("in other words", changed.answer, {
    shop: "Tina",
    body: "Very blue.",
    created_at: answered.answer?.created_at ?? "",
    updated_at: changed.answer?.updated_at ?? "",
  });
  Assert.notEqual("later", changed.answer?.updated_at ?? "", answered.answer?.created_at ?? "");
  const done = await bob.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { answered: true },
  });
  Assert.equal("answered, but hidden", done.data, [
    { kind: "hidden", id: second.id, answered: true, created_at: second.created_at },
  ]);
  const open = await ann.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { answered: false },
  });
  Assert.equal("not answered", open.data, [fourth, third, first]);
  const inbox = await tina.call("PATCH /sellers/me/inquiries", { body: {} });
  Assert.equal("the seller's, oldest first", inbox.data, [first, changed, third, fourth]);
  Assert.equal("all of them", inbox.pagination, { current: 1, limit: 20, records: 4, pages: 1 });
  const top = await tina.call("PATCH /sellers/me/inquiries", { body: { limit: 1 } });
  Assert.equal("one a page", top.data, [first]);
  const todo = await tina.call("PATCH /sellers/me/inquiries", {
    body: { answered: false, page: 2, limit: 1 },
  });
  Assert.equal("to be answered, the second", todo.data, [third]);
  Assert.equal("of three", todo.pagination, { current: 2, limit: 1, records: 3, pages: 3 });
  const ready = await tina.call("PATCH /sellers/me/inquiries", {
    body: { answered: true, product_id: paint.id },
  });
  Assert.equal("about a product", ready.data, [changed]);
  const none = await tina.call("PATCH /sellers/me/inquiries", { body: { product_id: brush.id } });
  Assert.equal("none about another's", none.data, []);
  const uwes = await uwe.call("PATCH /sellers/me/inquiries", { body: {} });
  Assert.equal("uwe's", uwes.data, [combed]);
  await Assert.rejected("deleted by another", 403, bob.call("DELETE /inquiries/{inquiryId}", {
    path: { inquiryId: first.id },
  }));
  await Assert.rejected("answered already", 409, ann.call("DELETE /inquiries/{inquiryId}", {
    path: { inquiryId: second.id },
  }));
  await Assert.rejected("nothing to delete", 404, ann.call("DELETE /inquiries/{inquiryId}", {
    path: { inquiryId: red },
  }));
  await ann.call("DELETE /inquiries/{inquiryId}", { path: { inquiryId: first.id } });
  await Assert.rejected("deleted twice", 404, ann.call("DELETE /inquiries/{inquiryId}", {
    path: { inquiryId: first.id },
  }));
  await Assert.rejected("not read any more", 404, ann.call("GET /inquiries/{inquiryId}", {
    path: { inquiryId: first.id },
  }));
  await Assert.rejected("nor answered", 404, tina.call("PUT /inquiries/{inquiryId}/answer", {
    path: { inquiryId: first.id },
    body: { body: "Red." },
  }));
  const rest = await ann.call("PATCH /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: {},
  });
  Assert.equal("the others stay", rest.data.map((one) => one.id), [fourth.id, third.id, second.id]);
  const restInbox = await tina.call("PATCH /sellers/me/inquiries", { body: {} });
  Assert.equal("for the seller too", restInbox.data.map((one) => one.id), [
    second.id,
    third.id,
    fourth.id,
  ]);
  await tina.call("PUT /products/{productId}/status", {
    path: { productId: paint.id },
    body: { status: "discontinued" },
  });
  await Assert.rejected("discontinued", 409, ann.call("POST /products/{productId}/inquiries", {
    path: { productId: paint.id },
    body: { title: "Why", body: "Why?" },
  }));
  const still = await ann.call("GET /inquiries/{inquiryId}", { path: { inquiryId: third.id } });
  Assert.equal("but seen", still, third);
}
