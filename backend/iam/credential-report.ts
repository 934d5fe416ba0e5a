import type { GenerateCredentialReportResponse, GetCredentialReportResponse } from "@aws-sdk/client-iam";

import { createDateOf } from "../accounts";
import { AwsError, type Context } from "../service";
import type { Store, Table } from "../storage/store";
import { keysOfUser, rootOf } from "./access-keys";
import { answerDate } from "./dates";
import { all, user as kind } from "./identities";
import { keyUses } from "./key-use";
import { type AccessKey, arnOf, type User } from "./records";

interface Report {
  /** RFC 3339. */
  readonly generated: string;
  readonly csv: string;
}

/** By account. */
const reports = (store: Store): Table<Report> => store.table("iam-credential-reports");

/** For so long a report is handed out again instead of a new one: IAM User Guide, "Generate credential reports for your AWS account". */
const FRESH_MS = 4 * 3_600_000;

/** Who has which credentials, and when they were used. */
export const credentialReportHandlers = {
  GenerateCredentialReport(ctx: Context): GenerateCredentialReportResponse {
    const table = reports(ctx.market.store);
    const now = ctx.market.clock.now();
    const report = table.get(ctx.caller.accountId);
    if (report !== undefined && isFresh(report, now)) return { State: "COMPLETE" };
    table.put(ctx.caller.accountId, { generated: now.toISOString(), csv: write(ctx) });
    return { State: "STARTED", Description: "No report exists. Starting a new report generation task" };
  },

  GetCredentialReport(ctx: Context): GetCredentialReportResponse {
    const report = reports(ctx.market.store).get(ctx.caller.accountId);
    if (report === undefined) {
      throw new AwsError("ReportNotPresent", "Credential report is not present", { status: 410 });
    }
    if (!isFresh(report, ctx.market.clock.now())) {
      throw new AwsError("ReportExpired", "Credential report has expired", { status: 410 });
    }
    return {
      Content: Buffer.from(report.csv),
      ReportFormat: "text/csv",
      GeneratedTime: answerDate(report.generated),
    };
  },
};

function isFresh({ generated }: Report, now: Date): boolean {
  return now.getTime() - Date.parse(generated) < FRESH_MS;
}

const NONE = "N/A";
const NO_PASSWORD = { enabled: "false", used: NONE, changed: NONE, next: NONE };

function write(ctx: Context): string {
  const { market, caller } = ctx;
  const { accountId } = caller;
  const { arn } = rootOf(accountId);
  const opened = second(createDateOf(market.store, accountId).toISOString());
  const unknown = { enabled: "not_supported", used: "no_information", changed: "not_supported", next: "not_supported" };
  const root = row("<root_account>", arn, opened, unknown, keysOfUser(market.store, { accountId }), market.store);
  const rows = all(ctx, kind).map((user) => rowOf(user, market.store));
  return [columns.join(","), root, ...rows].join("\n");
}

const columns = [
  "user,arn,user_creation_time",
  "password_enabled,password_last_used,password_last_changed,password_next_rotation",
  "mfa_active",
  ...[1, 2].map((n) =>
    ["active", "last_rotated", "last_used_date", "last_used_region", "last_used_service"]
      .map((column) => `access_key_${n}_${column}`)
      .join(","),
  ),
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated",
];

function rowOf(user: User, store: Store): string {
  const { login } = user;
  const password =
    login === undefined
      ? NO_PASSWORD
      : { enabled: "true", used: "no_information", changed: second(login.changeDate), next: NONE };
  return row(user.name, arnOf("user", user), second(user.createDate), password, keysOfUser(store, user), store);
}

function row(
  name: string,
  arn: string,
  created: string,
  { enabled, used, changed, next }: typeof NO_PASSWORD,
  keys: readonly AccessKey[],
  store: Store,
): string {
  const keyCells = [keys[0], keys[1]].flatMap((key) => cellsOf(key, store));
  return [name, arn, created, enabled, used, changed, next, "false", ...keyCells, "false", NONE, "false", NONE].join(
    ",",
  );
}

function cellsOf(key: AccessKey | undefined, store: Store): string[] {
  if (key === undefined) return ["false", NONE, NONE, NONE, NONE];
  const use = keyUses(store).get(key.id);
  const used = use === undefined ? [NONE, NONE, NONE] : [second(use.date), use.region, use.service];
  return [String(key.active), second(key.createDate), ...used];
}

/** As reports write moments: `2026-11-02T09:00:00+00:00`. */
function second(moment: string): string {
  return moment.replace(/(\.\d+)?Z$/, "+00:00");
}
