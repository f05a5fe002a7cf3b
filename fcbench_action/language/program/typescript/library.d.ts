// What programs are written against, whatever their interface and database. Nothing here gives undefined.

/** Lists: what JavaScript's own methods do in place, answer with undefined, or lack. */
declare namespace List {
  /** The element at a position counted from 0, or null. */
  function at<T>(array: readonly T[], index: number): T | null;
  /** The first element for which the test holds, or null. */
  function find<T>(array: readonly T[], test: (element: T) => boolean): T | null;
  /** The elements in order of their keys; equal ones keep their order. */
  function sortBy<T>(
    array: readonly T[],
    key: (element: T) => number | string,
    direction: "asc" | "desc",
  ): T[];
  /** The sum of what is made of each element. */
  function sum<T>(array: readonly T[], value: (element: T) => number): number;
  /** How often each key occurs, in order of first occurrence. */
  function countBy<T>(
    array: readonly T[],
    key: (element: T) => string,
  ): { key: string; count: number }[];
  /** One list after the other. */
  function concat<T>(...arrays: readonly (readonly T[])[]): T[];
  /** Each value once, in order of first occurrence. */
  function distinct<T>(array: readonly T[]): T[];
  /** As many elements, each made from its position, counted from 0. */
  function repeat<T>(count: number, make: (index: number) => T): T[];
}

/** Texts, compared and counted by code point. */
declare namespace Text {
  function lower(text: string): string;
  function upper(text: string): string;
  function trim(text: string): string;
  function startsWith(text: string, start: string): boolean;
  function endsWith(text: string, end: string): boolean;
  function contains(text: string, part: string): boolean;
  function split(text: string, separator: string): string[];
  function join(texts: readonly string[], separator: string): string;
}

/** Instants, as RFC 3339 texts in UTC. */
declare namespace Time {
  function addSeconds(time: string, seconds: number): string;
  function isBefore(time: string, other: string): boolean;
}

/** Identifiers, passwords and tokens. */
declare namespace Security {
  function uuid(): string;
  function hashPassword(password: string): string;
  function verifyPassword(password: string, hash: string): boolean;
  /** A token for the actor whose row has this key. */
  function issueToken(actorId: string): string;
  /** Always the same for the same text. */
  function digest(text: string): string;
  /** So many characters out of an alphabet. */
  function randomText(alphabet: string, length: number): string;
}

/** The operator `<`, where TypeScript would read it as something else. */
declare namespace Order {
  function less(left: number, right: number): boolean;
  function less(left: string, right: string): boolean;
}

/** What JSON tells beyond its values. */
declare namespace Json {
  /** Whether an optional property was given, be it null. */
  function has<T extends object>(object: T, name: keyof T & string): boolean;
}

/** Random values, the same for the same seed. Bounds are included. */
declare namespace Random {
  function boolean(): boolean;
  function integer(minimum: number, maximum: number): number;
  function number(minimum: number, maximum: number): number;
  function string(minLength: number, maxLength: number): string;
  function format(format: "uuid" | "date-time" | "date" | "email" | "uri"): string;
  function keyword(kind: "name" | "word" | "sentence" | "paragraph" | "title"): string;
  function pick<T>(array: readonly T[]): T;
  /** Elements at so many different positions, in their order. */
  function sample<T>(array: readonly T[], count: number): T[];
}

/** Ends the test as failed where they do not hold. */
declare namespace Assert {
  function equal(title: string, actual: unknown, expected: unknown): void;
  function notEqual(title: string, actual: unknown, expected: unknown): void;
  function that(title: string, condition: boolean): void;
  /** The request is answered with this status. */
  function rejected(title: string, status: number, request: Promise<unknown>): Promise<void>;
}

/** Ends an operation with an HTTP error. What it wrote is undone, or kept. */
declare class Rejection {
  constructor(status: number, message: string, written?: "keep");
}

/** Where a test's sessions come from. */
interface Api {
  session(actor: Actor | null): Session;
}

/** One client of the API, which keeps the token that it is given. */
interface Session {
  /** A request that succeeds. */
  call<Key extends keyof Operations>(
    operation: Key,
    ...request: Operations[Key]["request"]
  ): Promise<Operations[Key]["response"]>;
  authenticate(token: string): void;
}

/** What an operation knows. */
interface Scope<Key extends keyof Operations> {
  path: Operations[Key]["path"];
  body: Operations[Key]["body"];
  actor: Operations[Key]["actor"];
  db: Database;
  now: string;
}

/** What an operation answers with. */
type Answer<Key extends keyof Operations> = Operations[Key]["answer"];

/** A table of the database. Reads give their rows at once. */
interface Table<Row, Where, New, Numbers> {
  /** The first row that meets the condition, or null. */
  findFirst(query: { where: Where; orderBy?: Order<Row>[] }): Row | null;
  findMany(query: { where: Where; orderBy?: Order<Row>[]; skip?: number; take?: number }): Row[];
  count(query: { where: Where }): number;
  exists(query: { where: Where }): boolean;
  sum(column: Numbers, query: { where: Where }): number;
  average(column: Numbers, query: { where: Where }): number | null;
  minimum(column: Numbers, query: { where: Where }): number | null;
  maximum(column: Numbers, query: { where: Where }): number | null;
  insert(query: { data: New }): Row;
  update(query: { where: Where; data: Partial<Row> }): Row[];
  remove(query: { where: Where }): void;
}

type Order<Row> = { [Column in keyof Row]?: "asc" | "desc" };

/** Conditions on a column. */
interface Equality<T> {
  equals?: T;
  not?: T;
  in?: T[];
}
interface Ordered<T> extends Equality<T> {
  lt?: T;
  lte?: T;
  gt?: T;
  gte?: T;
}
interface Textual extends Ordered<string> {
  contains?: string;
  startsWith?: string;
}

/** A condition on related rows. */
interface Related<Where> {
  some?: Where;
  none?: Where;
  every?: Where;
}
