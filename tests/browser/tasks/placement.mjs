// Somebody began to work: confirmed by another with the paper, and counted from then on.
import crypto from 'node:crypto';
import { figure, holds, person, same, text, told } from '../lib.mjs';

const said = { ja: { paper: '雇用契約書.pdf', ref: '雇用契約書の写し' }, en: { paper: 'contract.pdf', ref: 'Copy of the contract' } };

export default {
  name: 'placement with evidence',
  presses: 30,
  async act(day) {
    const hired = person(150), { paper, ref } = said[day.language], before = await figure('J1');
    await starts(hired);
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

// starts tells what a colleague recorded of the work: decided, and begun today.
async function starts({ ID, Case }) {
  const placement = crypto.randomUUID();
  await told('co3', 'case.decide_placement', { case: Case, placement, person: ID, route: 'self', contract: 'indefinite', workplace_pref: '31', workplace_region: 'central', industry: 'M',
    workplace_lg: '313700', start_planned_on: '2023-10-06', employer: '有限会社 みほん湯', wage: '月 21万円ほど' });
  await told('co3', 'case.start_employment', { case: Case, placement });
}
