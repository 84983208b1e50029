// What was written wrong is put right with a reason, the effect shown first; what should not stand is struck out.
import { figure, person, same, text } from '../lib.mjs';

export default {
  name: 'correction',
  presses: 75,
  async act(day) {
    const lead = person(24), before = await figure('C1');
    const desk = await day.as('co1'), page = desk.page;
    await desk.look(lead.Name, lead.ID);
    await desk.press('e');
    await desk.go('.ev:has(a[href$="/receipt"]) a.mono');
    await desk.main();
    await desk.pick('#field', 'categories');
    await desk.write('#new', day.language === 'ja' ? '移住' : 'Relocation');
    await desk.write('#reason', 'entry_error');
    await desk.pass('Control+Enter');
    const effect = await text(page, 'form[action$="/amend"] p[role=status]');
    same(await page.locator('h1 ~ p .k-yellow').count(), 0, 'corrected before it was confirmed');
    await desk.go('form[action$="/amend"] [data-primary]');
    same(await page.locator('h1 ~ p .k-yellow').count(), 1, 'the mark of a correction');
    same(await figure('C1'), before - 1, 'consultations on work');
    await desk.to('#why');
    await desk.press('ArrowDown');
    await desk.go('.dlg button');
    same(await page.locator('h1 ~ p .k-red').count(), 1, 'the mark of a void');
    await page.goBack();
    return effect;
  },
};
