/** The address of a REST operation: `/{Key+}?tagging`, compiled. */
export interface HttpTemplate {
  /** Labels of a path, or undefined when it does not fit. Throws URIError where its encoding is wrong. */
  match(rawPath: string): Record<string, string> | undefined;
  /** Parameters that must be there, with this value unless it is empty. */
  readonly required: readonly (readonly [name: string, value: string])[];
  /** `x-id`, which only a client of the SDK sends. */
  readonly hint: string | undefined;
}

export function httpTemplate(template: string): HttpTemplate {
  const [path = "", query = ""] = template.split("?");
  const labels: string[] = [];
  const pattern = path.replaceAll(/[.*^$()|[\]\\]|\{(\w+)(\+?)\}/g, (text, label?: string, greedy?: string) => {
    if (label === undefined) return `\\${text}`;
    labels.push(label);
    return greedy ? "(.+)" : "([^/]+)";
  });
  // A slash at the end is as good as none; a greedy label takes it as its own.
  const address = new RegExp(`^${pattern.replace(/\/$/, "")}${path.endsWith("+}") ? "" : "/?"}$`, "s");
  const parameters = query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => part.split("=") as [string, string?])
    .map(([name, value]) => [name, value ?? ""] as const);
  return {
    match(rawPath) {
      const found = address.exec(rawPath);
      if (!found) return undefined;
      return Object.fromEntries(labels.map((label, i) => [label, decodeURIComponent(found[i + 1] as string)]));
    },
    required: parameters.filter(([name]) => name !== "x-id"),
    hint: parameters.find(([name]) => name === "x-id")?.[1],
  };
}
