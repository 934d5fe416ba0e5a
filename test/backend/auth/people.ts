import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { onTestFinished } from "vitest";

import { type MarketplaceOptions, type RunningMarketplace, startMarketplace } from "../../../backend";
import { connection } from "../catalog/catalog-market";

export const SELLER = "111122223333";
export const BUYER = "444455556666";

/** A statement of a policy; effect Allow and every resource where it does not say. */
export interface Statement {
  readonly Effect?: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
  /** In policies of resources. */
  readonly Principal?: object | "*";
}

/** A policy document as JSON. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function allow(Action: string | readonly string[], more: Statement = {}): object {
  return { Effect: "Allow", Action, Resource: "*", ...more };
}

/** A marketplace of the test's own, and users of the seller in it with just the rights that a test gives them. */
export async function openWithPeople(options: MarketplaceOptions = {}) {
  const market = await startMarketplace(options);
  onTestFinished(() => market.close());
  return { market, ...peopleOf(market, "seller") };
}

/** Users of an account, made by its administrator. */
export function peopleOf(market: RunningMarketplace, home: string) {
  let count = 0;
  const admin = (account = home) => connection(market, account);

  /** Client settings of a new user with an inline policy of these statements; ARNs of managed policies are attached. */
  async function person(...rights: readonly (object | string)[]) {
    return named(`person-${++count}`, ...rights);
  }

  async function named(UserName: string, ...rights: readonly (object | string)[]) {
    const iam = new IAMClient(admin());
    await iam.send(new CreateUserCommand({ UserName }));
    for (const PolicyArn of rights.filter((one) => typeof one === "string")) {
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    }
    const statements = rights.filter((one) => typeof one === "object");
    if (statements.length > 0) {
      const PolicyDocument = policy(...statements);
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "Rights", PolicyDocument }));
    }
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    iam.destroy();
    const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = AccessKey ?? {};
    return { ...admin(), credentials: { accessKeyId, secretAccessKey } };
  }

  return { admin, person, named };
}

/** What an AWS client says of an attempt: nothing when it went through. */
export async function refusalOf(attempt: Promise<unknown>): Promise<string | undefined> {
  return attempt.then(
    () => undefined,
    (error: Error) => error.message,
  );
}
