import type { Colors } from "picocolors/types";
import type { PropertyChange } from "./property-diff";
import { isInternalProperty, isPropertyMap, scalarText, type PropertyMap } from "./property-value";

const signs = { add: "+", delete: "-", update: "~" } as const;
const paints = { add: "green", delete: "red", update: "yellow" } as const;

/** Changes as the Pulumi command line draws them: `~ price: "0.10" => "0.12"`, nested ones in braces, two spaces deeper. */
export function changeLines(changes: readonly PropertyChange[], indent: string, colors: Colors): string[] {
  const width = Math.max(0, ...changes.map(({ key }) => keyText(key).length));
  return changes.flatMap((change) => {
    const paint = colors[paints[change.kind]];
    const title = `${indent}${paint(signs[change.kind])} ${paint(keyText(change.key).padEnd(width))}: `;
    const why = change.replaces === true ? colors.magenta(" [forces replacement]") : "";
    if (change.inner !== undefined) {
      const [open, close] = Array.isArray(change.new) ? ["[", "]"] : ["{", "}"];
      return [`${title}${open}${why}`, ...changeLines(change.inner, `${indent}    `, colors), `${indent}  ${close}`];
    }
    if (change.kind !== "update") {
      return block(change.kind === "add" ? change.new : change.old, title, `${indent}  `, paint, why);
    }
    const inline = [change.old, change.new].every((value) => !hasInside(value));
    if (inline)
      return [`${title}${colors.red(scalarText(change.old))} => ${colors.green(scalarText(change.new))}${why}`];
    return [
      ...block(change.old, `${title}${colors.red("-")} `, `${indent}  `, colors.red, why),
      ...block(change.new, `${indent}  ${colors.green("=>")} `, `${indent}  `, colors.green, ""),
    ];
  });
}

/** A map in full, one property a line, as for a resource about to be made or a stack's outputs. */
export function propertyLines(
  properties: PropertyMap,
  indent: string,
  paint: (text: string) => string = plain,
): string[] {
  const shown = Object.entries(properties).filter(([key, value]) => !isInternalProperty(key) && value !== undefined);
  const width = Math.max(0, ...shown.map(([key]) => keyText(key).length));
  return shown
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => block(value, `${indent}${keyText(key).padEnd(width)}: `, indent, paint, ""));
}

const plain = (text: string): string => text;

/** `title` followed by the value; what the value holds stands on lines of its own. */
function block(
  value: unknown,
  title: string,
  indent: string,
  paint: (text: string) => string,
  after: string,
): string[] {
  if (!hasInside(value)) return [`${title}${paint(scalarText(value))}${after}`];
  if (Array.isArray(value)) {
    const elements = value.flatMap((element, i) => block(element, `${indent}    [${i}]: `, `${indent}    `, paint, ""));
    return [`${title}[${after}`, ...elements, `${indent}]`];
  }
  return [`${title}{${after}`, ...propertyLines(value as PropertyMap, `${indent}    `, paint), `${indent}}`];
}

function hasInside(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isPropertyMap(value) && Object.keys(value).length > 0;
}

function keyText(key: string | number): string {
  return typeof key === "number" ? `[${key}]` : key;
}
