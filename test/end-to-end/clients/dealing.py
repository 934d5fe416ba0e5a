"""Two buyers and a seller use every operation of the Agreement service, with boto3 alone. Prints what they saw."""
import itertools
import json
import sys
import time

from judged import clients, refusal, violations

given = json.loads(sys.argv[1])
buyer, discovery = clients("buyer", "marketplace-agreement", "marketplace-discovery")
(partner,) = clients("partner", "marketplace-agreement")
(seller,) = clients("seller", "marketplace-agreement")
seen = {}


def offered(offer_id):
    """The proposal of an offer, and the ids of its terms by kind."""
    terms = discovery.get_offer_terms(offerId=offer_id)["offerTerms"]
    return discovery.get_offer(offerId=offer_id)["agreementProposalId"], {
        kind: body["id"] for term in terms for kind, body in term.items()
    }


def upfront(term_id, **quantities):
    dimensions = [{"dimensionKey": key.replace("_", "."), "dimensionValue": count} for key, count in quantities.items()]
    choice = {"selectorValue": "P365D", "dimensions": dimensions}
    return {"id": term_id, "configuration": {"configurableUpfrontPricingTermConfiguration": choice}}


def accept(request, **more):
    return buyer.accept_agreement_request(agreementRequestId=request["agreementRequestId"], **more)["agreementId"]


def entitled(agreement_id):
    for _ in range(100):
        found = buyer.get_agreement_entitlements(agreementId=agreement_id)["agreementEntitlements"]
        if all(one["status"] != "PENDING" for one in found):
            return [one["status"] for one in found]
        time.sleep(0.05)
    return "never"


# By the hour: a quote, the same quote under the same token, an agreement.
proposal, terms = offered(given["offerId"])
common = [{"id": terms["legalTerm"]}, {"id": terms["supportTerm"]}]
by_hour = common + [{"id": terms["usageBasedPricingTerm"]}]
quote = {"intent": "NEW", "agreementProposalIdentifier": proposal, "requestedTerms": by_hour}
request = buyer.create_agreement_request(**quote, clientToken="first-quote")
again = buyer.create_agreement_request(**quote, clientToken="first-quote")
seen["sameToken"] = request["agreementRequestId"] == again["agreementRequestId"]
seen["otherInput"] = refusal(
    buyer.create_agreement_request, **{**quote, "requestedTerms": common}, clientToken="first-quote"
)
seen["freeNow"] = {key: request["chargeSummary"].get(key) for key in ("currencyCode", "newAgreementValue", "expectedCharges")}
hourly = accept(request)
seen["entitled"] = entitled(hourly)
described = buyer.describe_agreement(agreementId=hourly)
seen["described"] = [
    described["status"],
    described["acceptor"]["accountId"],
    described["proposer"]["accountId"],
    described["proposalSummary"]["resources"][0]["type"],
    described["proposalSummary"]["offerId"] == given["offerId"],
    "endTime" in described,
    described["startTime"] == described["acceptanceTime"],
    described["startTime"].tzinfo is not None,
    described["estimatedCharges"],
]
seen["acceptTwice"] = refusal(buyer.accept_agreement_request, agreementRequestId=request["agreementRequestId"])
seen["buyTwice"] = refusal(buyer.create_agreement_request, **quote)

# By the year: charges, purchase orders, an amendment.
by_year = common + [upfront(terms["configurableUpfrontPricingTerm"], m5_large=2)]
request = buyer.create_agreement_request(
    intent="NEW",
    agreementProposalIdentifier=proposal,
    requestedTerms=by_year,
    taxConfiguration={"taxEstimation": "ENABLED"},
)
summary = request["chargeSummary"]
(expected,) = summary["expectedCharges"]
seen["quote"] = [
    summary["newAgreementValue"],
    summary["newAgreementValueAfterTax"],
    expected["timing"],
    expected["amount"],
    [[one["dimensionKey"], one["oldQuantity"], one["newQuantity"]] for one in summary["itemizedCharges"]],
    summary["estimatedTaxes"]["totalAmount"],
]
seen["otherCharge"] = refusal(
    buyer.accept_agreement_request,
    agreementRequestId=request["agreementRequestId"],
    purchaseOrders=[{"chargeId": "ch-none", "purchaseOrderReference": "PO-1"}],
)
yearly = accept(request, purchaseOrders=[{"chargeId": expected["id"], "purchaseOrderReference": "PO-1"}])
buyer.update_purchase_orders(
    purchaseOrders=[{"chargeId": expected["id"], "chargeRevision": 1, "purchaseOrderReference": "PO-2"}]
)
seen["staleOrder"] = refusal(
    buyer.update_purchase_orders,
    purchaseOrders=[{"chargeId": expected["id"], "chargeRevision": 1, "purchaseOrderReference": "PO-3"}],
)
amending = buyer.create_agreement_request(
    intent="AMEND",
    sourceAgreementIdentifier=yearly,
    requestedTerms=[upfront(terms["configurableUpfrontPricingTerm"], m5_large=3)],
)
seen["amended"] = [accept(amending) == yearly, amending["chargeSummary"]["itemizedCharges"][0]["oldQuantity"]]
seen["less"] = refusal(
    buyer.create_agreement_request,
    intent="AMEND",
    sourceAgreementIdentifier=yearly,
    requestedTerms=[upfront(terms["configurableUpfrontPricingTerm"], m5_large=1)],
)
pages = buyer.get_paginator("list_agreement_charges").paginate(agreementId=yearly, PaginationConfig={"PageSize": 1})
charges = [[one["amount"], one["revision"], one.get("purchaseOrderReference")] for page in pages for one in page["items"]]
seen["charges"] = charges
pages = seller.get_paginator("get_agreement_terms").paginate(agreementId=yearly, PaginationConfig={"PageSize": 1})
accepted = [term for page in pages for term in page["acceptedTerms"]]
seen["acceptedTerms"] = sorted(kind for term in accepted for kind in term)
seen["chosen"] = [
    term["configurableUpfrontPricingTerm"]["configuration"] for term in accepted if "configurableUpfrontPricingTerm" in term
]

# A private offer takes the place of what is paid by the hour.
better, better_terms = offered(given["privateOfferId"])
replacing = buyer.create_agreement_request(
    intent="REPLACE",
    sourceAgreementIdentifier=hourly,
    agreementProposalIdentifier=better,
    requestedTerms=[{"id": term_id} for term_id in better_terms.values()],
)
replaced_by = accept(replacing)
seen["replaced"] = [buyer.describe_agreement(agreementId=one)["status"] for one in (hourly, replaced_by)]
seen["oldEntitlement"] = buyer.get_agreement_entitlements(agreementId=hourly)["agreementEntitlements"][0]["statusReasonCode"]
seen["ended"] = refusal(buyer.cancel_agreement, agreementId=hourly)
seen["paidUpfront"] = refusal(buyer.cancel_agreement, agreementId=yearly)

# The seller takes something off an invoice.
lines = {"agreementId": yearly, "groupBy": "INVOICE_ID"}
invoices = seller.get_paginator("list_agreement_invoice_line_items").paginate(**lines, PaginationConfig={"PageSize": 1})
invoices = [one for page in invoices for one in page["agreementInvoiceLineItemGroupSummaries"]]
invoice = next(one for one in invoices if one["pricingCurrencyAmount"]["amount"] == "730.00")
issued = invoice["issuedTime"]
seen["invoices"] = [len(invoices), invoice["invoiceType"], invoice["invoiceBillingPeriod"] == {"month": issued.month, "year": issued.year}]
seen["issuedBefore"] = len(
    seller.list_agreement_invoice_line_items(**lines, beforeIssuedTime=issued)["agreementInvoiceLineItemGroupSummaries"]
)


def off(amount, token, **more):
    return {
        "agreementId": yearly,
        "originalInvoiceId": invoice["invoiceId"],
        "adjustmentAmount": amount,
        "currencyCode": "USD",
        "adjustmentReasonCode": "INCORRECT_TERMS_ACCEPTED",
        "clientToken": token,
        **more,
    }


entries = [off("30", "a"), off("900", "b"), off("1", "c", originalInvoiceId="none"), off("1", "d", currencyCode="EUR")]
batch = seller.batch_create_billing_adjustment_request(billingAdjustmentRequestEntries=entries)
seen["adjusted"] = [[one["clientToken"] for one in batch["items"]], [[one["clientToken"], one["code"]] for one in batch["errors"]]]
adjustment = {"agreementId": yearly, "billingAdjustmentRequestId": batch["items"][0]["billingAdjustmentRequestId"]}
for _ in range(100):
    status = seller.get_billing_adjustment_request(**adjustment)["status"]
    if status != "PENDING":
        break
    time.sleep(0.02)
adjustments = seller.get_paginator("list_billing_adjustment_requests").paginate(status="COMPLETED")
seen["adjustment"] = [status, [one["adjustmentAmount"] for page in adjustments for one in page["items"]]]
memo = seller.list_agreement_invoice_line_items(**lines, invoiceType="CREDIT_MEMO")["agreementInvoiceLineItemGroupSummaries"]
seen["memo"] = [one["pricingCurrencyAmount"]["amount"] for one in memo]
seen["buyersInvoices"] = refusal(buyer.list_agreement_invoice_line_items, **lines)

# The seller asks to cancel: no, never mind, yes.
def ask_to_cancel():
    sent = seller.send_agreement_cancellation_request(
        agreementId=yearly, reasonCode="OTHER", description="A mistake of ours.", clientToken=f"cancel-{time.time_ns()}"
    )
    return {"agreementId": yearly, "agreementCancellationRequestId": sent["agreementCancellationRequestId"]}


first = ask_to_cancel()
seen["oneAtATime"] = refusal(seller.send_agreement_cancellation_request, agreementId=yearly, reasonCode="OTHER")
seen["notTheSeller"] = refusal(seller.accept_agreement_cancellation_request, **first)
rejected = buyer.reject_agreement_cancellation_request(**first, rejectionReason="We need it.")
seen["rejected"] = [rejected["status"], rejected["statusMessage"], rejected["updatedAt"] >= rejected["createdAt"]]
seen["rejectTwice"] = refusal(buyer.reject_agreement_cancellation_request, **first, rejectionReason="We need it.")
second = ask_to_cancel()
seen["notTheBuyer"] = refusal(buyer.cancel_agreement_cancellation_request, **second, cancellationReason="No.")
seller.cancel_agreement_cancellation_request(**second, cancellationReason="Never mind.")
third = ask_to_cancel()
seen["approved"] = buyer.accept_agreement_cancellation_request(**third)["status"]
seen["cancelled"] = buyer.describe_agreement(agreementId=yearly)["status"]
seen["tooLate"] = refusal(seller.cancel_agreement_cancellation_request, **third, cancellationReason="Never mind.")
seen["askEnded"] = refusal(seller.send_agreement_cancellation_request, agreementId=yearly, reasonCode="OTHER")
for who, party in ((buyer, "Acceptor"), (seller, "Proposer")):
    pages = who.get_paginator("list_agreement_cancellation_requests").paginate(
        partyType=party, agreementId=yearly, PaginationConfig={"PageSize": 1}
    )
    seen[f"requestsAs{party}"] = sorted(one["status"] for page in pages for one in page["items"])
    seen[f"readAs{party}"] = who.get_agreement_cancellation_request(**third)["description"]

# Payments that an agreement leaves open.
open_ended = {"agreementId": given["variableAgreementId"]}


def ask_for(amount, client=seller):
    sent = client.send_agreement_payment_request(**open_ended, termId=given["variableTermId"], name="Milestone", chargeAmount=amount)
    return {**open_ended, "paymentRequestId": sent["paymentRequestId"]}


(variable,) = [one for one in partner.get_agreement_terms(**open_ended)["acceptedTerms"] if "variablePaymentTerm" in one]
variable = variable["variablePaymentTerm"]
seen["variable"] = [variable["id"] == given["variableTermId"], variable["maxTotalChargeAmount"], variable["configuration"]]
first, second, third = ask_for("60"), ask_for("20.5"), ask_for("19.5")
seen["beyondTotal"] = refusal(ask_for, amount="0.01")
seen["buyersRequest"] = refusal(ask_for, amount="1", client=partner)
paid = partner.accept_agreement_payment_request(**first, purchaseOrderReference="PO-7")
seen["paid"] = [paid["status"], paid["chargeAmount"], "chargeId" in seller.get_agreement_payment_request(**first)]
seen["declined"] = partner.reject_agreement_payment_request(**second, rejectionReason="Not yet.")["statusMessage"]
seen["withdrawn"] = seller.cancel_agreement_payment_request(**third)["status"]
seen["payTwice"] = refusal(partner.accept_agreement_payment_request, **first)
seen["strangersPayment"] = refusal(buyer.get_agreement_payment_request, **first)
for who, party in ((partner, "Acceptor"), (seller, "Proposer")):
    pages = who.get_paginator("list_agreement_payment_requests").paginate(partyType=party, PaginationConfig={"PageSize": 1})
    seen[f"paymentsAs{party}"] = sorted(one["status"] for page in pages for one in page["items"])
seen["paymentCharge"] = [
    [one["amount"], one.get("purchaseOrderReference")] for one in partner.list_agreement_charges(**open_ended)["items"]
]

# Searching by each combination that the API reference has, and by the ones that it has not.
PROPOSER = [
    (), ("ResourceType",), ("ResourceIdentifier",), ("AcceptorAccountId",), ("AcceptorAccountId", "OfferId"),
    ("AcceptorAccountId", "ResourceIdentifier"), ("AcceptorAccountId", "ResourceType"), ("OfferId",), ("OfferSetId",),
]  # fmt: skip
ACCEPTOR = [(), ("ResourceIdentifier",), ("OfferId",), ("OfferSetId",)]
supported = {("Proposer", frozenset(one + more)) for one in PROPOSER for more in ((), ("Status",))}
supported |= {("Acceptor", frozenset(one + more)) for one in ACCEPTOR for more in ((), ("Status",))}
supported |= {("Acceptor", frozenset(["ResourceType"]))}
values = {
    "ResourceType": "AmiProduct",
    "ResourceIdentifier": given["productId"],
    "AcceptorAccountId": "444455556666",
    "OfferId": given["offerId"],
    "OfferSetId": "offerset-none",
    "Status": "REPLACED",
}
ends = {"BeforeEndTime": "2099-01-01T00:00:00Z", "AfterEndTime": "2020-01-01T00:00:00Z"}


def search(client, party, **filters):
    filters = {"PartyType": party, "AgreementType": "PurchaseAgreement", **filters}
    return client.search_agreements(
        catalog="AWSMarketplace", filters=[{"name": name, "values": [value]} for name, value in filters.items()]
    )["agreementViewSummaries"]


wrong = []
for (party, client), size in itertools.product((("Proposer", seller), ("Acceptor", buyer)), range(len(values) + 1)):
    for names in itertools.combinations(values, size):
        for time_filters in ({}, ends):
            filters = {**{name: values[name] for name in names}, **time_filters}
            answer = refusal(search, client=client, party=party, **filters)
            fine = (party, frozenset(names)) in supported
            if answer != ("accepted" if fine else "ValidationException 400 UNSUPPORTED_FILTERS"):
                wrong.append([party, names, answer])
seen["wronglySearched"] = wrong
seen["found"] = [
    len(search(seller, "Proposer")),
    len(search(buyer, "Acceptor")),
    len(search(partner, "Acceptor")),
    len(search(buyer, "Proposer")),
    [one["agreementId"] == hourly for one in search(buyer, "Acceptor", Status="REPLACED")],
    len(search(seller, "Proposer", AcceptorAccountId="777788889999")),
    len(search(buyer, "Acceptor", OfferSetId="offerset-none")),
    [one["agreementId"] == yearly for one in search(buyer, "Acceptor", Status="CANCELLED", BeforeEndTime="2098-01-01T00:00:00Z")],
]
party = [{"name": "PartyType", "values": ["Acceptor"]}, {"name": "AgreementType", "values": ["PurchaseAgreement"]}]
pages = buyer.get_paginator("search_agreements").paginate(filters=party, PaginationConfig={"PageSize": 1})
pages = [page["agreementViewSummaries"] for page in pages]
seen["onePerPage"] = [len(page) for page in pages]
last = [one.get("endTime") for page in pages for one in page]
seen["latestEndFirst"] = [end is None for end in last] == sorted([end is None for end in last], reverse=True)

seen["refused"] = {
    "noAgreement": refusal(buyer.describe_agreement, agreementId="agmt-none"),
    "strangers": refusal(partner.describe_agreement, agreementId=yearly),
    "strangersTerms": refusal(partner.get_agreement_terms, agreementId=yearly),
    "sellersEntitlements": refusal(seller.get_agreement_entitlements, agreementId=replaced_by),
    "sellersCharges": refusal(seller.list_agreement_charges, agreementId=yearly),
    "strangersCharges": refusal(partner.list_agreement_charges, agreementId=yearly),
    "noRequest": refusal(buyer.accept_agreement_request, agreementRequestId="ar-none"),
    "noProposal": refusal(buyer.create_agreement_request, **{**quote, "agreementProposalIdentifier": "at-none"}),
    "noParty": refusal(buyer.search_agreements),
    "noType": refusal(buyer.search_agreements, filters=party[:1]),
    "otherParty": refusal(buyer.search_agreements, filters=[{"name": "PartyType", "values": ["Both"]}]),
    "otherFilter": refusal(buyer.search_agreements, filters=[*party, {"name": "Colour", "values": ["red"]}]),
    "otherStatus": refusal(buyer.search_agreements, filters=[*party, {"name": "Status", "values": ["LOST"]}]),
    "twice": refusal(buyer.search_agreements, filters=[*party, *party]),
    "twoValues": refusal(buyer.search_agreements, filters=[{"name": "PartyType", "values": ["Acceptor", "Proposer"]}]),
    "byStart": refusal(buyer.search_agreements, filters=party, sort={"sortBy": "StartTime"}),
    "sideways": refusal(buyer.search_agreements, filters=party, sort={"sortOrder": "SIDEWAYS"}),
    "otherCatalog": refusal(buyer.search_agreements, filters=party, catalog="Elsewhere"),
    "tooMany": refusal(buyer.search_agreements, filters=party, maxResults=51),
    "badToken": refusal(buyer.search_agreements, filters=party, nextToken="bm9uZQ"),
    "otherAgreementType": refusal(buyer.list_agreement_charges, agreementType="Handshake"),
    "listWithoutParty": refusal(buyer.list_agreement_payment_requests),
    "emptyName": refusal(seller.send_agreement_payment_request, **open_ended, termId="t", name="Now", chargeAmount="1"),
    "missingAmount": refusal(seller.send_agreement_payment_request, **open_ended, termId="t", name="Milestone"),
    "noReason": refusal(seller.send_agreement_cancellation_request, agreementId=replaced_by),
    "otherReason": refusal(seller.send_agreement_cancellation_request, agreementId=replaced_by, reasonCode="BORED"),
    "unexplained": refusal(buyer.reject_agreement_cancellation_request, agreementId=yearly, agreementCancellationRequestId="acr-1"),
    "badRequestId": refusal(buyer.accept_agreement_request, agreementRequestId="quote-1"),
    "noOrders": refusal(buyer.update_purchase_orders, purchaseOrders=[]),
    "sameChargeTwice": refusal(buyer.update_purchase_orders, purchaseOrders=[{"chargeId": "ch-1"}, {"chargeId": "ch-1"}]),
    "strangersCharge": refusal(partner.update_purchase_orders, purchaseOrders=[{"chargeId": expected["id"]}]),
    "noEntries": refusal(seller.batch_create_billing_adjustment_request),
    "twoAgreements": refusal(
        seller.batch_create_billing_adjustment_request,
        billingAdjustmentRequestEntries=[off("1", "x"), off("1", "y", agreementId=hourly)],
    ),
    "badClientToken": refusal(buyer.create_agreement_request, **quote, clientToken="not a token"),
}
buyer.cancel_agreement(agreementId=replaced_by)
seen["lastly"] = buyer.describe_agreement(agreementId=replaced_by)["status"]
seen["violations"] = violations
print(json.dumps(seen, default=str))
