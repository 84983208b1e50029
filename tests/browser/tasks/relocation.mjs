// A family of four moved: entered as a household with its move, confirmed with the paper of the municipality by
// another, counted by heads and as one household.
import crypto from 'node:crypto';
import { figures, person, same, told } from '../lib.mjs';

const said = {
  ja: { ref: '住民票の写し', family: [['配子', '妻', 'adult'], ['子一', '長男', 'child'], ['子二', '長女', 'child']] },
  en: { ref: 'Copy of the resident record', family: [['配子', 'Wife', 'adult'], ['子一', 'Son', 'child'], ['子二', 'Daughter', 'child']] },
};
const counted = 'R1 R2 K1 K2';

export default {
  name: 'relocation of a household',
  presses: 165,
  async act(day) {
    const head = person(151), { ref, family } = said[day.language], before = await figures(counted);
    const members = await known(head, family);
    const colleague = await day.as('co3'), page = colleague.page;
    await colleague.look(head.Kana, head.ID);
    await colleague.main();
    await colleague.go('main a[href$="/household"]');
    await colleague.main();
    await colleague.go('main form button');
    await colleague.main();
    for (const { id, relation } of members) {
      await colleague.unfold('#join'); // the page goes on there
      await colleague.write('#join-who', await colleague.numberOf(id));
      await colleague.write('#join-relation', relation);
      await colleague.go('#join button');
    }
    let way = 'Shift+Tab'; // the last of them stands above; then the page goes on at the head of the list
    for (const { id, part } of members.toReversed()) {
      const form = `#add-${await colleague.numberOf(id)}`;
      await colleague.to(`${form} > summary`, way);
      await colleague.press('Enter');
      await colleague.pick(`${form}-part`, part);
      await colleague.go(`${form} button`);
      way = 'Tab';
    }
    await colleague.unfold('#move_in');
    await colleague.pick('#move_in-from_pref', '13');
    await colleague.pick('#move_in-planned_stay', 'permanent');
    await colleague.pick('#move_in-reason', 'job_change');
    await colleague.pick('#move_in-to_lg', '312029');
    await colleague.write('#move_in-occurred_on', 'R5.10.2');
    await colleague.go('#move_in button');
    await colleague.unfold('[id^=classify-]');
    await colleague.pick('[id^=classify-][id$=-turn]', 'i');
    await colleague.go('[id^=classify-] button');
    const evidence = await page.locator('main a[href$="/confirm"]').getAttribute('href');
    same(await figures(counted), before, 'persons moved, of whom nobody saw a paper');
    const desk = await day.as('ld1');
    await desk.press('5');
    await desk.go(`#confirmations [data-row][href="${evidence}"]`);
    await desk.main();
    await desk.tick('[name=evidence_kind][value=resident_record]');
    await desk.write('#when', '今日');
    await desk.write('#evidence_ref', ref);
    await desk.pass('Control+Enter');
    same(await desk.page.locator('#waits a[href$="fy=2023&of=R1"]').count(), 1, 'the journey tells where the head is counted');
    const after = await figures(counted);
    same(after, [4, 1, 4, 1].map((n, i) => n + before[i]), 'persons, households, persons either once, cases');
    return `${counted} ${before} → ${after}`;
  },
};

// known tells of the consultation that came before the move and registers the family, and answers who they are.
async function known({ ID, Case, Name }, family) {
  await told('co3', 'case.hold_consultation', { case: Case, consultation: crypto.randomUUID(), lead_person: ID, attendee_count: 1, counsellor: '359a3f82-55cc-4dbb-818a-3e4f165e85dd', desk: 'D-TKY',
    channel: 'phone', categories: ['relocation'], advice: true, initiated_by: 'person', outcome: 'information_given', notice_version: 'notice-2019', occurred_on: '2023-09-29', occurred_time: 1100,
    started_at: 1100, ended_at: 1130, note: '転居の日が決まった。' });
  const members = [];
  for (const [given, relation, part] of family) {
    const id = crypto.randomUUID();
    await told('co3', 'person.register', { person: id, kind: 'companion', anonymous: false, age_band: part === 'adult' ? '30s' : 'u20', residence_pref: '13', language: 'ja', student: false,
      family: Name.slice(0, 2), given, search: crypto.randomUUID() });
    members.push({ id, relation, part });
  }
  return members;
}
