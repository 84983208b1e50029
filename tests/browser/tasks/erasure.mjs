// Somebody asks that all be erased: taken in, decided by another, the effect on every figure shown, done.
import { figure, lacks, person, same, text, told } from '../lib.mjs';

const said = {
  ja: { who: '本人', asks: '記録をすべて消してほしい。', papers: '運転免許証', why: '利用目的を終えたため。', handed: '消去の通知1通' },
  en: { who: 'The person', asks: 'Wants everything erased.', papers: 'Driving licence', why: 'The purpose is over.', handed: 'Notice of erasure' },
};

export default {
  name: 'erasure request',
  presses: 180,
  async act(day) {
    const gone = person(41), { who, asks, papers, why, handed } = said[day.language];
    const disclosure = await disclosed(gone.ID), before = await figure('C0', 'FY2019');
    const officer = await day.as('po1'), page = officer.page;
    const number = await officer.numberOf(gone.ID);
    await officer.main();
    await officer.unfold('#ask');
    await officer.pick('#ask-kind', 'suspension');
    await officer.pick('#ask-channel', 'in_person');
    await officer.write('#ask-person', number);
    await officer.write('#ask-requester', who);
    await officer.write('#ask-words', asks);
    await officer.go('#ask button');
    same(new URL(page.url()).pathname, '/rights', 'refused without the disclosure');
    await officer.pick('#ask-disclosure', disclosure);
    await officer.go('#ask button');
    const matter = new URL(page.url()).pathname;
    await officer.main();
    await officer.unfold('#check_identity');
    await officer.write('#check_identity-papers', papers);
    await officer.tick('#check_identity-person_told');
    await officer.go('#check_identity button');

    const head = await day.as('mg1');
    await head.go('.nav a[href="/closing"]');
    await head.main();
    await head.go('a[href="/rights"]');
    await head.main();
    await head.go(`a[href="${matter}"]`);
    await head.main();
    await head.unfold('#decide');
    await head.tick('#decide [name=grounds][value=beyond_purpose]');
    await head.pick('#decide-measure', 'erase');
    await head.write('#decide-reasons', why);
    await head.go('#decide button');

    await officer.go('.nav a[href="/rights"]');
    await officer.main();
    await officer.go(`a[href="${matter}"]`);
    await officer.main();
    await officer.go('a[href^="/erasures/"]');
    same(await page.locator('#figures').count(), 1, 'told that no figure changes');
    await officer.main();
    await officer.go('.danger');
    await page.locator('.course li').nth(1).waitFor();
    await page.locator('main button[type=button]').waitFor({ timeout: 60000 }); // the page looks again by itself until the certificate is whole

    await officer.go('.nav a[href="/rights"]');
    await officer.main();
    await officer.go(`a[href="${matter}"]`);
    same(await page.locator('a[href^="/erasures/"]').count(), 0, 'nothing is left to order');
    await officer.main();
    await officer.unfold('#execute');
    await officer.write('#execute-handed', handed);
    await officer.go('#execute button');

    const desk = await day.as('co1');
    await desk.press('Control+k');
    await desk.type(number);
    await desk.pass();
    lacks(await text(desk.page, '#hits'), gone.Name.slice(0, 2), 'the search');
    await desk.page.goto(`/people/${gone.ID}`);
    for (const word of [gone.Name.slice(-2), gone.Kana.slice(-2)]) lacks(await text(desk.page, 'main'), word, 'the journey');
    const after = await figure('C0', 'FY2019');
    same(after, before, 'consultations of the year before');
    return `C0 of FY2019 ${before} → ${after}`;
  },
};

// disclosed is the disclosure that comes before a request for erasure by law.
async function disclosed(id) {
  const { receipts } = await told('po1', 'rights.request', { kind: 'disclosure', person: id, channel: 'letter', requester: '本人', words: '記録の写し' });
  const stream = receipts[0].stream.replace('rights-', '');
  await told('po1', 'rights.check_identity', { stream, method: 'passport', representative: false, person_told: true, papers: '旅券' });
  await told('mg1', 'rights.decide', { stream, result: 'full', measure: 'provide' });
  await told('po1', 'rights.execute', { stream, measure: 'provide', handed: '写し1通' });
  return stream;
}
