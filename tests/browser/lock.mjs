// A page that nobody uses hides itself and comes back as it was; sessions are listed and ended; a second factor by keyboard.
import { createHmac } from 'node:crypto';
import { at, check, done, follow, holds, journeyOf, lacks, same, silent, tab, text, visit } from './lib.mjs';

const password = process.env.PASSWORD;

// digits is what an authenticator app shows for a key at an instant (RFC 6238).
function digits(key, now) {
  const bits = [...key].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30000)));
  const sum = createHmac('sha1', secret).update(step).digest();
  return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// covered tells what of a place in the page can still be seen or reached.
const covered = page => page.evaluate(() => {
  const memo = document.querySelector('#memo'), r = memo.getBoundingClientRect();
  const top = document.elementFromPoint(innerWidth / 2, Math.min(innerHeight - 10, Math.max(10, r.top + 5)));
  memo.focus();
  return { inside: !!top?.closest('#lock'), focus: document.activeElement === memo };
});

for (const [language, wrong] of [['ja', 'パスワードが違います'], ['en', 'The password is wrong']]) {
  const page = await visit('', { language, refusals: [401, 422] }); // 401: two tabs lock, the second is locked already
  const note = language === 'ja' ? '入力の途中で席を立った。' : 'Called away while typing.';

  await check(`${language} a page nobody uses is hidden, in every tab`, async () => {
    await page.clock.install();
    await page.goto('/sign-in');
    await page.fill('#sign_in_name', 'co1');
    await page.fill('#password', password);
    await page.press('#password', 'Enter');
    await page.goto(journeyOf(5));
    const second = await page.context().newPage();
    await second.goto(journeyOf(6));
    await page.bringToFront();
    await page.fill('#memo', note);
    await page.clock.fastForward('00:06');
    await page.locator('#draft:not(:empty)').waitFor(); // the draft is kept before the page is locked
    await page.clock.fastForward('15:30');
    await page.locator('#lock[open]').waitFor();
    await second.locator('#lock[open]').waitFor();
    same(await covered(page), { inside: true, focus: false }, 'what is hidden');
    await page.locator('#unlock_password').focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    same(await page.locator('#lock').evaluate(d => d.open), true, 'Escape');
  });

  await check(`${language} the server has locked it too`, async () => {
    const third = await page.context().newPage();
    await third.goto(journeyOf(5));
    same(new URL(third.url()).pathname, '/unlock', 'another tab');
    lacks(await third.content(), '/consultations');
    await third.close();
  });

  await check(`${language} a wrong password opens nothing, the right one gives all back`, async () => {
    await page.bringToFront();
    await page.locator('#unlock_password').focus();
    await page.keyboard.type('not this one');
    await page.keyboard.press('Enter');
    await page.locator('#lock .err', { hasText: wrong }).waitFor();
    holds(await at(page), 'unlock_password', 'the focus');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.locator('#lock:not([open])').waitFor({ state: 'attached' });
    same(await page.inputValue('#memo'), note, 'what was typed');
    await page.check('input[value=job][name=categories]');
    await page.focus('#memo');
    await page.keyboard.press('Control+Enter');
    await page.locator('.ev--new').waitFor();
    holds(await text(page, '.ev--new'), note);
    silent(page);
  });

  await check(`${language} another session is seen and ended`, async () => {
    const other = await visit('co1', { language }), third = await visit('co1', { language });
    await page.goto('/settings');
    await tab(page, 'form[action="/settings/sessions"] button');
    const ended = page.locator('input[name=session]');
    const before = await ended.count();
    await follow(page);
    same(await ended.count(), before - 1, 'sessions');
    await tab(page, 'form[action="/settings/sessions"].mt-3 button');
    await follow(page);
    same(await ended.count(), 0, 'sessions');
    for (const gone of [other, third]) {
      await gone.goto('/people');
      same(new URL(gone.url()).pathname, '/sign-in', 'another browser');
      await gone.context().close();
    }
  });
  await page.context().close();
}

await check('a second factor by keyboard', async () => {
  const page = await visit('po1', {});
  await page.goto('/settings/factor');
  const key = new URL(await page.getAttribute('a[href^="otpauth:"]', 'href')).searchParams.get('secret');
  await tab(page, '#password');
  await page.keyboard.type(password);
  await tab(page, '#code');
  await page.keyboard.type(digits(key, Date.now() + Number(process.env.AHEAD)));
  await follow(page);
  same(await page.locator('.codes li').count(), 10, 'recovery codes');
  const recovery = await page.locator('.codes li').first().innerText();
  await page.context().close();

  const again = await visit('', {});
  await again.goto('/sign-in');
  await again.fill('#sign_in_name', 'po1');
  await again.fill('#password', password);
  await again.focus('#password');
  await follow(again);
  same(new URL(again.url()).pathname, '/sign-in/code', 'the second step');
  await tab(again, '#code');
  await again.keyboard.type(recovery);
  await follow(again);
  lacks(new URL(again.url()).pathname, '/sign-in');
  silent(again);
});

await done();
