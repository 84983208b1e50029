// A record that is closed is opened in need, for a reason and half an hour; somebody else looks at it afterwards.
import crypto from 'node:crypto';
import { holds, lacks, person, same, text, told } from '../lib.mjs';

const said = {
  ja: '本人が窓口で倒れ、救急隊に連絡先を伝えるため。',
  en: 'Collapsed at the counter; the ambulance needs whom to call.',
};

export default {
  name: 'break-glass',
  presses: 60,
  async act(day) {
    const closed = person(40), words = said[day.language];
    const desk = await day.as('co2'), page = desk.page, number = await desk.numberOf(closed.ID);
    await told('po1', 'person.restrict_use', { person: closed.ID, restriction: crypto.randomUUID(), ground: 'legal_hold', scope: ['view'] });
    await desk.press('Control+k');
    await desk.type(number);
    await desk.pass();
    lacks(await text(page, 'main'), closed.Name.slice(-2), 'the search for a closed record');
    await desk.go('#hits a[href$="/emergency"]');
    await desk.main();
    await desk.pick('#open-reason', 'safety');
    await desk.write('#open-words', words);
    await desk.go('#open button');
    await desk.look(number, closed.ID);
    holds(await text(page, 'h1'), closed.Kana.slice(0, 2), 'the opened journey');

    const officer = await day.as('po1');
    await officer.go('.nav a[href="/audit"]');
    await officer.main();
    await officer.go('main a[href="/access-log"]');
    await officer.main();
    await officer.go('main a[href="/emergencies"]');
    await officer.until('[id^=review-]');
    holds(await text(officer.page, 'main'), words, 'what is to be looked at');
    await officer.main();
    await officer.unfold('[id^=review-]');
    await officer.pick('[id^=review-] select', 'proper');
    await officer.go('[id^=review-] button');
    same(await officer.page.locator('[id^=review-]').count(), 0, 'left to be looked at');
  },
};
