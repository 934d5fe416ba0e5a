import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { openShop } from "../agreement/buyer";
import { connection } from "./catalog-market";
import { change, OFFER } from "./listing";

const Bucket = "acme-agreements";

async function openDesk() {
  const shop = await openShop();
  const s3 = new S3Client({ ...connection(shop.market, "seller"), forcePathStyle: true });
  onTestFinished(() => s3.destroy());
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return {
    put,
    open: async () => {
      await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
      const Statement = [
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` },
      ];
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
    /** The codes with which an agreement at that address is refused. */
    use: async (Url: string) => {
      const terms = { Terms: [{ Type: "LegalTerm", Documents: [{ Type: "CustomEula", Url }] }] };
      const { ChangeSet = [] } = await shop.run([change("UpdateLegalTerms", OFFER, shop.offerId, terms)]);
      return ChangeSet.flatMap(({ ErrorDetailList = [] }) =>
        ErrorDetailList.map(({ ErrorCode, ErrorMessage }) => `${ErrorCode} ${ErrorMessage}`),
      );
    },
  };
}

test("an agreement in a bucket is taken once everybody can read it", async () => {
  const { put, open, use } = await openDesk();
  const address = `https://${Bucket}.s3.amazonaws.com/eula.pdf`;
  expect(await use(address)).toEqual([expect.stringContaining("INVALID_LEGAL_DOCUMENTS Terms[0].Documents[0].Url: ")]);
  await put("eula.pdf", "%PDF-1.7\n1 0 obj\n");
  expect(await use(address)).toEqual([expect.stringContaining("is not open to everybody")]);
  await open();
  expect(await use(address)).toEqual([]);
  expect(await use(`https://s3.us-east-1.amazonaws.com/${Bucket}/eula.pdf`)).toEqual([]);
  expect(await use(`https://${Bucket}.s3.amazonaws.com/other.pdf`)).toEqual([
    expect.stringContaining(`bucket ${Bucket} has no object "other.pdf"`),
  ]);
});

test("a PDF is one, and asks for no password", async () => {
  const { put, open, use } = await openDesk();
  await open();
  await put("words.pdf", "Once upon a time");
  await put("locked.pdf", "%PDF-1.7\ntrailer << /Root 1 0 R /Encrypt 5 0 R >>");
  await put("words.txt", "Once upon a time");
  expect(await use(`https://${Bucket}.s3.amazonaws.com/words.pdf`)).toEqual([
    expect.stringContaining("calls itself a PDF"),
  ]);
  expect(await use(`https://${Bucket}.s3.amazonaws.com/locked.pdf`)).toEqual([expect.stringContaining("password")]);
  expect(await use(`https://${Bucket}.s3.amazonaws.com/words.txt`)).toEqual([]);
});

test("nothing is known of documents elsewhere", async () => {
  const { use } = await openDesk();
  expect(await use("https://somebody-else.s3.amazonaws.com/eula.pdf")).toEqual([]);
  expect(await use("https://example.com/eula.pdf")).toEqual([]);
  expect(await use(`https://${Bucket}.s3.amazonaws.com/%zz`)).toEqual([]);
});
