const { pulumi, Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3 },
  { operation: "destroy", phase: 3 },
];

// Only what the stack exports changes: a value, then whether it is secret.
exports.program = (phase) => {
  new Thing("a", { value: 1 });
  return { shown: phase === 3 ? pulumi.secret("text") : "text", number: phase };
};
