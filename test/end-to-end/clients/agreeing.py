"""Any offer taken as a whole, with boto3 alone: what it says before and what is agreed on after, for every kind of term."""
import json
import sys

from judged import clients, violations

given = json.loads(sys.argv[1])
discovery, agreements = clients("buyer", "marketplace-discovery", "marketplace-agreement")
(seller,) = clients("seller", "marketplace-agreement")
seen = {}


def requested(kind, body):
    if kind == "renewalTerm":
        return {"id": body["id"], "configuration": {"renewalTermConfiguration": {"enableAutoRenew": True}}}
    if kind == "configurableUpfrontPricingTerm":
        card = body["rateCards"][0]
        dimensions = [{"dimensionKey": card["rateCard"][0]["dimensionKey"], "dimensionValue": 1}]
        choice = {"selectorValue": card["selector"]["value"], "dimensions": dimensions}
        return {"id": body["id"], "configuration": {"configurableUpfrontPricingTermConfiguration": choice}}
    return {"id": body["id"]}


for name, offer in given.items():
    found = discovery.get_offer(offerId=offer)
    offered = [pair for term in discovery.get_offer_terms(offerId=offer)["offerTerms"] for pair in term.items()]
    request = agreements.create_agreement_request(
        intent="NEW",
        agreementProposalIdentifier=found["agreementProposalId"],
        requestedTerms=[requested(kind, body) for kind, body in offered],
        taxConfiguration={"taxEstimation": "ENABLED"},
    )
    agreement = agreements.accept_agreement_request(agreementRequestId=request["agreementRequestId"])["agreementId"]
    terms = [pair for term in seller.get_agreement_terms(agreementId=agreement)["acceptedTerms"] for pair in term.items()]
    described = agreements.describe_agreement(agreementId=agreement)
    agreements.get_agreement_entitlements(agreementId=agreement)
    seen[name] = [
        found["pricingModel"]["pricingModelType"],
        sorted(kind for kind, _ in terms),
        {kind: body["id"] for kind, body in offered} == {kind: body["id"] for kind, body in terms},
        [one["timing"] for one in request["chargeSummary"]["expectedCharges"]],
        [one["amount"] for one in agreements.list_agreement_charges(agreementId=agreement)["items"]],
        [described["estimatedCharges"]["agreementValue"], "endTime" in described],
    ]
seen["violations"] = violations
print(json.dumps(seen, default=str))
