import * as fc from "fast-check";
import type { ConstraintModel, Limits } from "../../../backend/wire/constraints";
import type { ServiceModel } from "../../../backend/wire/model-schemas";

/** A value of a string member: one made up, or one that the marketplace has said before. */
export type Known = { readonly known: number; readonly shape: string; readonly member: string };

interface Shape {
  readonly type: string;
  /** Exactly one member is set. */
  readonly union?: boolean;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
}

/**
 * Inputs of a service's operations that its model allows: members that are not required come and go, strings match their
 * patterns or are `Known`, numbers and lists keep to their limits.
 */
export function inputsOf({ operations, shapes }: ServiceModel, limits: ConstraintModel) {
  const limitsOf = (name: string): Partial<Limits> => limits.shapes[name] ?? {};

  const valueOf = (name: string, member: string): fc.Arbitrary<unknown> => {
    const shape = shapes[name] as unknown as Shape;
    switch (shape.type) {
      case "structure":
        return structureOf(shape);
      case "list": {
        const { min = 0, max = 30 } = limitsOf(name);
        const each = valueOf(shape.member?.shape ?? "", member);
        return fc.array(each, { minLength: min, maxLength: Math.min(max, min + 3) });
      }
      case "integer":
      case "long":
        return fc.integer({ min: limitsOf(name).min ?? 0, max: limitsOf(name).max ?? 1_000_000 });
      case "boolean":
        return fc.boolean();
      case "timestamp":
        return fc.integer({ min: 1_500_000_000, max: 4_000_000_000 });
      default:
        return textOf(name, member);
    }
  };

  const structureOf = ({ members = {}, required = [], union }: Shape): fc.Arbitrary<unknown> => {
    const values = Object.entries(members).map(([name, { shape }]) => ({ [name]: valueOf(shape, name) }));
    if (union) return fc.oneof(...values.map((one) => fc.record(one)));
    return fc.record(Object.assign({}, ...values) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: [...required],
    });
  };

  const textOf = (shape: string, member: string): fc.Arbitrary<unknown> => {
    const { enum: values, pattern } = limitsOf(shape);
    if (values !== undefined) return fc.constantFrom(...values);
    const { min = 0, max = 100 } = limitsOf(shape);
    const any =
      pattern === undefined
        ? fc.string({ minLength: min, maxLength: Math.min(max, min + 20) })
        : fc.stringMatching(new RegExp(`^(?:${pattern})$`)).map((text) => text.slice(0, max));
    const fitting = any.filter((text) => fits(limitsOf(shape), text));
    return fc.oneof(
      { arbitrary: fitting, weight: 1 },
      { arbitrary: fc.nat().map((known): Known => ({ known, shape, member })), weight: 6 },
    );
  };

  return Object.entries(operations).map(([name, { input }]) => ({
    name,
    input: input === undefined ? fc.constant({}) : valueOf(input.shape, ""),
  }));
}

/** Whether a text keeps to the limits of its shape. */
export function fits({ min = 0, max = 10_000, pattern }: Partial<Limits>, text: string): boolean {
  const longEnough = text.length >= min && text.length <= max;
  return longEnough && (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text));
}

/** The input with a choice in place of each `Known`; undefined leaves a member out. */
export function resolve(input: unknown, choose: (known: Known) => string | undefined): unknown {
  if (Array.isArray(input)) return input.map((each) => resolve(each, choose));
  if (typeof input !== "object" || input === null) return input;
  if ("known" in input) return choose(input as Known);
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, resolve(value, choose)]));
}
