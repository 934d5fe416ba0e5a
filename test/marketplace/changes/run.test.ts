import { describe, expect, test } from "vitest";
import type { Change } from "../../../marketplace/changes/change-type";
import { checkRequest } from "../../../marketplace/changes/request";
import { Market } from "../support/market";

const product = "AmiProduct@1.0";
const offer = "Offer@1.0";
const create: Change = { changeType: "CreateProduct", changeName: "Make", entity: { type: product }, details: {} };
const on = (identifier: string, changeType = "AddRegions"): Change => ({
  changeType,
  entity: { type: product, identifier },
  details: { Regions: ["us-east-1"] },
});
const offerFor = (ProductId: string): Change => ({
  changeType: "CreateOffer",
  entity: { type: offer },
  details: { ProductId },
});
const codes = (changes: Change[]) =>
  [...new Market().try(changes).problems].map(([index, found]) => [index, ...found.map(({ code }) => code)]);

test("a reference works before and after the change that it names, as identifier and inside a document", () => {
  const use: Change = {
    changeType: "CreateOffer",
    entity: { type: offer },
    details: { ProductId: "$Make.Entity.Identifier" },
  };
  const { problems, resolved, entities } = new Market().try([on("$Make.Entity.Identifier"), use, create]);
  expect([...problems]).toEqual([]);
  const id = resolved[2]?.entityId;
  expect(resolved[0]?.entityId).toBe(id);
  expect(resolved[1]?.details).toEqual({ ProductId: id });
  expect(entities.map(({ type }) => type).toSorted()).toEqual([product, offer]);
});

describe("what cannot be resolved is told, and nothing that only follows from it", () => {
  test.each<[string, Change[], unknown[]]>([
    ["an unknown name", [create, on("$Nobody.Entity.Identifier")], [[1, "INVALID_REFERENCE"]]],
    ["an unknown id", [on("prod-nobody")], [[0, "RESOURCE_NOT_FOUND"]]],
    [
      "an id of another type",
      [
        create,
        {
          ...on("$Make.Entity.Identifier"),
          changeType: "ReleaseOffer",
          entity: { type: offer, identifier: "$Make.Entity.Identifier" },
        },
      ],
      [[1, "RESOURCE_NOT_FOUND"]],
    ],
    [
      "a type asked twice",
      [create, on("$Make.Entity.Identifier"), on("$Make.Entity.Identifier")],
      [[2, "DUPLICATE_CHANGE_TYPE"]],
    ],
    [
      "a change type that is none",
      [create, on("$Make.Entity.Identifier", "Destroy")],
      [[1, "UNSUPPORTED_CHANGE_TYPE"]],
    ],
    [
      "an offer that refers to itself",
      [
        {
          changeType: "CreateOffer",
          changeName: "O",
          entity: { type: offer },
          details: { ProductId: "$O.Entity.Identifier" },
        },
      ],
      [[0, "INVALID_REFERENCE"]],
    ],
    [
      "offers that refer to each other, and a change of one",
      [
        {
          changeType: "CreateOffer",
          changeName: "A",
          entity: { type: offer },
          details: { ProductId: "$B.Entity.Identifier" },
        },
        {
          changeType: "CreateOffer",
          changeName: "B",
          entity: { type: offer },
          details: { ProductId: "$A.Entity.Identifier" },
        },
        { changeType: "ReleaseOffer", entity: { type: offer, identifier: "$A.Entity.Identifier" }, details: {} },
      ],
      [
        [0, "INVALID_REFERENCE"],
        [1, "INVALID_REFERENCE"],
      ],
    ],
  ])("%s", (_what, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });
});

test("a revision in an identifier does not hide the entity", () => {
  const market = new Market();
  const id = market.apply([create]).entities[0]?.id ?? "";
  expect([...market.try([on(`${id}@7`)]).problems]).toEqual([]);
});

test("somebody else's entity is not there", () => {
  const market = new Market();
  const [made] = market.apply([create]).entities;
  if (made) market.entities.set(made.id, { ...made, owner: "444455556666" });
  expect([...market.try([on(made?.id ?? "")]).problems.values()].flat().map(({ code }) => code)).toEqual([
    "RESOURCE_NOT_FOUND",
  ]);
});

test("running a set changes nothing outside of it", () => {
  const market = new Market();
  const [made] = market.apply([create]).entities;
  const before = JSON.stringify([...market.entities]);
  market.try([on(made?.id ?? "")]);
  expect(JSON.stringify([...market.entities])).toBe(before);
});

describe("a request is refused at once for", () => {
  const twentyOne = Array.from({ length: 21 }, () => create);
  test.each<[string, Change[], string]>([
    ["no changes", [], "ChangeSet"],
    ["21 changes", twentyOne.map((one, i) => ({ ...one, changeName: `C${i}` })), "ChangeSet"],
    ["a name twice", [create, create], "ChangeSet"],
    ["a name with spaces", [{ ...create, changeName: "a b" }], "ChangeSet[0].ChangeName"],
    [
      "an identifier of what is created",
      [{ ...create, entity: { type: product, identifier: "prod-1" } }],
      "ChangeSet[0].Entity.Identifier",
    ],
    ["no identifier of what is changed", [{ ...on(""), entity: { type: product } }], "ChangeSet[0].Entity.Identifier"],
    ["an unknown change type", [on("prod-1", "Destroy")], "ChangeSet[0].ChangeType"],
    ["an unknown entity type", [{ ...create, entity: { type: "Toy@1.0" } }], "ChangeSet[0].ChangeType"],
    ["tags of what is not created", [{ ...on("prod-1"), entityTags: { a: "b" } }], "ChangeSet[0].EntityTags"],
    [
      "a document of another form",
      [{ ...on("prod-1"), details: { Regions: "us-east-1" } }],
      "ChangeSet[0].DetailsDocument.Regions",
    ],
  ])("%s", (_what, changes, path) => {
    expect(checkRequest(changes).map((problem) => problem.path)).toEqual([path]);
  });

  test("but not for a reference where an id of some form is asked", () => {
    expect(checkRequest([create, offerFor("$Make.Entity.Identifier")])).toEqual([]);
    expect(checkRequest([create, offerFor("$$")])).toHaveLength(1);
  });
});
