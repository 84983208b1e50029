// A family of four moved: confirmed with the paper of the municipality, counted by heads and as one household.
import crypto from 'node:crypto';
import { figures, person, same, told } from '../lib.mjs';

const said = { ja: '住民票の写し', en: 'Copy of the resident record' };
const counted = 'R1 R2 K1 K2';

export default {
  name: 'relocation of a household',
  presses: 30,
  async act(day) {
    const head = person(151), ref = said[day.language], before = await figures(counted);
    const number = await moves(head);
    same(await figures(counted), before, 'persons moved, of whom nobody saw a paper');
    const desk = await day.as('ld1'), page = desk.page;
    await desk.press('5');
    await desk.go(`#confirmations [data-row][href="/records/${number}/confirm"]`);
    await desk.main();
    await desk.tick('[name=evidence_kind][value=resident_record]');
    await desk.write('#when', '今日');
    await desk.write('#evidence_ref', ref);
    await desk.pass('Control+Enter');
    same(await page.locator('#waits a[href$="fy=2023&of=R1"]').count(), 1, 'the journey tells where the head is counted');
    const after = await figures(counted);
    same(after, [4, 1, 4, 1].map((n, i) => n + before[i]), 'persons, households, persons either once, cases');
    return `${counted} ${before} → ${after}`;
  },
};

// moves tells what a colleague recorded of the move, and answers its number.
async function moves({ ID, Case, Name }) {
  const household = crypto.randomUUID(), relocation = crypto.randomUUID(), movers = [ID];
  await told('co3', 'case.hold_consultation', { case: Case, consultation: crypto.randomUUID(), lead_person: ID, attendee_count: 1, counsellor: '359a3f82-55cc-4dbb-818a-3e4f165e85dd', desk: 'D-TKY',
    channel: 'phone', categories: ['relocation'], advice: true, initiated_by: 'person', outcome: 'information_given', notice_version: 'notice-2019', occurred_on: '2023-09-29', occurred_time: 1100,
    started_at: 1100, ended_at: 1130, note: '転居の日が決まった。' });
  await told('co3', 'person.join_household', { person: ID, household, relation: '世帯主' });
  for (const [given, age_band, part] of [['配子', '30s', 'adult'], ['子一', 'u20', 'child'], ['子二', 'u20', 'child']]) {
    const member = crypto.randomUUID();
    movers.push(member);
    await told('co3', 'person.register', { person: member, kind: 'companion', anonymous: false, age_band, residence_pref: '13', language: 'ja', student: false, family: Name.slice(0, 2), given, search: crypto.randomUUID() });
    await told('co3', 'person.join_household', { person: member, household, relation: part });
    await told('co3', 'case.add_member', { case: Case, person: member, part });
  }
  const each = text => Object.fromEntries(movers.map(id => [id, text]));
  await told('co3', 'case.plan_relocation', { case: Case, relocation, planned_on: '2023-10-02', to_region: 'west', municipality: '米子市' });
  const { receipts } = await told('co3', 'case.move_in', { case: Case, relocation, movers, head: ID, household, from_pref: '13', to_lg: '312029', register: true, reason: 'job_change', planned_stay: 'permanent',
    occurred_on: '2023-10-02', old_address: each('東京都八王子市かり町'), new_address: each('鳥取県米子市みほん町') });
  await told('co3', 'case.classify_relocation', { case: Case, relocation, counts: true, decision: false, grandchild: false, has_predecessor: 'unknown', head_age_band: '30s', household_size: 4,
    planned_stay: 'permanent', reason: 'job_change', rule_version: 'tot-cls-1', turn: 'i', why: '本人の申告と書面による。' });
  const moved = receipts.find(r => r.types.includes('case.moved_in'));
  return moved.position - (moved.types.length - 1 - moved.types.indexOf('case.moved_in'));
}
