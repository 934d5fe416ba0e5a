const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

// `replaced` must go with its dependency, `updated` only changes, `apart` has nothing to do with it.
exports.program = (phase) => {
  const base = new Thing("base", { size: phase, deleteFirst: true });
  const replaced = new Thing("replaced", { size: base.id });
  new Thing("updated", { value: base.id });
  new Thing("below", { value: replaced.id });
  new Thing("waits", { value: 1 }, { dependsOn: [base] });
  new Thing("apart", { value: 1 });
};
