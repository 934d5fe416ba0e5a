import type { Properties } from "../provider";

/**
 * The declaration with what AWS assumes where it is silent, so that leaving something out and saying the default are the
 * same: prices in USD, SSH scanned on port 22.
 */
export function withDefaults(inputs: Properties): Properties {
  return { ...inputs, ...priced(inputs.pricing), ...versioned(inputs.versions) };
}

function priced(pricing: unknown): Properties {
  if (!isObject(pricing) || (pricing.model !== "usage" && pricing.model !== "contract")) return {};
  return { pricing: { ...pricing, currency: pricing.currency ?? "USD" } };
}

function versioned(versions: unknown): Properties {
  if (!Array.isArray(versions)) return {};
  return {
    versions: versions.map((version: unknown) => (isObject(version) ? versionWithDefaults(version) : version)),
  };
}

/** The same for one version. */
export function versionWithDefaults(version: Properties): Properties {
  const { image } = version;
  return isObject(image) ? { ...version, image: { ...image, scanningPort: image.scanningPort ?? 22 } } : version;
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
