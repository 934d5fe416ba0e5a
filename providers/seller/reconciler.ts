import { type SellerDocument } from "../../marketplace/changes/seller/seller";
import { stepsByHand } from "../../marketplace/sellers/by-hand";
import { missingForSelling } from "../../marketplace/sellers/missing";
import { planNewSeller, planSeller } from "../../marketplace/sellers/plan-seller";
import { readSeller, showsNumbersOf, type ReadSeller } from "../../marketplace/sellers/read-seller";
import type { SellerAccount } from "../../marketplace/sellers/seller";
import { gracePeriod } from "../ami-product/pending";
import { knownFailures } from "../iam/known-failures";
import { checkNames } from "../property-names";
import { PartlyDone, type CheckFailure, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { messageOf, nameOf } from "../trouble";
import { untilFree } from "../change-sets/until-free";
import { holdsUnknown } from "../unknown";
import { checkShape } from "./shape";
import { registered, type SeenSeller } from "./seen-seller";

const fixed = ["legalName", "kind", "country"];
/** Declared by themselves, and sent along with tax form and bank account. */
const ofDisbursement = new Set(["buyersIn", "kycCompleted"]);
const names = [
  ...fixed,
  "sells",
  "profile",
  "email",
  "termsAccepted",
  "support",
  "updateProcess",
  "vulnerabilityProcess",
  "tax",
  "bank",
  "buyersIn",
  "kycCompleted",
  "govCloud",
  "connection",
];

/** A registration. The id is the marketplace's: `seller-…`. */
export const seller: Reconciler = {
  check: (olds, news) => {
    const shape = [...checkNames(news, names, "Seller"), ...checkShape(news), ...checkFixed(olds, news)];
    const blind = shape.length > 0 || holdsUnknown(news.sells);
    const failures = blind ? shape : knownFailures(news, missingForSelling(accountIn(news)));
    return { inputs: news, failures };
  },

  diff: (olds, news) => ({
    changes: names.some((name) => name !== "connection" && !same(olds[name], news[name])),
    replaces: same(olds.connection, news.connection) ? [] : ["connection"],
  }),

  create: async (place, inputs) => {
    const there = await registered(place.account);
    if (!place.account.clients.custom) return byHand(place, inputs, there);
    if (there !== undefined) checkSame(there, accountIn(inputs));
    let known = there;
    try {
      // Free products can be listed from here on; what is charged for waits until tax and bank are verified.
      known ??= await register(place, accountIn(inputs));
      return { id: known.id, outs: outputsOf(inputs, await change(place, inputs, true)) };
    } catch (error) {
      if (isRefused(error)) return byHand(place, inputs, known, messageOf(error));
      if (known === undefined) throw error;
      const { tax: _tax, bank: _bank, ...profile } = inputs;
      throw new PartlyDone(known.id, outputsOf(profile, known), error);
    }
  },

  update: async (place, _id, olds, news) => {
    if (!place.account.clients.custom) return byHand(place, news, await registered(place.account)).outs;
    const newNumbers = !same(olds.tax, news.tax) || !same(olds.bank, news.bank);
    try {
      return outputsOf(news, await change(place, news, newNumbers));
    } catch (error) {
      if (!isRefused(error)) throw error;
      return byHand(place, news, await registered(place.account), messageOf(error)).outs;
    }
  },

  read: async ({ account }, id, props) => {
    const seen = await registered(account);
    if (seen === undefined || seen.id !== id) return undefined;
    const declared = Object.fromEntries(Object.entries(props).filter(([name]) => names.includes(name)));
    const read = readSeller(seen.details);
    const isImport = declared.legalName === undefined;
    if (read === undefined || (!account.clients.custom && !isImport)) return { props, inputs: declared };
    const inputs = isImport ? { ...declared, ...read } : { ...declared, ...drift(declared, read, seen) };
    return { props: outputsOf(inputs, seen), inputs };
  },

  delete: ({ host }, id) => {
    host.say(`${id} stays registered: AWS Marketplace never takes a registration back. It is only forgotten here.`);
    return Promise.resolve();
  },
};

/** What somebody changed by hand, as it is now: the next `up` puts it right. Numbers that are others now are not known. */
function drift(declared: Properties, read: ReadSeller, { details }: SeenSeller): Properties {
  const changed = Object.entries(read).filter(
    ([name, value]) => !ofDisbursement.has(name) && !same(declared[name], value),
  );
  const numbers = showsNumbersOf(accountIn(declared), details) ? {} : { tax: undefined, bank: undefined };
  return { ...Object.fromEntries(changed), ...numbers };
}

function accountIn(inputs: Properties): SellerAccount {
  return inputs as unknown as SellerAccount;
}

function checkFixed(olds: Properties, news: Properties): CheckFailure[] {
  return fixed
    .filter((name) => olds[name] !== undefined && !same(olds[name], news[name]))
    .map((property) => ({
      property,
      reason: `AWS Marketplace registers an account once, and ${property} stays. Ask seller operations to change it.`,
    }));
}

/** An account's earlier registration is taken over where it is the declared one. */
function checkSame({ id, details }: SeenSeller, wanted: SellerAccount): void {
  if (details.Registration.LegalName === wanted.legalName && details.Registration.Country === wanted.country) return;
  throw new Error(`legalName: the account is registered as another seller already, ${id}. [ENTITY_ALREADY_EXISTS]`);
}

async function register(place: Place, wanted: SellerAccount): Promise<SeenSeller> {
  const { account, host } = place;
  const request = {
    subject: wanted.legalName,
    purpose: "register",
    identity: ["Seller", await host.stack(), account.id],
    changes: planNewSeller(wanted),
  };
  const earlier = await account.changeSets.find(request);
  await account.changeSets.run({ ...request, earlier }, () => "");
  return stillRegistered(place);
}

/**
 * Brings the registration to its declaration: its words first, then tax form and bank account. AWS verifies those for
 * days, which nobody waits for: the change set goes on, and later runs follow it.
 */
async function change(place: Place, inputs: Properties, newNumbers: boolean): Promise<SeenSeller> {
  const { account, host } = place;
  const subject = accountIn(inputs).legalName;
  await untilFree(async () => {
    for (;;) {
      const { id, revision, details } = await stillRegistered(place);
      const [next] = planSeller(id, details, accountIn(inputs), newNumbers);
      if (next === undefined) return;
      const request = { subject, purpose: "update", identity: [id, String(revision)], changes: [next] };
      const verifies = next.changeType === "UpdateDisbursementPreferences";
      const { changeSet, done } = await account.changeSets.run(
        { ...request, ...(verifies && { patience: gracePeriod }) },
        () => "",
      );
      if (!done)
        host.say(
          `${subject}: tax form and bank account are being verified (change set ${changeSet.id}); refresh tells how it ends`,
        );
      if (verifies) return;
    }
  });
  return stillRegistered(place);
}

async function stillRegistered({ account }: Place): Promise<SeenSeller> {
  const seen = await registered(account);
  if (seen === undefined) throw new Error(`Account ${account.id} is not registered as a seller any more.`);
  return seen;
}

/** AWS behind an address of somebody else's: it takes no such change set from anybody, or none from this account. */
function isRefused(error: unknown): boolean {
  return ["AccessDeniedException", "ValidationException"].includes(nameOf(error));
}

/**
 * Nothing is sent, for AWS publishes no document to register with, or what was sent was refused. What can be read is
 * read, and the rest is said.
 */
function byHand({ host, account }: Place, inputs: Properties, there: SeenSeller | undefined, refusal?: string) {
  const steps = stepsByHand(accountIn(inputs));
  const why = refusal === undefined ? "which AWS has no public API for" : `and its request was refused (${refusal})`;
  if (there === undefined) {
    throw new Error(
      `Account ${account.id} is not registered as a seller, ${why}. Register it in the AWS ` +
        `Marketplace Management Portal, then run this again:\n${steps.map((step) => `  - ${step}`).join("\n")}`,
    );
  }
  if (refusal !== undefined) host.say(`${there.id} was left as it is: ${refusal}`, "warning");
  for (const step of steps) host.say(`By hand: ${step}`);
  return {
    id: there.id,
    outs: { ...inputs, sellerId: there.id, sellerArn: there.arn, maySell: maySellOf(there), stepsByHand: steps },
  };
}

function outputsOf(inputs: Properties, seen: SeenSeller): Properties {
  return { ...inputs, sellerId: seen.id, sellerArn: seen.arn, maySell: maySellOf(seen), stepsByHand: [] };
}

/** Of AWS's own document nothing is known: it says of no product that it may be sold. */
function maySellOf({ details }: SeenSeller): readonly string[] {
  const verification: SellerDocument["Verification"] = details.Verification;
  return verification?.MaySell ?? [];
}
