// Two people with the same journey open: news come as a pill and move nothing.
import { check, done, holds, journeyOf, same, silent, text, visit } from './lib.mjs';

const place = page => page.evaluate(() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  return { id: e.id, value: e.value, from: e.selectionStart, to: e.selectionEnd, top: r.top, scroll: scrollY };
});

async function record(page, note) {
  await page.check('input[value=job][name=categories]');
  await page.fill('#memo', note);
  await page.click('.entry [data-primary]');
}

const one = await visit('co1', { refusals: [409] }), two = await visit('co2', { refusals: [409] });
const first = '窓口の混み具合を聞かれて答えた。', second = '紹介先からの折り返しを待つと伝えた。', mine = '入力の途中の文です。', third = '求人票を二つ渡した。';

await check('the pill comes and nothing moves under who types', async () => {
  await one.goto(journeyOf(6));
  await two.goto(journeyOf(6));
  await one.waitForTimeout(1000); // the line opens after the page
  await one.focus('#memo');
  await one.keyboard.type(mine);
  for (let i = 0; i < 4; i++) await one.keyboard.press('ArrowLeft');
  const before = await place(one);
  const rows = await one.locator('.ev').count();
  await two.check('input[value=job][name=categories]');
  await two.fill('#memo', first);
  const started = Date.now();
  await two.click('.entry [data-primary]');
  await one.locator('#pill button').waitFor();
  const took = Date.now() - started;
  same(await place(one), before, 'focus, caret, text and place');
  same(await one.locator('.ev').count(), rows, 'rows');
  return `${took} ms from the click to the pill elsewhere`;
});

await check('who saves is not told of it', async () => {
  await two.locator('.ev--new', { hasText: first }).waitFor();
  await two.waitForTimeout(500);
  same(await two.locator('#pill button').count(), 0, 'pills');
});

await check('R inside the text is a letter', async () => {
  await one.keyboard.type('r');
  same((await place(one)).value.includes('r'), true, 'the letter');
  await one.keyboard.press('Backspace');
  same(await one.locator('.ev', { hasText: first }).count(), 0, 'the row');
});

await check('R shows the row and keeps the text', async () => {
  await one.keyboard.press('Shift+Tab');
  await one.keyboard.press('r');
  await one.locator('.ev', { hasText: first }).waitFor();
  same(await one.inputValue('#memo'), mine, 'the text');
  same(await one.locator('#pill button').count(), 0, 'pills');
});

await check('the other browser has the row within a second', async () => {
  const took = [];
  for (let i = 1; i <= 5; i++) {
    const note = `${i}通目の手紙を一緒に読んだ。`;
    await two.check('input[value=job][name=categories]');
    await two.fill('#memo', note);
    const started = Date.now();
    await two.click('.entry [data-primary]');
    await one.locator('#pill button').waitFor();
    await one.keyboard.press('r'); // the focus is outside the text
    await one.locator('.ev', { hasText: note }).waitFor();
    took.push(Date.now() - started);
    same(await one.inputValue('#memo'), mine, 'the text');
    await two.locator('.ev--new', { hasText: note }).waitFor();
  }
  const median = took.toSorted((a, b) => a - b)[2];
  if (median > 1000) throw new Error(`half of the rows came after ${median} ms: ${took}`);
  return `${took} ms from the click to the row elsewhere`;
});

await check('the line goes on after the page was brought up to date', async () => {
  await record(two, second);
  await one.locator('#pill button').waitFor();
});

await check('a conflict keeps the text and says who changed what', async () => {
  await one.check('input[value=relocation][name=categories]');
  await one.focus('#memo');
  await one.keyboard.press('Control+Enter');
  await one.locator('#conflict table').waitFor();
  same(await one.inputValue('#memo'), mine, 'the text');
  holds(await text(one, '#conflict'), second);
  same(await one.evaluate(() => document.activeElement.id), 'clash', 'focus');
  same(await one.locator('.ev', { hasText: mine }).count(), 0, 'rows');
});

await check('after it was seen, both stay', async () => {
  await one.click('#conflict button');
  await one.locator('.ev', { hasText: mine }).waitFor();
  await one.locator('.ev', { hasText: second }).waitFor();
});

await check('the line comes back after it was cut', async () => {
  await two.reload();
  await two.context().setOffline(true);
  await two.waitForTimeout(500);
  await record(one, third);
  await two.context().setOffline(false);
  await two.locator('#pill button').waitFor({ timeout: 40000 });
});

await check('the browser does not complain', async () => {
  for (const page of [one, two]) {
    page.complaints.splice(0, page.complaints.length, ...page.complaints.filter(c => !c.includes('ERR_INTERNET_DISCONNECTED')));
    silent(page);
  }
});

await done();
