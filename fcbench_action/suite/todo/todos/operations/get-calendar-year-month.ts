type Key = "GET /calendar/{year}/{month}";

export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {
  const leap = path.year % 4 === 0 && path.year % 100 !== 0 || path.year % 400 === 0;
  const length = path.month === 2 ? leap ? 29 : 28 : [4, 6, 9, 11].includes(path.month) ? 30 : 31;
  const month = path.month < 10 ? `0${path.month}` : `${path.month}`;
  const items = db.todo_items.findMany({
    where: {
      deleted_at: null,
      list: {
        some: {
          OR: [
            { todo_member_id: { equals: actor.todo_member_id } },
            {
              "todo_list_shares.list": {
                some: {
                  AND: [
                    { todo_member_id: { equals: actor.todo_member_id } },
                    { NOT: { accepted_at: null } },
                  ],
                },
              },
            },
          ],
        },
      },
    },
    orderBy: [{ rank: "asc" }, { created_at: "asc" }],
  });
  const dates = [
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
    30,
    31,
  ].slice(0, length).map(
    (number) =>
      number < 10 ? `${path.year}-${month}-0${number}` : `${path.year}-${month}-${number}`,
  );
  return {
    year: path.year,
    month: path.month,
    days: dates.map((date) => ({
      date: date,
      items: items.filter(
        (item) => (item.due_on ?? List.at(Text.split(item.due_at ?? "", "T"), 0) ?? "") === date,
      ).map((item) => ({
        id: item.id,
        title: item.title,
        priority: item.priority,
        due: item.due_on !== null
          ? { kind: "day", date: item.due_on }
          : item.due_at !== null
            ? { kind: "moment", at: item.due_at, grace_minutes: item.grace_minutes ?? 0 }
            : null,
        completed: item.completed_at !== null,
      })),
      minutes: List.sum(
        items.filter(
          (item) => (item.due_on ?? List.at(Text.split(item.due_at ?? "", "T"), 0) ?? "") === date,
        ),
        (item) => item.estimate_minutes ?? 0,
      ),
    })),
  };
}
