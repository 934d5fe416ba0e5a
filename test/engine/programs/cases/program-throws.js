const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3 },
  { operation: "up", phase: 1 },
  { operation: "destroy", phase: 1 },
];

exports.program = (phase) => {
  const a = new Thing("a", { value: phase });
  if (phase === 1) new Thing("b", { from: a.id });
  if (phase === 2) throw new Error("the program gave up");
  if (phase === 3) return Promise.reject(new Error("the program broke its promise"));
  return { a: a.id };
};
