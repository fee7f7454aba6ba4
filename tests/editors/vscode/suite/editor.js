// What the tests share: documents of the policy tree, places in them, and waiting for what the server says.
const assert = require('node:assert');
const vscode = require('vscode');

const root = () => vscode.workspace.workspaceFolders[0].uri;

/** A file of the policy tree. */
exports.uri = (path) => vscode.Uri.joinPath(root(), path);

/** Opens and shows a file of the policy tree. */
exports.open = async (path) => {
  const document = await vscode.workspace.openTextDocument(exports.uri(path));
  await vscode.window.showTextDocument(document);
  return document;
};

/** A new script in the policy tree. */
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
exports.eventually = async (what, ask, within = 10_000) => {
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
