// Runs every program of the documentation in one go: each under a component of its own, so that no two resources are one.
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");

const failures = [];

/** What a block may require, with its resources under `parent`; `./listing` is another block of its page. */
function requireUnder(parent, modules) {
  return (name) => {
    if (name.startsWith("./")) return modules[name.slice(2)];
    return name === "@pulumi/aws" ? awsUnder(parent) : under(parent, require(name));
  };
}

function under(parent, exported) {
  return Object.fromEntries(
    Object.entries(exported).map(([name, made]) => [name, isResource(made) ? madeUnder(parent, made) : made]),
  );
}

function madeUnder(parent, type) {
  return new Proxy(type, {
    construct: (target, [name, args, opts], made) => Reflect.construct(target, [name, args, { parent, ...opts }], made),
  });
}

function isResource(made) {
  return typeof made === "function" && made.prototype instanceof pulumi.Resource && made !== pulumi.ComponentResource;
}

/** @pulumi/aws is not installed here: components of the same types stand in for its resources. */
function awsUnder(parent) {
  const standIn = (type, prefix) =>
    class extends pulumi.ComponentResource {
      constructor(name, args = {}) {
        super(type, name, args, { parent });
        this.id = pulumi.output(`${prefix}-${name}`);
        this.name = pulumi.output(args.name ?? name);
        this.registerOutputs(args);
      }
    };
  return {
    iam: {
      User: standIn("aws:iam/user:User", "user"),
      GroupPolicyAttachment: standIn("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "attachment"),
    },
    ec2: {
      Subnet: standIn("aws:ec2/subnet:Subnet", "subnet"),
      SecurityGroup: standIn("aws:ec2/securityGroup:SecurityGroup", "sg"),
    },
  };
}

const modulesOf = {};
for (const { slug, place, page, module, code } of JSON.parse(readFileSync(process.env.BLOCKS, "utf8"))) {
  const parent = new pulumi.ComponentResource(`documentation:page:${slug}`, slug);
  try {
    const modules = (modulesOf[page] ??= {});
    const exported = {};
    new Function("require", "exports", code)(requireUnder(parent, modules), exported);
    if (module !== undefined) modules[module] = exported;
  } catch (error) {
    failures.push(`${place}: ${error.stack}`);
  }
}
if (failures.length > 0) throw new Error(failures.join("\n"));
