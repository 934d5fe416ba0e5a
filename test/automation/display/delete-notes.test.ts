import { createColors } from "picocolors";
import { expect, test } from "vitest";
import { deleteNoteLines } from "../../../automation/display/delete-notes";

const listing = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/marketplace:AmiProduct::log-agent";
const file = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/marketplace:ListingFile::logo";
const foreign = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/other:AmiProduct::log-agent";
const plain = createColors(false);

test.each(["delete", "delete-replaced"])("a plan with the %s of a listing says that it is restricted", (op) => {
  expect(deleteNoteLines([{ op, urn: listing }], plain)).toEqual([
    "What delete means:",
    expect.stringMatching(/^ {2}log-agent is restricted, since AWS Marketplace never deletes a product: .*\.$/u),
  ]);
});

test.each([
  ["keeps a listing", { op: "same", urn: listing }],
  ["deletes a file for good", { op: "delete", urn: file }],
  ["deletes what is not ours", { op: "delete", urn: foreign }],
])("a plan that %s needs no such note", (_, step) => {
  expect(deleteNoteLines([step], plain)).toEqual([]);
});
