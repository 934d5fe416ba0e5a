/**
 * Property values, in the form in which Pulumi's protocol carries them: plain JSON, where an object
 * with the signature key is a secret, an asset, a resource reference or an output.
 */
export type PropertyValue = null | boolean | number | string | PropertyValue[] | PropertyMap;
export interface PropertyMap {
  [key: string]: PropertyValue;
}

export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
export const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
/** Stands for a value nobody knows before the update has run. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isMap(value: unknown): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: PropertyValue | undefined): value is PropertyMap {
  return isMap(value) && value[SIGNATURE] === SECRET;
}

export function makeSecret(value: PropertyValue): PropertyValue {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** The value inside any wrapping secrets. */
export function unwrap(value: PropertyValue): PropertyValue {
  let inner = value;
  while (isSecret(inner)) inner = inner["value"] ?? null;
  return inner;
}

/** The value with every secret, at any depth, replaced by what it holds. */
export function withoutSecrets<T extends PropertyValue>(value: T): T {
  return some(value, isSecret) ? (strip(value) as T) : value;
}

function strip(value: PropertyValue): PropertyValue {
  const plain = unwrap(value);
  if (Array.isArray(plain)) return plain.map(strip);
  return isMap(plain) ? mapValues(plain, strip) : plain;
}

/** The value with every resource in it replaced by its id, or by its URN where it has no id. */
export function withoutReferences<T extends PropertyValue>(value: T): T {
  return some(value, isReference) ? (referenceless(value) as T) : value;
}

/** References as a checkpoint keeps them: always with a version, be it an empty one. */
export function completeReferences<T extends PropertyValue>(value: T): T {
  const incomplete = (inner: PropertyValue) => isReference(inner) && inner["packageVersion"] === undefined;
  const complete = (inner: PropertyValue): PropertyValue => {
    if (Array.isArray(inner)) return inner.map(complete);
    if (!isMap(inner)) return inner;
    return incomplete(inner) ? { ...inner, packageVersion: "" } : mapValues(inner, complete);
  };
  return some(value, incomplete) ? (complete(value) as T) : value;
}

const isReference = (value: PropertyValue): value is PropertyMap =>
  isMap(value) && value[SIGNATURE] === RESOURCE_REFERENCE;

function referenceless(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(referenceless);
  if (!isMap(value)) return value;
  if (!isReference(value)) return mapValues(value, referenceless);
  const { id, urn = null } = value;
  if (id === undefined || id === null) return urn;
  // A resource that is yet to be made has an empty id.
  return id === "" ? UNKNOWN : id;
}

export function mapValues(map: PropertyMap, change: (value: PropertyValue) => PropertyValue): PropertyMap {
  const result: PropertyMap = {};
  for (const key in map) result[key] = change(map[key] as PropertyValue);
  return result;
}

/** Whether a value, or any value inside it, is such a one. */
export function some(value: PropertyValue, test: (value: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((item) => some(item, test));
  if (isMap(value)) for (const key in value) if (some(value[key] as PropertyValue, test)) return true;
  return false;
}

export const hasSecrets = (value: PropertyValue): boolean => some(value, isSecret);
export const hasUnknowns = (value: PropertyValue): boolean => some(value, (item) => item === UNKNOWN);

/** Lowers output values to what they hold: unknown, secret or plain. Their dependencies are read before. */
export function lowerOutputs<T extends PropertyValue>(value: T): T {
  return some(value, isOutput) ? (lower(value) as T) : value;
}

function isOutput(value: PropertyValue): value is PropertyMap {
  return isMap(value) && value[SIGNATURE] === OUTPUT;
}

function lower(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(lower);
  if (!isMap(value)) return value;
  if (!isOutput(value)) return mapValues(value, lower);
  const inner = value["value"] === undefined ? UNKNOWN : lower(value["value"]);
  return value["secret"] === true ? makeSecret(inner) : inner;
}

/** The URNs that output values inside this value say they come from. */
export function outputDependencies(value: PropertyValue, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) outputDependencies(item, found);
  if (!isMap(value)) return found;
  if (isOutput(value) && Array.isArray(value["dependencies"]))
    for (const urn of value["dependencies"]) found.add(String(urn));
  for (const key in value) outputDependencies(value[key] as PropertyValue, found);
  return found;
}

/** Wraps a value as an output that came from these resources, so that a transform can pass that on. */
export function raiseToOutput(value: PropertyValue, dependencies: readonly string[]): PropertyValue {
  if (dependencies.length === 0 || isOutput(value)) return value;
  const known = unwrap(value);
  const output: PropertyMap = { [SIGNATURE]: OUTPUT, dependencies: [...dependencies] };
  if (isSecret(value)) output["secret"] = true;
  if (known !== UNKNOWN) output["value"] = known;
  return output;
}

/**
 * Marks outputs secret where the input of the same name was: a provider that cannot be told what is
 * secret hands back plain values.
 */
export function remarkSecrets(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  if (!hasSecrets(inputs)) return outputs;
  const marked = { ...outputs };
  for (const key of Object.keys(inputs)) {
    const output = marked[key];
    const input = inputs[key] as PropertyValue;
    if (output === undefined) continue;
    if (isMap(output) && isMap(input) && !isSecret(output) && !isSecret(input)) {
      marked[key] = remarkSecrets(output, input);
    } else if (!isSecret(output) && hasSecrets(input)) {
      marked[key] = makeSecret(output);
    }
  }
  return marked;
}

/** Equality as Pulumi sees it: a null property and a missing one are the same. */
export function sameValue(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  for (const key in a) if (!sameValue(a[key], b[key])) return false;
  for (const key in b) if (!(key in a) && b[key] !== null) return false;
  return true;
}
