export const scenario = "Admins arrange categories in three levels; everybody reads them.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const admin = api.session("admin");
  const bob = api.session("seller");
  const adminName = Random.string(8, 12);
  const adminJoined = await admin.call("POST /auth/admins/join", {
    body: {
      email: `${adminName}@shopping.example`,
      name: adminName,
      password: "correct horse battery",
    },
  });
  admin.authenticate(adminJoined.token.access);
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
  const top = await admin.call("POST /categories", { body: { name: "Home", parent_id: null } });
  Assert.equal("a category at the top", top, {
    id: top.id,
    name: "Home",
    level: 1,
    parent_id: null,
  });
  const empty = await admin.call("POST /categories", { body: { name: "Books", parent_id: null } });
  const part = await admin.call("POST /categories", {
    body: { name: "Kitchen", parent_id: top.id },
  });
  Assert.equal("a part", part, { id: part.id, name: "Kitchen", level: 2, parent_id: top.id });
  const bath = await admin.call("POST /categories", { body: { name: "Bath", parent_id: top.id } });
  const leaf = await admin.call("POST /categories", { body: { name: "Pans", parent_id: part.id } });
  Assert.equal("a part of a part", leaf, {
    id: leaf.id,
    name: "Pans",
    level: 3,
    parent_id: part.id,
  });
  const lids = await admin.call("POST /categories", { body: { name: "Lids", parent_id: part.id } });
  await Assert.rejected("no fourth level", 409, admin.call("POST /categories", {
    body: { name: "Small", parent_id: leaf.id },
  }));
  await Assert.rejected("no such parent", 404, admin.call("POST /categories", {
    body: { name: "Small", parent_id: adminJoined.admin.id },
  }));
  await Assert.rejected("the name is taken at the top", 409, admin.call("POST /categories", {
    body: { name: "Home", parent_id: null },
  }));
  await Assert.rejected("the name is taken in the parent", 409, admin.call("POST /categories", {
    body: { name: "Bath", parent_id: top.id },
  }));
  const other = await admin.call("POST /categories", {
    body: { name: "Home", parent_id: empty.id },
  });
  Assert.equal("another parent has its own names", other.level, 2);
  const trees = await stranger.call("GET /categories");
  Assert.equal("all of them by name", trees, {
    data: [
      { id: empty.id, name: "Books", children: [{ id: other.id, name: "Home", children: [] }] },
      {
        id: top.id,
        name: "Home",
        children: [
          { id: bath.id, name: "Bath", children: [] },
          {
            id: part.id,
            name: "Kitchen",
            children: [
              { id: lids.id, name: "Lids", children: [] },
              { id: leaf.id, name: "Pans", children: [] },
            ],
          },
        ],
      },
    ],
  });
  await Assert.rejected("sellers make no categories", 403, bob.call("POST /categories", {
    body: { name: "Mine", parent_id: null },
  }));
  await Assert.rejected("strangers remove none", 401, stranger.call(
    "DELETE /categories/{categoryId}",
    { path: { categoryId: leaf.id } },
  ));
  await Assert.rejected("sellers remove none", 403, bob.call("DELETE /categories/{categoryId}", {
    path: { categoryId: leaf.id },
  }));
  await Assert.rejected("it has parts", 409, admin.call("DELETE /categories/{categoryId}", {
    path: { categoryId: part.id },
  }));
  await bob.call("POST /products", {
    body: {
      category_id: leaf.id,
      code: "PAN",
      name: "Pan",
      options: [],
      variants: [{ sku: "P", price: 100, choices: [] }],
    },
  });
  await Assert.rejected("it has products", 409, admin.call("DELETE /categories/{categoryId}", {
    path: { categoryId: leaf.id },
  }));
  await admin.call("DELETE /categories/{categoryId}", { path: { categoryId: other.id } });
  await admin.call("DELETE /categories/{categoryId}", { path: { categoryId: empty.id } });
  await Assert.rejected("it is gone", 404, admin.call("DELETE /categories/{categoryId}", {
    path: { categoryId: empty.id },
  }));
  const left = await stranger.call("GET /categories");
  Assert.equal("the others are there", left.data, trees.data.slice(1, 2));
}
