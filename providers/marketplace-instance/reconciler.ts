import { randomUUID } from "node:crypto";
import { PartlyDone, type Properties } from "../provider";
import type { Place, Reconciler } from "../reconciler";
import { same } from "../same";
import { holdsUnknown } from "../unknown";
import { changeInstance } from "./change";
import { checkInstance, inputNames, resourceName } from "./check";
import { ec2Of, type Ec2Calls } from "./ec2-calls";
import { launch, type Launched } from "./launch";
import { importedInputs } from "./imported";
import { inProperties } from "./refusal";
import { seeInstance, untilState, type Seen } from "./seen";
import { wantedOf } from "./wanted";

/** What an instance is launched with and keeps. */
const kept = ["image", "productId", "version", "subnetId", "keyName", "instanceProfile", "userData", "connection"];

/** An instance of a product's image. The id is the instance's. */
export const marketplaceInstance: Reconciler = {
  check: (_olds, news) => ({ inputs: news, failures: checkInstance(news) }),

  diff: (olds, news) => {
    const changed = kept.filter((name) => !same(declaredIn(olds)[name], news[name]));
    // Nobody should read in a preview that an instance goes, only since a subscription's outputs are not known yet.
    const replaces = changed.filter((name) => !holdsUnknown(news[name]));
    const last = wantedOf(declaredIn(olds));
    const wanted = wantedOf(news);
    const moved = !same(last, wanted) || olds.state !== wanted.desiredState;
    return { changes: changed.length > 0 || moved, replaces };
  },

  create: async (place, inputs) => {
    const ec2 = ec2Of(place);
    // A nameless one could be any: it is never taken for another.
    const name = String(inputs[resourceName] ?? randomUUID());
    const wanted = wantedOf(inputs);
    const { id, differs } = await inProperties(inputs, () => launch(place, ec2, name, wanted));
    try {
      // One that an earlier run launched may be stopped meanwhile.
      const { state = "pending" } = (await seeInstance(ec2, id)) ?? {};
      if (state === "pending") await untilState(ec2, place.host, id, "running");
    } catch (error) {
      throw new PartlyDone(id, { ...inputs, instanceId: id }, error);
    }
    if (differs.length > 0) throw await launchedOtherwise(ec2, { id, differs }, inputs);
    return { id, outs: await converge(place, ec2, id, inputs) };
  },

  update: (place, id, _olds, news) => converge(place, ec2Of(place), id, news),

  read: async (place, id, props) => {
    const ec2 = ec2Of(place);
    const seen = await seeInstance(ec2, id);
    if (seen === undefined) return undefined;
    const imported = Object.keys(props).length === 0;
    const declared = imported ? await importedInputs(ec2, seen) : declaredIn(props);
    const { instanceType } = seen;
    const inputs = { ...declared, instanceType, ...seenTags(declared, seen), ...seenGroups(declared, seen) };
    return { props: outputs(inputs, seen), inputs };
  },

  delete: async (place, id) => {
    const ec2 = ec2Of(place);
    if ((await seeInstance(ec2, id)) !== undefined) {
      await ec2((client, { TerminateInstancesCommand }) =>
        client.send(new TerminateInstancesCommand({ InstanceIds: [id] })),
      );
    }
    await untilState(ec2, place.host, id, "terminated");
  },
};

/** An instance is never ended on a guess: the next preview shows that it is to be replaced. */
async function launchedOtherwise(ec2: Ec2Calls, { id, differs }: Launched, inputs: Properties): Promise<PartlyDone> {
  const names = differs.map((name) => (name === "image" && inputs.productId !== undefined ? "productId" : name));
  const seen = await seeInstance(ec2, id);
  const { productId: _product, version: _version, ...others } = inputs;
  const asLaunched = Object.fromEntries(differs.map((name) => [name, `as instance ${id} was launched`]));
  const outs = { ...(differs.includes("image") ? others : inputs), ...asLaunched };
  const reason = new Error(
    `${names[0] ?? "image"}: an earlier run launched instance ${id} for this resource with another ${names.join(", ")}, ` +
      "and ended before it was saved. It is saved now. Run again, and an instance as declared takes its place.",
  );
  return new PartlyDone(id, seen === undefined ? { ...outs, instanceId: id } : outputs(outs, seen), reason);
}

async function converge(place: Place, ec2: Ec2Calls, id: string, inputs: Properties): Promise<Properties> {
  const seen = await seeInstance(ec2, id);
  if (seen === undefined) throw new Error(`Instance ${id} is gone. Refresh the stack, and it is launched again.`);
  try {
    await inProperties(inputs, () => changeInstance(ec2, place.host, seen, wantedOf(inputs)));
  } catch (error) {
    throw new PartlyDone(id, outputs(inputs, (await seeInstance(ec2, id)) ?? seen), error);
  }
  return outputs(inputs, (await seeInstance(ec2, id)) ?? seen);
}

function outputs(declared: Properties, seen: Seen): Properties {
  const { instanceId, imageId, state, privateIp, publicIp, availabilityZone, productCodes } = seen;
  return { ...declared, instanceId, imageId, state, privateIp, publicIp, availabilityZone, productCodes };
}

function seenTags({ tags }: Properties, seen: Seen): Properties {
  return tags === undefined && Object.keys(seen.tags).length === 0 ? {} : { tags: seen.tags };
}

/** Groups that are not declared are left to whoever set them. */
function seenGroups({ securityGroupIds }: Properties, seen: Seen): Properties {
  const declared = Array.isArray(securityGroupIds) ? securityGroupIds.map(String).toSorted() : seen.securityGroupIds;
  return same(declared, seen.securityGroupIds) ? {} : { securityGroupIds: seen.securityGroupIds };
}

function declaredIn(props: Properties): Properties {
  return Object.fromEntries(Object.entries(props).filter(([name]) => inputNames.includes(name)));
}
