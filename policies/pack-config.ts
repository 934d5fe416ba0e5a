import type { Policies, PolicyPackConfig } from "@pulumi/policy";

type PolicyConfig = PolicyPackConfig[string];

/**
 * A pack's settings with each policy's level filled in where a setting leaves it out. Pulumi takes settings without a
 * level as advisory, so that giving a policy its numbers would quietly disarm it.
 * @throws when a name is no policy's, which is how a misspelt one is found
 */
export function withLevels(policies: Policies, config: PolicyPackConfig): PolicyPackConfig {
  const levels = new Map(policies.map(({ name, enforcementLevel = "advisory" }) => [name, enforcementLevel]));
  const unknown = Object.keys(config).filter((name) => name !== "all" && !levels.has(name));
  if (unknown.length > 0) {
    throw new Error(`There is no policy ${unknown.join(", ")}. There are ${[...levels.keys()].join(", ")}.`);
  }
  const all = config["all"] === undefined ? undefined : levelOf(config["all"]);
  const filled = Object.entries(config).map(([name, setting]): [string, PolicyConfig] =>
    typeof setting === "string"
      ? [name, setting]
      : [name, { ...setting, enforcementLevel: setting.enforcementLevel ?? all ?? levels.get(name) }],
  );
  return Object.fromEntries(filled);
}

function levelOf(setting: PolicyConfig) {
  return typeof setting === "string" ? setting : setting.enforcementLevel;
}
