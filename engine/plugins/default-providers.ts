import type { StackConfig } from "../config";
import { EngineError } from "../error";
import { plainGoal } from "../program/goal";
import { isDynamic } from "./plugins";
import type { StepGenerator } from "../steps/step-generator";
import { providerRef } from "../state/urn";
import { makeSecret, UNKNOWN, type PropertyMap } from "../values/values";

/** The providers of resources that name none: one for each package and version, made when first asked for. */
export class DefaultProviders {
  readonly #references = new Map<string, Promise<string>>();

  constructor(
    private readonly generator: StepGenerator,
    private readonly config: StackConfig,
  ) {}

  /** @throws EngineError when the stack's configuration forbids a default provider for this package */
  reference(pkg: string, version: string): Promise<string> {
    const key = `${pkg}@${version}`;
    let reference = this.#references.get(key);
    if (!reference) {
      this.#refuseDenied(pkg);
      reference = this.#make(pkg, version);
      this.#references.set(key, reference);
    }
    return reference;
  }

  async #make(pkg: string, version: string): Promise<string> {
    const inputs = this.#configOf(pkg);
    if (version) inputs["version"] = version;
    const name = version ? `default_${version.replaceAll(/[.+-]/g, "_")}` : "default";
    const goal = plainGoal({ type: `pulumi:providers:${pkg}`, name, custom: true, inputs });
    const { state } = await this.generator.register(goal);
    return providerRef(state.urn, state.id || UNKNOWN);
  }

  #configOf(pkg: string): PropertyMap {
    const inputs: PropertyMap = {};
    for (const [key, value] of Object.entries(this.config.values)) {
      const [namespace = "", name = ""] = key.split(/:(.*)/s);
      if (!isDynamic(pkg) && namespace !== pkg) continue;
      inputs[isDynamic(pkg) ? key : name] = this.config.secretKeys.includes(key) ? makeSecret(value) : value;
    }
    return inputs;
  }

  #refuseDenied(pkg: string): void {
    const denied = this.config.values["pulumi:disable-default-providers"];
    if (!denied || pkg === "pulumi") return;
    const names = JSON.parse(denied) as string[];
    if (!names.some((name) => ["*", pkg].includes(String(name).trim()))) return;
    throw new EngineError(`Default provider for '${pkg}' disabled. Its resources must use an explicit provider.`);
  }
}
