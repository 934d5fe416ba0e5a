import { expect, test } from "vitest";
import { openShop } from "../agreement/buyer";
import { connection } from "../catalog/catalog-market";
import { openSoftwareShop } from "../catalog/software";
import { signedFetch } from "../wire/signed-fetch";

test("a version's image is found by its alias and as the latest; what is unknown is told apart", async () => {
  const { market, productId, entity } = await openShop();
  const ask = async (operation: string, input: object) => {
    const { status, text } = await signedFetch(market.endpoint, {
      service: "ssm",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AmazonSSM.${operation}` },
      body: JSON.stringify(input),
      signer: connection(market, "buyer").credentials,
    });
    return { status, answer: JSON.parse(text) as Record<string, unknown> };
  };
  const { DetailsDocument } = await entity(productId);
  const [version] = (DetailsDocument as { Versions: { Sources: { Image: string }[] }[] }).Versions;
  const Value = version?.Sources[0]?.Image;
  const alias = `/aws/service/marketplace/${productId}/1.0.0`;

  expect(await ask("GetParameter", { Name: alias })).toMatchObject({
    status: 200,
    answer: {
      Parameter: { Name: alias, Type: "String", DataType: "aws:ec2:image", Value, ARN: expect.stringContaining(alias) },
    },
  });
  const latest = `/aws/service/marketplace/${productId}/latest`;
  expect(await ask("GetParameters", { Names: [latest, `${alias}-rc`] })).toMatchObject({
    answer: { Parameters: [{ Value }], InvalidParameters: [`${alias}-rc`] },
  });
  const unknown = await ask("GetParameter", { Name: "/mine" });
  expect(unknown.status).toBe(400);
  expect(JSON.stringify(unknown.answer)).toContain("ParameterNotFound");
});

test("software as a service has no image, so no parameter names one", async () => {
  const { market, productId } = await openSoftwareShop();
  const { status, text } = await signedFetch(market.endpoint, {
    service: "ssm",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AmazonSSM.GetParameter" },
    body: JSON.stringify({ Name: `/aws/service/marketplace/${productId}/latest` }),
    signer: connection(market, "buyer").credentials,
  });
  expect(status).toBe(400);
  expect(text).toContain("ParameterNotFound");
});
