import type { Operation } from "./api";

/** Makes something of an operation's shapes when it is first called, and remembers it. */
export function perOperation<Made>(make: (operation: Operation) => Made): (operation: Operation) => Made {
  const made = new WeakMap<Operation, { readonly value: Made }>();
  return (operation) => {
    const known = made.get(operation);
    if (known) return known.value;
    const value = make(operation);
    made.set(operation, { value });
    return value;
  };
}
