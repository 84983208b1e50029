// Twelve whole tasks of a day's work by keyboard only, and what each costs.
import { browser, check, done } from './lib.mjs';
import { Day } from './hands.mjs';
import intake from './tasks/intake.mjs';
import repeat from './tasks/repeat.mjs';
import correction from './tasks/correction.mjs';
import referral from './tasks/referral.mjs';
import placement from './tasks/placement.mjs';
import relocation from './tasks/relocation.mjs';
import merge from './tasks/merge.mjs';
import handover from './tasks/handover.mjs';
import outreach from './tasks/outreach.mjs';
import ledger from './tasks/import.mjs';
import emergency from './tasks/emergency.mjs';
import erasure from './tasks/erasure.mjs';

const twelve = [intake, repeat, correction, referral, placement, relocation, merge, handover, outreach, ledger, emergency, erasure];

const day = new Day(process.env.TONGUE);
for (const task of twelve) {
  if (process.env.ONLY && !new RegExp(process.env.ONLY).test(task.name)) continue;
  await check(task.name, async () => {
    day.rest();
    const began = Date.now();
    const shown = await task.act(day);
    const { presses, letters, seconds } = day.spent, machine = (Date.now() - began) / 1000;
    day.silent();
    if (presses > task.presses) throw new Error(`${presses} presses to move and act, ${task.presses} allowed`);
    if (seconds > task.seconds) throw new Error(`a person takes ${seconds.toFixed(0)} s, ${task.seconds} s allowed`);
    return `${presses} presses, ${letters} for letters, ${seconds.toFixed(0)} s by hand; machine ${machine.toFixed(1)} s${shown ? `; ${shown}` : ''}`;
  });
}
await done();
