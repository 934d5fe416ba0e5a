import { expect, test } from "vitest";
import { openPorts } from "../../policies/open-ports";
import { privateOfferExpiry } from "../../policies/private-offer-expiry";
import { supportContact } from "../../policies/support-contact";
import { judge, resource } from "./run-policy";

const group = (fromPort: number, toPort: number, ...cidrs: string[]) => ({ protocol: "tcp", fromPort, toPort, cidrs });
const versionWith = (...securityGroups: object[]) =>
  resource("AmiProduct", { versions: [{ title: "4.2.0", securityGroups }] });

test.each([
  ["HTTPS for everybody", group(443, 443, "0.0.0.0/0"), []],
  ["SSH for a network", group(22, 22, "10.0.0.0/8"), []],
  ["SSH for everybody", group(22, 22, "0.0.0.0/0"), ["tcp 22"]],
  ["SSH for a network and everybody", group(22, 22, "10.0.0.0/8", "0.0.0.0/0"), ["tcp 22"]],
  ["everybody by IPv6", group(22, 22, "::/0"), ["tcp 22"]],
  ["everybody under another name", group(22, 22, "10.0.0.0/0"), ["tcp 22"]],
  ["a range around the web's ports", group(80, 443, "0.0.0.0/0"), ["tcp 80-443"]],
  ["every port", group(0, 65_535, "0.0.0.0/0"), ["tcp 0-65535"]],
])("a version that opens %s", async (_, rule, opened) => {
  const said = await judge(openPorts, versionWith(rule));
  expect(said).toEqual(
    opened.map(
      (port) => `agent: version 4.2.0 opens ${port} to everybody. Name the networks that need it, such as 10.0.0.0/8.`,
    ),
  );
});

test("which ports may be open is a setting, and a version of a release pipeline is looked at as well", async () => {
  const added = resource("AmiVersion", { title: "4.3.0", securityGroups: [group(8443, 8443, "0.0.0.0/0")] });
  expect(await judge(openPorts, added)).toHaveLength(1);
  expect(await judge(openPorts, added, { allowedPorts: [8443] })).toEqual([]);
  expect(await judge(openPorts, versionWith(group(443, 443, "0.0.0.0/0")), { allowedPorts: [] })).toHaveLength(1);
  const adjoining = group(8443, 8444, "0.0.0.0/0");
  expect(await judge(openPorts, versionWith(adjoining), { allowedPorts: [8443, 8444] })).toEqual([]);
});

test.each([
  ["Write to support@example.com.", true],
  ["See https://example.com/help for answers.", true],
  ["Call +1 (206) 555-0100 at any hour.", true],
  ["We answer within one business day.", false],
  ["Open 24 hours, 365 days.", false],
  ["", false],
])("a public listing whose support text reads %j", async (supportDescription, fine) => {
  const said = await judge(supportContact, resource("AmiProduct", { visibility: "Public", supportDescription }));
  expect(said).toHaveLength(fine ? 0 : 1);
  expect(await judge(supportContact, resource("AmiProduct", { visibility: "Limited", supportDescription }))).toEqual(
    [],
  );
});

test("a private offer says until when it can be accepted; a public one need not", async () => {
  const buyerAccounts = ["444455556666"];
  expect(await judge(privateOfferExpiry, resource("Offer", { buyerAccounts }, "for-northwind"))).toEqual([
    "for-northwind: the offer to 444455556666 never expires. Set availabilityEndDate.",
  ]);
  const expiring = resource("Offer", { buyerAccounts, availabilityEndDate: "2027-01-31" });
  expect(await judge(privateOfferExpiry, expiring)).toEqual([]);
  expect(await judge(privateOfferExpiry, resource("Offer", {}))).toEqual([]);
});
