import { decide, readPolicy, RequestContext, type Policy, type Request } from "../dist/backend/auth/policy/index.js";
import { median, table } from "./table.mts";

const POLICIES = 10;
const STATEMENTS = 20;
const ACCOUNT = "111122223333";

const SERVICES = ["s3", "ec2", "iam", "sqs", "sns", "ssm", "kms", "logs", "dynamodb", "aws-marketplace"];
const VERBS = ["Get*", "List*", "Put*", "Delete*"];

/** As accounts have them: actions of several services, named resources, a condition here and there, some denials. */
function document(policy: number): string {
  const statements = Array.from({ length: STATEMENTS }, (_, i) => {
    const service = SERVICES[(policy + i) % SERVICES.length]!;
    return {
      Effect: i % 5 === 4 ? "Deny" : "Allow",
      Action: VERBS.map((verb) => `${service}:${verb}`),
      Resource: [
        `arn:aws:${service}:us-east-1:${ACCOUNT}:team-${policy}/thing-${i}/*`,
        `arn:aws:${service}:*:*:shared/${i}`,
      ],
      ...(i % 4 === 0 && { Condition: { StringEquals: { "aws:PrincipalTag/team": `team-${policy}` } } }),
    };
  });
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function compile(json: string): Policy {
  const reading = readPolicy(json, "identity");
  if (reading.policy === undefined) throw new Error(reading.problems[0]?.message);
  return reading.policy;
}

/** Requests of every service: some allowed by a late policy, some denied, most that no statement is about. */
function requests(): Request[] {
  const arn = `arn:aws:iam::${ACCOUNT}:user/ana`;
  const requester = { kind: "user", accountId: ACCOUNT, arn, id: "AIDAEXAMPLE" } as const;
  return SERVICES.flatMap((service) =>
    ["GetThing", "ListThings", "PutThing", "DescribeThing"].flatMap((verb, i) =>
      [0, 5, 9].map((team) => ({
        requester,
        action: `${service}:${verb}`,
        resource: `arn:aws:${service}:us-east-1:${ACCOUNT}:team-${team}/thing-${i * 5}/item`,
        context: new RequestContext({ "aws:PrincipalTag/team": `team-${team}`, "aws:username": "ana" }),
      })),
    ),
  );
}

/** Decisions a second, in one thread, by ten policies of twenty statements, compiled once. */
export function benchDecisions(): void {
  const documents = Array.from({ length: POLICIES }, (_, i) => document(i));
  const start = performance.now();
  const identity = documents.map(compile);
  const compileMs = performance.now() - start;
  const asked = requests();
  const allowed = asked.filter((request) => decide(request, { identity }).allowed).length;
  const rounds = Array.from({ length: 7 }, () => decisionsPerSecond(asked, identity));
  console.log(`Decisions: ${POLICIES} policies of ${STATEMENTS} statements; ${allowed} of ${asked.length} are allowed`);
  console.log(
    table(
      ["", "ours"],
      [
        ["compiled once, in ms", compileMs.toFixed(1)],
        ["decisions a second", median(rounds).toFixed(0)],
      ],
    ),
  );
}

function decisionsPerSecond(asked: readonly Request[], identity: readonly Policy[]): number {
  const times = 2000;
  const start = performance.now();
  for (let i = 0; i < times; i++) for (const request of asked) decide(request, { identity });
  return (times * asked.length * 1000) / (performance.now() - start);
}
