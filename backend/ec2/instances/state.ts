import { AwsError } from "../../service";

/** Where an instance is in its life: Amazon EC2 User Guide, "Amazon EC2 instance state changes". */
export type InstanceState = "pending" | "running" | "stopping" | "stopped" | "shutting-down" | "terminated";

/** On its way from one state, and in which it is from `at` on (RFC 3339). */
export interface Movement {
  readonly from: InstanceState;
  readonly to: InstanceState;
  readonly at: string;
}

/** The low byte of an instance state's code. */
const stateCodes: Readonly<Record<InstanceState, number>> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** A state in EC2's words. */
export function stateAnswer(Name: InstanceState): { Code: number; Name: InstanceState } {
  return { Code: stateCodes[Name], Name };
}

/** What somebody may ask of an instance. */
export type Wish = "start" | "stop" | "terminate" | "reboot";

/** The way that a wish takes, undefined where it has come true already, or `refused`. */
const ways: Readonly<
  Record<Wish, Readonly<Record<InstanceState, readonly [InstanceState, InstanceState] | "stay" | "refused">>>
> = {
  start: {
    pending: "stay",
    running: "stay",
    stopping: "refused",
    stopped: ["pending", "running"],
    "shutting-down": "refused",
    terminated: "refused",
  },
  stop: {
    pending: "refused",
    running: ["stopping", "stopped"],
    stopping: "stay",
    stopped: "stay",
    "shutting-down": "refused",
    terminated: "refused",
  },
  terminate: {
    pending: ["shutting-down", "terminated"],
    running: ["shutting-down", "terminated"],
    stopping: ["shutting-down", "terminated"],
    stopped: ["shutting-down", "terminated"],
    "shutting-down": "stay",
    terminated: "stay",
  },
  reboot: {
    pending: "stay",
    running: "stay",
    stopping: "refused",
    stopped: "refused",
    "shutting-down": "refused",
    terminated: "refused",
  },
};

/** The state at a moment. */
export function stateAt(movement: Movement, now: Date): InstanceState {
  return Date.parse(movement.at) <= now.getTime() ? movement.to : movement.from;
}

/**
 * Where the instance goes on a wish, or undefined when it is there or on its way.
 *
 * @throws AwsError IncorrectInstanceState when its state does not allow that.
 */
export function wayOf(
  wish: Wish,
  state: InstanceState,
  instanceId: string,
): readonly [InstanceState, InstanceState] | undefined {
  const way = ways[wish][state];
  if (way === "stay") return undefined;
  if (way !== "refused") return way;
  throw new AwsError(
    "IncorrectInstanceState",
    `The instance '${instanceId}' is not in a state from which it can be ${done[wish]}.`,
  );
}

const done: Readonly<Record<Wish, string>> = {
  start: "started",
  stop: "stopped",
  terminate: "terminated",
  reboot: "rebooted",
};
