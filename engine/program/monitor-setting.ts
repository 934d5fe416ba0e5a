import type { StackConfig } from "../config";
import type { Deployment } from "../deployment";
import type { DefaultProviders } from "../plugins/default-providers";
import type { StepGenerator } from "../steps/step-generator";
import type { PropertyMap } from "../values/values";
import type { Goal } from "./goal";

/** What the monitor of one run works with. */
export interface MonitorSetting {
  readonly run: Deployment;
  readonly generator: StepGenerator;
  readonly defaults: DefaultProviders;
  readonly config: StackConfig;
  readonly root: string;
  readonly parallel: number;
  /** The program has registered everything. Resolves when it may end. */
  readonly finished: () => Promise<void>;
  /** @throws EngineError when the goal holds secrets and there is nothing to protect them with */
  readonly requirePassphrase: (goal: Goal) => void;
  readonly setStackOutputs: (urn: string, outputs: PropertyMap) => void;
}
