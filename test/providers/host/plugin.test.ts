import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CheckRequest, ConfigureRequest, CreateRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, test } from "vitest";
import { providerText } from "../../../providers/resource";
import { TurningClock } from "../../backend/catalog/turning-clock";
import { openMarket } from "../support/market";
import { startPlugin, type Plugin } from "../support/plugin";
import { openSeller } from "../support/seller";

type Properties = Record<string, JavaScriptValue>;

const struct = (properties: Properties): Struct => Struct.fromJavaScript(properties);

async function configure({ client }: Plugin, config: Properties): Promise<void> {
  const request = new ConfigureRequest();
  request.setArgs(struct(config));
  await new Promise<void>((resolve, reject) => {
    client.configure(request, (error) => (error === null ? resolve() : reject(error)));
  });
}

async function check({ client }: Plugin, news: Properties) {
  const request = new CheckRequest();
  request.setOlds(struct({}));
  request.setNews(struct(news));
  return new Promise<{ inputs: Properties; failures: string[] }>((resolve, reject) => {
    client.check(request, (error, response) => {
      if (error !== null) reject(error);
      else {
        const failures = response.getFailuresList().map((failure) => failure.getProperty());
        resolve({ inputs: response.getInputs()?.toJavaScript() ?? {}, failures });
      }
    });
  });
}

async function create({ client }: Plugin, inputs: Properties): Promise<string> {
  const request = new CreateRequest();
  request.setProperties(struct(inputs));
  return new Promise((resolve, reject) => {
    client.create(request, (error, response) => (error === null ? resolve(response.getId()) : reject(error)));
  });
}

test("Pulumi's own plugin process finds the provider by the text in the state, and the stack's configuration", async () => {
  const market = await openMarket();
  const s3 = new S3Client({ endpoint: market.endpoint, forcePathStyle: true, region: "us-east-1", profile: "buyer" });
  await s3.send(new CreateBucketCommand({ Bucket: "files" }));
  const plugin = await startPlugin({});
  await configure(plugin, { "marketplace:profile": "buyer" });
  const provider = providerText("ListingFile");
  const { inputs, failures } = await check(plugin, { bucket: "files", source: "package.json", __provider: provider });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({ __provider: provider });
  expect(await create(plugin, inputs)).toBe(`files/${String(inputs.key)}`);
});

/** A marketplace that takes its time, and a listing declared for it. */
async function slowMarket() {
  const clock = new TurningClock();
  const market = await openMarket({ clock, latency: "realistic" });
  const ticking = setInterval(() => void clock.turn(60_000), 20);
  const seller = await openSeller(market);
  clearInterval(ticking);
  const listing: Properties = JSON.parse(JSON.stringify(seller.listing({ visibility: "Limited" })));
  return { clock, seller, declared: { ...listing, __provider: providerText("AmiProduct") } };
}

const isPreparing = {
  message: expect.stringMatching(/^Example Corp Log Agent: change set \w+ is PREPARING/),
  passing: true,
};

test("Ctrl-C, which engines tell a plugin by Pulumi's Cancel call, ends a create that waits for a scan", async () => {
  const { declared } = await slowMarket();
  const plugin = await startPlugin({});
  await configure(plugin, {});
  const { inputs, failures } = await check(plugin, declared);
  expect(failures).toEqual([]);
  const ended = create(plugin, inputs).catch(String);
  await expect.poll(() => plugin.logged, { timeout: 10_000 }).toContainEqual(isPreparing);
  plugin.client.cancel(new Empty(), () => undefined);
  expect(await ended).toMatch(/is PREPARING and goes on at AWS Marketplace/);
});

test("a process that is killed in the middle of a create leaves one listing, which the next up takes over", async () => {
  const { clock, seller, declared } = await slowMarket();
  const killed = await startPlugin({});
  await configure(killed, {});
  const { inputs } = await check(killed, declared);
  const lost = create(killed, inputs).catch(String);
  await expect.poll(() => killed.logged, { timeout: 10_000 }).toContainEqual(isPreparing);
  killed.kill();
  expect(await lost).toContain("UNAVAILABLE");
  await clock.turn(4 * 3_600_000);

  const next = await startPlugin({});
  await configure(next, {});
  const id = await create(next, inputs);
  expect(await seller.products()).toEqual([{ id, visibility: "Limited" }]);
  expect(await seller.changeSets()).toHaveLength(1);
});
