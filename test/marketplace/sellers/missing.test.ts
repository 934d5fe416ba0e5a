import { expect, test } from "vitest";
import { jurisdictions } from "../../../marketplace/sellers/jurisdictions";
import { missingForSelling } from "../../../marketplace/sellers/missing";
import type { ProductKind, SellerAccount } from "../../../marketplace/sellers/seller";
import { complete, german, usBank } from "./made-up";

const paths = (seller: SellerAccount, ...wants: ProductKind[]) =>
  missingForSelling(seller, wants).map(({ path }) => path);

/** A seller of whom nothing is known but where it is. */
const bare = (country: string): SellerAccount => ({
  legalName: "",
  kind: "business",
  country,
  sells: [],
  profile: { displayName: "" },
  email: "",
  termsAccepted: false,
});

const basics = [
  "legalName",
  "profile.displayName",
  "profile.description",
  "email",
  "termsAccepted",
  "support.process",
  "support.contact",
  "updateProcess",
  "vulnerabilityProcess",
];
const withoutSalesTax = new Set(["US", "HK", "QA"]);

test("the list has the US, the 27 of the EU and eleven more", () => {
  expect(jurisdictions).toHaveLength(39);
  expect(jurisdictions.filter(({ bank, code }) => bank === "US" && code !== "US")).toHaveLength(27);
});

const kinds = ["individual", "business"] as const;
const sellers = jurisdictions.flatMap(({ code, name }) => kinds.map((kind) => [kind, name, code] as const));

test.each(sellers)("an %s of %s is told everything that is missing, for what it wants to sell", (kind, _, code) => {
  // Individuals may be below the threshold from which their country asks them to register for its sales tax.
  const salesTax = withoutSalesTax.has(code) || kind === "individual" ? [] : ["tax.vatNumber"];
  const charging = ["tax", ...salesTax, "bank"];
  const govCloud = ["govCloud.accountId", "govCloud.itarConfirmed"];
  const seller: SellerAccount = { ...bare(code), kind };
  expect(paths(seller, "free")).toEqual(basics);
  expect(paths(seller, "paid")).toEqual([...basics, ...charging]);
  expect(paths(seller, "byol")).toEqual([...basics, ...charging]);
  expect(paths(seller, "free", "govcloud")).toEqual([...basics, ...govCloud]);
  expect(paths(seller, "free", "byol", "paid", "govcloud")).toEqual([...basics, ...charging, ...govCloud]);
});

test.each(sellers)("an %s of %s is told which tax form and which bank account", (kind, name, code) => {
  const said = missingForSelling({ ...complete, kind, country: code, tax: undefined, bank: undefined }, ["paid"]);
  const wordsAt = (path: string) => said.filter((problem) => problem.path === path).map(({ message }) => message);
  expect(wordsAt("tax")).toEqual([`Give a form ${code === "US" ? "W-9" : "W-8"}, as sellers from ${name} do.`]);
  const inEu = jurisdictions.some((one) => one.code === code && one.bank === "US" && code !== "US");
  const where =
    code === "US" ? /account in the US that/ : inEu ? /account in the US that .*virtual/ : /in the US or in /;
  expect(wordsAt("bank")).toEqual([expect.stringMatching(where)]);
});

test.each([
  ["BR", "free", []],
  ["BR", "paid", ["country"]],
  ["IN", "byol", ["country"]],
  ["KR", "paid", ["country"]],
] as const)("a complete seller from %s who sells %s products", (country, kind, missing) => {
  expect(paths({ ...complete, country }, kind)).toEqual(missing);
});

test("a complete seller misses nothing, in the US and in the EU", () => {
  expect(missingForSelling(complete)).toEqual([]);
  expect(missingForSelling(german, ["free", "byol", "paid"])).toEqual([]);
  expect(missingForSelling({ ...german, bank: undefined }, ["free"])).toEqual([]);
});

test.each<[string, SellerAccount, string[]]>([
  ["a W-8 from the US", { ...complete, tax: { form: "W-8", taxpayerNumber: "12-3456789" } }, ["tax.form"]],
  [
    "a W-9 from Germany",
    { ...german, tax: { form: "W-9", taxpayerNumber: "12-3456789", vatNumber: "DE123456789" } },
    ["tax.form"],
  ],
  [
    "an SSN for a business",
    { ...complete, tax: { form: "W-9", taxpayerNumber: "219-09-9999" } },
    ["tax.taxpayerNumber"],
  ],
  [
    "an SSN for an individual",
    { ...complete, kind: "individual", tax: { form: "W-9", taxpayerNumber: "219-09-9999" } },
    [],
  ],
  [
    "no VAT number for an individual",
    { ...german, kind: "individual", tax: { form: "W-8", taxpayerNumber: "12345678901" } },
    [],
  ],
  [
    "a French VAT number from Germany",
    { ...german, tax: { form: "W-8", taxpayerNumber: "12345678901", vatNumber: "FR12345678901" } },
    ["tax.vatNumber"],
  ],
  [
    "a routing number that does not add up",
    { ...complete, bank: { ...usBank, routingNumber: "021000022" } as never },
    ["bank.routingNumber"],
  ],
  [
    "a German bank account",
    { ...german, bank: { country: "DE", iban: "DE89370400440532013000", bic: "DEUTDEFF" } },
    ["bank.country"],
  ],
  [
    "a Norwegian seller's own bank",
    {
      ...german,
      country: "NO",
      tax: { form: "W-8", taxpayerNumber: "923609016", vatNumber: "NO923609016MVA" },
      bank: { country: "NO", iban: "NO9386011117947", bic: "DNBANOKK" },
    },
    [],
  ],
  [
    "a Japanese seller's own bank",
    {
      ...german,
      country: "JP",
      tax: { form: "W-8", taxpayerNumber: "1234567890123", vatNumber: "T1234567890123" },
      bank: { country: "JP", accountNumber: "1234567", bic: "BOTKJPJT" },
    },
    [],
  ],
  [
    "a British seller's own bank",
    {
      ...german,
      country: "GB",
      tax: { form: "W-8", taxpayerNumber: "1234567890", vatNumber: "GB123456789" },
      bank: { country: "GB", iban: "GB29NWBK60161331926819", bic: "NWBKGB2L" },
    },
    ["kycCompleted"],
  ],
  ["buyers of AWS EMEA SARL", { ...complete, buyersIn: ["EMEA"] }, ["kycCompleted"]],
  ["buyers in Korea, and KYC done", { ...complete, buyersIn: ["KR"], kycCompleted: true }, []],
])("%s", (_, seller, missing) => {
  expect(missingForSelling(seller, ["paid"]).map(({ path }) => path)).toEqual(missing);
});

test("what is said holds no number", () => {
  const wrong: SellerAccount = {
    ...german,
    tax: { form: "W-9", taxpayerNumber: "000-11-2222", vatNumber: "DE98765" },
    bank: { country: "US", routingNumber: "987654321", accountNumber: "55-66-77" },
  };
  const said = JSON.stringify(missingForSelling(wrong, ["paid"]));
  for (const number of ["000-11-2222", "DE98765", "987654321", "55-66-77"]) expect(said).not.toContain(number);
});
