// Every page and state for everybody: axe, no sideways scrolling, a visible focus, targets of a size, the content policy kept.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { beside, check, done, fresh, journeyOf, person, same, silent, visit } from './lib.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [1440, 1280, 1024, 768, 390, 320];

async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(values => axe.run(document, { runOnly: { type: 'tag', values } }), tags);
  return violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => `${n.html.slice(0, 160)} (${[...n.any, ...n.all, ...n.none][0]?.message ?? ''})`).join(' | ')}`);
}

// fits answers by how much a page is wider than the window, and what sticks out.
const fits = page => page.evaluate(() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return '';
  const wide = [...document.querySelectorAll('main *, header *, aside *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll, .drawing')).map(e => e.outerHTML.slice(0, 90));
  return `${over}px: ${wide.slice(0, 3).join(' | ')}`;
});

const small = page => page.$$eval('a.btn, button, input[type=checkbox], input[type=radio], summary, select, .nav a', list => list
  .filter(e => e.checkVisibility() && !e.closest('label')).map(e => [e, e.getBoundingClientRect()])
  .filter(([, r]) => r.width && (r.width < 24 || r.height < 24)).map(([e, r]) => `${r.width.toFixed(0)}x${r.height.toFixed(0)} ${e.outerHTML.slice(0, 90)}`));

// flat answers the controls that nothing but the colour of their ground shows, which
// forced colours take away: they need an edge, a line under their text, or a mark.
const flat = page => page.$$eval('a.btn, button, input:not([type=hidden]), select, textarea, .seg label, .chip', list => list.filter(e => e.checkVisibility()).filter(e => {
  const c = getComputedStyle(e), edge = x => ['Top', 'Bottom'].some(side => x[`border${side}Style`] !== 'none' && parseFloat(x[`border${side}Width`]) > 0);
  const own = edge(c) || c.textDecorationLine.includes('underline') || /^(checkbox|radio|range|file)$/.test(e.type);
  return !own && ![e.parentElement, e.parentElement?.parentElement].some(x => x && edge(getComputedStyle(x)));
}).slice(0, 3).map(e => e.outerHTML.slice(0, 120)));

const open = address => Object.assign(page => page.goto(address), { address });

async function record(page) {
  await page.goto(journeyOf(0));
  await Promise.all([page.waitForNavigation(), page.locator('.ev a.mono').first().click()]);
}

async function sheet(page) {
  await page.goto('/sheets');
  await Promise.all([page.waitForNavigation(), page.locator('main ul a').first().click()]);
}

async function faults(page) {
  await page.goto(journeyOf(1));
  await page.fill('#next', '2/30');
  await page.click('.entry [data-primary]');
  await page.locator('#conflict .errs').waitFor();
}

async function conflict(page) {
  await fresh(page, journeyOf(2));
  const other = await page.context().newPage();
  for (const [form, note] of [[other, 'となりの窓口からの一言。'], [page, '入力の途中です。']]) {
    if (form === other) await form.goto(journeyOf(2));
    await form.check('input[value=job][name=categories]');
    await form.fill('#memo', note);
    await form.click('.entry [data-primary]');
    await form.locator(form === other ? '.ev--new' : '#conflict table').first().waitFor();
  }
  await other.close();
}

// drafted is a journey that goes on from a draft, with a date that is none.
async function drafted(page) {
  await fresh(page, journeyOf(10));
  await page.fill('#memo', '下書きの文です。');
  await page.goto('/people');
  await page.goto(journeyOf(10));
  await page.locator('[form=drop_draft]').waitFor();
  await page.fill('#next', 'いつか');
  await page.press('#next', 'Tab');
  await page.locator('#np .err').waitFor();
  await page.$$eval('details', list => list.forEach(e => { e.open = true; }));
}

// corrected is a correction of a field that was corrected meanwhile.
async function corrected(page) {
  await page.goto(journeyOf(11));
  await page.locator('.ev:has(a[href$="/receipt"]) .ev__m > a.mono').last().click();
  await page.locator('#field').waitFor();
  const address = page.url(), other = await page.context().newPage();
  for (const [form, field] of [[other, 'other'], [page, 'mine']]) {
    if (form === other) await form.goto(address);
    await form.selectOption('#field', 'note');
    await form.fill('#new', `直した文 ${field} ${Date.now()}`);
    await form.fill('#reason', 'typo');
    await Promise.all([form.waitForNavigation(), form.click('form[action$="/amend"] [data-primary]')]);
    if (form === other) await Promise.all([form.waitForNavigation(), form.click('form[action$="/amend"] [data-primary]')]);
  }
  await other.close();
  await page.locator('#clash').waitFor();
}

async function found(page) {
  await page.goto('/people');
  await page.fill('#q', '山');
  await Promise.all([page.waitForNavigation(), page.press('#q', 'Enter')]);
}


// checked pastes a text into the page that checks documents.
const checked = said => async page => {
  await page.goto('/documents');
  await page.fill('#text', said);
  await Promise.all([page.waitForNavigation(), page.click('form.docf button')]);
  await page.$$eval('details', list => list.forEach(e => { e.open = true; }));
};

// verifying sends the form of verification with nothing in it.
async function verifying(page) {
  await page.goto('/verify');
  await Promise.all([page.waitForNavigation(), page.click('[data-primary]')]);
}

// opened opens every fold of a page.
const opened = address => async page => {
  await page.goto(address);
  await page.$$eval('details', list => list.forEach(e => { e.open = true; }));
};

const answered = code => async page => {
  await page.goto('/receipt');
  await page.fill('#code', code);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
};
// confirmation opens the form of a move that somebody else reported.
async function confirmation(page) {
  await page.goto('/confirmations?fy=2019');
  await page.locator('a[href$="/confirm"]').last().click();
  await page.locator('#evidence_kind').waitFor();
}

// unconfirmed sends that form with a file that is none.
async function unconfirmed(page) {
  await confirmation(page);
  await page.setInputFiles('#file', { name: 'x.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') });
  await Promise.all([page.waitForNavigation(), page.click('form[enctype] [data-primary]')]);
}

// filed gives a command through its form, with every fold of the page it leads to open.
const filed = (address, form, typed) => async page => {
  await opened(address)(page);
  for (const [name, text] of Object.entries(typed)) await page.fill(`${form} [name="${name}"]`, text);
  await Promise.all([page.waitForNavigation(), page.click(`${form} button[type=submit]`)]);
  await page.$$eval('details', list => list.forEach(e => { e.open = true; }));
};

// subscribed is a receiver that was added and could not be reached.
async function subscribed(page) {
  await filed('/webhooks', 'form[action="/webhooks"]', { url: 'https://receiver.invalid/in' })(page);
  await opened('/webhooks')(page);
  await Promise.all([page.waitForNavigation(), page.click('.tbl a[href^="/webhooks/"]')]);
  await Promise.all([page.waitForNavigation(), page.click('form:has([value=test]) button')]);
  await page.$$eval('details', list => list.forEach(e => { e.open = true; }));
}

// meeting opens the one meeting that has a list, with its forms.
const meeting = tail => async page => {
  await page.goto('/outreach?fy=2019');
  const href = await page.locator('main td a', { hasText: '首都圏学生交流会' }).first().getAttribute('href');
  await opened(href + tail)(page);
};

async function employer(page) {
  await page.goto('/employers');
  await opened(await page.locator('section[aria-labelledby=eh] th a').first().getAttribute('href'))(page);
}

async function university(page) {
  await page.goto('/universities');
  await opened(await page.locator('main th a').first().getAttribute('href'))(page);
}

async function sampled(page) {
  await filed('/audits/2019', '#open', { scope: '相談件数と証拠書類' })(page);
  const audit = new URL(page.url()).pathname;
  await filed(audit, '#draw', { random_seed: '7', size: '12' })(page);
  await filed(audit, '#request', { item: '1', text: '証拠書類の一覧' })(page);
}

// entered opens an entry of a week with all that may be done with it.
async function entered(page) {
  await page.goto('/calendar?day=2020-02-03&desk=all');
  await Promise.all([page.waitForNavigation(), page.click('.wk__d:nth-child(5) [data-row]')]);
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
}

// fed makes the address of a feed.
async function fed(page) {
  await page.goto('/calendar/feed');
  await Promise.all([page.waitForNavigation(), page.click('main form button')]);
}

// helped opens the help beside a page by its key.
async function helped(page) {
  await page.goto('/today');
  await page.locator('h1').click();
  await page.keyboard.press('?');
  await page.locator('dialog.helpbox[open]').waitFor();
}

// locked leaves a page locked.
async function locked(page) {
  await page.goto('/settings');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/lock"] button')]);
}

// writer opens the first writer of the LINE inbox whom nobody knows.
async function writer(page) {
  await page.goto('/line');
  await Promise.all([page.waitForNavigation(), page.locator('a[href^="/line/"]').first().click()]);
}

async function unlinked(page) {
  await writer(page);
  await page.fill('#person', 'P-99999');
  await page.focus('#person');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  same(await page.inputValue('#person'), 'P-99999', 'what was typed');
}

// answered by LINE: somebody new is registered and gets an answer, by keys alone.
async function thread(page) {
  await writer(page);
  await page.selectOption('#residence_pref', '13');
  await page.focus('#aims input[value=relocation]');
  await page.keyboard.press('Space');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.focus('#text');
  await page.keyboard.type('3社をご案内できます。');
  await page.focus('#categories input[value=housing]');
  await page.keyboard.press('Space');
  await page.focus('#text');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
  await page.waitForSelector('.lmsg--out');
}

const scenes = [
  ['LINE inbox', 'co1', open('/line')],
  ['LINE writer', 'co1', writer],
  ['LINE writer not linked', 'co1', unlinked],
  ['LINE thread', 'co1', thread],
  ['LINE on the day', 'ld1', open('/today')],
  ['LINE connection', 'ad1', open('/line-state')],
  ['connection that is off', 'ad1', open('/line-state')],
  ['webhooks', 'ad1', open('/webhooks')],
  ['webhook refused', 'ad1', filed('/webhooks', 'form[action="/webhooks"]', { url: 'http://10.0.0.5/', types: 'account.opened' })],
  ['webhook', 'ad1', subscribed],
  ['sign-in', '', open('/sign-in')],
  ['sign-in settings', 'ro1', open('/settings')],
  ['sign-in factor', 'ro1', open('/settings/factor')],
  ['sign-in password refused', 'ro1', filed('/settings', 'form[action="/settings/password"]', { password: 'x', new_password: 'y' })],
  ['sign-in locked', 'ro1', locked],
  ['help', 'co1', open('/help/journey')],
  ['help beside a page', 'co1', helped],
  ['every help', '', open('/help')],
  ['today', 'co1', open('/today')],
  ['today as it was', 'ld1', open('/today?asof=2020-01-28')],
  ['calendar', 'co1', open('/calendar?day=2020-02-03&desk=all')],
  ['calendar entry', 'co1', entered],
  ['calendar as it was', 'ld1', open('/calendar?day=2020-02-03&asof=2020-02-03')],
  ['calendar refused', 'co1', filed('/calendar', '#new-make_booking', { who: 'P-99999', slot_on: '2/30', slot_time: '25:99' })],
  ['calendar feed', 'co1', fed],
  ['household', 'co1', opened('/households/525')],
  ['household without names', 'au1', open('/households/525')],
  ['new household', 'co1', open(`${journeyOf(0)}/household`)],
  ['hand-over', 'ld1', open('/handover')],
  ['meetings', 'ld1', opened('/outreach')],
  ['meeting', 'co1', meeting('')],
  ['slips', 'co1', meeting('/slips')],
  ['universities', 'ld1', opened('/universities')],
  ['university', 'ld1', university],
  ['employers', 'co1', opened('/employers')],
  ['employers none', 'au1', open('/employers?st=ended')],
  ['employer', 'co1', employer],
  ['employer refused', 'co1', filed('/employers', '#register', { name: '', proprietor: 'x' })],
  ['register of vacancies', 'co1', open('/employers/books?fy=2019')],
  ['register of job-seekers', 'ld1', open('/employers/books?fy=2019&book=seekers')],
  ['way to work', 'co1', opened(`${journeyOf(0)}/job`)],
  ['certificates', 'ld1', opened(`${journeyOf(0)}/certificates`)],
  ['import', 'co1', open('/imports')],
  ['export of ledgers', 'co1', open('/exports')],
  ['export of ledgers refused', 'co1', filed('/exports', 'form.exportform', { known: '2/30' })],
  ['referrals', 'co1', opened('/referrals')],
  ['referrals as they were', 'ld1', open('/referrals?desk=all&asof=2020-01-28')],
  ['refer', 'co1', opened(`${journeyOf(0)}/refer`)],
  ['duplicates', 'ld1', opened('/duplicates')],
  ['reason to open', 'co1', open('/people/8a1bbb28-5d12-4bae-ab06-32fc450edbac/reason')],
  ['emergency', 'co1', open(`${journeyOf(0)}/emergency`)],
  ['a past day', 'co1', open('/today?asof=2020-01-28')],
  ['hand-over', 'ld1', open('/handover')],
  ['people', 'co1', open('/people')],
  ['people found', 'co1', found],
  ['new person', 'co1', open('/intake')],
  ['journey', 'co1', open(journeyOf(0))],
  ['journey past', 'co1', open(`${journeyOf(0)}?asof=2020-02-29`)],
  ['record', 'co1', record],
  ['form with errors', 'co1', faults],
  ['conflict', 'co1', conflict],
  ['journey with a draft', 'co1', drafted],
  ['two corrections', 'co1', corrected],
  ['journey without names', 'au1', open(journeyOf(0))],
  ['history', 'au1', open('/audit')],
  ['indicators now', 'an1', open('/indicators?fy=2019&cmp=2018&of=C1')],
  ['indicators past', 'an1', open('/indicators?fy=2019&cmp=2018&asof=2020-03-16&until=2020-02-29&of=K1')],
  ['indicators empty', 'an1', open('/indicators?fy=2011')],
  ['export', 'an1', open('/indicators/export?fy=2019&asof=2020-03-16')],
  ['survey', 'an1', open('/survey?fy=2019')],
  ['unreadable date', 'an1', open('/indicators?fy=2019&asof=2020-02-31')],
  ['differences', 'an1', opened('/differences?of=P0&fy=2019&until=2020-02-29&known=2020-03-16&to_until=')],
  ['differences not asked', 'au1', open('/differences')],
  ['ledger', 'au1', open('/ledger')],
  ['ledger filtered', 'mg1', open('/ledger?st=preliminary&fy=2019')],
  ['published figure', 'an1', open('/figures/F-0012')],
  ['source only', 'au1', open('/figures/F-0002')],
  ['proposal', 'an1', open('/ledger/new?of=K1&fy=2019&known=2020-06-14')],
  ['proposal unreadable', 'an1', open('/ledger/new?known=2020-02-31')],
  ['verify', 'au1', opened('/verify')],
  ['verify nothing', 'an1', verifying],
  ['verify gone', 'mg1', open('/verify?check=0')],
  ['documents', 'au1', open('/documents')],
  ['documents checked', 'au1', checked('令和元年度：就業相談 168（前年度 23）、169件、移住相談 190件、2月末現在。関係人口 40人 電話 03-0000-0000')],
  ['documents not given', 'mg1', checked('')],
  ['differences unreadable', 'an1', open('/differences?known=2020-02-31')],
  ['definitions', 'an1', open('/definitions')],
  ['definition', 'au1', open('/definitions/K1')],
  ['definition edited', 'an1', open('/definitions/K1/new')],
  ['definition tried', 'an1', open('/definitions/C1/new?scope=D-TKY&base=tot-2019.1&definition_version=c1-phone&unit=sessions&basis=gross&channels=phone&same_day_rule=on&overrides=honoured&categories=job&categories=student&text=x&official_from=2019-04-01')],
  ['definition unsound', 'an1', open('/definitions/C1/new?scope=D-TKY&base=tot-2019.1&definition_version=c1-phone&unit=sessions&basis=gross&channels=phone&same_day_rule=on&overrides=honoured&categories=job&categories=student&text=x&official_from=2019-02-31')],
  ['definition version', 'mg1', open('/definitions/K1/versions/oka-trial-1')],
  ['sheets', 'an1', open('/sheets')],
  ['sheet', 'an1', sheet],
  ['status', 'an1', open('/status')],
  ['closing', 'an1', open('/closing/2019')],
  ['after close', 'au1', open('/after-close?fy=2019')],
  ['monitors', 'au1', open('/monitors')],
  ['monitors of a year', 'ld1', open('/monitors?fy=2018')],
  ['awaiting confirmation', 'co1', open('/confirmations?fy=2019')],
  ['confirmation', 'ld1', confirmation],
  ['confirmation with errors', 'ld1', unconfirmed],
  ['unknown words', 'an1', open('/ledger?st=zz&fy=zz')],
  ['sheet written', 'an1', open('/sheets/2019/TKO/edit')],
  ['sheet begun', 'an1', open('/sheets/new')],
  ['sheet editions', 'an1', open('/sheets/2019/TKO/editions?left=1&right=2')],
  ['audits', 'au1', opened('/audits/2019')],
  ['every counted record', 'an1', open('/indicators?of=C2&all=1')],
  ['near misses of a clause', 'an1', open('/indicators?of=C2&miss=category')],
  ['figure with differences', 'an1', open('/figures/F-0004')],
  ['status in full', 'ad1', open('/status')],
  ['receipt', 'co1', open('/records/1207/receipt?name=1')],
  ['receipt asked', '', answered('WEJZ9-B2KC9-F6DN5-R7MCF')],
  ['receipt mistyped', '', answered('WEJZ9-B2KC9-F6DN5-R7MC1')],
  ['audit with a sample', 'au1', sampled],
  ['rights', 'po1', opened('/rights')],
  ['rights refused', 'po1', filed('/rights', '#ask', { person: 'P-99999', requester: '本人', words: '写しがほしい。', occurred_on: '2/30' })],
  ['disclosure request', 'po1', filed('/rights', '#ask', { person: 'P-00001', requester: '本人', words: '写しがほしい。' })],
  ['breach', 'po1', filed('/rights', '#breach', { account_of_it: '紹介先へ別の人の票を送った。', persons_estimate: '2' })],
  ['volumes', 'ro1', opened('/volumes')],
  ['volume', 'ro1', filed('/volumes', '#open', { fy: '2019' })],
  ['file register', 'po1', open('/volumes/register')],
  ['erasures', 'po1', open('/erasures')],
  ['erasure', 'po1', open(`/erasures/${person(0).ID}`)],
  ['access log', 'po1', open('/access-log')],
  ['access log unreadable', 'po1', open('/access-log?from=2020-02-31&person=P-99999')],
  ['own access log', 'au1', open('/access-log')],
  ['who looked', 'co1', open(`${journeyOf(0)}/seen`)],
  ['record without a person', 'an1', open('/records/3310')],
  ['year not begun', 'an1', open('/closing/2020')],
  ['refused', 'an1', open('/people')],
  ['missing', 'an1', open('/records/99999999')],
];

// ONLY=words tries the scenes of that name alone, for who works on one page; TONGUE
// one language. What hangs on no language comes with Japanese.
const tongues = process.env.TONGUE ? [process.env.TONGUE] : ['ja', 'en'];
const refusals = [403, 404, 409, 422];
for (const language of tongues) {
  const visitors = {}; // one for all scenes of a name, but where signing in is the matter
  for (const [name, who, reach] of scenes) {
    if (name.startsWith('LINE') !== Boolean(process.env.LINE)) continue; // for a desk that has an account
    if (process.env.ONLY && !new RegExp(process.env.ONLY).test(name)) continue;
    await check(`${language} ${name}`, async () => {
      const own = !who || name.startsWith('sign-in');
      const page = own ? await visit(who, { language, refusals }) : await beside(visitors[who] ??= await visit(who, { language, refusals }), { refusals });
      try {
        await reach(page);
        const wrong = [];
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          const over = await fits(page);
          if (over) wrong.push(`${width} px wide, too wide by ${over}`);
        }
        silent(page);
        for (const width of [language === 'ja' ? 1440 : 320]) { // every page at both
          await page.setViewportSize({ width, height: 900 });
          wrong.push(...(await violations(page)).map(v => `${width}: ${v}`));
          wrong.push(...(await small(page)).map(v => `${width}: under 24 px: ${v}`));
        }
        if (language === 'en') { // what hangs on colours hangs on no language
          await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
          wrong.push(...(await flat(page)).map(v => `forced colours: ${v}`));
        }
        if (wrong.length) throw new Error(wrong.join('\n'));
      } finally {
        await (own ? page.context() : page).close();
      }
    });
  }
  for (const page of Object.values(visitors)) await page.context().close();
}

const once = tongues.includes('ja') && !process.env.LINE ? check : () => {};

// Every page of an address opens without script, has its heading and its ways to go on,
// and fits. One visitor each walks all pages that are theirs.
await (tongues.includes('en') && !process.env.LINE ? check : () => {})('every page without script', async () => {
  const visitors = {}, wrong = [];
  let seen = 0;
  for (const [name, who, { address }] of scenes) {
    if (!address || process.env.ONLY && !new RegExp(process.env.ONLY).test(name)) continue;
    const page = visitors[who] ??= await visit(who, { language: 'en', javaScriptEnabled: false, refusals: [403, 404, 409, 422] });
    await page.goto(address);
    seen++;
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const over = await fits(page);
      if (over) wrong.push(`${name}: ${width} px wide, too wide by ${over}`);
    }
    if (await page.locator('h1:visible').count() !== 1) wrong.push(`${name}: no heading, or several`);
    const dead = await page.$$eval('form', list => list.filter(f => f.checkVisibility() && ![...f.elements].some(e => /^(submit|image)$/.test(e.type) && e.checkVisibility())).map(f => f.outerHTML.slice(0, 120)));
    wrong.push(...dead.map(f => `${name}: nothing sends ${f}`));
  }
  for (const page of Object.values(visitors)) await page.context().close();
  if (wrong.length) throw new Error(wrong.join('\n'));
  return `${seen} pages`;
});
await once('text of twice the size fits', async () => {
  const page = await visit('co1'), wrong = [];
  for (const address of [journeyOf(0), '/today', '/people', '/indicators?fy=2019']) {
    await page.goto(address);
    const session = await page.context().newCDPSession(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.evaluate(() => document.documentElement.setAttribute('data-probe', '1'));
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    const over = await fits(page);
    if (over) wrong.push(`${address}: ${over}`);
  }
  await page.context().close();
  same(wrong, [], 'pages too wide');
});

// Every stop shows itself and its ring, comes after the one before in the order of
// reading, and the walk ends.
for (const [name, who, address] of [['journey', 'co1', journeyOf(0)], ['indicators', 'an1', '/indicators?fy=2019&of=C1'], ['people', 'co1', '/people'], ['today', 'co1', '/today'],
  ['referrals', 'ld1', '/referrals'], ['exports', 'co1', '/exports'], ['settings', 'co1', '/settings'], ['definition edited', 'an1', '/definitions/K1/new'], ['audits', 'au1', '/audits/2019']]) {
  await once(`a walk with Tab over ${name}`, async () => {
    const page = await visit(who);
    await page.goto(address);
    const stops = await page.$$eval('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]', list => list.filter(e => e.checkVisibility()).length);
    let seen = 0;
    const blind = [];
    for (; seen <= stops + 5; seen++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        const ring = [e, e.parentElement, e.closest('.find'), e.closest('label')].filter(Boolean).map(x => getComputedStyle(x)).some(c => c.outlineStyle !== 'none' && parseFloat(c.outlineWidth) >= 2);
        const r = (e.matches('input') && e.closest('label') || e).getBoundingClientRect();
        const before = window.stopBefore;
        window.stopBefore = e;
        if (e.tabIndex > 0 || before && !(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) return { ok: false, text: `out of order: ${e.outerHTML.slice(0, 100)}` };
        return { ok: ring && r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight, text: e.outerHTML.slice(0, 100) };
      });
      if (!stop) break;
      if (!stop.ok) blind.push(stop.text);
    }
    await page.context().close();
    same(blind, [], 'stops that cannot be seen');
    if (seen > stops) throw new Error(`the walk did not end: ${seen} of ${stops}`);
    return `${seen} stops`;
  });
}

await once('the content policy is sent with every page and forbids inline script', async () => {
  const page = await visit('co1', { refusals: [404] });
  for (const address of ['/sign-in', '/today', '/people', journeyOf(0), '/indicators', '/sheets', '/nothing-here']) {
    const policy = (await page.goto(address)).headers()['content-security-policy'] ?? '';
    if (!policy.includes("default-src 'none'") || !policy.includes("script-src 'self'") || policy.includes('unsafe')) throw new Error(`${address}: ${policy}`);
    same(await page.locator('[style], [onclick], script:not([src]), style').count(), 0, `inline style or script on ${address}`);
  }
  silent(page);
  await page.evaluate(() => { const s = document.createElement('script'); s.textContent = 'document.title = "broken in"'; document.body.append(s); });
  if (await page.title() === 'broken in') throw new Error('an inline script ran');
  await page.context().close();
});

await once('nothing is left in the browser\'s own storage', async () => {
  const page = await visit('co1');
  await page.goto(journeyOf(0));
  await page.fill('#memo', '途中の文');
  await page.waitForTimeout(500);
  same(await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length]), [0, 0, 0, 0], 'stored');
  same(await page.evaluate(() => document.cookie.includes('ayumi')), false, 'the session in reach of script');
  await page.context().close();
});

await done();
