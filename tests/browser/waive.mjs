// A sheet goes out again although gates of its year do not pass: each is named, with a reason.
import { check, done, holds, journeyOf, same, silent, text, told, visit } from './lib.mjs';

const kept = { ja: '議会の日程に合わせるため。', en: 'The assembly meets before.' };
const sheet = 'TKO.2020.1', edit = '/sheets/2020/TKO/edit', shown = '/sheets/2020/TKO';

await check('a year with an entry that is late', async () => {
  const page = await visit('co1');
  await page.goto(journeyOf(9));
  await page.click('.entry .more summary');
  await page.fill('#when', 'R2.9.1');
  await page.fill('#memo', '後日の記録。');
  await page.check('input[name=categories][value=job]', { force: true });
  await page.click('.entry [data-primary]');
  await page.locator('.ev--new').first().waitFor();
  await page.context().close();
});

await check('a sheet of it, planned and evaluated', async () => {
  const say = data => ({ workplan: sheet, ...data });
  await told('an1', 'workplan.draft', say({ format: 'F2016', fy: 2020, bureau: '交流人口拡大本部', unit: '東京本部', policy: '誘致' }));
  await told('an1', 'workplan.place_indicator', say({ no: 1, indicator: 'K1@D-TKY', name: 'IJUターン就職者、移住者数', class: 'outcome' }));
  await told('mg1', 'workplan.publish_plan', say({ edition: 1, document: '0a'.repeat(32) }));
  await told('an1', 'workplan.set_actual', say({ no: 1, absent_reason: 'not_stated' }));
  await told('mg1', 'workplan.evaluate', say({ kind: 'final', mark: 'on_plan', mark_text: '○', score: 8, reasons: '相談が増えた。' }));
});

for (const [language, script] of [['ja', false], ['en', true]]) {
  const page = await visit('mg1', { language, javaScriptEnabled: script, refusals: [422] });
  const revised = language === 'en';
  const send = () => Promise.all([page.waitForNavigation(), page.click('#publish button[type=submit]')]);
  let editions = 0;
  if (revised) {
    await check(`${language} an analyst adds a line to the published sheet`, async () => {
      await told('an1', 'workplan.record_issue', { workplan: sheet, no: 1, issue: '目に留まりにくい。', next_step: '広く知らせる。' });
    });
  }

  await check(`${language} what does not pass is told with the form`, async () => {
    await page.goto(edit);
    for (let i = 0; i < 50 && !await page.locator('#publish[open]').count(); i++) { // the read model follows the command
      await page.waitForTimeout(200);
      await page.goto(edit);
    }
    same(await page.locator('#publish[open]').count(), 1, 'the form is open');
    const gates = page.locator('#publish input[name=gates_waived]');
    if (await gates.count() < 1) throw new Error('no gate fails: nothing is tried');
    same(await page.locator('#publish input[name=gates_waived]:checked').count(), 0, 'nothing is waived beforehand');
    same(await page.locator('#publish textarea[name=waiver]').count(), 1, 'the reason');
    return text(page, '#publish fieldset');
  });

  await check(`${language} refused without names, then without a reason, and nothing typed is lost`, async () => {
    if (revised) await page.fill('#publish textarea[name=why]', '追記のため');
    await page.fill('#publish textarea[name=waiver]', kept[language]);
    await send();
    same(await page.locator('#errors').count(), 1, 'the fault');
    same(await page.inputValue('#publish textarea[name=waiver]'), kept[language], 'the reason stays');
    for (const box of await page.locator('#publish input[name=gates_waived]').all()) await box.check();
    await page.fill('#publish textarea[name=waiver]', '');
    await send();
    same(await page.locator('#publish input[name=gates_waived]:checked').count(), await page.locator('#publish input[name=gates_waived]').count(), 'the names stay');
    if (revised) same(await page.inputValue('#publish textarea[name=why]'), '追記のため', 'why');
    holds(await text(page, '#errors'), language === 'ja' ? '理由' : 'why');
  });

  await check(`${language} published with names and a reason, which the record keeps`, async () => {
    editions = await page.request.get('/sheets/2020/TKO/editions').then(r => r.text()).then(t => t.split('/sheets/2020/TKO?edition=').length);
    await page.fill('#publish textarea[name=waiver]', kept[language]);
    await send();
    same(await page.locator('#errors').count(), 0, 'faults');
    await page.goto('/sheets/2020/TKO/editions');
    const now = (await page.content()).split('/sheets/2020/TKO?edition=').length;
    if (now <= editions) throw new Error(`no new edition: ${editions} then, ${now} now`);
    await page.goto(edit);
    same(await page.locator('#publish').count(), 0, 'nothing is left to publish');
    const audit = await visit('au1', { language });
    await audit.goto('/audit');
    const record = audit.locator('tr', { hasText: language === 'ja' ? '確認の免除' : 'Gates waived' }).first().locator('a.mono').first();
    await record.click();
    holds(await text(audit, 'main'), kept[language]);
    await audit.context().close();
  });

  await check(`${language} the browser does not complain`, async () => silent(page));
  await page.context().close();
}

await done();
