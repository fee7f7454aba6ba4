// Runs by lenses: results at the ends of lines, the report, the choice of the session.
const SCRIPT = 'stream_binding.lua';

export async function running(window) {
  const { page } = window;
  await window.open(SCRIPT);
  await window.seen('the lens that runs the sessions', window.lens(/▶\sRun\s\d+\ssessions/));
  await (await window.seen('the lens that asks for a session', window.lens('▶ Run with …'))).click();
  // The list shows some of its rows at a time.
  const choice = page.locator('.quick-input-widget input.input').first();
  await choice.fill('made-up');
  await window.seen('a made-up session among the choices', window.row('A made-up session'));
  await choice.fill('newsletter');
  await (await window.seen('the session of a newsletter among the choices', window.row('newsletter'))).click();
  await window.seen('the report', window.tab(`${SCRIPT}.report.txt`));
  await window.seen('what became of the newsletter', window.line('== newsletter =='));
  await window.seen('the result at the end of the line', window.line(/validate_set_binding.*▸/));
  await window.command('View: Toggle Primary Side Bar Visibility');
  await window.shot('run');
  await window.command('View: Toggle Primary Side Bar Visibility');

  await window.lens(/▶\sRun\s\d+\ssessions/).first().click();
  await window.seen('the report of another session as well', window.line('== auth-failure =='));
  await window.command('View: Close All Editors');
}
