// Two hands on a keyboard: every press is counted, nothing is reached but by keys.
import { at, head, silent, visit } from './lib.mjs';

const password = process.env.PASSWORD;

// far is how many presses of Tab to one control nobody should need.
const far = 45;

// What a press and a thought cost a person, in seconds: the keystroke-level model of
// Card, Moran and Newell (1980), an average typist. A Japanese letter is typed in
// romaji and converted: three presses.
const stroke = 0.28, thought = 1.35, romaji = 3;

export class Hands {
  constructor(page, language) {
    Object.assign(this, { page, language });
    page.on('filechooser', () => {}); // from now on no window of the system opens: asked for only at the press, it may come too late
    this.rest();
  }

  // rest begins to count anew.
  rest() {
    this.presses = this.letters = this.thoughts = 0;
  }

  async press(...keys) {
    for (const key of keys) {
      this.presses++;
      await this.page.keyboard.press(key);
    }
  }

  // type types letters into what has the focus.
  async type(text) {
    for (const letter of text) this.letters += letter > '\u007f' ? romaji : 1;
    this.thoughts++;
    await this.page.keyboard.type(text);
  }

  // to walks to what a selector names.
  async to(selector, key = 'Tab') {
    this.thoughts++;
    for (let i = 0; i <= far; i++) {
      if (await this.page.evaluate(s => !!document.activeElement?.matches(s), selector)) return;
      await this.press(key);
    }
    throw new Error(`${selector} is more than ${far} presses of ${key} away; the focus is at ${await at(this.page)}`);
  }

  back(selector) {
    return this.to(selector, 'Shift+Tab');
  }

  // look finds a person from wherever the hands are and opens the journey.
  async look(words, id = '') {
    await this.press('Control+k');
    await this.type(words);
    await this.pass();
    await this.go(`#hits th a[href^="/people/${id}"]`);
  }

  // numberOf reads the number of a person, which in the office stands on a letter or a slip.
  async numberOf(id) {
    return (await (await this.page.request.get(`/people/${id}`)).text()).match(/P-\d{5}/)[0];
  }

  // main skips the header by the link that stands first on every page.
  async main() {
    this.thoughts++;
    await this.press('Tab', 'Enter');
    if (!await this.page.evaluate(() => document.activeElement?.matches('#main'))) throw new Error(`the skip link did not lead to the page: ${await at(this.page)}`);
  }

  // write walks to a box and types over what it holds.
  async write(selector, text) {
    await this.to(selector);
    if (await this.page.evaluate(() => document.activeElement.value)) await this.press('Control+a');
    await this.type(text);
  }

  // tick walks to a box and ticks it; of round ones an arrow moves to the one meant.
  async tick(selector) {
    const box = this.page.locator(selector).first();
    if (await box.getAttribute('type') === 'radio') {
      const name = await box.getAttribute('name');
      await this.to(`input[type=radio][name="${name}"]`);
      if (await this.page.evaluate(s => document.activeElement.matches(s), selector)) return this.press('Space');
      for (let i = 0; i < far && !await this.page.evaluate(s => document.activeElement.matches(s), selector); i++) await this.press('ArrowRight');
      return;
    }
    await this.to(selector);
    await this.press('Space');
  }

  // pick walks to a list and moves it to a value.
  async pick(selector, value) {
    await this.to(selector);
    const [from, to] = await this.page.evaluate(v => {
      const list = document.activeElement;
      return [list.selectedIndex, [...list.options].findIndex(o => o.value === v)];
    }, value);
    if (to < 0) throw new Error(`no option ${value} in ${await at(this.page)}`);
    for (let i = Math.abs(to - from); i > 0; i--) await this.press(to > from ? 'ArrowDown' : 'ArrowUp');
  }

  // pass presses a key that leads to another page.
  async pass(key = 'Enter') {
    this.thoughts++;
    await Promise.all([this.page.waitForEvent('load'), this.press(key)]);
  }

  // until looks at the page again until what follows by itself is there.
  async until(selector) {
    for (let i = 0; i < 100 && !await this.page.locator(selector).count(); i++) {
      await this.page.waitForTimeout(200);
      await this.page.reload();
    }
  }

  // go walks to a link or a button and uses it.
  async go(selector, key = 'Tab') {
    await this.to(selector, key);
    await this.pass();
  }

  // unfold walks to the heading of a fold and opens it.
  async unfold(selector) {
    await this.to(`${selector} > summary`);
    await this.press('Enter');
  }

  // attach walks to a box for a file and opens the system's own window, whose keys
  // are not ours: the file is named to it as that window would.
  async attach(selector, file) {
    await this.to(selector);
    const [window] = await Promise.all([this.page.waitForEvent('filechooser'), this.press('Space')]);
    await window.setFiles(file);
  }

  // seconds a person takes for what was pressed since the last rest.
  get seconds() {
    return (this.presses + this.letters) * stroke + this.thoughts * thought;
  }
}

// signedIn opens a browser for somebody, who signs in by keys.
export async function signedIn(name, language) {
  const page = await visit('', { language, refusals: [403, 409, 422] });
  const hands = new Hands(page, language);
  await page.goto('/sign-in');
  await hands.write('#sign_in_name', name);
  await hands.write('#password', password);
  await hands.pass();
  if (new URL(page.url()).pathname === '/sign-in') throw new Error(`${name} is not signed in`);
  return hands;
}

// Everybody who works at one house that day, each signed in once.
export class Day {
  constructor(language) {
    this.language = language;
    this.staff = new Map();
  }

  // as answers the hands of somebody, at the first page of the role, which knows of
  // everything that the others did.
  async as(name) {
    await head();
    if (!this.staff.has(name)) {
      const hands = await signedIn(name, this.language);
      hands.rest();
      this.staff.set(name, hands);
    } else {
      await this.staff.get(name).page.goto('/');
    }
    return this.staff.get(name);
  }

  rest() {
    for (const hands of this.staff.values()) hands.rest();
  }

  // spent sums up what the hands of all did.
  get spent() {
    const all = [...this.staff.values()];
    const sum = of => all.reduce((n, hands) => n + hands[of], 0);
    return { presses: sum('presses'), letters: sum('letters'), seconds: sum('seconds') };
  }

  silent() {
    for (const hands of this.staff.values()) silent(hands.page);
  }
}
