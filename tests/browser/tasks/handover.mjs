// All cases of one go to another at once, each with a word; who takes them says so.
import { holds, same, text } from '../lib.mjs';

const said = { ja: '来月の見学の日程だけ、確認をお願いします。', en: 'Please confirm the viewing days of next month.' };

export default {
  name: 'hand-over',
  presses: 35,
  async act(day) {
    const word = said[day.language], desk = await day.as('co4'), page = desk.page;
    await desk.press('7');
    await desk.go('#notes a[href="/handover"]');
    const cases = await page.locator('[name=case]:checked').count();
    if (!cases) throw new Error('no case to hand over');
    await desk.main();
    await desk.pick('#to', '0bd80944-1c5b-42d4-9a22-178251e53792'); // co1
    await desk.pick('#reason', 'workload');
    await desk.to('#common');
    await desk.type(word);
    await desk.pass('Control+Enter');
    same(await page.locator('[name=case]').count(), 0, 'cases left with who gave them');

    const taker = await day.as('co1'), waiting = taker.page.locator('#notes li:has(button)');
    same(await waiting.count(), cases, 'hand-overs to acknowledge');
    holds(await text(taker.page, '#notes'), word);
    for (let left = cases; left > 0; left--) {
      await taker.press('7', 'j');
      await taker.pass();
      same(await waiting.count(), left - 1, 'hand-overs left');
    }
    await taker.press('7');
    await taker.go('#notes a[href="/handover"]');
    return `${cases} cases`;
  },
};
