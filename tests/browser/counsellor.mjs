// A consultation from the sign-in to the void, with nothing but the keyboard.
import { check, choose, done, follow, holds, lacks, person, same, silent, tab, text, visit } from './lib.mjs';

const password = process.env.PASSWORD;
const notes = { ja: '年度末に向けて家賃の目安を一緒に見た。', en: '通勤の時間と家賃を見くらべた。' };

for (const [n, language] of [[3, 'ja'], [4, 'en']]) {
  const page = await visit('', { language });
  const lead = person(n), note = notes[language];

  await check(`${language} sign in`, async () => {
    await page.goto('/');
    await tab(page, '#sign_in_name');
    await page.keyboard.type('co1');
    await tab(page, '#password');
    await page.keyboard.type(password);
    await follow(page);
    same(new URL(page.url()).pathname, '/today', 'first page');
    same(await page.getAttribute('html', 'lang'), language, 'language');
  });

  await check(`${language} find a person and open the journey`, async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(lead.Name);
    await follow(page);
    lacks(page.url(), encodeURIComponent(lead.Name), 'the address');
    await tab(page, `a[href="/people/${lead.ID}"]`);
    await follow(page);
    holds(await text(page, 'h1'), lead.Kana.slice(0, 2));
    lacks(await page.title(), lead.Name.slice(0, 2), 'the title');
  });

  await check(`${language} plain Enter sends nothing`, async () => {
    await tab(page, '#next');
    await page.keyboard.type('来週土 15時 オンライン');
    await page.keyboard.press('Enter');
    await tab(page, '#memo', 'Shift+Tab');
    await page.keyboard.type(note);
    await page.evaluate(() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, keyCode: 229, bubbles: true, cancelable: true })));
    await page.waitForTimeout(300);
    same(await page.locator('#timeline', { hasText: note }).count(), 0, 'rows with the note');
  });

  await check(`${language} record with Ctrl Enter and see the own row`, async () => {
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Alt+j');
    same(await page.inputValue('#memo'), note, 'the note');
    await page.keyboard.press('Control+Enter');
    const row = page.locator('.ev--new', { hasText: note });
    await row.waitFor();
    same(await page.evaluate(() => document.activeElement.matches('.ev--new a.mono')), true, 'focus at the new number');
    same(await page.inputValue('#memo'), '', 'the next form');
    holds(await text(page, '#timeline'), language === 'ja' ? '就業' : 'job');
    const promised = await text(page, 'main');
    holds(promised, language === 'ja' ? 'オンライン' : 'nline', 'the next appointment');
  });

  await check(`${language} open the record`, async () => {
    await tab(page, '.ev--new:has(p) a.mono');
    await follow(page);
    holds(await text(page), note);
  });

  await check(`${language} correct it, the effect shown first`, async () => {
    await tab(page, '#field');
    await choose(page, 'categories');
    await tab(page, '#new');
    await page.keyboard.type(language === 'ja' ? '移住' : 'Relocation');
    await tab(page, '#reason');
    await page.keyboard.type('entry_error');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
    const effect = page.locator('form[action$="/amend"] p[role=status]');
    same(await effect.count(), 1, 'the effect');
    const said = await effect.innerText();
    same(await page.evaluate(() => document.activeElement.getAttribute('role')), 'status', 'focus at the effect');
    same(await page.locator('h1 ~ p .k-yellow').count(), 0, 'corrected before it was confirmed');
    await tab(page, 'form[action$="/amend"] [data-primary]');
    await follow(page);
    same(await page.locator('h1 ~ p .k-yellow').count(), 1, 'the mark of a correction');
    return said;
  });

  await check(`${language} void it, the effect shown first`, async () => {
    const said = await text(page, '.dlg p');
    if (said.length < 10) throw new Error(`the effect is not said: ${said}`);
    await tab(page, '#why');
    await page.keyboard.press('ArrowDown');
    await tab(page, '.dlg button');
    await follow(page);
    same(await page.locator('h1 ~ p .k-red').count(), 1, 'the mark of a void');
    await page.goto(`/people/${lead.ID}`);
    same(await page.locator('.ev:has-text("' + note + '") h4 del').count(), 1, 'struck through');
    return said;
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

await done();
