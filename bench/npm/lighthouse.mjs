/** Looks at pages with Lighthouse, as on a phone: `node lighthouse.mjs browser address …`; a line of JSON each. */

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "error", onlyCategories: CATEGORIES });
    const parts = Object.values(lhr.categories);
    const weighed = parts.flatMap(({ auditRefs }) => auditRefs).filter(({ weight }) => weight);
    const short = weighed.filter(({ id }) => (lhr.audits[id].score ?? 1) < 0.9).map(({ id }) => id);
    const scores = Object.fromEntries(parts.map(({ id, score }) => [id, score === null ? null : Math.round(100 * score)]));
    console.log(JSON.stringify({ address, scores, short, machine: lhr.environment.benchmarkIndex }));
  }
} finally {
  await chrome.kill();
}
