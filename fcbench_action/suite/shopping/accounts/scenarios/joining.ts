export const scenario = "Members, sellers and admins join; members log in again.";

export async function test(api: Api): Promise<void> {
  const stranger = api.session(null);
  const alice = api.session("member");
  const shop = api.session("seller");
  const staff = api.session("admin");
  const again = api.session("member");
  const joined = await alice.call("POST /auth/members/join", {
    body: { email: "Alice@Shopping.example", nickname: "alice", password: "correct horse battery" },
  });
  alice.authenticate(joined.token.access);
  Assert.equal("a member", joined.member, {
    id: joined.member.id,
    email: "alice@shopping.example",
    nickname: "alice",
    created_at: joined.member.created_at,
  });
  Assert.equal("a token is good for a day", joined.token.expires_at, Time.addSeconds(
    joined.member.created_at,
    86400,
  ));
  await Assert.rejected("the address is taken", 409, stranger.call("POST /auth/members/join", {
    body: { email: "alice@shopping.EXAMPLE", nickname: "other", password: "correct horse battery" },
  }));
  await Assert.rejected("the nickname is taken", 409, stranger.call("POST /auth/members/join", {
    body: { email: "other@example.com", nickname: "alice", password: "correct horse battery" },
  }));
  const sold = await shop.call("POST /auth/sellers/join", {
    body: {
      email: "Alice@shopping.example",
      shop_name: "Alice's",
      company_number: "0123456789",
      password: "correct horse battery",
    },
  });
  shop.authenticate(sold.token.access);
  Assert.equal("a seller", sold.seller, {
    id: sold.seller.id,
    email: "alice@shopping.example",
    shop_name: "Alice's",
    company_number: "0123456789",
    standing: "pending",
    approved_at: null,
    created_at: sold.seller.created_at,
    updated_at: sold.seller.created_at,
  });
  Assert.equal("a seller's token is good for a day", sold.token.expires_at, Time.addSeconds(
    sold.seller.created_at,
    86400,
  ));
  await Assert.rejected("another seller has the address", 409, stranger.call(
    "POST /auth/sellers/join",
    {
      body: {
        email: "ALICE@shopping.example",
        shop_name: "Other",
        company_number: "1111111111",
        password: "correct horse battery",
      },
    },
  ));
  await Assert.rejected("another shop has the name", 409, stranger.call("POST /auth/sellers/join", {
    body: {
      email: "other@example.com",
      shop_name: "Alice's",
      company_number: "1111111111",
      password: "correct horse battery",
    },
  }));
  await Assert.rejected("the company has a shop", 409, stranger.call("POST /auth/sellers/join", {
    body: {
      email: "other@example.com",
      shop_name: "Other",
      company_number: "0123456789",
      password: "correct horse battery",
    },
  }));
  const hired = await staff.call("POST /auth/admins/join", {
    body: { email: "ALICE@shopping.example", name: "Alice", password: "correct horse battery" },
  });
  staff.authenticate(hired.token.access);
  Assert.equal("an admin", hired.admin, {
    id: hired.admin.id,
    email: "alice@shopping.example",
    name: "Alice",
    created_at: hired.admin.created_at,
  });
  Assert.equal("an admin's token is good for a day", hired.token.expires_at, Time.addSeconds(
    hired.admin.created_at,
    86400,
  ));
  await Assert.rejected("another admin has the address", 409, stranger.call(
    "POST /auth/admins/join",
    { body: { email: "alice@shopping.EXAMPLE", name: "Bob", password: "correct horse battery" } },
  ));
  await Assert.rejected("not an address of the market", 403, stranger.call(
    "POST /auth/admins/join",
    {
      body: { email: "alice@shopping.example.com", name: "Bob", password: "correct horse battery" },
    },
  ));
  const back = await again.call("POST /auth/members/login", {
    body: { email: "ALICE@shopping.example", password: "correct horse battery" },
  });
  again.authenticate(back.token.access);
  Assert.equal("the same member", back.member, joined.member);
  Assert.that("a token of its own", back.token.expires_at > joined.token.expires_at);
  await Assert.rejected("a wrong password", 401, stranger.call("POST /auth/members/login", {
    body: { email: "alice@shopping.example", password: "wrong" },
  }));
  await Assert.rejected("an unknown address", 401, stranger.call("POST /auth/members/login", {
    body: { email: "other@example.com", password: "correct horse battery" },
  }));
  const me = await again.call("GET /members/me");
  Assert.equal("the own account", me, joined.member);
  const own = await shop.call("GET /sellers/me");
  Assert.equal("the own seller's account", own, {
    id: sold.seller.id,
    email: "alice@shopping.example",
    shop_name: "Alice's",
    company_number: "0123456789",
    standing: "pending",
    approved_at: null,
    created_at: sold.seller.created_at,
    updated_at: sold.seller.created_at,
    decisions: [],
  });
  const bob = await stranger.call("POST /auth/members/join", {
    body: { email: "bob@example.com", nickname: "bob", password: "0123456789" },
  });
  Assert.equal("another member", bob.member, {
    id: bob.member.id,
    email: "bob@example.com",
    nickname: "bob",
    created_at: bob.member.created_at,
  });
  const bobs = await stranger.call("POST /auth/sellers/join", {
    body: {
      email: "bob@example.com",
      shop_name: "Bob's",
      company_number: "9876543210",
      password: "0123456789",
    },
  });
  Assert.notEqual("another seller", bobs.seller.id, sold.seller.id);
  const bobby = await stranger.call("POST /auth/admins/join", {
    body: { email: "bob@shopping.example", name: "Alice", password: "0123456789" },
  });
  Assert.notEqual("another admin", bobby.admin.id, hired.admin.id);
  const bobAgain = await stranger.call("POST /auth/members/login", {
    body: { email: "bob@example.com", password: "0123456789" },
  });
  Assert.equal("each with an own password", bobAgain.member, bob.member);
  await Assert.rejected("a seller is no member", 403, shop.call("GET /members/me"));
  await Assert.rejected("an admin is no seller", 403, staff.call("GET /sellers/me"));
  await Assert.rejected("a stranger has no account", 401, stranger.call("GET /members/me"));
}
