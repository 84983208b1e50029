// A seminar from its plan to its candidates: listed, checked in at the door, one becomes a consultee.
import { figure, holds, person, same, text } from '../lib.mjs';

const said = {
  ja: { title: 'とっとり暮らしセミナー', place: '新橋館', list: ['架空 一花,かくう いちか,,いいえ', '架空 二葉,かくう ふたば,,いいえ'] },
  en: { title: 'Evening seminar on Tottori', place: 'Shinbashi', list: ['架空 三月,かくう みつき,,no', '架空 四季,かくう しき,,no'] },
};

export default {
  name: 'outreach with check-in',
  presses: 130,
  async act(day) {
    const { title, place, list } = said[day.language], before = await figure('V1'), desk = await day.as('co1'), page = desk.page, number = await desk.numberOf(person(30).ID);
    await desk.go('.nav a[href="/outreach"]');
    await desk.main();
    await desk.unfold('#schedule');
    await desk.write('#schedule-title', title);
    await desk.write('#schedule-starts_on', 'R5.10.6');
    await desk.write('#schedule-ends_on', 'R5.10.6');
    await desk.write('#schedule-place', place);
    await desk.pick('#schedule-kind', 'seminar');
    await desk.go('#schedule button');
    await desk.main();
    await desk.unfold('#paste');
    await desk.to('#list');
    await desk.type(list.join('\n'));
    await desk.go('#paste button');
    await desk.back('tbody tr:first-child [name=came][value=no]');
    await desk.pass();
    const here = new URL(page.url()).pathname;

    // A reader of codes at the door types the address of the slip that it is shown.
    const slip = await page.locator('tbody tr:nth-child(2) [name=attendee]').first().inputValue();
    await page.goto(`${here}?attendee=${slip}`);
    await desk.main();
    await desk.go('.door [name=came][value=yes]');

    await desk.main();
    await desk.unfold('#hold');
    await desk.go('#hold button');
    await desk.main();
    await desk.unfold('#count_attendance');
    await desk.write('#count_attendance-heads', '1');
    await desk.go('#count_attendance button');
    same(await figure('V1'), before + 1, 'who came');

    await desk.unfold('[id^=convert-]');
    await desk.write('[id^=convert-] [name=person]', number);
    await desk.go('[id^=convert-] button');
    holds(await text(page, 'tbody'), number, 'the list');
    return `V1 ${before} → ${before + 1}`;
  },
};
