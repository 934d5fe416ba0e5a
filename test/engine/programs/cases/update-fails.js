const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3 },
  { operation: "destroy", phase: 3 },
];

exports.program = (phase) => {
  const bad = new Thing("bad", { value: phase, fail: phase === 2 ? "update" : "none" });
  new Thing("after", { from: bad.serial ?? 0, value: phase }, { dependsOn: bad });
  if (phase === 1) new Thing("leaving", { value: 1 });
};
