const { Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 1 },
];

exports.program = (phase) => {
  const good = new Thing("good", { value: 1 });
  // It waits for the good one, so that what is done before the refusal is the same in every run.
  new Thing("bad", { fail: phase === 2 ? "check" : "none" }, { dependsOn: good });
};
