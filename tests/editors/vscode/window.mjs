// The window of a workbench, with what a person does in it and sees of it.
import path from 'node:path';

const PATIENCE = Number(process.env.PATIENCE) * 1000;

export class Window {
  /** What is waited for, in the words of the test. */
  expected;

  constructor(page, folder, out) {
    Object.assign(this, { page, folder, out });
    page.setDefaultTimeout(PATIENCE);
  }

  /** Waits until something is seen, and gives it. */
  async seen(what, locator, state = 'visible') {
    this.expected = what;
    await locator.first().waitFor({ state, timeout: PATIENCE });
    console.log(`ok ${what}`);
    return locator.first();
  }

  /** Waits until something is so that the window does not show, and gives the answer. */
  async until(what, ask) {
    this.expected = what;
    const end = Date.now() + PATIENCE;
    for (;;) {
      const answer = await ask();
      if (answer) {
        console.log(`ok ${what}`);
        return answer;
      }
      if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE / 1000} s`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Opens the box by a key and fills it. It closes at once when something else takes the focus meanwhile: then again. */
  async ask(key, text) {
    const box = this.page.locator('.quick-input-widget input.input').first();
    const end = Date.now() + PATIENCE;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        await box.fill(text, { timeout: 4000 });
        return;
      } catch (problem) {
        if (Date.now() > end) throw problem;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Executes a command by its title in the palette. */
  async command(title) {
    this.expected = `the command ${title}`;
    await this.ask('F1', `>${title}`);
    await this.row(title).first().click({ timeout: PATIENCE });
  }

  /** Opens a file of the folder by its name. */
  async open(name) {
    this.expected = `the file ${name}`;
    await this.ask('Control+p', name);
    await this.row(name).first().click({ timeout: PATIENCE });
    await this.tab(name).first().waitFor({ timeout: PATIENCE });
  }

  /** Rows of a list that stands at the top: commands, files, choices. */
  row(text) {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: words(text) });
  }

  tab(text) {
    return this.page.locator('.tab', { hasText: words(text) });
  }

  /** Lines of the editors that hold a text. */
  line(text) {
    return this.page.locator('.monaco-editor .view-line', { hasText: words(text) });
  }

  lens(text) {
    return this.page.locator('.codelens-decoration a', { hasText: words(text) });
  }

  status(text) {
    return this.page.locator('.statusbar-item', { hasText: words(text) });
  }

  notice(text) {
    return this.page.locator('.notification-list-item', { hasText: words(text) });
  }

  /** What the window tells at the moment, for the report of a failure. */
  async notices() {
    const all = await this.page.locator('.notification-list-item-message').allInnerTexts().catch(() => []);
    return all.map((text) => `it says: ${text}`).join('\n');
  }

  /** Takes away what covers the editor: notices, lists. */
  async clear() {
    await this.page.keyboard.press('Escape');
    await this.command('Notifications: Clear All Notifications');
  }

  /** Filters the rows of the panel, whichever of its views is open. */
  async filter(text) {
    await this.page.locator('.viewpane-filter input').first().fill(text);
  }

  /** Leaves nothing open. */
  async empty() {
    await this.page.keyboard.press('Escape');
    await this.command('View: Close All Editors').catch(() => undefined);
    await this.clear().catch(() => undefined);
  }

  /** Takes a picture, and gives its path. */
  async shot(name) {
    const file = path.join(this.out, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}

/** A text as a pattern: the editor writes spaces as such that do not break. */
function words(text) {
  return text instanceof RegExp ? text : new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s'));
}
