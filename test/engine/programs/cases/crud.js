const { Thing } = require("../thing");

exports.phases = ["preview", "up", "up", "preview", "up", "up", "destroy"].map((operation, i) => ({
  operation,
  phase: [1, 1, 1, 2, 2, 3, 3][i],
}));

exports.program = (phase) => {
  const a = new Thing("a", { value: phase === 2 ? "two" : "one", nested: { list: [1, 2, phase], on: true } });
  const b = new Thing("b", { from: a.id, value: "same" });
  if (phase < 3) new Thing("c", { from: b.id });
  return { aId: a.id, bSerial: b.urn, literal: { x: [1, null, "s"] } };
};
