import type { Change } from "../../../marketplace/changes/change-type";
import type { Catalog } from "../../../providers/change-sets/catalog";
import type { ChangeSet } from "../../../providers/change-sets/change-set";
import type { Time } from "../../../providers/host/host";

/** How a started change set goes: how long it runs, and how it ends. */
export interface Script {
  readonly seconds?: number;
  readonly status?: "SUCCEEDED" | "FAILED" | "CANCELLED";
  readonly failureCode?: string;
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
}

interface Started {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly startedAt: number;
  readonly changes: readonly Change[];
  readonly script: Script;
}

/** A catalog whose change sets end as a test says, with AWS's tokens and locks, on the test's clock. */
export function scriptedCatalog(time: Time, script: (nth: number) => Script = () => ({})) {
  const started: Started[] = [];
  const calls: string[] = [];
  const busiest = { now: 0 };

  const seen = (one: Started): ChangeSet => {
    const age = time.now() - one.startedAt;
    const length = (one.script.seconds ?? 0) * 1000;
    const status = age < length ? (age < length / 2 ? "PREPARING" : "APPLYING") : (one.script.status ?? "SUCCEEDED");
    const errors = status === "FAILED" ? (one.script.errors ?? []) : [];
    return {
      id: one.id,
      name: one.name,
      status,
      startTime: new Date(one.startedAt).toISOString(),
      failureCode: status === "FAILED" ? (one.script.failureCode ?? "CLIENT_ERROR") : undefined,
      changes: one.changes.map(({ changeType, entity, details }, index) => ({
        details,
        changeType,
        entityType: entity.type,
        entityId: entity.identifier ?? "prod-new",
        errors: index === 0 ? errors : [],
      })),
    };
  };
  const open = () => started.map(seen).filter(({ status }) => status === "PREPARING" || status === "APPLYING");

  const catalog: Catalog = {
    start: async (name, token, changes) => {
      calls.push("start");
      const repeat = started.find((one) => one.token === token);
      if (repeat !== undefined) return repeat.id;
      const wanted = new Set(changes.flatMap(({ entity }) => entity.identifier ?? []));
      const openIds = new Set(open().map(({ id }) => id));
      const locked = started.some(
        (one) => openIds.has(one.id) && one.changes.some(({ entity }) => wanted.has(entity.identifier ?? "")),
      );
      if (locked) throw Object.assign(new Error("locked"), { name: "ResourceInUseException" });
      const id = `cs-${started.length + 1}`;
      started.push({ id, name, token, changes, startedAt: time.now(), script: script(started.length + 1) });
      busiest.now = Math.max(busiest.now, open().length);
      return id;
    },
    describe: async (id) => {
      calls.push("describe");
      const one = started.find((candidate) => candidate.id === id);
      if (one === undefined) throw Object.assign(new Error(`no ${id}`), { name: "ResourceNotFoundException" });
      return seen(one);
    },
    named: async (name) => {
      calls.push("list");
      return started
        .filter((one) => one.name === name)
        .map(seen)
        .toReversed();
    },
    open: async (entityId) => {
      calls.push("list");
      return open().filter(
        ({ changes }) => entityId === undefined || changes.some((change) => change.entityId === entityId),
      );
    },
    cancel: async () => {
      calls.push("cancel");
    },
  };
  return { catalog, started, calls, busiest };
}
