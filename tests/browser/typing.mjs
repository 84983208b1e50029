// What a form does while somebody types: dates are read back, chips answer keys, text stays text.
import { check, done, holds, journeyOf, person, same, silent, text, visit } from './lib.mjs';

const said = { ja: ['15:00・オンライン', '日付として読めません'], en: ['15:00, online', 'Not a date'] };

for (const [n, language] of [[20, 'ja'], [21, 'en']]) {
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

  await check(`${language} Enter in a box sends nothing, nor does Ctrl Enter while an input method composes`, async () => {
    await page.focus('#next');
    await page.keyboard.type('来週土 15時');
    await page.keyboard.press('Enter');
    await page.focus('#memo');
    await page.keyboard.type('まだ送らない文。');
    await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, keyCode: 229, bubbles: true, cancelable: true })));
    await page.waitForTimeout(300);
    same(await page.locator('#timeline', { hasText: 'まだ送らない文。' }).count(), 0, 'rows with the note');
    await page.fill('#next', '');
    await page.fill('#memo', '');
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

await check('hostile text stays text', async () => {
  const page = await visit('co1', { refusals: [422] }), bad = '<img src=x onerror=alert(1)><script>alert(2)</script>', lead = person(5);
  await page.goto(`/people/${lead.ID}`);
  await page.check('input[value=job][name=categories]');
  await page.fill('#memo', bad);
  await page.click('.entry [data-primary]');
  await page.locator('.ev--new', { hasText: bad }).waitFor();
  await page.reload();
  await page.locator('.ev', { hasText: bad }).first().waitFor();
  same(await page.locator('main img, main script').count(), 0, 'elements made of the note');
  await page.fill('#find', bad);
  await page.press('#find', 'Enter');
  await page.waitForLoadState();
  same(await page.locator('main img, main script').count(), 0, 'elements made of the search');
  silent(page);
  await page.context().close();
});

await check('the slider goes back and forth with the arrows', async () => {
  const page = await visit('co1');
  await page.goto(journeyOf(0));
  const all = await page.locator('.ev').count(), last = await page.inputValue('#month');
  await page.focus('#month');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Home')]);
  await page.locator('.pastband').waitFor();
  const first = await page.locator('.ev').count();
  if (first < 1 || first >= all) throw new Error(`${first} rows at the first stop, ${all} now`);
  same(await page.locator('#memo').count(), 0, 'forms in the past');
  await page.focus('#month');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('End')]);
  same(await page.locator('.pastband').count(), 0, 'bands at the present');
  same([await page.locator('.ev').count(), await page.inputValue('#month')], [all, last], 'rows and stop');
  silent(page);
  await page.context().close();
  return `${first} of ${all} rows at the first stop`;
});

const drafted = { ja: '下書きを自動保存しました（未送信 0件）', en: 'Draft saved at' }, goesOn = { ja: 'の下書きから続けています', en: 'Going on from the draft' };

for (const [n, language] of [[22, 'ja'], [23, 'en']]) {
  const page = await visit('co1', { language, refusals: [422] }), note = '半分まで書いたところ。';
  await page.goto(journeyOf(n));

  await check(`${language} what is typed is kept without a press`, async () => {
    await page.focus('#memo');
    const started = Date.now();
    await page.keyboard.type(note);
    await page.keyboard.press('Alt+3');
    await page.locator('#draft', { hasText: drafted[language] }).waitFor();
    const took = Date.now() - started;
    same(await page.evaluate(() => document.activeElement.id), 'memo', 'focus');
    same(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, 'the storage of the browser');
    same((await page.evaluate(() => indexedDB.databases())).length, 0, 'databases of the browser');
    return `after ${took} ms`;
  });

  await check(`${language} it is there again after the page was left at once`, async () => {
    await page.focus('#memo');
    await page.keyboard.press('End');
    await page.keyboard.type('追加。');
    await page.goto('/people');
    await page.goto(journeyOf(n));
    same(await page.inputValue('#memo'), note + '追加。', 'the note');
    same(await page.isChecked('input[name=channel][value=line]'), true, 'the channel');
    holds(await text(page, '#draft'), goesOn[language]);
  });

  await check(`${language} a server out of reach is said, and the text stays`, async () => {
    await page.context().setOffline(true);
    await page.fill('#memo', note + '切れた間に。');
    await page.locator('#draft', { hasText: language === 'ja' ? '未送信 1件' : '1 unsent' }).waitFor();
    same(await page.inputValue('#memo'), note + '切れた間に。', 'the note');
    await page.context().setOffline(false);
    await page.locator('#draft', { hasText: drafted[language] }).waitFor({ timeout: 40000 });
    page.complaints.splice(0, page.complaints.length, ...page.complaints.filter(c => !c.includes('ERR_INTERNET_DISCONNECTED')));
  });

  await check(`${language} recorded, it is a draft no more`, async () => {
    await page.check('input[name=categories][value=job]');
    await page.focus('#memo');
    await page.keyboard.press('Control+Enter');
    await page.locator('.ev--new', { hasText: '切れた間に' }).waitFor();
    await page.goto('/people');
    await page.goto(journeyOf(n));
    same(await page.inputValue('#memo'), '', 'the note');
    same(await page.locator('[form=drop_draft]').count(), 0, 'the button that throws a draft away');
  });

  await check(`${language} a draft is thrown away`, async () => {
    await page.fill('#memo', note);
    await page.goto('/people');
    await page.goto(journeyOf(n));
    same(await page.inputValue('#memo'), note, 'the note');
    await Promise.all([page.waitForNavigation(), page.click('[form=drop_draft]')]);
    same(await page.inputValue('#memo'), '', 'the note');
  });

  await check(`${language} the browser does not complain of drafts`, async () => silent(page));
  await page.context().close();
}

await done();
