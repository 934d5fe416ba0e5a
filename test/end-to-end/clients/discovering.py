"""Everything that AWS Marketplace Discovery answers, with boto3 alone. Takes what there is as JSON, prints what it saw."""
import json
import sys

from judged import clients, refusal, violations

given = json.loads(sys.argv[1])
(discovery,) = clients("buyer", "marketplace-discovery")
(stranger,) = clients("partner", "marketplace-discovery")
seen = {}

product, offer, private = given["productId"], given["offerId"], given["privateOfferId"]


def names(client=discovery, **search):
    return [one["listingName"] for one in client.search_listings(**search)["listingSummaries"]]


def only(filter_type, *values):
    return {"filterType": filter_type, "filterValues": list(values)}


everything = discovery.search_listings()
seen["all"] = [everything["totalResults"], [one["listingName"] for one in everything["listingSummaries"]]]
seen["word"] = names(searchText="log")
seen["prefix"] = names(searchText="gate")
seen["withinWord"] = names(searchText="ateway")
seen["twoWords"] = names(searchText="Log, AGENT!")
seen["nothing"] = names(searchText="zeppelin")
seen["either"] = names(filters=[only("CATEGORY", "log-analysis", "security")])
seen["both"] = names(filters=[only("CATEGORY", "security"), only("PRICING_MODEL", "USAGE")])
seen["neither"] = names(filters=[only("CATEGORY", "security"), only("PRICING_MODEL", "BYOL")])
seen["unrated"] = names(filters=[only("MIN_AVERAGE_CUSTOMER_RATING", "0.1")])
seen["anyRating"] = len(names(filters=[only("MAX_AVERAGE_CUSTOMER_RATING", "5.0")]))
seen["byPublisher"] = len(names(filters=[only("PUBLISHER", everything["listingSummaries"][0]["publisher"]["sellerProfileId"])]))
seen["byRating"] = names(sortBy="AVERAGE_CUSTOMER_RATING", sortOrder="DESCENDING")
seen["strangers"] = names(stranger)

pages = discovery.get_paginator("search_listings").paginate(PaginationConfig={"PageSize": 1})
seen["onePerPage"] = [[one["listingName"] for one in page["listingSummaries"]] for page in pages]

facets = discovery.search_facets(facetTypes=["CATEGORY", "FULFILLMENT_OPTION_TYPE", "PRICING_MODEL"])
seen["facets"] = {kind: {one["value"]: one["count"] for one in values} for kind, values in facets["listingFacets"].items()}
seen["allFacets"] = sorted(discovery.search_facets()["listingFacets"])
narrowed = discovery.search_facets(searchText="log", filters=[only("CATEGORY", "log-analysis")])
seen["narrowed"] = [narrowed["totalResults"], [one["count"] for one in narrowed["listingFacets"]["CATEGORY"]]]

listing_id = next(one["listingId"] for one in everything["listingSummaries"] if one["listingName"] == "Log Agent")
listing = discovery.get_listing(listingId=listing_id)
seen["listing"] = [listing["associatedEntities"][0]["product"]["productId"] == product, listing["badges"][-1]["badgeType"]]
seen["product"] = discovery.get_product(productId=product)["deployedOnAws"]
options = discovery.list_fulfillment_options(productId=product)["fulfillmentOptions"]
seen["fulfillment"] = [sorted(one) for one in options]

found = discovery.get_offer(offerId=offer)
seen["offer"] = [found["pricingModel"]["pricingModelType"], found["badges"], "expirationTime" in found]
hidden = discovery.get_offer(offerId=private)
seen["private"] = [[one["badgeType"] for one in hidden["badges"]], hidden["expirationTime"].isoformat()]
terms = discovery.get_paginator("get_offer_terms").paginate(offerId=offer, PaginationConfig={"PageSize": 1})
seen["terms"] = sorted(kind for page in terms for term in page["offerTerms"] for kind in term)


def purchase(*filters, client=discovery):
    pages = client.get_paginator("list_purchase_options").paginate(filters=filters, PaginationConfig={"PageSize": 1})
    return [one["purchaseOptionId"] for page in pages for one in page["purchaseOptions"]]


label = {offer: "public", private: "private"}.get
ours = only("PRODUCT_ID", product)
seen["options"] = [label(one) for one in purchase(ours)]
seen["publicOptions"] = [label(one) for one in purchase(ours, only("VISIBILITY_SCOPE", "PUBLIC"))]
seen["privateOptions"] = [label(one) for one in purchase(only("VISIBILITY_SCOPE", "PRIVATE"))]
seen["offerSets"] = purchase(ours, only("PURCHASE_OPTION_TYPE", "OFFERSET"))
seen["bySeller"] = [label(one) for one in purchase(ours, only("SELLER_OF_RECORD_PROFILE_ID", found["sellerOfRecord"]["sellerProfileId"]))]
seen["expired"] = purchase(ours, only("AVAILABILITY_STATUS", "EXPIRED"))
seen["strangersOptions"] = [label(one) for one in purchase(ours, client=stranger)]

token = discovery.search_listings(maxResults=1)["nextToken"]
seen["refused"] = {
    "noListing": refusal(discovery.get_listing, listingId="prodview-none"),
    "noProduct": refusal(discovery.get_product, productId="prod-none"),
    "noOffer": refusal(discovery.get_offer, offerId="offer-none"),
    "noTerms": refusal(discovery.get_offer_terms, offerId="offer-none"),
    "noOfferSet": refusal(discovery.get_offer_set, offerSetId="offerset-none"),
    "noFulfillment": refusal(discovery.list_fulfillment_options, productId="prod-none"),
    "strangersOffer": refusal(stranger.get_offer, offerId=private),
    "noPurchaseFilter": refusal(discovery.list_purchase_options),
    "otherPurchaseFilter": refusal(discovery.list_purchase_options, filters=[only("PURCHASE_OPTION_TYPE", "OFFER")]),
    "wrongScope": refusal(discovery.list_purchase_options, filters=[only("VISIBILITY_SCOPE", "SECRET")]),
    "badToken": refusal(discovery.search_listings, nextToken="bm9uZQ=="),
    "othersToken": refusal(stranger.search_listings, maxResults=1, nextToken=token),
    "otherQuery": refusal(discovery.search_listings, searchText="log", maxResults=1, nextToken=token),
    "tooMany": refusal(discovery.search_listings, maxResults=101),
    "unknownFilter": refusal(discovery.search_listings, filters=[only("COLOUR", "red")]),
    "noValues": refusal(discovery.search_listings, filters=[only("CATEGORY")]),
    "emptyText": refusal(discovery.search_listings, searchText=""),
    "tooGood": refusal(discovery.search_listings, filters=[only("MIN_AVERAGE_CUSTOMER_RATING", "5.1")]),
    "twoRatings": refusal(discovery.search_listings, filters=[only("MIN_AVERAGE_CUSTOMER_RATING", "1", "2")]),
    "missingId": refusal(discovery.get_product),
}
seen["violations"] = violations
print(json.dumps(seen))
