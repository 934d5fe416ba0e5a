import type { CheckFailure, Properties } from "../provider";
import { holdsUnknown } from "../unknown";

type Kind = "text" | "flag" | "list" | "object";

const kinds: Readonly<Record<string, Kind>> = {
  legalName: "text",
  kind: "text",
  country: "text",
  email: "text",
  updateProcess: "text",
  vulnerabilityProcess: "text",
  termsAccepted: "flag",
  kycCompleted: "flag",
  sells: "list",
  buyersIn: "list",
  profile: "object",
  support: "object",
  tax: "object",
  bank: "object",
  govCloud: "object",
};
const required = new Set(["legalName", "kind", "country", "email", "termsAccepted", "sells", "profile"]);
/** Members that are texts, without which nothing can be said of the rest. */
const texts: Readonly<Record<string, readonly string[]>> = {
  profile: ["displayName"],
  tax: ["form", "taxpayerNumber"],
  bank: ["country"],
};
const choices: Readonly<Record<string, readonly string[]>> = {
  kind: ["individual", "business"],
  sells: ["free", "byol", "paid", "govcloud"],
  buyersIn: ["EMEA", "KR"],
};
/** Of a bank account, one of these sets. */
const bankNumbers = [
  ["routingNumber", "accountNumber"],
  ["iban", "bic"],
  ["accountNumber", "bic"],
];

/** What is missing or of the wrong type, so that the rules can look at the rest. What is said shows no value. */
export function checkShape(inputs: Properties): CheckFailure[] {
  return Object.entries(kinds).flatMap(([name, kind]) => {
    const value = inputs[name];
    if (holdsUnknown(value)) return [];
    if (value === undefined) return required.has(name) ? [says(name, `A seller needs ${name}.`)] : [];
    if (!isOf(kind, value)) return [says(name, `${name} is ${kind === "object" ? "an object" : `a ${kind}`}.`)];
    const allowed = choices[name];
    if (allowed !== undefined && ![value].flat().every((one) => allowed.includes(String(one)))) {
      return [says(name, `${name} takes ${allowed.join(", ")}.`)];
    }
    const members = Object.entries(value as object);
    const has = (member: string) => members.some(([key, one]) => key === member && typeof one === "string");
    const lacking = (texts[name] ?? []).filter((member) => !has(member));
    if (lacking.length > 0)
      return lacking.map((member) => says(`${name}.${member}`, `${name} needs ${member}, a text.`));
    if (name === "bank" && !bankNumbers.some((set) => set.every(has))) {
      return [
        says("bank", "A bank account has routingNumber and accountNumber, or iban and bic, or accountNumber and bic."),
      ];
    }
    return [];
  });
}

function says(property: string, reason: string): CheckFailure {
  return { property, reason };
}

function isOf(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "flag":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}
