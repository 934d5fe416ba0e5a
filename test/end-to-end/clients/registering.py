"""Software as a service: a buyer subscribes and registers with the seller, who meters. With boto3 alone."""
import datetime
import json
import sys

from judged import clients, refusal, violations

given = json.loads(sys.argv[1])
discovery, agreements = clients("buyer", "marketplace-discovery", "marketplace-agreement")
metering, entitlements, seller = clients("seller", "meteringmarketplace", "marketplace-entitlement", "marketplace-agreement")
seen = {}
product, offer, code = given["productId"], given["offerId"], given["productCode"]

(option,) = discovery.list_fulfillment_options(productId=product)["fulfillmentOptions"]
seen["option"] = [list(option), option["saasFulfillmentOption"]["fulfillmentOptionType"]]
(listing,) = discovery.search_listings(filters=[{"filterType": "FULFILLMENT_OPTION_TYPE", "filterValues": ["SAAS"]}])["listingSummaries"]
found = discovery.get_listing(listingId=listing["listingId"])
seen["listing"] = [found["listingName"], [one["fulfillmentOptionType"] for one in found["fulfillmentOptionSummaries"]]]
discovery.get_product(productId=product)

terms = [{"id": body["id"]} for term in discovery.get_offer_terms(offerId=offer)["offerTerms"] for body in term.values()]
proposal = discovery.get_offer(offerId=offer)["agreementProposalId"]
quote = {"intent": "NEW", "agreementProposalIdentifier": proposal, "requestedTerms": terms}
request = agreements.create_agreement_request(**quote)
agreement = agreements.accept_agreement_request(agreementRequestId=request["agreementRequestId"])["agreementId"]
(entitlement,) = agreements.get_agreement_entitlements(agreementId=agreement)["agreementEntitlements"]
seen["entitled"] = [entitlement["status"], entitlement["resource"]["type"]]
customer = metering.resolve_customer(RegistrationToken=entitlement["registrationToken"])
seen["customer"] = [customer["CustomerAWSAccountId"], customer["ProductCode"] == code]

now = datetime.datetime.now(datetime.timezone.utc)
record = {"Timestamp": now, "Dimension": "calls", "Quantity": 5, "CustomerAWSAccountId": customer["CustomerAWSAccountId"]}
allocated = {**record, "Quantity": 3, "Timestamp": now - datetime.timedelta(hours=2)}
allocated["UsageAllocations"] = [{"AllocatedUsageQuantity": 3, "Tags": [{"Key": "team", "Value": "red"}]}]
stranger = {**record, "CustomerAWSAccountId": "777788889999"}
batch = metering.batch_meter_usage(ProductCode=code, UsageRecords=[record, record, allocated, stranger])
seen["metered"] = [[one["Status"] for one in batch["Results"]], len(batch["UnprocessedRecords"])]
seen["otherDimension"] = refusal(metering.batch_meter_usage, ProductCode=code, UsageRecords=[{**record, "Dimension": "none"}])
seen["entitlements"] = entitlements.get_entitlements(ProductCode=code)["Entitlements"]
agreements.cancel_agreement(agreementId=agreement)
seen["ended"] = [
    seller.describe_agreement(agreementId=agreement)["status"],
    "registrationToken" in agreements.get_agreement_entitlements(agreementId=agreement)["agreementEntitlements"][0],
]
seen["violations"] = violations
print(json.dumps(seen, default=str))
