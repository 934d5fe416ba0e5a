const { Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  new Thing("one", { value: phase, other: phase }, { replaceOnChanges: ["value"] });
  new Thing("any", { other: phase }, { replaceOnChanges: ["*"] });
  new Thing("none", { other: phase }, { replaceOnChanges: ["value"] });
};
