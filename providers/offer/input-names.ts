import type { OfferArgs } from "./offer";

/** Every property a program may declare; the compiler holds the table against the arguments. */
const declarable: Readonly<Record<keyof OfferArgs, true>> = {
  productId: true,
  replaces: true,
  name: true,
  description: true,
  buyerAccounts: true,
  countries: true,
  exceptCountries: true,
  availabilityEndDate: true,
  pricing: true,
  validity: true,
  paymentSchedule: true,
  netPayment: true,
  renewal: true,
  eula: true,
  refundPolicy: true,
  preExistingAgreement: true,
  tags: true,
  connection: true,
};

export const inputNames = Object.keys(declarable);
