// A ledger kept in Excel is read, mended where it is wrong, taken in, and taken back as a whole.
import { figure, holds, same, text } from '../lib.mjs';

export default {
  name: 'import with errors and undo',
  presses: 110,
  async act(day) {
    const before = await figure('C0'), desk = await day.as('co1'), page = desk.page;
    await open(desk);
    await desk.attach('#file', process.env.LEDGER);
    await desk.go('main [data-primary]');
    same(await page.locator('#rows .err').count(), 2, 'cells that cannot be read');
    await desk.main();
    await desk.write('#notice_version', 'n1');
    await desk.pass();
    await desk.main();
    await desk.pick('[name="code:4.channel"]', 'other');
    await desk.write('[name="cell:6.held_on"]', 'R5.10.4');
    await desk.go('#rows button');
    same(await page.locator('#rows .err').count(), 0, 'cells left that cannot be read');
    await desk.main();
    await desk.go('form[action$="/start"] button');
    await desk.until('form[action$="/undo"]');
    same(await figure('C0'), before + 4, 'consultations taken in');
    await desk.look('くわな ちょういち');
    holds(await text(page, '#timeline'), '家探し', 'the journey');

    await open(desk);
    await desk.go('.impl a');
    await desk.main();
    await desk.tick('#sure');
    await desk.go('form[action$="/undo"] button');
    await desk.until('main:not(:has(form[action$="/undo"], progress))');
    same(await figure('C0'), before, 'consultations after the batch was taken back');
    return `C0 ${before} → ${before + 4} → ${before}`;
  },
};

// open goes to the ledgers of the account.
async function open(desk) {
  await desk.go('.nav a[href="/people"]');
  await desk.main();
  await desk.go('main a[href="/imports"]');
  await desk.main();
}
