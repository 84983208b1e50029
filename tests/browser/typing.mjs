// What a form does while somebody types: dates are read back, chips answer keys.
import { check, done, holds, journeyOf, same, silent, text, visit } from './lib.mjs';

const said = { ja: ['15:00・オンライン', '日付として読めません'], en: ['15:00, online', 'Not a date'] };

for (const [n, language] of [[6, 'ja'], [7, 'en']]) {
  const page = await visit('co1', { language });
  await page.goto(journeyOf(n));

  await check(`${language} a date is read back while it is typed`, async () => {
    await page.focus('#next');
    await page.keyboard.type('来週');
    await page.waitForTimeout(600);
    same(await text(page, '#np'), '', 'half a date');
    await page.keyboard.type('土 15時 オンライン');
    await page.waitForFunction(words => document.getElementById('np').innerText.includes(words), said[language][0]);
    same(await page.inputValue('#next'), '来週土 15時 オンライン', 'the text');
    same(await page.evaluate(() => document.activeElement.id), 'next', 'focus');
    return text(page, '#np');
  });

  await check(`${language} what is no date is told when the box is left`, async () => {
    await page.fill('#next', 'いつか');
    await page.keyboard.press('Tab');
    await page.locator('#np .err').waitFor();
    holds(await text(page, '#np'), said[language][1]);
    same(await page.getAttribute('#next', 'aria-invalid'), 'true', 'aria-invalid');
    await page.fill('#next', '');
    await page.waitForFunction(() => !document.getElementById('np').innerText);
    same(await page.getAttribute('#next', 'aria-invalid'), null, 'aria-invalid');
  });

  await check(`${language} nothing is asked while an input method composes`, async () => {
    const asked = [];
    page.on('request', r => { if (r.url().endsWith('/dates')) asked.push(r.url()); });
    const line = await page.context().newCDPSession(page);
    await page.focus('#next');
    await line.send('Input.imeSetComposition', { text: 'あした', selectionStart: 3, selectionEnd: 3 });
    await page.waitForTimeout(600);
    same(asked.length, 0, 'questions while composing');
    await line.send('Input.insertText', { text: '明日' });
    await page.waitForFunction(() => document.getElementById('np').innerText);
    same(await page.inputValue('#next'), '明日', 'the text');
    await page.fill('#next', '');
  });

  await check(`${language} one key a chip, and letters in the text`, async () => {
    await page.focus('#memo');
    await page.keyboard.type('ji2');
    same(await page.inputValue('#memo'), 'ji2', 'letters');
    for (const key of ['Alt+4', 'Alt+j', 'Alt+s', 'Alt+k']) await page.keyboard.press(key);
    same(await page.inputValue('#memo'), 'ji2', 'the text after Alt');
    const chosen = () => page.$$eval('.entry .seg input:checked', list => list.map(i => i.value).join(' '));
    same(await chosen(), 'email job housing childcare', 'chips');
    await page.locator('#eh').click();
    await page.evaluate(() => document.activeElement.blur());
    for (const key of ['1', 'j', 'i']) await page.keyboard.press(key);
    same(await chosen(), 'in_person relocation housing childcare', 'chips by the bare key');
  });

  await check(`${language} the browser does not complain`, async () => silent(page));
  await page.context().close();
}

await done();
