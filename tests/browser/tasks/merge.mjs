// Somebody was entered twice: seen, put together with the effect shown first, and taken apart again.
import { figure, holds, same, text } from '../lib.mjs';
import { receive } from './intake.mjs';

const said = {
  ja: { name: '長谷部 汐根', note: '物件の見学の日程を相談した。', reasons: '電話と読みが同じ。本人に確かめた。', apart: '本人から別の人と申し出があった。' },
  en: { name: '長谷部 渚沙', note: 'Asked about days for a viewing.', reasons: 'Same phone and reading; asked the person.', apart: 'The person says it is somebody else.' },
};

export default {
  name: 'merge and unmerge',
  presses: 110,
  async act(day) {
    const { note, reasons, apart, name } = said[day.language], { reading } = day.met, before = await figure('P0');
    const other = await day.as('co2');
    await receive(other, { name, reading, note }, 'unclear');
    holds(await text(other.page, '#timeline'), note, 'the journey of the second record');
    const twice = await figure('P0');
    same(twice, before + 1, 'consultees with one entered twice');

    const desk = await day.as('ld1'), page = desk.page;
    await desk.until('#pairs a[href^="/duplicates/"]'); // somebody has to notice that two are alike
    await desk.press('6');
    await desk.go('#pairs a[href^="/duplicates/"]');
    const pair = new URL(page.url()).pathname;
    holds(await text(page, '.dup__acts'), '−1', 'the effect');
    await desk.main();
    await desk.to('[name=evidence]');
    await desk.press('Space');
    await desk.to('#mreasons');
    await desk.type(reasons);
    await desk.pass('Control+Enter');
    same(await figure('P0'), before, 'consultees after the merge');
    same(await page.locator('form[action$="/unmerge"]').count(), 1, `the way back at ${pair}`);
    await desk.main();
    await desk.tick('form[action$="/unmerge"] [name=reason]');
    await desk.to('#ureasons');
    await desk.type(apart);
    await desk.pass('Control+Enter');
    same(await figure('P0'), twice, 'consultees after they were taken apart');
    return `P0 ${before} → ${twice} → ${before} → ${twice}`;
  },
};
