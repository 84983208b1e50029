// The same work with script switched off.
import { check, done, holds, journeyOf, same, signIn, visit } from './lib.mjs';

const note = '移住体験の宿について答えた。';

for (const language of ['ja', 'en']) {
  const page = await visit('', { language, javaScriptEnabled: false });

  await check(`${language} sign in`, async () => {
    await signIn(page, 'co1');
    same(new URL(page.url()).pathname, '/today', 'first page');
  });

  await check(`${language} find a person`, async () => {
    await page.fill('#q', '1234567890123');
    await page.press('#q', 'Enter');
    await page.locator('#hits').waitFor();
    await page.goto('/people');
    same(await page.locator('#hits a').count() > 0, true, 'persons recorded last');
  });

  await check(`${language} a form with errors keeps what was typed`, async () => {
    await page.goto(journeyOf(language === 'ja' ? 7 : 8));
    await page.fill('#memo', note);
    await page.fill('#next', '2/30');
    await page.click('.entry [data-primary]');
    same(await page.inputValue('#memo'), note, 'the note');
    same(await page.inputValue('#next'), '2/30', 'the appointment');
    same(await page.locator('#errors a').count() >= 2, true, 'the faults');
  });

  await check(`${language} record`, async () => {
    await page.fill('#next', '');
    await page.check('input[name=categories][value=relocation]');
    await page.click('.entry [data-primary]');
    await page.locator('.ev', { hasText: note }).waitFor();
    holds(page.url(), 'saved=', 'the address');
    same(await page.locator('.ban--ok').count(), 1, 'the answer');
  });

  await check(`${language} the journey as it was known`, async () => {
    await page.fill('#asof', '2020-02-29');
    await page.click('.asofbox button');
    await page.locator('.pastband').waitFor();
    same(await page.locator('.ev', { hasText: note }).count(), 0, 'later rows');
    same(await page.locator('main form[method=post]').count(), 0, 'forms that write');
    await page.click('.pastband a');
    await page.locator('.ev', { hasText: note }).waitFor();
  });

  await check(`${language} figures as they were known`, async () => {
    await page.goto('/indicators?fy=2019&until=2020-02-29');
    await page.fill('#asof', 'R2.3.16');
    await page.click('.asofbox button');
    same(await page.locator('.tile .v a').first().innerText(), '168', 'the figure');
  });
  await page.context().close();
}

await done();
