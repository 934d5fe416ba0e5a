const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1, parallel: 8, racy: true },
  { operation: "up", phase: 2, parallel: 8, racy: true },
  { operation: "up", phase: 2, parallel: 8 },
  { operation: "destroy", phase: 2, parallel: 8 },
];

// Forty, eight at once, and one in the middle that cannot be made. What was made by then differs from run to run; that
// all of it is known, and made whole by the next run, does not.
exports.program = (phase) => {
  for (let i = 0; i < 40; i++) {
    new Thing(`t${i}`, { value: i, wait: 20, fail: phase === 1 && i === 20 ? "create" : "none" });
  }
};
