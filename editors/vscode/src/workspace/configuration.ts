// Momentum's configuration is spread over included files of any name: those of a policy tree get its language.
import * as vscode from 'vscode';
import type { Folders } from './folders';
import { looksLikeConfiguration } from './policy';

export function recognizeConfiguration(context: vscode.ExtensionContext, folders: Folders): void {
  const recognize = async (document: vscode.TextDocument): Promise<void> => {
    const plain = ['plaintext', 'properties', 'ini'].includes(document.languageId);
    if (plain && document.fileName.endsWith('.conf') && folders.has(document.uri) && looksLikeConfiguration(document.getText())) {
      await vscode.languages.setTextDocumentLanguage(document, 'ecelerity');
    }
  };
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(recognize));
  for (const document of vscode.workspace.textDocuments) {
    void recognize(document);
  }
}
