// The toy cloud: one JSON file for each thing in CLOUD_DIR, so that a test can look at it from outside.
//   size     cannot be changed in place: a new value replaces (deleteFirst: delete before create)
//   fail     names the operation that fails: "create", "update", "delete", "check"
//   wait     milliseconds that create takes
const fs = require("node:fs");
const path = require("node:path");

const file = (id) => path.join(process.env.CLOUD_DIR, `${id}.json`);
const save = (id, thing) => fs.writeFileSync(file(id), JSON.stringify(thing));
const failing = (props, operation) => {
  if (props.fail === operation) throw new Error(`the cloud refused to ${operation} ${props.name}`);
};

/** Ids count up for each name, so both engines get the same ones: a-1, then a-2 after a replacement. */
function nextId(name) {
  for (let serial = 1; ; serial++) {
    const id = `${name}-${serial}`;
    if (!fs.existsSync(file(id)) && !fs.existsSync(`${file(id)}.gone`)) return { id, serial };
  }
}

exports.check = async (olds, news) => {
  const failures = news.fail === "check" ? [{ property: "fail", reason: "the cloud does not take this" }] : [];
  return { inputs: news, failures };
};

exports.diff = async (id, olds, news) => {
  const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => key !== "serial" && key !== "__provider" && JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
  );
  const replaces = changed.filter((key) => key === "size" || key === "name");
  return { changes: changed.length > 0, replaces, deleteBeforeReplace: Boolean(news.deleteFirst) };
};

exports.create = async (props) => {
  if (props.wait) await new Promise((resolve) => setTimeout(resolve, props.wait));
  failing(props, "create");
  const { id, serial } = nextId(props.name);
  const outs = { ...props, serial };
  save(id, outs);
  return { id, outs };
};

exports.read = async (id, props) => {
  if (!fs.existsSync(file(id))) return { id: "", props: {} };
  return { id, props: { ...props, ...JSON.parse(fs.readFileSync(file(id), "utf8")) } };
};

exports.update = async (id, olds, news) => {
  failing(news, "update");
  const outs = { ...news, serial: olds.serial };
  save(id, outs);
  return { outs };
};

exports.delete = async (id, props) => {
  failing(props, "delete");
  if (fs.existsSync(file(id))) fs.renameSync(file(id), `${file(id)}.gone`);
};
