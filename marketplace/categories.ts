/**
 * Names of product categories (AWS Marketplace seller guide, Product categories). The service keeps the list and may add
 * to it, so a listing's own check only corrects near misses.
 */
export const categories: readonly string[] = [
  "Agile Lifecycle Management",
  "Application Development",
  "Application Servers",
  "Application Stacks",
  "Backup & Recovery",
  "Blockchain",
  "Business Intelligence & Advanced Analytics",
  "Collaboration & Productivity",
  "Contact Center",
  "Content Management",
  "Continuous Integration and Continuous Delivery",
  "CRM",
  "Data Analytics",
  "Data Catalogs",
  "Data Preparation",
  "Data Warehouses",
  "Databases",
  "Databases & Analytics Platforms",
  "Device Connectivity",
  "Device Management",
  "Device Security",
  "eCommerce",
  "eLearning",
  "Education & Research",
  "Energy",
  "Financial Services",
  "Healthcare & Life Sciences",
  "High Performance Computing",
  "Human Resources",
  "Industrial",
  "Industrial IoT",
  "Infrastructure as Code",
  "Issue & Bug Tracking",
  "IT Business Management",
  "Log Analysis",
  "Media & Entertainment",
  "Migration",
  "ML Solutions",
  "Monitoring",
  "Network Infrastructure",
  "Operating Systems",
  "Project Management",
  "Security",
  "Source Control",
  "Storage",
  "Testing",
];

const byPlainName = new Map(categories.map((name) => [plain(name), name]));

export function isCategory(name: string): boolean {
  return byPlainName.get(plain(name)) === name;
}

/** The category that a name spells with another case, `and` for `&`, or other spacing. */
export function categoryLike(name: string): string | undefined {
  return byPlainName.get(plain(name));
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("&", "and")
    .replace(/[^a-z0-9]/g, "");
}
