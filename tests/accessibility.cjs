// node accessibility.cjs CHROMIUM DIR: every page below DIR through axe-core, wide and narrow, light and dark.
// Ends with status 1 where a rule is broken, where a page scrolls sideways or asks for a file that is not beside it.
const fs = require("fs");
const path = require("path");
const { chromium } = require("playwright-core");

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update"];
const SCREENS = [[1440, "light", "dark"], [420, "dark", "light"]];

const named = (violations) =>
  violations.map((v) => `${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)}`);

// All rules in the first colours; in the others those that look at colours.
async function faultsOf(page, file, width, others) {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("file://" + file);
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  await page.emulateMedia({ colorScheme: others });
  const again = await page.evaluate(() => window.axe.run({ runOnly: ["color-contrast", "link-in-text-block"] }));
  const beside = "file://" + path.dirname(file) + "/";
  return [
    ...named(violations),
    ...named(again.violations).map((fault) => `${others}: ${fault}`),
    ...(sideways > width ? [`scrolls sideways: ${sideways} px`] : []),
    ...asked.slice(1).filter((url) => !url.startsWith(beside)).map((url) => `asks for ${url}`),
  ];
}

(async () => {
  const [executablePath, folder] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath, args: QUIET });
  const files = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
  let broken = 0;
  for (const name of files) {
    for (const [width, colorScheme, others] of SCREENS) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const faults = await faultsOf(page, path.resolve(folder, name), width, others);
      faults.forEach((fault) => console.log(`${name} ${width} ${colorScheme}: ${fault}`));
      broken += faults.length;
      await page.close();
    }
  }
  await browser.close();
  console.log(`${files.length} pages, ${broken} faults`);
  process.exit(broken || !files.length ? 1 : 0);
})();
