"""What an editor does in a session, with the capabilities of real ones, by a client that is not ours.

MOMENTUM_LUA names the program; MESSAGES the file that all messages of the server are written to.
"""
import asyncio
import os
import pathlib
import sys

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

HERE = pathlib.Path(__file__).parent
PROGRAM = os.environ["MOMENTUM_LUA"]
MESSAGES = os.environ["MESSAGES"]

SCRIPT = """\
require("msys.core")
require("msys.extended.message")
local mod = {}

local function stamp(msg)
  print("stamped")
  msg:header("X-Seen", "yes")
end

function mod:validate_connect(accept, vctx)
  vctx:set_code(250, "welcome")
  return msys.core.VALIDATE_CONT
end

function mod:validate_data_spool(msg, accept, vctx)
  stamp(msg)
  return msys.core.VALIDATE_CONT
end

msys.registerModule("policy", mod)
"""

CONFIGURATION = """\
Relay_Domains = ( "example.com" )
alerting {}
scriptlet "scriptlet" {
  script "policy" {
    source = "policy"
  }
}
"""

SESSION = 'policy = "../etc/ecelerity.conf"\n\n[connection]\nclient = "192.0.2.77"\n'


def write_tree(folder: pathlib.Path):
    for name, text in {
        "momentum-lua.toml": "",
        "etc/ecelerity.conf": CONFIGURATION,
        "etc/conf/global/policy.lua": SCRIPT,
        "sessions/partner.toml": SESSION,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest_lsp.fixture(
    params=["visual_studio_code", "neovim", "emacs"],
    config=ClientServerConfig(
        server_command=[sys.executable, str(HERE / "record.py"), MESSAGES, PROGRAM, "lsp", "--stdio"]
    ),
)
async def client(request, lsp_client: LanguageClient, tmp_path):
    write_tree(tmp_path)
    lsp_client.tree = tmp_path

    # What the client of pytest-lsp does not answer by itself.
    for method in [
        lsp.CLIENT_REGISTER_CAPABILITY,
        lsp.WORKSPACE_INLAY_HINT_REFRESH,
        lsp.WORKSPACE_CODE_LENS_REFRESH,
        lsp.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
    ]:
        lsp_client.feature(method)(lambda *_: None)

    uri = tmp_path.as_uri()
    lsp_client.announced = await lsp_client.initialize_session(
        lsp.InitializeParams(
            capabilities=client_capabilities(request.param),
            root_uri=uri,
            workspace_folders=[lsp.WorkspaceFolder(uri=uri, name="policy")],
        )
    )
    yield
    await lsp_client.shutdown_session()


def open_document(client, name, text, language="lua"):
    uri = (client.tree / name).as_uri()
    item = lsp.TextDocumentItem(uri=uri, language_id=language, version=1, text=text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))
    return uri


def replace(client, uri, version, text):
    client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(
            text_document=lsp.VersionedTextDocumentIdentifier(uri=uri, version=version),
            content_changes=[lsp.TextDocumentContentChangeWholeDocument(text=text)],
        )
    )


async def until(holds):
    for _ in range(400):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came")


def at(uri, line, character):
    return {
        "text_document": lsp.TextDocumentIdentifier(uri=uri),
        "position": lsp.Position(line=line, character=character),
    }


@pytest.mark.asyncio
async def test_findings_follow_the_text(client: LanguageClient):
    uri = open_document(client, "etc/conf/global/policy.lua", SCRIPT + "print(nothing_has_this_name)\n")
    codes = lambda: [found.code for found in client.diagnostics.get(uri, [])]
    if client.announced.capabilities.diagnostic_provider is None:
        await until(lambda: codes() == ["undefined-global"])
        replace(client, uri, 2, SCRIPT)
        await until(lambda: codes() == [])
    else:
        pull = lambda: client.text_document_diagnostic_async(
            lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
        )
        assert [found.code for found in (await pull()).items] == ["undefined-global"]
        replace(client, uri, 2, SCRIPT)
        assert not (await pull()).items
        all_files = await client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams(previous_result_ids=[]))
        assert any(report.uri == uri for report in all_files.items)


@pytest.mark.asyncio
async def test_other_files_are_checked_too(client: LanguageClient):
    session = open_document(client, "sessions/partner.toml", SESSION + "clyent = 1\n", "toml")
    configuration = open_document(client, "momentum-lua.toml", "tarjet = 1\n", "toml")
    if client.announced.capabilities.diagnostic_provider is None:
        await until(lambda: client.diagnostics.get(session) and client.diagnostics.get(configuration))
    else:
        for uri in [session, configuration]:
            report = await client.text_document_diagnostic_async(
                lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
            )
            assert report.items, uri


@pytest.mark.asyncio
async def test_what_is_there_is_told(client: LanguageClient):
    uri = open_document(client, "etc/conf/global/policy.lua", SCRIPT)
    hover = await client.text_document_hover_async(lsp.HoverParams(**at(uri, 10, 9)))
    assert "set_code" in hover.contents.value
    whole = lsp.Range(start=lsp.Position(line=0, character=0), end=lsp.Position(line=30, character=0))
    document = lsp.TextDocumentIdentifier(uri=uri)
    offered = client.announced.capabilities
    asked = {
        "completion_provider": lambda: client.text_document_completion_async(lsp.CompletionParams(**at(uri, 10, 7))),
        "signature_help_provider": lambda: client.text_document_signature_help_async(
            lsp.SignatureHelpParams(**at(uri, 10, 16))
        ),
        "definition_provider": lambda: client.text_document_definition_async(lsp.DefinitionParams(**at(uri, 15, 4))),
        "references_provider": lambda: client.text_document_references_async(
            lsp.ReferenceParams(**at(uri, 15, 4), context=lsp.ReferenceContext(include_declaration=True))
        ),
        "document_highlight_provider": lambda: client.text_document_document_highlight_async(
            lsp.DocumentHighlightParams(**at(uri, 15, 4))
        ),
        "document_symbol_provider": lambda: client.text_document_document_symbol_async(
            lsp.DocumentSymbolParams(text_document=document)
        ),
        "workspace_symbol_provider": lambda: client.workspace_symbol_async(lsp.WorkspaceSymbolParams(query="validate")),
        "folding_range_provider": lambda: client.text_document_folding_range_async(
            lsp.FoldingRangeParams(text_document=document)
        ),
        "selection_range_provider": lambda: client.text_document_selection_range_async(
            lsp.SelectionRangeParams(text_document=document, positions=[lsp.Position(line=10, character=9)])
        ),
        "document_link_provider": lambda: client.text_document_document_link_async(
            lsp.DocumentLinkParams(text_document=document)
        ),
        "semantic_tokens_provider": lambda: client.text_document_semantic_tokens_full_async(
            lsp.SemanticTokensParams(text_document=document)
        ),
        "inlay_hint_provider": lambda: client.text_document_inlay_hint_async(
            lsp.InlayHintParams(text_document=document, range=whole)
        ),
        "code_action_provider": lambda: client.text_document_code_action_async(
            lsp.CodeActionParams(text_document=document, range=whole, context=lsp.CodeActionContext(diagnostics=[]))
        ),
        "document_formatting_provider": lambda: client.text_document_formatting_async(
            lsp.DocumentFormattingParams(
                text_document=document, options=lsp.FormattingOptions(tab_size=2, insert_spaces=True)
            )
        ),
        "call_hierarchy_provider": lambda: client.text_document_prepare_call_hierarchy_async(
            lsp.CallHierarchyPrepareParams(**at(uri, 4, 18))
        ),
        "rename_provider": lambda: client.text_document_rename_async(
            lsp.RenameParams(**at(uri, 15, 4), new_name="mark")
        ),
    }
    for name, ask in asked.items():
        if getattr(offered, name):
            assert await ask() is not None, name


@pytest.mark.asyncio
async def test_policy_is_run(client: LanguageClient):
    uri = open_document(client, "etc/conf/global/policy.lua", SCRIPT)
    document = lsp.TextDocumentIdentifier(uri=uri)
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(text_document=document))
    lenses = [await client.code_lens_resolve_async(lens) for lens in lenses]
    commands = {lens.command.title: lens.command for lens in lenses}
    assert "2 callouts, loaded by ecelerity.conf" in commands
    if client.announced.capabilities.execute_command_provider is None:
        assert not any(title.startswith("▶") for title in commands)
        return
    run = commands["▶ Run partner"]
    result = await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams(command=run.command, arguments=run.arguments)
    )
    report = result["runs"][0]["report"]
    assert report["messages"][0]["recipients"][0]["disposition"] == "delivered", report
    whole = lsp.Range(start=lsp.Position(line=0, character=0), end=lsp.Position(line=30, character=0))
    hints = await client.text_document_inlay_hint_async(lsp.InlayHintParams(text_document=document, range=whole))
    labels = {hint.position.line: hint.label for hint in hints if hint.label.startswith("▸")}
    assert labels[5] == '▸ "stamped"' and labels[10] == "▸ 250 welcome", labels
    if client.capabilities.window and client.capabilities.window.show_document:
        await until(lambda: [shown.uri for shown in client.shown_documents] == [result["reportUri"]])


@pytest.mark.asyncio
async def test_unsaved_and_untitled_documents(client: LanguageClient):
    item = lsp.TextDocumentItem(uri="untitled:Untitled-1", language_id="lua", version=1, text="print(no_such)\n")
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))
    if client.announced.capabilities.diagnostic_provider is None:
        await until(lambda: client.diagnostics.get(item.uri))
    hover = await client.text_document_hover_async(lsp.HoverParams(**at(item.uri, 0, 2)))
    assert "print" in hover.contents.value
    client.text_document_did_close(
        lsp.DidCloseTextDocumentParams(text_document=lsp.TextDocumentIdentifier(uri=item.uri))
    )
