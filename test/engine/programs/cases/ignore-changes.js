const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 3 },
  { operation: "destroy", phase: 3 },
];

exports.program = (phase) => {
  new Thing("flat", { value: phase, other: "x" }, { ignoreChanges: ["value"] });
  new Thing(
    "deep",
    { tags: { a: phase, b: phase }, list: [{ n: phase }, { n: phase }] },
    { ignoreChanges: ["tags.a", "list[*].n"] },
  );
  new Thing("all", { value: phase, more: phase }, { ignoreChanges: ["*"] });
  new Thing("added", phase === 1 ? {} : { value: phase }, { ignoreChanges: phase === 3 ? [] : ["value"] });
};
