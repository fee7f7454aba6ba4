// What leads from place to place, and what is shown of the text itself.
const assert = require('node:assert');
const vscode = require('vscode');
const { at, eventually, open } = require('../editor');

describe('names', () => {
  it('lead from a script to the module that it requires', async () => {
    const document = await open('etc/conf/global/outbound/domain_binding.lua');
    const uses = document.getText().lastIndexOf('addresses.');
    const member = document.positionAt(uses + 'addresses.'.length + 1);
    const found = await eventually('a definition', async () => {
      const places = await vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, member);
      return places?.length > 0 && places;
    });
    const paths = found.map((place) => (place.targetUri ?? place.uri).path);
    assert.ok(paths.some((path) => path.endsWith('/site/addresses.lua')), paths.join());
  });

  it('are renamed wherever they are meant', async () => {
    const document = await open('mistakes/sender_check.lua');
    const edit = await vscode.commands.executeCommand(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      at(document, 'customer_of', 2),
      'find_customer',
    );
    const changes = edit.entries().flatMap(([, edits]) => edits);
    assert.strictEqual(changes.length, 2);
    assert.ok(changes.every((change) => change.newText === 'find_customer'));
  });

  it('of the API cannot be renamed', async () => {
    const document = await open('mistakes/sender_check.lua');
    await assert.rejects(
      Promise.resolve(
        vscode.commands.executeCommand('vscode.prepareRename', document.uri, at(document, 'fetch_row', 2)),
      ).then((answer) => {
        throw new Error(answer ? `it can: ${JSON.stringify(answer)}` : 'refused');
      }),
      /refused|cannot|can't|not/i,
    );
  });

  it('stand in an outline', async () => {
    const document = await open('mistakes/sender_check.lua');
    const symbols = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
    const names = (list) => list.flatMap((symbol) => [symbol.name, ...names(symbol.children ?? [])]);
    assert.ok(names(symbols).some((name) => name.includes('validate_mailfrom')), names(symbols).join());
  });
});

describe('semantic tokens', () => {
  it('colour what the API is', async () => {
    const document = await open('mistakes/sender_check.lua');
    const legend = await vscode.commands.executeCommand('vscode.provideDocumentSemanticTokensLegend', document.uri);
    const tokens = await vscode.commands.executeCommand('vscode.provideDocumentSemanticTokens', document.uri);
    assert.ok(legend.tokenTypes.length > 0);
    assert.ok(tokens.data.length >= 5 * 20, String(tokens.data.length));
  });
});

describe('inlay hints', () => {
  it('show what is inferred', async () => {
    const document = await open('etc/conf/global/inbound/connection_limits.lua');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await eventually('hints', async () => {
      const found = await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole);
      return found?.length > 0 && found;
    });
    assert.ok(hints.length > 0);
  });
});
