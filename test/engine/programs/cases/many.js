const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

// Thirty in a tree of dependencies; half of them change.
exports.program = (phase) => {
  const made = [];
  for (let i = 0; i < 30; i++) {
    const parent = made[Math.floor((i - 1) / 2)];
    made.push(
      new Thing(`t${i}`, { value: i % 2 ? phase : 0, from: parent?.id }, { dependsOn: i > 20 ? [made[3]] : [] }),
    );
  }
  return { last: made[29].id };
};
