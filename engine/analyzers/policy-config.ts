import { Ajv } from "ajv";
import * as pb from "@pulumi/pulumi/proto/analyzer_pb";

import { EngineError } from "../error";
import { fromStruct, toStruct } from "../plugins/grpc";
import type { PropertyMap } from "../values/values";

/**
 * What a pack is told of each of its policies, as the Pulumi CLI works it out: the defaults of the policy's schema, then
 * what the pack sets for itself, where the name `all` stands for every policy's level.
 * @throws EngineError naming every setting that its policy's schema refuses
 */
export function policyConfig(info: pb.AnalyzerInfo): pb.ConfigureAnalyzerRequest {
  const own = info.getInitialconfigMap();
  const request = new pb.ConfigureAnalyzerRequest();
  const wrong: string[] = [];
  for (const policy of info.getPoliciesList()) {
    const set = own.get(policy.getName());
    const level = (set ?? own.get("all"))?.getEnforcementlevel() ?? policy.getEnforcementlevel();
    const properties = { ...defaultsOf(policy), ...fromStruct(set?.getProperties()) };
    wrong.push(...refusals(policy, properties));
    const config = new pb.PolicyConfig();
    config.setEnforcementlevel(level);
    config.setProperties(toStruct(properties));
    request.getPolicyconfigMap().set(policy.getName(), config);
  }
  if (wrong.length > 0) {
    throw new EngineError(`Policy pack ${info.getName()} is configured wrongly:\n  ${wrong.join("\n  ")}`);
  }
  return request;
}

function defaultsOf(policy: pb.PolicyInfo): PropertyMap {
  const found = Object.entries(schemasOf(policy)).flatMap(([name, schema]) =>
    schema.default === undefined ? [] : [[name, schema.default] as const],
  );
  return Object.fromEntries(found) as PropertyMap;
}

function refusals(policy: pb.PolicyInfo, properties: PropertyMap): string[] {
  const schema = policy.getConfigschema();
  if (schema === undefined) return [];
  const ajv = new Ajv({ allErrors: true, strict: false });
  const whole = { type: "object", properties: schemasOf(policy), required: schema.getRequiredList() };
  if (ajv.validate(whole, properties)) return [];
  return (ajv.errors ?? []).map(({ instancePath, message }) => {
    const place = instancePath.slice(1).replaceAll("/", ".");
    return `${policy.getName()}: ${[place, message ?? "is refused"].filter(Boolean).join(" ")}`;
  });
}

function schemasOf(policy: pb.PolicyInfo): Readonly<Record<string, { readonly default?: unknown }>> {
  const properties = policy.getConfigschema()?.getProperties();
  return (properties?.toJavaScript() ?? {}) as Readonly<Record<string, { readonly default?: unknown }>>;
}
