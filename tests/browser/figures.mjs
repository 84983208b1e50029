// The figures as they were known on a day, what was counted and what was not, and the sheet on paper.
import fs from 'node:fs';
import { check, done, holds, lacks, out, same, silent, text, visit } from './lib.mjs';

const sheetDay = '/indicators?fy=2019&cmp=2018&until=2020-02-29&asof=2020-03-16';
const today = '/indicators?fy=2019&cmp=2018&until=2020-02-29';

const tiles = page => page.$$eval('.tile', list => list.map(e => ({ value: e.querySelector('.v a').textContent, before: e.querySelector('.c').textContent, all: e.innerText })));

for (const language of ['ja', 'en']) {
  const page = await visit('an1', { language });

  await check(`${language} 168 and 187 as known on 16 March 2020`, async () => {
    await page.goto(sheetDay);
    const [job, relocation] = await tiles(page);
    same([job.value, relocation.value], ['168', '187'], 'figures');
    holds(job.before, '23', 'the year before');
    holds(relocation.before, '36', 'the year before');
    const equal = language === 'ja' ? '一致' : 'Equal';
    if (language === 'ja') {
      holds(job.all, equal, 'the tile');
      holds(relocation.all, equal, 'the tile');
    }
  });

  await check(`${language} the past is tinted and cannot be written`, async () => {
    same(await page.getAttribute('body', 'class'), 'past', 'class of the body');
    await page.locator('.pastband').waitFor();
    same(await page.locator('main form[method=post]').count(), 0, 'forms that write');
    const tint = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(today);
    if (tint === await page.evaluate(() => getComputedStyle(document.body).backgroundColor)) throw new Error(`no tint: ${tint}`);
  });

  await check(`${language} 169 and 185 as known now`, async () => {
    await page.goto(today);
    same((await tiles(page)).slice(0, 2).map(t => t.value), ['169', '185'], 'figures');
    same(await page.locator('.pastband').count(), 0, 'bands');
  });

  await check(`${language} a figure opens its records and its near misses`, async () => {
    await page.goto(sheetDay);
    await page.click('.tile .v a');
    await page.locator('#drill').waitFor();
    const rows = page.locator('#drill > ol.drill li');
    if (await rows.count() < 1) throw new Error('no records');
    const near = page.locator('#drill details.near:has(ol)');
    if (await near.count() < 1) throw new Error('no near misses');
    await near.first().locator('summary').click();
    const missed = near.first().locator('li');
    await missed.first().waitFor();
    const said = await near.first().innerText();
    await rows.first().locator('a').click();
    await page.locator('h1 .mono').waitFor();
    return said.split('\n').slice(0, 2).join(' / ');
  });

  await check(`${language} a month opens its records`, async () => {
    await page.goto(sheetDay);
    const cell = page.locator('a.cell').nth(4), n = Number(await cell.innerText());
    await cell.click();
    await page.locator('#drill').waitFor();
    holds(await text(page, '#dh'), String(n), 'the heading');
    same(await page.locator('a.cell[aria-current=true]').count(), 1, 'cells marked');
  });

  await check(`${language} a day that cannot be read keeps the page`, async () => {
    await page.goto(today);
    page.complaints.length = 0;
    await page.fill('#asof', '2020-02-31');
    await Promise.all([page.waitForNavigation(), page.click('.asofbox button')]);
    same(await page.getAttribute('#asof', 'aria-invalid'), 'true', 'the box');
    same(await page.inputValue('#asof'), '2020-02-31', 'what was typed');
    same((await tiles(page)).length > 0, true, 'figures');
    page.complaints.length = 0;
  });

  await check(`${language} the slider moves the date`, async () => {
    await page.goto('/indicators?fy=2019&cmp=2018&asof=2020-03-16');
    await page.focus('#month');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('ArrowLeft')]);
    holds(page.url(), 'asof=2020-02-29', 'the address');
  });

  await check(`${language} the difference from today is explained record by record`, async () => {
    await page.goto(sheetDay);
    await page.click('.tile .v a');
    await page.locator('#drill a[href^="/differences"]').click();
    await page.locator('#dh').waitFor();
    const said = await text(page, 'main');
    for (const part of ['168', '169', '＋1']) holds(said, part, 'the difference');
    const late = page.locator('#w-late_entry');
    await late.locator('summary').click();
    same(await late.locator('tbody tr').count(), 1, 'records');
    await page.selectOption('#of', 'C2');
    await Promise.all([page.waitForNavigation(), page.click('.ask button')]);
    same(await page.locator('#w-voided tbody tr').count(), 2, 'voided records');
    same(await page.locator('.wfr--e .wfr__r').innerText(), '185', 'where it ends');
  });

  await check(`${language} the browser does not complain`, async () => silent(page));
  await page.context().close();
}

await check('an analyst reads no person', async () => {
  const page = await visit('an1', { refusals: [403] });
  const answer = await page.goto('/people');
  same(answer.status(), 403, 'status');
  same(await page.locator('.find').count(), 0, 'person searches');
  await page.context().close();
});

const page = await visit('an1');

await check('the sheet holds what was published', async () => {
  await page.goto('/sheets');
  await page.click('main ul a');
  await page.locator('.paper').waitFor();
  const paper = await text(page, '.paper');
  for (const part of ['168', '187', '23', '36', '○', '8', '12', '7', '13', '30']) holds(paper, part, 'the sheet');
  const actual = await page.$$eval('.paper table', list => {
    const t = list.find(t => t.querySelectorAll('thead th').length === 5);
    return t.querySelectorAll('tbody tr')[0].querySelectorAll('td')[3].innerText.trim();
  });
  holds(actual, '（記載なし）', 'the actual value');
  if (/[0-9]/.test(actual.replace(/^.*（記載なし）/, ''))) throw new Error(`the blank actual holds a number: ${actual}`);
  return `actual: ${actual}`;
});

await check('the sheet has a button that prints it', async () => {
  await page.evaluate(() => { window.print = () => { document.title = 'asked'; }; });
  await page.click('.tools button');
  same(await page.title(), 'asked', 'the button');
});

await check('the sheet is two pages of A4', async () => {
  const file = `${out}/sheet.pdf`;
  await page.pdf({ path: file, preferCSSPageSize: true, printBackground: false, tagged: true });
  const raw = fs.readFileSync(file, 'latin1');
  const boxes = [...raw.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map(m => [Math.round(m[1]), Math.round(m[2])]);
  same((raw.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length, 2, 'pages');
  if (!boxes.length || boxes.some(b => Math.abs(b[0] - 595) > 1 || Math.abs(b[1] - 842) > 1)) throw new Error(`not A4: ${JSON.stringify(boxes)}`);
});

await check('controls do not reach the paper', async () => {
  await page.emulateMedia({ media: 'print' });
  const seen = await page.$$eval('header, nav a, button, .find, .tools', list => list.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80)));
  same(seen, [], 'controls on paper');
  lacks(await text(page, 'main'), 'undefined');
});

await check('the sheet does not complain', async () => silent(page));
await done();
