// An outcome is confirmed with its paper: once without script, once with the keyboard.
import { check, done, holds, same, silent, tab, text, visit } from './lib.mjs';

const paper = Buffer.from('%PDF-1.7 雇用契約書の見本');
const words = {
  ja: { confirm: '確認を記録', type: '中身が名前と合いません', name: '名前に使えない文字', empty: '空です', again: 'もう一度選んでください', grade: '証憑 A' },
  en: { confirm: 'Confirm', type: 'not what its name says', name: "file's name holds", empty: 'is empty', again: 'choose it again', grade: 'A third-party' },
};

for (const [language, script] of [['ja', false], ['en', true]]) {
  const said = words[language];
  const page = await visit('ld1', { language, javaScriptEnabled: script, refusals: [422] });
  let form = '';

  await check(`${language} from the list of what is overdue to the form`, async () => {
    await page.goto('/confirmations?fy=2019');
    form = await page.locator('a[href$="/confirm"]').first().getAttribute('href');
    await page.click(`a[href="${form}"]`);
    await page.locator('#evidence_kind').waitFor();
    same(new URL(page.url()).pathname, form, 'the address');
  });

  await check(`${language} who recorded it is told before anything is typed`, async () => {
    let barred = 0;
    for (const who of ['co1', 'co2', 'co3']) {
      const other = await visit(who, { language });
      await other.goto(form);
      if (await other.locator('form[enctype]').count() === 0) {
        barred++;
        same(await other.locator('.ban--warn').count(), 1, 'the reason');
      }
      await other.context().close();
    }
    same(barred > 0, true, 'somebody barred');
  });

  await check(`${language} hostile files are refused and nothing typed is lost`, async () => {
    await page.locator('input[name=evidence_kind]').first().check({ force: true });
    await page.fill('#when', 'R5.10.2');
    await page.fill('#evidence_ref', '契約書の写し');
    for (const [name, buffer, fault] of [['x.exe', Buffer.from('MZ'), said.type], ['x.pdf', Buffer.from('<html>'), said.type], ['x.pdf', Buffer.alloc(0), said.empty],
      ['a\u202efdp.pdf', paper, said.name], ['x.pdf', Buffer.concat([paper, Buffer.alloc(21 << 20)]), '20']]) {
      await page.setInputFiles('#file', { name, mimeType: 'application/pdf', buffer });
      await Promise.all([page.waitForNavigation(), page.click('form[enctype] [data-primary]')]);
      holds(await text(page, '#errors'), fault);
      holds(await text(page, 'main'), said.again);
      same(await page.inputValue('#when'), 'R5.10.2', 'the day');
      same(await page.inputValue('#evidence_ref'), '契約書の写し', 'the reference');
      same(await page.locator('input[name=evidence_kind]').first().isChecked(), true, 'the kind');
    }
    if (script) same(await page.evaluate(() => document.activeElement.id), 'errors', 'the focus');
  });

  await check(`${language} confirm with the paper, and open it again`, async () => {
    await page.setInputFiles('#file', { name: '契約書.pdf', mimeType: 'application/pdf', buffer: paper });
    if (script) {
      await tab(page, '#evidence_ref');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
    } else {
      await Promise.all([page.waitForNavigation(), page.click('form[enctype] [data-primary]')]);
    }
    holds(page.url(), 'saved=', 'the address');
    same(await page.locator('.ban--ok').count(), 1, 'the answer');
    const link = page.locator('.ev a[href*="/documents/"]').first();
    same(await link.innerText(), '契約書.pdf', 'the paper');
    const kept = await page.request.get(await link.getAttribute('href'));
    same((await kept.body()).equals(paper), true, 'the same bytes');
    await page.goto('/confirmations?fy=2019');
    same(await page.locator(`a[href="${form}"]`).count(), 0, 'still overdue');
    await page.goto(form);
    holds(await text(page, 'main'), '契約書.pdf');
  });

  await check(`${language} the browser does not complain`, async () => silent(page));
  await page.context().close();
}

await done();
