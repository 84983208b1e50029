// An auditor reads what was done and by whom, and nobody's name.
import { cast, check, done, holds, journeyOf, same, silent, text, visit } from './lib.mjs';

const nobody = (said, where) => {
  for (const planted of cast.Planted) if (said.includes(planted)) throw new Error(`${where} shows ${planted}`);
};

const counsellor = await visit('co1');
let record = '', changed = '';

await check('a counsellor does read the names', async () => {
  await counsellor.goto(journeyOf(0));
  const said = await text(counsellor);
  if (!cast.Planted.some(p => said.includes(p))) throw new Error('nothing planted is found where it must be');
  record = await counsellor.locator('.ev:has(p) a.mono').last().getAttribute('href');
  // A record that was corrected or voided: any of the newest persons' journeys may hold one.
  for (let n = 0; n < 60 && !changed; n++) {
    await counsellor.goto(journeyOf(n));
    const marked = counsellor.locator('.ev:has(.ev__m .k-red) a.mono, .ev:has(.ev__m .k-yellow) a.mono');
    if (await marked.count()) changed = await marked.first().getAttribute('href');
  }
  if (!changed) throw new Error('no corrected or voided record');
});

for (const language of ['ja', 'en']) {
  const page = await visit('au1', { language, refusals: [403, 404] });

  await check(`${language} a record without any name`, async () => {
    const answer = await page.goto(record);
    same(answer.status(), 200, 'status');
    nobody(await page.content(), record);
    same(await page.locator('main form').count(), 0, 'forms');
  });

  await check(`${language} a journey without any name`, async () => {
    await page.goto(journeyOf(0));
    nobody(await page.content(), 'the journey');
    same(await page.locator('main form[method=post]').count(), 0, 'forms that write');
    return (await text(page, 'h1')).trim();
  });

  await check(`${language} what was changed, by whom and when`, async () => {
    await page.goto(changed);
    nobody(await page.content(), changed);
    const rows = page.locator('main table tbody tr');
    if (await rows.count() < 1) throw new Error('no audit trail');
    const said = await rows.first().innerText();
    return said.replace(/\s+/g, ' ');
  });

  await check(`${language} the history of records`, async () => {
    const answer = await page.goto('/audit');
    same(answer.status(), 200, 'status');
    nobody(await page.content(), 'the history');
    holds(await text(page), '#');
  });

  await check(`${language} figures and sheets without any name`, async () => {
    for (const address of ['/indicators?fy=2019&of=K1', '/sheets', '/status']) {
      await page.goto(address);
      nobody(await page.content(), address);
    }
  });

  await check(`${language} a counsellor's pages are refused`, async () => {
    for (const address of ['/people', '/intake']) {
      const answer = await page.goto(address);
      same(answer.status(), 403, address);
    }
    same(await page.locator('.nav a[href="/people"]').count(), 0, 'doors to persons');
    const answer = await page.request.post(`${record}/void`, { form: { why: 'entry_error' } });
    same(answer.status(), 403, 'a void');
  });

  await check(`${language} the browser does not complain`, async () => silent(page));
  await page.context().close();
}

await done();
