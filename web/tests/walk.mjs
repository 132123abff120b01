// Walks every page against the real `interdict serve` in Debian's Chromium: what stands there, by mouse and by keyboard, axe
// in light and dark, and a screenshot of each at three widths in target/screens. Ends with "N passed, N failed".
//
//   node tests/walk.mjs            INTERDICT=path/to/interdict   CHROMIUM=path/to/chromium   PICTURES=../docs/pages   ONLY=screen,keys
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { Servers } from './serving.mjs';

const here = (path) => new URL(path, import.meta.url).pathname;
const BINARIES = ['../../target/release/interdict', '../../target/debug/interdict'].map(here);
const binary = process.env.INTERDICT ?? BINARIES.find(existsSync);
const demo = here('../../crates/engine/data/demo');
const screens = here('../../target/screens');
const WIDTHS = [390, 1280, 1920];

/** Where the pictures of the README go, if they are to be made anew. */
const pictures = process.env.PICTURES;

let [passed, failed] = [0, 0];
function check(what, good, saw = '') {
  if (good) passed += 1;
  else {
    failed += 1;
    console.log(`failed: ${what}${saw === '' ? '' : `\n  saw: ${String(saw).slice(0, 600)}`}`);
  }
}

/** A step of the walk; what it throws is a failure of that step alone. */
async function step(what, run) {
  try {
    await run();
  } catch (error) {
    check(what, false, error.stack ?? error);
  }
}

const servers = new Servers(binary);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
});

async function open(address, { width = 1280, scheme = 'light' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    baseURL: address,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (line) => {
    // Chromium itself notes each answer that is no success; the pages show those.
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
      page.faults.push(line.text());
  });
  return page;
}

const text = (page, selector = 'main') => page.locator(selector).first().innerText();

async function accessible(page, what) {
  // By the debugger, which the page's policy does not bind.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const found = await window.axe.run(document, { resultTypes: ['violations'] });
    const where = (node) =>
      `${node.target} ${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''}`;
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(where).join(' | ')}`);
  });
  check(`${what}: axe finds nothing`, violations.length === 0, violations.join('\n  '));
}

// ---------------------------------------------------------------------------------------------------------------------
// Each page: how to get to what it shows, and what must stand there.

const SHINRAKAR = 'Mohammad Baqer Shinrakar';

async function screened(page, name = SHINRAKAR) {
  await page.goto('/');
  await page.getByLabel('Name, in any script').fill(name);
  if (name === SHINRAKAR) {
    await page.getByLabel('Date of birth').fill('1979-09-21');
    await page.getByLabel('Country').fill('Germany');
  }
  await page.locator('.hit').first().waitFor();
  // The answer to the last key, not to one before it.
  await page.waitForTimeout(400);
  await page.locator('.results:not(.busy) .evidence').first().waitFor();
  await page.evaluate(() => document.activeElement?.blur());
}

const PAGES = [
  {
    name: 'screen',
    picture: { name: 'screen', scheme: 'light', height: 1130 },
    server: 'demo',
    async act(page) {
      await screened(page);
    },
    async look(page) {
      const all = await text(page);
      for (const words of [
        'SHIRINKAR, Mohammad Bagher',
        '0.8745',
        'Match',
        'HRIT-IR',
        'Without date of birth',
        '0067948431',
        'contradicts',
      ]) {
        check(`screen shows ${words}`, all.includes(words), all);
      }
      const shares = await page.locator('.evidence tbody .share').allInnerTexts();
      const sum = shares
        .map(Number)
        .filter(Number.isFinite)
        .reduce((a, b) => a + b, 0);
      check('the shares add up to the score', Math.abs(sum - 0.8745) < 0.0003, shares.join(' '));
    },
  },
  {
    name: 'clear',
    server: 'demo',
    async act(page) {
      await page.goto('/');
      await page.getByLabel('Name, in any script').fill('Mostafa Sarmad');
      await page.getByLabel('Date of birth').fill('1961-02-03');
      await page.getByText('The nearest, and why not').waitFor();
      await page.locator('.hit').first().click();
      await page.locator('.evidence').first().waitFor();
      await page.evaluate(() => document.activeElement?.blur());
    },
    async look(page) {
      const all = await text(page);
      for (const words of ['No party reaches 0.70', 'Clear', 'SARMADI, Mostafa', 'does not match']) {
        check(`a clear name shows ${words}`, all.includes(words), all);
      }
    },
  },
  {
    name: 'empty',
    server: 'demo',
    async act(page) {
      await page.goto('/');
      await page.getByText('Type a name').waitFor();
      await page.locator('.fresh').waitFor();
    },
    async look(page) {
      check('the empty page says what to do', (await text(page)).includes('Results come as you type'));
    },
  },
  {
    name: 'batch',
    server: 'demo',
    async act(page) {
      await page.goto('/desk/batch');
      await page.locator('input[type=file]').setInputFiles(`${demo}/customers.csv`);
      await page.getByText('KASHIAN, Sajjad').first().waitFor();
    },
    async look(page) {
      const figures = await text(page, '.figures');
      check(
        'a batch counts rows and matches',
        /Rows\s+16/.test(figures) && /With a match\s+8/.test(figures),
        figures,
      );
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'JSON lines' }).click(),
      ]);
      const lines = readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n');
      check(
        'the JSON lines have every row, in order',
        lines.length === 16 && JSON.parse(lines[0]).id === 'c-01',
        lines.length,
      );
      const [table] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV' }).click(),
      ]);
      check(
        'the CSV has a head',
        /^customer,query,id,/.test(readFileSync(await table.path(), 'utf8')),
        table.suggestedFilename(),
      );
      await page.getByLabel('Only rows with results').uncheck();
      check('all rows are a click away', (await page.locator('tbody tr').count()) === 16);
      await page.getByLabel('Only rows with results').check();
    },
  },
  {
    name: 'lists',
    server: 'installed',
    async act(page) {
      await page.goto('/desk/lists');
      await page.getByRole('button', { name: 'Versions' }).first().click();
      await page.locator('tbody tr').nth(1).waitFor();
    },
    async look(page) {
      const all = await text(page);
      for (const words of ['ofac_sdn', 'Serves', '2 versions'])
        check(`lists show ${words}`, all.includes(words), all);
    },
  },
  {
    name: 'diff',
    picture: { name: 'diff', scheme: 'light', height: 900 },
    server: 'installed',
    async act(page) {
      await page.goto('/desk/lists/ofac_sdn/diff');
      await page.locator('.plus').waitFor();
    },
    async look(page, { dated }) {
      const all = await text(page);
      for (const words of [
        'EMENNET PASARGAD',
        'ELECTION-EO13848',
        '6 parties added',
        '1 party changed',
        '0 parties removed',
      ]) {
        check(`the diff shows ${words}`, all.includes(words), all);
      }
      if (dated)
        check('the diff is called by its day', all.includes('What changed on 18 November 2021'), all);
    },
  },
  {
    name: 'document',
    server: 'demo',
    async act(page) {
      await page.goto('/desk/document');
      await page.locator('input[type=file]').setInputFiles(`${demo}/report.txt`);
      await page.locator('.paper .mark').first().waitFor();
      await page.locator('.paper').focus();
      for (const key of ['n', 'n', 'n']) await page.keyboard.press(key);
    },
    async look(page) {
      check(
        'n goes from mention to mention',
        (await text(page, '.paper .mark.on')) === SHINRAKAR,
        await text(page, '.paper .mark.on'),
      );
      await page.keyboard.press('p');
      check('p goes back', (await text(page, '.paper .mark.on')) === 'Emen Net Pasargad');
      await page.keyboard.press('n');
      const shown = await text(page, '.paper');
      const source = readFileSync(`${demo}/report.txt`, 'utf8');
      const tight = (words) => words.replace(/\s+/g, ' ').trim();
      check('the text is shown whole', tight(shown) === tight(source));
    },
  },
  {
    name: 'claims',
    picture: { name: 'document', scheme: 'light', height: 960 },
    server: 'demo',
    async act(page) {
      await page.goto('/desk/document');
      await page.getByLabel('Or paste a text').fill(readFileSync(`${demo}/report.txt`, 'utf8'));
      await page.getByRole('button', { name: 'Read it' }).click();
      await page.getByRole('tab', { name: /Claims/ }).click();
      const charged = page.locator('.item', { hasText: 'computer intrusion' });
      await charged.getByRole('button', { name: 'Show it in the text' }).click();
      await page.evaluate(() => document.activeElement?.blur());
    },
    async look(page) {
      const quoted = (await page.locator('.paper .quoted').allInnerTexts()).join('');
      check(
        'a claim shows its quote in the text',
        quoted === 'Kazemi is also charged with computer intrusion',
        quoted,
      );
      const all = await text(page);
      for (const words of ['Charged', 'Designated', 'Unsubstantiated', 'on the word of']) {
        check(`claims show ${words}`, all.includes(words), all);
      }
    },
  },
  {
    name: 'network',
    server: 'demo',
    async act(page) {
      await page.goto('/desk/network/ofac-33634');
      await page.locator('.cy canvas').first().waitFor();
      await page.locator('.picked .one').first().waitFor();
    },
    async look(page) {
      const { relations } = await page.evaluate(async () =>
        (await fetch('/v1/entities/ofac-33634/network?hops=1')).json(),
      );
      const rows = page.locator('tbody tr');
      check(
        'the table has every relation that the drawing shows',
        relations.length >= 3 && (await rows.count()) === relations.length,
        relations.length,
      );
      await rows.last().getByRole('button').click();
      const { source, quote } = relations.at(-1).evidence;
      const picked = await text(page, '.picked');
      check('a relation names its source', picked.includes(source), picked);
      check('and quotes it, where there are words', !quote || picked.includes(quote.text), picked);
    },
  },
  {
    name: 'ownership',
    picture: { name: 'network', scheme: 'dark', height: 1330 },
    server: 'demo',
    async act(page) {
      await page.goto('/desk/network');
      await page.locator('input[type=file]').setInputFiles(here('fixtures/owners.csv'));
      await page.locator('.company').first().waitFor();
      await page.getByRole('button', { name: 'Gamma Shipping SA Blocked' }).click();
      await page.getByRole('heading', { name: 'Gamma Shipping SA', exact: true }).waitFor();
      await page.locator('.cy canvas').first().waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
    async look(page) {
      const all = await text(page);
      for (const words of [
        '3 unlisted companies',
        'Gamma Shipping SA is blocked',
        '55 %',
        'owners.csv',
        'is taken for EMENNET PASARGAD',
      ]) {
        check(`the proof shows ${words}`, all.includes(words), all);
      }
      check('a firm’s own names stand in no address', !/Gamma|Acme|owners/.test(page.url()), page.url());
    },
  },
  {
    name: 'case',
    picture: { name: 'case', scheme: 'light', height: 1380 },
    server: 'demo',
    async act(page) {
      await page.goto('/desk/case');
      await page.locator('.paper').waitFor();
      await page.locator('.cy canvas').first().waitFor();
    },
    async look(page) {
      const all = await text(page);
      for (const words of [
        '16 customers, 8 matches',
        'Access log',
        'EMENNET PASARGAD',
        'The Lakeside Ledger',
      ]) {
        check(`the case shows ${words}`, all.includes(words), all);
      }
    },
  },
  {
    name: 'party',
    server: 'demo',
    async act(page) {
      await page.goto('/desk/party/ofac-33495');
      await page.locator('.cy canvas').first().waitFor();
    },
    async look(page) {
      const all = await text(page);
      for (const words of [
        'KAZEMI, Seyyed Mohammad Hosein Musa',
        '18 June 1997',
        '0020372604',
        'ofac-33495',
      ]) {
        check(`a party shows ${words}`, all.includes(words), all);
      }
    },
  },
  {
    name: 'scripts',
    server: 'scripts',
    async act(page) {
      await screened(page, 'سید محمد حسین موسی کاظمی');
    },
    async look(page) {
      const name = page.locator('.hit bdi').first();
      check(
        'a Persian name is marked as such',
        (await name.getAttribute('lang')) === 'fa' && (await name.getAttribute('dir')) === 'auto',
      );
      const side = await page
        .getByLabel('Name, in any script')
        .evaluate((input) => getComputedStyle(input).direction);
      check('what is typed from right to left stands so', side === 'rtl', side);
    },
  },
  {
    name: 'markup',
    server: 'scripts',
    async act(page) {
      await screened(page, 'Markup Trading');
    },
    async look(page) {
      const all = await text(page);
      check('markup in a name is text', all.includes('<img src=x onerror=alert(1)>'), all);
      check('markup in an address is text', all.includes('<script>alert(2)</script>'), all);
      check('nothing of it became an element', (await page.locator('main img, main script').count()) === 0);
      await page.goto('/desk/party/walk-4');
      await page.getByRole('heading', { name: '<img' }).waitFor();
      check('nor on the party’s page', (await page.locator('main img, main script').count()) === 0);
      for (const [name, lang] of [
        ['Вымышленский Аркадий', 'ru'],
        ['歐陽虛構', 'zh'],
      ]) {
        await page.goto('about:blank');
        await screened(page, name);
        check(
          `${name} is marked as ${lang}`,
          (await page.locator('.hit bdi').first().getAttribute('lang')) === lang,
        );
      }
    },
  },
];

// ---------------------------------------------------------------------------------------------------------------------
// What is the same on all of them, and what belongs to none.

async function keyboard(address) {
  const page = await open(address);
  await page.goto('/desk/lists');
  await page.locator('.card').first().waitFor();
  await page.keyboard.press('Tab');
  check(
    'the first stop is the way past the navigation',
    (await page.evaluate(() => document.activeElement?.textContent)) === 'Skip to the content',
  );
  await page.keyboard.press('Enter');
  check('which leads to the content', (await page.evaluate(() => document.activeElement?.id)) === 'main');
  await page.goto('/');
  await page.keyboard.type(SHINRAKAR);
  await page.locator('.hit').first().waitFor();
  let [reached, seen, stops] = [false, true, 0];
  for (; stops < 30 && !reached; stops += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const active = document.activeElement;
      const style = active && getComputedStyle(active);
      return {
        hit: active?.classList.contains('hit'),
        name: active?.outerHTML.slice(0, 90),
        ring: style?.outlineStyle !== 'none' && parseFloat(style?.outlineWidth) >= 2,
      };
    });
    if (!at.ring) {
      seen = false;
      console.log(`  no focus to be seen on ${at.name}`);
    }
    reached = at.hit;
  }
  check('a hit is reached by keyboard alone', reached, stops);
  check('the focus is seen on every stop', seen);
  await page.keyboard.press('Enter');
  check('and opened', (await page.locator('.evidence').count()) > 0);
  const spoken = await page.locator('[aria-live=polite].vh').innerText();
  check('results are told to a screen reader', spoken.includes('1 result, 1 match'), spoken);
  check(
    'landmarks: one header, navigation, main and footer',
    (await page.locator('header, nav[aria-label=Desk], main, footer').count()) === 4,
  );
  await page.context().close();
}

async function privacy(address) {
  const page = await open(address);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await screened(page);
  await page.getByLabel('Kind', { exact: true }).selectOption('Person');
  await page.waitForTimeout(500);
  check(
    'the kind stands in the address, the name does not',
    page.url().endsWith('/?schema=Person'),
    page.url(),
  );
  await page.getByRole('link', { name: 'Party' }).first().click();
  await page.getByRole('heading', { name: 'SHIRINKAR' }).waitFor();
  await page.goBack();
  await page.locator('.hit').first().waitFor();
  check(
    'going back asks again for what was asked',
    (await page.getByLabel('Name, in any script').inputValue()) === SHINRAKAR,
  );
  await page.reload();
  await page.locator('.hit').first().waitFor();
  check('so does loading anew', (await page.getByLabel('Name, in any script').inputValue()) === SHINRAKAR);
  check(
    'no address that was asked for names anybody',
    !asked.some((url) => /Shinrakar/i.test(decodeURIComponent(url))),
    asked.join(' '),
  );
  check(
    'nothing is asked of anybody else',
    asked.every((url) => url.startsWith(address) || url.startsWith('blob:')),
    asked.join(' '),
  );
  check('no cookie is kept', (await page.context().cookies()).length === 0);
  await page.context().close();
}

async function typing(address) {
  const page = await open(address);
  let sent = 0;
  page.on('request', (request) => (sent += request.url().endsWith('/v1/screen') ? 1 : 0));
  await page.goto('/');
  await page.getByLabel('Name, in any script').pressSequentially(SHINRAKAR, { delay: 15 });
  await page.locator('.hit').first().waitFor();
  check('typing 24 letters asks a few times, not 24', sent <= 6, sent);
  await page.getByLabel('Why is a party no result?').fill('ofac-33496');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.locator('.sentence', { hasText: 'does not match "KASHIAN, Sajjad"' }).waitFor();
  check('any listed party can be asked about by its id', true);
  await page.getByLabel('Why is a party no result?').fill('nobody-1');
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByRole('alert').first().waitFor();
  check(
    'an unknown id is named so',
    (await text(page, '[role=alert]')).includes('no list that serves has a party with that id'),
    await text(page, '[role=alert]'),
  );
  await page.route('**/v1/screen', (route) =>
    route.fulfill({
      status: 503,
      headers: { 'retry-after': '2', 'x-request-id': 'r-1' },
      json: { detail: 'busy' },
    }),
  );
  await page.getByLabel('Name, in any script').fill('Kashian');
  await page.getByText('busy Try again in 2 s.').waitFor();
  check(
    'an error says what it was, and the request’s id',
    (await text(page, '[role=alert]')).includes('r-1'),
  );
  await page.context().close();
}

async function keys() {
  const { file, key } = servers.key();
  const page = await open(await servers.serve(['--list', 'demo', '--keys', file]));
  await page.goto('/');
  const dialog = page.getByRole('dialog', { name: 'This server asks for an API key' });
  await dialog.waitFor();
  await accessible(page, 'the question for a key');
  await dialog.getByLabel('API key').fill('wrong');
  await page.keyboard.press('Enter');
  await dialog.getByText('That key was refused').waitFor();
  await dialog.getByLabel('API key').fill(key);
  await page.keyboard.press('Enter');
  await page.locator('.fresh').waitFor();
  await screened(page);
  check('with a key the pages work', (await text(page)).includes('0.8745'));
  const kept = await page.evaluate(
    (key) => [sessionStorage, localStorage].map((store) => Object.values(store).includes(key)),
    key,
  );
  check('the key is kept for the session alone', kept[0] && !kept[1], kept);
  await page.locator('nav').getByRole('link', { name: 'Batch' }).click();
  await page.locator('input[type=file]').setInputFiles(`${demo}/customers.csv`);
  await page.getByText('KASHIAN, Sajjad').first().waitFor();
  check('so does a batch, whose progress is read with the key', true);
  await page.context().close();
}

async function stale(two) {
  const page = await open(await servers.serve(['--max-list-age', '1s'], { ...two, until: '/v1/lists' }));
  await page.goto('/');
  await page.getByRole('alert').first().waitFor();
  const all = await text(page);
  check('a stale list is an alarm on every page', all.includes('older than this server allows'), all);
  await accessible(page, 'a stale list');
  await page.screenshot({ path: `${screens}/stale-1280-light.png`, fullPage: true });
  await page.context().close();
}

async function themes(address) {
  const page = await open(address, { scheme: 'light' });
  await page.goto('/');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await ground();
  check('dark as the system says', light !== dark, `${light} ${dark}`);
  await page.getByRole('button', { name: /Colours/ }).click();
  check('light by choice', (await ground()) === light, await ground());
  await page.reload();
  check('which is kept', (await ground()) === light, await ground());
  await page.context().close();
}

// ---------------------------------------------------------------------------------------------------------------------

try {
  if (!binary)
    throw new Error('no interdict was found: build it, or name it with INTERDICT=path/to/interdict');
  mkdirSync(screens, { recursive: true });
  const two = servers.installed(demo);
  const addresses = {
    demo: await servers.serve(['--list', 'demo']),
    scripts: await servers.serve(['--list', here('fixtures/scripts.ftm.jsonl')]),
    installed: await servers.serve([], two),
  };
  const only = process.env.ONLY?.split(',');
  for (const one of PAGES.filter(({ name }) => !only || only.includes(name))) {
    for (const scheme of ['light', 'dark']) {
      for (const width of WIDTHS) {
        const what = `${one.name} ${width} ${scheme}`;
        const page = await open(addresses[one.server], { width, scheme });
        await step(what, async () => {
          await one.act(page);
          await page.waitForTimeout(250);
          const broad = await page.evaluate(() => document.documentElement.scrollWidth);
          check(`${what}: no wider than the screen`, broad <= width, broad);
          await page.evaluate(() => scrollTo(0, 0));
          await page.screenshot({ path: `${screens}/${one.name}-${width}-${scheme}.png`, fullPage: true });
          if (pictures && width === 1280 && one.picture?.scheme === scheme) {
            const clip = { x: 0, y: 0, width, height: one.picture.height };
            await page.screenshot({ path: `${pictures}/${one.picture.name}.png`, clip, fullPage: true });
          }
          if (width !== 1920) await accessible(page, what);
          if (width === 1280 && scheme === 'light') await one.look(page, { dated: Boolean(two.at) });
          check(`${what}: nothing is said on the console`, page.faults.length === 0, page.faults.join('\n'));
        });
        await page.context().close();
      }
    }
  }
  const others = {
    keys: () => keys(),
    stale: () => stale(two),
    keyboard: () => keyboard(addresses.demo),
    privacy: () => privacy(addresses.demo),
    typing: () => typing(addresses.demo),
    themes: () => themes(addresses.demo),
  };
  for (const [what, run] of Object.entries(others)) {
    if (!only || only.includes(what)) await step(what, run);
  }
} catch (error) {
  check('the walk itself', false, error.stack);
} finally {
  await browser.close();
  await servers.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
