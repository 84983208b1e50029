// Somebody new comes in: looked for first, told the purpose, entered with the first consultation.
import { figures, holds, same, text } from '../lib.mjs';

const said = {
  ja: { name: '長谷部 汐音', reading: 'はせべ しおね', note: '来春の移住を考え始めた。家賃と保育園の様子を聞かれ、資料を渡した。' },
  en: { name: '長谷部 凪沙', reading: 'はせべ なぎさ', note: 'Thinks of moving next spring. Asked about rents and nursery places; leaflets given.' },
};

const phone = '080-5550-2143';

// receive takes somebody in who is not on record, from the search to the first
// consultation; apart answers for who is like somebody on record.
export async function receive(desk, { name, reading, note }, apart) {
  await desk.pass('n');
  await desk.type(name);
  await desk.pass();
  same(await desk.page.inputValue('#name'), name, 'the name goes on into the form');
  await desk.tick('[name=method][value=paper]');
  await desk.tick('[name=consents][value=partner_sharing]');
  await desk.write('#reading', reading);
  await desk.write('#born', 'H3.4.15');
  await desk.pick('#residence_pref', '13');
  await desk.write('#phone', phone);
  await desk.press('Alt+1', 'Alt+i');
  await desk.to('#memo');
  await desk.type(note);
  await desk.pass('Control+Enter');
  if (!apart) return;
  same(await desk.page.evaluate(() => document.activeElement.id), 'errors', 'the focus where it is told who is alike');
  await desk.press('Tab');
  await desk.press('Enter'); // to what is asked
  await desk.tick(`[name^="apart-"][value=${apart}]`);
  await desk.pass('Control+Enter');
}

export default {
  name: 'intake',
  seconds: 180,
  presses: 60,
  async act(day) {
    const { name, reading, note } = said[day.language];
    const before = await figures('C2 P1');
    const desk = await day.as('co1'), page = desk.page;
    await receive(desk, said[day.language]);
    holds(await text(page, 'h1'), reading);
    holds(await text(page, '#timeline'), note);
    await desk.press('Control+k');
    await desk.type(reading.slice(0, 3) + ' ' + reading.slice(4));
    await desk.pass();
    holds(await text(page, 'main'), name, 'the search');
    const after = await figures('C2 P1');
    same(after, before.map(n => n + 1), 'consultations on moving, new consultees');
    day.met = { name, reading };
    return `C2 ${before[0]} → ${after[0]}, P1 ${before[1]} → ${after[1]}`;
  },
};
