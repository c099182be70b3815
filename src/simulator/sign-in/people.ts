/**
 * The invented people who can sign in.
 * @module
 */
export interface Person {
  readonly objectId: string;
  readonly name: string;
  readonly username: string;
  /** App roles; the next token contains the current ones. */
  roles: readonly string[];
}

export const createPeople = () =>
  ({
    ada: {
      objectId: "aa11bb22-cc33-4d44-8e55-ff6677889900",
      name: "Ada Example",
      username: "ada@example.com",
      roles: ["Pricing.Read", "Sites.Read"],
    },
    ben: {
      objectId: "bb22cc33-dd44-4e55-8f66-007788990011",
      name: "Ben Example",
      username: "ben@example.com",
      roles: ["Sites.Read"],
    },
    cleo: {
      objectId: "cc33dd44-ee55-4f66-8077-118899001122",
      name: "Cleo Example",
      username: "cleo@example.com",
      roles: [],
    },
  }) satisfies Record<string, Person> as Record<PersonName, Person>;

export type PersonName = "ada" | "ben" | "cleo";
