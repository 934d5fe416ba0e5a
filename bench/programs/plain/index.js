const pulumi = require("@pulumi/pulumi");

class ThingProvider {
  async check(olds, news) {
    return { inputs: news, failures: [] };
  }
  async diff(id, olds, news) {
    return { changes: olds.value !== news.value };
  }
  async create(props) {
    return { id: `thing-${Math.random()}`, outs: props };
  }
  async update(id, olds, news) {
    return { outs: news };
  }
  async read(id, props) {
    return { id, props };
  }
  async delete() {}
}

class Thing extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(new ThingProvider(), name, args);
  }
}
for (let i = 0; i < Number(process.env.COUNT); i++) new Thing(`thing-${i}`, { value: process.env.VALUE ?? "one" });
