// What the tests share: documents of the folder, places in them, and waiting for what the server says.
const assert = require('node:assert');
const fs = require('node:fs');
const vscode = require('vscode');

const root = () => vscode.workspace.workspaceFolders[0].uri;

exports.extension = () => vscode.extensions.getExtension('momentum-lua.momentum-lua');

/** The processes of the language server that this extension host started. */
exports.servers = () =>
  fs.readdirSync('/proc').filter((pid) => {
    try {
      const parent = /^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      const [program, command] = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return Number(parent) === process.pid && program.endsWith('/momentum-lua') && command === 'lsp';
    } catch {
      // No process, or one that has just ended.
      return false;
    }
  });

/** The tests that the editor knows, by their ids, as they come and go. */
exports.observeTests = () => {
  const tests = new Map();
  const observer = vscode.tests.createTestObserver();
  observer.onDidChangeTest(({ added, updated, removed }) => {
    for (const test of [...added, ...updated]) {
      tests.set(test.id, test);
    }
    for (const test of removed) {
      tests.delete(test.id);
    }
  });
  return { tests, dispose: () => observer.dispose() };
};

/** The labels of all tabs. */
exports.tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));

/** A file of the folder. */
exports.uri = (path) => vscode.Uri.joinPath(root(), path);

/** Opens and shows a file of the folder. */
exports.open = async (path) => {
  const document = await vscode.workspace.openTextDocument(exports.uri(path));
  await vscode.window.showTextDocument(document);
  return document;
};

/** A new file in the folder, shown. */
exports.write = async (path, text) => {
  await vscode.workspace.fs.writeFile(exports.uri(path), Buffer.from(text));
  return exports.open(path);
};

/** The place of `after`, `offset` characters into the text that is looked for. */
exports.at = (document, text, offset = 0) => {
  const start = document.getText().indexOf(text);
  assert.notStrictEqual(start, -1, `no ${text} in ${document.fileName}`);
  return document.positionAt(start + offset);
};

/** Asks until the answer is there. */
exports.eventually = async (what, ask) => {
  const within = Number(process.env.PATIENCE) * 1000;
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    assert.ok(Date.now() < end, `${what}: not within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** The findings of a document, once one has the code. */
exports.findings = (document, code) =>
  exports.eventually(`the finding ${code}`, () => {
    const all = vscode.languages.getDiagnostics(document.uri);
    return all.some((finding) => codeOf(finding) === code) ? all : undefined;
  });

const codeOf = (finding) => (typeof finding.code === 'object' ? finding.code.value : finding.code);
exports.codeOf = codeOf;

/** All text of a hover. */
exports.hover = async (document, position) => {
  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap((hover) => hover.contents.map((content) => content.value ?? content)).join('\n');
};
