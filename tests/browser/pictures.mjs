// The README's pictures, and pictures for the eye: small screens, English, the past, news, conflict, forced colours, large text, paper.
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { check, done, journeyOf, out, visit } from './lib.mjs';

const shown = fileURLToPath(new URL('pictures', import.meta.url));
fs.mkdirSync(shown, { recursive: true });

const sheetDay = '/indicators?fy=2019&cmp=2018&until=2020-02-29&asof=2020-03-16';
const most = 300 * 1024;

async function shoot(page, file, options = {}) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file, animations: 'disabled', ...options });
}

const searched = async page => {
  await page.goto('/people');
  await page.fill('#q', '山﨑');
  await Promise.all([page.waitForNavigation(), page.press('#q', 'Enter')]);
};
const sheet = async page => {
  await page.goto('/sheets');
  await Promise.all([page.waitForNavigation(), page.locator('main ul a').first().click()]);
};
const journey = page => page.goto(journeyOf(0));
const typing = async page => {
  await journey(page);
  await page.check('input[name=categories][value=relocation]');
  await page.check('input[name=categories][value=housing]');
  await page.fill('#memo', '家賃5万円まで、職場へ自転車で通える範囲。空き家バンクと引っ越しの支援金を案内した。');
  await page.fill('#next', '来週土 15時 オンライン');
};
const figures = page => page.goto(sheetDay);
const told = page => page.goto(`${sheetDay}&of=K1`);
const explained = async page => {
  await page.goto('/differences?of=P0&fy=2019&until=2020-02-29&known=2020-03-16');
  await page.$$eval('details.wfd', list => list.forEach(e => { e.open = true; }));
};
const verified = async page => {
  await page.goto('/ledger');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/ledger/verify"] button')]);
};
const record = async page => {
  await journey(page);
  await Promise.all([page.waitForNavigation(), page.locator('.ev:has(p) a.mono').first().click()]);
};
const row = async page => {
  await journey(page);
  await Promise.all([page.waitForNavigation(), page.locator('.ev a.mono').first().click()]);
};
const news = async page => {
  await typing(page);
  await page.focus('#memo');
  const other = await visit('co2');
  await journey(other);
  await other.check('input[name=categories][value=job]');
  await other.fill('#memo', '紹介先の企業から、面接の日取りについて連絡があった。');
  await other.waitForTimeout(1000);
  await other.click('.entry [data-primary]');
  await page.locator('#pill button').waitFor();
  await other.context().close();
};
const conflict = async page => {
  await news(page);
  await page.click('.entry [data-primary]');
  await page.locator('#conflict table').waitFor();
};
const faults = async page => {
  await journey(page);
  await page.fill('#next', '2/30');
  await page.click('.entry [data-primary]');
  await page.locator('#conflict .errs').waitFor();
};

// For the README.
for (const [name, who, reach] of [['people', 'co1', searched], ['journey', 'co1', typing], ['indicators', 'an1', figures], ['differences', 'an1', explained], ['ledger', 'au1', verified], ['sheet', 'an1', sheet]]) {
  await check(`README ${name}`, async () => {
    const page = await visit(who, { height: 1100 });
    await reach(page);
    await page.evaluate(() => document.activeElement?.blur());
    const file = `${shown}/${name}.png`;
    await shoot(page, file);
    await page.context().close();
    const size = fs.statSync(file).size;
    if (size > most) throw new Error(`${size} bytes`);
    return `${Math.round(size / 1024)} kB`;
  });
}

// For the eye.
const eye = [
  ['journey', 'co1', typing, {}], ['journey-full', 'co1', journey, { full: true }], ['journey-390', 'co1', typing, { width: 390, full: true }], ['journey-320', 'co1', journey, { width: 320, full: true }],
  ['journey-en', 'co1', typing, { language: 'en', full: true }], ['journey-past', 'co1', page => page.goto(`${journeyOf(0)}?asof=2020-02-29`), {}],
  ['journey-auditor', 'au1', journey, {}], ['news', 'co1', news, {}], ['conflict', 'co1', conflict, { full: true }], ['faults', 'co1', faults, {}],
  ['record', 'co1', record, { full: true }], ['record-390', 'co1', record, { width: 390, full: true }], ['record-auditor', 'au1', row, {}], ['history', 'au1', page => page.goto('/audit'), {}],
  ['people', 'co1', page => page.goto('/people'), {}], ['people-390', 'co1', searched, { width: 390 }], ['people-new', 'co1', page => page.goto('/intake'), { full: true }],
  ['indicators-full', 'an1', figures, { full: true }], ['indicators-now', 'an1', page => page.goto('/indicators?fy=2019&cmp=2018'), { full: true }], ['indicators-390', 'an1', figures, { width: 390, full: true }],
  ['indicators-en', 'an1', figures, { language: 'en', full: true }], ['indicators-drill', 'an1', told, { full: true }],
  ['indicators-forced', 'an1', figures, { forcedColors: 'active', colorScheme: 'dark' }], ['journey-forced', 'co1', typing, { forcedColors: 'active', colorScheme: 'dark' }],
  ['differences-full', 'an1', explained, { full: true }], ['differences-390', 'an1', explained, { width: 390, full: true }], ['ledger-full', 'au1', page => page.goto('/ledger'), { full: true }], ['ledger-390', 'au1', page => page.goto('/ledger'), { width: 390, full: true }], ['published', 'an1', page => page.goto('/figures/F-0012'), { full: true }], ['trial', 'an1', page => page.goto('/indicators?fy=2019&def=oka-trial-1'), {}],
  ['sheet-full', 'an1', sheet, { full: true }], ['sheet-390', 'an1', sheet, { width: 390, full: true }], ['sheet-en', 'an1', sheet, { language: 'en' }], ['sheets', 'an1', page => page.goto('/sheets'), {}],
  ['sign-in', '', page => page.goto('/sign-in'), {}], ['status', 'an1', page => page.goto('/status'), {}], ['refused', 'an1', page => page.goto('/people'), {}],
];
for (const [name, who, reach, { full = false, ...options }] of eye) {
  await check(name, async () => {
    const page = await visit(who, { height: options.width ? 844 : 1100, ...options });
    await reach(page);
    await shoot(page, `${out}/${name}.png`, { fullPage: full });
    await page.context().close();
  });
}

for (const [name, who, reach] of [['journey-large', 'co1', journey], ['indicators-large', 'an1', figures]]) {
  await check(name, async () => {
    const page = await visit(who, { height: 1100 });
    await reach(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    await shoot(page, `${out}/${name}.png`);
    await page.context().close();
  });
}

await check('focus', async () => {
  const page = await visit('co1', { height: 1100 });
  await journey(page);
  for (let i = 0; i < 14; i++) await page.keyboard.press('Tab');
  await shoot(page, `${out}/focus.png`);
  await page.context().close();
});

for (const [name, who, reach] of [['sheet', 'an1', sheet], ['journey', 'co1', journey], ['indicators', 'an1', figures]]) {
  await check(`paper ${name}`, async () => {
    const page = await visit(who);
    await reach(page);
    await page.pdf({ path: `${out}/${name}.pdf`, preferCSSPageSize: true, printBackground: false, tagged: true });
    execFileSync('pdftoppm', ['-r', '100', '-png', `${out}/${name}.pdf`, `${out}/paper-${name}`]);
    await page.context().close();
  });
}

await done();
