import type { Rights } from "../auth/need";
import type { Service } from "../service";
import type { Api, ApiIdentity } from "./api";
import type { Violation } from "./constraints";

/** A service that is ready to answer. */
export interface Answering {
  readonly api: Api;
  readonly service: Service;
  readonly rights: Rights;
  /** What an input breaks of its operation's model. */
  readonly violations: (operation: string, input: unknown) => readonly Violation[];
}

/** A service that can be made ready. */
export interface Registered extends ApiIdentity {
  load(): Promise<Answering>;
}
