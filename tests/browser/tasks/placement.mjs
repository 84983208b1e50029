// Somebody found work and began it: recorded, confirmed by another with the paper, and counted from then on.
import { figure, holds, person, same, text } from '../lib.mjs';

const said = {
  ja: { employer: '有限会社 みほん工房', paper: '雇用契約書.pdf', ref: '雇用契約書の写し' },
  en: { employer: 'Mihon Works Ltd', paper: 'contract.pdf', ref: 'Copy of the contract' },
};

export default {
  name: 'placement with evidence',
  presses: 90,
  async act(day) {
    const hired = person(150), { employer, paper, ref } = said[day.language], before = await figure('J1');
    const colleague = await day.as('co3');
    await colleague.look(hired.Kana, hired.ID);
    await colleague.main();
    await colleague.go('.tabs a[href$="/job"]');
    await colleague.main();
    await colleague.unfold('#self');
    await colleague.write('#self-employer', employer);
    await colleague.pick('#self-industry', 'E');
    await colleague.write('#self-start_planned_on', 'R5.10.6');
    await colleague.go('#self button');
    await colleague.unfold('[id^=start_employment-]');
    await colleague.go('[id^=start_employment-] button');
    same(await figure('J1'), before, 'persons placed, of whom nobody saw a paper');
    const desk = await day.as('ld1'), page = desk.page;
    await desk.press('5');
    await desk.go('#confirmations [data-row]');
    await desk.main();
    await desk.tick('[name=evidence_kind][value=employment_contract]');
    await desk.write('#when', '今日');
    await desk.write('#evidence_ref', ref);
    await desk.attach('#file', { name: paper, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 見本') });
    await desk.pass('Control+Enter');
    holds(await text(page, '#timeline'), paper, 'the journey');
    const after = await figure('J1');
    same(after, before + 1, 'persons placed');
    return `J1 ${before} → ${after}`;
  },
};
