const email = /[^\s@]+@[^\s@]+\.[a-z]{2,}/i;
const page = /\b(?:https?:\/\/|www\.)\S+/i;
/** Seven digits and more, with the marks that people put between them. */
const telephone = /\+?\d(?:[\s().-]*\d){6,}/;

/**
 * Whether a support text names a way to reach somebody: an address, a page, a telephone number. AWS Marketplace asks for
 * support instructions with contact details: seller guide, "AMI-based product requirements", customer information.
 */
export function namesContact(text: string): boolean {
  return email.test(text) || page.test(text) || telephone.test(text);
}
