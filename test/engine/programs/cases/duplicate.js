const { Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "destroy", phase: 1 },
];

exports.program = () => {
  const first = new Thing("same", { value: 1 });
  new Thing("same", { value: 2 }, { dependsOn: first });
};
