// A partner is asked to help and answers: what was shown is sent, the answer comes back into the journey.
import { figures, holds, lacks, same, text } from '../lib.mjs';

const said = {
  ja: { ask: '子どもが小学校に上がる前に住まいを決めたい。見学できる家を紹介してほしい。', answer: '空き家2件を案内し、1件を気に入られました。' },
  en: { ask: 'Wants a home before the child starts school. Please show some houses.', answer: 'Showed two houses; one was liked.' },
};

export default {
  name: 'referral and answer',
  presses: 90,
  async act(day) {
    const { ask, answer } = said[day.language], { name, reading } = day.met, before = await figures('F1 F2 F3');
    const desk = await day.as('co1'), page = desk.page;
    await desk.look(reading);
    await desk.press('e');
    await desk.go('a[href$="/refer"]');
    await desk.main();
    await desk.pick('#partner', partner);
    await desk.tick('[name=purpose][value=housing]');
    await desk.to('#text');
    await desk.type(ask);
    await desk.pass('Control+Enter');
    holds(await text(page, '.rf__send'), ask, 'what will be sent');
    await desk.pass('Control+Enter');
    const no = new URL(page.url()).pathname.split('/').pop();
    holds(await text(page, 'main'), name);

    const there = await day.as('pt1'), told = there.page;
    await there.main();
    await there.go(`a[href="/partner/${no}"]`);
    holds(await text(told, 'main'), ask, 'what the partner is told');
    lacks(await text(told, 'main'), reading.slice(0, 3), 'what the partner is told');
    await there.main();
    await there.unfold('#accept-referral');
    await there.go('#accept-referral button');
    await there.main();
    await there.unfold('#complete-referral');
    await there.write('#complete-referral-note', answer);
    await there.pick('#complete-referral-result', 'partly');
    await there.go('#complete-referral button');

    await desk.look(reading);
    holds(await text(page, '#timeline'), answer, 'the journey');
    const after = await figures('F1 F2 F3');
    same(after, before.map(n => n + 1), 'referrals sent, answered, completed');
    return `F1 to F3 ${before} → ${after}`;
  },
};

const partner = 'd3e45bcc-20b3-473f-85da-3e0bf7ae10c7'; // whose counter pt1 is
