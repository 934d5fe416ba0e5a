const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  new Thing("a", { value: 1 }, { customTimeouts: { create: "5m", update: "90s" } });
  if (phase === 2) new Thing("b", { value: 1 }, { customTimeouts: { delete: "1h" }, dependsOn: [] });
};
