"""The language server, driven as Neovim, VS Code and Emacs introduce themselves."""

import os
import pathlib
import shutil

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

HERE = pathlib.Path(__file__).parent
POST = "_posts/2024-05-01-harbour.md"
CLIENTS = ["neovim", "visual_studio_code", "emacs"]
CONFIG = ClientServerConfig(server_command=[os.environ["POSTLINT"], "lsp"])


@pytest.fixture
def site(tmp_path):
    shutil.copytree(HERE / "site", tmp_path / "site")
    (tmp_path / "site" / ".git").mkdir()
    return tmp_path / "site"


@pytest_lsp.fixture(config=CONFIG, params=CLIENTS)
async def client(request, lsp_client: LanguageClient, site):
    folder = types.WorkspaceFolder(uri=site.as_uri(), name="site")
    params = types.InitializeParams(
        capabilities=client_capabilities(request.param), root_uri=site.as_uri(), workspace_folders=[folder]
    )

    # pytest-lsp announces that the editors watch files, and leaves that to its users.
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda *_: None)

    result = await lsp_client.initialize_session(params)
    lsp_client.encoding = result.capabilities.position_encoding or types.PositionEncodingKind.Utf16
    lsp_client.pulls = result.capabilities.diagnostic_provider is not None
    yield
    await lsp_client.shutdown_session()


class Editor:
    """A document as a client has it."""

    def __init__(self, client, path):
        self.client, self.uri, self.version = client, path.as_uri(), 1
        self.text = path.read_text("utf-8")
        document = types.TextDocumentItem(uri=self.uri, language_id="markdown", version=1, text=self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=document))

    @property
    def id(self):
        return types.TextDocumentIdentifier(uri=self.uri)

    def units(self, text):
        encoding = self.client.encoding
        return {"utf-8": len(text.encode()), "utf-32": len(text)}.get(encoding, len(text.encode("utf-16-le")) // 2)

    def position(self, offset):
        before = self.text[:offset]
        line = before.count("\n")
        return types.Position(line=line, character=self.units(before.rsplit("\n", 1)[-1]))

    def offset(self, position):
        start = sum(len(line) + 1 for line in self.text.split("\n")[: position.line])
        end = start
        while self.units(self.text[start:end]) < position.character:
            end += 1
        return end

    def slice(self, range):
        return self.text[self.offset(range.start) : self.offset(range.end)]

    def behind(self, word):
        return self.position(self.text.index(word) + len(word))

    def edit(self, old, new):
        at = self.text.index(old)
        range = types.Range(start=self.position(at), end=self.position(at + len(old)))
        self.text = self.text.replace(old, new, 1)
        self.version += 1
        change = types.TextDocumentContentChangePartial(range=range, text=new)
        document = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=document, content_changes=[change])
        )

    async def diagnostics(self):
        if self.client.pulls:
            params = types.DocumentDiagnosticParams(text_document=self.id)
            return (await self.client.text_document_diagnostic_async(params)).items
        await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return self.client.diagnostics[self.uri]

    async def actions(self, diagnostic=None, only=None):
        whole = types.Range(start=self.position(0), end=self.position(len(self.text)))
        context = types.CodeActionContext(diagnostics=[diagnostic] if diagnostic else [], only=only)
        params = types.CodeActionParams(
            text_document=self.id, range=diagnostic.range if diagnostic else whole, context=context
        )
        return await self.client.text_document_code_action_async(params)

    async def applied(self, action):
        if action.edit is None:
            action = await self.client.code_action_resolve_async(action)
        edits = action.edit.document_changes[0].edits if action.edit.document_changes else action.edit.changes[self.uri]
        text = self.text
        for edit in sorted(edits, key=lambda edit: self.offset(edit.range.start), reverse=True):
            text = text[: self.offset(edit.range.start)] + edit.new_text + text[self.offset(edit.range.end) :]
        return text


def named(diagnostics, rule):
    return next(it for it in diagnostics if it.code == rule)


@pytest.mark.asyncio
async def test_findings_are_at_the_right_characters(client, site):
    editor = Editor(client, site / POST)
    found = await editor.diagnostics()
    assert editor.slice(named(found, "alt-missing").range) == '<img src="/assets/quay.png">'
    assert editor.slice(named(found, "rel-unknown-token").range) == "dofollow"
    editor.edit("가나다", "가👩나𝒜다 <font>라</font>")
    found = await editor.diagnostics()
    assert editor.slice(named(found, "alt-missing").range) == '<img src="/assets/quay.png">'
    assert editor.slice(named(found, "element-obsolete").range).startswith("<font>")


@pytest.mark.asyncio
async def test_fixes_and_suppressions(client, site):
    editor = Editor(client, site / POST)
    found = await editor.diagnostics()
    actions = await editor.actions(named(found, "rel-unknown-token"), [types.CodeActionKind.QuickFix])
    fix = next(action for action in actions if action.is_preferred)
    assert await editor.applied(fix) == editor.text.replace("nofollow dofollow", "nofollow")
    actions = await editor.actions(named(found, "alt-missing"), [types.CodeActionKind.QuickFix])
    ignore = next(action for action in actions if action.title.startswith("Ignore alt-missing"))
    comment = "<!-- postlint-ignore alt-missing: say why -->\n"
    assert comment in await editor.applied(ignore)
    (fix_all,) = await editor.actions(only=["source.fixAll.postlint"])
    assert "dofollow" not in await editor.applied(fix_all)


@pytest.mark.asyncio
async def test_hover_completion_and_definition(client, site):
    editor = Editor(client, site / POST)
    await editor.diagnostics()
    at = dict(text_document=editor.id)
    hover = await client.text_document_hover_async(types.HoverParams(position=editor.behind("<img"), **at))
    assert hover.contents.value.startswith("## alt-missing: ")
    hover = await client.text_document_hover_async(types.HoverParams(position=editor.behind("\ntit"), **at))
    assert "`<title>` (_layouts/post.html:1)" in hover.contents.value
    found = await client.text_document_definition_async(
        types.DefinitionParams(position=editor.behind("/2024/04"), **at)
    )
    assert found.uri == (site / "_posts/2024-04-30-boats.md").as_uri() and found.range.start.line == 6
    editor.edit("tags: [배]", "tags: [배, bo")
    items = await client.text_document_completion_async(
        types.CompletionParams(position=editor.behind("tags: [배, bo"), **at)
    )
    assert "boats" in [item.label for item in items]
