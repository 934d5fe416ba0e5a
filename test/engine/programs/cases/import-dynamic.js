const { Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
];

exports.program = () => {
  new Thing("taken", { value: 1 }, { import: "a-1" });
};
