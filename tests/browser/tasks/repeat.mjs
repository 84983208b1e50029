// Somebody who was here before comes again: found, written down, the next visit promised.
import { figure, holds, person, same, text } from '../lib.mjs';

const notes = { ja: '年度末に向けて家賃の目安を一緒に見た。', en: 'Compared commuting times and rents for spring.' };

export default {
  name: 'repeat consultation',
  seconds: 60,
  presses: 15,
  async act(day) {
    const lead = person(24), note = notes[day.language], before = await figure('C1');
    const desk = await day.as('co1'), page = desk.page;
    await desk.look(lead.Kana, lead.ID);
    await desk.press('e', 'Alt+2', 'Alt+j');
    await desk.type(note);
    await desk.to('#next');
    await desk.type('来週土 15時 オンライン');
    await desk.press('Control+Enter');
    await page.locator('.ev--new', { hasText: note }).waitFor();
    same(await page.evaluate(() => document.activeElement.matches('.ev--new a.mono')), true, 'focus at the new number');
    holds(await text(page, '#waits'), '15:00', 'the promise');
    const after = await figure('C1');
    same(after, before + 1, 'consultations on work');
    return `C1 ${before} → ${after}`;
  },
};
